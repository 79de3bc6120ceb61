/* Time of one lap minus time of another at the same distance: YOU minus REF, rising where YOU lose.
 *
 * Both are pinned to the line, so it ends at the official difference by construction. What it can be wrong by is seen at the official
 * sector and mini-sector lines: the residual. No place is claimed lost or won by less than twice that. */
#ifndef TELEMETRY_DELTA_H
#define TELEMETRY_DELTA_H

#include "core/telemetry/set.h"

struct tel_delta_line {
	const char *name;
	double at;       /* m */
	double official; /* s: difference of the official times at it */
	double trace;    /* s: the delta there; NAN in a hole */
};

struct tel_delta {
	const struct tel_lap *ref, *you;
	bool known;      /* false: why says why not */
	const char *why; /* "car 88 sends no clock of its own: values over distance, no times" */
	float *d;        /* s, set.n points; NAN where either has a hole */
	float *speed;    /* km/h: YOU - REF; NAN unknown */
	ms_t end;        /* official difference of the lap times */
	double error;    /* s: what the end would be without pinning, minus end */
	double residual; /* s: rms of trace - official over the lines known; NAN none */
	double floor;    /* s: twice the residual (twice the greater of the laps' own where no line is known) */
	struct tel_delta_line line[TEL_LINES];
	unsigned nlines;
};

bool tel_delta_make(const struct tel_set *s, const struct tel_lap *ref, const struct tel_lap *you, struct arena *arena,
		    struct tel_delta *out, struct err *err) MUST_CHECK;
/* Seconds lost between two distances; NAN when either end is in a hole. */
double tel_delta_between(const struct tel_set *s, const struct tel_delta *d, double from, double to);

#endif
