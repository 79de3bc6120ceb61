/* Rows as they arrive: [["1","a",null],...], arrays of strings and null and nothing else. Takes bytes in pieces of any size,
 * holds one row. */
#ifndef SNOWFLAKE_ROWS_H
#define SNOWFLAKE_ROWS_H

#include <stdint.h>

#include "core/base/buf.h"

enum { SF_COLUMNS_MAX = 512, SF_ROW_MAX = 17 * 1024 * 1024 }; /* a cell of Snowflake has at most 16 MiB */

/* A cell: p NULL is SQL's NULL. Valid UTF-8; may hold NUL bytes. */
typedef bool sf_row_fn(void *ctx, const struct str *cells, unsigned n, struct err *err);

struct sf_rows {
	int state;
	bool bare;      /* rows parted by commas without the brackets around them: chunks of the drivers' protocol */
	sf_row_fn *row; /* NULL: only checked */
	void *ctx;
	struct buf text;   /* of the row, cells one after another */
	size_t *end;       /* of each cell in text; the top bit set: NULL */
	struct str *cells; /* NULL when the row is handed out without cells */
	unsigned n, cap;
	bool high;    /* a byte of the row is not ASCII */
	char word[4]; /* of an escape or of null */
	unsigned nword;
	unsigned surrogate;
	uint64_t rows;
};

void sf_rows_init(struct sf_rows *r, bool bare, sf_row_fn *row, void *ctx);
void sf_rows_release(struct sf_rows *r);
/* Takes bytes up to and with the closing bracket; *used: how many. Bare: all. */
bool sf_rows_feed(struct sf_rows *r, struct str in, size_t *used, struct err *err) MUST_CHECK;
/* The closing bracket has come. Bare: no row is open. */
bool sf_rows_complete(const struct sf_rows *r);
/* CRC-32 of the row handed out last, cells and their borders: to tell whether a row read again is the same. */
uint32_t sf_row_sum(uint32_t before, const struct str *cells, unsigned n);

#endif
