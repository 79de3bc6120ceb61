/* Screen 5, Forecast: where each is likely to finish in one race, from the other races, with the errors of such forecasts beside. */
#include <math.h>
#include <stdio.h>

#include "tui/screens/season.h"

enum { FOOT = 2 };
enum column {
	COL_ID,
	COL_DRIVER,
	COL_GRID,
	COL_VALUE,
	COL_WITHIN,
	COL_BEFORE,
	COL_BEFORE_IN,
	COL_RACES,
	COL_FINISH,
	COLUMNS
};

static const struct table_column columns[COLUMNS] = {
	[COL_ID] = {"#", ALIGN_RIGHT, 4, 0, 0, false, false},
	[COL_DRIVER] = {"Driver", ALIGN_LEFT, 9, 16, 0, false, false},
	[COL_GRID] = {"Grid", ALIGN_RIGHT, 4, 0, 0, false, false},
	[COL_VALUE] = {"Likely", ALIGN_RIGHT, 6, 0, 0, false, false},
	[COL_WITHIN] = {"80 %", ALIGN_RIGHT, 6, 0, 0, false, false},
	[COL_BEFORE] = {"Before", ALIGN_RIGHT, 6, 0, 2, false, false},
	[COL_BEFORE_IN] = {"80 %", ALIGN_RIGHT, 6, 0, 3, false, false},
	[COL_RACES] = {"From", ALIGN_RIGHT, 4, 0, 1, false, false},
	[COL_FINISH] = {"Fin", ALIGN_RIGHT, 3, 0, 0, false, false},
};

static void within(char out[TABLE_TEXT], const struct forecast *f)
{
	snprintf(out, TABLE_TEXT, isnan(f->value) ? "-" : "%d-%d", f->low, f->high);
}

static void count_text(char out[TABLE_TEXT], int32_t v)
{
	snprintf(out, TABLE_TEXT, v > 0 ? "%d" : "-", v);
}

static void who_cell(const struct season_board *s, const struct forecast_line *l, bool id, struct table_cell *out)
{
	if (l->row != NO_ROW)
		out->style = season_style(s, l->row);
	if (id)
		snprintf(out->text, sizeof(out->text), "%s", l->row == NO_ROW ? l->number : s->book->id[l->row]);
	else if (l->row == NO_ROW)
		snprintf(out->text, sizeof(out->text), "%s", l->name);
	else
		season_name(s, l->row, out->text);
}

static void forecast_cell(const void *ctx, int at, int col, struct table_cell *out)
{
	const struct season_board *s = ctx;
	const struct forecast_line *l = &s->ahead.race.line[at];
	const struct forecast *best = forecast_line_best(l), *before = &l->at[BEFORE_QUALIFYING];

	switch (col) {
	case COL_ID:
	case COL_DRIVER:
		who_cell(s, l, col == COL_ID, out);
		break;
	case COL_GRID:
		count_text(out->text, l->grid);
		break;
	case COL_VALUE:
		dec_str(out->text, best->value, 1);
		break;
	case COL_WITHIN:
		within(out->text, best);
		break;
	case COL_BEFORE:
		dec_str(out->text, before->value, 1);
		out->style = STYLE(DIM);
		break;
	case COL_BEFORE_IN:
		within(out->text, before);
		out->style = STYLE(DIM);
		break;
	case COL_RACES:
		snprintf(out->text, sizeof(out->text), "%u", best->races);
		out->style = STYLE(DIM);
		break;
	default:
		count_text(out->text, l->finish);
		break;
	}
}

static void forecast_title(const struct season_board *s, char left[80], char right[80])
{
	const struct race_forecast *o = &s->ahead.race;
	const struct forecast_check *c = &s->book->forecast.check[LEAVE_RACE][AFTER_QUALIFYING];

	if (o->n == 0)
		snprintf(left, 80, "Forecast");
	else if (o->number)
		snprintf(left, 80, "Forecast %.20s race %d, %s qualifying", o->track, o->number,
			 o->grid == GRID_UNKNOWN ? "before" : "after");
	else
		snprintf(left, 80, "Forecast %.20s, next race", o->track);
	if (c->n > 0)
		snprintf(right, 80, "from %u other races", o->others);
}

static int forecast_want(const struct season_board *s, int w)
{
	(void)w;
	return s->ahead.race.n ? (int)s->ahead.race.n + 1 + FOOT : 0;
}

