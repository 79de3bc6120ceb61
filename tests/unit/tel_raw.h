/* A raw telemetry file as streams, read the simplest way, so that a test of what is made of them does not depend on the program's reader:
 * unquoted long format, rows in any order, every value kept. */
#ifndef TESTS_UNIT_TEL_RAW_H
#define TESTS_UNIT_TEL_RAW_H

#include "core/model/telemetry.h"

enum { RAW_CARS = 8 };

struct raw_file {
	struct tel_stream *stream[RAW_CARS];
	uint32_t n;
};

/* false: the file is not there. Fails the test when it is not what it should be. */
bool raw_read(const char *path, struct raw_file *out);
void raw_free(struct raw_file *f);
/* A stream of n ticks to be filled by hand; every channel in `channels` (bits) is there and NAN, GPS when gps. */
struct tel_stream *raw_stream(const char *number, uint32_t n, uint32_t channels, bool gps);

#endif
