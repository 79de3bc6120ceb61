#include "core/analysis/order.h"

#include "core/analysis/air.h"
#include "core/analysis/crossings.h"
#include "core/analysis/table.h"

const char *air_name(enum air a)
{
	switch (a) {
	case AIR_HELD:
		return "held";
	case AIR_CLOSE:
		return "close";
	case AIR_CLEAR:
		return "clear";
	case AIR_UNKNOWN:
		break;
	}
	return "";
}

/* What is known of one lap number while the crossings go by. */
struct lap_line {
	ms_t last;      /* ELAPSED of the latest car to finish it */
	uint16_t count; /* cars that did */
};

static void place_one(const struct session *s, uint32_t lap, uint16_t leader_laps, struct lap_line *line, ms_t *least,
		      struct lap_place *p)
{
	uint16_t number = s->laps.number[lap];
	ms_t elapsed = s->laps.elapsed[lap];

	p->interval = line->count ? elapsed - line->last : MS_NONE;
	if (line->count == 0)
		*least = elapsed;
	p->position = ++line->count;
	p->gap = elapsed - *least;
	p->gap_laps = (uint16_t)(leader_laps > number ? leader_laps - number : 0);
	line->last = elapsed;
}

/* One walk over the crossings: the first car to finish a lap number leads it, and who crosses later stands behind. */
static void place_all(const struct session *s, const struct analysis_options *o, const struct crossings *x,
		      struct lap_line *line, ms_t *least, struct lap_place *out)
{
	uint16_t leader_laps = 0;

	for (uint32_t i = 0; i < x->n; i++) {
		uint32_t lap = x->lap[i];
		uint16_t number = s->laps.number[lap];
		if (s->laps.elapsed[lap] == MS_NONE)
			return;
		if (!analysis_in_class(o, &s->cars[s->laps.car[lap]]))
			continue;
		place_one(s, lap, leader_laps, &line[number], &least[number], &out[lap]);
		if (number > leader_laps)
			leader_laps = number;
	}
}

static void nothing_known(const struct session *s, struct order *out, ms_t *least, size_t numbers)
{
	for (uint32_t i = 0; i < s->laps.n; i++)
		out->lap[i] = (struct lap_place){0, MS_NONE, 0, MS_NONE};
	for (size_t i = 0; i < numbers; i++)
		least[i] = MS_NONE;
}

/* One more than the greatest LAP_NUMBER. */
static size_t lap_numbers(const struct session *s)
{
	size_t most = 0;

	for (uint32_t i = 0; i < s->laps.n; i++)
		if (s->laps.number[i] > most)
			most = s->laps.number[i];
	return most + 1;
}

bool order_make(const struct session *s, const struct analysis_options *o, const struct classes *c, const ms_t *best,
		struct arena *a, struct order *out, struct err *err)
{
	struct crossings x;
	size_t numbers = lap_numbers(s);
	struct lap_line *line = ARENA_ARRAY(a, numbers, struct lap_line);
	ms_t *least = ARENA_ARRAY(a, numbers, ms_t);

	out->lap = ARENA_ARRAY(a, s->laps.n, struct lap_place);
	out->air = ARENA_ARRAY(a, s->laps.n, struct lap_air);
	if (!line || !least || !out->lap || !out->air)
		return err_set(err, ERR_NOMEM, "no memory for the order of %s", s->id);
	if (!crossings_make(s, c, a, &x, err))
		return false;
	out->crossing = x.lap;
	out->ncrossing = x.n;
	nothing_known(s, out, least, numbers);
	/* In practice and qualifying cars come and go: the same lap number is no common line. */
	if (!best)
		place_all(s, o, &x, line, least, out->lap);
	air_mark(s, o, &x, out->air);
	return table_make(s, o, c, best, least, a, out, err);
}
