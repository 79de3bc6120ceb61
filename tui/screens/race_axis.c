/* Laps along x: of the strip in whole columns, of the charts through their own scale. */
#include <math.h>
#include <stdio.h>

#include "tui/screens/race.h"

unsigned race_last_lap(const struct race *r)
{
	const struct view *v = r->view;
	unsigned last = 1;

	for (uint32_t i = 0; i < r->ncars; i++) {
		uint32_t n = car_seen(v->analysis, r->cars[i]);
		unsigned number = n ? v->session->laps.number[car_first(v->analysis, r->cars[i]) + n - 1] : 0;
		last = number > last ? number : last;
	}
	return last;
}

struct lap_axis lap_axis_of(const struct race *r, int x0, int w, int widest)
{
	struct lap_axis a = {race_last_lap(r), x0, w < 1 ? 1 : w, 0};

	a.each = a.w / (int)a.last;
	if (a.each > widest)
		a.each = widest;
	return a;
}

/* Laps in one column where a lap has less than one. */
static unsigned laps_a_column(const struct lap_axis *a)
{
	return (a->last + (unsigned)a->w - 1) / (unsigned)a->w;
}

int lap_axis_x(const struct lap_axis *a, unsigned lap)
{
	if (lap == 0)
		return a->x0;
	return a->x0 + (a->each ? (int)(lap - 1) * a->each : (int)((lap - 1) / laps_a_column(a)));
}

unsigned lap_axis_lap(const struct lap_axis *a, int x)
{
	int at = x - a->x0;

	if (at < 0)
		return 0;
	unsigned lap = a->each ? (unsigned)(at / a->each) + 1 : (unsigned)at * laps_a_column(a) + 1;
	return lap > a->last ? 0 : lap;
}

/* Numbers at 1 and at every step-th lap, at least six columns apart. */
static unsigned step_for(double columns_a_lap)
{
	static const unsigned steps[] = {1, 2, 4, 5, 10, 20, 25, 50, 100, 200, 500};
	size_t i = 0;

	while (i + 1 < sizeof(steps) / sizeof(steps[0]) && columns_a_lap * steps[i] < 6)
		i++;
	return steps[i];
}

void lap_axis_numbers(const struct lap_axis *a, struct surface s, int y)
{
	unsigned step = step_for(a->each ? a->each : 1.0 / laps_a_column(a));
	int end = a->x0 - 1;
	char t[12];

	for (unsigned lap = 1; lap <= a->last; lap++) {
		if (lap != 1 && lap % step)
			continue;
		/* The last digit stands over the lap. */
		int n = snprintf(t, sizeof(t), "%u", lap), x = lap_axis_x(a, lap) - n + 1;
		if (x < end || x + n > a->x0 + a->w)
			continue;
		surface_text(s, x, y, STYLE(STRUCT), t);
		end = x + n + 1;
	}
}

double chart_last_lap(unsigned last, int columns)
{
	int steps = (int)last - 1, each;

	if (steps <= 0)
		return 2;
	each = columns / steps; /* whole columns a lap */
	/* With columns enough a part of one more or less is not seen, and the lines end beside their names. */
	return each && each < 3 ? 1 + (double)columns / each : 1.0 + steps;
}

void chart_lap_numbers(const struct chart *c, struct surface s, int y, unsigned last)
{
	int w = surface_w(s), end = 4;
	unsigned step = step_for((double)(w - c->label_w) / last);
	char t[12];

	surface_text(s, 1, y, STYLE(STRUCT), "lap");
	for (unsigned lap = 1; lap <= last; lap++) {
		if (lap != 1 && lap % step)
			continue;
		int n = snprintf(t, sizeof(t), "%u", lap), x = chart_column(c, w, lap) - n + 1;
		if (x <= end || x + n > w)
			continue;
		surface_text(s, x, y, STYLE(STRUCT), t);
		end = x + n;
	}
}

/* Caution ------------------------------------------------------------------------------------------*/

static uint16_t longest(const struct race *r)
{
	uint16_t car = NO_CAR;

	for (uint32_t i = 0; i < r->ncars; i++)
		if (car == NO_CAR || car_seen(r->view->analysis, r->cars[i]) > car_seen(r->view->analysis, car))
			car = r->cars[i];
	return car;
}

int race_caution_bands(const struct race *r, struct chart_band *out)
{
	struct chart_band *b = out;
	const struct analysis *an = r->view->analysis;
	uint16_t car = longest(r);
	int n = 0;

	if (car == NO_CAR)
		return 0;
	for (uint32_t i = car_first(an, car); i < car_first(an, car) + car_seen(an, car); i++) {
		if (!lap_under_caution(&an->classes.lap[i]))
			continue;
		double at = an->session->laps.number[i];
		if (n && b[n - 1].to == at - 1)
			b[n - 1].to = at;
		else if (n < RACE_BANDS)
			b[n++] = (struct chart_band){at, at, ROLE_CAUTION};
	}
	return n;
}

bool race_lap_under_caution(const struct race *r, unsigned lap)
{
	uint16_t car = longest(r);
	int64_t i = car == NO_CAR ? -1 : session_lap(r->view->session, car, lap);

	return i >= 0 && r->view->analysis->classes.lap[i].status != LAP_FUTURE &&
	       lap_under_caution(&r->view->analysis->classes.lap[i]);
}

/* Names at the right -------------------------------------------------------------------------------*/

static int free_row(const bool *taken, int h, int y)
{
	for (int by = 0; by < h; by++) {
		if (y + by >= 0 && y + by < h && !taken[y + by])
			return y + by;
		if (y - by >= 0 && y - by < h && !taken[y - by])
			return y - by;
	}
	return -1;
}

void race_line_names(const struct chart *c, struct surface s, const uint16_t *cars, const double *y, int n,
		     const struct race *r)
{
	bool taken[RACE_ROWS] = {false};
	int h = surface_h(s) < RACE_ROWS ? surface_h(s) : RACE_ROWS;

	for (int i = 0; i < n; i++) {
		double part = (c->y1 - y[i]) / (c->y1 - c->y0);
		if (!isfinite(part) || part < 0 || part > 1)
			continue;
		int row = free_row(taken, h, (int)lround(part * (h - 1)));
		if (row < 0)
			continue;
		taken[row] = true;
		surface_text(s, 1, row, car_style(r->view, cars[i]), r->view->session->cars[cars[i]].id);
	}
}
