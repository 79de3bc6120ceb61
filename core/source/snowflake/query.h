/* The statements that are sent: these four and no others. Values are only ever bound, so that no text of a user or a file can
 * become SQL; none reads the table without track and race, and none reads rows without cars. */
#ifndef SNOWFLAKE_QUERY_H
#define SNOWFLAKE_QUERY_H

#include <stdint.h>

#include "core/source/snowflake/cell.h"

enum { SF_BINDS_MAX = 80, SF_CARS_MAX = 64 };

struct sf_query;

struct sf_session {        /* of the table */
	const char *track; /* as it stands in TRACK_ID */
	int race;
};
struct sf_filter {
	struct sf_session session;
	const char *const *cars; /* 1..SF_CARS_MAX, text of digits where the column is a number */
	unsigned ncars;
	uint16_t first, last; /* laps, inclusive; 0: all */
};

/* CURRENT_VERSION, CURRENT_ROLE, CURRENT_WAREHOUSE: one row of texts. */
struct sf_query *sf_query_health(struct err *err) MUST_CHECK;
/* No rows: what the columns of the table are. */
struct sf_query *sf_query_columns(const char *table, const struct sf_session *s, struct err *err) MUST_CHECK;
/* VEHICLE_NUMBER and rows of each car that has telemetry. */
struct sf_query *sf_query_cars(const char *table, const struct sf_session *s, struct err *err) MUST_CHECK;
/* The rows of some cars in order of time. columns: of those the table has, as it spells them, the first is VEHICLE_NUMBER;
 * order: the time column, one of the table's. */
struct sf_query *sf_query_rows(const char *table, const struct sf_filter *f, const struct sf_column *columns,
			       unsigned n, const char *order, struct err *err) MUST_CHECK;
void sf_query_free(struct sf_query *q); /* NULL is fine */

struct sf_bind {
	const char *type; /* "TEXT", "FIXED" */
	struct str value;
};
const char *sf_query_sql(const struct sf_query *q);
unsigned sf_query_binds(const struct sf_query *q);
struct sf_bind sf_query_bind(const struct sf_query *q, unsigned i);

#endif
