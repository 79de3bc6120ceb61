#include "core/analysis/pace.h"

#include <math.h>

#include "core/analysis/sort_keys.h"
#include "core/analysis/stints.h"

static void car_pace(const struct session *s, const struct analysis_options *o, const struct classes *c, uint32_t car,
		     struct trend_base *b, struct spread_room *room, struct car_pace *out)
{
	uint32_t first = s->cars[car].first, n = c->seen[car];

	pace_of(s, c, first, n, room, &out->all);
	trend_of(s, o, c, b, first, n, &out->trend);
	out->sanitized = sanitized_of(s, c, first, n, room, &out->sanitized_n);
}

/* Place by median of clean laps, among the cars of the class; a car without a clean lap has none. */
static bool rank_cars(const struct session *s, const struct analysis_options *o, struct arena *scratch,
		      struct paces *out)
{
	struct keyed *keys = ARENA_ARRAY(scratch, 2 * (size_t)s->ncars, struct keyed);
	uint32_t n = 0;

	if (!keys)
		return false;
	for (uint32_t i = 0; i < s->ncars; i++)
		if (out->car[i].all.n > 0 && analysis_in_class(o, &s->cars[i]))
			keys[n++] = (struct keyed){key_of(out->car[i].all.median, 0), i};
	keys_sort(keys, keys + s->ncars, n);
	for (uint32_t i = 0; i < n; i++)
		out->rank[keys[i].index] = (uint16_t)(i + 1);
	return true;
}

static void keep_residuals(const struct trend_base *b, struct paces *out)
{
	for (uint32_t i = 0; i < b->numbers; i++)
		out->field_residual[i] = isnan(b->residual[i]) ? MS_NONE : (ms_t)round_half_away(b->residual[i]);
	out->nresidual = b->numbers;
}

static bool make_with(const struct session *s, const struct analysis_options *o, const struct classes *c,
		      struct arena *scratch, struct arena *a, struct paces *out)
{
	struct trend_base base;
	struct spread_room room;

	if (!trend_base_make(s, o, c, scratch, &base) || !spread_room_make(s, scratch, &room))
		return false;
	out->car = ARENA_ARRAY(a, s->ncars, struct car_pace);
	out->rank = ARENA_ARRAY(a, s->ncars, uint16_t);
	out->field_residual = ARENA_ARRAY(a, base.numbers, ms_t);
	if (!out->car || !out->rank || !out->field_residual)
		return false;
	for (uint32_t i = 0; i < s->ncars; i++)
		car_pace(s, o, c, i, &base, &room, &out->car[i]);
	keep_residuals(&base, out);
	return rank_cars(s, o, scratch, out) && stints_make(s, o, c, &base, &room, a, out);
}

bool paces_make(const struct session *s, const struct analysis_options *o, const struct classes *c, struct arena *a,
		struct paces *out, struct err *err)
{
	struct arena *scratch = arena_new(0);
	bool done = scratch && make_with(s, o, c, scratch, a, out);

	arena_free(scratch);
	return done || err_set(err, ERR_NOMEM, "no memory for the pace of %s", s->id);
}
