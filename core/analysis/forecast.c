#include "core/analysis/forecast.h"

#include <math.h>
#include <stdlib.h>

#include "core/analysis/stat.h"

/* Scores that are equal on paper may differ in the last bit: so near is as near. */
static const double SAME = 1e-9;

/* --- Scores ------------------------------------------------------------------ */

enum field { FIELD_FINISH, FIELD_BEST, FIELD_GRID_PLACE, FIELD_FINISH_PLACE };

static double field_of(const struct forecast_start *s, enum field f)
{
	switch (f) {
	case FIELD_FINISH:
		return s->finish_share;
	case FIELD_BEST:
		return s->best_share;
	case FIELD_GRID_PLACE:
		return s->grid > 0 ? s->grid : (double)NAN;
	case FIELD_FINISH_PLACE:
		break;
	}
	return s->finish > 0 ? s->finish : (double)NAN;
}

static bool left_out(const struct forecast_data *d, enum forecast_leave leave, uint32_t race, uint32_t out)
{
	if (out >= d->nraces)
		return false;
	return leave == LEAVE_RACE ? race == out : d->race[race].track == d->race[out].track;
}

/* Median of a field over the driver's races but those left out with either of two; NAN none. *n: how many. */
static double median_of(const struct forecast_fold *f, uint32_t driver, uint32_t also, enum field field, uint32_t *n)
{
	const struct forecast_data *d = f->data;
	uint32_t first = driver < d->ndrivers ? d->of_driver[driver] : 0;
	uint32_t end = driver < d->ndrivers ? d->of_driver[driver + 1] : 0;

	*n = 0;
	for (uint32_t i = first; i < end; i++) {
		const struct forecast_start *s = &d->start[i];
		double v = field_of(s, field);

		if (!isnan(v) && !left_out(d, f->leave, s->race, f->race) && !left_out(d, f->leave, s->race, also))
			f->work[(*n)++] = v;
	}
	return *n ? dbl_median(f->work, *n) : (double)NAN;
}

static double towards_middle(const struct forecast_fold *f, uint32_t driver, uint32_t also, enum field field)
{
	uint32_t n;
	double median = median_of(f, driver, also, field, &n);

	return ((n ? n * median : 0) + 0.5) / (n + 1.0);
}

static double score_of(const struct forecast_fold *f, uint32_t driver, uint32_t also, double grid)
{
	double s = (towards_middle(f, driver, also, FIELD_FINISH) + towards_middle(f, driver, also, FIELD_BEST)) * 0.5;

	return f->when == AFTER_QUALIFYING && !isnan(grid) ? (2 * s + grid) / 3 : s;
}

static int by_score(const void *a, const void *b)
{
	const struct forecast_like *x = a, *y = b;
	int c = (x->score > y->score) - (x->score < y->score);

	return c ? c : (x->rest > y->rest) - (x->rest < y->rest);
}

bool forecast_fold(const struct forecast_data *d, uint32_t race, enum forecast_leave leave, enum forecast_when when,
		   struct arena *a, struct forecast_fold *out, struct err *err)
{
	*out = (struct forecast_fold){.data = d, .race = race, .leave = leave, .when = when};
	out->like = ARENA_ARRAY(a, (size_t)d->nstarts + 1, struct forecast_like);
	out->work = ARENA_ARRAY(a, (size_t)d->nstarts + 1, double);
	if (!out->like || !out->work)
		return err_set(err, ERR_NOMEM, "out of memory for the forecast");
	for (uint32_t i = 0; i < d->nstarts; i++) {
		const struct forecast_start *s = &d->start[i];
		struct forecast_like *l = &out->like[out->n];

		if (isnan(s->finish_share) || left_out(d, leave, s->race, race))
			continue;
		l->score = score_of(out, s->driver, s->race, s->grid_share);
		l->rest = s->finish_share - l->score;
		out->n++;
	}
	qsort(out->like, out->n, sizeof *out->like, by_score);
	return true;
}

/* --- One forecast -------------------------------------------------------------- */

