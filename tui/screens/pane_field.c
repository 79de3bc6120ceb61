/* Field: the driver list. Rows do not move while they are read: the cursor stays on its car. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tui/screens/compare.h"
#include "tui/screens/dash.h"
#include "tui/screens/dash_export.h"
#include "tui/screens/why.h"

enum field_column {
	COL_PLACE,
	COL_GAINED,
	COL_CAR,
	COL_DRIVER,
	COL_BEST,
	COL_LAP,
	COL_GAP,
	COL_INT,
	COL_IDEAL,
	COL_LEFT,
	COL_VYOU,
	COL_TO_YOU,
	COL_LAST,
	COL_FIVE,
	FIELD_COLUMNS
};

enum { VYOU_W = 6 }; /* a longer difference is rounded, not cut */

/* What the columns can be sorted by, in the order the key goes through them. */
enum field_sort { SORT_ORDER, SORT_CAR, SORT_DRIVER, SORT_BEST, SORT_PACE, SORT_GAINED, SORTS };

struct field_layout {
	struct table_column at[FIELD_COLUMNS];
	enum field_column id[FIELD_COLUMNS];
	int n;
};

static void column(struct field_layout *l, enum field_column id, const char *title, enum align align, int w, int max_w,
		   int drop, bool mark)
{
	l->id[l->n] = id;
	l->at[l->n++] = (struct table_column){
		.title = title, .align = align, .w = w, .max_w = max_w, .drop = drop, .mark = mark};
}

static bool long_numbers(const struct dash *d)
{
	for (uint32_t i = 0; i < d->view->session->ncars; i++)
		if (strlen(d->view->session->cars[i].id) > 3)
			return true;
	return false;
}

/* An interval of a minute or more takes more room; the names give it. */
static bool long_intervals(const struct dash *d)
{
	for (uint32_t i = 0; i < d->view->session->ncars; i++)
		if (d->view->order->interval[i] != MS_NONE && d->view->order->interval[i] >= 60000)
			return true;
	return false;
}

/* While a race is on: where the others are from YOU, not from the leader. */
static void live_columns(const struct dash *d, struct field_layout *l)
{
	l->n = 0;
	column(l, COL_PLACE, "P", ALIGN_RIGHT, 2, 2, 0, false);
	l->at[0].tight = true;
	column(l, COL_CAR, "#", ALIGN_RIGHT, long_numbers(d) ? 5 : 3, 0, 0, true);
	column(l, COL_DRIVER, "Driver", ALIGN_LEFT, 10, 22, 0, false);
	column(l, COL_TO_YOU, "Gap", ALIGN_RIGHT, 8, 9, 0, false);
	column(l, COL_LAST, "Last", ALIGN_RIGHT, dash_wide(d) ? 8 : 6, 9, 0, false);
	column(l, COL_FIVE, "v you 5", ALIGN_RIGHT, 7, 7, 1, true);
}

static void columns(const struct dash *d, struct field_layout *l)
{
	bool timed = dash_timed(d), wide_int = long_intervals(d);

	if (dash_live(d)) {
		live_columns(d, l);
		return;
	}
	l->n = 0;
	column(l, COL_PLACE, "P", ALIGN_RIGHT, 2, 2, 0, false);
	l->at[0].tight = true;
	if (!timed)
		column(l, COL_GAINED, "+-", ALIGN_RIGHT, 3, 3, 2, false);
	column(l, COL_CAR, "#", ALIGN_RIGHT, long_numbers(d) ? 5 : 3, 0, 0, true);
	column(l, COL_DRIVER, "Driver", ALIGN_LEFT, wide_int ? 8 : 10, 22, 0, false);
	column(l, COL_BEST, "Best", ALIGN_RIGHT, 8, 9, timed ? 0 : 4, true);
	if (timed)
		column(l, COL_LAP, "lap", ALIGN_RIGHT, 3, 3, 5, false);
	column(l, COL_GAP, "Gap", ALIGN_RIGHT, 9, 9, 0, false);
	column(l, COL_INT, "Int", ALIGN_RIGHT, wide_int ? 8 : 6, 9, 5, false);
	if (timed) {
		column(l, COL_IDEAL, "Ideal", ALIGN_RIGHT, 8, 9, 6, false);
		column(l, COL_LEFT, "left", ALIGN_RIGHT, 6, 6, 7, false);
	}
	column(l, COL_VYOU, "v you", ALIGN_RIGHT, VYOU_W, 7, timed ? 8 : 1, false);
}

/* Order ------------------------------------------------------------------------------------------*/

static int gained(const struct view *v, int row)
{
	const struct car *c = &v->session->cars[v->order->car[row]];

	return c->grid && v->order->place[row] ? c->grid - (int)v->order->place[row] : 0;
}

