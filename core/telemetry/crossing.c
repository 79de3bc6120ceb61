#include "core/telemetry/crossing.h"

#include <math.h>

static const double day_ms = 86400000;

bool tel_official_ends(const struct session *s, uint32_t car, struct arena *arena, double **ends, struct err *err)
{
	const struct car *c = &s->cars[car];
	double *e = ARENA_ARRAY(arena, c->n, double), wrapped = 0, last = NAN;

	if (!e)
		return err_set(err, ERR_NOMEM, "no memory for the crossings of car %s", c->id);
	for (uint32_t i = 0; i < c->n; i++) {
		uint32_t lap = c->first + i;

		e[i] = NAN;
		if (s->laps.hour[lap] != MS_NONE)
			e[i] = s->laps.hour[lap] + wrapped;
		else if (s->clock_start != MS_NONE && s->laps.elapsed[lap] != MS_NONE)
			e[i] = (double)s->clock_start + s->laps.elapsed[lap];
		if (s->laps.hour[lap] != MS_NONE && !isnan(last) && e[i] < last - day_ms / 2) {
			wrapped += day_ms; /* the clock has passed midnight */
			e[i] += day_ms;
		}
		if (!isnan(e[i]))
			last = e[i];
	}
	*ends = e;
	return true;
}

enum { GAP = 500, APART = 3000 }; /* ms: ticks closer than this are one run; further than that are two */

static void add_sign(struct tel_signs *s, double t, bool weak)
{
	s->t[s->n] = t;
	s->weak[s->n++] = weak;
}

/* The counter steps between two ticks, or samples begin or end here. */
static void signs_of_ticks(const struct tel_stream *s, struct tel_signs *out)
{
	for (uint32_t i = 0; i < s->n; i++) {
		bool first = i == 0 || s->t[i] - s->t[i - 1] > APART;

		if (first && i > 0)
			add_sign(out, (double)s->t[i - 1], true);
		if (first)
			add_sign(out, (double)s->t[i], true);
		else if (s->lap[i] != s->lap[i - 1] && s->lap[i] != TEL_NO_LAP && s->lap[i - 1] != TEL_NO_LAP &&
			 s->t[i] - s->t[i - 1] <= GAP)
			add_sign(out, (double)(s->t[i] + s->t[i - 1]) / 2, false);
	}
	if (s->n > 0)
		add_sign(out, (double)s->t[s->n - 1], true);
}

static uint32_t count_signs(const struct tel_stream *s)
{
	uint32_t n = 2;

	for (uint32_t i = 1; i < s->n; i++)
		n += s->t[i] - s->t[i - 1] > APART ? 2 : s->lap[i] != s->lap[i - 1];
	return n;
}

/* Where no counter is known, the trigger: its distance falls back between two samples. */
static uint32_t trigger_falls(const struct tel_stream *s, struct tel_signs *out)
{
	const float *d = s->v[TEL_LAPDIST];
	uint32_t n = 0, last = UINT32_MAX;

	for (uint32_t i = 0; d && i < s->n; i++) {
		if (isnan(d[i]))
			continue;
		if (last != UINT32_MAX && d[i] < d[last] - 500 && s->t[i] - s->t[last] <= APART) {
			if (out)
				add_sign(out, (double)(s->t[i] + s->t[last]) / 2, false);
			n++;
		}
		last = i;
	}
	return n;
}

uint32_t tel_signs_strong(const struct tel_signs *s)
{
	uint32_t n = 0;

	for (uint32_t i = 0; i < s->n; i++)
		n += !s->weak[i];
	return n;
}

bool tel_signs_make(const struct tel_stream *s, struct arena *arena, struct tel_signs *out, struct err *err)
{
	uint32_t n = count_signs(s) + trigger_falls(s, NULL);

	*out = (struct tel_signs){.t = ARENA_ARRAY(arena, n, double), .weak = ARENA_ARRAY(arena, n, bool)};
	if (!out->t || !out->weak)
		return err_set(err, ERR_NOMEM, "no memory for the crossings of a car");
	signs_of_ticks(s, out);
	if (tel_signs_strong(out) == 0 && trigger_falls(s, NULL) > 0) {
		out->n = 0;
		trigger_falls(s, out);
	}
	return true;
}

double tel_sign_off(const struct tel_signs *s, double ms, double from, double to)
{
	double best = NAN, weak = NAN;

	for (uint32_t i = 0; i < s->n; i++) {
		double off = s->t[i] - ms, *of = s->weak[i] ? &weak : &best;

		if (off < from || off > to || (s->weak[i] && fabs(off) > 1500))
			continue;
		if (!(fabs(off) >= fabs(*of)))
			*of = off;
	}
	return isnan(best) ? weak : best;
}
