/* Screen 1: layout, focus and keys; each pane draws itself. */
#include "tui/screens/dashboard.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tui/screens/dash.h"

static const struct pane_ops *const race_panes[PANES] = {
	[PANE_FIELD] = &pane_field,     [PANE_LAPS] = &pane_laps,     [PANE_LEDGER] = &pane_ledger,
	[PANE_SECTORS] = &pane_sectors, [PANE_SEASON] = &pane_season, [PANE_NOTES] = &pane_notes,
	[PANE_PAIR] = &pane_pair,       [PANE_LAST] = &pane_last,     [PANE_MESSAGES] = &pane_messages,
};

enum {
	BAR_ROWS = HEAD_ROWS,
	WIDE_FROM = 104,
	TALL_FROM = 34,
	SHORT_NOTES = 5,
	LEFT_W = 56,
	LEFT_TIMED = 66,
	LEFT_LIVE = 43
};

bool dash_timed(const struct dash *d)
{
	return view_is_timed(d->view);
}

bool dash_live(const struct dash *d)
{
	return dash_paired(d) && !dash_timed(d) && (d->view->clock.on || d->view->live);
}

bool dash_paired(const struct dash *d)
{
	return d->view && d->view->paired;
}

bool dash_wide(const struct dash *d)
{
	return d->w >= WIDE_FROM;
}

/* Practice and qualifying show YOUR laps as a table where a race shows both cars over time. */
static const struct pane_ops *ops_of(const struct dash *d, enum pane_id p)
{
	if (p == PANE_NOTES && dash_live(d))
		return &pane_now;
	return p == PANE_LAPS && dash_timed(d) ? &pane_runs : race_panes[p];
}

static int left_width(const struct dash *d)
{
	return dash_timed(d) ? LEFT_TIMED : LEFT_W;
}

/* Layout -----------------------------------------------------------------------------------------*/

static int want(const struct dash *d, enum pane_id p, int w)
{
	int rows = ops_of(d, p)->want(d, w);

	return rows > 0 ? rows + 1 : 0;
}

static struct layout_node pane_node(enum pane_id p, int min_h, int max_h, int share, int drop)
{
	return (struct layout_node){.kind = LAYOUT_PANE,
				    .pane = p,
				    .min_w = 20,
				    .min_h = min_h,
				    .max_h = max_h,
				    .share = share,
				    .drop = drop};
}

/* Nodes of one column; panes with nothing to show are left out. */
struct column {
	struct layout_node node[PANES];
	int n;
};

/* share: its part of what is left over, up to the rows it wants; free: it may grow beyond them. */
static void column_add(struct column *c, const struct dash *d, enum pane_id p, int w, int min_h, int share, int drop,
		       bool free)
{
	int rows = want(d, p, w);

	if (rows > 0)
		c->node[c->n++] = pane_node(p, min_h < rows ? min_h : rows, free ? 0 : rows, share, drop);
}

static struct layout_node column_node(const struct column *c, int min_w, int max_w, int share)
{
	return (struct layout_node){
		.kind = LAYOUT_ROWS, .min_w = min_w, .max_w = max_w, .share = share, .child = c->node, .nchild = c->n};
}

/* 104 columns and more: Field and Sectors at the left, what happened and why at the right. */
static bool solve_wide(struct dash *d, struct rect area)
{
	struct column left = {.n = 0}, right = {.n = 0};
	int lw = left_width(d), rw = area.w - lw - 1;

	column_add(&left, d, PANE_FIELD, lw, 8, 1, 0, true);
	column_add(&left, d, PANE_SECTORS, lw, 13, 0, 2, false);
	column_add(&right, d, PANE_LAPS, rw, 9, 2, 1, true);
	column_add(&right, d, PANE_LEDGER, rw, want(d, PANE_LEDGER, rw), 0, 0, false);
	column_add(&right, d, PANE_SEASON, rw, want(d, PANE_SEASON, rw), 0, 4, false);
	column_add(&right, d, PANE_NOTES, rw, 3, 5, 0, false);
	struct layout_node cols[2] = {column_node(&left, lw, lw + (area.w - 120 > 0 ? (area.w - 120) / 3 : 0), 1),
				      column_node(&right, 40, 0, 2)};
	struct layout_node root = {.kind = LAYOUT_COLS, .child = cols, .nchild = 2};
	return layout_solve(&root, area, &d->layout);
}

