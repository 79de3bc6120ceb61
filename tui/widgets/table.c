#include "tui/widgets/table.h"

#include <limits.h>
#include <stdio.h>
#include <string.h>

struct fit {
	int x[TABLE_COLUMNS], w[TABLE_COLUMNS]; /* w 0: dropped */
};

static int ncolumns(const struct table *t)
{
	return t->ncolumns < TABLE_COLUMNS ? t->ncolumns : TABLE_COLUMNS;
}

static int taken(const struct table_column *c, int w)
{
	return w + (c->mark ? 1 : 0) + (c->tight ? 0 : 1);
}

static int total(const struct table *t, const int w[TABLE_COLUMNS])
{
	int sum = 0;

	for (int i = 0; i < ncolumns(t); i++)
		sum += w[i] > 0 ? taken(&t->columns[i], w[i]) : 0;
	return sum;
}

static int first_to_drop(const struct table *t, const int w[TABLE_COLUMNS])
{
	int best = -1;

	for (int i = 0; i < ncolumns(t); i++)
		if (w[i] > 0 && t->columns[i].drop > 0 && (best < 0 || t->columns[i].drop > t->columns[best].drop))
			best = i;
	return best;
}

/* Room left goes to the columns that may grow, one cell each in turn. */
static void grow(const struct table *t, int w[TABLE_COLUMNS], int room)
{
	bool grew = true;

	while (room > 0 && grew) {
		grew = false;
		for (int i = 0; i < ncolumns(t) && room > 0; i++) {
			if (w[i] > 0 && w[i] < t->columns[i].max_w) {
				w[i]++;
				room--;
				grew = true;
			}
		}
	}
}

static void fit_columns(const struct table *t, int width, struct fit *f)
{
	int at = 0;

	memset(f, 0, sizeof(*f));
	for (int i = 0; i < ncolumns(t); i++)
		f->w[i] = t->columns[i].w > 0 ? t->columns[i].w : 1;
	while (total(t, f->w) > width) {
		int i = first_to_drop(t, f->w);

		if (i < 0)
			break;
		f->w[i] = 0;
	}
	grow(t, f->w, width - total(t, f->w));
	for (int i = 0; i < ncolumns(t); i++) {
		if (f->w[i] == 0)
			continue;
		f->x[i] = at + (t->columns[i].tight ? 0 : 1);
		at += taken(&t->columns[i], f->w[i]);
	}
}

int table_min_width(const struct table *t)
{
	int w[TABLE_COLUMNS] = {0};

	for (int i = 0; i < ncolumns(t); i++)
		w[i] = t->columns[i].drop > 0 ? 0 : t->columns[i].w;
	return total(t, w);
}

static int clamp(int v, int lo, int hi)
{
	return v > hi ? (hi < lo ? lo : hi) : v < lo ? lo : v;
}

/* The first row shown when `height` rows are: near state's, with the cursor in sight. */
static int top_row(const struct table_state *st, int rows, int height)
{
	int top = st->top;

	height = height < 1 ? 1 : height;
	if (st->cursor < top)
		top = st->cursor;
	if (st->cursor >= top + height)
		top = st->cursor - height + 1;
	return clamp(top, 0, rows - height);
}

void table_settle(struct table_state *st, int rows, int height)
{
	st->cursor = clamp(st->cursor, 0, rows - 1);
	st->top = top_row(st, rows, height);
}

bool table_go(struct table_state *st, enum table_move move, int rows, int height)
{
	int before = st->cursor, page = height > 2 ? height - 1 : 1;

	switch (move) {
	case TABLE_UP:
		st->cursor--;
		break;
	case TABLE_DOWN:
		st->cursor++;
		break;
	case TABLE_PAGE_UP:
		st->cursor -= page;
		break;
	case TABLE_PAGE_DOWN:
		st->cursor += page;
		break;
	case TABLE_FIRST:
		st->cursor = 0;
		break;
	case TABLE_LAST:
		st->cursor = rows - 1;
		break;
	}
	table_settle(st, rows, height);
	return st->cursor != before;
}

static void draw_head(const struct table *t, const struct fit *f, struct surface s)
{
	for (int i = 0; i < ncolumns(t); i++) {
		const struct table_column *c = &t->columns[i];

		if (f->w[i] == 0)
			continue;
		surface_field(s, f->x[i], 0, f->w[i], c->align, STYLE(HEAD), str_from(c->title));
		if (i != t->sort_column)
			continue;
		/* Beside the title: on the side where the column's blanks are. */
		surface_put(s, c->align == ALIGN_RIGHT ? f->x[i] - 1 : f->x[i] + f->w[i] + (c->mark ? 1 : 0) - 1, 0,
			    STYLE(KEY), t->sort_down ? 'v' : '^');
	}
}

static void draw_cell(const struct table *t, int row, int col, int x, int w, struct surface s, int y)
{
	const struct table_column *c = &t->columns[col];
	struct table_cell cell = {.style = STYLE(TEXT), .mark_style = STYLE(TEXT)};

	t->cell(t->ctx, row, col, &cell);
	cell.text[TABLE_TEXT - 1] = '\0';
	surface_field(s, x, y, w, c->align, cell.style, str_from(cell.text));
	if (c->mark)
		surface_put(s, x + w, y, cell.whole ? cell.style : cell.mark_style,
			    cell.mark != 0 ? (unsigned char)cell.mark : ' ');
}

/* The ground of a row lies under its cells; a cell's own ground (a match) stays. */
static void lay_ground(struct surface s, int y, enum role ground)
{
	for (int x = 0; x < surface_w(s); x++) {
		struct cell *c = surface_cell(s, x, y);

		if (c != NULL && c->style.ground == ROLE_TEXT)
			c->style.ground = (uint8_t)ground;
	}
}

void table_draw(const struct table *t, const struct table_state *st, struct surface s)
{
	int head = t->head ? 1 : 0, height = surface_h(s) - head, top = top_row(st, t->rows, height);
	struct fit f;

	fit_columns(t, surface_w(s), &f);
	if (t->head)
		draw_head(t, &f, s);
	for (int y = 0; y < height && top + y < t->rows; y++) {
		int row = top + y;
		enum role ground = t->row_ground != NULL ? t->row_ground(t->ctx, row) : ROLE_TEXT;

		for (int i = 0; i < ncolumns(t); i++)
			if (f.w[i] > 0)
				draw_cell(t, row, i, f.x[i], f.w[i], s, head + y);
		if (row == st->cursor && t->focused) {
			ground = ROLE_CURSOR;
			surface_cursor(s, 0, head + y);
		}
		if (ground != ROLE_TEXT)
			lay_ground(s, head + y, ground);
	}
}

int table_row_at(const struct table *t, const struct table_state *st, struct surface s, int y)
{
	int head = t->head ? 1 : 0, row = top_row(st, t->rows, surface_h(s) - head) + y - head;

	return y < head || y >= surface_h(s) || row >= t->rows ? -1 : row;
}

int table_column_at(const struct table *t, int w, int x)
{
	struct fit f;

	fit_columns(t, w, &f);
	for (int i = 0; i < ncolumns(t); i++)
		if (f.w[i] > 0 && x >= f.x[i] && x < f.x[i] + f.w[i] + (t->columns[i].mark ? 1 : 0))
			return i;
	return -1;
}
