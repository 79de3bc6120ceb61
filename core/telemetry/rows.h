/* Lines of a telemetry table become ticks of a batch. One reader a thread. */
#ifndef TELEMETRY_ROWS_H
#define TELEMETRY_ROWS_H

#include "core/telemetry/batch.h"
#include "core/telemetry/dialect.h"

/* Only these; n 0: all. */
struct tel_wanted {
	const struct tel_want *at;
	uint32_t n;
};

struct tel_rows;

/* plain: every line through libcsv, which is what the fast path is held to. */
struct tel_rows *tel_rows_new(const struct tel_dialect *d, const struct tel_wanted *wanted, bool plain,
			      struct err *err) MUST_CHECK;
void tel_rows_free(struct tel_rows *r);
/* Whole lines, each with its newline (the file's last may lack it). */
void tel_rows_lines(struct tel_rows *r, const char *p, size_t n);
/* A line that is over CSV_LINE_MAX long stood here. */
void tel_rows_too_long(struct tel_rows *r);
struct tel_batch *tel_rows_batch(struct tel_rows *r);
/* Does the car that who names belong to want w? */
bool tel_want_is(const struct tel_want *w, const struct tel_who *who);

#endif