/* "after   4.03 places off; the median finish 4.47, grid 4.73, pace 4.77" */
static void foot_line(const struct season_board *s, enum forecast_when when, struct surface body, int y)
{
	const struct forecast_check *c = &s->book->forecast.check[LEAVE_RACE][when];

	if (c->n == 0) {
		if (when == BEFORE_QUALIFYING)
			surface_text(body, 1, y, STYLE(DIM), "too few finishes in other races to learn from");
		return;
	}
	surface_fmt(body, 1, y, STYLE(DIM), "%s %.2f places off, %.0f%% in; median finish %.2f, grid %.2f off",
		    when ? "after " : "before", c->mae, 100 * c->coverage, c->naive[NAIVE_FINISH],
		    c->naive[NAIVE_START]);
}

static void forecast_draw(const struct season_board *s, struct surface body)
{
	int h = surface_h(body), foot = h > 2 * FOOT ? FOOT : 0;
	struct table t = {.columns = columns,
			  .ncolumns = s->ahead.race.driven ? COLUMNS : COL_FINISH,
			  .rows = (int)s->ahead.race.n,
			  .ctx = s,
			  .cell = forecast_cell,
			  .head = true,
			  .focused = s->focus == SEASON_FORECAST && !s->linear,
			  .sort_column = -1};

	table_draw(&t, &s->rows[SEASON_FORECAST], surface_sub(body, (struct rect){0, 0, surface_w(body), h - foot}));
	for (int i = 0; i < foot; i++)
		foot_line(s, (enum forecast_when)i, body, h - foot + i);
}

static int forecast_rows(const struct season_board *s)
{
	return (int)s->ahead.race.n;
}

static bool forecast_command(struct season_board *s, enum cmd cmd)
{
	if (cmd != CMD_LEFT && cmd != CMD_RIGHT)
		return false;
	season_ahead_go(s, cmd == CMD_LEFT ? -1 : 1);
	return true;
}

static void why_errors(const struct season_forecast *f, enum forecast_when when, struct buf *out)
{
	const struct forecast_check *c = &f->check[LEAVE_RACE][when], *t = &f->check[LEAVE_TRACK][when];

	buf_fmt(out, "%-18s %5.2f    %3.0f %%   %5.1f   %8.2f %6.2f %6.2f   %8.2f\n",
		when ? "after qualifying" : "before qualifying", c->mae, 100 * c->coverage, c->width,
		c->naive[NAIVE_FINISH], c->naive[NAIVE_START], c->naive[NAIVE_PACE], t->mae);
}

static bool forecast_why(const struct season_board *s, char title[80], struct buf *out)
{
	const struct race_forecast *o = &s->ahead.race;
	const struct season_forecast *f = &s->book->forecast;
	int at = s->rows[SEASON_FORECAST].cursor;

	if (at < 0 || (uint32_t)at >= o->n)
		return false;
	const struct forecast_line *l = &o->line[at];
	snprintf(title, 80, "Why  forecast of %.12s, %.40s", l->row == NO_ROW ? l->number : s->book->id[l->row],
		 o->track);
	buf_fmt(out, "From %u races of this driver other than this one; %u cars took part.\n", l->at[0].races, o->cars);
	buf_str(out, l->at[0].races ? "" : "No other race: taken for the middle of the field.\n");
	buf_fmt(out, "Grid and qualifying: %s%s\n",
		o->grid == GRID_UNKNOWN   ? "not known yet"
		: o->grid == GRID_OF_RACE ? "as the race's files or JSON give them"
					  : "from the session ",
		o->grid == GRID_OF_QUALIFYING ? o->qualifying->id : "");
	buf_str(out, "\nMedian finish and best lap of the other races as shares of the field, one\n"
		     "race in the middle added, the grid a third where known; then what became of\n"
		     "the 50 most alike. 80 %: four of five finished within, retirements count.\n"
		     "The race's own result is not used.\n\n");
	buf_fmt(out, "errors in places over %u finishes, each foretold without its race\n", f->check[0][0].n);
	buf_str(out, "                   error  within   width     median   grid   pace   no track\n");
	why_errors(f, BEFORE_QUALIFYING, out);
	why_errors(f, AFTER_QUALIFYING, out);
	buf_str(out, "median (finish), grid, pace: what these alone miss by; no track: without its races\n");
	buf_fmt(out, "\nSame figures: pitwall predict --track %s\n", o->track);
	return true;
}

static bool forecast_export(const struct season_board *s, enum export_format format, struct buf *out, struct err *err)
{
	return season_report_at(s, report_predict, s->ahead.race.track, format, out, err);
}

const struct season_pane season_forecast = {
	.name = "Forecast",
	.title = forecast_title,
	.want = forecast_want,
	.draw = forecast_draw,
	.command = forecast_command,
	.why = forecast_why,
	.export_pane = forecast_export,
	.cursor_rows = forecast_rows,
	.foot = FOOT,
};
