/* A race, loop by loop, in the order of time. */
#include "data/generator/clock.h"

#include <string.h>

enum {
	GRID_FIRST = 380000,
	GRID_STEP = 235000, /* microseconds from the clock's start to the line, by place */
	COLD = 16,          /* thousandths slower on cold tyres, first lap */
	START_SD = 130000,
	SLOW_ALONE = 1420, /* thousandths of a usual time: who catches up under caution */
	SLOW_CAR = 1720,   /* and who leads behind the safety car */
	LANE_IN = 4200000, /* microseconds lost on the way in */
	OFF_IN = 260,      /* one lap in so many has a small mistake */
};

static void grid_up(struct race *r, const struct run *grid_from)
{
	int place = 0;

	for (int i = 0; i < grid_from->ncars; i++) {
		int who = grid_from->order[i];
		struct car_run *c = &r->run->car[who];
		const struct driver *d = &drivers[who];
		const struct lap *best = run_best(&grid_from->car[who]);

		c->pace = &r->run->pace->car[who];
		c->grid = ++place;
		c->grid_time = best ? best->time : 0;
		c->not_started = incident_find(r->run->pace->event, r->run->number, NOT_STARTED, d, 0) != NULL;
		r->runner[who] = (struct runner){
			.out = c->not_started, .lap = 1, .at = GRID_FIRST + (int64_t)GRID_STEP * (place - 1)};
	}
	for (int i = 0; i < DRIVERS; i++)
		r->runner[i].out |= r->run->car[i].grid == 0;
}

static const struct incident *about(const struct race *r, enum incident_kind kind, int car, unsigned i)
{
	return incident_find(r->run->pace->event, r->run->number, kind, &drivers[car], i);
}

static void plan_stops(struct race *r)
{
	const struct incident *all = incident_find(r->run->pace->event, r->run->number, STOP_ALL, NULL, 0);

	for (int i = 0; all && i < DRIVERS; i++)
		r->runner[i].stop_lap = (uint8_t)rng_between(&r->rng, all->lap, all->value);
}

/* Who starts from the lane begins his first lap there. */
static void start_from_lane(struct race *r)
{
	const struct incident *x = incident_find(r->run->pace->event, r->run->number, PIT_LANE_START, NULL, 0);

	for (int i = 0; x && i < DRIVERS; i++) {
		if (strcmp(drivers[i].number, x->number) == 0 && !r->runner[i].out) {
			r->runner[i].leaving = true;
			r->run->car[i].lap[0].pit_time = x->value * 100 + (int32_t)rng_below(&r->rng, 100);
		}
	}
}

/* --- one mini-sector ----------------------------------------------------------- */

static int64_t first_lap(struct race *r, int car, int64_t us)
{
	struct runner *me = &r->runner[car];

	us += us * COLD / 1000;
	if (me->mini != 0)
		return us;
	int64_t launch = rng_normal(&r->rng, START_SD);

	return us + 900000 + (launch < 0 ? -launch / 2 : launch) + (int64_t)r->run->car[car].pace->start_loss * 1000;
}

static int64_t mistakes(struct race *r, int car)
{
	const struct runner *me = &r->runner[car];
	const struct incident *planned = about(r, MISTAKE, car, 0);
	bool any = rng_below(&r->rng, (int64_t)OFF_IN * MINI_COUNT) == 0;
	int64_t size = rng_between(&r->rng, 500000, 1900000);

	if (planned && planned->lap == me->lap && me->mini == 2)
		return (int64_t)planned->value * 1000;
	/* Nobody who drives the season's last race for the win goes off. */
	bool calm = r->run->pace->event == EVENTS - 1 && r->run->car[car].grid <= 3;

	return any && me->lap > 1 && !calm ? size : 0;
}

static int64_t restart_loss(const struct race *r, int car)
{
	const struct runner *me = &r->runner[car];
	const struct incident *x = about(r, SLOW_RESTART, car, 0);
	int64_t since = me->at - r->caution_to;

	return x && r->caution_to > 0 && since > 0 && since < 70000000 && me->mini == 2 ? (int64_t)x->value * 1000 : 0;
}

static int64_t alone(struct race *r, int car)
{
	const struct runner *me = &r->runner[car];
	const struct car_pace *p = r->run->car[car].pace;
	int64_t us = pace_of(p, me->mini, me->lap);

	if (under_caution(r, me->at))
		return us * (r->leader == car ? SLOW_CAR : SLOW_ALONE) / 1000 + rng_normal(&r->rng, 200000);
	us += rng_normal(&r->rng, p->noise) + mistakes(r, car) + restart_loss(r, car);
	return me->lap == 1 ? first_lap(r, car, us) : us;
}

/* --- the pit lane -------------------------------------------------------------- */

static bool comes_in(const struct race *r, int car)
{
	const struct runner *me = &r->runner[car];

	if (me->stop_lap == me->lap)
		return true;
	for (unsigned i = 0;; i++) {
		const struct incident *x = about(r, STOP, car, i);

		if (!x)
			return false;
		if (x->lap == me->lap)
			return true;
	}
}

