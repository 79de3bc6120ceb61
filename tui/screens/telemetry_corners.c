/* Corners by time lost: one lap against another with what is usual beside it, or best five against best five. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "core/base/utf8.h"
#include "core/telemetry/habit.h"
#include "tui/screens/telemetry.h"

enum { FOOT_ROWS = 3, NAME_MOST = 17 };

static bool five_shown(const struct tel_screen *t)
{
	return t->five && t->tel->five.known;
}

/* Texts -------------------------------------------------------------------------------------------*/

static void put_signed(char *out, double v, int decimals)
{
	char d[NUM_LEN];

	snprintf(out, TABLE_TEXT, "%s%s", v > 0 ? "+" : "", dec_str(d, v, decimals));
}

static void put_range(char *out, const struct tel_range *r, int decimals, bool with_sign)
{
	char a[NUM_LEN], b[NUM_LEN];

	if (r->n == 0) {
		snprintf(out, TABLE_TEXT, "-");
		return;
	}
	dec_str(a, r->low, decimals);
	dec_str(b, r->high, decimals);
	if (with_sign)
		snprintf(out, TABLE_TEXT, "%s%s %s%s", r->low >= 0 ? "+" : "", a, r->high >= 0 ? "+" : "", b);
	else if (strcmp(a, b) == 0)
		snprintf(out, TABLE_TEXT, "%s", a);
	else
		snprintf(out, TABLE_TEXT, "%s-%s", a, b);
}

static double of_lap(const struct tel_corner_lap *c, enum tel_figure f)
{
	switch (f) {
	case FIG_MIN:
		return c->min;
	case FIG_BRAKE:
		return c->brake;
	case FIG_PEAK:
		return c->peak;
	case FIG_GAS:
		return c->gas;
	case FIG_ENTRY:
		return c->entry;
	case FIG_EXIT:
		return c->exit;
	case FIG_APEX:
		return c->apex;
	default:
		return c->time;
	}
}

/* "6 R" and where: the first two columns of both tables. */
static void corner_cell(const struct tel_screen *t, uint32_t corner, bool where, char *out)
{
	const struct tel_corner *c = &tels_set(t)->corner[corner];
	const char *turn = c->turn > 0 ? "L" : c->turn < 0 ? "R" : "-";

	if (where)
		snprintf(out, TABLE_TEXT, "%.0f m", c->apex);
	else if (*c->name)
		snprintf(out, TABLE_TEXT, "%.14s %s", c->name, turn);
	else
		snprintf(out, TABLE_TEXT, "%s %s", c->id + 1, turn);
}

/* One against one ---------------------------------------------------------------------------------*/

enum {
	ONE_ID,
	ONE_APEX,
	ONE_LOST,
	ONE_LOST_USUAL,
	ONE_MIN,
	ONE_MIN_USUAL,
	ONE_BRAKE,
	ONE_BRAKE_USUAL,
	ONE_PEAK,
	ONE_PEAK_USUAL,
	ONE_GAS,
	ONE_GAS_USUAL,
	ONE_WORD,
	ONE_COLUMNS
};

static const struct table_column one_columns[ONE_COLUMNS] = {
	[ONE_ID] = {"#", ALIGN_RIGHT, 4, .drop = 0},
	[ONE_APEX] = {"apex", ALIGN_RIGHT, 6, .drop = 2},
	[ONE_LOST] = {"time lost", ALIGN_RIGHT, 9, .drop = 0},
	[ONE_LOST_USUAL] = {"usual", ALIGN_RIGHT, 11, .drop = 3},
	[ONE_MIN] = {"km/h", ALIGN_RIGHT, 5, .drop = 0},
	[ONE_MIN_USUAL] = {"usual", ALIGN_RIGHT, 7, .drop = 4},
	[ONE_BRAKE] = {"brake", ALIGN_RIGHT, 6, .drop = 0},
	[ONE_BRAKE_USUAL] = {"usual", ALIGN_RIGHT, 9, .drop = 4},
	[ONE_PEAK] = {"bar", ALIGN_RIGHT, 4, .drop = 1},
	[ONE_PEAK_USUAL] = {"usual", ALIGN_RIGHT, 7, .drop = 6},
	[ONE_GAS] = {"gas at", ALIGN_RIGHT, 6, .drop = 1},
	[ONE_GAS_USUAL] = {"usual", ALIGN_RIGHT, 9, .drop = 5},
	[ONE_WORD] = {"outside usual", ALIGN_LEFT, 18, .drop = 1},
};

