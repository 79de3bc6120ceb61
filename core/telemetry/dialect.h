/* How a telemetry table writes its rows: learnt from its header and its name. */
#ifndef TELEMETRY_DIALECT_H
#define TELEMETRY_DIALECT_H

#include "core/load/csv.h"
#include "core/telemetry/raw.h"
#include "core/telemetry/store.h"

enum tel_column {
	COL_META,
	COL_STAMP,
	COL_VEHICLE,
	COL_NUMBER,
	COL_LAP,
	COL_NAME,
	COL_VALUE,
	COL_EVENT,
	COL_RACE,
	TEL_COLUMNS
};

enum { DIALECT_HEAD = 64 * 1024, DIALECT_FIELDS = 64 }; /* bytes that hold the header; columns that are looked at */

struct tel_dialect {
	enum tel_shape shape;
	char delim;
	int at[TEL_COLUMNS];            /* column of each; -1 none */
	int8_t channel[DIALECT_FIELDS]; /* wide: the column's channel; -1 none */
	uint32_t columns;
	bool trailing;             /* the header ends in a delimiter: rows may have an empty field more */
	bool names_car;            /* there is a column for it */
	bool has_clock;            /* a `timestamp` column */
	char header[DIALECT_HEAD]; /* the header line, no BOM, with its line end */
	size_t header_n;
	uint64_t body;    /* offset of the first row */
	uint32_t lines;   /* up to and with the header */
	char vehicle[64]; /* from the file's name, for rows that name no car; "" none */
};

/* The column or JSON name's meaning; -1 none. */
int tel_column_by_name(struct str name);
/* Learns from the first bytes of the file (up to DIALECT_HEAD). d->shape TEL_JSON for what begins with [ or {. */
bool tel_dialect_learn(struct tel_dialect *d, const char *path, const char *p, size_t n, struct err *err) MUST_CHECK;
/* "barber_r1_GR86-049-88_reduced.csv": "GR86-049-88" into out; "" none. */
void tel_vehicle_of_path(const char *path, char *out, size_t cap);

#endif
