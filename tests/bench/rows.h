/* The table a benchmark prints: ours beside a baseline, both measured in turn, and what is asked for. */
#ifndef TESTS_BENCH_ROWS_H
#define TESTS_BENCH_ROWS_H

#include <math.h>
#include <stdbool.h>

/* No value, no goal. */
#define NONE ((double)NAN)

enum { SERIES_MAX = 2048 };

struct series {
	double v[SERIES_MAX];
	int n;
};

/* NONE is not added, nor what is more than SERIES_MAX. */
void series_add(struct series *s, double v);
/* The value that the share q (0..1) of the series does not exceed; NONE when empty. */
double series_at(const struct series *s, double q);

/* One measurement of each in turn, n times; the first pair is thrown away. */
typedef double measure_fn(const void *what);
void measure_pairs(measure_fn *ours, const void *a, measure_fn *bare, const void *b, int n, struct series *out_a,
		   struct series *out_b);

struct row {
	const char *what, *unit;
	const struct series *ours, *bare; /* bare NULL: no baseline */
	double q;                         /* which value stands in the table; 0: the median */
	double must, aim;                 /* NONE: none; of the ratio when by_ratio, else of the value */
	bool by_ratio;
};

void rows_head(const char *title);
/* Ratio: the median of the pairs' ratios; best: of the fastest run of each, which a busy machine disturbs least. Min and max
 * are of the ratios when there is a baseline, else of the values. */
void row_print(const struct row *r);
/* A line for what could not be measured. */
void row_skip(const char *what, const char *why);

#endif
