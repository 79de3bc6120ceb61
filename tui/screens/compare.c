/* Screen 3: focus and keys; each pane draws itself. */
#include "tui/screens/compare.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const struct cmp_pane *cmp_pane_of(enum cmp_pane_id p)
{
	static const struct cmp_pane *const panes[CMP_PANES] = {
		[CMP_LAPS] = &cmp_laps,     [CMP_GAP] = &cmp_gap,         [CMP_LEDGER] = &cmp_ledger,
		[CMP_SPREAD] = &cmp_spread, [CMP_FIGURES] = &cmp_figures, [CMP_TABLE] = &cmp_table,
		[CMP_SUM] = &cmp_sum};

	return panes[p];
}

static bool ready(const struct cmp_screen *c)
{
	return c->view && c->view->session;
}

static bool shown(const struct cmp_screen *c, enum cmp_pane_id p)
{
	return c->layout.pane[p].w > 0;
}

/* Size ---------------------------------------------------------------------------------------------*/

static void settle(struct cmp_screen *c)
{
	if (!shown(c, c->focus))
		c->focus = CMP_TABLE;
	for (int p = 0; p < CMP_PANES; p++) {
		const struct cmp_pane *ops = cmp_pane_of(p);
		c->body[p] = c->layout.pane[p].h > 0 ? c->layout.pane[p].h - 1 : 0;
		if (p == CMP_TABLE)
			table_settle(&c->rows[p], (int)c->npair, c->body[p] - 1);
		else if (ops->cursor_rows)
			table_settle(&c->rows[p], ops->cursor_rows(c), c->body[p] - (p == CMP_SPREAD));
	}
}

static int compare_arrange(void *self, int w, int h, bool linear)
{
	struct cmp_screen *c = self;

	c->w = w;
	memset(&c->layout, 0, sizeof(c->layout));
	if (!ready(c) || !cmp_paired(c)) {
		c->linear = linear;
		c->h = h > 0 ? h : 6;
		return c->h;
	}
	c->h = cmp_layout(c, w, h, linear);
	settle(c);
	return c->h;
}

/* Drawing ------------------------------------------------------------------------------------------*/

static void draw_pane(const struct cmp_screen *c, enum cmp_pane_id p, struct surface s)
{
	const struct cmp_pane *ops = cmp_pane_of(p);
	struct rect at = c->layout.pane[p];
	char left[80] = "", right[80] = "";

	ops->title(c, surface_sub(s, at), left, right);
	if (c->linear)
		pane_head_plain(s, at, left, right);
	else
		pane_head_draw(s, at, left, right, c->focus == p);
	if (ops->legend)
		ops->legend(c, surface_sub(s, (struct rect){at.x, at.y, at.w, 1}));
	ops->draw(c, surface_sub(s, (struct rect){at.x, at.y + 1, at.w, at.h - 1}));
}

static void compare_draw(const void *self, struct surface s)
{
	const struct cmp_screen *c = self;

	head_draw(c->app, c->view, s);
	if (!ready(c)) {
		empty_draw(c->view, s);
		return;
	}
	if (!cmp_paired(c)) {
		surface_text(s, 2, HEAD_ROWS + 1, STYLE(TEXT), "there are no two cars with laps to compare");
		return;
	}
	layout_draw(&c->layout, s);
	for (int p = 0; p < CMP_PANES; p++)
		if (shown(c, p))
			draw_pane(c, p, s);
}

/* Life ---------------------------------------------------------------------------------------------*/

static void compare_data(void *self, const void *data)
{
	struct cmp_screen *c = self;
	const struct view *v = data;
	bool same = ready(c) && v && v->session && strcmp(c->view->session->id, v->session->id) == 0;

	c->view = v;
	if (!same)
		memset(c->rows, 0, sizeof(c->rows));
	cmp_data_make(c, same);
}

static void *compare_create(struct app *app, const void *data, struct err *err)
{
	struct cmp_screen *c = calloc(1, sizeof(*c));

	if (!c) {
		err_set(err, ERR_NOMEM, "no memory for the compare screen");
		return NULL;
	}
	c->app = app;
	c->focus = CMP_TABLE;
	compare_data(c, data);
	return c;
}

static void compare_destroy(void *self)
{
	struct cmp_screen *c = self;

	cmp_data_free(c);
	free(c);
}

/* Cars ---------------------------------------------------------------------------------------------*/

static void mark(struct cmp_screen *c, enum cmd as, uint16_t car)
{
	const struct view *v = c->view;

	if (as == CMD_MORE)
		data_more(v->owner, car);
	else if (as == CMD_YOU) /* YOU on the reference: the two change places */
		data_set_pair(v->owner, car, car == v->ref ? v->you : v->ref);
	else
		data_set_pair(v->owner, car == v->you ? v->ref : v->you, car);
}

static void car_answer(void *ctx, const char *text)
{
	struct cmp_screen *c = ctx;
	int car = cmp_paired(c) && *text ? session_car(c->view->session, text) : -1;

	if (car >= 0)
		mark(c, c->asked, (uint16_t)car);
	else if (*text)
		app_say(c->app, ROLE_ERROR, "no car %.20s in this session", text);
}

