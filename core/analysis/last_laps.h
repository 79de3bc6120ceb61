/* How fast a car is now: the mean of its last five clean laps. Each car's own five; for two cars side by side see pace_now. */
#ifndef ANALYSIS_LAST_LAPS_H
#define ANALYSIS_LAST_LAPS_H

#include "core/analysis/analysis.h"

enum { LAST_LAPS = 5 };

struct last_laps {
	uint32_t n;  /* laps used, at most LAST_LAPS */
	double mean; /* ms; NAN without a clean lap */
};

struct last_laps last_laps_of(const struct analysis *an, uint32_t car);
/* Mean of `car` minus mean of `you`, rounded; MS_NONE where one of them has no clean lap. */
ms_t last_laps_diff(const struct analysis *an, uint32_t car, uint32_t you);

#endif