/* 80 columns: four panes in two columns, notes below across. */
static bool solve_narrow(struct dash *d, struct rect area)
{
	struct column left = {.n = 0}, right = {.n = 0}, bottom = {.n = 0};
	int lw = (area.w - 1) / 2, rw = area.w - lw - 1;

	column_add(&left, d, PANE_FIELD, lw, 5, 1, 0, true);
	column_add(&left, d, PANE_LEDGER, lw, want(d, PANE_LEDGER, lw), 0, 0, false);
	column_add(&right, d, PANE_LAPS, rw, 6, 1, 1, true);
	column_add(&right, d, PANE_SECTORS, rw, 6, 0, 2, false);
	column_add(&bottom, d, PANE_NOTES, area.w, 3, 1, 0, false);
	struct layout_node cols[2] = {column_node(&left, 20, 0, 1), column_node(&right, 20, 0, 1)};
	struct layout_node rows[2] = {{.kind = LAYOUT_COLS, .child = cols, .nchild = right.n ? 2 : 1, .share = 2},
				      bottom.node[0]};
	struct layout_node root = {.kind = LAYOUT_ROWS, .child = rows, .nchild = 1 + bottom.n};
	if (bottom.n && area.h < TALL_FROM) /* a line a note */
		rows[1].min_h = rows[1].max_h = rows[1].max_h < SHORT_NOTES ? rows[1].max_h : SHORT_NOTES;
	return layout_solve(&root, area, &d->layout);
}

/* The same blocks while a race is on: at 80 columns alone, wider with chart, ledger and sectors at the right. */
static bool solve_live_wide(struct dash *d, struct rect area)
{
	struct column left = {.n = 0}, right = {.n = 0};
	int lw = LEFT_W, rw = area.w - lw - 1;

	column_add(&left, d, PANE_FIELD, lw, 6, 2, 0, true);
	column_add(&left, d, PANE_PAIR, lw, 5, 1, 0, false);
	column_add(&left, d, PANE_LAST, lw, 5, 0, 3, false);
	column_add(&left, d, PANE_MESSAGES, lw, 5, 1, 2, false);
	column_add(&left, d, PANE_NOTES, lw, 8, 0, 0, false);
	column_add(&right, d, PANE_LAPS, rw, 9, 2, 1, true);
	column_add(&right, d, PANE_LEDGER, rw, want(d, PANE_LEDGER, rw), 0, 0, false);
	column_add(&right, d, PANE_SECTORS, rw, 13, 0, 2, false);
	struct layout_node cols[2] = {column_node(&left, lw, lw, 1), column_node(&right, 40, 0, 2)};
	struct layout_node root = {.kind = LAYOUT_COLS, .child = cols, .nchild = right.n ? 2 : 1};
	return layout_solve(&root, area, &d->layout);
}

static bool solve_live_narrow(struct dash *d, struct rect area)
{
	struct column left = {.n = 0}, right = {.n = 0}, bottom = {.n = 0};
	int lw = LEFT_LIVE, rw = area.w - lw - 1;

	column_add(&left, d, PANE_FIELD, lw, 5, 1, 0, true);
	column_add(&left, d, PANE_LAST, lw, 5, 0, 2, false);
	column_add(&right, d, PANE_PAIR, rw, 5, 1, 0, true);
	column_add(&right, d, PANE_MESSAGES, rw, 5, 0, 2, false);
	column_add(&bottom, d, PANE_NOTES, area.w, 5, 0, 0, false);
	struct layout_node cols[2] = {column_node(&left, lw, lw, 1), column_node(&right, 30, 0, 1)};
	struct layout_node rows[2] = {{.kind = LAYOUT_COLS, .child = cols, .nchild = right.n ? 2 : 1, .share = 1},
				      bottom.node[0]};
	struct layout_node root = {.kind = LAYOUT_ROWS, .child = rows, .nchild = 1 + bottom.n};
	return layout_solve(&root, area, &d->layout);
}

