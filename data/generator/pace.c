#include "data/generator/pace.h"

#include <string.h>

#include "data/generator/rng.h"

enum {
	CORNER_SD = 70, /* 1/10,000 of speed squared: drivers differ from corner to corner */
	FORM_SD = 60,   /* 1/10,000 of grip: from event to event */
	WORN = 200,     /* grip in 1/10,000 below fresh at which the price of wear is measured */
	CURVE_SIZE_MAX = 900
};
static const int64_t worn_millionths = (int64_t)WORN * 100; /* as drivers' wear is given */
static struct trace trace;                                  /* large; one at a time is enough */

static void run_minis(const struct layout *l, const struct setup *s, int64_t us[MINI_COUNT])
{
	lap_simulate(l, s, &trace);
	for (int i = 0; i < MINI_COUNT; i++)
		us[i] = trace_mini(l, &trace, i);
}

static int64_t sum_of(const int64_t us[MINI_COUNT])
{
	int64_t sum = 0;

	for (int i = 0; i < MINI_COUNT; i++)
		sum += us[i];
	return sum;
}

/* --- habits ----------------------------------------------------------------- */

static bool is_corner(enum cause c)
{
	return c == BRAKES_EARLY || c == SLOW_MINIMUM || c == LATE_THROTTLE || c == STRONG_CORNER;
}

static void set_habit(struct habit *h, const struct habit *own, enum cause cause, int size)
{
	*h = *own;
	if (cause == BRAKES_EARLY)
		h->early = (int16_t)size;
	else if (cause == LATE_THROTTLE)
		h->late = (int16_t)size;
	else
		h->speed = (int16_t)(own->speed + (cause == STRONG_CORNER ? size : -size));
}

/* How many hundredths of a per cent of speed so many 1/10,000 of speed squared are. */
static int16_t speed_part(int size)
{
	return (int16_t)(10000 - (int64_t)int_sqrt((uint64_t)(10000 - size) * 10000));
}

/* The mini-sector where most is lost (or won). */
static int most_in(const int64_t with[MINI_COUNT], const int64_t without[MINI_COUNT], int sign)
{
	int best = 0;

	for (int i = 1; i < MINI_COUNT; i++)
		if (sign * (with[i] - without[i]) > sign * (with[best] - without[best]))
			best = i;
	return best;
}

/* Grows the habit until it costs what is asked for where it costs most. */
static void grow(const struct layout *l, struct setup *s, const struct plant *p, struct grown *g)
{
	struct habit own = s->habit[p->corner - 1], *h = &s->habit[p->corner - 1];
	int64_t without[MINI_COUNT], with[MINI_COUNT], wanted = (int64_t)p->seconds * 1000;
	int sign = wanted < 0 ? -1 : 1, size = 0, step = p->cause == SLOW_MINIMUM || p->cause == STRONG_CORNER ? 10 : 1;

	run_minis(l, s, without);
	do {
		size += step;
		set_habit(h, &own, p->cause, size);
		run_minis(l, s, with);
		g->mini = (int8_t)most_in(with, without, sign);
		g->us = with[g->mini] - without[g->mini];
	} while (sign * g->us < sign * wanted && size < CURVE_SIZE_MAX * step);
	g->lap_us = sum_of(with) - sum_of(without);
	g->size = step == 1 ? (int16_t)size : speed_part(sign * size);
}

static void plant_corners(struct pace *p, struct car_pace *c)
{
	for (unsigned i = 0; i < nplants; i++) {
		if (!plant_is(&plants[i], p->event, p->race, c->driver) || !is_corner(plants[i].cause))
			continue;
		struct grown *g = &p->grown[p->ngrown++];

		*g = (struct grown){.plant = &plants[i]};
		grow(&p->layout, &c->setup, &plants[i], g);
	}
}

/* --- wear, spread, start ----------------------------------------------------- */

/* What a lap takes longer for each 1/1,000,000 of grip less. */
static void price_of_grip(const struct layout *l, struct setup s, const struct mini_pace *fresh, int64_t us[MINI_COUNT])
{
	s.grip -= WORN;
	run_minis(l, &s, us);
	for (int i = 0; i < MINI_COUNT; i++)
		us[i] -= fresh[i].fresh;
}

