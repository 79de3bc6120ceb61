#include "core/analysis/deleted.h"

enum { LIST = 10 };

/* By the lap's number; a list without numbers (MYLAPS) can only be asked for its time. */
static bool in_list(const struct best_ten *b, ms_t time, uint16_t number)
{
	for (unsigned i = 0; i < b->n; i++)
		if (b->lap[i] == number || (b->lap[i] == 0 && b->time[i] == time))
			return true;
	return false;
}

/* A full list leaves out what is not faster than its last; a shorter one should hold every flying lap. */
static bool left_out(const struct best_ten *b, ms_t time, uint16_t number)
{
	if (!b->present || b->n == 0 || in_list(b, time, number))
		return false;
	return b->n < LIST || time < b->time[b->n - 1];
}

static bool is_deleted(const struct session *s, const struct classes *c, uint32_t lap, const struct car_best *best)
{
	const struct car *car = &s->cars[s->laps.car[lap]];
	ms_t time = s->laps.time[lap];

	if (time == MS_NONE || !lap_is_flying(&c->lap[lap], s->laps.number[lap]))
		return false;
	return (best->marked && time < best->best.time) || left_out(&car->best_ten, time, s->laps.number[lap]);
}

bool deleted_laps(const struct session *s, const struct classes *c, uint32_t car, struct arena *a, struct bests *out)
{
	struct car_best *best = &out->car[car];
	uint32_t first = s->cars[car].first, end = first + c->seen[car];

	for (uint32_t i = first; i < end; i++) {
		out->deleted[i] = is_deleted(s, c, i, best);
		best->ndeleted += out->deleted[i];
	}
	best->deleted = ARENA_ARRAY(a, best->ndeleted, struct lap_ref);
	if (!best->deleted)
		return false;
	for (uint32_t i = first, k = 0; i < end; i++)
		if (out->deleted[i])
			best->deleted[k++] = (struct lap_ref){s->laps.time[i], (uint16_t)car, s->laps.number[i]};
	return true;
}
