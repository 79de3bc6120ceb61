/* Differences along the lap: speed as a strip around zero, time lost as a line with the official loops in it, and the axis. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "tui/screens/telemetry.h"
#include "tui/widgets/trace.h"

enum { DIFF_ROWS = 2, LOST_ROWS = 5, LINEAR_ROWS = 8, DIFF_STEP = 6, DIFF_BINS = 120, NAMES = 24, STEPS_X = 8 };
/* Less is no picture of a difference. */
static const double least_lost = 0.2;

static struct trace_in input(const struct tel_screen *t, const float *v)
{
	return (struct trace_in){t->by_time ? tels_lap(t, TEL_YOU)->t : NULL, tels_set(t)->step, v, tels_set(t)->n};
}

/* Speed difference --------------------------------------------------------------------------------*/

/* km/h at the edges of the strip, in steps: what all but two metres in a hundred stay under. One great difference is cut rather than all the
 * others made flat. */
static double diff_range(const struct tel_screen *t)
{
	const float *v = t->tel->table.delta.speed;
	uint32_t bin[DIFF_BINS] = {0}, known = 0, under = 0;
	int k = 0;

	for (uint32_t i = 0; v && i < tels_set(t)->n; i++) {
		if (!isfinite(v[i]))
			continue;
		bin[(int)fmin(fabs((double)v[i]), DIFF_BINS - 1)]++;
		known++;
	}
	while (k < DIFF_BINS && (under += bin[k]) < known - known / 50)
		k++;
	return ceil((k + 1.0) / DIFF_STEP) * DIFF_STEP;
}

static void diff_title(const struct tel_screen *t, char left[80], char right[120])
{
	const float *v = t->tel->table.delta.speed;
	char d[NUM_LEN];

	snprintf(left, 80, "Speed difference, you-ref km/h");
	if (v && t->focus == TELP_DIFF && t->layout.pane[TELP_AT].w == 0)
		snprintf(right, 120, "%s%s km/h at %.0f m", v[tel_point(tels_set(t), t->at)] > 0 ? "+" : "",
			 dec_str(d, (double)v[tel_point(tels_set(t), t->at)], 1), t->at);
}

static int diff_want(const struct tel_screen *t, int w)
{
	(void)w;
	return tels_compared(t) && t->tel->table.delta.speed ? (t->linear ? 4 : DIFF_ROWS) : 0;
}

static void side_labels(struct surface s, double range)
{
	int h = surface_h(s);
	bool ascii = surface_ascii(s);

	for (int y = 0; y < h; y++) {
		bool labelled = y == 0 || y == h - 1;
		if (labelled)
			surface_fmt(s, 0, y, STYLE(DIM), "%+*.0f", TEL_LABEL_W, y == 0 ? range : -range);
		surface_put(s, TEL_LABEL_W, y, STYLE(STRUCT),
			    labelled ? (ascii ? '+' : 0x2524) : (ascii ? '|' : 0x2502));
	}
}

static void diff_strip(const struct tel_screen *t, struct surface s)
{
	static float peaks[2 * 2000];
	int w = surface_w(s) - TEL_LABEL_W - 1, h = surface_h(s);
	struct surface body = surface_sub(s, (struct rect){TEL_LABEL_W + 1, 0, w, h});
	struct trace_in in = input(t, t->tel->table.delta.speed);
	struct chart c = tels_chart(t);
	double range = diff_range(t);
	int columns = strip_columns(body, w);

	if (w < 1 || columns > (int)(sizeof(peaks) / sizeof(peaks[0])))
		return;
	side_labels(s, range);
	trace_peaks(&in, c.x0, c.x1, columns, peaks);
	strip_draw(body, peaks, range, STYLE(GAIN), STYLE(LOSS));
	if (t->focus == TELP_DIFF)
		surface_cursor(s, tels_cursor_column(t, surface_w(s)), h - 1);
}

