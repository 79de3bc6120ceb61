/* From keys to commands, and the commands that are the loop's own. */
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "core/base/path.h"
#include "tui/app_state.h"
#include "tui/widgets/text.h"

enum { POPUP_MAX = 1 << 20, EXPORT_MAX = 64 << 20 };

void app_say(struct app *app, enum role role, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(app->message, sizeof(app->message), fmt, ap);
	va_end(ap);
	app->message_role = role;
	app_dirty(app);
}

bool app_says(const struct app *app, const char *text)
{
	return strcmp(app->message, text) == 0;
}

void app_bell(struct app *app)
{
	if (app->term != NULL)
		term_bell(app->term);
}

void app_popup(struct app *app, const char *title, const char *text)
{
	if (app->popup.text.max == 0)
		buf_init(&app->popup.text, POPUP_MAX);
	buf_clear(&app->popup.text);
	buf_str(&app->popup.text, text);
	snprintf(app->popup.title, sizeof(app->popup.title), "%s", title);
	app->popup.open = true;
	app->popup.help = false;
	app->popup.top = 0;
	app_dirty(app);
}

static void open_prompt(struct app *app, enum prompt_use use, const char *label, const char *text)
{
	bool complete = use == PROMPT_COMMAND;

	prompt_open(&app->prompt, label, text, complete ? app->items : NULL, complete ? app->nitems : 0);
	app->prompt_use = use;
	app_dirty(app);
}

void app_ask(struct app *app, const char *label, const char *text, void (*answer)(void *ctx, const char *text),
	     void *ctx)
{
	char head[48];

	snprintf(head, sizeof(head), "%.44s: ", label);
	app->answer = answer;
	app->answer_ctx = ctx;
	open_prompt(app, PROMPT_ASK, head, text);
}

void app_complete(struct app *app, const struct prompt_item *items, int n)
{
	app->nitems = 0;
	for (int i = 1; i < CMD_COUNT && app->nitems < APP_ITEMS; i++) {
		const struct command *c = command_row((enum cmd)i);

		app->items[app->nitems++] = (struct prompt_item){c->name, c->help};
	}
	for (int i = 0; i < n && app->nitems < APP_ITEMS; i++)
		app->items[app->nitems++] = items[i];
}

/* --- Commands of the loop ------------------------------------------------------------------------------------- */

static void next_theme(struct app *app)
{
	char names[THEMES_MAX][THEME_NAME];
	int n = theme_names(names), at = -1;
	struct err err = {0};

	for (int i = 0; i < n; i++)
		if (strcmp(names[i], app->theme.name) == 0)
			at = i;
	if (n == 0)
		return;
	if (!theme_load(&app->theme, names[(at + 1) % n], &err)) {
		app_say(app, ROLE_ERROR, "%s", err.msg);
		return;
	}
	if (app->term != NULL)
		term_theme(app->term, &app->theme);
	app_say(app, ROLE_TEXT, "theme %s", app->theme.name);
}

static void show_help(struct app *app)
{
	struct buf text;

	app->help_filter[0] = '\0';
	buf_init(&text, POPUP_MAX);
	app_help_text(app, &text);
	app_popup(app, "Keys", text.p != NULL ? text.p : "");
	app->popup.help = true;
	buf_release(&text);
}

static void show_why(struct app *app)
{
	const struct screen_ops *ops = app_ops(app);
	char title[80] = "Why";
	struct buf text;

	buf_init(&text, POPUP_MAX);
	if (ops->why != NULL && ops->why(app_self(app), title, &text) && text.p != NULL)
		app_popup(app, title, text.p);
	else
		app_say(app, ROLE_TEXT, "nothing to explain here: move to a figure first");
	buf_release(&text);
}

static void start_export(struct app *app)
{
	const struct screen_ops *ops = app_ops(app);
	char stem[64] = "pitwall", name[80];

	if (ops->export_pane == NULL) {
		app_say(app, ROLE_TEXT, "there is nothing to export here");
		return;
	}
	if (ops->export_name != NULL)
		ops->export_name(app_self(app), stem);
	snprintf(name, sizeof(name), "%s.csv", stem);
	open_prompt(app, PROMPT_EXPORT, "export to (.csv .json .txt): ", name);
}

