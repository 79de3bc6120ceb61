/* What factors are made of: a small race worked out by hand, and two drivers of the real races by a calculation of its own. */
#include "core/analysis/race_vars.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/analysis/season_book.h"
#include "core/base/buf.h"
#include "core/source/load.h"
#include "tests/unit/laps_helper.h"
#include "tests/unit/season_helper.h"

enum { LAPS = 12 };

/* Twelve laps. Car 1 is always at 1:40.0; car 2 goes between 1:41.0 and 1:42.0; car 3 leads at first and loses one place, on lap 2. */
static struct session *small_race(void)
{
	static const unsigned first[] = {105000, 106000, 104000};
	struct buf b;

	buf_init(&b, 1 << 16);
	buf_str(&b, "NUMBER;LAP_NUMBER;LAP_TIME;ELAPSED\n");
	for (unsigned car = 0; car < 3; car++) {
		unsigned elapsed = 0;
		for (unsigned lap = 1; lap <= LAPS; lap++) {
			const unsigned usual[] = {100000, lap % 2 ? 102000 : 101000, 101200};
			unsigned t = lap == 1 ? first[car] : usual[car];
			elapsed += t;
			buf_fmt(&b, "%u;%u;%u.%03u;%u:%02u.%03u\n", car + 1, lap, t / 1000, t % 1000, elapsed / 60000,
				elapsed / 1000 % 60, elapsed % 1000);
		}
	}
	struct session *s = session_from_text(b.p);
	buf_release(&b);
	for (uint32_t i = 0; i < 3; i++) {
		s->cars[i].grid = 3 - (int32_t)i;
		s->cars[i].grid_time = 99000 + 250 * (ms_t)i;
	}
	return s;
}

static struct race_vars *made(const struct analysis *an, struct arena *a)
{
	struct race_vars *v = NULL;
	struct err err = {0};

	assert_ok(race_vars_make(an, a, &v, &err), &err);
	return v;
}

static void by_hand(void **state)
{
	struct arena *a = arena_new(0);
	struct session *s = small_race();
	struct analysis *an = analysed(s, NULL);
	const struct race_vars *v = made(an, a);

	(void)state;
	assert_float_equal(v[0].value[VAR_QUALIFYING], 0, 1e-9);
	assert_float_equal(v[2].value[VAR_QUALIFYING], 0.5, 1e-9);
	assert_float_equal(v[1].value[VAR_BEST_LAP], 1.0, 1e-9);
	assert_float_equal(v[2].value[VAR_BEST_LAP], 1.2, 1e-9);
	assert_float_equal(v[1].value[VAR_BEST_TEN], 1.4, 1e-9); /* six of 101, four of 102 */
	assert_float_equal(v[0].value[VAR_STINT], 0, 1e-9);
	assert_float_equal(v[1].value[VAR_STINT], 0.522233, 1e-6); /* sqrt(2.727273 / 10) */
	assert_true(isnan(v[0].value[VAR_SECTORS]));               /* the file has none */
	assert_float_equal(v[0].value[VAR_GAINED], 2, 1e-9);       /* third, second after lap 1, first on lap 2 */
	assert_float_equal(v[1].value[VAR_GAINED], -1, 1e-9);      /* second, third after lap 1 */
	assert_float_equal(v[2].value[VAR_GAINED], -1, 1e-9);
	assert_float_equal(v[0].value[VAR_CHANGED], 100, 1e-9);
	assert_true(isnan(v[1].value[VAR_CHANGED])); /* no place of it changed hands */
	assert_float_equal(v[2].value[VAR_CHANGED], 0, 1e-9);
	assert_float_equal(v[1].value[VAR_LATE], 1.5, 1e-9);       /* laps 9 to 12: 101.5 against 100 */
	assert_float_equal(v[1].value[VAR_EARLY_LATE], 0.5, 1e-9); /* laps 2 to 4: 101; the field: 0 */
	session_and_analysis_free(s, an);
	arena_free(a);
}

static void percentiles_and_weights(void **state)
{
	struct arena *a = arena_new(0);
	struct session *s = small_race();
	struct analysis *an = analysed(s, NULL);
	const struct race_vars *v = made(an, a);

	(void)state;
	assert_float_equal(v[0].percentile[VAR_BEST_LAP], 100, 1e-9);
	assert_float_equal(v[1].percentile[VAR_BEST_LAP], 50, 1e-9);
	assert_float_equal(v[2].percentile[VAR_BEST_LAP], 0, 1e-9);
	/* Equal ones share: cars 2 and 3 gained as much; of two others one is better, one equal. */
	assert_float_equal(v[1].percentile[VAR_GAINED], 25, 1e-9);
	assert_float_equal(v[0].factor[FACTOR_SPEED], 100, 1e-9);
	/* Half of the weight is known: the stint's. */
	assert_float_equal(v[0].factor[FACTOR_CONSISTENCY], v[0].percentile[VAR_STINT], 1e-9);
	assert_float_equal(v[0].percentile[VAR_STINT], 75, 1e-9); /* with car 3, as steady */
	for (int f = 0; f < FACTORS; f++) {
		double sum = 0;
		for (int k = 0; k < VARS; k++)
			sum += race_var_info((enum race_var)k)->factor == (enum factor)f
				       ? race_var_info((enum race_var)k)->weight
				       : 0;
		assert_float_equal(sum, 1, 1e-12);
	}
	session_and_analysis_free(s, an);
	arena_free(a);
}