/* What a car is sorted by; larger goes further down. MS_NONE becomes the end of the list. */
static int64_t sort_value(const struct view *v, enum field_sort by, uint16_t car)
{
	ms_t t = MS_NONE;

	if (by == SORT_BEST)
		t = v->analysis->bests.car[car].best.time;
	else if (by == SORT_PACE)
		t = v->analysis->paces.car[car].all.n ? v->analysis->paces.car[car].all.median : MS_NONE;
	else if (by == SORT_GAINED)
		return -gained(v, shown_row(v, car));
	return t == MS_NONE ? INT64_MAX : t;
}

static int compare_cars(const struct view *v, enum field_sort by, uint16_t a, uint16_t b)
{
	const struct car *ca = &v->session->cars[a], *cb = &v->session->cars[b];

	if (by == SORT_CAR)
		return str_cmp_natural(str_from(ca->id), str_from(cb->id));
	if (by == SORT_DRIVER) {
		char na[64], nb[64];
		short_name(v->session, a, na);
		short_name(v->session, b, nb);
		return str_cmp_natural(str_from(na), str_from(nb));
	}
	int64_t x = sort_value(v, by, a), y = sort_value(v, by, b);
	return x < y ? -1 : x > y;
}

/* Few cars and rare: insertion keeps equal ones in finishing order. */
static void sort_field(struct dash *d)
{
	if (d->sort == SORT_ORDER)
		return;
	for (uint32_t i = 1; i < d->nfield; i++) {
		uint16_t car = d->field[i];
		uint32_t at = i;
		for (; at > 0 && compare_cars(d->view, d->sort, d->field[at - 1], car) > 0; at--)
			d->field[at] = d->field[at - 1];
		d->field[at] = car;
	}
}

static void cursor_to_car(struct dash *d, uint16_t car)
{
	for (uint32_t i = 0; i < d->nfield; i++)
		if (d->field[i] == car)
			d->rows[PANE_FIELD].cursor = (int)i;
}

void dash_field_make(struct dash *d)
{
	const struct view *v = d->view;

	free(d->field);
	d->field = NULL;
	d->nfield = 0;
	if (!v || !v->session)
		return;
	d->field = malloc(v->session->ncars * sizeof(*d->field) + 1);
	if (!d->field)
		return;
	d->nfield = v->session->ncars;
	memcpy(d->field, v->order->car, d->nfield * sizeof(*d->field));
	sort_field(d);
	cursor_to_car(d, d->cursor_car);
}

/* Cells ------------------------------------------------------------------------------------------*/

static void gap_text(char out[TABLE_TEXT], ms_t gap, unsigned laps, bool sign)
{
	char t[NUM_LEN];

	if (laps >= 10 && !sign) /* the narrower of the two columns */
		snprintf(out, TABLE_TEXT, "%u L", laps);
	else if (laps)
		snprintf(out, TABLE_TEXT, "%u lap%s", laps, laps == 1 ? "" : "s");
	else if (gap == MS_NONE)
		snprintf(out, TABLE_TEXT, "-");
	else
		snprintf(out, TABLE_TEXT, "%s", sign ? diff_str(t, gap) : time_str(t, gap));
}

static void best_cell(const struct view *v, uint16_t car, struct table_cell *out)
{
	char t[NUM_LEN];
	ms_t best = v->analysis->bests.car[car].best.time;

	snprintf(out->text, sizeof(out->text), "%s", time_str(t, best));
	if (best != MS_NONE && best == v->analysis->bests.session.best.time) {
		out->style = STYLE(SESSION_BEST);
		out->mark = '*';
		out->mark_style = STYLE(SESSION_BEST);
		out->whole = true;
	}
}

static void vyou_text(const struct view *v, uint16_t car, char out[TABLE_TEXT])
{
	const struct pace *you, *him = &v->analysis->paces.car[car].all;
	char t[NUM_LEN];

	if (!v->paired)
		return;
	you = &v->analysis->paces.car[v->you].all;
	cmp_diff(t, you->n && him->n ? him->median - you->median : MS_NONE, VYOU_W + 1);
	snprintf(out, TABLE_TEXT, "%s", car == v->you ? "-" : t);
}

static void car_cell(const struct view *v, uint16_t car, struct table_cell *out)
{
	snprintf(out->text, sizeof(out->text), "%s", v->session->cars[car].id);
	if (!v->paired || (car != v->you && car != v->ref))
		return;
	out->style = car == v->you ? style_with(STYLE(YOU), ATTR_BOLD) : STYLE(REF);
	out->mark = car == v->you ? 'Y' : 'R';
	out->mark_style = out->style;
}

