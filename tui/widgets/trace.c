#include "tui/widgets/trace.h"

#include <math.h>

#include "tui/widgets/raster.h"

static double x_of(const struct trace_in *in, uint32_t i)
{
	return in->x ? (double)in->x[i] : in->step * i;
}

/* Column of an x in [x0, x1], as a chart rounds to dots. */
static int column_of(double x, double x0, double x1, int columns)
{
	return (int)lround((x - x0) / (x1 - x0) * (columns - 1));
}

/* One column while it is gathered. */
struct column {
	int at;            /* -1: nothing yet */
	double x[4], y[4]; /* first, least, greatest, last */
};

static void put(struct trace *out, double x, double y)
{
	if (out->n < TRACE_POINTS) {
		out->x[out->n] = x;
		out->y[out->n++] = y;
	}
}

static void flush(struct column *c, struct trace *out)
{
	if (c->at < 0)
		return;
	put(out, c->x[0], c->y[0]);
	int early = c->x[1] <= c->x[2] ? 1 : 2, late = 3 - early;
	if (c->y[early] < c->y[0] || c->y[early] > c->y[0])
		put(out, c->x[early], c->y[early]);
	if (c->x[late] > c->x[early] && c->x[late] > c->x[0])
		put(out, c->x[late], c->y[late]);
	if (c->x[3] > c->x[late] && c->x[3] > c->x[0])
		put(out, c->x[3], c->y[3]);
	c->at = -1;
}

static void take(struct column *c, int at, double x, double y)
{
	if (c->at < 0) {
		for (int k = 0; k < 4; k++)
			c->x[k] = x, c->y[k] = y;
		c->at = at;
		return;
	}
	if (y < c->y[1])
		c->x[1] = x, c->y[1] = y;
	if (y > c->y[2])
		c->x[2] = x, c->y[2] = y;
	c->x[3] = x;
	c->y[3] = y;
}

void trace_reduce(const struct trace_in *in, double x0, double x1, int columns, struct trace *out)
{
	struct column c = {.at = -1};
	bool open = false; /* there is a point to join with */

	out->n = 0;
	columns = columns > TRACE_COLUMNS ? TRACE_COLUMNS : columns;
	if (!in->v || columns < 1 || !(x1 > x0))
		return;
	for (uint32_t i = 0; i < in->n; i++) {
		double x = x_of(in, i), y = (double)in->v[i];

		if (isfinite(x) && (x < x0 || x > x1))
			continue;
		if (!isfinite(x) || !isfinite(y)) {
			flush(&c, out);
			if (open)
				put(out, (double)NAN, (double)NAN);
			open = false;
			continue;
		}
		int at = column_of(x, x0, x1, columns);
		if (c.at >= 0 && at != c.at)
			flush(&c, out);
		take(&c, at, x, y);
		open = true;
	}
	flush(&c, out);
}

static void fill_between(float *out, int from, float a, int to, float b)
{
	for (int k = from + 1; k < to; k++)
		if (isnan(out[k]))
			out[k] = k - from <= to - k ? a : b;
}

void trace_peaks(const struct trace_in *in, double x0, double x1, int columns, float *out)
{
	int before = -1;
	float value = 0;

	for (int k = 0; k < columns; k++)
		out[k] = NAN;
	if (!in->v || columns < 1 || !(x1 > x0))
		return;
	for (uint32_t i = 0; i < in->n; i++) {
		double x = x_of(in, i);
		float v = in->v[i];

		if (!isfinite(x) || !isfinite(v)) {
			before = -1;
			continue;
		}
		if (x < x0 || x > x1)
			continue;
		int at = column_of(x, x0, x1, columns);
		if (isnan(out[at]) || fabsf(v) > fabsf(out[at]))
			out[at] = v;
		if (before >= 0)
			fill_between(out, before, value, at, v);
		before = at;
		value = v;
	}
}

int strip_columns(struct surface s, int w)
{
	return s.grid->charset == CHARSET_ASCII ? w : 2 * w;
}

enum { UP, DOWN, NOTHING };

static void draw_column(struct raster *r, int x, float v, double range, int up_rows)
{
	int middle = up_rows * r->dy, most = v > 0 ? middle : (r->h - up_rows) * r->dy;
	int n = (int)lround(fmin(fabs((double)v) / range, 1) * most);

	if (n == 0)
		raster_dot(r, x, middle < r->h * r->dy ? middle : middle - 1, NOTHING);
	for (int k = 0; k < n; k++)
		raster_dot(r, x, v > 0 ? middle - 1 - k : middle + k, v > 0 ? UP : DOWN);
}

/* In ASCII a cell is one dot: the letter says how much of it is filled. */
static uint32_t ascii_cell(float v, double range, int rows, int row)
{
	double part = fabs((double)v) / range * rows - row;

	return part >= 0.7 ? '#' : part >= 0.2 ? (v > 0 ? '+' : '-') : ' ';
}

static void draw_ascii(struct surface s, const float *v, double range, int up_rows, struct style up, struct style down)
{
	int h = surface_h(s), down_rows = h - up_rows;

	for (int x = 0; x < surface_w(s); x++) {
		if (isnan(v[x]))
			continue;
		if (down_rows > 0)
			surface_put(s, x, up_rows, STYLE(DIM), '.');
		int rows = v[x] > 0 ? up_rows : down_rows;
		for (int k = 0; k < rows; k++) {
			uint32_t letter = ascii_cell(v[x], range, rows, k);
			if (letter != ' ')
				surface_put(s, x, v[x] > 0 ? up_rows - 1 - k : up_rows + k, v[x] > 0 ? up : down,
					    letter);
		}
	}
}

void strip_draw(struct surface s, const float *v, double range, struct style up, struct style down)
{
	int w = surface_w(s), h = surface_h(s), up_rows = (h + 1) / 2;
	struct style styles[] = {[UP] = up, [DOWN] = down, [NOTHING] = STYLE(DIM)};
	struct raster r;

	if (w < 1 || h < 1 || !(range > 0))
		return;
	if (surface_ascii(s)) {
		draw_ascii(s, v, range, up_rows, up, down);
		return;
	}
	if (raster_init(&r, w, h, s.grid->charset)) {
		/* What is filled has the colour of a cell before the dots of the middle line have it. */
		for (int pass = 0; pass < 2; pass++)
			for (int x = 0; x < w * r.dx; x++)
				if (!isnan(v[x]))
					draw_column(&r, x, v[x], range, up_rows);
		for (int y = 0; y < h; y++)
			for (int x = 0; x < w; x++)
				if (raster_owner(&r, x, y) >= 0)
					surface_put(s, x, y, styles[raster_owner(&r, x, y)],
						    raster_letter(&r, x, y, 0));
	}
	raster_free(&r);
}
