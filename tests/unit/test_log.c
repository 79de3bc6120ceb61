#include "core/base/log.h"

#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "core/base/path.h"
#include "tests/unit/helper.h"

enum { STAMP = 25 }; /* "2026-05-01T12:00:00.000Z " */

static void kept_lines(void **state)
{
	struct buf b;

	(void)state;
	buf_init(&b, 1 << 20);
	log_recent(&b);
	assert_int_equal(b.n, 0);
	log_line("first %d", 1);
	log_recent(&b);
	assert_int_equal(b.n, STAMP + 8);
	assert_string_equal(b.p + STAMP, "first 1\n");
	assert_int_equal(b.p[4], '-');
	assert_int_equal(b.p[10], 'T');
	assert_int_equal(b.p[19], '.');
	assert_int_equal(b.p[23], 'Z');
	for (int i = 0; i < 200; i++)
		log_line("line %03d", i);
	buf_clear(&b);
	log_recent(&b);
	assert_int_equal(b.n, 200 * (STAMP + 9));
	assert_memory_equal(b.p + STAMP, "line 000\n", 9);
	assert_string_equal(b.p + b.n - 9, "line 199\n");
	buf_release(&b);
}

static void escaped(void **state)
{
	struct buf b;
	char many[600];

	(void)state;
	buf_init(&b, 1 << 20);
	log_line("%s", "a\x1b[2J\nb\xff\xc3\xb6\xe2\x80\xae\xef\xbf\xbd");
	log_recent(&b);
	assert_non_null(strstr(b.p, " a\\x1b[2J\\x0ab\\xff\xc3\xb6\\xe2\\x80\\xae\xef\xbf\xbd\n"));
	/* A long line is cut and still ends. */
	memset(many, 0x1b, sizeof many - 1);
	many[sizeof many - 1] = '\0';
	log_line("%s", many);
	buf_clear(&b);
	log_recent(&b);
	assert_string_equal(b.p + b.n - 5, "\\x1b\n");
	buf_release(&b);
}

static void in_a_file(void **state)
{
	char dir[200], path[300];
	struct err e;
	struct stat st;
	struct buf b;

	(void)state;
	folder_make(dir, sizeof dir);
	path_join(path, sizeof path, dir, "log");
	assert_ok(file_replace(path, STR("before\n"), &e), &e);
	assert_ok(log_open(path, &e), &e);
	log_line("in");
	log_close();
	log_line("out");
	buf_init(&b, 1000);
	assert_ok(file_read(path, &b, &e), &e);
	assert_int_equal(b.n, 7 + STAMP + 3);
	assert_memory_equal(b.p, "before\n", 7);
	assert_string_equal(b.p + 7 + STAMP, "in\n");
	path_join(path, sizeof path, dir, "new");
	assert_ok(log_open(path, &e), &e);
	log_close();
	assert_int_equal(stat(path, &st), 0);
	assert_int_equal(st.st_mode & 0777, 0600);
	assert_false(log_open(dir, &e));
	assert_int_equal(e.code, ERR_IO);
	buf_release(&b);
	folder_remove(dir);
}

static void *many_lines(void *arg)
{
	for (int i = 0; i < 500; i++)
		log_line("thread %s", (const char *)arg);
	return NULL;
}

static void from_two_threads(void **state)
{
	pthread_t thread;
	struct buf b;
	char name[] = "a", other[] = "b";

	(void)state;
	assert_int_equal(pthread_create(&thread, NULL, many_lines, name), 0);
	many_lines(other);
	pthread_join(thread, NULL);
	buf_init(&b, 1 << 20);
	log_recent(&b);
	assert_int_equal(b.n, 200 * (STAMP + 9)); /* every line whole */
	buf_release(&b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(kept_lines),
		cmocka_unit_test(escaped),
		cmocka_unit_test(in_a_file),
		cmocka_unit_test(from_two_threads),
	};

	return cmocka_run_group_tests_name("log", tests, NULL, NULL);
}
