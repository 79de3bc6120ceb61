/* What reading and writing of the store share. Internal to core/telemetry. */
#ifndef TELEMETRY_STORE_DB_H
#define TELEMETRY_STORE_DB_H

#include "core/telemetry/sqlite.h"
#include "core/telemetry/store.h"

struct tel_store {
	struct sqlite q;
	sqlite3 *db;
	char *path;
};

/* SQLite has refused: err says it in the user's words. Returns false. */
bool store_failed(const struct tel_store *s, const char *doing, struct err *err);
bool store_exec(struct tel_store *s, const char *sql, const char *doing, struct err *err) MUST_CHECK;
sqlite3_stmt *store_prepare(struct tel_store *s, const char *sql, struct err *err) MUST_CHECK;
/* One step of a statement that returns no row; then it is ready for another. */
bool store_step(struct tel_store *s, sqlite3_stmt *st, const char *doing, struct err *err) MUST_CHECK;
/* The first column of the first row; 0 when there is none. */
bool store_number(struct tel_store *s, const char *sql, int64_t *out, struct err *err) MUST_CHECK;

#endif
