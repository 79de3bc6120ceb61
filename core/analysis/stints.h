/* Each car's stints with their pace: from one in-lap to the next. */
#ifndef ANALYSIS_STINTS_H
#define ANALYSIS_STINTS_H

#include "core/analysis/spread.h"
#include "core/analysis/trend.h"

/* Fills out->stints and out->nstints. */
bool stints_make(const struct session *s, const struct analysis_options *o, const struct classes *c,
		 struct trend_base *b, struct spread_room *room, struct arena *a, struct paces *out) MUST_CHECK;

#endif
