/* Screen 6: layout, focus, keys and search; each pane says only what it lists. */
#include "tui/screens/sources.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LOG_TEXT = 1 << 20, FIND_TEXT = 1 << 16 };

const struct source_pane *source_pane_of(enum source_pane_id p)
{
	static const struct source_pane *const panes[SOURCE_PANES] = {
		[SOURCE_FILES] = &source_files,         [SOURCE_OWNERS] = &source_owners, [SOURCE_TOLD] = &source_told,
		[SOURCE_OFFICIALS] = &source_officials, [SOURCE_LOG] = &source_log,
	};

	return panes[p];
}

/* Size --------------------------------------------------------------------------------------------*/

/* Head, titles, and a row for each thing; a row of words where there is nothing. */
static int want(const struct sources *s, enum source_pane_id p)
{
	int rows = source_pane_of(p)->rows(s);

	return rows > 0 ? rows + 2 : 2;
}

static struct layout_node node(const struct sources *s, enum source_pane_id p, int min_h, int share, int drop)
{
	int wanted = want(s, p);

	return (struct layout_node){.kind = LAYOUT_PANE,
				    .pane = (int)p,
				    .min_w = 20,
				    .min_h = min_h < wanted ? min_h : wanted,
				    .max_h = wanted,
				    .share = share,
				    .drop = drop};
}

static bool solve(struct sources *s, struct rect area)
{
	const struct layout_node all[] = {node(s, SOURCE_OWNERS, 7, 0, 2), node(s, SOURCE_FILES, 7, 5, 0),
					  node(s, SOURCE_TOLD, 4, 3, 0), node(s, SOURCE_OFFICIALS, 5, 2, 1),
					  node(s, SOURCE_LOG, 3, 1, 3)};
	const struct layout_node one = node(s, s->focus, 2, 5, 0);
	const struct layout_node rows = {.kind = LAYOUT_ROWS, .child = all, .nchild = SOURCE_PANES};

	return layout_solve(s->zoom ? &one : &rows, area, &s->layout);
}

/* Text output: all panes one under another, all rows. */
static int stack(struct sources *s, int w)
{
	static const enum source_pane_id order[] = {SOURCE_OWNERS, SOURCE_FILES, SOURCE_TOLD, SOURCE_OFFICIALS,
						    SOURCE_LOG};
	int y = HEAD_ROWS;

	memset(&s->layout, 0, sizeof(s->layout));
	for (size_t i = 0; i < sizeof(order) / sizeof(order[0]); i++) {
		int h = want(s, order[i]);
		s->layout.pane[order[i]] = (struct rect){0, y, w, h};
		y += h;
	}
	return y;
}

static void settle(struct sources *s)
{
	if (s->layout.pane[s->focus].w == 0)
		s->focus = SOURCE_FILES;
	for (int p = 0; p < SOURCE_PANES; p++) {
		s->body[p] = s->layout.pane[p].h > 0 ? s->layout.pane[p].h - 1 : 0;
		table_settle(&s->rows[p], source_pane_of((enum source_pane_id)p)->rows(s), s->body[p] - 1);
	}
}

static int sources_arrange(void *self, int w, int h, bool linear)
{
	struct sources *s = self;

	s->w = w;
	s->linear = linear || h <= 0;
	s->h = h > 0 && !linear ? h : stack(s, w);
	if (!s->linear && !solve(s, (struct rect){0, HEAD_ROWS, w, h - HEAD_ROWS}))
		memset(&s->layout, 0, sizeof(s->layout));
	settle(s);
	return s->h;
}

/* Drawing -----------------------------------------------------------------------------------------*/

static struct table table_of(const struct sources *s, enum source_pane_id p)
{
	const struct source_pane *ops = source_pane_of(p);

	return (struct table){.columns = ops->columns,
			      .ncolumns = ops->ncolumns,
			      .rows = ops->rows(s),
			      .ctx = s,
			      .cell = ops->cell,
			      .head = true,
			      .focused = s->focus == p && !s->linear,
			      .sort_column = -1};
}

