/* A raw telemetry file, of any shape, into the store: all of it or nothing. */
#ifndef TELEMETRY_IMPORT_H
#define TELEMETRY_IMPORT_H

#include "core/telemetry/raw.h"
#include "core/telemetry/store.h"

/* What became of it. */
struct tel_import {
	struct arena *arena;
	const char *name; /* of the source in the store */
	enum tel_shape shape;
	uint64_t rows, refused;
	int64_t size; /* of the file; 0: a pipe */
	struct tel_car *car;
	uint32_t ncars;
	struct diag_list problems; /* refused rows, the first of them by line */
};

/* path "-": standard input, whose source is named by what is in it. Cancelled or failed: the store is as it was. NULL with err. */
struct tel_import *tel_import_file(struct tel_store *s, const char *path, const struct tel_run *run,
				   struct err *err) MUST_CHECK;
void tel_import_free(struct tel_import *i); /* NULL is fine */

#endif
