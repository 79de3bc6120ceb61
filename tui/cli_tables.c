#include "tui/cli.h"

const struct cli_option cli_options[OPT_COUNT] = {
#define X(id, name, letter, arg, choices, def, where, env, help)                                                       \
	[OPT_##id] = {name, arg, choices, def, env, help, WHERE_##where, letter},
	OPTION_TABLE(X)
#undef X
};

#define BIT(o) ((uint64_t)1 << OPT_##o)

/* Takes FORMAT, and what changes every figure of a session. */
#define ANALYSED (BIT(FORMAT) | BIT(LAP) | BIT(CLASS) | BIT(EXCLUDE))

const struct cli_command cli_commands[] = {
	{"sessions", "", 0, 0, BIT(FORMAT), "sessions found, with their ids and what was refused",
	 "pitwall sessions --data ~/race", report_sessions},
	{"standings", "SESSION", 1, 1, ANALYSED, "order, gaps, best, ideal and pace of every car",
	 "pitwall standings barber_r2 --lap 10", report_standings},
	{"laps", "SESSION", 1, 1, ANALYSED | BIT(CAR), "every lap: times, colours, flag, status, gap, air",
	 "pitwall laps barber_r2 --car 22 --format csv", report_laps},
	{"stints", "SESSION", 1, 1, ANALYSED | BIT(CAR), "stints: laps, pace, trend, stops",
	 "pitwall stints sonoma_r1 --car 13", report_stints},
	{"compare", "SESSION A B [C D]", 3, 5, ANALYSED, "up to four cars, all minus A",
	 "pitwall compare barber_r2 13 22", report_compare},
	{"coach", "SESSION YOU [REF]", 2, 3, ANALYSED, "what to tell YOU, against REF, best or own laps",
	 "pitwall coach barber_r2 22 13", report_coach},
	{"report", "SESSION", 1, 1, ANALYSED | BIT(CAR), "one page about a car (needs --car)",
	 "pitwall report barber_r2 --car 22", report_page},
	{"telemetry", "WHAT SESSION [A B]", 2, 5, ANALYSED, "cars, laps, trace, delta, corners, three, grip",
	 "pitwall telemetry delta barber_r1 13:6 13:15", report_telemetry},
	{"weather", "SESSION", 1, 1, BIT(FORMAT), "weather row by row in metric units, joined to laps",
	 "pitwall weather barber_r2 --format csv", report_weather},
	{"replay", "SESSION", 1, 1, BIT(TO) | BIT(SPEED) | BIT(FROM),
	 "write its lap file anew, row by row as it was driven",
	 "pitwall replay barber_r2 --to /tmp/live.csv --speed 20", NULL},
	{"tracks", "", 0, 0, BIT(FORMAT), "what each track asks for: demands as weights",
	 "pitwall tracks --format json", report_tracks},
	{"drivers", "", 0, 0, BIT(FORMAT) | BIT(TRACK), "drivers of the season; --track: how it suits them",
	 "pitwall drivers --track barber", report_drivers},
	{"driver", "N", 1, 1, BIT(FORMAT), "one driver: season, factors, fits, who is alike", "pitwall driver 13",
	 report_driver},
	{"stats", "N", 1, 1, BIT(FORMAT), "season figures, computed and of the JSON", "pitwall stats 13 --format csv",
	 report_stats},
	{"results", "N", 1, 1, BIT(FORMAT), "races: grid, finish, gained, best lap, gap",
	 "pitwall results 22 --format json", report_results},
	{"similar", "N", 1, 1, BIT(FORMAT), "drivers with the nearest four factors", "pitwall similar 13",
	 report_similar},
	{"factors", "N [FACTOR]", 1, 2, BIT(FORMAT), "what the factors are made of, what to work on",
	 "pitwall factors 22 speed", report_factors},
	{"predict", "[N]", 0, 1, BIT(FORMAT) | BIT(TRACK) | BIT(CHECK), "expected finish at --track, with its errors",
	 "pitwall predict --track barber", report_predict},
	{"improve", "N", 1, 1, BIT(FORMAT) | BIT(SPEED) | BIT(CONSISTENCY) | BIT(RACECRAFT) | BIT(TIRE),
	 "what if: points on factors, finish before and after", "pitwall improve 41 --speed +5 --racecraft +3",
	 report_improve},
	{"fetch", "SESSION", 1, 1,
	 BIT(FORMAT) | BIT(CARS) | BIT(LAPS) | BIT(COLUMNS) | BIT(TRACK) | BIT(TO) | BIT(MAX_ROWS) | BIT(AGAIN),
	 "telemetry of cars from Snowflake into the store", "pitwall fetch barber_r2 --cars 13,22", NULL},
	{"import", "FILE...", 1, CLI_ARGS, BIT(FORMAT) | BIT(STORE), "raw telemetry into the store; - reads a pipe",
	 "pitwall import ~/race/barber_telemetry_R1.csv", NULL},
	{"health", "", 0, 0, BIT(FORMAT), "state of each source of data", "pitwall health --format json",
	 report_health},
};
const unsigned cli_command_count = sizeof(cli_commands) / sizeof(cli_commands[0]);

/* Questions and what belongs to one session have no place in a file that is read every time. */
bool cli_option_in_config(enum opt o)
{
	return o != OPT_HELP && o != OPT_VERSION && o != OPT_CONFIG && o != OPT_LAP && o != OPT_CAR && o != OPT_TRACK &&
	       o != OPT_CLASS && o != OPT_EXCLUDE && o != OPT_TO && o != OPT_SPEED && o != OPT_CHECK &&
	       o != OPT_CONSISTENCY && o != OPT_RACECRAFT && o != OPT_TIRE && o != OPT_FROM && o != OPT_FOLLOW &&
	       o != OPT_CARS && o != OPT_LAPS && o != OPT_COLUMNS && o != OPT_AGAIN && o != OPT_ENV_FILE;
}

bool cli_choice(const char *choices, unsigned n, struct str *out)
{
	struct str rest = str_from(choices);

	for (unsigned i = 0; rest.n > 0; i++) {
		size_t end = 0;
		while (end < rest.n && rest.p[end] != ' ')
			end++;
		*out = (struct str){rest.p, end};
		if (i == n)
			return true;
		end += end < rest.n;
		rest = (struct str){rest.p + end, rest.n - end};
	}
	return false;
}
