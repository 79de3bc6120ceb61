/* Best laps, ideals, rolling laps, pace, spread, trends, stints, track length and pit loss. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "tests/unit/reference.h"

static bool clean(const struct ref_lap *l)
{
	return strcmp(l->status, "clean") == 0;
}

/* --- Best laps and ideals -------------------------------------------------- */

static void take(struct ref_best *b, int time, int lap)
{
	if (time != NOTHING && (b->time == NOTHING || time < b->time))
		*b = (struct ref_best){time, lap};
}

static void take_time(int *best, int time)
{
	if (time != NOTHING && (*best == NOTHING || time < *best))
		*best = time;
}

/* Sum of the times from the first of n; NOTHING when one is not known. */
static int sum_of(const int *time, int n)
{
	int sum = 0;

	for (int i = 0; i < n; i++) {
		if (time[i] == NOTHING)
			return NOTHING;
		sum += time[i];
	}
	return sum;
}

static void rolling(struct ref_car *c)
{
	c->rolling = NOTHING;
	for (int i = 0; i < c->n; i++) {
		const struct ref_lap *l = &c->lap[i];
		const int *s = l->part, *p = l[-(i > 0)].part;
		if (!ref_flying(l))
			continue;
		take_time(&c->rolling, sum_of((int[]){s[0], s[1], s[2]}, 3));
		if (i == 0 || l[-1].number != l->number - 1 || !ref_flying(&l[-1]))
			continue;
		take_time(&c->rolling, sum_of((int[]){p[1], p[2], s[0]}, 3));
		take_time(&c->rolling, sum_of((int[]){p[2], s[0], s[1]}, 3));
	}
}

static void bests(const struct reference *r, struct ref_car *c)
{
	const struct ref_best none = {NOTHING, 0};
	struct ref_best marked = none;
	int part[REF_PARTS];
	bool whole = true;

	c->minimum = none;
	for (int i = 0; i < REF_PARTS; i++)
		c->part[i] = none;
	for (int i = 0; i < c->n; i++) {
		const struct ref_lap *l = &c->lap[i];
		take(&c->minimum, l->time, l->number);
		if (!r->cut && l->improvement >= 2)
			take(&marked, l->time, l->number);
		for (int k = 0; k < REF_PARTS && ref_flying(l); k++)
			take(&c->part[k], l->part[k], l->number);
	}
	c->marked = marked.time != NOTHING;
	c->best = c->marked ? marked : c->minimum;
	for (int i = 0; i < REF_PARTS; i++)
		part[i] = c->part[i].time;
	c->ideal = sum_of(part, REF_SECTORS);
	c->ideal_mini = sum_of(part + REF_SECTORS, REF_MINIS);
	c->deleted = 0;
	for (int i = 0; i < c->n; i++) {
		struct ref_lap *l = &c->lap[i];
		l->deleted = c->marked && ref_flying(l) && l->time < c->best.time;
		c->deleted += l->deleted;
		if (l->number == c->best.lap)
			whole = sum_of(l->part, REF_SECTORS) != NOTHING;
	}
	c->ideal_over_best = !whole && c->ideal != NOTHING && c->ideal > c->best.time;
	rolling(c);
}

static void session_bests(struct reference *r)
{
	r->best = r->rolling = NOTHING;
	for (int k = 0; k < REF_PARTS; k++)
		r->part[k] = NOTHING;
	for (int i = 0; i < r->ncars; i++) {
		const struct ref_car *c = &r->car[i];
		take_time(&r->best, c->best.time);
		take_time(&r->rolling, c->rolling);
		for (int k = 0; k < REF_PARTS; k++)
			take_time(&r->part[k], c->part[k].time);
	}
	r->ideal = sum_of(r->part, REF_SECTORS);
	r->ideal_mini = sum_of(r->part + REF_SECTORS, REF_MINIS);
}

/* --- Pace and spread ------------------------------------------------------- */

/* Four times the quantile at quarter / 4 of the sorted v, by the inclusive method. */
static int64_t quantile4(const int64_t *v, int n, int quarter)
{
	int at = (n - 1) * quarter, k = at / 4, rest = at % 4;

	return 4 * v[k] + (rest ? rest * (v[k + 1] - v[k]) : 0);
}

