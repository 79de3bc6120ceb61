/* The gap of a car over the race against a chosen reference, at the line and at the sector loops: plus is behind.
 *
 * Against a car: ELAPSED minus its ELAPSED at the same lap. Against the leader: minus the least ELAPSED of any car (of the class) at
 * that lap. Against a constant lap time: minus lap number x that time. Source: HH Timing, race trace. */
#ifndef ANALYSIS_GAP_TRACE_H
#define ANALYSIS_GAP_TRACE_H

#include "core/analysis/analysis.h"

enum gap_base_kind { GAP_TO_CAR, GAP_TO_LEADER, GAP_TO_PACE, GAP_BASES };
struct gap_base {
	enum gap_base_kind kind;
	uint16_t car; /* GAP_TO_CAR */
	ms_t pace;    /* GAP_TO_PACE: the constant lap time */
};

/* At the end of a lap (index into session.laps). MS_NONE: not known. */
ms_t gap_at(const struct analysis *an, const struct gap_base *base, uint32_t lap);
/* ELAPSED when the lap's car passed the end of sector 0, 1 or 2 (2: the line). MS_NONE: not known. */
ms_t loop_time(const struct session *s, uint32_t lap, int sector);
/* Gap to a car at the end of a sector of the same lap, and the place among the cars (of the class) that have passed it on that lap. */
ms_t gap_at_loop(const struct analysis *an, uint32_t lap, int sector, uint32_t car);
uint16_t place_at_loop(const struct analysis *an, uint32_t lap, int sector);

#endif