static const struct {
	enum tel_figure figure;
	bool usual;
	int decimals;
} one_figures[ONE_COLUMNS] = {
	[ONE_LOST_USUAL] = {FIG_LOST, true, 2},   [ONE_MIN] = {FIG_MIN, false, 0},
	[ONE_MIN_USUAL] = {FIG_MIN, true, 0},     [ONE_BRAKE] = {FIG_BRAKE, false, 0},
	[ONE_BRAKE_USUAL] = {FIG_BRAKE, true, 0}, [ONE_PEAK] = {FIG_PEAK, false, 0},
	[ONE_PEAK_USUAL] = {FIG_PEAK, true, 0},   [ONE_GAS] = {FIG_GAS, false, 0},
	[ONE_GAS_USUAL] = {FIG_GAS, true, 0},
};

static struct style lost_style(bool claim, double lost)
{
	if (!claim)
		return STYLE(TEXT);
	return lost > 0 ? STYLE(LOSS) : STYLE(GAIN);
}

/* "min brake bar", or in front of it what the loss is. */
static void outside_words(const struct tel_row *r, char *out)
{
	static const struct {
		enum tel_figure f;
		const char *word;
	} words[] = {{FIG_MIN, "min"}, {FIG_BRAKE, "brake"}, {FIG_PEAK, "bar"}, {FIG_GAS, "gas"}};
	int n = 0;

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (r->outside >> words[i].f & 1U)
			n += snprintf(out + n, TABLE_TEXT - (size_t)n, "%s%s", n ? " " : "", words[i].word);
	if (n == 0)
		snprintf(out, TABLE_TEXT, "%s", r->you.hole || r->ref.hole ? "hole" : "-");
}

static void one_cell(const void *ctx, int row, int column, struct table_cell *out)
{
	const struct tel_screen *t = ctx;
	const struct tel_row *r = &t->tel->table.row[row];
	enum tel_figure f = one_figures[column].figure;

	if (column == ONE_ID || column == ONE_APEX) {
		corner_cell(t, r->corner, column == ONE_APEX, out->text);
	} else if (column == ONE_LOST) {
		put_signed(out->text, r->lost, 3);
		out->style = lost_style(r->claim, r->lost);
	} else if (column == ONE_WORD) {
		outside_words(r, out->text);
		out->style = tel_row_habit(r) == HABIT_MISTAKE ? STYLE(LOSS) : STYLE(TEXT);
	} else if (one_figures[column].usual) {
		put_range(out->text, &r->usual[f], one_figures[column].decimals, f == FIG_LOST);
	} else {
		dec_str(out->text, of_lap(&r->you, f), one_figures[column].decimals);
		if (r->outside >> f & 1U)
			out->style = style_with(STYLE(YOU), ATTR_BOLD);
	}
}

/* Five against five -------------------------------------------------------------------------------*/

enum {
	FIVE_ID,
	FIVE_APEX,
	FIVE_LOST,
	FIVE_SLOWER,
	FIVE_MIN_YOU,
	FIVE_MIN_REF,
	FIVE_BRAKE_YOU,
	FIVE_BRAKE_REF,
	FIVE_PEAK_YOU,
	FIVE_PEAK_REF,
	FIVE_GAS_YOU,
	FIVE_GAS_REF,
	FIVE_WORD,
	FIVE_COLUMNS
};

