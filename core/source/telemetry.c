#include "core/source/telemetry.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "core/source/telemetry_rank.h"
#include "core/telemetry/store.h"

struct file {
	const char *path;
	int64_t size, mtime;
	struct tel_raw *raw; /* opened when it is first needed */
	bool unreadable;
};

struct telemetry {
	struct arena *arena;
	enum telemetry_only only;
	struct file *file;
	uint32_t nfiles;
	const char *store_path;
	struct tel_store *store;
	struct err trouble;
};

static bool no_memory(struct err *err)
{
	return err_set(err, ERR_NOMEM, "no memory for telemetry");
}

/* --- Opening ------------------------------------------------------------------------------ */

static bool note_files(struct telemetry *t, const struct dataset *d)
{
	t->file = ARENA_ARRAY(t->arena, d->files.n, struct file);
	for (uint32_t i = 0; t->file && i < d->files.n; i++) {
		const struct file_entry *e = &d->files.at[i];
		if (e->role != ROLE_TELEMETRY)
			continue;
		struct file *f = &t->file[t->nfiles++];
		f->path = arena_str(t->arena, str_from(e->path));
		f->size = e->size;
		f->mtime = e->mtime;
		if (!f->path)
			return false;
	}
	return t->file != NULL;
}

static bool uses_store(const struct telemetry *t)
{
	return t->only != TELEMETRY_CSV && t->only != TELEMETRY_JSON;
}

static bool uses_files(const struct telemetry *t)
{
	return t->only != TELEMETRY_STORE && t->only != TELEMETRY_SNOWFLAKE;
}

struct telemetry *telemetry_open(const struct dataset *d, const char *store, enum telemetry_only only, struct err *err)
{
	struct telemetry *t = calloc(1, sizeof *t);

	if (t)
		t->arena = arena_new(16u << 20);
	if (!t || !t->arena || !note_files(t, d) ||
	    (store && !(t->store_path = arena_str(t->arena, str_from(store))))) {
		telemetry_close(t);
		no_memory(err);
		return NULL;
	}
	t->only = only;
	return t;
}

void telemetry_close(struct telemetry *t)
{
	if (!t)
		return;
	for (uint32_t i = 0; i < t->nfiles; i++)
		tel_raw_close(t->file[i].raw);
	tel_store_close(t->store);
	arena_free(t->arena);
	free(t);
}

const char *telemetry_trouble(const struct telemetry *t)
{
	return t->trouble.msg;
}

/* The store, when there is one that can be read. */
static struct tel_store *store_of(struct telemetry *t)
{
	struct err why = {.code = ERR_NONE};

	if (!t->store && t->store_path && uses_store(t))
		t->store = tel_store_open(t->store_path, TEL_STORE_READ, NULL, &why);
	if (why.code != ERR_NONE && why.code != ERR_NOT_FOUND)
		t->trouble = why;
	return t->store;
}

static struct tel_raw *raw_of(struct telemetry *t, uint32_t i)
{
	struct file *f = &t->file[i];

	if (!f->raw && !f->unreadable) {
		f->raw = tel_raw_open(f->path, &t->trouble);
		f->unreadable = f->raw == NULL;
	}
	if (!f->raw)
		return NULL;
	bool json = tel_raw_shape(f->raw) == TEL_JSON;
	return (t->only == TELEMETRY_CSV && json) || (t->only == TELEMETRY_JSON && !json) ? NULL : f->raw;
}

/* --- Candidates ------------------------------------------------------------------------------ */

struct list {
	struct telemetry_car *at;
	int *rank;
	uint32_t n, cap;
};

static bool same_car(const struct tel_car *a, const struct tel_car *b)
{
	if (a->chassis[0] || b->chassis[0])
		return strcmp(a->chassis, b->chassis) == 0;
	return strcmp(telemetry_unpadded(a->number), telemetry_unpadded(b->number)) == 0;
}

/* A number that the store has without chassis (a query) and a file with: one car, if the numbers agree. */
static bool may_be_same(const struct tel_car *a, const struct tel_car *b)
{
	bool both = a->chassis[0] && b->chassis[0];

	return both ? same_car(a, b)
		    : strcmp(telemetry_unpadded(a->number), telemetry_unpadded(b->number)) == 0 && a->number[0];
}

