/* What keys, the mouse, a search and ':' lines do on screen 4. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "core/base/utf8.h"
#include "tui/screens/telemetry.h"

enum { WHEEL_STEP = 3 };

static bool shown(const struct tel_screen *t, enum tel_pane_id p)
{
	return t->layout.pane[p].w > 0;
}

/* Choosing laps -----------------------------------------------------------------------------------*/

static void ask(struct tel_screen *t)
{
	data_tel_ask(t->view->owner, t->pick);
}

/* What is on the screen becomes what is chosen, so that one choice leaves the others where they are. */
static void keep_picks(struct tel_screen *t)
{
	for (int k = 0; t->tel && k < TEL_SLOTS; k++)
		if (tels_lap(t, (enum tel_slot)k))
			t->pick[k] = (struct tel_pick){tel_view_car(t->tel, (enum tel_slot)k),
						       tels_lap(t, (enum tel_slot)k)->number};
}

static void choose(struct tel_screen *t, int slot)
{
	if (t->tel && slot == TEL_THIRD && tels_lap(t, TEL_THIRD) && t->choosing < 0) {
		keep_picks(t);
		t->pick[TEL_THIRD] = (struct tel_pick){NO_CAR, 0};
		ask(t);
		return;
	}
	if (!t->tel || t->nlist == 0) {
		data_tel_retry(t->view->owner);
		ask(t);
		return;
	}
	t->choosing = slot;
	t->zoom = false;
	tels_list_make(t);
	t->focus = TELP_LAPS;
}

static void close_list(struct tel_screen *t)
{
	t->choosing = -1;
	if (t->focus == TELP_LAPS)
		t->focus = TELP_SPEED;
}

/* A lap: it is compared. A car whose laps are not read: they are, its best is shown, and the list stays. */
static void take_row(struct tel_screen *t)
{
	int row = t->rows[TELP_LAPS].cursor, slot = t->choosing >= 0 ? t->choosing : TEL_YOU;

	if (row < 0 || (uint32_t)row >= t->nlist)
		return;
	const struct tel_list_row *r = &t->list[row];
	keep_picks(t);
	if (r->lap && slot != TEL_YOU && r->lap == tels_lap(t, TEL_YOU)) {
		app_say(t->app, ROLE_DIM, "that lap is yours: another one is the reference");
		return;
	}
	/* YOUR lap on the reference: the two change places. */
	if (r->lap && slot == TEL_YOU && r->lap == tels_lap(t, TEL_REF))
		t->pick[TEL_REF] = t->pick[TEL_YOU];
	t->pick[slot] = (struct tel_pick){r->car, r->lap ? r->lap->number : 0};
	data_tel_retry(t->view->owner);
	ask(t);
	if (r->lap)
		close_list(t);
}

/* YOUR next or last usable lap, without the list. */
static void step_lap(struct tel_screen *t, int way)
{
	const struct tel_set *s = tels_set(t);
	const struct tel_lap *you = tels_lap(t, TEL_YOU);
	const struct tel_set_car *c = &s->cars[you->car];

	for (uint32_t i = (uint32_t)(you - s->lap) + (uint32_t)way; i >= c->first && i < c->first + c->n;
	     i += (uint32_t)way) {
		const struct tel_lap *l = &s->lap[i];
		if (!l->usable || l == tels_lap(t, TEL_REF))
			continue;
		keep_picks(t);
		t->pick[TEL_YOU].lap = l->number;
		ask(t);
		return;
	}
	app_say(t->app, ROLE_DIM, "no %s usable lap of yours", way > 0 ? "later" : "earlier");
}

/* Moving ------------------------------------------------------------------------------------------*/

static void to_corner(struct tel_screen *t, int corner)
{
	if (corner < 0 || corner >= tels_corner_rows(t))
		return;
	tels_at(t, tels_set(t)->corner[corner].apex);
}

static void next_corner(struct tel_screen *t, int way)
{
	const struct tel_set *s = tels_set(t);
	int n = (int)s->ncorners, found = way > 0 ? 0 : n - 1;

	if (n == 0) {
		app_say(t->app, ROLE_DIM, "no corner was found in these laps");
		return;
	}
	for (int i = 0; i < n; i++) {
		double apex = s->corner[way > 0 ? i : n - 1 - i].apex;
		if ((apex - t->at) * way > s->step) {
			found = way > 0 ? i : n - 1 - i;
			break;
		}
	}
	to_corner(t, found);
}

