#include "core/base/path.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tests/unit/helper.h"

static char dir[200];

static int make(void **state)
{
	(void)state;
	folder_make(dir, sizeof dir);
	return 0;
}

static int drop(void **state)
{
	(void)state;
	folder_remove(dir);
	return 0;
}

/* Path of a file in the test's folder. */
static const char *in_dir(const char *name)
{
	static char path[PATH_MAX];

	assert_true(path_join(path, sizeof path, dir, name));
	return path;
}

static void names(void **state)
{
	char out[8];

	(void)state;
	assert_string_equal(path_base("a/b/c.csv"), "c.csv");
	assert_string_equal(path_base("c.csv"), "c.csv");
	assert_string_equal(path_base("a/"), "");
	assert_int_equal(path_stem_len("c.csv"), 1);
	assert_int_equal(path_stem_len("a.tar.gz"), 5);
	assert_int_equal(path_stem_len("plain"), 5);
	assert_int_equal(path_stem_len(".config"), 7);
	assert_int_equal(path_stem_len(""), 0);
	assert_true(path_join(out, sizeof out, "abc", "def"));
	assert_string_equal(out, "abc/def");
	assert_false(path_join(out, sizeof out, "abc", "defg"));
	assert_true(path_join(out, sizeof out, "/", "x"));
	assert_string_equal(out, "/x");
	assert_true(path_join(out, sizeof out, "", "x"));
	assert_string_equal(out, "x");
}

static void xdg_places(void **state)
{
	char out[100];

	(void)state;
	setenv("HOME", "/home/eng", 1);
	unsetenv("XDG_CONFIG_HOME");
	assert_true(path_xdg(out, sizeof out, XDG_CONFIG));
	assert_string_equal(out, "/home/eng/.config/pitwall");
	setenv("XDG_DATA_HOME", "/data", 1);
	assert_true(path_xdg(out, sizeof out, XDG_DATA));
	assert_string_equal(out, "/data/pitwall");
	/* A relative folder is none; nor is an empty one. */
	setenv("XDG_DATA_HOME", "data", 1);
	assert_true(path_xdg(out, sizeof out, XDG_DATA));
	assert_string_equal(out, "/home/eng/.local/share/pitwall");
	setenv("XDG_STATE_HOME", "", 1);
	assert_true(path_xdg(out, sizeof out, XDG_STATE));
	assert_string_equal(out, "/home/eng/.local/state/pitwall");
	unsetenv("XDG_CACHE_HOME");
	assert_false(path_xdg(out, 10, XDG_CACHE));
	unsetenv("HOME");
	assert_false(path_xdg(out, sizeof out, XDG_CACHE));
}

static void folders(void **state)
{
	struct err e;
	struct stat st;

	(void)state;
	assert_ok(path_make_dirs(in_dir("a//b/c/"), &e), &e);
	assert_int_equal(stat(in_dir("a/b/c"), &st), 0);
	assert_true(S_ISDIR(st.st_mode));
	assert_int_equal(st.st_mode & 0777, 0700);
	assert_ok(path_make_dirs(in_dir("a/b/c"), &e), &e);
	assert_ok(file_replace(in_dir("file"), STR("x"), &e), &e);
	assert_false(path_make_dirs(in_dir("file/sub"), &e));
	assert_int_equal(e.code, ERR_IO);
	assert_false(path_make_dirs("", &e));
}

static void replaced_and_read(void **state)
{
	struct err e;
	struct buf b;
	struct stat st;

	(void)state;
	buf_init(&b, 100);
	assert_ok(file_replace(in_dir("f"), STR("old"), &e), &e);
	assert_int_equal(stat(in_dir("f"), &st), 0);
	assert_int_equal(st.st_mode & 0777, 0600);
	chmod(in_dir("f"), 0640);
	assert_ok(file_replace(in_dir("f"), STR("new\0er"), &e), &e);
	assert_int_equal(stat(in_dir("f"), &st), 0);
	assert_int_equal(st.st_mode & 0777, 0640);
	buf_str(&b, ">");
	assert_ok(file_read(in_dir("f"), &b, &e), &e);
	assert_int_equal(b.n, 7);
	assert_memory_equal(b.p, ">new\0er", 8);
	buf_release(&b);
	assert_false(file_replace(in_dir("nowhere/f"), STR("x"), &e));
	assert_int_equal(e.code, ERR_IO);
}

