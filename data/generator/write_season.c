/* The five JSON files of a season, under the names and keys that the old back end gave them. */
#include <stdlib.h>
#include <string.h>

#include "core/base/json_out.h"
#include "data/generator/season.h"

static const char *const factor_names[FACTOR_COUNT] = {"speed", "consistency", "racecraft", "tire_management"};
static const char *const demand_names[FACTOR_COUNT] = {"raw_speed", "consistency", "racecraft", "tire_mgmt"};

static bool is_guest(int who)
{
	return strcmp(drivers[who].number, "3") == 0;
}

/* Numbers are numbers there: 03 is 3, so the guest who really is 3 has no entry. */
static const char *key_of(int who)
{
	return drivers[who].number + (drivers[who].number[0] == '0');
}

static int races_of(const struct season_book *s, int who)
{
	int n = 0;

	for (int k = 0; k < s->races && !is_guest(who); k++)
		n += s->entry[who][k].there;
	return n;
}

static int count_drivers(const struct season_book *s)
{
	int n = 0;

	for (int i = 0; i < DRIVERS; i++)
		n += races_of(s, i) > 0;
	return n;
}

static void begin(struct json_out *j, struct buf *b, const char *description, int count)
{
	json_init(j, b);
	json_obj(j, NULL);
	json_str(j, "version", "1.0");
	json_str(j, "description", description);
	json_int(j, "driver_count", count);
}

static void finish(struct json_out *j, struct out *o, struct buf *b, const char *name)
{
	json_end_obj(j);
	buf_char(b, '\n');
	out_save(o, "json", name, b);
}

/* --- driver_season_stats ------------------------------------------------------- */

struct totals {
	int wins, podiums, top5, top10, poles, points;
	int64_t finish, start, gained;
};

static int points_for(int place)
{
	static const int points[] = {35, 32, 30, 28, 26, 25, 24, 23, 22, 21, 20, 19, 18, 17, 16, 15, 14, 13, 12, 11};

	return place <= (int)(sizeof points / sizeof *points) ? points[place - 1] : 10;
}

static struct totals totals_of(const struct season_book *s, int who)
{
	struct totals t = {0};

	for (int k = 0; k < s->races; k++) {
		const struct season_entry *e = &s->entry[who][k];

		if (!e->there)
			continue;
		t.wins += e->finish == 1;
		t.podiums += e->finish <= 3;
		t.top5 += e->finish <= 5;
		t.top10 += e->finish <= 10;
		t.poles += e->start == 1;
		t.points += points_for(e->finish);
		t.finish += e->finish;
		t.start += e->start;
		t.gained += e->start - e->finish;
	}
	return t;
}

/* A mean with two decimals, in whole numbers until the last step. */
static void put_mean(struct json_out *j, const char *key, int64_t sum, int n)
{
	int64_t hundredths = (sum * 200 + (sum < 0 ? -n : n)) / ((int64_t)2 * n);

	json_dec(j, key, (double)hundredths / 100, 2);
}

static void put_stats(struct json_out *j, const struct season_book *s, int who)
{
	struct totals t = totals_of(s, who);
	int n = races_of(s, who);

	json_obj(j, key_of(who));
	json_int(j, "wins", t.wins);
	json_int(j, "podiums", t.podiums);
	json_int(j, "top5", t.top5);
	json_int(j, "top10", t.top10);
	json_int(j, "pole_positions", t.poles);
	json_int(j, "total_races", n);
	json_int(j, "dnfs", 0);
	json_int(j, "fastest_laps", 0);
	put_mean(j, "avg_finish", t.finish, n);
	put_mean(j, "avg_qualifying", t.start, n);
	put_mean(j, "avg_positions_gained", t.gained, n);
	json_int(j, "points", t.points);
	json_null(j, "championship_position");
	json_end_obj(j);
}

static void save_stats(struct out *o, struct buf *b, const struct season_book *s)
{
	struct json_out j;

	begin(&j, b, "Season statistics of all drivers", count_drivers(s));
	json_obj(&j, "data");
	for (int i = 0; i < DRIVERS; i++)
		if (races_of(s, i) > 0)
			put_stats(&j, s, i);
	json_end_obj(&j);
	finish(&j, o, b, "driver_season_stats.json");
}

