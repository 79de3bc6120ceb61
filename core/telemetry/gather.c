#include "core/telemetry/gather.h"

#include "core/base/buf.h"
#include "core/telemetry/rows.h"

#include <stdlib.h>
#include <string.h>

enum { DAYS_KEPT = 32, BURST_MS = 1, BURST_MOVES_MS = 20 };
#define DAY_MS INT64_C(86400000)

struct gathered {
	struct str chassis, key; /* key: the chassis, else the number */
	struct tel_counts counts;
	int64_t first, last;
	uint32_t channels;
	bool has_clock;
	struct tel_clock *clock;
	struct tel_tick *window;
	size_t n, cap;
	uint32_t piece; /* of the window */
	int64_t clock_before, meta_before;
	uint16_t lap_before;
	bool any, in_burst;
	int64_t day[DAYS_KEPT];
	uint32_t ndays;
};

struct tel_gather {
	const char *name;
	tel_flush_fn *flush;
	void *user;
	struct arena *arena;
	struct tel_idents *idents;
	uint32_t car_of[TEL_IDENTS_MAX];
	struct gathered *car[TEL_CARS_MAX];
	uint32_t ncars;
	size_t held;
	uint64_t lines, rows, refused;
	struct diag_list problems;
	bool finished;
};

struct tel_gather *tel_gather_new(const char *name, tel_flush_fn *flush, void *user, struct err *err)
{
	struct tel_gather *g = calloc(1, sizeof *g);

	if (g) {
		g->arena = arena_new(64u << 20);
		g->idents = tel_idents_new();
	}
	if (!g || !g->arena || !g->idents || !(g->name = arena_str(g->arena, str_from(name)))) {
		tel_gather_free(g);
		err_set(err, ERR_NOMEM, "%s: no memory to read telemetry", name);
		return NULL;
	}
	g->flush = flush;
	g->user = user;
	return g;
}

void tel_gather_free(struct tel_gather *g)
{
	if (!g)
		return;
	for (uint32_t i = 0; i < g->ncars; i++) {
		tel_clock_free(g->car[i]->clock);
		free(g->car[i]->window);
		free(g->car[i]);
	}
	tel_idents_free(g->idents);
	arena_free(g->arena);
	free(g);
}

void tel_gather_starts_at(struct tel_gather *g, uint64_t line)
{
	g->lines = line;
}

static bool no_memory(const struct tel_gather *g, struct err *err)
{
	return err_set(err, ERR_NOMEM, "%s: no memory for its telemetry", g->name);
}

/* --- Whose ------------------------------------------------------------------------- */

static struct str number_of(const struct tel_who *who)
{
	struct str chassis, number;

	tel_vehicle_split(who->vehicle, &chassis, &number);
	return who->number.n > 0 ? who->number : number;
}

static struct gathered *new_car(struct tel_gather *g, struct str chassis, struct str key)
{
	struct gathered *c = g->ncars < TEL_CARS_MAX ? calloc(1, sizeof *c) : NULL;

	if (!c || !(c->clock = tel_clock_new())) {
		free(c);
		return NULL;
	}
	c->chassis = chassis;
	c->key = key;
	c->lap_before = TEL_NO_LAP;
	g->car[g->ncars++] = c;
	return c;
}

/* The car of an ident that has just been met. */
static bool find_car(struct tel_gather *g, uint32_t ident, struct err *err)
{
	const struct tel_who *who = &tel_ident(g->idents, ident)->who;
	struct str chassis, number;

	tel_vehicle_split(who->vehicle, &chassis, &number);
	struct str key = chassis.n > 0 ? chassis : number_of(who);
	for (uint32_t i = 0; i < g->ncars; i++) {
		if ((chassis.n > 0) == (g->car[i]->chassis.n > 0) && str_eq(g->car[i]->key, key)) {
			g->car_of[ident] = i;
			return true;
		}
	}
	if (g->ncars == TEL_CARS_MAX)
		return err_set(err, ERR_FORMAT,
			       "%s: names more than %d cars: the columns cannot be what they are called", g->name,
			       TEL_CARS_MAX);
	g->car_of[ident] = g->ncars;
	return new_car(g, chassis, key) || no_memory(g, err);
}

