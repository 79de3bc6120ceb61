#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "core/telemetry/pack.h"
#include "core/telemetry/spool.h"
#include "core/telemetry/store_db.h"
#include "core/telemetry/store_write.h"

enum { SLICE_MS = 10 * 60 * 1000, HEAP_MAX = 512 * 1024 };

struct tel_writer {
	struct tel_store *s;
	struct arena *arena;
	struct tel_provenance from;
	struct tel_gather *gather;
	struct tel_spool spool;
	struct buf packed;
	bool totals;
	/* While committing */
	int64_t source, car, ticks;
	sqlite3_stmt *insert;
	struct tel_walk walk;
	struct tel_counts *counts;
	int64_t clock[PACK_TICKS_MAX];
	uint16_t lap[PACK_TICKS_MAX];
};

/* --- Ticks in ------------------------------------------------------------------------- */

/* What falls out of the gatherer's windows goes into the spool. */
static bool spool(void *user, uint32_t car, uint32_t piece, struct tel_tick *t, size_t n, struct err *err)
{
	struct tel_writer *w = user;

	while (n > 0) {
		size_t k = tel_pack_fits(t, n);
		struct tel_spooled e = {
			.car = car, .piece = piece, .from = t[0].clock, .to = t[k - 1].clock, .n = (uint32_t)k};
		buf_clear(&w->packed);
		if (!tel_pack(&w->packed, t, k))
			return err_set(err, ERR_NOMEM, "%s: no memory to import", w->s->path);
		if (!tel_spool_add(&w->spool, &e, buf_view(&w->packed), err))
			return false;
		t += k;
		n -= k;
	}
	return true;
}

static int64_t now_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_REALTIME, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static bool copy_provenance(struct tel_writer *w, const struct tel_provenance *from)
{
	w->from = *from;
	w->from.kind = arena_str(w->arena, str_from(from->kind));
	w->from.name = arena_str(w->arena, str_from(from->name));
	if (w->from.taken == 0)
		w->from.taken = now_ms();
	return w->from.kind && w->from.name;
}

struct tel_writer *tel_writer_begin(struct tel_store *s, const struct tel_provenance *from, struct err *err)
{
	struct tel_writer *w = calloc(1, sizeof *w);

	if (w) {
		w->s = s;
		w->spool.fd = -1;
		w->arena = arena_new(1u << 20);
		buf_init(&w->packed, 1u << 20);
	}
	if (!w || !w->arena || !copy_provenance(w, from)) {
		tel_writer_rollback(w);
		err_set(err, ERR_NOMEM, "%s: no memory to import", s->path);
		return NULL;
	}
	w->gather = tel_gather_new(from->name, spool, w, err);
	if (w->gather && tel_spool_open(&w->spool, s->path, err))
		return w;
	tel_writer_rollback(w);
	return NULL;
}

void tel_writer_rollback(struct tel_writer *w)
{
	if (!w)
		return;
	tel_gather_free(w->gather);
	tel_spool_close(&w->spool);
	buf_release(&w->packed);
	arena_free(w->arena);
	free(w);
}

bool tel_writer_add(struct tel_writer *w, const struct tel_who *who, const struct tel_tick *t, bool has_clock,
		    struct err *err)
{
	return tel_gather_tick(w->gather, who, t, has_clock, err);
}

struct tel_gather *tel_writer_gather(struct tel_writer *w)
{
	return w->gather;
}

void tel_writer_totals(struct tel_writer *w, uint64_t rows, uint64_t refused)
{
	w->from.rows = rows;
	w->from.refused = refused;
	w->totals = true;
}

void tel_writer_rename(struct tel_writer *w, const char *name)
{
	const char *copy = arena_str(w->arena, str_from(name));

	if (copy)
		w->from.name = copy;
}

/* --- Stretches into the store ------------------------------------------------------------ */

/* A stretch on its way: where it lies in UTC. */
struct placed {
	const struct tel_spooled *e;
	int64_t shift, from, to;
};

static int by_time(const void *pa, const void *pb)
{
	const struct placed *a = pa, *b = pb;

	if (a->from != b->from)
		return a->from < b->from ? -1 : 1;
	return (a->e->at > b->e->at) - (a->e->at < b->e->at);
}

