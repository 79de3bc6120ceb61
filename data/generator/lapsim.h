/* One lap of a point mass: as fast as grip, brakes and power allow, with the driver's habits in each corner. Whole numbers
 * throughout, so that every machine and compiler gives the same lap. */
#ifndef GENERATOR_LAPSIM_H
#define GENERATOR_LAPSIM_H

#include "data/generator/track.h"

enum { GRIP_USUAL = 10000, GRAVITY = 9807 /* mm/s2 */ };

struct habit {
	int16_t early; /* metres: reaches the corner's speed that much too soon */
	int16_t late;  /* metres: waits that much at the apex speed before it opens the throttle */
	int16_t speed; /* corner speed squared, 1/10,000 more (+) or less than the grip allows */
};

struct setup {
	int32_t grip; /* 1/10,000: of tyres, brakes and corners */
	struct habit habit[CORNERS_MAX];
};

struct trace {
	int32_t length;
	int64_t v2[TRACK_MAX_M + 1]; /* speed squared at each metre, mm2/s2 */
	int64_t us[TRACK_MAX_M + 1]; /* microseconds from the line; us[length] is the lap */
};

void lap_simulate(const struct layout *l, const struct setup *s, struct trace *out);
/* Microseconds that the trace takes in mini-sector i. */
int64_t trace_mini(const struct layout *l, const struct trace *t, int i);
/* mm/s at a metre. */
int64_t trace_speed(const struct trace *t, int32_t metre);

/* The car, for telemetry: mm/s2. */
int64_t car_brake(int32_t grip);
int64_t car_pull(int64_t v); /* at full throttle, drag not taken off; v mm/s */
int64_t car_drag(int64_t v2);

#endif
