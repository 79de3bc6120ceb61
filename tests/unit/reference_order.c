/* Who was where when: crossings, places, gaps, the air in front, the table, and colours. */
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "tests/unit/reference.h"

static const struct reference *sorted; /* qsort hands nothing through */

static int by_id(int a, int b)
{
	return strcmp(sorted->car[a].id, sorted->car[b].id);
}

static int by_elapsed(const void *a, const void *b)
{
	const struct ref_crossing *x = a, *y = b;

	return x->elapsed != y->elapsed ? (x->elapsed > y->elapsed) - (x->elapsed < y->elapsed)
	       : x->car != y->car       ? by_id(x->car, y->car)
					: x->lap - y->lap;
}

struct ref_crossing *ref_crossings(const struct reference *r, int *n)
{
	struct ref_crossing *x = ref_alloc(r->rows, sizeof *x);

	*n = 0;
	for (int i = 0; i < r->ncars; i++)
		for (int k = 0; k < r->car[i].n; k++)
			x[(*n)++] = (struct ref_crossing){r->car[i].lap[k].elapsed, i, k};
	sorted = r;
	qsort(x, (size_t)*n, sizeof *x, by_elapsed);
	return x;
}

static struct ref_lap *lap_numbered(struct ref_car *c, int number)
{
	for (int i = 0; i < c->n; i++)
		if (c->lap[i].number == number)
			return &c->lap[i];
	return NULL;
}

/* Places of all that have done one lap number; equal times by id. */
static void places_at(struct reference *r, int number)
{
	struct ref_lap *lap[REF_CARS];
	int car[REF_CARS], n = 0, least = INT_MAX;

	for (int i = 0; i < r->ncars; i++) {
		lap[n] = lap_numbered(&r->car[i], number);
		if (!lap[n])
			continue;
		if (lap[n]->elapsed < least)
			least = lap[n]->elapsed;
		car[n++] = i;
	}
	for (int i = 0; i < n; i++) {
		lap[i]->position = 1;
		lap[i]->gap = lap[i]->elapsed - least;
		for (int k = 0; k < n; k++) {
			int by = lap[i]->elapsed - lap[k]->elapsed;
			if (by < 0 || (by == 0 && by_id(car[k], car[i]) >= 0))
				continue;
			lap[i]->position++;
			if (lap[i]->interval == NOTHING || by < lap[i]->interval)
				lap[i]->interval = by;
		}
	}
}

/* Laps that the leader had done when a car crossed, minus its own. */
static void lapped(struct reference *r, const struct ref_crossing *x, int n)
{
	int most = 0;

	for (int i = 0, done = 0; i < n; i++) {
		struct ref_lap *l = &r->car[x[i].car].lap[x[i].lap];
		for (; done < n && x[done].elapsed <= x[i].elapsed; done++) {
			int number = r->car[x[done].car].lap[x[done].lap].number;
			if (number > most)
				most = number;
		}
		l->gap_laps = most - l->number;
	}
}

static void air(struct reference *r, const struct ref_crossing *x, int n)
{
	for (int i = 0; i < n; i++) {
		struct ref_car *c = &r->car[x[i].car];
		const struct ref_lap *from = &c->lap[x[i].lap];
		struct ref_lap *l = &c->lap[x[i].lap + 1]; /* it begins where this one ends */
		if (x[i].lap + 1 >= c->n || l->number != from->number + 1)
			continue;
		int k = i - 1;
		while (k >= 0 && x[k].car == x[i].car)
			k--;
		l->air = "clear";
		if (k < 0)
			continue;
		l->ahead = x[k].car;
		l->ahead_gap = x[i].elapsed - x[k].elapsed;
		if (l->ahead_gap < 1000)
			l->air = l->ahead_gap < 500 ? "held" : "close";
	}
}

static int best_of(const struct ref_car *c)
{
	return c->best.time;
}

static const struct ref_lap *last_lap(const struct ref_car *c)
{
	return c->n > 0 ? &c->lap[c->n - 1] : NULL;
}

static int elapsed_of_best(const struct ref_car *c)
{
	for (int i = 0; i < c->n; i++)
		if (c->lap[i].number == c->best.lap)
			return c->lap[i].elapsed;
	return INT_MAX;
}

/* Is a before b in the table? */
static bool before(const struct reference *r, const struct ref_car *a, const struct ref_car *b)
{
	const struct ref_lap *x = last_lap(a), *y = last_lap(b);

	if (!x || !y)
		return x ? true : y ? false : strcmp(a->id, b->id) < 0;
	if (r->timed)
		return best_of(a) != best_of(b) ? best_of(a) < best_of(b) : elapsed_of_best(a) < elapsed_of_best(b);
	if (x->number != y->number)
		return x->number > y->number;
	return x->elapsed != y->elapsed ? x->elapsed < y->elapsed : strcmp(a->id, b->id) < 0;
}

static int laps_done(const struct ref_car *c, int elapsed)
{
	int n = 0;

	while (n < c->n && c->lap[n].elapsed <= elapsed)
		n++;
	return n;
}

