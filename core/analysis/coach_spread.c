/* SPREAD: laps that lie further apart than other drivers' do. Told by the step from one lap to the next, so that neither tyres nor a
 * drying track count as spread, and only between laps that nobody held up: catching a car is a step too. A lap has
 * several mini-sectors (or sectors), and each step of each is set against the usual one there: that makes enough of them to tell
 * drivers apart in one race. */
#include <string.h>

#include "core/analysis/class_clock.h"
#include "core/analysis/coach_draft.h"

enum { FEWEST_STEPS = 6, FEWEST_CARS = 5, PARTS_MAX = MINIS };
/* Of a step between two laps the standard deviation is sqrt(2) times that of one: this makes the median step a deviation. */
static const double STEP_TO_SD = 1.4826 / 1.4142135623730951;
/* A driver a little less even than others is no news: three quarters more, and surely one. In thousandths of the
 * usual. Chosen on made-up seasons, where with a half more for the first one in forty had a spread that was none. */
enum { RATIO_LEAST = 1750, RATIO_SURE = 1250 };

struct part {
	int sector, mini;
	const ms_t *times;
	ms_t usual; /* the step of the others */
};

struct unevenness {
	struct part part[PARTS_MAX];
	unsigned nparts;
	uint32_t *lap; /* that the steps lead to */
	uint32_t nlaps;
	struct interval ratio; /* YOUR steps, thousandths of the usual one in the same place */
	ms_t usual;            /* the others' step, the mean of the places */
	ms_t usual_lap;        /* and of the whole lap */
};

static bool held(const struct coach *k, uint32_t lap)
{
	return coach_held(k, lap) || k->an->order.air[lap].air == AIR_UNKNOWN;
}

static bool step_counts(const struct coach *k, uint32_t lap)
{
	const struct laps *l = &k->an->session->laps;

	return l->number[lap] == l->number[lap - 1] + 1 && lap_is_clean(k->an, lap) && lap_is_clean(k->an, lap - 1) &&
	       !held(k, lap) && !held(k, lap - 1);
}

/* Sizes of a car's steps at a place. */
static uint32_t steps_of(const struct coach *k, uint32_t car, const ms_t *times, ms_t *step)
{
	uint32_t n = 0, first = car_first(k->an, car);

	for (uint32_t i = first + 1; i < first + car_seen(k->an, car); i++)
		if (step_counts(k, i) && times[i] != MS_NONE && times[i - 1] != MS_NONE)
			step[n++] = times[i] > times[i - 1] ? times[i] - times[i - 1] : times[i - 1] - times[i];
	return n;
}

/* Room for the steps of any car in all places. */
static ms_t *step_room(struct coach *k)
{
	uint32_t most = 0;

	for (uint32_t car = 0; car < k->an->session->ncars; car++)
		most = car_seen(k->an, car) > most ? car_seen(k->an, car) : most;
	return new_times(k, most * PARTS_MAX);
}

static bool is_other(const struct coach *k, uint32_t car)
{
	const struct car *cars = k->an->session->cars;

	return car != k->c->you && strcmp(cars[car].class_name, cars[k->c->you].class_name) == 0;
}

