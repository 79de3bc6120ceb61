/* Practice and qualifying: every car for itself. */
#include <string.h>

#include "data/generator/race.h"

enum { SESSION_MS = 900000, PRACTICE_MS = 1500000, NEW_TYRES = 9, OUT_LAP = 1340 };

struct push {          /* what a lap is meant to be */
	int32_t share; /* thousandths of the pace */
	bool out, in;
};

static struct push lap_plan(enum session_type type, struct rng *r, int lap, int last)
{
	struct push p = {.share = 1000 - NEW_TYRES};

	p.out = lap == 1;
	p.in = lap == last;
	if (type == TYPE_PRACTICE) {
		p.share = 1000 + (int32_t)rng_between(r, 0, 9);
		p.in |= lap == 6;
		p.out |= lap == 7;
	} else if (lap == 2 || lap > 6) {
		p.share += (int32_t)rng_between(r, 3, 14); /* tyres not ready, or past it */
	}
	return p;
}

static int32_t extra(const struct pace *p, const struct driver *d, enum session_type type, int number)
{
	const struct incident *x = incident_find(p->event, number, QUALIFIES, d, 0);

	return type == TYPE_QUALIFYING && x ? x->value : 0;
}

static void drive_lap(const struct run *run, struct car_run *c, struct rng *r, struct push p, int n)
{
	struct lap *l = &c->lap[n - 1];
	int32_t late = extra(run->pace, c->pace->driver, run->type, run->number);

	for (int i = 0; i < MINI_COUNT; i++) {
		int64_t us = pace_of(c->pace, i, 1) * p.share / 1000;

		us += rng_normal(r, c->pace->driver->noise) + (int64_t)late * 1000 / MINI_COUNT;
		if (p.out || p.in)
			us = us * (p.out && i == 0 ? 1900 : OUT_LAP) / 1000;
		l->mini[i] = (int32_t)(us / 1000);
	}
	if (p.out && n == 1)
		l->pit_time = (int32_t)rng_between(r, 14000, 70000);
	if (p.out && n > 1)
		l->pit_time = (int32_t)rng_between(r, 95000, 190000);
	l->mini[0] += l->pit_time;
	l->in_pit = p.in;
	l->trap = (int16_t)((c->pace->trap + rng_normal(r, 6)) / 9 * 9);
	for (int i = 0; i < MINI_COUNT; i++)
		l->time += l->mini[i];
}

static void drive_car(struct run *run, struct rng *r, struct car_run *c)
{
	int32_t end = run->type == TYPE_PRACTICE ? PRACTICE_MS : SESSION_MS, at = 0;
	int last = run->type == TYPE_PRACTICE ? (int)rng_between(r, 11, 14) : (int)rng_between(r, 7, 9);

	for (int n = 1; n <= last && at < end; n++) {
		drive_lap(run, c, r, lap_plan(run->type, r, n, last), n);
		at += c->lap[n - 1].time;
		c->lap[n - 1].elapsed = at;
		c->lap[n - 1].flag = at >= end || n == last ? LAP_FINISH : LAP_GREEN;
		c->laps = n;
	}
}

void timed_drive(uint64_t seed, const struct pace *pace, enum session_type type, int number, struct run *out)
{
	memset(out, 0, sizeof *out);
	out->pace = pace;
	out->type = type;
	out->number = number;
	for (int i = 0; i < DRIVERS; i++) {
		struct rng r = rng_stream(seed, type == TYPE_PRACTICE ? FOR_PRACTICE : FOR_QUALIFYING,
					  (uint32_t)pace->event, (uint32_t)number, (uint32_t)i);

		if (!pace->car[i].present)
			continue;
		out->car[i].pace = &pace->car[i];
		out->car[i].grid = 1;
		drive_car(out, &r, &out->car[i]);
	}
	run_finish(out);
}
