/* How a figure of the drivers goes with their four factors: least squares over the drivers, with its errors.
 *
 *	y = b0 + b1 speed + b2 consistency + b3 racecraft + b4 tires		factors as percentiles, 0 to 100, higher is better
 *
 * It says what goes together, over all drivers; that a driver who changes a factor changes y by as much is the user's assumption, and
 * the words say so. Factors go together too (fast drivers are consistent), so the share of one is known less well than the sum: each slope
 * has its interval, and one that holds zero is "not clear". */
#ifndef ANALYSIS_RELATION_H
#define ANALYSIS_RELATION_H

#include <stdbool.h>
#include <stdint.h>

#include "core/model/season.h"

enum { RELATION_TERMS = FACTORS + 1, RELATION_LEAST = 10 };

struct relation {
	bool known; /* RELATION_LEAST drivers or more, and the factors tell them apart; else all below is 0 */
	uint32_t n;
	double b[RELATION_TERMS];                      /* the constant first */
	double spread[RELATION_TERMS][RELATION_TERMS]; /* covariance of b */
	double t;                                      /* two-sided 95 % of Student's t, n - 5 degrees of freedom */
	/* Each driver foretold by all others: mean absolute error, and that of the others' mean; 10 % and 90 % quantiles of y minus foretold. */
	double mae, mae_mean, rest_low, rest_high;
};

struct estimate {
	double value, low, high;
};

/* x, y: one a driver, all known. work: room for n. */
void relation_fit(double (*x)[FACTORS], const double *y, uint32_t n, double *work, struct relation *out);
/* y of a driver with these factors; 80 % of the drivers are within low..high of what all others say. NAN where not known. */
struct estimate relation_at(const struct relation *r, const double x[FACTORS]);
/* What y changes by with the factors; 95 % interval. NAN where not known. */
struct estimate relation_change(const struct relation *r, const double by[FACTORS]);

#endif
