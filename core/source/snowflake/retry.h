/* When a request is sent again, and how long after: rules without any clock of their own. */
#ifndef SNOWFLAKE_RETRY_H
#define SNOWFLAKE_RETRY_H

#include <stdbool.h>
#include <stdint.h>

enum {
	SF_RETRY_BASE_MS = 500, /* the longest first pause; doubled for each further one */
	SF_RETRY_CAP_MS = 8000,
	SF_RETRY_MAX = 5,
	SF_POLL_FIRST_MS = 100, /* doubled for each further one */
	SF_POLL_CAP_MS = 5000,
};

/* What an answer, or none, asks for. */
enum sf_next {
	SF_TAKE,    /* it is the answer */
	SF_POLL,    /* the statement runs: ask again later */
	SF_AGAIN,   /* send it again after a pause, at most SF_RETRY_MAX times */
	SF_BUSY,    /* the server has too much to do: again after a pause, as long as the deadline lets */
	SF_RESIGN,  /* the token was refused: once more with a new one */
	SF_GIVE_UP, /* no use */
};

/* By the status of an SQL API answer. running: it names a statement (of 429). */
enum sf_next sf_next_sqlapi(int status, bool running);
/* By the status of an answer of the drivers' protocol, whose own errors come with 200. */
enum sf_next sf_next_driver(int status);

/* Pause before try number `done` + 1 (done from 1): full jitter, uniform in 0..min(cap, base x 2^(done-1)) by `random` (any
 * 32 bits). after_s, what Retry-After says, is never undercut; -1 none. Never more than is left. */
int64_t sf_retry_pause(unsigned done, uint32_t random, int64_t after_s, int64_t left_ms);
/* Pause before poll number n (from 0), up to an eighth longer by `random`; never more than is left. */
int64_t sf_poll_pause(unsigned n, uint32_t random, int64_t left_ms);

#endif
