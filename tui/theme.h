/* Themes: what each role looks like. A theme file is plain text, one role a line:
 *
 *     # comment
 *     background = dark            what the theme is made for: dark or light
 *     you = 81/14/6 - bold         letters, ground, attributes
 *     cursor = - 18/4/4 mono-reverse
 *
 * A colour is a number 0..255, a name (black red green yellow blue magenta cyan white, bright-...), or '-' for the
 * terminal's own; "256/16/8" gives what stands for it where there are fewer, else the nearest is taken. Attributes:
 * bold underline reverse; mono-bold mono-underline mono-reverse count only where there is no colour at all.
 * A role the file leaves out is the terminal's own text. */
#ifndef TUI_THEME_H
#define TUI_THEME_H

#include <stdbool.h>
#include <stddef.h>

#include "core/base/err.h"
#include "core/base/str.h"
#include "tui/style.h"

enum { THEME_NAME = 64, THEMES_MAX = 32 };

struct theme_color {
	short c256, c16, c8; /* -1: the terminal's own */
};

struct theme_look {
	struct theme_color fg, bg;
	unsigned char attr, mono; /* ATTR_ bits */
};

struct theme {
	char name[THEME_NAME];
	bool light;
	struct theme_look look[ROLE_COUNT];
};

/* What a cell gets on a terminal with so many colours (256, 16, 8, or less than 8: none). */
struct theme_paint {
	short fg, bg; /* -1: the terminal's own */
	unsigned attr;
};

/* file: how errors name it ("dark.theme:3: no role 'yuo'"). */
bool theme_parse(struct theme *t, const char *file, struct str text, struct err *err);
/* A name (a user's file in the config folder, then a built-in one) or a path with a '/'. */
bool theme_load(struct theme *t, const char *name, struct err *err);
/* Names of all themes, each once, built-in ones first; how many. */
int theme_names(char names[THEMES_MAX][THEME_NAME]);
struct theme_paint theme_paint(const struct theme *t, struct style st, int colors);
/* --theme, then NO_COLOR, then the config, then what COLORFGBG says of the ground. Arguments may be NULL. */
const char *theme_choose(const char *option, const char *no_color, const char *config, const char *colorfgbg);
const char *role_name(enum role r);

#endif
