/* Practice and qualifying: YOUR laps one by one, with what each was and what it cost against your best. */
#include <stdio.h>
#include <string.h>

#include "tui/screens/dash.h"
#include "tui/screens/dash_export.h"
#include "tui/screens/why.h"

enum { RUN_LAP, RUN_TIME, RUN_S1, RUN_S2, RUN_S3, RUN_TO_BEST, RUN_WHAT, RUN_COLUMNS };

static const struct table_column columns[RUN_COLUMNS] = {
	{.title = "lap", .align = ALIGN_RIGHT, .w = 3},
	{.title = "time", .align = ALIGN_RIGHT, .w = 8, .max_w = 9, .mark = true},
	{.title = "S1", .align = ALIGN_RIGHT, .w = 6, .max_w = 8, .mark = true},
	{.title = "S2", .align = ALIGN_RIGHT, .w = 6, .max_w = 8, .mark = true},
	{.title = "S3", .align = ALIGN_RIGHT, .w = 6, .max_w = 8, .mark = true},
	{.title = "to best", .align = ALIGN_RIGHT, .w = 7, .max_w = 8, .drop = 1},
	{.title = "what", .align = ALIGN_LEFT, .w = 7, .max_w = 24, .drop = 2},
};

static uint32_t lap_at(const struct dash *d, int row)
{
	return car_first(d->view->analysis, d->view->you) + (uint32_t)row;
}

/* "+" own best so far, "*" best of the session so far. */
static void colour_mark(enum colour c, struct table_cell *out)
{
	if (c != COLOUR_PURPLE && c != COLOUR_GREEN)
		return;
	out->mark = c == COLOUR_PURPLE ? '*' : '+';
	out->style = out->mark_style = c == COLOUR_PURPLE ? STYLE(SESSION_BEST) : STYLE(OWN_BEST);
	out->whole = true;
}

static void what_text(const struct dash *d, uint32_t lap, char out[TABLE_TEXT])
{
	const struct view *v = d->view;
	const struct lap_class *c = &v->analysis->classes.lap[lap];

	if (v->session->laps.number[lap] == v->analysis->bests.car[v->you].best.lap)
		snprintf(out, TABLE_TEXT, "best");
	else if (c->status == LAP_FIRST && c->out)
		snprintf(out, TABLE_TEXT, "out, from the pits");
	else if (c->status != LAP_CLEAN)
		snprintf(out, TABLE_TEXT, "%s", lap_status_name(c->status));
	else if (v->analysis->bests.deleted[lap])
		snprintf(out, TABLE_TEXT, "deleted?");
	else if (c->label)
		snprintf(out, TABLE_TEXT, "%s", lap_label_name(c->label));
}

static void run_cell(const void *ctx, int row, int column, struct table_cell *out)
{
	const struct dash *d = ctx;
	const struct laps *l = &d->view->session->laps;
	const struct analysis *an = d->view->analysis;
	uint32_t lap = lap_at(d, row);
	ms_t best = an->bests.car[d->view->you].best.time;
	char t[NUM_LEN];

	switch (column) {
	case RUN_LAP:
		snprintf(out->text, sizeof(out->text), "%u", l->number[lap]);
		break;
	case RUN_TIME:
		snprintf(out->text, sizeof(out->text), "%s", time_str(t, l->time[lap]));
		colour_mark(an->colours.lap[lap], out);
		break;
	case RUN_S1:
	case RUN_S2:
	case RUN_S3:
		snprintf(out->text, sizeof(out->text), "%s", time_str(t, l->sector[column - RUN_S1][lap]));
		colour_mark(an->colours.sector[column - RUN_S1][lap], out);
		break;
	case RUN_TO_BEST:
		snprintf(out->text, sizeof(out->text), "%s",
			 best == MS_NONE || l->time[lap] == best ? "-" : diff_str(t, l->time[lap] - best));
		break;
	default:
		what_text(d, lap, out->text);
		out->style = STYLE(DIM);
	}
}

static int run_rows(const struct dash *d)
{
	return dash_paired(d) ? (int)car_seen(d->view->analysis, d->view->you) : 0;
}

static void runs_title(const struct dash *d, struct surface s, char left[80], char right[80])
{
	snprintf(left, 80, "Laps of %.12s", dash_car_id(d, d->view->you));
	if (surface_w(s) > 44)
		snprintf(right, 80, "* best so far  + own best so far");
}

static int runs_want(const struct dash *d, int w)
{
	(void)w;
	return run_rows(d) ? run_rows(d) + 1 : 0;
}

static void runs_settle(struct dash *d, int w, int body)
{
	(void)w;
	table_settle(&d->rows[PANE_LAPS], run_rows(d), body - 1);
}

static void runs_draw(const struct dash *d, struct surface s)
{
	struct table t = {.columns = columns,
			  .ncolumns = RUN_COLUMNS,
			  .rows = run_rows(d),
			  .ctx = d,
			  .cell = run_cell,
			  .head = true,
			  .focused = d->focus == PANE_LAPS && !d->linear,
			  .sort_column = -1};

	table_draw(&t, &d->rows[PANE_LAPS], s);
}

static bool runs_command(struct dash *d, enum cmd cmd)
{
	if (cmd != CMD_EXCLUDE)
		return false;
	if (d->focus == PANE_LAPS && run_rows(d))
		dash_exclude(d, lap_at(d, d->rows[PANE_LAPS].cursor));
	else
		app_say(d->app, ROLE_DIM, "choose a lap first: Tab to Laps, then j and k");
	return true;
}

static bool runs_click(struct dash *d, struct surface s, const struct mouse_event *ev)
{
	int row = d->rows[PANE_LAPS].top + ev->y - 1;

	(void)s;
	if (ev->y > 0 && row < run_rows(d))
		d->rows[PANE_LAPS].cursor = row;
	return true;
}

static bool runs_why(const struct dash *d, char title[80], struct buf *out)
{
	return run_rows(d) && why_lap(d->view, lap_at(d, d->rows[PANE_LAPS].cursor), title, out);
}

const struct pane_ops pane_runs = {
	.name = "Laps",
	.title = runs_title,
	.want = runs_want,
	.settle = runs_settle,
	.draw = runs_draw,
	.command = runs_command,
	.click = runs_click,
	.why = runs_why,
	.export_pane = dash_export_compare,
	.cursor_rows = run_rows,
};
