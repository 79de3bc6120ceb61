/* The loop's own state, shared by the files app*.c and nobody else. */
#ifndef TUI_APP_STATE_H
#define TUI_APP_STATE_H

#include "core/base/buf.h"
#include "tui/app.h"
#include "tui/term.h"
#include "tui/theme.h"
#include "tui/widgets/prompt.h"

enum { APP_SCREENS = 9, APP_ITEMS = 256, APP_MESSAGE = 300 };

enum prompt_use { PROMPT_NONE, PROMPT_COMMAND, PROMPT_FIND, PROMPT_EXPORT, PROMPT_ASK, PROMPT_HELP };

struct popup {
	bool open;
	bool help; /* the table of commands: drawn from it, not from text */
	char title[80];
	struct buf text;
	int top;
};

struct app {
	const struct app_options *o;
	struct app_options with_empty; /* o, when the caller gave no screen */
	const struct app_data *data;   /* never NULL: an empty table where there are none */
	struct terminal *term;         /* NULL in text output */
	struct jobs *jobs;
	struct grid grid;
	struct theme theme;
	void *self[APP_SCREENS]; /* NULL: not shown yet */
	int screen;              /* index of the shown one */
	const void *current;
	bool dirty, changed, redraw, quit;
	bool taken; /* the terminal was taken (again): its keys must be set up after the next frame */
	int end_signal;
	struct popup popup;
	struct prompt prompt;
	enum prompt_use prompt_use;
	void (*answer)(void *ctx, const char *text);
	void *answer_ctx;
	char message[APP_MESSAGE];
	enum role message_role;
	char find[PROMPT_TEXT];              /* what n and N look for */
	char help_filter[PROMPT_TEXT];       /* "": all of it */
	int found, found_of;                 /* of the running search; of < 0: none */
	struct prompt_item items[APP_ITEMS]; /* commands, then the data's */
	int nitems;
};

/* app_screens.c */
const struct screen_ops *app_ops(const struct app *app);
void *app_self(const struct app *app);
bool app_show(struct app *app, int screen, struct err *err); /* creates it when it is shown first */
void app_refresh_data(struct app *app);                      /* gives current() to all screens when it changed */
void app_drop_screens(struct app *app);

/* app_input.c */
void app_key(struct app *app, uint32_t key);
void app_mouse(struct app *app, const struct mouse_event *ev);
void app_line(struct app *app, const char *line); /* a ':' line */
void app_prompt_done(struct app *app);
void app_find(struct app *app, const char *text, int dir);

/* app_draw.c */
void app_draw(struct app *app);             /* into app->grid, whose size is set */
int app_popup_rows(const struct app *app);  /* lines of text shown at once */
int app_popup_lines(const struct app *app); /* lines there are */

/* app_help.c */
int app_help_rows(const struct app *app);
void app_help_draw(const struct app *app, struct surface s, int skip);
void app_help_text(const struct app *app, struct buf *out);

/* app_empty.c: the options with a screen that says that there is nothing. */
const struct app_options *app_with_empty(struct app_options *out, const struct app_options *o);

/* app_plain.c */
int app_plain(struct app *app, bool talk);

#endif
