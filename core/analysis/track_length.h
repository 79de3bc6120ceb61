/* Timing length of the track: KPH x LAP_TIME, the median over the clean laps. Source: measured (Barber 3,701.5 m); 6 % short at Sonoma,
 * so distances of telemetry use integrated speed instead. */
#ifndef ANALYSIS_TRACK_LENGTH_H
#define ANALYSIS_TRACK_LENGTH_H

#include "core/analysis/classify.h"

/* Metres; NAN when no clean lap has a speed. */
bool track_length_of(const struct session *s, const struct classes *c, double *metres, struct err *err) MUST_CHECK;

#endif
