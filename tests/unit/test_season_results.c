/* Races and sums of a driver by hand, and every driver's sums from the real results files against driver_season_stats.json. */
#include "core/analysis/season_results.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/analysis/season_book.h"
#include "core/source/load.h"
#include "tests/unit/laps_helper.h"
#include "tests/unit/season_helper.h"

static void points_of_places(void **state)
{
	(void)state;
	assert_int_equal(season_points(1), 25);
	assert_int_equal(season_points(10), 1);
	assert_int_equal(season_points(11), 0);
	assert_int_equal(season_points(0), 0);
}

#define HEADER "NUMBER;LAP_NUMBER;LAP_TIME;ELAPSED\n"

struct small {
	struct session *session[1];
	struct season season;
	struct season_driver driver;
	struct season_result result[3];
	struct dataset d;
	struct season_table t;
	struct arena *a;
};

/* Barber from a file: car 1 second from third on the grid; Cota and Vir from the JSON: won from pole; not started. */
static void make_small(struct small *m)
{
	struct err err = {0};

	*m = (struct small){.a = arena_new(0)};
	struct session *s = session_from_text(HEADER "1;1;60;60\n1;2;58.5;118.5\n2;1;59;59\n2;2;59;118\n");
	m->session[0] = s;
	s->track = "barber";
	s->number = 1;
	for (uint32_t i = 0; i < s->ncars; i++)
		s->cars[i].season_number = s->cars[i].number;
	s->cars[car_of(s, "1")].grid = 3;
	s->cars[car_of(s, "1")].grid_time = 57000;
	m->result[0] = (struct season_result){"barber", 1, 4, 2, 2, MS_NONE, MS_NONE, "", "Classified"};
	m->result[1] = (struct season_result){"cota", 1, 1, 1, 10, 90000, 89000, "-", "Classified"};
	m->result[2] = (struct season_result){"vir", 1, 0, 0, 0, MS_NONE, MS_NONE, "", "Not started"};
	m->driver = (struct season_driver){.number = "1",
					   .name = "",
					   .has_stats = true,
					   .races = 3,
					   .points = 43,
					   .wins = 1,
					   .avg_finish = 1.5,
					   .avg_qualifying = 2.5,
					   .avg_gained = 1,
					   .results = m->result,
					   .nresults = 3};
	m->season = (struct season){.drivers = &m->driver, .ndrivers = 1};
	m->d = (struct dataset){.sessions = m->session, .nsessions = 1, .season = &m->season};
	assert_ok(season_table_make(&m->d, m->a, &m->t, &err), &err);
}

static void free_small(struct small *m)
{
	arena_free(m->a);
	session_free(m->session[0]);
}

static void a_race_comes_from_one_place(void **state)
{
	struct small m;
	struct season_line l;

	(void)state;
	make_small(&m);
	const struct season_row *row = &m.t.rows[0];
	assert_true(season_line(&m.t, row, 0, &l));
	assert_int_equal(l.from, FROM_SESSION);
	assert_int_equal(l.grid, 3);
	assert_int_equal(l.finish, 2);
	assert_int_equal(l.gained, 1);
	assert_int_equal(l.best, 58500);
	assert_true(l.fastest); /* the other's best is 59 */
	assert_int_equal(l.qualifying, 57000);
	assert_int_equal(l.gap_time, 500);
	assert_true(season_line(&m.t, row, 1, &l));
	assert_int_equal(l.from, FROM_JSON);
	assert_int_equal(l.best, 90000);
	assert_string_equal(l.gap, "");
	assert_true(l.fastest); /* one driver, first of one */
	m.t.rows[0].cell[1].place = 2;
	assert_true(season_line(&m.t, row, 1, &l));
	assert_false(l.fastest); /* the winner is not in the JSON */
	assert_true(season_line(&m.t, row, 2, &l));
	assert_false(l.started);
	assert_false(l.has_gained);
	assert_false(season_line(&m.t, &m.t.rows[1], 1, &l)); /* car 2 was not at Cota */
	free_small(&m);
}

static void sums_and_where_they_part(void **state)
{
	struct small m;
	struct season_difference d[8];
	struct season_stat stat[SEASON_STATS];

	(void)state;
	make_small(&m);
	struct season_sum s = season_sum(&m.t, &m.t.rows[0]);
	assert_int_equal(s.races, 2);
	assert_int_equal(s.wins, 1);
	assert_int_equal(s.podiums, 2);
	assert_int_equal(s.poles, 1);
	assert_int_equal(s.points, 18 + 25);
	assert_int_equal(s.fastest_laps, 2);
	assert_float_equal(s.avg_finish, 1.5, 1e-12);
	assert_float_equal(s.avg_qualifying, 2, 1e-12);
	assert_float_equal(s.avg_gained, 0.5, 1e-12);
	assert_int_equal(season_differences(&m.t, &m.t.rows[0], d, 8), 2);
	assert_int_equal(d[0].kind, DIFF_GRID);
	assert_int_equal(d[0].here, 3);
	assert_int_equal(d[0].json, 4);
	assert_int_equal(d[1].kind, DIFF_START);
	season_stats(&s, &m.driver, stat);
	assert_false(stat[0].equal); /* 2 races against 3 */
	assert_true(stat[1].equal);  /* points */
	assert_false(stat[8].equal); /* grid 2.00 against 2.50 */
	assert_true(isnan(stat[10].json));
	free_small(&m);
}

