/* Where fetched rows go. Internal to fetch*.c. */
#ifndef SOURCE_FETCH_SINK_H
#define SOURCE_FETCH_SINK_H

#include "core/source/fetch.h"

struct fetch_sink {
	bool (*begin)(void *ctx, const struct sf_column *c, unsigned n, struct err *err);
	sf_row_fn *row;
	uint64_t (*refused)(const void *ctx);
	bool (*keep)(void *ctx, uint64_t rows, struct err *err); /* for good; drop is still called */
	void (*drop)(void *ctx);
	void *ctx;
};

bool fetch_to_file(const char *path, struct fetch_sink *out, struct err *err) MUST_CHECK;
/* race: for the cars' hint of their session. */
bool fetch_to_store(const char *path, const char *name, int race, struct fetch_sink *out, struct err *err) MUST_CHECK;
/* Which of the cars a store has from the same table and session with these laps or all: there[i] is set. No store: none. */
bool fetch_is_there(const char *path, const char *prefix, const struct fetch_want *w, bool *there,
		    struct err *err) MUST_CHECK;

/* --- fetch_columns.c: which of a table's columns are asked for. VEHICLE_NUMBER comes first. *order: what the rows are put in order
 * by. */
bool fetch_columns(const struct fetch_want *w, const struct sf_column *table, unsigned n, struct sf_column *out,
		   unsigned *nout, const char **order, struct err *err) MUST_CHECK;

#endif
