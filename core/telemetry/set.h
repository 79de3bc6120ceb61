/* Telemetry of one session: cars matched, laps cut out between official crossings, every channel over distance on one grid.
 *
 * Distance is integrated speed, pinned to both crossings, and then to the official loops between them (a car is at the same place of the
 * track whenever it passes one): without the loops it misses them by the residual; with all but one it misses that one by the check.
 * The track's telemetry length is the median integrated length of the laps.
 * On the grid every lap has the same points, from 0 (the line) to length (the line again). A channel's value at a point is interpolated
 * between two samples of that channel that are at most options.gap apart in time; else NAN. */
#ifndef TELEMETRY_SET_H
#define TELEMETRY_SET_H

#include "core/analysis/analysis.h"
#include "core/telemetry/match.h"

enum { TEL_LINES = 6, GRIP_SECTORS = 24 };

enum tel_distance { DIST_SPEED, DIST_TRIGGER }; /* integrated speed; Laptrigger_lapdist_dls */

/* An official loop inside the lap: what the lap's own distance says there. */
struct tel_line {
	const char *name; /* "IM1a", "S1", ... as the session calls it */
	double at;        /* m: median over the set's laps */
	ms_t official;    /* from the lap's start; MS_NONE unknown on this lap */
	double residual;  /* s: the lap's time at `at`, pinned at the line only, minus official; NAN */
	double check; /* s: the same pinned at all other loops: what the shown distance can be wrong by between loops; NAN */
};

struct tel_lap {
	uint32_t car;    /* index in set.cars */
	uint32_t lap;    /* index in session.laps */
	uint16_t number; /* LAP_NUMBER */
	uint16_t label;  /* the `lap` column of most of its samples; TEL_NO_LAP unknown */
	bool clean;      /* by the analysis' classes */
	bool held;       /* began within the held time of another car: its pace is not the driver's */
	ms_t time;       /* official lap time */
	int64_t start;   /* ms since 1970 UTC of the crossing it begins with, on the car's clock with offset */
	uint32_t ticks;
	double length; /* m, integrated, before it was pinned; NAN unknown */
	double error; /* s: time at which the integrated speed reaches the track's length, minus official lap time; NAN */
	double residual; /* s: rms over the lines known; NAN none */
	double check;    /* s: rms of the lines' checks; NAN none */
	struct tel_line line[TEL_LINES];
	unsigned nlines;
	double gap_max;            /* s: longest stretch without a speed sample */
	double hole_from, hole_to; /* m: where that stretch is; NAN when it is not over options.gap */
	enum tel_distance source;
	bool usable;     /* for deltas and corners */
	const char *why; /* why not, or what to mind: a few words; "" nothing */
	/* set.n points each, NULL: the channel is not there. */
	float *t; /* s since the start; NAN in a hole. t[n - 1] is the official lap time */
	float *v[TEL_CHANNELS];
	float *east, *north; /* m from the set's origin */
};

struct tel_set_car {
	struct tel_car car; /* as the source has it; strings are the set's */
	struct tel_match match;
	uint32_t first, n;   /* its laps: set.lap[first, first + n), by lap number */
	uint32_t clean_laps; /* of the car in the session, with telemetry or without */
	bool no_clock;       /* reduced form: values over distance, no delta */
};

struct tel_corner;
struct tel_corner_lap;

struct tel_set {
	struct arena *arena;
	const struct session *session; /* must outlive the set; the analysis need not */
	struct tel_options options;
	struct tel_set_car *cars;
	uint32_t ncars;
	struct tel_lap *lap;
	uint32_t nlaps;
	double length;        /* m: the track's telemetry length; NAN without a usable lap */
	double timing_length; /* m: of the officials' KPH; NAN. Over 1 % apart is said */
	double step;          /* m between two points: length / (n - 1) */
	uint32_t n;           /* points; 0 without a lap */
	double origin_lat, origin_lon;
	struct tel_corner *corner; /* core/telemetry/corner.h; in driving order */
	uint32_t ncorners;
	struct tel_corner_lap *at; /* nlaps x ncorners, lap by lap */
	/* g: 98th percentile of the acceleration in each direction (0: forward, then to the left), all usable laps; NAN where too few
	 * samples. */
	float grip[GRIP_SECTORS];
	const char *note; /* what to say about the whole: "length 4071 m, timing says 3838" or "" */
};

/* Streams may be freed afterwards. A stream that matches no car of the session is kept in cars with its match.why. NULL with err when out
 * of memory. o NULL: defaults. */
struct tel_set *tel_set_new(const struct analysis *an, struct tel_stream *const *streams, uint32_t n,
			    const struct tel_options *o, struct err *err) MUST_CHECK;
void tel_set_free(struct tel_set *s); /* NULL is fine */

/* Laps by car (index in session.cars) and number; NULL: not there. */
const struct tel_lap *tel_set_lap(const struct tel_set *s, uint32_t session_car, uint32_t number);
/* The quickest usable lap of a car, clean ones first; NULL none. */
const struct tel_lap *tel_set_best(const struct tel_set *s, uint32_t session_car);
uint32_t tel_session_car(const struct tel_set *s, const struct tel_lap *l); /* index in session.cars */
/* The point nearest to a distance. */
uint32_t tel_point(const struct tel_set *s, double metres);
static inline double tel_metres(const struct tel_set *s, uint32_t point)
{
	return s->step * point;
}
/* Throttle of a lap: the pedal (aps) where there is one, else the blade (ath); NULL none. *name: "pedal" or "blade". */
const float *tel_throttle(const struct tel_lap *l, const char **name);

#endif
