/* Middle and spread of the clean laps among some laps of one car, and the sanitized mean. */
#ifndef ANALYSIS_SPREAD_H
#define ANALYSIS_SPREAD_H

#include "core/analysis/pace.h"

struct spread_room { /* each for the laps of any car */
	ms_t *times, *scratch;
};

bool spread_room_make(const struct session *s, struct arena *scratch, struct spread_room *out) MUST_CHECK;
/* Of the clean laps among [first, first + n). */
void pace_of(const struct session *s, const struct classes *c, uint32_t first, uint32_t n, struct spread_room *room,
	     struct pace *out);
/* Mean of the timed laps that are not lap 1, in, out or caution; those over 1.20 x it dropped; mean again. NAN with *used 0: none.
 * Source: HH Timing. */
double sanitized_of(const struct session *s, const struct classes *c, uint32_t first, uint32_t n,
		    struct spread_room *room, uint32_t *used);

#endif
