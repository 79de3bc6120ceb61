/* The laps there are, to choose YOURS, REF's or a third from; and what is known of each. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "tui/screens/telemetry.h"

enum { COL_CAR, COL_LAP, COL_TIME, COL_DIFF, COL_ERROR, COL_RESIDUAL, COL_HOLE, COL_NOTE, COLUMNS };

static const struct table_column columns[COLUMNS] = {
	[COL_CAR] = {"#", ALIGN_RIGHT, 4, .mark = true},      [COL_LAP] = {"lap", ALIGN_RIGHT, 4, .drop = 0},
	[COL_TIME] = {"time", ALIGN_RIGHT, 9, .drop = 0},     [COL_DIFF] = {"to ref", ALIGN_RIGHT, 7, .drop = 1},
	[COL_ERROR] = {"error s", ALIGN_RIGHT, 7, .drop = 4}, [COL_RESIDUAL] = {"loops s", ALIGN_RIGHT, 7, .drop = 3},
	[COL_HOLE] = {"hole s", ALIGN_RIGHT, 6, .drop = 5},   [COL_NOTE] = {"", ALIGN_LEFT, 10, 60, .drop = 2},
};

static char slot_mark(const struct tel_screen *t, const struct tel_lap *l)
{
	static const char marks[TEL_SLOTS] = {'Y', 'R', '3'};

	for (int k = 0; l && k < TEL_SLOTS; k++)
		if (tels_lap(t, (enum tel_slot)k) == l)
			return marks[k];
	return 0;
}

static struct style row_style(const struct tel_screen *t, const struct tel_lap *l)
{
	for (int k = 0; l && k < TEL_SLOTS; k++)
		if (tels_lap(t, (enum tel_slot)k) == l)
			return tels_style((enum tel_slot)k);
	return !l || l->usable ? STYLE(TEXT) : STYLE(DIM);
}

static void lap_cell(const struct tel_screen *t, const struct tel_lap *l, int column, struct table_cell *out)
{
	const struct tel_lap *ref = tels_lap(t, TEL_REF);
	char *text = out->text;

	switch (column) {
	case COL_LAP:
		snprintf(text, TABLE_TEXT, "%u", l->number);
		break;
	case COL_TIME:
		time_str(text, l->time);
		break;
	case COL_DIFF:
		if (ref && l != ref && l->time != MS_NONE && ref->time != MS_NONE)
			diff_str(text, l->time - ref->time);
		break;
	case COL_ERROR:
		dec_str(text, l->error, 3);
		break;
	case COL_RESIDUAL:
		dec_str(text, l->residual, 3);
		break;
	case COL_HOLE:
		dec_str(text, l->gap_max, 2);
		break;
	case COL_NOTE:
		snprintf(text, TABLE_TEXT, "%s%s%.60s", l->clean ? "" : "not clean", l->clean || !*l->why ? "" : ", ",
			 l->why);
		break;
	default:
		break;
	}
}

static void laps_cell(const void *ctx, int row, int column, struct table_cell *out)
{
	const struct tel_screen *t = ctx;
	const struct tel_list_row *r = &t->list[row];
	char name[64];

	out->style = row_style(t, r->lap);
	if (column == COL_CAR) {
		snprintf(out->text, TABLE_TEXT, "%.12s", t->view->session->cars[r->car].id);
		out->mark = slot_mark(t, r->lap);
		out->mark_style = out->style;
	} else if (r->lap) {
		lap_cell(t, r->lap, column, out);
	} else if (column == COL_TIME) {
		short_name(t->view->session, r->car, name);
		snprintf(out->text, TABLE_TEXT, "%.9s", name);
	} else if (column == COL_DIFF || column == COL_NOTE) {
		snprintf(out->text, TABLE_TEXT, column == COL_DIFF ? "Enter" : "Enter reads its laps");
		out->style = STYLE(DIM);
	}
}

static struct table table_of(const struct tel_screen *t)
{
	return (struct table){.columns = columns,
			      .ncolumns = COLUMNS,
			      .rows = (int)t->nlist,
			      .ctx = t,
			      .cell = laps_cell,
			      .head = true,
			      .focused = t->focus == TELP_LAPS,
			      .sort_column = -1};
}

static void laps_title(const struct tel_screen *t, char left[80], char right[120])
{
	static const char *const whose[TEL_SLOTS] = {"yours", "the reference", "the third"};

	if (t->choosing >= 0)
		snprintf(left, 80, "Laps: choose %s", whose[t->choosing]);
	else
		snprintf(left, 80, "Laps with telemetry");
	snprintf(right, 120, "Enter, Esc");
	if (t->choosing < 0)
		snprintf(right, 120, "%u", t->nlist);
}

static int laps_want(const struct tel_screen *t, int w)
{
	(void)w;
	return t->nlist > 0 ? (int)t->nlist + 1 : 0;
}

static void laps_draw(const struct tel_screen *t, struct surface s)
{
	struct table table = table_of(t);

	table_draw(&table, &t->rows[TELP_LAPS], s);
}

int tels_list_row_at(const struct tel_screen *t, struct surface size, int y)
{
	struct table table = table_of(t);

	return table_row_at(&table, &t->rows[TELP_LAPS], size, y);
}

const struct tel_pane telp_laps = {"Laps", laps_title, laps_want, laps_draw, tels_why_lap, false};
