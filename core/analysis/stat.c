#include "core/analysis/stat.h"

#include <math.h>
#include <stdlib.h>

static int by_value(const void *a, const void *b)
{
	ms_t x = *(const ms_t *)a, y = *(const ms_t *)b;

	return (x > y) - (x < y);
}

void ms_sort(ms_t *v, uint32_t n)
{
	if (n > 1)
		qsort(v, n, sizeof *v, by_value);
}

int64_t ms_median_twice(const ms_t *v, uint32_t n)
{
	return (int64_t)v[(n - 1) / 2] + v[n / 2];
}

ms_t ms_median_sorted(const ms_t *v, uint32_t n)
{
	return (ms_t)half_round(ms_median_twice(v, n));
}

static void swap(double *a, double *b)
{
	double t = *a;

	*a = *b;
	*b = t;
}

/* Puts the median of three in the middle, so that sorted and reversed input do not cost n^2. */
static double pivot_of(double *v, uint32_t lo, uint32_t hi)
{
	uint32_t mid = lo + (hi - lo) / 2;

	if (v[mid] < v[lo])
		swap(&v[mid], &v[lo]);
	if (v[hi] < v[lo])
		swap(&v[hi], &v[lo]);
	if (v[hi] < v[mid])
		swap(&v[hi], &v[mid]);
	return v[mid];
}

/* Hoare's selection: afterwards v[k] is in its sorted place, nothing greater before it, nothing less behind. */
static void select_kth(double *v, uint32_t n, uint32_t k)
{
	int64_t lo = 0, hi = (int64_t)n - 1;

	while (lo < hi) {
		double pivot = pivot_of(v, (uint32_t)lo, (uint32_t)hi);
		int64_t i = lo, j = hi;

		while (i <= j) {
			while (v[i] < pivot)
				i++;
			while (v[j] > pivot)
				j--;
			if (i <= j)
				swap(&v[i++], &v[j--]);
		}
		if ((int64_t)k <= j)
			hi = j;
		else if ((int64_t)k >= i)
			lo = i;
		else
			return;
	}
}

double dbl_median(double *v, uint32_t n)
{
	uint32_t k = n / 2;

	select_kth(v, n, k);
	if (n % 2)
		return v[k];
	double below = v[0];
	for (uint32_t i = 1; i < k; i++)
		if (v[i] > below)
			below = v[i];
	return (below + v[k]) / 2;
}

static int dbl_ascending(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

void dbl_sort(double *v, uint32_t n)
{
	if (n > 1)
		qsort(v, n, sizeof *v, dbl_ascending);
}

double dbl_quantile_sorted(const double *v, uint32_t n, double p)
{
	double at = p * (n - 1);
	uint32_t i = (uint32_t)at;

	return i + 1 < n ? v[i] + (at - i) * (v[i + 1] - v[i]) : v[n - 1];
}

double ms_quantile_exact(const ms_t *v, uint32_t n, double p)
{
	double at = p * (double)(n - 1);
	uint32_t k = (uint32_t)at;

	if (k + 1 >= n)
		return v[n - 1];
	return v[k] + (at - k) * ((double)v[k + 1] - v[k]);
}

ms_t ms_quantile_sorted(const ms_t *v, uint32_t n, double p)
{
	return (ms_t)round_half_away(ms_quantile_exact(v, n, p));
}

double ms_mean(const ms_t *v, uint32_t n)
{
	int64_t sum = 0;

	for (uint32_t i = 0; i < n; i++)
		sum += v[i];
	return (double)sum / n;
}

double ms_sd(const ms_t *v, uint32_t n)
{
	double mean = ms_mean(v, n), sum = 0;

	for (uint32_t i = 0; i < n; i++)
		sum += (v[i] - mean) * (v[i] - mean);
	return sqrt(sum / (n - 1));
}

double ms_mad(const ms_t *v, uint32_t n, ms_t *scratch)
{
	for (uint32_t i = 0; i < n; i++)
		scratch[i] = v[i];
	ms_sort(scratch, n);
	int64_t twice = ms_median_twice(scratch, n);
	/* Distances in whole half milliseconds; one too large for the type is cut, far beyond any lap. */
	for (uint32_t i = 0; i < n; i++) {
		int64_t d = llabs(2 * (int64_t)v[i] - twice);
		scratch[i] = d < MS_MAX ? (ms_t)d : MS_MAX;
	}
	ms_sort(scratch, n);
	return 1.4826 * (double)ms_median_twice(scratch, n) / 4;
}