static int32_t lane_time(struct race *r, int car, int lap)
{
	int32_t ms = events[r->run->pace->event].lane * 100 + (int32_t)rng_between(&r->rng, -900, 2600);

	for (unsigned i = 0;; i++) {
		const struct incident *x = about(r, STOP, car, i);

		if (!x)
			return ms;
		if (x->lap == lap)
			return ms + x->value * 100;
	}
}

/* In the lane nobody is in the way. */
static int64_t by_the_lane(struct race *r, int car, int64_t us)
{
	struct runner *me = &r->runner[car];
	struct lap *l = &r->run->car[car].lap[me->lap - 1];

	if (me->leaving) {
		if (l->pit_time == 0)
			l->pit_time = lane_time(r, car, me->lap - 1);
		return me->at + us + (int64_t)l->pit_time * 1000 - (me->lap == 1 ? 9000000 : 7000000);
	}
	return me->at + us + LANE_IN;
}

/* --- laps ---------------------------------------------------------------------- */

static void begin_lap(struct race *r, int car)
{
	struct runner *me = &r->runner[car];

	if (me->lap > r->leader_lap) {
		const struct incident *x = incident_find(r->run->pace->event, r->run->number, CAUTION, NULL, 0);

		r->leader_lap = me->lap;
		r->leader = car;
		if (x && me->lap == x->lap)
			r->caution_from = me->at + 31000000;
		if (x && me->lap == x->lap + x->value)
			r->caution_to = me->at;
		if (x && r->caution_to == 0)
			r->caution_to = -1;
	}
	me->pitting = comes_in(r, car);
}

static void end_lap(struct race *r, int car)
{
	struct runner *me = &r->runner[car];
	struct car_run *c = &r->run->car[car];
	struct lap *l = &c->lap[me->lap - 1];

	l->elapsed = (int32_t)me->loop_ms;
	l->time = (int32_t)(me->loop_ms - me->line_ms);
	l->in_pit = me->pitting;
	c->laps = me->lap;
	if (me->lap == r->run->laps && r->finish == 0)
		r->finish = me->at;
	if (r->finish > 0) {
		l->flag = LAP_FINISH;
		me->out = true;
	} else if (under_caution(r, me->at)) {
		l->flag = LAP_CAUTION;
	}
	me->leaving = me->pitting;
	me->line_ms = me->loop_ms;
	me->lap++;
	me->mini = 0;
}

/* Trap speed with the tow of a car that is close, in steps of the instrument. */
static int16_t at_trap(struct race *r, int car, bool towed, bool slow)
{
	int32_t kph = r->run->car[car].pace->trap + (int32_t)rng_normal(&r->rng, 6) + (towed ? 38 : 0);

	kph = slow ? kph * 10 / 17 : kph;
	return (int16_t)(kph / 9 * 9);
}

static void through(struct race *r, int car)
{
	struct runner *me = &r->runner[car];
	struct car_run *c = &r->run->car[car];
	struct lap *l = &c->lap[me->lap - 1];
	const struct incident *stop = about(r, RETIRES, car, 0);
	bool in_lane = (me->mini == 0 && me->leaving) || (me->mini == MINI_COUNT - 1 && me->pitting);
	bool towed = me->mini == 0 && r->stretch[0].car >= 0 && me->at - r->stretch[0].in < 900000;

	if (me->mini == 0) {
		begin_lap(r, car);
		l->trap = at_trap(r, car, towed, under_caution(r, me->at) || in_lane);
	}
	if (stop && stop->lap == me->lap && stop->value == me->mini) {
		me->out = c->retired = true;
		return;
	}
	int64_t us = alone(r, car);

	me->at = in_lane ? by_the_lane(r, car, us) : traffic_out(r, car, us);
}

/* The loop is read when the car leaves it, for until then it may be passed. */
static void read_loop(struct race *r, int car)
{
	struct runner *me = &r->runner[car];
	int64_t ms = me->at / 1000;

	r->run->car[car].lap[me->lap - 1].mini[me->mini] = (int32_t)(ms - me->loop_ms);
	me->loop_ms = ms;
	if (++me->mini == MINI_COUNT)
		end_lap(r, car);
}

static int next_car(const struct race *r)
{
	int next = -1;

	for (int i = 0; i < DRIVERS; i++)
		if (!r->runner[i].out && (next < 0 || r->runner[i].at < r->runner[next].at))
			next = i;
	return next;
}

void race_drive(uint64_t seed, const struct pace *pace, const struct run *grid_from, struct run *out)
{
	struct race r = {.run = out};
	bool began[DRIVERS] = {false};

	memset(out, 0, sizeof *out);
	out->pace = pace;
	out->type = TYPE_RACE;
	out->number = pace->race;
	out->laps = events[pace->event].laps[pace->race - 1];
	r.rng = rng_stream(seed, FOR_RACE, (uint32_t)pace->event, (uint32_t)pace->race, 0);
	for (int i = 0; i < MINI_COUNT; i++)
		r.stretch[i].car = -1;
	grid_up(&r, grid_from);
	plan_stops(&r);
	start_from_lane(&r);
	for (int car; (car = next_car(&r)) >= 0;) {
		if (began[car])
			read_loop(&r, car);
		began[car] = true;
		if (!r.runner[car].out)
			through(&r, car);
	}
	run_finish(out);
}
