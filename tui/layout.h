/* Panes to rectangles: a pure function of a tree and a size. */
#ifndef TUI_LAYOUT_H
#define TUI_LAYOUT_H

#include <stdbool.h>

#include "tui/surface.h"

enum layout_kind {
	LAYOUT_PANE,
	LAYOUT_COLS, /* children side by side, one cell for the divider between them */
	LAYOUT_ROWS, /* children one under another, no cell between: a pane's first row is its head */
};

enum { LAYOUT_PANES = 24 };

struct layout_node {
	enum layout_kind kind;
	int pane;         /* LAYOUT_PANE: its number, 0 .. LAYOUT_PANES-1, each at most once in a tree */
	int min_w, min_h; /* LAYOUT_PANE: below this it is dropped (at least 1 each) */
	int max_w, max_h; /* 0: no bound. min = max: fixed. Any kind of node. */
	int share;        /* its part of the cells left over, along its parent; 0: stays at min */
	int drop;         /* LAYOUT_PANE: higher numbers go first; 0: never dropped */
	const struct layout_node *child;
	int nchild;
};

struct layout {
	struct rect pane[LAYOUT_PANES]; /* w = 0: not shown */
	int need_w, need_h;             /* least size of what may not be dropped */
	/* dividers between columns, to be drawn by the screen */
	struct rect divider[LAYOUT_PANES];
	int ndivider;
};

/* false: even what may not be dropped does not fit; all panes are empty and need_w, need_h say what would do. */
bool layout_solve(const struct layout_node *root, struct rect area, struct layout *out);
/* Draws the dividers. */
void layout_draw(const struct layout *l, struct surface s);

#endif
