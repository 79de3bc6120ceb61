/* Around you: what the field's table shows while a race is on. */
#include <stdio.h>
#include <string.h>

#include "core/analysis/now.h"
#include "tui/screens/dash.h"

static const ms_t MINUTE = 60000;

void live_time(char out[NUM_LEN], ms_t t, ms_t like)
{
	size_t n;

	if (t == MS_NONE || like == MS_NONE) {
		time_str(out, t);
		return;
	}
	if (t / MINUTE == like / MINUTE) {
		snprintf(out, NUM_LEN, "%d.%03d", (int)(t % MINUTE / 1000), (int)(t % 1000));
		return;
	}
	time_str(out, t);
	n = strlen(out);
	if (n > 2)
		out[n - 2] = '\0';
}

void live_gap_cell(const struct view *v, uint16_t car, struct table_cell *out)
{
	char t[NUM_LEN];
	int32_t laps;

	if (car == v->you || car_seen(v->analysis, car) == 0)
		return;
	ms_t gap = gap_to_you(v->analysis, v->you, car, &laps);
	if (laps)
		snprintf(out->text, sizeof(out->text), "%+d lap%s", (int)laps, laps == 1 || laps == -1 ? "" : "s");
	else
		snprintf(out->text, sizeof(out->text), "%s", diff_str(t, gap));
}

/* The lap's minute is told where another is meant, or where there is room. */
void live_last_cell(const struct view *v, uint16_t car, bool full, struct table_cell *out)
{
	uint32_t seen = car_seen(v->analysis, car), last = car_first(v->analysis, car) + seen - 1;
	char t[NUM_LEN];

	if (seen == 0)
		return;
	if (full)
		time_str(t, v->session->laps.time[last]);
	else
		live_time(t, v->session->laps.time[last], v->analysis->bests.session.best.time);
	snprintf(out->text, sizeof(out->text), "%s", t);
	if (v->analysis->classes.lap[last].in)
		out->style = STYLE(DIM);
}

/* '~': the interval of the last five laps holds zero, so nothing is claimed. */
void live_pace_cell(const struct view *v, uint16_t car, struct table_cell *out)
{
	struct pace_now p;
	char t[NUM_LEN];

	if (car == v->you)
		return;
	pace_now_of(v->analysis, v->you, car, &p);
	if (p.n == 0) {
		snprintf(out->text, sizeof(out->text), "-");
		return;
	}
	snprintf(out->text, sizeof(out->text), "%s%s", p.diff > 0 ? "+" : "", dec_str(t, p.diff / 1000, 2));
	if (!p.clear) {
		out->mark = '~';
		out->mark_style = STYLE(DIM);
	}
}
