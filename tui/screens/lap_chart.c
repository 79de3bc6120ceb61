#include "tui/screens/lap_chart.h"

#include <math.h>
#include <stdio.h>

enum { LABELS_CLOSE = 2, LABELS_FAR = 4, TENTH = 100 };

static void point(struct lap_series *out, double x, double y)
{
	if (out->n < LAP_CHART_LAPS) {
		out->x[out->n] = x;
		out->y[out->n++] = y;
	}
}

void lap_series_take(const struct view *v, uint16_t car, bool by_stint, struct lap_series *out)
{
	uint32_t first = car_first(v->analysis, car), n = car_seen(v->analysis, car);
	unsigned last = 0, stint = 0, begun = 0;

	out->n = 0;
	for (uint32_t i = first; i < first + n && out->n + 1 < LAP_CHART_LAPS; i++) {
		const struct lap_class *c = &v->analysis->classes.lap[i];
		unsigned number = v->session->laps.number[i];

		if (i == first || (by_stint && c->stint != stint))
			begun = by_stint ? number - 1 : 0;
		if (out->n && (number != last + 1 || (by_stint && c->stint != stint)))
			point(out, last + 1.0 - begun, (double)NAN);
		point(out, (double)number - begun, c->status == LAP_EXCLUDED ? (double)NAN : v->session->laps.time[i]);
		last = number;
		stint = c->stint;
	}
}

static void range_of(const struct view *v, uint16_t car, double *lo, double *hi)
{
	uint32_t first = car_first(v->analysis, car), n = car_seen(v->analysis, car);

	for (uint32_t i = first; i < first + n; i++) {
		if (!lap_is_clean(v->analysis, i))
			continue;
		double t = v->session->laps.time[i];
		*lo = t < *lo ? t : *lo;
		*hi = t > *hi ? t : *hi;
	}
}

bool lap_chart_range(const struct view *v, const uint16_t *cars, unsigned n, double *lo, double *hi)
{
	*lo = INFINITY;
	*hi = -INFINITY;
	for (unsigned i = 0; i < n; i++)
		range_of(v, cars[i], lo, hi);
	if (!isfinite(*lo))
		return false;
	*lo = floor(*lo / TENTH - 1) * TENTH;
	*hi = ceil(*hi / TENTH) * TENTH;
	return true;
}

bool lap_chart_axis(const struct view *v, const uint16_t *cars, unsigned n, int rows, double *lo, double *hi,
		    int *every)
{
	double least, best = INFINITY;

	*every = LABELS_CLOSE;
	if (!lap_chart_range(v, cars, n, lo, hi))
		return false;
	least = *lo;
	for (int k = LABELS_CLOSE; k <= LABELS_FAR && k < rows; k++) {
		double steps = (double)(rows - 1) / k, range = ceil((*hi - least) / steps / TENTH) * TENTH * steps;

		if (range >= best)
			continue;
		best = range;
		*every = k;
		*lo = *hi - range;
	}
	return true;
}

unsigned lap_chart_last(const struct view *v, const uint16_t *cars, unsigned n)
{
	unsigned last = 1;

	for (unsigned k = 0; k < n; k++) {
		uint32_t seen = car_seen(v->analysis, cars[k]);
		unsigned number = seen ? v->session->laps.number[car_first(v->analysis, cars[k]) + seen - 1] : 0;
		last = number > last ? number : last;
	}
	return last;
}

double lap_chart_end(unsigned last, int w)
{
	unsigned steps = last - 1;
	int cols = w - LAP_CHART_AXIS_X - 1;

	if (steps == 0)
		return 2;
	if (cols < (int)steps)
		return 1.0 + steps;
	int each = cols / (int)steps;
	return 1 + (double)cols / each;
}

int lap_chart_bands(const struct view *v, struct chart_band *b)
{
	uint32_t first = car_first(v->analysis, v->you), n = car_seen(v->analysis, v->you);
	int nb = 0;

	for (uint32_t i = first; i < first + n; i++) {
		if (v->analysis->classes.lap[i].status != LAP_CAUTION)
			continue;
		double at = v->session->laps.number[i];
		if (nb && b[nb - 1].to == at - 1)
			b[nb - 1].to = at;
		else if (nb < LAP_CHART_BANDS)
			b[nb++] = (struct chart_band){at, at, ROLE_CAUTION};
	}
	return nb;
}

void lap_chart_label(double y, char out[24])
{
	long tenths = (long)((y + TENTH / 2.0) / TENTH);

	snprintf(out, 24, "%02ld.%ld", tenths / 10 % 60, tenths % 10);
}

const char *lap_chart_sample(struct surface s, bool you)
{
	if (surface_ascii(s))
		return you ? "x" : "o";
	if (s.grid->charset == CHARSET_BLOCK)
		return you ? "\u2584\u2584" : "\u2596\u2596";
	return you ? "\u2812\u2812" : "\u2802\u2802";
}
