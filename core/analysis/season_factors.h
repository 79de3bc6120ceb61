/* The factors of every driver over the season's races that have lap files: each variable within its race, then the mean of the races.
 * Beside the figures of driver_factors.json, never instead of them; for a driver whom the JSON has not got they are all there is. */
#ifndef ANALYSIS_SEASON_FACTORS_H
#define ANALYSIS_SEASON_FACTORS_H

#include <stdatomic.h>

#include "core/analysis/race_vars.h"
#include "core/analysis/skill.h"

struct driver_vars {
	double value[VARS], percentile[VARS]; /* means over the races with a value; NAN none */
	uint32_t races[VARS];                 /* how many */
	double factor[FACTORS];               /* mean over the races that have one; NAN none */
	uint32_t nraces;                      /* races with a factor at all */
};
struct season_factors {
	const struct race_vars **cell;     /* [race * nrows + row]; NULL: no laps of that driver in that race */
	struct driver_vars *driver;        /* per row of the table */
	uint32_t nrows, nraces, with_laps; /* with_laps: races that have a lap file */
};

bool season_factors_make(const struct season_table *t, const atomic_bool *cancel, struct arena *a,
			 struct season_factors *out, struct err *err) MUST_CHECK;

/* Where the JSON has no factors: the computed ones. Known where there is one of each. */
struct skill skill_computed(const struct season_factors *f, uint32_t row);

/* The rows with the greatest percentiles of a factor, best first, equal ones by row, `row` itself among them or not. */
enum { TOP = 3 };
uint32_t top_of_factor(const struct skill *skill, uint32_t nrows, enum factor f, uint32_t out[TOP]);

/* A driver against others in the same races: mean over the races in which both are known of value minus the mean of theirs. */
struct var_gap {
	double gap;    /* in the variable's unit; NAN no race in common */
	double behind; /* how many percentiles the others are ahead, mean of the same races; minus: behind */
	uint32_t races;
};
struct var_gap var_gap(const struct season_factors *f, uint32_t row, const uint32_t *others, uint32_t nothers,
		       enum race_var v);
/* Variables in which the top three of their factor are ahead, heaviest (weight times percentiles) first. How many. */
uint32_t work_on(const struct season_factors *f, const struct skill *skill, uint32_t row, enum race_var out[VARS]);
/* How far the computed factor is from the JSON's: median of the absolute differences over the drivers who have both; NAN none. */
double factor_disagreement(const struct season_table *t, const struct season_factors *f, enum factor k, struct arena *a,
			   uint32_t *n);

#endif
