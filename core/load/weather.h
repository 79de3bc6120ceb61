/* Weather files ("26_"): sentinels left out, imperial units (PRESSURE under 40 = inHg) made metric. */
#ifndef LOAD_WEATHER_H
#define LOAD_WEATHER_H

#include "core/load/csv.h"
#include "core/model/files.h"

bool weather_header(const struct csv_reader *r);
bool weather_load(struct csv_reader *r, struct weather *out, struct err *err) MUST_CHECK;

#endif
