#include "tui/tel.h"

#include <stdlib.h>
#include <string.h>

enum { CEILING = 64 << 20 };

/* Cars -------------------------------------------------------------------------------------------*/

static void add_car(uint16_t *cars, unsigned *n, uint16_t car)
{
	if (car == NO_CAR || *n == TEL_CARS_LOADED)
		return;
	for (unsigned i = 0; i < *n; i++)
		if (cars[i] == car)
			return;
	cars[(*n)++] = car;
}

/* The cars that what is wanted names. */
static unsigned cars_named(const struct tel_want_view *w, uint16_t cars[TEL_CARS_LOADED])
{
	unsigned n = 0;

	for (int k = 0; k < TEL_SLOTS; k++)
		add_car(cars, &n, w->pick[k].car);
	add_car(cars, &n, w->you);
	add_car(cars, &n, w->ref);
	return n;
}

const struct tel_offer *tel_offer_of(const struct tel_part *p, uint16_t car)
{
	for (uint32_t i = 0; i < p->noffers; i++)
		if (p->offer[i].car == car)
			return &p->offer[i];
	return NULL;
}

unsigned tel_part_cars(const struct tel_part *p, const struct tel_want_view *w, uint16_t cars[TEL_CARS_LOADED])
{
	uint16_t named[TEL_CARS_LOADED];
	unsigned n = 0, nnamed = cars_named(w, named);

	for (unsigned i = 0; i < nnamed; i++)
		if (tel_offer_of(p, named[i]))
			add_car(cars, &n, named[i]);
	/* None of them has any: then what there is, so that there is something to see. */
	for (uint32_t i = 0; n == 0 && i < p->noffers; i++)
		add_car(cars, &n, p->offer[i].car);
	return n;
}

bool tel_part_fits(const struct tel_part *p, const struct tel_want_view *w)
{
	uint16_t named[TEL_CARS_LOADED];
	unsigned n = cars_named(w, named);

	if (!p || p->index != w->index || p->generation != w->generation)
		return false;
	for (unsigned i = 0; i < n; i++) {
		bool there = !tel_offer_of(p, named[i]); /* nobody has it: no need to look again */
		for (unsigned k = 0; k < p->nasked; k++)
			there |= p->asked[k] == named[i];
		if (!there)
			return false;
	}
	return true;
}

/* Laps -------------------------------------------------------------------------------------------*/

/* The quickest usable lap of a car but `not`; clean ones first. */
static const struct tel_lap *best_but(const struct tel_set *s, uint16_t car, const struct tel_lap * not )
{
	const struct tel_lap *best = NULL;

	for (uint32_t i = 0; i < s->nlaps; i++) {
		const struct tel_lap *l = &s->lap[i];
		if (!l->usable || l == not || tel_session_car(s, l) != car)
			continue;
		if (!best || l->clean > best->clean || (l->clean == best->clean && l->time < best->time))
			best = l;
	}
	return best;
}

static const struct tel_lap *picked(const struct tel_set *s, const struct tel_pick *p)
{
	if (p->car == NO_CAR)
		return NULL;
	return p->lap ? tel_set_lap(s, p->car, p->lap) : tel_set_best(s, p->car);
}

/* Some car's best lap, the quickest of all. */
static const struct tel_lap *any_best(const struct tel_set *s)
{
	const struct tel_lap *best = NULL;

	for (uint32_t i = 0; i < s->ncars; i++) {
		const struct tel_lap *l =
			s->cars[i].match.found ? tel_set_best(s, (uint32_t)s->cars[i].match.car) : NULL;
		if (l && (!best || l->time < best->time))
			best = l;
	}
	return best;
}

/* Where REF has no telemetry YOUR laps are set against YOUR own best; where YOU have none, those of the quickest car that has. */
static void choose_own(struct tel_view *v)
{
	const struct tel_set *s = v->part->set;
	const struct tel_lap *best = v->lap[TEL_YOU];

	if (best) {
		v->lap[TEL_REF] = best_but(s, (uint16_t)tel_session_car(s, best), best);
		return;
	}
	best = v->want.you != NO_CAR ? tel_set_best(s, v->want.you) : NULL;
	v->lap[TEL_REF] = best ? best : any_best(s);
	if (v->lap[TEL_REF])
		v->lap[TEL_YOU] = best_but(s, (uint16_t)tel_session_car(s, v->lap[TEL_REF]), v->lap[TEL_REF]);
}

