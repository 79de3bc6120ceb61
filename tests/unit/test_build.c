#include "core/load/build.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/load/csv.h"
#include "core/load/laps.h"
#include "tests/unit/helper.h"

enum { ROWS = 2000 };

struct race { /* rows as they were driven; views point to literals */
	struct lap_row row[ROWS];
	uint32_t n;
	uint32_t seed;
};

static uint32_t draw(struct race *r, uint32_t n)
{
	r->seed = r->seed * 1664525U + 1013904223U;
	return (r->seed >> 8) % n;
}

/* One car's laps, every one a little different. */
static void drive(struct race *r, const char *number, const char *group, uint16_t laps, ms_t pace)
{
	ms_t clock = 0;
	for (uint16_t lap = 1; lap <= laps; lap++) {
		struct lap_row *row = &r->row[r->n++];
		*row = (struct lap_row){.number = str_from(number), .group = str_from(group), .lap = lap};
		row->sector[0] = pace / 3 + (ms_t)draw(r, 900);
		row->sector[1] = pace / 3 + (ms_t)draw(r, 900);
		row->sector[2] = pace / 3 + (ms_t)draw(r, 900);
		row->time = row->sector[0] + row->sector[1] + row->sector[2];
		clock += row->time;
		row->elapsed = clock;
		row->hour = (50000000 + clock) % 86400000;
		row->pit_time = MS_NONE;
		for (int i = 0; i < MINIS; i++)
			row->mini[i] = MS_NONE;
		row->line = r->n + 1;
	}
}

static void renumber(struct race *r)
{
	for (uint32_t i = 0; i < r->n; i++)
		r->row[i].line = i + 2;
}

static int by_time(const void *pa, const void *pb)
{
	const struct lap_row *a = pa, *b = pb;
	return (a->elapsed > b->elapsed) - (a->elapsed < b->elapsed);
}

static void shuffle(struct race *r)
{
	for (uint32_t i = r->n; i > 1; i--) {
		uint32_t k = draw(r, i);
		struct lap_row t = r->row[i - 1];
		r->row[i - 1] = r->row[k];
		r->row[k] = t;
	}
	renumber(r);
}

static void lose(struct race *r, uint32_t i)
{
	memmove(&r->row[i], &r->row[i + 1], (r->n - i - 1) * sizeof *r->row);
	r->n--;
}

static struct session *built(const struct race *r)
{
	struct err err = {0};
	struct session_build *b = session_build_new("rows", &err);
	assert_ok(b, &err);
	for (uint32_t i = 0; i < r->n; i++)
		assert_ok(session_build_row(b, &r->row[i], &err), &err);
	struct session *s = session_build_finish(b, &err);
	assert_ok(s, &err);
	return s;
}

static uint32_t laps_of(const struct session *s, const char *id)
{
	int c = session_car(s, id);
	return c < 0 ? 0 : s->cars[c].n;
}

static ms_t last_elapsed(const struct session *s, const char *id)
{
	const struct car *c = &s->cars[session_car(s, id)];
	return s->laps.elapsed[c->first + c->n - 1];
}

static struct race *two_cars(uint32_t seed)
{
	struct race *r = calloc(1, sizeof *r);
	assert_non_null(r);
	r->seed = seed;
	drive(r, "3", "", 20, 100000);
	drive(r, "13", "", 20, 99000);
	drive(r, "3", "Legends", 20, 98000);
	renumber(r);
	return r;
}

static void any_order_gives_the_same(void **state)
{
	(void)state;
	struct race *r = two_cars(1);
	struct session *file = built(r);
	assert_int_equal(file->ncars, 3);
	assert_int_equal(laps_of(file, "3"), 20);
	assert_int_equal(laps_of(file, "3#2"), 20);
	assert_string_equal(file->cars[session_car(file, "3#2")].group, "Legends");
	assert_string_equal(file->cars[session_car(file, "3")].season_number, "");
	assert_string_equal(file->cars[session_car(file, "13")].season_number, "13");
	assert_int_equal(file->warnings.total, 1);
	assert_int_equal(file->clock_start, 50000000);
	for (int round = 0; round < 50; round++) {
		if (round == 0) {
			qsort(r->row, r->n, sizeof *r->row, by_time);
			renumber(r);
		} else {
			shuffle(r);
		}
		struct session *s = built(r);
		assert_int_equal(s->ncars, 3);
		assert_int_equal(last_elapsed(s, "3"), last_elapsed(file, "3"));
		assert_int_equal(last_elapsed(s, "3#2"), last_elapsed(file, "3#2"));
		assert_int_equal(s->fingerprint, file->fingerprint);
		assert_int_equal(s->warnings.total, 1);
		session_free(s);
	}
	session_free(file);
	free(r);
}

