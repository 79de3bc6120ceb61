/* One HTTPS exchange at a time, driven by whoever waits: it says which descriptors and until when, and is told what woke it.
 * Connections are kept for the next one. Certificates are always checked; plain HTTP is never spoken. */
#ifndef SNOWFLAKE_HTTP_H
#define SNOWFLAKE_HTTP_H

#include <stdint.h>

#include "core/source/snowflake/inflate.h"
#include "core/source/snowflake/libs.h"

struct pollfd;

enum { HTTP_FDS = 6, HTTP_URL = 4096 };

struct http_options {
	const char *ca_file;    /* NULL: the system's */
	const char *connect_to; /* "host:port:address:port"; NULL */
	int connect_timeout_s;
	int low_speed_s; /* so long without a byte is an error */
};

struct http_request {
	bool post;
	const char *url;
	const char *const *headers; /* "Name: value" */
	unsigned nheaders;
	struct str body;
	int64_t timeout_ms;
	sf_bytes_fn *take; /* the body as it comes, packed or not; may ask http_status */
	void *ctx;
};

enum http_end {
	HTTP_DONE,      /* an answer, whatever its status */
	HTTP_TAKER,     /* take() did not want more: reply.err is its own */
	HTTP_UNTRUSTED, /* certificate or encryption: not to be tried again */
	HTTP_NO_SERVER, /* no address, no connection */
	HTTP_BROKEN,    /* cut, reset, empty */
	HTTP_TOO_LATE,
	HTTP_REFUSED, /* a redirection that must not be followed, or a request that cannot be made */
};

struct http_reply {
	enum http_end end;
	int status;
	int64_t date;        /* the server's clock, s since 1970; 0 not said */
	int64_t retry_after; /* s; -1 not said */
	struct err err;      /* unless DONE; may quote bytes of the server */
};

struct http *http_new(const struct sf_curl *curl, const struct http_options *o, struct err *err) MUST_CHECK;
void http_free(struct http *h); /* NULL is fine */
/* Copies what it needs but the body, which must stay until the end. Ends the running one, if any. */
bool http_start(struct http *h, const struct http_request *r, struct err *err) MUST_CHECK;
void http_stop(struct http *h);
/* Descriptors (at most HTTP_FDS) and the time to wake at; *timeout_ms (-1 none) is only lowered. */
int http_wait(struct http *h, struct pollfd *fds, int max, int *timeout_ms);
void http_woke(struct http *h, const struct pollfd *fds, int n);
/* NULL while it runs or when none was started; valid until the next start. */
const struct http_reply *http_reply(const struct http *h);
int http_status(const struct http *h);     /* of the running answer, 0 before its head */
uint64_t http_bytes(const struct http *h); /* of bodies, all together, as they came */

/* CLOCK_MONOTONIC in ms. */
int64_t sf_now_ms(void);

#endif
