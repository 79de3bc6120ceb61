/* The bar (what, when, state, data) and YOUR line, the same on every screen. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/analysis/now.h"
#include "core/analysis/to_go.h"
#include "tui/data.h"
#include "tui/data_net.h"
#include "tui/screens/common.h"

enum { ROOM_FOR_BOTH = 100 }; /* columns from which the car behind is named too, and of what the figures are */

/* Words set one after another with two blanks between; a word that does not fit whole is left out, with all after it. */
struct line {
	struct surface s;
	int x, y, end;
	bool full;
	struct style st;
};

static void add(struct line *l, struct style st, const char *text)
{
	int w;

	if (l->full || !*text)
		return;
	/* Measured by drawing outside: nothing is painted there. */
	w = surface_text(l->s, 0, -1, st, text);
	if (l->x + w > l->end) {
		l->full = true;
		return;
	}
	surface_text(l->s, l->x, l->y, st, text);
	l->x += w + 2;
}

static uint32_t leader_laps(const struct view *v)
{
	return v->session->ncars ? v->analysis->order.table[0].laps : 0;
}

static ms_t leader_total(const struct view *v)
{
	return v->session->ncars ? v->analysis->order.table[0].total : MS_NONE;
}

/* Green laps of the leader out of all: how much of the race was raced. */
static void green_words(const struct view *v, char out[64])
{
	uint32_t lead = v->order->car[0], first = car_first(v->analysis, lead), n = car_seen(v->analysis, lead),
		 green = 0;

	for (uint32_t i = first; i < first + n; i++)
		green += !v->analysis->classes.lap[i].caution_end;
	if (v->analysis->classes.field_slow_used)
		snprintf(out, 64, v->analysis->classes.nslow ? "no flags, FIELD SLOW %u times" : "no flags",
			 v->analysis->classes.nslow);
	else
		snprintf(out, 64, "green %u/%u", green, n);
}

static bool finished(const struct session *s)
{
	return s->flag_count[FLAG_FINISH] > 0;
}

/* "REPLAY 27:39 x4": what is shown is of that moment. "LIVE": of now. */
static void clock_words(const struct view *v, struct line *l)
{
	char w[64], t[NUM_LEN], speed[NUM_LEN];

	if (!v->clock.on) {
		add(l, style_with(l->st, ATTR_BOLD), "LIVE");
		return;
	}
	time_str(t, v->clock.at - v->clock.at % 1000);
	t[strcspn(t, ".")] = '\0';
	snprintf(w, sizeof(w), "REPLAY %s %s%s", t, v->clock.playing ? "x" : "paused",
		 v->clock.playing ? dec_str(speed, v->clock.speed, v->clock.speed < 1 ? 2 : 0) : "");
	add(l, style_with(l->st, ATTR_BOLD), w);
}

/* "17:20 left  11 laps to go  lap 17 of 28", or "lap 17" where the length is not known. */
static void to_go_words(const struct view *v, struct line *l)
{
	struct to_go go = to_go_of(v->analysis, v->length);
	char w[64], t[NUM_LEN];

	if (!go.known) {
		snprintf(w, sizeof(w), "lap %u", leader_laps(v));
		add(l, l->st, w);
		return;
	}
	time_str(t, go.left - go.left % 1000);
	t[strcspn(t, ".")] = '\0';
	snprintf(w, sizeof(w), "%s left", t);
	add(l, l->st, w);
	snprintf(w, sizeof(w), "%d lap%s to go", go.laps, go.laps == 1 ? "" : "s");
	add(l, l->st, w);
	snprintf(w, sizeof(w), "lap %u of %u", leader_laps(v), leader_laps(v) + (unsigned)go.laps);
	add(l, l->st, w);
}

