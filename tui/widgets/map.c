#include "tui/widgets/map.h"

#include <float.h>
#include <math.h>
#include <string.h>

#include "tui/widgets/raster.h"

enum { MARGIN_X = 2, NEAR_CELLS = 3 };
static const double cell_aspect = 2; /* height of a cell over its width */

/* Metres to cells (not dots), the line in the middle. */
struct frame {
	double scale; /* cells along x a metre; 0: nothing to show */
	double x0, y1, left, top;
};

static struct frame frame_of(const struct map *m, int w, int h)
{
	double lo_x = DBL_MAX, hi_x = -DBL_MAX, lo_y = DBL_MAX, hi_y = -DBL_MAX;
	double inner_w = w > 4 * MARGIN_X ? w - 2 * MARGIN_X : w;
	struct frame f = {0, 0, 0, 0, 0};

	for (uint32_t i = 0; i < m->n; i++) {
		if (!isfinite(m->x[i]) || !isfinite(m->y[i]))
			continue;
		lo_x = fmin(lo_x, (double)m->x[i]);
		hi_x = fmax(hi_x, (double)m->x[i]);
		lo_y = fmin(lo_y, (double)m->y[i]);
		hi_y = fmax(hi_y, (double)m->y[i]);
	}
	if (lo_x > hi_x || (hi_x - lo_x <= 0 && hi_y - lo_y <= 0))
		return f;
	/* The last dots lie inside the last cells. */
	f.scale = fmin((inner_w - 0.5) / fmax(hi_x - lo_x, 1e-6), (h - 0.25) * cell_aspect / fmax(hi_y - lo_y, 1e-6));
	f.x0 = lo_x;
	f.y1 = hi_y;
	f.left = (w - (hi_x - lo_x) * f.scale) / 2;
	f.top = (h - (hi_y - lo_y) * f.scale / cell_aspect) / 2;
	return f;
}

static double cell_x(const struct frame *f, double x)
{
	return f->left + (x - f->x0) * f->scale;
}

static double cell_y(const struct frame *f, double y)
{
	return f->top + (f->y1 - y) * f->scale / cell_aspect;
}

static bool known(const struct map *m, uint32_t i)
{
	return isfinite(m->x[i]) && isfinite(m->y[i]);
}

static void piece(const struct map *m, const struct frame *f, struct raster *r, uint32_t a, uint32_t b, int kind)
{
	raster_line(r, (int)(cell_x(f, (double)m->x[a]) * r->dx), (int)(cell_y(f, (double)m->y[a]) * r->dy),
		    (int)(cell_x(f, (double)m->x[b]) * r->dx), (int)(cell_y(f, (double)m->y[b]) * r->dy), kind);
}

static void line_of(const struct map *m, const struct frame *f, struct raster *r, int kind)
{
	for (uint32_t i = 0; i < m->n; i++) {
		uint32_t next = i + 1 < m->n ? i + 1 : 0;

		if ((m->kind ? m->kind[i] : 0) == kind && known(m, i) && known(m, next))
			piece(m, f, r, i, next, kind);
	}
}

static void paint(const struct map *m, const struct raster *r, struct surface s)
{
	for (int y = 0; y < r->h; y++) {
		for (int x = 0; x < r->w; x++) {
			int k = raster_owner(r, x, y);

			if (k >= 0)
				surface_put(s, x, y, m->kinds[k].style, raster_letter(r, x, y, m->kinds[k].ascii));
		}
	}
}

static bool is_free(struct surface s, int x, int y, int w)
{
	for (int k = -1; k <= w; k++) {
		const struct cell *c = surface_cell(s, x + k, y);

		if (k >= 0 && k < w ? !c || c->cp != ' ' : c && c->cp != ' ' && (c->cp < 0x2800 || c->cp > 0x28FF))
			return false;
	}
	return true;
}

/* Beside the line, where nothing stands yet: the nearest place of those that are tried. */
static void put_beside(const struct map_mark *k, struct surface s, int x, int y)
{
	int w = (int)strlen(k->text);
	const int at[][2] = {{x + 1, y},     {x - w, y},     {x, y - 1}, {x, y + 1},     {x + 1, y - 1}, {x + 1, y + 1},
			     {x - w, y - 1}, {x - w, y + 1}, {x + 2, y}, {x - w - 1, y}, {x, y - 2},     {x, y + 2}};

	for (size_t i = 0; i < sizeof(at) / sizeof(at[0]); i++) {
		if (!is_free(s, at[i][0], at[i][1], w))
			continue;
		surface_text(s, at[i][0], at[i][1], k->style, k->text);
		return;
	}
}

static void put_marks(const struct map *m, const struct frame *f, struct surface s, bool on)
{
	for (int i = 0; i < m->nmarks; i++) {
		const struct map_mark *k = &m->mark[i];

		if (k->on != on || k->point >= m->n || !known(m, k->point))
			continue;
		int x = (int)cell_x(f, (double)m->x[k->point]), y = (int)cell_y(f, (double)m->y[k->point]);
		if (on)
			surface_text(s, x, y, k->style, k->text);
		else
			put_beside(k, s, x, y);
	}
}

void map_draw(const struct map *m, struct surface s)
{
	int w = surface_w(s), h = surface_h(s);
	struct frame f = frame_of(m, w, h);
	struct raster r;

	if (w < 1 || h < 1 || !(f.scale > 0))
		return;
	if (raster_init(&r, w, h, s.grid->charset)) {
		for (int k = 0; k < m->nkinds; k++)
			line_of(m, &f, &r, k);
		paint(m, &r, s);
		put_marks(m, &f, s, false);
		put_marks(m, &f, s, true);
	}
	raster_free(&r);
}

int map_point_at(const struct map *m, struct surface s, int x, int y)
{
	struct frame f = frame_of(m, surface_w(s), surface_h(s));
	double best = (double)NEAR_CELLS * NEAR_CELLS;
	int found = -1;

	for (uint32_t i = 0; f.scale > 0 && i < m->n; i++) {
		if (!known(m, i))
			continue;
		double dx = cell_x(&f, (double)m->x[i]) - x - 0.5;
		double dy = (cell_y(&f, (double)m->y[i]) - y - 0.5) * cell_aspect, d = dx * dx + dy * dy;
		if (d < best) {
			best = d;
			found = (int)i;
		}
	}
	return found;
}
