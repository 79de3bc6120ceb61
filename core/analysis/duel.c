#include "core/analysis/duel.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

/* The trap counts in steps of 0.9 km/h: two of them may be chance. */
static const double SPEED_FLOOR = 2.0;
static const double TENTHS = 10.0;

const char *duel_name(enum duel_figure f)
{
	static const char *const name[DUEL_FIGURES] = {
		[DUEL_BEST] = "best",     [DUEL_ROLLING] = "rolling",     [DUEL_IDEAL] = "ideal",
		[DUEL_MEDIAN] = "median", [DUEL_CLEAR_AIR] = "clear air", [DUEL_TREND] = "trend",
		[DUEL_SPREAD] = "spread", [DUEL_TOP_SPEED] = "top speed"};

	return f < DUEL_FIGURES ? name[f] : "";
}

static double known(ms_t t)
{
	return t == MS_NONE ? (double)NAN : t;
}

static struct duel_row row_of(double you, double ref)
{
	return (struct duel_row){.you = you, .ref = ref, .diff = you - ref, .word = ""};
}

/* --- Bests ---------------------------------------------------------------- */

static void best_row(const struct car_best *you, const struct car_best *ref, struct duel_row *r)
{
	*r = row_of(known(you->best.time), known(ref->best.time));
	if (!isnan(r->diff))
		snprintf(r->word, sizeof(r->word), "L%u, L%u", you->best.lap, ref->best.lap);
}

static void rolling_row(const struct car_best *you, const struct car_best *ref, struct duel_row *r)
{
	*r = row_of(known(you->rolling), known(ref->rolling));
	if (!isnan(r->diff))
		snprintf(r->word, sizeof(r->word), "driven");
}

static bool in_one_lap(const struct car_best *b)
{
	return b->part[0].lap == b->part[1].lap && b->part[1].lap == b->part[2].lap;
}

static void ideal_row(const struct car_best *you, const struct car_best *ref, struct duel_row *r)
{
	*r = row_of(known(you->ideal), known(ref->ideal));
	if (!isnan(r->diff))
		snprintf(r->word, sizeof(r->word), "%s",
			 !in_one_lap(you)  ? (in_one_lap(ref) ? "yours not driven" : "not driven")
			 : in_one_lap(ref) ? "driven"
					   : "yours driven");
}

/* --- Medians -------------------------------------------------------------- */

/* The whole lap's row of the comparison. */
static const struct place_row *lap_row(const struct comparison *c)
{
	return c->nrows ? &c->row[0] : NULL;
}

static void by_lap(double you, double ref, const struct interval *i, struct duel_row *r)
{
	*r = row_of(you, ref);
	r->diff = i && i->n ? i->median : (double)NAN;
	if (!isnan(r->diff))
		snprintf(r->word, sizeof(r->word), "by lap");
}

static const struct duel_box no_box = {0, MS_NONE, MS_NONE, MS_NONE, MS_NONE, MS_NONE};

static void box_of(ms_t *t, uint32_t n, struct duel_box *b)
{
	*b = no_box;
	if (n == 0)
		return;
	b->n = n;
	ms_sort(t, n);
	b->min = t[0];
	b->max = t[n - 1];
	b->median = ms_median_sorted(t, n);
	b->q1 = ms_quantile_sorted(t, n, 0.25);
	b->q3 = ms_quantile_sorted(t, n, 0.75);
}

static struct duel_box box_of_pace(const struct pace *p)
{
	if (p->n == 0)
		return no_box;
	return (struct duel_box){p->n,  p->min, p->n > 1 ? p->q1 : p->median, p->median, p->n > 1 ? p->q3 : p->median,
				 p->max};
}

