#include "core/analysis/events.h"

#include <stdlib.h>
#include <string.h>

#include "core/analysis/lap_mark.h"

enum { TOGETHER_FROM = 4, BEST_FROM_LAP = 3 };

struct maker {
	const struct analysis *an;
	const struct laps *l;
	const uint16_t *watched;
	uint32_t nwatched;
	struct event *at; /* a ring: the latest EVENTS_MAX */
	uint64_t n;
};

static bool is_watched(const struct maker *m, uint16_t car)
{
	for (uint32_t i = 0; i < m->nwatched; i++)
		if (m->watched[i] == car)
			return true;
	return false;
}

static struct event *add(struct maker *m, enum event_kind kind, uint32_t lap)
{
	struct event *e = &m->at[m->n++ % EVENTS_MAX];

	*e = (struct event){.kind = kind,
			    .at = m->l->elapsed[lap],
			    .lap = m->l->number[lap],
			    .car = m->l->car[lap],
			    .other = NO_CAR,
			    .from = NO_DRIVER,
			    .to = NO_DRIVER,
			    .value = MS_NONE};
	e->watched = is_watched(m, e->car);
	return e;
}

/* Lap 1, in and out laps change places without a pass. */
static bool racing(const struct maker *m, uint32_t lap)
{
	const struct lap_class *c = &m->an->classes.lap[lap];

	return m->l->number[lap] > 1 && !c->in && !c->out;
}

static bool has_lap_before(const struct maker *m, uint32_t lap)
{
	return lap > car_first(m->an, m->l->car[lap]) && m->l->number[lap - 1] + 1 == m->l->number[lap];
}

/* Did `lap`'s car get ahead of `other` on this lap? */
static bool passed(const struct maker *m, uint32_t lap, uint16_t other)
{
	int64_t theirs = session_lap(m->an->session, other, m->l->number[lap]);

	if (theirs < 0 || m->an->classes.lap[theirs].status == LAP_FUTURE || !racing(m, (uint32_t)theirs) ||
	    !has_lap_before(m, (uint32_t)theirs))
		return false;
	return m->l->elapsed[lap - 1] > m->l->elapsed[theirs - 1] && m->l->elapsed[lap] < m->l->elapsed[theirs];
}

static void passes_on(struct maker *m, uint32_t lap)
{
	const struct session *s = m->an->session;
	uint16_t car = m->l->car[lap];

	if (lap_place_mark(m->an, lap) != '^' || !racing(m, lap) || !has_lap_before(m, lap))
		return;
	for (uint16_t other = 0; other < s->ncars; other++) {
		if (other == car || strcmp(s->cars[other].class_name, s->cars[car].class_name) != 0 ||
		    !(is_watched(m, car) || is_watched(m, other)) || !passed(m, lap, other))
			continue;
		struct event *e = add(m, EVENT_PASS, lap);
		e->other = other;
		e->watched = true;
	}
}

static void stop_on(struct maker *m, uint32_t lap)
{
	uint32_t end = car_first(m->an, m->l->car[lap]) + car_seen(m->an, m->l->car[lap]);
	struct event *e;

	if (!m->an->classes.lap[lap].in)
		return;
	e = add(m, EVENT_STOP, lap);
	if (lap + 1 >= end) /* how long, and who gets in, is not known yet */
		return;
	e->value = m->l->pit_time[lap + 1];
	if (m->l->driver[lap] != m->l->driver[lap + 1] && m->l->driver[lap + 1] != NO_DRIVER) {
		e->from = m->l->driver[lap];
		e->to = m->l->driver[lap + 1];
	}
}

static void times_on(struct maker *m, uint32_t lap)
{
	if (m->an->colours.lap[lap] == COLOUR_PURPLE && m->l->number[lap] >= BEST_FROM_LAP)
		add(m, EVENT_BEST, lap)->value = m->l->time[lap];
	else if (lap_mark_plain(m->an, lap) == '!')
		add(m, EVENT_SLOW_LAP, lap)->value = m->l->time[lap];
}

static bool slow_here(const struct maker *m, uint32_t lap)
{
	char mark = lap_mark_plain(m->an, lap);

	return mark == '-' || mark == '!';
}

/* Cars of one class by place on a lap number; 0: nobody. lap[] gives lap index + 1. */
struct row_of_places {
	uint32_t *lap;
	uint32_t n;
};

static void together_in(struct maker *m, const struct row_of_places *r)
{
	uint32_t run = 0;

	for (uint32_t p = 1; p <= r->n + 1; p++) {
		if (p <= r->n && r->lap[p] && slow_here(m, r->lap[p] - 1)) {
			run++;
			continue;
		}
		if (run >= TOGETHER_FROM) {
			struct event *e = add(m, EVENT_TOGETHER, r->lap[p - 1] - 1);
			e->from = (uint16_t)(p - run);
			e->to = (uint16_t)(p - 1);
			e->car = NO_CAR;
			e->watched = false;
		}
		run = 0;
	}
}

