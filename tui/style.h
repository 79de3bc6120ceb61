/* How a cell looks, in words of the program, not of a terminal: a role says what a text is, a theme says how
 * that looks. Pure data; no terminal. */
#ifndef TUI_STYLE_H
#define TUI_STYLE_H

#include <stdint.h>

/* id, name in theme files, meaning. Ground roles are meant for style.ground: what lies under a text. */
#define ROLE_TABLE(X)                                                                                                  \
	X(TEXT, "text", "plain text and figures")                                                                      \
	X(DIM, "dim", "secondary text: reasons, units, what is not clear")                                             \
	X(STRUCT, "struct", "rules, dividers, axes")                                                                   \
	X(HEAD, "head", "pane titles and column heads")                                                                \
	X(FOCUS, "focus", "title of the focused pane")                                                                 \
	X(YOU, "you", "your car")                                                                                      \
	X(REF, "ref", "the reference car")                                                                             \
	X(THIRD, "third", "a third car compared")                                                                      \
	X(FOURTH, "fourth", "a fourth car compared")                                                                   \
	X(GAIN, "gain", "clearly faster")                                                                              \
	X(LOSS, "loss", "clearly slower")                                                                              \
	X(SESSION_BEST, "session-best", "best of the session so far (has its own ground)")                             \
	X(OWN_BEST, "own-best", "best of the car so far (has its own ground)")                                         \
	X(CAUTION, "caution", "ground: laps under caution")                                                            \
	X(CURSOR, "cursor", "ground: the selected row")                                                                \
	X(MATCH, "match", "ground: text found by a search")                                                            \
	X(BAR, "bar", "the bar at the top and the prompt line")                                                        \
	X(ALARM, "alarm", "an alarm the user set")                                                                     \
	X(ERROR, "error", "something failed")                                                                          \
	X(KEY, "key", "a key in the hint bar and in help")                                                             \
	X(FLAG_GREEN, "flag-green", "green flag")                                                                      \
	X(FLAG_YELLOW, "flag-yellow", "caution flag")                                                                  \
	X(FLAG_RED, "flag-red", "red flag")                                                                            \
	X(FLAG_FINISH, "flag-finish", "chequered flag")

enum role {
#define X(id, name, what) ROLE_##id,
	ROLE_TABLE(X)
#undef X
		ROLE_COUNT
};

enum { ATTR_BOLD = 1, ATTR_UNDERLINE = 2, ATTR_REVERSE = 4 };

/* role gives the letters, ground what is under them (ROLE_TEXT: nothing special). A role that brings its own
 * ground (session and own best, bar, alarm) keeps it: it wins over cursor and caution. attr adds to the theme's. */
struct style {
	uint8_t role, ground, attr;
};

#define STYLE(id) ((struct style){ROLE_##id, ROLE_TEXT, 0})

static inline struct style style_of(enum role role)
{
	return (struct style){(uint8_t)role, ROLE_TEXT, 0};
}

static inline struct style style_on(struct style s, enum role ground)
{
	s.ground = (uint8_t)ground;
	return s;
}

static inline struct style style_with(struct style s, unsigned attr)
{
	s.attr = (uint8_t)(s.attr | attr);
	return s;
}

#endif
