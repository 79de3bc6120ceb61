/* The lap list of MYLAPS ("6 - Laps CSV", GR Cup of 2024) into a session. */
#ifndef LOAD_LAPS_2024_H
#define LOAD_LAPS_2024_H

#include <stdatomic.h>

#include "core/load/csv.h"
#include "core/model/session.h"

/* True when the header has the laps' times in ms. */
bool laps_2024_header(const struct csv_reader *r);
/* As laps_load (core/load/laps.h), with these differences of the format:
 *
 *  - Elapsed Time begins when the flag is shown, a lap at the line behind it: on a car's first lap it exceeds Lap Time.
 *  - Each of S1, S2, S3 has two parts, which are the session's mini-sectors S1a..S3b, in this order wherever their columns stand.
 *  - Team and car stand in JSON inside the field "entry"; the lists "Additional1".. mean something else in each file.
 *  - Nothing tells pit stops, speeds or which lap the officials count as best. */
struct session *laps_2024_load(struct csv_reader *r, const char *path, const atomic_bool *cancel,
			       struct err *err) MUST_CHECK;

#endif
