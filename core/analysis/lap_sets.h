/* Laps that were not driven side by side: two drivers of one car, or one car in two sessions. There is no lap for lap and no gap on
 * the road; each lap is taken minus the class median of the same 20 minutes, and the first of one set is set against the first
 * of the other, the second against the second. Source: a rule of this program. */
#ifndef ANALYSIS_LAP_SETS_H
#define ANALYSIS_LAP_SETS_H

#include "core/analysis/compare.h"

struct lap_set {
	const struct analysis *an;
	uint16_t car;
	const uint32_t *lap; /* clean laps of the car in order: indexes into its session's laps */
	uint32_t n;
};

/* A comparison like any other with `normalised` set: pairs[].ref and .you are indexes into the laps of each set's own session, number
 * is YOUR lap's; no gap, no ledger. Names of places and bests are of YOUR session. Memory from arena. */
bool compare_sets_make(const struct lap_set *ref, const struct lap_set *you, struct arena *arena,
		       struct comparison *out, struct err *err) MUST_CHECK;

/* Inside analysis: everything of a comparison that follows from its pairs, but not the ledger. */
bool compare_figures(const struct analysis *an, struct comparison *c, struct arena *arena, struct err *err) MUST_CHECK;

#endif