static uint32_t ident_of(struct tel_gather *g, const struct tel_who *who, struct err *err)
{
	uint32_t before = tel_idents_count(g->idents), i = tel_idents_get(g->idents, who);

	if (i == TEL_NO_IDENT) {
		err_set(err, ERR_FORMAT, "%s: names cars in too many ways, or too long ones", g->name);
		return i;
	}
	return i < before || find_car(g, i, err) ? i : TEL_NO_IDENT;
}

/* --- The window --------------------------------------------------------------------- */

static bool hand_on(struct tel_gather *g, uint32_t car, struct tel_tick *t, size_t n, struct err *err)
{
	return n == 0 || g->flush(g->user, car, g->car[car]->piece, t, n, err);
}

static bool settle(struct tel_gather *g, struct gathered *c, struct err *err)
{
	size_t n = tel_ticks_settle(c->window, c->n, &c->counts);

	if (n == SIZE_MAX)
		return no_memory(g, err);
	g->held -= c->n - n;
	c->n = n;
	return true;
}

static bool empty(struct tel_gather *g, uint32_t car, struct err *err)
{
	struct gathered *c = g->car[car];

	if (!settle(g, c, err) || !hand_on(g, car, c->window, c->n, err))
		return false;
	g->held -= c->n;
	c->n = 0;
	return true;
}

/* The window is full: three quarters go, those that lie farther from where the file is now. */
static bool make_room(struct tel_gather *g, uint32_t car, struct err *err)
{
	struct gathered *c = g->car[car];

	if (!settle(g, c, err))
		return false;
	if (c->n < GATHER_WINDOW / 2)
		return true;
	size_t stay = c->n / 4, go = c->n - stay;
	int64_t low = c->clock_before - c->window[0].clock, high = c->window[c->n - 1].clock - c->clock_before;
	bool falling = low < high;
	if (!hand_on(g, car, falling ? c->window + stay : c->window, go, err))
		return false;
	if (!falling)
		memmove(c->window, c->window + go, stay * sizeof *c->window);
	c->n = stay;
	g->held -= go;
	return true;
}

static bool grow(struct gathered *c)
{
	size_t cap = c->cap ? c->cap * 4 : 64;
	struct tel_tick *wider = realloc(c->window, cap * sizeof *wider);

	if (!wider)
		return false;
	c->window = wider;
	c->cap = cap;
	return true;
}

static bool empty_all(struct tel_gather *g, struct err *err)
{
	for (uint32_t i = 0; i < g->ncars; i++) {
		if (!empty(g, i, err))
			return false;
		free(g->car[i]->window);
		g->car[i]->window = NULL;
		g->car[i]->cap = 0;
	}
	return true;
}

static bool keep(struct tel_gather *g, uint32_t car, const struct tel_tick *t, struct err *err)
{
	struct gathered *c = g->car[car];

	if (g->held >= GATHER_HELD_MAX && !empty_all(g, err))
		return false;
	if (c->n == GATHER_WINDOW && !make_room(g, car, err))
		return false;
	if (c->n == c->cap && !grow(c))
		return no_memory(g, err);
	c->window[c->n++] = *t;
	g->held++;
	return true;
}

/* --- A tick ------------------------------------------------------------------------- */

static void note_day(struct gathered *c, int64_t meta)
{
	int64_t day = meta / DAY_MS;

	for (uint32_t i = c->ndays; i-- > 0;)
		if (c->day[i] == day)
			return;
	if (c->ndays < DAYS_KEPT)
		c->day[c->ndays++] = day;
}

static void note_arrival(struct gathered *c, const struct tel_tick *t, bool has_clock)
{
	int64_t moved = t->clock - c->clock_before, later = t->meta - c->meta_before;

	if (c->any && has_clock) {
		c->counts.backward += moved < 0;
		/* A moment that two pieces of the file share comes in two parts. */
		c->in_burst = later >= -BURST_MS && later <= BURST_MS &&
			      (moved >= BURST_MOVES_MS || (moved == 0 && c->in_burst));
		c->counts.bursts += c->in_burst ? t->rows : 0;
	}
	if (!c->any || t->meta < c->first)
		c->first = t->meta;
	if (!c->any || t->meta > c->last)
		c->last = t->meta;
	c->any = true;
	c->has_clock |= has_clock;
	c->clock_before = t->clock;
	c->meta_before = t->meta;
	c->channels |= t->mask;
	note_day(c, t->meta);
}

