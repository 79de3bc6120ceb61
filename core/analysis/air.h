/* The car in front at the start of a lap: whoever crossed the line last before this car did, any lap, any class. Source: measured on
 * the eight races. */
#ifndef ANALYSIS_AIR_H
#define ANALYSIS_AIR_H

#include "core/analysis/crossings.h"
#include "core/analysis/order.h"

/* Fills air, one for each lap of the session. */
void air_mark(const struct session *s, const struct analysis_options *o, const struct crossings *x,
	      struct lap_air *air);

#endif
