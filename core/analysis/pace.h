/* Pace, consistency and trend of a set of clean laps. MS_NONE and NAN where n is too small. */
#ifndef ANALYSIS_PACE_H
#define ANALYSIS_PACE_H

#include "core/analysis/order.h"
#include "core/analysis/stat.h"

struct pace {
	uint32_t n;          /* clean laps */
	ms_t median;         /* n >= 1 */
	ms_t q1, q3, iqr;    /* inclusive quartiles, n >= 2 */
	ms_t min, max, mean; /* n >= 1; mean rounded */
	double sd, mad, cv;  /* ms, ms, %; n >= 2 */
	uint32_t off;        /* clean but slower than the median + max(3 MAD, 1.0 s) */
};

struct trend { /* n >= TREND_MIN, else all NAN and n tells */
	uint32_t n;
	struct slope raw;   /* ms a lap; of clean laps, one mean a run */
	struct slope field; /* each lap minus the median residual of all cars on that lap */
	bool fuel_corrected;
};
enum { TREND_MIN = 8 };

struct car_pace {
	struct pace all;
	struct trend trend;
	double sanitized; /* ms, NAN none: mean of timed laps not first, in, out, caution; over 1.20 x it dropped; mean again */
	uint32_t sanitized_n;
};

struct stint {
	uint16_t car, number, first, last; /* lap numbers */
	uint32_t laps;
	uint16_t driver; /* of its last lap; NO_DRIVER */
	ms_t pit_time;   /* the stop before it; MS_NONE */
	struct pace pace;
	double sanitized;
	uint32_t sanitized_n;
	struct trend trend;
};

struct paces {
	struct car_pace *car;
	struct stint *stints; /* by car, then number */
	uint32_t nstints;
	ms_t *field_residual; /* per lap number (index 0 unused): median over cars of lap - own median; MS_NONE under three cars */
	uint32_t nresidual;
	uint16_t *rank; /* per car: place by median of clean laps; 0 without */
};

bool paces_make(const struct session *s, const struct analysis_options *o, const struct classes *c, struct arena *a,
		struct paces *out, struct err *err) MUST_CHECK;

#endif
