#include "core/telemetry/raw.h"

#include <stdlib.h>
#include <string.h>

#include "core/telemetry/feed.h"
#include "core/telemetry/stream.h"

struct tel_raw {
	char *path;
	struct tel_input in;
	struct tel_dialect d;
	struct arena *arena; /* of the list and of what the last scan said */
	struct tel_car *cars;
	uint32_t ncars;
	bool listed;
	uint64_t rows, refused;
	struct diag_list problems;
	struct arena *told; /* of problems */
};

struct tel_raw *tel_raw_open(const char *path, struct err *err)
{
	struct tel_raw *r = calloc(1, sizeof *r);

	if (!r || !(r->path = strdup(path)) || !(r->arena = arena_new(64u << 20))) {
		err_set(err, ERR_NOMEM, "%s: no memory to read it", path);
		tel_raw_close(r);
		return NULL;
	}
	r->in.fd = -1;
	if (!tel_input_open(&r->in, r->path, err) ||
	    !tel_dialect_learn(&r->d, r->in.name, r->in.head, r->in.head_n, err)) {
		tel_raw_close(r);
		return NULL;
	}
	return r;
}

void tel_raw_close(struct tel_raw *r)
{
	if (!r)
		return;
	if (r->in.head)
		tel_input_close(&r->in);
	arena_free(r->arena);
	arena_free(r->told);
	free(r->path);
	free(r);
}

enum tel_shape tel_raw_shape(const struct tel_raw *r)
{
	return r->d.shape;
}

const char *tel_shape_name(enum tel_shape s)
{
	static const char *const names[] = {
		[TEL_LONG] = "long", [TEL_REDUCED] = "reduced", [TEL_WIDE] = "wide", [TEL_JSON] = "JSON"};

	return names[s];
}

int64_t tel_raw_size(const struct tel_raw *r)
{
	return r->in.size;
}

int64_t tel_raw_mtime(const struct tel_raw *r)
{
	return r->in.mtime;
}

uint64_t tel_raw_rows(const struct tel_raw *r)
{
	return r->rows;
}

uint64_t tel_raw_refused(const struct tel_raw *r)
{
	return r->refused;
}

const struct diag_list *tel_raw_problems(const struct tel_raw *r)
{
	return &r->problems;
}

/* --- A scan -------------------------------------------------------------------------- */

/* Keeps what the gatherer has to say of rows; it is said also when the scan failed. */
static bool tell(struct tel_raw *r, const struct tel_gather *g, struct err *err)
{
	const struct diag_list *l = tel_gather_problems(g);

	r->rows = tel_gather_rows(g);
	r->refused = tel_gather_refused(g);
	arena_free(r->told);
	r->problems = (struct diag_list){.total = 0};
	r->told = arena_new(4u << 20);
	for (uint32_t i = 0; r->told && i < l->n; i++)
		if (!diag_add(&r->problems, r->told, l->at[i].file, l->at[i].line, "%s", l->at[i].why))
			return err_set(err, ERR_NOMEM, "%s: no memory for what is wrong with it", r->path);
	r->problems.total = l->total;
	return r->told || err_set(err, ERR_NOMEM, "%s: no memory for what is wrong with it", r->path);
}

static bool scan(struct tel_raw *r, struct tel_gather *g, const struct tel_wanted *wanted, const struct tel_run *run,
		 bool plain, struct err *err)
{
	struct tel_feed f = {.in = &r->in, .d = &r->d, .plain = plain, .gather = g, .run = run};

	if (wanted)
		f.wanted = *wanted;
	return tel_feed_run(&f, err) && tell(r, g, err);
}

/* --- The list of cars ------------------------------------------------------------------- */

/* Counts of what only order tells. In a file whose order jumps about it is a lower bound: what lies before what was seen is passed over. */
struct listing {
	struct tel_gather *g;
	struct tel_walk walk[TEL_CARS_MAX];
};

