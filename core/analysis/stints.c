#include "core/analysis/stints.h"

/* PIT_TIME of the stop that the stint at `first` began with: it stands on the out-lap, or, where the box lies before the line, on
 * the in-lap itself. The first stint has no stop before it. */
static ms_t stop_before(const struct session *s, uint32_t car, uint32_t first)
{
	if (first == s->cars[car].first)
		return MS_NONE;
	return s->laps.pit_time[first] != MS_NONE ? s->laps.pit_time[first] : s->laps.pit_time[first - 1];
}

static uint32_t stint_end(const struct classes *c, uint32_t from, uint32_t end)
{
	uint32_t to = from + 1;

	while (to < end && c->lap[to].stint == c->lap[from].stint)
		to++;
	return to;
}

static uint32_t count_stints(const struct session *s, const struct classes *c)
{
	uint32_t n = 0;

	for (uint32_t car = 0; car < s->ncars; car++)
		if (c->seen[car] > 0)
			n += c->lap[s->cars[car].first + c->seen[car] - 1].stint;
	return n;
}

static struct stint stint_of(const struct session *s, const struct classes *c, uint32_t car, uint32_t from, uint32_t to)
{
	return (struct stint){
		.car = (uint16_t)car,
		.number = c->lap[from].stint,
		.first = s->laps.number[from],
		.last = s->laps.number[to - 1],
		.laps = to - from,
		.driver = s->laps.driver[to - 1],
		.pit_time = stop_before(s, car, from),
	};
}

bool stints_make(const struct session *s, const struct analysis_options *o, const struct classes *c,
		 struct trend_base *b, struct spread_room *room, struct arena *a, struct paces *out)
{
	out->stints = ARENA_ARRAY(a, count_stints(s, c), struct stint);
	out->nstints = 0;
	if (!out->stints)
		return false;
	for (uint32_t car = 0; car < s->ncars; car++) {
		uint32_t end = s->cars[car].first + c->seen[car];
		for (uint32_t from = s->cars[car].first, to; from < end; from = to) {
			to = stint_end(c, from, end);
			struct stint *st = &out->stints[out->nstints++];
			*st = stint_of(s, c, car, from, to);
			pace_of(s, c, from, to - from, room, &st->pace);
			st->sanitized = sanitized_of(s, c, from, to - from, room, &st->sanitized_n);
			trend_of(s, o, c, b, from, to - from, &st->trend);
		}
	}
	return true;
}
