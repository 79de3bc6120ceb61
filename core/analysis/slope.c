#include <math.h>
#include <stdlib.h>

#include "core/analysis/stat.h"

/* Exact to six digits: tabulated where the tail is heavy. */
static const double t975[] = {
	12.706205, 4.302653, 3.182446, 2.776445, 2.570582, 2.446912, 2.364624, 2.306004, 2.262157, 2.228139,
	2.200985,  2.178813, 2.160369, 2.144787, 2.131450, 2.119905, 2.109816, 2.100922, 2.093024, 2.085963,
};
enum { TABULATED = sizeof t975 / sizeof *t975 };

/* The expansion of Student's quantile about the normal one (Cornish and Fisher; Abramowitz and Stegun 26.7.5). */
static double t_expanded(double df)
{
	double z = 1.959963984540054, z2 = z * z;
	double g1 = (z2 + 1) * z / 4;
	double g2 = ((5 * z2 + 16) * z2 + 3) * z / 96;
	double g3 = (((3 * z2 + 19) * z2 + 17) * z2 - 15) * z / 384;
	double g4 = ((((79 * z2 + 776) * z2 + 1482) * z2 - 1920) * z2 - 945) * z / 92160;

	return z + (g1 + (g2 + (g3 + g4 / df) / df) / df) / df;
}

double student_t_975(double df)
{
	if (df >= TABULATED)
		return t_expanded(df);
	if (!(df > 1))
		return t975[0];
	unsigned k = (unsigned)df;
	/* Between whole degrees the quantile is nearly straight in 1 / df. */
	double w = (1.0 / k - 1 / df) / (1.0 / k - 1.0 / (k + 1));
	return t975[k - 1] + w * (t975[k] - t975[k - 1]);
}

struct sums {
	double xx, xy, yy;
	uint32_t groups;
	uint64_t pairs;
};

/* Adds one group's squares about its own means. */
static void add_group(struct sums *s, const double *x, const double *y, uint32_t n)
{
	double mx = 0, my = 0;

	for (uint32_t i = 0; i < n; i++) {
		mx += x[i];
		my += y[i];
	}
	mx /= n;
	my /= n;
	for (uint32_t i = 0; i < n; i++) {
		s->xx += (x[i] - mx) * (x[i] - mx);
		s->xy += (x[i] - mx) * (y[i] - my);
		s->yy += (y[i] - my) * (y[i] - my);
	}
	s->groups++;
	s->pairs += (uint64_t)n * (n - 1) / 2;
}

static uint32_t group_end(const uint32_t *group, uint32_t from, uint32_t n)
{
	uint32_t to = from + 1;

	while (to < n && group[to] == group[from])
		to++;
	return to;
}

static void least_squares(const struct sums *s, struct slope *out)
{
	int64_t df = (int64_t)out->n - s->groups - 1;

	if (df < 1 || !(s->xx > 0))
		return;
	out->ols = s->xy / s->xx;
	double left = s->yy - out->ols * s->xy;
	double half = student_t_975((double)df) * sqrt((left > 0 ? left : 0) / (double)df / s->xx);
	out->low = out->ols - half;
	out->high = out->ols + half;
}

/* A day's laps of one car without a stop make some 60,000 pairs; a file made to hurt could make billions. */
enum { PAIRS_MAX = 1 << 20 };

/* Slopes of the pairs of one group, every step-th of them; returns how many were added. */
static uint32_t pair_slopes(const double *x, const double *y, uint32_t n, uint64_t step, double *out)
{
	uint32_t added = 0;

	for (uint32_t i = 0; i < n; i++)
		for (uint64_t j = (uint64_t)i + 1 + i % step; j < n; j += step)
			if (x[j] > x[i] || x[j] < x[i])
				out[added++] = (y[j] - y[i]) / (x[j] - x[i]);
	return added;
}

static double theil_sen(const double *x, const double *y, const uint32_t *group, uint32_t n, uint64_t pairs)
{
	uint64_t step = pairs / PAIRS_MAX + 1;
	double *slopes = malloc((size_t)(pairs / step + n + 1) * sizeof *slopes);
	double median = (double)NAN;
	uint32_t found = 0;

	if (!slopes)
		return median;
	for (uint32_t from = 0, to; from < n; from = to) {
		to = group_end(group, from, n);
		found += pair_slopes(x + from, y + from, to - from, step, slopes + found);
	}
	if (found > 0)
		median = dbl_median(slopes, found);
	free(slopes);
	return median;
}

struct slope slope_within(const double *x, const double *y, const uint32_t *group, uint32_t n)
{
	struct slope out = {(double)NAN, (double)NAN, (double)NAN, (double)NAN, n, 0};
	struct sums s = {0};

	for (uint32_t from = 0, to; from < n; from = to) {
		to = group_end(group, from, n);
		add_group(&s, x + from, y + from, to - from);
	}
	out.runs = s.groups;
	if (n > 1)
		out.theil_sen = theil_sen(x, y, group, n, s.pairs);
	least_squares(&s, &out);
	return out;
}
