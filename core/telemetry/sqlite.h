/* SQLite, loaded on first use: linked in it would cost every start of the program a third of a millisecond. Internal to core/telemetry. */
#ifndef TELEMETRY_SQLITE_H
#define TELEMETRY_SQLITE_H

#include <sqlite3.h>
#include <stdbool.h>

#include "core/base/err.h"

/* clang-format off */
#define SQLITE_TABLE(X) \
	X(open_v2) \
	X(close_v2) \
	X(busy_timeout) \
	X(exec) \
	X(prepare_v2) \
	X(step) \
	X(reset) \
	X(finalize) \
	X(errmsg) \
	X(extended_errcode) \
	X(system_errno) \
	X(bind_int64) \
	X(bind_text) \
	X(bind_blob) \
	X(column_int64) \
	X(column_text) \
	X(column_blob) \
	X(column_bytes) \
	X(last_insert_rowid)
/* clang-format on */

struct sqlite {
#define X(name) __typeof__ (&sqlite3_##name)(name);
	SQLITE_TABLE(X)
#undef X
};

/* false with words when the library is not there. Once loaded it stays. */
bool sqlite_load(struct sqlite *q, struct err *err) MUST_CHECK;

#endif
