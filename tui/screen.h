/* What a screen is: a table of functions. The program's loop knows nothing else about it.
 *
 * Life: create; then, each time something changed: data (new data only), arrange, draw. Nothing is drawn in a
 * handler; a handler changes the screen's state and returns true, the loop draws before it waits. */
#ifndef TUI_SCREEN_H
#define TUI_SCREEN_H

#include <stdbool.h>

#include "core/base/buf.h"
#include "core/base/err.h"
#include "tui/keys.h"
#include "tui/surface.h"

struct app;

enum mouse_kind { MOUSE_CLICK, MOUSE_DOUBLE, MOUSE_WHEEL_UP, MOUSE_WHEEL_DOWN, MOUSE_DRAG };

struct mouse_event {
	enum mouse_kind kind;
	int x, y; /* in the surface that draw() gets */
};

enum export_format { EXPORT_TEXT, EXPORT_CSV, EXPORT_JSON };

/* One entry of the hint bar. second: shown as one with cmd ("j/k"), CMD_NONE for none. word NULL: the table's. */
struct hint_item {
	enum cmd cmd, second;
	const char *word;
};

enum { SCREEN_HINTS = 16 };

struct screen_ops {
	const char *name;
	/* NULL on failure, with err. data may be NULL: nothing is loaded yet. It lives until data() is called with another. */
	void *(*create)(struct app *app, const void *data, struct err *err);
	void (*destroy)(void *self);
	/* The data were replaced: recompute. data NULL: there are none. The old data are valid until this returns. */
	void (*data)(void *self, const void *data);
	/* Sizes, scrolling, layout: whatever depends on the size. h = 0: as many rows as there are to show (text output);
	 * linear: panes one under another (--plain). Returns the rows it will draw (h where h > 0). */
	int (*arrange)(void *self, int w, int h, bool linear);
	/* Paints what arrange() decided. s has the size given to arrange. */
	void (*draw)(const void *self, struct surface s);
	/* A command of the table, SCOPE_SCREEN or a global one the screen wants first. false: not handled. */
	bool (*command)(void *self, enum cmd cmd);
	bool (*mouse)(void *self, const struct mouse_event *ev); /* may be NULL */
	/* A ':' line that is no command of the table ("class GT3"). false with err, code ERR_NOT_FOUND: not mine. */
	bool (*line)(void *self, const char *text, struct err *err); /* may be NULL */
	/* What the figure under the cursor is made of; title into title[]. false: nothing to explain. */
	bool (*why)(const void *self, char title[80], struct buf *out); /* may be NULL */
	/* The focused pane. export_name: start of a file name ("barber_r2_field"). */
	bool (*export_pane)(const void *self, enum export_format format, struct buf *out,
			    struct err *err);                /* may be NULL */
	void (*export_name)(const void *self, char out[64]); /* may be NULL */
	/* Search: dir 0 starts (text as typed so far; "" ends the search and puts the cursor back), 1 and -1 go on with that text.
	 * Returns the number of matches; the cursor is on one. *of: out of how many. */
	int (*find)(void *self, const char *text, int dir, int *of); /* may be NULL */
	/* Commands for the hint bar, most useful first. Returns how many. */
	int (*hints)(const void *self, struct hint_item *out, int max); /* may be NULL */
	/* For help: the name of the focused part, and the commands it handles itself. Returns how many. */
	int (*keys)(const void *self, const char **place, enum cmd *out, int max); /* may be NULL */
	/* It is on the screen with the newest data: may ask for what only it needs. After create, after data. May be NULL. */
	void (*shown)(void *self);
	enum key_scope scope; /* of commands that are this screen's alone; SCOPE_GLOBAL: there are none */
	int min_w, min_h;     /* below this the loop shows what is needed instead of the screen; 0: 40 x 10 */
};

#endif
