/* What a session comes to: order, official bests, marks; and what stewards and cables do to it. */
#include <stddef.h>
#include <string.h>

#include "data/generator/race.h"

int32_t lap_sector(const struct lap *l, int sector)
{
	const int32_t *first = l->mini + (ptrdiff_t)2 * sector;

	return first[0] + first[1];
}

const struct lap *run_best(const struct car_run *c)
{
	const struct lap *best = NULL;

	for (int i = 0; i < c->laps; i++)
		if (!c->lap[i].deleted && (!best || c->lap[i].time < best->time))
			best = &c->lap[i];
	return best;
}

int32_t run_total(const struct car_run *c)
{
	return c->laps > 0 ? c->lap[c->laps - 1].elapsed : 0;
}

/* --- order -------------------------------------------------------------------- */

static bool ahead(const struct run *r, const struct car_run *a, const struct car_run *b)
{
	const struct lap *x = run_best(a), *y = run_best(b);

	if (a->not_started != b->not_started)
		return b->not_started;
	if (r->type != TYPE_RACE)
		return x && (!y || x->time < y->time);
	return a->laps != b->laps ? a->laps > b->laps : run_total(a) < run_total(b);
}

static void put_in_order(struct run *r)
{
	for (int i = 0; i < DRIVERS; i++) {
		int at = r->ncars;

		if (r->car[i].grid == 0)
			continue;
		for (; at > 0 && ahead(r, &r->car[i], &r->car[r->order[at - 1]]); at--)
			r->order[at] = r->order[at - 1];
		r->order[at] = (uint8_t)i;
		r->ncars++;
	}
}

/* --- stewards and cables --------------------------------------------------------- */

static const struct incident *about(const struct run *r, enum incident_kind kind, const struct driver *d)
{
	return incident_find(r->pace->event, r->number, kind, d, 0);
}

static void blank(struct car_run *c, const struct incident *x, bool sectors)
{
	for (int i = x ? x->lap - 1 : 0; x && i < x->lap - 1 + x->value && i < c->laps; i++) {
		c->lap[i].no_sectors |= sectors;
		c->lap[i].no_first = true;
	}
}

static void apply_incidents(struct run *r)
{
	for (int i = 0; i < DRIVERS; i++) {
		struct car_run *c = &r->car[i];

		if (about(r, DELETED, &drivers[i]) && run_best(c))
			c->lap[run_best(c) - c->lap].deleted = true;
		blank(c, about(r, BLANK_SECTORS, &drivers[i]), true);
		blank(c, about(r, BLANK_IM1A, &drivers[i]), false);
	}
	const struct incident *x = about(r, PENALTY, NULL);

	if (x && x->lap <= r->ncars)
		r->car[r->order[x->lap - 1]].penalty = x->value * 100;
}

/* --- marks: 2 the car's best, 3 the session's -------------------------------------- */

static void mark_laps(struct run *r)
{
	const struct lap *best = NULL;

	for (int i = 0; i < r->ncars; i++) {
		struct car_run *c = &r->car[r->order[i]];
		const struct lap *own = run_best(c);

		if (!own)
			continue;
		c->lap[own - c->lap].improved = 2;
		if (!best || own->time < best->time) {
			best = own;
			r->best = r->order[i];
		}
	}
	if (best)
		r->car[r->best].lap[best - r->car[r->best].lap].improved = 3;
}

static struct lap *best_sector(struct car_run *c, int sector)
{
	struct lap *best = NULL;

	for (int i = 0; i < c->laps; i++)
		if (!c->lap[i].no_sectors && (!best || lap_sector(&c->lap[i], sector) < lap_sector(best, sector)))
			best = &c->lap[i];
	return best;
}

static void mark_sector(struct run *r, int sector)
{
	struct lap *best = NULL;

	for (int i = 0; i < r->ncars; i++) {
		struct lap *own = best_sector(&r->car[r->order[i]], sector);

		if (!own)
			continue;
		own->sector_improved[sector] = 2;
		if (!best || lap_sector(own, sector) < lap_sector(best, sector))
			best = own;
	}
	if (best)
		best->sector_improved[sector] = 3;
}

static int index_of(const char *number)
{
	int i = 0;

	while (i < DRIVERS - 1 && strcmp(drivers[i].number, number) != 0)
		i++;
	return i;
}

/* Of two cars that are 3 the one that is later at the last lap of both is called 3, as the program has it. */
static void name_threes(struct car_run *a, struct car_run *b)
{
	int lap = a->laps < b->laps ? a->laps : b->laps;
	bool a_later = lap > 0 && a->lap[lap - 1].elapsed > b->lap[lap - 1].elapsed;

	a->id = a_later ? "3" : "3#2";
	b->id = a_later ? "3#2" : "3";
}

/* A back end has lost the zero of 03. */
static void name_cars(struct run *r)
{
	bool lost = events[r->pace->event].style == STYLE_BACKEND && r->type == TYPE_RACE;

	for (int i = 0; i < DRIVERS; i++)
		r->car[i].id = drivers[i].number + (lost && drivers[i].number[0] == '0');
	if (lost && events[r->pace->event].two_threes)
		name_threes(&r->car[index_of("03")], &r->car[index_of("3")]);
}

void run_finish(struct run *r)
{
	put_in_order(r);
	apply_incidents(r);
	mark_laps(r);
	for (int i = 0; i < 3; i++)
		mark_sector(r, i);
	name_cars(r);
}