/* --- driver_race_results ------------------------------------------------------- */

static void put_time(struct json_out *j, const char *key, int64_t ms)
{
	char s[NUM_LEN];

	json_str(j, key, time_str(s, (ms_t)ms));
}

static void put_gap(struct json_out *j, const char *key, int32_t ms)
{
	char s[NUM_LEN];

	json_str(j, key, ms == 0 ? "-" : diff_str(s, ms));
}

static void put_to_winner(struct json_out *j, const struct season_entry *e)
{
	struct buf text;

	buf_init(&text, 64);
	buf_fmt(&text, "%d Lap%s", e->laps_behind, e->laps_behind == 1 ? "" : "s");
	if (e->laps_behind > 0)
		json_str(j, "gap_to_winner", text.p);
	else
		put_gap(j, "gap_to_winner", e->behind);
	buf_release(&text);
}

static void put_sectors(struct json_out *j, const struct season_entry *e)
{
	static const char *const best[] = {"driver_s1_best", "driver_s2_best", "driver_s3_best"};
	static const char *const gap[] = {"gap_to_s1_best", "gap_to_s2_best", "gap_to_s3_best"};

	for (int i = 0; i < 3; i++) {
		put_time(j, best[i], e->sector[i]);
		put_gap(j, gap[i], e->to_sector[i]);
	}
}

static void put_result(struct json_out *j, const struct season_book *s, int who, int race, int id)
{
	const struct season_entry *e = &s->entry[who][race];
	const struct track *t = &tracks[s->race[race].event];

	json_obj(j, NULL);
	json_int(j, "race_id", id);
	json_str(j, "track_id", t->id);
	json_str(j, "track_name", t->name);
	json_int(j, "round", s->race[race].event + 1);
	json_int(j, "race_number", s->race[race].number);
	json_int(j, "start_position", e->start);
	json_int(j, "finish_position", e->finish);
	json_int(j, "positions_gained", e->start - e->finish);
	put_time(j, "fastest_lap", e->fastest);
	put_to_winner(j, e);
	json_str(j, "status", "Classified");
	put_time(j, "qualifying_time", e->qualifying);
	put_gap(j, "gap_to_pole", e->to_pole);
	json_int(j, "total_laps", e->laps);
	put_time(j, "avg_lap_time", e->mean);
	put_time(j, "best_lap_time", e->fastest);
	put_time(j, "worst_lap_time", e->worst);
	put_gap(j, "gap_to_fastest_lap", e->to_fastest);
	put_sectors(j, e);
	json_end_obj(j);
}

static void save_results(struct out *o, struct buf *b, const struct season_book *s)
{
	struct json_out j;

	begin(&j, b, "Race results of all drivers", count_drivers(s));
	json_obj(&j, "data");
	for (int i = 0; i < DRIVERS; i++) {
		int id = 0;

		if (races_of(s, i) == 0)
			continue;
		json_arr(&j, key_of(i));
		for (int k = 0; k < s->races; k++)
			if (s->entry[i][k].there)
				put_result(&j, s, i, k, ++id);
		json_end_arr(&j);
	}
	json_end_obj(&j);
	finish(&j, o, b, "driver_race_results.json");
}

/* --- driver_factors, factor_breakdowns ------------------------------------------- */

typedef int32_t percentiles[DRIVERS][FACTOR_COUNT];

static void put_percent(struct json_out *j, const char *key, int32_t hundredths)
{
	json_dec(j, key, (double)hundredths / 100, 2);
}

static void save_factors(struct out *o, struct buf *b, const struct season_book *s, percentiles p)
{
	struct json_out j;

	begin(&j, b, "Skill factors of all drivers", count_drivers(s));
	json_arr(&j, "drivers");
	for (int i = 0; i < DRIVERS; i++) {
		if (races_of(s, i) == 0)
			continue;
		json_obj(&j, NULL);
		json_int(&j, "driver_number", strtol(drivers[i].number, NULL, 10));
		json_obj(&j, "factors");
		for (int f = 0; f < FACTOR_COUNT; f++) {
			json_obj(&j, factor_names[f]);
			put_percent(&j, "score", p[i][f]);
			put_percent(&j, "percentile", p[i][f]);
			json_end_obj(&j);
		}
		json_end_obj(&j);
		json_end_obj(&j);
	}
	json_end_arr(&j);
	finish(&j, o, b, "driver_factors.json");
}

