#include "core/analysis/signed_rank.h"

#include <math.h>
#include <stdlib.h>

enum { EXACT_MAX = 50, SUMS = EXACT_MAX * (EXACT_MAX + 1) / 2 + 1 };

static int64_t size_of(ms_t v)
{
	return v < 0 ? -(int64_t)v : v;
}

static int by_size(const void *a, const void *b)
{
	int64_t x = size_of(*(const ms_t *)a), y = size_of(*(const ms_t *)b);

	return (x > y) - (x < y);
}

/* The smaller of the two sums of ranks, those of negative and those of positive values; *n without zeros. */
static double smaller_sum(ms_t *v, uint32_t *n)
{
	double below = 0, above = 0;
	uint32_t kept = 0;

	for (uint32_t i = 0; i < *n; i++)
		if (v[i] != 0)
			v[kept++] = v[i];
	*n = kept;
	if (kept > 1)
		qsort(v, kept, sizeof *v, by_size);
	for (uint32_t from = 0, to; from < kept; from = to) {
		for (to = from + 1; to < kept && size_of(v[to]) == size_of(v[from]);)
			to++;
		for (uint32_t i = from; i < to; i++)
			*(v[i] < 0 ? &below : &above) += (from + 1 + to) / 2.0;
	}
	return below < above ? below : above;
}

/* How likely so small a sum of ranks is when every sign is a fair coin: sums are counted rank by rank. */
static double exact(uint32_t n, double sum, struct arena *scratch)
{
	double *p = ARENA_ARRAY(scratch, SUMS, double), tail = 0;
	uint32_t most = 0;

	if (!p)
		return 1;
	p[0] = 1;
	for (uint32_t rank = 1; rank <= n; rank++) {
		most += rank;
		for (uint32_t s = most + 1; s-- > 0;)
			p[s] = (p[s] + (s >= rank ? p[s - rank] : 0)) / 2;
	}
	for (uint32_t s = 0; s <= most && s <= sum; s++)
		tail += p[s];
	return tail;
}

static double approximate(uint32_t n, double sum)
{
	double mean = (double)n * (n + 1) / 4, sd = sqrt((double)n * (n + 1) * (2.0 * n + 1) / 24);

	return erfc((mean - sum - 0.5) / sd / sqrt(2)) / 2;
}

double signed_rank_p(ms_t *v, uint32_t n, struct arena *scratch)
{
	double sum = smaller_sum(v, &n), p;

	if (n == 0)
		return 1;
	p = 2 * (n <= EXACT_MAX ? exact(n, sum, scratch) : approximate(n, sum));
	return p < 1 ? p : 1;
}
