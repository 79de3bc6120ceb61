/* What may happen to a file, seen from its folder. */
#include "core/base/watch.h"

#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <unistd.h>

#include "core/base/path.h"
#include "tests/unit/helper.h"

enum { PATH_LEN = 1024, SOON_MS = 500 };

static char dir[PATH_LEN], file[PATH_LEN], other[PATH_LEN];

static int setup(void **state)
{
	(void)state;
	folder_make(dir, sizeof dir);
	assert_true(path_join(file, sizeof file, dir, "laps.csv"));
	assert_true(path_join(other, sizeof other, dir, "next.csv"));
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	folder_remove(dir);
	return 0;
}

static void append(const char *path)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_APPEND, 0644);
	assert_true(fd >= 0);
	assert_int_equal(write(fd, "x", 1), 1);
	close(fd);
}

static bool told(struct watch *w)
{
	struct pollfd p = {watch_fd(w), POLLIN, 0};
	return poll(&p, 1, SOON_MS) > 0 && watch_changed(w);
}

static void everything_that_happens_to_the_file(void **state)
{
	struct watch *w = watch_new(file);
	(void)state;
	assert_non_null(w);
	if (watch_fd(w) < 0) { /* a kernel without, or a file system that does not tell */
		assert_true(watch_changed(w));
		watch_free(w);
		skip();
	}
	append(file); /* made */
	assert_true(told(w));
	append(file);
	assert_true(told(w));
	append(other); /* another file in the folder */
	assert_false(told(w));
	assert_int_equal(rename(other, file), 0);
	assert_true(told(w));
	append(file); /* the new one, where a watch on the file would be deaf */
	assert_true(told(w));
	assert_int_equal(truncate(file, 0), 0);
	assert_true(told(w));
	unlink(file);
	assert_true(told(w));
	assert_false(watch_changed(w));
	watch_free(w);
}

static void a_folder_that_is_not_there_is_looked_at_by_the_clock(void **state)
{
	struct watch *w = watch_new("/nonexistent/folder/laps.csv");
	(void)state;
	assert_non_null(w);
	assert_int_equal(watch_fd(w), -1);
	assert_true(watch_changed(w));
	watch_free(w);
	w = watch_new("laps.csv"); /* no folder named: this one */
	assert_non_null(w);
	watch_free(w);
	watch_free(NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(everything_that_happens_to_the_file),
		cmocka_unit_test(a_folder_that_is_not_there_is_looked_at_by_the_clock),
	};
	return cmocka_run_group_tests(tests, setup, teardown);
}