/* Every lap of a car must be one of that car: told by the group, which only one of the two has. */
static void assert_unmixed(const struct session *s, const struct race *r)
{
	assert_int_equal(s->ncars, 3);
	for (uint32_t i = 0; i < r->n; i++) {
		const struct lap_row *row = &r->row[i];
		const char *id = str_is(row->number, "13") ? "13" : row->group.n > 0 ? "3#2" : "3";
		int64_t lap = session_lap(s, (uint32_t)session_car(s, id), row->lap);
		assert_true(lap >= 0);
		assert_int_equal(s->laps.elapsed[lap], row->elapsed);
	}
}

static void rows_lost_and_doubled(void **state)
{
	(void)state;
	for (uint32_t seed = 1; seed <= 200; seed++) {
		struct race *r = two_cars(seed);
		uint32_t doubled = 0;
		for (uint32_t i = r->n; i > 0; i--)
			if (draw(r, 50) == 0)
				lose(r, i - 1);
		for (uint32_t i = 0, n = r->n; i < n; i++)
			if (draw(r, 50) == 0) {
				r->row[r->n++] = r->row[i];
				doubled++;
			}
		if (seed % 3 == 0)
			shuffle(r);
		if (seed % 3 == 1)
			qsort(r->row, r->n, sizeof *r->row, by_time);
		struct session *s = built(r);
		assert_int_equal(s->duplicate_rows, doubled);
		assert_int_equal(s->laps.n, r->n - doubled);
		assert_unmixed(s, r);
		session_free(s);
		free(r);
	}
}

static void numbers_are_text(void **state)
{
	(void)state;
	struct race *r = calloc(1, sizeof *r);
	assert_non_null(r);
	drive(r, "7", "", 5, 90000);
	drive(r, "007", "", 6, 90000);
	drive(r, "3", "", 4, 90000);
	drive(r, "03", "", 3, 90000);
	struct session *s = built(r);
	assert_int_equal(s->ncars, 4);
	assert_string_equal(s->cars[0].id, "007");
	assert_int_equal(laps_of(s, "7"), 5);
	assert_int_equal(laps_of(s, "007"), 6);
	assert_int_equal(laps_of(s, "03"), 3);
	assert_int_equal(s->warnings.total, 0);
	session_free(s);
	free(r);
}

/* A generated name never meets a painted one. */
static void painted_hash(void **state)
{
	(void)state;
	struct race *r = calloc(1, sizeof *r);
	assert_non_null(r);
	drive(r, "3", "", 5, 91000);
	drive(r, "3", "", 5, 90000);
	drive(r, "3#2", "", 5, 92000);
	struct session *s = built(r);
	assert_int_equal(s->ncars, 3);
	for (uint32_t i = 0; i < s->ncars; i++)
		assert_int_equal(session_car(s, s->cars[i].id), i);
	session_free(s);
	free(r);
}

static void damaged_rows_stay(void **state)
{
	static const ms_t shifts[] = {400, 1000000, -350000};
	(void)state;
	for (size_t i = 0; i < COUNT_OF(shifts); i++) {
		struct race *r = calloc(1, sizeof *r);
		assert_non_null(r);
		drive(r, "9", "", 20, 90000);
		r->row[9].elapsed += shifts[i];
		struct session *s = built(r);
		assert_int_equal(s->ncars, 1);
		assert_int_equal(s->laps.n, 20);
		assert_true(s->warnings.total >= 1);
		assert_int_equal(s->clock_start, 50000000);
		session_free(s);
		free(r);
	}
}

static void two_versions_of_a_lap(void **state)
{
	(void)state;
	struct race *r = calloc(1, sizeof *r);
	assert_non_null(r);
	drive(r, "9", "", 5, 90000);
	r->row[r->n] = r->row[2];
	r->row[r->n].top_speed = 1999;
	r->row[r->n++].line = 99;
	struct session *s = built(r);
	assert_int_equal(s->laps.n, 5);
	assert_int_equal(s->duplicate_rows, 0);
	assert_int_equal(s->refused.total, 1);
	assert_int_equal(s->refused.at[0].line, 99);
	session_free(s);
	free(r);
}