/* Whoever is said to have won: not a single figure moves. */
static void the_finish_is_never_an_input(void **state)
{
	struct arena *a = arena_new(0);
	struct session *s = small_race();
	struct analysis *an = analysed(s, NULL);
	const struct race_vars *before = made(an, a);

	(void)state;
	for (uint32_t i = 0; i < 3; i++)
		s->cars[i].final = (struct official){.present = true,
						     .position = 3 - (int32_t)i,
						     .laps = LAPS,
						     .total = MS_NONE,
						     .fastest = MS_NONE,
						     .gap = "",
						     .status = ""};
	struct analysis *again = analysed(s, NULL);
	const struct race_vars *after = made(again, a);
	for (uint32_t i = 0; i < 3; i++)
		assert_memory_equal(before[i].value, after[i].value, sizeof(before[i].value));
	analysis_free(again);
	session_and_analysis_free(s, an);
	arena_free(a);
}

/* Means over the real races, from the CSV files by another program (Python): value, races. */
static const struct real {
	const char *number;
	enum race_var var;
	double value;
	uint32_t races;
} real[] = {
	{"22", VAR_QUALIFYING, 0.1847, 4},   {"22", VAR_BEST_LAP, 0.9617, 3},    {"22", VAR_BEST_TEN, 0.0804, 3},
	{"22", VAR_STINT, 0.9507, 3},        {"22", VAR_SECTORS, 0.3022, 3},     {"22", VAR_FIRST_SECTOR, 0.1460, 3},
	{"22", VAR_GAINED, 3.0, 4},          {"22", VAR_CHANGED, 75, 4},         {"22", VAR_LATE, 0.2712, 3},
	{"22", VAR_EARLY_LATE, 0.2735, 2},   {"13", VAR_QUALIFYING, 0.9783, 8},  {"13", VAR_BEST_LAP, 0.4275, 8},
	{"13", VAR_BEST_TEN, 0.2369, 8},     {"13", VAR_STINT, 1.1025, 8},       {"13", VAR_SECTORS, 0.3065, 8},
	{"13", VAR_FIRST_SECTOR, 0.2891, 8}, {"13", VAR_GAINED, 2.875, 8},       {"13", VAR_CHANGED, 60.5556, 6},
	{"13", VAR_LATE, 0.4966, 8},         {"13", VAR_EARLY_LATE, -0.2088, 6}, {"80", VAR_QUALIFYING, 5.6435, 8},
	{"80", VAR_STINT, 1.1911, 6},        {"80", VAR_GAINED, 5.2857, 7},      {"80", VAR_CHANGED, 72.5397, 8},
};

static void real_drivers(void **state)
{
	struct season_book *b;
	struct dataset *d = real_season(&b);
	bool several;

	(void)state;
	for (size_t i = 0; i < COUNT_OF(real); i++) {
		uint32_t row = season_book_row(b, real[i].number, &several);
		assert_int_not_equal(row, NO_DRIVER_ROW);
		assert_float_equal(b->factors.driver[row].value[real[i].var], real[i].value, 0.00006);
		assert_int_equal(b->factors.driver[row].races[real[i].var], real[i].races);
	}
	season_book_free(b);
	dataset_free(d);
}

/* Those without factors in the JSON have computed ones; all others keep the JSON's. The computed speed is the JSON's within a few points. */
static void json_first_then_computed(void **state)
{
	static const char *const without[] = {"22", "58", "58#2", "111"};
	struct season_book *b;
	struct dataset *d = real_season(&b);
	struct arena *a = arena_new(0);
	uint32_t n;
	bool several;

	(void)state;
	for (size_t i = 0; i < COUNT_OF(without); i++) {
		const struct skill *k = &b->skill[season_book_row(b, without[i], &several)];
		assert_true(k->known && k->computed);
	}
	const struct skill *k = &b->skill[season_book_row(b, "13", &several)];
	assert_true(k->known && !k->computed);
	assert_float_equal(k->percentile[FACTOR_SPEED], 92.98, 1e-9);
	assert_true(factor_disagreement(&b->table, &b->factors, FACTOR_SPEED, a, &n) < 5);
	assert_int_equal(n, 32);
	arena_free(a);
	season_book_free(b);
	dataset_free(d);
}

/* The top three of each factor are ahead of the last: every gap that is named is a loss. */
static void work_on_names_losses(void **state)
{
	struct season_book *b;
	struct dataset *d = real_season(&b);
	enum race_var work[VARS];

	(void)state;
	for (uint32_t row = 0; row < b->table.nrows; row++) {
		uint32_t n = work_on(&b->factors, b->skill, row, work);
		for (uint32_t i = 0; i < n; i++) {
			const struct race_var_info *info = race_var_info(work[i]);
			uint32_t top[TOP], ntop = top_of_factor(b->skill, b->table.nrows, info->factor, top);
			struct var_gap g = var_gap(&b->factors, row, top, ntop, work[i]);
			assert_true(g.races > 0 && (info->up ? g.gap < 0 : g.gap > 0));
		}
	}
	season_book_free(b);
	dataset_free(d);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(by_hand),
		cmocka_unit_test(percentiles_and_weights),
		cmocka_unit_test(the_finish_is_never_an_input),
		cmocka_unit_test(real_drivers),
		cmocka_unit_test(json_first_then_computed),
		cmocka_unit_test(work_on_names_losses),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