static bool take_tick(struct tel_gather *g, uint32_t car, struct tel_tick *t, bool has_clock, bool outside,
		      struct err *err)
{
	struct gathered *c = g->car[car];
	uint32_t piece = tel_clock_feed(c->clock, t->clock, t->meta);

	if (piece == UINT32_MAX)
		return no_memory(g, err);
	if (piece != c->piece && !empty(g, car, err))
		return false;
	c->piece = piece;
	if (outside)
		return true;
	if (t->lap == BATCH_LAP_SAME)
		t->lap = c->lap_before;
	c->lap_before = t->lap;
	note_arrival(c, t, has_clock);
	return t->mask == 0 || keep(g, car, t, err);
}

static void add_counts(struct tel_counts *to, const struct tel_counts *c)
{
	to->rows += c->rows;
	to->refused += c->refused;
	to->duplicates += c->duplicates;
	to->conflicts += c->conflicts;
	to->lap_unknown += c->lap_unknown;
}

static bool map_idents(struct tel_gather *g, struct tel_batch *b, struct err *err)
{
	uint32_t n = tel_idents_count(b->idents);

	for (uint32_t i = b->nmap; i < n; i++) {
		if (i >= b->map_cap) {
			uint32_t cap = n * 2 + 16;
			uint32_t *wider = realloc(b->map, cap * sizeof *wider);
			if (!wider)
				return no_memory(g, err);
			b->map = wider;
			b->map_cap = cap;
		}
		b->map[i] = ident_of(g, &tel_ident(b->idents, i)->who, err);
		if (b->map[i] == TEL_NO_IDENT)
			return false;
		b->nmap = i + 1;
	}
	return true;
}

static bool take_problems(struct tel_gather *g, const struct tel_batch *b, struct err *err)
{
	for (uint32_t i = 0; i < b->nproblems; i++) {
		uint64_t line = g->lines + b->problem[i].line;
		if (!diag_add(&g->problems, g->arena, g->name, line < UINT32_MAX ? (uint32_t)line : 0, "%s",
			      b->problem[i].why))
			return no_memory(g, err);
	}
	g->problems.total += b->refused - b->nproblems;
	g->lines += b->lines;
	g->rows += b->rows;
	g->refused += b->refused;
	return true;
}

bool tel_gather_batch(struct tel_gather *g, struct tel_batch *b, bool has_clock, struct err *err)
{
	if (b->failed)
		return no_memory(g, err);
	if (!map_idents(g, b, err) || !take_problems(g, b, err))
		return false;
	for (uint32_t i = 0; i < b->ncars; i++) {
		tel_ident(g->idents, b->map[i])->rows += b->car[i].counts.rows;
		add_counts(&g->car[g->car_of[b->map[i]]]->counts, &b->car[i].counts);
	}
	for (size_t i = 0; i < b->n; i++) {
		struct tel_batch_tick *t = &b->tick[i];
		if (!take_tick(g, g->car_of[b->map[t->ident]], &t->t, has_clock, t->outside, err))
			return false;
	}
	return true;
}

bool tel_gather_tick(struct tel_gather *g, const struct tel_who *who, const struct tel_tick *t, bool has_clock,
		     struct err *err)
{
	uint32_t ident = ident_of(g, who, err);
	struct tel_tick copy = *t;

	if (ident == TEL_NO_IDENT)
		return false;
	if (copy.lap == 0)
		copy.lap = TEL_NO_LAP;
	struct tel_counts *c = &g->car[g->car_of[ident]]->counts;
	tel_ident(g->idents, ident)->rows += t->rows;
	g->rows += t->rows;
	c->rows += t->rows;
	c->lap_unknown += copy.lap == TEL_NO_LAP ? t->rows : 0;
	return take_tick(g, g->car_of[ident], &copy, has_clock, false, err);
}

bool tel_gather_finish(struct tel_gather *g, struct err *err)
{
	if (g->finished)
		return true;
	g->finished = true;
	for (uint32_t i = 0; i < g->ncars; i++)
		if (!empty(g, i, err) || !(tel_clock_finish(g->car[i]->clock) || no_memory(g, err)))
			return false;
	return true;
}

/* --- Telling ------------------------------------------------------------------------- */