static void write_export(struct app *app, const char *path)
{
	const char *dot = strrchr(path, '.');
	enum export_format format = EXPORT_CSV;
	struct err err = {0};
	struct buf out;

	if (dot != NULL && strcmp(dot, ".json") == 0)
		format = EXPORT_JSON;
	else if (dot != NULL && strcmp(dot, ".txt") == 0)
		format = EXPORT_TEXT;
	else if (dot == NULL || strcmp(dot, ".csv") != 0) {
		app_say(app, ROLE_ERROR, "the name must end in .csv, .json or .txt");
		return;
	}
	buf_init(&out, EXPORT_MAX);
	if (app_ops(app)->export_pane(app_self(app), format, &out, &err) && file_replace(path, buf_view(&out), &err))
		app_say(app, ROLE_TEXT, "wrote %zu bytes to %s", out.n, path);
	else
		app_say(app, ROLE_ERROR, "%s", err.msg);
	buf_release(&out);
}

static void cancel(struct app *app)
{
	if (app->data->cancel != NULL && app->data->cancel(app->data->ctx))
		app_say(app, ROLE_TEXT, "cancelled");
	else
		app->end_signal = SIGINT;
}

static void back(struct app *app)
{
	if (app->found_of >= 0)
		app_find(app, "", 0);
	else if (app->data->cancel != NULL && app->data->cancel(app->data->ctx))
		app_say(app, ROLE_TEXT, "cancelled");
}

static void suspend(struct app *app)
{
	if (app->term != NULL)
		term_suspend(app->term), app->taken = true;
	app_dirty(app);
}

/* Better than a key that seems dead. */
static void not_here(struct app *app, enum cmd cmd)
{
	const struct screen_ops *ops = app_ops(app);
	const char *place = ops->name;
	enum cmd mine[CMD_COUNT];

	if (ops->keys != NULL)
		ops->keys(app_self(app), &place, mine, CMD_COUNT);
	app_say(app, ROLE_DIM, "%s: nothing to do in %s; ? lists what there is", command_row(cmd)->name, place);
}

static void global_command(struct app *app, enum cmd cmd)
{
	switch (cmd) {
	case CMD_QUIT:
		app->quit = true;
		break;
	case CMD_REDRAW:
		app->redraw = true;
		break;
	case CMD_SUSPEND:
		suspend(app);
		break;
	case CMD_CANCEL:
		cancel(app);
		break;
	case CMD_BACK:
		back(app);
		break;
	case CMD_HELP:
		show_help(app);
		break;
	case CMD_THEME:
		next_theme(app);
		break;
	case CMD_WHY:
		show_why(app);
		break;
	case CMD_EXPORT:
		start_export(app);
		break;
	case CMD_FIND:
		open_prompt(app, PROMPT_FIND, "/", NULL);
		break;
	case CMD_FIND_NEXT:
		app_find(app, app->find, 1);
		break;
	case CMD_FIND_PREV:
		app_find(app, app->find, -1);
		break;
	case CMD_COMMAND:
		open_prompt(app, PROMPT_COMMAND, ":", NULL);
		break;
	default:
		if (app->data->command == NULL || !app->data->command(app->data->ctx, cmd))
			not_here(app, cmd);
		break;
	}
}

void app_run_command(struct app *app, enum cmd cmd)
{
	const struct screen_ops *ops = app_ops(app);
	const char *keys = command_row(cmd)->keys;
	struct err err = {0};

	if (cmd == CMD_NONE)
		return;
	app_dirty(app);
	/* Commands whose key is a digit are the screens, in order. */
	if (keys[0] >= '1' && keys[0] <= '9') {
		if (!app_show(app, keys[0] - '1', &err))
			app_say(app, ROLE_ERROR, "%s", err.msg);
		return;
	}
	if (ops->command == NULL || !ops->command(app_self(app), cmd))
		global_command(app, cmd);
}

/* --- Lines ------------------------------------------------------------------------------------------------------ */

void app_find(struct app *app, const char *text, int dir)
{
	const struct screen_ops *ops = app_ops(app);
	int of = 0;

	if (ops->find == NULL) {
		app_say(app, ROLE_TEXT, "there is nothing to search here");
		return;
	}
	if (dir == 0)
		snprintf(app->find, sizeof(app->find), "%s", text);
	app->found = ops->find(app_self(app), app->find, dir, &of);
	app->found_of = app->find[0] != '\0' ? of : -1;
	if (dir != 0 && app->found == 0)
		app_say(app, ROLE_TEXT, "nothing found");
	app_dirty(app);
}

void app_line(struct app *app, const char *line)
{
	const struct screen_ops *ops = app_ops(app);
	enum cmd cmd = command_by_name(line);
	struct err err = {0};

	if (line[0] == '\0')
		return;
	if (cmd != CMD_NONE) {
		app_run_command(app, cmd);
		return;
	}
	err.code = ERR_NOT_FOUND;
	if (ops->line != NULL && ops->line(app_self(app), line, &err))
		return;
	if (err.code == ERR_NOT_FOUND && app->data->line != NULL && app->data->line(app->data->ctx, line, &err))
		return;
	if (err.msg[0] != '\0')
		app_say(app, ROLE_ERROR, "%s", err.msg);
	else
		app_say(app, ROLE_ERROR, "no command '%.60s'; Tab after : shows them", line);
}