/* The car under the cursor where the cursor is on cars; else it is asked for by number. */
static bool choose_car(struct cmp_screen *c, enum cmd as)
{
	uint16_t car = cmp_car(c);

	if (car != NO_CAR) {
		mark(c, as, car);
		return true;
	}
	c->asked = as;
	app_ask(c->app,
		as == CMD_YOU   ? "your car, by number: "
		: as == CMD_REF ? "reference car, by number: "
				: "car to add or take away, by number: ",
		"", car_answer, c);
	return true;
}

/* Laps ---------------------------------------------------------------------------------------------*/

static void exclude_answer(void *ctx, const char *text)
{
	struct cmp_screen *c = ctx;

	if (cmp_paired(c))
		data_exclude(c->view->owner, cmp_id(c, c->cars[0]), c->asked_lap, *text ? text : "no reason given");
}

static bool exclude(struct cmp_screen *c)
{
	const struct lap_pair *p = cmp_lap(c);
	char label[48];

	if (!p)
		return true;
	c->asked_lap = c->view->session->laps.number[p->you];
	if (c->view->analysis->classes.lap[p->you].status == LAP_EXCLUDED) {
		data_exclude(c->view->owner, cmp_id(c, c->cars[0]), c->asked_lap, "");
		return true;
	}
	snprintf(label, sizeof(label), "leave out lap %u of %.12s because: ", c->asked_lap, cmp_id(c, c->cars[0]));
	app_ask(c->app, label, "", exclude_answer, c);
	return true;
}

static bool clear_air(struct cmp_screen *c)
{
	if (cmp_timed(c)) {
		app_say(c->app, ROLE_DIM, "best laps stand side by side here: there is no clear-air filter");
		return true;
	}
	c->clear = !c->clear;
	cmp_data_make(c, true);
	app_say(c->app, ROLE_TEXT, c->clear ? "laps both began in clear air: %u of %u" : "all laps: %u of %u", c->npair,
		c->view->cmp.npairs);
	return true;
}

static bool mini_sectors(struct cmp_screen *c)
{
	if (c->view->session->nmini == 0)
		app_say(c->app, ROLE_DIM, "this session's file has no mini-sectors");
	else
		c->minis = !c->minis;
	return true;
}

/* Keys ---------------------------------------------------------------------------------------------*/

static bool next_pane(struct cmp_screen *c, int step)
{
	for (int i = 1; i <= CMP_PANES; i++) {
		int p = (c->focus + CMP_PANES + step * i) % CMP_PANES;
		if (c->zoom ? cmp_pane_of(p)->want(c, c->w) > 0 : shown(c, p)) {
			c->focus = p;
			return true;
		}
	}
	return true;
}

/* Left and right go over laps everywhere; up and down over the rows of the focused pane. */
static bool move(struct cmp_screen *c, enum cmd cmd)
{
	const struct cmp_pane *ops = cmp_pane_of(c->focus);
	bool by_lap = !ops->cursor_rows || cmd == CMD_LEFT || cmd == CMD_RIGHT;
	enum cmp_pane_id p = by_lap ? CMP_TABLE : c->focus;
	int rows = by_lap ? (int)c->npair : ops->cursor_rows(c);
	enum table_move move;

	cmd = cmd == CMD_LEFT ? CMD_UP : cmd == CMD_RIGHT ? CMD_DOWN : cmd;
	if (!table_move_of(cmd, &move) || rows <= 0)
		return false;
	table_go(&c->rows[p], move, rows, c->body[p] - 1);
	return true;
}

static bool show_command(struct cmp_screen *c, enum cmd cmd)
{
	switch (cmd) {
	case CMD_PANE_NEXT:
		return next_pane(c, 1);
	case CMD_PANE_PREV:
		return next_pane(c, -1);
	case CMD_ZOOM:
		c->zoom = !c->zoom;
		return true;
	case CMD_BACK:
		if (!c->zoom)
			return false;
		c->zoom = false;
		return true;
	case CMD_CHART:
		c->by_stint = !c->by_stint;
		return true;
	case CMD_MINIS:
		return mini_sectors(c);
	case CMD_AIR:
		return clear_air(c);
	default:
		return move(c, cmd);
	}
}

static bool compare_command(void *self, enum cmd cmd)
{
	struct cmp_screen *c = self;

	if (!ready(c) || !cmp_paired(c))
		return false;
	switch (cmd) {
	case CMD_YOU:
	case CMD_REF:
	case CMD_MORE:
		return choose_car(c, cmd);
	case CMD_EXCLUDE:
		return exclude(c);
	case CMD_ENTER:
		app_run_command(c->app, CMD_WHY);
		return true;
	default:
		return show_command(c, cmd);
	}
}

/* Mouse --------------------------------------------------------------------------------------------*/