static void diff_draw(const struct tel_screen *t, struct surface s)
{
	int w = surface_w(s), h = surface_h(s), axis = t->zoom && h > 2 * TEL_AXIS_ROWS ? TEL_AXIS_ROWS : 0;

	diff_strip(t, surface_sub(s, (struct rect){0, 0, w, h - axis}));
	if (axis)
		tels_axis(t, surface_sub(s, (struct rect){0, h - axis, w, axis}));
}

const struct tel_pane telp_diff = {"Speed difference", diff_title, diff_want, diff_draw, tels_why_lost, true};

/* Time lost ---------------------------------------------------------------------------------------*/

static void lost_title(const struct tel_screen *t, char left[80], char right[120])
{
	const struct tel_delta *d = &t->tel->table.delta;
	char a[NUM_LEN];

	snprintf(left, 80, "Time lost, s");
	if (t->focus == TELP_LOST && d->d && t->layout.pane[TELP_AT].w == 0) {
		double v = (double)d->d[tel_point(tels_set(t), t->at)];
		snprintf(right, 120, "%s%s at %.0f m", v > 0 ? "+" : "", dec_str(a, v, 3), t->at);
	} else if (d->nlines > 0) {
		snprintf(right, 120, "through %u official loops, check %s s", d->nlines, dec_str(a, d->check, 3));
	}
}

static int lost_want(const struct tel_screen *t, int w)
{
	(void)w;
	if (!tels_ready(t))
		return 0;
	return (t->linear ? LINEAR_ROWS : tels_compared(t) ? LOST_ROWS : 0) + TEL_AXIS_ROWS;
}

/* Everything in sight, zero too. */
static void lost_range(const struct tel_screen *t, double *lo, double *hi)
{
	const struct tel_table *tables[] = {&t->tel->table, &t->tel->third};

	*lo = 0;
	*hi = 0;
	for (int k = 0; k < 2; k++) {
		const float *d = tables[k]->delta.known ? tables[k]->delta.d : NULL;
		for (uint32_t i = 0; d && i < tels_set(t)->n; i++) {
			if (isnan(d[i]))
				continue;
			*lo = fmin(*lo, (double)d[i]);
			*hi = fmax(*hi, (double)d[i]);
		}
	}
	if (*hi - *lo < least_lost)
		*hi = *lo + least_lost;
}

static void label_tenths(double y, char out[24])
{
	char d[NUM_LEN];

	snprintf(out, 24, "%s", dec_str(d, y, 2));
}

static void lost_chart(const struct tel_screen *t, struct surface s)
{
	static struct trace trace[2];
	const struct tel_table *tables[] = {&t->tel->table, &t->tel->third};
	double loop_x[TEL_LINES], loop_y[TEL_LINES];
	struct chart_series series[3];
	struct chart c = tels_chart(t);
	int n = 0, columns = (surface_w(s) - TEL_LABEL_W - 1) * (surface_ascii(s) ? 1 : 2), h = surface_h(s);
	const struct tel_delta *you = &tables[0]->delta;

	for (unsigned i = 0; i < you->nlines; i++) {
		loop_x[i] = tels_x(t, you->line[i].at);
		loop_y[i] = you->line[i].official;
	}
	for (int k = 0; k < 2; k++) {
		if (!tables[k]->delta.known)
			continue;
		struct trace_in in = input(t, tables[k]->delta.d);
		trace_reduce(&in, c.x0, c.x1, columns, &trace[k]);
		series[n++] = (struct chart_series){
			trace[k].x,        trace[k].y, trace[k].n, CHART_LINE, tels_style(k == 0 ? TEL_YOU : TEL_THIRD),
			k == 0 ? 'x' : '3'};
	}
	series[n++] = (struct chart_series){loop_x, loop_y, (int)you->nlines, CHART_POINTS, STYLE(TEXT), '*'};
	c.series = series;
	c.nseries = n;
	c.label = label_tenths;
	c.label_every = tels_label_every(h);
	lost_range(t, &c.y0, &c.y1);
	chart_draw(&c, s);
	if (t->focus == TELP_LOST)
		surface_cursor(s, tels_cursor_column(t, surface_w(s)), h - 1);
}