/* What holds at the moment shown: the flag of the last crossing of any car, or the field's own pace. */
static void state_words(const struct view *v, struct line *l)
{
	const struct classes *c = &v->analysis->classes;
	const struct order *o = &v->analysis->order;
	char w[64], t[NUM_LEN];

	if (o->ncrossing == 0)
		return;
	uint32_t last = o->crossing[o->ncrossing - 1];
	if (!c->lap[last].caution_end) {
		add(l, style_of(v->session->has_flags ? ROLE_FLAG_GREEN : ROLE_BAR),
		    v->session->has_flags ? "GREEN" : "no flags");
		return;
	}
	if (c->field_slow_used && c->nslow)
		snprintf(w, sizeof(w), "FIELD SLOW x%s", dec_str(t, c->slow[c->nslow - 1].factor, 2));
	else
		snprintf(w, sizeof(w), "CAUTION %s", flag_name((enum flag)v->session->laps.flag[last]));
	add(l, STYLE(ALARM), w);
}

/* At the right end: how long ago the last new lap came. Seconds for two minutes, then whole minutes. */
static void age_words(const struct view *v, struct line *l)
{
	int64_t s = data_age(v->owner) / 1000;
	char w[40];
	int n;

	if (!v->live || data_age(v->owner) < 0)
		return;
	if (s < 120)
		n = snprintf(w, sizeof(w), "data %d s", (int)s);
	else
		n = snprintf(w, sizeof(w), "data %d min", (int)(s / 60));
	if (l->end - n <= l->x)
		return;
	surface_text(l->s, l->end - n, l->y, l->st, w);
	l->end -= n + 2;
}

/* Is a moment shown of which nothing later is known? */
static bool is_now(const struct view *v)
{
	return v->clock.on || v->live;
}

/* Cars of the class that is chosen; of the session without one. */
static uint32_t cars_shown(const struct view *v)
{
	uint32_t n = 0;

	for (uint32_t i = 0; i < v->session->ncars; i++)
		n += !v->class_name || strcmp(v->session->cars[i].class_name, v->class_name) == 0;
	return n;
}

static void class_words(const struct view *v, struct line *l)
{
	char w[64];

	if (!v->class_name)
		return;
	snprintf(w, sizeof(w), "class %.20s %u of %u", v->class_name, cars_shown(v), v->session->ncars);
	add(l, l->st, w);
}

static void race_words(const struct view *v, struct line *l)
{
	char w[64], t[NUM_LEN];

	if (is_now(v)) {
		clock_words(v, l);
		to_go_words(v, l);
		class_words(v, l);
		state_words(v, l);
		return;
	}
	add(l, l->st, finished(v->session) ? "FINISHED" : v->session->has_flags ? "no chequered flag" : "");
	class_words(v, l);
	snprintf(w, sizeof(w), "%u laps %s", leader_laps(v), time_str(t, leader_total(v)));
	add(l, l->st, w);
	green_words(v, w);
	add(l, l->st, w);
}

/* Trouble with the server stands early, that all is well last, and nothing at all where it is off. */
static void server_words(const struct view *v, struct line *l, bool well)
{
	enum sf_health_state state = data_net_health(v->owner)->state;
	char w[40];

	if (state == SF_HEALTH_DISABLED || (state == SF_HEALTH_UNAVAILABLE || state == SF_HEALTH_ERROR) == well)
		return;
	snprintf(w, sizeof(w), "Snowflake %s", sf_health_word(state));
	add(l, well ? l->st : STYLE(ALARM), w);
}

