#include "core/analysis/rolling.h"

/* Sector k of the run that begins with sector `start` of `from` and ends on `to`. */
static ms_t sector_in_row(const struct session *s, uint32_t from, uint32_t to, unsigned start, unsigned k)
{
	return k < start ? s->laps.sector[k][to] : s->laps.sector[k][from];
}

/* Sum of the three sectors, MS_NONE when one is not known. */
static ms_t sum_in_row(const struct session *s, uint32_t from, uint32_t to, unsigned start)
{
	int64_t sum = 0;

	for (unsigned k = 0; k < SECTORS; k++) {
		ms_t v = sector_in_row(s, from, to, start, k);
		if (v == MS_NONE)
			return MS_NONE;
		sum += v;
	}
	return sum <= MS_MAX ? (ms_t)sum : MS_NONE;
}

static void keep(const struct session *s, uint32_t from, uint32_t to, unsigned start, struct car_best *out)
{
	ms_t sum = sum_in_row(s, from, to, start);

	if (sum == MS_NONE || (out->rolling != MS_NONE && sum >= out->rolling))
		return;
	out->rolling = sum;
	out->rolling_from = s->laps.number[from];
	out->rolling_to = s->laps.number[to];
}

void rolling_of(const struct session *s, const struct classes *c, uint32_t car, struct car_best *out)
{
	uint32_t first = s->cars[car].first;

	out->rolling = MS_NONE;
	for (uint32_t i = first; i < first + c->seen[car]; i++) {
		if (!lap_is_flying(&c->lap[i], s->laps.number[i]))
			continue;
		bool joined = i > first && s->laps.number[i - 1] + 1 == s->laps.number[i] &&
			      lap_is_flying(&c->lap[i - 1], s->laps.number[i - 1]);
		for (unsigned start = 1; joined && start < SECTORS; start++)
			keep(s, i - 1, i, start, out);
		keep(s, i, i, 0, out);
	}
}