static const struct table_column five_columns[FIVE_COLUMNS] = {
	[FIVE_ID] = {"#", ALIGN_RIGHT, 4, .drop = 0},
	[FIVE_APEX] = {"apex", ALIGN_RIGHT, 6, .drop = 2},
	[FIVE_LOST] = {"a lap", ALIGN_RIGHT, 7, .drop = 0},
	[FIVE_SLOWER] = {"slower", ALIGN_RIGHT, 6, .drop = 1},
	[FIVE_MIN_YOU] = {"km/h", ALIGN_RIGHT, 7, .drop = 0},
	[FIVE_MIN_REF] = {"ref", ALIGN_RIGHT, 7, .drop = 4},
	[FIVE_BRAKE_YOU] = {"brake", ALIGN_RIGHT, 9, .drop = 0},
	[FIVE_BRAKE_REF] = {"ref", ALIGN_RIGHT, 9, .drop = 4},
	[FIVE_PEAK_YOU] = {"bar", ALIGN_RIGHT, 7, .drop = 1},
	[FIVE_PEAK_REF] = {"ref", ALIGN_RIGHT, 7, .drop = 6},
	[FIVE_GAS_YOU] = {"gas at", ALIGN_RIGHT, 9, .drop = 1},
	[FIVE_GAS_REF] = {"ref", ALIGN_RIGHT, 9, .drop = 5},
	[FIVE_WORD] = {"clear", ALIGN_LEFT, 14, .drop = 1},
};

static const struct {
	enum tel_figure figure;
	bool ref;
} five_figures[FIVE_COLUMNS] = {
	[FIVE_MIN_YOU] = {FIG_MIN, false},     [FIVE_MIN_REF] = {FIG_MIN, true},
	[FIVE_BRAKE_YOU] = {FIG_BRAKE, false}, [FIVE_BRAKE_REF] = {FIG_BRAKE, true},
	[FIVE_PEAK_YOU] = {FIG_PEAK, false},   [FIVE_PEAK_REF] = {FIG_PEAK, true},
	[FIVE_GAS_YOU] = {FIG_GAS, false},     [FIVE_GAS_REF] = {FIG_GAS, true},
};

/* What is told of the corner: figures over their floor on all laps but one. */
static void told_words(const struct tel_five_row *r, char *out)
{
	static const struct {
		enum tel_figure f;
		const char *word;
	} words[] = {{FIG_MIN, "min"}, {FIG_BRAKE, "brake"}, {FIG_PEAK, "bar"}, {FIG_GAS, "gas"}};
	int n = 0;

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (r->fig[words[i].f].told)
			n += snprintf(out + n, TABLE_TEXT - (size_t)n, "%s%s", n ? " " : "", words[i].word);
	if (n == 0)
		snprintf(out, TABLE_TEXT, "-");
}

static void five_cell(const void *ctx, int row, int column, struct table_cell *out)
{
	const struct tel_screen *t = ctx;
	const struct tel_five *f = &t->tel->five;
	const struct tel_five_row *r = &f->row[row];
	const struct tel_two *two = &r->fig[five_figures[column].figure];

	if (column == FIVE_ID || column == FIVE_APEX) {
		corner_cell(t, r->corner, column == FIVE_APEX, out->text);
	} else if (column == FIVE_LOST) {
		put_signed(out->text, r->lost, 3);
		out->style = lost_style(r->claim, r->lost);
	} else if (column == FIVE_SLOWER) {
		snprintf(out->text, TABLE_TEXT, "%u of %u", r->slower, f->you.n);
	} else if (column == FIVE_WORD) {
		told_words(r, out->text);
	} else {
		put_range(out->text, five_figures[column].ref ? &two->ref : &two->you, 0, false);
		out->style = five_figures[column].ref ? STYLE(DIM)
			     : two->told              ? style_with(STYLE(YOU), ATTR_BOLD)
						      : STYLE(TEXT);
	}
}

/* The pane ----------------------------------------------------------------------------------------*/

/* Columns between the longest name and what corners without one need. */
static int name_width(const struct tel_screen *t)
{
	int w = one_columns[ONE_ID].w;

	for (uint32_t i = 0; i < tels_set(t)->ncorners; i++) {
		int n = utf8_columns(str_from(tels_set(t)->corner[i].name)) + 2;
		w = n > w ? n : w;
	}
	return w > NAME_MOST ? NAME_MOST : w;
}

