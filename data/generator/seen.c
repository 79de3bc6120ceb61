#include "data/generator/seen.h"

#include <string.h>

enum {
	ALONE_MS = 500,  /* behind the next car, at the line, a driver is his own master */
	CLEAR_MS = 1000, /* and sees nothing of him */
	SEEN_LAPS = 16,  /* of a corner */
	CLEAR_LAPS = 6,  /* of these, in clear air */
	WORN_LAPS = 18,  /* of a slope: a third of them at either end */
	STEP_LAPS = 22,  /* that follow a lap of the same kind: of a spread */
	START_MS = 600,  /* lost on lap 1: less is everybody's */
	LEAST_US = 100000,
	QUICK_LAPS = 8, /* fewer do not make a car the quickest */
	AS_QUICK_MS = 100
};

/* --- laps ---------------------------------------------------------------------- */

/* Driven for time: neither the first, nor through the lane, nor under a caution, nor with something gone wrong. */
static bool is_usual(const struct car_run *c, int i)
{
	const struct lap *best = run_best(c), *l = &c->lap[i];

	return i > 0 && i < c->laps && best && !l->in_pit && l->pit_time == 0 && !l[-1].in_pit &&
	       l->flag != LAP_CAUTION && l[-1].flag != LAP_CAUTION &&
	       (int64_t)l->time * 100 < (int64_t)best->time * 107;
}

/* Milliseconds since another car was last at the line when this lap began. */
static int32_t gap_at(const struct run *r, int who, int i)
{
	int32_t begin = r->car[who].lap[i - 1].elapsed, least = INT32_MAX;

	for (int other = 0; other < DRIVERS; other++) {
		const struct car_run *c = &r->car[other];

		for (int k = 0; k < c->laps && other != who; k++) {
			int32_t gap = begin - c->lap[k].elapsed;

			least = gap >= 0 && gap < least ? gap : least;
		}
	}
	return least;
}

/* From line to line: where it comes to be behind somebody, it was held up somewhere on the way. */
static bool is_alone(const struct run *r, int who, int i)
{
	return is_usual(&r->car[who], i) && gap_at(r, who, i) >= ALONE_MS && gap_at(r, who, i + 1) >= ALONE_MS;
}

/* --- the quickest of the others -------------------------------------------------- */

/* Median of the usual laps; INT32_MAX with too few. */
static int32_t middle_of(const struct car_run *c)
{
	int32_t time[LAPS_MAX];
	int n = 0;

	for (int i = 0; i < c->laps; i++) {
		int at = n;

		if (!is_usual(c, i))
			continue;
		for (; at > 0 && time[at - 1] > c->lap[i].time; at--)
			time[at] = time[at - 1];
		time[at] = c->lap[i].time;
		n++;
	}
	return n < QUICK_LAPS ? INT32_MAX : time[n / 2];
}

/* Least median of all cars but one. */
static int32_t quickest_but(const struct run *r, int who)
{
	int32_t best = INT32_MAX;

	for (int i = 0; i < DRIVERS; i++)
		if (i != who && middle_of(&r->car[i]) < best)
			best = middle_of(&r->car[i]);
	return best;
}

/* --- what is planted --------------------------------------------------------------- */

static int64_t expected_at(const struct car_run *c, int mini)
{
	return c->pace->mini[mini].fresh + c->pace->mini[mini].wear * c->laps / 2;
}

static bool shows_corner(const struct run *r, int who, int other, const struct grown *g)
{
	int n = 0, clear = 0;

	if (expected_at(&r->car[who], g->mini) - expected_at(&r->car[other], g->mini) < LEAST_US)
		return false;
	for (int i = 0; i < r->car[who].laps && i < r->car[other].laps; i++)
		if (is_alone(r, who, i) && is_alone(r, other, i)) {
			n++;
			clear += gap_at(r, who, i) >= CLEAR_MS;
		}
	return n >= SEEN_LAPS && clear >= CLEAR_LAPS;
}

static bool shows_slope(const struct run *r, int who)
{
	int n = 0;

	for (int i = 0; i < r->car[who].laps; i++)
		n += is_alone(r, who, i);
	return n >= WORN_LAPS;
}

static bool shows_spread(const struct run *r, int who)
{
	int n = 0;

	for (int i = 1; i < r->car[who].laps; i++)
		n += is_alone(r, who, i) && is_alone(r, who, i - 1);
	return n >= STEP_LAPS;
}

static bool shows_start(const struct run *r, int who, int other, const struct grown *g)
{
	int32_t lost = r->car[who].lap[0].time - r->car[other].lap[0].time;

	return lost >= g->plant->seconds / 2 && lost >= START_MS;
}

/* Against one other car. */
static bool shows_against(const struct run *r, int who, int other, const struct grown *g)
{
	return g->plant->cause == START ? shows_start(r, who, other, g) : shows_corner(r, who, other, g);
}

/* Against the quickest, and whoever is about as quick. */
static bool shows_against_all(const struct run *r, int who, const struct grown *g)
{
	int32_t quickest = quickest_but(r, who);

	for (int i = 0; i < DRIVERS && quickest != INT32_MAX; i++)
		if (i != who && middle_of(&r->car[i]) <= quickest + AS_QUICK_MS && !shows_against(r, who, i, g))
			return false;
	return quickest != INT32_MAX;
}

static bool shows(const struct run *r, const struct grown *g)
{
	int who = 0;

	while (who < DRIVERS - 1 && strcmp(drivers[who].number, g->plant->number) != 0)
		who++;
	switch (g->plant->cause) {
	case STRONG_CORNER:
		return true;
	case WEAR:
		return shows_slope(r, who);
	case SPREAD:
		return shows_spread(r, who);
	default:
		return shows_against_all(r, who, g);
	}
}

bool race_shows_all(const struct run *r)
{
	for (unsigned i = 0; i < r->pace->ngrown; i++)
		if (!shows(r, &r->pace->grown[i]))
			return false;
	return true;
}