/* One column: what never goes. */
static bool solve_slim(struct dash *d, struct rect area)
{
	struct column c = {.n = 0};

	column_add(&c, d, PANE_FIELD, area.w, 4, 1, 1, true);
	column_add(&c, d, PANE_LEDGER, area.w, 3, 0, 2, false);
	column_add(&c, d, PANE_NOTES, area.w, 3, 0, 3, false);
	struct layout_node root = column_node(&c, 20, 0, 1);
	return layout_solve(&root, area, &d->layout);
}

static bool solve_zoom(struct dash *d, struct rect area)
{
	struct layout_node one = pane_node(d->focus, 2, 0, 1, 0);

	return layout_solve(&one, area, &d->layout);
}

/* Text output: every pane at its full height, one under another, a blank line before each. Returns the rows. */
static int solve_linear(struct dash *d, int w)
{
	int y = BAR_ROWS;

	memset(&d->layout, 0, sizeof(d->layout));
	for (int p = 0; p < PANES; p++) {
		int rows = want(d, p, w);
		y += rows ? 1 : 0;
		d->layout.pane[p] = (struct rect){0, y, rows ? w : 0, rows};
		y += rows;
	}
	return y;
}

/* Rows the wide layout would like, for text output. */
static int wide_rows(const struct dash *d)
{
	int lw = left_width(d), rw = d->w - lw - 1;
	int left = want(d, PANE_FIELD, lw) + want(d, PANE_SECTORS, lw);
	int right =
		want(d, PANE_LAPS, rw) + want(d, PANE_LEDGER, rw) + want(d, PANE_SEASON, rw) + want(d, PANE_NOTES, rw);

	return BAR_ROWS + (left > right ? left : right);
}

static void solve(struct dash *d)
{
	struct rect area = {0, BAR_ROWS, d->w, d->h - BAR_ROWS};

	/* What has nothing to show has nothing to draw itself from either: no pair, no lap yet. */
	if (d->zoom && want(d, d->focus, d->w) > 0 && solve_zoom(d, area))
		return;
	if (dash_live(d) && d->w >= WIDE_FROM && d->h >= 34 && solve_live_wide(d, area))
		return;
	if (dash_live(d) && d->w >= 78 && d->h >= 20 && solve_live_narrow(d, area))
		return;
	if (d->w >= WIDE_FROM && d->h >= 22 && solve_wide(d, area))
		return;
	if (d->w >= 72 && d->h >= 16 && solve_narrow(d, area))
		return;
	if (!solve_slim(d, area))
		memset(&d->layout, 0, sizeof(d->layout));
}

static bool shown(const struct dash *d, enum pane_id p)
{
	return d->layout.pane[p].w > 0;
}

static void settle_panes(struct dash *d)
{
	if (!shown(d, d->focus) && shown(d, PANE_FIELD))
		d->focus = PANE_FIELD;
	for (int p = 0; p < PANES; p++) {
		struct rect r = d->layout.pane[p];
		d->body[p] = r.h > 0 ? r.h - 1 : 0;
		if (ops_of(d, p)->settle)
			ops_of(d, p)->settle(d, r.w, d->body[p]);
	}
}

static int dash_arrange(void *self, int w, int h, bool linear)
{
	struct dash *d = self;

	d->w = w;
	d->linear = linear || (h == 0 && w < WIDE_FROM);
	memset(&d->layout, 0, sizeof(d->layout));
	if (!d->view || !d->view->session) {
		d->h = h > 0 ? h : 6;
		return d->h;
	}
	d->h = h > 0 ? h : wide_rows(d);
	if (d->linear)
		d->h = solve_linear(d, w);
	else
		solve(d);
	settle_panes(d);
	return d->h;
}