static struct table table_of(const struct tel_screen *t)
{
	static struct table_column named[2][TABLE_COLUMNS]; /* the same with room for the names of corners */
	bool five = five_shown(t);

	memcpy(named[0], one_columns, sizeof(one_columns));
	memcpy(named[1], five_columns, sizeof(five_columns));
	named[0][ONE_ID].w = named[1][FIVE_ID].w = name_width(t);
	return (struct table){.columns = named[five],
			      .ncolumns = five ? (int)FIVE_COLUMNS : (int)ONE_COLUMNS,
			      .rows = five                ? (int)t->tel->five.n
				      : t->tel->table.row ? (int)t->tel->table.n
							  : 0,
			      .ctx = t,
			      .cell = five ? five_cell : one_cell,
			      .head = true,
			      .focused = t->focus == TELP_CORNERS,
			      .sort_column = -1};
}

static int laps_words(char *out, size_t cap, const uint16_t *lap, unsigned n)
{
	int at = 0;

	for (unsigned i = 0; i < n && at < (int)cap - 8; i++)
		at += snprintf(out + at, cap - (size_t)at, " %u", lap[i]);
	if (n == 0)
		at = snprintf(out, cap, " none");
	return at;
}

static void corners_title(const struct tel_screen *t, char left[80], char right[120])
{
	const struct tel_five *f = &t->tel->five;
	char laps[100];

	if (five_shown(t)) {
		char ref[50];
		snprintf(left, 80,
			 f->you.car == f->ref.car ? "Corners, its slowest %u against its best %u"
						  : "Corners, best %u against best %u",
			 f->you.n, f->ref.n);
		laps_words(laps, sizeof(laps) / 2, f->you.lap, f->you.n);
		laps_words(ref, sizeof(ref), f->ref.lap, f->ref.n);
		snprintf(right, 120, "you%.45s  ref%.45s", laps, ref);
		return;
	}
	snprintf(left, 80, "Corners by time lost");
	laps_words(laps, sizeof(laps), t->tel->table.usual, t->tel->table.nusual);
	snprintf(right, 120, "usual = laps%s", laps);
}

static int corners_want(const struct tel_screen *t, int w)
{
	(void)w;
	if (!tels_ready(t) || tels_set(t)->ncorners == 0 || !t->tel->table.row)
		return 0;
	return 1 + tels_corner_rows(t) + FOOT_ROWS;
}

/* "4 and 6 are 0.48 of 0.72 s": the corners that may be claimed, the greatest first. */
static void most_words(const struct tel_screen *t, char *out, size_t cap)
{
	const struct tel_table *k = &t->tel->table;
	double lost = 0, all = (double)k->delta.end / 1000;
	char a[NUM_LEN], b[NUM_LEN];
	int n = 0;

	*out = '\0';
	for (uint32_t i = 0; i < k->n && n < (int)cap - 24; i++) {
		if (!k->row[i].claim || !(k->row[i].lost > 0))
			continue;
		n += snprintf(out + n, cap - (size_t)n, "%s%s", n ? ", " : "",
			      tels_set(t)->corner[k->row[i].corner].id);
		lost += k->row[i].lost;
	}
	if (n && all > 0)
		snprintf(out + n, cap - (size_t)n, " %s %s of %s s", strchr(out, ',') ? "are" : "is",
			 dec_str(a, lost, 2), dec_str(b, all, 2));
	else if (n)
		snprintf(out + n, cap - (size_t)n, " %s %s s", strchr(out, ',') ? "lose" : "loses",
			 dec_str(a, lost, 2));
	else
		snprintf(out, cap, "no corner loses over %s s, twice the loops' check", dec_str(a, k->delta.floor, 3));
}