static int by_arrival(const void *pa, const void *pb)
{
	const struct placed *a = pa, *b = pb;

	return (a->e->at > b->e->at) - (a->e->at < b->e->at);
}

static bool insert(struct tel_writer *w, struct str bytes, int64_t shift, struct err *err)
{
	struct tel_store *s = w->s;
	struct tel_packed head;

	if (!tel_unpack_times(bytes, &head, w->clock, w->lap))
		return err_set(err, ERR_IO, "%s: what was written beside it has changed", s->path);
	for (uint32_t i = 0; i < head.n; i++)
		tel_walk_tick(&w->walk, w->clock[i] + shift, w->lap[i], w->counts);
	w->ticks += head.n;
	s->q.bind_int64(w->insert, 1, w->car);
	s->q.bind_int64(w->insert, 2, head.from + shift);
	s->q.bind_int64(w->insert, 3, head.to + shift);
	s->q.bind_int64(w->insert, 4, head.n);
	s->q.bind_int64(w->insert, 5, shift);
	s->q.bind_blob(w->insert, 6, bytes.p, (int)bytes.n, SQLITE_STATIC);
	return store_step(s, w->insert, "writing", err);
}

static bool insert_spooled(struct tel_writer *w, const struct placed *p, struct err *err)
{
	buf_clear(&w->packed);
	return tel_spool_get(&w->spool, p->e, &w->packed, err) && insert(w, buf_view(&w->packed), p->shift, err);
}

/* Ticks of several stretches that overlap. */
struct heap {
	struct tel_tick *t;
	size_t n, cap;
};

static bool settle_heap(struct tel_writer *w, struct heap *h, struct err *err)
{
	size_t n = tel_ticks_settle(h->t, h->n, w->counts);

	if (n == SIZE_MAX)
		return err_set(err, ERR_NOMEM, "%s: no memory to import", w->s->path);
	h->n = n;
	return true;
}

static bool heap_room(struct tel_writer *w, struct heap *h, size_t more, struct err *err)
{
	size_t cap = h->cap ? h->cap : (size_t)2 * PACK_TICKS_MAX;

	/* A slice holds no more moments than it has milliseconds; what doubles them goes now and then. */
	if (h->n > HEAP_MAX && !settle_heap(w, h, err))
		return false;
	while (cap < h->n + more)
		cap *= 2;
	if (cap == h->cap)
		return true;
	struct tel_tick *wider = realloc(h->t, cap * sizeof *wider);
	if (!wider)
		return err_set(err, ERR_NOMEM, "%s: no memory to import", w->s->path);
	h->t = wider;
	h->cap = cap;
	return true;
}

/* Adds the ticks of a stretch that lie in [from, to), in UTC. */
static bool heap_add(struct tel_writer *w, struct heap *h, const struct placed *p, int64_t from, int64_t to,
		     struct err *err)
{
	buf_clear(&w->packed);
	if (!heap_room(w, h, p->e->n, err) || !tel_spool_get(&w->spool, p->e, &w->packed, err))
		return false;
	if (!tel_unpack(buf_view(&w->packed), h->t + h->n))
		return err_set(err, ERR_IO, "%s: what was written beside it has changed", w->s->path);
	struct tel_tick *to_tick = h->t + h->n;
	for (uint32_t i = 0; i < p->e->n; i++) {
		struct tel_tick *t = &h->t[h->n + i];
		t->clock += p->shift;
		if (t->clock >= from && t->clock < to)
			*to_tick++ = *t;
	}
	h->n = (size_t)(to_tick - h->t);
	return true;
}

static bool insert_heap(struct tel_writer *w, struct heap *h, struct err *err)
{
	const struct tel_tick *t = h->t;
	size_t n;

	if (!settle_heap(w, h, err))
		return false;
	for (n = h->n; n > 0;) {
		size_t k = tel_pack_fits(t, n);
		buf_clear(&w->packed);
		if (!tel_pack(&w->packed, t, k))
			return err_set(err, ERR_NOMEM, "%s: no memory to import", w->s->path);
		if (!insert(w, buf_view(&w->packed), 0, err))
			return false;
		t += k;
		n -= k;
	}
	h->n = 0;
	return true;
}

