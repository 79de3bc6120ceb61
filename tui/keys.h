/* Keys and commands. One table makes the handler, the help, the hint bar, the palette, the man page and the README. */
#ifndef TUI_KEYS_H
#define TUI_KEYS_H

#include <stdbool.h>
#include <stdint.h>

#include "core/base/buf.h"

/* A key is a code point, or one of these; KEY_CTRL adds to a lower-case letter. */
enum {
	TKEY_NONE = 0,
	TKEY_BASE = 0x110000,
	TKEY_UP,
	TKEY_DOWN,
	TKEY_LEFT,
	TKEY_RIGHT,
	TKEY_HOME,
	TKEY_END,
	TKEY_PGUP,
	TKEY_PGDN,
	TKEY_INSERT,
	TKEY_DELETE,
	TKEY_ENTER,
	TKEY_TAB,
	TKEY_BACKTAB,
	TKEY_BACKSPACE,
	TKEY_ESC,
	TKEY_RESIZE, /* the terminal has a new size */
	TKEY_MOUSE,  /* see term_event.mouse */
	TKEY_EOF,    /* the terminal is gone */
	TKEY_CTRL = 0x1000000,
};

/* GLOBAL: the loop's; SCREEN: every screen makes of it what fits. From TELEMETRY on: of one screen alone, where its key wins. */
enum key_scope { SCOPE_GLOBAL, SCOPE_SCREEN, SCOPE_TELEMETRY };

/* id, name (palette, --plain), keys (blank between), scope, short word (hint bar), help.
 * A key means one thing in each scope; a screen's command wins over a global one. */
