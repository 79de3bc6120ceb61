#include "core/analysis/pit_loss.h"

#include <stdlib.h>
#include <string.h>

#include "core/analysis/stat.h"

struct member {
	const char *class_name;
	uint32_t car;
};

static int by_class(const void *a, const void *b)
{
	const struct member *x = a, *y = b;
	int c = strcmp(x->class_name, y->class_name);

	return c ? c : (x->car > y->car) - (x->car < y->car);
}

static uint32_t add_clean(const struct session *s, const struct classes *c, uint32_t car, double *v)
{
	uint32_t n = 0;

	for (uint32_t i = s->cars[car].first; i < s->cars[car].first + c->seen[car]; i++)
		if (c->lap[i].status == LAP_CLEAN)
			v[n++] = s->laps.time[i];
	return n;
}

/* Losses of one car against its class; a stop is an in-lap with the out-lap after it, which is no in-lap again. */
static uint32_t add_stops(const struct session *s, const struct classes *c, uint32_t car, double median, double *v)
{
	uint32_t first = s->cars[car].first, n = 0;

	for (uint32_t i = first + 1; i < first + c->seen[car]; i++) {
		const struct lap_class *in = &c->lap[i - 1], *out = &c->lap[i];
		bool follows = s->laps.number[i - 1] + 1 == s->laps.number[i];
		bool by_hand = in->status == LAP_EXCLUDED || out->status == LAP_EXCLUDED;
		if (in->in && out->out && !out->in && follows && !by_hand && s->laps.number[i - 1] > 1)
			v[n++] = (double)s->laps.time[i - 1] + s->laps.time[i] - 2 * median;
	}
	return n;
}

/* One class: members [from, to). */
static uint32_t class_stops(const struct session *s, const struct classes *c, const struct member *m, uint32_t n,
			    double *clean, double *stops)
{
	uint32_t nclean = 0, nstops = 0;

	for (uint32_t i = 0; i < n; i++)
		nclean += add_clean(s, c, m[i].car, clean + nclean);
	if (nclean == 0)
		return 0;
	double median = dbl_median(clean, nclean);
	for (uint32_t i = 0; i < n; i++)
		nstops += add_stops(s, c, m[i].car, median, stops + nstops);
	return nstops;
}

static uint32_t all_stops(const struct session *s, const struct analysis_options *o, const struct classes *c,
			  struct member *m, double *clean, double *stops)
{
	uint32_t nstops = 0;

	for (uint32_t i = 0; i < s->ncars; i++)
		m[i] = (struct member){s->cars[i].class_name, i};
	if (s->ncars > 1)
		qsort(m, s->ncars, sizeof *m, by_class);
	for (uint32_t from = 0, to; from < s->ncars; from = to) {
		to = from + 1;
		while (to < s->ncars && strcmp(m[to].class_name, m[from].class_name) == 0)
			to++;
		if (analysis_in_class(o, &s->cars[m[from].car]))
			nstops += class_stops(s, c, m + from, to - from, clean, stops + nstops);
	}
	return nstops;
}

bool pit_loss_of(const struct session *s, const struct analysis_options *o, const struct classes *c, ms_t *loss,
		 uint32_t *stops, struct err *err)
{
	struct arena *scratch = arena_new(0);
	struct member *m = scratch ? ARENA_ARRAY(scratch, s->ncars, struct member) : NULL;
	double *clean = m ? ARENA_ARRAY(scratch, s->laps.n, double) : NULL;
	double *v = clean ? ARENA_ARRAY(scratch, s->laps.n, double) : NULL;

	if (!v) {
		arena_free(scratch);
		return err_set(err, ERR_NOMEM, "no memory for the pit loss of %s", s->id);
	}
	*stops = all_stops(s, o, c, m, clean, v);
	*loss = *stops ? (ms_t)round_half_away(dbl_median(v, *stops)) : MS_NONE;
	if (o->pit_loss != MS_NONE)
		*loss = o->pit_loss;
	arena_free(scratch);
	return true;
}
