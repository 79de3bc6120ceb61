/* Raw telemetry files, whatever their dialect: which cars are in them, and the samples of chosen cars between two moments of arrival.
 *
 * Shapes: long (a row a channel and moment, any column order, quoted or not, with or without vehicle_number), reduced (the same of
 * three columns: no car, no car clock), wide (a row a moment), JSON (an array of objects). A file is read in pieces by up to two threads and never held
 * in memory. Rows are told apart by a fast path that verifies each line; libcsv takes every line that it does not recognise. */
#ifndef TELEMETRY_RAW_H
#define TELEMETRY_RAW_H

#include <stdatomic.h>

#include "core/base/err.h"
#include "core/model/files.h"
#include "core/model/telemetry.h"

enum tel_shape { TEL_LONG, TEL_REDUCED, TEL_WIDE, TEL_JSON };

enum { TEL_CARS_MAX = 1024 };

/* How a long work is watched and ended. All may be NULL or 0. */
struct tel_run {
	const atomic_bool *cancel;
	atomic_uint *progress;   /* 0..1000 */
	_Atomic uint64_t *bytes; /* read so far: what there is to tell of a pipe */
	unsigned threads;        /* at most 2; 0: 2 */
};

struct tel_raw;

/* Reads the first bytes and learns the dialect. Fails with words: not there, not a file, not telemetry. */
struct tel_raw *tel_raw_open(const char *path, struct err *err) MUST_CHECK;
void tel_raw_close(struct tel_raw *r); /* NULL is fine */

enum tel_shape tel_raw_shape(const struct tel_raw *r);
const char *tel_shape_name(enum tel_shape s); /* "long", "reduced", "wide", "JSON" */
int64_t tel_raw_size(const struct tel_raw *r);
int64_t tel_raw_mtime(const struct tel_raw *r); /* s since 1970 */

/* What the last scan met: rows of all cars it looked at, refused ones, and the first of those by line. */
uint64_t tel_raw_rows(const struct tel_raw *r);
uint64_t tel_raw_refused(const struct tel_raw *r);
const struct diag_list *tel_raw_problems(const struct tel_raw *r);

/* Every car of the file, in order of chassis, then number. Reads the whole file once; a second call answers from memory. The list lives as long as r. */
bool tel_raw_cars(struct tel_raw *r, const struct tel_run *run, const struct tel_car **cars, uint32_t *n,
		  struct err *err) MUST_CHECK;

/* One car wanted: by chassis where there is one, else by number. */
struct tel_want {
	const char *chassis, *number; /* "" or NULL: not said; both "": the file's only car (reduced form) */
	int64_t from_ms, to_ms;       /* of meta_time, inclusive; INT64_MIN and INT64_MAX: whole */
	bool exact;                   /* the number as it is spelled: else "13" is "013" too */
};

/* n cars in one pass; out[i] belongs to the caller and has n = 0 ticks where the car has no row in its window (out[i]->car.chassis and number "":
 * it is not in the file at all). A number that several cars carry is ERR_USAGE: then the chassis must be named. The offset is that of the whole car, whatever the window. false: none is handed out. */
bool tel_raw_read(struct tel_raw *r, const struct tel_want *want, uint32_t n, struct tel_stream **out,
		  const struct tel_run *run, struct err *err) MUST_CHECK;
/* The same; plain: every line through libcsv, which is what the fast path is held to. */
bool tel_raw_read_by(struct tel_raw *r, const struct tel_want *want, uint32_t n, bool plain, struct tel_stream **out,
		     const struct tel_run *run, struct err *err) MUST_CHECK;

#endif
