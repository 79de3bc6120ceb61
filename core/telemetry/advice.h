/* Coaching notes from telemetry: best five laps against best five. Every number in them is in the set.
 *
 * A note: a corner where YOU lose more than the floor (and 0.05 s a lap) with what shows why: brakes earlier, slower at the minimum, later on
 * the throttle. With three or four laps a side it says "seen in all n laps" and is listed last. One lap alone is a mistake, not a habit. */
#ifndef TELEMETRY_ADVICE_H
#define TELEMETRY_ADVICE_H

#include "core/analysis/coach.h"
#include "core/telemetry/compare.h"

/* What a channel shows it comes from; NONE: none shows it, and none is named. */
enum tel_cause { CAUSE_NONE, CAUSE_BRAKES_EARLY, CAUSE_SLOW_MINIMUM, CAUSE_LATE_THROTTLE };

struct tel_advice {
	struct note note; /* kind NOTE_PACE or NOTE_KEEP, topic TOPIC_CORNER */
	uint32_t corner;
	enum tel_cause cause;
	double a_lap; /* s a lap, plus is slower */
	double of_cause; /* s a lap of it that the cause by itself makes, worked out from its metres and the speeds; NAN without one */
	bool last; /* fewer than five laps a side: listed last */
};
struct tel_advices {
	const struct tel_set *set;
	struct tel_advice *at; /* by seconds, those that are listed last at the end */
	uint32_t n, first_last;
	const char *not_clear; /* corners that say nothing: "C2, C4"; "" none */
	const char *why;       /* no advice at all: "telemetry of 2 clean laps of car 13 ..."; "" */
};
/* Seconds over the session are seconds a lap times YOUR clean laps, "about"; with fewer than five laps, seconds a lap. Memory from arena. */
bool tel_advise(const struct tel_set *s, const struct tel_five *f, struct arena *arena, struct tel_advices *out,
		struct err *err) MUST_CHECK;
/* Puts them into the one ranked list of notes. A note about the sector or mini-sector that a corner explains at least half of makes room
 * for the corner: two of one place are one, and the smaller is named. */
bool tel_advices_join(struct notes *notes, const struct tel_advices *a, struct arena *arena,
		      struct err *err) MUST_CHECK;
const char *tel_cause_name(enum tel_cause c); /* "" "brakes early" "slow minimum" "late throttle" */

#endif
