#include <math.h>

#include "core/analysis/stat.h"

/* P(X <= k) of n fair coins. By logarithms: 2^-n alone is no double for the n of a day's laps. */
static double coins_at_most(uint32_t k, uint32_t n)
{
	double log_p = -(double)n * log(2), sum = 0;

	for (uint32_t i = 0; i <= k && i <= n; i++) {
		sum += exp(log_p);
		log_p += log((double)(n - i)) - log((double)(i + 1));
	}
	return sum < 1 ? sum : 1;
}

/* A zero counts on both sides, so that p <= alpha exactly when the interval at alpha leaves zero out. */
double sign_test_p(const ms_t *v, uint32_t n)
{
	uint32_t not_above = 0, not_below = 0;

	for (uint32_t i = 0; i < n; i++) {
		not_above += v[i] <= 0;
		not_below += v[i] >= 0;
	}
	double p = 2 * coins_at_most(not_above < not_below ? not_above : not_below, n);
	return p < 1 ? p : 1;
}

/* Greatest r with 2 P(X <= r - 1) <= alpha: the values of rank r from either end hold the median with 1 - alpha. 0: none.
 * A hair is allowed, so that a level of exactly 2^-k is not lost to rounding. */
static uint32_t interval_rank(uint32_t n, double alpha)
{
	double log_p = -(double)n * log(2), sum = 0, level = alpha / 2 * (1 + 1e-12);
	uint32_t r = 0;

	while (r < (n + 1) / 2) {
		sum += exp(log_p);
		if (sum > level)
			break;
		log_p += log((double)(n - r)) - log((double)(r + 1));
		r++;
	}
	return r;
}

void sign_interval(ms_t *v, uint32_t n, double alpha, struct interval *out)
{
	*out = (struct interval){.median = MS_NONE, .low = MS_NONE, .high = MS_NONE, .n = n};
	if (n == 0)
		return;
	ms_sort(v, n);
	out->median = ms_median_sorted(v, n);
	while (out->won < n && v[out->won] < 0)
		out->won++;
	uint32_t r = interval_rank(n, alpha);
	if (r == 0)
		return;
	out->lo_rank = r;
	out->hi_rank = n + 1 - r;
	out->low = v[out->lo_rank - 1];
	out->high = v[out->hi_rank - 1];
	out->clear = out->low > 0 || out->high < 0;
}

/* The row with the least p not yet taken; m when all are. */
static unsigned least_left(const double *p, const double *level, unsigned m)
{
	unsigned best = m;

	for (unsigned i = 0; i < m; i++)
		if (isnan(level[i]) && (best == m || p[i] < p[best]))
			best = i;
	return best;
}

/* Holm (1979): the least p is held against alpha/m, the next against alpha/(m-1), and so on until one is kept. A rejected row
 * is shown at the level it was held against, a kept one at alpha/m: so an interval leaves zero out exactly when its row is
 * rejected. */
void holm_levels(const double *p, unsigned m, double alpha, double *alpha_out)
{
	bool rejecting = true;

	for (unsigned i = 0; i < m; i++)
		alpha_out[i] = (double)NAN;
	for (unsigned k = 0; k < m; k++) {
		unsigned row = least_left(p, alpha_out, m);
		double level = alpha / (m - k);
		rejecting = rejecting && p[row] <= level * (1 + 1e-12);
		alpha_out[row] = rejecting ? level : alpha / m;
	}
}
