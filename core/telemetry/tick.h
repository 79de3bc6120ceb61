/* One moment of one car as rows tell it, and how a heap of such moments becomes a row of them: what raw files, the store and the
 * network have in common. */
#ifndef TELEMETRY_TICK_H
#define TELEMETRY_TICK_H

#include "core/base/err.h"
#include "core/model/telemetry.h"

/* A time that is not there. */
#define TEL_NO_TIME INT64_MIN

enum { TEL_DROP_OUT_MS = 500, TEL_RUN_GAP_MS = 30 * 60 * 1000 };

struct tel_tick {
	int64_t clock;         /* the car's clock, ms since 1970; the arrival where there is none */
	int64_t meta;          /* arrival, ms since 1970 UTC */
	uint32_t mask;         /* bit per enum tel_channel that has a value */
	uint16_t lap;          /* TEL_NO_LAP unknown */
	uint16_t rows;         /* that it was made of */
	float v[TEL_CHANNELS]; /* only those in mask; TEL_LAT and TEL_LON stand in gps */
	double gps[2];         /* latitude, longitude */
};

/* Sets a channel; a value that is there already is counted in c as duplicate or conflict (then the new one stays). */
void tel_tick_set(struct tel_tick *t, int channel, double value, struct tel_counts *c);
double tel_tick_get(const struct tel_tick *t, int channel); /* NAN missing */

/* Puts n ticks in order of the clock and makes one of those of the same moment: where both have a channel, the later in the
 * heap counts. How many are left; SIZE_MAX: no memory. */
size_t tel_ticks_settle(struct tel_tick *t, size_t n, struct tel_counts *c);

/* Counts in c what ticks that are in order of a clock tell: drop-outs, laps that went back. Piece by piece: state begins zeroed. */
struct tel_walk {
	int64_t clock;
	uint16_t lap; /* the highest so far in this run */
	bool any;
};
void tel_walk_tick(struct tel_walk *w, int64_t clock, uint16_t lap, struct tel_counts *c);

#endif
