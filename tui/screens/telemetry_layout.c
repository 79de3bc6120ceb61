/* Where the panes of screen 4 stand. */
#include <string.h>

#include "tui/screens/telemetry.h"

enum {
	WIDE_FROM = 100,
	RIGHT_W = 33,
	RIGHT_NARROW = 26,
	ALL_TRACES_H = 47, /* rows from which every trace has room */
	BIG_H = 34
};

const struct tel_pane *telp_of(enum tel_pane_id p)
{
	static const struct tel_pane *const panes[TELP_COUNT] = {
		[TELP_SPEED] = &telp_speed, [TELP_DIFF] = &telp_diff,       [TELP_THROTTLE] = &telp_throttle,
		[TELP_BRAKE] = &telp_brake, [TELP_STEER] = &telp_steer,     [TELP_GEAR] = &telp_gear,
		[TELP_LOST] = &telp_lost,   [TELP_MAP] = &telp_map,         [TELP_GRIP] = &telp_grip,
		[TELP_AT] = &telp_at,       [TELP_CORNERS] = &telp_corners, [TELP_LAPS] = &telp_laps};

	return panes[p];
}

static int want(const struct tel_screen *t, enum tel_pane_id p, int w)
{
	int rows = telp_of(p)->want(t, w);

	return rows > 0 ? rows + 1 : 0;
}

struct stack {
	struct layout_node node[TELP_COUNT];
	int n;
};

struct how {
	int min_h, max_h, share, drop; /* max_h 0: what it wants; -1: no bound */
};

static void add(struct stack *st, const struct tel_screen *t, enum tel_pane_id p, int w, struct how k)
{
	int rows = want(t, p, w);

	if (rows == 0)
		return;
	st->node[st->n++] = (struct layout_node){.kind = LAYOUT_PANE,
						 .pane = p,
						 .min_w = 20,
						 .min_h = k.min_h > 0 && k.min_h < rows ? k.min_h : rows,
						 .max_h = k.max_h ? (k.max_h < 0 ? 0 : k.max_h) : rows,
						 .share = k.share,
						 .drop = k.drop};
}

static struct layout_node column(const struct stack *st, int min_w, int max_w)
{
	return (struct layout_node){
		.kind = LAYOUT_ROWS, .min_w = min_w, .max_w = max_w, .share = 1, .child = st->node, .nchild = st->n};
}

/* The traces one under another: speed and time lost always, between them all there is room for, else what p chose. Under two rows a trace
 * says nothing. */
static void add_traces(struct stack *st, const struct tel_screen *t, int w, int h)
{
	bool all = h >= ALL_TRACES_H, big = h >= BIG_H, hands = all || t->traces == TRACES_HANDS;
	bool diff = big || t->traces == TRACES_DIFF;
	bool pedals = all || t->traces == TRACES_PEDALS || (big && !hands);

	add(st, t, TELP_SPEED, w, (struct how){big ? 6 : 4, -1, 3, 0});
	if (diff)
		add(st, t, TELP_DIFF, w, (struct how){3, 5, 0, 4});
	if (pedals) {
		add(st, t, TELP_THROTTLE, w, (struct how){3, -1, 1, 3});
		add(st, t, TELP_BRAKE, w, (struct how){big ? 4 : 3, -1, 1, 2});
	}
	if (hands) {
		add(st, t, TELP_STEER, w, (struct how){big ? 4 : 3, -1, 1, 3});
		add(st, t, TELP_GEAR, w, (struct how){3, -1, 0, 5});
	}
	add(st, t, TELP_LOST, w, (struct how){big ? 7 : 5, -1, 2, 0});
}

/* At the right: the list while a lap is chosen, else the map or the circle over the figures at the cursor. */
static void add_right(struct stack *st, const struct tel_screen *t, int w, int h)
{
	bool both = h >= ALL_TRACES_H;

	if (t->choosing >= 0) {
		add(st, t, TELP_LAPS, w, (struct how){4, -1, 1, 0});
		return;
	}
	if (!t->circle || both)
		add(st, t, TELP_MAP, w, (struct how){6, -1, 2, 1});
	if (t->circle || both || want(t, TELP_MAP, w) == 0)
		add(st, t, TELP_GRIP, w, (struct how){6, -1, 1, 2});
	add(st, t, TELP_AT, w, (struct how){4, 0, 1, 0});
}

static bool solve(struct tel_screen *t, struct rect area, int rw, int corner_rows)
{
	struct stack left = {.n = 0}, right = {.n = 0}, all = {.n = 0};
	struct layout_node cols[2], root = {.kind = LAYOUT_ROWS};
	int lw = area.w - rw - 1, h = area.h;

	add_traces(&left, t, lw, h);
	add_right(&right, t, rw, h);
	cols[0] = column(&left, lw, lw);
	cols[1] = column(&right, rw, rw);
	all.node[all.n++] =
		(struct layout_node){.kind = LAYOUT_COLS, .share = 1, .child = cols, .nchild = right.n ? 2 : 1};
	add(&all, t, TELP_CORNERS, area.w, (struct how){corner_rows, 0, 0, 1});
	root.child = all.node;
	root.nchild = all.n;
	return layout_solve(&root, area, &t->layout);
}

/* One column: speed, time lost, corners; or the list alone. */
static bool solve_slim(struct tel_screen *t, struct rect area)
{
	struct stack all = {.n = 0};

	if (t->choosing >= 0) {
		add(&all, t, TELP_LAPS, area.w, (struct how){3, -1, 1, 0});
	} else {
		add(&all, t, TELP_SPEED, area.w, (struct how){3, -1, 2, 0});
		add(&all, t, TELP_LOST, area.w, (struct how){4, -1, 1, 1});
		add(&all, t, TELP_CORNERS, area.w, (struct how){4, 0, 1, 2});
	}
	struct layout_node root = column(&all, 20, 0);
	return layout_solve(&root, area, &t->layout);
}

static bool solve_zoom(struct tel_screen *t, struct rect area)
{
	struct layout_node one = {.kind = LAYOUT_PANE, .pane = t->focus, .min_w = 20, .min_h = 2, .share = 1};

	return want(t, t->focus, area.w) > 0 && layout_solve(&one, area, &t->layout);
}

/* Text output: every pane at its full height, one under another, a blank line before each. */
static int solve_linear(struct tel_screen *t, int w)
{
	int y = HEAD_ROWS;

	for (int p = 0; p < TELP_COUNT; p++) {
		int rows = want(t, (enum tel_pane_id)p, w);
		y += rows ? 1 : 0;
		t->layout.pane[p] = (struct rect){0, y, rows ? w : 0, rows};
		y += rows;
	}
	return y;
}

int tels_layout(struct tel_screen *t, int w, int h, bool linear)
{
	struct rect area = {0, HEAD_ROWS, w, h - HEAD_ROWS};
	int corners = want(t, TELP_CORNERS, w);

	t->linear = linear || h == 0;
	if (t->linear)
		return solve_linear(t, w);
	if (t->zoom && solve_zoom(t, area))
		return h;
	memset(&t->layout, 0, sizeof(t->layout));
	if (w >= WIDE_FROM && h >= 28 && solve(t, area, RIGHT_W + (w > 120 ? (w - 120) / 4 : 0), corners))
		return h;
	if (w >= 70 && h >= 18 && solve(t, area, RIGHT_NARROW, area.h / 4 + 1 < corners ? area.h / 4 + 1 : corners))
		return h;
	memset(&t->layout, 0, sizeof(t->layout));
	if (!solve_slim(t, area))
		memset(&t->layout, 0, sizeof(t->layout));
	return h;
}
