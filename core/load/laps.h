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
struct session *laps_load(struct csv_reader *r, const char *path, const atomic_bool *cancel,
			  struct err *err) MUST_CHECK;

/* The same in pieces, for a file that grows: a session can be taken of the rows so far as often as wanted. */
struct laps_reader;
/* r: a reader whose header has been read; it must outlive the laps_reader. NULL with err when it is no lap analysis. */
struct laps_reader *laps_reader_new(struct csv_reader *r, const char *path, struct err *err) MUST_CHECK;
/* Takes the rows that r has now; cancel may be NULL. */
bool laps_reader_take(struct laps_reader *l, const atomic_bool *cancel, struct err *err) MUST_CHECK;
uint32_t laps_reader_rows(const struct laps_reader *d); /* rows taken that are laps */
/* The session of the rows so far, the caller's. NULL with err when there is no lap. */
struct session *laps_reader_snapshot(const struct laps_reader *d, struct err *err) MUST_CHECK;
void laps_reader_free(struct laps_reader *d);

#endif