static void step(struct tel_screen *t, double columns)
{
	double column = tels_column(t), by = columns * fmax(column, tels_set(t)->step);

	if (!t->by_time) {
		tels_at(t, t->at + by);
		return;
	}
	/* A column of time is more metres where one is fast. */
	double x0 = tels_x(t, t->from), x1 = tels_x(t, t->to), x = tels_x(t, t->at);
	double seconds = (x1 - x0) * column / fmax(t->to - t->from, 1) * columns;
	double to = tels_metres(t, x + seconds);
	tels_at(t, fabs(to - t->at) < tels_set(t)->step ? t->at + (columns > 0 ? 1 : -1) * tels_set(t)->step : to);
}

static bool table_command(struct tel_screen *t, enum cmd cmd)
{
	bool corners = t->focus == TELP_CORNERS;
	int rows = corners ? tels_corner_rows(t) : (int)t->nlist;
	enum table_move move;

	if (!table_move_of(cmd, &move))
		return false;
	table_go(&t->rows[t->focus], move, rows, t->body[t->focus] - 1);
	if (corners)
		to_corner(t, tels_corner_of_row(t, t->rows[TELP_CORNERS].cursor));
	return true;
}

static bool move(struct tel_screen *t, enum cmd cmd)
{
	double window = t->to - t->from;

	switch (cmd) {
	case CMD_LEFT:
		step(t, -1);
		return true;
	case CMD_RIGHT:
		step(t, 1);
		return true;
	case CMD_UP:
		step_lap(t, -1);
		return true;
	case CMD_DOWN:
		step_lap(t, 1);
		return true;
	case CMD_PAGE_UP:
		tels_at(t, t->at - window / 2);
		return true;
	case CMD_PAGE_DOWN:
		tels_at(t, t->at + window / 2);
		return true;
	case CMD_FIRST:
		tels_at(t, 0);
		return true;
	case CMD_LAST:
		tels_at(t, tels_set(t)->length);
		return true;
	default:
		return false;
	}
}

/* What is shown -----------------------------------------------------------------------------------*/

static void next_pane(struct tel_screen *t, int by)
{
	for (int i = 1; i <= TELP_COUNT; i++) {
		enum tel_pane_id p = (enum tel_pane_id)((t->focus + TELP_COUNT + by * i) % TELP_COUNT);
		if (t->zoom ? p != TELP_LAPS && telp_of(p)->want(t, t->w) > 0 : shown(t, p)) {
			t->focus = p;
			return;
		}
	}
}

static void next_traces(struct tel_screen *t)
{
	static const char *const words[TRACES_COUNT] = {"speed difference", "throttle and brake", "steering and gear"};

	if (t->focus == TELP_MAP || t->focus == TELP_GRIP || t->focus == TELP_AT) {
		t->circle = !t->circle;
		if (t->focus != TELP_AT)
			t->focus = t->circle ? TELP_GRIP : TELP_MAP;
		return;
	}
	/* Where the strip has a place of its own it needs no turn: then the pedals are what is there first. */
	bool own_place = shown(t, TELP_DIFF) && (shown(t, TELP_THROTTLE) || shown(t, TELP_STEER));
	t->traces = (enum tel_traces)((t->traces + 1) % TRACES_COUNT);
	if (own_place)
		t->traces = shown(t, TELP_STEER) ? TRACES_PEDALS : TRACES_HANDS;
	app_say(t->app, ROLE_TEXT, "between speed and time lost: %s", words[t->traces]);
}

static void best_five(struct tel_screen *t)
{
	const struct tel_five *f = &t->tel->five;

	if (!f->known) {
		app_say(t->app, ROLE_DIM, "no five against five: %s",
			f->why && *f->why ? f->why : "two laps are needed");
		return;
	}
	t->five = !t->five;
	t->rows[TELP_CORNERS].cursor = tels_row_of(t, tels_corner(t));
}

static bool back(struct tel_screen *t)
{
	if (t->choosing >= 0) {
		close_list(t);
		return true;
	}
	if (t->zoom) {
		t->zoom = false;
		return true;
	}
	if (tels_ready(t) && t->to - t->from < tels_set(t)->length - 1) {
		tels_window(t, tels_set(t)->length);
		return true;
	}
	return false;
}

