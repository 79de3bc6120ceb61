/* Stints: each run between two stops with its pace and its trend, the cars that matter first. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "tui/screens/race.h"

enum { STINTS_MAX = 4096 };

enum {
	COL_CAR,
	COL_STINT,
	COL_DRIVER,
	COL_LAPS,
	COL_CLEAN,
	COL_MEDIAN,
	COL_SPREAD,
	COL_TREND,
	COL_FIELD,
	COL_SURE,
	COL_STOP,
	COLUMNS
};

static const struct table_column columns[COLUMNS] = {
	[COL_CAR] = {.title = "#", .align = ALIGN_RIGHT, .w = 5, .tight = true},
	[COL_STINT] = {.title = "stint", .align = ALIGN_RIGHT, .w = 5},
	[COL_DRIVER] = {.title = "driver", .align = ALIGN_LEFT, .w = 10, .max_w = 20, .drop = 6},
	[COL_LAPS] = {.title = "laps", .align = ALIGN_RIGHT, .w = 7},
	[COL_CLEAN] = {.title = "clean", .align = ALIGN_RIGHT, .w = 5, .drop = 2},
	[COL_MEDIAN] = {.title = "median", .align = ALIGN_RIGHT, .w = 8},
	[COL_SPREAD] = {.title = "MAD", .align = ALIGN_RIGHT, .w = 5, .drop = 4},
	[COL_TREND] = {.title = "s/lap", .align = ALIGN_RIGHT, .w = 12, .drop = 3},
	[COL_FIELD] = {.title = "v field", .align = ALIGN_RIGHT, .w = 12},
	[COL_SURE] = {.title = "95 %", .align = ALIGN_RIGHT, .w = 16, .drop = 5},
	[COL_STOP] = {.title = "stop", .align = ALIGN_RIGHT, .w = 8, .drop = 1},
};

/* The stints of the cars shown: of YOU, REF and the followed first, then of the others in order. */
struct list {
	const struct race *r;
	const struct stint *at[STINTS_MAX];
	int n;
};

/* Stints stand by car: the first of a car by halves. */
static void list_add(struct list *l, uint16_t car)
{
	const struct paces *p = &l->r->view->analysis->paces;
	uint32_t lo = 0, hi = p->nstints;

	while (lo < hi) {
		uint32_t mid = lo + (hi - lo) / 2;
		if (p->stints[mid].car < car)
			lo = mid + 1;
		else
			hi = mid;
	}
	for (; lo < p->nstints && p->stints[lo].car == car && l->n < STINTS_MAX; lo++)
		l->at[l->n++] = &p->stints[lo];
}

static bool among(const uint16_t *cars, int n, uint16_t car)
{
	for (int k = 0; k < n; k++)
		if (cars[k] == car)
			return true;
	return false;
}

static const struct list *list_of(const struct race *r)
{
	static struct list l; /* 32 KiB: too much for a stack; only one thread draws */
	uint16_t first[RACE_LINES];
	int n = race_lines(r, first, RACE_LINES);

	l.r = r;
	l.n = 0;
	for (int k = 0; k < n; k++)
		list_add(&l, first[k]);
	for (uint32_t i = 0; i < r->ncars; i++)
		if (!among(first, n, r->cars[i]))
			list_add(&l, r->cars[i]);
	return &l;
}

static int stints_rows(const struct race *r)
{
	return list_of(r)->n;
}

static const char *driver_of(const struct race *r, const struct stint *st, char out[64])
{
	const struct session *s = r->view->session;

	if (st->driver == NO_DRIVER || st->driver >= s->ndrivers) {
		short_name(s, st->car, out);
		return out;
	}
	const char *p = strchr(s->drivers[st->driver].name, ' ');
	return p && p[1] ? p + 1 : s->drivers[st->driver].name;
}

static void slope_text(double ms, char out[TABLE_TEXT])
{
	char t[NUM_LEN];

	if (isnan(ms))
		snprintf(out, TABLE_TEXT, "too few laps");
	else
		snprintf(out, TABLE_TEXT, "%s%s", ms > 0 ? "+" : "", dec_str(t, ms / 1000, 3));
}

static void sure_text(const struct slope *s, char out[TABLE_TEXT])
{
	char a[NUM_LEN], b[NUM_LEN];

	if (isnan(s->low))
		return;
	snprintf(out, TABLE_TEXT, "%s %s", dec_str(a, s->low / 1000, 3), dec_str(b, s->high / 1000, 3));
}

static void stint_cell(const void *ctx, int row, int col, struct table_cell *out)
{
	const struct list *l = ctx;
	const struct race *r = l->r;
	const struct stint *st = l->at[row];
	char t[NUM_LEN], name[64];

	out->style = car_style(r->view, st->car);
	switch (col) {
	case COL_CAR:
		snprintf(out->text, sizeof(out->text), "%s", r->view->session->cars[st->car].id);
		break;
	case COL_STINT:
		snprintf(out->text, sizeof(out->text), "%u", st->number);
		break;
	case COL_DRIVER:
		snprintf(out->text, sizeof(out->text), "%s", driver_of(r, st, name));
		break;
	case COL_LAPS:
		snprintf(out->text, sizeof(out->text), "%u-%u", st->first, st->last);
		break;
	case COL_CLEAN:
		snprintf(out->text, sizeof(out->text), "%u", st->pace.n);
		break;
	case COL_MEDIAN:
		snprintf(out->text, sizeof(out->text), "%s", time_str(t, st->pace.n ? st->pace.median : MS_NONE));
		break;
	case COL_SPREAD:
		snprintf(out->text, sizeof(out->text), "%s",
			 dec_str(t, st->pace.n > 1 ? st->pace.mad / 1000 : (double)NAN, 3));
		break;
	case COL_TREND:
		slope_text(st->trend.raw.ols, out->text);
		break;
	case COL_FIELD:
		slope_text(st->trend.field.ols, out->text);
		break;
	case COL_SURE:
		sure_text(&st->trend.field, out->text);
		break;
	case COL_STOP:
		snprintf(out->text, sizeof(out->text), "%s", time_str(t, st->pit_time));
		break;
	default:
		break;
	}
}

static void stints_title(const struct race *r, struct surface s, char left[80], char right[80])
{
	const struct paces *p = &r->view->analysis->paces;

	snprintf(left, 80, "Stints");
	if (surface_w(s) > 60)
		snprintf(right, 80, "s a lap, v field: fuel, track and weather drop out%s",
			 p->nstints && p->stints[0].trend.fuel_corrected ? "" : "; not fuel corrected");
}

static int stints_want(const struct race *r, int w)
{
	int rows = stints_rows(r);

	(void)w;
	return rows ? rows + 1 : 0;
}

static void stints_draw(const struct race *r, struct surface s)
{
	const struct list *l = list_of(r);
	struct table t = {.columns = columns,
			  .ncolumns = COLUMNS,
			  .rows = l->n,
			  .ctx = l,
			  .cell = stint_cell,
			  .head = true,
			  .focused = r->focus == RACE_STINTS && !r->linear,
			  .sort_column = -1};

	table_draw(&t, &r->rows[RACE_STINTS], s);
}

static bool stints_why(const struct race *r, char title[80], struct buf *out)
{
	return race_why_rule(r, RACE_STINTS, title, out);
}

const struct race_pane race_stints = {
	.name = "Stints",
	.title = stints_title,
	.want = stints_want,
	.draw = stints_draw,
	.why = stints_why,
	.export_pane = race_export_stints,
	.cursor_rows = stints_rows,
};