/* --- The real season ----------------------------------------------------------------------------- */

/* Which figures of which drivers differ, in all: the number of races, of three. */
static void equal_where_the_json_is_right(void **state)
{
	static const struct {
		const char *number;
		uint32_t here, json;
	} races[] = {{"3", 8, 12}, {"15", 9, 10}, {"78", 6, 8}};
	struct season_book *b;
	struct dataset *d = real_season(&b);
	uint32_t compared = 0, differ = 0;

	(void)state;
	for (uint32_t row = 0; row < b->table.nrows; row++) {
		const struct season_row *r = &b->table.rows[row];
		struct season_stat stat[SEASON_STATS];
		if (!r->json)
			continue;
		compared++;
		season_stats(&b->sum[row], r->json, stat);
		for (int i = 0; i < SEASON_STATS; i++) {
			if (isnan(stat[i].json) || stat[i].equal)
				continue;
			bool named = false;
			for (size_t k = 0; k < COUNT_OF(races); k++)
				named |= strcmp(r->number, races[k].number) == 0 &&
					 strcmp(stat[i].name, "races") == 0 && b->sum[row].races == races[k].here &&
					 (uint32_t)r->json->races == races[k].json;
			/* 3 has two drivers at Cota and Sonoma: averages differ too, by exactly those four races. */
			if (!named && strcmp(r->number, "3") != 0)
				fail_msg("%s: %s is %g here, %g in the JSON", r->number, stat[i].name, stat[i].computed,
					 stat[i].json);
			differ += named;
		}
	}
	assert_int_equal(compared, 32); /* of 34: 47 and 88 are two drivers each */
	assert_int_equal(differ, 3);
	season_book_free(b);
	dataset_free(d);
}

/* Every difference is one of the races told, and none else. */
static void every_difference_has_its_race(void **state)
{
	struct season_book *b;
	struct dataset *d = real_season(&b);
	uint32_t kinds[5] = {0};

	(void)state;
	for (uint32_t row = 0; row < b->table.nrows; row++) {
		struct season_difference diff[64];
		uint32_t n = season_differences(&b->table, &b->table.rows[row], diff, 64);
		for (uint32_t i = 0; i < n; i++)
			kinds[diff[i].kind]++;
	}
	assert_int_equal(kinds[DIFF_GRID], 0);
	assert_int_equal(kinds[DIFF_FINISH], 0);
	assert_int_equal(kinds[DIFF_START], 3);      /* 15 at Road America 2, 78 at VIR 1 and 2 */
	assert_int_equal(kinds[DIFF_NOT_JOINED], 4); /* 3 at Cota and Sonoma */
	assert_int_equal(kinds[DIFF_HERE_ONLY], 0);
	season_book_free(b);
	dataset_free(d);
}

/* A race of the JSON that there is no session file of: nobody can tell which of two drivers it was. */
static bool in_files(const struct dataset *d, const struct season_result *x)
{
	for (uint32_t i = 0; i < d->nsessions; i++)
		if (d->sessions[i]->kind == KIND_RACE && strcmp(d->sessions[i]->track, x->track) == 0 &&
		    d->sessions[i]->number == x->race)
			return true;
	return false;
}

/* A number of two drivers in the JSON: both together, with the races that no file tells of, are what it says. */
static void two_drivers_of_one_number_add_up(void **state)
{
	static const char *const numbers[] = {"47", "88"};
	struct season_book *b;
	struct dataset *d = real_season(&b);

	(void)state;
	for (size_t k = 0; k < COUNT_OF(numbers); k++) {
		const struct season_driver *json = season_driver(d->season, numbers[k]);
		int32_t rows = 0, races = 0, points = 0, podiums = 0, top10 = 0;
		assert_non_null(json);
		for (uint32_t row = 0; row < b->table.nrows; row++) {
			if (strcmp(b->table.rows[row].number, numbers[k]) != 0)
				continue;
			assert_null(b->table.rows[row].json);
			rows++;
			races += (int32_t)b->sum[row].races;
			points += b->sum[row].points;
			podiums += (int32_t)b->sum[row].podiums;
			top10 += (int32_t)b->sum[row].top10;
		}
		assert_int_equal(rows, 2);
		for (uint32_t i = 0; i < json->nresults; i++) {
			const struct season_result *x = &json->results[i];
			if (in_files(d, x))
				continue;
			races++;
			points += season_points((uint32_t)x->finish);
			podiums += x->finish >= 1 && x->finish <= 3;
			top10 += x->finish >= 1 && x->finish <= 10;
		}
		assert_int_equal(races, json->races);
		assert_int_equal(points, json->points);
		assert_int_equal(podiums, json->podiums);
		assert_int_equal(top10, json->top10);
	}
	season_book_free(b);
	dataset_free(d);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(points_of_places),
		cmocka_unit_test(a_race_comes_from_one_place),
		cmocka_unit_test(sums_and_where_they_part),
		cmocka_unit_test(equal_where_the_json_is_right),
		cmocka_unit_test(every_difference_has_its_race),
		cmocka_unit_test(two_drivers_of_one_number_add_up),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
