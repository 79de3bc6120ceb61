#include "core/analysis/air.h"

static enum air air_of(const struct analysis_options *o, ms_t gap)
{
	if (gap < o->held_under)
		return AIR_HELD;
	return gap < o->close_under ? AIR_CLOSE : AIR_CLEAR;
}

/* The lap that begins with this crossing; false when there is none, or its row was lost. */
static bool next_lap(const struct session *s, uint32_t lap, uint32_t *next)
{
	const struct car *car = &s->cars[s->laps.car[lap]];

	*next = lap + 1;
	return lap + 1 < car->first + car->n && s->laps.number[lap] + 1 == s->laps.number[lap + 1];
}

static void mark(const struct session *s, const struct analysis_options *o, uint32_t lap, uint32_t before,
		 struct lap_air *out)
{
	if (before == UINT32_MAX) {
		out->air = AIR_CLEAR;
		return;
	}
	out->ahead = s->laps.car[before];
	out->gap = s->laps.elapsed[lap] - s->laps.elapsed[before];
	out->air = (uint8_t)air_of(o, out->gap);
}

void air_mark(const struct session *s, const struct analysis_options *o, const struct crossings *x, struct lap_air *air)
{
	/* The last crossing, and the last one by another car than that: a car is never its own traffic. */
	uint32_t last = UINT32_MAX, other = UINT32_MAX;

	for (uint32_t i = 0; i < s->laps.n; i++)
		air[i] = (struct lap_air){AIR_UNKNOWN, NO_CAR, MS_NONE};
	for (uint32_t i = 0; i < x->n; i++) {
		uint32_t lap = x->lap[i], next;
		if (s->laps.elapsed[lap] == MS_NONE)
			return;
		bool own = last != UINT32_MAX && s->laps.car[last] == s->laps.car[lap];
		if (next_lap(s, lap, &next))
			mark(s, o, lap, own ? other : last, &air[next]);
		if (!own)
			other = last;
		last = lap;
	}
}
