/* Screen 2: layout, focus and keys; each pane draws itself. */
#include "tui/screens/race.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tui/screens/race_layout.h"

static bool ready(const struct race *r)
{
	return r->view && r->view->session;
}

/* Size --------------------------------------------------------------------------------------------*/

static void settle(struct race *r)
{
	if (r->layout.pane[r->focus].w == 0)
		r->focus = RACE_TOWER;
	for (int p = 0; p < RACE_PANES; p++) {
		const struct race_pane *ops = race_pane_of(p);
		r->body[p] = r->layout.pane[p].h > 0 ? r->layout.pane[p].h - 1 : 0;
		if (ops->cursor_rows)
			table_settle(&r->rows[p], ops->cursor_rows(r), r->body[p] - 1);
	}
	/* Zoomed, the strip has rows of its own. */
	int rows = r->body[RACE_TOWER] ? r->body[RACE_TOWER] : r->body[RACE_STRIP];
	race_cars_settle(r, rows - 1);
	if (r->lap > race_last_lap(r))
		r->lap = race_last_lap(r);
}

static int race_arrange(void *self, int w, int h, bool linear)
{
	struct race *r = self;

	r->w = w;
	memset(&r->layout, 0, sizeof(r->layout));
	if (!ready(r)) {
		r->linear = linear;
		r->h = h > 0 ? h : 6;
		return r->h;
	}
	r->h = race_layout(r, w, h, linear);
	settle(r);
	return r->h;
}

/* Drawing -----------------------------------------------------------------------------------------*/

static void draw_pane(const struct race *r, enum race_pane_id p, struct surface s)
{
	const struct race_pane *ops = race_pane_of(p);
	struct rect at = r->layout.pane[p];
	char left[80] = "", right[80] = "";

	ops->title(r, surface_sub(s, at), left, right);
	if (r->linear)
		pane_head_plain(s, at, left, right);
	else
		pane_head_draw(s, at, left, right, r->focus == p);
	ops->draw(r, surface_sub(s, (struct rect){at.x, at.y + 1, at.w, at.h - 1}));
}

static void race_draw(const void *self, struct surface s)
{
	const struct race *r = self;

	head_draw(r->app, r->view, s);
	if (!ready(r)) {
		empty_draw(r->view, s);
		return;
	}
	layout_draw(&r->layout, s);
	for (int p = 0; p < RACE_PANES; p++)
		if (r->layout.pane[p].w > 0)
			draw_pane(r, p, s);
}

/* Life --------------------------------------------------------------------------------------------*/

static void race_data(void *self, const void *data)
{
	struct race *r = self;
	const struct view *v = data;
	bool same = ready(r) && v && v->session && strcmp(r->view->session->id, v->session->id) == 0;

	r->view = v;
	if (!same) {
		memset(r->rows, 0, sizeof(r->rows));
		r->lap = 0;
		r->top = r->cursor = 0;
		r->cursor_car = v && v->paired ? v->you : NO_CAR;
		r->mode = ready(r) && race_has_drivers(r) ? STRIP_DRIVERS : STRIP_MARKS;
	}
	race_cars_make(r);
}

static void *race_create(struct app *app, const void *data, struct err *err)
{
	struct race *r = calloc(1, sizeof(*r));

	if (!r) {
		err_set(err, ERR_NOMEM, "no memory for the race screen");
		return NULL;
	}
	r->app = app;
	r->chart = RACE_GAP;
	r->cursor_car = r->find_from = NO_CAR;
	race_data(r, data);
	return r;
}

static void race_destroy(void *self)
{
	struct race *r = self;

	free(r->cars);
	free(r);
}

/* Keys --------------------------------------------------------------------------------------------*/

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

/* The next chart that has something to show; zoomed, it is the one that fills the screen. */
static bool next_chart(struct race *r)
{
	enum race_pane_id before = r->chart;

	do {
		r->chart = r->chart + 1 == RACE_PANES ? RACE_GAP : r->chart + 1;
	} while (r->chart != before && race_pane_of(r->chart)->want(r, r->w) == 0);
	if (r->focus == before || r->zoom)
		r->focus = r->chart;
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

	if (ready(r) && r->asked_car < r->view->session->ncars)
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
	static const struct {
		enum cmd cmd;
		enum table_move move;
	} moves[] = {{CMD_UP, TABLE_UP},           {CMD_DOWN, TABLE_DOWN},
		     {CMD_PAGE_UP, TABLE_PAGE_UP}, {CMD_PAGE_DOWN, TABLE_PAGE_DOWN},
		     {CMD_FIRST, TABLE_FIRST},     {CMD_LAST, TABLE_LAST}};
	const struct race_pane *ops = race_pane_of(r->focus);

	for (size_t i = 0; i < sizeof(moves) / sizeof(moves[0]); i++) {
		if (moves[i].cmd != cmd)
			continue;
		if (ops->cursor_rows)
			table_go(&r->rows[r->focus], moves[i].move, ops->cursor_rows(r), r->body[r->focus] - 1);
		else /* all others follow the car under the cursor */
			race_cars_go(r, moves[i].move);
		return true;
	}
	return false;
}

