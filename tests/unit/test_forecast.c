/* The forecast against figures worked out by hand, and on the real season against an independent calculation. */
#include "core/analysis/forecast.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/path.h"
#include "core/load/season_json.h"
#include "tests/unit/helper.h"

/* cmocka compares as float. */
static void near(double v, double wanted, double by)
{
	if (!(fabs(v - wanted) <= by))
		fail_msg("%.9f, not %.9f", v, wanted);
}

static struct arena *arena;
static struct forecast_data data;

static int make(void **state)
{
	(void)state;
	arena = arena_new(0);
	data = (struct forecast_data){0};
	return arena ? 0 : -1;
}

static int drop(void **state)
{
	(void)state;
	arena_free(arena);
	return 0;
}

static void room(uint32_t starts, uint32_t races)
{
	data.start = ARENA_ARRAY(arena, starts, struct forecast_start);
	data.race = ARENA_ARRAY(arena, races, struct forecast_race);
	assert_non_null(data.start);
	assert_non_null(data.race);
}

static void finish(void)
{
	struct err err = {0};

	assert_ok(forecast_make(&data, arena, &err), &err);
}

static struct forecast_fold fold(uint32_t race, enum forecast_leave leave, enum forecast_when when)
{
	struct forecast_fold f;
	struct err err = {0};

	assert_ok(forecast_fold(&data, race, leave, when, arena, &f, &err), &err);
	return f;
}

/* Races of five drivers, who are always in the order of their numbers: 0 wins. Races 2k and 2k + 1 are of one track. */
static void orderly(uint32_t races)
{
	room(races * 5, races);
	data.nraces = races;
	data.ndrivers = 5;
	for (uint32_t r = 0; r < races; r++)
		data.race[r].track = r / 2;
	for (uint32_t i = 0; i < races * 5; i++) {
		int32_t place = (int32_t)(i % 5) + 1;
		data.start[i] = (struct forecast_start){.driver = i % 5,
							.race = i / 5,
							.finish = place,
							.grid = place,
							.best = 90000 + place,
							.qualifying = 89000 + place};
	}
	data.nstarts = races * 5;
	finish();
}

static void shares_of_places_and_times(void **state)
{
	static const struct forecast_start starts[] = {
		{.driver = 1, .race = 0, .finish = 4, .grid = 1, .best = 90100, .qualifying = 80000},
		{.driver = 0, .race = 0, .finish = 1, .grid = 0, .best = 90000, .qualifying = 80500},
		{.driver = 2, .race = 0, .finish = 0, .grid = 0, .best = 90100, .qualifying = MS_NONE},
	};

	(void)state;
	room(3, 1);
	memcpy(data.start, starts, sizeof starts);
	data.nstarts = 3;
	data.nraces = 1;
	data.ndrivers = 4;
	finish();
	assert_int_equal(data.race[0].cars, 4); /* somebody was fourth */
	assert_int_equal(data.start[0].driver, 0);
	near(data.start[0].finish_share, 0.125, 1e-12);
	near(data.start[1].finish_share, 0.875, 1e-12);
	assert_true(isnan(data.start[2].finish_share));
	near(data.start[0].best_share, 1 / 6.0, 1e-12);
	near(data.start[1].best_share, 4 / 6.0, 1e-12); /* shares places two and three */
	near(data.start[2].best_share, 4 / 6.0, 1e-12);
	near(data.start[1].grid_share, 0.125, 1e-12);
	near(data.start[0].grid_share, 0.75, 1e-12); /* second of two times */
	assert_true(isnan(data.start[2].grid_share));
	assert_int_equal(data.of_driver[2], 2);
	assert_int_equal(data.of_driver[3], 3);
	assert_int_equal(data.of_driver[4], 3);
}

/* Four other races: the first driver's share is 0.1, his score (4 x 0.1 + 0.5) / 5 = 0.18. Everybody's score without one more race is
 * (3 x + 0.5) / 4, so the rests are -0.1, -0.05, 0, 0.05, 0.1, four times each: median 0, quantiles -0.1 and 0.1. */
