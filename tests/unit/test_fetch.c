/* Where fetched rows go: which columns are asked for, the store, the file. No network. */
#include "core/source/fetch_sink.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "core/base/path.h"
#include "core/telemetry/store.h"
#include "tests/unit/helper.h"

static char dir[200], db[256];

static int make(void **state)
{
	(void)state;
	folder_make(dir, sizeof(dir));
	return path_join(db, sizeof(db), dir, "t.db") ? 0 : -1;
}

static int drop(void **state)
{
	(void)state;
	folder_remove(dir);
	return 0;
}

/* --- Columns ------------------------------------------------------------------------------------------------------- */

static void chosen(const struct fetch_want *w, const struct sf_column *table, unsigned n, const char *want,
		   const char *by)
{
	struct sf_column out[FETCH_COLUMNS];
	struct err err = {0};
	const char *order = "";
	char list[400] = "";
	unsigned k;

	assert_ok(fetch_columns(w, table, n, out, &k, &order, &err), &err);
	for (unsigned i = 0; i < k; i++)
		snprintf(list + strlen(list), sizeof(list) - strlen(list), "%s%s", i ? " " : "", out[i].name);
	assert_string_equal(list, want);
	assert_string_equal(order, by);
}

static void known_columns_are_asked_for(void **state)
{
	static const struct sf_column table[] = {{"TRACK_ID", SF_TEXT, -1},
						 {"LAP", SF_FIXED, 0},
						 {"Speed", SF_REAL, -1},
						 {"VEHICLE_NUMBER", SF_FIXED, 0},
						 {"META_TIME", SF_TIMESTAMP_NTZ, 9},
						 {"RPM", SF_REAL, -1},
						 {"FLAG_AT_FL", SF_TEXT, -1}};
	static const char *const some[] = {"speed", "flag_at_fl", "nmot", "speed"}, *const bad[] = {"NOPE"};
	struct fetch_want w = {.ncolumns = 0};
	struct sf_column out[FETCH_COLUMNS];
	struct err err = {0};
	const char *order;
	unsigned n;

	(void)state;
	chosen(&w, table, 7, "VEHICLE_NUMBER LAP META_TIME Speed RPM", "META_TIME");
	w.columns = some;
	w.ncolumns = 4;
	chosen(&w, table, 7, "VEHICLE_NUMBER LAP Speed FLAG_AT_FL RPM", "META_TIME");
	w.columns = bad;
	w.ncolumns = 1;
	assert_false(fetch_columns(&w, table, 7, out, &n, &order, &err));
	assert_non_null(strstr(err.msg, "NOPE"));
	w.ncolumns = 0;
	chosen(&w, table + 1, 3, "VEHICLE_NUMBER LAP Speed", "LAP"); /* no time at all */
	assert_false(fetch_columns(&w, table, 3, out, &n, &order, &err));
	assert_non_null(strstr(err.msg, "VEHICLE_NUMBER"));
}

/* --- The store ------------------------------------------------------------------------------------------------------- */

static const struct sf_column wide[] = {{"VEHICLE_NUMBER", SF_FIXED, 0},
					{"LAP", SF_FIXED, 0},
					{"META_TIME", SF_TIMESTAMP_NTZ, 9},
					{"TIMESTAMP", SF_TIMESTAMP_NTZ, 9},
					{"SPEED", SF_REAL, -1}};

static bool row(struct fetch_sink *s, const char *number, const char *lap, const char *meta, const char *clock,
		const char *speed, struct err *err)
{
	const char *text[] = {number, lap, meta, clock, speed};
	struct str cells[5];

	for (int i = 0; i < 5; i++)
		cells[i] = (struct str){text[i], text[i] ? strlen(text[i]) : 0};
	return s->row(s->ctx, cells, 5, err);
}

static void rows_become_the_stores(void **state)
{
	struct fetch_sink s;
	struct err err = {0};

	(void)state;
	assert_ok(fetch_to_store(db, "h/D.S.T/barber_r1 track=barber laps=3-10 cars=13 22", 1, &s, &err), &err);
	assert_ok(s.begin(s.ctx, wide, 5, &err), &err);
	assert_ok(row(&s, "13", "3", "1757184892.600000000", "1757015692.000000000", "187.25", &err), &err);
	assert_ok(row(&s, "13", "3", "1757184892.640000000", "1757015692.043000000", "188.5", &err), &err);
	assert_ok(row(&s, "22", "3", "1757184892.600000000", "1757015692.000000000", "90", &err), &err);
	assert_ok(row(&s, "13", "3", NULL, NULL, "1", &err), &err);       /* no moment */
	assert_ok(row(&s, "13", "x", "1.0", "1.0", "1", &err), &err);     /* no lap */
	assert_ok(row(&s, NULL, "3", "1.0", "1.0", "1", &err), &err);     /* nobody's */
	assert_ok(row(&s, "13", "3", "1.0", "1.0", "quick", &err), &err); /* no number */
	assert_int_equal(s.refused(s.ctx), 4);
	assert_ok(s.keep(s.ctx, 7, &err), &err);
	s.drop(s.ctx);

	struct tel_store *t = tel_store_open(db, TEL_STORE_READ, NULL, &err);
	assert_ok(t != NULL, &err);
	struct tel_store_list *l = tel_store_cars(t, &err);
	assert_ok(l != NULL, &err);
	assert_int_equal(l->ncars, 2);
	assert_string_equal(l->car[0].car.number, "13");
	assert_string_equal(l->car[0].from->kind, "snowflake");
	assert_string_equal(l->car[0].car.race, "R1");
	assert_true(l->car[0].car.has_clock);
	assert_int_equal(l->car[0].from->rows, 7);
	assert_int_equal(l->car[0].from->refused, 4);
	struct tel_stream *x = tel_store_read(t, l->car[0].id, INT64_MIN, INT64_MAX, &err);
	assert_ok(x != NULL, &err);
	assert_int_equal(x->n, 2);
	assert_int_equal(x->t[1] - x->t[0], 43);
	assert_true(x->v[TEL_SPEED][0] == 187.25f && x->v[TEL_SPEED][1] == 188.5f);
	tel_stream_free(x);
	tel_store_list_free(l);
	tel_store_close(t);
}

