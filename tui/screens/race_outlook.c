/* Outlook: laps to go, whom you catch and who catches you, where you come out if you stop now. Estimates, each with what it rests on. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "core/analysis/rejoin.h"
#include "core/analysis/to_go.h"
#include "tui/screens/race.h"

enum { CARS = 12, NAME_W = 14 };

/* The cars next to YOU, REF and the followed, in the order of the tower; YOU not among them. */
static int cars_of(const struct race *r, uint16_t out[CARS])
{
	const struct view *v = r->view;
	int n = 0, you = -1;

	for (uint32_t i = 0; i < r->ncars; i++)
		if (r->cars[i] == v->you)
			you = (int)i;
	for (int i = 0; i < (int)r->ncars && n < CARS; i++) {
		uint16_t car = r->cars[i];
		bool near = you >= 0 && (i == you - 1 || i == you + 1);
		if (car != v->you && car_seen(v->analysis, car) && (near || car == v->ref || view_is_followed(v, car)))
			out[n++] = car;
	}
	return n;
}

static ms_t gap_to(const struct analysis *an, uint16_t you, uint16_t car)
{
	uint32_t n = car_seen(an, you), k = car_seen(an, car);
	ms_t gap = MS_NONE;

	if (n)
		gap = gap_at_loop(an, car_first(an, you) + n - 1, SECTORS - 1, car);
	if (gap == MS_NONE && k) {
		gap = gap_at_loop(an, car_first(an, car) + k - 1, SECTORS - 1, you);
		gap = gap == MS_NONE ? MS_NONE : -gap;
	}
	return gap;
}

/* Who closes on whom: the later one of the two in the race is the one that may reach the other. */
static void catch_words(const struct analysis *an, uint16_t you, uint16_t car, ms_t gap, char out[64])
{
	bool behind = gap != MS_NONE && gap > 0; /* YOU are behind */
	struct pace_now now;

	pace_now_of(an, behind ? car : you, behind ? you : car, &now);
	if (now.n < 5)
		snprintf(out, 64, "too few laps clean for both");
	else if (now.catch_lap)
		snprintf(out, 64, behind ? "you reach it on lap %d" : "it reaches you on lap %d", now.catch_lap);
	else
		snprintf(out, 64, now.clear ? "losing ground" : "holding");
	if (now.n >= 5 && !now.catch_lap && now.clear && now.diff > 0)
		snprintf(out, 64, behind ? "you fall back" : "it falls back");
}

static void diff_text(double ms, char out[NUM_LEN])
{
	if (isnan(ms))
		snprintf(out, NUM_LEN, "-");
	else
		diff_str(out, (ms_t)round_half_away(ms));
}

static void draw_car(const struct race *r, uint16_t car, struct surface s, int y)
{
	const struct view *v = r->view;
	struct pace_now now;
	ms_t gap = gap_to(v->analysis, v->you, car);
	char name[64], g[NUM_LEN], d[NUM_LEN], lo[NUM_LEN], hi[NUM_LEN], words[64];
	struct style st = car_style(v, car);

	pace_now_of(v->analysis, v->you, car, &now);
	short_name(v->session, car, name);
	surface_field(s, 0, y, 4, ALIGN_RIGHT, st, str_from(v->session->cars[car].id));
	surface_field(s, 5, y, NAME_W, ALIGN_LEFT, st, str_from(name));
	diff_text(now.diff, d);
	diff_text(now.low, lo);
	diff_text(now.high, hi);
	diff_str(g, gap == MS_NONE ? MS_NONE : -gap);
	surface_field(s, 19, y, 10, ALIGN_RIGHT, STYLE(TEXT), str_from(g));
	surface_field(s, 30, y, 8, ALIGN_RIGHT, now.clear ? STYLE(TEXT) : STYLE(DIM), str_from(d));
	surface_put(s, 38, y, STYLE(DIM), now.n >= 2 && !now.clear ? '~' : ' ');
	catch_words(v->analysis, v->you, car, gap, words);
	if (surface_w(s) >= 90) {
		surface_fmt(s, 40, y, STYLE(DIM), "%7s %7s", lo, hi);
		surface_text(s, 57, y, STYLE(TEXT), words);
	} else {
		surface_text(s, 40, y, STYLE(TEXT), words);
	}
}

