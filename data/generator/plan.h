/* What the season is made of: drivers, events, and everything that is put into them on purpose. */
#ifndef GENERATOR_PLAN_H
#define GENERATOR_PLAN_H

#include <stdbool.h>
#include <stdint.h>

#include "data/generator/track.h"

enum { DRIVERS = 24, EVENTS = TRACKS, RACES = 2, LAPS_MAX = 40 };

struct driver {
	const char *number, *first, *last, *team;
	int32_t grip;    /* 1/10,000 of the usual: how near to the limit */
	int32_t noise;   /* microseconds: standard deviation of a mini-sector */
	int16_t wear;    /* grip lost a lap, 1/1,000,000 */
	int16_t defence; /* per cent: what a car needs to gain on this one, to pass, against the usual */
	uint8_t skips;   /* bit per event: not there */
	const char *chassis;
};
extern const struct driver drivers[DRIVERS];

enum session_type { TYPE_PRACTICE, TYPE_QUALIFYING, TYPE_RACE };
/* Layout of the files: as the organiser publishes them, names included, or as a back end kept them, without. */
enum file_style { STYLE_BACKEND, STYLE_ORGANISER };

struct event {
	const char *date; /* of practice; qualifying and race 1 the day after, race 2 one more */
	enum file_style style;
	uint8_t laps[RACES];
	int32_t start[RACES];      /* of the race's clock: local time of day, ms */
	int16_t air, track_temp;   /* tenths of degrees C; track_temp 0: no sensor */
	bool practice;             /* lap files of practice and qualifying, too */
	bool official_late[RACES]; /* an official result that came after the provisional one */
	bool two_threes;           /* a guest is 3, and 03 has lost its zero: two cars are 3 */
	bool int1[RACES];          /* IM1 and IM2 are called INT-1 and INT-2 */
	bool float_positions;      /* POSITION as "1.0" in the provisional file of race 2 */
	int16_t lane;              /* tenths of seconds through the pit lane with a stop */
};
extern const struct event events[EVENTS];

/* --- what is planted, for story.json --- */

enum cause { BRAKES_EARLY, SLOW_MINIMUM, LATE_THROTTLE, STRONG_CORNER, WEAR, SPREAD, START };
const char *cause_name(enum cause c);
struct plant {
	uint8_t event, race; /* race 0: both */
	const char *number;
	enum cause cause;
	uint8_t corner;  /* 1.. in driving order; 0 none */
	int16_t seconds; /* thousandths; see story.h for what of */
};
extern const struct plant plants[];
extern const unsigned nplants;
/* Does the plant belong to this race (1, 2; 0: to any race of the event)? */
bool plant_is(const struct plant *p, int event, int race, const struct driver *d);

/* --- what happens --- */

enum incident_kind {
	CAUTION,        /* from the leader's lap `lap`, `value` laps of his until the restart */
	STOP,           /* comes in at the end of lap `lap`; value: seconds more than the lane takes, tenths */
	STOP_ALL,       /* everybody stops once, laps `lap` to `value` */
	RETIRES,        /* on lap `lap`, in mini-sector `value` */
	NOT_STARTED,    /* in the results without a lap */
	PIT_LANE_START, /* value: seconds, tenths */
	PENALTY,        /* `lap`: place on the road; value: seconds in the official result, tenths */
	DELETED,        /* its best lap */
	BLANK_SECTORS,  /* S1 and S2 of the laps from `lap`, `value` of them */
	BLANK_IM1A,     /* the same for the first mini-sector */
	MISTAKE,        /* on lap `lap`: value thousandths lost in IM2a */
	SLOW_RESTART,   /* after the caution: value thousandths lost in S2 */
	QUALIFIES       /* each fast lap of qualifying: value thousandths slower */
};
struct incident {
	uint8_t event, race;
	enum incident_kind kind;
	const char *number; /* NULL: nobody in particular */
	uint8_t lap;
	int16_t value;
};
/* The i-th incident of this kind in a race that is about this driver (NULL: any); NULL when there are no more. */
const struct incident *incident_find(int event, int race, enum incident_kind kind, const struct driver *d, unsigned i);

/* Days since 1970 of "2025-09-07", and back with `later` days added (out: 11 bytes). */
int64_t date_days(const char *date);
int month_days(int month); /* of a year that is no leap year */
void date_add(const char *date, int later, char *out);

#endif
