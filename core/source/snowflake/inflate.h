/* Bodies as they arrive, unpacked where they are packed: gzip is told by its first two bytes, as headers lie.
 *
 * libcurl's own unpacking answers OK to a stream that was cut; here the end of the stream is required. */
#ifndef SNOWFLAKE_INFLATE_H
#define SNOWFLAKE_INFLATE_H

#include <stdint.h>

#include "core/base/err.h"
#include "core/base/str.h"

struct sf_inflate;

/* Takes unpacked bytes; false ends it with what it put into err. */
typedef bool sf_bytes_fn(void *ctx, struct str bytes, struct err *err);

/* NULL: no memory. most: unpacked bytes that are taken before it is an error. */
struct sf_inflate *sf_inflate_new(sf_bytes_fn *out, void *ctx, uint64_t most);
void sf_inflate_free(struct sf_inflate *z); /* NULL is fine */
bool sf_inflate_feed(struct sf_inflate *z, struct str bytes, struct err *err) MUST_CHECK;
/* After the last byte: false when a packed stream has not ended. */
bool sf_inflate_end(struct sf_inflate *z, struct err *err) MUST_CHECK;

#endif
