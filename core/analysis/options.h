/* What an analysis may be asked to do differently; the same for commands and screens. */
#ifndef ANALYSIS_OPTIONS_H
#define ANALYSIS_OPTIONS_H

#include <stdbool.h>
#include <stdint.h>

#include "core/base/arena.h"
#include "core/base/err.h"
#include "core/base/num.h"

struct car;
struct session;

/* A lap the user took out of every figure, with a reason in words. */
struct exclusion {
	const char *car; /* id */
	uint16_t lap;
	const char *why;
};

struct analysis_options {
	uint16_t lap; /* 0: all; else nothing after lap min(lap, last) of each car is used, nor official marks */
	ms_t elapsed; /* MS_NONE: all; else nothing that crossed the line later is used, nor official marks */
	const char *class_name; /* NULL: all; gaps, colours and session bests within this class */
	const struct exclusion *excluded;
	uint32_t nexcluded;
	ms_t held_under;                /* air: held below this gap; default 500 */
	ms_t close_under;               /* air: close below this gap; default 1000 */
	ms_t pit_loss;                  /* MS_NONE: measured */
	double fuel_per_lap, fuel_cost; /* k (kg a lap) and b (s per kg); slope' = slope + k*b; default 0 */
};

void analysis_defaults(struct analysis_options *o);
/* Is something left out at the end? Then official marks and results, known only afterwards, are not read. */
bool analysis_is_cut(const struct analysis_options *o);
/* Is the car in the chosen class (every car when none is chosen)? */
bool analysis_in_class(const struct analysis_options *o, const struct car *c);
/* Does the session have the class and the lap that are asked for? */
bool analysis_options_check(const struct analysis_options *o, const struct session *s, struct err *err) MUST_CHECK;
/* A copy with strings and exclusions in a's memory; false when it is full. */
bool analysis_options_copy(struct analysis_options *out, const struct analysis_options *o, struct arena *a) MUST_CHECK;

#endif
