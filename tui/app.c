/* ppoll is in POSIX only since 2024. */
#define _GNU_SOURCE

#include "tui/app.h"

#include <errno.h>
#include <langinfo.h>
#include <locale.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "tui/app_state.h"
#include "tui/signals.h"
#include "tui/stderr_hold.h"

enum { BUSY_MS = 100, FD_TTY = 0, FD_JOBS = 1, FD_DATA = 2 };

static const struct app_data no_data;

/* --- What the surroundings ask for ------------------------------------------------------------------------------ */

static enum charset choose_charset(enum charset_choice choice)
{
	const char *term = getenv("TERM");

	/* A terminal without UTF-8 shows nothing else, whatever was asked for. */
	if (choice == CHOOSE_ASCII || strcmp(nl_langinfo(CODESET), "UTF-8") != 0)
		return CHARSET_ASCII;
	if (choice == CHOOSE_BLOCK)
		return CHARSET_BLOCK;
	/* The Linux console's fonts have blocks, not braille. */
	if (choice == CHOOSE_AUTO && term != NULL && strcmp(term, "linux") == 0)
		return CHARSET_BLOCK;
	return CHARSET_BRAILLE;
}

static bool choose_color(enum color_mode mode)
{
	const char *no = getenv("NO_COLOR");

	return mode == COLOR_ALWAYS || (mode == COLOR_AUTO && (no == NULL || no[0] == '\0'));
}

static bool load_theme(struct app *app, struct err *err)
{
	const struct app_options *o = app->o;
	const char *no_color = o->color == COLOR_ALWAYS ? NULL : getenv("NO_COLOR");

	return theme_load(
		&app->theme,
		theme_choose(o->theme, o->color == COLOR_NEVER ? "1" : no_color, o->config_theme, getenv("COLORFGBG")),
		err);
}

/* --- Frames -------------------------------------------------------------------------------------------------------- */

static void read_keys(struct app *app)
{
	struct term_event ev;

	while (!app->quit && app->end_signal == 0 && term_next(app->term, &ev)) {
		if (ev.key == TKEY_RESIZE)
			app_dirty(app);
		else if (ev.key == TKEY_MOUSE)
			app_mouse(app, &ev.mouse);
		else
			app_key(app, ev.key);
	}
}

static void frame(struct app *app)
{
	int w, h;

	term_size(app->term, &w, &h);
	if ((w != app->grid.w || h != app->grid.h) && !grid_resize(&app->grid, w, h))
		return;
	app_draw(app);
	if (app->redraw)
		term_forget(app->term);
	app->redraw = false;
	term_present(app->term, &app->grid);
}

/* Curses switches the keys on when it is first asked for one: an arrow pressed before would come as Esc. */
static void switch_keys_on(struct app *app)
{
	app->taken = false;
	read_keys(app);
}

/* --- The wait ------------------------------------------------------------------------------------------------------- */

/* Readable, and yet there is nothing to read: the other end is gone. */
static bool terminal_gone(const struct app *app, const struct pollfd *p)
{
	int waiting = 0;

	if ((p->revents & (POLLHUP | POLLERR | POLLNVAL)) != 0)
		return true;
	return (p->revents & POLLIN) != 0 && ioctl(term_fd(app->term), FIONREAD, &waiting) == 0 && waiting == 0;
}

static int timeout_of(const struct app *app)
{
	char status[80] = "";

	if (app->data->status != NULL)
		app->data->status(app->data->ctx, status, sizeof(status));
	return status[0] != '\0' ? BUSY_MS : -1;
}

static void look_at_signals(struct app *app)
{
	if (signals_end() != 0)
		app->end_signal = signals_end();
	if (signals_stop())
		app_run_command(app, CMD_SUSPEND);
	else if (signals_continued())
		term_resumed(app->term), app->taken = true, app_dirty(app);
	signals_continued();
}