static void bar(const struct view *v, struct line *l)
{
	const struct session *s = v->session;
	char w[64];

	add(l, style_with(l->st, ATTR_BOLD), s->title);
	if (v->dataset->demo)
		add(l, l->st, "DEMO");
	age_words(v, l);
	server_words(v, l, false);
	snprintf(w, sizeof(w), "%s%s", s->event, s->kind_guessed ? " (kind guessed)" : "");
	if (!is_now(v) || view_is_timed(v))
		add(l, l->st, w);
	if (view_is_timed(v)) {
		if (is_now(v))
			clock_words(v, l);
		add(l, l->st, "order: best lap");
	} else {
		race_words(v, l);
		if (is_now(v) && l->end < ROOM_FOR_BOTH)
			return;
	}
	snprintf(w, sizeof(w), "%u cars", s->ncars);
	add(l, l->st, w);
	if (!isnan(s->weather.air_c)) {
		snprintf(w, sizeof(w), "air %.1f C", s->weather.air_c);
		add(l, l->st, w);
	}
	if (s->nnot_started) {
		snprintf(w, sizeof(w), "%u not started", s->nnot_started);
		add(l, l->st, w);
	}
	if (is_now(v)) /* how many laps the file holds is not known yet */
		snprintf(w, sizeof(w), "%llu refused", (unsigned long long)s->refused.total);
	else
		snprintf(w, sizeof(w), "%u laps, %llu refused", s->laps.n, (unsigned long long)s->refused.total);
	add(l, s->refused.total ? STYLE(ALARM) : l->st, w);
	if (s->warnings.total) {
		snprintf(w, sizeof(w), "%llu warning%s", (unsigned long long)s->warnings.total,
			 s->warnings.total == 1 ? "" : "s");
		add(l, l->st, w);
	}
	server_words(v, l, true);
}

static void add_three(struct line *l, const char *word, const char *a, const char *b)
{
	char w[96];

	snprintf(w, sizeof(w), "%s %s %s", word, a, b);
	add(l, STYLE(TEXT), w);
}

/* "ahead 0.413 13  behind 12.513 2  last 1:37.555 L17" */
static void now_words(const struct view *v, int row, struct line *l)
{
	uint32_t seen = car_seen(v->analysis, v->you), last = car_first(v->analysis, v->you) + seen - 1;
	char t[NUM_LEN], lap[16];

	for (int by = -1; by <= 1 && row >= 0; by += 2) {
		int at = row + by;
		int32_t laps;
		if (at < 0 || at >= (int)v->session->ncars || car_seen(v->analysis, v->order->car[at]) == 0)
			continue;
		ms_t gap = gap_to_you(v->analysis, v->you, v->order->car[at], &laps);
		if (laps)
			snprintf(t, sizeof(t), "%d lap%s", abs((int)laps), laps == by ? "" : "s");
		else
			time_str(t, gap == MS_NONE ? gap : gap * by);
		add_three(l, by < 0 ? "ahead" : "behind", t, v->session->cars[v->order->car[at]].id);
	}
	if (seen == 0)
		return;
	snprintf(lap, sizeof(lap), "L%u", v->session->laps.number[last]);
	add_three(l, "last", time_str(t, v->session->laps.time[last]), lap);
}

/* "+0.234 to 13  16.072 ahead of 2" */
static void neighbours(const struct view *v, int row, struct line *l)
{
	const struct shown_order *o = v->order;
	char w[64], t[NUM_LEN];

	if (row > 0 && o->interval[row] != MS_NONE) {
		snprintf(w, sizeof(w), "%s to %s", diff_str(t, o->interval[row]), v->session->cars[o->car[row - 1]].id);
		add(l, STYLE(TEXT), w);
	}
	if (l->end >= ROOM_FOR_BOTH && row + 1 < (int)v->session->ncars && o->interval[row + 1] != MS_NONE) {
		snprintf(w, sizeof(w), "%s ahead of %s", time_str(t, o->interval[row + 1]),
			 v->session->cars[o->car[row + 1]].id);
		add(l, STYLE(TEXT), w);
	}
}

static void best_words(const struct view *v, struct line *l)
{
	const struct lap_ref *b = &v->analysis->bests.car[v->you].best;
	const struct session_best *sb = &v->analysis->bests.session;
	char w[64], t[NUM_LEN];

	if (b->time == MS_NONE)
		return;
	int n = snprintf(w, sizeof(w), "best %s%s", time_str(t, b->time), sb->best.time == b->time ? "*" : "");
	if (l->end >= ROOM_FOR_BOTH)
		snprintf(w + n, sizeof(w) - (size_t)n, " L%u", b->lap);
	add(l, STYLE(TEXT), w);
}