static void draw_pane(const struct sources *s, enum source_pane_id p, struct surface all)
{
	const struct source_pane *ops = source_pane_of(p);
	struct rect at = s->layout.pane[p];
	struct surface body = surface_sub(all, (struct rect){at.x, at.y + 1, at.w, at.h - 1});
	struct table t = table_of(s, p);
	char right[80] = "";

	ops->title(s, right);
	if (s->linear)
		pane_head_plain(all, at, ops->name, right);
	else
		pane_head_draw(all, at, ops->name, right, s->focus == p);
	if (t.rows > 0)
		table_draw(&t, &s->rows[p], body);
	else
		surface_text(body, 0, 0, STYLE(DIM), ops->none);
}

static void sources_draw(const void *self, struct surface all)
{
	const struct sources *s = self;

	head_draw(s->app, s->view, all);
	if (!s->view || !s->view->dataset) {
		empty_draw(s->view, all);
		return;
	}
	for (int p = 0; p < SOURCE_PANES; p++)
		if (s->layout.pane[p].w > 0)
			draw_pane(s, (enum source_pane_id)p, all);
}

/* Life --------------------------------------------------------------------------------------------*/

static void sources_data(void *self, const void *data)
{
	struct sources *s = self;

	s->view = data;
	if (!sources_gather(s))
		app_say(s->app, ROLE_ERROR, "no memory for the sources");
}

static void *sources_create(struct app *app, const void *data, struct err *err)
{
	struct sources *s = calloc(1, sizeof(*s));

	if (!s) {
		err_set(err, ERR_NOMEM, "no memory for the sources");
		return NULL;
	}
	s->app = app;
	s->find_from = -1;
	buf_init(&s->log, LOG_TEXT);
	sources_data(s, data);
	return s;
}

static void sources_destroy(void *self)
{
	struct sources *s = self;

	buf_release(&s->log);
	arena_free(s->arena);
	free(s);
}

/* Keys --------------------------------------------------------------------------------------------*/

static void next_pane(struct sources *s, int step)
{
	/* As they stand one under another. */
	static const enum source_pane_id order[] = {SOURCE_OWNERS, SOURCE_FILES, SOURCE_TOLD, SOURCE_OFFICIALS,
						    SOURCE_LOG};
	int at = 0;

	for (int i = 0; i < SOURCE_PANES; i++)
		if (order[i] == s->focus)
			at = i;
	for (int i = 1; i <= SOURCE_PANES; i++) {
		enum source_pane_id p = order[(at + 2 * SOURCE_PANES + step * i) % SOURCE_PANES];
		if (s->zoom || s->layout.pane[p].w > 0) {
			s->focus = p;
			return;
		}
	}
}

static bool move_rows(struct sources *s, enum cmd cmd)
{
	enum table_move move;

	if (!table_move_of(cmd, &move))
		return false;
	table_go(&s->rows[s->focus], move, source_pane_of(s->focus)->rows(s), s->body[s->focus] - 1);
	return true;
}

static bool sources_command(void *self, enum cmd cmd)
{
	struct sources *s = self;

	switch (cmd) {
	case CMD_PANE_NEXT:
	case CMD_PANE_PREV:
		next_pane(s, cmd == CMD_PANE_NEXT ? 1 : -1);
		return true;
	case CMD_ZOOM:
		s->zoom = !s->zoom;
		return true;
	case CMD_BACK:
		if (!s->zoom)
			return false;
		s->zoom = false;
		return true;
	case CMD_ENTER:
		app_run_command(s->app, CMD_WHY);
		return true;
	default:
		return move_rows(s, cmd);
	}
}

static bool sources_mouse(void *self, const struct mouse_event *ev)
{
	struct sources *s = self;

	for (int p = 0; p < SOURCE_PANES; p++) {
		struct rect at = s->layout.pane[p];
		if (at.w == 0 || ev->y < at.y || ev->y >= at.y + at.h || ev->kind == MOUSE_DRAG)
			continue;
		s->focus = (enum source_pane_id)p;
		if (ev->kind == MOUSE_WHEEL_UP || ev->kind == MOUSE_WHEEL_DOWN)
			return move_rows(s, ev->kind == MOUSE_WHEEL_UP ? CMD_UP : CMD_DOWN);
		int row = s->rows[p].top + ev->y - at.y - 2;
		if (ev->y >= at.y + 2 && row < source_pane_of(s->focus)->rows(s))
			s->rows[p].cursor = row;
		if (ev->kind == MOUSE_DOUBLE)
			app_run_command(s->app, CMD_WHY);
		return true;
	}
	return false;
}

