#include "data/generator/plan.h"

#include <stdlib.h>
#include <string.h>

const struct event events[EVENTS] = {
	{.date = "2025-03-28",
	 .laps = {27, 27},
	 .start = {50143317, 38581904},
	 .air = 142,
	 .track_temp = 218,
	 .official_late = {false, true},
	 .lane = 310},
	{.date = "2025-04-25",
	 .laps = {25, 26},
	 .start = {51902448, 40310275},
	 .air = 117,
	 .track_temp = 0,
	 .two_threes = true,
	 .lane = 280},
	{.date = "2025-06-13",
	 .laps = {26, 25},
	 .start = {54012690, 37204551},
	 .air = 231,
	 .track_temp = 384,
	 .int1 = {true, false},
	 .float_positions = true,
	 .lane = 330},
	{.date = "2025-08-15",
	 .laps = {26, 28},
	 .start = {35510223, 33120868},
	 .air = 327,
	 .track_temp = 502,
	 .lane = 360},
	{.date = "2025-09-19",
	 .style = STYLE_ORGANISER,
	 .laps = {26, 28},
	 .start = {49241154, 36347036},
	 .air = 238,
	 .track_temp = 305,
	 .practice = true,
	 .official_late = {true, false},
	 .lane = 300},
};

const char *cause_name(enum cause c)
{
	static const char *const names[] = {
		[BRAKES_EARLY] = "brakes early",
		[SLOW_MINIMUM] = "slow minimum",
		[LATE_THROTTLE] = "late throttle",
		[STRONG_CORNER] = "strong corner",
		[WEAR] = "wear",
		[SPREAD] = "spread",
		[START] = "start",
	};
	return names[c];
}

bool plant_is(const struct plant *p, int event, int race, const struct driver *d)
{
	return p->event == event && (p->race == race || p->race == 0 || race == 0) && strcmp(p->number, d->number) == 0;
}

static const struct incident incidents[] = {
	{0, 1, MISTAKE, "63", 13, 2400},    {0, 2, CAUTION, NULL, 8, 3},       {0, 2, SLOW_RESTART, "19", 0, 1900},
	{0, 2, PENALTY, NULL, 3, 50},       {0, 2, STOP, "90", 8, 120},        {1, 1, CAUTION, NULL, 5, 2},
	{1, 1, DELETED, "31", 0, 0},        {1, 1, RETIRES, "57", 6, 1},       {1, 2, STOP, "44", 7, 310},
	{1, 2, STOP, "12", 12, 95},         {2, 1, RETIRES, "88", 9, 3},       {2, 1, MISTAKE, "5", 11, 1900},
	{2, 2, NOT_STARTED, "88", 0, 0},    {2, 2, BLANK_SECTORS, "71", 3, 9}, {2, 2, BLANK_IM1A, "2", 6, 4},
	{3, 1, STOP_ALL, NULL, 8, 12},      {3, 1, RETIRES, "33", 15, 2},      {3, 2, STOP_ALL, NULL, 7, 12},
	{3, 2, CAUTION, NULL, 14, 2},       {4, 1, CAUTION, NULL, 4, 3},       {4, 1, PIT_LANE_START, "96", 0, 214},
	{4, 1, SLOW_RESTART, "8", 0, 2100}, {4, 1, PENALTY, NULL, 4, 100},     {4, 1, RETIRES, "68", 10, 4},
	{4, 2, QUALIFIES, "27", 0, 240},    {4, 2, QUALIFIES, "52", 0, -420},  {4, 2, MISTAKE, "52", 2, 900},
	{4, 2, STOP, "33", 9, 240},         {4, 2, MISTAKE, "46", 15, 2100},
};

const struct incident *incident_find(int event, int race, enum incident_kind kind, const struct driver *d, unsigned i)
{
	for (size_t k = 0; k < sizeof incidents / sizeof *incidents; k++) {
		const struct incident *x = &incidents[k];

		if (x->event != event || x->race != race || x->kind != kind)
			continue;
		if (d && x->number && strcmp(x->number, d->number) != 0)
			continue;
		if (i-- == 0)
			return x;
	}
	return NULL;
}

/* Proleptic Gregorian calendar, years from March. */
int64_t date_days(const char *date)
{
	int64_t y = strtol(date, NULL, 10), m = strtol(date + 5, NULL, 10), d = strtol(date + 8, NULL, 10);

	y -= m <= 2;
	int64_t in_era = y % 400, day = (153 * (m + (m > 2 ? -3 : 9)) + 2) / 5 + d - 1;
	return y / 400 * 146097 + in_era * 365 + in_era / 4 - in_era / 100 + day - 719468;
}

int month_days(int month)
{
	return month == 2 ? 28 : month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
}

/* A few days later, within a year that is no leap year. */
void date_add(const char *date, int later, char *out)
{
	int month = (int)strtol(date + 5, NULL, 10), day = (int)strtol(date + 8, NULL, 10) + later;

	if (day > month_days(month)) {
		day -= month_days(month);
		month++;
	}
	memcpy(out, date, 11);
	out[5] = (char)('0' + month / 10);
	out[6] = (char)('0' + month % 10);
	out[8] = (char)('0' + day / 10);
	out[9] = (char)('0' + day % 10);
}