/* The sources come in the order of who owns what: a later one gets a car only when it is likelier to be of this session. */
static bool offer(struct list *l, struct arena *a, const struct telemetry_car *c, int rank)
{
	for (uint32_t i = 0; i < l->n; i++) {
		if (!may_be_same(&l->at[i].car, &c->car))
			continue;
		if (rank > l->rank[i]) {
			l->at[i] = *c;
			l->rank[i] = rank;
		}
		return true;
	}
	if (l->n == l->cap) {
		uint32_t cap = l->cap ? l->cap * 2 : 32;
		struct telemetry_car *at = ARENA_ARRAY(a, cap, struct telemetry_car);
		int *ranks = ARENA_ARRAY(a, cap, int);
		if (!at || !ranks)
			return false;
		if (l->n > 0) {
			memcpy(at, l->at, l->n * sizeof *at);
			memcpy(ranks, l->rank, l->n * sizeof *ranks);
		}
		*l = (struct list){at, ranks, l->n, cap};
	}
	l->at[l->n] = *c;
	l->rank[l->n++] = rank;
	return true;
}

static bool copy_text(struct arena *a, const char **text)
{
	*text = arena_str(a, str_from(*text));
	return *text != NULL;
}

static bool copy_car(struct arena *a, struct telemetry_car *c)
{
	struct tel_car *k = &c->car;

	return copy_text(a, &k->chassis) && copy_text(a, &k->number) && copy_text(a, &k->numbers) &&
	       copy_text(a, &k->event) && copy_text(a, &k->race) && copy_text(a, &c->name);
}

/* Was the file that this came from written again since? */
static bool outdated(const struct tel_provenance *p)
{
	struct stat st;

	return p->size > 0 && stat(p->name, &st) == 0 && (st.st_size != p->size || st.st_mtime != p->mtime);
}

static bool from_store(struct telemetry *t, const struct session *s, struct arena *a, struct list *l, struct err *err)
{
	struct tel_store *store = store_of(t);
	struct err why = {.code = ERR_NONE};
	struct tel_store_list *have = store ? tel_store_cars(store, &why) : NULL;
	bool ok = true;

	if (store && !have)
		t->trouble = why;
	for (uint32_t i = 0; have && ok && i < have->ncars; i++) {
		const struct tel_store_car *c = &have->car[i];
		const struct tel_provenance *p = c->from;
		bool fetched = strcmp(p->kind, "snowflake") == 0;
		int rank = telemetry_rank(p->name, &c->car, s);
		if (rank < 0 || outdated(p) || (t->only == TELEMETRY_SNOWFLAKE && !fetched))
			continue;
		struct telemetry_car k = {.car = c->car,
					  .source = fetched ? "snowflake" : "store",
					  .name = p->name,
					  .as_of = fetched ? p->taken : p->mtime * 1000,
					  .rows = p->rows,
					  .refused = p->refused,
					  .in_store = true,
					  .id = c->id};
		ok = (copy_car(a, &k) && offer(l, a, &k, rank)) || no_memory(err);
	}
	tel_store_list_free(have);
	return ok;
}

static struct telemetry_car of_file(const struct telemetry *t, uint32_t i, const struct tel_car *car)
{
	const struct file *f = &t->file[i];

	return (struct telemetry_car){.car = *car,
				      .source = tel_raw_shape(f->raw) == TEL_JSON ? "json" : "csv",
				      .name = f->path,
				      .as_of = f->mtime * 1000,
				      .rows = tel_raw_rows(f->raw),
				      .refused = tel_raw_refused(f->raw),
				      .file = i};
}

static bool from_file(struct telemetry *t, uint32_t i, const struct session *s, const struct tel_run *run,
		      struct arena *a, struct list *l, struct err *err)
{
	struct err why = {.code = ERR_NONE};
	const struct tel_car *cars;
	struct tel_raw *raw = telemetry_rank(t->file[i].path, NULL, s) < 0 ? NULL : raw_of(t, i);
	uint32_t n = 0;
	bool ok = true;

	if (!raw)
		return true;
	if (!tel_raw_cars(raw, run, &cars, &n, &why)) {
		t->trouble = why;
		if (err)
			*err = why;
		return why.code != ERR_CANCELLED && why.code != ERR_NOMEM;
	}
	for (uint32_t k = 0; ok && k < n; k++) {
		int rank = telemetry_rank(t->file[i].path, &cars[k], s);
		struct telemetry_car c = of_file(t, i, &cars[k]);
		if (rank >= 0 && cars[k].channels)
			ok = (copy_car(a, &c) && offer(l, a, &c, rank)) || no_memory(err);
	}
	return ok;
}

