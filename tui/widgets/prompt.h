/* One line to type in, with a list of what the words so far could become. No terminal. */
#ifndef TUI_WIDGETS_PROMPT_H
#define TUI_WIDGETS_PROMPT_H

#include <stdbool.h>
#include <stdint.h>

#include "tui/surface.h"

enum { PROMPT_TEXT = 256, PROMPT_SHOWN = 8 };

struct prompt_item {
	const char *name, *what; /* what is offered, and a word about it */
};

struct prompt {
	char label[48];
	char text[PROMPT_TEXT]; /* UTF-8 */
	int n, cursor;          /* bytes */
	int choice;             /* chosen item among the matches, -1: none */
	const struct prompt_item *items;
	int nitems;
};

enum prompt_result { PROMPT_EDIT, PROMPT_DONE, PROMPT_CANCEL, PROMPT_SAME };

void prompt_open(struct prompt *p, const char *label, const char *text, const struct prompt_item *items, int n);
/* key: a code of tui/keys.h. EDIT: the text changed; SAME: nothing to do with the text. */
enum prompt_result prompt_key(struct prompt *p, uint32_t key);
/* Indexes of the items that match the text, best first (prefix, then part, then letters in order); how many. */
int prompt_matches(const struct prompt *p, int *out, int max);
/* The chosen item, else the one that matches best alone, else what was typed. */
const char *prompt_value(const struct prompt *p);
/* Last row: label and text; above it up to PROMPT_SHOWN matches. */
void prompt_draw(const struct prompt *p, struct surface s);

#endif
