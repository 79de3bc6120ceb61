/* The strip: every lap of every car, in the rows of the tower. What it shows changes with a key; the columns do not. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "core/analysis/drive_time.h"
#include "core/analysis/lap_mark.h"
#include "tui/screens/race.h"

enum { HOUR = 3600000, EDGE = 1, LONG_STOP = 600000, GAP_STEP = 250, PACE_FROM = -500, PACE_TO = 1500 };

const char *strip_mode_words(enum strip_mode m)
{
	static const char *const words[STRIP_MODES] = {
		[STRIP_MARKS] = "* best + own = under 1 s - ! slow ^v place",
		[STRIP_PLACE] = "the place where it changed",
		[STRIP_GAP] = "gap to the first, each step twice, from 0.25 s",
		[STRIP_PACE] = "lap - own median, low -0.5 to high +1.5 s",
		[STRIP_SECTORS] = "S1 S2 S3: * session + own best so far",
		[STRIP_DRIVERS] = "a b c drivers, # stop over 10 min",
	};

	return words[m];
}

void race_next_mode(struct race *r)
{
	r->mode = (r->mode + 1) % STRIP_MODES;
	if (r->mode == STRIP_DRIVERS && !race_has_drivers(r))
		r->mode = STRIP_MARKS;
}

/* Time along x, for who drove: round minutes a column. ------------------------------------------------*/

struct hours {
	ms_t each; /* a column */
	int w;
};

static struct hours hours_of(const struct race *r, int w)
{
	static const int minutes[] = {1, 2, 5, 10, 15, 20, 30, 60, 120};
	struct hours h = {0, w};
	ms_t end = r->view->length;
	size_t i = 0;

	if (end == MS_NONE) {
		const struct order *o = &r->view->analysis->order;
		end = o->ncrossing ? r->view->session->laps.elapsed[o->crossing[o->ncrossing - 1]] : 1;
	}
	while (i + 1 < sizeof(minutes) / sizeof(minutes[0]) && (int64_t)minutes[i] * 60000 * w < end)
		i++;
	h.each = minutes[i] * 60000;
	return h;
}

