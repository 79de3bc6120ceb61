/* Screen 5, Races: every race of the driver under the cursor, by track, then number: no order in time is claimed. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "tui/screens/season.h"

enum column {
	COL_TRACK,
	COL_RACE,
	COL_GRID,
	COL_FINISH,
	COL_GAINED,
	COL_BEST,
	COL_GAP,
	COL_QUALIFYING,
	COL_LAPS,
	COL_FROM,
	COLUMNS
};

static const struct table_column columns[COLUMNS] = {
	[COL_TRACK] = {"Track", ALIGN_LEFT, 11, 16, 0, false, false},
	[COL_RACE] = {"R", ALIGN_RIGHT, 2, 0, 0, false, false},
	[COL_GRID] = {"Grid", ALIGN_RIGHT, 4, 0, 0, false, false},
	[COL_FINISH] = {"Fin", ALIGN_RIGHT, 3, 0, 0, true, false},
	[COL_GAINED] = {"Gain", ALIGN_RIGHT, 4, 0, 0, false, false},
	[COL_BEST] = {"Best", ALIGN_RIGHT, 8, 0, 0, true, false},
	[COL_GAP] = {"Gap", ALIGN_RIGHT, 9, 0, 0, false, false},
	[COL_QUALIFYING] = {"Qualifying", ALIGN_RIGHT, 10, 0, 2, false, false},
	[COL_LAPS] = {"Laps", ALIGN_RIGHT, 4, 0, 1, false, false},
	[COL_FROM] = {"From", ALIGN_LEFT, 7, 0, 3, false, false},
};

struct races {
	const struct season_board *s;
	const struct season_row *row;
	uint32_t race[256];
	int n;
};

static void gather(const struct season_board *s, struct races *r)
{
	uint32_t row = season_chosen(s);
	struct season_line l;

	*r = (struct races){.s = s};
	if (row == NO_ROW)
		return;
	r->row = &s->book->table.rows[row];
	for (uint32_t i = 0; i < s->book->table.nraces && r->n < 256; i++)
		if (season_line(&s->book->table, r->row, i, &l))
			r->race[r->n++] = i;
}

/* 0 is unknown. */
static void count_text(char out[TABLE_TEXT], int32_t v)
{
	snprintf(out, TABLE_TEXT, v > 0 ? "%d" : "-", v);
}

static void gained_cell(const struct season_line *l, struct table_cell *out)
{
	snprintf(out->text, sizeof(out->text), !l->has_gained ? "-" : l->gained ? "%+d" : "0", l->gained);
	if (l->has_gained && l->gained != 0)
		out->style = l->gained > 0 ? STYLE(GAIN) : STYLE(LOSS);
}

static void races_cell(const void *ctx, int at, int col, struct table_cell *out)
{
	static const char *const from[] = {"", "session", "json"};
	const struct races *r = ctx;
	struct season_line l;
	char t[NUM_LEN];

	if (!season_line(&r->s->book->table, r->row, r->race[at], &l))
		return;
	switch (col) {
	case COL_TRACK:
		snprintf(out->text, sizeof(out->text), "%s", l.track);
		break;
	case COL_RACE:
		snprintf(out->text, sizeof(out->text), "%d", l.race);
		break;
	case COL_GRID:
		count_text(out->text, l.grid);
		break;
	case COL_FINISH:
		count_text(out->text, l.finish);
		out->mark = l.retired ? 'R' : 0;
		break;
	case COL_GAINED:
		gained_cell(&l, out);
		break;
	case COL_BEST:
		snprintf(out->text, sizeof(out->text), "%s", time_str(t, l.best));
		out->mark = l.fastest ? '*' : 0;
		break;
	case COL_GAP:
		snprintf(out->text, sizeof(out->text), "%s",
			 l.finish == 1 ? "winner"
			 : *l.gap      ? l.gap
				       : diff_str(t, l.gap_time));
		break;
	case COL_QUALIFYING:
		snprintf(out->text, sizeof(out->text), "%s", time_str(t, l.qualifying));
		break;
	case COL_LAPS:
		count_text(out->text, l.laps);
		break;
	case COL_FROM:
		snprintf(out->text, sizeof(out->text), "%s", l.started ? from[l.from] : "no start");
		out->style = STYLE(DIM);
		break;
	default:
		break;
	}
}

