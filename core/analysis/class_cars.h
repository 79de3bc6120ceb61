/* The classes of a session and the cars of one, in the order of the table. */
#ifndef ANALYSIS_CLASS_CARS_H
#define ANALYSIS_CLASS_CARS_H

#include "core/analysis/analysis.h"

enum { CLASSES_MAX = 16 };

/* Names of the classes, the one whose first car stands highest first; how many. Cars without a class make none. */
uint32_t class_names(const struct analysis *an, const char *out[CLASSES_MAX]);
/* The first `max` cars of a class with a lap, in the order of the table; how many. */
uint32_t class_cars(const struct analysis *an, const char *class_name, uint16_t *out, uint32_t max);
/* Cars of the class with a lap; place of a car among them (1..; 0 without a lap). */
uint32_t class_size(const struct analysis *an, const char *class_name);
uint32_t class_place(const struct analysis *an, uint32_t car);

#endif
