#include "core/analysis/driver_pace.h"

#include <math.h>
#include <string.h>

static const double ALPHA = 0.05;

static const char *name_of(const struct session *s, uint32_t lap)
{
	uint16_t d = s->laps.driver[lap];

	return d == NO_DRIVER ? "" : s->drivers[d].name;
}

/* A driver may stand in the file under two seats: the name is the person. */
static struct driver_pace *row_for(struct driver_paces *p, const char *name)
{
	for (uint32_t i = 0; i < p->n; i++)
		if (strcmp(p->row[i].name, name) == 0)
			return &p->row[i];
	return NULL;
}

/* A row a name, with how many clean laps it will hold. */
static bool count_rows(const struct analysis *an, uint32_t car, struct arena *arena, struct driver_paces *out)
{
	uint32_t first = car_first(an, car), end = first + car_seen(an, car), names = 0;

	for (uint32_t i = 0; i < an->session->ndrivers; i++)
		names += an->session->drivers[i].car == car;
	out->row = ARENA_ARRAY(arena, names, struct driver_pace);
	if (!out->row)
		return false;
	for (uint32_t i = first; i < end; i++) {
		const char *name = name_of(an->session, i);
		struct driver_pace *r = row_for(out, name);

		if (!*name || (!r && out->n == names))
			continue;
		if (!r) {
			r = &out->row[out->n++];
			r->name = name;
		}
		r->clean += lap_is_clean(an, i);
		r->now = i + 1 == end;
	}
	return true;
}

static bool fill_row(const struct class_clock *c, uint32_t car, struct arena *arena, struct driver_pace *r)
{
	const struct analysis *an = c->an;
	uint32_t first = car_first(an, car), n = 0;
	ms_t *time = ARENA_ARRAY(arena, r->clean, ms_t), *sorted = ARENA_ARRAY(arena, r->clean, ms_t);

	r->lap = ARENA_ARRAY(arena, r->clean, uint32_t);
	r->minus = ARENA_ARRAY(arena, r->clean, ms_t);
	if (!time || !sorted || !r->lap || !r->minus)
		return false;
	for (uint32_t i = first; i < first + car_seen(an, car); i++) {
		ms_t minus;

		if (!lap_is_clean(an, i) || strcmp(name_of(an->session, i), r->name) != 0)
			continue;
		time[n++] = an->session->laps.time[i];
		minus = class_clock_minus(c, i, an->session->laps.time);
		if (minus == MS_NONE)
			continue;
		r->lap[r->n] = i;
		r->minus[r->n] = sorted[r->n] = minus;
		r->n++;
	}
	ms_sort(time, n);
	r->median = n ? ms_median_sorted(time, n) : MS_NONE;
	sign_interval(sorted, r->n, ALPHA, &r->v_class);
	return true;
}

bool driver_pace_make(const struct analysis *an, uint32_t car, struct arena *arena, struct driver_paces *out,
		      struct err *err)
{
	struct class_clock clock;

	*out = (struct driver_paces){0};
	if (!class_clock_make(an, car, arena, &clock, err))
		return false;
	out->class_cars = clock.ncars;
	if (!count_rows(an, car, arena, out))
		return err_set(err, ERR_NOMEM, "out of memory for the drivers of car %s", an->session->cars[car].id);
	for (uint32_t i = 0; i < out->n; i++)
		if (!fill_row(&clock, car, arena, &out->row[i]))
			return err_set(err, ERR_NOMEM, "out of memory for the drivers of car %s",
				       an->session->cars[car].id);
	return true;
}

/* --- Two sets of laps ----------------------------------------------------------- */

/* z with alpha/2 of a normal distribution above it: Abramowitz and Stegun 26.2.23, error under 0.0005. */
static double normal_above(double alpha)
{
	double t = sqrt(-2 * log(alpha / 2));

	return t - (2.515517 + t * (0.802853 + t * 0.010328)) / (1 + t * (1.432788 + t * (0.189269 + t * 0.001308)));
}

/* How many of all differences lie below the interval at each end. Each side counts as a third of its laps, which makes the interval
 * wider by the square root of three. */
static int64_t outside(double nyou, double nref, double alpha)
{
	double all = nyou * nref, sd = sqrt(3 * all * (nyou + nref + 1) / 12);

	return (int64_t)floor(all / 2 - normal_above(alpha) * sd);
}

bool shift_make(const ms_t *you, uint32_t nyou, const ms_t *ref, uint32_t nref, double alpha, struct arena *arena,
		struct shift *out)
{
	size_t all = (size_t)nyou * nref;
	ms_t *d = ARENA_ARRAY(arena, all, ms_t);
	int64_t out_of;

	*out = (struct shift){(double)NAN, (double)NAN, (double)NAN, false};
	if (!d || all > UINT32_MAX)
		return false;
	if (all == 0)
		return true;
	for (uint32_t i = 0; i < nyou; i++)
		for (uint32_t k = 0; k < nref; k++)
			d[(size_t)i * nref + k] = you[i] - ref[k];
	ms_sort(d, (uint32_t)all);
	out->median = (double)ms_median_twice(d, (uint32_t)all) / 2;
	out_of = outside(nyou, nref, alpha);
	if (out_of < 1)
		return true;
	out->low = d[out_of];
	out->high = d[all - 1 - (size_t)out_of];
	out->clear = out->low > 0 || out->high < 0;
	return true;
}
