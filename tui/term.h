/* The terminal: keys in, cells out. One file knows curses (term_curses.c). One terminal at a time, one thread. */
#ifndef TUI_TERM_H
#define TUI_TERM_H

#include <stdbool.h>
#include <stdint.h>

#include "core/base/err.h"
#include "tui/keys.h"
#include "tui/screen.h"
#include "tui/surface.h"
#include "tui/theme.h"

struct terminal;

struct term_event {
	uint32_t key;
	struct mouse_event mouse; /* with TKEY_MOUSE: x, y from the top left of the terminal */
};

/* Whether $TERM names a terminal one can draw on; writes nothing. false with a sentence in err. */
bool term_usable(struct err *err);
/* Takes the terminal over (alternate screen). color false: not one colour code is sent. NULL with err. */
struct terminal *term_open(bool color, bool mouse, struct err *err);
/* Gives it back as it was. NULL is fine. */
void term_close(struct terminal *t);
int term_fd(const struct terminal *t);
/* The next key; false: none for now. Call until false after term_fd became readable or a signal came. */
bool term_next(struct terminal *t, struct term_event *ev);
void term_size(const struct terminal *t, int *w, int *h);
int term_colors(const struct terminal *t);                      /* 256, 16, 8 or 0 */
void term_theme(struct terminal *t, const struct theme *theme); /* before the first present and at each change */
/* Sends what changed since the last call; nothing changed: no byte. */
void term_present(struct terminal *t, const struct grid *g);
void term_bell(struct terminal *t);
void term_forget(struct terminal *t); /* the next present sends everything */
/* Leaves the terminal to the shell and stops the process group; returns when continued. */
void term_suspend(struct terminal *t);
/* After SIGCONT that we did not wait for. */
void term_resumed(struct terminal *t);

#endif
