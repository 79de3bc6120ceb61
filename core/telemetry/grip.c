#include "core/telemetry/grip.h"
#include "core/telemetry/cut.h"

#include <math.h>
#include <stdlib.h>

static const double full_throttle = 95, closed_throttle = 5; /* % */
static const double no_brake = 2;                            /* bar */
static const double idle = 0.5;                              /* g: under it nobody is using the tyres */
static const double wheel_turn = 10;                         /* degrees: less is not a reversal */
enum { SECTOR_LEAST = 20 };

static int by_size(const void *a, const void *b)
{
	float x = *(const float *)a, y = *(const float *)b;

	return (x > y) - (x < y);
}

/* Quantile p of n values (nearest place); NAN without any. Changes their order. */
static double quantile(float *v, uint32_t n, double p)
{
	if (n == 0)
		return NAN;
	qsort(v, n, sizeof *v, by_size);
	return (double)v[(uint32_t)floor(p * (n - 1) + 0.5)];
}

static bool known(const float *v, uint32_t i)
{
	return v && !isnan(v[i]);
}

/* Seconds that a point stands for; 0 in a hole. */
static double seconds(const struct tel_lap *l, uint32_t i)
{
	double dt = (double)l->t[i + 1] - (double)l->t[i];

	return dt > 0 ? dt : 0;
}

static void pedals(const struct tel_set *s, const struct tel_lap *l, struct tel_grip *g)
{
	const float *gas = tel_throttle(l, NULL), *brake = l->v[TEL_BRAKE_F];
	double all = 0, pressure = 0;

	for (uint32_t i = 0; i + 1 < s->n; i++) {
		double dt = seconds(l, i);

		if (!known(gas, i) || !known(brake, i))
			continue;
		double t = (double)gas[i], b = (double)brake[i];
		bool on = b >= s->options.brake_on;

		all += dt;
		g->full += t >= full_throttle ? dt : 0;
		g->part += t >= closed_throttle && t < full_throttle ? dt : 0;
		g->brake += on ? dt : 0;
		g->coast += t < closed_throttle && b < no_brake ? dt : 0;
		g->overlap += on && t >= closed_throttle ? dt : 0;
		pressure += on ? b * dt : 0;
		g->brake_peak = fmax(g->brake_peak, b);
	}
	g->brake_mean = pressure / g->brake;
	g->full /= all;
	g->part /= all;
	g->brake /= all;
	g->coast /= all;
	g->overlap /= all;
	if (all <= 0)
		g->brake_peak = NAN;
}

/* bar/s of each application from options.brake_on to its peak; their median. */
static void applications(const struct tel_set *s, const struct tel_lap *l, struct tel_grip *g, float *room)
{
	const float *b = l->v[TEL_BRAKE_F];
	uint32_t on = 0, peak = 0, n = 0;
	bool braking = false;

	for (uint32_t i = 0; b && i < s->n; i++) {
		bool now = known(b, i) && (double)b[i] >= s->options.brake_on;

		if (now && !braking)
			on = peak = i;
		if (now && b[i] > b[peak])
			peak = i;
		if (!now && braking && (double)b[peak] >= s->options.brake_peak) {
			double dt = (double)l->t[peak] - (double)l->t[on];

			g->brakes++;
			if (dt > 0)
				room[n++] = (float)(((double)b[peak] - (double)b[on]) / dt);
		}
		braking = now;
	}
	g->brake_rise = quantile(room, n, 0.5);
}

/* The wheel goes one way until it has come back by the least that counts. */
struct turning {
	double low, high; /* since the last reversal */
	int direction;    /* +1 to the left, -1 to the right, 0 not known yet */
};

static bool reverses(struct turning *t, double x)
{
	int was = t->direction;

	t->low = fmin(t->low, x);
	t->high = fmax(t->high, x);
	if (t->direction >= 0 && t->high - x >= wheel_turn)
		t->direction = -1;
	else if (t->direction <= 0 && x - t->low >= wheel_turn)
		t->direction = 1;
	if (t->direction == was)
		return false;
	t->low = t->high = x;
	return was != 0;
}

static void wheel(const struct tel_set *s, const struct tel_lap *l, struct tel_grip *g)
{
	const float *w = l->v[TEL_STEER];
	struct turning turning = {.low = INFINITY, .high = -INFINITY};
	double way = 0, time = 0;

	for (uint32_t i = 0; i + 1 < s->n; i++) {
		double dt = seconds(l, i);

		if (!known(w, i) || !known(w, i + 1) || dt <= 0)
			continue;
		way += fabs((double)w[i + 1] - (double)w[i]);
		time += dt;
		g->reversals += reverses(&turning, (double)w[i]);
	}
	g->steer_speed = way / time;
}