static void races_title(const struct season_board *s, char left[80], char right[80])
{
	uint32_t row = season_chosen(s);
	char name[64];

	season_name(s, row, name);
	snprintf(left, 80, "Races of %.8s %.40s", row == NO_ROW ? "" : s->book->id[row], name);
	snprintf(right, 80, "by track; * race's best, R retired");
}

static int races_want(const struct season_board *s, int w)
{
	(void)w;
	/* The most any driver has, so that nothing moves when the cursor does. */
	return (int)s->book->table.nraces + 1;
}

static void races_draw(const struct season_board *s, struct surface body)
{
	struct races r;

	gather(s, &r);
	if (r.n == 0) {
		surface_text(body, 1, 0, STYLE(DIM), "no race of this driver in files or JSON");
		return;
	}
	struct table t = {.columns = columns,
			  .ncolumns = COLUMNS,
			  .rows = r.n,
			  .ctx = &r,
			  .cell = races_cell,
			  .head = true,
			  .focused = s->focus == SEASON_RACES && !s->linear,
			  .sort_column = -1};
	table_draw(&t, &s->rows[SEASON_RACES], body);
}

static int races_rows(const struct season_board *s)
{
	struct races r;

	gather(s, &r);
	return r.n;
}

static const char *official_file(const struct session *se)
{
	for (uint32_t i = 0; i < se->files.n; i++)
		if (se->files.at[i].state == FILE_USED &&
		    (se->files.at[i].role == ROLE_RESULTS || se->files.at[i].role == ROLE_RESULTS_PROVISIONAL))
			return se->files.at[i].path;
	return "no results file: places as driven";
}

/* One race: what was counted, where from. */
static bool races_why(const struct season_board *s, char title[80], struct buf *out)
{
	struct races r;
	struct season_line l;
	char t[NUM_LEN], u[NUM_LEN];
	int at = s->rows[SEASON_RACES].cursor;

	gather(s, &r);
	if (!r.row || at >= r.n || !season_line(&s->book->table, r.row, r.race[at], &l))
		return false;
	const struct season_cell *c = &r.row->cell[r.race[at]];
	snprintf(title, 80, "Why  %.40s race %d of %.12s", l.track, l.race, s->book->id[season_chosen(s)]);
	buf_fmt(out, "grid %d, finish %d, %d laps, best %s, qualifying %s\n", l.grid, l.finish, l.laps,
		time_str(t, l.best), time_str(u, l.qualifying));
	buf_str(out, "\ngain      grid minus finish: plus is places won; penalties are in the finish\n"
		     "best      the results' fastest lap, else the lap marked best, else the least\n"
		     "retired   under 75 % of the winner's laps: no file says who retired\n\n");
	if (c->car)
		buf_fmt(out, "from      session %s\n          %s\n", c->session->id, official_file(c->session));
	else
		buf_str(out, "from      driver_race_results.json: there is no session file of this race\n");
	buf_fmt(out, "\nSame figures: pitwall results %s\n", s->book->id[season_chosen(s)]);
	return true;
}

static bool races_export(const struct season_board *s, enum export_format format, struct buf *out, struct err *err)
{
	return season_report(s, report_results, season_chosen(s), format, out, err);
}

const struct season_pane season_races = {
	.name = "Races",
	.title = races_title,
	.want = races_want,
	.draw = races_draw,
	.why = races_why,
	.export_pane = races_export,
	.cursor_rows = races_rows,
};