static void pace_words(const struct view *v, struct line *l)
{
	const struct pace *p = &v->analysis->paces.car[v->you].all;
	unsigned rank = v->analysis->paces.rank[v->you];
	static const char *const nth[] = {"th", "st", "nd", "rd"};
	char w[64], t[NUM_LEN];

	if (p->n == 0 || rank == 0) /* none without clean laps, none outside the class shown */
		return;
	unsigned ones = rank % 10, teens = rank % 100 / 10 == 1;
	int n = snprintf(w, sizeof(w), "pace %s %u%s", time_str(t, p->median), rank,
			 nth[ones < 4 && !teens ? ones : 0]);
	if (l->end >= ROOM_FOR_BOTH)
		snprintf(w + n, sizeof(w) - (size_t)n, " of %u", cars_shown(v));
	add(l, STYLE(TEXT), w);
	snprintf(w, sizeof(w), "%u/%u", p->n, car_seen(v->analysis, v->you));
	add(l, STYLE(DIM), w);
}

/* Why there is no line about YOU. */
static const char *unpaired_words(const struct view *v)
{
	for (uint32_t car = 0; car < v->session->ncars; car++)
		if (car_seen(v->analysis, car) > 0)
			return "one car only: nothing to compare";
	return "no car has crossed the line yet";
}

/* "P2 grid 3"; while a race is on the grid matters only until the first crossing. */
static void place_words(const struct view *v, int row, bool now, char out[96])
{
	unsigned place = v->order->place[row];
	int32_t grid = view_is_timed(v) ? 0 : v->session->cars[v->you].grid;

	if (place && grid && !now)
		snprintf(out, 96, "P%u grid %d", place, grid);
	else if (place)
		snprintf(out, 96, "P%u", place);
	else if (grid)
		snprintf(out, 96, "grid %d", grid);
	else
		out[0] = '\0';
}

static void your_line(const struct view *v, struct line *l)
{
	const struct car *c = &v->session->cars[v->you];
	char w[96], name[64];
	int row = shown_row(v, v->you);

	short_name(v->session, v->you, name);
	snprintf(w, sizeof(w), "YOU %s %s", c->id, name);
	add(l, style_with(STYLE(YOU), ATTR_BOLD), w);
	if (row >= 0) {
		bool now = is_now(v) && !view_is_timed(v);
		place_words(v, row, now, w);
		add(l, STYLE(TEXT), w);
		if (now)
			now_words(v, row, l);
		else
			neighbours(v, row, l);
	}
	ms_t penalty = v->order->official ? car_penalty(v->session, c) : 0;
	if (penalty != 0 && penalty != MS_NONE) {
		char t[NUM_LEN];
		snprintf(w, sizeof(w), "%s s penalty", diff_str(t, penalty));
		add(l, STYLE(LOSS), w);
	}
	best_words(v, l);
	pace_words(v, l);
}

void head_draw(const struct app *app, const struct view *v, struct surface s)
{
	int w = surface_w(s);
	struct line l = {s, 1, 0, w, false, STYLE(BAR)};

	surface_fill(s, (struct rect){0, 0, w, 1}, STYLE(BAR), ' ');
	/* While a race is on its words need the room that the screens' numbers have. */
	if (w >= ROOM_FOR_BOTH || !v || !v->session || !is_now(v) || view_is_timed(v))
		l.end = w - app_tabs(app, s, w - 1, 0) - 2;
	else
		l.end = w - 1;
	if (!v || !v->session) {
		add(&l, style_with(STYLE(BAR), ATTR_BOLD), "pitwall");
		if (v && v->dataset && v->dataset->demo)
			add(&l, STYLE(BAR), "DEMO");
		return;
	}
	bar(v, &l);
	l = (struct line){s, 1, 1, w, false, STYLE(TEXT)};
	if (v->paired)
		your_line(v, &l);
	else
		add(&l, STYLE(DIM), unpaired_words(v));
}
