/* Screen 5, Drivers: the season of each in one row: what it adds up to, the place in every race. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "tui/screens/season.h"

enum { RACES_MAX = 18, FIGURES = 12, PLACE_W = 3 };
enum column {
	COL_NUMBER,
	COL_NAME,
	COL_POINTS,
	COL_MEDIAN,
	COL_WINS,
	COL_PODIUMS,
	COL_GAINED,
	COL_FIT,
	COL_SPEED,
	COL_CONSISTENCY,
	COL_RACECRAFT,
	COL_TIRE,
	COL_RACE
};

static const struct table_column figures[FIGURES] = {
	[COL_NUMBER] = {"#", ALIGN_RIGHT, 4, 0, 0, true, false},
	[COL_NAME] = {"Driver", ALIGN_LEFT, 10, 18, 0, false, true},
	[COL_POINTS] = {"Pts", ALIGN_RIGHT, 4, 0, 0, false, false},
	[COL_MEDIAN] = {"Med", ALIGN_RIGHT, 4, 0, 1, false, false},
	[COL_WINS] = {"W", ALIGN_RIGHT, 2, 0, 50, false, false},
	[COL_PODIUMS] = {"P", ALIGN_RIGHT, 2, 0, 50, false, false},
	[COL_GAINED] = {"Gain", ALIGN_RIGHT, 5, 0, 40, false, false},
	[COL_FIT] = {"Fit", ALIGN_RIGHT, 3, 0, 60, false, false},
	[COL_SPEED] = {"Spd", ALIGN_RIGHT, 3, 0, 70, false, false},
	[COL_CONSISTENCY] = {"Con", ALIGN_RIGHT, 3, 0, 71, false, false},
	[COL_RACECRAFT] = {"Rac", ALIGN_RIGHT, 3, 0, 72, false, false},
	[COL_TIRE] = {"Tyr", ALIGN_RIGHT, 3, 0, 73, false, false},
};

struct columns_of {
	struct table_column at[FIGURES + RACES_MAX];
	int n;
};

/* Figures, then the races: the track's code over its first, the number over the others. */
static void columns(const struct season_board *s, struct columns_of *c)
{
	static const char *const digits[] = {"?", "1", "2", "3", "4", "5", "6", "7", "8", "9"};
	const struct season_table *t = &s->book->table;

	memcpy(c->at, figures, sizeof(figures));
	c->n = FIGURES;
	for (uint32_t i = 0; i < t->nraces && i < RACES_MAX; i++) {
		bool first = i == 0 || strcmp(t->races[i].track, t->races[i - 1].track) != 0;
		int number = t->races[i].number;
		c->at[c->n++] =
			(struct table_column){.title = first ? t->races[i].code : digits[number < 10 ? number : 0],
					      .align = ALIGN_RIGHT,
					      .w = PLACE_W,
					      .drop = 2 + (int)i}; /* the last ones go first */
	}
}

static void place_cell(const struct season_board *s, uint32_t row, int race, struct table_cell *out)
{
	const struct season_cell *c = &s->book->table.rows[row].cell[race];

	if (c->retired)
		snprintf(out->text, sizeof(out->text), "R");
	else if (c->place)
		snprintf(out->text, sizeof(out->text), "%u", c->place);
	else
		snprintf(out->text, sizeof(out->text), c->from ? "-" : ".");
	if (!c->place && !c->retired)
		out->style = STYLE(DIM);
	else if (c->place && c->place <= 3)
		out->style = style_with(STYLE(TEXT), ATTR_BOLD);
}

static void number_text(char out[TABLE_TEXT], double v, int decimals, bool plus)
{
	char t[NUM_LEN];

	dec_str(t, v, decimals);
	snprintf(out, TABLE_TEXT, "%s%s", plus && v > 0 && *t != '-' ? "+" : "", t);
}

/* A factor that no JSON has is in a dim letter: it was worked out here. */
static void skill_cell(const struct season_board *s, uint32_t row, double v, struct table_cell *out)
{
	number_text(out->text, v, 0, false);
	if (s->book->skill[row].computed || isnan(v))
		out->style = STYLE(DIM);
}

static void who_cell(const struct season_board *s, uint32_t row, int col, struct table_cell *out)
{
	out->style = row == s->you ? style_with(STYLE(YOU), ATTR_BOLD) : season_style(s, row);
	if (col == COL_NAME) {
		season_name(s, row, out->text);
		return;
	}
	snprintf(out->text, sizeof(out->text), "%s", s->book->id[row]);
	out->mark = row == s->you ? 'Y' : row == s->ref ? 'R' : 0;
	out->mark_style = out->style;
}

static void drivers_cell(const void *ctx, int at, int col, struct table_cell *out)
{
	const struct season_board *s = ctx;
	uint32_t row = s->order[at];
	const struct season_sum *sum = &s->book->sum[row];
	const struct skill *k = &s->book->skill[row];

	switch (col) {
	case COL_NUMBER:
	case COL_NAME:
		who_cell(s, row, col, out);
		break;
	case COL_POINTS:
		snprintf(out->text, sizeof(out->text), "%d", sum->points);
		break;
	case COL_MEDIAN:
		number_text(out->text, s->book->table.rows[row].median_finish, 1, false);
		break;
	case COL_WINS:
		snprintf(out->text, sizeof(out->text), "%u", sum->wins);
		break;
	case COL_PODIUMS:
		snprintf(out->text, sizeof(out->text), "%u", sum->podiums);
		break;
	case COL_GAINED:
		number_text(out->text, sum->avg_gained, 1, true);
		break;
	case COL_FIT:
		skill_cell(s, row, season_track(s) ? circuit_fit(season_track(s), k) : (double)NAN, out);
		break;
	case COL_SPEED:
	case COL_CONSISTENCY:
	case COL_RACECRAFT:
	case COL_TIRE:
		skill_cell(s, row, k->known ? k->percentile[col - COL_SPEED] : (double)NAN, out);
		break;
	default:
		place_cell(s, row, col - COL_RACE, out);
		break;
	}
}