static void link_stays(void **state)
{
	struct err e;
	struct buf b;
	struct stat st;
	char link[PATH_MAX];

	(void)state;
	assert_ok(file_replace(in_dir("real"), STR("1"), &e), &e);
	snprintf(link, sizeof link, "%s", in_dir("link"));
	assert_int_equal(symlink("real", link), 0);
	assert_ok(file_replace(link, STR("2"), &e), &e);
	assert_int_equal(lstat(link, &st), 0);
	assert_true(S_ISLNK(st.st_mode));
	buf_init(&b, 10);
	assert_ok(file_read(in_dir("real"), &b, &e), &e);
	assert_string_equal(b.p, "2");
	buf_release(&b);
}

static void ceilings(void **state)
{
	struct err e;
	struct buf b;

	(void)state;
	assert_ok(file_replace(in_dir("five"), STR("12345"), &e), &e);
	buf_init(&b, 5);
	assert_ok(file_read(in_dir("five"), &b, &e), &e);
	assert_string_equal(b.p, "12345");
	assert_false(file_read(in_dir("five"), &b, &e));
	assert_int_equal(e.code, ERR_NOMEM);
	buf_release(&b);
	buf_init(&b, 4);
	assert_false(file_read(in_dir("five"), &b, &e));
	assert_int_equal(e.code, ERR_NOMEM);
	buf_release(&b);
	assert_ok(file_replace(in_dir("empty"), STR(""), &e), &e);
	buf_init(&b, 0);
	assert_ok(file_read(in_dir("empty"), &b, &e), &e);
	assert_int_equal(b.n, 0);
	buf_release(&b);
}

static void larger_than_a_block(void **state)
{
	enum { SIZE = 300001 };
	struct err e;
	struct buf b;
	char *bytes = malloc(SIZE);

	(void)state;
	assert_non_null(bytes);
	for (int i = 0; i < SIZE; i++)
		bytes[i] = (char)(i % 251);
	assert_ok(file_replace(in_dir("large"), (struct str){bytes, SIZE}, &e), &e);
	buf_init(&b, SIZE);
	assert_ok(file_read(in_dir("large"), &b, &e), &e);
	assert_int_equal(b.n, SIZE);
	assert_memory_equal(b.p, bytes, SIZE);
	buf_release(&b);
	free(bytes);
}

static void refused(void **state)
{
	struct err e;
	struct buf b;

	(void)state;
	buf_init(&b, 1000);
	assert_false(file_read(in_dir("absent"), &b, &e));
	assert_int_equal(e.code, ERR_NOT_FOUND);
	assert_non_null(strstr(e.msg, "absent"));
	assert_false(file_read(dir, &b, &e));
	assert_non_null(strstr(e.msg, "folder"));
	assert_int_equal(mkfifo(in_dir("pipe"), 0600), 0);
	assert_false(file_read(in_dir("pipe"), &b, &e)); /* and does not wait for a writer */
	assert_false(file_read("/dev/zero", &b, &e));
	assert_int_equal(b.n, 0);
	buf_release(&b);
}

#define WITH_FOLDER(test) cmocka_unit_test_setup_teardown(test, make, drop)

static void a_pipe_is_not_replaced(void **state)
{
	struct err e = {0};
	struct stat st;

	(void)state;
	assert_int_equal(mkfifo(in_dir("pipe"), 0600), 0);
	assert_false(file_replace(in_dir("pipe"), STR("x"), &e));
	assert_non_null(strstr(e.msg, "not a regular file"));
	assert_int_equal(stat(in_dir("pipe"), &st), 0);
	assert_true(S_ISFIFO(st.st_mode));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(names),
		cmocka_unit_test(xdg_places),
		WITH_FOLDER(folders),
		WITH_FOLDER(a_pipe_is_not_replaced),
		WITH_FOLDER(replaced_and_read),
		WITH_FOLDER(link_stays),
		WITH_FOLDER(ceilings),
		WITH_FOLDER(refused),
		WITH_FOLDER(larger_than_a_block),
	};

	return cmocka_run_group_tests_name("path", tests, NULL, NULL);
}