static void open_here(struct tel_screen *t)
{
	int corner = tels_corner(t);

	if (t->focus == TELP_LAPS) {
		take_row(t);
	} else if (t->focus == TELP_CORNERS && corner >= 0) {
		const struct tel_corner *c = &tels_set(t)->corner[corner];
		tels_window(t, c->to - c->from);
		t->from = c->from;
		t->to = c->to;
		tels_at(t, t->at);
	} else {
		app_run_command(t->app, CMD_WHY);
	}
}

static bool show_command(struct tel_screen *t, enum cmd cmd)
{
	switch (cmd) {
	case CMD_TEL_CLOSER:
		tels_window(t, (t->to - t->from) / 2);
		return true;
	case CMD_TEL_WIDER:
		tels_window(t, (t->to - t->from) * 2);
		return true;
	case CMD_TEL_CORNER:
		next_corner(t, 1);
		return true;
	case CMD_TEL_CORNER_PREV:
		next_corner(t, -1);
		return true;
	case CMD_TEL_FIVE:
		best_five(t);
		return true;
	case CMD_TEL_AXIS:
		if (!tels_lap(t, TEL_YOU)->t)
			app_say(t->app, ROLE_DIM, "this lap has no clock of its own: distance only");
		else
			t->by_time = !t->by_time;
		return true;
	case CMD_CHART:
		next_traces(t);
		return true;
	case CMD_PANE_NEXT:
		next_pane(t, 1);
		return true;
	case CMD_PANE_PREV:
		next_pane(t, -1);
		return true;
	case CMD_ZOOM:
		t->zoom = !t->zoom && t->focus != TELP_LAPS;
		return true;
	case CMD_ENTER:
		open_here(t);
		return true;
	default:
		return false;
	}
}

static int slot_of(enum cmd cmd)
{
	return cmd == CMD_YOU ? TEL_YOU : cmd == CMD_REF ? TEL_REF : cmd == CMD_TEL_THIRD ? TEL_THIRD : -1;
}

/* The corner of the table is the one the cursor is in. */
static void follow(struct tel_screen *t)
{
	int row = tels_row_of(t, tels_corner(t));

	if (row >= 0)
		t->rows[TELP_CORNERS].cursor = row;
}

bool tels_command(void *self, enum cmd cmd)
{
	struct tel_screen *t = self;
	bool done;

	if (!t->view || !t->view->session)
		return false;
	if (slot_of(cmd) >= 0) {
		choose(t, slot_of(cmd));
		return true;
	}
	if (cmd == CMD_BACK)
		return back(t);
	if (!tels_ready(t)) {
		if (cmd == CMD_ENTER)
			choose(t, TEL_YOU);
		return cmd == CMD_ENTER;
	}
	if (t->focus == TELP_LAPS || t->focus == TELP_CORNERS)
		if (table_command(t, cmd))
			return true;
	done = show_command(t, cmd) || move(t, cmd);
	if (done && cmd != CMD_TEL_FIVE)
		follow(t);
	return done;
}

/* Mouse -------------------------------------------------------------------------------------------*/

static int pane_at(const struct tel_screen *t, int x, int y)
{
	int p = 0;

	for (; p < TELP_COUNT; p++) {
		struct rect at = t->layout.pane[p];
		if (at.w > 0 && x >= at.x && x < at.x + at.w && y >= at.y && y < at.y + at.h)
			break;
	}
	return p;
}

static void click(struct tel_screen *t, const struct mouse_event *ev)
{
	struct rect at = t->layout.pane[t->focus];
	struct surface size = {NULL, {0, 0, at.w, at.h - 1}, {0, 0, 0, 0}};
	int x = ev->x - at.x, y = ev->y - at.y - 1, row;
	double metres;

	if (telp_of(t->focus)->trace && tels_place_at(t, at.w, x, &metres)) {
		tels_at(t, metres);
	} else if (t->focus == TELP_MAP && y >= 0 && (row = tels_map_at(t, size, x, y)) >= 0) {
		tels_at(t, tel_metres(tels_set(t), (uint32_t)row));
	} else if (t->focus == TELP_CORNERS && (row = tels_corner_row_at(t, size, y)) >= 0) {
		to_corner(t, tels_corner_of_row(t, row));
	} else if (t->focus == TELP_LAPS && (row = tels_list_row_at(t, size, y)) >= 0) {
		t->rows[TELP_LAPS].cursor = row;
	}
}

