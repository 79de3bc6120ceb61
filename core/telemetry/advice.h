/* Coaching notes from telemetry: best five laps against best five. Every number in them is in the set.
 *
 * A note: a corner where YOU lose more than the floor (and 0.05 s a lap) with what shows why: brakes earlier, slower at the minimum, later on
 * the throttle. With three or four laps a side it says "seen in all n laps" and is listed last. One lap alone is a mistake, not a habit. */
#ifndef TELEMETRY_ADVICE_H
#define TELEMETRY_ADVICE_H

#include "core/analysis/coach.h"
#include "core/telemetry/compare.h"

enum tel_cause { CAUSE_NONE, CAUSE_BRAKES_EARLY, CAUSE_BRAKES_LATE, CAUSE_SLOW_MINIMUM, CAUSE_LATE_THROTTLE };

struct tel_advice {
	struct note note; /* kind NOTE_PACE or NOTE_KEEP, topic TOPIC_CORNER */
	uint32_t corner;
	enum tel_cause cause; /* the one with most of the time */
	double a_lap;         /* s a lap */
	bool last;            /* fewer than five laps: listed last */
};
struct tel_advices {
	struct tel_advice *at;
	uint32_t n;
	const char *why; /* none: "telemetry of 13: 2 usable laps, three are needed"; "" */
};
bool tel_advise(const struct tel_set *s, const struct tel_five *f, struct arena *arena, struct tel_advices *out,
		struct err *err) MUST_CHECK;
/* Puts them into the one ranked list of notes: by seconds over the session, at most six, KEEP last. Texts and laps stay whose they are. */
bool tel_advices_join(struct notes *notes, const struct tel_advices *a, struct arena *arena,
		      struct err *err) MUST_CHECK;

#endif
