/* How far a car is behind another counted in whole laps and what is over, as long races need it: laps = crossings of the other up to this
 * car's own last one, minus its own laps. Without a whole lap: the difference of ELAPSED at that lap. With k laps: the time from the
 * other's latest crossing to this car's own. Source: as official timing counts. */
#ifndef ANALYSIS_LAPPED_GAP_H
#define ANALYSIS_LAPPED_GAP_H

#include "core/analysis/analysis.h"

struct lapped_gap {
	uint16_t laps;
	ms_t time; /* MS_NONE unknown */
};

struct lapped_gap lapped_gap_of(const struct analysis *an, uint32_t own, uint32_t other);

#endif