static bool walk_on(void *user, uint32_t car, uint32_t piece, struct tel_tick *t, size_t n, struct err *err)
{
	struct listing *l = user;

	(void)piece;
	(void)err;
	for (size_t i = 0; i < n; i++)
		if (!l->walk[car].any || t[i].clock > l->walk[car].clock)
			tel_walk_tick(&l->walk[car], t[i].clock, t[i].lap, tel_gather_counts(l->g, car));
	return true;
}

static int by_name(const void *pa, const void *pb)
{
	const struct tel_car *a = pa, *b = pb;
	int c = str_cmp_natural(str_from(a->chassis), str_from(b->chassis));

	return c ? c : str_cmp_natural(str_from(a->number), str_from(b->number));
}

static bool keep_list(struct tel_raw *r, const struct tel_gather *g, struct err *err)
{
	uint32_t n = tel_gather_cars(g);

	r->cars = ARENA_ARRAY(r->arena, n, struct tel_car);
	for (uint32_t i = 0; r->cars && i < n; i++)
		if (!tel_gather_car(g, i, r->arena, &r->cars[i]))
			r->cars = NULL;
	if (!r->cars)
		return err_set(err, ERR_NOMEM, "%s: no memory for its cars", r->path);
	if (n > 1)
		qsort(r->cars, n, sizeof *r->cars, by_name);
	r->ncars = n;
	r->listed = true;
	return true;
}

bool tel_raw_cars(struct tel_raw *r, const struct tel_run *run, const struct tel_car **cars, uint32_t *n,
		  struct err *err)
{
	if (!r->listed) {
		struct listing *l = calloc(1, sizeof *l);
		if (!l)
			return err_set(err, ERR_NOMEM, "%s: no memory for its cars", r->path);
		bool ok = (l->g = tel_gather_new(r->path, walk_on, l, err)) != NULL &&
			  scan(r, l->g, NULL, run, false, err) && keep_list(r, l->g, err);
		tel_gather_free(l->g);
		free(l);
		if (!ok)
			return false;
	}
	*cars = r->cars;
	*n = r->ncars;
	return true;
}

/* --- Chosen cars --------------------------------------------------------------------------- */

struct kept { /* of one wish */
	struct tel_tick *t;
	uint32_t *piece;
	size_t n, cap;
};

struct keeping {
	const char *path;
	struct tel_gather *g;
	const struct tel_want *want;
	uint32_t n;
	struct kept *kept;
};

static bool room(struct kept *k, size_t more)
{
	size_t cap = k->cap ? k->cap : 1024;

	if (k->n + more <= k->cap)
		return true;
	while (cap < k->n + more)
		cap *= 2;
	struct tel_tick *t = realloc(k->t, cap * sizeof *t);
	if (t)
		k->t = t;
	uint32_t *piece = t ? realloc(k->piece, cap * sizeof *piece) : NULL;
	if (!piece)
		return false;
	k->piece = piece;
	k->cap = cap;
	return true;
}

static bool keep(void *user, uint32_t car, uint32_t piece, struct tel_tick *t, size_t n, struct err *err)
{
	struct keeping *k = user;

	for (uint32_t w = 0; w < k->n; w++) {
		const struct tel_want *want = &k->want[w];
		struct kept *to = &k->kept[w];
		if (!tel_gather_is(k->g, car, want->chassis, want->number, want->exact))
			continue;
		if (to->n + n > TEL_STREAM_TICKS_MAX)
			return err_set(err, ERR_NOMEM, "%s: car %s has more than %d moments: name a window of time",
				       k->path, want->number ? want->number : "", TEL_STREAM_TICKS_MAX);
		if (!room(to, n))
			return err_set(err, ERR_NOMEM, "%s: no memory for the samples", k->path);
		for (size_t i = 0; i < n; i++) {
			if (t[i].meta < want->from_ms || t[i].meta > want->to_ms)
				continue;
			to->t[to->n] = t[i];
			to->piece[to->n++] = piece;
		}
	}
	return true;
}

