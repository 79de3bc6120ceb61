/* What every car takes for every mini-sector of a track, alone and without noise: from the lap simulation with its driver's habits. The
 * size of each planted habit is searched for, so that it costs what the plan says. */
#ifndef GENERATOR_PACE_H
#define GENERATOR_PACE_H

#include "data/generator/lapsim.h"
#include "data/generator/plan.h"

struct mini_pace {
	int64_t fresh, wear; /* microseconds; wear is added each lap after the first */
};

struct grown { /* a planted habit as it came out */
	const struct plant *plant;
	int16_t size; /* metres, or per cent of minimum speed in hundredths */
	int8_t mini;  /* where most of it is lost */
	int64_t us;   /* in that mini-sector a lap; wear: slope of the lap; start: lost on lap 1 */
	int64_t lap_us;
};

enum { GROWN_MAX = 16 };

struct car_pace {
	const struct driver *driver;
	struct setup setup;
	struct mini_pace mini[MINI_COUNT];
	int64_t noise;      /* microseconds, of a mini-sector */
	int32_t start_loss; /* ms, lap 1 */
	int32_t trap;       /* km/h in tenths */
	bool present;
};

struct pace { /* one race of an event */
	int event, race;
	struct layout layout;
	struct car_pace car[DRIVERS];
	struct grown grown[GROWN_MAX];
	unsigned ngrown;
	int32_t speed_at[MINI_COUNT]; /* mm/s at the end of each mini-sector, of a usual car */
};

void pace_make(uint64_t seed, int event, int race, struct pace *out);
/* Microseconds on lap n (1..) in mini-sector i, alone. */
int64_t pace_of(const struct car_pace *c, int mini, int lap);

#endif
