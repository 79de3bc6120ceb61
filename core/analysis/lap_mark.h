/* One letter for what a lap was, one for the place it gained or lost: what a strip of laps is made of.
 *
 *   s first lap   P in-lap   o out-lap   c caution   * best of the session   + best of the car
 *   ! over 3 s and - over 1 s slower than the car's own median of clean laps
 *   = began within `close_under` of a car   . in clear air   ? not known      the first that holds, in this order */
#ifndef ANALYSIS_LAP_MARK_H
#define ANALYSIS_LAP_MARK_H

#include "core/analysis/analysis.h"

/* Of a lap (index into session.laps) that is not after the cut. */
char lap_mark(const struct analysis *an, uint32_t lap);
/* The same without * and +: what the lap was, not how good. */
char lap_mark_plain(const struct analysis *an, uint32_t lap);
/* '^' the car's place at the end of the lap is better than at the end of the one before, 'v' worse, ' ' the same or not known. */
char lap_place_mark(const struct analysis *an, uint32_t lap);
/* How much a letter matters, where several laps share one cell: the greater shows. */
int lap_mark_weight(char mark);

#endif