void app_prompt_done(struct app *app)
{
	enum prompt_use use = app->prompt_use;
	char value[PROMPT_TEXT];

	snprintf(value, sizeof(value), "%s", prompt_value(&app->prompt));
	app->prompt_use = PROMPT_NONE;
	app_dirty(app);
	if (use == PROMPT_COMMAND)
		app_line(app, value);
	else if (use == PROMPT_EXPORT)
		write_export(app, value);
	else if (use == PROMPT_ASK && app->answer != NULL)
		app->answer(app->answer_ctx, value);
	else if (use == PROMPT_FIND && app->found_of >= 0)
		app_say(app, ROLE_TEXT, "%d of %d found; n and N go on", app->found, app->found_of);
}

/* What is typed filters the help at once; Esc shows all of it again. */
static void filter_help(struct app *app, const char *text)
{
	snprintf(app->help_filter, sizeof(app->help_filter), "%s", text);
	app->popup.top = 0;
}

static void prompt_input(struct app *app, uint32_t key)
{
	bool find = app->prompt_use == PROMPT_FIND, help = app->prompt_use == PROMPT_HELP;

	app_dirty(app);
	switch (prompt_key(&app->prompt, key)) {
	case PROMPT_DONE:
		app_prompt_done(app);
		break;
	case PROMPT_CANCEL:
		app->prompt_use = PROMPT_NONE;
		if (find)
			app_find(app, "", 0);
		if (help)
			filter_help(app, "");
		break;
	case PROMPT_EDIT:
		if (find)
			app_find(app, app->prompt.text, 0);
		if (help)
			filter_help(app, app->prompt.text);
		break;
	case PROMPT_SAME:
		break;
	}
}

/* --- Popup ------------------------------------------------------------------------------------------------------- */

static void scroll(struct app *app, int by)
{
	int last = app_popup_lines(app) - app_popup_rows(app);

	app->popup.top += by;
	if (app->popup.top > last)
		app->popup.top = last;
	if (app->popup.top < 0)
		app->popup.top = 0;
}

static bool popup_command(struct app *app, enum cmd cmd)
{
	int rows = app_popup_rows(app), far = 1 << 20;

	switch (cmd) {
	case CMD_DOWN:
		scroll(app, 1);
		return true;
	case CMD_UP:
		scroll(app, -1);
		return true;
	case CMD_PAGE_DOWN:
		scroll(app, rows);
		return true;
	case CMD_PAGE_UP:
		scroll(app, -rows);
		return true;
	case CMD_FIRST:
		scroll(app, -far);
		return true;
	case CMD_LAST:
		scroll(app, far);
		return true;
	case CMD_REDRAW:
	case CMD_SUSPEND:
	case CMD_THEME:
		return false;
	case CMD_CANCEL:
		app->popup.open = false;
		return false;
	case CMD_FIND:
		if (app->popup.help)
			open_prompt(app, PROMPT_HELP, "/", app->help_filter);
		return true;
	case CMD_BACK:
	case CMD_QUIT:
	case CMD_HELP:
	case CMD_WHY:
	case CMD_ENTER:
		app->popup.open = false;
		return true;
	default:
		return true;
	}
}

/* --- Keys and mouse ----------------------------------------------------------------------------------------------- */

void app_key(struct app *app, uint32_t key)
{
	enum cmd cmd = command_by_key(key, app_ops(app)->scope);

	app_dirty(app);
	if (key == TKEY_CTRL + '\\') {
		app->end_signal = SIGQUIT;
		return;
	}
	app->message[0] = '\0';
	if (app->prompt_use != PROMPT_NONE && cmd != CMD_SUSPEND && cmd != CMD_REDRAW) {
		prompt_input(app, key);
		return;
	}
	if (app->popup.open && popup_command(app, cmd))
		return;
	app_run_command(app, cmd);
}

void app_mouse(struct app *app, const struct mouse_event *ev)
{
	const struct screen_ops *ops = app_ops(app);

	if (app->prompt_use != PROMPT_NONE)
		return;
	app_dirty(app);
	if (app->popup.open) {
		if (ev->kind == MOUSE_WHEEL_UP || ev->kind == MOUSE_WHEEL_DOWN)
			scroll(app, ev->kind == MOUSE_WHEEL_UP ? -3 : 3);
		else
			app->popup.open = false;
		return;
	}
	if (ops->mouse != NULL && ev->y < app->grid.h - 1)
		ops->mouse(app_self(app), ev);
}
