#include "core/telemetry/tick.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static bool same_value(const struct tel_tick *t, int channel, double value)
{
	if (channel >= TEL_LAT)
		return t->gps[channel - TEL_LAT] == value;
	return t->v[channel] == (float)value;
}

void tel_tick_set(struct tel_tick *t, int channel, double value, struct tel_counts *c)
{
	uint32_t bit = 1u << channel;

	if (t->mask & bit) {
		if (same_value(t, channel, value)) {
			c->duplicates++;
			return;
		}
		c->conflicts++;
	}
	t->mask |= bit;
	if (channel >= TEL_LAT)
		t->gps[channel - TEL_LAT] = value;
	else
		t->v[channel] = (float)value;
}

double tel_tick_get(const struct tel_tick *t, int channel)
{
	if (!(t->mask & 1u << channel))
		return (double)NAN;
	return channel >= TEL_LAT ? t->gps[channel - TEL_LAT] : (double)t->v[channel];
}

/* `later` joins `t`, which is of the same moment. */
static void join(struct tel_tick *t, const struct tel_tick *later, struct tel_counts *c)
{
	for (int k = 0; k < TEL_CHANNELS; k++)
		if (later->mask & 1u << k)
			tel_tick_set(t, k, tel_tick_get(later, k), c);
	if (t->lap == TEL_NO_LAP)
		t->lap = later->lap;
	if (later->meta < t->meta)
		t->meta = later->meta;
	t->rows = (uint16_t)(t->rows + later->rows < UINT16_MAX ? t->rows + later->rows : UINT16_MAX);
}

/* --- Order ------------------------------------------------------------------ */

static bool rises(const struct tel_tick *t, size_t n)
{
	for (size_t i = 1; i < n; i++)
		if (t[i].clock <= t[i - 1].clock)
			return false;
	return true;
}

/* Merges the sorted runs [a, b) and [b, end) of from into to; of equal moments the first run's comes first. */
static void merge(const struct tel_tick *from, struct tel_tick *to, size_t a, size_t b, size_t end)
{
	size_t i = a, k = b;

	if (b >= end || from[b - 1].clock <= from[b].clock) {
		memcpy(to + a, from + a, (end - a) * sizeof *from);
		return;
	}
	for (size_t at = a; at < end; at++)
		to[at] = i < b && (k >= end || from[i].clock <= from[k].clock) ? from[i++] : from[k++];
}

static size_t least(size_t a, size_t b)
{
	return a < b ? a : b;
}

static bool sort(struct tel_tick *t, size_t n)
{
	struct tel_tick *other = malloc(n * sizeof *t), *from = t, *to = other;

	if (!other)
		return false;
	for (size_t width = 1; width < n; width *= 2) {
		for (size_t a = 0; a < n; a += 2 * width)
			merge(from, to, a, least(a + width, n), least(a + 2 * width, n));
		struct tel_tick *swap = from;
		from = to;
		to = swap;
	}
	if (from != t)
		memcpy(t, from, n * sizeof *t);
	free(other);
	return true;
}

size_t tel_ticks_settle(struct tel_tick *t, size_t n, struct tel_counts *c)
{
	size_t kept = 0;

	if (n == 0 || rises(t, n))
		return n;
	if (!sort(t, n))
		return SIZE_MAX;
	for (size_t i = 0; i < n; i++) {
		if (kept > 0 && t[kept - 1].clock == t[i].clock)
			join(&t[kept - 1], &t[i], c);
		else
			t[kept++] = t[i];
	}
	return kept;
}

/* --- What order tells -------------------------------------------------------- */

void tel_walk_tick(struct tel_walk *w, int64_t clock, uint16_t lap, struct tel_counts *c)
{
	int64_t gap = w->any ? clock - w->clock : 0;

	if (!w->any || gap > TEL_RUN_GAP_MS || gap < 0)
		w->lap = 0;
	else if (gap > TEL_DROP_OUT_MS)
		c->drop_outs++;
	if (lap != TEL_NO_LAP && lap < w->lap)
		c->lap_stale++;
	else if (lap != TEL_NO_LAP)
		w->lap = lap;
	w->clock = clock;
	w->any = true;
}
