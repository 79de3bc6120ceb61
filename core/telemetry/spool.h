/* Packed stretches of many cars, on their way into the store: in a file without a name beside it, so that an import that ends early leaves nothing and no
 * reader waits for it. */
#ifndef TELEMETRY_SPOOL_H
#define TELEMETRY_SPOOL_H

#include <stdint.h>

#include "core/base/buf.h"
#include "core/base/err.h"

struct tel_spooled {
	uint32_t car, piece;
	int64_t from, to; /* of the car's clock */
	uint32_t n;       /* ticks */
	uint32_t bytes;
	uint64_t at;
};

struct tel_spool {
	int fd;
	const char *beside; /* the store, for words */
	struct tel_spooled *entry;
	size_t n, cap;
	uint64_t size;
	struct buf out; /* not written yet */
};

bool tel_spool_open(struct tel_spool *s, const char *store, struct err *err) MUST_CHECK;
void tel_spool_close(struct tel_spool *s);
/* bytes are copied; entry's place is filled in. */
bool tel_spool_add(struct tel_spool *s, const struct tel_spooled *e, struct str bytes, struct err *err) MUST_CHECK;
bool tel_spool_flush(struct tel_spool *s, struct err *err) MUST_CHECK;
/* Appends the entry's bytes to out. */
bool tel_spool_get(const struct tel_spool *s, const struct tel_spooled *e, struct buf *out, struct err *err) MUST_CHECK;

#endif
