/* The command line: one table of options and one of commands make the parser, --help, the man page and the completions.
 *
 * A value comes from the option, else the environment, else the config file, else the default. */
#ifndef TUI_CLI_H
#define TUI_CLI_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "core/base/arena.h"
#include "core/base/buf.h"
#include "core/base/err.h"
#include "core/report/report.h"
#include "core/source/snowflake/settings.h"

struct pollfd;

/* id, name, letter (0 none), argument ("" none), choices ("" any), default, where, environment ("" none), help */
#define OPTION_TABLE(X)                                                                                                \
	X(DATA, "data", 0, "DIR", "", "", COMMON, "PITWALL_DATA", "folder or file with timing data; repeatable")       \
	X(FORMAT, "format", 0, "FORMAT", "text json csv", "text", ANSWER, "PITWALL_FORMAT", "how a command answers")   \
	X(SOURCE, "source", 0, "SOURCE", "auto csv store snowflake json", "auto", COMMON, "PITWALL_SOURCE",            \
	  "telemetry")                                                                                                 \
	X(LAP, "lap", 0, "LAP", "", "", ANSWER, "", "as it was at LAP (1 to 65535): nothing later used")               \
	X(CAR, "car", 0, "CAR", "", "", ANSWER, "", "only this car")                                                   \
	X(TRACK, "track", 0, "TRACK", "", "", ANSWER, "", "season: this track; fetch: the table's name")               \
	X(CHECK, "check", 0, "", "", "", ANSWER, "", "errors of the forecast, leaving races out")                      \
	X(CLASS, "class", 0, "CLASS", "", "", ANSWER, "", "gaps, bests and colours within this class")                 \
	X(EXCLUDE, "exclude", 0, "CAR:LAP:REASON", "", "", ANSWER, "", "leave a lap out of every figure; repeatable")  \
	X(TO, "to", 0, "FILE", "", "", ANSWER, "", "the file to write; replay: - is standard output")                  \
	X(SPEED, "speed", 0, "N", "", "", ANSWER, "", "times as fast (20 if not said); improve: points")               \
	X(CONSISTENCY, "consistency", 0, "N", "", "", ANSWER, "", "improve: points, 0 to 5, 10 in all")                \
	X(RACECRAFT, "racecraft", 0, "N", "", "", ANSWER, "", "improve: points, 0 to 5, 10 in all")                    \
	X(TIRE, "tire", 0, "N", "", "", ANSWER, "", "improve: points, 0 to 5, 10 in all")                              \
	X(FROM, "from", 0, "LAP", "", "", ANSWER, "", "begin when the first car has done LAP")                         \
	X(CARS, "cars", 0, "CARS", "", "", ANSWER, "", "fetch: numbers with commas between")                           \
	X(LAPS, "laps", 0, "FIRST-LAST", "", "", ANSWER, "", "fetch: only these laps")                                 \
	X(COLUMNS, "columns", 0, "NAMES", "", "", ANSWER, "", "fetch --to: only these columns")                        \
	X(MAX_ROWS, "max-rows", 0, "ROWS", "", "20000000", ANSWER, "", "fetch: more rows are an error")                \
	X(AGAIN, "again", 0, "", "", "", ANSWER, "", "fetch: also what the store has")                                 \
	X(STORE, "store", 0, "FILE", "", "", COMMON, "PITWALL_STORE", "the local store of telemetry")                  \
	X(CORNER, "corner", 0, "TRACK:METRES:NAME", "", "", COMMON, "", "what you call a corner; repeatable")          \
	X(ENV_FILE, "env-file", 0, "FILE", "", "", COMMON, "PITWALL_ENV_FILE", "a .env file with SNOWFLAKE_ settings") \
	X(FOLLOW, "follow", 0, "FILE", "", "", SCREEN, "", "follow this lap file as it grows; - is a pipe")            \
	X(THEME, "theme", 0, "NAME", "", "", SCREEN, "PITWALL_THEME", "theme by name, or a theme file")                \
	X(COLOR, "color", 0, "WHEN", "auto always never", "auto", SCREEN, "PITWALL_COLOR", "colours of the dashboard") \
	X(CHARSET, "charset", 0, "SET", "auto braille block ascii", "auto", COMMON, "PITWALL_CHARSET",                 \
	  "characters drawn")                                                                                          \
	X(PLAIN, "plain", 0, "", "", "", SCREEN, "PITWALL_PLAIN", "dashboard line by line, for screen readers")        \
	X(NO_MOUSE, "no-mouse", 0, "", "", "", SCREEN, "PITWALL_NO_MOUSE", "leave the mouse to the terminal")          \
	X(CONFIG, "config", 0, "FILE", "", "", COMMON, "PITWALL_CONFIG", "config file instead of the usual one")       \
	X(LOG, "log", 0, "FILE", "", "", COMMON, "PITWALL_LOG", "append a log to this file")                           \
	X(VERSION, "version", 'V', "", "", "", COMMON, "", "print the version")                                        \
	X(HELP, "help", 'h', "", "", "", COMMON, "", "print this help, or a command's")

enum opt {
#define X(id, name, letter, arg, choices, def, where, env, help) OPT_##id,
	OPTION_TABLE(X)
#undef X
		OPT_COUNT
};

/* ANSWER: of the commands that list it. SCREEN: of the dashboard, harmless elsewhere. */
enum option_where { WHERE_COMMON, WHERE_ANSWER, WHERE_SCREEN };

struct cli_option {
	const char *name, *arg, *choices, *def, *env, *help;
	enum option_where where;
	char letter;
};
extern const struct cli_option cli_options[OPT_COUNT];

