#include "core/analysis/live_gap.h"

/* The last lap of a car that ended at `at` or before; its first index - 1 stands for none, hence the count. */
static uint32_t laps_until(const struct session *s, const struct classes *c, uint32_t car, ms_t at)
{
	const ms_t *elapsed = s->laps.elapsed + s->cars[car].first;
	uint32_t lo = 0, hi = c->seen[car];

	while (lo < hi) {
		uint32_t mid = lo + (hi - lo) / 2;
		if (elapsed[mid] <= at)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo;
}

/* LAP_NUMBER of the n-th row of a car; 0 for none. */
static uint16_t number_of(const struct session *s, uint32_t car, uint32_t n)
{
	return n ? s->laps.number[s->cars[car].first + n - 1] : 0;
}

static ms_t behind_at(const struct session *s, uint32_t lap, uint32_t other)
{
	int64_t theirs = session_lap(s, other, s->laps.number[lap]);

	if (theirs < 0 || s->laps.elapsed[theirs] == MS_NONE || s->laps.elapsed[lap] == MS_NONE)
		return MS_NONE;
	return s->laps.elapsed[lap] - s->laps.elapsed[theirs];
}

struct gap gap_live(const struct session *s, const struct classes *c, uint32_t own, uint32_t other)
{
	struct gap g = {MS_NONE, 0};
	uint16_t total = number_of(s, other, c->seen[other]), mine = number_of(s, own, c->seen[own]);

	if (c->seen[own] == 0) { /* on lap 1: it may have been a moment behind when the other crossed */
		g.laps = total > 1 ? (uint16_t)(total - 1) : 0;
		return g;
	}
	uint32_t last = s->cars[own].first + c->seen[own] - 1;
	uint16_t then = number_of(s, other, laps_until(s, c, other, s->laps.elapsed[last]));
	if (then > mine)
		g.laps = (uint16_t)(then - mine);
	/* The other's latest lap may have begun before this car's: only what is more than that one is lost for sure. */
	if (total > mine + 1 && total - mine - 1 > g.laps)
		g.laps = (uint16_t)(total - mine - 1);
	if (g.laps == 0)
		g.time = behind_at(s, last, other);
	return g;
}
