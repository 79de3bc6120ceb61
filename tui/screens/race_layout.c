#include "tui/screens/race_parts.h"

#include <string.h>

enum {
	WIDE_FROM = 104,
	BOTH_FROM = 72,
	SIDE_FROM = 170,
	CHART_ROWS = 9,
	TOWER_LEAST = 8,
	TOWER_NARROW = 43,
	TOWER_WIDE = 61,
	TOWER_LONG = 68,
	SIDE_W = 90
};

const struct race_pane *race_pane_of(enum race_pane_id p)
{
	static const struct race_pane *const panes[RACE_PANES] = {
		[RACE_TOWER] = &race_tower,     [RACE_STRIP] = &race_strip,     [RACE_CLASSES] = &race_classes,
		[RACE_DRIVERS] = &race_drivers, [RACE_GAP] = &race_gap,         [RACE_PLACES] = &race_places,
		[RACE_STINTS] = &race_stints,   [RACE_SECTORS] = &race_sectors, [RACE_SPREAD] = &race_spread,
		[RACE_OUTLOOK] = &race_outlook, [RACE_EVENTS] = &race_events,
	};

	return panes[p];
}

static int want(const struct race *r, enum race_pane_id p, int w)
{
	int rows = race_pane_of(p)->want(r, w);

	return rows > 0 ? rows + 1 : 0;
}

static struct layout_node node_of(enum race_pane_id p, int min_h, int max_h, int share, int drop)
{
	return (struct layout_node){.kind = LAYOUT_PANE,
				    .pane = p,
				    .min_w = 20,
				    .min_h = min_h,
				    .max_h = max_h,
				    .share = share,
				    .drop = drop};
}

/* Panes one under another; those with nothing to show are left out. */
struct stack {
	struct layout_node node[RACE_PANES + 2];
	int n;
};

static void stack_add(struct stack *st, const struct race *r, enum race_pane_id p, int w, int min_h, int share,
		      int drop, bool free)
{
	int rows = want(r, p, w);

	if (rows > 0)
		st->node[st->n++] = node_of(p, min_h < rows || free ? min_h : rows, free ? 0 : rows, share, drop);
}

static int tower_width(const struct race *r, int w)
{
	int base = w < WIDE_FROM ? TOWER_NARROW : race_has_drivers(r) ? TOWER_LONG : TOWER_WIDE;

	if (want(r, RACE_STRIP, w) == 0)
		return w;
	return w > 120 ? base + (w - 120) / 2 : w < WIDE_FROM ? base + (w - 80) / 3 : base;
}

/* At the right of the chart where there is room: what p would show next, so that nothing is shown twice. */
static void side_panes(const struct race *r, struct stack *st)
{
	static const enum race_pane_id wanted[] = {RACE_OUTLOOK, RACE_STINTS, RACE_EVENTS};

	for (size_t i = 0; i < sizeof(wanted) / sizeof(wanted[0]); i++)
		if (wanted[i] != r->chart)
			stack_add(st, r, wanted[i], SIDE_W, 4, i == 0 ? 1 : 2, (int)i + 1, false);
}

/* Every car, as long as a third of the rows is left for the chart, and what the panes between need. */
static int tower_rows(const struct race *r, int rows, struct rect area)
{
	int rest = area.h / 3 > CHART_ROWS ? area.h / 3 : CHART_ROWS, room;

	if (race_many_classes(r) || race_has_drivers(r))
		rest = CHART_ROWS;
	if (race_many_classes(r))
		rest += want(r, RACE_CLASSES, area.w);
	room = area.h - rest - want(r, RACE_DRIVERS, area.w);
	room = room < TOWER_LEAST ? TOWER_LEAST : room;
	return rows < room ? rows : room;
}

static bool solve(struct race *r, struct rect area)
{
	struct stack top = {.n = 0}, all = {.n = 0}, side = {.n = 0};
	int tw = tower_width(r, area.w), rows = want(r, RACE_TOWER, tw);
	struct layout_node tower = node_of(RACE_TOWER, 5, 0, 1, 0), strip = node_of(RACE_STRIP, 5, 0, 1, 1);
	struct layout_node charts[2];

	tower.min_w = tower.max_w = tw;
	top.node[top.n++] = tower;
	if (want(r, RACE_STRIP, area.w - tw))
		top.node[top.n++] = strip;
	all.node[all.n++] = (struct layout_node){.kind = LAYOUT_COLS,
						 .min_h = tower_rows(r, rows, area),
						 .max_h = rows,
						 .share = 1,
						 .child = top.node,
						 .nchild = top.n};
	if (race_many_classes(r))
		stack_add(&all, r, RACE_CLASSES, area.w, want(r, RACE_CLASSES, area.w), 0, 3, false);
	stack_add(&all, r, RACE_DRIVERS, area.w, want(r, RACE_DRIVERS, area.w), 0, 2, false);
	if (want(r, r->chart, area.w)) {
		charts[0] = node_of(r->chart, CHART_ROWS, 0, 1, 0);
		if (area.w >= SIDE_FROM)
			side_panes(r, &side);
		charts[0].share = 2;
		charts[1] = (struct layout_node){.kind = LAYOUT_ROWS,
						 .min_w = SIDE_W - 10,
						 .max_w = SIDE_W,
						 .share = 1,
						 .child = side.node,
						 .nchild = side.n};
		all.node[all.n++] = (struct layout_node){.kind = LAYOUT_COLS,
							 .min_h = CHART_ROWS,
							 .share = 3,
							 .child = charts,
							 .nchild = side.n ? 2 : 1};
	}
	struct layout_node root = {.kind = LAYOUT_ROWS, .child = all.node, .nchild = all.n};
	return layout_solve(&root, area, &r->layout);
}

/* Narrower than the strip is of use: the tower and a chart, or the tower alone. */
static bool solve_slim(struct race *r, struct rect area)
{
	struct stack st = {.n = 0};

	stack_add(&st, r, RACE_TOWER, area.w, 4, 2, 0, true);
	if (area.h >= 16)
		stack_add(&st, r, r->chart, area.w, 6, 1, 1, true);
	struct layout_node root = {.kind = LAYOUT_ROWS, .child = st.node, .nchild = st.n};
	return layout_solve(&root, area, &r->layout);
}

static bool solve_zoom(struct race *r, struct rect area)
{
	struct layout_node one = node_of(r->focus, 2, 0, 1, 0);

	return layout_solve(&one, area, &r->layout);
}

/* Text output: every pane at its full height, one under another, a blank line before each. Returns the rows. */
static int solve_linear(struct race *r, int w)
{
	int y = HEAD_ROWS;

	for (int p = 0; p < RACE_PANES; p++) {
		int rows = want(r, p, w);
		y += rows ? 1 : 0;
		r->layout.pane[p] = (struct rect){0, y, rows ? w : 0, rows};
		y += rows;
	}
	return y;
}

int race_layout(struct race *r, int w, int h, bool linear)
{
	struct rect area = {0, HEAD_ROWS, w, h - HEAD_ROWS};

	r->linear = linear || h == 0;
	if (r->linear)
		return solve_linear(r, w);
	if (r->zoom && solve_zoom(r, area))
		return h;
	if (w >= BOTH_FROM && area.h >= 14 && solve(r, area))
		return h;
	memset(&r->layout, 0, sizeof(r->layout));
	if (!solve_slim(r, area))
		memset(&r->layout, 0, sizeof(r->layout));
	return h;
}