/* By how much a car is behind another: whole laps, else time. */
static void behind(const struct reference *r, const struct ref_car *own, struct ref_car *other, int *gap, int *laps)
{
	const struct ref_lap *mine = last_lap(own), *theirs = last_lap(other);

	*gap = NOTHING;
	*laps = 0;
	if (!mine || !theirs)
		return;
	if (r->timed) {
		*gap = best_of(own) - best_of(other);
		return;
	}
	if (r->cut_elapsed != NOTHING) {
		int at_crossing = laps_done(other, mine->elapsed) - own->n;
		int since = other->n - own->n - 1;
		*laps = at_crossing > since ? at_crossing : since;
		if (*laps < 0)
			*laps = 0;
	} else {
		*laps = theirs->number - mine->number;
	}
	const struct ref_lap *there = lap_numbered(other, mine->number);
	if (*laps == 0 && there)
		*gap = mine->elapsed - there->elapsed;
}

static void table(struct reference *r)
{
	int order[REF_CARS];

	for (int i = 0; i < r->ncars; i++) {
		struct ref_car *c = &r->car[i];
		c->place = c->place_class = 1;
		for (int k = 0; k < r->ncars; k++) {
			if (k == i || !before(r, &r->car[k], c))
				continue;
			c->place++;
			c->place_class += strcmp(r->car[k].class_name, c->class_name) == 0;
		}
		order[c->place - 1] = i;
	}
	for (int i = 0; i < r->ncars; i++) {
		struct ref_car *c = &r->car[order[i]];
		const struct ref_lap *last = last_lap(c);
		c->total = last && !r->timed ? last->elapsed : NOTHING;
		c->road_gap = last ? last->gap : NOTHING;
		behind(r, c, &r->car[order[0]], &c->table_gap, &c->table_gap_laps);
		behind(r, c, &r->car[order[i > 0 ? i - 1 : 0]], &c->table_interval, &c->table_interval_laps);
		if (i == 0)
			c->table_interval = NOTHING;
	}
}

void ref_order(struct reference *r)
{
	int n;
	struct ref_crossing *x = ref_crossings(r, &n);

	for (int i = 0; i < n; i++) {
		struct ref_lap *l = &r->car[x[i].car].lap[x[i].lap];
		l->position = l->gap_laps = 0;
		l->gap = l->interval = l->ahead_gap = NOTHING;
		l->air = "";
		l->ahead = -1;
	}
	air(r, x, n);
	if (!r->timed) {
		for (int number = 1; number <= REF_LAPS; number++)
			places_at(r, number);
		lapped(r, x, n);
	}
	table(r);
	free(x);
}

/* --- Colours --------------------------------------------------------------- */

struct event {
	int at, car, lap, part, time; /* part: 0 the lap, 1.. sectors */
};

static int by_clock(const void *a, const void *b)
{
	const struct event *x = a, *y = b;

	return x->at != y->at     ? (x->at > y->at) - (x->at < y->at)
	       : x->car != y->car ? by_id(x->car, y->car)
				  : x->part - y->part;
}

static int sector_end(const struct ref_lap *l, int sector)
{
	const int *s = l->part;

	if (sector == 2)
		return l->elapsed;
	if (sector == 0)
		return l->elapsed - l->time + s[0];
	return s[2] != NOTHING ? l->elapsed - s[2] : l->elapsed - l->time + s[0] + s[1];
}

static int events_of(const struct reference *r, struct event *e)
{
	int n = 0;

	for (int i = 0; i < r->ncars; i++) {
		for (int k = 0; k < r->car[i].n; k++) {
			const struct ref_lap *l = &r->car[i].lap[k];
			e[n++] = (struct event){l->elapsed, i, k, 0, l->time};
			for (int s = 0; s < REF_SECTORS; s++)
				if (l->part[s] != NOTHING)
					e[n++] = (struct event){sector_end(l, s), i, k, s + 1, l->part[s]};
		}
	}
	sorted = r;
	qsort(e, (size_t)n, sizeof *e, by_clock);
	return n;
}

void ref_colours(struct reference *r)
{
	struct event *e = ref_alloc(4 * r->rows, sizeof *e);
	int own[REF_CARS][1 + REF_SECTORS], all[1 + REF_SECTORS] = {INT_MAX, INT_MAX, INT_MAX, INT_MAX};

	for (int i = 0; i < r->ncars; i++) {
		memcpy(own[i], all, sizeof all);
		for (int k = 0; k < r->car[i].n; k++)
			memset(r->car[i].lap[k].colour, '-', 1 + REF_SECTORS);
	}
	r->purple = r->green = r->yellow = 0;
	int n = events_of(r, e);
	for (int i = 0; i < n; i++) {
		int p = e[i].part, *mine = &own[e[i].car][p];
		char colour = e[i].time < all[p] ? 'p' : e[i].time < *mine ? 'g' : 'y';
		if (e[i].time < all[p])
			all[p] = e[i].time;
		if (e[i].time < *mine)
			*mine = e[i].time;
		r->car[e[i].car].lap[e[i].lap].colour[p] = colour;
		if (p > 0)
			++*(colour == 'p' ? &r->purple : colour == 'g' ? &r->green : &r->yellow);
	}
	free(e);
}
