/* A terminal in memory (libvterm) with a program running on it: what the tests of the screens type into and look at. */
#ifndef TESTS_SCREENS_TERM_H
#define TESTS_SCREENS_TERM_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

struct term;

struct term_options {
	int cols, rows;
	const char *const *argv; /* NULL-terminated; argv[0] is looked up in PATH unless it has a slash */
	const char *const *env;  /* "NAME=value" or "NAME" (unset), NULL-terminated; on top of a pinned environment */
};

/* Starts the program on a fresh terminal. The environment is pinned: HOME is `home`, TERM xterm-256color, LC_ALL C.UTF-8, no
 * NO_COLOR, COLORTERM, COLUMNS, LINES, XDG_*. Never NULL: a failure ends the test program with a message. */
struct term *term_start(const struct term_options *o, const char *home);
/* Ends the program if it still runs. */
void term_stop(struct term *t);

/* Waits until text stands in some row (at most 10 s). */
bool term_expect(struct term *t, const char *text);
bool term_has(struct term *t, const char *text);
/* Reads until nothing has come for `quiet_ms`, at most `limit_ms`. */
void term_settle(struct term *t, int quiet_ms, int limit_ms);
/* Key names: UP DOWN LEFT RIGHT ENTER TAB S-TAB ESC BS PGUP PGDN HOME END, "^X" for control, else the text itself. Then settles. */
void term_key(struct term *t, const char *name);
void term_click(struct term *t, int col, int row); /* 0-based, button 1; only when the program asked for the mouse */
void term_resize(struct term *t, int cols, int rows);
void term_signal(struct term *t, int signal);
/* Bytes the program wrote since the last term_key, term_resize, or call of this. */
size_t term_bytes(struct term *t);
/* Exit status (128 + n for a signal), -1: still running after limit_ms. */
int term_exit(struct term *t, int limit_ms);
/* NULL when the terminal is as it was before the program; else what is not. */
const char *term_restored(struct term *t);
pid_t term_pid(const struct term *t);
/* The screen as text, blanks at line ends cut; memory of t, valid until the next call. */
const char *term_text(struct term *t);
/* Everything the program wrote so far. */
const char *term_raw(const struct term *t, size_t *n);
/* Colour of a cell, 0xrrggbb, and whether it is reversed; false outside. */
bool term_cell(struct term *t, int col, int row, unsigned *fg, unsigned *bg, bool *reverse);
enum { TERM_BOLD = 1, TERM_UNDERLINE = 2 };
/* Those of a cell, or'ed. */
unsigned term_attrs(struct term *t, int col, int row);
/* Where the terminal's cursor is. */
void term_cursor(struct term *t, int *col, int *row);
/* The letter of a cell as UTF-8, "" where it is the right half of a wide one. */
void term_letter(struct term *t, int col, int row, char out[8]);

#endif
