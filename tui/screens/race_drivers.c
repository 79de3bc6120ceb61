/* The drivers of YOUR car and of REF: how they stand against the class of the same minutes, how long each has driven. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "core/analysis/drive_time.h"
#include "tui/screens/race.h"

enum { COL_CAR, COL_DRIVER, COL_LAPS, COL_MEDIAN, COL_VCLASS, COL_SURE, COL_DRIVE, COL_NOW, COLUMNS };

static const struct table_column columns[COLUMNS] = {
	[COL_CAR] = {.title = "car", .align = ALIGN_RIGHT, .w = 4, .tight = true},
	[COL_DRIVER] = {.title = "driver", .align = ALIGN_LEFT, .w = 18, .max_w = 26},
	[COL_LAPS] = {.title = "laps", .align = ALIGN_RIGHT, .w = 4},
	[COL_MEDIAN] = {.title = "median", .align = ALIGN_RIGHT, .w = 8, .max_w = 10},
	[COL_VCLASS] = {.title = "v class", .align = ALIGN_RIGHT, .w = 7, .max_w = 8},
	[COL_SURE] = {.title = "95 %", .align = ALIGN_RIGHT, .w = 13, .max_w = 16, .drop = 2},
	[COL_DRIVE] = {.title = "drive", .align = ALIGN_RIGHT, .w = 6, .max_w = 8, .drop = 1},
	[COL_NOW] = {.title = "", .align = ALIGN_LEFT, .w = 12, .max_w = 14, .drop = 3},
};

struct who {
	uint16_t car;
	const struct driver_pace *row;
};

static struct who who_at(const struct race *r, int row)
{
	const struct view *v = r->view;

	for (int k = 0; k < 2; k++) {
		const struct driver_paces *p = &v->drivers[k];
		if (row < (int)p->n)
			return (struct who){k ? v->ref : v->you, &p->row[row]};
		row -= (int)p->n;
	}
	return (struct who){NO_CAR, NULL};
}

/* A table of one driver a car says what the tower says. */
static int drivers_rows(const struct race *r)
{
	const struct view *v = r->view;

	if (!v->paired || view_is_timed(v) || (v->drivers[0].n < 2 && v->drivers[1].n < 2))
		return 0;
	return (int)(v->drivers[0].n + v->drivers[1].n);
}

/* Estimates to hundredths. */
static char *hundredths(char out[NUM_LEN], ms_t t)
{
	char v[NUM_LEN];

	if (t == MS_NONE)
		snprintf(out, NUM_LEN, "-");
	else
		snprintf(out, NUM_LEN, "%s%s", t > 0 ? "+" : "", dec_str(v, t / 1000.0, 2));
	return out;
}

static ms_t drive_of(const struct view *v, const struct who *who)
{
	for (uint32_t i = 0; i < v->session->ndrivers; i++)
		if (v->session->drivers[i].car == who->car && strcmp(v->session->drivers[i].name, who->row->name) == 0)
			return drive_time(v->analysis, who->car, (uint16_t)i);
	return MS_NONE;
}

static void driver_cell(const void *ctx, int row, int col, struct table_cell *out)
{
	const struct race *r = ctx;
	struct who who = who_at(r, row);
	char a[NUM_LEN], b[NUM_LEN];
	ms_t drive;

	if (!who.row)
		return;
	out->style = car_style(r->view, who.car);
	switch (col) {
	case COL_CAR:
		snprintf(out->text, sizeof(out->text), "%s", r->view->session->cars[who.car].id);
		break;
	case COL_DRIVER:
		snprintf(out->text, sizeof(out->text), "%s", who.row->name);
		break;
	case COL_LAPS:
		snprintf(out->text, sizeof(out->text), "%u", who.row->clean);
		break;
	case COL_MEDIAN:
		snprintf(out->text, sizeof(out->text), "%s", time_str(a, who.row->median));
		break;
	case COL_VCLASS:
		snprintf(out->text, sizeof(out->text), "%s",
			 hundredths(a, who.row->n ? who.row->v_class.median : MS_NONE));
		break;
	case COL_SURE:
		if (who.row->v_class.lo_rank)
			snprintf(out->text, sizeof(out->text), "%s %s", hundredths(a, who.row->v_class.low),
				 hundredths(b, who.row->v_class.high));
		break;
	case COL_DRIVE:
		drive = drive_of(r->view, &who);
		if (drive != MS_NONE)
			snprintf(out->text, sizeof(out->text), "%d:%02d", drive / 3600000, drive / 60000 % 60);
		break;
	case COL_NOW:
		snprintf(out->text, sizeof(out->text), "%s", who.row->now ? "at the wheel" : "");
		break;
	default:
		break;
	}
}

static void drivers_title(const struct race *r, struct surface s, char left[80], char right[80])
{
	const struct session *ses = r->view->session;

	snprintf(left, 80, "Drivers, clean laps, %.10s and %.10s", ses->cars[r->view->you].id,
		 ses->cars[r->view->ref].id);
	if (surface_w(s) > 100)
		snprintf(right, 80, "v class: minus the class median of the same 20 minutes");
}

static int drivers_want(const struct race *r, int w)
{
	int rows = drivers_rows(r);

	(void)w;
	return rows ? rows + 1 : 0;
}

static void drivers_draw(const struct race *r, struct surface s)
{
	struct table t = {.columns = columns,
			  .ncolumns = COLUMNS,
			  .rows = drivers_rows(r),
			  .ctx = r,
			  .cell = driver_cell,
			  .head = true,
			  .focused = r->focus == RACE_DRIVERS && !r->linear,
			  .sort_column = -1};

	table_draw(&t, &r->rows[RACE_DRIVERS], s);
}

static bool drivers_why(const struct race *r, char title[80], struct buf *out)
{
	return race_why_rule(r, RACE_DRIVERS, title, out);
}

const struct race_pane race_drivers = {
	.name = "Drivers",
	.title = drivers_title,
	.want = drivers_want,
	.draw = drivers_draw,
	.why = drivers_why,
	.export_pane = race_export_stints,
	.cursor_rows = drivers_rows,
};