static int by_number(const void *pa, const void *pb)
{
	const struct telemetry_car *a = pa, *b = pb;
	int c = str_cmp_natural(str_from(a->car.number), str_from(b->car.number));

	return c ? c : str_cmp_natural(str_from(a->car.chassis), str_from(b->car.chassis));
}

/* Is every file in the store as it is now? Then none need be read to know its cars. */
static bool stored(const struct telemetry *t, const struct list *l, uint32_t file)
{
	char real[4096];
	const char *path = t->file[file].path;
	bool full = realpath(path, real) != NULL;

	for (uint32_t i = 0; i < l->n; i++)
		if (l->at[i].in_store && strcmp(l->at[i].name, full ? real : path) == 0)
			return true;
	return false;
}

bool telemetry_cars(struct telemetry *t, const struct session *s, const struct tel_run *run, struct arena *a,
		    struct telemetry_car **out, uint32_t *n, struct err *err)
{
	struct list l = {.n = 0};

	t->trouble.msg[0] = '\0';
	if (!from_store(t, s, a, &l, err))
		return false;
	for (int json = 0; uses_files(t) && json < 2; json++) { /* tables before JSON */
		for (uint32_t i = 0; i < t->nfiles; i++) {
			const char *dot = strrchr(t->file[i].path, '.');
			bool is_json = dot && str_eq_nocase(str_from(dot), STR(".json"));
			if (is_json != json || stored(t, &l, i))
				continue;
			if (!from_file(t, i, s, run, a, &l, err))
				return false;
		}
	}
	if (l.n > 1)
		qsort(l.at, l.n, sizeof *l.at, by_number);
	*out = l.at;
	*n = l.n;
	return true;
}

const struct telemetry_car *telemetry_find(const struct telemetry_car *list, uint32_t n, const char *car)
{
	for (uint32_t i = 0; i < n; i++)
		if (strcmp(list[i].car.number, car) == 0)
			return &list[i];
	for (uint32_t i = 0; i < n; i++)
		if (strcmp(telemetry_unpadded(list[i].car.number), telemetry_unpadded(car)) == 0)
			return &list[i];
	for (uint32_t i = 0; i < n; i++)
		if (list[i].car.chassis[0] && str_eq_nocase(str_from(list[i].car.chassis), str_from(car)))
			return &list[i];
	return NULL;
}

/* --- Samples ------------------------------------------------------------------------------------- */

static bool read_stored(struct telemetry *t, const struct telemetry_car *const *cars, uint32_t n, int64_t from_ms,
			int64_t to_ms, struct tel_stream **out, struct err *err)
{
	for (uint32_t i = 0; i < n; i++) {
		if (!cars[i]->in_store)
			continue;
		if (!store_of(t))
			return err_set(err, ERR_IO, "%s: the store cannot be read any more", t->store_path);
		out[i] = tel_store_read(t->store, cars[i]->id, from_ms, to_ms, err);
		if (!out[i])
			return false;
	}
	return true;
}

/* All wanted cars of one file, in one pass. */
static bool read_file(struct telemetry *t, uint32_t file, const struct telemetry_car *const *cars, uint32_t n,
		      int64_t from_ms, int64_t to_ms, const struct tel_run *run, struct tel_stream **out,
		      struct err *err)
{
	struct tel_want *want = malloc((n + 1) * sizeof *want);
	struct tel_stream **got = calloc(n + 1, sizeof(struct tel_stream *));
	uint32_t k = 0;
	bool ok = (want && got) || no_memory(err);

	for (uint32_t i = 0; ok && i < n; i++)
		if (!cars[i]->in_store && cars[i]->file == file)
			want[k++] = (struct tel_want){cars[i]->car.chassis, cars[i]->car.number, from_ms, to_ms, true};
	ok = ok && (k == 0 || tel_raw_read(t->file[file].raw, want, k, got, run, err));
	k = 0;
	for (uint32_t i = 0; ok && i < n; i++)
		if (!cars[i]->in_store && cars[i]->file == file)
			out[i] = got[k++];
	free(want);
	free(got);
	return ok;
}

bool telemetry_read(struct telemetry *t, const struct telemetry_car *const *cars, uint32_t n, int64_t from_ms,
		    int64_t to_ms, const struct tel_run *run, struct tel_stream **out, struct err *err)
{
	for (uint32_t i = 0; i < n; i++)
		out[i] = NULL;
	bool ok = read_stored(t, cars, n, from_ms, to_ms, out, err);
	for (uint32_t f = 0; ok && f < t->nfiles; f++)
		if (t->file[f].raw)
			ok = read_file(t, f, cars, n, from_ms, to_ms, run, out, err);
	for (uint32_t i = 0; !ok && i < n; i++) {
		tel_stream_free(out[i]);
		out[i] = NULL;
	}
	return ok;
}

