#include "core/analysis/last_laps.h"

#include <math.h>

struct last_laps last_laps_of(const struct analysis *an, uint32_t car)
{
	struct last_laps out = {0, (double)NAN};
	uint32_t first = car_first(an, car);
	double sum = 0;

	for (uint32_t i = first + car_seen(an, car); i-- > first && out.n < LAST_LAPS;) {
		if (!lap_is_clean(an, i))
			continue;
		sum += an->session->laps.time[i];
		out.n++;
	}
	if (out.n)
		out.mean = sum / out.n;
	return out;
}

ms_t last_laps_diff(const struct analysis *an, uint32_t car, uint32_t you)
{
	struct last_laps a = last_laps_of(an, car), b = last_laps_of(an, you);

	return a.n && b.n ? (ms_t)round_half_away(a.mean - b.mean) : MS_NONE;
}
