/* The laps of all cars in the order in which they ended: by ELAPSED, equal times by car id, unknown times last. */
#ifndef ANALYSIS_CROSSINGS_H
#define ANALYSIS_CROSSINGS_H

#include "core/analysis/classify.h"

struct crossings {
	uint32_t *lap; /* indexes into session.laps, none after the cut */
	uint32_t n;
};

bool crossings_make(const struct session *s, const struct classes *c, struct arena *a, struct crossings *out,
		    struct err *err) MUST_CHECK;

#endif
