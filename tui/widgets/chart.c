#include "tui/widgets/chart.h"

#include <math.h>
#include <stdio.h>

#include "tui/widgets/raster.h"

enum { DASHES = 8 };

static int axis_width(const struct chart *c, int w)
{
	return c->label_w > 0 && c->label_w + 2 < w ? c->label_w + 1 : 0;
}

static bool sound(const struct chart *c)
{
	return isfinite(c->x0) && isfinite(c->x1) && isfinite(c->y0) && isfinite(c->y1) && c->x1 > c->x0 &&
	       fabs(c->y1 - c->y0) > 0;
}

static int x_dot(const struct chart *c, const struct raster *r, double x)
{
	return (int)lround((x - c->x0) / (c->x1 - c->x0) * (r->w * r->dx - 1));
}

static int y_dot(const struct chart *c, const struct raster *r, double y)
{
	return (int)lround((c->y1 - y) / (c->y1 - c->y0) * (r->h * r->dy - 1));
}

/* -1 beyond the top, 1 beyond the bottom, 0 inside. */
static int beyond(const struct chart *c, double y)
{
	double part = (c->y1 - y) / (c->y1 - c->y0);

	return part < 0 ? -1 : part > 1 ? 1 : 0;
}

/* A piece of a line from value to value; what lies beyond the range ends at the border. false: nothing of it is inside. */
struct piece {
	double x[2], y[2];
};

static bool clip(const struct chart *c, struct piece *p)
{
	double lo = fmin(c->y0, c->y1), hi = fmax(c->y0, c->y1);
	struct piece whole = *p;

	if (fmax(p->y[0], p->y[1]) < lo || fmin(p->y[0], p->y[1]) > hi)
		return false;
	for (int k = 0; k < 2; k++) {
		double edge = whole.y[k] < lo ? lo : hi;

		if (whole.y[k] >= lo && whole.y[k] <= hi)
			continue;
		p->x[k] = whole.x[0] + (whole.x[1] - whole.x[0]) * (edge - whole.y[0]) / (whole.y[1] - whole.y[0]);
		p->y[k] = edge;
	}
	return true;
}

static void join(const struct chart *c, struct raster *r, struct piece p, int series)
{
	if (clip(c, &p))
		raster_line(r, x_dot(c, r, p.x[0]), y_dot(c, r, p.y[0]), x_dot(c, r, p.x[1]), y_dot(c, r, p.y[1]),
			    series);
}

static void point(const struct chart *c, struct raster *r, double x, double y, int series)
{
	int dx = x_dot(c, r, x), dy = y_dot(c, r, y);

	if (beyond(c, y) != 0)
		return;
	raster_dot(r, dx, dy, series);
	/* One dot alone is hard to see: a point is two wide. */
	if (c->series[series].draw == CHART_POINTS && r->dx > 1)
		raster_dot(r, dx + 1, dy, series);
}

static void plot(const struct chart *c, struct raster *r, int k)
{
	const struct chart_series *s = &c->series[k];
	bool open = false; /* there is a point before to join with */

	for (int i = 0; i < s->n; i++) {
		if (!isfinite(s->x[i]) || !isfinite(s->y[i]) || s->x[i] < c->x0 || s->x[i] > c->x1) {
			open = false;
			continue;
		}
		point(c, r, s->x[i], s->y[i], k);
		if (s->draw == CHART_LINE && open)
			join(c, r, (struct piece){{s->x[i - 1], s->x[i]}, {s->y[i - 1], s->y[i]}}, k);
		open = true;
	}
}

static void paint(const struct chart *c, const struct raster *r, struct surface s)
{
	for (int y = 0; y < r->h; y++) {
		for (int x = 0; x < r->w; x++) {
			int owner = raster_owner(r, x, y);

			if (owner < 0)
				continue;
			char mine = c->series[owner].ascii != 0 ? c->series[owner].ascii : 'x';
			surface_put(s, x, y, c->series[owner].style,
				    raster_letter(r, x, y, raster_mixed(r, x, y) ? '#' : mine));
		}
	}
}

static void off_scale(const struct chart *c, const struct raster *r, struct surface s)
{
	for (int k = c->nseries - 1; k >= 0 && !c->no_off_scale; k--) {
		const struct chart_series *of = &c->series[k];

		for (int i = 0; i < of->n; i++) {
			if (!isfinite(of->y[i]) || !isfinite(of->x[i]) || of->x[i] < c->x0 || of->x[i] > c->x1)
				continue;
			int way = beyond(c, of->y[i]);

			if (way != 0)
				surface_put(s, x_dot(c, r, of->x[i]) / r->dx, way < 0 ? 0 : r->h - 1, of->style,
					    way < 0 ? '^' : 'v');
		}
	}
}

