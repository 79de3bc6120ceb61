/* Box plots: where half of each car's clean laps lie, the quickest median first. Left is faster. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "tui/screens/race.h"

enum { HEAD_W = 30, BOXES = 256 };

struct boxes {
	uint16_t car[BOXES];
	int n;
	double lo, hi; /* ms: left and right end */
};

static void boxes_make(const struct race *r, struct boxes *b)
{
	const struct paces *p = &r->view->analysis->paces;

	b->n = 0;
	b->lo = INFINITY;
	b->hi = -INFINITY;
	for (uint32_t i = 0; i < r->ncars && b->n < BOXES; i++) {
		const struct pace *own = &p->car[r->cars[i]].all;
		int at = b->n;
		if (own->n < 2)
			continue;
		for (; at > 0 && p->car[b->car[at - 1]].all.median > own->median; at--)
			b->car[at] = b->car[at - 1];
		b->car[at] = r->cars[i];
		b->n++;
		b->lo = fmin(b->lo, own->min);
		b->hi = fmax(b->hi, own->q3 + 1.5 * own->iqr);
	}
}

static int box_x(const struct boxes *b, int w, double t)
{
	double part = b->hi > b->lo ? (t - b->lo) / (b->hi - b->lo) : 0;

	return (int)lround(fmin(fmax(part, 0), 1) * (w - 1));
}

static void draw_box(const struct boxes *b, const struct pace *p, struct style st, struct surface s, int y)
{
	bool ascii = surface_ascii(s);
	int w = surface_w(s), min = box_x(b, w, p->min), max = box_x(b, w, p->max), q1 = box_x(b, w, p->q1),
	    q3 = box_x(b, w, p->q3);

	for (int x = min; x <= max; x++)
		surface_put(s, x, y, STYLE(STRUCT), ascii ? '-' : 0x2500);
	surface_put(s, min, y, STYLE(STRUCT), ascii ? '|' : 0x251C);
	surface_put(s, max, y, STYLE(STRUCT), p->max > b->hi ? '>' : ascii ? '|' : 0x2524);
	for (int x = q1; x <= q3; x++)
		surface_put(s, x, y, st, ascii ? '=' : 0x2588);
	surface_put(s, box_x(b, w, p->median), y, style_with(st, ATTR_BOLD), ascii ? '#' : 0x2503);
}

static void draw_axis(const struct boxes *b, struct surface s, int y)
{
	int w = surface_w(s);
	char t[NUM_LEN];

	for (int x = 0; x + 8 < w; x += 16) {
		double v = b->lo + (b->hi - b->lo) * x / (w > 1 ? w - 1 : 1);
		surface_fmt(s, x, y, STYLE(STRUCT), "%s%s", surface_ascii(s) ? "|" : "\xe2\x94\x82",
			    time_str(t, (ms_t)round_half_away(v)));
	}
}

static void spread_draw(const struct race *r, struct surface s)
{
	const struct paces *p = &r->view->analysis->paces;
	int h = surface_h(s) - 1, top = r->rows[RACE_SPREAD].top, cursor = r->rows[RACE_SPREAD].cursor;
	struct surface plot = surface_sub(s, (struct rect){HEAD_W, 0, surface_w(s) - HEAD_W - 1, surface_h(s)});
	struct boxes b;
	char name[64], t[NUM_LEN];
	int y = 0;

	boxes_make(r, &b);
	for (int i = top; i < b.n && y < h; i++, y++) {
		uint16_t car = b.car[i];
		const struct pace *own = &p->car[car].all;
		struct style st = car_style(r->view, car);
		short_name(r->view->session, car, name);
		surface_field(s, 0, y, 4, ALIGN_RIGHT, st, str_from(r->view->session->cars[car].id));
		surface_field(s, 5, y, 11, ALIGN_LEFT, st, str_from(name));
		surface_fmt(s, 17, y, STYLE(TEXT), "%8s %3u", time_str(t, own->median), own->n);
		draw_box(&b, own, st, plot, y);
		if (i == cursor && r->focus == RACE_SPREAD && !r->linear)
			surface_ground(s, (struct rect){0, y, surface_w(s), 1}, ROLE_CURSOR);
	}
	surface_text(s, 17, y, STYLE(STRUCT), "  median   n");
	draw_axis(&b, plot, y);
}

static void spread_title(const struct race *r, struct surface s, char left[80], char right[80])
{
	(void)r;
	snprintf(left, 80, "Spread of clean laps");
	if (surface_w(s) > 70)
		snprintf(right, 80, "min, quarter, median, quarter, max; left is faster");
}

static int spread_rows(const struct race *r)
{
	struct boxes b;

	boxes_make(r, &b);
	return b.n;
}

static int spread_want(const struct race *r, int w)
{
	int n = spread_rows(r);

	(void)w;
	return n ? n + 1 : 0;
}

static bool spread_why(const struct race *r, char title[80], struct buf *out)
{
	return race_why_rule(r, RACE_SPREAD, title, out);
}

const struct race_pane race_spread = {
	.name = "Spread",
	.title = spread_title,
	.want = spread_want,
	.draw = spread_draw,
	.why = spread_why,
	.export_pane = race_export_tower,
	.cursor_rows = spread_rows,
};
