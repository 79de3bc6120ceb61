/* Screen 5, Tracks: what each track asks for, as weights that sum to 100, and how that suits the driver under the cursor and the one
 * set against it. The track under the cursor is the one that Fit and forecast are about. */
#include <math.h>
#include <stdio.h>

#include "tui/screens/season.h"

enum column { COL_TRACK, COL_SPEED, COL_CONSISTENCY, COL_RACECRAFT, COL_TIRE, COL_FIT, COL_OTHER, COLUMNS };

static const struct table_column columns[COLUMNS] = {
	[COL_TRACK] = {"Track", ALIGN_LEFT, 11, 16, 0, false, false},
	[COL_SPEED] = {"Spd", ALIGN_RIGHT, 3, 0, 0, false, false},
	[COL_CONSISTENCY] = {"Con", ALIGN_RIGHT, 3, 0, 0, false, false},
	[COL_RACECRAFT] = {"Rac", ALIGN_RIGHT, 3, 0, 0, false, false},
	[COL_TIRE] = {"Tyr", ALIGN_RIGHT, 3, 0, 0, false, false},
	[COL_FIT] = {"Fit", ALIGN_RIGHT, 5, 0, 0, false, false},
	[COL_OTHER] = {"Other", ALIGN_RIGHT, 5, 0, 1, false, false},
};

static int ntracks(const struct season_board *s)
{
	return (int)s->book->dataset->season->ntracks;
}

static void fit_cell(const struct season_board *s, const struct season_track *t, uint32_t row, struct table_cell *out)
{
	double fit = row == NO_ROW ? (double)NAN : circuit_fit(t, &s->book->skill[row]);

	dec_str(out->text, fit, 1);
	if (row != NO_ROW)
		out->style = s->book->skill[row].computed ? STYLE(DIM) : season_style(s, row);
}

static void tracks_cell(const void *ctx, int at, int col, struct table_cell *out)
{
	const struct season_board *s = ctx;
	const struct season_track *t = &s->book->dataset->season->tracks[at];
	double weight[FACTORS];

	if (col == COL_TRACK)
		snprintf(out->text, sizeof(out->text), "%s", t->id);
	else if (col == COL_FIT)
		fit_cell(s, t, season_chosen(s), out);
	else if (col == COL_OTHER)
		fit_cell(s, t, season_other(s), out);
	else if (track_weights(t, weight))
		snprintf(out->text, sizeof(out->text), "%.0f", 100 * weight[col - COL_SPEED]);
	else
		snprintf(out->text, sizeof(out->text), "-");
}

static void tracks_title(const struct season_board *s, char left[80], char right[80])
{
	(void)s;
	snprintf(left, 80, "Tracks");
	snprintf(right, 80, "demand in %%; fit 0-100");
}

static int tracks_want(const struct season_board *s, int w)
{
	(void)w;
	return ntracks(s) ? ntracks(s) + 1 : 0;
}

static void tracks_draw(const struct season_board *s, struct surface body)
{
	struct table_column own[COLUMNS];
	char chosen[64], other[64];

	for (int i = 0; i < COLUMNS; i++)
		own[i] = columns[i];
	if (season_chosen(s) != NO_ROW) {
		snprintf(chosen, sizeof(chosen), "%.5s", s->book->id[season_chosen(s)]);
		own[COL_FIT].title = chosen;
	}
	if (season_other(s) != NO_ROW) {
		snprintf(other, sizeof(other), "%.5s", s->book->id[season_other(s)]);
		own[COL_OTHER].title = other;
	}
	struct table t = {.columns = own,
			  .ncolumns = season_other(s) == NO_ROW ? COL_OTHER : COLUMNS,
			  .rows = ntracks(s),
			  .ctx = s,
			  .cell = tracks_cell,
			  .head = true,
			  .focused = s->focus == SEASON_TRACKS && !s->linear,
			  .sort_column = -1};
	table_draw(&t, &s->rows[SEASON_TRACKS], body);
	if (!t.focused && !s->linear)
		surface_put(body, 0, 1 + s->rows[SEASON_TRACKS].cursor - s->rows[SEASON_TRACKS].top, STYLE(FOCUS), '>');
}

/* A fit as the sum it is. */
static bool tracks_why(const struct season_board *s, char title[80], struct buf *out)
{
	const struct season_track *t = season_track(s);
	uint32_t row = season_chosen(s);
	double weight[FACTORS];
	char d[NUM_LEN], w[NUM_LEN], p[NUM_LEN], part[NUM_LEN];

	if (!t || row == NO_ROW)
		return false;
	const struct skill *k = &s->book->skill[row];
	snprintf(title, 80, "Why  fit of %.12s to %.40s", s->book->id[row], t->id);
	buf_str(out, "              demand  weight  percentile  part\n");
	for (int f = 0; f < FACTORS && track_weights(t, weight); f++)
		buf_fmt(out, "%-12s  %6s  %6s  %10s  %4s\n", factor_name((enum factor)f), dec_str(d, t->demand[f], 2),
			dec_str(w, weight[f], 3), dec_str(p, k->percentile[f], 1),
			dec_str(part, weight[f] * k->percentile[f], 1));
	buf_fmt(out, "%-12s  %32s\n\n", "fit", dec_str(d, circuit_fit(t, k), 1));
	buf_fmt(out,
		"demand from dashboardData.json; one below zero counts as none; weights sum to 1\n"
		"percentiles: %s\n",
		k->computed ? "computed from the session files, the JSON has none of this driver"
			    : "driver_factors.json (dashboardData's own differ by up to 40 points: not used)");
	return true;
}

static bool tracks_export(const struct season_board *s, enum export_format format, struct buf *out, struct err *err)
{
	return season_report(s, report_tracks, season_chosen(s), format, out, err);
}

const struct season_pane season_tracks = {
	.name = "Tracks",
	.title = tracks_title,
	.want = tracks_want,
	.draw = tracks_draw,
	.why = tracks_why,
	.export_pane = tracks_export,
	.cursor_rows = ntracks,
};
