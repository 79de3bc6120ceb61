/* Best laps, ideal laps and what was really driven in one go. */
#ifndef ANALYSIS_BEST_H
#define ANALYSIS_BEST_H

#include "core/analysis/classify.h"

struct lap_ref {   /* a time with the lap it came from */
	ms_t time; /* MS_NONE: none */
	uint16_t car;
	uint16_t lap; /* LAP_NUMBER */
};

struct car_best {
	struct lap_ref best;    /* the lap marked official best, else (nothing marked, or a cut) the minimum */
	struct lap_ref minimum; /* fastest lap driven */
	bool marked;
	ms_t ideal; /* best S1 + S2 + S3 over laps not first, in or out; MS_NONE */
	struct lap_ref part[SECTORS];
	ms_t ideal_mini;
	struct lap_ref mini_part[MINIS];
	bool ideal_over_best; /* the best lap has unknown sectors and is under the ideal: say so */
	ms_t rolling; /* fastest S1+S2+S3 in a row, also across the line; consecutive laps, none first, in, out */
	uint16_t rolling_from, rolling_to;
	uint32_t ndeleted; /* laps faster than the marked best, or left out by a best-10 list though fast enough */
	struct lap_ref *deleted;
};

struct session_best {
	struct lap_ref best, part[SECTORS], mini_part[MINIS];
	ms_t ideal, ideal_mini, rolling;
	uint16_t rolling_car, rolling_from, rolling_to;
};

struct bests {
	struct car_best *car;        /* per car */
	struct session_best session; /* over all cars (of the class) */
	uint8_t *deleted;            /* per lap of the session: 1 = deleted? */
};

/* The lap marked official best, else the fastest driven, of all laps of a car; MS_NONE without laps. */
ms_t car_best_lap(const struct session *s, const struct car *c);

bool bests_make(const struct session *s, const struct analysis_options *o, const struct classes *c, struct arena *a,
		struct bests *out, struct err *err) MUST_CHECK;

#endif
