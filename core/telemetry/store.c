#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "core/base/path.h"
#include "core/telemetry/store_db.h"

/* Large pages: a stretch of ticks lies on a few of them. A car's id never comes again: whoever keeps one learns that it is gone. */
static const char schema[] = "CREATE TABLE source(id INTEGER PRIMARY KEY, kind TEXT NOT NULL, name TEXT NOT NULL "
			     "UNIQUE, size INTEGER, mtime INTEGER, "
			     "taken INTEGER, rows INTEGER, refused INTEGER);"
			     "CREATE TABLE car(id INTEGER PRIMARY KEY AUTOINCREMENT, source INTEGER NOT NULL, chassis "
			     "TEXT NOT NULL, number TEXT NOT NULL, "
			     "numbers TEXT NOT NULL, event TEXT NOT NULL, race TEXT NOT NULL, first_ms INTEGER, "
			     "last_ms INTEGER, offset_ms INTEGER, "
			     "has_clock INTEGER, runs INTEGER, days INTEGER, channels INTEGER, rows INTEGER, refused "
			     "INTEGER, duplicates INTEGER, "
			     "conflicts INTEGER, backward INTEGER, lap_unknown INTEGER, lap_stale INTEGER, bursts "
			     "INTEGER, drop_outs INTEGER, ticks INTEGER);"
			     "CREATE TABLE stretch(id INTEGER PRIMARY KEY, car INTEGER NOT NULL, t_from INTEGER NOT "
			     "NULL, t_to INTEGER NOT NULL, "
			     "n INTEGER NOT NULL, shift INTEGER NOT NULL, data BLOB NOT NULL);"
			     "CREATE INDEX stretch_car ON stretch(car, t_from, t_to, n);";

enum { APPLICATION = 0x70777431, BUSY_MS = 10000 }; /* "pwt1" */

bool tel_store_default_path(char *out, size_t cap)
{
	char dir[4096];

	return path_xdg(dir, sizeof dir, XDG_DATA) && path_join(out, cap, dir, "telemetry.db");
}

/* --- Words ------------------------------------------------------------------------- */

bool store_failed(const struct tel_store *s, const char *doing, struct err *err)
{
	int code = s->q.extended_errcode(s->db);

	switch (code & 0xff) {
	case SQLITE_FULL:
		return err_set(err, ERR_IO, "%s: the disk is full; nothing was changed: make room and try again",
			       s->path);
	case SQLITE_BUSY:
	case SQLITE_LOCKED:
		return err_set(err, ERR_IO, "%s: another program is writing to it: try again when it has finished",
			       s->path);
	case SQLITE_CORRUPT:
	case SQLITE_NOTADB:
		return err_set(err, ERR_FORMAT, "%s: is damaged or no telemetry store: move it away, then import again",
			       s->path);
	case SQLITE_NOMEM:
		return err_set(err, ERR_NOMEM, "%s: no memory for %s", s->path, doing);
	case SQLITE_READONLY:
	case SQLITE_PERM:
		return err_set(err, ERR_IO, "%s: may not be written to", s->path);
	case SQLITE_IOERR:
		if (s->q.system_errno(s->db) == EFBIG)
			return err_set(err, ERR_IO,
				       "%s: is larger than files may be here (ulimit -f); nothing was changed",
				       s->path);
		__attribute__((fallthrough));
	default:
		return err_set(err, ERR_IO, "%s: %s failed: %s", s->path, doing, s->q.errmsg(s->db));
	}
}

bool store_exec(struct tel_store *s, const char *sql, const char *doing, struct err *err)
{
	return s->q.exec(s->db, sql, NULL, NULL, NULL) == SQLITE_OK || store_failed(s, doing, err);
}

sqlite3_stmt *store_prepare(struct tel_store *s, const char *sql, struct err *err)
{
	sqlite3_stmt *st = NULL;

	if (s->q.prepare_v2(s->db, sql, -1, &st, NULL) == SQLITE_OK)
		return st;
	store_failed(s, "reading", err);
	return NULL;
}

bool store_step(struct tel_store *s, sqlite3_stmt *st, const char *doing, struct err *err)
{
	bool ok = s->q.step(st) == SQLITE_DONE || store_failed(s, doing, err);

	s->q.reset(st);
	return ok;
}

bool store_number(struct tel_store *s, const char *sql, int64_t *out, struct err *err)
{
	sqlite3_stmt *st = store_prepare(s, sql, err);
	int got = st ? s->q.step(st) : SQLITE_ERROR;

	*out = got == SQLITE_ROW ? s->q.column_int64(st, 0) : 0;
	if (st && got != SQLITE_ROW && got != SQLITE_DONE)
		store_failed(s, "reading", err);
	s->q.finalize(st);
	return st && (got == SQLITE_ROW || got == SQLITE_DONE);
}

/* --- Opening -------------------------------------------------------------------------- */

