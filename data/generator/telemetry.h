/* Raw telemetry of some cars of a race, in the cars' own long format: one row a channel and tick. Agrees with the laps: between two official
 * crossings the trace of the lap simulation is stretched, mini-sector by mini-sector, to the times of that lap. */
#ifndef GENERATOR_TELEMETRY_H
#define GENERATOR_TELEMETRY_H

#include "data/generator/files.h"

/* One file a race: {track}_race{n}_telemetry_raw.csv; wide: one row a moment, a column a channel, {track}_race{n}_telemetry_wide.csv. The same
 * samples in both. Races without a car that sends get none. */
void telemetry_save(struct out *o, const struct run *r, uint64_t seed, bool wide);

/* Does any car send in a race of this event? */
bool telemetry_sent(int event);

#endif