static void wear_out(struct pace *p, struct car_pace *c)
{
	int64_t price[MINI_COUNT], lost = c->driver->wear;
	struct grown *g = NULL;

	price_of_grip(&p->layout, c->setup, c->mini, price);
	for (unsigned i = 0; i < nplants; i++) {
		if (!plant_is(&plants[i], p->event, p->race, c->driver) || plants[i].cause != WEAR)
			continue;
		g = &p->grown[p->ngrown++];
		*g = (struct grown){.plant = &plants[i]};
		lost += (int64_t)plants[i].seconds * 1000 * worn_millionths / sum_of(price);
	}
	for (int i = 0; i < MINI_COUNT; i++)
		c->mini[i].wear = price[i] * lost / worn_millionths;
	if (g) {
		int64_t usual = c->driver->wear * sum_of(price) / worn_millionths;

		for (int i = 0; i < MINI_COUNT; i++)
			g->lap_us += c->mini[i].wear;
		g->us = g->lap_us -= usual;
	}
}

static void plant_rest(struct pace *p, struct car_pace *c)
{
	c->noise = c->driver->noise;
	for (unsigned i = 0; i < nplants; i++) {
		const struct plant *x = &plants[i];

		if (!plant_is(x, p->event, p->race, c->driver) || (x->cause != SPREAD && x->cause != START))
			continue;
		p->grown[p->ngrown++] = (struct grown){
			.plant = x, .us = (int64_t)x->seconds * 1000, .lap_us = (int64_t)x->seconds * 1000};
		if (x->cause == SPREAD)
			c->noise = (int64_t)x->seconds * 1000;
		else
			c->start_loss = x->seconds;
	}
}

/* --- cars -------------------------------------------------------------------- */

/* The two that the season's last race is about are alike but for what is planted. */
static bool is_plain(int event, const struct driver *d)
{
	return event == EVENTS - 1 && (strcmp(d->number, "14") == 0 || strcmp(d->number, "27") == 0);
}

static void usual_setup(uint64_t seed, int event, int who, struct setup *s)
{
	struct rng form = rng_stream(seed, FOR_FORM, (uint32_t)event, (uint32_t)who, 0);
	struct rng corners = rng_stream(seed, FOR_CORNERS, (uint32_t)event, (uint32_t)who, 0);
	bool plain = is_plain(event, &drivers[who]);

	*s = (struct setup){.grip = plain ? GRIP_USUAL : drivers[who].grip};
	s->grip += plain || event == EVENTS - 1 ? 0 : (int32_t)rng_normal(&form, FORM_SD);
	for (int i = 0; i < CORNERS_MAX; i++)
		s->habit[i].speed = plain ? 0 : (int16_t)rng_normal(&corners, CORNER_SD);
}

static void make_car(uint64_t seed, struct pace *p, int who)
{
	struct car_pace *c = &p->car[who];
	int64_t us[MINI_COUNT];

	c->driver = &drivers[who];
	c->present = !(drivers[who].skips >> p->event & 1);
	usual_setup(seed, p->event, who, &c->setup);
	if (!c->present)
		return;
	plant_corners(p, c);
	run_minis(&p->layout, &c->setup, us);
	for (int i = 0; i < MINI_COUNT; i++)
		c->mini[i].fresh = us[i];
	c->trap = (int32_t)(trace_speed(&trace, p->layout.track->trap) * 36 / 1000);
	wear_out(p, c);
	plant_rest(p, c);
}

void pace_make(uint64_t seed, int event, int race, struct pace *out)
{
	struct setup usual = {.grip = GRIP_USUAL};

	memset(out, 0, sizeof *out);
	out->event = event;
	out->race = race;
	track_layout(&tracks[event], &out->layout);
	lap_simulate(&out->layout, &usual, &trace);
	for (int i = 0; i < MINI_COUNT; i++)
		out->speed_at[i] = (int32_t)trace_speed(&trace, layout_loop(&out->layout, i));
	for (int i = 0; i < DRIVERS; i++)
		make_car(seed, out, i);
}

int64_t pace_of(const struct car_pace *c, int mini, int lap)
{
	return c->mini[mini].fresh + c->mini[mini].wear * (lap - 1);
}
