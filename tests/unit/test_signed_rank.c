#include "core/analysis/signed_rank.h"

#include <math.h>

#include "tests/unit/helper.h"

static double p_of(const ms_t *v, uint32_t n)
{
	struct arena *a = arena_new(0);
	ms_t copy[64];
	double p;

	for (uint32_t i = 0; i < n; i++)
		copy[i] = v[i];
	p = signed_rank_p(copy, n, a);
	arena_free(a);
	return p;
}

static bool near(double a, double b)
{
	return fabs(a - b) < 1e-9;
}

/* All on one side: two of 2^n ways. */
static void all_on_one_side(void **state)
{
	const ms_t v[] = {5, 1, 9, 3, 7, 2, 8, 4};

	(void)state;
	assert_true(near(p_of(v, 8), 2.0 / 256));
	assert_true(near(p_of(v, 1), 1));
	assert_true(near(p_of(v, 0), 1));
}

/* The least of eight against the rest: sums 0 and 1 are one way each. */
static void the_least_one_against_the_rest(void **state)
{
	const ms_t v[] = {5, -1, 9, 3, 7, 2, 8, 4};
	const ms_t far[] = {5, 1, -9, 3, 7, 2, 8, 4};

	(void)state;
	assert_true(near(p_of(v, 8), 4.0 / 256));
	/* The greatest against the rest is rank 8: sums 0 to 8 in 1 1 1 2 2 3 4 5 6 ways. */
	assert_true(near(p_of(far, 8), 50.0 / 256));
}

static void zeros_do_not_count_and_ties_share(void **state)
{
	const ms_t v[] = {0, 3, -3, 0};

	(void)state;
	assert_true(near(p_of(v, 4), 1));
}

/* 51 values by approximation, 50 exactly: about the same. */
static void many_values(void **state)
{
	ms_t v[51];

	(void)state;
	for (int i = 0; i < 51; i++)
		v[i] = (i % 3 ? 1 : -1) * (i + 1);
	assert_true(fabs(p_of(v, 51) - p_of(v, 50)) < 0.02);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(all_on_one_side),
		cmocka_unit_test(the_least_one_against_the_rest),
		cmocka_unit_test(zeros_do_not_count_and_ties_share),
		cmocka_unit_test(many_values),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
