#include "core/telemetry/batch.h"

#include <stdlib.h>
#include <string.h>

bool tel_batch_init(struct tel_batch *b)
{
	memset(b, 0, sizeof *b);
	b->lap = BATCH_LAP_SAME;
	b->idents = tel_idents_new();
	return b->idents != NULL;
}

void tel_batch_release(struct tel_batch *b)
{
	tel_idents_free(b->idents);
	free(b->car);
	free(b->tick);
	free(b->map);
}

void tel_batch_clear(struct tel_batch *b)
{
	for (uint32_t i = 0; i < b->ncars; i++)
		b->car[i] = (struct tel_batch_car){.open = 0};
	b->n = 0;
	b->nproblems = 0;
	b->lines = b->rows = b->refused = 0;
	b->lap = BATCH_LAP_SAME;
}

static bool room_for_car(struct tel_batch *b, uint32_t ident)
{
	if (ident >= b->ccap) {
		uint32_t cap = ident * 2 + 64;
		struct tel_batch_car *wider = realloc(b->car, cap * sizeof *wider);
		if (!wider)
			return false;
		b->car = wider;
		b->ccap = cap;
	}
	for (; b->ncars <= ident; b->ncars++)
		b->car[b->ncars] = (struct tel_batch_car){.open = 0};
	return true;
}

uint32_t tel_batch_ident(struct tel_batch *b, const struct tel_who *who)
{
	uint32_t i = tel_idents_get(b->idents, who);

	if (i == TEL_NO_IDENT || room_for_car(b, i))
		return i;
	b->failed = true;
	return TEL_NO_IDENT;
}

static struct tel_batch_tick *new_tick(struct tel_batch *b)
{
	if (b->n == b->cap) {
		size_t cap = b->cap ? b->cap * 2 : 256;
		struct tel_batch_tick *wider = realloc(b->tick, cap * sizeof *wider);
		if (!wider) {
			b->failed = true;
			return NULL;
		}
		b->tick = wider;
		b->cap = cap;
	}
	return &b->tick[b->n++];
}

struct tel_tick *tel_batch_tick(struct tel_batch *b, uint32_t ident, int64_t clock, int64_t meta, uint16_t lap,
				bool outside)
{
	struct tel_batch_car *car = &b->car[ident];
	struct tel_batch_tick *t = car->open ? &b->tick[car->open - 1] : NULL;

	if (!t || t->t.clock != clock || t->t.lap != lap || t->outside != outside || t->t.rows == UINT16_MAX) {
		t = new_tick(b);
		if (!t)
			return NULL;
		t->ident = ident;
		t->outside = outside;
		t->t.clock = clock;
		t->t.meta = meta;
		t->t.mask = 0;
		t->t.lap = lap;
		t->t.rows = 0;
		car->open = (uint32_t)b->n;
	}
	t->t.rows++;
	return &t->t;
}

void tel_batch_refuse(struct tel_batch *b, uint32_t ident, const char *why)
{
	b->refused++;
	if (ident != TEL_NO_IDENT)
		b->car[ident].counts.refused++;
	if (b->nproblems < BATCH_PROBLEMS)
		b->problem[b->nproblems++] = (struct tel_problem){b->lines, why};
}
