#include "core/analysis/table.h"

#include <stdlib.h>
#include <string.h>

#include "core/analysis/live_gap.h"
#include "core/analysis/sort_keys.h"

/* What a car is sorted by; less is better. */
struct standing {
	uint16_t car, laps;
	uint32_t id_rank;
	ms_t time; /* races: last ELAPSED; else the best lap */
	ms_t last; /* last ELAPSED: who was first with an equal best lap */
	const char *class_name;
};

/* An unknown time stands behind every known one. */
static int by_time(ms_t a, ms_t b)
{
	if (a == b)
		return 0;
	if (a == MS_NONE || b == MS_NONE)
		return a == MS_NONE ? 1 : -1;
	return a < b ? -1 : 1;
}

static int by_merit(const void *a, const void *b)
{
	const struct standing *x = a, *y = b;
	int c = (x->laps < y->laps) - (x->laps > y->laps);

	if (c == 0)
		c = by_time(x->time, y->time);
	if (c == 0)
		c = by_time(x->last, y->last);
	return c ? c : (x->id_rank > y->id_rank) - (x->id_rank < y->id_rank);
}

/* Laps are the number of the last one, so that a lost row does not cost a car its place. */
static uint32_t last_seen(const struct session *s, const struct classes *c, uint32_t car)
{
	return s->cars[car].first + c->seen[car] - 1;
}

/* When the best lap was set. */
static ms_t set_at(const struct session *s, const struct classes *c, uint32_t car, ms_t best)
{
	for (uint32_t i = s->cars[car].first; i < s->cars[car].first + c->seen[car]; i++)
		if (s->laps.time[i] == best)
			return s->laps.elapsed[i];
	return MS_NONE;
}

static struct standing standing_of(const struct session *s, const struct classes *c, const ms_t *best, uint32_t car)
{
	struct standing st = {.car = (uint16_t)car, .time = MS_NONE, .class_name = s->cars[car].class_name};

	st.last = MS_NONE;
	if (best) {
		st.time = best[car];
		st.last = best[car] == MS_NONE ? MS_NONE : set_at(s, c, car, best[car]);
	} else if (c->seen[car] > 0) {
		st.time = s->laps.elapsed[last_seen(s, c, car)];
		st.laps = s->laps.number[last_seen(s, c, car)];
	}
	return st;
}

static void fill_row(const struct session *s, const struct classes *c, bool timed, const struct standing *st,
		     struct place *p)
{
	*p = (struct place){.car = st->car, .total = MS_NONE, .gap = MS_NONE, .interval = MS_NONE};
	p->road_gap = MS_NONE;
	if (c->seen[st->car] == 0)
		return;
	p->laps = s->laps.number[last_seen(s, c, st->car)];
	if (!timed)
		p->total = st->time;
}

static ms_t difference(ms_t a, ms_t b)
{
	return a == MS_NONE || b == MS_NONE ? MS_NONE : a - b;
}

/* Final: whole laps count by the totals. */
static struct gap final_gap(const struct standing *own, const struct standing *other)
{
	struct gap g = {MS_NONE, (uint16_t)(other->laps > own->laps ? other->laps - own->laps : 0)};

	if (g.laps == 0)
		g.time = difference(own->time, other->time);
	return g;
}

/* The rows' gaps to the leader and to the car ahead, both of the chosen class. */
static void all_gaps(const struct session *s, const struct analysis_options *o, const struct classes *c, bool live,
		     const struct standing *st, struct place *table)
{
	const struct standing *leader = NULL, *ahead = NULL;

	for (uint32_t i = 0; i < s->ncars; i++) {
		if (!analysis_in_class(o, &s->cars[st[i].car]))
			continue;
		if (!leader)
			leader = &st[i];
		struct gap g = live ? gap_live(s, c, st[i].car, leader->car) : final_gap(&st[i], leader);
		table[i].gap = g.time;
		table[i].gap_laps = g.laps;
		if (ahead) {
			g = live ? gap_live(s, c, st[i].car, ahead->car) : final_gap(&st[i], ahead);
			table[i].interval = g.time;
			table[i].interval_laps = g.laps;
		}
		ahead = &st[i];
	}
}

static void road_gap(const struct session *s, const struct analysis_options *o, const struct classes *c,
		     const ms_t *least, struct place *p)
{
	if (c->seen[p->car] > 0 && analysis_in_class(o, &s->cars[p->car]))
		p->road_gap = difference(s->laps.elapsed[last_seen(s, c, p->car)], least[p->laps]);
}

struct member {
	const char *class_name;
	uint32_t row;
};

static int by_class(const void *a, const void *b)
{
	const struct member *x = a, *y = b;
	int c = strcmp(x->class_name, y->class_name);

	return c ? c : (x->row > y->row) - (x->row < y->row);
}

static void class_positions(const struct standing *st, struct place *table, struct member *m, uint32_t n)
{
	uint16_t place = 0;

	for (uint32_t i = 0; i < n; i++)
		m[i] = (struct member){st[i].class_name, i};
	if (n > 1)
		qsort(m, n, sizeof *m, by_class);
	for (uint32_t i = 0; i < n; i++) {
		place = i > 0 && strcmp(m[i].class_name, m[i - 1].class_name) == 0 ? (uint16_t)(place + 1) : 1;
		table[m[i].row].position_class = place;
	}
}

static struct standing *sorted_standings(const struct session *s, const struct classes *c, const ms_t *best,
					 struct arena *a)
{
	const uint32_t *rank = car_id_ranks(s, a);
	struct standing *st = ARENA_ARRAY(a, s->ncars, struct standing);

	if (!rank || !st)
		return NULL;
	for (uint32_t i = 0; i < s->ncars; i++) {
		st[i] = standing_of(s, c, best, i);
		st[i].id_rank = rank[i];
	}
	if (s->ncars > 1)
		qsort(st, s->ncars, sizeof *st, by_merit);
	return st;
}

bool table_make(const struct session *s, const struct analysis_options *o, const struct classes *c, const ms_t *best,
		const ms_t *least, struct arena *a, struct order *out, struct err *err)
{
	struct standing *st = sorted_standings(s, c, best, a);
	struct member *members = ARENA_ARRAY(a, s->ncars, struct member);

	out->table = ARENA_ARRAY(a, s->ncars, struct place);
	out->row_of = ARENA_ARRAY(a, s->ncars, uint16_t);
	if (!st || !members || !out->table || !out->row_of)
		return err_set(err, ERR_NOMEM, "no memory for the order of %s", s->id);
	for (uint32_t i = 0; i < s->ncars; i++) {
		fill_row(s, c, best != NULL, &st[i], &out->table[i]);
		out->table[i].position = (uint16_t)(i + 1);
		out->row_of[st[i].car] = (uint16_t)i;
		road_gap(s, o, c, least, &out->table[i]);
	}
	all_gaps(s, o, c, !best && o->elapsed != MS_NONE, st, out->table);
	class_positions(st, out->table, members, s->ncars);
	return true;
}
