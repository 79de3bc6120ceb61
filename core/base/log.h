/* The log: one line an event, control bytes escaped; in a file only when one was opened, never the terminal. The last
 * lines are kept in memory for the Sources screen. Callable from any thread. Never log a secret. */
#ifndef BASE_LOG_H
#define BASE_LOG_H

#include <stdbool.h>
#include <stddef.h>

#include "core/base/buf.h"
#include "core/base/err.h"

bool log_open(const char *path, struct err *err); /* appends; mode 0600 */
void log_close(void);
void log_line(const char *fmt, ...) PRINTF_LIKE(1, 2); /* "2026-05-01T12:00:00.000Z text" */
/* Appends the kept lines (at most 200, oldest first) to out. */
void log_recent(struct buf *out);

#endif
