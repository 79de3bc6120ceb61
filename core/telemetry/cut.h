/* Inside telemetry: one lap cut out of a car's samples, with its clock and its distance. */
#ifndef TELEMETRY_CUT_H
#define TELEMETRY_CUT_H

#include "core/telemetry/path.h"
#include "core/telemetry/set.h"

struct tel_cut {
	const struct tel_stream *stream;
	const struct tel_path *path; /* that counts: of the set's source */
	double start, end;           /* ms since 1970 UTC on the car's clock with offset: the official crossings */
	double from, metres;         /* of the path at the start; between start and end, before pinning */
	uint32_t tick, ticks;        /* [tick, tick + ticks) lie in the lap */
	/* Where its path is pinned: metres of the path since the start, and metres of the track; both rising; the first 0, 0. */
	double raw[TEL_LINES + 2], at[TEL_LINES + 2];
	unsigned pins; /* 2 or more once the path is chosen */
};

/* Pinned metres since the line at a time of the lap, and back; NAN outside the path. */
double tel_cut_metres(const struct tel_cut *c, double ms);
double tel_cut_time(const struct tel_cut *c, double metres);

/* grip.c: what the tyres gave in each direction, of all usable laps. */
bool tel_grip_envelope(struct tel_set *s, struct arena *scratch, struct err *err) MUST_CHECK;
/* grid.c: fills t and every channel of a lap. */
bool tel_grid_fill(struct tel_set *s, struct tel_lap *l, const struct tel_cut *c, struct arena *scratch,
		   struct err *err) MUST_CHECK;
/* corner.c, corner_lap.c: finds the corners of all usable laps and what each lap did there. cut: one a lap of the set. */
bool tel_corners_find(struct tel_set *s, const struct tel_cut *cut, struct arena *scratch, struct err *err) MUST_CHECK;
/* corner_names.c: gives the corners the names of the options. */
bool tel_corners_name(struct tel_set *s, struct err *err) MUST_CHECK;
/* corner_lap.c: */
void tel_corner_measure(const struct tel_set *s, const struct tel_lap *l, const struct tel_cut *c, uint32_t corner,
			struct tel_corner_lap *out);
/* Takes the figures of a corner from a lap whose samples miss a part between its braking and its throttle. */
bool tel_corner_holes(struct tel_set *s, struct arena *scratch, struct err *err) MUST_CHECK;

#endif
