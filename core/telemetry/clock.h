/* The two clocks of a car set side by side: how far UTC is ahead of the car's clock, in each of its runs.
 *
 * Rows arrive late, in bursts, never early: the least of meta_time - timestamp is the nearest to the truth, and its 1st percentile does not
 * hang on one odd row. A car's clock stands still while the car is off, so that the difference jumps: where it jumps by over 10 s a new piece
 * begins. Pieces whose percentiles lie within 5 s are one run; so is a small or enclosed piece that is up to 10 minutes later: a late delivery. */
#ifndef TELEMETRY_CLOCK_H
#define TELEMETRY_CLOCK_H

#include "core/base/err.h"
#include "core/model/telemetry.h"

enum { TEL_PIECES_MAX = 1024 };

struct tel_clock;

struct tel_clock *tel_clock_new(void); /* NULL: no memory */
void tel_clock_free(struct tel_clock *c);
/* A tick, in order of arrival. The piece it belongs to; UINT32_MAX: no memory. */
uint32_t tel_clock_feed(struct tel_clock *c, int64_t clock, int64_t meta);
uint32_t tel_clock_pieces(const struct tel_clock *c);
/* After the last tick: makes runs of the pieces. false: no memory. */
bool tel_clock_finish(struct tel_clock *c);
uint32_t tel_clock_runs(const struct tel_clock *c);
uint32_t tel_clock_run(const struct tel_clock *c, uint32_t piece);
int64_t tel_clock_offset(const struct tel_clock *c, uint32_t run);
uint32_t tel_clock_longest(const struct tel_clock *c); /* the run of most ticks */

#endif
