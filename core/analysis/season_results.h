/* A driver's races one by one, and what they add up to. From the session files where there are some, else from the season's JSON;
 * one race is never made of both. */
#ifndef ANALYSIS_SEASON_RESULTS_H
#define ANALYSIS_SEASON_RESULTS_H

#include "core/analysis/season_table.h"

struct season_line {
	const char *track;
	int race;
	uint8_t from; /* enum race_from */
	bool started, retired;
	int32_t grid, finish, laps; /* 0 unknown */
	bool has_gained;
	int32_t gained; /* grid minus finish: plus is places won */
	ms_t best;      /* the official best lap */
	ms_t qualifying;
	bool fastest;    /* best is the race's least; never where the JSON leaves drivers out */
	const char *gap; /* to the winner as printed, or "" */
	ms_t gap_time;   /* worked out where nothing is printed: the winner has the same laps; MS_NONE */
	const char *status;
};

/* What the races add up to. Averages are NAN without races. */
struct season_sum {
	uint32_t races, wins, podiums, top5, top10, poles, retired, fastest_laps;
	int32_t points; /* POINTS of each finish; the season's JSON scores so */
	double avg_finish, avg_qualifying, avg_gained;
};

/* 25 18 15 12 10 8 6 4 2 1: what driver_season_stats.json scores by (34 of 34 drivers). */
int season_points(uint32_t place);

/* false: the driver is not in that race. */
bool season_line(const struct season_table *t, const struct season_row *row, uint32_t race, struct season_line *out);
/* All races: the rule of the JSON (a finish counts when there is one, the grid when it is known). */
struct season_sum season_sum(const struct season_table *t, const struct season_row *row);

/* A race in which driver_race_results.json and what is shown part: they explain every difference of the sums. */
struct season_difference {
	const char *track;
	int race;
	enum difference_kind {
		DIFF_GRID,       /* places on the grid */
		DIFF_FINISH,     /* finishing places */
		DIFF_START,      /* not started: a race to the JSON's sums, none here */
		DIFF_NOT_JOINED, /* the JSON's alone: its number mixes two drivers there */
		DIFF_HERE_ONLY   /* a race of the session files that the JSON has not got */
	} kind;
	int32_t here, json; /* places, 0 unknown */
};
/* At most two a race; at most max into out. How many there are. Nothing to compare without JSON. */
uint32_t season_differences(const struct season_table *t, const struct season_row *row, struct season_difference *out,
			    uint32_t max);

/* One figure of driver_season_stats.json beside ours. */
struct season_stat {
	const char *name;
	double computed, json; /* NAN: none; dnfs and fastest laps of the JSON are no data and are NAN */
	int decimals;
	bool equal; /* as shown, with `decimals` */
};
enum { SEASON_STATS = 12 };
void season_stats(const struct season_sum *sum, const struct season_driver *json, struct season_stat out[SEASON_STATS]);

#endif
