/* How far a driver's pace is from the field's, over the season's race sessions: in a race, the median of the clean laps against the
 * median car's, in per cent of it (tracks compare so); of a driver, the mean over races. */
#ifndef ANALYSIS_PACE_GAP_H
#define ANALYSIS_PACE_GAP_H

#include <stdatomic.h>

#include "core/analysis/season_table.h"

enum { PACE_GAP_LAPS = 8, PACE_GAP_CARS = 5 }; /* clean laps of a car, such cars in a race: fewer say nothing */

struct pace_gaps {
	double *gap;    /* one a row of the table, %; NAN none */
	uint32_t races; /* race sessions that counted */
	ms_t lap;       /* the median car's pace, median over these; MS_NONE none */
};
/* cancel may be NULL; ERR_CANCELLED then. */
bool pace_gaps_make(const struct season_table *t, const atomic_bool *cancel, struct arena *a, struct pace_gaps *out,
		    struct err *err) MUST_CHECK;

#endif
