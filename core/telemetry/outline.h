/* The track from GPS, for a map: the lap with the fewest missing points. x to the east, y to the north, metres. */
#ifndef TELEMETRY_OUTLINE_H
#define TELEMETRY_OUTLINE_H

#include "core/telemetry/set.h"

struct tel_outline {
	const struct tel_lap
		*lap; /* whose GPS it is; NULL: no lap has any (draw a schematic instead: see turn of the corners) */
	float *x, *y; /* set.n points, smoothed over 20 m; NAN where the GPS says nothing */
	float min_x, max_x, min_y, max_y;
};
bool tel_outline_make(const struct tel_set *s, struct arena *arena, struct tel_outline *out,
		      struct err *err) MUST_CHECK;

#endif
