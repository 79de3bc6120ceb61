/* Box plots of the cars compared: their clean laps, and of these the ones in clear air. Left is faster. The cursor is on a car. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "tui/screens/compare.h"

enum { HEAD_W = 16, WHAT_W = 6, ID_W = 4, TICKS_APART = 8, TICKS_MAX = 24 };

struct scale {
	double lo, hi; /* ms */
	int x, w;      /* columns */
};

/* Row i: the cars' clean laps first, then those in clear air, of YOU and REF in both cases before the others. */
static const struct duel_box *box_at(const struct cmp_screen *c, int row, uint16_t *car)
{
	unsigned k = (unsigned)row % c->ncars;
	bool clear = (unsigned)row >= c->ncars;
	const struct duel *d = &c->duel[k > 1 ? k - 1 : 0];

	*car = c->cars[k];
	if (k == 1)
		return clear ? &d->ref_clear : &d->ref_all;
	return clear ? &d->you_clear : &d->you_all;
}

static bool has_clear(const struct cmp_screen *c)
{
	for (unsigned i = 0; i + 1 < c->ncars; i++)
		if (c->duel[i].you_clear.n > 1)
			return true;
	return false;
}

static int spread_rows(const struct cmp_screen *c)
{
	return cmp_paired(c) ? (int)c->ncars * (has_clear(c) ? 2 : 1) : 0;
}

static void spread_title(const struct cmp_screen *c, struct surface s, char left[80], char right[80])
{
	(void)c;
	snprintf(left, 80, "Spread");
	if (surface_w(s) > 54)
		snprintf(right, 80, "min, quarter, median, quarter, max");
}

static int spread_want(const struct cmp_screen *c, int w)
{
	(void)w;
	return spread_rows(c) ? spread_rows(c) + 1 : 0;
}

static int column(const struct scale *k, double t)
{
	double part = k->hi > k->lo ? (t - k->lo) / (k->hi - k->lo) : 0;

	return k->x + (int)lround(fmin(fmax(part, 0), 1) * (k->w - 1));
}

static void scale_of(const struct cmp_screen *c, int w, struct scale *k)
{
	uint16_t car;

	*k = (struct scale){INFINITY, -INFINITY, HEAD_W, w - HEAD_W - 1};
	for (int i = 0; i < (int)c->ncars; i++) {
		const struct duel_box *b = box_at(c, i, &car);
		if (b->n == 0)
			continue;
		k->lo = fmin(k->lo, b->min);
		k->hi = fmax(k->hi, b->max);
	}
}

static void draw_box(const struct scale *k, const struct duel_box *b, struct style st, struct surface s, int y)
{
	bool ascii = surface_ascii(s);
	int min = column(k, b->min), max = column(k, b->max);

	for (int x = min; x <= max; x++)
		surface_put(s, x, y, STYLE(DIM), ascii ? '-' : 0x2500);
	surface_put(s, min, y, STYLE(DIM), ascii ? '|' : 0x251C);
	surface_put(s, max, y, STYLE(DIM), ascii ? '|' : 0x2524);
	for (int x = column(k, b->q1); x <= column(k, b->q3); x++)
		surface_put(s, x, y, st, ascii ? '=' : 0x2588);
	surface_put(s, column(k, b->median), y, style_with(st, ATTR_BOLD), ascii ? '#' : 0x2503);
}

/* "all", "L3-11", "clear" where the laps do not follow one another. */
static void draw_label(const struct cmp_screen *c, int row, uint16_t car, uint32_t n, struct surface s, int y)
{
	unsigned k = (unsigned)row % c->ncars;
	const struct duel *d = &c->duel[k > 1 ? k - 1 : 0];
	char what[24] = "all";

	if ((unsigned)row >= c->ncars)
		snprintf(what, sizeof(what), "L%u-%u", d->clear_from, d->clear_to);
	if ((unsigned)row >= c->ncars && (!d->clear_together || strlen(what) > WHAT_W))
		snprintf(what, sizeof(what), "clear");
	surface_field(s, 0, y, ID_W, ALIGN_RIGHT, car_style(c->view, car), str_from(cmp_id(c, car)));
	surface_fmt(s, ID_W + 1, y, STYLE(TEXT), "%-*s%4u", WHAT_W, what, n);
}

/* Ticks at whole steps of time, so many that their labels have room. */
static void draw_axis(const struct scale *k, struct surface s, int y)
{
	static const double steps[] = {100, 200, 400, 500, 1000, 2000, 5000, 10000, 20000, 60000};
	size_t i = 0;
	char t[NUM_LEN];

	if (!isfinite(k->lo) || k->hi <= k->lo)
		return;
	while (i + 1 < sizeof(steps) / sizeof(steps[0]) && (k->hi - k->lo) / steps[i] * TICKS_APART > k->w)
		i++;
	double v = ceil(k->lo / steps[i]) * steps[i];
	for (int n = 0; v <= k->hi && n < TICKS_MAX; v += steps[i], n++) {
		size_t len = strlen(time_str(t, (ms_t)v));
		t[len > 2 ? len - 2 : len] = '\0'; /* tenths */
		int x = column(k, v) - (int)strlen(t) + 3;
		if (x >= 0 && x + (int)strlen(t) < surface_w(s))
			surface_text(s, x, y, STYLE(DIM), t);
	}
}

static void spread_draw(const struct cmp_screen *c, struct surface s)
{
	int h = surface_h(s) - 1, rows = spread_rows(c), y = 0;
	struct scale k;
	uint16_t car;

	scale_of(c, surface_w(s), &k);
	for (int i = c->linear ? 0 : c->rows[CMP_SPREAD].top; i < rows && y < h; i++, y++) {
		const struct duel_box *b = box_at(c, i, &car);
		draw_label(c, i, car, b->n, s, y);
		if (b->n && k.w > 4)
			draw_box(&k, b, car_style(c->view, car), s, y);
		if (c->focus != CMP_SPREAD || c->linear || c->rows[CMP_SPREAD].cursor != i)
			continue;
		surface_ground(s, (struct rect){0, y, surface_w(s), 1}, ROLE_CURSOR);
		surface_cursor(s, 1, y);
	}
	draw_axis(&k, s, y);
}

const struct cmp_pane cmp_spread = {
	.name = "Spread",
	.title = spread_title,
	.want = spread_want,
	.draw = spread_draw,
	.why = cmp_why_spread,
	.cursor_rows = spread_rows,
};
