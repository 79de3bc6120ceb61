/* Who drove how long, as limits of drive time count it: the laps of a driver in one car, in and out laps with them, added up; the time in
 * the lane (PIT_TIME) left out. */
#ifndef ANALYSIS_DRIVE_TIME_H
#define ANALYSIS_DRIVE_TIME_H

#include "core/analysis/analysis.h"

/* Of a driver of the session (index into session.drivers) in a car so far. */
ms_t drive_time(const struct analysis *an, uint32_t car, uint16_t driver);
/* Of the driver of the car's last lap; MS_NONE unknown. */
ms_t drive_time_now(const struct analysis *an, uint32_t car);
/* Time the car has spent in the lane: the sum of PIT_TIME; MS_NONE where the file has none for it. */
ms_t lane_time(const struct analysis *an, uint32_t car);

/* In-laps that another lap followed. */
uint32_t stops_so_far(const struct analysis *an, uint32_t car);
/* Laps since the last stop. */
uint32_t stint_laps_now(const struct analysis *an, uint32_t car);

/* The drivers of a car in the order in which they first drove, as letters: the first is 'a'. 0: not known. */
char driver_letter(const struct analysis *an, uint32_t car, uint16_t driver);

#endif
