/* Sector heat map of the car under the cursor: how many tenths each lap lost in each place to its own best there. A digit says it without
 * colour. */
#include <stdio.h>

#include "core/analysis/lap_mark.h"
#include "tui/screens/race.h"

enum { LABEL_W = 7, PLACES = SECTORS + MINIS, FULL = 1000 };

struct spot {
	const char *name;
	int sector, mini; /* -1: not one */
};

static int places_of(const struct race *r, struct spot out[PLACES])
{
	static const char *const names[SECTORS] = {"S1", "S2", "S3"};
	const struct session *s = r->view->session;
	int n = 0;

	for (int k = 0; k < SECTORS; k++) {
		out[n++] = (struct spot){names[k], k, -1};
		for (int m = 2 * k; s->nmini == MINIS && m < 2 * k + 2; m++)
			out[n++] = (struct spot){s->mini_name[m], -1, m};
	}
	return n;
}

static ms_t time_in(const struct session *s, const struct spot *p, uint32_t lap)
{
	return p->sector >= 0 ? s->laps.sector[p->sector][lap] : s->laps.mini[p->mini][lap];
}

static ms_t own_best(const struct race *r, const struct spot *p, uint16_t car)
{
	const struct car_best *b = &r->view->analysis->bests.car[car];

	return p->sector >= 0 ? b->part[p->sector].time : b->mini_part[p->mini].time;
}

/* Tenths over own best, '!' from a second on. */
static char tenths(ms_t over)
{
	if (over >= FULL)
		return '!';
	return over < 50 ? '.' : (char)('0' + (over + 50) / 100 % 10);
}

static void draw_cell(const struct race *r, const struct spot *p, uint32_t lap, ms_t best, struct surface s, int x,
		      int y)
{
	const struct analysis *an = r->view->analysis;
	ms_t time = time_in(an->session, p, lap);
	enum colour c = p->sector >= 0 ? (enum colour)an->colours.sector[p->sector][lap] : COLOUR_NONE;

	if (time == MS_NONE || best == MS_NONE) {
		surface_put(s, x, y, STYLE(DIM), '?');
		return;
	}
	char mark = c == COLOUR_PURPLE ? '*' : c == COLOUR_GREEN ? '+' : tenths(time - best);
	if (time - best >= 950 && time - best < FULL)
		mark = '!';
	surface_put(s, x, y,
		    mark == '*'   ? STYLE(SESSION_BEST)
		    : mark == '+' ? STYLE(OWN_BEST)
		    : mark == '!' ? STYLE(LOSS)
		    : mark == '.' ? STYLE(DIM)
				  : STYLE(TEXT),
		    mark_letter(s, mark));
}

static void draw_place(const struct race *r, const struct spot *p, const struct lap_axis *a, struct surface s, int y)
{
	const struct analysis *an = r->view->analysis;
	uint16_t car = race_car(r);
	ms_t best = own_best(r, p, car);

	surface_text(s, p->sector >= 0 ? 1 : 2, y, p->sector >= 0 ? STYLE(TEXT) : STYLE(DIM), p->name);
	for (uint32_t i = car_first(an, car); i < car_first(an, car) + car_seen(an, car); i++)
		draw_cell(r, p, i, best, s, lap_axis_x(a, an->session->laps.number[i]), y);
}

/* What the laps were, and caution under all rows. */
static void draw_laps(const struct race *r, const struct lap_axis *a, struct surface s, int y)
{
	const struct analysis *an = r->view->analysis;
	uint16_t car = race_car(r);

	surface_text(s, 1, y, STYLE(STRUCT), "lap");
	for (uint32_t i = car_first(an, car); i < car_first(an, car) + car_seen(an, car); i++) {
		int x = lap_axis_x(a, an->session->laps.number[i]);
		surface_put(s, x, y, STYLE(DIM), mark_letter(s, lap_mark(an, i)));
		if (lap_under_caution(&an->classes.lap[i]))
			surface_ground(s, (struct rect){x, 0, a->each ? a->each : 1, y + 1}, ROLE_CAUTION);
	}
}

static void sectors_title(const struct race *r, struct surface s, char left[80], char right[80])
{
	uint16_t car = race_car(r);

	snprintf(left, 80, "Sectors of %.12s", car == NO_CAR ? "-" : r->view->session->cars[car].id);
	if (surface_w(s) > 76)
		snprintf(right, 80, "tenths over own best, ! a second, * + best so far");
}

static int sectors_want(const struct race *r, int w)
{
	struct spot p[PLACES];

	(void)w;
	return r->ncars ? places_of(r, p) + 2 : 0;
}

static void sectors_draw(const struct race *r, struct surface s)
{
	struct spot p[PLACES];
	int n = places_of(r, p), h = surface_h(s) - 2;
	struct lap_axis a = lap_axis_of(r, LABEL_W, surface_w(s) - LABEL_W - 1, 4);

	if (race_car(r) == NO_CAR)
		return;
	if (n > h) { /* no room for the mini-sectors */
		for (int k = 0; k < SECTORS; k++)
			p[k] = p[k * n / SECTORS];
		n = SECTORS;
	}
	lap_axis_numbers(&a, s, 0);
	for (int k = 0; k < n && k < h; k++)
		draw_place(r, &p[k], &a, s, 1 + k);
	draw_laps(r, &a, s, 1 + (n < h ? n : h));
	if (r->lap && r->focus == RACE_SECTORS && !r->linear)
		surface_ground(s, (struct rect){lap_axis_x(&a, r->lap), 0, a.each ? a.each : 1, n + 2}, ROLE_CURSOR);
}

static bool sectors_click(struct race *r, struct surface s, const struct mouse_event *ev)
{
	struct lap_axis a = lap_axis_of(r, LABEL_W, surface_w(s) - LABEL_W - 1, 4);

	r->lap = lap_axis_lap(&a, ev->x);
	return true;
}

static bool sectors_why(const struct race *r, char title[80], struct buf *out)
{
	int64_t lap = r->lap ? session_lap(r->view->session, race_car(r), r->lap) : -1;

	if (lap < 0 || r->view->analysis->classes.lap[lap].status == LAP_FUTURE)
		return race_why_rule(r, RACE_SECTORS, title, out);
	return race_why_lap(r, (uint32_t)lap, title, out);
}

const struct race_pane race_sectors = {
	.name = "Sectors",
	.title = sectors_title,
	.want = sectors_want,
	.draw = sectors_draw,
	.click = sectors_click,
	.why = sectors_why,
	.export_pane = race_export_laps,
	.by_lap = true,
};
