/* Statistics over small sets of times. Pure functions; NAN is never given. Units are the caller's (ms in, ms out). */
#ifndef ANALYSIS_STAT_H
#define ANALYSIS_STAT_H

#include <stdbool.h>
#include <stdint.h>

#include "core/base/num.h"

/* Sorts v in place (ascending). */
void ms_sort(ms_t *v, uint32_t n);
/* Twice the median of sorted v, exact; n >= 1. */
int64_t ms_median_twice(const ms_t *v, uint32_t n);
/* Median of v, whose order it changes; n >= 1. Linear time. */
double dbl_median(double *v, uint32_t n);
void dbl_sort(double *v, uint32_t n); /* in place, ascending */
/* Quantile p in 0..1 of sorted v, inclusive method; n >= 1. */
double dbl_quantile_sorted(const double *v, uint32_t n, double p);
/* Median of sorted v, half milliseconds away from zero; n >= 1. */
ms_t ms_median_sorted(const ms_t *v, uint32_t n);
/* Quantile p in 0..1 of sorted v, inclusive method (position p*(n-1), linear), rounded; n >= 1. */
ms_t ms_quantile_sorted(const ms_t *v, uint32_t n, double p);
double ms_quantile_exact(const ms_t *v, uint32_t n, double p); /* the same, not rounded */
double ms_mean(const ms_t *v, uint32_t n);                     /* n >= 1 */
double ms_sd(const ms_t *v, uint32_t n);                       /* sample (n-1); n >= 2 */
/* Median absolute deviation about the median x 1.4826, unrounded; sorts a copy in scratch[n]. n >= 1. */
double ms_mad(const ms_t *v, uint32_t n, ms_t *scratch);

/* A robust interval for a median: order statistics by the exact sign test (binomial, p = 1/2). */
struct interval {
	ms_t median, low, high;
	uint32_t n, won;           /* won: how many differences are below zero */
	uint32_t lo_rank, hi_rank; /* 1-based places in order; 0: n too small for this confidence, low/high = MS_NONE */
	bool clear;                /* the interval does not hold zero */
};
/* Exact two-sided sign-test p-value of v against zero (a zero counts on both sides). n may be 0 (p = 1). */
double sign_test_p(const ms_t *v, uint32_t n);
/* Interval of at least 1 - alpha for the median; v is sorted in place. */
void sign_interval(ms_t *v, uint32_t n, double alpha, struct interval *out);
/* Holm's step-down over m p-values: alpha_out[i] = the level row i is to be shown at, so that all intervals hold together at
 * 1 - alpha. See the .c for how rejected and kept rows are treated. */
void holm_levels(const double *p, unsigned m, double alpha, double *alpha_out);

/* Least squares y over x with one mean a group (slope within groups). */
struct slope {
	double ols, low, high; /* per unit of x; 95 % by Student's t */
	double theil_sen;      /* median of pairwise slopes within groups */
	uint32_t n, runs;      /* points used and the groups they are of; slopes are NAN when too few */
};
struct slope slope_within(const double *x, const double *y, const uint32_t *group, uint32_t n);
double student_t_975(double df); /* two-sided 95 % quantile, df >= 1 */

#endif