/* Search ------------------------------------------------------------------------------------------*/

static bool row_has(const struct sources *s, int row, const char *text)
{
	struct buf words;
	bool found;

	buf_init(&words, FIND_TEXT);
	source_pane_of(s->focus)->words(s, row, &words);
	found = str_has_nocase(buf_view(&words), text);
	buf_release(&words);
	return found;
}

/* From row `at` on in direction `step`, round the end; -1 none. */
static int next_match(const struct sources *s, const char *text, int at, int step, int rows)
{
	for (int i = 0; i < rows; i++) {
		int row = ((at + step * i) % rows + rows) % rows;
		if (row_has(s, row, text))
			return row;
	}
	return -1;
}

static int sources_find(void *self, const char *text, int dir, int *of)
{
	struct sources *s = self;
	struct table_state *st = &s->rows[s->focus];
	int rows = source_pane_of(s->focus)->rows(s), n = 0;

	*of = rows;
	if (rows == 0)
		return 0;
	if (dir == 0 && s->find_from < 0)
		s->find_from = st->cursor;
	if (!*text) {
		st->cursor = s->find_from >= 0 ? s->find_from : st->cursor;
		s->find_from = -1;
		return 0;
	}
	for (int row = 0; row < rows; row++)
		n += row_has(s, row, text);
	int row = next_match(s, text, dir == 0 ? s->find_from : st->cursor + dir, dir < 0 ? -1 : 1, rows);
	if (row >= 0)
		st->cursor = row;
	if (dir != 0)
		s->find_from = -1;
	return n;
}

/* What the loop asks ------------------------------------------------------------------------------*/

static bool sources_why(const void *self, char title[80], struct buf *out)
{
	const struct sources *s = self;
	const struct source_pane *p = source_pane_of(s->focus);

	if (p->rows(s) == 0)
		return false;
	snprintf(title, 80, "%s", p->name);
	p->words(s, s->rows[s->focus].cursor, out);
	buf_fmt(out, "\n%s\n", p->rule);
	return true;
}

static bool sources_export_pane(const void *self, enum export_format format, struct buf *out, struct err *err)
{
	return sources_export(self, format, out, err);
}

static void sources_export_name(const void *self, char out[64])
{
	const struct sources *s = self;

	pane_export_name(s->view, source_pane_of(s->focus)->name, out);
}

static int sources_hints(const void *self, struct hint_item *out, int max)
{
	static const struct hint_item items[] = {{CMD_DOWN, CMD_UP, "row"},      {CMD_PANE_NEXT, CMD_NONE, NULL},
						 {CMD_WHY, CMD_NONE, NULL},      {CMD_FIND, CMD_NONE, NULL},
						 {CMD_EXPORT, CMD_NONE, NULL},   {CMD_ZOOM, CMD_NONE, NULL},
						 {CMD_SCREEN_1, CMD_NONE, NULL}, {CMD_HELP, CMD_NONE, NULL}};
	int n = (int)(sizeof(items) / sizeof(items[0]));

	(void)self;
	n = n < max ? n : max;
	memcpy(out, items, (size_t)n * sizeof(*out));
	return n;
}

static int sources_keys(const void *self, const char **place, enum cmd *out, int max)
{
	static const enum cmd keys[] = {CMD_DOWN, CMD_UP,        CMD_PAGE_DOWN, CMD_PAGE_UP, CMD_FIRST,
					CMD_LAST, CMD_PANE_NEXT, CMD_PANE_PREV, CMD_ZOOM,    CMD_ENTER};
	const struct sources *s = self;
	int n = (int)(sizeof(keys) / sizeof(keys[0]));

	*place = source_pane_of(s->focus)->name;
	n = n < max ? n : max;
	memcpy(out, keys, (size_t)n * sizeof(*out));
	return n;
}

const struct screen_ops sources_screen = {
	.name = "sources",
	.create = sources_create,
	.destroy = sources_destroy,
	.data = sources_data,
	.arrange = sources_arrange,
	.draw = sources_draw,
	.command = sources_command,
	.mouse = sources_mouse,
	.why = sources_why,
	.export_pane = sources_export_pane,
	.export_name = sources_export_name,
	.find = sources_find,
	.hints = sources_hints,
	.keys = sources_keys,
};
