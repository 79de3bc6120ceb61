/* What to tell the driver while the race goes on, and what has happened: lines for the live screen. Nothing here knows more than the
 * analysis, so cut at a moment it knows nothing later. Races only. */
#ifndef ANALYSIS_NOW_H
#define ANALYSIS_NOW_H

#include "core/analysis/compare.h"
#include "core/analysis/events.h"

/* CATCH   the car ahead: caught (gap under half a second since when), reached on which lap, losing, or holding
 * WHERE   the place YOU gain most against REF and the one YOU lose most, by laps won
 * BEHIND  the car behind: losing, reaching YOU on which lap, or holding
 * "Reaches" only when the interval of the last five laps clean for both excludes 0 (pace now, catch). */
struct now_line {
	const char *head;
	char text[120];
};
enum { NOW_LINES = 3 };
/* c NULL: no pair. laps_to_go 0: not known. How many were filled. */
uint32_t now_lines(const struct analysis *an, const struct comparison *c, uint16_t you, int32_t laps_to_go,
		   struct now_line out[NOW_LINES]);

/* Messages: best laps of the race, places changed, stops of the cars watched, cautions, and of YOU and REF: gaps that come under 1.0
 * and 0.5 s, and the tow (a top speed over all YOU had, over 3 km/h more than REF's on that lap, in the air of another car). */
struct message {
	ms_t at;
	uint16_t lap;
	char text[96];
};
/* The latest `max`, oldest first; how many. e may be NULL. */
uint32_t messages_make(const struct analysis *an, const struct comparison *c, const struct events *e,
		       struct message *out, uint32_t max);

/* Gap of another car to YOU at the last lap both have done, plus: it is behind; MS_NONE with a whole lap between them (then *laps,
 * plus: it is behind) or unknown. */
ms_t gap_to_you(const struct analysis *an, uint16_t you, uint16_t other, int32_t *laps);

#endif