static void wait_once(struct app *app)
{
	struct pollfd fds[FD_DATA + APP_POLLFDS] = {{0}};
	int ms = timeout_of(app), n = 0, got;
	struct timespec ts;

	fds[FD_TTY] = (struct pollfd){term_fd(app->term), POLLIN, 0};
	fds[FD_JOBS] = (struct pollfd){app->jobs != NULL ? jobs_fd(app->jobs) : -1, POLLIN, 0};
	if (app->data->wait != NULL)
		n = app->data->wait(app->data->ctx, fds + FD_DATA, APP_POLLFDS, &ms);
	ts = (struct timespec){ms / 1000, ms % 1000 * 1000000L};
	got = ppoll(fds, FD_DATA + (nfds_t)n, ms < 0 ? NULL : &ts, signals_wait_mask());
	if (got < 0)
		for (int i = 0; i < FD_DATA + n; i++)
			fds[i].revents = 0;
	look_at_signals(app);
	if (app->end_signal != 0)
		return;
	if (terminal_gone(app, &fds[FD_TTY])) {
		app->end_signal = SIGHUP;
		return;
	}
	/* After a signal too: a resize waits inside curses without making the descriptor readable. */
	if (got < 0 || fds[FD_TTY].revents != 0)
		read_keys(app);
	if (fds[FD_JOBS].revents != 0)
		jobs_collect(app->jobs);
	if (app->data->woke != NULL)
		app->data->woke(app->data->ctx, fds + FD_DATA, n);
	if (ms >= 0 && got == 0)
		app_dirty(app);
}

static void start(struct app *app)
{
	struct err err = {0};

	app->jobs = jobs_new(false, &err);
	if (app->jobs == NULL) {
		app_say(app, ROLE_ERROR, "%s", err.msg);
		app->data = &no_data;
	} else if (app->data->start != NULL) {
		app->data->start(app->data->ctx, app);
	}
}

/* No key goes to a source of data that was not started, also none that was typed before the first frame. */
static void loop(struct app *app)
{
	frame(app);
	start(app);
	while (!app->quit && app->end_signal == 0) {
		app_refresh_data(app);
		if (app->dirty || app->redraw)
			frame(app);
		if (app->taken)
			switch_keys_on(app);
		else
			wait_once(app);
	}
}

/* --- Start and end -------------------------------------------------------------------------------------------------- */

static int fail(const struct err *err)
{
	fprintf(stderr, "pitwall: %s\n", err->msg);
	return err->code == ERR_USAGE ? 2 : 1;
}

static void leave(struct app *app)
{
	if (app->data->save != NULL)
		app->data->save(app->data->ctx);
	term_close(app->term);
	app->term = NULL;
	signals_complain_to(-1);
	stderr_release();
	if (app->data->stop != NULL)
		app->data->stop(app->data->ctx);
	/* The worker may be in the middle of a large file: after a signal nobody waits for it. */
	if (app->end_signal != 0)
		signals_raise(app->end_signal);
	jobs_free(app->jobs);
	app_drop_screens(app);
}

static int full_screen(struct app *app)
{
	struct err err = {0};

	signals_init();
	app->term = term_open(choose_color(app->o->color), !app->o->no_mouse, &err);
	if (app->term == NULL)
		return fail(&err);
	app->taken = true;
	signals_complain_to(stderr_hold());
	term_theme(app->term, &app->theme);
	loop(app);
	leave(app);
	return 0;
}

static int run(struct app *app)
{
	struct err err = {0};
	bool tty = isatty(STDOUT_FILENO) != 0;

	if (!load_theme(app, &err))
		return fail(&err);
	if (!grid_init(&app->grid, 1, 1, choose_charset(app->o->charset))) {
		err_set(&err, ERR_NOMEM, "no memory for the screen");
		return fail(&err);
	}
	if (!app_show(app, 0, &err))
		return fail(&err);
	if (tty && !app->o->plain && !term_usable(&err)) {
		fprintf(stderr, "pitwall: %s (going on as with --plain)\n", err.msg);
		return app_plain(app, true);
	}
	if (!tty || app->o->plain)
		return app_plain(app, tty);
	return full_screen(app);
}

int app_run(const struct app_options *o)
{
	struct app *app = calloc(1, sizeof(*app));
	int status;

	if (app == NULL) {
		fprintf(stderr, "pitwall: no memory to start\n");
		return 1;
	}
	/* Letters as the user's locale has them; figures always with a point. */
	setlocale(LC_ALL, "");
	setlocale(LC_NUMERIC, "C");
	app->o = o->nscreens > 0 ? o : app_with_empty(&app->with_empty, o);
	app->data = o->data != NULL ? o->data : &no_data;
	app->found_of = -1;
	app_complete(app, NULL, 0);
	status = run(app);
	buf_release(&app->popup.text);
	grid_free(&app->grid);
	free(app);
	return status;
}