static void clear_boxes(const struct analysis *an, const struct comparison *c, ms_t *you, ms_t *ref, struct duel *out)
{
	uint32_t n = 0;

	out->you_clear = out->ref_clear = no_box;
	out->clear_together = true;
	if (an->session->kind != KIND_RACE) /* laps of one number have nothing in common */
		return;
	for (uint32_t i = 0; i < c->npairs; i++) {
		const struct lap_pair *p = &c->pairs[i];

		if (!p->clear_air)
			continue;
		out->clear_together = out->clear_together && (n == 0 || p->number == out->clear_to + 1);
		out->clear_from = n == 0 ? p->number : out->clear_from;
		out->clear_to = p->number;
		you[n] = an->session->laps.time[p->you];
		ref[n++] = an->session->laps.time[p->ref];
	}
	box_of(you, n, &out->you_clear);
	box_of(ref, n, &out->ref_clear);
}

/* --- Slope, spread, speed --------------------------------------------------- */

/* Clear where the interval of the difference, of two slopes that know nothing of each other, does not hold zero. */
static void trend_row(const struct slope *you, const struct slope *ref, struct duel_row *r)
{
	*r = row_of(you->ols, ref->ols);
	if (isnan(r->diff)) {
		snprintf(r->word, sizeof(r->word), "too few laps");
		return;
	}
	double half = hypot(you->high - you->low, ref->high - ref->low) / 2;
	snprintf(r->word, sizeof(r->word), "%s", fabs(r->diff) > half ? "clear" : "not clear");
}

static void spread_row(const struct pace *you, const struct pace *ref, struct duel_row *r)
{
	*r = row_of(you->n > 1 ? you->mad : (double)NAN, ref->n > 1 ? ref->mad : (double)NAN);
	if (!isnan(r->diff))
		snprintf(r->word, sizeof(r->word), "MAD");
}

struct duel_speed duel_top_speed(const struct analysis *an, uint32_t car)
{
	struct duel_speed top = {0, 0};

	for (uint32_t i = car_first(an, car); i < car_first(an, car) + car_seen(an, car); i++)
		if (an->session->laps.top_speed[i] > top.tenths)
			top = (struct duel_speed){i, an->session->laps.top_speed[i]};
	return top;
}

static bool had_a_tow(const struct analysis *an, const struct duel_speed *s)
{
	uint8_t air = an->order.air[s->lap].air;

	return air == AIR_HELD || air == AIR_CLOSE;
}

static void speed_row(const struct analysis *an, const struct comparison *c, struct duel_row *r)
{
	struct duel_speed you = duel_top_speed(an, c->you), ref = duel_top_speed(an, c->ref);
	const struct duel_speed *faster = you.tenths > ref.tenths ? &you : &ref;

	*r = row_of(you.tenths ? you.tenths / TENTHS : (double)NAN, ref.tenths ? ref.tenths / TENTHS : (double)NAN);
	if (isnan(r->diff))
		return;
	if (fabs(r->diff) < SPEED_FLOOR)
		snprintf(r->word, sizeof(r->word), "under 2.0");
	else if (had_a_tow(an, faster))
		snprintf(r->word, sizeof(r->word), "in the tow");
	else
		snprintf(r->word, sizeof(r->word), "in clear air");
}

/* In practice and qualifying each car's own median: there is no lap by lap. */
static void medians(const struct analysis *an, const struct comparison *c, struct duel *out)
{
	double you = known(an->paces.car[c->you].all.median), ref = known(an->paces.car[c->ref].all.median);
	const struct place_row *lap = lap_row(c);

	if (an->session->kind == KIND_RACE) {
		by_lap(you, ref, lap ? &lap->all : NULL, &out->row[DUEL_MEDIAN]);
		by_lap(known(out->you_clear.median), known(out->ref_clear.median), lap ? &lap->clear : NULL,
		       &out->row[DUEL_CLEAR_AIR]);
		return;
	}
	out->row[DUEL_MEDIAN] = row_of(you, ref);
	snprintf(out->row[DUEL_MEDIAN].word, sizeof(out->row[DUEL_MEDIAN].word), "of each");
	out->row[DUEL_CLEAR_AIR] = row_of((double)NAN, (double)NAN);
}

