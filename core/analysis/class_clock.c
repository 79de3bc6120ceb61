#include "core/analysis/class_clock.h"

#include <stdlib.h>
#include <string.h>

const ms_t *place_times(const struct session *s, int sector, int mini)
{
	if (sector >= 0)
		return s->laps.sector[sector];
	return mini >= 0 ? s->laps.mini[mini] : s->laps.time;
}

struct moment { /* while they are being sorted */
	ms_t elapsed;
	uint32_t lap;
};

static int by_clock(const void *a, const void *b)
{
	const struct moment *x = a, *y = b;

	if (x->elapsed != y->elapsed)
		return x->elapsed < y->elapsed ? -1 : 1;
	return (x->lap > y->lap) - (x->lap < y->lap);
}

/* The clean laps of the cars of one class; how many. */
static uint32_t collect(struct class_clock *c, const char *class_name, struct moment *m)
{
	const struct session *s = c->an->session;
	uint32_t n = 0;

	for (uint32_t car = 0; car < s->ncars; car++) {
		uint32_t before = n;

		if (strcmp(s->cars[car].class_name, class_name) != 0)
			continue;
		for (uint32_t i = car_first(c->an, car); i < car_first(c->an, car) + car_seen(c->an, car); i++)
			if (lap_is_clean(c->an, i) && s->laps.elapsed[i] != MS_NONE)
				m[n++] = (struct moment){s->laps.elapsed[i], i};
		c->ncars += n > before;
	}
	return n;
}

bool class_clock_make(const struct analysis *an, uint32_t car, struct arena *arena, struct class_clock *out,
		      struct err *err)
{
	struct moment *m = ARENA_ARRAY(arena, an->classes.clean, struct moment);

	*out = (struct class_clock){.an = an, .lap = ARENA_ARRAY(arena, an->classes.clean, uint32_t)};
	out->scratch = ARENA_ARRAY(arena, an->classes.clean, ms_t);
	if (!m || !out->lap || !out->scratch)
		return err_set(err, ERR_NOMEM, "out of memory for the class of car %s", an->session->cars[car].id);
	out->n = collect(out, an->session->cars[car].class_name, m);
	if (out->n > 1)
		qsort(m, out->n, sizeof *m, by_clock);
	for (uint32_t i = 0; i < out->n; i++)
		out->lap[i] = m[i].lap;
	return true;
}

/* The first lap of the class that ended at `from` or later. */
static uint32_t first_since(const struct class_clock *c, int64_t from)
{
	const ms_t *elapsed = c->an->session->laps.elapsed;
	uint32_t lo = 0, hi = c->n;

	while (lo < hi) {
		uint32_t mid = lo + (hi - lo) / 2;

		if (elapsed[c->lap[mid]] < from)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo;
}

ms_t class_clock_minus(const struct class_clock *c, uint32_t lap, const ms_t *times)
{
	const ms_t *elapsed = c->an->session->laps.elapsed;
	uint32_t n = 0;

	if (times[lap] == MS_NONE || elapsed[lap] == MS_NONE)
		return MS_NONE;
	for (uint32_t i = first_since(c, (int64_t)elapsed[lap] - CLOCK_HALF);
	     i < c->n && (int64_t)elapsed[c->lap[i]] <= (int64_t)elapsed[lap] + CLOCK_HALF; i++)
		if (times[c->lap[i]] != MS_NONE)
			c->scratch[n++] = times[c->lap[i]];
	if (n < CLOCK_FEWEST)
		return MS_NONE;
	ms_sort(c->scratch, n);
	return (ms_t)half_round(2 * (int64_t)times[lap] - ms_median_twice(c->scratch, n));
}
