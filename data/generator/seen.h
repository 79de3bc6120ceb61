/* Does a race, as it was driven, show what was planted in it?
 *
 * A demo is for showing things. A driver who sat behind somebody all race shows nobody what he does in a corner, and a start that cost as
 * much as everybody else's is no story: such a race is driven again (main.c). Judged by what anyone beside the track sees, laps and
 * gaps, and by the truth of the simulation; never by what a program makes of it. */
#ifndef GENERATOR_SEEN_H
#define GENERATOR_SEEN_H

#include "data/generator/race.h"

/* All of it: a habit in a corner on SEEN_LAPS laps on which both the driver and the quickest other (and whoever is about as quick) were
 * alone, some of them in clear air, costing a tenth against him; a slope and a spread on as many of his own; a start by half of what was planted, and more than half a second. */
bool race_shows_all(const struct run *r);

#endif
