/* A session's lap file in the order of the clock, and what became of its bytes. */
#include "core/source/replay.h"

#include <stdio.h>
#include <string.h>

#include "core/base/path.h"
#include "core/load/csv.h"
#include "core/load/laps.h"
#include "tests/unit/helper.h"

enum { PATH_LEN = 1024 };

static const char text[] = "\r\nNUMBER;LAP_NUMBER;LAP_TIME;ELAPSED\r\n"
			   "7;1;1:40.0;1:40.0\r\n"
			   "7;2;1:40.0;3:20.0\r\n"
			   "7;2;1:40.0;3:20.0\r\n" /* a double */
			   "8;1;1:39.0;1:39.0\r\n"
			   "8;x;1:39.0;1:39.0\r\n" /* refused */
			   "8;2;1:42.0;3:21.0";    /* no line end */

static struct session *load(const char *path, struct str bytes)
{
	struct err err = {0};
	assert_ok(file_replace(path, bytes, &err), &err);
	struct csv_reader *r = csv_open(path, &err);
	assert_ok(r, &err);
	struct session *s = laps_load(r, path, NULL, &err);
	assert_ok(s, &err);
	csv_close(r);
	return s;
}

static void row_is(const struct replay *r, uint32_t i, ms_t at, const char *want)
{
	ms_t got;
	struct str row = replay_row(r, i, &got);
	assert_int_equal(got, at);
	assert_int_equal(row.n, strlen(want));
	assert_memory_equal(row.p, want, row.n);
}

static void rows_in_order_of_the_clock(void **state)
{
	char dir[PATH_LEN], path[PATH_LEN];
	struct err err = {0};
	(void)state;
	folder_make(dir, sizeof dir);
	assert_true(path_join(path, sizeof path, dir, "laps.csv"));
	struct session *s = load(path, STR(text));
	struct replay *r = replay_new(s, &err);
	assert_ok(r, &err);
	assert_true(str_is(replay_header(r), "NUMBER;LAP_NUMBER;LAP_TIME;ELAPSED\r\n"));
	assert_int_equal(replay_rows(r), 4);
	row_is(r, 0, 99000, "8;1;1:39.0;1:39.0\r\n");
	row_is(r, 1, 100000, "7;1;1:40.0;1:40.0\r\n");
	row_is(r, 2, 200000, "7;2;1:40.0;3:20.0\r\n");
	row_is(r, 3, 201000, "8;2;1:42.0;3:21.0\n");
	assert_int_equal(replay_lap_at(r, 1), 99000);
	assert_int_equal(replay_lap_at(r, 2), 200000);
	assert_int_equal(replay_lap_at(r, 3), MS_NONE);
	replay_free(r);

	/* Shorter now: the lines are not there any more. */
	assert_ok(file_replace(path, STR("NUMBER;LAP_NUMBER;LAP_TIME;ELAPSED\n7;1;1:40.0;1:40.0\n"), &err), &err);
	assert_null(replay_new(s, &err));
	assert_non_null(strstr(err.msg, "has changed"));
	session_free(s);

	s = load(path, STR("NUMBER;LAP_NUMBER;LAP_TIME\n7;1;1:40.0\n"));
	assert_null(replay_new(s, &err));
	assert_non_null(strstr(err.msg, "ELAPSED"));
	session_free(s);
	folder_remove(dir);
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(rows_in_order_of_the_clock)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
