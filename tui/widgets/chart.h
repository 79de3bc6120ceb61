/* Series of numbers in a few cells: braille (2x4 points a cell), blocks or ASCII, as the surface's charset says.
 * In a cell that several series touch the colour of the first one in the list counts: put YOU first. */
#ifndef TUI_WIDGETS_CHART_H
#define TUI_WIDGETS_CHART_H

#include <stdbool.h>

#include "tui/surface.h"

enum chart_draw {
	CHART_LINE,
	CHART_POINTS, /* two dots wide: one alone is hard to see */
	CHART_DOTS    /* one dot each: a cloud of many */
};

struct chart_series {
	const double *x,
		*y; /* n of each; y NAN: missing, the line has a gap; beyond the range: the line ends at the border */
	int n;
	enum chart_draw draw;
	struct style style;
	char ascii; /* its mark in ASCII ('x' you, 'o' ref); where two differ in one cell: '#' */
};

struct chart_band { /* shaded along x, from .. to inclusive, a ':' at its edges: caution */
	double from, to;
	enum role ground;
};

struct chart {
	double x0, x1, y0, y1; /* shown range; y1 is the top (y1 < y0 turns the chart round: positions) */
	const struct chart_series *series;
	int nseries;
	const struct chart_band *bands;
	int nbands;
	int label_w;     /* columns of the y labels, without the axis line; 0: neither labels nor axis */
	int label_every; /* rows between labels; 0: 2 */
	/* Writes the label of value y; at most label_w columns are shown. NULL: no labels. */
	void (*label)(double y, char out[24]);
	double cursor_x;   /* a dashed column of the cursor ground; NAN: none */
	bool no_off_scale; /* leave out the '^' and 'v' of points beyond the range */
};

/* Draws into all of s. Nothing is drawn where the range is empty or not finite. */
void chart_draw(const struct chart *c, struct surface s);
/* The cell column of x in a surface w wide (for labels and figures under a chart); may be outside 0..w-1. */
int chart_column(const struct chart *c, int w, double x);
/* The x value at a cell column: mouse and cursor. */
double chart_value(const struct chart *c, int w, int column);
/* A range with some air round the finite values of all series; false when there are none. */
bool chart_fit_y(const struct chart_series *series, int n, double *y0, double *y1);

/* A bar of part/whole of w cells in eighths ('#' and '=' in ASCII). */
void bar_draw(struct surface s, int x, int y, int w, double part, struct style st);
/* n values as one row of eighth-high columns; NAN: blank; lo..hi is the range. */
void spark_draw(struct surface s, int x, int y, const double *v, int n, double lo, double hi, struct style st);

#endif