static bool make_schema(struct tel_store *s, bool drop, struct err *err)
{
	char sql[160];

	snprintf(sql, sizeof sql, "PRAGMA application_id=%d; PRAGMA user_version=%d; COMMIT", APPLICATION,
		 TEL_STORE_FORMAT);
	return store_exec(s, "PRAGMA page_size=16384; BEGIN IMMEDIATE", "making it", err) &&
	       (!drop ||
		store_exec(s, "DROP TABLE IF EXISTS source; DROP TABLE IF EXISTS car; DROP TABLE IF EXISTS stretch",
			   "emptying it", err)) &&
	       store_exec(s, schema, "making it", err) && store_exec(s, sql, "making it", err);
}

static bool check_format(struct tel_store *s, enum tel_store_use use, const char **note, struct err *err)
{
	int64_t application, version, tables;

	if (!store_number(s, "PRAGMA application_id", &application, err) ||
	    !store_number(s, "PRAGMA user_version", &version, err) ||
	    !store_number(s, "SELECT count(*) FROM sqlite_master", &tables, err))
		return false;
	if (tables == 0 && application == 0) {
		if (use == TEL_STORE_WRITE)
			return make_schema(s, false, err);
		return err_set(err, ERR_NOT_FOUND, "%s: nothing has been imported yet", s->path);
	}
	if (application != APPLICATION)
		return err_set(err, ERR_FORMAT, "%s: is a database of another program: name another file with --store",
			       s->path);
	if (version > TEL_STORE_FORMAT)
		return err_set(err, ERR_FORMAT, "%s: was written by a newer pitwall (format %lld; this one knows %d)",
			       s->path, (long long)version, TEL_STORE_FORMAT);
	if (version == TEL_STORE_FORMAT)
		return true;
	if (use == TEL_STORE_READ)
		return err_set(err, ERR_FORMAT, "%s: is of an older format (%lld; now %d): import the telemetry again",
			       s->path, (long long)version, TEL_STORE_FORMAT);
	if (note)
		*note = "the store was of an older format and has been emptied: import again what was in it";
	return make_schema(s, true, err);
}

static bool set_up(struct tel_store *s, struct err *err)
{
	s->q.busy_timeout(s->db, BUSY_MS);
	return store_exec(s, "PRAGMA cache_size=-2048; PRAGMA temp_store=MEMORY; PRAGMA trusted_schema=OFF", "opening",
			  err);
}

static bool make_folder(const char *path, struct err *err)
{
	const char *base = path_base(path);
	char dir[4096];
	size_t n = (size_t)(base - path);

	if (n == 0)
		return true;
	if (n >= sizeof dir)
		return err_set(err, ERR_IO, "%s: the name is too long", path);
	memcpy(dir, path, n);
	dir[n > 1 ? n - 1 : n] = '\0';
	return path_make_dirs(dir, err);
}

/* A regular file, or nothing yet: SQLite would open a device as well. */
static bool check_place(const char *path, enum tel_store_use use, struct err *err)
{
	struct stat st;

	if (stat(path, &st) == 0)
		return S_ISREG(st.st_mode) || err_set(err, ERR_IO, "%s: is no file: name another with --store", path);
	if (errno != ENOENT && errno != ENOTDIR)
		return err_set(err, ERR_IO, "%s: cannot be opened: %s", path, strerror(errno));
	if (use == TEL_STORE_READ)
		return err_set(err, ERR_NOT_FOUND, "%s: there is no telemetry store yet", path);
	return make_folder(path, err);
}

/* Also for reading it is opened to be written, if it may: what an import that was killed has left half done is undone by whoever comes next. */
static bool open_db(struct tel_store *s, enum tel_store_use use, struct err *err)
{
	int flags = SQLITE_OPEN_READWRITE | (use == TEL_STORE_WRITE ? SQLITE_OPEN_CREATE : 0);
	int code = s->q.open_v2(s->path, &s->db, flags, NULL);

	if (code != SQLITE_OK && use == TEL_STORE_READ) {
		s->q.close_v2(s->db);
		code = s->q.open_v2(s->path, &s->db, SQLITE_OPEN_READONLY, NULL);
	}
	if (code == SQLITE_OK)
		return true;
	return s->db ? store_failed(s, "opening", err) : err_set(err, ERR_NOMEM, "%s: no memory to open it", s->path);
}

struct tel_store *tel_store_open(const char *path, enum tel_store_use use, const char **note, struct err *err)
{
	struct tel_store *s = calloc(1, sizeof *s);

	if (note)
		*note = NULL;
	if (!s || !(s->path = strdup(path))) {
		free(s);
		err_set(err, ERR_NOMEM, "%s: no memory to open it", path);
		return NULL;
	}
	if (check_place(path, use, err) && sqlite_load(&s->q, err) && open_db(s, use, err) && set_up(s, err) &&
	    check_format(s, use, note, err))
		return s;
	tel_store_close(s);
	return NULL;
}

void tel_store_close(struct tel_store *s)
{
	if (!s)
		return;
	if (s->db)
		s->q.close_v2(s->db);
	free(s->path);
	free(s);
}
