/* The program as lines of text: for pipes, for terminals that cannot place text, and for screen readers (--plain). */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "tui/app_state.h"

enum { WIDTH = 120, PLAIN_WIDTH = 80, LINE = 512, TEXT_MAX = 16 << 20 };

static int width(bool linear)
{
	const char *columns = getenv("COLUMNS");
	long w = columns != NULL ? strtol(columns, NULL, 10) : 0;

	return w >= 40 && w <= 1000 ? (int)w : linear ? PLAIN_WIDTH : WIDTH;
}

static void load_everything(struct app *app)
{
	app_refresh_data(app);
	while (app->jobs != NULL && jobs_collect(app->jobs) > 0)
		app_refresh_data(app);
	app_refresh_data(app);
}

static bool print(struct app *app, bool linear)
{
	const struct screen_ops *ops = app_ops(app);
	int w = width(linear), h = ops->arrange(app_self(app), w, 0, linear);
	struct buf out;
	bool ok;

	if (!grid_resize(&app->grid, w, h))
		return false;
	ops->arrange(app_self(app), w, h, linear);
	ops->draw(app_self(app), grid_surface(&app->grid));
	buf_init(&out, TEXT_MAX);
	grid_to_text(&app->grid, &out);
	ok = !out.failed && (out.n == 0 || fwrite(out.p, 1, out.n, stdout) == out.n) && fflush(stdout) == 0;
	buf_release(&out);
	return ok;
}

/* What a popup or a message says, then the screen again unless it is still covered. */
static void print_result(struct app *app)
{
	bool said = false;

	if (app->message[0] != '\0') {
		printf("%s\n", app->message);
		app->message[0] = '\0';
		said = true;
	}
	if (app->popup.open) {
		printf("%s\n%s\n", app->popup.title, app->popup.text.p != NULL ? app->popup.text.p : "");
		app->popup.open = false;
		said = true;
	}
	if (app->prompt_use != PROMPT_NONE) {
		printf("%s%s\n", app->prompt.label, app->prompt.text);
		said = true;
	}
	if (!said)
		print(app, true);
	fflush(stdout);
}

static void answer_prompt(struct app *app, const char *line)
{
	prompt_open(&app->prompt, app->prompt.label, line[0] != '\0' ? line : app->prompt.text, NULL, 0);
	app_prompt_done(app);
}

static void obey(struct app *app, const char *line)
{
	uint32_t key = key_parse(line);

	if (app->prompt_use != PROMPT_NONE)
		answer_prompt(app, line);
	else if (line[0] == ':' && line[1] != '\0')
		app_line(app, line + 1);
	else if (line[0] == '/' && line[1] != '\0')
		app_find(app, line + 1, 0);
	else if (key != TKEY_NONE)
		app_key(app, key);
	else
		app_line(app, line);
}

static void talk_lines(struct app *app)
{
	char line[LINE];

	printf("Type a key or a command, then Enter: ? lists them, q leaves.\n");
	fflush(stdout);
	while (!app->quit && app->end_signal == 0 && fgets(line, sizeof(line), stdin) != NULL) {
		line[strcspn(line, "\r\n")] = '\0';
		obey(app, line);
		load_everything(app);
		if (!app->quit && app->end_signal == 0)
			print_result(app);
	}
}

int app_plain(struct app *app, bool talk)
{
	struct err err = {0};
	bool linear = talk || app->o->plain, ok;

	/* Lines and charts in ASCII; letters of names stay as they are where the locale can show them. */
	if (linear) {
		app->grid.ascii_text = app->grid.charset == CHARSET_ASCII && app->grid.ascii_text;
		app->grid.charset = CHARSET_ASCII;
	}
	app->jobs = jobs_new(true, &err);
	if (app->jobs == NULL) {
		fprintf(stderr, "pitwall: %s\n", err.msg);
		return 1;
	}
	if (app->data->start != NULL)
		app->data->start(app->data->ctx, app);
	load_everything(app);
	ok = print(app, linear);
	if (!ok)
		fprintf(stderr, "pitwall: cannot write to standard output: %s\n", strerror(errno));
	if (ok && talk)
		talk_lines(app);
	if (app->data->save != NULL)
		app->data->save(app->data->ctx);
	jobs_free(app->jobs);
	app_drop_screens(app);
	return ok ? 0 : 1;
}
