#include "core/analysis/lapped_gap.h"

/* Crossings of a car at `at` or before. */
static uint32_t crossed_by(const struct analysis *an, uint32_t car, ms_t at)
{
	const ms_t *elapsed = an->session->laps.elapsed + car_first(an, car);
	uint32_t lo = 0, hi = car_seen(an, car);

	while (lo < hi) {
		uint32_t mid = lo + (hi - lo) / 2;
		if (elapsed[mid] <= at)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo;
}

struct lapped_gap lapped_gap_of(const struct analysis *an, uint32_t own, uint32_t other)
{
	const struct laps *l = &an->session->laps;
	struct lapped_gap g = {0, MS_NONE};
	uint32_t n = car_seen(an, own);

	if (n == 0 || car_seen(an, other) == 0)
		return g;
	uint32_t last = car_first(an, own) + n - 1, then;
	if (l->elapsed[last] == MS_NONE)
		return g;
	then = crossed_by(an, other, l->elapsed[last]);
	uint32_t theirs = then ? car_first(an, other) + then - 1 : 0;
	if (then && l->number[theirs] > l->number[last]) {
		g.laps = (uint16_t)(l->number[theirs] - l->number[last]);
		g.time = l->elapsed[last] - l->elapsed[theirs];
		return g;
	}
	int64_t same = session_lap(an->session, other, l->number[last]);
	if (same >= 0 && an->classes.lap[same].status != LAP_FUTURE && l->elapsed[same] != MS_NONE)
		g.time = l->elapsed[last] - l->elapsed[same];
	return g;
}
