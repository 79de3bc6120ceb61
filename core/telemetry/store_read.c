#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "core/telemetry/pack.h"
#include "core/telemetry/store_db.h"
#include "core/telemetry/stream.h"

enum { TICKS_COLUMN = 21 }; /* of CAR_COLUMNS */

/* --- The list --------------------------------------------------------------------------- */

static const char *text(struct tel_store *s, sqlite3_stmt *st, int column, struct arena *a)
{
	const unsigned char *p = s->q.column_text(st, column);
	int n = s->q.column_bytes(st, column);

	return p ? arena_strndup(a, (const char *)p, (size_t)n) : "";
}

static bool read_source(struct tel_store *s, sqlite3_stmt *st, struct arena *a, struct tel_provenance *p)
{
	p->kind = text(s, st, 1, a);
	p->name = text(s, st, 2, a);
	p->size = s->q.column_int64(st, 3);
	p->mtime = s->q.column_int64(st, 4);
	p->taken = s->q.column_int64(st, 5);
	p->rows = (uint64_t)s->q.column_int64(st, 6);
	p->refused = (uint64_t)s->q.column_int64(st, 7);
	return p->kind && p->name;
}

static void read_counts(struct tel_store *s, sqlite3_stmt *st, int at, struct tel_counts *c)
{
	uint64_t *const to[] = {&c->rows,        &c->refused,   &c->duplicates, &c->conflicts, &c->backward,
				&c->lap_unknown, &c->lap_stale, &c->bursts,     &c->drop_outs};

	for (size_t i = 0; i < sizeof to / sizeof *to; i++)
		*to[i] = (uint64_t)s->q.column_int64(st, at + (int)i);
}

/* Columns of the table car from `at` on: chassis ... drop_outs. */
static bool read_car(struct tel_store *s, sqlite3_stmt *st, int at, struct arena *a, struct tel_car *c)
{
	c->chassis = text(s, st, at, a);
	c->number = text(s, st, at + 1, a);
	c->numbers = text(s, st, at + 2, a);
	c->event = text(s, st, at + 3, a);
	c->race = text(s, st, at + 4, a);
	c->first_ms = s->q.column_int64(st, at + 5);
	c->last_ms = s->q.column_int64(st, at + 6);
	c->offset_ms = s->q.column_int64(st, at + 7);
	c->has_clock = s->q.column_int64(st, at + 8) != 0;
	c->runs = (uint32_t)s->q.column_int64(st, at + 9);
	c->days = (uint32_t)s->q.column_int64(st, at + 10);
	c->channels = (uint32_t)s->q.column_int64(st, at + 11) & ((1u << TEL_CHANNELS) - 1);
	read_counts(s, st, at + 12, &c->counts);
	return c->chassis && c->number && c->numbers && c->event && c->race;
}

#define CAR_COLUMNS                                                                                                    \
	"chassis, number, numbers, event, race, first_ms, last_ms, offset_ms, has_clock, runs, days, channels, "       \
	"car.rows, car.refused, duplicates, conflicts, backward, lap_unknown, lap_stale, bursts, drop_outs, ticks"

static bool list_no_memory(const struct tel_store *s, struct err *err)
{
	return err_set(err, ERR_NOMEM, "%s: no memory for its list of cars", s->path);
}

static bool list_sources(struct tel_store *s, struct tel_store_list *l, struct err *err)
{
	int64_t n;
	int got = SQLITE_DONE;
	sqlite3_stmt *st;

	if (!store_number(s, "SELECT count(*) FROM source", &n, err))
		return false;
	l->source = ARENA_ARRAY(l->arena, (size_t)n, struct tel_provenance);
	if (!l->source)
		return list_no_memory(s, err);
	st = store_prepare(
		s, "SELECT id, kind, name, size, mtime, taken, rows, refused FROM source ORDER BY taken DESC, id DESC",
		err);
	bool ok = st != NULL;
	while (ok && l->nsources < (uint32_t)n && (got = s->q.step(st)) == SQLITE_ROW)
		ok = read_source(s, st, l->arena, &l->source[l->nsources++]) || list_no_memory(s, err);
	if (ok && got != SQLITE_ROW && got != SQLITE_DONE)
		ok = store_failed(s, "reading", err);
	s->q.finalize(st);
	return ok;
}

static const struct tel_provenance *source_named(const struct tel_store_list *l, const char *name)
{
	for (uint32_t i = 0; i < l->nsources; i++)
		if (strcmp(l->source[i].name, name) == 0)
			return &l->source[i];
	return NULL;
}

static bool list_car(struct tel_store *s, sqlite3_stmt *st, struct tel_store_list *l, struct err *err)
{
	struct tel_store_car *c = &l->car[l->ncars];
	const char *name = text(s, st, 1, l->arena);

	c->id = s->q.column_int64(st, 0);
	if (!name || !read_car(s, st, 2, l->arena, &c->car))
		return list_no_memory(s, err);
	c->from = source_named(l, name);
	l->ncars += c->from != NULL;
	return true;
}