static void choose_laps(struct tel_view *v)
{
	const struct tel_set *s = v->part->set;
	const struct tel_want_view *w = &v->want;

	for (int k = 0; k < TEL_SLOTS; k++)
		v->lap[k] = picked(s, &w->pick[k]);
	if (!v->lap[TEL_REF] && w->ref != NO_CAR)
		v->lap[TEL_REF] = tel_set_best(s, w->ref);
	if (!v->lap[TEL_REF])
		choose_own(v);
	else if (!v->lap[TEL_YOU] && w->you != NO_CAR)
		v->lap[TEL_YOU] = best_but(s, w->you, v->lap[TEL_REF]);
	if (!v->lap[TEL_YOU] && v->lap[TEL_REF])
		v->lap[TEL_YOU] = best_but(s, (uint16_t)tel_session_car(s, v->lap[TEL_REF]), v->lap[TEL_REF]);
	if (!v->lap[TEL_YOU]) { /* a single lap: alone is better than nothing */
		v->lap[TEL_YOU] = v->lap[TEL_REF];
		v->lap[TEL_REF] = NULL;
	}
	if (!v->lap[TEL_YOU] && s->nlaps)
		v->lap[TEL_YOU] = &s->lap[0];
}

/* The corners that are worth a note: of the two cars that are compared, whatever laps are looked at. */
static bool advise(struct tel_view *v, struct err *err)
{
	const struct tel_set *s = v->part->set;
	const struct tel_want_view *w = &v->want;
	struct tel_five five;

	if (w->you == NO_CAR || w->ref == NO_CAR || w->you == w->ref || !tel_set_best(s, w->you) ||
	    !tel_set_best(s, w->ref))
		return true;
	return tel_five_make(s, w->ref, w->you, v->arena, &five, err) &&
	       tel_advise(s, &five, v->arena, &v->advices, err);
}

static bool fill(struct tel_view *v, struct err *err)
{
	const struct tel_set *s = v->part->set;
	const struct tel_lap *you, *ref, *third;

	v->five.why = "";
	if (!s)
		return true;
	choose_laps(v);
	if (!advise(v, err))
		return false;
	you = v->lap[TEL_YOU];
	ref = v->lap[TEL_REF];
	third = v->lap[TEL_THIRD];
	for (int k = 0; k < TEL_SLOTS; k++)
		if (v->lap[k] && !tel_grip_make(s, v->lap[k], &v->grip[k], err))
			return false;
	if (!you || !ref)
		return true;
	return tel_table_make(s, ref, you, v->arena, &v->table, err) &&
	       (!third || tel_table_make(s, ref, third, v->arena, &v->third, err)) &&
	       tel_five_make(s, tel_session_car(s, ref), tel_session_car(s, you), v->arena, &v->five, err);
}

uint16_t tel_view_car(const struct tel_view *v, enum tel_slot slot)
{
	return v->lap[slot] ? (uint16_t)tel_session_car(v->part->set, v->lap[slot]) : NO_CAR;
}

struct tel_view *tel_view_new(struct tel_part *p, const struct tel_want_view *w, struct err *err)
{
	struct tel_view *v = calloc(1, sizeof(*v));

	if (v)
		v->arena = arena_new(CEILING);
	if (!v || !v->arena) {
		free(v);
		err_set(err, ERR_NOMEM, "no memory to compare laps");
		return NULL;
	}
	v->part = p;
	v->want = *w;
	if (!fill(v, err)) {
		tel_view_free(v);
		return NULL;
	}
	return v;
}

void tel_view_free(struct tel_view *v)
{
	if (!v)
		return;
	arena_free(v->arena);
	free(v);
}

void tel_part_free(struct tel_part *p)
{
	if (!p)
		return;
	tel_set_free(p->set);
	arena_free(p->arena);
	free(p);
}
