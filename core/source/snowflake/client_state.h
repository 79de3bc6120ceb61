/* The client's own state, shared by client*.c, sqlapi.c and driver.c and nobody else. */
#ifndef SNOWFLAKE_CLIENT_STATE_H
#define SNOWFLAKE_CLIENT_STATE_H

#include <cjson/cJSON.h>

#include "core/source/snowflake/answer.h"
#include "core/source/snowflake/client.h"
#include "core/source/snowflake/http.h"
#include "core/source/snowflake/key.h"
#include "core/source/snowflake/retry.h"

enum { SF_SMALL_MAX = 256 * 1024, SF_HEADERS = 16, SF_HEADER = 16384, SF_BODY = 512 * 1024, SF_TOKEN_MAX = 8192 };

/* One request each. */
enum sf_step { STEP_NONE, STEP_LOGIN, STEP_RENEW, STEP_SUBMIT, STEP_POLL, STEP_PART, STEP_CANCEL, STEP_LOGOUT };

struct sf_chunk { /* drivers' protocol: a part of the result that lies elsewhere */
	char *url;
	uint64_t rows;
};

/* What one of the two protocols knows. Each is called on the program's thread, never inside a callback of curl's. */
struct sf_protocol {
	bool (*request)(struct sf_client *c, struct err *err); /* fills url, headers, body for c->step */
	bool (*head)(void *client, const cJSON *so_far, bool *ready, struct err *err);
	enum sf_next (*next)(struct sf_client *c, int status, const cJSON *json);
	void (*answer)(struct sf_client *c, cJSON *json); /* of SF_TAKE: the next step, or the end */
};
extern const struct sf_protocol sf_sqlapi, sf_driver;

struct sf_client {
	const struct sf_settings *s;
	const struct sf_protocol *protocol;
	struct sf_curl curl;
	struct sf_crypto crypto;
	struct sf_key *key;
	struct http *http;

	/* The statement. */
	struct sf_query *query;
	struct sf_hooks hooks;
	enum sf_client_state state, before_close;
	enum sf_step step;
	bool patient, cancelling;
	int64_t deadline, pause_until; /* monotonic ms; pause 0: a request runs */
	int64_t skew;                  /* s the server's clock is ahead */
	bool skew_known;
	unsigned tries, polls, resigned, broken; /* of this step */
	bool sent;                               /* STEP_SUBMIT: a try with this id may have arrived */
	char request_id[40];
	char result_url[1024]; /* drivers' protocol: where the running statement is asked for */
	struct err err, after; /* after: why it is being cancelled */
	enum sf_trouble after_trouble;

	/* The request that runs. */
	char url[HTTP_URL];
	char *header[SF_HEADERS];
	unsigned nheaders;
	struct buf body;
	struct buf text; /* headers, one after another */
	size_t header_at[SF_HEADERS];
	struct sf_inflate *inflate;
	struct sf_answer *answer;
	struct buf small; /* body of an answer without rows */
	int answer_status;
	bool ours;  /* reading failed by what whoever takes the rows said */
	bool fatal; /* reading failed for good */

	/* The result. */
	struct sf_column *column;
	unsigned ncolumns;
	uint64_t *part_rows; /* of each partition; UINT64_MAX not said */
	unsigned nparts, part;
	uint64_t total;      /* UINT64_MAX not said */
	uint64_t taken;      /* rows of this partition that were handed out */
	uint64_t seen;       /* rows of it in this reading */
	uint32_t sum, again; /* over those */

	/* Drivers' protocol. */
	char token[SF_TOKEN_MAX], master[SF_TOKEN_MAX];
	bool in_session;
	unsigned relogins, renewals;
	int last_status;
	enum sf_step resume; /* after a renewal */
	struct sf_chunk *chunk;
	char *chunk_header[SF_HEADERS];
	unsigned nchunk_headers;

	struct sf_progress progress;
};

/* --- client.c */
void sf_step(struct sf_client *c, enum sf_step step); /* begins it with fresh counts */
void sf_done(struct sf_client *c);
/* Ends with an error; what runs at the server is cancelled first where it may still run. */
void sf_fail(struct sf_client *c, enum sf_trouble t, const struct err *err);
/* An answer that came whole and yet is none: asked for again, then failed. */
void sf_broken(struct sf_client *c, const struct err *err);
bool sf_left_ms(const struct sf_client *c, int64_t *left);

/* --- client_result.c */
bool sf_result_columns(struct sf_client *c, const cJSON *row_type, uint64_t total, struct err *err);
bool sf_result_parts(struct sf_client *c, unsigned n, struct err *err); /* room for n; their rows are not said */
sf_row_fn sf_result_row;                                                /* ctx: the client */
bool sf_result_part_done(struct sf_client *c, struct err *err);
void sf_result_clear(struct sf_client *c);

/* --- client_body.c: what comes back. */
sf_bytes_fn sf_body_take; /* ctx: the client */
bool sf_body_begin(struct sf_client *c, struct err *err);
/* The JSON of the whole answer (rows left out); NULL with err. Bodies of failures need not be JSON: then an empty object. */
cJSON *sf_body_end(struct sf_client *c, int status, struct err *err);
void sf_body_drop(struct sf_client *c);

/* --- client_request.c: what is sent. */
void sf_uuid(char out[40]);
uint32_t sf_random(void);
void sf_json_text(struct buf *out, struct str s); /* a JSON string, verbatim */
void sf_url_text(struct buf *out, const char *s); /* of a query's value */
bool sf_url(struct sf_client *c, struct err *err, const char *fmt, ...) PRINTF_LIKE(3, 4);
bool sf_header(struct sf_client *c, struct err *err, const char *fmt, ...) PRINTF_LIKE(3, 4);
/* Bindings of the query: {"1":{"type":"TEXT","value":".."},..} */
void sf_bindings(struct buf *out, const struct sf_query *q);
const char *sf_json_string(const cJSON *o, const char *name); /* NULL: none */
bool sf_json_count(const cJSON *o, const char *name, uint64_t *out);
/* Letters, digits, '-', '_' and '.', at most SF_ID - 1: the ids of servers go into addresses. */
bool sf_is_id(const char *s);
bool sf_is_word(const char *s, size_t most); /* printable ASCII without blanks and quotes */

#endif
