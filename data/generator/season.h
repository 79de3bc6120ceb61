/* The season's JSON files, counted from the races as they were classified. */
#ifndef GENERATOR_SEASON_H
#define GENERATOR_SEASON_H

#include "data/generator/files.h"

enum { SEASON_RACES = EVENTS * RACES, FACTOR_COUNT = 4 };

struct season_entry { /* one driver in one race */
	bool there, retired;
	int16_t start, finish, laps;
	int32_t qualifying, to_pole, total, behind; /* ms; behind: on the winner, when on his lap */
	int16_t laps_behind;
	int32_t fastest, worst, to_fastest; /* ms */
	int64_t mean, spread,
		fade; /* ms; spread: mean distance from the mean of clean laps; fade: last third over first */
	int32_t sector[3], to_sector[3]; /* best of the car, and to the best of all */
};

struct season_book {
	struct season_entry entry[DRIVERS][SEASON_RACES];
	int races;
	struct {
		int event, number;
	} race[SEASON_RACES];
};

void season_add(struct season_book *s, const struct run *r);
void season_save(struct out *o, const struct season_book *s);

/* factors.c: percentiles in hundredths, the best 10000, of drivers with a race; -1 for the others. */
void season_factors(const struct season_book *s, int32_t percentile[DRIVERS][FACTOR_COUNT]);

#endif
