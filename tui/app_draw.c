/* What the loop itself shows: the screen, over it popup and prompt, at the bottom hints, message and what runs. */
#include <stdio.h>
#include <string.h>

#include "tui/app_state.h"
#include "tui/widgets/text.h"

enum { MIN_W = 40, MIN_H = 10, STATUS = 80 };

static int hint_items(const struct app *app, struct hint_item *out)
{
	static const struct hint_item usual[] = {{CMD_FIND, CMD_NONE, NULL},
						 {CMD_COMMAND, CMD_NONE, NULL},
						 {CMD_HELP, CMD_NONE, NULL},
						 {CMD_QUIT, CMD_NONE, NULL}};
	const struct screen_ops *ops = app_ops(app);

	if (ops->hints != NULL)
		return ops->hints(app_self(app), out, SCREEN_HINTS);
	memcpy(out, usual, sizeof(usual));
	return (int)(sizeof(usual) / sizeof(usual[0]));
}

/* "j/k", but "[ ]": a stroke between brackets would look like a third key. */
static const char *pair_mark(const char *one, const char *two)
{
	return two[0] == '\0' ? "" : one[0] == '[' ? " " : "/";
}

static void draw_hints(const struct app *app, struct surface s, int y, int w)
{
	struct hint_item items[SCREEN_HINTS];
	struct hint hints[SCREEN_HINTS];
	char keys[SCREEN_HINTS][40];
	int n = hint_items(app, items);

	for (int i = 0; i < n; i++) {
		char one[16], two[16] = "";

		command_key(items[i].cmd, one);
		if (items[i].second != CMD_NONE)
			command_key(items[i].second, two);
		snprintf(keys[i], sizeof(keys[i]), "%s%s%s", one, pair_mark(one, two), two);
		hints[i].key = keys[i];
		hints[i].must = items[i].cmd == CMD_HELP;
		hints[i].what = items[i].word != NULL ? items[i].word : command_row(items[i].cmd)->word;
	}
	hints_draw(s, 1, y, w - 1, hints, n);
}

static void draw_bottom(const struct app *app, struct surface s)
{
	char status[STATUS] = "";
	int y = surface_h(s) - 1, w = surface_w(s);

	if (app->message[0] != '\0') {
		surface_field(s, 1, y, w - 1, ALIGN_LEFT, style_of(app->message_role), str_from(app->message));
		return;
	}
	if (app->data->status != NULL)
		app->data->status(app->data->ctx, status, sizeof(status));
	if (status[0] != '\0') {
		int n = (int)strlen(status);

		n = n > w / 2 ? w / 2 : n;
		surface_field(s, w - n - 1, y, n, ALIGN_RIGHT, STYLE(DIM), str_from(status));
		w -= n + 3;
	}
	draw_hints(app, s, y, w);
}

/* As wide as the screen where that is not wide: what would stand out beside it is only noise. */
static struct rect popup_rect(const struct app *app)
{
	int w = app->grid.w > 104 ? 100 : app->grid.w, h = app->grid.h - 1;
	int lines = app_popup_lines(app) + 2;

	if (h > lines)
		h = lines;
	return (struct rect){(app->grid.w - w) / 2, (app->grid.h - 1 - h) / 2, w, h};
}

static int popup_width(const struct app *app)
{
	return (app->grid.w > 104 ? 100 : app->grid.w) - 2;
}

int app_popup_lines(const struct app *app)
{
	return app->popup.help ? app_help_rows(app) : text_lines(popup_width(app), buf_view(&app->popup.text), 2);
}

int app_popup_rows(const struct app *app)
{
	return popup_rect(app).h - 2;
}

static void popup_where(const struct app *app, int rows, char out[64])
{
	int all = app_popup_lines(app), to = app->popup.top + rows;
	const char *find = app->popup.help ? "/ search  " : "";

	if (all > rows)
		snprintf(out, 64, "%d-%d of %d  j/k  %sEsc", app->popup.top + 1, to < all ? to : all, all, find);
	else
		snprintf(out, 64, "%sEsc", find);
}

static void draw_popup(const struct app *app, struct surface s)
{
	struct rect r = popup_rect(app);
	struct surface box = surface_sub(s, r), body = surface_sub(box, (struct rect){1, 1, r.w - 2, r.h - 2});
	char where[64], title[sizeof(app->popup.title) + PROMPT_TEXT + 16];

	surface_fill(box, (struct rect){0, 0, r.w, r.h}, STYLE(TEXT), ' ');
	popup_where(app, r.h - 2, where);
	if (app->popup.help && app->help_filter[0] != '\0')
		snprintf(title, sizeof(title), "%s with '%s'", app->popup.title, app->help_filter);
	else
		snprintf(title, sizeof(title), "%s", app->popup.title);
	surface_rule(box, 0, 0, r.w, title, where, STYLE(FOCUS));
	surface_hline(box, 0, r.h - 1, r.w, STYLE(STRUCT));
	if (app->popup.help)
		app_help_draw(app, body, app->popup.top);
	else
		text_wrap(body, STYLE(TEXT), buf_view(&app->popup.text), 2, app->popup.top);
	surface_cursor(body, 0, 0);
}

static void draw_found(const struct app *app, struct surface s)
{
	char text[40];
	int n;

	if (app->prompt_use != PROMPT_FIND || app->found_of < 0 || app->prompt.n == 0)
		return;
	n = snprintf(text, sizeof(text), "%d of %d", app->found, app->found_of);
	surface_text(s, surface_w(s) - n - 1, surface_h(s) - 1, STYLE(DIM), text);
}

static void draw_screen(struct app *app, struct surface all)
{
	const struct screen_ops *ops = app_ops(app);
	int need_w = ops->min_w > 0 ? ops->min_w : MIN_W, need_h = ops->min_h > 0 ? ops->min_h : MIN_H;
	struct rect r = {0, 0, app->grid.w, app->grid.h - 1};

	if (app->grid.w < need_w || app->grid.h < need_h) {
		surface_too_small(all, need_w, need_h);
		return;
	}
	ops->arrange(app_self(app), r.w, r.h, false);
	ops->draw(app_self(app), surface_sub(all, r));
	draw_bottom(app, all);
}

void app_draw(struct app *app)
{
	struct surface all = grid_surface(&app->grid);

	grid_clear(&app->grid);
	draw_screen(app, all);
	if (app->popup.open && app->grid.h > 4 && app->grid.w > 8)
		draw_popup(app, all);
	if (app->prompt_use != PROMPT_NONE) {
		prompt_draw(&app->prompt, all);
		draw_found(app, all);
	}
	app->dirty = false;
}
