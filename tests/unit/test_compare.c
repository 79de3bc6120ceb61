#include "core/analysis/compare.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "tests/unit/laps_helper.h"

#define BARBER_R2 "gr-cup/analysis_endurance/barber_r2_analysis_endurance.csv"

static struct comparison compared(const struct analysis *an, const char *ref, const char *you)
{
	struct comparison c;
	struct err err = {0};

	assert_ok(compare_make(an, car_of(an->session, ref), car_of(an->session, you), an->arena, &c, &err), &err);
	return c;
}

/* One row of a small race: sectors of a lap add up to its time. */
static size_t add_row(char *at, size_t cap, const char *car, int lap, int time, int s1, int s2, int elapsed)
{
	int n = snprintf(at, cap, "%s;%d;%d.%03d;;%d.%03d;%d.%03d;%d.%03d;%d.%03d;GF\n", car, lap, time / 1000,
			 time % 1000, s1 / 1000, s1 % 1000, s2 / 1000, s2 % 1000, (time - s1 - s2) / 1000,
			 (time - s1 - s2) % 1000, elapsed / 1000, elapsed % 1000);

	assert_true(n > 0 && (size_t)n < cap);
	return (size_t)n;
}

/* A leads from the start; B is `diff[i]` slower on lap i + 1, all of it in sector 2. skip: a lap B's file lacks. */
static struct session *small_race(const int *diff, int laps, int skip)
{
	static char text[16384];
	size_t n = (size_t)snprintf(
		text, sizeof text,
		"NUMBER;LAP_NUMBER;LAP_TIME;CROSSING_FINISH_LINE_IN_PIT;S1;S2;S3;ELAPSED;FLAG_AT_FL\n");
	int a = 0, b = 0;

	for (int i = 0; i < laps; i++)
		n += add_row(text + n, sizeof text - n, "1", i + 1, 50000, 20000, 20000, a += 50000);
	for (int i = 0; i < laps; i++) {
		b += 50000 + diff[i];
		if (i + 1 != skip)
			n += add_row(text + n, sizeof text - n, "2", i + 1, 50000 + diff[i], 20000, 20000 + diff[i], b);
	}
	return session_from_text(text);
}

static void pairs_are_you_minus_ref(void **state)
{
	static const int diff[] = {2000, -100, 50, 50};
	struct session *s = small_race(diff, 4, 0);
	struct analysis *an = analysed(s, NULL);
	struct comparison c = compared(an, "1", "2");

	(void)state;
	assert_int_equal(c.npairs, 4);
	assert_int_equal(c.nclean, 3);
	assert_int_equal(c.pairs[0].delta, 2000);
	assert_int_equal(c.pairs[0].gap, 2000);
	assert_int_equal(c.pairs[1].delta, -100);
	assert_int_equal(c.pairs[1].sector[0], 0);
	assert_int_equal(c.pairs[1].sector[1], -100);
	assert_int_equal(c.pairs[1].mini[0], MS_NONE);
	assert_true(c.pairs[1].complete);
	assert_int_equal(c.pairs[3].gap, 2000);
	assert_int_equal(c.sum[0], 2000);
	assert_int_equal(c.sum[2], 2000);
	assert_int_equal(c.won[0], 1);
	assert_int_equal(c.nrows, 4);
	assert_string_equal(c.row[0].name, "Lap");
	assert_int_equal(c.row[0].verdict, VERDICT_TOO_FEW);
	session_and_analysis_free(s, an);
}

/* Seven clean pairs, all slower by 10 to 70 in sector 2: p is 2/128 and four rows need it under 0.0125. */
static void a_row_is_clear_only_when_all_rows_allow(void **state)
{
	static const int seven[] = {2000, 10, 20, 30, 40, 50, 60, 70}, eight[] = {2000, 10, 20, 30, 40, 50, 60, 70, 80};
	struct session *s = small_race(seven, 8, 0);
	struct analysis *an = analysed(s, NULL);
	struct comparison c = compared(an, "1", "2");

	(void)state;
	assert_int_equal(c.row[2].all.n, 7);
	assert_int_equal(c.row[2].all.median, 40);
	assert_int_equal(c.row[2].sum, 280);
	assert_int_equal(c.row[2].verdict, VERDICT_NOT_CLEAR);
	assert_true(c.headline_clear);
	assert_true(c.headline.clear);
	session_and_analysis_free(s, an);

	s = small_race(eight, 9, 0);
	an = analysed(s, NULL);
	c = compared(an, "1", "2");
	assert_int_equal(c.row[2].verdict, VERDICT_LOSS);
	assert_int_equal(c.row[1].verdict, VERDICT_NOT_CLEAR);
	assert_int_equal(c.row[2].all.low, 10);
	assert_int_equal(c.row[2].all.high, 80);
	c = compared(an, "2", "1");
	assert_int_equal(c.row[2].verdict, VERDICT_GAIN);
	assert_int_equal(c.row[2].all.won, 8);
	session_and_analysis_free(s, an);
}

