/* The Al Kamel lap analysis ("23_"), every variant, into a session. */
#ifndef LOAD_LAPS_H
#define LOAD_LAPS_H

#include <stdatomic.h>

#include "core/load/csv.h"
#include "core/model/session.h"

/* True when the header has NUMBER, LAP_NUMBER and LAP_TIME. */
bool laps_header(const struct csv_reader *r);
/* Reads all rows. The session has cars, laps, drivers, flags, refused rows, warnings, fingerprint, one file entry, and no
 * identity yet (id, track, kind: core/load/identity.h). Rows without NUMBER, LAP_NUMBER (1..65535) or a readable LAP_TIME are
 * refused and listed. Two cars of one number: the chain rule of core/load/build.h. NULL when the file gives no lap at all
 * (err says why). cancel may be NULL. */
struct session *laps_load(struct csv_reader *r, const char *path, const atomic_bool *cancel, struct err *err) MUST_CHECK;

#endif
