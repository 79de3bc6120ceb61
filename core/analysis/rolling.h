/* The fastest S1 + S2 + S3 driven in a row, also across the line. Source: MoTeC, rolling minimum. */
#ifndef ANALYSIS_ROLLING_H
#define ANALYSIS_ROLLING_H

#include "core/analysis/best.h"

/* Sets out->rolling with the laps it began and ended on. */
void rolling_of(const struct session *s, const struct classes *c, uint32_t car, struct car_best *out);

#endif
