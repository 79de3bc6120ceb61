/* Cells: what a column holds and its values, as the SQL API and the drivers' protocol write them. No locale. */
#ifndef SNOWFLAKE_CELL_H
#define SNOWFLAKE_CELL_H

#include <stdint.h>

#include "core/base/buf.h"

enum sf_type {
	SF_FIXED,
	SF_REAL,
	SF_TEXT,
	SF_BOOLEAN,
	SF_DATE,
	SF_TIME,
	SF_TIMESTAMP_NTZ,
	SF_TIMESTAMP_LTZ,
	SF_TIMESTAMP_TZ,
	SF_BINARY,
	SF_VARIANT, /* also object and array: JSON as text */
	SF_TYPES
};

struct sf_column {
	char name[256];
	enum sf_type type;
	int scale; /* decimals of a number or of a second; -1 not said */
};

/* "timestamp_ntz", any case; false: unknown. */
bool sf_type_of(const char *name, enum sf_type *out);
const char *sf_type_name(enum sf_type t);

/* A moment: ns in UTC, with minutes east where the type has a zone. TIME: since midnight. */
struct sf_moment {
	int64_t seconds; /* floor */
	int32_t nanos;   /* 0..999999999 */
	int zone;        /* minutes east of UTC */
};

/* Each is false for what is not one; NULL cells are the caller's to see first. */
bool sf_cell_moment(enum sf_type type, struct str cell, struct sf_moment *out);
/* Number of a FIXED, REAL or TEXT cell; NaN and infinities are numbers here. */
bool sf_cell_number(struct str cell, double *out);
bool sf_cell_whole(struct str cell, int64_t *out); /* also "7.000" */
bool sf_cell_boolean(struct str cell, bool *out);
/* ms since 1970 UTC of a timestamp or date, also of a TEXT cell in ISO 8601 (no zone said: UTC). Rounded down. */
bool sf_cell_ms(enum sf_type type, struct str cell, int64_t *out);
/* The value as people and files write it: numbers as they came, 2021-03-19T17:06:59.123456789Z, true. false: not of the type. */
bool sf_cell_text(const struct sf_column *c, struct str cell, struct buf *out);

#endif
