/* The program's one loop: one wait over terminal, worker, the data's own descriptors and signals. */
#ifndef TUI_APP_H
#define TUI_APP_H

#include <stdbool.h>

#include "core/base/err.h"
#include "core/base/job.h"
#include "tui/screen.h"

enum color_mode { COLOR_AUTO, COLOR_ALWAYS, COLOR_NEVER };
enum charset_choice { CHOOSE_AUTO, CHOOSE_BRAILLE, CHOOSE_BLOCK, CHOOSE_ASCII };

enum { APP_POLLFDS = 8 };
struct pollfd;

/* Where the data come from. The loop passes what current() returns to the screens and knows nothing about it.
 * Any member may be NULL. */
struct app_data {
	void *ctx;
	/* After the first frame is on the screen: submit jobs (app_jobs). */
	void (*start)(void *ctx, struct app *app);
	/* What screens get as `data`; NULL: nothing yet. Owned by the data's side. */
	const void *(*current)(void *ctx);
	/* After every screen has seen the new current(): the old one may be dropped. */
	void (*settled)(void *ctx);
	/* previous-session, next-session; false: not handled. */
	bool (*command)(void *ctx, enum cmd cmd);
	/* A ':' line no screen wanted ("open barber_r2"). ERR_NOT_FOUND: not mine. */
	bool (*line)(void *ctx, const char *text, struct err *err);
	/* Words for the hint bar while something runs ("reading 3 of 8 files"); empty: nothing runs. */
	void (*status)(void *ctx, char *out, size_t cap);
	/* Ctrl-C and Esc: stop what is running. false: nothing was. */
	bool (*cancel)(void *ctx);
	/* More to wait for: fills at most `max`, returns how many; *timeout_ms (-1: none) may be lowered. */
	int (*wait)(void *ctx, struct pollfd *fds, int max, int *timeout_ms);
	/* After each wait, with what wait() filled in. */
	void (*woke)(void *ctx, const struct pollfd *fds, int n);
	/* Before the end, also on hang-up: keep marks and session. Must take well under a second. */
	void (*save)(void *ctx);
	/* The terminal is its old self again: end what others wait for. Signals end the program meanwhile. */
	void (*stop)(void *ctx);
};

struct app_options {
	const struct screen_ops *const *
		screens; /* in the order of the keys 1, 2, ...; NULL: no screen has that key; the first is shown first; none: an empty one */
	int nscreens;
	const struct app_data *data; /* NULL: none */
	const char *theme;           /* --theme; NULL: not given */
	const char *config_theme;    /* from the config file; NULL: none */
	enum color_mode color;
	enum charset_choice charset;
	bool no_mouse, plain;
};

/* Runs the dashboard to its end. Returns the exit status; after a signal it restores the terminal and raises it again.
 * With no terminal on stdout: prints the first screen as text. Errors: one line on stderr. */
int app_run(const struct app_options *o);

/* For screens and data, on the program's thread. */
struct jobs *app_jobs(struct app *app);
const void *app_current(const struct app *app);
void app_dirty(struct app *app);        /* draw before the next wait */
void app_data_changed(struct app *app); /* current() has another value or other contents */
/* A line at the bottom until the next key. */
void app_say(struct app *app, enum role role, const char *fmt, ...) PRINTF_LIKE(3, 4);
/* Does this line stand at the bottom still? */
bool app_says(const struct app *app, const char *text);
void app_bell(struct app *app); /* nothing in text output */
/* A scrolled text over the screen; text is copied. */
void app_popup(struct app *app, const char *title, const char *text);
/* Asks for one line; answer(ctx, text) on Enter, nothing on Esc. */
void app_ask(struct app *app, const char *label, const char *text, void (*answer)(void *ctx, const char *text),
	     void *ctx);
/* Names that ':' and Tab complete besides the table's commands; the array must outlive the app. */
struct prompt_item;
void app_complete(struct app *app, const struct prompt_item *items, int n);
/* "[1]2 3  ?" ending at column x_end of row y; returns the columns taken. With one screen: "? help". */
int app_tabs(const struct app *app, struct surface s, int x_end, int y);
void app_run_command(struct app *app, enum cmd cmd);

#endif
