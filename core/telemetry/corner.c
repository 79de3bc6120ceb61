#include "core/telemetry/corner.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/analysis/stat.h"
#include "core/telemetry/cut.h"

enum { MINIMA_MAX = 64 }; /* of one lap; a lap with more is not a lap */

struct minimum {
	double at, speed, side; /* m, km/h, g: mean sideways within options.near */
	uint32_t lap;
};

struct finder {
	struct tel_set *s;
	struct minimum *m;
	uint32_t n;
	uint32_t laps; /* usable ones */
	double *room;
};

static bool no_memory(struct err *err)
{
	return err_set(err, ERR_NOMEM, "no memory for the corners");
}

/* --- minima of one lap ------------------------------------------------------------ */

/* Greatest and mean sideways acceleration around a point; false: under the limit. */
static bool turns(const struct tel_set *s, const struct tel_lap *l, uint32_t at, double *mean)
{
	const float *g = l->v[TEL_ACCY];
	uint32_t reach = (uint32_t)(s->options.near / s->step), n = 0;
	double most = 0, sum = 0;

	*mean = 0;
	if (!g)
		return true; /* nobody can say it does not */
	for (uint32_t i = at > reach ? at - reach : 0; i <= at + reach && i < s->n; i++) {
		if (isnan(g[i]))
			continue;
		most = fmax(most, fabs((double)g[i]));
		sum += (double)g[i];
		n++;
	}
	*mean = n ? sum / n : 0;
	return most >= s->options.lateral;
}

static void add_minimum(struct finder *f, uint32_t lap, uint32_t at)
{
	const struct tel_lap *l = &f->s->lap[lap];
	struct minimum *m = &f->m[f->n];

	*m = (struct minimum){.at = tel_metres(f->s, at), .speed = (double)l->v[TEL_SPEED][at], .lap = lap};
	if (turns(f->s, l, at, &m->side))
		f->n++;
}

/* A minimum is one when speed fell to it by the prominence and rises again by it before it falls lower. */
static void minima_of(struct finder *f, uint32_t lap)
{
	const float *v = f->s->lap[lap].v[TEL_SPEED];
	double p = f->s->options.prominence, high = -INFINITY, low = INFINITY;
	uint32_t at = 0, found = 0;
	bool falling = false;

	for (uint32_t i = 0; v && i < f->s->n && found < MINIMA_MAX; i++) {
		double x = (double)v[i];

		if (isnan(x))
			continue;
		if (x > high)
			high = x;
		if (!falling && x <= high - p) {
			falling = true;
			low = INFINITY;
		}
		if (falling && x < low) {
			low = x;
			at = i;
		}
		if (falling && x >= low + p) {
			add_minimum(f, lap, at);
			found++;
			falling = false;
			high = x;
		}
	}
}

/* --- one corner of many minima ------------------------------------------------------ */

static int by_place(const void *a, const void *b)
{
	const struct minimum *x = a, *y = b;

	if (x->at != y->at)
		return x->at < y->at ? -1 : 1;
	return x->lap < y->lap ? -1 : x->lap > y->lap;
}

/* Minima [from, end) that are one corner: each within options.same of the median of those before. Sorted, so that is the middle one. */
static uint32_t group_end(const struct finder *f, uint32_t from)
{
	uint32_t end = from + 1;

	while (end < f->n && f->m[end].at - f->m[from + (end - from) / 2].at <= f->s->options.same)
		end++;
	return end;
}

/* The deepest minimum of each lap in the group, moved to its front; how many. */
static uint32_t deepest(struct finder *f, uint32_t from, uint32_t end)
{
	uint32_t n = 0;

	for (uint32_t i = from; i < end; i++) {
		uint32_t k = 0;

		while (k < n && f->m[from + k].lap != f->m[i].lap)
			k++;
		if (k == n)
			f->m[from + n++] = f->m[i];
		else if (f->m[i].speed < f->m[from + k].speed)
			f->m[from + k] = f->m[i];
	}
	return n;
}