/* Drawing ----------------------------------------------------------------------------------------*/

static void draw_pane(const struct dash *d, enum pane_id p, struct surface s)
{
	struct rect r = d->layout.pane[p];
	char left[80] = "", right[80] = "";

	ops_of(d, p)->title(d, surface_sub(s, r), left, right);
	if (d->linear)
		pane_head_plain(s, r, left, right);
	else
		pane_head_draw(s, r, left, right, d->focus == p);
	if (!d->linear && ops_of(d, p)->legend)
		ops_of(d, p)->legend(d, surface_sub(s, (struct rect){r.x, r.y, r.w - 1, 1}));
	ops_of(d, p)->draw(d, surface_sub(s, (struct rect){r.x, r.y + 1, r.w, r.h - 1}));
}

static void dash_draw(const void *self, struct surface s)
{
	const struct dash *d = self;

	head_draw(d->app, d->view, s);
	if (!d->view || !d->view->session) {
		empty_draw(d->view, s);
		return;
	}
	layout_draw(&d->layout, s);
	for (int p = 0; p < PANES; p++)
		if (shown(d, p))
			draw_pane(d, p, s);
}

/* Life -------------------------------------------------------------------------------------------*/

/* The same car in a session that was read anew. */
static uint16_t car_again(const struct session *from, uint16_t car, const struct session *to)
{
	int at = car < from->ncars ? session_car(to, from->cars[car].id) : -1;

	return at < 0 ? NO_CAR : (uint16_t)at;
}

/* A session that grows is another one at each lap: what is shown of it stays where it is. Both views are valid here. */
static void take_view(struct dash *d, const struct view *v)
{
	const struct session *old = d->view ? d->view->session : NULL, *s = v ? v->session : NULL;

	d->view = v;
	if (old == s)
		return;
	if (old && s && strcmp(old->id, s->id) == 0) {
		d->cursor_car = car_again(old, d->cursor_car, s);
		d->find_from = car_again(old, d->find_from, s);
		if (d->cursor_car == NO_CAR && v->paired)
			d->cursor_car = v->you;
		return;
	}
	memset(d->rows, 0, sizeof(d->rows));
	d->lap = -1;
	d->cursor_car = v && v->paired ? v->you : NO_CAR;
}

static void focus_on(struct dash *d, int pane)
{
	d->focus = pane;
	if (pane == PANE_NOTES && d->view)
		data_notes_ask(d->view->owner);
}

static void dash_data(void *self, const void *data)
{
	struct dash *d = self;

	take_view(d, data);
	dash_field_make(d);
	if (d->focus == PANE_NOTES)
		focus_on(d, PANE_NOTES);
}

static void *dash_create(struct app *app, const void *data, struct err *err)
{
	struct dash *d = calloc(1, sizeof(*d));

	if (!d) {
		err_set(err, ERR_NOMEM, "no memory for the dashboard");
		return NULL;
	}
	d->app = app;
	d->cursor_car = d->find_from = NO_CAR;
	dash_data(d, data);
	return d;
}

static void dash_destroy(void *self)
{
	struct dash *d = self;

	free(d->field);
	free(d);
}

/* Keys -------------------------------------------------------------------------------------------*/

static bool next_pane(struct dash *d, int step)
{
	for (int i = 1; i <= PANES; i++) {
		int p = (d->focus + PANES + step * i) % PANES;
		bool there = d->zoom ? ops_of(d, p)->want(d, d->w) > 0 : shown(d, p);
		if (there) {
			focus_on(d, p);
			return true;
		}
	}
	return true;
}

static bool move_cursor(struct dash *d, enum cmd cmd)
{
	enum table_move move;
	int rows = ops_of(d, d->focus)->cursor_rows ? ops_of(d, d->focus)->cursor_rows(d) : 0;

	if (!table_move_of(cmd, &move) || rows == 0)
		return false;
	table_go(&d->rows[d->focus], move, rows, d->body[d->focus]);
	return true;
}