/* The usual step in the class: the median over the cars of each one's median, YOURS left out; MS_NONE with too few cars. */
static ms_t usual_step(struct coach *k, const ms_t *times, ms_t *room)
{
	ms_t *median = new_times(k, k->an->session->ncars);
	uint32_t cars = 0;

	for (uint32_t car = 0; median && car < k->an->session->ncars; car++) {
		uint32_t n = is_other(k, car) ? steps_of(k, car, times, room) : 0;

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

/* The smallest places the file has. */
static bool choose_parts(struct coach *k, struct unevenness *u, ms_t *room)
{
	const struct session *s = k->an->session;
	bool minis = s->nmini > 0;
	int64_t sum = 0;

	for (int i = 0; i < (minis ? MINIS : SECTORS); i++) {
		struct part p = {minis ? -1 : i, minis ? i : -1, NULL, MS_NONE};

		p.times = place_times(s, p.sector, p.mini);
		p.usual = usual_step(k, p.times, room);
		if (p.usual == MS_NONE || p.usual == 0)
			continue;
		u->part[u->nparts++] = p;
		sum += p.usual;
	}
	u->usual_lap = usual_step(k, s->laps.time, room);
	if (u->nparts == 0 || u->usual_lap == MS_NONE)
		return false;
	u->usual = (ms_t)round_half_away((double)sum / u->nparts);
	return true;
}

static bool choose_laps(struct coach *k, struct unevenness *u)
{
	uint32_t first = car_first(k->an, k->c->you);

	u->lap = ARENA_ARRAY(k->arena, car_seen(k->an, k->c->you), uint32_t);
	if (!u->lap) {
		k->failed = true;
		return false;
	}
	for (uint32_t i = first + 1; i < first + car_seen(k->an, k->c->you); i++)
		if (step_counts(k, i))
			u->lap[u->nlaps++] = i;
	return u->nlaps >= MIN_PAIRS;
}

/* Each step in thousandths of the usual one there. */
static void ratios(struct coach *k, struct unevenness *u, ms_t *room)
{
	uint32_t n = 0;

	for (unsigned i = 0; i < u->nparts; i++) {
		uint32_t m = steps_of(k, k->c->you, u->part[i].times, room + n);

		for (uint32_t x = n; x < n + m; x++) {
			int64_t r = (int64_t)room[x] * 1000 / u->part[i].usual;

			room[x] = r > MS_MAX ? MS_MAX : (ms_t)r;
		}
		n += m;
	}
	sign_interval(room, n, 0.002, &u->ratio);
}

/* Of the steps in a place, in time: so many thousandths of the usual one. */
static ms_t in_time(const struct unevenness *u, ms_t ratio)
{
	return (ms_t)round_half_away((double)ratio * u->usual / 1000);
}

static struct interval evidence_of(const struct unevenness *u)
{
	struct interval v = u->ratio;

	v.median = in_time(u, v.median);
	v.low = in_time(u, v.low);
	v.high = in_time(u, v.high);
	v.clear = true;
	return v;
}

static void spread_words(struct coach *k, struct note *n, const struct unevenness *u)
{
	const char *what = u->part[0].mini >= 0 ? "mini-sectors" : "sectors";

	n->head = say(k, "%s move by %s s a lap, those of others %s", what, sec(n->evidence.median).s, sec(u->usual).s);
	n->text = say(k,
		      "From one lap to the next your %s move by %s (%s to %s, %u steps into %s%s), "
		      "those of the others by %s.",
		      what, sec(n->evidence.median).s, sec(n->evidence.low).s, sec(n->evidence.high).s, u->nlaps,
		      lap_words(k, n->laps, n->nlaps), ", none of them held", sec(u->usual).s);
	n->action = "lay the quickest and the slowest of these laps side by side.";
}

void coach_spread(struct coach *k)
{
	ms_t *room = step_room(k);
	struct unevenness u = {.nparts = 0};
	struct note *n;
	double more;

	if (!room || !choose_laps(k, &u) || !choose_parts(k, &u, room))
		return;
	ratios(k, &u, room);
	if (u.ratio.low == MS_NONE || u.ratio.low < RATIO_SURE || u.ratio.median < RATIO_LEAST)
		return;
	more = (u.ratio.median - 1000) / 1000.0 * u.usual_lap * STEP_TO_SD;
	if (more < MIN_A_LAP || more * u.nlaps > MS_MAX)
		return;
	n = draft_new(k, NOTE_PACE, TOPIC_SPREAD, "SPREAD", round_half_away(more * u.nlaps));
	n->about = true;
	n->gain = (ms_t)round_half_away(more * u.nlaps / 100) * 100;
	n->evidence = evidence_of(&u);
	n->median_you = n->evidence.median;
	n->median_ref = u.usual;
	set_side(k, n, &n->of_you, you_id(k), u.lap, u.nlaps);
	n->laps = n->of_you.lap;
	n->nlaps = n->of_you.n;
	spread_words(k, n, &u);
}