/* Can the option stand in the config file? */
bool cli_option_in_config(enum opt o);
/* The n-th word of a choice list; false when there is none. */
bool cli_choice(const char *choices, unsigned n, struct str *out);

enum { CLI_ARGS = 64, CLI_NEAR = 256 };

struct cli_command {
	const char *name, *args; /* "SESSION A B"; "[REF]": may be left out */
	unsigned min, max;       /* arguments */
	uint64_t options;        /* bits of enum opt, of the ANSWER kind */
	const char *help, *example;
	report_fn *report; /* NULL: replay, fetch and import, which write something and then say what */
};

static inline bool cli_takes(const struct cli_command *c, int o)
{
	return (c->options >> o & 1) != 0;
}
extern const struct cli_command cli_commands[];
extern const unsigned cli_command_count;

enum cli_from { FROM_NONE, FROM_DEFAULT, FROM_CONFIG, FROM_ENVIRONMENT, FROM_OPTION };

/* What was said for one option; the last one counts where it cannot be repeated. */
struct cli_value {
	const char **at;
	unsigned n, cap;
	enum cli_from from;
};

struct cli {
	struct arena *arena;               /* strings */
	const struct cli_command *command; /* NULL: the dashboard */
	const char *arg[CLI_ARGS];
	unsigned nargs;
	struct cli_value value[OPT_COUNT];
	const char *generate;       /* --generate WHAT, for the build; NULL */
	struct sf_values snowflake; /* of the config file */
};

/* --- cli_parse.c: words to values. false with err (ERR_USAGE) naming what helps. */
bool cli_parse(struct cli *cli, int argc, char *const *argv, struct err *err) MUST_CHECK;
bool cli_set(struct cli *cli, enum opt o, const char *value, enum cli_from from, struct err *err) MUST_CHECK;
/* Option by name; -1 none. */
int cli_option_by_name(struct str name);
/* The value that counts; NULL without one. */
const char *cli_get(const struct cli *cli, enum opt o);
bool cli_flag(const struct cli *cli, enum opt o);
/* The nearest of n names to what was typed; NULL when none is near. */
const char *cli_nearest(const char *typed, const char *const *names, unsigned n);

/* --- cli_config.c: environment, config file, defaults: what the words did not say. */
bool cli_complete(struct cli *cli, struct err *err) MUST_CHECK;
/* cli_demo.c: the dashboard was not told where the data is: then it is the demo season, if there is one. A file that is
 * followed is data enough. */
bool cli_demo(struct cli *cli, struct err *err) MUST_CHECK;
/* The text of a config file; file is for messages. */
bool cli_config_text(struct cli *cli, const char *file, struct str text, struct err *err) MUST_CHECK;

/* --- cli_help.c, cli_generate.c: made of the tables. */
void cli_help(struct buf *out);
void cli_help_command(const struct cli_command *c, struct buf *out);
/* what: man bash zsh fish; false: none of these. */
bool cli_generate(const char *what, struct buf *out);

/* --- cli_replay.c: writes a growing copy of in->session's lap file; returns when it is complete. */
bool cli_replay(const struct cli *cli, const struct report_in *in, struct buf *out, struct err *err) MUST_CHECK;

/* --- cli_season.c: the commands about the season, not about one session of it. */
bool cli_is_season(const struct cli_command *c);
bool cli_season(const struct cli *cli, struct report_in *in, struct buf *out, struct err *err) MUST_CHECK;
/* "barber_r1, barber_r2, ..." as far as one line holds, for what was not found. */
struct name_list {
	struct buf text;
	const char *near_to[CLI_NEAR];
	unsigned n;
};
void name_list_init(struct name_list *l);
void name_list_add(struct name_list *l, const char *name);
/* in: " in barber_r2" for cars, "" where a mistyped name may be guessed. Frees the list; always false, with err. */
bool name_list_fail(struct name_list *l, const char *what, const char *typed, const char *in, struct err *err);
/* --- cli_snowflake.c: what the environment, a .env file that was named and the config file say. */
bool cli_snowflake(const struct cli *cli, struct sf_values *out, struct err *err) MUST_CHECK;
/* Where the store of telemetry is. */
bool cli_store(const struct cli *cli, char *out, size_t cap, struct err *err) MUST_CHECK;
/* Asks Snowflake how it is; told lives in the arena. */
bool cli_health(const struct cli *cli, struct report_in *in, struct err *err) MUST_CHECK;

/* --- cli_fetch.c: telemetry from Snowflake; session NULL: the id alone says track and race. */
bool cli_fetch(const struct cli *cli, const struct session *session, struct report_in *in, struct buf *out,
	       struct err *err) MUST_CHECK;

/* --- cli_import.c: raw telemetry into the store, with a bar where stderr is a terminal. */
bool cli_import(const struct cli *cli, const struct report_in *in, struct buf *out, struct err *err) MUST_CHECK;

/* --- cli_wait.c: the commands' own wait, for what a server or the worker answers. */
struct cli_waiter {
	void *ctx;
	int (*wait)(void *ctx, struct pollfd *fds, int max, int *timeout_ms);
	void (*woke)(void *ctx, const struct pollfd *fds, int n);
	bool (*done)(const void *ctx);
	void (*cancel)(void *ctx);
	void (*show)(void *ctx); /* now and then; NULL */
};
/* Until it is done. Signals that end are handled from here on: the first one cancels and is returned once what runs has ended, a second
 * ends the program at once. 0: none came. */
int cli_wait(const struct cli_waiter *w);
/* Until it is done or the time is over. Any signal that ends ends the program at once. */
void cli_wait_at_most(const struct cli_waiter *w, int ms);

/* --- cli_answer.c: loads the data and has the command answer. */
bool cli_answer(const struct cli *cli, struct buf *out, struct err *err) MUST_CHECK;

#endif
