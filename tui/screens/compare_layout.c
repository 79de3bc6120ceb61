/* Which panes stand where on screen 3, from 40 columns to as many as there are. */
#include <string.h>

#include "tui/screens/compare.h"

enum {
	WIDE_FROM = 104,
	NARROW_FROM = 72,
	TABLE_W = 59,
	TABLE_BOTH = 101, /* with mini-sectors beside the sectors */
	BOTH_FROM = 164,
	FIGURES_LEAST = DUEL_FIGURES + 1,
	NARROW_FIGURES = 8,
	TABLE_LEAST = 5
};

static int want(const struct cmp_screen *c, enum cmp_pane_id p, int w)
{
	int rows = cmp_pane_of(p)->want(c, w);

	return rows > 0 ? rows + 1 : 0;
}

/* Panes one under another; those with nothing to show are left out. */
struct stack {
	struct layout_node node[CMP_PANES];
	int n;
};

static void add(struct stack *st, const struct cmp_screen *c, enum cmp_pane_id p, int w, struct layout_node how)
{
	int rows = want(c, p, w);

	if (rows == 0)
		return;
	how.kind = LAYOUT_PANE;
	how.pane = p;
	how.min_w = 20;
	how.min_h = how.min_h == 0 || how.min_h > rows ? rows : how.min_h;
	how.max_h = how.max_h < 0 ? 0 : rows;
	st->node[st->n++] = how;
}

/* max_h -1: it may grow beyond the rows it wants. */
static struct layout_node how(int min_h, int max_h, int share, int drop)
{
	return (struct layout_node){.min_h = min_h, .max_h = max_h, .share = share, .drop = drop};
}

static struct layout_node column(const struct stack *st, int min_w, int max_w)
{
	return (struct layout_node){
		.kind = LAYOUT_ROWS, .min_w = min_w, .max_w = max_w, .share = 1, .child = st->node, .nchild = st->n};
}

static bool solve(struct cmp_screen *c, const struct stack *left, const struct stack *right, int rw, struct rect area)
{
	struct layout_node cols[2] = {column(left, area.w - rw - 1, area.w - rw - 1), column(right, rw, rw)};
	struct layout_node root = {.kind = LAYOUT_COLS, .child = cols, .nchild = 2};

	return layout_solve(&root, area, &c->layout);
}

static bool solve_wide(struct cmp_screen *c, struct rect area)
{
	struct stack left = {.n = 0}, right = {.n = 0};
	int rw = area.w >= BOTH_FROM && c->view->session->nmini ? TABLE_BOTH : TABLE_W, lw = area.w - rw - 1;

	add(&left, c, CMP_LAPS, lw, how(7, -1, 2, 2));
	add(&left, c, CMP_GAP, lw, how(4, -1, 1, 4));
	add(&left, c, CMP_LEDGER, lw, how(0, 0, 0, 0));
	add(&left, c, CMP_SPREAD, lw, how(0, 0, 0, 3));
	add(&left, c, CMP_FIGURES, lw, how(FIGURES_LEAST, 0, 1, 1));
	add(&right, c, CMP_TABLE, rw, how(TABLE_LEAST, -1, 1, 0));
	add(&right, c, CMP_SUM, rw, how(0, 0, 0, 1));
	return solve(c, &left, &right, rw, area);
}

static bool solve_narrow(struct cmp_screen *c, struct rect area)
{
	struct stack left = {.n = 0}, right = {.n = 0};
	int rw = (area.w + 1) / 2, lw = area.w - rw - 1;

	add(&left, c, CMP_LAPS, lw, how(6, -1, 2, 2));
	add(&left, c, CMP_LEDGER, lw, how(0, 0, 0, 0));
	add(&left, c, CMP_FIGURES, lw, how(NARROW_FIGURES, 0, 1, 1));
	add(&right, c, CMP_TABLE, rw, how(TABLE_LEAST, -1, 1, 0));
	add(&right, c, CMP_SUM, rw, how(0, 0, 0, 1));
	return solve(c, &left, &right, rw, area);
}

/* One column: what never goes. */
static bool solve_slim(struct cmp_screen *c, struct rect area)
{
	struct stack all = {.n = 0};

	add(&all, c, CMP_LEDGER, area.w, how(0, 0, 0, 1));
	add(&all, c, CMP_TABLE, area.w, how(TABLE_LEAST, -1, 1, 0));
	add(&all, c, CMP_SUM, area.w, how(0, 0, 0, 2));
	struct layout_node root = column(&all, 20, 0);
	return layout_solve(&root, area, &c->layout);
}

static bool solve_zoom(struct cmp_screen *c, struct rect area)
{
	struct layout_node one = {.kind = LAYOUT_PANE, .pane = c->focus, .min_w = 20, .min_h = 2, .share = 1};

	return want(c, c->focus, area.w) > 0 && layout_solve(&one, area, &c->layout);
}

/* Text output: every pane at its full height, one under another, a blank line before each. */
static int solve_linear(struct cmp_screen *c, int w)
{
	int y = HEAD_ROWS;

	for (int p = 0; p < CMP_PANES; p++) {
		int rows = want(c, p, w);
		y += rows ? 1 : 0;
		c->layout.pane[p] = (struct rect){0, y, rows ? w : 0, rows};
		y += rows;
	}
	return y;
}

static int wide_rows(const struct cmp_screen *c)
{
	int rw = TABLE_W, lw = c->w - rw - 1;
	int left = want(c, CMP_LAPS, lw) + want(c, CMP_GAP, lw) + want(c, CMP_LEDGER, lw) + want(c, CMP_SPREAD, lw) +
		   want(c, CMP_FIGURES, lw);
	int right = want(c, CMP_TABLE, rw) + want(c, CMP_SUM, rw);

	return HEAD_ROWS + (left > right ? left : right);
}

int cmp_layout(struct cmp_screen *c, int w, int h, bool linear)
{
	c->linear = linear || (h == 0 && w < WIDE_FROM);
	if (c->linear)
		return solve_linear(c, w);
	h = h > 0 ? h : wide_rows(c);
	struct rect area = {0, HEAD_ROWS, w, h - HEAD_ROWS};
	if ((c->zoom && solve_zoom(c, area)) || (w >= WIDE_FROM && h >= 22 && solve_wide(c, area)) ||
	    (w >= NARROW_FROM && h >= 16 && solve_narrow(c, area)) || solve_slim(c, area))
		return h;
	memset(&c->layout, 0, sizeof(c->layout));
	return h;
}