static void wheel(struct tel_screen *t, bool up)
{
	if (t->focus == TELP_LAPS || t->focus == TELP_CORNERS) {
		for (int i = 0; i < WHEEL_STEP; i++)
			table_command(t, up ? CMD_UP : CMD_DOWN);
		return;
	}
	tels_window(t, (t->to - t->from) * (up ? 0.5 : 2));
}

bool tels_mouse(void *self, const struct mouse_event *ev)
{
	struct tel_screen *t = self;
	int p = tels_ready(t) ? pane_at(t, ev->x, ev->y) : TELP_COUNT;

	/* A drag belongs to the pane it began in, and to every trace below or above it: the place is the same. */
	if (p == TELP_COUNT || (ev->kind == MOUSE_DRAG && p != (int)t->focus &&
				!(telp_of((enum tel_pane_id)p)->trace && telp_of(t->focus)->trace)))
		return false;
	if (ev->kind != MOUSE_DRAG)
		t->focus = (enum tel_pane_id)p;
	if (ev->kind == MOUSE_WHEEL_UP || ev->kind == MOUSE_WHEEL_DOWN) {
		wheel(t, ev->kind == MOUSE_WHEEL_UP);
	} else {
		click(t, ev);
		if (ev->kind == MOUSE_DOUBLE)
			open_here(t);
	}
	follow(t);
	return true;
}

/* Search ------------------------------------------------------------------------------------------*/

/* "4", "c4", a part of its name. */
static bool corner_answers(const struct tel_corner *c, const char *text)
{
	return strcmp(c->id + 1, text) == 0 || str_has_nocase(str_from(c->id), text) ||
	       (*c->name && str_has_nocase(str_from(c->name), text));
}

/* A car's number, or "L15". */
static bool lap_answers(const struct tel_screen *t, const struct tel_list_row *r, const char *text)
{
	char lap[16] = "";

	if (r->lap)
		snprintf(lap, sizeof(lap), "L%u", r->lap->number);
	return strncmp(t->view->session->cars[r->car].id, text, strlen(text)) == 0 ||
	       str_eq_nocase(str_from(lap), str_from(text)) || (*lap && strcmp(lap + 1, text) == 0);
}

static bool answers(const struct tel_screen *t, int i, const char *text)
{
	return t->choosing >= 0 ? lap_answers(t, &t->list[i], text) : corner_answers(&tels_set(t)->corner[i], text);
}

static void go(struct tel_screen *t, int i)
{
	if (t->choosing >= 0)
		t->rows[TELP_LAPS].cursor = i;
	else
		to_corner(t, i);
	follow(t);
}

int tels_find(void *self, const char *text, int dir, int *of)
{
	struct tel_screen *t = self;
	int n, from, found = 0, best = -1;

	*of = 0;
	if (!tels_ready(t))
		return 0;
	n = t->choosing >= 0 ? (int)t->nlist : tels_corner_rows(t);
	*of = n;
	if (!*text) { /* the search is over: back to where it began */
		if (dir == 0 && isfinite(t->find_from))
			tels_at(t, t->find_from);
		t->find_from = (double)NAN;
		return 0;
	}
	if (dir == 0 && !isfinite(t->find_from))
		t->find_from = t->at;
	from = t->choosing >= 0 ? t->rows[TELP_LAPS].cursor : tels_corner(t);
	for (int k = 0; k < n; k++) {
		int way = dir < 0 ? -1 : 1, i = ((from + way * (k + (dir != 0))) % n + n) % n;
		if (!answers(t, i, text))
			continue;
		found++;
		best = best < 0 ? i : best;
	}
	if (best >= 0)
		go(t, best);
	return found;
}

/* "at 1822": the cursor to a distance. */
bool tels_line(void *self, const char *text, struct err *err)
{
	struct tel_screen *t = self;
	double metres;

	if (strncmp(text, "at ", 3) != 0)
		return err_set(err, ERR_NOT_FOUND, "not here");
	if (!tels_ready(t) || !dec_parse(str_from(text + 3), &metres) || metres < 0 || metres > tels_set(t)->length)
		return err_set(err, ERR_USAGE, "at METRES: 0 to %.0f", tels_ready(t) ? tels_set(t)->length : 0.0);
	tels_at(t, metres);
	follow(t);
	return true;
}
