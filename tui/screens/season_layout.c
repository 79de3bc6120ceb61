/* Where the panes of screen 5 stand. */
#include <string.h>

#include "tui/screens/season.h"

enum { WIDE_FROM = 112, LEFT_W = 70, LEFT_MAX = 100, DRIVERS_LEAST = 6, DETAIL_LEAST = 4 };

const struct season_pane *season_pane_of(enum season_pane_id p)
{
	static const struct season_pane *const panes[SEASON_PANES] = {
		[SEASON_DRIVERS] = &season_drivers, [SEASON_RACES] = &season_races,
		[SEASON_PROFILE] = &season_profile, [SEASON_FACTORS] = &season_factors,
		[SEASON_TRACKS] = &season_tracks,   [SEASON_FORECAST] = &season_forecast,
		[SEASON_WHAT_IF] = &season_what_if,
	};

	return panes[p];
}

static int want(const struct season_board *s, enum season_pane_id p, int w)
{
	int rows = season_pane_of(p)->want(s, w);

	return rows > 0 ? rows + 1 : 0;
}

struct stack {
	struct layout_node node[SEASON_PANES];
	int n;
};

/* min_h 0: all it wants. */
static void add(struct stack *st, const struct season_board *s, enum season_pane_id p, int w, int min_h, int share,
		int drop)
{
	int rows = want(s, p, w);

	if (rows == 0)
		return;
	st->node[st->n++] = (struct layout_node){.kind = LAYOUT_PANE,
						 .pane = (int)p,
						 .min_w = 20,
						 .min_h = min_h && min_h < rows ? min_h : rows,
						 .max_h = rows,
						 .share = share,
						 .drop = p == s->detail ? 0 : drop}; /* Tab went there */
}

static struct layout_node rows_of(const struct stack *st, int min_w, int max_w, int share)
{
	return (struct layout_node){.kind = LAYOUT_ROWS,
				    .child = st->node,
				    .nchild = st->n,
				    .min_w = min_w,
				    .max_w = max_w,
				    .share = share};
}

/* Who and how it went at the left, what it is made of at the right. */
static bool solve_wide(struct season_board *s, struct rect area)
{
	struct stack left = {.n = 0}, right = {.n = 0};
	int lw = LEFT_W + (area.w - WIDE_FROM) / 2, rw = area.w - lw - 1;

	lw = lw < LEFT_MAX ? lw : LEFT_MAX;
	add(&left, s, SEASON_DRIVERS, lw, DRIVERS_LEAST, 2, 0);
	add(&left, s, SEASON_RACES, lw, 5, 1, 1);
	add(&left, s, SEASON_FORECAST, lw, 8, 1, 5);
	add(&right, s, SEASON_PROFILE, rw, 0, 0, 2);
	add(&right, s, SEASON_FACTORS, rw, 6, 1, 4);
	add(&right, s, SEASON_TRACKS, rw, 4, 1, 3);
	add(&right, s, SEASON_WHAT_IF, rw, 0, 0, 6);
	if (right.n == 0)
		return false;
	struct layout_node cols[] = {rows_of(&left, lw, lw, 0), rows_of(&right, 20, 0, 1)};
	struct layout_node root = {.kind = LAYOUT_COLS, .child = cols, .nchild = 2};
	return layout_solve(&root, area, &s->layout);
}

/* The drivers, and below them the pane that Tab went to last. */
static bool solve_narrow(struct season_board *s, struct rect area)
{
	struct stack st = {.n = 0};
	int room = area.h - DRIVERS_LEAST, rows = want(s, s->detail, area.w);

	if (room < DETAIL_LEAST) { /* one of them */
		add(&st, s, s->focus, area.w, 2, 1, 0);
		rows = 0;
	} else {
		add(&st, s, SEASON_DRIVERS, area.w, DRIVERS_LEAST, 1, 0);
	}
	if (rows > 0)
		add(&st, s, s->detail, area.w, rows < room ? rows : room, 0, 1);
	struct layout_node root = {.kind = LAYOUT_ROWS, .child = st.node, .nchild = st.n};
	return layout_solve(&root, area, &s->layout);
}

static bool solve_zoom(struct season_board *s, struct rect area)
{
	struct layout_node one = {.kind = LAYOUT_PANE, .pane = (int)s->focus, .min_w = 20, .min_h = 2, .share = 1};

	return want(s, s->focus, area.w) > 0 && layout_solve(&one, area, &s->layout);
}

/* Text output: every pane at its full height, a blank line before each. */
static int solve_linear(struct season_board *s, int w)
{
	int y = HEAD_ROWS;

	for (int p = 0; p < SEASON_PANES; p++) {
		int rows = want(s, (enum season_pane_id)p, w);
		y += rows ? 1 : 0;
		s->layout.pane[p] = (struct rect){0, y, rows ? w : 0, rows};
		y += rows;
	}
	return y;
}

int season_layout(struct season_board *s, int w, int h, bool linear)
{
	struct rect area = {0, HEAD_ROWS, w, h - HEAD_ROWS};

	if (linear || h <= 0)
		return solve_linear(s, w);
	if (s->zoom && solve_zoom(s, area))
		return h;
	if (w >= WIDE_FROM && area.h >= 20 && solve_wide(s, area))
		return h;
	memset(&s->layout, 0, sizeof(s->layout));
	if (!solve_narrow(s, area))
		memset(&s->layout, 0, sizeof(s->layout));
	return h;
}
