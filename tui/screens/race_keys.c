/* Keys and mouse of the race screen. */
#include <stdio.h>

#include "tui/screens/race_parts.h"

bool race_ready(const struct race *r)
{
	return r->view && r->view->session;
}

bool race_next_chart(struct race *r)
{
	enum race_pane_id before = r->chart;

	do {
		r->chart = r->chart + 1 == RACE_PANES ? RACE_GAP : r->chart + 1;
	} while (r->chart != before && race_pane_of(r->chart)->want(r, r->w) == 0);
	if (r->focus == before || r->zoom)
		r->focus = r->chart;
	return true;
}

static bool next_pane(struct race *r, int step)
{
	for (int i = 1; i <= RACE_PANES; i++) {
		int p = (r->focus + RACE_PANES + step * i) % RACE_PANES;
		if (r->zoom ? race_pane_of(p)->want(r, r->w) > 0 : r->layout.pane[p].w > 0) {
			r->focus = p;
			return true;
		}
	}
	return true;
}

static bool mark(struct race *r, bool you)
{
	const struct view *v = r->view;
	uint16_t car = race_car(r);

	if (!v->paired || car == NO_CAR)
		return true;
	if (you) /* YOU on the reference: the two change places */
		data_set_pair(v->owner, car, car == v->ref ? v->you : v->ref);
	else
		data_set_pair(v->owner, car == v->you ? v->ref : v->you, car);
	return true;
}

static void exclude_answer(void *ctx, const char *text)
{
	struct race *r = ctx;

	if (race_ready(r) && r->asked_car < r->view->session->ncars)
		data_exclude(r->view->owner, r->view->session->cars[r->asked_car].id, r->asked_lap,
			     *text ? text : "no reason given");
}

/* The lap under the cursor, of the car under the cursor. */
static bool exclude(struct race *r)
{
	uint16_t car = race_car(r);
	int64_t lap = r->lap && car != NO_CAR ? session_lap(r->view->session, car, r->lap) : -1;
	char label[48];

	if (lap < 0 || r->view->analysis->classes.lap[lap].status == LAP_FUTURE) {
		app_say(r->app, ROLE_DIM, "choose a lap first: Tab to the strip, then h and l");
		return true;
	}
	r->asked_car = car;
	r->asked_lap = (uint16_t)r->lap;
	if (r->view->analysis->classes.lap[lap].status == LAP_EXCLUDED) {
		exclude_answer(r, "");
		return true;
	}
	snprintf(label, sizeof(label), "leave out lap %u of %.12s because: ", r->lap, r->view->session->cars[car].id);
	app_ask(r->app, label, "", exclude_answer, r);
	return true;
}

static bool move_lap(struct race *r, enum cmd cmd)
{
	unsigned last = race_last_lap(r);

	if (cmd == CMD_LEFT)
		r->lap = r->lap == 0 ? last : r->lap > 1 ? r->lap - 1 : 1;
	else if (cmd == CMD_RIGHT)
		r->lap = r->lap < last ? r->lap + 1 : last;
	else
		return false;
	return true;
}

static bool move_rows(struct race *r, enum cmd cmd)
{
	const struct race_pane *ops = race_pane_of(r->focus);
	enum table_move move;

	if (!table_move_of(cmd, &move))
		return false;
	if (ops->cursor_rows)
		table_go(&r->rows[r->focus], move, ops->cursor_rows(r), r->body[r->focus] - 1);
	else /* all others follow the car under the cursor */
		race_cars_go(r, move);
	return true;
}

static bool next_base(struct race *r)
{
	char words[40];

	r->base = (r->base + 1) % GAP_BASES;
	race_base_words(r, words);
	app_say(r->app, ROLE_TEXT, "gap from %s", words);
	return true;
}

bool race_command(void *self, enum cmd cmd)
{
	struct race *r = self;

	if (!race_ready(r))
		return false;
	switch (cmd) {
	case CMD_PANE_NEXT:
		return next_pane(r, 1);
	case CMD_PANE_PREV:
		return next_pane(r, -1);
	case CMD_ZOOM:
		r->zoom = !r->zoom;
		return true;
	case CMD_BACK:
		if (!r->zoom)
			return false;
		r->zoom = false;
		return true;
	case CMD_YOU:
	case CMD_REF:
		return mark(r, cmd == CMD_YOU);
	case CMD_FOLLOW:
		if (race_car(r) != NO_CAR)
			data_follow(r->view->owner, race_car(r));
		return true;
	case CMD_MORE:
		if (race_car(r) != NO_CAR)
			data_more(r->view->owner, race_car(r));
		return true;
	case CMD_EXCLUDE:
		return exclude(r);
	case CMD_STRIP:
		race_next_mode(r);
		app_say(r->app, ROLE_TEXT, "%s", strip_mode_words(r->mode));
		return true;
	case CMD_GAP_BASE:
		return next_base(r);
	case CMD_CHART:
		return race_next_chart(r);
	case CMD_ENTER:
		app_run_command(r->app, CMD_WHY);
		return true;
	case CMD_LEFT:
	case CMD_RIGHT:
		return race_pane_of(r->focus)->by_lap ? move_lap(r, cmd) : false;
	default:
		return move_rows(r, cmd);
	}
}

/* Mouse -------------------------------------------------------------------------------------------*/

static int pane_at(const struct race *r, int x, int y)
{
	int p = 0;

	for (; p < RACE_PANES; p++) {
		struct rect at = r->layout.pane[p];
		if (at.w > 0 && x >= at.x && x < at.x + at.w && y >= at.y && y < at.y + at.h)
			break;
	}
	return p;
}

static void click(struct race *r, const struct mouse_event *ev)
{
	const struct race_pane *ops = race_pane_of(r->focus);
	struct rect at = r->layout.pane[r->focus];
	struct mouse_event in = *ev;
	struct surface size = {NULL, {0, 0, at.w, at.h - 1}, {0, 0, 0, 0}};

	in.x -= at.x;
	in.y -= at.y + 1;
	if (in.y < 0)
		return;
	if (ops->click)
		ops->click(r, size, &in);
	else if (ops->cursor_rows && in.y > 0 && r->rows[r->focus].top + in.y - 1 < ops->cursor_rows(r))
		r->rows[r->focus].cursor = r->rows[r->focus].top + in.y - 1;
}

bool race_mouse(void *self, const struct mouse_event *ev)
{
	struct race *r = self;
	int p = race_ready(r) ? pane_at(r, ev->x, ev->y) : RACE_PANES;

	/* A drag belongs to the pane it began in. */
	if (p == RACE_PANES || (ev->kind == MOUSE_DRAG && p != (int)r->focus))
		return false;
	r->focus = p;
	if (ev->kind != MOUSE_WHEEL_UP && ev->kind != MOUSE_WHEEL_DOWN) {
		click(r, ev);
		return true;
	}
	for (int i = 0; i < 3; i++)
		move_rows(r, ev->kind == MOUSE_WHEEL_UP ? CMD_UP : CMD_DOWN);
	return true;
}