/* --- the friction circle ------------------------------------------------------------------ */

static int sector_of(double along, double side)
{
	double turn = atan2(side, along) / (2 * 3.14159265358979323846);

	return (int)floor((turn < 0 ? turn + 1 : turn) * GRIP_SECTORS) % GRIP_SECTORS;
}

static bool vector(const struct tel_lap *l, uint32_t i, double *along, double *side)
{
	if (!known(l->v[TEL_ACCX], i) || !known(l->v[TEL_ACCY], i))
		return false;
	*along = (double)l->v[TEL_ACCX][i];
	*side = (double)l->v[TEL_ACCY][i];
	return true;
}

struct push {
	int sector;
	float length;
};

static int by_sector(const void *a, const void *b)
{
	const struct push *x = a, *y = b;

	return x->sector != y->sector ? x->sector - y->sector : (x->length > y->length) - (x->length < y->length);
}

bool tel_grip_envelope(struct tel_set *s, struct arena *scratch, struct err *err)
{
	struct push *p = ARENA_ARRAY(scratch, (size_t)s->n * s->nlaps, struct push);
	uint32_t n = 0;
	double along, side;

	if (!p)
		return err_set(err, ERR_NOMEM, "no memory for the friction circle");
	for (int k = 0; k < GRIP_SECTORS; k++)
		s->grip[k] = NAN;
	for (uint32_t lap = 0; lap < s->nlaps; lap++)
		for (uint32_t i = 0; s->lap[lap].usable && i < s->n; i++)
			if (vector(&s->lap[lap], i, &along, &side))
				p[n++] = (struct push){sector_of(along, side), (float)hypot(along, side)};
	qsort(p, n, sizeof *p, by_sector);
	for (uint32_t from = 0, end; from < n; from = end) {
		end = from;
		while (end < n && p[end].sector == p[from].sector)
			end++;
		if (end - from >= SECTOR_LEAST)
			s->grip[p[from].sector] = p[from + (uint32_t)floor(0.98 * (end - from - 1) + 0.5)].length;
	}
	return true;
}

enum grip_of { OF_SIDE, OF_BRAKING, OF_ACCEL, OF_ALL };

static double share(const struct tel_set *s, const struct tel_lap *l, enum grip_of what, double p, float *room)
{
	double along, side;
	uint32_t n = 0;

	for (uint32_t i = 0; i < s->n; i++)
		if (vector(l, i, &along, &side))
			room[n++] = (float)(what == OF_SIDE      ? fabs(side)
					    : what == OF_BRAKING ? -along
					    : what == OF_ACCEL   ? along
								 : hypot(along, side));
	return quantile(room, n, p);
}

/* Mean part of what the tyres gave in that direction in the set's laps, while they are used. */
static double use_of(const struct tel_set *s, const struct tel_lap *l)
{
	double along, side, sum = 0, time = 0;

	for (uint32_t i = 0; i + 1 < s->n; i++) {
		double dt = l->t ? seconds(l, i) : 0;

		if (!vector(l, i, &along, &side))
			continue;
		double length = hypot(along, side), most = (double)s->grip[sector_of(along, side)];

		if (length < idle || isnan(most))
			continue;
		sum += fmin(length / most, 1) * dt;
		time += dt;
	}
	return sum / time;
}

bool tel_grip_make(const struct tel_set *s, const struct tel_lap *l, struct tel_grip *out, struct err *err)
{
	float *room = calloc((size_t)s->n + 1, sizeof *room);

	*out = (struct tel_grip){.brake_rise = NAN};
	if (!room)
		return err_set(err, ERR_NOMEM, "no memory for the friction circle");
	if (l->t) {
		pedals(s, l, out);
		applications(s, l, out, room);
		wheel(s, l, out);
	}
	out->lateral = share(s, l, OF_SIDE, 0.99, room);
	out->braking = share(s, l, OF_BRAKING, 0.99, room);
	out->accel = share(s, l, OF_ACCEL, 0.99, room);
	out->combined = share(s, l, OF_ALL, 0.95, room);
	out->use = use_of(s, l);
	free(room);
	return true;
}
