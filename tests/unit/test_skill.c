#include "core/analysis/skill.h"

#include <math.h>

#include "tests/unit/helper.h"

static struct skill of(double speed, double consistency, double racecraft, double tire)
{
	return (struct skill){{speed, consistency, racecraft, tire}, true, false};
}

/* 3 : 1 : less than none : none. */
static void a_demand_below_zero_counts_as_none(void **state)
{
	const struct season_track t = {.id = "t", .demand = {3, 1, -2, 0}};
	struct skill k = of(80, 40, 0, 100);
	double w[FACTORS];

	(void)state;
	assert_true(track_weights(&t, w));
	assert_float_equal(w[FACTOR_SPEED], 0.75, 1e-12);
	assert_float_equal(w[FACTOR_CONSISTENCY], 0.25, 1e-12);
	assert_float_equal(w[FACTOR_RACECRAFT], 0, 1e-12);
	assert_float_equal(w[FACTOR_TIRE], 0, 1e-12);
	assert_float_equal(circuit_fit(&t, &k), 70, 1e-9);
}

static void a_better_driver_fits_better_everywhere(void **state)
{
	const struct season_track t = {.id = "t", .demand = {5.3, 4.2, 1.2, 2.0}};

	(void)state;
	for (int f = 0; f < FACTORS; f++) {
		struct skill k = of(50, 50, 50, 50), better = k;
		better.percentile[f] = 60;
		assert_true(circuit_fit(&t, &better) > circuit_fit(&t, &k));
	}
}

static void what_is_not_known_is_not_a_number(void **state)
{
	const struct season_track none = {.id = "t", .demand = {(double)NAN, (double)NAN, (double)NAN, (double)NAN}};
	const struct season_track t = {.id = "t", .demand = {1, 1, 1, 1}};
	struct skill k = of(1, 2, 3, 4), unknown = {.known = false};
	double w[FACTORS];

	(void)state;
	assert_false(track_weights(&none, w));
	assert_true(isnan(circuit_fit(&none, &k)));
	assert_true(isnan(circuit_fit(&t, &unknown)));
	assert_true(isnan(skill_distance(&k, &unknown)));
}

static void the_nearest_come_first(void **state)
{
	const struct skill all[] = {of(50, 50, 50, 50), of(53, 54, 50, 50), of(50, 50, 51, 50),
				    {.known = false},   of(47, 46, 50, 50), of(90, 90, 90, 90)};
	struct similar s[3];

	(void)state;
	assert_float_equal(skill_distance(&all[0], &all[1]), 5, 1e-12);
	assert_int_equal(skill_similar(all, COUNT_OF(all), 0, s, 3), 3);
	assert_int_equal(s[0].row, 2);
	assert_int_equal(s[1].row, 1); /* as far as 4: the first in the table */
	assert_int_equal(s[2].row, 4);
	assert_int_equal(skill_similar(all, COUNT_OF(all), 3, s, 3), 0);
}

static void factors_have_several_names(void **state)
{
	(void)state;
	assert_int_equal(factor_by_name("Speed"), FACTOR_SPEED);
	assert_int_equal(factor_by_name("tire_management"), FACTOR_TIRE);
	assert_int_equal(factor_by_name("tyres"), FACTOR_TIRE);
	assert_int_equal(factor_by_name("grip"), FACTORS);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_demand_below_zero_counts_as_none),
		cmocka_unit_test(a_better_driver_fits_better_everywhere),
		cmocka_unit_test(what_is_not_known_is_not_a_number),
		cmocka_unit_test(the_nearest_come_first),
		cmocka_unit_test(factors_have_several_names),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