static void sum_line(const struct tel_screen *t, struct surface s, int y)
{
	const struct tel_table *k = &t->tel->table;
	char sum[TABLE_TEXT], most[160], d[NUM_LEN];

	put_signed(sum, k->sum, 3);
	most_words(t, most, sizeof(most));
	surface_fmt(s, 2, y, STYLE(TEXT), "sum %s %s  %s", sum,
		    k->complete ? "= official" : "of the corners known; official is", "");
	int x = 2 + (int)strlen("sum ") + (int)strlen(sum) + 1 +
		(int)strlen(k->complete ? "= official" : "of the corners known; official is");
	if (!k->complete)
		x += surface_fmt(s, x + 1, y, STYLE(TEXT), "%s", diff_str(d, k->delta.end)) + 1;
	surface_fmt(s, x, y, STYLE(TEXT), ".  %s", most);
}

/* What the other laps say about it. */
static void habit_line(const struct tel_screen *t, struct surface s, int y)
{
	const struct tel_table *k = &t->tel->table;
	struct tel_habits h = tel_table_habits(k);
	char a[NUM_LEN], b[NUM_LEN];

	if (k->nusual < TEL_LEAST)
		surface_fmt(s, 2, y, STYLE(TEXT),
			    "%u other usable laps of yours: too few to tell a mistake from a habit.", k->nusual);
	else if (h.mistakes && !h.usual)
		surface_fmt(s, 2, y, STYLE(TEXT), "One lap against %u: a mistake, not a habit: no coaching note.",
			    k->nusual);
	else if (h.usual && !h.mistakes)
		surface_fmt(s, 2, y, STYLE(TEXT), "%s s of it on all %u other laps too: a habit; b: best five.",
			    dec_str(a, h.habit, 2), k->nusual);
	else if (h.usual)
		surface_fmt(s, 2, y, STYLE(TEXT),
			    "%s s on this lap alone (a mistake), %s s on all %u other laps (a habit).",
			    dec_str(a, h.mistake, 2), dec_str(b, h.habit, 2), k->nusual);
	else
		surface_fmt(s, 2, y, STYLE(TEXT), "Nothing here is clearly a mistake or a habit against %u other laps.",
			    k->nusual);
}

static void hole_line(const struct tel_screen *t, struct surface s, int y)
{
	int x = 2;

	for (int k = 0; k < TEL_SLOTS; k++) {
		const struct tel_lap *l = tels_lap(t, (enum tel_slot)k);
		if (!l || isnan(l->hole_from))
			continue;
		x += surface_fmt(s, x, y, STYLE(DIM), "%s lap %u %.0f-%.0f m",
				 x > 2 ? "," : "No samples from the car, none drawn:", l->number, l->hole_from,
				 l->hole_to);
	}
}

static void five_foot(const struct tel_screen *t, struct surface s, int y)
{
	const struct tel_five *f = &t->tel->five;
	char a[NUM_LEN];

	surface_fmt(s, 2, y, STYLE(TEXT), "Coloured over %s s, twice the loops' check, on all laps but one.%s",
		    dec_str(a, f->floor, 3), f->enough ? "" : "  Under five laps a side: seen in those, no more.");
}

static void corners_draw(const struct tel_screen *t, struct surface s)
{
	struct table table = table_of(t);
	int h = surface_h(s), foot = h - 1 - table.rows;

	foot = foot > FOOT_ROWS ? FOOT_ROWS : foot > 0 ? foot : h > 5 ? 1 : 0;
	table_draw(&table, &t->rows[TELP_CORNERS], surface_sub(s, (struct rect){0, 0, surface_w(s), h - foot}));
	int y = foot == FOOT_ROWS && h > 1 + table.rows + foot ? 1 + table.rows : h - foot;
	if (foot > 0 && five_shown(t))
		five_foot(t, s, y);
	else if (foot > 0)
		sum_line(t, s, y);
	if (foot > 1 && !five_shown(t))
		habit_line(t, s, y + 1);
	if (foot > 2)
		hole_line(t, s, y + 2);
}

int tels_corner_row_at(const struct tel_screen *t, struct surface size, int y)
{
	struct table table = table_of(t);

	return table_row_at(&table, &t->rows[TELP_CORNERS], size, y);
}

const struct tel_pane telp_corners = {"Corners", corners_title, corners_want, corners_draw, tels_why_corners, false};
