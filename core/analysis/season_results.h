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
	bool fastest;    /* best is the race's least, of all drivers known */
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

#endif
