/* How a car's pace changes over the laps of its runs. A run ends where the car stops or a caution begins; each run has a mean of its
 * own and all share one slope. Against the field: each lap minus the median residual of all cars on that lap (residual: lap minus own
 * median of clean laps), so that fuel, track and weather drop out. Source: HH Timing, refined: against the field. */
#ifndef ANALYSIS_TREND_H
#define ANALYSIS_TREND_H

#include "core/analysis/pace.h"

struct trend_base {
	uint32_t *run;    /* per lap of the session: numbered within its car */
	double *residual; /* per lap number: the field's; NAN where fewer than FIELD_MIN cars have a clean lap */
	uint32_t numbers; /* one more than the greatest lap number */
	double *x, *y;    /* room for the laps of any car */
	uint32_t *group;
};
enum { FIELD_MIN = 3 };

/* The field is the class when one is chosen. All but what paces keeps is scratch memory. */
bool trend_base_make(const struct session *s, const struct analysis_options *o, const struct classes *c,
		     struct arena *scratch, struct trend_base *out) MUST_CHECK;
/* Trend of the clean laps among [first, first + n), all of one car. */
void trend_of(const struct session *s, const struct analysis_options *o, const struct classes *c, struct trend_base *b,
	      uint32_t first, uint32_t n, struct trend *out);

#endif