static void a_car_against_itself_is_all_zero(void **state)
{
	static const int diff[] = {2000, 10, 20, 30, 40, 50, 60, 70};
	struct session *s = small_race(diff, 8, 0);
	struct analysis *an = analysed(s, NULL);
	struct comparison c = compared(an, "2", "2");

	(void)state;
	assert_int_equal(c.sum[0], 0);
	assert_int_equal(c.ledger_sum, 0);
	for (unsigned i = 0; i < c.nrows; i++)
		assert_int_equal(c.row[i].verdict, VERDICT_NOT_CLEAR);
	session_and_analysis_free(s, an);
}

static void a_lost_row_is_no_pair(void **state)
{
	static const int diff[] = {2000, 100, 100, 100, 100};
	struct session *s = small_race(diff, 5, 3);
	struct analysis *an = analysed(s, NULL);
	struct comparison c = compared(an, "1", "2");

	(void)state;
	assert_int_equal(c.npairs, 4);
	assert_int_equal(c.pairs[2].number, 4);
	assert_int_equal(c.pairs[3].gap, 2400);
	session_and_analysis_free(s, an);
}

static void no_such_car_is_an_error(void **state)
{
	static const int diff[] = {0, 0};
	struct session *s = small_race(diff, 2, 0);
	struct analysis *an = analysed(s, NULL);
	struct comparison c;
	struct err err = {0};

	(void)state;
	assert_false(compare_make(an, 0, 99, an->arena, &c, &err));
	assert_int_equal(err.code, ERR_NOT_FOUND);
	session_and_analysis_free(s, an);
}

/* --- Pace now ----------------------------------------------------------------- */

static struct pace_now now_of(const int *diff, int laps)
{
	struct session *s = small_race(diff, laps, 0);
	struct analysis *an = analysed(s, NULL);
	struct comparison c = compared(an, "1", "2");
	struct pace_now now;

	pace_now_make(an, &c, &now);
	session_and_analysis_free(s, an);
	return now;
}

static void catch_is_arithmetic_in_whole_laps(void **state)
{
	static const int diff[] = {3000, -190, -210, -200, -200, -200};
	struct pace_now now = now_of(diff, 6); /* 2.000 behind after lap 6, 0.200 a lap */

	(void)state;
	assert_int_equal(now.n, 5);
	assert_true(now.clear);
	assert_float_equal(now.diff, -200, 1e-9);
	assert_int_equal(now.catch_lap, 16);
}

static void no_catch_without_certainty(void **state)
{
	static const int noisy[] = {3000, -900, 500, -900, 600, -300}, few[] = {3000, -200, -200, -200, -200};
	struct pace_now now = now_of(noisy, 6);

	(void)state;
	assert_true(now.diff < 0);
	assert_false(now.clear);
	assert_int_equal(now.catch_lap, 0);
	now = now_of(few, 5);
	assert_int_equal(now.n, 4);
	assert_int_equal(now.catch_lap, 0);
}

static void no_catch_from_in_front(void **state)
{
	static const int diff[] = {-3000, -190, -210, -200, -200, -200};

	(void)state;
	assert_int_equal(now_of(diff, 6).catch_lap, 0);
}

/* --- Barber, race 2 ------------------------------------------------------------ */

struct known_row {
	const char *name;
	ms_t ref, you, median, low, high;
	uint32_t won;
	enum verdict verdict;
};

