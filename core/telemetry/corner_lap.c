/* What one lap did in one corner, from its own samples. */
#include <math.h>

#include "core/analysis/stat.h"
#include "core/telemetry/corner.h"
#include "core/telemetry/cut.h"

static const double flat_for = 1000; /* ms: throttle that stays open so long is open */

struct look {
	const struct tel_set *s;
	const struct tel_lap *l;
	const struct tel_cut *c;
	const struct tel_corner *k;
	uint32_t from, end;  /* ticks of the zone [from, end) */
	uint32_t near, past; /* and of options.same around the apex, within the zone */
	double gap;          /* ms */
};

#define NONE UINT32_MAX

static struct tel_corner_lap nothing(double time)
{
	return (struct tel_corner_lap){.time = time,
				       .in = NAN,
				       .out = NAN,
				       .apex = NAN,
				       .entry = NAN,
				       .min = NAN,
				       .exit = NAN,
				       .brake = NAN,
				       .peak = NAN,
				       .release = NAN,
				       .gas = NAN,
				       .lateral = NAN,
				       .steer = NAN};
}

static uint32_t tick_at(const struct look *x, double metres)
{
	double ms = tel_cut_time(x->c, metres);
	uint32_t i = x->c->tick, end = x->c->tick + x->c->ticks;

	while (i < end && (double)x->c->stream->t[i] < ms)
		i++;
	return i;
}

static double metres_at(const struct look *x, double ms)
{
	return tel_cut_metres(x->c, ms);
}

/* Tick of the least (sign -1) or greatest (+1) value of a channel in [from, end); NONE without a value. */
static uint32_t extreme(const float *v, uint32_t from, uint32_t end, int sign)
{
	uint32_t best = NONE;

	for (uint32_t i = from; v && i < end; i++)
		if (!isnan(v[i]) && (best == NONE || (double)(v[i] - v[best]) * sign > 0))
			best = i;
	return best;
}

/* The tick before (step -1) or after (+1) that has a value of the channel; NONE: none within the gap. */
static uint32_t neighbour(const struct look *x, const float *v, uint32_t at, int step)
{
	const int64_t *t = x->c->stream->t;

	for (uint32_t i = at + (uint32_t)step; i < x->c->stream->n; i += (uint32_t)step) {
		if (fabs((double)(t[i] - t[at])) > x->gap)
			return NONE;
		if (!isnan(v[i]))
			return i;
	}
	return NONE;
}

/* Time at which a channel passes a level between two ticks. */
static double passes(const struct look *x, const float *v, uint32_t a, uint32_t b, double level)
{
	double ta = (double)x->c->stream->t[a], tb = (double)x->c->stream->t[b], va = (double)v[a], vb = (double)v[b];

	return vb == va ? tb : ta + (tb - ta) * (level - va) / (vb - va);
}

/* From the peak back (step -1) or on (+1) to where pressure is under the level; NAN where samples are missing. ms. */
static double edge_of(const struct look *x, const float *v, uint32_t peak, int step, double level)
{
	uint32_t at = peak;

	for (;;) {
		uint32_t next = neighbour(x, v, at, step);

		if (next == NONE)
			return NAN;
		if ((double)v[next] < level)
			return passes(x, v, next, at, level);
		at = next;
	}
}

static void speeds(const struct look *x, struct tel_corner_lap *out)
{
	const float *v = x->c->stream->v[TEL_SPEED], *grid = x->l->v[TEL_SPEED];
	uint32_t low = extreme(v, x->near, x->past, -1), high;

	if (low == NONE)
		return;
	out->min = (double)v[low];
	out->apex = metres_at(x, (double)x->c->stream->t[low]);
	high = extreme(v, x->from, low, 1);
	out->entry = high == NONE ? (double)NAN : (double)v[high];
	out->exit = grid ? (double)grid[tel_point(x->s, x->k->to)] : (double)NAN;
}

/* Returns the tick of the peak of a real application; NONE without one. */
static uint32_t brakes(const struct look *x, struct tel_corner_lap *out)
{
	const float *v = x->c->stream->v[TEL_BRAKE_F];
	const struct tel_options *o = &x->s->options;
	uint32_t peak = extreme(v, x->from, x->past, 1);
	double on, off;

	if (peak == NONE)
		return NONE;
	out->peak = (double)v[peak];
	if (out->peak < o->brake_peak)
		return NONE;
	on = edge_of(x, v, peak, -1, o->brake_on);
	off = edge_of(x, v, peak, 1, o->brake_on);
	if (off - on < o->brake_least * 1000)
		return NONE; /* a tap */
	out->brake = metres_at(x, on);
	out->release = metres_at(x, off);
	return peak;
}

