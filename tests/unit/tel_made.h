/* A race and its telemetry that can be worked out by hand.
 *
 * The track is 3,600 m. A lap of T seconds is driven at 90/T of the speed of one of 90 s, whose speed is 40 + 15 cos(w t) m/s with three
 * waves a lap (w = 6 pi / 90): minima of 25 m/s (90 km/h) at 600, 1,800 and 3,000 m, maxima of 55 m/s (198 km/h) half way between. After t
 * seconds it has done made_metres(t). The six mini-sectors take T/6 each and are 600 m long. Before each minimum the driver taps the brake
 * (15 bar), then brakes: from 0 up by 120 bar/s to 60 bar, off at the minimum; the throttle, 100 % before, is closed with the brake and
 * opens from half a second after the minimum to full in another half. The first corner is to the left, the others to the right, 1 g. */
#ifndef TESTS_UNIT_TEL_MADE_H
#define TESTS_UNIT_TEL_MADE_H

#include "tests/unit/laps_helper.h"
#include "tests/unit/tel_raw.h"

enum { MADE_LAPS = 14 };
static const double made_length = 3600;

struct made_car {
	const char *number;  /* in the lap file */
	const char *sent;    /* as the telemetry spells it; NULL: the same */
	int time[MADE_LAPS]; /* ms, multiples of 6; 0 ends the list */
	double early
		[MADE_LAPS]; /* s (of a lap of 90) by which the brake into the second corner comes before 3 s before its minimum */
	int zone;            /* the samples are of local time - zone hours */
	int day;             /* days after 2025-06-01 on which they are sent */
	int late;            /* ms of the car's clock after the officials' */
	int label;                 /* `lap` column minus LAP_NUMBER; -1: not known */
	double slip;               /* the wheels of laps 2 and 4 read so much too fast in the first half, 0.01: 1 % */
	int jitter;                /* m: the trigger begins each lap somewhere within it */
	double hole_from, hole_to; /* s (of a lap of 90) of the third lap that have no samples; both 0: none */
};

/* Metres after t seconds of a lap of 90 s. */
double made_metres(double t);
/* The lap file of these cars, all starting at 14:00:00 on green. */
struct session *made_session(const struct made_car *cars, unsigned n);
/* One car's samples over its whole race and 2 s on both sides: ticks every 40 ms, speed and distance every fifth. Freed by the caller. */
struct tel_stream *made_stream(const struct made_car *c);
/* Writes both into a folder, as a user has them: barber_r1_analysis_endurance.csv and barber_r1_telemetry_long.csv, rows as they came. */
void made_write(const char *dir, const struct made_car *cars, unsigned n);
/* 2025-06-01 00:00 UTC, ms since 1970. */
int64_t made_epoch(void);

#endif