static void worked_by_hand(void **state)
{
	(void)state;
	orderly(5);
	struct forecast_fold f = fold(0, LEAVE_RACE, BEFORE_QUALIFYING);
	struct forecast o = forecast_of(&f, 0, (double)NAN, 5);

	assert_int_equal(f.n, 20);
	near(o.value, 1.4, 1e-9); /* 0.18 x 5 + 0.5 */
	assert_int_equal(o.low, 1);
	assert_int_equal(o.high, 2); /* 1.9, but 1.4 is between 1 and 2 */
	assert_int_equal(o.races, 4);
	assert_false(o.grid);
	o = forecast_of(&f, 2, 0.9, 5);
	near(o.value, 3, 1e-9); /* the grid is not known before qualifying */
	o = forecast_of(&f, 0, 0.1, 30);
	near(o.value, 5.9, 1e-9);
	assert_int_equal(o.low, 3);  /* 2.9 */
	assert_int_equal(o.high, 8); /* 8.9 */
}

/* From the back: (2 x 0.18 + 0.9) / 3 = 0.42; rests (0.5 x - 0.25) / 3, -0.0667 and 0.0667 at the quantiles. */
static void the_grid_counts_a_third(void **state)
{
	(void)state;
	orderly(5);
	struct forecast_fold f = fold(0, LEAVE_RACE, AFTER_QUALIFYING);
	struct forecast o = forecast_of(&f, 0, 0.9, 30);

	assert_true(o.grid);
	near(o.value, 0.42 * 30 + 0.5, 1e-9);
	assert_int_equal(o.low, 12);  /* 11.1 */
	assert_int_equal(o.high, 15); /* 15.1 */
	o = forecast_of(&f, 0, (double)NAN, 5);
	assert_false(o.grid);
	near(o.value, 1.4, 1e-9);
}

static void nothing_of_the_race_is_used(void **state)
{
	(void)state;
	orderly(6);
	struct forecast_fold f = fold(3, LEAVE_RACE, BEFORE_QUALIFYING);
	struct forecast before = forecast_of(&f, 1, (double)NAN, 5);

	for (uint32_t i = 0; i < data.nstarts; i++)
		if (data.start[i].race == 3) {
			data.start[i].finish = 6 - data.start[i].finish;
			data.start[i].best = MS_NONE;
			data.start[i].grid = 3;
		}
	finish();
	f = fold(3, LEAVE_RACE, BEFORE_QUALIFYING);
	struct forecast after = forecast_of(&f, 1, (double)NAN, 5);

	near(before.value, after.value, 0);
	assert_int_equal(before.high, after.high);
	f = fold(2, LEAVE_RACE, BEFORE_QUALIFYING); /* of another race it is used */
	after = forecast_of(&f, 1, (double)NAN, 5);
	assert_true(fabs(before.value - after.value) > 1e-6);
}

static void a_track_is_left_out_whole(void **state)
{
	(void)state;
	orderly(8);
	assert_int_equal(fold(2, LEAVE_RACE, BEFORE_QUALIFYING).n, 35);
	struct forecast_fold f = fold(2, LEAVE_TRACK, BEFORE_QUALIFYING);

	assert_int_equal(f.n, 30);
	assert_int_equal(forecast_of(&f, 0, (double)NAN, 5).races, 6);
	assert_int_equal(fold(UINT32_MAX, LEAVE_TRACK, BEFORE_QUALIFYING).n, 40);
}

static void strangers_are_the_middle_of_the_field(void **state)
{
	(void)state;
	orderly(6);
	struct forecast_fold f = fold(UINT32_MAX, LEAVE_RACE, BEFORE_QUALIFYING);
	struct forecast o = forecast_of(&f, data.ndrivers, (double)NAN, 9);

	assert_int_equal(o.races, 0);
	near(o.value, 5, 1e-9);
}

