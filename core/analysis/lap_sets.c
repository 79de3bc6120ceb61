#include "core/analysis/lap_sets.h"

#include "core/analysis/class_clock.h"

struct side {
	const struct lap_set *set;
	struct class_clock clock;
};

static ms_t minus_class(const struct side *s, uint32_t i, int sector, int mini)
{
	return class_clock_minus(&s->clock, s->set->lap[i], place_times(s->set->an->session, sector, mini));
}

static ms_t difference(const struct side *ref, const struct side *you, uint32_t i, int sector, int mini)
{
	ms_t a = minus_class(ref, i, sector, mini), b = minus_class(you, i, sector, mini);

	return a == MS_NONE || b == MS_NONE ? MS_NONE : b - a;
}

static bool in_clear_air(const struct side *s, uint32_t i)
{
	return s->set->an->order.air[s->set->lap[i]].air == AIR_CLEAR;
}

static void fill_pair(const struct side *ref, const struct side *you, uint32_t i, struct lap_pair *p)
{
	*p = (struct lap_pair){.ref = ref->set->lap[i], .you = you->set->lap[i], .gap = MS_NONE};
	p->number = you->set->an->session->laps.number[p->you];
	p->delta = difference(ref, you, i, -1, -1);
	for (int k = 0; k < SECTORS; k++)
		p->sector[k] = difference(ref, you, i, k, -1);
	for (int k = 0; k < MINIS; k++)
		p->mini[k] = difference(ref, you, i, -1, k);
	/* Sectors do not add up to the lap any more: each has its own class median. */
	p->complete = false;
	p->clean = p->delta != MS_NONE;
	p->clear_air = p->clean && in_clear_air(ref, i) && in_clear_air(you, i);
}

bool compare_sets_make(const struct lap_set *ref, const struct lap_set *you, struct arena *arena,
		       struct comparison *out, struct err *err)
{
	struct side a = {.set = ref}, b = {.set = you};
	uint32_t n = ref->n < you->n ? ref->n : you->n;

	*out = (struct comparison){.ref = ref->car, .you = you->car, .normalised = true, .ledger_sum = MS_NONE};
	out->pairs = ARENA_ARRAY(arena, n, struct lap_pair);
	if (!out->pairs)
		return err_set(err, ERR_NOMEM, "out of memory for the comparison");
	if (!class_clock_make(ref->an, ref->car, arena, &a.clock, err) ||
	    !class_clock_make(you->an, you->car, arena, &b.clock, err))
		return false;
	for (uint32_t i = 0; i < n; i++) {
		fill_pair(&a, &b, i, &out->pairs[i]);
		out->nclean += out->pairs[i].clean;
		out->nclear += out->pairs[i].clear_air;
	}
	out->npairs = n;
	return compare_figures(you->an, out, arena, err);
}