static bool list_cars(struct tel_store *s, struct tel_store_list *l, struct err *err)
{
	int64_t n;
	int got = SQLITE_DONE;
	sqlite3_stmt *st;

	if (!store_number(s, "SELECT count(*) FROM car", &n, err))
		return false;
	l->car = ARENA_ARRAY(l->arena, (size_t)n, struct tel_store_car);
	if (!l->car)
		return list_no_memory(s, err);
	st = store_prepare(s,
			   "SELECT car.id, source.name, " CAR_COLUMNS " FROM car JOIN source ON source.id = car.source "
			   "ORDER BY taken DESC, source.id DESC, chassis, number",
			   err);
	bool ok = st != NULL;
	while (ok && l->ncars < (uint32_t)n && (got = s->q.step(st)) == SQLITE_ROW)
		ok = list_car(s, st, l, err);
	if (ok && got != SQLITE_ROW && got != SQLITE_DONE)
		ok = store_failed(s, "reading", err);
	s->q.finalize(st);
	return ok;
}

struct tel_store_list *tel_store_cars(struct tel_store *s, struct err *err)
{
	struct arena *a = arena_new(64u << 20);
	struct tel_store_list *l = a ? ARENA_NEW(a, struct tel_store_list) : NULL;

	if (!l) {
		arena_free(a);
		list_no_memory(s, err);
		return NULL;
	}
	l->arena = a;
	/* Both in one transaction, so that no import comes between. */
	bool ok = store_exec(s, "BEGIN", "reading", err);
	if (ok) {
		ok = list_sources(s, l, err) && list_cars(s, l, err);
		s->q.exec(s->db, "COMMIT", NULL, NULL, NULL);
	}
	if (ok)
		return l;
	arena_free(a);
	return NULL;
}

void tel_store_list_free(struct tel_store_list *l)
{
	if (l)
		arena_free(l->arena);
}

/* --- A car ---------------------------------------------------------------------------------- */

static void copy_columns(struct tel_stream *s, const struct tel_columns *c, uint32_t channels, uint32_t from,
			 uint32_t n, int64_t shift)
{
	for (uint32_t i = 0; i < n; i++)
		s->t[s->n + i] = c->clock[from + i] + shift;
	memcpy(s->lap + s->n, c->lap + from, n * sizeof *s->lap);
	for (int k = 0; k < TEL_LAT; k++)
		if (s->v[k] && channels & 1u << k)
			memcpy(s->v[k] + s->n, c->v[k] + from, n * sizeof(float));
	if (s->lat && channels & 1u << TEL_LAT)
		memcpy(s->lat + s->n, c->gps[0] + from, n * sizeof(double));
	if (s->lon && channels & 1u << TEL_LON)
		memcpy(s->lon + s->n, c->gps[1] + from, n * sizeof(double));
	s->n += n;
}

/* A row of stretch: where it says it lies, and its bytes. */
struct stretch {
	int64_t shift, from, to, n;
	struct str bytes;
};

static struct stretch stretch_of(struct tel_store *s, sqlite3_stmt *st)
{
	const void *data = s->q.column_blob(st, 4);

	return (struct stretch){.shift = s->q.column_int64(st, 0),
				.from = s->q.column_int64(st, 1),
				.to = s->q.column_int64(st, 2),
				.n = s->q.column_int64(st, 3),
				.bytes = {data ? data : "", (size_t)s->q.column_bytes(st, 4)}};
}

/* The part of a stretch that lies in the window, behind what out has. */
static bool add_stretch(struct tel_stream *out, uint32_t room, const struct stretch *s, int64_t from_ms, int64_t to_ms,
			struct tel_columns *c)
{
	struct tel_packed head;
	uint32_t from = 0, end;

	if (!tel_unpack_columns(s->bytes, &head, c) || head.n != s->n || head.from + s->shift != s->from ||
	    head.to + s->shift != s->to || (out->n && s->from <= out->t[out->n - 1]))
		return false;
	end = head.n;
	while (from < end && c->clock[from] + s->shift < from_ms)
		from++;
	while (end > from && c->clock[end - 1] + s->shift > to_ms)
		end--;
	if (end - from > room - out->n)
		return false;
	copy_columns(out, c, head.channels, from, end - from, s->shift);
	return true;
}

static bool store_damaged(const struct tel_store *s, struct err *err)
{
	return err_set(err, ERR_FORMAT, "%s: samples in it are damaged: import the file again", s->path);
}