static void draw_to_go(const struct race *r, struct surface s, int y)
{
	struct to_go go = to_go_of(r->view->analysis, r->view->length);
	char t[NUM_LEN];

	if (!go.known)
		surface_text(s, 1, y, STYLE(TEXT), "laps to go  not known: :length 45m says how long the race is");
	else
		surface_fmt(s, 1, y, STYLE(TEXT), "laps to go  %d, %s left at the leader's last five laps", go.laps,
			    time_str(t, go.left));
}

static int add_side(const struct race *r, char *out, int n, size_t cap, const char *word, uint16_t car, ms_t by)
{
	char t[NUM_LEN];

	if (car == NO_CAR)
		return n;
	return n + snprintf(out + n, cap - (size_t)n, ", %s %s %.8s", time_str(t, by), word,
			    r->view->session->cars[car].id);
}

/* Who is on the road there, whatever its lap. */
static void draw_traffic(const struct race *r, const struct rejoin *j, struct surface s, int y)
{
	char t[NUM_LEN];
	int x = 13;

	for (uint32_t i = 0; i < j->ntraffic; i++)
		x += surface_fmt(s, x, y, STYLE(DIM), "%s%.8s %s", i ? ", " : "on the road there ",
				 r->view->session->cars[j->traffic[i]].id, diff_str(t, j->traffic_by[i]));
}

static void draw_rejoin(const struct race *r, struct surface s, int y)
{
	struct rejoin j = rejoin_of(r->view->analysis, r->view->you, r->view->analysis->pit_loss);
	char text[160], t[NUM_LEN];
	int n;

	if (r->view->analysis->pit_loss == MS_NONE) {
		surface_text(s, 1, y, STYLE(TEXT), "stop now    pit loss not known: :loss 35 says what a stop costs");
		return;
	}
	if (!j.known) {
		surface_text(s, 1, y, STYLE(TEXT), "stop now    you are not running");
		return;
	}
	n = snprintf(text, sizeof(text), "stop now    about P%u", j.place);
	n = add_side(r, text, n, sizeof(text), "behind", j.ahead, j.ahead_by);
	add_side(r, text, n, sizeof(text), "ahead of", j.behind, j.behind_by);
	surface_text(s, 1, y, STYLE(TEXT), text);
	n = snprintf(text, sizeof(text), "            a stop costs %s", time_str(t, j.loss));
	if (r->view->analysis->npit_loss)
		snprintf(text + n, sizeof(text) - (size_t)n, ", median of %u", r->view->analysis->npit_loss);
	surface_text(s, 1, y + 1, STYLE(DIM), text);
	draw_traffic(r, &j, s, y + 2);
}

static void outlook_draw(const struct race *r, struct surface s)
{
	uint16_t cars[CARS];
	int n = cars_of(r, cars), y = 0;

	surface_text(s, 5, y, STYLE(HEAD), "car");
	surface_field(s, 19, y, 10, ALIGN_RIGHT, STYLE(HEAD), STR("to you"));
	surface_field(s, 30, y, 8, ALIGN_RIGHT, STYLE(HEAD), STR("v you 5"));
	if (surface_w(s) >= 90)
		surface_text(s, 44, y, STYLE(HEAD), "95 %");
	for (y = 1; y <= n && y < surface_h(s) - 4; y++)
		draw_car(r, cars[y - 1], s, y);
	draw_to_go(r, s, y);
	draw_rejoin(r, s, y + 1);
}

static void outlook_title(const struct race *r, struct surface s, char left[80], char right[80])
{
	snprintf(left, 80, "Outlook");
	if (race_is_over(r) && surface_w(s) > 60)
		snprintf(right, 80, "as at the last lap; Space replays the race");
	else if (surface_w(s) > 60)
		snprintf(right, 80, "last five laps clean for both");
}

static int outlook_want(const struct race *r, int w)
{
	uint16_t cars[CARS];

	(void)w;
	return r->view->paired && !view_is_timed(r->view) ? cars_of(r, cars) + 5 : 0;
}

static bool outlook_why(const struct race *r, char title[80], struct buf *out)
{
	return race_why_rule(r, RACE_OUTLOOK, title, out);
}

const struct race_pane race_outlook = {
	.name = "Outlook",
	.title = outlook_title,
	.want = outlook_want,
	.draw = outlook_draw,
	.why = outlook_why,
	.export_pane = race_export_gaps,
};
