/* YOU and REF in a few figures; below them, where there is room, what their ideal and rolling laps are made of. With a third and a fourth car
 * their figures stand where the words are. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "tui/screens/compare.h"

enum {
	WIDE_FROM = 56,
	ROOMY_FROM = 76,
	PART_W = 10,
	ROLLING_LAPS = DUEL_FIGURES,
	PART_1,
	TOP_LAP = PART_1 + SECTORS,
	MINI_1,
	ROWS_MAX = MINI_1 + MINIS
};

/* Where the columns end. */
struct ends {
	int name, you, ref, diff, word, third, value_w;
};

static struct ends ends_of(const struct cmp_screen *c, int w)
{
	if (w < WIDE_FROM)
		return (struct ends){1, 20, 30, w - 1, -1, -1, 10};
	if (c->ncars > 2 && w >= ROOMY_FROM)
		return (struct ends){2, 24, 35, 45, -1, 57, 11};
	if (c->ncars > 2)
		return (struct ends){2, 21, 30, 39, -1, 49, 9};
	return (struct ends){2, 23, 35, 46, 48, -1, 12};
}

static void figures_title(const struct cmp_screen *c, struct surface s, char left[80], char right[80])
{
	(void)c, (void)s, (void)right;
	snprintf(left, 80, "Figures");
}

static void figures_legend(const struct cmp_screen *c, struct surface s)
{
	struct ends e = ends_of(c, surface_w(s));

	surface_text(s, e.you - 4, 0, STYLE(YOU), " you ");
	surface_text(s, e.ref - 4, 0, STYLE(REF), " ref ");
	surface_text(s, e.diff - 5, 0, STYLE(DIM), " diff ");
	for (unsigned i = 2; e.third > 0 && i < c->ncars; i++) {
		int end = e.third + (int)(i - 2) * e.value_w, n = (int)strlen(cmp_id(c, c->cars[i]));
		surface_fmt(s, end - n - 1, 0, car_style(c->view, c->cars[i]), " %s ", cmp_id(c, c->cars[i]));
	}
}

static int figures_rows(const struct cmp_screen *c)
{
	return cmp_paired(c) ? MINI_1 + (int)c->view->session->nmini : 0;
}

static int figures_want(const struct cmp_screen *c, int w)
{
	(void)w;
	return figures_rows(c);
}

static void value_text(enum duel_figure f, double v, bool diff, char out[NUM_LEN])
{
	if (isnan(v))
		snprintf(out, NUM_LEN, "-");
	else if (f == DUEL_TOP_SPEED)
		dec_str(out, v, 1);
	else if (f == DUEL_SPREAD && !diff)
		dec_str(out, (double)round_half_away(v) / 1000, 3);
	else if (f == DUEL_TREND || f == DUEL_SPREAD || diff)
		diff_str(out, (ms_t)round_half_away(v));
	else
		time_str(out, (ms_t)round_half_away(v));
	if (diff && f == DUEL_TOP_SPEED && v > 0 && !isnan(v)) {
		memmove(out + 1, out, strlen(out) + 1);
		out[0] = '+';
	}
}

static void draw_figure(const struct cmp_screen *c, const struct ends *e, enum duel_figure f, struct surface s, int y)
{
	const struct duel_row *r = &c->duel[0].row[f];
	char t[NUM_LEN];

	surface_fmt(s, e->name, y, STYLE(TEXT), "%s%s", duel_name(f), f == DUEL_TREND && e->name > 1 ? " s/lap" : "");
	value_text(f, r->you, false, t);
	cmp_put(s, e->you, y, 9, STYLE(TEXT), t);
	value_text(f, r->ref, false, t);
	cmp_put(s, e->ref, y, 9, STYLE(TEXT), t);
	value_text(f, r->diff, true, t);
	cmp_put(s, e->diff, y, 8, STYLE(TEXT), t);
	if (e->word > 0)
		surface_text(s, e->word, y, STYLE(DIM), r->word);
	for (unsigned i = 2; e->third > 0 && i < c->ncars; i++) {
		value_text(f, c->duel[i - 1].row[f].you, false, t);
		cmp_put(s, e->third + (int)(i - 2) * e->value_w, y, 9, STYLE(TEXT), t);
	}
}

/* "26.505 L11": a part of the ideal lap, or what else a car's row has. */
static void part_text(const struct cmp_screen *c, int row, uint16_t car, char out[NUM_LEN])
{
	const struct car_best *b = &c->view->analysis->bests.car[car];
	const struct lap_ref *part = row >= MINI_1 ? &b->mini_part[row - MINI_1] : &b->part[row - PART_1];
	char t[NUM_LEN];

	if (part->time == MS_NONE)
		snprintf(out, NUM_LEN, "-");
	else
		snprintf(out, NUM_LEN, "%s L%u", time_str(t, part->time), part->lap);
}