static uint32_t first_not_below(const struct forecast_fold *f, double score)
{
	uint32_t low = 0, high = f->n;

	while (low < high) {
		uint32_t mid = low + (high - low) / 2;
		if (f->like[mid].score < score)
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}

static double away(const struct forecast_fold *f, uint32_t i, double score)
{
	return i < f->n ? fabs(f->like[i].score - score) : (double)INFINITY;
}

/* The nearest, and those as near as the last of them, as a run like[*from..*to). */
static void nearest(const struct forecast_fold *f, double score, uint32_t *from, uint32_t *to)
{
	double reach = 0;

	*from = *to = first_not_below(f, score);
	for (;;) { /* an index of -1 is past the end as well */
		double below = away(f, *from - 1, score), above = away(f, *to, score);
		double next = below < above ? below : above;

		if (isinf(next) || (*to - *from >= FORECAST_NEAREST && next > reach + SAME))
			return;
		if (*to - *from < FORECAST_NEAREST)
			reach = next;
		if (below < above)
			(*from)--;
		else
			(*to)++;
	}
}

static double place_in(double share, uint32_t cars)
{
	double p = share * cars + 0.5;

	return p < 1 ? 1 : p > cars ? cars : p;
}

/* The whole places within; a value between two places always has both around it. */
static void whole_places(struct forecast *o, double low, double high)
{
	o->low = (int32_t)ceil(low - SAME);
	o->high = (int32_t)floor(high + SAME);
	if (o->low > floor(o->value))
		o->low = (int32_t)floor(o->value);
	if (o->high < ceil(o->value))
		o->high = (int32_t)ceil(o->value);
}

struct forecast forecast_of(const struct forecast_fold *f, uint32_t driver, double grid, uint32_t cars)
{
	struct forecast o = {.value = (double)NAN};
	double score = score_of(f, driver, UINT32_MAX, grid);
	uint32_t from, to, n = 0;

	median_of(f, driver, UINT32_MAX, FIELD_FINISH, &o.races);
	o.grid = f->when == AFTER_QUALIFYING && !isnan(grid);
	if (f->n < FORECAST_LEAST || cars == 0)
		return o;
	nearest(f, score, &from, &to);
	for (uint32_t i = from; i < to; i++)
		f->work[n++] = score + f->like[i].rest;
	dbl_sort(f->work, n);
	o.value = place_in(dbl_quantile_sorted(f->work, n, 0.5), cars);
	whole_places(&o, place_in(dbl_quantile_sorted(f->work, n, 0.1), cars),
		     place_in(dbl_quantile_sorted(f->work, n, 0.9), cars));
	return o;
}

/* --- Errors ---------------------------------------------------------------------- */

static double naive_finish(const struct forecast_fold *f, const struct forecast_start *s)
{
	uint32_t n;
	double median = median_of(f, s->driver, UINT32_MAX, FIELD_FINISH_PLACE, &n);

	return n ? median : (f->data->race[s->race].cars + 1) * 0.5;
}

double forecast_naive(const struct forecast_fold *f, const struct forecast_start *s, enum forecast_naive kind)
{
	bool after = f->when == AFTER_QUALIFYING;
	uint32_t cars = f->data->race[s->race].cars, n;
	double place = (double)NAN;

	if (kind == NAIVE_START)
		place = after ? field_of(s, FIELD_GRID_PLACE)
			      : median_of(f, s->driver, UINT32_MAX, FIELD_GRID_PLACE, &n);
	if (kind == NAIVE_PACE)
		place = (after ? s->qualifying_share : median_of(f, s->driver, UINT32_MAX, FIELD_BEST, &n)) * cars +
			0.5;
	return isnan(place) ? naive_finish(f, s) : place;
}

static void check_start(const struct forecast_fold *f, const struct forecast_start *s, struct forecast_check *sum)
{
	struct forecast o = forecast_of(f, s->driver, s->grid_share, f->data->race[s->race].cars);

	if (isnan(o.value))
		return;
	sum->n++;
	sum->mae += fabs(o.value - s->finish);
	sum->coverage += o.low <= s->finish && s->finish <= o.high;
	sum->width += o.high - o.low;
	for (int k = 0; k < NAIVES; k++)
		sum->naive[k] += fabs(forecast_naive(f, s, (enum forecast_naive)k) - s->finish);
}

bool forecast_check(const struct forecast_data *d, enum forecast_leave leave, enum forecast_when when,
		    struct forecast_check *out, struct err *err)
{
	struct arena *a = arena_new(0);
	struct forecast_fold f;
	bool ok = a || err_set(err, ERR_NOMEM, "out of memory for the forecast");

	*out = (struct forecast_check){0};
	for (uint32_t race = 0; ok && race < d->nraces; race++) {
		ok = forecast_fold(d, race, leave, when, a, &f, err);
		for (uint32_t i = 0; ok && i < d->nstarts; i++)
			if (d->start[i].race == race && d->start[i].finish > 0)
				check_start(&f, &d->start[i], out);
	}
	out->mae /= out->n; /* none: NAN */
	out->coverage /= out->n;
	out->width /= out->n;
	for (int k = 0; k < NAIVES; k++)
		out->naive[k] /= out->n;
	arena_free(a);
	return ok;
}
