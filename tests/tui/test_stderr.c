/* What libraries print while the screen is taken does not reach it; it is told afterwards. */
#define _GNU_SOURCE
#include <fcntl.h>
#include <poll.h>
#include <pty.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "tui/stderr_hold.h"

static size_t waiting(int fd, char *out, size_t cap)
{
	struct pollfd p = {.fd = fd, .events = POLLIN};
	ssize_t n = poll(&p, 1, 50) > 0 ? read(fd, out, cap - 1) : 0;

	out[n > 0 ? n : 0] = '\0';
	return n > 0 ? (size_t)n : 0;
}

static void test_held_and_told(void **state)
{
	int master, slave, before = dup(STDERR_FILENO);
	char text[256];

	(void)state;
	assert_int_equal(openpty(&master, &slave, NULL, NULL, NULL), 0);
	dup2(slave, STDERR_FILENO);
	assert_true(stderr_hold() >= 0);
	fprintf(stderr, "a library complains\n");
	fflush(stderr);
	size_t during = waiting(master, text, sizeof(text));
	stderr_release();
	size_t after = waiting(master, text, sizeof(text));
	dup2(before, STDERR_FILENO);
	assert_int_equal(during, 0);
	assert_true(after > 0);
	assert_non_null(strstr(text, "a library complains"));
	close(before);
	close(master);
	close(slave);
}

/* Not a terminal: nothing to protect, the user sent it somewhere. */
static void test_a_file_is_left_alone(void **state)
{
	int before = dup(STDERR_FILENO), null = open("/dev/null", O_WRONLY | O_CLOEXEC);

	(void)state;
	dup2(null, STDERR_FILENO);
	int held = stderr_hold();
	stderr_release();
	dup2(before, STDERR_FILENO);
	assert_int_equal(held, -1);
	close(before);
	close(null);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_held_and_told),
		cmocka_unit_test(test_a_file_is_left_alone),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
