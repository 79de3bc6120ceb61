/* What stands in the tower's cells. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "core/analysis/class_cars.h"
#include "core/analysis/drive_time.h"
#include "core/analysis/lapped_gap.h"
#include "core/analysis/last_laps.h"
#include "core/analysis/rejoin.h"
#include "tui/screens/race_tower.h"

static int64_t last_lap(const struct view *v, uint16_t car)
{
	uint32_t n = car_seen(v->analysis, car);

	return n ? (int64_t)car_first(v->analysis, car) + n - 1 : -1;
}

/* Whole laps and what is over: "1 L +1.7", "3 L +108". */
static void lapped_words(const struct lapped_gap *g, char out[TABLE_TEXT])
{
	char t[NUM_LEN];

	if (g->time == MS_NONE)
		snprintf(out, TABLE_TEXT, g->laps ? "%u L" : "-", g->laps);
	else if (g->laps == 0)
		snprintf(out, TABLE_TEXT, "%s", diff_str(t, g->time));
	else
		snprintf(out, TABLE_TEXT, "%u L +%s", g->laps, dec_str(t, g->time / 1000.0, g->time < 10000 ? 1 : 0));
}

static void whole_laps(char out[TABLE_TEXT], unsigned laps)
{
	snprintf(out, TABLE_TEXT, "%u lap%s", laps, laps == 1 ? "" : "s");
}

void race_gap_words(const struct view *v, uint16_t car, uint16_t to, char out[TABLE_TEXT])
{
	struct lapped_gap g = lapped_gap_of(v->analysis, car, to);
	uint32_t own = car_seen(v->analysis, car), other = car_seen(v->analysis, to);

	if (!car_is_running(v->analysis, car) &&
	    other > own) { /* it does not come round any more: whole laps, and they grow */
		whole_laps(out, other - own);
		return;
	}
	lapped_words(&g, out);
}

/* To the first car, and to the one ahead, of those shown. In a result whole laps are all there is; while the race goes on, and in long
 * races, what is over is told too. */
static void gap_cell(const struct race *r, int row, bool interval, char out[TABLE_TEXT])
{
	const struct view *v = r->view;
	uint16_t car = r->cars[row];
	int at = shown_row(v, car);
	char t[NUM_LEN];

	if (row == 0 || at < 0 || car_seen(v->analysis, car) == 0) {
		snprintf(out, TABLE_TEXT, "-");
		return;
	}
	ms_t gap = interval ? v->order->interval[at] : v->order->gap[at];
	unsigned laps = interval ? v->order->interval_laps[at] : v->order->gap_laps[at];
	if (gap != MS_NONE && laps == 0)
		snprintf(out, TABLE_TEXT, "%s", interval ? time_str(t, gap) : diff_str(t, gap));
	else if (!view_is_timed(v) && (!race_is_over(r) || race_has_drivers(r)))
		race_gap_words(v, car, r->cars[interval ? row - 1 : 0], out);
	else if (laps && !view_is_timed(v))
		whole_laps(out, laps);
	else
		snprintf(out, TABLE_TEXT, "-");
}

static void to_you_cell(const struct view *v, uint16_t car, char out[TABLE_TEXT])
{
	int64_t theirs = last_lap(v, car), mine = v->paired ? last_lap(v, v->you) : -1;
	ms_t gap = MS_NONE;
	char t[NUM_LEN];

	if (theirs >= 0 && mine >= 0 && car != v->you) {
		gap = gap_at_loop(v->analysis, (uint32_t)theirs, SECTORS - 1, v->you);
		if (gap == MS_NONE) {
			gap = gap_at_loop(v->analysis, (uint32_t)mine, SECTORS - 1, car);
			gap = gap == MS_NONE ? MS_NONE : -gap;
		}
	}
	snprintf(out, TABLE_TEXT, "%s", diff_str(t, gap));
}

static void timed_cell(ms_t time, enum colour c, struct table_cell *out)
{
	char t[NUM_LEN];

	snprintf(out->text, sizeof(out->text), "%s", time_str(t, time));
	if (time == MS_NONE || (c != COLOUR_PURPLE && c != COLOUR_GREEN))
		return;
	out->style = c == COLOUR_PURPLE ? STYLE(SESSION_BEST) : STYLE(OWN_BEST);
	out->mark = c == COLOUR_PURPLE ? '*' : '+';
	out->whole = true;
}

static void last_cell(const struct view *v, uint16_t car, int sector, struct table_cell *out)
{
	const struct colours *c = &v->analysis->colours;
	const struct laps *l = &v->session->laps;
	int64_t i = last_lap(v, car);

	if (i < 0)
		snprintf(out->text, sizeof(out->text), "-");
	else if (sector < 0)
		timed_cell(l->time[i], (enum colour)c->lap[i], out);
	else
		timed_cell(l->sector[sector][i], (enum colour)c->sector[sector][i], out);
}

static void best_cell(const struct view *v, uint16_t car, struct table_cell *out)
{
	ms_t best = v->analysis->bests.car[car].best.time;
	bool of_session = best != MS_NONE && best == v->analysis->bests.session.best.time;

	timed_cell(best, of_session ? COLOUR_PURPLE : COLOUR_NONE, out);
}