static void pace(const struct ref_lap *lap, int n, struct ref_pace *p)
{
	int64_t *v = ref_alloc(n, sizeof *v), *off = ref_alloc(n, sizeof *off), sum = 0, squares = 0;

	*p = (struct ref_pace){0, NOTHING, NOTHING, NOTHING, NOTHING, NOTHING, NOTHING, NOTHING, 0, NAN, NAN, NAN};
	for (int i = 0; i < n; i++) {
		if (!clean(&lap[i]))
			continue;
		v[p->n++] = lap[i].time;
		sum += lap[i].time;
		squares += (int64_t)lap[i].time * lap[i].time;
	}
	if (p->n >= 1) {
		int64_t median_twice = ref_median_twice(v, p->n);
		p->median = ref_round(median_twice, 2);
		p->min = (int)v[0];
		p->max = (int)v[p->n - 1];
		p->mean = ref_round(sum, p->n);
		if (p->n >= 2) {
			int64_t q1 = quantile4(v, p->n, 1), q3 = quantile4(v, p->n, 3);
			p->q1 = ref_round(q1, 4);
			p->q3 = ref_round(q3, 4);
			p->iqr = ref_round(q3 - q1, 4);
			for (int i = 0; i < p->n; i++)
				off[i] = llabs(2 * v[i] - median_twice);
			p->mad = 1.4826 * (double)ref_median_twice(off, p->n) / 4;
			p->sd = sqrt((double)(p->n * squares - sum * sum) / ((double)p->n * (p->n - 1)));
			p->cv = 100 * p->sd * p->n / (double)sum;
		}
		double limit = (double)median_twice / 2 + (p->n >= 2 ? fmax(3 * p->mad, 1000) : 1000);
		for (int i = 0; i < p->n; i++)
			p->off += (double)v[i] > limit;
	}
	free(v);
	free(off);
}

static void sanitized(const struct ref_lap *lap, int n, struct ref_span *s)
{
	int64_t sum = 0, kept = 0;
	int count = 0;

	for (int i = 0; i < n; i++) {
		if (ref_flying(&lap[i]) && !lap[i].caution) {
			sum += lap[i].time;
			count++;
		}
	}
	s->sanitized_n = 0;
	for (int i = 0; i < n; i++) {
		if (ref_flying(&lap[i]) && !lap[i].caution && 10LL * lap[i].time * count <= 12 * sum) {
			kept += lap[i].time;
			s->sanitized_n++;
		}
	}
	s->sanitized = s->sanitized_n ? (double)kept / s->sanitized_n : (double)NAN;
}

/* --- Trends ---------------------------------------------------------------- */

struct point {
	int run;
	int64_t x, y4; /* y in quarters of a millisecond */
};