static bool read_stretches(struct tel_store *s, sqlite3_stmt *st, struct tel_stream *out, uint32_t room,
			   int64_t from_ms, int64_t to_ms, struct err *err)
{
	struct tel_columns *c = malloc(sizeof *c);
	bool ok = true;
	int got = SQLITE_DONE;

	if (!c)
		return err_set(err, ERR_NOMEM, "%s: no memory for the samples", s->path);
	while (ok && (got = s->q.step(st)) == SQLITE_ROW) {
		const struct stretch one = stretch_of(s, st);
		ok = add_stretch(out, room, &one, from_ms, to_ms, c) || store_damaged(s, err);
	}
	if (ok && got != SQLITE_DONE)
		ok = store_failed(s, "reading", err);
	free(c);
	return ok;
}

static sqlite3_stmt *window(struct tel_store *s, const char *sql, int64_t id, int64_t from_ms, int64_t to_ms,
			    struct err *err)
{
	sqlite3_stmt *st = store_prepare(s, sql, err);

	if (st) {
		s->q.bind_int64(st, 1, id);
		s->q.bind_int64(st, 2, from_ms);
		s->q.bind_int64(st, 3, to_ms);
	}
	return st;
}

static bool count_ticks(struct tel_store *s, int64_t id, int64_t from_ms, int64_t to_ms, uint32_t *n, struct err *err)
{
	sqlite3_stmt *st = window(s, "SELECT total(n) FROM stretch WHERE car = ?1 AND t_to >= ?2 AND t_from <= ?3", id,
				  from_ms, to_ms, err);
	int got = st ? s->q.step(st) : SQLITE_ERROR;
	int64_t total = got == SQLITE_ROW ? s->q.column_int64(st, 0) : 0;

	if (st && got != SQLITE_ROW)
		store_failed(s, "reading", err);
	s->q.finalize(st);
	if (!st || got != SQLITE_ROW)
		return false;
	if (total < 0 || total > TEL_STREAM_TICKS_MAX)
		return err_set(err, ERR_NOMEM, "%s: more than %d moments: name a window of time", s->path,
			       TEL_STREAM_TICKS_MAX);
	*n = (uint32_t)total;
	return true;
}

/* The car's row, as a statement that stands on it. */
static sqlite3_stmt *find_car(struct tel_store *s, int64_t id, struct err *err)
{
	sqlite3_stmt *st = store_prepare(s, "SELECT " CAR_COLUMNS " FROM car WHERE id = ?1", err);

	if (!st)
		return NULL;
	s->q.bind_int64(st, 1, id);
	int got = s->q.step(st);
	if (got == SQLITE_ROW)
		return st;
	if (got == SQLITE_DONE)
		err_set(err, ERR_NOT_FOUND, "%s: the car is not there any more: its file was imported again", s->path);
	else
		store_failed(s, "reading", err);
	s->q.finalize(st);
	return NULL;
}

/* A stream for the window, without samples yet. All of a car's moments must be there when all are wanted. */
static struct tel_stream *prepare(struct tel_store *s, int64_t id, int64_t from_ms, int64_t to_ms, uint32_t *n,
				  struct err *err)
{
	sqlite3_stmt *st = find_car(s, id, err);
	struct tel_stream *out = NULL;
	uint32_t channels = st ? (uint32_t)s->q.column_int64(st, 11) & ((1u << TEL_CHANNELS) - 1) : 0;
	bool whole = from_ms == INT64_MIN && to_ms == INT64_MAX;

	if (st && count_ticks(s, id, from_ms, to_ms, n, err)) {
		if (whole && *n != s->q.column_int64(st, TICKS_COLUMN))
			store_damaged(s, err);
		else
			out = tel_stream_new(*n, channels, err);
	}
	if (out && !read_car(s, st, 0, out->arena, &out->car)) {
		tel_stream_free(out);
		out = NULL;
		err_set(err, ERR_NOMEM, "%s: no memory for the samples", s->path);
	}
	s->q.finalize(st);
	return out;
}

static struct tel_stream *read_window(struct tel_store *s, int64_t id, int64_t from_ms, int64_t to_ms, struct err *err)
{
	uint32_t n = 0;
	struct tel_stream *out = prepare(s, id, from_ms, to_ms, &n, err);
	sqlite3_stmt *st =
		out ? window(s,
			     "SELECT shift, t_from, t_to, n, data FROM stretch WHERE car = ?1 AND t_to >= ?2 AND "
			     "t_from <= ?3 ORDER BY t_from",
			     id, from_ms, to_ms, err)
		    : NULL;
	bool ok = st && read_stretches(s, st, out, n, from_ms, to_ms, err);

	if (out)
		s->q.finalize(st);
	if (ok) {
		tel_stream_trim(out);
		return out;
	}
	tel_stream_free(out);
	return NULL;
}

struct tel_stream *tel_store_read(struct tel_store *s, int64_t id, int64_t from_ms, int64_t to_ms, struct err *err)
{
	struct tel_stream *out = NULL;

	if (store_exec(s, "BEGIN", "reading", err)) {
		out = read_window(s, id, from_ms, to_ms, err);
		s->q.exec(s->db, "COMMIT", NULL, NULL, NULL);
	}
	return out;
}
