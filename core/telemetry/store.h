/* The local store of telemetry: one SQLite file.
 *
 * A source (a raw file, a query) is written whole or not at all, and replaces what it wrote before. Whoever reads meanwhile sees the old. Each car of a source
 * lies there in stretches of some two minutes, its channels as packed columns, in order of its clock.
 * Every function says in err what is wrong with the file and what to do: damaged, of another format, not ours, in use, no room. */
#ifndef TELEMETRY_STORE_H
#define TELEMETRY_STORE_H

#include "core/base/err.h"
#include "core/base/str.h"
#include "core/model/files.h"
#include "core/model/telemetry.h"
#include "core/telemetry/tick.h"

enum { TEL_STORE_FORMAT = 1 }; /* of the file; another one is refused when read and emptied when written to */

enum tel_store_use { TEL_STORE_READ, TEL_STORE_WRITE };

struct tel_store;

/* $XDG_DATA_HOME/pitwall/telemetry.db; false: no such place. */
bool tel_store_default_path(char *out, size_t cap);
/* READ: a file that is not there is ERR_NOT_FOUND. WRITE: makes it and its folder; a store of an older format is emptied, and *note (may be
 * NULL; else static text or NULL) says so. */
struct tel_store *tel_store_open(const char *path, enum tel_store_use use, const char **note,
				 struct err *err) MUST_CHECK;
void tel_store_close(struct tel_store *s); /* NULL is fine */

/* Where samples came from. */
struct tel_provenance {
	const char *kind;       /* "csv", "json", "snowflake" */
	const char *name;       /* what replaces itself: absolute path, or the query's own words */
	int64_t size, mtime;    /* of the file; 0 unknown */
	int64_t taken;          /* when, ms since 1970 UTC; 0: now */
	uint64_t rows, refused; /* set again at the end by tel_writer_totals */
};

/* --- Reading -------------------------------------------------------------------------- */

struct tel_store_car {
	int64_t id; /* valid until the source is written again */
	struct tel_car car;
	const struct tel_provenance *from;
};
struct tel_store_list {
	struct arena *arena;
	struct tel_provenance *source;
	uint32_t nsources;
	struct tel_store_car *car; /* newest source first, then by chassis, number */
	uint32_t ncars;
};
struct tel_store_list *tel_store_cars(struct tel_store *s, struct err *err) MUST_CHECK;
void tel_store_list_free(struct tel_store_list *l);

/* A car's ticks between two moments (UTC on the car's clock with offset), inclusive; INT64_MIN and INT64_MAX: whole. car.counts are those of
 * the whole car. */
struct tel_stream *tel_store_read(struct tel_store *s, int64_t id, int64_t from_ms, int64_t to_ms,
				  struct err *err) MUST_CHECK;

/* --- Writing -------------------------------------------------------------------------- */

struct tel_writer;

/* Text is copied. One writer at a time in one program; others wait up to 10 s at commit, then fail with words. */
struct tel_writer *tel_writer_begin(struct tel_store *s, const struct tel_provenance *from, struct err *err) MUST_CHECK;

/* Whose tick it is, as the source has it: vehicle "GR86-022-13" or "", number "" where the vehicle tells it. */
struct tel_who {
	struct str vehicle, number, event, race;
};
/* Ticks of any car in any order. has_clock false: t->clock is the arrival. */
bool tel_writer_add(struct tel_writer *w, const struct tel_who *who, const struct tel_tick *t, bool has_clock,
		    struct err *err) MUST_CHECK;
/* Rows that were refused and cannot be told to a car; said with the source. */
void tel_writer_totals(struct tel_writer *w, uint64_t rows, uint64_t refused);
/* Both end the writer. commit: all of it is there, or err says why not and the store is as it was. */
bool tel_writer_commit(struct tel_writer *w, struct err *err) MUST_CHECK;
void tel_writer_rollback(struct tel_writer *w); /* NULL is fine */

#endif