bool duel_make(const struct analysis *an, const struct comparison *c, struct arena *arena, struct duel *out,
	       struct err *err)
{
	const struct car_best *by = &an->bests.car[c->you], *br = &an->bests.car[c->ref];
	const struct car_pace *py = &an->paces.car[c->you], *pr = &an->paces.car[c->ref];
	ms_t *room = ARENA_ARRAY(arena, 2 * (size_t)c->npairs + 1, ms_t);

	*out = (struct duel){.you = c->you, .ref = c->ref};
	if (!room)
		return err_set(err, ERR_NOMEM, "out of memory for the comparison");
	best_row(by, br, &out->row[DUEL_BEST]);
	rolling_row(by, br, &out->row[DUEL_ROLLING]);
	ideal_row(by, br, &out->row[DUEL_IDEAL]);
	clear_boxes(an, c, room, room + c->npairs, out);
	medians(an, c, out);
	trend_row(&py->trend.raw, &pr->trend.raw, &out->row[DUEL_TREND]);
	spread_row(&py->all, &pr->all, &out->row[DUEL_SPREAD]);
	speed_row(an, c, &out->row[DUEL_TOP_SPEED]);
	out->you_all = box_of_pace(&py->all);
	out->ref_all = box_of_pace(&pr->all);
	return true;
}

/* --- Best laps side by side ------------------------------------------------- */

struct timed {
	ms_t time;
	uint32_t lap;
};

static int quicker_first(const void *a, const void *b)
{
	const struct timed *x = a, *y = b;

	return x->time != y->time ? (x->time > y->time) - (x->time < y->time) : (x->lap > y->lap) - (x->lap < y->lap);
}

/* A lap the officials do not count stays: it was driven, and the row says so. */
static uint32_t best_first(const struct analysis *an, uint32_t car, struct timed *out)
{
	const struct laps *l = &an->session->laps;
	uint32_t n = 0;

	for (uint32_t i = car_first(an, car); i < car_first(an, car) + car_seen(an, car); i++)
		if (l->time[i] != MS_NONE && lap_is_flying(&an->classes.lap[i], l->number[i]))
			out[n++] = (struct timed){l->time[i], i};
	if (n)
		qsort(out, n, sizeof(*out), quicker_first);
	return n;
}

static ms_t minus(ms_t you, ms_t ref)
{
	return you == MS_NONE || ref == MS_NONE ? MS_NONE : you - ref;
}

static void pair_up(const struct laps *l, uint32_t ref, uint32_t you, struct lap_pair *p)
{
	p->ref = ref;
	p->you = you;
	p->delta = minus(l->time[you], l->time[ref]);
	p->gap = MS_NONE;
	p->complete = true;
	for (int i = 0; i < SECTORS; i++) {
		p->sector[i] = minus(l->sector[i][you], l->sector[i][ref]);
		p->complete = p->complete && p->sector[i] != MS_NONE;
	}
	for (int i = 0; i < MINIS; i++)
		p->mini[i] = minus(l->mini[i][you], l->mini[i][ref]);
}

struct lap_pair *duel_best_laps(const struct analysis *an, uint32_t ref, uint32_t you, struct arena *arena, uint32_t *n)
{
	struct timed *y = ARENA_ARRAY(arena, car_seen(an, you), struct timed);
	struct timed *r = ARENA_ARRAY(arena, car_seen(an, ref), struct timed);
	struct lap_pair *out = ARENA_ARRAY(arena, car_seen(an, you), struct lap_pair);

	*n = 0;
	if (!y || !r || !out)
		return NULL;
	uint32_t ny = best_first(an, you, y), nr = best_first(an, ref, r);
	for (; *n < ny && *n < nr; (*n)++) {
		out[*n] = (struct lap_pair){.number = (uint16_t)(*n + 1)};
		pair_up(&an->session->laps, r[*n].lap, y[*n].lap, &out[*n]);
	}
	return out;
}
