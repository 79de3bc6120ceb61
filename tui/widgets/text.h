/* Running text in a pane: wrapped at blanks, scrolled; and a line of items cut whole. */
#ifndef TUI_WIDGETS_TEXT_H
#define TUI_WIDGETS_TEXT_H

#include "tui/surface.h"

/* Draws text (newlines start a line; `indent` blanks before the second and later lines of a paragraph), leaving out
 * the first `skip` lines. Returns how many lines the whole text takes at this width, drawn or not. */
int text_wrap(struct surface s, struct style st, struct str text, int indent, int skip);
int text_lines(int w, struct str text, int indent);

struct hint {
	const char *key, *what; /* "j/k", "car" */
	bool must;              /* room is kept for it: others go first */
};
/* "j/k car  y you ..." in one row; an item that does not fit whole is left out. Returns how many were drawn. */
int hints_draw(struct surface s, int x, int y, int w, const struct hint *hints, int n);

#endif