static bool next_base(struct race *r)
{
	char words[40];

	r->base = (r->base + 1) % GAP_BASES;
	race_base_words(r, words);
	app_say(r->app, ROLE_TEXT, "gap from %s", words);
	return true;
}

static bool race_command(void *self, enum cmd cmd)
{
	struct race *r = self;

	if (!ready(r))
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
	case CMD_EXCLUDE:
		return exclude(r);
	case CMD_STRIP:
		race_next_mode(r);
		app_say(r->app, ROLE_TEXT, "%s", strip_mode_words(r->mode));
		return true;
	case CMD_GAP_BASE:
		return next_base(r);
	case CMD_CHART:
		return next_chart(r);
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

static bool race_mouse(void *self, const struct mouse_event *ev)
{
	struct race *r = self;
	int p = ready(r) ? pane_at(r, ev->x, ev->y) : RACE_PANES;

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

/* What the loop asks ------------------------------------------------------------------------------*/

static bool race_why(const void *self, char title[80], struct buf *out)
{
	const struct race *r = self;

	return ready(r) && race_pane_of(r->focus)->why && race_pane_of(r->focus)->why(r, title, out);
}

static bool race_export(const void *self, enum export_format format, struct buf *out, struct err *err)
{
	const struct race *r = self;

	if (!ready(r) || !race_pane_of(r->focus)->export_pane)
		return err_set(err, ERR_NOT_FOUND, "there is nothing to write yet");
	return race_pane_of(r->focus)->export_pane(r, format, out, err);
}

static void race_export_name(const void *self, char out[64])
{
	const struct race *r = self;

	pane_export_name(r->view, race_pane_of(r->focus)->name, out);
}

static int race_hints(const void *self, struct hint_item *out, int max)
{
	const struct race *r = self;
	static const struct hint_item items[] = {
		{CMD_DOWN, CMD_UP, "car"},           {CMD_YOU, CMD_NONE, "you"},   {CMD_REF, CMD_NONE, "ref"},
		{CMD_FOLLOW, CMD_NONE, NULL},        {CMD_STRIP, CMD_NONE, NULL},  {CMD_CHART, CMD_NONE, NULL},
		{CMD_GAP_BASE, CMD_NONE, NULL},      {CMD_CLASS, CMD_NONE, NULL},  {CMD_REPLAY, CMD_NONE, NULL},
		{CMD_STEP_BACK, CMD_STEP_ON, "lap"}, {CMD_WHY, CMD_NONE, NULL},    {CMD_ZOOM, CMD_NONE, NULL},
		{CMD_FIND, CMD_NONE, NULL},          {CMD_EXPORT, CMD_NONE, NULL}, {CMD_HELP, CMD_NONE, NULL}};
	int n = 0;

	for (size_t i = 0; i < sizeof(items) / sizeof(items[0]) && n < max; i++)
		if (items[i].cmd != CMD_CLASS || (ready(r) && race_many_classes(r)))
			out[n++] = items[i];
	return n;
}

static int race_keys(const void *self, const char **place, enum cmd *out, int max)
{
	const struct race *r = self;
	static const enum cmd keys[] = {CMD_DOWN,  CMD_UP,      CMD_LEFT,   CMD_RIGHT,   CMD_FIRST, CMD_LAST,
					CMD_YOU,   CMD_REF,     CMD_FOLLOW, CMD_STRIP,   CMD_CHART, CMD_GAP_BASE,
					CMD_CLASS, CMD_EXCLUDE, CMD_REPLAY, CMD_STEP_ON, CMD_ENTER};
	int n = (int)(sizeof(keys) / sizeof(keys[0]));

	*place = race_pane_of(r->focus)->name;
	n = n < max ? n : max;
	memcpy(out, keys, (size_t)n * sizeof(*out));
	return n;
}

const struct screen_ops race_screen = {
	.name = "race",
	.create = race_create,
	.destroy = race_destroy,
	.data = race_data,
	.arrange = race_arrange,
	.draw = race_draw,
	.command = race_command,
	.mouse = race_mouse,
	.why = race_why,
	.export_pane = race_export,
	.export_name = race_export_name,
	.find = race_find,
	.hints = race_hints,
	.keys = race_keys,
};
