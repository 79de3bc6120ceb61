/* Rows and columns with a cursor row. The owner holds the data; the table asks for the cells it shows. */
#ifndef TUI_WIDGETS_TABLE_H
#define TUI_WIDGETS_TABLE_H

#include <stdbool.h>

#include "tui/surface.h"

enum { TABLE_COLUMNS = 32, TABLE_TEXT = 96 };

struct table_column {
	const char *title;
	enum align align;
	int w;      /* columns, without the blank before it */
	int max_w;  /* > w: may grow when there is room (names) */
	int drop;   /* higher numbers go first when the width is short; 0: never */
	bool mark;  /* one more cell behind the text for a mark ('*', '+', 'Y'), so that figures stay aligned */
	bool tight; /* no blank before it */
};

struct table_cell {
	char text[TABLE_TEXT]; /* UTF-8; cleaned when drawn */
	struct style style;
	char mark; /* 0: none */
	struct style mark_style;
	bool whole; /* the style's ground covers the mark too (session best) */
};

struct table {
	const struct table_column *columns;
	int ncolumns;
	int rows;
	const void *ctx;
	/* *out is empty text in STYLE(TEXT) when called. */
	void (*cell)(const void *ctx, int row, int column, struct table_cell *out);
	/* Ground of a whole row (ROLE_CAUTION for a lap), ROLE_TEXT for none; may be NULL. */
	enum role (*row_ground)(const void *ctx, int row);
	bool head;       /* a row of titles */
	bool focused;    /* the cursor row gets its ground and the terminal's cursor */
	int sort_column; /* -1: none; its title gets a mark */
	bool sort_down;
};

struct table_state {
	int cursor, top;
};

enum table_move { TABLE_UP, TABLE_DOWN, TABLE_PAGE_UP, TABLE_PAGE_DOWN, TABLE_FIRST, TABLE_LAST };

/* Keeps cursor and top in range and the cursor in sight; call in arrange() and after moves. height: body rows. */
void table_settle(struct table_state *st, int rows, int height);
/* true: the cursor moved. */
bool table_go(struct table_state *st, enum table_move move, int rows, int height);
void table_draw(const struct table *t, const struct table_state *st, struct surface s);
/* The row at surface line y, -1 for none (mouse). */
int table_row_at(const struct table *t, const struct table_state *st, struct surface s, int y);
/* The column at x in a table w wide, -1 for none. */
int table_column_at(const struct table *t, int w, int x);
/* Least width with every column that may not be dropped. */
int table_min_width(const struct table *t);

#endif
