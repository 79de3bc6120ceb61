#include "core/analysis/stat.h"

#include <math.h>
#include <stdlib.h>

#include "tests/unit/helper.h"

#define NEAR(a, b, eps) assert_true(fabs((a) - (b)) <= (eps))

static void medians_and_quartiles(void **state)
{
	(void)state;
	ms_t v[] = {5, 1, 4, 2};
	ms_sort(v, 4);
	assert_int_equal(v[0], 1);
	assert_int_equal(v[3], 5);
	assert_int_equal(ms_median_twice(v, 4), 6);
	assert_int_equal(ms_median_sorted(v, 4), 3);
	/* positions 0.75 and 2.25: 1.75 and 4.25 */
	NEAR(ms_quantile_exact(v, 4, 0.25), 1.75, 1e-12);
	assert_int_equal(ms_quantile_sorted(v, 4, 0.75), 4);
	assert_int_equal(ms_quantile_sorted(v, 4, 1), 5);
	assert_int_equal(ms_quantile_sorted(v, 1, 0.25), 1);
}

static void half_goes_away_from_zero(void **state)
{
	(void)state;
	ms_t plus[] = {1, 2}, minus[] = {-2, -1};
	assert_int_equal(ms_median_sorted(plus, 2), 2);
	assert_int_equal(ms_median_sorted(minus, 2), -2);
	assert_int_equal(ms_quantile_sorted(minus, 2, 0.5), -2);
}

static void spread(void **state)
{
	(void)state;
	ms_t v[] = {2, 4, 4, 4, 5, 5, 7, 9}, room[8];
	NEAR(ms_mean(v, 8), 5, 1e-12);
	NEAR(ms_sd(v, 8), sqrt(32.0 / 7), 1e-12);
	/* median 4.5; distances 2.5 .5 .5 .5 .5 .5 2.5 4.5, their median 0.5 */
	NEAR(ms_mad(v, 8, room), 1.4826 * 0.5, 1e-12);
	assert_int_equal(v[0], 2);
	ms_t one[] = {7};
	NEAR(ms_mad(one, 1, room), 0, 0);
}

