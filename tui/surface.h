/* Cells in memory that screens draw into. No terminal: tests and text output read the same cells.
 *
 * A grid owns the cells. A surface is a window on a grid: a value, cheap to copy, whose coordinates start at 0,0;
 * whatever falls outside it is not drawn. Letters that must not reach a terminal become U+FFFD here,
 * so text of a file may be drawn as it is. */
#ifndef TUI_SURFACE_H
#define TUI_SURFACE_H

#include <stdbool.h>
#include <stdint.h>

#include "core/base/buf.h"
#include "core/base/err.h"
#include "core/base/str.h"
#include "tui/style.h"

/* What charts may be drawn with; with ASCII lines and text are ASCII as well. */
enum charset { CHARSET_BRAILLE, CHARSET_BLOCK, CHARSET_ASCII };

struct rect {
	int x, y, w, h;
};

enum { CELL_MARKS = 2 };

struct cell {
	uint32_t cp;                /* base letter; 0: right half of the wide letter before */
	uint32_t marks[CELL_MARKS]; /* combining marks, 0 where none */
	struct style style;
};

struct grid {
	int w, h;
	struct cell *cells; /* w * h, row by row */
	enum charset charset;
	bool ascii_text;        /* letters too fall to ASCII (false in --plain on a UTF-8 terminal) */
	int cursor_x, cursor_y; /* where the terminal's cursor rests: the selected row; -1: nowhere */
};

struct surface {
	struct grid *grid;
	struct rect at;   /* origin and drawing size */
	struct rect clip; /* the part of the grid that may be touched */
};

/* w, h below 1 count as 1; above 2000 as 2000. false: no memory, the grid is as before. */
bool grid_init(struct grid *g, int w, int h, enum charset charset);
bool grid_resize(struct grid *g, int w, int h);
void grid_free(struct grid *g);
void grid_clear(struct grid *g); /* blanks, no cursor */
struct surface grid_surface(struct grid *g);
/* Rows as UTF-8 lines, blanks at the ends of rows and empty rows at the end left out. */
void grid_to_text(const struct grid *g, struct buf *out);

/* The part r of s, clipped to s. An empty part is fine: nothing is drawn. */
struct surface surface_sub(struct surface s, struct rect r);
int surface_w(struct surface s);
int surface_h(struct surface s);
bool surface_ascii(struct surface s); /* charset is ASCII */
/* The cell at x,y or NULL outside. For tests and widgets. */
struct cell *surface_cell(struct surface s, int x, int y);

/* Each returns the columns the text takes (also what was clipped). A wide letter cut at an edge leaves a blank. */
int surface_text(struct surface s, int x, int y, struct style st, const char *text);
int surface_str(struct surface s, int x, int y, struct style st, struct str text);
int surface_fmt(struct surface s, int x, int y, struct style st, const char *fmt, ...) PRINTF_LIKE(5, 6);

enum align { ALIGN_LEFT, ALIGN_RIGHT, ALIGN_CENTRE };
/* Exactly w columns: padded with blanks, cut at a whole letter with '~' at the end. */
void surface_field(struct surface s, int x, int y, int w, enum align align, struct style st, struct str text);
/* One code point in one cell (charts, marks). */
void surface_put(struct surface s, int x, int y, struct style st, uint32_t cp);

void surface_fill(struct surface s, struct rect r, struct style st, uint32_t cp);
/* Changes only what lies under the cells of r: cursor row, caution. */
void surface_ground(struct surface s, struct rect r, enum role ground);
/* Lines of one cell's width; where they meet they join (a corner, a T, a cross), in any order of drawing. ASCII: '-', '|',
 * and '+' where they meet. Only lines in STYLE(STRUCT) join: other cells with such letters are text. */
void surface_hline(struct surface s, int x, int y, int w, struct style st);
void surface_vline(struct surface s, int x, int y, int h, struct style st);
/* "─ Title ───── right ──" over w cells; title and right may be NULL. Drawn after the lines, it keeps junctions at its ends. */
void surface_rule(struct surface s, int x, int y, int w, const char *title, const char *right, struct style st);
/* The terminal's cursor rests here (screen readers follow it). The last call of a frame wins. */
void surface_cursor(struct surface s, int x, int y);
/* "needs WxH, this is wxh" in the middle; for a screen whose layout does not fit. */
void surface_too_small(struct surface s, int need_w, int need_h);

#endif
