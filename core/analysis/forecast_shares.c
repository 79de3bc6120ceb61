/* Places as shares of the field: what a forecast is made of. */
#include <math.h>
#include <stdlib.h>

#include "core/analysis/forecast.h"

static int by_driver(const void *a, const void *b)
{
	const struct forecast_start *x = a, *y = b;
	int c = (x->driver > y->driver) - (x->driver < y->driver);

	return c ? c : (x->race > y->race) - (x->race < y->race);
}

static double place_share(int32_t place, uint32_t cars)
{
	return place > 0 && cars > 0 ? ((double)place - 0.5) / cars : (double)NAN;
}

static ms_t time_of(const struct forecast_start *s, bool best)
{
	return best ? s->best : s->qualifying;
}

/* Place among the times of the race as a share of them. */
static double time_share(const struct forecast_data *d, const struct forecast_start *s, bool best)
{
	ms_t own = time_of(s, best);
	uint32_t n = 0, faster = 0, same = 0;

	for (uint32_t i = 0; i < d->nstarts; i++) {
		ms_t t = time_of(&d->start[i], best);
		if (d->start[i].race != s->race || t == MS_NONE)
			continue;
		n++;
		faster += t < own;
		same += t == own;
	}
	return own != MS_NONE && n > 0 ? (faster + same * 0.5) / n : (double)NAN;
}

static void count_cars(struct forecast_data *d, uint32_t *starts)
{
	for (uint32_t i = 0; i < d->nstarts; i++) {
		const struct forecast_start *s = &d->start[i];
		uint32_t *cars = &d->race[s->race].cars;
		uint32_t known[] = {++starts[s->race], s->finish > 0 ? (uint32_t)s->finish : 0,
				    s->grid > 0 ? (uint32_t)s->grid : 0};

		for (int k = 0; k < 3; k++)
			*cars = known[k] > *cars ? known[k] : *cars;
	}
}

bool forecast_make(struct forecast_data *d, struct arena *a, struct err *err)
{
	uint32_t *starts = ARENA_ARRAY(a, (size_t)d->nraces + 1, uint32_t);

	if (d->nstarts > FORECAST_MOST)
		return err_set(err, ERR_FORMAT, "%u starts in one season: the forecast takes up to %d", d->nstarts,
			       FORECAST_MOST);
	d->of_driver = ARENA_ARRAY(a, (size_t)d->ndrivers + 2, uint32_t);
	if (!starts || !d->of_driver)
		return err_set(err, ERR_NOMEM, "out of memory for the forecast");
	if (d->nstarts > 0)
		qsort(d->start, d->nstarts, sizeof *d->start, by_driver);
	count_cars(d, starts);
	for (uint32_t i = 0; i < d->nstarts; i++) {
		struct forecast_start *s = &d->start[i];
		uint32_t cars = d->race[s->race].cars;

		s->finish_share = place_share(s->finish, cars);
		s->best_share = time_share(d, s, true);
		s->qualifying_share = time_share(d, s, false);
		s->grid_share = s->grid > 0 ? place_share(s->grid, cars) : s->qualifying_share;
		d->of_driver[s->driver + 1] = i + 1;
	}
	for (uint32_t i = 1; i <= d->ndrivers + 1; i++) /* who started nowhere has an empty range */
		if (d->of_driver[i] < d->of_driver[i - 1])
			d->of_driver[i] = d->of_driver[i - 1];
	return true;
}