static void too_few_races_foretell_nothing(void **state)
{
	struct forecast_check c;
	struct err err = {0};

	(void)state;
	orderly(4);
	struct forecast_fold f = fold(0, LEAVE_RACE, BEFORE_QUALIFYING);
	struct forecast o = forecast_of(&f, 0, (double)NAN, 5);

	assert_true(isnan(o.value));
	assert_int_equal(o.low, 0);
	assert_ok(forecast_check(&data, LEAVE_RACE, BEFORE_QUALIFYING, &c, &err), &err);
	assert_int_equal(c.n, 0);
	assert_true(isnan(c.mae));
	data.nstarts = FORECAST_MOST + 1;
	assert_false(forecast_make(&data, arena, &err));
	assert_int_equal(err.code, ERR_FORMAT);
}

/* A better driver, a better grid: never a worse place. The sign the old formula had wrong. */
static void better_is_not_worse(void **state)
{
	(void)state;
	orderly(12);
	for (int when = 0; when < FORECASTS; when++) {
		struct forecast_fold f = fold(0, LEAVE_RACE, (enum forecast_when)when);
		for (uint32_t d = 1; d < 5; d++)
			assert_true(forecast_of(&f, d - 1, 0.5, 30).value < forecast_of(&f, d, 0.5, 30).value);
	}
	struct forecast_fold f = fold(0, LEAVE_RACE, AFTER_QUALIFYING);
	assert_true(forecast_of(&f, 2, 0.1, 30).value < forecast_of(&f, 2, 0.9, 30).value);
}

static void naive_forecasts(void **state)
{
	(void)state;
	orderly(6);
	struct forecast_start s = data.start[3 * 6]; /* driver 3 at race 0 */
	struct forecast_fold before = fold(0, LEAVE_RACE, BEFORE_QUALIFYING);
	struct forecast_fold after = fold(0, LEAVE_RACE, AFTER_QUALIFYING);

	s.grid = 2;
	s.qualifying_share = 0.1;
	for (int k = 0; k < NAIVES; k++)
		near(forecast_naive(&before, &s, (enum forecast_naive)k), 4, 1e-9);
	near(forecast_naive(&after, &s, NAIVE_START), 2, 1e-9);
	near(forecast_naive(&after, &s, NAIVE_PACE), 1, 1e-9);
	s.grid = 0;
	near(forecast_naive(&after, &s, NAIVE_START), 4, 1e-9);
	s.driver = data.ndrivers;
	near(forecast_naive(&before, &s, NAIVE_FINISH), 3, 1e-9);
}

/* --- The real season --------------------------------------------------------------- */

static uint32_t race_of(const struct season_result *x, const char *names[], uint32_t *tracks)
{
	char name[64];
	uint32_t track = 0;

	snprintf(name, sizeof name, "%s %d", x->track, x->race);
	for (uint32_t i = 0; i < data.nraces; i++) {
		if (strcmp(names[i], name) == 0)
			return i;
		if (strncmp(names[i], x->track, strlen(x->track)) == 0)
			track = data.race[i].track + 1;
	}
	names[data.nraces] = arena_strndup(arena, name, strlen(name));
	data.race[data.nraces].track = track ? track - 1 : (*tracks)++;
	return data.nraces++;
}

static void real_starts(const struct season *s)
{
	const char *names[16];
	uint32_t tracks = 0;

	room(400, 16);
	data.ndrivers = s->ndrivers;
	for (uint32_t i = 0; i < s->ndrivers; i++)
		for (uint32_t k = 0; k < s->drivers[i].nresults; k++) {
			const struct season_result *x = &s->drivers[i].results[k];
			if (strcmp(x->status, "Not started") == 0)
				continue;
			assert_in_range(data.nraces, 0, 12);
			data.start[data.nstarts++] = (struct forecast_start){.driver = i,
									     .race = race_of(x, names, &tracks),
									     .finish = x->finish,
									     .grid = x->start,
									     .best = x->fastest,
									     .qualifying = x->qualifying};
		}
	assert_int_equal(tracks, 6);
	assert_int_equal(data.nraces, 12);
	finish();
}