static int by_double(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

static void selection_equals_sorting(void **state)
{
	(void)state;
	uint32_t seed = 7;
	for (uint32_t n = 1; n < 200; n++) {
		double v[200], w[200];
		for (uint32_t i = 0; i < n; i++) {
			seed = seed * 1664525 + 1013904223;
			v[i] = w[i] = (double)(seed >> 24) / (n % 3 + 1);
		}
		qsort(w, n, sizeof *w, by_double);
		NEAR(dbl_median(v, n), (w[(n - 1) / 2] + w[n / 2]) / 2, 1e-12);
	}
}

static void sign_tests(void **state)
{
	(void)state;
	ms_t all_below[] = {-1, -2, -3, -4, -5, -6};
	NEAR(sign_test_p(all_below, 6), 2.0 / 64, 1e-12);
	NEAR(sign_test_p(all_below, 0), 1, 0);
	/* a zero counts on both sides: at most one of six not below, 2 (1 + 6) / 64 */
	ms_t with_zero[] = {-1, -2, -3, -4, -5, 0};
	NEAR(sign_test_p(with_zero, 6), 14.0 / 64, 1e-12);
	ms_t even[] = {-1, 1};
	NEAR(sign_test_p(even, 2), 1, 0);
}

static void many_laps(void **state)
{
	(void)state;
	enum { N = 4000 };
	ms_t *v = malloc(N * sizeof *v);
	struct interval i;
	assert_non_null(v);
	for (int k = 0; k < N; k++)
		v[k] = k - N / 2;
	assert_true(sign_test_p(v, N) > 0.9);
	sign_interval(v, N, 0.05, &i);
	/* normal approximation: 2000 - 1.96 sqrt(4000) / 2 = 1938 */
	assert_in_range(i.lo_rank, 1935, 1940);
	assert_int_equal(i.hi_rank, N + 1 - i.lo_rank);
	free(v);
}

static void intervals(void **state)
{
	(void)state;
	struct interval i;
	ms_t six[] = {60, 20, 30, 10, 50, 40};
	sign_interval(six, 6, 0.05, &i); /* 2/64 = 0.031: the whole range, no less */
	assert_int_equal(i.lo_rank, 1);
	assert_int_equal(i.hi_rank, 6);
	assert_int_equal(i.low, 10);
	assert_int_equal(i.high, 60);
	assert_int_equal(i.median, 35);
	assert_int_equal(i.won, 0);
	assert_true(i.clear);
	ms_t five[] = {-1, 2, 3, 4, 5};
	sign_interval(five, 5, 0.05, &i); /* 2/32 is over 0.05: none */
	assert_int_equal(i.lo_rank, 0);
	assert_int_equal(i.low, MS_NONE);
	assert_int_equal(i.median, 3);
	assert_int_equal(i.won, 1);
	assert_false(i.clear);
	sign_interval(five, 0, 0.05, &i);
	assert_int_equal(i.median, MS_NONE);
	/* 27 laps: 8th at 95 %, 7th at 98.75 %, 6th at 99.5 % */
	ms_t v[27];
	static const struct {
		double alpha;
		uint32_t rank;
	} cases[] = {{0.05, 8}, {0.0125, 7}, {0.005, 6}};
	for (size_t k = 0; k < COUNT_OF(cases); k++) {
		for (int j = 0; j < 27; j++)
			v[j] = j;
		sign_interval(v, 27, cases[k].alpha, &i);
		assert_int_equal(i.lo_rank, cases[k].rank);
		assert_int_equal(i.low, cases[k].rank - 1);
	}
}

static void interval_and_test_agree(void **state)
{
	(void)state;
	for (int below = 0; below <= 20; below++)
		for (int zeros = 0; zeros + below <= 20; zeros++) {
			ms_t v[20];
			struct interval i;
			for (int k = 0; k < 20; k++)
				v[k] = k < below ? -5 : k < below + zeros ? 0 : 5;
			double p = sign_test_p(v, 20);
			sign_interval(v, 20, 0.05, &i);
			assert_int_equal(p <= 0.05, i.clear);
		}
}

static void holm(void **state)
{
	(void)state;
	const double p[] = {0.04, 0.001, 0.012, 0.9};
	double level[4];
	holm_levels(p, 4, 0.05, level);
	NEAR(level[1], 0.05 / 4, 1e-15); /* rejected first */
	NEAR(level[2], 0.05 / 3, 1e-15); /* rejected second */
	NEAR(level[0], 0.05 / 4, 1e-15); /* 0.04 > 0.05 / 2: kept, and all after it */
	NEAR(level[3], 0.05 / 4, 1e-15);
	const double all[] = {0.001, 0.002};
	holm_levels(all, 2, 0.05, level);
	NEAR(level[0], 0.025, 1e-15);
	NEAR(level[1], 0.05, 1e-15);
}

static void student(void **state)
{
	(void)state;
	NEAR(student_t_975(1), 12.706205, 1e-5);
	NEAR(student_t_975(4), 2.776445, 1e-5);
	NEAR(student_t_975(20), 2.085963, 1e-5);
	NEAR(student_t_975(21), 2.079614, 1e-5);
	NEAR(student_t_975(25), 2.059539, 1e-5);
	NEAR(student_t_975(60), 2.000298, 1e-5);
	NEAR(student_t_975(1e9), 1.959964, 1e-5);
	assert_true(student_t_975(4.5) < student_t_975(4) && student_t_975(4.5) > student_t_975(5));
}

static void slopes(void **state)
{
	(void)state;
	/* two runs, each rising by 2 a lap, one 100 above the other */
	const double x[] = {1, 2, 3, 10, 11, 12}, y[] = {0, 2, 4, 100, 102, 104};
	const uint32_t group[] = {0, 0, 0, 1, 1, 1};
	struct slope s = slope_within(x, y, group, 6);
	NEAR(s.ols, 2, 1e-12);
	NEAR(s.low, 2, 1e-6);
	NEAR(s.theil_sen, 2, 1e-12);
	assert_int_equal(s.runs, 2);
	/* one run of y = 0 3 3: Sxx 2, Sxy 3; left over 1.5 with 1 degree, so 1.5 -+ 12.706 sqrt(1.5 / 2) */
	const double y3[] = {0, 3, 3};
	s = slope_within(x, y3, group, 3);
	NEAR(s.ols, 1.5, 1e-12);
	NEAR(s.high, 1.5 + 12.706205 * sqrt(0.75), 1e-4);
	NEAR(s.theil_sen, 1.5, 1e-12); /* of 3, 1.5, 0 */
}

static void slopes_need_points(void **state)
{
	(void)state;
	const double x[] = {1, 1, 1, 1}, y[] = {0, 1, 2, 3};
	const uint32_t one[] = {0, 0, 0, 0}, each[] = {0, 1, 2, 3};
	assert_true(isnan(slope_within(x, y, one, 4).ols));
	assert_true(isnan(slope_within(x, y, one, 4).theil_sen));
	assert_true(isnan(slope_within(x, y, each, 4).ols));
	assert_true(isnan(slope_within(x, y, each, 0).theil_sen));
}

static void slope_of_very_many(void **state)
{
	(void)state;
	enum { N = 3000 };
	double *x = malloc(N * sizeof *x), *y = malloc(N * sizeof *y);
	uint32_t *g = calloc(N, sizeof *g);
	assert_true(x && y && g);
	for (int i = 0; i < N; i++) {
		x[i] = i;
		y[i] = 0.25 * i + (i % 7);
	}
	NEAR(slope_within(x, y, g, N).theil_sen, 0.25, 0.001);
	free(x);
	free(y);
	free(g);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(medians_and_quartiles),
		cmocka_unit_test(half_goes_away_from_zero),
		cmocka_unit_test(spread),
		cmocka_unit_test(selection_equals_sorting),
		cmocka_unit_test(sign_tests),
		cmocka_unit_test(many_laps),
		cmocka_unit_test(intervals),
		cmocka_unit_test(interval_and_test_agree),
		cmocka_unit_test(holm),
		cmocka_unit_test(student),
		cmocka_unit_test(slopes),
		cmocka_unit_test(slopes_need_points),
		cmocka_unit_test(slope_of_very_many),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
