/* Writes CSV (RFC 4180, LF, UTF-8) into a buf: one header line, then rows; a field is quoted when it holds a comma, quote, CR or
 * LF. Spreadsheets run a text that begins with = + - @: such text from a file gets a leading apostrophe; numbers do not. */
#ifndef BASE_CSV_OUT_H
#define BASE_CSV_OUT_H

#include "core/base/buf.h"
#include "core/base/num.h"

struct csv_out {
	struct buf *out;
	bool first; /* at the start of a row */
};

void csv_out_init(struct csv_out *c, struct buf *out);
void csv_text(struct csv_out *c, const char *v); /* NULL: empty field */
void csv_raw(struct csv_out *c, const char *v);  /* our own words: headers, enum names */
void csv_int(struct csv_out *c, int64_t v);
void csv_time(struct csv_out *c, ms_t v);                /* seconds, three decimals; MS_NONE: empty */
void csv_dec(struct csv_out *c, double v, int decimals); /* NAN: empty */
void csv_end_row(struct csv_out *c);

#endif
