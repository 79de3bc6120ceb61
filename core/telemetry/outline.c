#include "core/telemetry/outline.h"

#include <math.h>

static const double smooth = 20; /* m */

static uint32_t known_points(const struct tel_set *s, const struct tel_lap *l)
{
	uint32_t n = 0;

	for (uint32_t i = 0; l->east && i < s->n; i++)
		n += !isnan(l->east[i]) && !isnan(l->north[i]);
	return n;
}

/* Usable laps first, then the one with most points. */
static const struct tel_lap *best_lap(const struct tel_set *s)
{
	const struct tel_lap *best = NULL;
	uint32_t most = 0;

	for (int usable = 1; usable >= 0 && !best; usable--)
		for (uint32_t i = 0; i < s->nlaps; i++) {
			uint32_t n = s->lap[i].usable == (usable == 1) ? known_points(s, &s->lap[i]) : 0;

			if (n > most) {
				most = n;
				best = &s->lap[i];
			}
		}
	return 2 * most > s->n ? best : NULL;
}

/* Mean of what is known within half the width on both sides. */
static void smoothed(const struct tel_set *s, const float *v, float *out)
{
	uint32_t reach = (uint32_t)(smooth / 2 / s->step);

	for (uint32_t i = 0; i < s->n; i++) {
		uint32_t from = i > reach ? i - reach : 0, end = i + reach < s->n ? i + reach : s->n - 1, n = 0;
		double sum = 0;

		for (uint32_t k = from; k <= end; k++) {
			sum += isnan(v[k]) ? 0 : (double)v[k];
			n += !isnan(v[k]);
		}
		out[i] = isnan(v[i]) ? NAN : (float)(sum / n);
	}
}

static void range(const float *v, uint32_t n, float *low, float *high)
{
	*low = *high = NAN;
	for (uint32_t i = 0; i < n; i++) {
		if (isnan(v[i]))
			continue;
		*low = v[i] >= *low ? *low : v[i];
		*high = v[i] <= *high ? *high : v[i];
	}
}

bool tel_outline_make(const struct tel_set *s, struct arena *arena, struct tel_outline *out, struct err *err)
{
	*out = (struct tel_outline){.lap = best_lap(s)};
	if (!out->lap)
		return true;
	out->x = ARENA_ARRAY(arena, s->n, float);
	out->y = ARENA_ARRAY(arena, s->n, float);
	if (!out->x || !out->y)
		return err_set(err, ERR_NOMEM, "no memory for the map");
	smoothed(s, out->lap->east, out->x);
	smoothed(s, out->lap->north, out->y);
	range(out->x, s->n, &out->min_x, &out->max_x);
	range(out->y, s->n, &out->min_y, &out->max_y);
	return true;
}