/* After the one before: 13 and 22, laps 3 to 10 of barber_r1. */
static void what_is_there_is_known(void **state)
{
	static const char *const cars[] = {"013", "7", "22"};
	static const char prefix[] = "h/D.S.T/barber_r1 track=barber";
	struct fetch_want w = {.cars = cars, .ncars = 3, .first = 4, .last = 10};
	bool there[3];
	struct err err = {0};

	(void)state;
	assert_ok(fetch_is_there(db, prefix, &w, there, &err), &err);
	assert_true(there[0] && !there[1] && there[2]);
	w.last = 11; /* one more lap than is there */
	assert_ok(fetch_is_there(db, prefix, &w, there, &err), &err);
	assert_false(there[0] || there[1] || there[2]);
	w.first = w.last = 0; /* all laps */
	assert_ok(fetch_is_there(db, prefix, &w, there, &err), &err);
	assert_false(there[0] || there[2]);
	w.first = w.last = 4;
	assert_ok(fetch_is_there(db, "h/D.S.T/barber_r2 track=barber", &w, there, &err), &err);
	assert_false(there[0]);
	assert_ok(fetch_is_there("/nowhere/t.db", prefix, &w, there, &err), &err);
	assert_false(there[0]);
}

static void a_table_without_time_has_no_place_there(void **state)
{
	struct fetch_sink s;
	struct err err = {0};

	(void)state;
	assert_ok(fetch_to_store(db, "x", 1, &s, &err), &err);
	assert_false(s.begin(s.ctx, wide, 2, &err));
	assert_non_null(strstr(err.msg, "META_TIME"));
	s.drop(s.ctx);
}

/* --- The file -------------------------------------------------------------------------------------------------------- */

static void a_file_is_whole_or_not_there(void **state)
{
	char path[300];
	struct fetch_sink s;
	struct buf text;
	struct err err = {0};

	(void)state;
	assert_true(path_join(path, sizeof(path), dir, "rows.csv"));
	assert_ok(fetch_to_file(path, &s, &err), &err);
	assert_ok(s.begin(s.ctx, wide, 5, &err), &err);
	assert_ok(row(&s, "13", "3", "1616173619.120000000", NULL, "-1e3", &err), &err);
	s.drop(s.ctx); /* given up */
	assert_int_not_equal(access(path, F_OK), 0);
	assert_ok(fetch_to_file(path, &s, &err), &err);
	assert_ok(s.begin(s.ctx, wide, 5, &err), &err);
	assert_ok(row(&s, "13", "3", "1616173619.120000000", NULL, "-1e3", &err), &err);
	assert_int_not_equal(access(path, F_OK), 0);
	assert_ok(s.keep(s.ctx, 1, &err), &err);
	s.drop(s.ctx);
	buf_init(&text, 4096);
	assert_ok(file_read(path, &text, &err), &err);
	assert_string_equal(
		text.p, "VEHICLE_NUMBER,LAP,META_TIME,TIMESTAMP,SPEED\n13,3,2021-03-19T17:06:59.120000000Z,,-1e3\n");
	buf_release(&text);
	assert_ok(fetch_to_file(path, &s, &err), &err);
	assert_ok(s.begin(s.ctx, wide, 5, &err), &err);
	assert_false(row(&s, "13", "3", "not a time", NULL, "1", &err));
	assert_non_null(strstr(err.msg, "META_TIME"));
	s.drop(s.ctx);
	assert_int_equal(access(path, F_OK), 0); /* what was there before stays */
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(known_columns_are_asked_for),
		cmocka_unit_test(rows_become_the_stores),
		cmocka_unit_test(what_is_there_is_known),
		cmocka_unit_test(a_table_without_time_has_no_place_there),
		cmocka_unit_test(a_file_is_whole_or_not_there),
	};

	return cmocka_run_group_tests(tests, make, drop);
}
