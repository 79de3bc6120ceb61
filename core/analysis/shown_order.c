#include <stdlib.h>

#include "core/analysis/analysis.h"

/* What a car is shown with: the official figures where they decide, else its own. */
struct shown {
	uint16_t car, row; /* row: in the table as driven */
	int32_t position;  /* official; INT32_MAX without one */
	int32_t laps;
	ms_t time;    /* races: total with penalty; else the best lap */
	int32_t grid; /* of a car that has no place yet: INT32_MAX unknown; 0 it has one */
};

const struct official *car_official(const struct car *c)
{
	if (c->final.present)
		return &c->final;
	return c->provisional.present ? &c->provisional : NULL;
}

ms_t car_penalty(const struct session *s, const struct car *c)
{
	const struct official *of = car_official(c);

	if (!of || of->total == MS_NONE || c->n == 0)
		return MS_NONE;
	uint32_t last = c->first + c->n - 1;
	/* Another number of laps: the total is of another lap, not a penalty. */
	bool same_laps = of->laps < 0 || of->laps == s->laps.number[last];
	if (s->laps.elapsed[last] == MS_NONE || !same_laps)
		return MS_NONE;
	return of->total - s->laps.elapsed[last];
}

static struct shown as_driven(const struct analysis *an, uint32_t row)
{
	const struct place *p = &an->order.table[row];
	bool race = an->session->kind == KIND_RACE;
	ms_t time = race ? p->total : an->bests.car[p->car].best.time;
	int32_t grid = an->session->cars[p->car].grid;
	bool placed = race ? p->laps > 0 : time != MS_NONE;

	return (struct shown){
		p->car, (uint16_t)row, INT32_MAX, race ? p->laps : 0, time, placed ? 0 : grid > 0 ? grid : INT32_MAX};
}

static void take_official(const struct session *s, struct shown *sh)
{
	const struct official *of = car_official(&s->cars[sh->car]);

	if (!of)
		return;
	if (of->position > 0)
		sh->position = of->position;
	ms_t time = s->kind == KIND_RACE ? of->total : of->fastest;
	if (time != MS_NONE)
		sh->time = time;
	if (s->kind == KIND_RACE && of->laps >= 0)
		sh->laps = of->laps;
}

static int by_position(const void *a, const void *b)
{
	const struct shown *x = a, *y = b;
	int c = (x->position > y->position) - (x->position < y->position);

	if (c == 0)
		c = (x->grid > y->grid) - (x->grid < y->grid);
	return c ? c : (x->row > y->row) - (x->row < y->row);
}

/* Places: the official ones; a car without stands behind them all, as driven. Before its first crossing it has none. */
static void number_places(const struct shown *sh, uint32_t n, uint16_t *place)
{
	uint16_t last = 0;

	for (uint32_t i = 0; i < n; i++) {
		bool given = sh[i].position <= UINT16_MAX;

		place[i] = 0;
		if (!given && sh[i].grid > 0)
			continue;
		last = given ? (uint16_t)sh[i].position : (uint16_t)(last + 1);
		place[i] = last;
	}
}

static ms_t time_between(const struct shown *behind, const struct shown *ahead)
{
	if (behind->laps != ahead->laps || behind->time == MS_NONE || ahead->time == MS_NONE)
		return MS_NONE;
	return behind->time - ahead->time;
}

static uint16_t laps_between(const struct shown *behind, const struct shown *ahead)
{
	return (uint16_t)(ahead->laps > behind->laps ? ahead->laps - behind->laps : 0);
}

/* As driven, the table has them. */
static void table_gaps(const struct analysis *an, struct shown_order *out)
{
	for (uint32_t i = 0; i < an->session->ncars; i++) {
		const struct place *p = &an->order.table[i];
		out->gap[i] = p->gap;
		out->gap_laps[i] = p->gap_laps;
		out->interval[i] = p->interval;
		out->interval_laps[i] = p->interval_laps;
	}
}

/* To the leader and to the car ahead, both of the chosen class. */
static void official_gaps(const struct analysis *an, const struct shown *sh, uint32_t n, struct shown_order *out)
{
	const struct shown *leader = NULL, *ahead = NULL;

	for (uint32_t i = 0; i < n; i++) {
		out->gap[i] = out->interval[i] = MS_NONE;
		if (!analysis_in_class(&an->options, &an->session->cars[sh[i].car]))
			continue;
		if (!leader)
			leader = &sh[i];
		out->gap[i] = time_between(&sh[i], leader);
		out->gap_laps[i] = laps_between(&sh[i], leader);
		if (ahead) {
			out->interval[i] = time_between(&sh[i], ahead);
			out->interval_laps[i] = laps_between(&sh[i], ahead);
		}
		ahead = &sh[i];
	}
}

static bool any_official(const struct session *s)
{
	for (uint32_t i = 0; i < s->ncars; i++) {
		const struct official *of = car_official(&s->cars[i]);
		if (of && of->position > 0)
			return true;
	}
	return false;
}

static bool reserve(struct arena *a, uint32_t n, struct shown_order *out)
{
	out->car = ARENA_ARRAY(a, n, uint16_t);
	out->place = ARENA_ARRAY(a, n, uint16_t);
	out->gap = ARENA_ARRAY(a, n, ms_t);
	out->interval = ARENA_ARRAY(a, n, ms_t);
	out->gap_laps = ARENA_ARRAY(a, n, uint16_t);
	out->interval_laps = ARENA_ARRAY(a, n, uint16_t);
	return out->car && out->place && out->gap && out->interval && out->gap_laps && out->interval_laps;
}

bool shown_order_make(const struct analysis *an, struct arena *a, struct shown_order *out, struct err *err)
{
	const struct session *s = an->session;
	struct shown *sh = malloc((s->ncars + (size_t)1) * sizeof *sh);

	if (!sh || !reserve(a, s->ncars, out)) {
		free(sh);
		return err_set(err, ERR_NOMEM, "no memory for the order of %s", s->id);
	}
	out->official = !analysis_is_cut(&an->options) && any_official(s);
	for (uint32_t i = 0; i < s->ncars; i++) {
		sh[i] = as_driven(an, i);
		if (out->official)
			take_official(s, &sh[i]);
	}
	if (s->ncars > 1)
		qsort(sh, s->ncars, sizeof *sh, by_position);
	for (uint32_t i = 0; i < s->ncars; i++)
		out->car[i] = sh[i].car;
	number_places(sh, s->ncars, out->place);
	if (out->official)
		official_gaps(an, sh, s->ncars, out);
	else
		table_gaps(an, out);
	free(sh);
	return true;
}
