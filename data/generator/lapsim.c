#include "data/generator/lapsim.h"

#include <stdbool.h>
#include <stdlib.h>

#include "data/generator/rng.h"

enum { SIDE_GRIP = 13000, BRAKE_GRIP = 12000, PULL_MAX = 6500, POWER_KW_T = 135 };
static const int64_t v2_top = (int64_t)70000 * 70000;
static const int64_t two_metres = 2000; /* mm: v2 changes by 2 a ds, ds one metre */

int64_t car_brake(int32_t grip)
{
	return (int64_t)BRAKE_GRIP * grip / GRIP_USUAL;
}

int64_t car_pull(int64_t v)
{
	int64_t by_power = v > 0 ? (int64_t)POWER_KW_T * 1000000 / v : PULL_MAX;

	return by_power < PULL_MAX ? by_power : PULL_MAX;
}

int64_t car_drag(int64_t v2)
{
	return v2 * 42 / 100000000;
}

static int64_t corner_v2(int32_t bend, int32_t grip, int32_t speed)
{
	int64_t side = (int64_t)SIDE_GRIP * grip / GRIP_USUAL * (10000 + speed) / 10000;

	return bend ? side * 1000000000 / abs(bend) : v2_top;
}

/* Speed allowed in a corner and where habits stretch it: the way in is driven `early` metres ahead of where it could be, the way
 * out `late` metres behind; in between the apex speed is held. */
static void limit_corner(const struct layout *l, const struct setup *s, int c, int64_t *limit)
{
	const struct corner *k = &l->corner[c];
	const struct habit *h = &s->habit[c];

	for (int32_t i = k->from - h->early; i < k->to + h->late; i++) {
		int32_t from = i < k->apex ? i + h->early : i - h->late;
		bool same_side = (i < k->apex) == (from < k->apex);
		int32_t here = (i + l->length) % l->length;
		int64_t v2 = corner_v2(l->bend[same_side ? from : k->apex], s->grip, h->speed);

		if (v2 < limit[here])
			limit[here] = v2;
	}
}

/* Twice round, so that the end of the lap fits its beginning. */
static void brake_back(int32_t n, int64_t brake, int64_t *v2)
{
	for (int32_t i = 2 * n - 1; i >= 0; i--) {
		int64_t most = v2[(i + 1) % n] + two_metres * brake;

		if (v2[i % n] > most)
			v2[i % n] = most;
	}
}

static void pull_forward(int32_t n, int64_t *v2)
{
	for (int32_t i = 0; i < 2 * n; i++) {
		int64_t now = v2[i % n];
		int64_t most = now + two_metres * (car_pull((int64_t)int_sqrt((uint64_t)now)) - car_drag(now));

		if (v2[(i + 1) % n] > most)
			v2[(i + 1) % n] = most;
	}
}

void lap_simulate(const struct layout *l, const struct setup *s, struct trace *out)
{
	int64_t *v2 = out->v2, before, ns = 0;

	out->length = l->length;
	for (int32_t i = 0; i < l->length; i++)
		v2[i] = v2_top;
	for (int c = 0; c < l->ncorners; c++)
		limit_corner(l, s, c, v2);
	brake_back(l->length, car_brake(s->grip), v2);
	pull_forward(l->length, v2);
	v2[l->length] = v2[0];
	out->us[0] = 0;
	before =
		(int64_t)int_sqrt((uint64_t)v2[0] * 10000); /* hundredths of mm/s: rounding stays under a microsecond */
	for (int32_t i = 0; i < l->length; i++) {
		int64_t after = (int64_t)int_sqrt((uint64_t)v2[i + 1] * 10000);

		ns += 2 * (int64_t)1000 * 100 * 1000000000 / (before + after);
		out->us[i + 1] = ns / 1000;
		before = after;
	}
}

int64_t trace_mini(const struct layout *l, const struct trace *t, int i)
{
	return t->us[layout_loop(l, i)] - (i ? t->us[layout_loop(l, i - 1)] : 0);
}

int64_t trace_speed(const struct trace *t, int32_t metre)
{
	return (int64_t)int_sqrt((uint64_t)t->v2[metre]);
}
