/* Who was where when: order, gap and interval at every crossing, the final order, and the air in front of each lap. */
#ifndef ANALYSIS_ORDER_H
#define ANALYSIS_ORDER_H

#include "core/analysis/classify.h"

/* At the end of one lap of one car, among the cars of the chosen class. Unknown in timed sessions and outside the class. */
struct lap_place {
	uint16_t position; /* place among the cars that had completed this lap number, by ELAPSED; 0 unknown */
	ms_t gap;          /* ELAPSED minus the least ELAPSED of any car at the same lap number; leader 0 */
	uint16_t gap_laps; /* laps the leader had done when this car crossed, minus its own */
	ms_t interval;     /* to the car ahead at the same lap number; leader MS_NONE */
};

enum air { AIR_UNKNOWN, AIR_HELD, AIR_CLOSE, AIR_CLEAR };
/* At the start of a lap: the car that crossed the line last before this one did, any lap, any class. */
struct lap_air {
	uint8_t air;    /* enum air; UNKNOWN on lap 1 */
	uint16_t ahead; /* car index; NO_CAR */
	ms_t gap;       /* MS_NONE unknown */
};
#define NO_CAR UINT16_MAX

struct place { /* a row of the final table, or of the table at the cut */
	uint16_t car;
	uint16_t position, position_class; /* 1.. */
	uint16_t laps;
	ms_t total; /* last ELAPSED (races); MS_NONE */
	ms_t gap,
		interval; /* races: same number of laps: difference of totals, else MS_NONE (cut by clock: see live_gap.h). Timed: of best laps */
	uint16_t gap_laps, interval_laps;
	ms_t road_gap; /* ELAPSED at its own last lap minus the least of any car at that lap; MS_NONE */
};

struct order {
	struct lap_place *lap; /* per lap of the session */
	struct lap_air *air;   /* per lap of the session */
	struct place *table;   /* ncars rows, in order */
	uint16_t *row_of;      /* car index -> row in table */
	uint32_t *crossing;    /* all laps not after the cut, by ELAPSED, equal times by car id */
	uint32_t ncrossing;
};

const char *air_name(enum air a); /* "" "held" "close" "clear" */
/* best: per car best lap time for timed sessions (core/analysis/best.h); NULL for races. */
bool order_make(const struct session *s, const struct analysis_options *o, const struct classes *c, const ms_t *best,
		struct arena *a, struct order *out, struct err *err) MUST_CHECK;

#endif