/* The car of a wish; *known false: nobody's. */
static bool car_of(const struct keeping *k, uint32_t w, uint32_t *car, bool *known, struct err *err)
{
	*known = false;
	for (uint32_t i = 0; i < tel_gather_cars(k->g); i++) {
		if (!tel_gather_is(k->g, i, k->want[w].chassis, k->want[w].number, k->want[w].exact))
			continue;
		if (*known)
			return err_set(err, ERR_USAGE, "%s: several cars are called %s: name the chassis", k->path,
				       k->want[w].number && *k->want[w].number ? k->want[w].number : "nothing");
		*car = i;
		*known = true;
	}
	return true;
}

/* The car's clock becomes UTC, by the offset of the run that each tick is of. */
static void to_utc(const struct tel_clock *c, struct kept *k)
{
	for (size_t i = 0; i < k->n; i++)
		k->t[i].clock += tel_clock_offset(c, tel_clock_run(c, k->piece[i]));
}

static struct tel_stream *stream_of(struct keeping *k, uint32_t w, struct err *err)
{
	static const struct tel_car nobody = {.chassis = "", .number = "", .numbers = "", .event = "", .race = ""};
	struct kept *kept = &k->kept[w];
	struct tel_counts order = {.rows = 0};
	struct tel_walk walk = {.any = false};
	uint32_t car = 0, mask = 0;
	bool known;

	if (!car_of(k, w, &car, &known, err))
		return NULL;
	if (known)
		to_utc(tel_gather_clock(k->g, car), kept);
	size_t n = tel_ticks_settle(kept->t, kept->n, &order);
	for (size_t i = 0; n != SIZE_MAX && i < n; i++) {
		mask |= kept->t[i].mask;
		tel_walk_tick(&walk, kept->t[i].clock, kept->t[i].lap, &order);
	}
	struct tel_stream *s = n == SIZE_MAX ? NULL : tel_stream_new((uint32_t)n, mask, err);
	if (!s || (known && !tel_gather_car(k->g, car, s->arena, &s->car))) {
		tel_stream_free(s);
		err_set(err, ERR_NOMEM, "%s: no memory for the samples", k->path);
		return NULL;
	}
	if (!known)
		s->car = nobody;
	for (size_t i = 0; i < n; i++)
		tel_stream_put(s, (uint32_t)i, kept->t[i].clock, &kept->t[i]);
	s->n = (uint32_t)n;
	s->car.counts.duplicates += order.duplicates;
	s->car.counts.conflicts += order.conflicts;
	s->car.counts.drop_outs = order.drop_outs;
	s->car.counts.lap_stale = order.lap_stale;
	return s;
}

static bool hand_out(struct keeping *k, struct tel_stream **out, struct err *err)
{
	for (uint32_t i = 0; i < k->n; i++) {
		out[i] = stream_of(k, i, err);
		if (out[i])
			continue;
		while (i-- > 0)
			tel_stream_free(out[i]);
		return false;
	}
	return true;
}

bool tel_raw_read_by(struct tel_raw *r, const struct tel_want *want, uint32_t n, bool plain, struct tel_stream **out,
		     const struct tel_run *run, struct err *err)
{
	struct keeping k = {.path = r->path, .want = want, .n = n, .kept = calloc(n + 1, sizeof *k.kept)};
	struct tel_wanted wanted = {want, n};
	bool ok = k.kept || err_set(err, ERR_NOMEM, "%s: no memory for the samples", r->path);

	ok = ok && (k.g = tel_gather_new(r->path, keep, &k, err)) != NULL && scan(r, k.g, &wanted, run, plain, err) &&
	     hand_out(&k, out, err);
	tel_gather_free(k.g);
	for (uint32_t i = 0; k.kept && i < n; i++) {
		free(k.kept[i].t);
		free(k.kept[i].piece);
	}
	free(k.kept);
	return ok;
}

bool tel_raw_read(struct tel_raw *r, const struct tel_want *want, uint32_t n, struct tel_stream **out,
		  const struct tel_run *run, struct err *err)
{
	return tel_raw_read_by(r, want, n, false, out, run, err);
}