static const int sorted_column[SEASON_SORTS] = {[SORT_NUMBER] = COL_NUMBER,       [SORT_NAME] = COL_NAME,
						[SORT_POINTS] = COL_POINTS,       [SORT_MEDIAN] = COL_MEDIAN,
						[SORT_WINS] = COL_WINS,           [SORT_PODIUMS] = COL_PODIUMS,
						[SORT_GAINED] = COL_GAINED,       [SORT_FIT] = COL_FIT,
						[SORT_SPEED] = COL_SPEED,         [SORT_CONSISTENCY] = COL_CONSISTENCY,
						[SORT_RACECRAFT] = COL_RACECRAFT, [SORT_TIRE] = COL_TIRE};

static struct table table_of(const struct season_board *s, const struct columns_of *c)
{
	return (struct table){.columns = c->at,
			      .ncolumns = c->n,
			      .rows = (int)s->n,
			      .ctx = s,
			      .cell = drivers_cell,
			      .head = true,
			      .focused = s->focus == SEASON_DRIVERS && !s->linear,
			      .sort_column = sorted_column[s->sort],
			      .sort_down = s->sort_down};
}

static void drivers_title(const struct season_board *s, char left[80], char right[80])
{
	static const char *const by[SEASON_SORTS] = {
		"by number",        "by name", "by points", "by median finish", "by wins",      "by podiums",
		"by places gained", "by fit",  "by speed",  "by consistency",   "by racecraft", "by tyres"};
	const struct season_track *t = season_track(s);

	snprintf(left, 80, "Drivers");
	if (s->sort == SORT_FIT && t)
		snprintf(right, 80, "by fit to %.40s", t->id);
	else
		snprintf(right, 80, "%s", by[s->sort]);
}

static int drivers_want(const struct season_board *s, int w)
{
	(void)w;
	return (int)s->n + 1;
}

static void drivers_draw(const struct season_board *s, struct surface body)
{
	struct columns_of c;

	columns(s, &c);
	struct table t = table_of(s, &c);
	table_draw(&t, &s->rows[SEASON_DRIVERS], body);
	if (t.focused || s->linear)
		return;
	/* Who the other panes are about shows without the focus too. */
	int y = 1 + s->rows[SEASON_DRIVERS].cursor - s->rows[SEASON_DRIVERS].top;
	surface_put(body, 0, y, STYLE(FOCUS), '>');
}

/* A title sorts by its column. */
static bool drivers_click(struct season_board *s, struct surface body, const struct mouse_event *ev)
{
	struct columns_of c;
	int col;

	columns(s, &c);
	struct table t = table_of(s, &c);
	if (ev->y != 0 || (col = table_column_at(&t, surface_w(body), ev->x)) < 0)
		return false;
	for (int i = 0; i < SEASON_SORTS; i++)
		if (sorted_column[i] == col) {
			s->sort = (enum season_sort)i;
			s->sort_down = i != SORT_NUMBER && i != SORT_NAME && i != SORT_MEDIAN;
			season_rows_make(s);
		}
	return true;
}

static int drivers_rows(const struct season_board *s)
{
	return (int)s->n;
}

/* The driver's season in full, as the command says it. */
static bool drivers_why(const struct season_board *s, char title[80], struct buf *out)
{
	static const char *const rules[] = {
		"Pts   25 18 15 12 10 8 6 4 2 1 by finish, as driver_season_stats.json scores",
		"Med   median of the finishes, retirements apart (R: under 75 % of the winner's laps)",
		"Gain  grid minus finish, mean of the races with both",
		"Fit   demands of the track under the cursor as weights times the factors",
		"Spd Con Rac Tyr  percentiles of driver_factors.json; dim: computed here",
		"Places come from session files first, then the season's JSON; no order in time is known."};
	uint32_t row = season_chosen(s);
	struct err err = {0};

	if (row == NO_ROW)
		return false;
	snprintf(title, 80, "Why  season of %.12s", s->book->id[row]);
	for (size_t i = 0; i < sizeof(rules) / sizeof(rules[0]); i++)
		buf_fmt(out, "%s\n", rules[i]);
	buf_char(out, '\n');
	return season_report(s, report_stats, row, EXPORT_TEXT, out, &err);
}

static bool drivers_export(const struct season_board *s, enum export_format format, struct buf *out, struct err *err)
{
	return season_report(s, report_drivers, season_chosen(s), format, out, err);
}

const struct season_pane season_drivers = {
	.name = "Drivers",
	.title = drivers_title,
	.want = drivers_want,
	.draw = drivers_draw,
	.click = drivers_click,
	.why = drivers_why,
	.export_pane = drivers_export,
	.cursor_rows = drivers_rows,
};