/* Stretches that overlap are merged slice by slice of time, in the order in which they arrived. */
static bool insert_group(struct tel_writer *w, struct placed *p, size_t n, struct err *err)
{
	struct heap h = {NULL, 0, 0};
	int64_t from = INT64_MAX, to = INT64_MIN;
	bool ok = true;

	if (n == 1)
		return insert_spooled(w, p, err);
	qsort(p, n, sizeof *p, by_arrival);
	for (size_t i = 0; i < n; i++) {
		from = p[i].from < from ? p[i].from : from;
		to = p[i].to > to ? p[i].to : to;
	}
	for (int64_t at = from; ok && at <= to; at += SLICE_MS) {
		for (size_t i = 0; ok && i < n; i++)
			if (p[i].from < at + SLICE_MS && p[i].to >= at)
				ok = heap_add(w, &h, &p[i], at, at + SLICE_MS, err);
		ok = ok && insert_heap(w, &h, err);
	}
	free(h.t);
	return ok;
}

static bool insert_stretches(struct tel_writer *w, struct placed *p, size_t n, struct err *err)
{
	w->walk = (struct tel_walk){.any = false};
	w->ticks = 0;
	if (n > 1)
		qsort(p, n, sizeof *p, by_time);
	for (size_t from = 0; from < n;) {
		size_t end = from + 1;
		int64_t to = p[from].to;
		for (; end < n && p[end].from <= to; end++)
			to = p[end].to > to ? p[end].to : to;
		if (!insert_group(w, p + from, end - from, err))
			return false;
		from = end;
	}
	return true;
}

/* The stretches of a car, placed in UTC by the run that each is of. */
static struct placed *place(struct tel_writer *w, uint32_t car, size_t *n)
{
	const struct tel_clock *c = tel_gather_clock(w->gather, car);
	struct placed *p;

	*n = 0;
	for (size_t i = 0; i < w->spool.n; i++)
		*n += w->spool.entry[i].car == car;
	p = malloc((*n + 1) * sizeof *p);
	*n = 0;
	for (size_t i = 0; p && i < w->spool.n; i++) {
		const struct tel_spooled *e = &w->spool.entry[i];
		if (e->car != car)
			continue;
		int64_t shift = tel_clock_offset(c, tel_clock_run(c, e->piece));
		p[(*n)++] = (struct placed){e, shift, e->from + shift, e->to + shift};
	}
	return p;
}

/* --- Rows of the other tables ---------------------------------------------------------------- */

static sqlite3_stmt *bound(struct tel_writer *w, const char *sql, const char *const *text, int ntext,
			   const int64_t *number, int nnumbers, struct err *err)
{
	sqlite3_stmt *st = store_prepare(w->s, sql, err);

	for (int i = 0; st && i < ntext; i++)
		w->s->q.bind_text(st, i + 1, text[i], -1, SQLITE_STATIC);
	for (int i = 0; st && i < nnumbers; i++)
		w->s->q.bind_int64(st, ntext + i + 1, number[i]);
	return st;
}

static bool run(struct tel_writer *w, const char *sql, const char *const *text, int ntext, const int64_t *number,
		int nnumbers, struct err *err)
{
	sqlite3_stmt *st = bound(w, sql, text, ntext, number, nnumbers, err);
	bool ok = st && store_step(w->s, st, "writing", err);

	w->s->q.finalize(st);
	return ok;
}

static bool remove_old(struct tel_writer *w, struct err *err)
{
	const char *name[] = {w->from.name};

	return run(w,
		   "DELETE FROM stretch WHERE car IN (SELECT car.id FROM car JOIN source ON source.id = car.source "
		   "WHERE "
		   "source.name = ?1)",
		   name, 1, NULL, 0, err) &&
	       run(w, "DELETE FROM car WHERE source IN (SELECT id FROM source WHERE name = ?1)", name, 1, NULL, 0,
		   err) &&
	       run(w, "DELETE FROM source WHERE name = ?1", name, 1, NULL, 0, err);
}

