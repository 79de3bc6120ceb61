/* Tower: the order at the moment shown, YOUR car always in sight. In races with several drivers a car other columns matter. */
#include <stdio.h>
#include <string.h>

#include "tui/screens/race_tower.h"
#include "tui/screens/why.h"

struct tower {
	const struct race *r;
	struct table_column at[TOWER_COLUMNS];
	enum tower_column id[TOWER_COLUMNS];
	int n;
};

/* What a column is; what goes first when the width is short has the greater number (0: never goes). Two kinds of race. */
static const struct column_def {
	const char *title;
	enum tower_column id;
	int w, max_w;
	int drop, drop_long; /* -1: not in this kind */
	bool left, mark;
} defs[] = {
	{"CP", COL_CLASS_PLACE, 2, 0, 14, 0, false, false},
	{"P", COL_PLACE, 3, 0, 0, 0, false, false},
	{"#", COL_CAR, 3, 0, 0, 0, false, true},
	{"Driver", COL_DRIVER, 10, 20, 0, 0, true, false},
	{"Laps", COL_LAPS, 4, 0, 15, 8, false, false},
	{"Gap", COL_GAP, 9, 0, 0, 0, false, false},
	{"Int", COL_INT, 7, 8, 4, 13, false, false},
	{"to you", COL_TO_YOU, 9, 0, 13, 16, false, false},
	{"Best", COL_BEST, 8, 9, 5, 14, false, true},
	{"v you", COL_VYOU, 6, 7, 2, 15, false, false},
	{"last 5", COL_LAST5, 6, 7, 3, -1, false, false},
	{"Last 5", COL_NOW, 6, 7, -1, 2, false, false},
	{"Last", COL_LAST, 8, 9, 10, 12, false, true},
	{"S1", COL_S1, 7, 8, 18, 19, false, true},
	{"S2", COL_S2, 7, 8, 18, 19, false, true},
	{"S3", COL_S3, 7, 8, 18, 19, false, true},
	{"Stint", COL_STINT, 5, 0, 12, 3, false, false},
	{"Stop", COL_STOPS, 4, 0, 11, 4, false, false},
	{"Lane", COL_LANE, 5, 0, -1, 6, false, false},
	{"Drive", COL_DRIVE, 5, 0, -1, 5, false, false},
	{"Pen", COL_PENALTY, 7, 0, 17, 17, false, false},
};

static bool long_numbers(const struct race *r)
{
	for (uint32_t i = 0; i < r->ncars; i++)
		if (strlen(r->view->session->cars[r->cars[i]].id) > 3)
			return true;
	return false;
}

static void columns(const struct race *r, struct tower *t)
{
	bool many = race_has_drivers(r), classes = race_many_classes(r), timed = view_is_timed(r->view);

	*t = (struct tower){.r = r};
	for (size_t i = 0; i < sizeof(defs) / sizeof(defs[0]); i++) {
		const struct column_def *d = &defs[i];
		int drop = many ? d->drop_long : d->drop;
		if (drop < 0 || (d->id == COL_CLASS_PLACE && !classes) || (timed && d->id == COL_TO_YOU) ||
		    (d->id == COL_PENALTY && !r->view->order->official))
			continue;
		t->id[t->n] = d->id;
		t->at[t->n++] = (struct table_column){.title = d->title,
						      .align = d->left ? ALIGN_LEFT : ALIGN_RIGHT,
						      .w = d->id == COL_CAR && long_numbers(r) ? 5 : d->w,
						      .max_w = d->max_w,
						      .drop = drop,
						      .mark = d->mark};
	}
	t->at[0].tight = true;
	t->at[0].w = 3;
}

/* Pane --------------------------------------------------------------------------------------------*/

static int row_of(const struct race *r, uint16_t car)
{
	for (uint32_t i = 0; i < r->ncars; i++)
		if (r->cars[i] == car)
			return (int)i;
	return 0;
}

static void cell(const void *ctx, int index, int col, struct table_cell *out)
{
	const struct tower *t = ctx;

	tower_cell(t->r, row_of(t->r, t->r->visible[index]), t->id[col], out);
}

static void table_of(const struct tower *t, struct table *out)
{
	const struct race *r = t->r;

	*out = (struct table){.columns = t->at,
			      .ncolumns = t->n,
			      .rows = r->nvisible,
			      .ctx = t,
			      .cell = cell,
			      .head = true,
			      .focused = (r->focus == RACE_TOWER || r->focus == RACE_STRIP) && !r->linear,
			      .sort_column = -1};
}

static void tower_title(const struct race *r, struct surface s, char left[80], char right[80])
{
	int last = r->top + r->nvisible;

	(void)s;
	snprintf(left, 80, "%.40s", r->view->class_name ? r->view->class_name : "Tower");
	if (r->nvisible < (int)r->ncars)
		snprintf(right, 80, "%d-%d of %u", r->top + 1, last > (int)r->ncars ? (int)r->ncars : last, r->ncars);
}

static int tower_want(const struct race *r, int w)
{
	(void)w;
	return r->ncars ? (int)r->ncars + 1 : 0;
}

static void tower_draw(const struct race *r, struct surface s)
{
	struct table_state st = {r->cursor_visible, 0};
	struct tower t;
	struct table table;

	columns(r, &t);
	table_of(&t, &table);
	table_draw(&table, &st, s);
}

static bool tower_click(struct race *r, struct surface s, const struct mouse_event *ev)
{
	int row = ev->y - 1;

	(void)s;
	if (row < 0 || row >= r->nvisible)
		return false;
	race_cursor_to(r, r->visible[row]);
	if (ev->kind == MOUSE_DOUBLE && r->view->paired)
		data_set_pair(r->view->owner, race_car(r), race_car(r) == r->view->ref ? r->view->you : r->view->ref);
	return true;
}

static bool tower_why(const struct race *r, char title[80], struct buf *out)
{
	return race_car(r) != NO_CAR && why_car(r->view, race_car(r), title, out);
}

const struct race_pane race_tower = {
	.name = "Tower",
	.title = tower_title,
	.want = tower_want,
	.draw = tower_draw,
	.click = tower_click,
	.why = tower_why,
	.export_pane = race_export_tower,
};