static void gained_cell(const struct view *v, int row, struct table_cell *out)
{
	if (!v->session->cars[v->order->car[row]].grid || !v->order->place[row])
		snprintf(out->text, sizeof(out->text), "-");
	else if (gained(v, row) == 0)
		snprintf(out->text, sizeof(out->text), "=");
	else
		snprintf(out->text, sizeof(out->text), "%+d", gained(v, row));
	out->style = STYLE(DIM);
}

static void ideal_cell(const struct view *v, uint16_t car, bool left, struct table_cell *out)
{
	const struct car_best *b = &v->analysis->bests.car[car];
	char t[NUM_LEN];

	if (!left)
		snprintf(out->text, sizeof(out->text), "%s", time_str(t, b->ideal));
	else if (b->ideal != MS_NONE && b->best.time != MS_NONE)
		snprintf(out->text, sizeof(out->text), "%s", time_str(t, b->best.time - b->ideal));
	else
		snprintf(out->text, sizeof(out->text), "-");
}

struct field_ctx {
	const struct dash *d;
	struct field_layout l;
};

static void field_cell(const void *ctx, int index, int col, struct table_cell *out)
{
	const struct field_ctx *f = ctx;
	const struct view *v = f->d->view;
	uint16_t car = f->d->field[index];
	int row = shown_row(v, car);

	switch (f->l.id[col]) {
	case COL_PLACE:
		snprintf(out->text, sizeof(out->text), v->order->place[row] ? "%u" : "-", v->order->place[row]);
		break;
	case COL_GAINED:
		gained_cell(v, row, out);
		break;
	case COL_CAR:
		car_cell(v, car, out);
		break;
	case COL_DRIVER: {
		char name[64];
		short_name(v->session, car, name);
		snprintf(out->text, sizeof(out->text), "%s", name);
		if (v->paired && (car == v->you || car == v->ref))
			out->style = car == v->you ? style_with(STYLE(YOU), ATTR_BOLD) : STYLE(REF);
		break;
	}
	case COL_BEST:
		best_cell(v, car, out);
		break;
	case COL_LAP:
		snprintf(out->text, sizeof(out->text), "%u", v->analysis->bests.car[car].best.lap);
		break;
	case COL_GAP:
		if (row == 0)
			snprintf(out->text, sizeof(out->text), "-");
		else
			gap_text(out->text, v->order->gap[row], v->order->gap_laps[row], true);
		break;
	case COL_INT:
		if (row == 0)
			snprintf(out->text, sizeof(out->text), "-");
		else
			gap_text(out->text, v->order->interval[row], v->order->interval_laps[row], false);
		break;
	case COL_IDEAL:
	case COL_LEFT:
		ideal_cell(v, car, f->l.id[col] == COL_LEFT, out);
		break;
	case COL_VYOU:
		vyou_text(v, car, out->text);
		break;
	case COL_TO_YOU:
		live_gap_cell(v, car, out);
		break;
	case COL_LAST:
		live_last_cell(v, car, dash_wide(f->d), out);
		break;
	case COL_FIVE:
		live_pace_cell(v, car, out);
		break;
	case FIELD_COLUMNS:
		break;
	}
}

static int sort_column(const struct field_layout *l, int by)
{
	static const enum field_column of[SORTS] = {
		[SORT_ORDER] = FIELD_COLUMNS, [SORT_CAR] = COL_CAR,   [SORT_DRIVER] = COL_DRIVER,
		[SORT_BEST] = COL_BEST,       [SORT_PACE] = COL_VYOU, [SORT_GAINED] = COL_GAINED};

	for (int i = 0; i < l->n; i++)
		if (l->id[i] == of[by])
			return i;
	return -1;
}

/* Pane -------------------------------------------------------------------------------------------*/

static void field_table(const struct field_ctx *f, struct table *t)
{
	*t = (struct table){.columns = f->l.at,
			    .ncolumns = f->l.n,
			    .rows = (int)f->d->nfield,
			    .ctx = f,
			    .cell = field_cell,
			    .head = true,
			    .focused = f->d->focus == PANE_FIELD && !f->d->linear,
			    .sort_column = sort_column(&f->l, f->d->sort),
			    .sort_down = f->d->sort_down};
}

static void field_title(const struct dash *d, struct surface s, char left[80], char right[80])
{
	int w = surface_w(s);
	static const char *const by[SORTS] = {"", "by number", "by name", "by best lap", "by pace", "by places gained"};

	(void)w;
	snprintf(left, 80, "%s", dash_timed(d) ? "Order" : dash_live(d) ? "Around you" : "Field");
	snprintf(right, 80, "%s", by[d->sort]);
}

static int field_want(const struct dash *d, int w)
{
	(void)w;
	return d->view && d->nfield ? (int)d->nfield + 1 : 0;
}