static void without_a_clock(void **state)
{
	(void)state;
	struct race *r = two_cars(5);
	for (uint32_t i = 0; i < r->n; i++)
		r->row[i].elapsed = MS_NONE;
	struct session *s = built(r);
	assert_int_equal(s->ncars, 3);
	assert_false(s->has_elapsed);
	assert_int_equal(s->clock_start, MS_NONE);
	assert_string_equal(s->cars[session_car(s, "3")].group, "");
	assert_string_equal(s->cars[session_car(s, "3#2")].group, "Legends");
	session_free(s);
	r->row[3].elapsed = 4000000; /* one row that has it, and it is wrong */
	s = built(r);
	assert_int_equal(s->laps.n, r->n);
	session_free(s);
	free(r);
}

static void rounded_clock(void **state)
{
	(void)state;
	struct race *r = calloc(1, sizeof *r);
	assert_non_null(r);
	drive(r, "9", "", 1500, 60000);
	for (uint32_t i = 0; i < r->n; i++)
		r->row[i].elapsed -= r->row[i].elapsed % 100;
	shuffle(r);
	struct session *s = built(r);
	assert_int_equal(s->ncars, 1);
	assert_int_equal(s->laps.n, 1500);
	session_free(s);
	free(r);
}

static void a_crowd_of_one_number(void **state)
{
	(void)state;
	struct race *r = calloc(1, sizeof *r);
	assert_non_null(r);
	for (int i = 0; i < BUILD_SAME_NUMBER_MAX + 6; i++)
		drive(r, "1", "", 2, 90000 + i * 3000);
	struct session *s = built(r);
	assert_int_equal(s->ncars, BUILD_SAME_NUMBER_MAX);
	assert_int_equal(s->refused.total, 12);
	session_free(s);
	free(r);
}

/* More than BUILD_ROWS_MAX of them: what is the same as the row before takes no room. */
static void a_row_sent_without_end(void **state)
{
	(void)state;
	struct err err = {0};
	struct session_build *b = session_build_new("rows", &err);
	struct race *r = calloc(1, sizeof *r);
	assert_non_null(r);
	assert_non_null(b);
	drive(r, "1", "", 2, 90000);
	for (uint32_t i = 0; i < BUILD_ROWS_MAX * 2; i++)
		assert_ok(session_build_row(b, &r->row[i / BUILD_ROWS_MAX], &err), &err);
	struct session *s = session_build_finish(b, &err);
	assert_ok(s, &err);
	assert_int_equal(s->laps.n, 2);
	assert_int_equal(s->duplicate_rows, BUILD_ROWS_MAX * 2 - 2);
	session_free(s);
	free(r);
}

static void nothing(void **state)
{
	struct err err = {0};
	(void)state;
	struct session_build *b = session_build_new("rows", &err);
	assert_non_null(b);
	assert_null(session_build_finish(b, &err));
	assert_non_null(strstr(err.msg, "no lap"));
	b = session_build_new("rows", &err);
	assert_non_null(b);
	session_build_refuse(b, 7, "LAP_TIME 'x' is not a time");
	assert_null(session_build_finish(b, &err));
	assert_non_null(strstr(err.msg, "line 7"));
	session_build_free(NULL);
}

/* --- The real files that hold two cars of one number ----------------------- */

static bool shared_path(char *out, size_t cap, const char *name)
{
	const char *dir = getenv("PITWALL_SHARED");
	snprintf(out, cap, "%s/%s", dir ? dir : "../shared/data", name);
	FILE *f = fopen(out, "r");
	if (f)
		fclose(f);
	return f != NULL;
}

static ms_t best(const struct session *s, const char *id)
{
	int c = session_car(s, id);
	ms_t least = MS_MAX;
	assert_true(c >= 0);
	for (uint32_t i = s->cars[c].first; i < s->cars[c].first + s->cars[c].n; i++)
		least = s->laps.time[i] < least ? s->laps.time[i] : least;
	return least;
}