static void draw_axis(const struct chart *c, struct surface s, int axis)
{
	int h = surface_h(s), every = c->label_every > 0 ? c->label_every : 2;
	bool ascii = surface_ascii(s);

	for (int y = 0; y < h; y++) {
		char text[24] = "";
		bool labelled = c->label != NULL && y % every == 0;
		double part = h > 1 ? (double)y / (h - 1) : 0.5;

		if (labelled)
			c->label(c->y1 + part * (c->y0 - c->y1), text);
		surface_field(s, 0, y, axis - 1, ALIGN_RIGHT, STYLE(DIM), str_from(text));
		surface_put(s, axis - 1, y, STYLE(STRUCT), labelled ? (ascii ? '+' : 0x2524) : (ascii ? '|' : 0x2502));
	}
}

/* Columns of the body a band takes. */
static struct rect band_rect(const struct chart *c, const struct chart_band *b, int w, int axis, int h)
{
	int from = chart_column(c, w, b->from) - axis, to = chart_column(c, w, b->to) - axis;

	return (struct rect){from, 0, to - from + 1, h};
}

/* The edges of a band are marked by a letter as well, under the lines: there may be no colour to shade it with. */
static void mark_bands(const struct chart *c, struct surface s, int w, int axis)
{
	for (int i = 0; i < c->nbands; i++) {
		struct rect r = band_rect(c, &c->bands[i], w, axis, surface_h(s));

		surface_fill(s, (struct rect){r.x, 0, 1, r.h}, STYLE(STRUCT), ':');
		surface_fill(s, (struct rect){r.x + r.w - 1, 0, 1, r.h}, STYLE(STRUCT), ':');
	}
}

/* A dashed column, so many dashes that the eye joins them: each costs bytes on the line to the terminal at every move. */
static void draw_cursor(struct surface s, int x)
{
	int every = 2 + surface_h(s) / DASHES;

	for (int y = 0; y < surface_h(s); y += every)
		surface_ground(s, (struct rect){x, y, 1, 1}, ROLE_CURSOR);
}

static void draw_bands(const struct chart *c, struct surface s, int w, int axis)
{
	for (int i = 0; i < c->nbands; i++)
		surface_ground(s, band_rect(c, &c->bands[i], w, axis, surface_h(s)), c->bands[i].ground);
	if (isfinite(c->cursor_x))
		draw_cursor(s, chart_column(c, w, c->cursor_x) - axis);
}

void chart_draw(const struct chart *c, struct surface s)
{
	int w = surface_w(s), h = surface_h(s), axis = axis_width(c, w);
	struct surface body = surface_sub(s, (struct rect){axis, 0, w - axis, h});
	struct raster r;

	if (w - axis < 1 || h < 1 || !sound(c))
		return;
	if (raster_init(&r, w - axis, h, s.grid->charset)) {
		for (int k = 0; k < c->nseries && k < RASTER_OWNERS; k++)
			plot(c, &r, k);
		if (axis > 0)
			draw_axis(c, s, axis);
		mark_bands(c, body, w, axis);
		paint(c, &r, body);
		off_scale(c, &r, body);
		draw_bands(c, body, w, axis);
	}
	raster_free(&r);
}

int chart_column(const struct chart *c, int w, double x)
{
	int axis = axis_width(c, w);
	double part;

	if (!sound(c) || !isfinite(x))
		return -1;
	part = (x - c->x0) / (c->x1 - c->x0);
	if (part < -1 || part > 2)
		return part < 0 ? -w : 2 * w;
	/* Two dots a cell: the same rounding as the dots have. */
	return axis + (int)floor((double)lround(part * ((w - axis) * 2 - 1)) / 2);
}

double chart_value(const struct chart *c, int w, int column)
{
	int axis = axis_width(c, w), n = (w - axis) * 2 - 1;

	if (!sound(c) || n < 1)
		return (double)NAN;
	return c->x0 + (c->x1 - c->x0) * ((column - axis) * 2 + 0.5) / n;
}

bool chart_fit_y(const struct chart_series *series, int n, double *y0, double *y1)
{
	double lo = (double)INFINITY, hi = -(double)INFINITY, air;

	for (int k = 0; k < n; k++) {
		for (int i = 0; i < series[k].n; i++) {
			if (!isfinite(series[k].y[i]))
				continue;
			lo = fmin(lo, series[k].y[i]);
			hi = fmax(hi, series[k].y[i]);
		}
	}
	if (lo > hi)
		return false;
	air = hi > lo ? (hi - lo) * 0.05 : fmax(fabs(hi) * 0.01, 0.5);
	*y0 = lo - air;
	*y1 = hi + air;
	return true;
}
