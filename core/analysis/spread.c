#include "core/analysis/spread.h"

#include <math.h>

bool spread_room_make(const struct session *s, struct arena *scratch, struct spread_room *out)
{
	out->times = ARENA_ARRAY(scratch, s->laps.n, ms_t);
	out->scratch = ARENA_ARRAY(scratch, s->laps.n, ms_t);
	return out->times && out->scratch;
}

/* Consistency: the three measures together, none decides alone. */
static void consistency(const ms_t *v, struct spread_room *room, struct pace *p)
{
	p->sd = ms_sd(v, p->n);
	p->mad = ms_mad(v, p->n, room->scratch);
	p->cv = 100 * p->sd / ms_mean(v, p->n);
	p->q1 = ms_quantile_sorted(v, p->n, 0.25);
	p->q3 = ms_quantile_sorted(v, p->n, 0.75);
	p->iqr = (ms_t)round_half_away(ms_quantile_exact(v, p->n, 0.75) - ms_quantile_exact(v, p->n, 0.25));
}

/* Off laps: slower than the median by more than three MADs and a second. Source: PACETEQ. */
static uint32_t count_off(const ms_t *sorted, const struct pace *p)
{
	double allowed = p->n >= 2 && 3 * p->mad > 1000 ? 3 * p->mad : 1000;
	double limit = (double)ms_median_twice(sorted, p->n) / 2 + allowed;
	uint32_t off = 0;

	for (uint32_t i = 0; i < p->n; i++)
		off += sorted[i] > limit;
	return off;
}

static void fill(const ms_t *sorted, struct spread_room *room, struct pace *p)
{
	p->median = ms_median_sorted(sorted, p->n);
	p->min = sorted[0];
	p->max = sorted[p->n - 1];
	p->mean = (ms_t)round_half_away(ms_mean(sorted, p->n));
	if (p->n >= 2)
		consistency(sorted, room, p);
	p->off = count_off(sorted, p);
}

void pace_of(const struct session *s, const struct classes *c, uint32_t first, uint32_t n, struct spread_room *room,
	     struct pace *out)
{
	*out = (struct pace){0,       MS_NONE, MS_NONE,     MS_NONE,     MS_NONE,     MS_NONE,
			     MS_NONE, MS_NONE, (double)NAN, (double)NAN, (double)NAN, 0};
	for (uint32_t i = first; i < first + n; i++)
		if (c->lap[i].status == LAP_CLEAN)
			room->times[out->n++] = s->laps.time[i];
	ms_sort(room->times, out->n);
	if (out->n > 0)
		fill(room->times, room, out);
}

/* v without what is over 1.20 x its mean, in whole numbers: 5 x time <= 6 x mean. */
static uint32_t drop_slow(ms_t *v, uint32_t n)
{
	int64_t sum = 0;
	uint32_t kept = 0;

	for (uint32_t i = 0; i < n; i++)
		sum += v[i];
	for (uint32_t i = 0; i < n; i++)
		if (5 * (int64_t)v[i] * n <= 6 * sum)
			v[kept++] = v[i];
	return kept;
}

double sanitized_of(const struct session *s, const struct classes *c, uint32_t first, uint32_t n,
		    struct spread_room *room, uint32_t *used)
{
	uint32_t found = 0;

	/* What is left out: "clean" and "slow" are the statuses of all other laps. */
	for (uint32_t i = first; i < first + n; i++)
		if (c->lap[i].status == LAP_CLEAN || c->lap[i].status == LAP_SLOW)
			room->times[found++] = s->laps.time[i];
	*used = drop_slow(room->times, found);
	return *used ? ms_mean(room->times, *used) : (double)NAN;
}