/* Does the throttle stay open from this tick on, until the zone ends or long enough? */
static bool stays_open(const struct look *x, const float *v, uint32_t from)
{
	const int64_t *t = x->c->stream->t;

	for (uint32_t i = from; i < x->end && (double)(t[i] - t[from]) <= flat_for; i++)
		if (!isnan(v[i]) && (double)v[i] < x->s->options.throttle_on)
			return false;
	return true;
}

static void throttle(const struct look *x, uint32_t peak, struct tel_corner_lap *out)
{
	const struct tel_stream *s = x->c->stream;
	const float *v = s->v[TEL_APS] ? s->v[TEL_APS] : s->v[TEL_ATH];
	double level = x->s->options.throttle_on;
	uint32_t i = peak != NONE ? peak : extreme(v, x->from, x->past, -1), last = NONE;

	if (!v || i == NONE)
		return;
	for (; i < x->end; i++) {
		if (isnan(v[i]))
			continue;
		if (last != NONE && (double)v[last] < level && (double)v[i] >= level &&
		    (double)(s->t[i] - s->t[last]) <= x->gap && stays_open(x, v, i)) {
			out->gas = metres_at(x, passes(x, v, last, i, level));
			return;
		}
		last = i;
	}
}

static double greatest(const float *v, uint32_t from, uint32_t end)
{
	double most = NAN;

	for (uint32_t i = from; v && i < end; i++)
		if (!isnan(v[i]) && !(fabs((double)v[i]) <= most))
			most = fabs((double)v[i]);
	return most;
}

void tel_corner_measure(const struct tel_set *s, const struct tel_lap *l, const struct tel_cut *c, uint32_t corner,
			struct tel_corner_lap *out)
{
	const struct tel_corner *k = &s->corner[corner];
	struct look x = {.s = s, .l = l, .c = c, .k = k, .gap = s->options.gap * 1000};

	*out = nothing(NAN);
	if (!l->usable)
		return;
	x.from = tick_at(&x, k->from);
	x.end = tick_at(&x, k->to);
	x.near = tick_at(&x, fmax(k->from, k->apex - s->options.same));
	x.past = tick_at(&x, fmin(k->to, k->apex + s->options.same));
	out->in = (double)l->t[tel_point(s, k->apex)] - (double)l->t[tel_point(s, k->from)];
	out->out = (double)l->t[tel_point(s, k->to)] - (double)l->t[tel_point(s, k->apex)];
	out->time = (double)l->t[tel_point(s, k->to)] - (double)l->t[tel_point(s, k->from)];
	speeds(&x, out);
	throttle(&x, brakes(&x, out), out);
	out->lateral = greatest(c->stream->v[TEL_ACCY], x.near, x.past);
	out->steer = greatest(c->stream->v[TEL_STEER], x.near, x.past);
}

/* --- holes ---------------------------------------------------------------------------- */

/* Median over the laps of a figure that is known; `none` where it is of no lap. */
static double median_brake(const struct tel_set *s, uint32_t corner, bool gas, double *room, double none)
{
	uint32_t n = 0;

	for (uint32_t l = 0; l < s->nlaps; l++) {
		const struct tel_corner_lap *c = &s->at[(size_t)l * s->ncorners + corner];
		double x = gas ? c->gas : c->brake;

		if (!isnan(x))
			room[n++] = x;
	}
	return n ? dbl_median(room, n) : none;
}

static bool any_hole(const struct tel_set *s, const struct tel_lap *l, double from, double to)
{
	for (uint32_t i = tel_point(s, from); i <= tel_point(s, to); i++)
		if (isnan(l->t[i]))
			return true;
	return false;
}

bool tel_corner_holes(struct tel_set *s, struct arena *scratch, struct err *err)
{
	double *room = ARENA_ARRAY(scratch, s->nlaps, double);

	if (!room)
		return err_set(err, ERR_NOMEM, "no memory for the corners");
	for (uint32_t c = 0; c < s->ncorners; c++) {
		const struct tel_corner *k = &s->corner[c];
		double a = fmin(median_brake(s, c, false, room, k->apex), k->apex - s->options.near);
		double b = fmax(median_brake(s, c, true, room, k->apex), k->apex + s->options.near);

		for (uint32_t l = 0; l < s->nlaps; l++) {
			struct tel_corner_lap *x = &s->at[(size_t)l * s->ncorners + c];

			if (!s->lap[l].usable || !any_hole(s, &s->lap[l], fmax(a, k->from), fmin(b, k->to)))
				continue;
			*x = nothing(x->time);
			x->hole = true;
		}
	}
	return true;
}
