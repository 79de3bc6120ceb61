/* What the panes of screen 3 show, worked out once for each view. */
#include <string.h>

#include "tui/screens/compare.h"

enum { CEILING = 16 << 20 };

bool cmp_paired(const struct cmp_screen *c)
{
	return c->view && c->view->paired && c->arena;
}

bool cmp_timed(const struct cmp_screen *c)
{
	return view_is_timed(c->view);
}

const char *cmp_id(const struct cmp_screen *c, uint16_t car)
{
	return c->view->session->cars[car].id;
}

const struct comparison *cmp_of(const struct cmp_screen *c, unsigned car)
{
	if (car == 1)
		return NULL;
	return car == 0 ? &c->view->cmp : &c->view->more_cmp[car - 2];
}

const struct lap_pair *cmp_lap(const struct cmp_screen *c)
{
	int at = c->rows[CMP_TABLE].cursor;

	return at >= 0 && (uint32_t)at < c->npair ? &c->pair[at] : NULL;
}

uint16_t cmp_car(const struct cmp_screen *c)
{
	if (c->focus != CMP_SPREAD || c->ncars == 0)
		return NO_CAR;
	return c->cars[(unsigned)c->rows[CMP_SPREAD].cursor % c->ncars];
}

static void take_cars(struct cmp_screen *c)
{
	const struct view *v = c->view;

	c->cars[0] = v->you;
	c->cars[1] = v->ref;
	c->ncars = 2;
	for (uint32_t i = 0; i < v->nmore; i++)
		c->cars[c->ncars++] = v->more[i];
}

/* Laps of one number, all or those in clear air. */
static bool take_laps(struct cmp_screen *c)
{
	const struct comparison *cmp = &c->view->cmp;

	c->pair = ARENA_ARRAY(c->arena, cmp->npairs, struct lap_pair);
	if (!c->pair)
		return false;
	for (uint32_t i = 0; i < cmp->npairs; i++)
		if (!c->clear || cmp->pairs[i].clear_air)
			c->pair[c->npair++] = cmp->pairs[i];
	return true;
}

static bool fill(struct cmp_screen *c)
{
	const struct view *v = c->view;
	struct err err;

	take_cars(c);
	for (unsigned i = 0; i < c->ncars; i++)
		if (i != 1 && !duel_make(v->analysis, cmp_of(c, i), c->arena, &c->duel[i ? i - 1 : 0], &err))
			return false;
	if (!cmp_timed(c))
		return take_laps(c);
	c->pair = duel_best_laps(v->analysis, v->ref, v->you, c->arena, &c->npair);
	return c->pair != NULL;
}

void cmp_data_free(struct cmp_screen *c)
{
	arena_free(c->arena);
	c->arena = NULL;
	c->pair = NULL;
	c->npair = 0;
	c->ncars = 0;
}

/* The row of the lap the cursor was on; the last one when it was on the last, so that it follows a race that goes on. */
static int row_again(const struct cmp_screen *c, unsigned number, bool last)
{
	int row = last || cmp_timed(c) ? (int)c->npair - 1 : 0;

	for (uint32_t i = 0; !last && i < c->npair && c->pair[i].number <= number; i++)
		row = (int)i;
	return row;
}

void cmp_data_make(struct cmp_screen *c, bool same_session)
{
	const struct lap_pair *at = cmp_lap(c);
	unsigned number = at ? at->number : 0;
	bool last = !same_session || c->rows[CMP_TABLE].cursor + 1 >= (int)c->npair;

	cmp_data_free(c);
	if (!c->view || !c->view->paired)
		return;
	c->arena = arena_new(CEILING);
	if (c->arena && !fill(c))
		cmp_data_free(c);
	c->rows[CMP_TABLE].cursor = cmp_timed(c) && !same_session ? 0 : row_again(c, number, last);
}
