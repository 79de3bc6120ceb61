/* Where a car would come out if it stopped at the end of this lap: its gap to every other car at the last lap both have done, plus what a
 * stop costs. Cars that have not come round for two of their own laps are out of it. An estimate: nobody else stops, nobody's pace
 * changes. Source: P1TS, with the pit loss of pit_loss.h. */
#ifndef ANALYSIS_REJOIN_H
#define ANALYSIS_REJOIN_H

#include "core/analysis/analysis.h"

enum { TRAFFIC_MAX = 3 };

struct rejoin {
	bool known; /* the pit loss is known and the car is running */
	ms_t loss;
	uint16_t place;         /* in the class chosen, else of all */
	uint16_t ahead, behind; /* cars it would come out between; NO_CAR */
	ms_t ahead_by, behind_by;
	/* On the road within 2 s at that moment, lapped or lapping: estimated from each car's own pace. */
	uint32_t ntraffic;
	uint16_t traffic[TRAFFIC_MAX];
	ms_t traffic_by[TRAFFIC_MAX]; /* plus: behind on the road */
};

struct rejoin rejoin_of(const struct analysis *an, uint32_t car, ms_t loss);
/* Has the car come round within two of its own laps before the last crossing of any? */
bool car_is_running(const struct analysis *an, uint32_t car);

#endif
