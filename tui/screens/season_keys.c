/* Keys and mouse of screen 5. */
#include <string.h>

#include "tui/screens/season.h"

static void focus_on(struct season_board *s, enum season_pane_id p)
{
	s->focus = p;
	if (p != SEASON_DRIVERS)
		s->detail = p; /* where one detail has room this is the one */
}

static bool next_pane(struct season_board *s, int step)
{
	for (int i = 1; i <= SEASON_PANES; i++) {
		enum season_pane_id p = (enum season_pane_id)(((int)s->focus + SEASON_PANES + step * i) % SEASON_PANES);
		if (season_pane_of(p)->want(s, s->w) > 0) {
			focus_on(s, p);
			return true;
		}
	}
	return true;
}

static bool move_rows(struct season_board *s, enum cmd cmd)
{
	/* A pane without rows of its own follows the driver under the cursor. */
	enum season_pane_id p = season_pane_of(s->focus)->cursor_rows ? s->focus : SEASON_DRIVERS;
	enum table_move move;

	if (!table_move_of(cmd, &move))
		return false;
	table_go(&s->rows[p], move, season_pane_of(p)->cursor_rows(s), s->body[p] - 1);
	if (p == SEASON_DRIVERS)
		season_go_to(s, s->order[s->rows[p].cursor]);
	return true;
}

static bool own_command(struct season_board *s, enum cmd cmd)
{
	switch (cmd) {
	case CMD_PANE_NEXT:
	case CMD_PANE_PREV:
		return next_pane(s, cmd == CMD_PANE_NEXT ? 1 : -1);
	case CMD_ZOOM:
		s->zoom = !s->zoom;
		return true;
	case CMD_BACK:
		if (!s->zoom)
			return false;
		s->zoom = false;
		return true;
	case CMD_YOU:
	case CMD_REF:
		season_mark(s, cmd == CMD_YOU);
		return true;
	case CMD_SORT:
		s->sort = (enum season_sort)((s->sort + 1) % SEASON_SORTS);
		s->sort_down = s->sort != SORT_NUMBER && s->sort != SORT_NAME && s->sort != SORT_MEDIAN;
		season_rows_make(s);
		return true;
	case CMD_ENTER:
		app_run_command(s->app, CMD_WHY);
		return true;
	default:
		return move_rows(s, cmd);
	}
}

bool season_command(void *self, enum cmd cmd)
{
	struct season_board *s = self;
	const struct season_pane *p = season_pane_of(s->focus);

	if (!s->book || s->n == 0)
		return false;
	return (p->command && p->command(s, cmd)) || own_command(s, cmd);
}

/* Mouse -------------------------------------------------------------------------------------------*/

static int pane_at(const struct season_board *s, int x, int y)
{
	for (int p = 0; p < SEASON_PANES; p++) {
		struct rect at = s->layout.pane[p];
		if (at.w > 0 && x >= at.x && x < at.x + at.w && y >= at.y && y < at.y + at.h)
			return p;
	}
	return -1;
}

static void click(struct season_board *s, const struct mouse_event *ev)
{
	const struct season_pane *ops = season_pane_of(s->focus);
	struct rect at = s->layout.pane[s->focus];
	struct surface size = {NULL, {0, 0, at.w, at.h - 1}, {0, 0, 0, 0}};
	struct mouse_event in = *ev;
	int row = s->rows[s->focus].top + ev->y - at.y - 2;

	in.x -= at.x;
	in.y -= at.y + 1;
	if (in.y < 0 || (ops->click && ops->click(s, size, &in)))
		return;
	if (!ops->cursor_rows || in.y == 0 || in.y >= s->body[s->focus] || row >= ops->cursor_rows(s))
		return;
	s->rows[s->focus].cursor = row;
	if (s->focus == SEASON_DRIVERS)
		season_go_to(s, s->order[row]);
	if (ev->kind == MOUSE_DOUBLE)
		app_run_command(s->app, CMD_WHY);
}

bool season_mouse(void *self, const struct mouse_event *ev)
{
	struct season_board *s = self;
	int p = s->book && s->n > 0 ? pane_at(s, ev->x, ev->y) : -1;

	if (p < 0 || ev->kind == MOUSE_DRAG)
		return false;
	focus_on(s, (enum season_pane_id)p);
	if (ev->kind != MOUSE_WHEEL_UP && ev->kind != MOUSE_WHEEL_DOWN) {
		click(s, ev);
		return true;
	}
	for (int i = 0; i < 3; i++)
		move_rows(s, ev->kind == MOUSE_WHEEL_UP ? CMD_UP : CMD_DOWN);
	return true;
}

/* Hints and help ----------------------------------------------------------------------------------*/

int season_hints(const void *self, struct hint_item *out, int max)
{
	static const struct hint_item items[] = {
		{CMD_DOWN, CMD_UP, "row"},      {CMD_YOU, CMD_NONE, "you"},      {CMD_REF, CMD_NONE, "ref"},
		{CMD_SORT, CMD_NONE, "sort"},   {CMD_PANE_NEXT, CMD_NONE, NULL}, {CMD_WHY, CMD_NONE, NULL},
		{CMD_ZOOM, CMD_NONE, NULL},     {CMD_FIND, CMD_NONE, NULL},      {CMD_EXPORT, CMD_NONE, NULL},
		{CMD_SCREEN_1, CMD_NONE, NULL}, {CMD_HELP, CMD_NONE, NULL}};
	static const struct hint_item across[SEASON_PANES] = {
		[SEASON_FORECAST] = {CMD_LEFT, CMD_RIGHT, "race"}, [SEASON_WHAT_IF] = {CMD_LEFT, CMD_RIGHT, "points"}};
	const struct season_board *s = self;
	int n = (int)(sizeof(items) / sizeof(items[0]));

	int first = across[s->focus].word && max > 0;

	if (first)
		out[0] = across[s->focus];
	n = n < max - first ? n : max - first;
	memcpy(out + first, items, (size_t)n * sizeof(*out));
	return n + first;
}

int season_keys(const void *self, const char **place, enum cmd *out, int max)
{
	static const enum cmd keys[] = {CMD_DOWN,    CMD_UP,        CMD_LEFT,      CMD_RIGHT, CMD_PAGE_DOWN,
					CMD_PAGE_UP, CMD_FIRST,     CMD_LAST,      CMD_YOU,   CMD_REF,
					CMD_SORT,    CMD_PANE_NEXT, CMD_PANE_PREV, CMD_ZOOM,  CMD_ENTER};
	const struct season_board *s = self;
	int n = (int)(sizeof(keys) / sizeof(keys[0]));

	*place = season_pane_of(s->focus)->name;
	n = n < max ? n : max;
	memcpy(out, keys, (size_t)n * sizeof(*out));
	return n;
}
