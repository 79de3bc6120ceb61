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
	enum tower_column id;
	const char *title;
	int w, max_w;
	bool left, mark;
	int drop, drop_long; /* -1: not in this kind */
} defs[] = {
	{COL_CLASS_PLACE, "CP", 2, 0, false, false, 14, 0},
	{COL_PLACE, "P", 3, 0, false, false, 0, 0},
	{COL_CAR, "#", 3, 0, false, true, 0, 0},
	{COL_DRIVER, "Driver", 10, 20, true, false, 0, 0},
	{COL_LAPS, "Laps", 4, 0, false, false, 15, 8},
	{COL_GAP, "Gap", 9, 0, false, false, 0, 0},
	{COL_INT, "Int", 7, 8, false, false, 4, 13},
	{COL_TO_YOU, "to you", 9, 0, false, false, 13, 16},
	{COL_BEST, "Best", 8, 9, false, true, 5, 14},
	{COL_VYOU, "v you", 6, 7, false, false, 2, 15},
	{COL_LAST5, "last 5", 6, 7, false, false, 3, -1},
	{COL_NOW, "Last 5", 6, 7, false, false, -1, 2},
	{COL_LAST, "Last", 8, 9, false, true, 10, 12},
	{COL_S1, "S1", 7, 8, false, true, 18, 19},
	{COL_S2, "S2", 7, 8, false, true, 18, 19},
	{COL_S3, "S3", 7, 8, false, true, 18, 19},
	{COL_STINT, "Stint", 5, 0, false, false, 12, 3},
	{COL_STOPS, "Stop", 4, 0, false, false, 11, 4},
	{COL_LANE, "Lane", 5, 0, false, false, -1, 6},
	{COL_DRIVE, "Drive", 5, 0, false, false, -1, 5},
	{COL_PENALTY, "Pen", 7, 0, false, false, 17, 17},
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
