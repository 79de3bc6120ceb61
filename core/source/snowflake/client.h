/* One statement at a time at Snowflake: submitted, awaited, read partition by partition, cancelled.
 *
 * Nothing blocks: whoever waits asks what to wait for and says what woke it. Rows are handed out as they arrive; they count only
 * once the client is done, for what arrives may turn out to be cut short or changed on the way: then it has failed. */
#ifndef SNOWFLAKE_CLIENT_H
#define SNOWFLAKE_CLIENT_H

#include "core/source/snowflake/query.h"
#include "core/source/snowflake/rows.h"
#include "core/source/snowflake/settings.h"

struct pollfd;
struct sf_client;

enum { SF_CLIENT_FDS = 6, SF_CANCEL_MS = 1300, SF_CLOSE_MS = 500, SF_ID = 128 };

enum sf_client_state { SF_IDLE, SF_RUNNING, SF_DONE, SF_FAILED };

/* What a failure is, for whoever shows it. */
enum sf_trouble {
	SF_TROUBLE_NONE,
	SF_TROUBLE_UNAVAILABLE, /* no server, no answer in time, too busy: it may work later as it is */
	SF_TROUBLE_UNTRUSTED,   /* certificate or encryption */
	SF_TROUBLE_REFUSED,     /* Snowflake says no: code and message are its own */
	SF_TROUBLE_BROKEN,      /* an answer that is no answer: cut, corrupt, incomplete */
	SF_TROUBLE_LOCAL,       /* settings, key, memory, whoever takes the rows */
	SF_TROUBLE_CANCELLED,
};

struct sf_hooks {
	/* Before the first row, once. total: rows to come; UINT64_MAX not said. NULL: nothing to do. */
	bool (*columns)(void *ctx, const struct sf_column *c, unsigned n, uint64_t total, struct err *err);
	sf_row_fn *row;
	void *ctx;
};

struct sf_progress {
	const char *doing;              /* "connecting", "waiting", "running", "fetching", "cancelling"; "" */
	char statement[SF_ID];          /* Snowflake's id; "" not known yet */
	char role[256], warehouse[256]; /* of a session; "" not known */
	uint64_t rows, total;           /* total UINT64_MAX: not known */
	uint64_t bytes;                 /* of bodies, packed */
	unsigned requests, retries, partitions, partition;
	enum sf_trouble trouble;
	char code[16]; /* Snowflake's error id: "390144"; "" none */
};

/* Loads libraries and key; connects to nothing. settings must outlive it. */
struct sf_client *sf_client_new(const struct sf_settings *s, struct err *err) MUST_CHECK;
void sf_client_free(struct sf_client *c); /* NULL is fine; whatever runs is left */

/* Takes the query. All of it must be done in timeout_s. patient: keeps trying until then where the server is busy or gone; else
 * gives up after two more tries. */
bool sf_client_start(struct sf_client *c, struct sf_query *q, const struct sf_hooks *hooks, int timeout_s, bool patient,
		     struct err *err) MUST_CHECK;
/* Cancels here and at the server; failed with ERR_CANCELLED at the latest SF_CANCEL_MS later. */
void sf_client_cancel(struct sf_client *c);
/* Ends the session, if there is one, at the latest SF_CLOSE_MS later. Not while a statement runs. */
void sf_client_close(struct sf_client *c);

int sf_client_wait(struct sf_client *c, struct pollfd *fds, int max, int *timeout_ms);
void sf_client_woke(struct sf_client *c, const struct pollfd *fds, int n);
enum sf_client_state sf_client_state(const struct sf_client *c);
const struct err *sf_client_error(const struct sf_client *c); /* of FAILED; no secret in it */
const struct sf_progress *sf_client_progress(const struct sf_client *c);

#endif
