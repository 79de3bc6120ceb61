/* Where a driver is likely to finish, from what became of those who looked like it.
 *
 * Shares. In a race of n cars a place p is the share (p - 0.5) / n of the field: 0 is the front, 1 the back, so that fields of 22
 * and of 31 cars compare. finish and grid are such shares; best is the place among the best laps of that race, likewise (equal
 * times share the mean of their places); a car without a place on the grid has its place among the qualifying times.
 *
 * Score. of(x) = (m * median of x over the driver's m other races + 0.5) / (m + 1): one race in the middle of the field is added,
 * so that two races are trusted less than twelve, and a driver without other races is the middle of the field.
 *	before qualifying   s = (of(finish) + of(best)) / 2
 *	after qualifying    s = (2 * that + grid) / 3
 *
 * Forecast. All (driver, race) of the other races get a score in the same way, without the race scored and without the race to be
 * foretold. Of the 50 whose score is nearest (and those as near as the 50th) the finish minus the score is taken: the driver's score
 * plus the median of these is the value, plus their 10 % and 90 % quantiles (inclusive) the interval, as places of the field and
 * kept within it. So a retirement, the same for all in the long run and not foretold for anybody, is part of the spread.
 *
 * Nothing of the race foretold is used but who takes part, how many cars there are and, after qualifying, grid and qualifying
 * times; a finishing place of it never is. The form and its constants (one race, halves and thirds, 50, the quantiles of 80 %) were
 * chosen, round as they are, on the errors of the first races of the six events of driver_race_results.json only (148 finishes: 4.25
 * places before, 4.09 after qualifying); the second races were looked at once, afterwards (147: 4.16 and 3.91).
 *
 * The system this replaces foretold 13.01 + 3.792 z(consistency) + 1.943 z(racecraft) + 6.079 z(speed) + 1.237 z(tires), fitted where a
 * low z is a good driver, with z = (score - 50) / 10, where a high one is: the best were placed behind everybody, the season's
 * winner 68th of 30. Its inputs also held the finishing place it was to foretell. Here a share is low at the front on both sides of
 * every sum, a test holds a better driver to a better place, and errors are only of races left out. */
#ifndef ANALYSIS_FORECAST_H
#define ANALYSIS_FORECAST_H

#include <stdbool.h>
#include <stdint.h>

#include "core/base/arena.h"
#include "core/base/err.h"
#include "core/base/num.h"

enum { FORECAST_NEAREST = 50, FORECAST_LEAST = 20, FORECAST_MOST = 2000 };
enum forecast_when { BEFORE_QUALIFYING, AFTER_QUALIFYING, FORECASTS };
/* What is left out together: the race itself, or all races of its track. */
enum forecast_leave { LEAVE_RACE, LEAVE_TRACK, LEAVES };

/* A car that took part in a race. Drivers, races and tracks are the caller's numbers, from 0. */
struct forecast_start {
	uint32_t driver, race;
	int32_t finish, grid; /* 0 unknown */
	ms_t best, qualifying;
	double finish_share, best_share, grid_share, qualifying_share; /* NAN unknown; filled by forecast_make */
};
struct forecast_race {
	uint32_t track;
	uint32_t cars; /* at least; raised by forecast_make to the starts and places known */
};
struct forecast_data {
	struct forecast_start *start; /* by driver after forecast_make */
	uint32_t nstarts;
	struct forecast_race *race;
	uint32_t nraces, ndrivers;
	uint32_t *of_driver; /* driver d's are start[of_driver[d]..of_driver[d + 1]) */
};

/* Sorts the starts by driver and works out shares, in place; d must name starts, races and their numbers. false also with more than
 * FORECAST_MOST starts (ERR_FORMAT): no season has so many, and the errors of them would take seconds. */
bool forecast_make(struct forecast_data *d, struct arena *a, struct err *err) MUST_CHECK;

struct forecast_like {
	double score, rest; /* rest: finish minus score */
};
/* The other races as seen from one race: what is left out, and everybody's score. */
struct forecast_fold {
	const struct forecast_data *data;
	uint32_t race; /* UINT32_MAX: a race that is not among the data, nothing is left out */
	enum forecast_leave leave;
	enum forecast_when when;
	struct forecast_like *like; /* those that count, by score */
	double *work;               /* room */
	uint32_t n;
};
bool forecast_fold(const struct forecast_data *d, uint32_t race, enum forecast_leave leave, enum forecast_when when,
		   struct arena *a, struct forecast_fold *out, struct err *err) MUST_CHECK;

struct forecast {
	double value; /* place 1..cars, with a fraction; NAN: fewer than FORECAST_LEAST starts to learn from */
	int32_t low,
		high;   /* whole places within the 80 % interval, never without the places around value; 0 with NAN */
	uint32_t races; /* other races with a finish; 0: the driver is taken for the middle of the field */
	bool grid;      /* the grid or a qualifying time was used */
};
/* grid: its share, NAN unknown; looked at after qualifying only. driver may be data->ndrivers: nobody with a result. */
struct forecast forecast_of(const struct forecast_fold *f, uint32_t driver, double grid, uint32_t cars);

/* What a simple person would say, as a place: the median of the other races' finishes; grid places, or this race's grid; places by best
 * lap, or this race's by qualifying time. Where it has nothing to say: the finishes, else the middle of the field. */
enum forecast_naive { NAIVE_FINISH, NAIVE_START, NAIVE_PACE, NAIVES };
double forecast_naive(const struct forecast_fold *f, const struct forecast_start *s, enum forecast_naive kind);

/* Errors over every finish, each foretold with its race, or its track, left out. */
struct forecast_check {
	double mae;           /* mean absolute error, places */
	double coverage;      /* share of finishes within low..high */
	double width;         /* mean of high - low */
	double naive[NAIVES]; /* mean absolute errors on the same finishes */
	uint32_t n;           /* finishes; 0: too few, the rest is NAN */
};
bool forecast_check(const struct forecast_data *d, enum forecast_leave leave, enum forecast_when when,
		    struct forecast_check *out, struct err *err) MUST_CHECK;

#endif
