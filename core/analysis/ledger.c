#include "core/analysis/ledger.h"

#include <stdlib.h>

struct draft { /* rows while they are being filled */
	const struct analysis *an;
	struct comparison *c;
	struct arena *arena;
	uint32_t *all; /* the indexes of all rows, one stretch */
};

const char *ledger_name(enum ledger_kind k)
{
	static const char *const name[LEDGER_KINDS] = {"start",     "pit",     "caution",  "behind",
						       "clear air", "penalty", "not known"};

	return k < LEDGER_KINDS ? name[k] : "";
}

const struct ledger_row *ledger_find(const struct comparison *c, enum ledger_kind kind)
{
	for (uint32_t i = 0; i < c->nledger; i++)
		if (c->ledger[i].kind == kind)
			return &c->ledger[i];
	return NULL;
}

/* A sum that crafted files cannot push over the end; MS_NONE stays reserved. */
static ms_t add_ms(ms_t a, int64_t b)
{
	int64_t v = (int64_t)a + b;

	if (v > MS_MAX)
		return MS_MAX;
	return v <= MS_NONE ? MS_NONE + 1 : (ms_t)v;
}

static enum ledger_kind kind_of(const struct analysis *an, const struct lap_pair *p, uint16_t *behind)
{
	const struct lap_class *k = &an->classes.lap[p->you];
	const struct lap_air *air = &an->order.air[p->you];

	*behind = NO_CAR;
	if (p->number == 1)
		return LEDGER_START;
	if (k->in || k->out)
		return LEDGER_PIT;
	if (lap_under_caution(k))
		return LEDGER_CAUTION;
	if (air->air == AIR_UNKNOWN)
		return LEDGER_UNKNOWN;
	if (air->air == AIR_CLEAR)
		return LEDGER_CLEAR;
	*behind = air->ahead;
	return LEDGER_BEHIND;
}

static struct ledger_row *row_for(struct draft *d, enum ledger_kind kind, uint16_t behind)
{
	struct comparison *c = d->c;
	struct ledger_row *r;

	for (uint32_t i = 0; i < c->nledger; i++)
		if (c->ledger[i].kind == kind && c->ledger[i].behind == behind)
			return &c->ledger[i];
	r = &c->ledger[c->nledger++];
	*r = (struct ledger_row){.kind = kind, .behind = behind, .pairs = d->all};
	return r;
}

static void add_sectors(struct ledger_row *r, const struct lap_pair *p)
{
	for (int i = 0; i < SECTORS; i++) {
		if (p->sector[i] == MS_NONE || r->sector[i] == MS_NONE)
			r->sector[i] = MS_NONE;
		else
			r->sector[i] = add_ms(r->sector[i], p->sector[i]);
	}
}

static void add_pair(struct ledger_row *r, const struct lap_pair *p, uint32_t index)
{
	r->pairs[r->n++] = index;
	r->sum = add_ms(r->sum, p->delta);
	r->faster += p->delta < 0;
	add_sectors(r, p);
}

/* What the lap differences leave of the gap: laps that are missing for one of the two, a clock that starts elsewhere. */
static int64_t left_over(const struct comparison *c)
{
	int64_t sum = 0;

	if (c->npairs == 0 || c->pairs[c->npairs - 1].gap == MS_NONE)
		return 0;
	for (uint32_t i = 0; i < c->npairs; i++)
		sum += c->pairs[i].delta;
	return (int64_t)c->pairs[c->npairs - 1].gap - sum;
}

static void add_without_laps(struct draft *d, enum ledger_kind kind, int64_t sum)
{
	struct ledger_row *r;

	if (sum == 0)
		return;
	r = row_for(d, kind, NO_CAR);
	r->sum = add_ms(r->sum, sum);
	for (int i = 0; i < SECTORS; i++)
		r->sector[i] = MS_NONE;
}

/* Penalties are given after the race, so a cut does not know them. */
static int64_t penalties(const struct draft *d)
{
	const struct session *s = d->an->session;
	const struct analysis_options *o = &d->an->options;
	ms_t you, ref;

	if (o->lap != 0 || o->elapsed != MS_NONE)
		return 0;
	you = car_penalty(s, &s->cars[d->c->you]);
	ref = car_penalty(s, &s->cars[d->c->ref]);
	return (int64_t)(you == MS_NONE ? 0 : you) - (ref == MS_NONE ? 0 : ref);
}

static int by_first_lap(const void *a, const void *b)
{
	const struct ledger_row *x = a, *y = b;
	bool x_end = x->kind >= LEDGER_PENALTY, y_end = y->kind >= LEDGER_PENALTY;

	if (x_end || y_end)
		return x_end && y_end ? (int)y->kind - (int)x->kind : (int)x_end - (int)y_end;
	return x->pairs[0] < y->pairs[0] ? -1 : x->pairs[0] > y->pairs[0];
}

/* One stretch of indexes for all rows: each row's share is known after a first count. */
static bool share_indexes(struct draft *d)
{
	struct comparison *c = d->c;
	uint32_t at = 0;
	uint16_t behind;

	d->all = ARENA_ARRAY(d->arena, c->npairs, uint32_t);
	if (!d->all)
		return false;
	for (uint32_t i = 0; i < c->npairs; i++) {
		enum ledger_kind k = kind_of(d->an, &c->pairs[i], &behind);

		row_for(d, k, behind)->n++;
	}
	for (uint32_t i = 0; i < c->nledger; i++) {
		c->ledger[i].pairs = d->all + at;
		at += c->ledger[i].n;
		c->ledger[i].n = 0;
	}
	return true;
}

bool ledger_make(const struct analysis *an, struct comparison *c, struct arena *arena, struct err *err)
{
	struct draft d = {.an = an, .c = c, .arena = arena};
	uint16_t behind;

	c->ledger_sum = MS_NONE;
	c->nledger = 0;
	if (an->session->kind != KIND_RACE || c->npairs == 0)
		return true;
	/* One row a car at most, and the other kinds. */
	c->ledger = ARENA_ARRAY(arena, (size_t)an->session->ncars + LEDGER_KINDS, struct ledger_row);
	if (!c->ledger || !share_indexes(&d))
		return err_set(err, ERR_NOMEM, "out of memory for the ledger");
	for (uint32_t i = 0; i < c->npairs; i++) {
		enum ledger_kind k = kind_of(an, &c->pairs[i], &behind);

		add_pair(row_for(&d, k, behind), &c->pairs[i], i);
	}
	add_without_laps(&d, LEDGER_UNKNOWN, left_over(c));
	add_without_laps(&d, LEDGER_PENALTY, penalties(&d));
	qsort(c->ledger, c->nledger, sizeof *c->ledger, by_first_lap);
	c->ledger_sum = 0;
	for (uint32_t i = 0; i < c->nledger; i++)
		c->ledger_sum = add_ms(c->ledger_sum, c->ledger[i].sum);
	return true;
}
