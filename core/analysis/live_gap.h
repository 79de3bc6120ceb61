/* How far one car is behind another while the race goes on: at its own last crossing. Whole laps are those the other had done by then
 * minus its own; without a whole lap it is the difference of ELAPSED at that lap. Source: as official timing counts. */
#ifndef ANALYSIS_LIVE_GAP_H
#define ANALYSIS_LIVE_GAP_H

#include "core/analysis/classify.h"

struct gap {
	ms_t time; /* MS_NONE with a whole lap or more */
	uint16_t laps;
};

/* A car that has not come round for longer than the other's lap loses a lap each time the other does. */
struct gap gap_live(const struct session *s, const struct classes *c, uint32_t own, uint32_t other);

#endif
