/* What an analysis may be asked to do differently; the same for commands and screens. */
#ifndef ANALYSIS_OPTIONS_H
#define ANALYSIS_OPTIONS_H

#include <stdint.h>

#include "core/base/num.h"

/* A lap the user took out of every figure, with a reason in words. */
struct exclusion {
	const char *car; /* id */
	uint16_t lap;
	const char *why;
};

struct analysis_options {
	uint16_t lap;            /* 0: all; else nothing after lap min(lap, last) of each car is used, nor official marks */
	ms_t elapsed;            /* MS_NONE: all; else nothing that crossed the line later is used, nor official marks */
	const char *class_name;  /* NULL: all; gaps, colours and session bests within this class */
	const struct exclusion *excluded;
	uint32_t nexcluded;
	ms_t held_under;         /* air: held below this gap; default 500 */
	ms_t close_under;        /* air: close below this gap; default 1000 */
	ms_t pit_loss;           /* MS_NONE: measured */
	double fuel_per_lap, fuel_cost; /* k (kg a lap) and b (s per kg); slope' = slope + k*b; default 0 */
};

void analysis_defaults(struct analysis_options *o);

#endif
