/* Laps the stewards seem to have deleted: faster than the marked best, or left out of the list of ten best laps though fast enough.
 * They are marked and stay in pace, ideal and colours: they were driven. Source: Al Kamel exports, their best-10 lists. */
#ifndef ANALYSIS_DELETED_H
#define ANALYSIS_DELETED_H

#include "core/analysis/best.h"

/* Fills the car's list and out->deleted; needs the car's best. Not for a cut: marks are known only afterwards. */
bool deleted_laps(const struct session *s, const struct classes *c, uint32_t car, struct arena *a,
		  struct bests *out) MUST_CHECK;

#endif