static struct lap_row row_from(const struct session *s, uint32_t i)
{
	const struct laps *l = &s->laps;
	const struct car *car = &s->cars[l->car[i]];
	struct lap_row row = {.number = str_from(car->number),
			      .group = str_from(car->group),
			      .lap = l->number[i],
			      .time = l->time[i],
			      .elapsed = l->elapsed[i],
			      .hour = l->hour[i],
			      .pit_time = l->pit_time[i],
			      .line = l->line[i]};
	for (int k = 0; k < SECTORS; k++)
		row.sector[k] = l->sector[k][i];
	for (int k = 0; k < MINIS; k++)
		row.mini[k] = l->mini[k][i];
	return row;
}

/* The same rows again, lost and doubled by the seed. */
static struct race *again(const struct session *s, uint32_t seed, bool damage)
{
	struct race *r = calloc(1, sizeof *r);
	assert_non_null(r);
	r->seed = seed;
	for (uint32_t i = 0; i < s->laps.n; i++) {
		struct lap_row row = row_from(s, i);
		if (damage && draw(r, 50) == 0)
			continue;
		r->row[r->n++] = row;
		if (damage && draw(r, 50) == 0)
			r->row[r->n++] = row;
	}
	return r;
}

/* Two crossings of one car must still be of one car, whatever it is called now. */
static bool unmixed(const struct session *was, const struct session *is)
{
	for (uint32_t c = 0; c < is->ncars; c++) {
		int owner = -1;
		for (uint32_t i = is->cars[c].first; i < is->cars[c].first + is->cars[c].n; i++)
			for (uint32_t k = 0; k < was->laps.n; k++) {
				if (was->laps.line[k] != is->laps.line[i])
					continue;
				if (owner >= 0 && owner != was->laps.car[k])
					return false;
				owner = was->laps.car[k];
			}
	}
	return session_car(is, "3#3") < 0;
}

static void real_file(const char *name, uint32_t cars, ms_t best_first, ms_t best_second)
{
	char path[512];
	struct err err = {0};
	if (!shared_path(path, sizeof path, name))
		skip();
	struct csv_reader *c = csv_open(path, &err);
	assert_ok(c, &err);
	struct session *s = laps_load(c, path, NULL, &err);
	csv_close(c);
	assert_ok(s, &err);
	assert_int_equal(s->ncars, cars);
	assert_int_equal(best(s, "3"), best_first);
	assert_int_equal(best(s, "3#2"), best_second);
	int mixed = 0;
	for (uint32_t seed = 0; seed < 60; seed++) {
		struct race *r = again(s, seed, seed > 1);
		if (seed % 2)
			qsort(r->row, r->n, sizeof *r->row, by_time);
		struct session *t = built(r);
		if (seed <= 1) {
			assert_int_equal(best(t, "3"), best_first);
			assert_int_equal(best(t, "3#2"), best_second);
			assert_int_equal(t->fingerprint, s->fingerprint);
		}
		mixed += !unmixed(s, t);
		session_free(t);
		free(r);
	}
	assert_int_equal(mixed, 0);
	session_free(s);
}

static void cota_r1(void **state)
{
	(void)state;
	real_file("gr-cup/analysis_endurance/cota_r1_analysis_endurance.csv", 31, 152070, 151035);
}

static void cota_r2(void **state)
{
	(void)state;
	real_file("gr-cup/analysis_endurance/cota_r2_analysis_endurance.csv", 31, 150516, 150691);
}

static void sonoma_r1(void **state)
{
	(void)state;
	real_file("gr-cup/analysis_endurance/sonoma_r1_analysis_endurance.csv", 31, 114350, 114171);
}

static void sonoma_r2(void **state)
{
	(void)state;
	real_file("gr-cup/analysis_endurance/sonoma_r2_analysis_endurance.csv", 31, 115138, 115321);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(any_order_gives_the_same),
		cmocka_unit_test(rows_lost_and_doubled),
		cmocka_unit_test(numbers_are_text),
		cmocka_unit_test(painted_hash),
		cmocka_unit_test(damaged_rows_stay),
		cmocka_unit_test(two_versions_of_a_lap),
		cmocka_unit_test(without_a_clock),
		cmocka_unit_test(rounded_clock),
		cmocka_unit_test(a_crowd_of_one_number),
		cmocka_unit_test(a_row_sent_without_end),
		cmocka_unit_test(nothing),
		cmocka_unit_test(cota_r1),
		cmocka_unit_test(cota_r2),
		cmocka_unit_test(sonoma_r1),
		cmocka_unit_test(sonoma_r2),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
