/* Inside telemetry: from matched cars to laps with a length, an error and a residual. */
#ifndef TELEMETRY_CUTTING_H
#define TELEMETRY_CUTTING_H

#include "core/telemetry/cut.h"

struct cutting {
	struct tel_stream *const *streams; /* one a car of the set */
	const struct analysis *an;
	struct arena *scratch;
	struct tel_path *speed, *trigger; /* one a car */
	struct tel_cut *cut;              /* one a lap of the set */
	enum tel_distance source;
};

/* Fills the set's laps (without the grid), its length, step and points. */
bool tel_laps_cut(struct tel_set *s, struct cutting *k, struct err *err) MUST_CHECK;
/* cutting_lines.c: where the official loops are by one source, and what its laps miss them by. rms over all laps, s; NAN none. */
double tel_lines_fit(struct tel_set *s, struct cutting *k, enum tel_distance source);
/* Pins the chosen path of a lap to the line and to its loops, and fills their checks. */
void tel_lines_pin(struct tel_set *s, struct tel_lap *l, struct tel_cut *c);

#endif
