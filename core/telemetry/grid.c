/* Every channel of a lap at the same points of distance. */
#include <math.h>

#include "core/telemetry/cut.h"

/* x between two pins of `from` is as far between the same of `to`; outside, the nearest two go on. */
static double pinned(const double *from, const double *to, unsigned pins, double x)
{
	unsigned i = 1;

	while (i + 1 < pins && x > from[i])
		i++;
	return to[i - 1] + (x - from[i - 1]) * (to[i] - to[i - 1]) / (from[i] - from[i - 1]);
}

double tel_cut_metres(const struct tel_cut *c, double ms)
{
	return pinned(c->raw, c->at, c->pins, tel_path_at(c->path, ms) - c->from);
}

double tel_cut_time(const struct tel_cut *c, double metres)
{
	return tel_path_time(c->path, c->from + pinned(c->at, c->raw, c->pins, metres));
}

static const double arrives = 2500; /* ms: without a car clock rows come in bursts so far apart */

/* A series of samples: one channel, or one coordinate of the GPS. */
struct series {
	const struct tel_stream *stream;
	const float *v;
	const double *d;    /* instead of v */
	const double *pair; /* the other coordinate: a place repeated on both is no new sample */
	double origin, scale;
	bool steps; /* between two samples the first one's value holds (gear) */
};

static bool sample(const struct series *s, uint32_t i, uint32_t last)
{
	if (s->v)
		return !isnan(s->v[i]);
	if (isnan(s->d[i]) || isnan(s->pair[i]))
		return false;
	return last == UINT32_MAX || s->d[i] != s->d[last] || s->pair[i] != s->pair[last];
}

static double value(const struct series *s, uint32_t i)
{
	return s->v ? (double)s->v[i] : (s->d[i] - s->origin) * s->scale;
}

/* Between samples a and b; UINT32_MAX: the samples begin or end a little inside the line. */
static double between(const struct series *s, uint32_t a, uint32_t b, double ms, double gap)
{
	const int64_t *t = s->stream->t;
	uint32_t only = a == UINT32_MAX ? b : a;

	if (a == UINT32_MAX || b == UINT32_MAX)
		return only != UINT32_MAX && fabs((double)t[only] - ms) <= gap ? value(s, only) : (double)NAN;
	double span = (double)(t[b] - t[a]), x = (ms - (double)t[a]) / span;

	if (span > TEL_APART) { /* two stretches: each goes on for as long as the gap */
		uint32_t near = x < 0.5 ? a : b;

		return fabs((double)t[near] - ms) <= gap ? value(s, near) : (double)NAN;
	}
	if (span > gap)
		return x >= 1 ? value(s, b) : (double)NAN;
	if (s->steps)
		return value(s, x < 1 ? a : b);
	return value(s, a) + (value(s, b) - value(s, a)) * x;
}

#define NONE UINT32_MAX

static uint32_t next_sample(const struct series *s, uint32_t i, uint32_t last)
{
	while (i < s->stream->n && !sample(s, i, last))
		i++;
	return i < s->stream->n ? i : NONE;
}

/* at: ms of each point, rising. */
static void resample(const struct series *s, const struct tel_cut *c, const double *at, uint32_t n, double gap,
		     float *out)
{
	uint32_t a = NONE, b, first = c->tick;

	while (first > 0 && (double)c->stream->t[first] > c->start - gap)
		first--;
	b = next_sample(s, first, NONE);
	for (uint32_t p = 0; p < n; p++) {
		while (b != NONE && (double)c->stream->t[b] < at[p]) {
			a = b;
			b = next_sample(s, b + 1, a);
		}
		out[p] = (float)between(s, a, b, at[p], gap);
	}
}

static void fill_times(const struct tel_set *s, struct tel_lap *l, const struct tel_cut *c, double *at)
{
	for (uint32_t p = 0; p < s->n; p++) {
		at[p] = p + 1 == s->n ? c->end : p == 0 ? c->start : tel_cut_time(c, s->step * p);
		if (p > 0 && !(at[p] > at[p - 1]))
			at[p] = at[p - 1]; /* a car that stands */
		l->t[p] = tel_path_hole(c->path, at[p]) ? NAN : (float)((at[p] - c->start) / 1000);
	}
	l->t[0] = 0; /* the officials know these two */
	l->t[s->n - 1] = (float)((c->end - c->start) / 1000);
}

static float *new_row(const struct tel_set *s)
{
	return ARENA_ARRAY(s->arena, s->n, float);
}

static bool fill_map(struct tel_set *s, struct tel_lap *l, const struct tel_cut *c, const double *at, double gap)
{
	const struct tel_stream *t = c->stream;
	const double degree = 111319.49; /* m of latitude on a sphere of the Earth's equatorial radius */
	struct series north = {.stream = t, .d = t->lat, .pair = t->lon, .origin = s->origin_lat, .scale = degree};
	struct series east = {.stream = t, .d = t->lon, .pair = t->lat, .origin = s->origin_lon};

	if (!t->lat || !t->lon)
		return true;
	east.scale = degree * cos(s->origin_lat * 0.017453292519943295);
	l->east = new_row(s);
	l->north = new_row(s);
	if (!l->east || !l->north)
		return false;
	resample(&east, c, at, s->n, gap, l->east);
	resample(&north, c, at, s->n, gap, l->north);
	return true;
}

bool tel_grid_fill(struct tel_set *s, struct tel_lap *l, const struct tel_cut *c, struct arena *scratch,
		   struct err *err)
{
	bool clock = !s->cars[l->car].no_clock;
	double *at = ARENA_ARRAY(scratch, s->n, double), gap = clock ? s->options.gap * 1000 : arrives;

	l->t = new_row(s);
	if (!at || !l->t)
		return err_set(err, ERR_NOMEM, "no memory for a lap of telemetry");
	fill_times(s, l, c, at);
	l->t = clock ? l->t : NULL; /* arrivals are no times */
	for (int ch = 0; ch < TEL_CHANNELS; ch++) {
		struct series x = {.stream = c->stream, .v = c->stream->v[ch], .steps = ch == TEL_GEAR};

		if (!x.v)
			continue;
		l->v[ch] = new_row(s);
		if (!l->v[ch])
			return err_set(err, ERR_NOMEM, "no memory for a lap of telemetry");
		resample(&x, c, at, s->n, gap, l->v[ch]);
	}
	return fill_map(s, l, c, at, gap) || err_set(err, ERR_NOMEM, "no memory for a lap of telemetry");
}