/* The lap of a car that was being driven at `at`; -1 none. */
static int64_t lap_at(const struct analysis *an, uint16_t car, ms_t at)
{
	uint32_t lo = car_first(an, car), end = lo + car_seen(an, car), hi = end;

	while (lo < hi) {
		uint32_t mid = lo + (hi - lo) / 2;
		if (an->session->laps.elapsed[mid] < at)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo < end ? (int64_t)lo : -1;
}

static void draw_drivers(const struct race *r, uint16_t car, struct surface s, int y)
{
	const struct analysis *an = r->view->analysis;
	struct hours h = hours_of(r, surface_w(s) - EDGE - 1);

	for (int x = 0; x < h.w; x++) {
		int64_t lap = lap_at(an, car, h.each * x + h.each / 2);
		if (lap < 0) {
			surface_put(s, EDGE + x, y, STYLE(STRUCT), surface_ascii(s) ? '|' : 0x250A); /* now */
			break;
		}
		char letter = driver_letter(an, car, an->session->laps.driver[lap]);
		bool stood = an->session->laps.pit_time[lap] != MS_NONE && an->session->laps.pit_time[lap] > LONG_STOP;
		surface_put(s, EDGE + x, y, stood ? STYLE(LOSS) : car_style(r->view, car),
			    stood    ? '#'
			    : letter ? (uint32_t)letter
				     : '?');
	}
}

static void draw_hours(const struct race *r, struct surface s)
{
	static const int steps[] = {1, 2, 3, 6, 12};
	struct hours h = hours_of(r, surface_w(s) - EDGE - 1);
	size_t i = 0;

	while (i + 1 < sizeof(steps) / sizeof(steps[0]) && steps[i] * (HOUR / h.each) < 5)
		i++;
	for (int hour = 0; (int64_t)hour * HOUR / h.each < h.w; hour += steps[i])
		surface_fmt(s, EDGE + (int)((int64_t)hour * HOUR / h.each), 0, STYLE(STRUCT), "%d", hour);
}

/* Laps along x -------------------------------------------------------------------------------------*/

static struct style mark_style(char mark)
{
	switch (mark) {
	case '*':
		return STYLE(SESSION_BEST);
	case '+':
		return STYLE(OWN_BEST);
	case '-':
	case '!':
		return STYLE(LOSS);
	case '=':
	case '.':
	case '?':
		return STYLE(DIM);
	default:
		return STYLE(TEXT);
	}
}

static void put_mark(struct surface s, int x, int y, char mark)
{
	const struct cell *there = surface_cell(s, x, y);

	if (!there || lap_mark_weight(there->cp == 0xB7 ? '.' : (char)there->cp) > lap_mark_weight(mark))
		return; /* several laps in one column: the weightier shows */
	surface_put(s, x, y, mark_style(mark), mark_letter(s, mark));
}

static void draw_mark(const struct race *r, uint32_t lap, const struct lap_axis *a, struct surface s, int x, int y)
{
	const struct analysis *an = r->view->analysis;
	char place = lap_place_mark(an, lap);

	put_mark(s, x, y, lap_mark(an, lap));
	if (a->each >= 2 && place != ' ')
		surface_put(s, x + 1, y, place == '^' ? STYLE(GAIN) : STYLE(LOSS), (unsigned char)place);
}

static bool moves_next(const struct analysis *an, uint32_t lap)
{
	uint16_t car = an->session->laps.car[lap];

	return lap + 1 < car_first(an, car) + car_seen(an, car) && lap_place_mark(an, lap + 1) != ' ';
}

static void draw_place(const struct race *r, uint32_t lap, const struct lap_axis *a, struct surface s, int x, int y)
{
	const struct analysis *an = r->view->analysis;
	unsigned place = an->order.lap[lap].position;
	char step = lap_place_mark(an, lap), t[12];

	if (place == 0)
		return;
	if (step == ' ' && lap != car_first(an, an->session->laps.car[lap])) {
		surface_put(s, x, y, STYLE(DIM), mark_letter(s, '.'));
		return;
	}
	/* Two figures side by side read as one: a number that fills its columns needs an unchanged lap behind it. */
	int n = snprintf(t, sizeof(t), "%u", place);
	if (n < a->each || (n == a->each && !moves_next(an, lap)))
		surface_text(s, x, y, step == '^' ? STYLE(GAIN) : step == 'v' ? STYLE(LOSS) : STYLE(TEXT), t);
	else
		surface_put(s, x, y, step == '^' ? STYLE(GAIN) : STYLE(LOSS), step == ' ' ? '-' : (unsigned char)step);
}

static void draw_level(double v, double lo, double hi, struct style st, struct surface s, int x, int y)
{
	spark_draw(s, x, y, &v, 1, lo, hi, st);
}

static void draw_gap(const struct race *r, uint32_t lap, struct surface s, int x, int y)
{
	const struct lap_place *p = &r->view->analysis->order.lap[lap];

	if (p->position && p->gap != MS_NONE)
		draw_level(log2(fmax(p->gap, GAP_STEP)), log2(GAP_STEP), log2(GAP_STEP) + 7, STYLE(TEXT), s, x, y);
}

static void draw_pace(const struct race *r, uint32_t lap, struct surface s, int x, int y)
{
	const struct analysis *an = r->view->analysis;
	const struct pace *p = &an->paces.car[an->session->laps.car[lap]].all;
	const struct lap_class *c = &an->classes.lap[lap];
	ms_t over = p->n ? an->session->laps.time[lap] - p->median : 0;

	if (c->in || c->out || an->session->laps.number[lap] == 1 || lap_under_caution(c)) {
		put_mark(s, x, y, lap_mark_plain(an, lap));
		return;
	}
	if (p->n)
		draw_level(over, PACE_FROM, PACE_TO, over > 1000 ? STYLE(LOSS) : STYLE(TEXT), s, x, y);
}

static void draw_sectors(const struct race *r, uint32_t lap, const struct lap_axis *a, struct surface s, int x, int y)
{
	static const char of[] = {
		[COLOUR_NONE] = '?', [COLOUR_PURPLE] = '*', [COLOUR_GREEN] = '+', [COLOUR_YELLOW] = '.'};
	const struct colours *c = &r->view->analysis->colours;

	for (int k = 0; k < SECTORS; k++) /* under three columns a lap the best of the three shows */
		put_mark(s, a->each >= SECTORS ? x + k : x, y, of[c->sector[k][lap]]);
}

static void draw_lap(const struct race *r, uint32_t lap, const struct lap_axis *a, struct surface s, int y)
{
	int x = lap_axis_x(a, r->view->session->laps.number[lap]);

	switch (r->mode) {
	case STRIP_MARKS:
		draw_mark(r, lap, a, s, x, y);
		break;
	case STRIP_PLACE:
		draw_place(r, lap, a, s, x, y);
		break;
	case STRIP_GAP:
		draw_gap(r, lap, s, x, y);
		break;
	case STRIP_PACE:
		draw_pace(r, lap, s, x, y);
		break;
	case STRIP_SECTORS:
		draw_sectors(r, lap, a, s, x, y);
		break;
	case STRIP_DRIVERS:
	case STRIP_MODES:
		break;
	}
}

static struct lap_axis axis_of(const struct race *r, int w)
{
	return lap_axis_of(r, EDGE, w - EDGE, r->mode == STRIP_SECTORS ? 4 : r->mode == STRIP_PLACE ? 3 : 2);
}

static void draw_row(const struct race *r, uint16_t car, const struct lap_axis *a, struct surface s, int y)
{
	const struct analysis *an = r->view->analysis;
	uint32_t first = car_first(an, car);

	for (uint32_t i = first; i < first + car_seen(an, car); i++) {
		draw_lap(r, i, a, s, y);
		if (lap_under_caution(&an->classes.lap[i]))
			surface_ground(
				s,
				(struct rect){lap_axis_x(a, an->session->laps.number[i]), y, a->each ? a->each : 1, 1},
				ROLE_CAUTION);
	}
}

/* Pane --------------------------------------------------------------------------------------------*/

static void strip_title(const struct race *r, struct surface s, char left[80], char right[80])
{
	const char *words = strip_mode_words(r->mode);
	int room = surface_w(s) - (int)strlen(words) - (int)sizeof("Every lap");

	snprintf(left, 80, surface_w(s) > 30 ? "Every lap" : "Laps");
	if (r->lap && r->focus == RACE_STRIP && !r->linear)
		snprintf(right, 80, "L%u", r->lap);
	else if (room >= 10)
		snprintf(right, 80, "%s", words);
	else if (room >= 4) /* no room for the rule between */
		snprintf(left, 80, "Every lap  %s", words);
}

static int strip_want(const struct race *r, int w)
{
	(void)w;
	return r->ncars && !view_is_timed(r->view) ? (int)r->ncars + 1 : 0;
}

static void draw_cursor(const struct race *r, const struct lap_axis *a, struct surface s)
{
	if (r->focus != RACE_STRIP || r->linear)
		return;
	if (r->cursor_visible >= 0)
		surface_ground(s, (struct rect){0, 1 + r->cursor_visible, surface_w(s), 1}, ROLE_CURSOR);
	if (r->lap && r->mode != STRIP_DRIVERS) {
		int x = lap_axis_x(a, r->lap);
		surface_ground(s, (struct rect){x, 0, a->each ? a->each : 1, surface_h(s)}, ROLE_CURSOR);
		surface_cursor(s, x, 1 + r->cursor_visible);
	}
}

static void strip_draw(const struct race *r, struct surface s)
{
	struct lap_axis a = axis_of(r, surface_w(s));

	if (r->mode == STRIP_DRIVERS)
		draw_hours(r, s);
	else
		lap_axis_numbers(&a, s, 0);
	for (int y = 0; y < r->nvisible && y + 1 < surface_h(s); y++) {
		if (r->mode == STRIP_DRIVERS)
			draw_drivers(r, r->visible[y], s, y + 1);
		else
			draw_row(r, r->visible[y], &a, s, y + 1);
	}
	draw_cursor(r, &a, s);
}

static bool strip_click(struct race *r, struct surface s, const struct mouse_event *ev)
{
	struct lap_axis a = axis_of(r, surface_w(s));

	if (ev->y > 0 && ev->y - 1 < r->nvisible)
		race_cursor_to(r, r->visible[ev->y - 1]);
	r->lap = lap_axis_lap(&a, ev->x);
	return true;
}

static bool strip_why(const struct race *r, char title[80], struct buf *out)
{
	int64_t lap = r->lap ? session_lap(r->view->session, race_car(r), r->lap) : -1;

	if (lap < 0 || r->view->analysis->classes.lap[lap].status == LAP_FUTURE)
		return race_why_rule(r, RACE_STRIP, title, out);
	return race_why_lap(r, (uint32_t)lap, title, out);
}

const struct race_pane race_strip = {
	.name = "Every lap",
	.title = strip_title,
	.want = strip_want,
	.draw = strip_draw,
	.click = strip_click,
	.why = strip_why,
	.export_pane = race_export_laps,
	.by_lap = true,
};