static bool dash_command(void *self, enum cmd cmd)
{
	struct dash *d = self;

	if (!d->view || !d->view->session)
		return false;
	if (ops_of(d, d->focus)->command && ops_of(d, d->focus)->command(d, cmd))
		return true;
	switch (cmd) {
	case CMD_PANE_NEXT:
		return next_pane(d, 1);
	case CMD_PANE_PREV:
		return next_pane(d, -1);
	case CMD_ZOOM:
		d->zoom = !d->zoom;
		return true;
	case CMD_BACK:
		if (!d->zoom)
			return false;
		d->zoom = false;
		return true;
	case CMD_YOU:
	case CMD_MORE:
	case CMD_REF:
	case CMD_SORT:
		return pane_field.command(d, cmd);
	case CMD_EXCLUDE:
		return ops_of(d, PANE_LAPS)->command(d, cmd);
	case CMD_ENTER: /* where a pane has nothing of its own to open: where the figure comes from */
		app_run_command(d->app, CMD_WHY);
		return true;
	default:
		return move_cursor(d, cmd);
	}
}

/* The pane under the pointer; PANES: none. */
static int pane_at(const struct dash *d, int x, int y)
{
	int p = 0;

	for (; p < PANES; p++) {
		struct rect r = d->layout.pane[p];
		if (r.w > 0 && x >= r.x && x < r.x + r.w && y >= r.y && y < r.y + r.h)
			break;
	}
	return p;
}

static void wheel(struct dash *d, enum cmd cmd)
{
	for (int i = 0; i < 3; i++)
		dash_command(d, cmd);
}

static void click(struct dash *d, const struct mouse_event *ev)
{
	struct rect r = d->layout.pane[d->focus];
	struct surface size = {NULL, {0, 0, r.w, r.h - 1}, {0, 0, 0, 0}};
	struct mouse_event in = *ev;

	in.x -= r.x;
	in.y -= r.y + 1;
	if (ops_of(d, d->focus)->click && in.y >= 0 && ops_of(d, d->focus)->click(d, size, &in) &&
	    ev->kind == MOUSE_DOUBLE)
		dash_command(d, CMD_ENTER);
}

static bool dash_mouse(void *self, const struct mouse_event *ev)
{
	struct dash *d = self;
	int p = d->view && d->view->session ? pane_at(d, ev->x, ev->y) : PANES;

	if (p == PANES)
		return false;
	/* A drag belongs to the pane it began in; beyond its edge it changes nothing. */
	if (ev->kind == MOUSE_DRAG && p != (int)d->focus)
		return false;
	focus_on(d, p);
	if (ev->kind == MOUSE_WHEEL_UP || ev->kind == MOUSE_WHEEL_DOWN)
		wheel(d, ev->kind == MOUSE_WHEEL_UP ? CMD_UP : CMD_DOWN);
	else
		click(d, ev);
	return true;
}

static bool dash_why(const void *self, char title[80], struct buf *out)
{
	const struct dash *d = self;

	return d->view && d->view->session && ops_of(d, d->focus)->why && ops_of(d, d->focus)->why(d, title, out);
}

static bool dash_export(const void *self, enum export_format format, struct buf *out, struct err *err)
{
	const struct dash *d = self;

	if (!d->view || !d->view->session || !ops_of(d, d->focus)->export_pane)
		return err_set(err, ERR_NOT_FOUND, "there is nothing to write yet");
	return ops_of(d, d->focus)->export_pane(d, format, out, err);
}

static void dash_export_name(const void *self, char out[64])
{
	const struct dash *d = self;

	pane_export_name(d->view, ops_of(d, d->focus)->name, out);
}

