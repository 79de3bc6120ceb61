/* Screen 2: layout, focus and keys; each pane draws itself. */
#include "tui/screens/race.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tui/screens/race_parts.h"

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
	if (!race_ready(r)) {
		r->linear = linear;
		r->h = h > 0 ? h : 6;
		return r->h;
	}
	if (race_pane_of(r->chart)->want(r, w) == 0)
		race_next_chart(r);
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
	if (!race_ready(r)) {
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
	const struct session *before = r->view ? r->view->session : NULL, *after = v ? v->session : NULL;
	bool same = before && after && strcmp(before->id, after->id) == 0;

	r->view = v;
	if (!same) {
		memset(r->rows, 0, sizeof(r->rows));
		r->lap = 0;
		r->top = r->cursor = 0;
		r->cursor_car = v && v->paired ? v->you : NO_CAR;
		r->mode = race_ready(r) && race_has_drivers(r) ? STRIP_DRIVERS : STRIP_MARKS;
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

/* What the loop asks ------------------------------------------------------------------------------*/

static bool race_why(const void *self, char title[80], struct buf *out)
{
	const struct race *r = self;

	return race_ready(r) && race_pane_of(r->focus)->why && race_pane_of(r->focus)->why(r, title, out);
}

static bool race_export(const void *self, enum export_format format, struct buf *out, struct err *err)
{
	const struct race *r = self;

	if (!race_ready(r) || !race_pane_of(r->focus)->export_pane)
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
		if (items[i].cmd != CMD_CLASS || (race_ready(r) && race_many_classes(r)))
			out[n++] = items[i];
	return n;
}

static int race_keys(const void *self, const char **place, enum cmd *out, int max)
{
	const struct race *r = self;
	static const enum cmd keys[] = {CMD_DOWN,     CMD_UP,    CMD_LEFT,    CMD_RIGHT,  CMD_FIRST,   CMD_LAST,
					CMD_YOU,      CMD_REF,   CMD_MORE,    CMD_FOLLOW, CMD_STRIP,   CMD_CHART,
					CMD_GAP_BASE, CMD_CLASS, CMD_EXCLUDE, CMD_REPLAY, CMD_STEP_ON, CMD_ENTER};
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