/* --- The one question ------------------------------------------------------------------------------- */

static bool found(struct telemetry_got *g, struct telemetry *t, uint32_t file, struct tel_stream *s, struct arena *a)
{
	g->from = of_file(t, file, &s->car);
	g->stream = s;
	return copy_car(a, &g->from);
}

/* The session's only raw file, where the store has nothing: by number, in one pass. *done false: it must be asked another way. */
static bool straight(struct telemetry *t, uint32_t file, const char *const *cars, uint32_t n, int64_t from_ms,
		     int64_t to_ms, const struct tel_run *run, struct arena *a, struct telemetry_got *got, bool *done,
		     struct err *err)
{
	struct tel_want *want = ARENA_ARRAY(a, n, struct tel_want);
	struct tel_stream **s = ARENA_ARRAY(a, n, struct tel_stream *);
	struct err why = {.code = ERR_NONE};
	bool ok = true;

	if (!want || !s)
		return no_memory(err);
	for (uint32_t i = 0; i < n; i++)
		want[i] = (struct tel_want){"", cars[i], from_ms, to_ms, false};
	if (!tel_raw_read(t->file[file].raw, want, n, s, run, &why)) {
		if (why.code == ERR_USAGE) /* a number of several cars */
			return true;
		if (err)
			*err = why;
		return false;
	}
	*done = true;
	for (uint32_t i = 0; i < n; i++)
		*done = *done && s[i]->n > 0;
	for (uint32_t i = 0; i < n; i++) {
		if (*done && ok)
			ok = found(&got[i], t, file, s[i], a) || no_memory(err);
		else
			tel_stream_free(s[i]);
	}
	return ok;
}

/* The one file that can be about the session; false: none, or several. */
static bool only_file(struct telemetry *t, const struct session *s, uint32_t *file)
{
	uint32_t n = 0;

	for (uint32_t i = 0; uses_files(t) && i < t->nfiles; i++) {
		if (telemetry_rank(t->file[i].path, NULL, s) < 0)
			continue;
		*file = i;
		n++;
	}
	return n == 1 && raw_of(t, *file);
}

static bool from_list(struct telemetry *t, const struct session *s, const char *const *cars, uint32_t n,
		      int64_t from_ms, int64_t to_ms, const struct tel_run *run, struct arena *a,
		      struct telemetry_got *got, struct err *err)
{
	struct telemetry_car *list;
	const struct telemetry_car **wanted = ARENA_ARRAY(a, n, const struct telemetry_car *);
	struct tel_stream **streams = ARENA_ARRAY(a, n, struct tel_stream *);
	uint32_t have, k = 0;

	if (!wanted || !streams)
		return no_memory(err);
	if (!telemetry_cars(t, s, run, a, &list, &have, err))
		return false;
	for (uint32_t i = 0; i < n; i++)
		if ((wanted[k] = telemetry_find(list, have, cars[i])) != NULL)
			k++;
	if (!telemetry_read(t, wanted, k, from_ms, to_ms, run, streams, err))
		return false;
	k = 0;
	for (uint32_t i = 0; i < n; i++) {
		const struct telemetry_car *c = telemetry_find(list, have, cars[i]);
		if (!c)
			continue;
		got[i].from = *c;
		got[i].stream = streams[k++];
	}
	return true;
}

bool telemetry_get(struct telemetry *t, const struct session *s, const char *const *cars, uint32_t n, int64_t from_ms,
		   int64_t to_ms, const struct tel_run *run, struct arena *a, struct telemetry_got *got,
		   struct err *err)
{
	uint32_t file = 0;
	struct list stored_cars = {.n = 0};
	bool done = false;

	t->trouble.msg[0] = '\0';
	for (uint32_t i = 0; i < n; i++)
		got[i] = (struct telemetry_got){.stream = NULL};
	if (n == 0)
		return true;
	if (!from_store(t, s, a, &stored_cars, err))
		return false;
	if (stored_cars.n == 0 && only_file(t, s, &file) &&
	    !straight(t, file, cars, n, from_ms, to_ms, run, a, got, &done, err))
		return false;
	return done || from_list(t, s, cars, n, from_ms, to_ms, run, a, got, err);
}
