/* Inside telemetry: a sentence in an arena. */
#ifndef TELEMETRY_WORDS_H
#define TELEMETRY_WORDS_H

#include "core/base/arena.h"
#include "core/base/err.h"

/* NULL with err when out of memory. At most 300 bytes. */
const char *tel_say(struct arena *a, struct err *err, const char *fmt, ...) PRINTF_LIKE(3, 4);

#endif
