#include "data/generator/pace.h"

#include <string.h>

#include "data/generator/rng.h"

enum {
	CORNER_SD = 70, /* 1/10,000 of speed squared: drivers differ from corner to corner */
	FORM_SD = 60,   /* 1/10,000 of grip: from event to event */
	WORN = 200,     /* grip in 1/10,000 below fresh at which the price of wear is measured */
	CURVE_SIZE_MAX = 900,
	RIVALS = 3
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

/* The quickest cars but this one, as they are without anything planted: whoever of them it is set beside, the habit must show. */
struct rivals {
	int64_t us[RIVALS][MINI_COUNT];
};

/* By so much is the car slower in a mini-sector than each of them. */
static int64_t behind_rivals(const struct rivals *r, int mini, int64_t us)
{
	int64_t least = INT64_MAX;

	for (int i = 0; i < RIVALS; i++)
		least = us - r->us[i][mini] < least ? us - r->us[i][mini] : least;
	return least;
}

struct growth { /* of one habit in one corner */
	const struct layout *layout;
	struct setup *setup;
	struct habit own; /* before */
	const struct plant *plant;
	const struct rivals *rivals;
	int64_t without[MINI_COUNT], with[MINI_COUNT];
};

/* The habit at this size: does it cost what is asked for where it costs most, and (a weakness) two thirds of it against each rival as well? */
static bool costs_enough(struct growth *w, int size, struct grown *g)
{
	const struct plant *p = w->plant;
	int64_t wanted = (int64_t)p->seconds * 1000;
	int sign = wanted < 0 ? -1 : 1;

	set_habit(&w->setup->habit[p->corner - 1], &w->own, p->cause, size);
	run_minis(w->layout, w->setup, w->with);
	g->mini = (int8_t)most_in(w->with, w->without, sign);
	g->us = w->with[g->mini] - w->without[g->mini];
	return sign * g->us >= sign * wanted &&
	       (sign < 0 || 3 * behind_rivals(w->rivals, g->mini, w->with[g->mini]) >= 2 * wanted);
}

/* The least size that does: the more of a habit, the more it costs. */
static void grow(struct growth *w, struct grown *g)
{
	int step = w->plant->cause == SLOW_MINIMUM || w->plant->cause == STRONG_CORNER ? 10 : 1;
	int low = 0, high = CURVE_SIZE_MAX;

	run_minis(w->layout, w->setup, w->without);
	while (high - low > 1) {
		int middle = (low + high) / 2;

		if (costs_enough(w, middle * step, g))
			high = middle;
		else
			low = middle;
	}
	costs_enough(w, high * step, g);
	g->lap_us = sum_of(w->with) - sum_of(w->without);
	g->size = step == 1 ? (int16_t)high : speed_part(w->plant->seconds < 0 ? -high * step : high * step);
}

static void plant_corners(struct pace *p, struct car_pace *c, const struct rivals *rivals)
{
	for (unsigned i = 0; i < nplants; i++) {
		if (!plant_is(&plants[i], p->event, p->race, c->driver) || !is_corner(plants[i].cause))
			continue;
		struct grown *g = &p->grown[p->ngrown++];

		struct growth w = {.layout = &p->layout,
				   .setup = &c->setup,
				   .own = c->setup.habit[plants[i].corner - 1],
				   .plant = &plants[i],
				   .rivals = rivals};

		*g = (struct grown){.plant = &plants[i]};
		grow(&w, g);
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

/* Mini-sectors of every car before anything is planted. */
struct plain {
	int64_t us[DRIVERS][MINI_COUNT];
};

static void set_up(uint64_t seed, struct pace *p, int who)
{
	struct car_pace *c = &p->car[who];

	c->driver = &drivers[who];
	c->present = !(drivers[who].skips >> p->event & 1);
	usual_setup(seed, p->event, who, &c->setup);
}

/* The quickest of those that are not out of it; the first when all are. */
static int quickest(const struct plain *plain, const bool out[DRIVERS])
{
	int best = 0;

	for (int i = 1; i < DRIVERS; i++)
		if (!out[i] && (out[best] || sum_of(plain->us[i]) < sum_of(plain->us[best])))
			best = i;
	return best;
}

static void find_rivals(const struct plain *plain, const struct pace *p, int who, struct rivals *rivals)
{
	bool out[DRIVERS];

	for (int i = 0; i < DRIVERS; i++)
		out[i] = i == who || !p->car[i].present;
	for (int n = 0; n < RIVALS; n++) {
		int next = quickest(plain, out);

		out[next] = true;
		memcpy(rivals->us[n], plain->us[next], sizeof rivals->us[n]);
	}
}

static void make_car(struct pace *p, int who, const struct plain *plain)
{
	struct car_pace *c = &p->car[who];
	struct rivals rivals;
	int64_t us[MINI_COUNT];

	if (!c->present)
		return;
	find_rivals(plain, p, who, &rivals);
	plant_corners(p, c, &rivals);
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
	struct plain plain = {{{0}}};

	memset(out, 0, sizeof *out);
	out->event = event;
	out->race = race;
	track_layout(&tracks[event], &out->layout);
	lap_simulate(&out->layout, &usual, &trace);
	for (int i = 0; i < MINI_COUNT; i++)
		out->speed_at[i] = (int32_t)trace_speed(&trace, layout_loop(&out->layout, i));
	for (int i = 0; i < DRIVERS; i++) {
		set_up(seed, out, i);
		if (out->car[i].present)
			run_minis(&out->layout, &out->car[i].setup, plain.us[i]);
	}
	for (int i = 0; i < DRIVERS; i++)
		make_car(out, i, &plain);
}

int64_t pace_of(const struct car_pace *c, int mini, int lap)
{
	return c->mini[mini].fresh + c->mini[mini].wear * (lap - 1);
}
