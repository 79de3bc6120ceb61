#include "core/telemetry/delta.h"

#include <math.h>

#include "core/telemetry/words.h"

static const char *why_unknown(const struct tel_set *s, const struct tel_lap *l, struct arena *a, struct err *err)
{
	const char *car = s->session->cars[tel_session_car(s, l)].id;

	if (l->usable)
		return "";
	return tel_say(a, err, "car %s lap %u: %s", car, (unsigned)l->number, l->why);
}

static double rms(double sum, unsigned n)
{
	return n ? sqrt(sum / n) : (double)NAN;
}

/* Loops known on both laps: the official difference, and what the trace would miss it by. */
static void lines(struct tel_delta *d)
{
	double squares = 0, checks = 0;
	unsigned n = 0;

	d->nlines = d->you->nlines;
	for (unsigned i = 0; i < d->nlines; i++) {
		const struct tel_line *y = &d->you->line[i], *r = &d->ref->line[i];
		struct tel_delta_line *x = &d->line[i];

		*x = (struct tel_delta_line){.name = y->name,
					     .at = y->at,
					     .official = NAN,
					     .residual = y->residual - r->residual,
					     .check = y->check - r->check};
		if (y->official != MS_NONE && r->official != MS_NONE)
			x->official = (y->official - r->official) / 1000.0;
		if (isnan(x->residual) || isnan(x->check))
			continue;
		squares += x->residual * x->residual;
		checks += x->check * x->check;
		n++;
	}
	d->residual = rms(squares, n);
	d->check = rms(checks, n);
	d->floor = n && d->you != d->ref ? 2 * d->check : d->you == d->ref ? 0 : (double)INFINITY;
}

static void difference(const float *you, const float *ref, uint32_t n, float *out)
{
	for (uint32_t i = 0; i < n; i++)
		out[i] = you && ref ? you[i] - ref[i] : NAN;
}

bool tel_delta_make(const struct tel_set *s, const struct tel_lap *ref, const struct tel_lap *you, struct arena *arena,
		    struct tel_delta *out, struct err *err)
{
	*out = (struct tel_delta){.ref = ref, .you = you, .why = "", .residual = NAN, .check = NAN, .floor = INFINITY};
	out->end = you->time - ref->time;
	out->error = you->error - ref->error;
	out->d = ARENA_ARRAY(arena, s->n, float);
	out->speed = ARENA_ARRAY(arena, s->n, float);
	if (!out->d || !out->speed)
		return err_set(err, ERR_NOMEM, "no memory for a comparison of laps");
	out->known = you->usable && ref->usable;
	if (!out->known)
		out->why = why_unknown(s, you->usable ? ref : you, arena, err);
	if (!out->why)
		return false;
	difference(out->known ? you->t : NULL, ref->t, s->n, out->d);
	difference(you->v[TEL_SPEED], ref->v[TEL_SPEED], s->n, out->speed);
	lines(out);
	return true;
}

double tel_delta_between(const struct tel_set *s, const struct tel_delta *d, double from, double to)
{
	return (double)d->d[tel_point(s, to)] - (double)d->d[tel_point(s, from)];
}