static uint16_t last_number(const struct maker *m)
{
	uint16_t last = 0;

	for (uint32_t c = 0; c < m->an->session->ncars; c++) {
		uint32_t n = car_seen(m->an, c);
		uint16_t number = n ? m->l->number[car_first(m->an, c) + n - 1] : 0;
		last = number > last ? number : last;
	}
	return last;
}

static void together(struct maker *m, struct row_of_places *r)
{
	uint16_t last = last_number(m);

	for (uint16_t number = 2; number <= last; number++) {
		memset(r->lap, 0, (r->n + 2u) * sizeof *r->lap);
		for (uint32_t c = 0; c < m->an->session->ncars; c++) {
			int64_t lap = session_lap(m->an->session, c, number);
			if (lap < 0 || m->an->classes.lap[lap].status == LAP_FUTURE)
				continue;
			uint16_t place = m->an->order.lap[lap].position;
			if (place && place <= r->n)
				r->lap[place] = (uint32_t)lap + 1;
		}
		together_in(m, r);
	}
}

static void by_flag(struct maker *m)
{
	const struct order *o = &m->an->order;
	bool on = false;

	for (uint32_t i = 0; i < o->ncrossing; i++) {
		uint32_t lap = o->crossing[i];
		bool now = m->an->classes.lap[lap].caution_end;
		if (now == on)
			continue;
		on = now;
		add(m, now ? EVENT_CAUTION : EVENT_CAUTION_END, lap)->car = NO_CAR;
	}
}

/* Lap number of the leader at a moment: the greatest anybody had done. */
static uint16_t number_at(const struct maker *m, ms_t at)
{
	const struct order *o = &m->an->order;
	uint16_t number = 0;

	for (uint32_t i = 0; i < o->ncrossing && m->l->elapsed[o->crossing[i]] <= at; i++)
		number = m->l->number[o->crossing[i]] > number ? m->l->number[o->crossing[i]] : number;
	return number;
}

static void by_pace(struct maker *m)
{
	const struct classes *c = &m->an->classes;
	const struct order *o = &m->an->order;

	for (uint32_t i = 0; i < c->nslow && o->ncrossing; i++) {
		struct event *e = add(m, EVENT_CAUTION, o->crossing[0]);
		*e = (struct event){.kind = EVENT_CAUTION,
				    .at = c->slow[i].from,
				    .lap = number_at(m, c->slow[i].from),
				    .car = NO_CAR,
				    .other = NO_CAR,
				    .from = NO_DRIVER,
				    .to = NO_DRIVER,
				    .value = MS_NONE,
				    .factor = c->slow[i].factor};
	}
}

static int by_clock(const void *a, const void *b)
{
	const struct event *x = a, *y = b;

	if (x->at != y->at)
		return x->at < y->at ? -1 : 1;
	return x->kind != y->kind ? (int)x->kind - (int)y->kind : (int)x->car - (int)y->car;
}

static bool collect(struct maker *m, struct err *err)
{
	const struct order *o = &m->an->order;
	struct row_of_places row = {.n = m->an->session->ncars};

	row.lap = calloc(row.n + 2u, sizeof *row.lap);
	if (!row.lap)
		return err_set(err, ERR_NOMEM, "no memory for the events of %s", m->an->session->id);
	for (uint32_t i = 0; i < o->ncrossing; i++) {
		uint32_t lap = o->crossing[i];
		if (!analysis_in_class(&m->an->options, &m->an->session->cars[m->l->car[lap]]))
			continue;
		passes_on(m, lap);
		stop_on(m, lap);
		times_on(m, lap);
	}
	together(m, &row);
	free(row.lap);
	if (m->an->classes.field_slow_used)
		by_pace(m);
	else
		by_flag(m);
	return true;
}

bool events_make(const struct analysis *an, const uint16_t *watched, uint32_t nwatched, struct arena *a,
		 struct events *out, struct err *err)
{
	struct maker m = {.an = an, .l = &an->session->laps, .watched = watched, .nwatched = nwatched};

	*out = (struct events){0};
	if (an->session->kind != KIND_RACE)
		return true;
	m.at = ARENA_ARRAY(a, EVENTS_MAX, struct event);
	if (!m.at)
		return err_set(err, ERR_NOMEM, "no memory for the events of %s", an->session->id);
	if (!collect(&m, err))
		return false;
	out->at = m.at;
	out->n = m.n < EVENTS_MAX ? (uint32_t)m.n : EVENTS_MAX;
	if (out->n > 1)
		qsort(out->at, out->n, sizeof *out->at, by_clock);
	return true;
}