/* What each factor was counted from. */
struct variable {
	const char *name, *display, *description;
};
static const struct variable variables[FACTOR_COUNT] = {
	{"best_race_lap", "Best Race Lap", "Fastest lap and qualifying, distance to the best of the session"},
	{"stint_consistency", "Stint Consistency", "Mean distance of clean laps from their mean"},
	{"positions_gained", "Positions Gained", "From the grid to the flag"},
	{"late_stint_perf", "Late Stint Performance", "Last third of the clean laps against the first"},
};

static void put_breakdown(struct json_out *j, int who, percentiles p)
{
	json_obj(j, key_of(who));
	for (int f = 0; f < FACTOR_COUNT; f++) {
		json_obj(j, factor_names[f]);
		json_obj(j, variables[f].name);
		put_percent(j, "normalized_value", p[who][f]);
		put_percent(j, "percentile", p[who][f]);
		json_str(j, "display_name", variables[f].display);
		json_str(j, "description", variables[f].description);
		json_end_obj(j);
		json_end_obj(j);
	}
	json_end_obj(j);
}

static void save_breakdowns(struct out *o, struct buf *b, const struct season_book *s, percentiles p)
{
	struct json_out j;

	begin(&j, b, "What the factors were counted from", count_drivers(s));
	json_obj(&j, "driver_breakdowns");
	for (int i = 0; i < DRIVERS; i++)
		if (races_of(s, i) > 0)
			put_breakdown(&j, i, p);
	json_end_obj(&j);
	finish(&j, o, b, "factor_breakdowns.json");
}

/* --- dashboardData --------------------------------------------------------------- */

static void put_track(struct json_out *j, const struct track *t)
{
	struct layout l;
	struct buf text;

	track_layout(t, &l);
	buf_init(&text, 64);
	buf_fmt(&text, "%d m", (int)l.length);
	json_obj(j, NULL);
	json_str(j, "id", t->id);
	json_str(j, "name", t->name);
	json_str(j, "location", t->place);
	json_str(j, "length", text.p);
	json_obj(j, "demands");
	for (int f = 0; f < FACTOR_COUNT; f++)
		put_percent(j, demand_names[f], t->demand[f]);
	json_end_obj(j);
	json_end_obj(j);
	buf_release(&text);
}

static void put_driver(struct json_out *j, const struct season_book *s, int who, percentiles p)
{
	struct buf name;

	buf_init(&name, 64);
	buf_fmt(&name, "Driver #%s", key_of(who));
	json_obj(j, NULL);
	json_int(j, "number", strtol(drivers[who].number, NULL, 10));
	json_str(j, "name", name.p);
	json_int(j, "races", races_of(s, who));
	put_mean(j, "avg_finish", totals_of(s, who).finish, races_of(s, who));
	json_obj(j, "factors");
	for (int f = 0; f < FACTOR_COUNT; f++) {
		json_obj(j, demand_names[f]);
		json_int(j, "score", p[who][f] / 100);
		json_int(j, "percentile", p[who][f] / 100);
		json_end_obj(j);
	}
	json_end_obj(j);
	json_end_obj(j);
	buf_release(&name);
}

static void save_dashboard(struct out *o, struct buf *b, const struct season_book *s, percentiles p)
{
	struct json_out j;

	begin(&j, b, "Tracks and drivers of the season", count_drivers(s));
	json_arr(&j, "drivers");
	for (int i = 0; i < DRIVERS; i++)
		if (races_of(s, i) > 0)
			put_driver(&j, s, i, p);
	json_end_arr(&j);
	json_arr(&j, "tracks");
	for (int i = 0; i < TRACKS; i++)
		put_track(&j, &tracks[i]);
	json_end_arr(&j);
	finish(&j, o, b, "dashboardData.json");
}

void season_save(struct out *o, const struct season_book *s)
{
	percentiles p;
	struct buf b;

	buf_init(&b, (size_t)4 << 20);
	season_factors(s, p);
	save_stats(o, &b, s);
	save_results(o, &b, s);
	save_factors(o, &b, s, p);
	save_breakdowns(o, &b, s, p);
	save_dashboard(o, &b, s, p);
	buf_release(&b);
}
