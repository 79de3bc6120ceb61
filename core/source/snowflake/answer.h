/* An answer as it arrives: the few fields around the rows are kept as JSON, the rows are handed out one by one.
 *
 * The rows stand at "data" (SQL API) or "data"."rowset" (drivers' protocol), or the whole answer is the array of rows. What comes
 * before them must say what they are; rows that come before are held back up to a ceiling. */
#ifndef SNOWFLAKE_ANSWER_H
#define SNOWFLAKE_ANSWER_H

#include <cjson/cJSON.h>

#include "core/source/snowflake/rows.h"

enum { SF_ANSWER_SMALL = 4 * 1024 * 1024, SF_ANSWER_HELD = 8 * 1024 * 1024, SF_ANSWER_DEPTH = 64 };

struct sf_answer_fns {
	/* Before the first row: all that came so far, the rows left out. *ready false: not enough to know what the rows are. NULL:
	 * nothing needs to be known. */
	bool (*head)(void *ctx, const cJSON *so_far, bool *ready, struct err *err);
	sf_row_fn *row;
	void *ctx;
};

struct sf_answer;

/* chunk: nothing but rows, without the brackets around them. NULL: no memory. */
struct sf_answer *sf_answer_new(const struct sf_answer_fns *f, bool chunk);
void sf_answer_free(struct sf_answer *a); /* NULL is fine */
bool sf_answer_feed(struct sf_answer *a, struct str bytes, struct err *err) MUST_CHECK;
/* After the last byte. The fields without the rows, the caller's to free; an empty object where the answer was rows only.
 * NULL with err: cut short, not JSON, something after the end. */
cJSON *sf_answer_end(struct sf_answer *a, struct err *err) MUST_CHECK;
bool sf_answer_had_rows(const struct sf_answer *a);
uint64_t sf_answer_rows(const struct sf_answer *a);

#endif
