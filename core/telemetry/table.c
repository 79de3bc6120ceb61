/* One lap of YOURS against one of REF's, corner by corner, with what is usual beside it. */
#include <math.h>
#include <stdlib.h>

#include "core/telemetry/figures.h"

/* YOUR car's other usable laps, clean ones; indexes in set.lap. */
static uint32_t other_laps(const struct tel_set *s, const struct tel_lap *you, uint32_t *out)
{
	const struct tel_set_car *c = &s->cars[you->car];
	uint32_t n = 0;

	for (uint32_t i = c->first; i < c->first + c->n; i++)
		if (&s->lap[i] != you && s->lap[i].usable && s->lap[i].clean)
			out[n++] = i;
	return n;
}

/* Usual times are differences to REF's. */
static bool is_time(enum tel_figure f)
{
	return f == FIG_LOST || f == FIG_IN || f == FIG_OUT;
}

static void usual(const struct tel_set *s, struct tel_row *r, const uint32_t *lap, uint32_t n, double *room)
{
	for (int f = 0; f < FIG_COUNT; f++) {
		unsigned known = 0;

		for (uint32_t i = 0; i < n; i++) {
			double x = tel_figure(tel_corner_at(s, &s->lap[lap[i]], r->corner), (enum tel_figure)f);

			if (is_time((enum tel_figure)f))
				x -= tel_figure(&r->ref, (enum tel_figure)f);
			if (!isnan(x))
				room[known++] = x;
		}
		r->usual[f] = tel_range_of(room, known);
	}
}

static unsigned outside(const struct tel_set *s, const struct tel_row *r, double floor)
{
	unsigned bits = 0;

	for (int f = 0; f < FIG_COUNT; f++) {
		double x = tel_figure(&r->you, (enum tel_figure)f);
		double least = tel_figure_floor(&s->options, (enum tel_figure)f, floor);
		const struct tel_range *u = &r->usual[f];

		if (is_time((enum tel_figure)f))
			x -= tel_figure(&r->ref, (enum tel_figure)f);
		if (u->n >= TEL_LEAST && (x > u->high + least || x < u->low - least))
			bits |= 1u << f;
	}
	return bits;
}

static int by_lost(const void *a, const void *b)
{
	const struct tel_row *x = a, *y = b;

	if (isnan(x->lost) != isnan(y->lost))
		return isnan(x->lost) ? 1 : -1;
	if (x->lost != y->lost && !isnan(x->lost))
		return x->lost > y->lost ? -1 : 1;
	return x->corner < y->corner ? -1 : 1;
}

static void fill_row(const struct tel_set *s, const struct tel_table *t, struct tel_row *r)
{
	r->you = *tel_corner_at(s, t->delta.you, r->corner);
	r->ref = *tel_corner_at(s, t->delta.ref, r->corner);
	r->lost = r->you.time - r->ref.time;
	r->claim = !r->you.hole && !r->ref.hole && fabs(r->lost) > t->delta.floor;
}

bool tel_table_make(const struct tel_set *s, const struct tel_lap *ref, const struct tel_lap *you, struct arena *arena,
		    struct tel_table *out, struct err *err)
{
	uint32_t most = s->cars[you->car].n, *lap = ARENA_ARRAY(arena, most, uint32_t);
	double *room = ARENA_ARRAY(arena, most, double);

	*out = (struct tel_table){.n = s->ncorners, .complete = s->ncorners > 0};
	out->row = ARENA_ARRAY(arena, s->ncorners, struct tel_row);
	out->usual = ARENA_ARRAY(arena, most, uint16_t);
	if (!lap || !room || !out->row || !out->usual)
		return err_set(err, ERR_NOMEM, "no memory for a comparison of laps");
	if (!tel_delta_make(s, ref, you, arena, &out->delta, err))
		return false;
	out->nusual = other_laps(s, you, lap);
	for (uint32_t i = 0; i < out->nusual; i++)
		out->usual[i] = s->lap[lap[i]].number;
	for (uint32_t c = 0; c < s->ncorners; c++) {
		struct tel_row *r = &out->row[c];

		r->corner = c;
		fill_row(s, out, r);
		usual(s, r, lap, out->nusual, room);
		r->outside = outside(s, r, out->delta.floor);
		out->sum += isnan(r->lost) ? 0 : r->lost;
		out->complete = out->complete && !isnan(r->lost);
	}
	qsort(out->row, out->n, sizeof *out->row, by_lost);
	return true;
}
