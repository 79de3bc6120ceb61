/* What if a driver were better at something: points on the four factors, and the finish and pace that go with such factors.
 *
 * The relation is fitted over the drivers of the season (relation.h): their mean finish, and their mean pace gap, over their factor
 * percentiles. It is not a promise: drivers with these factors finish there, on average. The errors of drivers foretold by all
 * others, and those of guessing everybody the average, are given with every answer. The factors themselves were worked out by others from the
 * same season's results, so a new season would be foretold less well than this. */
#ifndef ANALYSIS_IMPROVE_H
#define ANALYSIS_IMPROVE_H

#include "core/analysis/pace_gap.h"
#include "core/analysis/relation.h"
#include "core/analysis/season_forecast.h"
#include "core/analysis/skill.h"

enum { IMPROVE_BUDGET = 10, IMPROVE_MOST = 5, IMPROVE_NEAREST = 3 };

struct improve_model {
	struct relation
		finish; /* mean share of the field (forecast.h), 0 the front; of drivers with a finish and four factors */
	struct relation
		pace; /* mean pace gap, % of the median car's pace; of drivers with race sessions and four factors */
	double *finish_share; /* one a row of the table; NAN without a finish */
	struct pace_gaps gaps;
	uint32_t cars; /* of a usual race; places are of such a field */
};
bool improve_model_make(const struct season_table *t, const struct skill *skill, const struct season_forecast *f,
			const atomic_bool *cancel, struct arena *a, struct improve_model *out,
			struct err *err) MUST_CHECK;

/* 0..5 points a factor, 10 in all; false with err (ERR_USAGE) what is too much. */
bool improve_points(const int points[FACTORS], struct err *err) MUST_CHECK;

struct improve {
	double from[FACTORS], to[FACTORS]; /* percentiles; to ends at 100 */
	/* Places of a usual race, 1..cars: 80 % of drivers are within what all others say. NAN where not known. */
	struct estimate before, after;
	struct estimate change;          /* places, minus is better; 95 % */
	struct estimate seconds;         /* ms a lap of gaps.lap, minus is faster; 95 % */
	struct estimate places[FACTORS]; /* the same of one factor's points alone, or of 5 points where it has none */
	struct estimate lap_ms[FACTORS];
	double driven; /* the driver's own mean finish in such a field; NAN none */
	struct similar near_before[IMPROVE_NEAREST], near_after[IMPROVE_NEAREST];
	uint32_t nnear;
};
/* The points are within the budget; the row's factors are known (else ERR_NOT_FOUND). */
bool improve_make(const struct improve_model *m, const struct season_table *t, const struct skill *skill, uint32_t row,
		  const int points[FACTORS], struct arena *a, struct improve *out, struct err *err) MUST_CHECK;
/* The interval does not hold zero. */
static inline bool estimate_is_clear(const struct estimate *e)
{
	return e->low > 0 || e->high < 0;
}

#endif