uint64_t tel_gather_rows(const struct tel_gather *g)
{
	return g->rows;
}

uint64_t tel_gather_refused(const struct tel_gather *g)
{
	return g->refused;
}

const struct diag_list *tel_gather_problems(const struct tel_gather *g)
{
	return &g->problems;
}

uint32_t tel_gather_cars(const struct tel_gather *g)
{
	return g->ncars;
}

const struct tel_clock *tel_gather_clock(const struct tel_gather *g, uint32_t car)
{
	return g->car[car]->clock;
}

struct tel_counts *tel_gather_counts(struct tel_gather *g, uint32_t car)
{
	return &g->car[car]->counts;
}

bool tel_gather_is(const struct tel_gather *g, uint32_t car, const char *chassis, const char *number, bool exact)
{
	const struct tel_want w = {.chassis = chassis, .number = number, .exact = exact};

	for (uint32_t i = 0; i < tel_idents_count(g->idents); i++)
		if (g->car_of[i] == car && tel_want_is(&w, &tel_ident(g->idents, i)->who))
			return true;
	return false;
}

/* The ident of the car that most rows use among those with (that part) not empty; NULL none. */
static const struct tel_ident *commonest(const struct tel_gather *g, uint32_t car,
					 struct str (*part)(const struct tel_who *))
{
	const struct tel_ident *best = NULL;

	for (uint32_t i = 0; i < tel_idents_count(g->idents); i++) {
		const struct tel_ident *id = tel_ident(g->idents, i);
		if (g->car_of[i] == car && part(&id->who).n > 0 && (!best || id->rows > best->rows))
			best = id;
	}
	return best;
}

static struct str event_of(const struct tel_who *who)
{
	return who->event;
}

static struct str race_of(const struct tel_who *who)
{
	return who->race;
}

static bool has_word(const struct buf *b, struct str word)
{
	for (size_t i = 0; i + word.n <= b->n; i++)
		if ((i == 0 || b->p[i - 1] == ' ') && memcmp(b->p + i, word.p, word.n) == 0 &&
		    (i + word.n == b->n || b->p[i + word.n] == ' '))
			return true;
	return false;
}

static void add_word(struct buf *b, struct str word)
{
	if (word.n == 0 || has_word(b, word))
		return;
	if (b->n > 0)
		buf_char(b, ' ');
	buf_add(b, word.p, word.n);
}

/* Every spelling, the commonest first. */
static const char *spellings(const struct tel_gather *g, uint32_t car, struct str number, struct arena *a)
{
	struct buf b;
	struct str chassis, own;

	buf_init(&b, 64u << 10);
	add_word(&b, number);
	for (uint32_t i = 0; i < tel_idents_count(g->idents); i++) {
		const struct tel_who *who = &tel_ident(g->idents, i)->who;
		if (g->car_of[i] != car)
			continue;
		tel_vehicle_split(who->vehicle, &chassis, &own);
		add_word(&b, who->number);
		add_word(&b, own);
	}
	const char *text = arena_str(a, buf_view(&b));
	buf_release(&b);
	return text;
}

static const char *part_of(const struct tel_gather *g, uint32_t car, struct str (*part)(const struct tel_who *),
			   struct arena *a, struct str *view)
{
	const struct tel_ident *id = commonest(g, car, part);

	*view = id ? part(&id->who) : STR("");
	return arena_str(a, *view);
}

bool tel_gather_car(const struct tel_gather *g, uint32_t car, struct arena *a, struct tel_car *out)
{
	const struct gathered *c = g->car[car];
	struct str number, other;

	*out = (struct tel_car){.first_ms = c->first,
				.last_ms = c->last,
				.has_clock = c->has_clock,
				.runs = tel_clock_runs(c->clock),
				.days = c->ndays,
				.channels = c->channels,
				.counts = c->counts};
	if (c->has_clock && out->runs > 0)
		out->offset_ms = tel_clock_offset(c->clock, tel_clock_longest(c->clock));
	out->chassis = arena_str(a, c->chassis);
	out->number = part_of(g, car, number_of, a, &number);
	out->event = part_of(g, car, event_of, a, &other);
	out->race = part_of(g, car, race_of, a, &other);
	out->numbers = spellings(g, car, number, a);
	return out->chassis && out->number && out->event && out->race && out->numbers;
}