static bool insert_source(struct tel_writer *w, struct err *err)
{
	const struct tel_provenance *p = &w->from;
	const char *text[] = {p->kind, p->name};
	const int64_t number[] = {p->size, p->mtime, p->taken, (int64_t)p->rows, (int64_t)p->refused};

	if (!run(w, "INSERT INTO source(kind, name, size, mtime, taken, rows, refused) VALUES(?,?,?,?,?,?,?)", text, 2,
		 number, 5, err))
		return false;
	w->source = w->s->q.last_insert_rowid(w->s->db);
	return true;
}

static bool insert_car(struct tel_writer *w, const struct tel_car *c, struct err *err)
{
	const char *text[] = {c->chassis, c->number, c->numbers, c->event, c->race};
	const int64_t number[] = {w->source,    c->first_ms, c->last_ms, c->offset_ms,
				  c->has_clock, c->runs,     c->days,    c->channels};

	if (!run(w,
		 "INSERT INTO car(chassis, number, numbers, event, race, source, first_ms, last_ms, offset_ms, "
		 "has_clock, runs, "
		 "days, channels) VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?)",
		 text, 5, number, 8, err))
		return false;
	w->car = w->s->q.last_insert_rowid(w->s->db);
	return true;
}

/* Known only when the stretches are in order. */
static bool update_counts(struct tel_writer *w, const struct tel_counts *c, struct err *err)
{
	const int64_t number[] = {(int64_t)c->rows,
				  (int64_t)c->refused,
				  (int64_t)c->duplicates,
				  (int64_t)c->conflicts,
				  (int64_t)c->backward,
				  (int64_t)c->lap_unknown,
				  (int64_t)c->lap_stale,
				  (int64_t)c->bursts,
				  (int64_t)c->drop_outs,
				  w->ticks,
				  w->car};

	return run(w,
		   "UPDATE car SET rows=?, refused=?, duplicates=?, conflicts=?, backward=?, lap_unknown=?, "
		   "lap_stale=?, bursts=?, "
		   "drop_outs=?, ticks=? WHERE id=?",
		   NULL, 0, number, 11, err);
}

static bool write_car(struct tel_writer *w, uint32_t car, struct err *err)
{
	struct tel_car c;
	size_t n = 0;
	struct placed *p = place(w, car, &n);
	bool ok = (p && tel_gather_car(w->gather, car, w->arena, &c)) ||
		  err_set(err, ERR_NOMEM, "%s: no memory to import", w->s->path);

	w->counts = tel_gather_counts(w->gather, car);
	ok = ok && insert_car(w, &c, err) && insert_stretches(w, p, n, err) && update_counts(w, w->counts, err);
	free(p);
	return ok;
}

static bool write_all(struct tel_writer *w, struct err *err)
{
	if (!remove_old(w, err) || !insert_source(w, err))
		return false;
	w->insert =
		store_prepare(w->s, "INSERT INTO stretch(car, t_from, t_to, n, shift, data) VALUES(?,?,?,?,?,?)", err);
	bool ok = w->insert != NULL;
	for (uint32_t i = 0; ok && i < tel_gather_cars(w->gather); i++)
		ok = write_car(w, i, err);
	w->s->q.finalize(w->insert);
	w->insert = NULL;
	return ok;
}

bool tel_writer_write(struct tel_writer *w, struct err *err)
{
	struct tel_store *s = w->s;
	bool ok = tel_gather_finish(w->gather, err) && tel_spool_flush(&w->spool, err);

	if (ok && !w->totals) {
		w->from.rows = tel_gather_rows(w->gather);
		w->from.refused = tel_gather_refused(w->gather);
	}
	ok = ok && store_exec(s, "BEGIN IMMEDIATE", "writing", err);
	if (ok) {
		ok = write_all(w, err) && store_exec(s, "COMMIT", "writing", err);
		if (!ok)
			s->q.exec(s->db, "ROLLBACK", NULL, NULL, NULL);
	}
	return ok;
}

bool tel_writer_commit(struct tel_writer *w, struct err *err)
{
	bool ok = tel_writer_write(w, err);

	tel_writer_rollback(w);
	return ok;
}