static void cell_text(const struct cmp_screen *c, int row, uint16_t car, char out[NUM_LEN])
{
	const struct car_best *b = &c->view->analysis->bests.car[car];
	struct duel_speed top;

	if (row == ROLLING_LAPS) {
		if (b->rolling == MS_NONE)
			snprintf(out, NUM_LEN, "-");
		else
			snprintf(out, NUM_LEN, b->rolling_from == b->rolling_to ? "L%u" : "L%u-%u", b->rolling_from,
				 b->rolling_to);
	} else if (row == TOP_LAP) {
		top = duel_top_speed(c->view->analysis, car);
		snprintf(out, NUM_LEN, top.tenths ? "L%u" : "-", c->view->session->laps.number[top.lap]);
	} else {
		part_text(c, row, car, out);
	}
}

static ms_t part_diff(const struct cmp_screen *c, int row)
{
	const struct car_best *y = &c->view->analysis->bests.car[c->cars[0]],
			      *r = &c->view->analysis->bests.car[c->cars[1]];
	ms_t a, b;

	if (row == ROLLING_LAPS || row == TOP_LAP)
		return MS_NONE;
	a = row >= MINI_1 ? y->mini_part[row - MINI_1].time : y->part[row - PART_1].time;
	b = row >= MINI_1 ? r->mini_part[row - MINI_1].time : r->part[row - PART_1].time;
	return a == MS_NONE || b == MS_NONE ? MS_NONE : a - b;
}

static void part_name(const struct cmp_screen *c, int row, char out[24])
{
	if (row == ROLLING_LAPS)
		snprintf(out, 24, "rolling");
	else if (row == TOP_LAP)
		snprintf(out, 24, "top speed");
	else if (row < TOP_LAP)
		snprintf(out, 24, "ideal S%d", row - PART_1 + 1);
	else
		snprintf(out, 24, " %.8s",
			 c->view->session->mini_name[row - MINI_1] ? c->view->session->mini_name[row - MINI_1] : "-");
}

static void draw_part(const struct cmp_screen *c, const struct ends *e, int row, struct surface s, int y)
{
	char name[24], t[NUM_LEN];
	ms_t diff = part_diff(c, row);

	part_name(c, row, name);
	surface_text(s, e->name, y, STYLE(DIM), name);
	for (unsigned i = 0; i < c->ncars; i++) {
		int end = i == 0 ? e->you : i == 1 ? e->ref : e->third > 0 ? e->third + (int)(i - 2) * e->value_w : -1;
		cell_text(c, row, c->cars[i], t);
		if (e->value_w < PART_W)
			t[strcspn(t, " ")] = '\0'; /* the lap goes: w tells it */
		cmp_put(s, end, y, e->value_w < PART_W ? e->value_w : PART_W, STYLE(TEXT), t);
	}
	if (diff != MS_NONE)
		cmp_put(s, e->diff, y, 8, STYLE(TEXT), diff_str(t, diff));
}

static void figures_draw(const struct cmp_screen *c, struct surface s)
{
	struct ends e = ends_of(c, surface_w(s));
	int rows = figures_rows(c), y = 0;

	for (int i = c->linear ? 0 : c->rows[CMP_FIGURES].top; i < rows && y < surface_h(s); i++, y++) {
		if (i < DUEL_FIGURES)
			draw_figure(c, &e, (enum duel_figure)i, s, y);
		else
			draw_part(c, &e, i, s, y);
		if (c->focus != CMP_FIGURES || c->linear || c->rows[CMP_FIGURES].cursor != i)
			continue;
		surface_ground(s, (struct rect){0, y, surface_w(s), 1}, ROLE_CURSOR);
		surface_cursor(s, 1, y);
	}
}

static bool figures_why(const struct cmp_screen *c, char title[80], struct buf *out)
{
	static const enum duel_figure of_part[] = {DUEL_ROLLING, DUEL_IDEAL, DUEL_IDEAL, DUEL_IDEAL, DUEL_TOP_SPEED};
	int row = c->rows[CMP_FIGURES].cursor;

	if (row >= MINI_1)
		row = DUEL_IDEAL;
	else if (row >= DUEL_FIGURES)
		row = (int)of_part[row - DUEL_FIGURES];
	return cmp_why_figure(c, row, title, out);
}

const struct cmp_pane cmp_figures = {
	.name = "Figures",
	.title = figures_title,
	.legend = figures_legend,
	.want = figures_want,
	.draw = figures_draw,
	.why = figures_why,
	.cursor_rows = figures_rows,
};
