/* SPREAD: laps that lie further apart than other drivers' do. Told by the step from one lap to the next, so that neither tyres nor a
 * drying track count as spread, and only between laps in clear air, so that nobody else's driving does. */
#include <string.h>

#include "core/analysis/class_clock.h"
#include "core/analysis/coach_draft.h"

enum { FEWEST_STEPS = 6, FEWEST_CARS = 5 };
/* Of a step between two laps the standard deviation is sqrt(2) times that of one: this makes the median step a deviation. */
static const double STEP_TO_SD = 1.4826 / 1.4142135623730951;
/* A driver a little less even than others is no news. */
static const double TIMES_FIELD = 1.5;

static bool step_counts(const struct coach *k, uint32_t lap)
{
	const struct laps *l = &k->an->session->laps;
	const struct lap_air *air = k->an->order.air;

	return l->number[lap] == l->number[lap - 1] + 1 && lap_is_clean(k->an, lap) && lap_is_clean(k->an, lap - 1) &&
	       air[lap].air == AIR_CLEAR && air[lap - 1].air == AIR_CLEAR;
}

/* Sizes of a car's steps at a place, and the laps they lead to where somebody wants them. */
static uint32_t steps_of(const struct coach *k, uint32_t car, const ms_t *times, ms_t *step, uint32_t *lap)
{
	uint32_t n = 0, first = car_first(k->an, car);

	for (uint32_t i = first + 1; i < first + car_seen(k->an, car); i++) {
		if (!step_counts(k, i) || times[i] == MS_NONE || times[i - 1] == MS_NONE)
			continue;
		if (lap)
			lap[n] = i;
		step[n++] = times[i] > times[i - 1] ? times[i] - times[i - 1] : times[i - 1] - times[i];
	}
	return n;
}

/* Room for the steps of any car. */
static ms_t *step_room(struct coach *k)
{
	uint32_t most = 0;

	for (uint32_t car = 0; car < k->an->session->ncars; car++)
		most = car_seen(k->an, car) > most ? car_seen(k->an, car) : most;
	return new_times(k, most);
}

static bool is_other(const struct coach *k, uint32_t car)
{
	const struct car *cars = k->an->session->cars;

	return car != k->c->you && strcmp(cars[car].class_name, cars[k->c->you].class_name) == 0;
}

/* The usual step in the class: the median over the cars of each one's median, YOURS left out; MS_NONE with too few cars. */
static ms_t field_step(struct coach *k, const ms_t *times, ms_t *room)
{
	ms_t *median = new_times(k, k->an->session->ncars);
	uint32_t cars = 0;

	for (uint32_t car = 0; median && car < k->an->session->ncars; car++) {
		uint32_t n = is_other(k, car) ? steps_of(k, car, times, room, NULL) : 0;

		if (n < FEWEST_STEPS)
			continue;
		ms_sort(room, n);
		median[cars++] = ms_median_sorted(room, n);
	}
	if (cars < FEWEST_CARS)
		return MS_NONE;
	ms_sort(median, cars);
	return ms_median_sorted(median, cars);
}

struct unevenness {
	struct interval you;
	ms_t field;
};

static struct unevenness look(struct coach *k, int sector, ms_t *room)
{
	const ms_t *times = place_times(k->an->session, sector, -1);
	struct unevenness u = {.field = field_step(k, times, room)};

	sign_interval(room, steps_of(k, k->c->you, times, room, NULL), 0.05, &u.you);
	return u;
}

/* The sector where it is furthest over the field's. */
static const char *sector_words(struct coach *k, ms_t *room)
{
	int worst = -1;
	struct unevenness at = {.field = MS_NONE};
	ms_t most = 0;

	for (int i = 0; i < SECTORS; i++) {
		struct unevenness u = look(k, i, room);

		if (u.field == MS_NONE || u.you.n == 0 || u.you.median - u.field <= most)
			continue;
		most = u.you.median - u.field;
		worst = i;
		at = u;
	}
	if (worst < 0)
		return "";
	return say(k, " Most in S%d: %s, the others %s.", worst + 1, sec(at.you.median).s, sec(at.field).s);
}

static void spread_laps(struct coach *k, struct note *n, ms_t *room)
{
	uint32_t *lap = ARENA_ARRAY(k->arena, car_seen(k->an, k->c->you), uint32_t);

	if (!lap) {
		k->failed = true;
		return;
	}
	set_side(k, n, &n->of_you, you_id(k), lap, steps_of(k, k->c->you, k->an->session->laps.time, room, lap));
	n->laps = n->of_you.lap;
	n->nlaps = n->of_you.n;
}

static void spread_words(struct coach *k, struct note *n, const struct unevenness *u, ms_t *room)
{
	n->head = say(k, "%s s from one lap to the next, the others %s", sec(u->you.median).s, sec(u->field).s);
	n->text = say(k,
		      "From one lap to the next your time moves by %s (%s to %s, %u steps in clear air), that of the "
		      "others by %s.%s",
		      sec(u->you.median).s, sec(u->you.low).s, sec(u->you.high).s, u->you.n, sec(u->field).s,
		      sector_words(k, room));
	n->action = "lay the quickest and the slowest of these laps side by side.";
}

void coach_spread(struct coach *k)
{
	ms_t *room = step_room(k);
	struct unevenness u;
	struct note *n;
	double more;

	if (!room)
		return;
	u = look(k, -1, room);
	if (u.field == MS_NONE || u.you.n < MIN_PAIRS || u.you.low == MS_NONE || u.you.low <= u.field ||
	    u.you.median < TIMES_FIELD * u.field)
		return;
	more = (u.you.median - u.field) * STEP_TO_SD;
	if (more < MIN_A_LAP || more * u.you.n > MS_MAX)
		return;
	n = draft_new(k, NOTE_PACE, TOPIC_SPREAD, "SPREAD", round_half_away(more * u.you.n));
	n->about = true;
	n->gain = (ms_t)round_half_away(more * u.you.n / 100) * 100;
	n->evidence = u.you;
	n->evidence.clear = true;
	n->median_you = u.you.median;
	n->median_ref = u.field;
	spread_laps(k, n, room);
	spread_words(k, n, &u, room);
}