#define COMMAND_TABLE(X)                                                                                               \
	X(SCREEN_1, "dashboard", "1", GLOBAL, "dashboard", "show the dashboard")                                       \
	X(SCREEN_2, "race", "2", GLOBAL, "race", "show the race: tower, every lap, gaps, places, stints")              \
	X(SCREEN_3, "compare", "3", GLOBAL, "compare", "show the comparison: up to four cars lap by lap")              \
	X(SCREEN_4, "telemetry", "4", GLOBAL, "telemetry", "show the telemetry: two or three laps over distance")      \
	X(SCREEN_5, "season", "5", GLOBAL, "season", "show the season: drivers, races, factors, tracks")               \
	X(SCREEN_6, "sources", "6", GLOBAL, "sources", "show the sources: every file and row, what became of it, why") \
	X(PANE_NEXT, "next-pane", "Tab", SCREEN, "pane", "go to the next pane")                                        \
	X(PANE_PREV, "previous-pane", "S-Tab", SCREEN, "pane", "go to the pane before")                                \
	X(DOWN, "down", "j Down", SCREEN, "down", "one row down")                                                      \
	X(UP, "up", "k Up", SCREEN, "up", "one row up")                                                                \
	X(LEFT, "left", "h Left", SCREEN, "left", "one column or lap to the left")                                     \
	X(RIGHT, "right", "l Right", SCREEN, "right", "one column or lap to the right")                                \
	X(FIRST, "first", "g Home", SCREEN, "first", "to the first row")                                               \
	X(LAST, "last", "G End", SCREEN, "last", "to the last row")                                                    \
	X(PAGE_DOWN, "page-down", "PgDn C-f", SCREEN, "page", "one page down")                                         \
	X(PAGE_UP, "page-up", "PgUp C-b", SCREEN, "page", "one page up")                                               \
	X(ENTER, "open", "Enter", SCREEN, "open", "open what the cursor is on")                                        \
	X(BACK, "back", "Esc", GLOBAL, "back", "close what is on top, clear a search")                                 \
	X(YOU, "you", "y", SCREEN, "you", "the car under the cursor is yours")                                         \
	X(REF, "reference", "r", SCREEN, "ref", "the car under the cursor is the one compared with")                   \
	X(FOLLOW, "follow", "f", SCREEN, "follow", "follow the car under the cursor, or no longer")                    \
	X(MORE, "add-car", "+", SCREEN, "add car", "compare the car under the cursor too, or no longer: up to four")   \
	X(AIR, "clear-air", "a", SCREEN, "clear air", "only laps begun in clear air; again: all")                      \
	X(MINIS, "mini-sectors", "m", SCREEN, "minis", "mini-sectors instead of sectors")                              \
	X(CLASS, "class", "c", GLOBAL, "class", "the next class, after the last all; :class GT3")                      \
	X(CLASS_ALL, "all-classes", "C", GLOBAL, "all classes", "all classes")                                         \
	X(STRIP, "strip", "v", SCREEN, "strip", "what the strip of laps shows: marks, place, gap, pace, colours")      \
	X(GAP_BASE, "gap-from", "R", SCREEN, "gap from", "what the gap chart starts from: ref, leader, constant lap")  \
	X(CHART, "chart", "p", SCREEN, "chart", "the next chart: gap, places, stints, ..; compare: stint on stint")    \
	X(TEL_CLOSER, "closer", "+ =", TELEMETRY, "zoom", "telemetry: look closer round the cursor")                   \
	X(TEL_WIDER, "wider", "-", TELEMETRY, "wider", "telemetry: show more of the lap")                              \
	X(TEL_CORNER, "next-corner", "c", TELEMETRY, "corner", "telemetry: to the next corner")                        \
	X(TEL_CORNER_PREV, "previous-corner", "C", TELEMETRY, "corner", "telemetry: to the corner before")             \
	X(TEL_THIRD, "third-lap", "t", TELEMETRY, "third", "telemetry: a third lap, or no longer")                     \
	X(TEL_FIVE, "best-five", "b", TELEMETRY, "best five",                                                          \
	  "telemetry: best five laps against best five; again: one")                                                   \
	X(TEL_AXIS, "distance-time", "d", TELEMETRY, "distance/time", "telemetry: over distance, over your time")      \
	X(REPLAY, "replay", "Space", GLOBAL, "replay", "replay the session, pause, go on")                             \
	X(STEP_BACK, "step-back", ",", GLOBAL, "lap", "replay: one lap of your car back")                              \
	X(STEP_ON, "step-on", ".", GLOBAL, "lap", "replay: one lap of your car on")                                    \
	X(SLOWER, "slower", "<", GLOBAL, "slower", "replay: half the speed, down to a quarter")                        \
	X(QUICKER, "quicker", ">", GLOBAL, "quicker", "replay: twice the speed, up to 64")                             \
	X(REPLAY_TO, "replay-to", "T", GLOBAL, "to", "replay: jump to a lap or a time")                                \
	X(WHOLE, "whole", "L", GLOBAL, "whole", "end the replay: all of the session")                                  \
	X(SESSION_PREV, "previous-session", "[", GLOBAL, "session", "the session before")                              \
	X(SESSION_NEXT, "next-session", "]", GLOBAL, "session", "the next session")                                    \
	X(FIND, "find", "/", GLOBAL, "find", "find a number, a name or a team")                                        \
	X(FIND_NEXT, "find-next", "n", GLOBAL, "next", "the next one found")                                           \
	X(FIND_PREV, "find-previous", "N", GLOBAL, "previous", "the one found before")                                 \
	X(WHY, "why", "w", GLOBAL, "why", "which laps, rule and file a figure comes from")                             \
	X(EXCLUDE, "exclude-lap", "x", SCREEN, "exclude lap", "leave a lap out, with a reason; again: back in")        \
	X(MARK, "mark-note", "M", SCREEN, "mark", "notes: agreed, told the driver, wrong (why); kept")                 \
	X(SORT, "sort", "s", SCREEN, "sort", "sort by the next column")                                                \
	X(ZOOM, "zoom", "z", SCREEN, "zoom", "the focused pane alone; again: all panes")                               \
	X(EXPORT, "export", "e", GLOBAL, "export", "write the focused pane to a .csv, .json or .txt file")             \
	X(COMMAND, "command", ":", GLOBAL, "command", "type a command by its name")                                    \
	X(THEME, "theme", "t", GLOBAL, "theme", "the next theme")                                                      \
	X(HELP, "help", "?", GLOBAL, "help", "all keys")                                                               \
	X(REDRAW, "redraw", "C-l", GLOBAL, "redraw", "draw the screen afresh")                                         \
	X(SUSPEND, "suspend", "C-z", GLOBAL, "suspend", "stop the program; fg in the shell goes on")                   \
	X(FETCH, "fetch", "F", GLOBAL, "fetch", "telemetry of your cars from Snowflake; :fetch 13,22")                 \
	X(IMPORT, "import", "I", GLOBAL, "import", "raw telemetry of the data folders into the store; :import FILE")   \
	X(CANCEL, "cancel", "C-c", GLOBAL, "cancel", "cancel what is running; nothing running: leave")                 \
	X(QUIT, "quit", "q", GLOBAL, "quit", "leave pitwall")

enum cmd {
	CMD_NONE,
#define X(id, name, keys, scope, word, help) CMD_##id,
	COMMAND_TABLE(X)
#undef X
		CMD_COUNT
};

struct command {
	enum cmd id;
	enum key_scope scope;
	const char *name, *keys, *word, *help;
};

/* The row of a command; id must be CMD_NONE < id < CMD_COUNT. */
const struct command *command_row(enum cmd id);
/* CMD_NONE: no command has this name. */
enum cmd command_by_name(const char *name);
/* own: the scope of the screen that is shown; its commands win. SCOPE_GLOBAL: it has none of its own. */
enum cmd command_by_key(uint32_t key, enum key_scope own);
/* "j", "Down", "C-l", "S-Tab", "PgDn", any single letter -> key; TKEY_NONE: no such key. */
uint32_t key_parse(const char *name);
/* Writes the name key_parse understands. */
void key_label(uint32_t key, char out[16]);
/* First key of a command as shown: "j", "Tab". */
void command_key(enum cmd id, char out[16]);

/* The table as help text, Markdown and man page source. */
void keys_text(struct buf *out);
void keys_markdown(struct buf *out);
void keys_man(struct buf *out);

#endif
