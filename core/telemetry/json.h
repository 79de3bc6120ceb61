/* telemetry_{track}_race{n}.json: an array of objects, one a moment, read object by object (with the column names of the table in
 * Snowflake). NaN outside of strings counts as null. */
#ifndef TELEMETRY_JSON_H
#define TELEMETRY_JSON_H

#include "core/telemetry/scan.h"
#include "core/telemetry/take.h"

/* Reads in from the array's '[' on; merge is called after some thousand objects and at the end. */
bool tel_json_run(const struct tel_input *in, uint64_t body, struct tel_taker *k,
		  bool (*merge)(void *user, struct tel_taker *k, struct err *err), void *user,
		  const struct tel_run *run, struct err *err) MUST_CHECK;

#endif