static void barber_table(void **state)
{
	static const struct known_row known[] = {
		{"Lap", 97350, 97304, -89, -179, 79, 18, VERDICT_NOT_CLEAR},
		{"S1", 26544, 26505, -81, -121, 31, 20, VERDICT_NOT_CLEAR},
		{"IM1a", 16896, 16813, -112, -153, -34, 25, VERDICT_GAIN},
		{"IM1", 9604, 9667, 37, 7, 60, 4, VERDICT_LOSS},
		{"S2", 42197, 42098, -21, -97, 72, 17, VERDICT_NOT_CLEAR},
		{"IM2a", 29643, 29577, -19, -104, 72, 16, VERDICT_NOT_CLEAR},
		{"IM2", 12472, 12481, 1, -17, 22, 12, VERDICT_NOT_CLEAR},
		{"S3", 28332, 28479, 45, -88, 92, 11, VERDICT_NOT_CLEAR},
		{"IM3a", 10639, 10732, 16, -31, 56, 11, VERDICT_NOT_CLEAR},
		{"FL", 17682, 17694, 15, -58, 64, 10, VERDICT_NOT_CLEAR},
	};
	struct session *s = session_from_file(BARBER_R2);
	struct analysis *an = analysed(s, NULL);
	struct comparison c = compared(an, "13", "22");

	(void)state;
	assert_int_equal(c.nrows, COUNT_OF(known));
	for (unsigned i = 0; i < c.nrows; i++) {
		const struct place_row *r = &c.row[i];

		assert_string_equal(r->name, known[i].name);
		assert_int_equal(r->ref_best, known[i].ref);
		assert_int_equal(r->you_best, known[i].you);
		assert_int_equal(r->all.n, 27);
		assert_int_equal(r->all.median, known[i].median);
		assert_int_equal(r->all.low, known[i].low);
		assert_int_equal(r->all.high, known[i].high);
		assert_int_equal(r->all.won, known[i].won);
		assert_int_equal(r->verdict, known[i].verdict);
	}
	assert_int_equal(c.row[3].sum, 1016);
	assert_int_equal(c.row[3].all.lo_rank, 6);
	assert_int_equal(c.row[3].all.hi_rank, 22);
	assert_int_equal(c.row[3].clear.median, 35);
	assert_int_equal(c.row[3].clear.n, 9);
	assert_int_equal(c.row[3].clear.won, 0);
	assert_true(c.row[0].you_session && !c.row[0].ref_session);
	assert_true(c.row[7].ref_session && !c.row[7].you_session);
	assert_true(c.row[8].ref_session && c.row[9].ref_session && c.row[6].ref_session);
	session_and_analysis_free(s, an);
}

static void barber_sums_and_headline(void **state)
{
	static const ms_t sum[] = {234, -1094, -125, 1453}, low[] = {-171, -118, -85, -69}, high[] = {58, 3, 45, 89};
	static const uint32_t won[] = {18, 20, 17, 11};
	struct session *s = session_from_file(BARBER_R2);
	struct analysis *an = analysed(s, NULL);
	struct comparison c = compared(an, "13", "22");

	(void)state;
	for (int i = 0; i < 4; i++) {
		assert_int_equal(c.sum[i], sum[i]);
		assert_int_equal(c.won[i], won[i]);
		assert_int_equal(c.four[i].low, low[i]);
		assert_int_equal(c.four[i].high, high[i]);
	}
	assert_true(c.headline_clear);
	assert_int_equal(c.nclear, 9);
	assert_int_equal(c.headline.median, -118);
	assert_int_equal(c.headline.low, -237);
	assert_int_equal(c.headline.high, -31);
	assert_true(c.headline.clear);
	session_and_analysis_free(s, an);
}

/* As it stood on laps 12 and 13: reaching is arithmetic, and the figure is the one of that lap. */
static void barber_catch_in_replay(void **state)
{
	struct session *s = session_from_file(BARBER_R2);
	struct analysis_options o;
	struct analysis *an;
	struct comparison c;
	struct pace_now now;

	(void)state;
	analysis_defaults(&o);
	o.lap = 12;
	an = analysed(s, &o);
	c = compared(an, "13", "22");
	pace_now_make(an, &c, &now);
	assert_int_equal(c.npairs, 12);
	assert_int_equal(now.catch_lap, 16);
	analysis_free(an);
	o.lap = 17;
	an = analysed(s, &o);
	c = compared(an, "13", "22");
	pace_now_make(an, &c, &now);
	assert_int_equal(round_half_away(now.diff), -54);
	assert_false(now.clear);
	assert_int_equal(now.catch_lap, 0);
	session_and_analysis_free(s, an);
}

/* Differences of lap and parts agree wherever all parts are known on both laps. */
static void parts_sum_to_the_lap(void **state)
{
	struct session *s = session_from_file(BARBER_R2);
	struct analysis *an = analysed(s, NULL);
	struct comparison c = compared(an, "13", "72");

	(void)state;
	for (uint32_t i = 0; i < c.npairs; i++) {
		const struct lap_pair *p = &c.pairs[i];

		assert_true(p->complete);
		assert_int_equal(p->sector[0] + p->sector[1] + p->sector[2], p->delta);
		assert_int_equal(p->mini[0] + p->mini[1], p->sector[0]);
	}
	session_and_analysis_free(s, an);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(pairs_are_you_minus_ref),
		cmocka_unit_test(a_row_is_clear_only_when_all_rows_allow),
		cmocka_unit_test(a_car_against_itself_is_all_zero),
		cmocka_unit_test(a_lost_row_is_no_pair),
		cmocka_unit_test(no_such_car_is_an_error),
		cmocka_unit_test(catch_is_arithmetic_in_whole_laps),
		cmocka_unit_test(no_catch_without_certainty),
		cmocka_unit_test(no_catch_from_in_front),
		cmocka_unit_test(barber_table),
		cmocka_unit_test(barber_sums_and_headline),
		cmocka_unit_test(barber_catch_in_replay),
		cmocka_unit_test(parts_sum_to_the_lap),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
