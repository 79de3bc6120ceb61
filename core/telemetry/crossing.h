/* Inside telemetry: when a car crossed the line, as the officials say and as the car itself noticed. */
#ifndef TELEMETRY_CROSSING_H
#define TELEMETRY_CROSSING_H

#include "core/base/err.h"
#include "core/model/session.h"
#include "core/model/telemetry.h"

/* Official: end of each lap, ms after the session's local midnight (rising, also past the next midnight); NAN unknown. [car.n]. */
bool tel_official_ends(const struct session *s, uint32_t car, struct arena *arena, double **ends,
		       struct err *err) MUST_CHECK;

/* The car's own: its lap counter steps, its trigger's distance falls back to 0; and, weaker, where its samples begin and end. */
struct tel_signs {
	double *t; /* ms since 1970 UTC, rising */
	bool *weak;
	uint32_t n;
};
bool tel_signs_make(const struct tel_stream *s, struct arena *arena, struct tel_signs *out, struct err *err) MUST_CHECK;
/* How many of them are not weak. */
uint32_t tel_signs_strong(const struct tel_signs *s);
/* The sign nearest to ms, less ms, of those that are from..to after it; a weak one only within 1.5 s and where there is no other. NAN
 * none. */
double tel_sign_off(const struct tel_signs *s, double ms, double from, double to);

#endif