static int dash_hints(const void *self, struct hint_item *out, int max)
{
	const struct dash *d = self;
	static const struct hint_item field[] = {{CMD_DOWN, CMD_UP, "car"},
						 {CMD_YOU, CMD_NONE, "you"},
						 {CMD_REF, CMD_NONE, "ref"},
						 {CMD_SORT, CMD_NONE, "sort"}};
	static const struct hint_item laps[] = {{CMD_LEFT, CMD_RIGHT, "lap"}, {CMD_EXCLUDE, CMD_NONE, "exclude lap"}};
	static const struct hint_item rows[] = {{CMD_DOWN, CMD_UP, "row"}};
	static const struct hint_item notes[] = {
		{CMD_DOWN, CMD_UP, "note"}, {CMD_ENTER, CMD_NONE, "evidence"}, {CMD_MARK, CMD_NONE, "mark"}};
	static const struct hint_item rest[] = {
		{CMD_PANE_NEXT, CMD_NONE, "pane"},  {CMD_WHY, CMD_NONE, "why"},
		{CMD_ZOOM, CMD_NONE, "zoom"},       {CMD_SESSION_PREV, CMD_SESSION_NEXT, "session"},
		{CMD_FIND, CMD_NONE, "find"},       {CMD_EXPORT, CMD_NONE, "export"},
		{CMD_COMMAND, CMD_NONE, "command"}, {CMD_HELP, CMD_NONE, "help"},
		{CMD_QUIT, CMD_NONE, "quit"}};
	static const struct hint_item replay[] = {{CMD_REPLAY, CMD_NONE, "pause"}, {CMD_STEP_BACK, CMD_STEP_ON, "lap"}};
	const struct hint_item *first = rows;
	int nfirst = 1, n = 0;

	for (int i = 0; d->view && d->view->clock.on && i < 2 && n < max; i++)
		out[n++] = replay[i];

	if (d->focus == PANE_FIELD)
		first = field, nfirst = 4;
	else if (d->focus == PANE_LAPS)
		first = laps, nfirst = 2;
	else if (d->focus == PANE_NOTES)
		first = notes, nfirst = 3;
	for (int i = 0; i < nfirst && n < max; i++)
		out[n++] = first[i];
	for (size_t i = 0; i < sizeof(rest) / sizeof(rest[0]) && n < max; i++)
		out[n++] = rest[i];
	return n;
}

static int dash_keys(const void *self, const char **place, enum cmd *out, int max)
{
	const struct dash *d = self;
	static const enum cmd cars[] = {CMD_DOWN, CMD_UP,  CMD_FIRST, CMD_LAST, CMD_PAGE_DOWN, CMD_PAGE_UP,
					CMD_YOU,  CMD_REF, CMD_MORE,  CMD_SORT, CMD_ENTER};
	static const enum cmd laps[] = {CMD_LEFT,      CMD_RIGHT,   CMD_FIRST, CMD_LAST,
					CMD_PAGE_DOWN, CMD_PAGE_UP, CMD_ENTER, CMD_EXCLUDE};
	static const enum cmd rows[] = {CMD_DOWN, CMD_UP, CMD_FIRST, CMD_LAST, CMD_ENTER};
	static const enum cmd notes[] = {CMD_DOWN, CMD_UP, CMD_FIRST, CMD_LAST, CMD_ENTER, CMD_MARK};
	const enum cmd *from = rows;
	int n = (int)(sizeof(rows) / sizeof(rows[0]));

	*place = ops_of(d, d->focus)->name;
	if (d->focus == PANE_FIELD)
		from = cars, n = (int)(sizeof(cars) / sizeof(cars[0]));
	else if (d->focus == PANE_LAPS)
		from = laps, n = (int)(sizeof(laps) / sizeof(laps[0]));
	else if (d->focus == PANE_NOTES)
		from = notes, n = (int)(sizeof(notes) / sizeof(notes[0]));
	n = n < max ? n : max;
	memcpy(out, from, (size_t)n * sizeof(*out));
	return n;
}

const struct screen_ops dashboard_screen = {
	.name = "dashboard",
	.create = dash_create,
	.destroy = dash_destroy,
	.data = dash_data,
	.arrange = dash_arrange,
	.draw = dash_draw,
	.command = dash_command,
	.mouse = dash_mouse,
	.why = dash_why,
	.export_pane = dash_export,
	.export_name = dash_export_name,
	.find = dash_find,
	.hints = dash_hints,
	.keys = dash_keys,
};