static void versus_cell(const struct view *v, uint16_t car, bool last5, char out[TABLE_TEXT])
{
	const struct pace *you, *him = &v->analysis->paces.car[car].all;
	char t[NUM_LEN];
	ms_t diff = MS_NONE;

	if (v->paired && car != v->you) {
		you = &v->analysis->paces.car[v->you].all;
		if (last5)
			diff = last_laps_diff(v->analysis, car, v->you);
		else if (you->n && him->n)
			diff = him->median - you->median;
	}
	snprintf(out, TABLE_TEXT, "%s", diff_str(t, diff));
}

static void now_cell(const struct view *v, uint16_t car, char out[TABLE_TEXT])
{
	struct last_laps l = last_laps_of(v->analysis, car);
	char t[NUM_LEN];

	time_str(t, l.n ? (ms_t)(round_half_away(l.mean / 100) * 100) : MS_NONE);
	if (l.n)
		t[strlen(t) - 2] = '\0';
	snprintf(out, TABLE_TEXT, "%s", t);
}

static void hours_text(ms_t t, char out[TABLE_TEXT])
{
	int minutes = t / 60000;

	if (t == MS_NONE)
		snprintf(out, TABLE_TEXT, "-");
	else
		snprintf(out, TABLE_TEXT, "%d:%02d", minutes / 60, minutes % 60);
}

static void penalty_text(const struct view *v, uint16_t car, char out[TABLE_TEXT])
{
	ms_t p = car_penalty(v->session, &v->session->cars[car]);
	char t[NUM_LEN];

	snprintf(out, TABLE_TEXT, "%s", p != MS_NONE && p != 0 ? diff_str(t, p) : "");
}

static void car_cell(const struct view *v, uint16_t car, struct table_cell *out)
{
	snprintf(out->text, sizeof(out->text), "%s", v->session->cars[car].id);
	out->mark = v->paired && car == v->you   ? 'Y'
		    : v->paired && car == v->ref ? 'R'
		    : view_is_followed(v, car)   ? 'f'
						 : 0;
	out->mark_style = out->style;
}

/* Who is at the wheel now, not who was last. */
static void driver_cell(const struct view *v, uint16_t car, char out[TABLE_TEXT])
{
	char name[64];

	short_name(v->session, car, name);
	int64_t i = last_lap(v, car);
	uint16_t at = i < 0 ? NO_DRIVER : v->session->laps.driver[i];
	if (at != NO_DRIVER && at < v->session->ndrivers &&
	    strcmp(v->session->drivers[at].name, v->session->cars[car].driver) != 0) {
		const char *full = v->session->drivers[at].name, *p = strchr(full, ' ');
		snprintf(name, sizeof(name), "%.63s", p && p[1] ? p + 1 : full);
	}
	snprintf(out, TABLE_TEXT, "%s", name);
}

static void place_cell(const struct view *v, uint16_t car, bool in_class, char out[TABLE_TEXT])
{
	int row = shown_row(v, car);
	unsigned place = in_class ? class_place(v->analysis, car) : row >= 0 ? v->order->place[row] : 0;

	snprintf(out, TABLE_TEXT, place ? "%u" : "-", place);
}

void tower_cell(const struct race *r, int row, enum tower_column column, struct table_cell *out)
{
	const struct view *v = r->view;
	uint16_t car = r->cars[row];

	out->style = car_style(v, car);
	switch (column) {
	case COL_CLASS_PLACE:
		place_cell(v, car, true, out->text);
		break;
	case COL_PLACE:
		place_cell(v, car, false, out->text);
		break;
	case COL_CAR:
		car_cell(v, car, out);
		break;
	case COL_DRIVER:
		driver_cell(v, car, out->text);
		break;
	case COL_LAPS:
		snprintf(out->text, sizeof(out->text), "%u", car_seen(v->analysis, car));
		break;
	case COL_GAP:
	case COL_INT:
		gap_cell(r, row, column == COL_INT, out->text);
		break;
	case COL_TO_YOU:
		to_you_cell(v, car, out->text);
		break;
	case COL_BEST:
		best_cell(v, car, out);
		break;
	case COL_VYOU:
	case COL_LAST5:
		versus_cell(v, car, column == COL_LAST5, out->text);
		break;
	case COL_NOW:
		now_cell(v, car, out->text);
		break;
	case COL_LAST:
	case COL_S1:
	case COL_S2:
	case COL_S3:
		last_cell(v, car, column == COL_LAST ? -1 : (int)column - COL_S1, out);
		break;
	case COL_STINT:
		snprintf(out->text, sizeof(out->text), "%u", stint_laps_now(v->analysis, car));
		break;
	case COL_STOPS:
		snprintf(out->text, sizeof(out->text), "%u", stops_so_far(v->analysis, car));
		break;
	case COL_LANE:
		hours_text(lane_time(v->analysis, car), out->text);
		break;
	case COL_DRIVE:
		hours_text(drive_time_now(v->analysis, car), out->text);
		break;
	case COL_PENALTY:
		penalty_text(v, car, out->text);
		break;
	case TOWER_COLUMNS:
		break;
	}
}
