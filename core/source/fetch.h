/* Telemetry of chosen cars of one session from Snowflake into the local store, or into a CSV file: all of it or nothing.
 *
 * Driven by whoever waits, as snowflake/client.h is. Two statements: what the columns are, then the rows. Cars that the store has from
 * the same table already are not fetched again. */
#ifndef SOURCE_FETCH_H
#define SOURCE_FETCH_H

#include "core/source/snowflake/client.h"

enum { FETCH_NAME = 400, FETCH_COLUMNS = 64 };

struct fetch_want {
	const char *session; /* "barber_r1": what the store is told, so that it is found again */
	const char *track;   /* as it stands in TRACK_ID */
	int race;
	const char *const *cars;
	unsigned ncars;
	uint16_t first, last;       /* laps, inclusive; 0: all */
	const char *const *columns; /* for a file, besides VEHICLE_NUMBER; the table's names or those of channels */
	unsigned ncolumns;          /* 0: all that are known here */
	uint64_t most;              /* rows; more is an error and nothing is kept */
	bool cut;                   /* of a file: no error, it gets the first `most` rows, and told.cut says so */
	const char *store;          /* path of the local store; NULL: not there */
	const char *to;             /* path of a CSV file; NULL: none */
	bool again;                 /* also what the store has */
};

enum fetch_state {
	FETCH_RUNNING,
	FETCH_WHOLE,   /* every row is there and counted: fetch_keep writes them for good */
	FETCH_KEPT,    /* also: everything was there before */
	FETCH_CLOSING, /* kept or failed, and a session is being ended */
	FETCH_FAILED,
};

struct fetch;

/* settings and want's texts must outlive it. Opens the store or file, then begins. NULL with err. */
struct fetch *fetch_new(const struct sf_settings *s, const struct fetch_want *w, struct err *err) MUST_CHECK;
/* What was not kept is gone. */
void fetch_free(struct fetch *f);
int fetch_wait(struct fetch *f, struct pollfd *fds, int max, int *timeout_ms);
void fetch_woke(struct fetch *f, const struct pollfd *fds, int n);
enum fetch_state fetch_state(const struct fetch *f);
/* Of WHOLE. May take seconds; touches nothing but the store or the file, so that a worker may do it. */
bool fetch_keep(struct fetch *f, struct err *err) MUST_CHECK;
/* What fetch_keep said; then the session is ended. */
void fetch_kept(struct fetch *f, bool ok, const struct err *err);
/* Stops here and at the server: FAILED with ERR_CANCELLED within two seconds. */
void fetch_cancel(struct fetch *f);

struct fetch_told {
	const char *doing;
	const char *name;    /* what the store calls it */
	const char *columns; /* fetched, ", " between; "" not known yet */
	const char *cars;    /* fetched, blank between; "" none: all were there */
	const char *there;   /* cars that were there before; "" none */
	const char *without; /* asked for, and the table has no row of them; "" none */
	uint64_t rows, total, bytes, refused;
	int64_t ms;
	unsigned requests, retries;
	bool cut; /* there are more rows */
	char statement[SF_ID], code[16];
	enum sf_trouble trouble;
};
void fetch_told(const struct fetch *f, struct fetch_told *out);
const struct err *fetch_error(const struct fetch *f);

#endif
