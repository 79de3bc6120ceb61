#include "core/analysis/improve.h"

#include <math.h>
#include <string.h>

static bool no_memory(struct err *err)
{
	return err_set(err, ERR_NOMEM, "out of memory for the what-if");
}

/* --- The relations ------------------------------------------------------------ */

static void mean_finishes(const struct forecast_data *d, uint32_t nrows, double *share)
{
	for (uint32_t row = 0; row < nrows; row++) {
		uint32_t n = 0, end = row < d->ndrivers ? d->of_driver[row + 1] : 0;

		share[row] = 0;
		for (uint32_t i = end ? d->of_driver[row] : 0; i < end; i++) {
			if (isnan(d->start[i].finish_share))
				continue;
			share[row] += d->start[i].finish_share;
			n++;
		}
		share[row] = n ? share[row] / n : (double)NAN;
	}
}

/* Over the drivers whose y and factors are known. Factors worked out from the laps of a driver are left out: they are of another kind. */
static bool fit(const struct skill *skill, const double *y, uint32_t nrows, struct arena *scratch, struct relation *out)
{
	double(*x)[FACTORS] = arena_array(scratch, (size_t)nrows + 1, sizeof *x);
	double *v = ARENA_ARRAY(scratch, (size_t)nrows + 1, double);
	double *work = ARENA_ARRAY(scratch, (size_t)nrows + 1, double);
	uint32_t n = 0;

	if (!x || !v || !work)
		return false;
	for (uint32_t i = 0; i < nrows; i++) {
		if (!skill[i].known || skill[i].computed || isnan(y[i]))
			continue;
		memcpy(x[n], skill[i].percentile, sizeof x[n]);
		v[n++] = y[i];
	}
	relation_fit(x, v, n, work, out);
	return true;
}

bool improve_model_make(const struct season_table *t, const struct skill *skill, const struct season_forecast *f,
			const atomic_bool *cancel, struct arena *a, struct improve_model *out, struct err *err)
{
	struct arena *scratch = arena_new(0);
	bool ok;

	*out = (struct improve_model){.cars = season_forecast_cars(f)};
	out->finish_share = ARENA_ARRAY(a, (size_t)t->nrows + 1, double);
	ok = (scratch && out->finish_share) || no_memory(err);
	if (ok)
		mean_finishes(&f->data, t->nrows, out->finish_share);
	ok = ok && pace_gaps_make(t, cancel, a, &out->gaps, err);
	ok = ok && ((fit(skill, out->finish_share, t->nrows, scratch, &out->finish) &&
		     fit(skill, out->gaps.gap, t->nrows, scratch, &out->pace)) ||
		    no_memory(err));
	arena_free(scratch);
	return ok;
}

/* --- One driver ------------------------------------------------------------------ */

bool improve_points(const int points[FACTORS], struct err *err)
{
	int sum = 0;

	for (int f = 0; f < FACTORS; f++) {
		if (points[f] < 0 || points[f] > IMPROVE_MOST)
			return err_set(err, ERR_USAGE, "%s: %d points; a factor takes 0 to %d",
				       factor_name((enum factor)f), points[f], IMPROVE_MOST);
		sum += points[f];
	}
	return sum <= IMPROVE_BUDGET ||
	       err_set(err, ERR_USAGE, "%d points in all; there are %d to spend", sum, IMPROVE_BUDGET);
}

static struct estimate scaled(struct estimate e, double by)
{
	return (struct estimate){e.value * by, e.low * by, e.high * by};
}

static double place_in(double share, uint32_t cars)
{
	double p = share * cars + 0.5;

	return p < 1 ? 1 : p > cars ? cars : p; /* NAN stays */
}

static struct estimate places_at(const struct improve_model *m, const double x[FACTORS])
{
	struct estimate e = relation_at(&m->finish, x);

	return (struct estimate){place_in(e.value, m->cars), place_in(e.low, m->cars), place_in(e.high, m->cars)};
}

static void changes(const struct improve_model *m, const int points[FACTORS], struct improve *out)
{
	double all[FACTORS], ms = m->gaps.lap == MS_NONE ? (double)NAN : m->gaps.lap / 100.0;

	for (int f = 0; f < FACTORS; f++) {
		double one[FACTORS] = {0};

		all[f] = out->to[f] - out->from[f];
		one[f] = points[f] ? all[f] : IMPROVE_MOST;
		out->places[f] = scaled(relation_change(&m->finish, one), m->cars);
		out->lap_ms[f] = scaled(relation_change(&m->pace, one), ms);
	}
	out->change = scaled(relation_change(&m->finish, all), m->cars);
	out->seconds = scaled(relation_change(&m->pace, all), ms);
}

static bool nearest(const struct season_table *t, const struct skill *skill, uint32_t row, struct arena *a,
		    struct improve *out)
{
	struct skill *changed = ARENA_ARRAY(a, (size_t)t->nrows + 1, struct skill);

	if (!changed)
		return false;
	memcpy(changed, skill, t->nrows * sizeof *skill);
	out->nnear = skill_similar(changed, t->nrows, row, out->near_before, IMPROVE_NEAREST);
	memcpy(changed[row].percentile, out->to, sizeof out->to);
	skill_similar(changed, t->nrows, row, out->near_after, IMPROVE_NEAREST);
	return true;
}

bool improve_make(const struct improve_model *m, const struct season_table *t, const struct skill *skill, uint32_t row,
		  const int points[FACTORS], struct arena *a, struct improve *out, struct err *err)
{
	*out = (struct improve){.driven = (double)NAN};
	if (!improve_points(points, err))
		return false;
	if (row >= t->nrows || !skill[row].known)
		return err_set(err, ERR_NOT_FOUND, "the four factors of %s are not known",
			       row < t->nrows ? t->rows[row].number : "this driver");
	for (int f = 0; f < FACTORS; f++) {
		out->from[f] = skill[row].percentile[f];
		out->to[f] = fmin(out->from[f] + points[f], 100);
	}
	out->before = places_at(m, out->from);
	out->after = places_at(m, out->to);
	out->driven = place_in(m->finish_share[row], m->cars);
	changes(m, points, out);
	return nearest(t, skill, row, a, out) || no_memory(err);
}
