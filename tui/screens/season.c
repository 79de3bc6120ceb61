/* Screen 5: life, drawing and what the loop asks; each pane draws itself. */
#include "tui/screens/season.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Size --------------------------------------------------------------------------------------------*/

static void settle(struct season_board *s)
{
	for (int p = 0; p < SEASON_PANES; p++) {
		const struct season_pane *ops = season_pane_of((enum season_pane_id)p);
		s->body[p] = s->layout.pane[p].h > 1 + ops->foot ? s->layout.pane[p].h - 1 - ops->foot : 0;
		if (ops->cursor_rows)
			table_settle(&s->rows[p], ops->cursor_rows(s), s->body[p] - 1);
	}
}

static int season_arrange(void *self, int w, int h, bool linear)
{
	struct season_board *s = self;

	s->w = w;
	s->linear = linear || h <= 0;
	memset(&s->layout, 0, sizeof(s->layout));
	if (!s->book || s->n == 0) {
		s->h = h > 0 ? h : HEAD_ROWS + 4;
		return s->h;
	}
	season_ahead_settle(s);
	s->h = season_layout(s, w, h, linear);
	settle(s);
	return s->h;
}

/* Drawing -----------------------------------------------------------------------------------------*/

static void draw_pane(const struct season_board *s, enum season_pane_id p, struct surface all)
{
	const struct season_pane *ops = season_pane_of(p);
	struct rect at = s->layout.pane[p];
	char left[80] = "", right[80] = "";

	ops->title(s, left, right);
	if (s->linear)
		pane_head_plain(all, at, left, right);
	else
		pane_head_draw(all, at, left, right, s->focus == p);
	ops->draw(s, surface_sub(all, (struct rect){at.x, at.y + 1, at.w, at.h - 1}));
}

static void nothing_yet(const struct season_board *s, struct surface all)
{
	const char *why = s->book ? "no race with a known track and number, and no season JSON, in the folders given"
				  : "working out the season ...";

	surface_text(all, 2, HEAD_ROWS + 1, STYLE(DIM), why);
}

static void season_draw(const void *self, struct surface all)
{
	const struct season_board *s = self;

	head_draw(s->app, s->view, all);
	if (!s->view || !s->view->dataset) {
		empty_draw(s->view, all);
		return;
	}
	if (!s->book || s->n == 0) {
		nothing_yet(s, all);
		return;
	}
	layout_draw(&s->layout, all);
	for (int p = 0; p < SEASON_PANES; p++)
		if (s->layout.pane[p].w > 0)
			draw_pane(s, (enum season_pane_id)p, all);
}

/* Life --------------------------------------------------------------------------------------------*/

static void season_data(void *self, const void *data)
{
	struct season_board *s = self;

	season_ahead_forget(&s->ahead);
	s->view = data;
	s->book = s->view && s->view->owner && s->view->dataset ? data_season(s->view->owner) : NULL;
	season_rows_make(s);
}

static void *season_create(struct app *app, const void *data, struct err *err)
{
	struct season_board *s = calloc(1, sizeof(*s));

	if (!s) {
		err_set(err, ERR_NOMEM, "no memory for the season screen");
		return NULL;
	}
	s->app = app;
	s->detail = SEASON_RACES;
	s->sort = SORT_POINTS;
	s->sort_down = true;
	s->find_from = -1;
	season_data(s, data);
	return s;
}

static void season_destroy(void *self)
{
	struct season_board *s = self;

	season_ahead_forget(&s->ahead);
	free(s->order);
	free(s);
}

/* What the loop asks ------------------------------------------------------------------------------*/

static bool season_why(const void *self, char title[80], struct buf *out)
{
	const struct season_board *s = self;
	const struct season_pane *p = season_pane_of(s->focus);

	return s->book && s->n > 0 && p->why && p->why(s, title, out);
}

static bool season_export(const void *self, enum export_format format, struct buf *out, struct err *err)
{
	const struct season_board *s = self;
	const struct season_pane *p = season_pane_of(s->focus);

	if (!s->book || s->n == 0 || !p->export_pane)
		return err_set(err, ERR_NOT_FOUND, "there is nothing to write yet");
	return p->export_pane(s, format, out, err);
}

static void season_export_name(const void *self, char out[64])
{
	const struct season_board *s = self;
	const char *name = season_pane_of(s->focus)->name;

	snprintf(out, 64, "season_%c%.50s", name[0] >= 'A' && name[0] <= 'Z' ? name[0] + 32 : name[0], name + 1);
}

const struct screen_ops season_screen = {
	.name = "season",
	.create = season_create,
	.destroy = season_destroy,
	.data = season_data,
	.arrange = season_arrange,
	.draw = season_draw,
	.command = season_command,
	.mouse = season_mouse,
	.why = season_why,
	.export_pane = season_export,
	.export_name = season_export_name,
	.find = season_find,
	.hints = season_hints,
	.keys = season_keys,
};
