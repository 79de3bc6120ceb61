#include "core/analysis/crossings.h"

#include "core/analysis/sort_keys.h"

static uint32_t collect(const struct session *s, const struct classes *c, const uint32_t *rank, struct keyed *out)
{
	uint32_t n = 0;

	for (uint32_t car = 0; car < s->ncars; car++)
		for (uint32_t i = s->cars[car].first; i < s->cars[car].first + c->seen[car]; i++)
			out[n++] = (struct keyed){key_of(s->laps.elapsed[i], rank[car]), i};
	return n;
}

static bool sort_into(const struct session *s, const struct classes *c, struct arena *scratch, struct crossings *out)
{
	const uint32_t *rank = car_id_ranks(s, scratch);
	struct keyed *keys = ARENA_ARRAY(scratch, 2 * (size_t)s->laps.n, struct keyed);

	if (!rank || !keys)
		return false;
	out->n = collect(s, c, rank, keys);
	keys_sort(keys, keys + s->laps.n, out->n);
	for (uint32_t i = 0; i < out->n; i++)
		out->lap[i] = keys[i].index;
	return true;
}

bool crossings_make(const struct session *s, const struct classes *c, struct arena *a, struct crossings *out,
		    struct err *err)
{
	struct arena *scratch = arena_new(0);

	out->lap = ARENA_ARRAY(a, s->laps.n, uint32_t);
	bool done = scratch && out->lap && sort_into(s, c, scratch, out);
	arena_free(scratch);
	return done || err_set(err, ERR_NOMEM, "no memory to sort the laps of %s", s->id);
}