static int by_double(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

static double theil_sen(const struct point *p, int n)
{
	double *slope = ref_alloc(n * (n - 1) / 2, sizeof *slope), middle;
	int m = 0;

	for (int i = 0; i < n; i++)
		for (int k = i + 1; k < n && p[k].run == p[i].run; k++)
			slope[m++] = (double)(p[k].y4 - p[i].y4) / (double)(p[k].x - p[i].x) / 4;
	qsort(slope, (size_t)m, sizeof *slope, by_double);
	middle = (slope[(m - 1) / 2] + slope[m / 2]) / 2;
	free(slope);
	return middle;
}

/* One slope over all runs, a mean for each: points are ordered by run. */
static struct ref_slope slope_of(const struct point *p, int n)
{
	struct ref_slope out = {n, 0, NAN, NAN, NAN, NAN};
	long double sxx = 0, sxy = 0, syy = 0;

	for (int from = 0, to; from < n; from = to) {
		int64_t x = 0, y = 0;
		for (to = from; to < n && p[to].run == p[from].run; to++) {
			x += p[to].x;
			y += p[to].y4;
		}
		int size = to - from;
		for (int i = from; i < to; i++) {
			long double dx = (long double)(p[i].x * size - x) / size;
			long double dy = (long double)(p[i].y4 * size - y) / size / 4;
			sxx += dx * dx;
			sxy += dx * dy;
			syy += dy * dy;
		}
		out.runs++;
	}
	int df = n - out.runs - 1;
	if (n < 8 || sxx <= 0 || df < 1)
		return out;
	long double left = syy - sxy / sxx * sxy;
	double half = ref_student(df) * (double)sqrtl((left > 0 ? left : 0) / df / sxx);
	out.ols = (double)(sxy / sxx);
	out.low = out.ols - half;
	out.high = out.ols + half;
	out.theil_sen = theil_sen(p, n);
	return out;
}

static void residuals(struct reference *r)
{
	for (int number = 0; number < REF_LAPS; number++) {
		int64_t v[REF_CARS];
		int n = 0;
		for (int i = 0; i < r->ncars; i++)
			for (int k = 0; k < r->car[i].n; k++)
				if (r->car[i].lap[k].number == number && clean(&r->car[i].lap[k]))
					v[n++] = 2LL * r->car[i].lap[k].time - r->car[i].median_twice;
		r->residual_n[number] = n;
		r->residual4[number] = n > 0 ? ref_median_twice(v, n) : 0;
	}
}

static void trends(const struct reference *r, const struct ref_lap *lap, int n, struct ref_span *s)
{
	struct point *p = ref_alloc(n, sizeof *p);
	int m = 0;

	for (int i = 0; i < n; i++)
		if (clean(&lap[i]))
			p[m++] = (struct point){lap[i].run, lap[i].number, 4LL * lap[i].time};
	s->raw = slope_of(p, m);
	m = 0;
	for (int i = 0; i < n; i++) {
		int number = lap[i].number;
		if (clean(&lap[i]) && r->residual_n[number] >= 3)
			p[m++] = (struct point){lap[i].run, number, 4LL * lap[i].time - r->residual4[number]};
	}
	s->field = slope_of(p, m);
	free(p);
}

static void span(const struct reference *r, const struct ref_lap *lap, int n, struct ref_span *s)
{
	pace(lap, n, &s->pace);
	sanitized(lap, n, s);
	trends(r, lap, n, s);
}

static void stints(const struct reference *r, struct ref_car *c)
{
	c->nstints = 0;
	for (int from = 0, to; from < c->n; from = to) {
		for (to = from; to < c->n && c->lap[to].stint == c->lap[from].stint; to++)
			;
		if (c->nstints == REF_STINTS)
			abort();
		struct ref_stint *s = &c->stint[c->nstints++];
		s->number = c->lap[from].stint;
		s->first = c->lap[from].number;
		s->last = c->lap[to - 1].number;
		s->laps = to - from;
		s->pit_time = from > 0 ? c->lap[from].pit_time : NOTHING;
		span(r, c->lap + from, to - from, &s->span);
	}
}

/* --- The session ----------------------------------------------------------- */

static void track_length(struct reference *r)
{
	int64_t *v = ref_alloc(r->rows, sizeof *v);
	int n = 0;

	for (int i = 0; i < r->ncars; i++)
		for (int k = 0; k < r->car[i].n; k++)
			if (clean(&r->car[i].lap[k]) && r->car[i].lap[k].kph > 0)
				v[n++] = (int64_t)r->car[i].lap[k].kph * r->car[i].lap[k].time;
	r->track_length = n > 0 ? (double)ref_median_twice(v, n) / 72000 : (double)NAN;
	free(v);
}

/* Twice the median of the clean laps of a class; 0 none. */
static int64_t class_median_twice(const struct reference *r, const char *class_name)
{
	int64_t *v = ref_alloc(r->rows, sizeof *v), median = 0;
	int n = 0;

	for (int i = 0; i < r->ncars; i++)
		for (int k = 0; k < r->car[i].n && strcmp(r->car[i].class_name, class_name) == 0; k++)
			if (clean(&r->car[i].lap[k]))
				v[n++] = r->car[i].lap[k].time;
	if (n > 0)
		median = ref_median_twice(v, n);
	free(v);
	return median;
}

static void pit_loss(struct reference *r)
{
	int64_t *v = ref_alloc(r->rows, sizeof *v);
	int n = 0;

	for (int i = 0; i < r->ncars; i++) {
		const struct ref_car *c = &r->car[i];
		int64_t median_twice = class_median_twice(r, c->class_name);
		for (int k = 0; k + 1 < c->n && median_twice > 0; k++) {
			const struct ref_lap *l = &c->lap[k];
			if (l->in && !l->first && l[1].number == l->number + 1 && !l[1].in)
				v[n++] = l->time + l[1].time - median_twice;
		}
	}
	r->pit_stops = n;
	r->pit_loss = n > 0 ? ref_round(ref_median_twice(v, n), 2) : NOTHING;
	free(v);
}

void ref_figures(struct reference *r)
{
	residuals(r);
	for (int i = 0; i < r->ncars; i++) {
		struct ref_car *c = &r->car[i];
		bests(r, c);
		span(r, c->lap, c->n, &c->span);
		stints(r, c);
	}
	session_bests(r);
	track_length(r);
	pit_loss(r);
}