static void read_real(void)
{
	const char *dir = getenv("PITWALL_SHARED");
	char path[1024];
	struct err err = {0};
	struct season *s = season_new(&err);

	assert_ok(s, &err);
	assert_true(path_join(path, sizeof path, dir && *dir ? dir : "../shared/data",
			      "gr-cup/json/driver_race_results.json"));
	if (!season_add_file(s, path, &err)) {
		season_free(s);
		skip();
	}
	assert_ok(season_finish(s, &err), &err);
	real_starts(s);
	season_free(s);
}

/* Of an independent calculation (Python, NumPy's median and quantile). */
static const struct {
	enum forecast_leave leave;
	enum forecast_when when;
	double mae, coverage, width, naive[NAIVES];
} real_errors[] = {
	{LEAVE_RACE, BEFORE_QUALIFYING, 4.2076, 0.7898, 13.5797, {4.5763, 4.6390, 4.7179}},
	{LEAVE_RACE, AFTER_QUALIFYING, 4.0041, 0.7831, 13.0915, {4.5763, 4.7119, 4.7596}},
	{LEAVE_TRACK, BEFORE_QUALIFYING, 4.4709, 0.7932, 13.9661, {4.6593, 4.8169, 4.8263}},
	{LEAVE_TRACK, AFTER_QUALIFYING, 4.0704, 0.8000, 13.4102, {4.6593, 4.6966, 4.7664}},
};

static void errors_on_the_real_season(void **state)
{
	(void)state;
	read_real();
	for (size_t i = 0; i < COUNT_OF(real_errors); i++) {
		struct forecast_check c;
		struct err err = {0};

		assert_ok(forecast_check(&data, real_errors[i].leave, real_errors[i].when, &c, &err), &err);
		assert_int_equal(c.n, 295);
		near(c.mae, real_errors[i].mae, 0.0001);
		near(c.coverage, real_errors[i].coverage, 0.0001);
		near(c.width, real_errors[i].width, 0.0001);
		for (int k = 0; k < NAIVES; k++)
			near(c.naive[k], real_errors[i].naive[k], 0.0001);
	}
}

/* What was asked of it: better than the median finish by 0.2 places before and 0.38 after qualifying. */
static void the_real_season_is_foretold_well_enough(void **state)
{
	struct forecast_check before, after;
	struct err err = {0};

	(void)state;
	read_real();
	assert_ok(forecast_check(&data, LEAVE_RACE, BEFORE_QUALIFYING, &before, &err), &err);
	assert_ok(forecast_check(&data, LEAVE_RACE, AFTER_QUALIFYING, &after, &err), &err);
	near(before.naive[NAIVE_FINISH], 4.58, 0.005);
	assert_true(before.mae <= 4.38);
	assert_true(after.mae <= 4.20);
	assert_true(before.coverage >= 0.75 && before.coverage <= 0.85);
	assert_true(after.coverage >= 0.75 && after.coverage <= 0.85);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(shares_of_places_and_times, make, drop),
		cmocka_unit_test_setup_teardown(worked_by_hand, make, drop),
		cmocka_unit_test_setup_teardown(the_grid_counts_a_third, make, drop),
		cmocka_unit_test_setup_teardown(nothing_of_the_race_is_used, make, drop),
		cmocka_unit_test_setup_teardown(a_track_is_left_out_whole, make, drop),
		cmocka_unit_test_setup_teardown(strangers_are_the_middle_of_the_field, make, drop),
		cmocka_unit_test_setup_teardown(too_few_races_foretell_nothing, make, drop),
		cmocka_unit_test_setup_teardown(better_is_not_worse, make, drop),
		cmocka_unit_test_setup_teardown(naive_forecasts, make, drop),
		cmocka_unit_test_setup_teardown(errors_on_the_real_season, make, drop),
		cmocka_unit_test_setup_teardown(the_real_season_is_foretold_well_enough, make, drop),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
