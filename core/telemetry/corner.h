/* Corners: where all usable laps have a minimum of speed with sideways acceleration, and what each lap did there.
 *
 * A minimum counts when speed rises by options.prominence on both sides and options.lateral g is reached within options.near. Minima of
 * different laps within options.same of each other are one corner; it is kept when more than half of the laps have it. Zones tile the lap:
 * they meet where the laps are fastest between two minima,
 * so that what a bad exit costs on the straight is the corner's. The first begins at the line, the last ends there: times sum to the lap. */
#ifndef TELEMETRY_CORNER_H
#define TELEMETRY_CORNER_H

#include "core/telemetry/set.h"

struct tel_corner {
	char id[8];       /* "C3" */
	const char *name; /* from the user's file; "" none */
	double apex;      /* m: median of the minima */
	double spread;    /* m: greatest distance of a lap's minimum from it */
	double from, to;  /* m: its zone; the first begins at 0, the last ends at the length */
	int turn;         /* +1 left, -1 right, 0 not known */
	unsigned laps;    /* that have it */
};

/* One lap in one corner. NAN: not known (hole in the samples, no such thing on this lap). */
struct tel_corner_lap {
	bool hole;        /* samples are missing in its zone: no figures, no claim */
	double time;      /* s through the zone */
	double in, out;   /* s of it before and after the corner's apex (the median one, the same place for all laps) */
	double apex;      /* m */
	double entry;     /* km/h: greatest before the minimum, in the zone */
	double min, exit; /* km/h; exit: at the end of the zone */
	double brake;     /* m: last rise of front pressure through options.brake_on before the peak */
	double peak;      /* bar */
	double release;   /* m: pressure under options.brake_on again */
	double gas; /* m: throttle at options.throttle_on again after the minimum (or the lift) and held until the zone ends or for 1 s */
	double lateral; /* g: greatest, absolute */
	double steer;   /* degrees: greatest, absolute */
};

static inline const struct tel_corner_lap *tel_corner_at(const struct tel_set *s, const struct tel_lap *l,
							 uint32_t corner)
{
	return &s->at[(size_t)(l - s->lap) * s->ncorners + corner];
}
/* Corner whose zone holds a distance; -1 without corners. */
int tel_corner_of(const struct tel_set *s, double metres);
/* "barber:1128:Museum" of options.corner: names the corner of that track whose minimum is nearest, within options.same. false: not of that
 * form. out may be NULL: only looked at. */
struct tel_corner_name {
	struct str track;
	double metres;
	const char *name;
};
bool tel_corner_name_parse(const char *text, struct tel_corner_name *out);

#endif
