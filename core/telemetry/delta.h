/* Time of one lap minus time of another at the same distance: YOU minus REF, rising where YOU lose.
 *
 * It ends at the official difference by construction, and goes through the official differences at the loops. What it would miss them by if
 * pinned to the line only is the residual; what it misses a loop by that is left out is the check, and no place is claimed lost or won by
 * less than twice that. */
#ifndef TELEMETRY_DELTA_H
#define TELEMETRY_DELTA_H

#include "core/telemetry/set.h"

struct tel_delta_line {
	const char *name;
	double at;       /* m */
	double official; /* s: difference of the official times at it */
	double residual; /* s: what the trace, pinned at the line only, misses it by; NAN unknown */
	double check;    /* s: with this loop left out; NAN unknown */
};

struct tel_delta {
	const struct tel_lap *ref, *you;
	bool known;      /* false: why says why not */
	const char *why; /* "car 88 sends no clock of its own: values over distance, no times" */
	float *d;        /* s, set.n points; NAN where either has a hole */
	float *speed;    /* km/h: YOU - REF; NAN unknown */
	ms_t end;        /* official difference of the lap times */
	double error;    /* s: what the end would be without pinning, minus end */
	double residual; /* s: rms of trace - official over the lines known, pinned at the line only; NAN none */
	double check;    /* s: rms of trace - official, each loop left out in turn; NAN none */
	double floor;    /* s: twice the check; infinite where nothing is known to check it by */
	struct tel_delta_line line[TEL_LINES];
	unsigned nlines;
};

bool tel_delta_make(const struct tel_set *s, const struct tel_lap *ref, const struct tel_lap *you, struct arena *arena,
		    struct tel_delta *out, struct err *err) MUST_CHECK;
/* Seconds lost between two distances; NAN when either end is in a hole. */
double tel_delta_between(const struct tel_set *s, const struct tel_delta *d, double from, double to);

#endif
