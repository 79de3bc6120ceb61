/* Screen 5, Factors: what the factors of the driver under the cursor are made of, beside the one set against it, and how far the top
 * three of each factor are ahead. Of races with lap files, each within its race. */
#include <math.h>
#include <stdio.h>

#include "core/base/utf8.h"
#include "core/report/factor_words.h"
#include "tui/screens/season.h"

enum column { COL_NAME, COL_VALUE, COL_RANK, COL_OTHER, COL_TOP, COLUMNS };

static const struct table_column columns[COLUMNS] = {
	[COL_NAME] = {"Made of", ALIGN_LEFT, 15, 17, 0, false, false},
	[COL_VALUE] = {"Value", ALIGN_RIGHT, 7, 0, 0, false, false},
	[COL_RANK] = {"Pct", ALIGN_RIGHT, 3, 0, 0, false, false},
	[COL_OTHER] = {"Other", ALIGN_RIGHT, 7, 0, 0, false, false},
	[COL_TOP] = {"v top 3", ALIGN_RIGHT, 7, 0, 0, false, false},
};

/* Short enough for a column; w has the name in full. */
static const char *const labels[VARS] = {
	[VAR_QUALIFYING] = "Qualifying", [VAR_BEST_LAP] = "Best lap",       [VAR_BEST_TEN] = "Best-10 average",
	[VAR_STINT] = "Stint spread",    [VAR_SECTORS] = "Sector spread",   [VAR_FIRST_SECTOR] = "S1 spread",
	[VAR_GAINED] = "Places gained",  [VAR_CHANGED] = "Fights won",      [VAR_DEGRADATION] = "Degradation",
	[VAR_LATE] = "Late-stint pace",  [VAR_EARLY_LATE] = "Early v late",
};

static void figure(char out[TABLE_TEXT], double v, enum race_var var, bool sign)
{
	char t[NUM_LEN];

	dec_str(t, v, race_var_info(var)->decimals);
	snprintf(out, TABLE_TEXT, "%s%s%s", sign && v > 0 && *t != '-' ? "+" : "", t,
		 race_var_info(var)->unit[0] == '%' && !isnan(v) ? "%" : "");
}

/* Clear at a glance which way it counts: places are good when they are more. */
static struct style gap_style(double gap, enum race_var v)
{
	if (isnan(gap) || gap == 0)
		return STYLE(DIM);
	return (gap > 0) == race_var_info(v)->up ? STYLE(GAIN) : STYLE(LOSS);
}

static void factors_cell(const void *ctx, int at, int col, struct table_cell *out)
{
	const struct season_board *s = ctx;
	enum race_var v = (enum race_var)at;
	uint32_t row = season_chosen(s), other = season_other(s);
	const struct driver_vars *d = row == NO_ROW ? NULL : &s->book->factors.driver[row];
	struct var_gap g;

	switch (col) {
	case COL_NAME:
		snprintf(out->text, sizeof(out->text), "%s", labels[v]);
		break;
	case COL_VALUE:
		figure(out->text, d ? d->value[v] : (double)NAN, v, false);
		break;
	case COL_RANK:
		dec_str(out->text, d ? d->percentile[v] : (double)NAN, 0);
		break;
	case COL_OTHER:
		figure(out->text, other == NO_ROW ? (double)NAN : s->book->factors.driver[other].value[v], v, false);
		out->style = other == NO_ROW ? STYLE(DIM) : season_style(s, other);
		break;
	default:
		g = row == NO_ROW ? (struct var_gap){(double)NAN, (double)NAN, 0} : top_gap(s->book, row, v);
		figure(out->text, g.gap, v, true);
		out->style = gap_style(g.gap, v);
		break;
	}
}

static void factors_title(const struct season_board *s, char left[80], char right[80])
{
	uint32_t row = season_chosen(s);

	snprintf(left, 80, "Factors of %.12s", row == NO_ROW ? "-" : s->book->id[row]);
	if (row != NO_ROW)
		snprintf(right, 80, "%u of %u races with laps", s->book->factors.driver[row].nraces,
			 s->book->factors.with_laps);
}

static int factors_want(const struct season_board *s, int w)
{
	(void)w;
	return s->book->factors.with_laps ? VARS + 1 : 0;
}

static void factors_draw(const struct season_board *s, struct surface body)
{
	struct table_column own[COLUMNS];
	char name[64];

	for (int i = 0; i < COLUMNS; i++)
		own[i] = columns[i];
	if (season_other(s) != NO_ROW) {
		snprintf(name, sizeof(name), "%.7s", s->book->id[season_other(s)]);
		own[COL_OTHER].title = name;
	}
	struct table t = {.columns = own,
			  .ncolumns = COLUMNS,
			  .rows = VARS,
			  .ctx = s,
			  .cell = factors_cell,
			  .head = true,
			  .focused = s->focus == SEASON_FACTORS && !s->linear,
			  .sort_column = -1};
	table_draw(&t, &s->rows[SEASON_FACTORS], body);
}

static int factors_rows(const struct season_board *s)
{
	(void)s;
	return VARS;
}

/* The variable's rule, race by race; what to work on. */
static bool factors_why(const struct season_board *s, char title[80], struct buf *out)
{
	enum race_var v = (enum race_var)s->rows[SEASON_FACTORS].cursor;
	const struct race_var_info *info = race_var_info(v);
	const struct season_factors *f = &s->book->factors;
	uint32_t row = season_chosen(s);
	enum race_var work[VARS];
	char t[TABLE_TEXT], u[NUM_LEN], words[WORK_WORDS];

	if (row == NO_ROW)
		return false;
	snprintf(title, 80, "Why  %s of %.12s", info->name, s->book->id[row]);
	buf_fmt(out, "%s, %s: %s.\nIn its race; %s is better. Weight %s of %s.\n\n", info->name, info->unit, info->rule,
		info->up ? "more" : "less", dec_str(u, info->weight, 2), factor_name(info->factor));
	for (uint32_t race = 0; race < f->nraces; race++) {
		const struct race_vars *c = f->cell[race * f->nrows + row];
		if (!c)
			continue;
		figure(t, c->value[v], v, false);
		buf_fmt(out, "%-14s race %d  %10s   percentile %s\n", s->book->table.races[race].track,
			s->book->table.races[race].number, t, dec_str(u, c->percentile[v], 1));
	}
	buf_str(out, "\nWhat to work on, heaviest first\n");
	uint32_t n = work_on(f, s->book->skill, row, work);
	for (uint32_t i = 0; i < n; i++) {
		work_words(s->book, row, work[i], words);
		buf_fmt(out, "  %s\n", words);
	}
	buf_fmt(out, "%s\nSame figures: pitwall factors %s\n", n ? "" : "  nothing: the top three are ahead in none\n",
		s->book->id[row]);
	return true;
}

static bool factors_export(const struct season_board *s, enum export_format format, struct buf *out, struct err *err)
{
	return season_report(s, report_factors, season_chosen(s), format, out, err);
}

const struct season_pane season_factors = {
	.name = "Factors",
	.title = factors_title,
	.want = factors_want,
	.draw = factors_draw,
	.why = factors_why,
	.export_pane = factors_export,
	.cursor_rows = factors_rows,
};
