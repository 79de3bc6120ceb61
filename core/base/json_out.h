/* Writes JSON into a buf: commas, indentation (two blanks) and escaping are looked after; the caller pairs begin and end.
 * Strings from files are made valid UTF-8 first (text_clean rules), so the output always parses. */
#ifndef BASE_JSON_OUT_H
#define BASE_JSON_OUT_H

#include <stdbool.h>
#include <stdint.h>

#include "core/base/buf.h"
#include "core/base/num.h"

struct json_out {
	struct buf *out;
	int depth;
	bool first; /* nothing yet in the innermost object or array */
	bool flat;  /* see json_flat */
	int flat_depth;
};

void json_init(struct json_out *j, struct buf *out);
/* key NULL inside arrays and at the top. */
void json_obj(struct json_out *j, const char *key);
void json_end_obj(struct json_out *j);
void json_arr(struct json_out *j, const char *key);
void json_end_arr(struct json_out *j);
/* The next object or array, with all in it, on one line. */
void json_flat(struct json_out *j);
void json_str(struct json_out *j, const char *key, const char *v); /* NULL: null */
void json_strn(struct json_out *j, const char *key, struct str v);
void json_int(struct json_out *j, const char *key, int64_t v);
void json_time(struct json_out *j, const char *key, ms_t v);                /* seconds, three decimals; MS_NONE: null */
void json_dec(struct json_out *j, const char *key, double v, int decimals); /* NAN, infinite: null */
void json_bool(struct json_out *j, const char *key, bool v);
void json_null(struct json_out *j, const char *key);

#endif