static void lost_draw(const struct tel_screen *t, struct surface s)
{
	int w = surface_w(s), h = surface_h(s);
	int axis = !tels_compared(t) ? h : h >= TEL_AXIS_ROWS + 2 ? TEL_AXIS_ROWS : h > 3 ? 2 : 1;

	if (h - axis > 0)
		lost_chart(t, surface_sub(s, (struct rect){0, 0, w, h - axis}));
	tels_axis(t, surface_sub(s, (struct rect){0, h - axis, w, axis}));
}

const struct tel_pane telp_lost = {"Time lost", lost_title, lost_want, lost_draw, tels_why_lost, true};

/* The axis ----------------------------------------------------------------------------------------*/

struct tick {
	double at;
	char name[16];
};

/* Names at their columns, those left out that would touch the one before. */
static void put_names(const struct tel_screen *t, struct surface s, int y, const char *head, const struct tick *k,
		      int n)
{
	struct chart c = tels_chart(t);
	int end = TEL_LABEL_W + 1, w = surface_w(s);

	c.y1 = 1;
	surface_field(s, 0, y, TEL_LABEL_W + 1, ALIGN_LEFT, STYLE(DIM), str_from(head));
	for (int i = 0; i < n; i++) {
		int len = (int)strlen(k[i].name), x;

		if (k[i].at < t->from || k[i].at > t->to)
			continue;
		x = chart_column(&c, w, tels_x(t, k[i].at)) - len / 2;
		x = x + len > w ? w - len : x;
		if (x < end)
			continue;
		surface_text(s, x, y, STYLE(TEXT), k[i].name);
		end = x + len + 1;
	}
}

/* A step of 1, 2 or 5 times a power of ten that gives about STEPS_X of them. */
static double nice_step(double range)
{
	double rough = range / STEPS_X, ten = pow(10, floor(log10(rough > 0 ? rough : 1)));

	return rough <= ten ? ten : rough <= 2 * ten ? 2 * ten : rough <= 5 * ten ? 5 * ten : 10 * ten;
}

static int scale_ticks(const struct tel_screen *t, struct tick *k)
{
	double x0 = tels_x(t, t->from), x1 = tels_x(t, t->to), step = nice_step(x1 - x0);
	int n = 0;

	for (int i = (int)ceil(x0 / step); i * step <= x1 && n < NAMES; i++) {
		double x = i * step;
		char d[NUM_LEN];

		k[n].at = tels_metres(t, x);
		snprintf(k[n++].name, sizeof(k[0].name), "%s", dec_str(d, x, step < 1 ? 1 : 0));
	}
	return n;
}

static int loop_ticks(const struct tel_screen *t, struct tick *k)
{
	const struct tel_lap *l = tels_lap(t, TEL_YOU);
	int n = 0;

	for (unsigned i = 0; i < l->nlines; i++) {
		k[n].at = l->line[i].at;
		snprintf(k[n++].name, sizeof(k[0].name), "%.8s", l->line[i].name);
	}
	k[n].at = tels_set(t)->length;
	snprintf(k[n++].name, sizeof(k[0].name), "line");
	return n;
}

static int corner_ticks(const struct tel_screen *t, struct tick *k)
{
	const struct tel_set *s = tels_set(t);
	int n = 0;

	for (uint32_t i = 0; i < s->ncorners && n < NAMES; i++) {
		k[n].at = s->corner[i].apex;
		snprintf(k[n++].name, sizeof(k[0].name), "%.14s",
			 *s->corner[i].name ? s->corner[i].name : s->corner[i].id + 1);
	}
	return n;
}

void tels_axis(const struct tel_screen *t, struct surface s)
{
	struct tick k[NAMES];
	int h = surface_h(s), y = 0, n;

	if (h >= TEL_AXIS_ROWS || h == 1)
		put_names(t, s, y++, t->by_time ? "s" : "m", k, scale_ticks(t, k));
	if (h >= TEL_AXIS_ROWS || h == 2)
		n = loop_ticks(t, k), put_names(t, s, y++, "loop", k, n);
	if (h >= 2)
		n = corner_ticks(t, k), put_names(t, s, y, "corner", k, n);
}
