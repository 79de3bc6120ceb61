/* A small race with telemetry, written into a folder: a closed track with three corners, two cars, and a habit and a mistake in it.
 *
 * The track is r = 160 + 16 cos(3 a) m round its middle, about 1,020 m: a triangle with round corners at a sixth, a half and five sixths of
 * it, 25 m/s there and 55 between. Car 7 is the reference; car 9 is 3 m/s slower in the second corner on every lap (a habit) and on lap 5 by 6 in
 * the third (a mistake). Lap 4 of car 9 has a hole in its samples. */
#ifndef TESTS_SCREENS_DRIVEN_H
#define TESTS_SCREENS_DRIVEN_H

enum { DRIVEN_LAPS = 8 };

/* sebring_r1_analysis_endurance.csv and, where `samples`, sebring_r1_telemetry_wide.csv in `dir`; gps false: without positions.
 * The session is sebring_r1. */
void driven_write(const char *dir, int samples, int gps);

#endif