static void field_settle(struct dash *d, int w, int body)
{
	(void)w;
	table_settle(&d->rows[PANE_FIELD], (int)d->nfield, body - 1);
}

static void field_draw(const struct dash *d, struct surface s)
{
	struct field_ctx f = {.d = d};
	struct table t;

	columns(d, &f.l);
	field_table(&f, &t);
	table_draw(&t, &d->rows[PANE_FIELD], s);
}

static uint16_t car_at_cursor(const struct dash *d)
{
	int row = d->rows[PANE_FIELD].cursor;

	return row >= 0 && row < (int)d->nfield ? d->field[row] : NO_CAR;
}

static bool mark_you(struct dash *d, bool you)
{
	const struct view *v = d->view;
	uint16_t car = car_at_cursor(d);

	if (!v->paired || car == NO_CAR)
		return true;
	if (you) /* YOU on the reference: the two change places */
		data_set_pair(v->owner, car, car == v->ref ? v->you : v->ref);
	else
		data_set_pair(v->owner, car == v->you ? v->ref : v->you, car);
	return true;
}

static bool field_command(struct dash *d, enum cmd cmd)
{
	enum table_move move;

	switch (cmd) {
	case CMD_YOU:
	case CMD_ENTER:
		return mark_you(d, true);
	case CMD_REF:
		return mark_you(d, false);
	case CMD_MORE:
		if (car_at_cursor(d) != NO_CAR)
			data_more(d->view->owner, car_at_cursor(d));
		return true;
	case CMD_SORT:
		d->sort = (d->sort + 1) % SORTS;
		d->cursor_car = car_at_cursor(d);
		dash_field_make(d);
		return true;
	default:
		if (!table_move_of(cmd, &move))
			return false;
		table_go(&d->rows[PANE_FIELD], move, (int)d->nfield, d->body[PANE_FIELD] - 1);
		d->cursor_car = car_at_cursor(d);
		return true;
	}
}

static bool field_click(struct dash *d, struct surface s, const struct mouse_event *ev)
{
	struct field_ctx f = {.d = d};
	struct table t;

	columns(d, &f.l);
	field_table(&f, &t);
	int row = table_row_at(&t, &d->rows[PANE_FIELD], s, ev->y);
	if (row < 0)
		return false;
	d->rows[PANE_FIELD].cursor = row;
	d->cursor_car = car_at_cursor(d);
	return true;
}

/* Search: number as written, else any part of name or team. */
static bool matches(const struct car *c, struct str text)
{
	return str_starts_nocase(str_from(c->id), text.p) || str_has_nocase(str_from(c->driver), text.p) ||
	       str_has_nocase(str_from(c->team), text.p);
}

static int matching_row(const struct dash *d, struct str text, int from, int step)
{
	for (uint32_t i = 0; i < d->nfield; i++) {
		int row = (int)(((int64_t)from + step * (int64_t)i) % d->nfield + d->nfield) % (int)d->nfield;
		if (matches(&d->view->session->cars[d->field[row]], text))
			return row;
	}
	return -1;
}

int dash_find(void *self, const char *text, int dir, int *of)
{
	struct dash *d = self;
	struct str t = str_from(text);
	int n = 0, row;

	*of = (int)d->nfield;
	if (d->nfield == 0)
		return 0;
	if (dir == 0 && d->find_from == NO_CAR)
		d->find_from = d->cursor_car;
	if (t.n == 0) {
		cursor_to_car(d, d->cursor_car = d->find_from);
		d->find_from = NO_CAR;
		return 0;
	}
	for (uint32_t i = 0; i < d->nfield; i++)
		n += matches(&d->view->session->cars[d->field[i]], t);
	int exact = session_car(d->view->session, text), from = d->rows[PANE_FIELD].cursor + dir;
	if (dir == 0)
		from = 0;
	row = matching_row(d, t, from, dir < 0 ? -1 : 1);
	if (row < 0)
		return 0;
	d->rows[PANE_FIELD].cursor = row;
	d->cursor_car = d->field[row];
	if (dir == 0 && exact >= 0)
		cursor_to_car(d, d->cursor_car = (uint16_t)exact);
	d->focus = PANE_FIELD;
	return n;
}

static bool field_why(const struct dash *d, char title[80], struct buf *out)
{
	uint16_t car = car_at_cursor(d);

	return car != NO_CAR && why_car(d->view, car, title, out);
}

static int field_cursor_rows(const struct dash *d)
{
	return (int)d->nfield;
}

const struct pane_ops pane_field = {
	.name = "Field",
	.title = field_title,
	.want = field_want,
	.settle = field_settle,
	.draw = field_draw,
	.command = field_command,
	.click = field_click,
	.why = field_why,
	.export_pane = dash_export_standings,
	.cursor_rows = field_cursor_rows,
};