static void add_corner(struct finder *f, uint32_t from, uint32_t laps)
{
	struct tel_corner *c = &f->s->corner[f->s->ncorners++];
	double side = 0;

	for (uint32_t i = 0; i < laps; i++) {
		f->room[i] = f->m[from + i].at;
		side += f->m[from + i].side;
	}
	*c = (struct tel_corner){.name = "", .apex = dbl_median(f->room, laps), .laps = laps};
	snprintf(c->id, sizeof c->id, "C%u", f->s->ncorners);
	for (uint32_t i = 0; i < laps; i++)
		c->spread = fmax(c->spread, fabs(f->m[from + i].at - c->apex));
	side /= laps;
	c->turn = side > 0.1 ? 1 : side < -0.1 ? -1 : 0;
}

/* --- zones ------------------------------------------------------------------------------ */

/* Point where the laps are fastest between two others, by their mean. */
static uint32_t fastest_between(const struct finder *f, uint32_t a, uint32_t b)
{
	double most = -INFINITY;
	uint32_t at = a;

	for (uint32_t i = a; i <= b; i++) {
		double sum = 0;
		uint32_t n = 0;

		for (uint32_t l = 0; l < f->s->nlaps; l++) {
			const struct tel_lap *lap = &f->s->lap[l];

			if (!lap->usable || !lap->v[TEL_SPEED] || isnan(lap->v[TEL_SPEED][i]))
				continue;
			sum += (double)lap->v[TEL_SPEED][i];
			n++;
		}
		if (n > 0 && sum / n > most) {
			most = sum / n;
			at = i;
		}
	}
	return at;
}

static void set_zones(struct finder *f)
{
	struct tel_set *s = f->s;

	for (uint32_t i = 0; i < s->ncorners; i++) {
		struct tel_corner *c = &s->corner[i];

		c->from = i == 0 ? 0 : s->corner[i - 1].to;
		c->to = s->length;
		if (i + 1 < s->ncorners)
			c->to = tel_metres(s, fastest_between(f, tel_point(s, c->apex), tel_point(s, c[1].apex)));
	}
}

static bool measure_all(struct tel_set *s, const struct tel_cut *cut, struct arena *scratch, struct err *err)
{
	s->at = ARENA_ARRAY(s->arena, (size_t)s->nlaps * s->ncorners, struct tel_corner_lap);
	if (!s->at)
		return no_memory(err);
	for (uint32_t l = 0; l < s->nlaps; l++)
		for (uint32_t c = 0; c < s->ncorners; c++)
			tel_corner_measure(s, &s->lap[l], &cut[l], c, &s->at[(size_t)l * s->ncorners + c]);
	return tel_corner_holes(s, scratch, err);
}

bool tel_corners_find(struct tel_set *s, const struct tel_cut *cut, struct arena *scratch, struct err *err)
{
	struct finder f = {.s = s};
	size_t most = (size_t)s->nlaps * MINIMA_MAX;

	f.m = ARENA_ARRAY(scratch, most, struct minimum);
	f.room = ARENA_ARRAY(scratch, s->nlaps, double);
	s->corner = ARENA_ARRAY(s->arena, MINIMA_MAX, struct tel_corner);
	if (!f.m || !f.room || !s->corner)
		return no_memory(err);
	for (uint32_t i = 0; i < s->nlaps; i++)
		if (s->lap[i].usable) {
			minima_of(&f, i);
			f.laps++;
		}
	qsort(f.m, f.n, sizeof *f.m, by_place);
	for (uint32_t from = 0, end; from < f.n; from = end) {
		end = group_end(&f, from);
		uint32_t laps = deepest(&f, from, end);

		if (2 * laps > f.laps && s->ncorners < MINIMA_MAX)
			add_corner(&f, from, laps);
	}
	set_zones(&f);
	return measure_all(s, cut, scratch, err);
}

int tel_corner_of(const struct tel_set *s, double metres)
{
	for (uint32_t i = 0; i < s->ncorners; i++)
		if (metres < s->corner[i].to)
			return (int)i;
	return (int)s->ncorners - 1;
}
