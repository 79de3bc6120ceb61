/* Raw telemetry for tests: written in every dialect, with everything wrong that real files have, and streams compared bit by bit. */
#ifndef TESTS_UNIT_TEL_HELPER_H
#define TESTS_UNIT_TEL_HELPER_H

#include "core/base/buf.h"
#include "core/model/telemetry.h"

enum tel_look {
	LOOK_PLAIN,
	LOOK_QUOTED,
	LOOK_TAIL_QUOTED,
	LOOK_NAME_LAST,
	LOOK_CRLF,
	LOOK_WIDE,
	LOOK_REDUCED,
	LOOK_JSON,
	LOOKS
};
extern const char *const tel_look_names[LOOKS];

/* Three cars for some 90 s; the same seed gives the same bytes. mess: lines no reader likes are strewn in. */
void tel_write(struct buf *out, enum tel_look look, unsigned seed, bool mess);
/* Fails the test where a and b differ in a tick, a channel, the car or a count. */
void tel_same(const struct tel_stream *a, const struct tel_stream *b, const char *what);
void tel_put_file(const char *path, const struct buf *text);

#endif