static int pane_at(const struct cmp_screen *c, int x, int y)
{
	int p = 0;

	for (; p < CMP_PANES; p++) {
		struct rect at = c->layout.pane[p];
		if (at.w > 0 && x >= at.x && x < at.x + at.w && y >= at.y && y < at.y + at.h)
			break;
	}
	return p;
}

static void click(struct cmp_screen *c, const struct mouse_event *ev)
{
	const struct cmp_pane *ops = cmp_pane_of(c->focus);
	struct rect at = c->layout.pane[c->focus];
	int y = ev->y - at.y - 1 - (c->focus == CMP_TABLE), row = c->rows[c->focus].top + y;
	int rows = c->focus == CMP_TABLE ? (int)c->npair : ops->cursor_rows ? ops->cursor_rows(c) : 0;
	struct surface size = {NULL, {0, 0, at.w, at.h - 1}, {0, 0, 0, 0}};

	if (ops->lap_at)
		ops->lap_at(c, size, ev->x - at.x, &c->rows[CMP_TABLE].cursor);
	else if (y >= 0 && row < rows)
		c->rows[c->focus].cursor = row;
}

static bool compare_mouse(void *self, const struct mouse_event *ev)
{
	struct cmp_screen *c = self;
	int p = ready(c) && cmp_paired(c) ? pane_at(c, ev->x, ev->y) : CMP_PANES;

	/* A drag belongs to the pane it began in. */
	if (p == CMP_PANES || (ev->kind == MOUSE_DRAG && p != (int)c->focus))
		return false;
	c->focus = p;
	if (ev->kind == MOUSE_WHEEL_UP || ev->kind == MOUSE_WHEEL_DOWN) {
		for (int i = 0; i < 3; i++)
			move(c, ev->kind == MOUSE_WHEEL_UP ? CMD_UP : CMD_DOWN);
		return true;
	}
	click(c, ev);
	if (ev->kind == MOUSE_DOUBLE)
		app_run_command(c->app, CMD_WHY);
	return true;
}

/* Answers ------------------------------------------------------------------------------------------*/

static bool compare_why(const void *self, char title[80], struct buf *out)
{
	const struct cmp_screen *c = self;

	return ready(c) && cmp_paired(c) && cmp_pane_of(c->focus)->why(c, title, out);
}

static bool compare_export(const void *self, enum export_format format, struct buf *out, struct err *err)
{
	const struct cmp_screen *c = self;

	if (!ready(c) || !cmp_paired(c))
		return err_set(err, ERR_NOT_FOUND, "there is nothing to compare yet");
	return view_report(c->view, report_compare, NO_CAR, format, out, err);
}

static void compare_export_name(const void *self, char out[64])
{
	const struct cmp_screen *c = self;

	pane_export_name(c->view, "compare", out);
}

static int compare_hints(const void *self, struct hint_item *out, int max)
{
	static const struct hint_item all[] = {
		{CMD_DOWN, CMD_UP, "row"},         {CMD_LEFT, CMD_RIGHT, "lap"},       {CMD_YOU, CMD_NONE, "you"},
		{CMD_REF, CMD_NONE, "ref"},        {CMD_MORE, CMD_NONE, "car"},        {CMD_AIR, CMD_NONE, "clear air"},
		{CMD_MINIS, CMD_NONE, "minis"},    {CMD_CHART, CMD_NONE, "stints"},    {CMD_WHY, CMD_NONE, "why"},
		{CMD_PANE_NEXT, CMD_NONE, "pane"}, {CMD_EXCLUDE, CMD_NONE, "exclude"}, {CMD_ZOOM, CMD_NONE, "zoom"},
		{CMD_EXPORT, CMD_NONE, "export"},  {CMD_HELP, CMD_NONE, "help"}};
	int n = (int)(sizeof(all) / sizeof(all[0]));

	(void)self;
	n = n < max ? n : max;
	memcpy(out, all, (size_t)n * sizeof(*out));
	return n;
}

static int compare_keys(const void *self, const char **place, enum cmd *out, int max)
{
	static const enum cmd all[] = {CMD_DOWN, CMD_UP,   CMD_FIRST, CMD_LAST,  CMD_LEFT,  CMD_RIGHT,   CMD_YOU,
				       CMD_REF,  CMD_MORE, CMD_AIR,   CMD_MINIS, CMD_CHART, CMD_EXCLUDE, CMD_ENTER};
	const struct cmp_screen *c = self;
	int n = (int)(sizeof(all) / sizeof(all[0]));

	*place = cmp_pane_of(c->focus)->name;
	n = n < max ? n : max;
	memcpy(out, all, (size_t)n * sizeof(*out));
	return n;
}

const struct screen_ops compare_screen = {
	.name = "compare",
	.create = compare_create,
	.destroy = compare_destroy,
	.data = compare_data,
	.arrange = compare_arrange,
	.draw = compare_draw,
	.command = compare_command,
	.mouse = compare_mouse,
	.why = compare_why,
	.export_pane = compare_export,
	.export_name = compare_export_name,
	.hints = compare_hints,
	.keys = compare_keys,
};
