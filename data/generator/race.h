/* Sessions as they were driven: laps of every car on one clock. */
#ifndef GENERATOR_RACE_H
#define GENERATOR_RACE_H

#include "data/generator/pace.h"
#include "data/generator/rng.h"

enum lap_flag { LAP_GREEN, LAP_CAUTION, LAP_FINISH };

struct lap {
	int32_t mini[MINI_COUNT]; /* ms; they sum to time */
	int32_t time, elapsed;    /* ms */
	int32_t pit_time;         /* ms; 0 none */
	int16_t trap;             /* km/h in tenths; 0 none */
	uint8_t flag;
	bool in_pit; /* crossed the line in the lane */
	bool deleted;
	bool no_sectors;  /* S1 and S2 left out of the file */
	bool no_first;    /* IM1a left out */
	uint8_t improved; /* 2 the car's best, 3 the session's */
	uint8_t sector_improved[3];
};

struct car_run {
	const struct car_pace *pace; /* of drivers[] with the same index */
	struct lap lap[LAPS_MAX];
	int laps;
	int grid;          /* place on the grid; 0 does not take part */
	int32_t grid_time; /* ms */
	bool not_started, retired;
	int32_t penalty; /* ms, in the official result */
	const char *id;  /* as pitwall prints it */
};

struct run {
	const struct pace *pace;
	enum session_type type;
	int number;
	int laps; /* of a race's winner */
	struct car_run car[DRIVERS];
	uint8_t order[DRIVERS]; /* on the road, or by best lap; not started last */
	int ncars;              /* in order, not started included */
	int best;               /* car of the best lap */
};

/* Time of a sector (0..2) of a lap: two mini-sectors. */
int32_t lap_sector(const struct lap *l, int sector);
/* The lap that counts as the car's best; NULL when it has none. */
const struct lap *run_best(const struct car_run *c);
/* Its last crossing; 0 without a lap. */
int32_t run_total(const struct car_run *c);

/* race.c: grid[] are driver indexes, first to last. */
void race_drive(uint64_t seed, const struct pace *pace, const struct run *grid_from, struct run *out);
/* timed.c */
void timed_drive(uint64_t seed, const struct pace *pace, enum session_type type, int number, struct run *out);
/* outcome.c: order, bests, marks, what stewards and cables do. */
void run_finish(struct run *r);

#endif
