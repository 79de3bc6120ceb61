/* What a class was doing at a moment: its clean laps by the clock, and their median around any of them. A lap minus that
 * median has weather, track and fuel of the hour taken out, so that laps driven at different times can be compared.
 * Source: a rule of this program: each lap minus the class median of the same 20 minutes. */
#ifndef ANALYSIS_CLASS_CLOCK_H
#define ANALYSIS_CLASS_CLOCK_H

#include "core/analysis/analysis.h"

enum { CLOCK_HALF = 600000 }; /* ms to either side */
enum { CLOCK_FEWEST = 2 };    /* laps it takes to speak of a median */

struct class_clock {
	const struct analysis *an;
	uint32_t *lap; /* clean laps of the class, by ELAPSED, then as in the session */
	uint32_t n;
	uint32_t ncars; /* cars of the class that have one */
	ms_t *scratch;
};

/* The times of all laps at a place: a sector, a mini-sector, or (both -1) the lap. */
const ms_t *place_times(const struct session *s, int sector, int mini);
/* The class of a car, that car included. Memory from arena. */
bool class_clock_make(const struct analysis *an, uint32_t car, struct arena *arena, struct class_clock *out,
		      struct err *err) MUST_CHECK;
/* A lap's time at a place minus the class median of the same 20 minutes, half milliseconds away from zero; MS_NONE where the time is
 * not known or fewer than CLOCK_FEWEST laps are there to compare with. */
ms_t class_clock_minus(const struct class_clock *c, uint32_t lap, const ms_t *times);

#endif
