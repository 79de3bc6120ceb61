#include "core/load/build.h"

#include <math.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* A row as kept: texts are numbers of the text table. No padding, and `line` last: rows are compared as bytes up to it. */
enum text_column { TEXT_NUMBER, TEXT_DRIVER, TEXT_CLASS, TEXT_GROUP, TEXT_TEAM, TEXT_VEHICLE, TEXT_COLUMNS };
struct row {
	uint32_t text[TEXT_COLUMNS];
	ms_t time, sector[SECTORS], mini[MINIS], elapsed, hour, pit_time;
	uint16_t seat, lap, kph, top_speed;
	uint8_t flag, bits, pad[2];
	uint32_t line;
};

/* Every distinct text once. Number 0 is the empty text. */
struct texts {
	struct str *at;
	uint32_t n, cap;
	uint32_t *slot; /* open addressing; 0 is free */
	uint32_t nslots;
};

struct session_build {
	struct session *s;
	const char *path;
	struct row *rows;
	uint32_t nrows, cap;
	struct texts texts;
	uint32_t last[TEXT_COLUMNS]; /* what the row before had: mostly the same again */
	uint32_t refused;
	bool nomem;
};

/* --- Texts ---------------------------------------------------------------- */

static uint64_t mix(uint64_t x)
{
	x += 0x9e3779b97f4a7c15U;
	x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9U;
	x = (x ^ (x >> 27)) * 0x94d049bb133111ebU;
	return x ^ (x >> 31);
}

static uint64_t hash_text(struct str s)
{
	uint64_t h = 0xcbf29ce484222325U;
	for (size_t i = 0; i < s.n; i++)
		h = (h ^ (unsigned char)s.p[i]) * 0x100000001b3U;
	return mix(h);
}

static uint32_t *text_slot(const struct texts *t, struct str s)
{
	uint32_t i = (uint32_t)hash_text(s) & (t->nslots - 1);
	while (t->slot[i] && !str_eq(t->at[t->slot[i]], s))
		i = (i + 1) & (t->nslots - 1);
	return &t->slot[i];
}

static bool texts_widen(struct texts *t)
{
	uint32_t cap = t->cap ? t->cap * 2 : 64;
	struct str *at = realloc(t->at, cap * sizeof *at);
	if (at)
		t->at = at;
	uint32_t *slot = calloc((size_t)cap * 2, sizeof *slot);
	if (!at || !slot) {
		free(slot);
		return false;
	}
	free(t->slot);
	t->slot = slot;
	t->nslots = cap * 2;
	t->cap = cap;
	if (t->n == 0)
		t->at[t->n++] = STR("");
	for (uint32_t i = 1; i < t->n; i++)
		*text_slot(t, t->at[i]) = i;
	return true;
}

static bool text_number(struct session_build *b, struct str s, uint32_t *out)
{
	struct texts *t = &b->texts;
	if (s.n == 0) {
		*out = 0;
		return true;
	}
	uint32_t *slot = text_slot(t, s);
	if (*slot) {
		*out = *slot;
		return true;
	}
	if (t->n == t->cap) {
		if (!texts_widen(t))
			return false;
		slot = text_slot(t, s);
	}
	char *copy = arena_str(b->s->arena, s);
	if (!copy)
		return false;
	t->at[t->n] = (struct str){copy, s.n};
	*out = *slot = t->n++;
	return true;
}

static const char *text_of(const struct session_build *b, uint32_t number)
{
	return b->texts.at[number].p;
}

/* --- Taking rows ---------------------------------------------------------- */

static struct session *session_new(void)
{
	struct arena *a = arena_new(0);
	struct session *s = a ? ARENA_NEW(a, struct session) : NULL;
	if (!s) {
		arena_free(a);
		return NULL;
	}
	s->arena = a;
	s->id = s->track = s->track_name = s->title = s->event = s->aliases = s->date = "";
	s->clock_start = MS_NONE;
	s->weather.air_c = s->weather.track_c = s->weather.humidity = (double)NAN;
	s->weather.pressure_hpa = s->weather.wind_kmh = (double)NAN;
	return s;
}

struct session_build *session_build_new(const char *path, struct err *err)
{
	struct session_build *b = calloc(1, sizeof *b);
	if (b) {
		b->s = session_new();
		b->path = b->s ? arena_strndup(b->s->arena, path, strlen(path)) : NULL;
	}
	if (!b || !b->path || !texts_widen(&b->texts)) {
		session_build_free(b);
		err_set(err, ERR_NOMEM, "%s: out of memory", path);
		return NULL;
	}
	return b;
}

void session_build_free(struct session_build *b)
{
	if (!b)
		return;
	session_free(b->s);
	free(b->texts.at);
	free(b->texts.slot);
	free(b->rows);
	free(b);
}

static bool out_of_memory(const struct session_build *b, struct err *err)
{
	return err_set(err, ERR_NOMEM, "%s: too big: out of memory after %u rows", b->path, (unsigned)b->nrows);
}

static bool room_for_row(struct session_build *b, struct err *err)
{
	if (b->nrows < b->cap)
		return true;
	if (b->nrows >= BUILD_ROWS_MAX)
		return err_set(err, ERR_NOMEM, "%s: more than %d laps", b->path, BUILD_ROWS_MAX);
	uint32_t cap = b->cap ? b->cap * 2 : 512;
	struct row *rows = realloc(b->rows, cap * sizeof *rows);
	if (!rows)
		return out_of_memory(b, err);
	b->rows = rows;
	b->cap = cap;
	return true;
}

static bool same_row(const struct row *a, const struct row *b)
{
	return memcmp(a, b, offsetof(struct row, line)) == 0;
}

bool session_build_row(struct session_build *b, const struct lap_row *row, struct err *err)
{
	if (!room_for_row(b, err))
		return false;
	const struct str text[TEXT_COLUMNS] = {row->number, row->driver, row->class_name,
					       row->group,  row->team,   row->vehicle};
	struct row r = {.time = row->time,
			.elapsed = row->elapsed,
			.hour = row->hour,
			.pit_time = row->pit_time,
			.seat = row->seat,
			.lap = row->lap,
			.kph = row->kph,
			.top_speed = row->top_speed,
			.flag = row->flag,
			.bits = row->bits,
			.line = row->line};
	memcpy(r.sector, row->sector, sizeof r.sector);
	memcpy(r.mini, row->mini, sizeof r.mini);
	for (int i = 0; i < TEXT_COLUMNS; i++) {
		if (!str_eq(text[i], b->texts.at[b->last[i]]) && !text_number(b, text[i], &b->last[i]))
			return out_of_memory(b, err);
		r.text[i] = b->last[i];
	}
	b->s->rows++;
	if (b->nrows > 0 && same_row(&b->rows[b->nrows - 1], &r))
		b->s->duplicate_rows++;
	else
		b->rows[b->nrows++] = r;
	return true;
}

static void refuse(struct session_build *b, uint32_t line, const char *why)
{
	b->refused++;
	if (!diag_add(&b->s->refused, b->s->arena, b->path, line, "%s", why))
		b->nomem = true;
}

void session_build_refuse(struct session_build *b, uint32_t line, const char *why)
{
	b->s->rows++;
	refuse(b, line, why);
}

void session_build_warn(struct session_build *b, uint32_t line, const char *why)
{
	if (!diag_add(&b->s->warnings, b->s->arena, b->path, line, "%s", why))
		b->nomem = true;
}

/* --- Sorting by the clock, dropping duplicates ----------------------------- */

struct key { /* a row's place in time: NUMBER, then ELAPSED (unknown first), then LAP_NUMBER, then line */
	uint32_t number;
	ms_t elapsed;
	uint32_t lap, line, row;
};

static int key_cmp(const void *pa, const void *pb)
{
	const struct key *a = pa, *b = pb;
	if (a->number != b->number)
		return a->number < b->number ? -1 : 1;
	if (a->elapsed != b->elapsed)
		return a->elapsed < b->elapsed ? -1 : 1;
	if (a->lap != b->lap)
		return a->lap < b->lap ? -1 : 1;
	return (a->line > b->line) - (a->line < b->line);
}

/* Files come grouped by car, so there is mostly nothing to sort. */
static void sort_keys(struct key *k, uint32_t n)
{
	for (uint32_t i = 1; i < n; i++) {
		if (key_cmp(&k[i - 1], &k[i]) > 0) {
			qsort(k, n, sizeof *k, key_cmp);
			return;
		}
	}
}

static struct key *make_keys(const struct session_build *b)
{
	struct key *k = malloc(b->nrows * sizeof *k);
	for (uint32_t i = 0; k && i < b->nrows; i++) {
		const struct row *r = &b->rows[i];
		k[i] = (struct key){r->text[TEXT_NUMBER], r->elapsed, r->lap, r->line, i};
	}
	if (k)
		sort_keys(k, b->nrows);
	return k;
}

static bool same_place(const struct key *a, const struct key *b)
{
	return a->number == b->number && a->elapsed == b->elapsed && a->lap == b->lap;
}

/* Is the row of k already among the kept keys just before `end`? Two versions of one crossing are not two laps: the first
 * is kept, the other refused. Without ELAPSED nothing says they are the same crossing: only identical rows are duplicates. */
static bool drop_repeat(struct session_build *b, const struct key *kept, uint32_t end, const struct key *k)
{
	char why[120];
	for (uint32_t i = end; i > 0 && end - i < BUILD_SAME_NUMBER_MAX && same_place(&kept[i - 1], k); i--) {
		if (same_row(&b->rows[kept[i - 1].row], &b->rows[k->row])) {
			b->s->duplicate_rows++;
			return true;
		}
		if (k->elapsed != MS_NONE) {
			snprintf(why, sizeof why,
				 "the same lap with the same ELAPSED stands on line %u with other values",
				 (unsigned)kept[i - 1].line);
			refuse(b, k->line, why);
			return true;
		}
	}
	return false;
}

static uint32_t drop_repeats(struct session_build *b, struct key *k, uint32_t n)
{
	uint32_t kept = 0;
	for (uint32_t i = 0; i < n; i++)
		if (!drop_repeat(b, k, kept, &k[i]))
			k[kept++] = k[i];
	return kept;
}

/* --- Chaining: rows of one NUMBER become cars ------------------------------ */

enum { LAP_SET = 65536 / 8 };
#define NONE    UINT32_MAX
#define WAITING (UINT32_MAX - 1)

struct chain {           /* a car in the making */
	uint32_t number; /* text */
	uint32_t laps;   /* how many */
	uint32_t tail;   /* row with the highest LAP_NUMBER */
	uint32_t first_line;
	ms_t first_elapsed; /* of the row that opened it */
	ms_t at_common;     /* ELAPSED at the last lap all cars of the number have */
	uint32_t rank;      /* 1 the first of its number */
	uint32_t touched;   /* line of the row that joined last without ELAPSED */
};

struct chaining {
	struct session_build *b;
	struct key *k; /* all rows kept, by number and time */
	uint32_t n;
	uint32_t *next; /* per key: the key that follows exactly, or NONE */
	uint32_t *prev;
	uint32_t *chain_of; /* per key; NONE for a refused row */
	struct chain *chains;
	uint32_t nchains, cap;
	uint32_t base;       /* first chain of the number at work */
	unsigned char *sets; /* laps each of its chains has */
	bool untimed;        /* some row of the number at work has no ELAPSED */
};

static const struct row *row_of(const struct chaining *c, uint32_t key)
{
	return &c->b->rows[c->k[key].row];
}

static unsigned char *lap_set(const struct chaining *c, uint32_t chain)
{
	return c->sets + (size_t)(chain - c->base) * LAP_SET;
}

static bool has_lap(const struct chaining *c, uint32_t chain, uint32_t lap)
{
	return lap <= UINT16_MAX && (lap_set(c, chain)[lap >> 3] >> (lap & 7) & 1);
}

static uint32_t open_chain(struct chaining *c, uint32_t key)
{
	if (c->nchains - c->base >= BUILD_SAME_NUMBER_MAX || c->nchains >= BUILD_CARS_MAX)
		return NONE;
	if (c->nchains == c->cap) {
		uint32_t cap = c->cap ? c->cap * 2 : 64;
		struct chain *wider = realloc(c->chains, cap * sizeof *wider);
		if (!wider) {
			c->b->nomem = true;
			return NONE;
		}
		c->chains = wider;
		c->cap = cap;
	}
	const struct row *r = row_of(c, key);
	c->chains[c->nchains] = (struct chain){.number = r->text[TEXT_NUMBER],
					       .tail = c->k[key].row,
					       .first_line = r->line,
					       .first_elapsed = r->elapsed,
					       .at_common = MS_NONE};
	memset(lap_set(c, c->nchains), 0, LAP_SET);
	return c->nchains++;
}

static void join(struct chaining *c, uint32_t chain, uint32_t key)
{
	struct chain *ch = &c->chains[chain];
	const struct row *r = row_of(c, key);
	c->chain_of[key] = chain;
	lap_set(c, chain)[r->lap >> 3] |= (unsigned char)(1U << (r->lap & 7));
	ch->laps++;
	if (r->lap > c->b->rows[ch->tail].lap)
		ch->tail = c->k[key].row;
	if (r->line < ch->first_line)
		ch->first_line = r->line;
}

/* Rule 2: finds for every row the one that was driven right before it. */
static void link_exact(struct chaining *c, uint32_t from, uint32_t to)
{
	for (uint32_t i = from; i < to; i++) {
		const struct row *r = row_of(c, i);
		struct key wanted = {r->text[TEXT_NUMBER], r->elapsed - r->time, r->lap - 1U, 0, 0};
		/* Mostly it is the neighbour; else it is looked up among those before. */
		uint32_t lo = i > from && same_place(&c->k[i - 1], &wanted) ? i - 1 : from, hi = lo == from ? i : lo;
		while (lo < hi) {
			uint32_t mid = lo + (hi - lo) / 2;
			if (key_cmp(&c->k[mid], &wanted) < 0)
				lo = mid + 1;
			else
				hi = mid;
		}
		bool found = r->lap > 1 && lo < i && same_place(&c->k[lo], &wanted) && c->next[lo] == NONE;
		c->prev[i] = found ? lo : NONE;
		if (found)
			c->next[lo] = i;
	}
}

enum { POOR_FIT = 600000, OTHER_TEXT = 3600000, LOOK_AHEAD = 256 };

/* How badly a run that starts with this row fits behind a car's last one: what the laps lost between them would have to
 * make up for, in ms; much more where none is lost, since then the clock should fit exactly, or where texts differ. */
static int64_t misfit(const struct chaining *c, uint32_t chain, const struct row *r)
{
	const struct row *tail = &c->b->rows[c->chains[chain].tail];
	int64_t lost = (int64_t)r->lap - tail->lap - 1;
	int64_t gap = (int64_t)r->elapsed - r->time - tail->elapsed;
	int64_t cost = llabs(gap - lost * (r->time < tail->time ? r->time : tail->time));
	if (lost == 0)
		cost += POOR_FIT;
	for (int i = TEXT_CLASS; i < TEXT_COLUMNS; i++)
		cost += r->text[i] != tail->text[i] ? OTHER_TEXT : 0;
	return cost;
}

static bool can_follow(const struct chaining *c, uint32_t chain, const struct row *r)
{
	const struct row *tail = &c->b->rows[c->chains[chain].tail];
	return tail->lap < r->lap && tail->elapsed < r->elapsed;
}

/* Runs that overlap are of two cars. Does one that starts during this run fit the car better? */
static bool better_taker(const struct chaining *c, uint32_t chain, uint32_t head, int64_t cost)
{
	uint32_t last = head;
	while (c->next[last] != NONE)
		last = c->next[last];
	for (uint32_t i = head + 1; i < last && i - head < LOOK_AHEAD; i++) {
		const struct row *r = row_of(c, i);
		if (c->prev[i] == NONE && can_follow(c, chain, r) && misfit(c, chain, r) < cost)
			return true;
	}
	return false;
}

static uint32_t nearest_chain(const struct chaining *c, uint32_t head)
{
	uint32_t best = NONE;
	int64_t least = INT64_MAX;
	for (uint32_t i = c->base; i < c->nchains; i++) {
		int64_t cost = can_follow(c, i, row_of(c, head)) ? misfit(c, i, row_of(c, head)) : INT64_MAX;
		if (cost < least) {
			least = cost;
			best = i;
		}
	}
	if (best != NONE && least >= POOR_FIT && better_taker(c, best, head, least))
		return NONE;
	return best;
}

/* A car that has none of the run's laps (`inside`: but later ones): the run's ELAPSED is what is wrong with it. */
static uint32_t chain_with_hole(const struct chaining *c, uint32_t head, bool inside)
{
	for (uint32_t i = c->base; i < c->nchains; i++) {
		uint32_t k = head;
		while (k != NONE && !has_lap(c, i, row_of(c, k)->lap))
			k = c->next[k];
		if (k == NONE && (!inside || c->b->rows[c->chains[i].tail].lap > row_of(c, head)->lap))
			return i;
	}
	return NONE;
}

static void refuse_crowd(struct chaining *c, uint32_t key)
{
	char why[100];
	c->chain_of[key] = NONE;
	if (c->nchains >= BUILD_CARS_MAX)
		snprintf(why, sizeof why, "more than %d cars in one file", BUILD_CARS_MAX);
	else
		snprintf(why, sizeof why, "more than %d cars would carry this NUMBER", BUILD_SAME_NUMBER_MAX);
	refuse(c->b, row_of(c, key)->line, why);
}

static void join_run(struct chaining *c, uint32_t chain, uint32_t head)
{
	for (uint32_t k = head; k != NONE; k = c->next[k]) {
		if (chain == NONE)
			refuse_crowd(c, k);
		else
			join(c, chain, k);
	}
}

static bool is_lone_row(const struct chaining *c, uint32_t head)
{
	return c->next[head] == NONE && row_of(c, head)->lap > 1;
}

/* Rule 3, for the rows that have ELAPSED. A lone row that fits nowhere may be one whose ELAPSED is damaged: it waits until
 * all runs have a car, and fills the hole it left. */
static void chain_timed(struct chaining *c, uint32_t from, uint32_t to)
{
	link_exact(c, from, to);
	for (int pass = 1; pass <= 2; pass++) {
		for (uint32_t i = from; i < to; i++) {
			if (c->prev[i] != NONE || c->chain_of[i] != WAITING)
				continue;
			uint32_t chain = nearest_chain(c, i);
			if (chain == NONE)
				chain = chain_with_hole(c, i, pass == 1 || !is_lone_row(c, i));
			if (chain == NONE && pass == 1 && is_lone_row(c, i))
				continue;
			join_run(c, chain != NONE ? chain : open_chain(c, i), i);
		}
	}
}

/* Rule 4: the car that lacks this lap and has the one before; among equals the one that got a row last. */
static uint32_t chain_lacking(const struct chaining *c, const struct row *r)
{
	uint32_t best = NONE;
	unsigned best_score = 0;
	for (uint32_t i = c->base; i < c->nchains; i++) {
		if (has_lap(c, i, r->lap))
			continue;
		unsigned score = has_lap(c, i, r->lap - 1U) ? 3 : has_lap(c, i, r->lap + 1U) ? 2 : 1;
		bool later = best != NONE && score == best_score && c->chains[i].touched > c->chains[best].touched;
		if (score > best_score || later) {
			best = i;
			best_score = score;
		}
	}
	return best;
}

static int key_line_cmp(const void *pa, const void *pb)
{
	const struct key *a = pa, *b = pb;
	return (a->line > b->line) - (a->line < b->line);
}

static void chain_untimed(struct chaining *c, uint32_t from, uint32_t to)
{
	if (to > from)
		qsort(&c->k[from], to - from, sizeof *c->k, key_line_cmp);
	for (uint32_t i = from; i < to; i++) {
		uint32_t chain = chain_lacking(c, row_of(c, i));
		if (chain == NONE)
			chain = open_chain(c, i);
		if (chain == NONE) {
			refuse_crowd(c, i);
			continue;
		}
		join(c, chain, i);
		c->chains[chain].touched = c->k[i].line;
	}
}

/* --- Naming --------------------------------------------------------------- */

static bool is_short(const struct chain *ch, uint32_t longest)
{
	return (uint64_t)ch->laps * 2 < longest;
}

static uint32_t highest_lap(const struct chaining *c)
{
	uint32_t lap = 0;
	for (uint32_t i = c->base; i < c->nchains; i++) {
		uint32_t last = c->b->rows[c->chains[i].tail].lap;
		lap = last > lap ? last : lap;
	}
	return lap;
}

static bool common_lap(const struct chaining *c, uint32_t longest, uint32_t *out)
{
	for (uint32_t lap = highest_lap(c); lap > 0; lap--) {
		bool all = true;
		for (uint32_t i = c->base; i < c->nchains && all; i++)
			all = is_short(&c->chains[i], longest) || has_lap(c, i, lap);
		if (all) {
			*out = lap;
			return true;
		}
	}
	return false;
}

/* Does a come before b? Short cars last, then later at the common lap first, then more laps, then the later starter. A
 * total order: lines differ. */
static bool comes_before(const struct chain *a, const struct chain *b, uint32_t longest)
{
	if (is_short(a, longest) != is_short(b, longest))
		return !is_short(a, longest);
	if (a->at_common != b->at_common)
		return a->at_common > b->at_common;
	if (a->laps != b->laps)
		return a->laps > b->laps;
	if (a->first_elapsed != b->first_elapsed)
		return a->first_elapsed > b->first_elapsed;
	return a->first_line < b->first_line;
}

static bool chain_before(const struct chaining *c, uint32_t i, uint32_t k, uint32_t longest)
{
	const struct chain *a = &c->chains[i], *b = &c->chains[k];
	return c->untimed ? a->first_line < b->first_line : comes_before(a, b, longest);
}

/* Ranks the chains of one number; from..to are its keys. */
static void rank_chains(struct chaining *c, uint32_t from, uint32_t to)
{
	uint32_t longest = 0, lap = 0;
	for (uint32_t i = c->base; i < c->nchains; i++)
		longest = c->chains[i].laps > longest ? c->chains[i].laps : longest;
	if (c->nchains - c->base > 1 && !c->untimed && common_lap(c, longest, &lap))
		for (uint32_t k = from; k < to; k++)
			if (c->chain_of[k] != NONE && row_of(c, k)->lap == lap &&
			    !is_short(&c->chains[c->chain_of[k]], longest))
				c->chains[c->chain_of[k]].at_common = row_of(c, k)->elapsed;
	for (uint32_t i = c->base; i < c->nchains; i++) {
		c->chains[i].rank = 1;
		for (uint32_t j = c->base; j < c->nchains; j++)
			if (j != i && chain_before(c, j, i, longest))
				c->chains[i].rank++;
	}
}

static void chain_numbers(struct chaining *c)
{
	for (uint32_t from = 0; from < c->n;) {
		uint32_t to = from, timed;
		while (to < c->n && c->k[to].number == c->k[from].number)
			to++;
		for (timed = from; timed < to && c->k[timed].elapsed == MS_NONE; timed++)
			;
		c->base = c->nchains;
		c->untimed = timed > from;
		chain_timed(c, timed, to);
		chain_untimed(c, from, timed);
		rank_chains(c, from, to);
		from = to;
	}
}

/* --- Cars ----------------------------------------------------------------- */

/* "3#2", or the next number no car paints on itself. */
static const char *car_id(struct session_build *b, const char *number, uint32_t rank)
{
	char id[128];
	if (rank == 1)
		return number;
	do {
		snprintf(id, sizeof id, "%s#%u", number, (unsigned)rank);
		rank += BUILD_SAME_NUMBER_MAX;
	} while (*text_slot(&b->texts, str_from(id)));
	return arena_strndup(b->s->arena, id, strlen(id));
}

struct car_order {
	struct str number;
	uint32_t rank, chain;
};

static int car_order_cmp(const void *pa, const void *pb)
{
	const struct car_order *a = pa, *b = pb;
	int c = str_cmp(a->number, b->number);
	return c ? c : (a->rank > b->rank) - (a->rank < b->rank);
}

static bool name_cars(struct chaining *c, const struct car_order *order)
{
	struct session_build *b = c->b;
	struct session *s = b->s;
	for (uint32_t i = 0; i < s->ncars; i++) {
		struct car *car = &s->cars[i];
		const struct chain *ch = &c->chains[order[i].chain];
		bool shared = ch->rank > 1 || (i + 1 < s->ncars && order[i + 1].rank > 1);
		car->number = text_of(b, ch->number);
		car->id = car_id(b, car->number, ch->rank);
		car->season_number = shared ? "" : car->number;
		car->driver = car->class_name = car->group = car->team = car->vehicle = "";
		car->grid_time = MS_NONE;
		if (!car->id)
			return false;
		if (ch->rank > 1) {
			char why[160];
			snprintf(why, sizeof why, "another car carries NUMBER %s: it is called %s", car->number,
				 car->id);
			session_build_warn(b, ch->first_line, why);
		}
	}
	return true;
}

/* Lists the cars by number and turns chain_of from chains into cars. */
static bool make_cars(struct chaining *c)
{
	struct session *s = c->b->s;
	struct car_order *order = malloc(c->nchains * sizeof *order);
	uint32_t *car_of_chain = malloc(c->nchains * sizeof *car_of_chain);
	s->cars = ARENA_ARRAY(s->arena, c->nchains, struct car);
	s->ncars = c->nchains;
	bool ok = order && car_of_chain && s->cars;
	if (ok) {
		for (uint32_t i = 0; i < c->nchains; i++)
			order[i] = (struct car_order){c->b->texts.at[c->chains[i].number], c->chains[i].rank, i};
		qsort(order, c->nchains, sizeof *order, car_order_cmp);
		for (uint32_t i = 0; i < c->nchains; i++)
			car_of_chain[order[i].chain] = i;
		for (uint32_t i = 0; i < c->n; i++)
			if (c->chain_of[i] != NONE)
				c->chain_of[i] = car_of_chain[c->chain_of[i]];
		ok = name_cars(c, order);
	}
	free(order);
	free(car_of_chain);
	return ok;
}

/* --- Laps ----------------------------------------------------------------- */

static bool alloc_laps(struct session *s, uint32_t n)
{
	struct laps *l = &s->laps;
	struct arena *a = s->arena;
	bool ok = (l->car = ARENA_ARRAY(a, n, uint16_t)) && (l->number = ARENA_ARRAY(a, n, uint16_t)) &&
		  (l->time = ARENA_ARRAY(a, n, ms_t)) && (l->elapsed = ARENA_ARRAY(a, n, ms_t)) &&
		  (l->hour = ARENA_ARRAY(a, n, ms_t)) && (l->pit_time = ARENA_ARRAY(a, n, ms_t)) &&
		  (l->kph = ARENA_ARRAY(a, n, uint16_t)) && (l->top_speed = ARENA_ARRAY(a, n, uint16_t)) &&
		  (l->driver = ARENA_ARRAY(a, n, uint16_t)) && (l->flag = ARENA_ARRAY(a, n, uint8_t)) &&
		  (l->bits = ARENA_ARRAY(a, n, uint8_t)) && (l->line = ARENA_ARRAY(a, n, uint32_t));
	for (int i = 0; i < SECTORS && ok; i++)
		ok = (l->sector[i] = ARENA_ARRAY(a, n, ms_t));
	for (int i = 0; i < MINIS && ok; i++)
		ok = (l->mini[i] = ARENA_ARRAY(a, n, ms_t));
	l->n = ok ? n : 0;
	return ok;
}

enum { DRIVERS_OF_CAR = 64 }; /* more names than that at one car are no crew */

static bool room_for_driver(struct session *s)
{
	bool full = s->ndrivers == 0 || (s->ndrivers >= 64 && (s->ndrivers & (s->ndrivers - 1)) == 0);
	if (!full)
		return true;
	uint32_t cap = s->ndrivers == 0 ? 64 : s->ndrivers * 2;
	struct driver_entry *wider = ARENA_ARRAY(s->arena, cap, struct driver_entry);
	if (!wider)
		return false;
	if (s->ndrivers > 0)
		memcpy(wider, s->drivers, s->ndrivers * sizeof *wider);
	s->drivers = wider;
	return true;
}

/* The entry of a name at this car and seat, added when new. The entries of the car at work stand at the table's end. */
static uint16_t driver_entry(struct session_build *b, uint16_t car, const struct row *r)
{
	struct session *s = b->s;
	const char *name = text_of(b, r->text[TEXT_DRIVER]);
	uint32_t i = s->ndrivers;
	if (r->text[TEXT_DRIVER] == 0)
		return NO_DRIVER;
	for (; i > 0 && s->drivers[i - 1].car == car; i--)
		if (s->drivers[i - 1].name == name && s->drivers[i - 1].seat == r->seat)
			return (uint16_t)(i - 1);
	if (s->ndrivers >= NO_DRIVER || s->ndrivers - i >= DRIVERS_OF_CAR)
		return NO_DRIVER;
	if (!room_for_driver(s)) {
		b->nomem = true;
		return NO_DRIVER;
	}
	s->drivers[s->ndrivers] = (struct driver_entry){name, car, r->seat};
	return (uint16_t)s->ndrivers++;
}

static void put_lap(struct session_build *b, uint32_t i, uint16_t car, const struct row *r)
{
	struct laps *l = &b->s->laps;
	l->car[i] = car;
	l->number[i] = r->lap;
	l->time[i] = r->time;
	for (int k = 0; k < SECTORS; k++)
		l->sector[k][i] = r->sector[k];
	for (int k = 0; k < MINIS; k++)
		l->mini[k][i] = r->mini[k];
	l->elapsed[i] = r->elapsed;
	l->hour[i] = r->hour;
	l->pit_time[i] = r->pit_time;
	l->kph[i] = r->kph;
	l->top_speed[i] = r->top_speed;
	l->driver[i] = driver_entry(b, car, r);
	l->flag[i] = r->flag;
	l->bits[i] = r->bits;
	l->line[i] = r->line;
}

/* The last lap that has a text says it for the car. */
static void put_texts(struct session_build *b, struct car *car, const struct row *r)
{
	const char **to[TEXT_COLUMNS] = {[TEXT_DRIVER] = &car->driver,
					 [TEXT_CLASS] = &car->class_name,
					 [TEXT_GROUP] = &car->group,
					 [TEXT_TEAM] = &car->team,
					 [TEXT_VEHICLE] = &car->vehicle};
	for (int i = TEXT_DRIVER; i < TEXT_COLUMNS; i++)
		if (r->text[i])
			*to[i] = text_of(b, r->text[i]);
}

/* Rows again, now by car and lap: the same keys serve with the car as number and the lap as the only place. */
static bool put_laps(struct chaining *c)
{
	struct session *s = c->b->s;
	uint32_t n = 0;
	for (uint32_t i = 0; i < c->n; i++) {
		if (c->chain_of[i] == NONE)
			continue;
		struct key k = c->k[i];
		c->k[n++] = (struct key){c->chain_of[i], 0, k.lap, k.line, k.row};
	}
	sort_keys(c->k, n);
	if (!alloc_laps(s, n))
		return false;
	for (uint32_t i = 0; i < n; i++) {
		const struct row *r = &c->b->rows[c->k[i].row];
		struct car *car = &s->cars[c->k[i].number];
		if (car->n++ == 0)
			car->first = i;
		put_lap(c->b, i, (uint16_t)c->k[i].number, r);
		put_texts(c->b, car, r);
	}
	return !c->b->nomem;
}

/* --- Checks and sums ------------------------------------------------------ */

static void check_sectors(struct session_build *b, uint32_t i)
{
	const struct laps *l = &b->s->laps;
	int64_t sum = 0;
	for (int k = 0; k < SECTORS; k++) {
		if (l->sector[k][i] == MS_NONE)
			return;
		sum += l->sector[k][i];
	}
	if (sum == l->time[i])
		return;
	char why[128], left[NUM_LEN], right[NUM_LEN];
	snprintf(why, sizeof why, "S1 + S2 + S3 = %s is not LAP_TIME %s",
		 time_str(left, sum > MS_MAX ? MS_MAX : (ms_t)sum), time_str(right, l->time[i]));
	session_build_warn(b, l->line[i], why);
}

static void check_clock(struct session_build *b, uint32_t i)
{
	const struct laps *l = &b->s->laps;
	char why[160], left[NUM_LEN], right[NUM_LEN];
	const char *id = b->s->cars[l->car[i]].id;
	bool first = i == 0 || l->car[i - 1] != l->car[i];
	unsigned before = first ? 0 : l->number[i - 1], lost = l->number[i] - before - 1U;
	if (lost > 0) {
		snprintf(why, sizeof why, "car %s: %u lap%s missing before lap %u", id, lost, lost > 1 ? "s" : "",
			 l->number[i]);
		session_build_warn(b, l->line[i], why);
	}
	ms_t start = first ? 0 : l->elapsed[i - 1];
	if (lost > 0 || l->elapsed[i] == MS_NONE || start == MS_NONE || l->elapsed[i] - start == l->time[i])
		return;
	snprintf(why, sizeof why, "car %s: ELAPSED rises by %s on lap %u, LAP_TIME is %s", id,
		 time_str(left, l->elapsed[i] - start), l->number[i], time_str(right, l->time[i]));
	session_build_warn(b, l->line[i], why);
}

enum { DAY_MS = 24 * 60 * 60 * 1000 };

static bool clock_of(const struct laps *l, uint32_t i, ms_t *out)
{
	if (l->hour[i] == MS_NONE || l->elapsed[i] == MS_NONE)
		return false;
	int64_t start = ((int64_t)l->hour[i] - l->elapsed[i]) % DAY_MS;
	*out = (ms_t)(start < 0 ? start + DAY_MS : start);
	return true;
}

/* HOUR - ELAPSED is one constant of the file. A damaged row or two must not cost it: nine rows in ten decide. */
static ms_t clock_start(const struct laps *l)
{
	ms_t candidate = MS_NONE, at;
	int64_t votes = 0, agree = 0, all = 0;
	for (uint32_t i = 0; i < l->n; i++) {
		if (!clock_of(l, i, &at))
			continue;
		if (votes == 0)
			candidate = at;
		votes += at == candidate ? 1 : -1;
	}
	for (uint32_t i = 0; i < l->n; i++) {
		if (!clock_of(l, i, &at))
			continue;
		all++;
		agree += at == candidate;
	}
	return all > 0 && agree * 10 >= all * 9 ? candidate : MS_NONE;
}

/* A sum over rows does not depend on their order. */
static uint64_t fingerprint(const struct laps *l)
{
	uint64_t sum = 0;
	for (uint32_t i = 0; i < l->n; i++) {
		uint64_t h = mix(l->number[i]);
		h = mix(h ^ (uint32_t)l->time[i]);
		h = mix(h ^ (uint32_t)l->elapsed[i]);
		sum += mix(h ^ (uint32_t)l->hour[i]);
	}
	return sum;
}

static void sum_up(struct session_build *b)
{
	struct session *s = b->s;
	for (uint32_t i = 0; i < s->laps.n; i++) {
		check_sectors(b, i);
		check_clock(b, i);
		s->flag_count[s->laps.flag[i] < FLAG_COUNT ? s->laps.flag[i] : FLAG_OTHER]++;
		s->has_elapsed |= s->laps.elapsed[i] != MS_NONE;
	}
	s->has_names = s->ndrivers > 0;
	s->clock_start = clock_start(&s->laps);
	s->fingerprint = fingerprint(&s->laps);
}

static void add_file(struct session_build *b)
{
	struct stat st;
	bool there = stat(b->path, &st) == 0;
	struct file_entry e = {.path = b->path,
			       .role = ROLE_LAPS,
			       .state = FILE_USED,
			       .why = "",
			       .rows = b->s->rows,
			       .refused = b->refused,
			       .size = there ? st.st_size : 0,
			       .mtime = there ? st.st_mtime : 0};
	b->s->mtime = e.mtime;
	if (!file_list_add(&b->s->files, b->s->arena, &e))
		b->nomem = true;
}

/* --- Finishing ------------------------------------------------------------ */

static bool build(struct session_build *b, struct chaining *c)
{
	c->b = b;
	c->k = make_keys(b);
	if (!c->k)
		return false;
	c->n = drop_repeats(b, c->k, b->nrows);
	c->next = malloc(c->n * sizeof *c->next);
	c->prev = malloc(c->n * sizeof *c->prev);
	c->chain_of = malloc(c->n * sizeof *c->chain_of);
	c->sets = malloc((size_t)BUILD_SAME_NUMBER_MAX * LAP_SET);
	if (!c->next || !c->prev || !c->chain_of || !c->sets)
		return false;
	for (uint32_t i = 0; i < c->n; i++) {
		c->next[i] = c->prev[i] = NONE;
		c->chain_of[i] = WAITING;
	}
	chain_numbers(c);
	if (b->nomem || !make_cars(c) || !put_laps(c))
		return false;
	sum_up(b);
	add_file(b);
	return !b->nomem;
}

static bool build_and_clean(struct session_build *b, struct err *err)
{
	struct chaining c = {0};
	bool ok = build(b, &c);
	free(c.k);
	free(c.next);
	free(c.prev);
	free(c.chain_of);
	free(c.sets);
	free(c.chains);
	return ok || out_of_memory(b, err);
}

static bool no_lap(const struct session_build *b, struct err *err)
{
	const struct diag_list *l = &b->s->refused;
	if (l->n == 0)
		return err_set(err, ERR_FORMAT, "%s: there is no lap in it", b->path);
	return err_set(err, ERR_FORMAT, "%s: there is no lap in it; %u rows refused, the first on line %u: %s", b->path,
		       (unsigned)b->refused, (unsigned)l->at[0].line, l->at[0].why);
}

struct session *session_build_finish(struct session_build *b, struct err *err)
{
	struct session *s = NULL;
	if (b->nomem)
		out_of_memory(b, err);
	else if (b->nrows == 0)
		no_lap(b, err);
	else if (build_and_clean(b, err))
		s = b->s;
	if (s)
		b->s = NULL;
	session_build_free(b);
	return s;
}

/* --- A session of the rows so far ------------------------------------------ */

static bool copy_diags(struct diag_list *to, struct arena *a, const struct diag_list *from)
{
	for (uint32_t i = 0; i < from->n; i++)
		if (!diag_add(to, a, from->at[i].file, from->at[i].line, "%s", from->at[i].why))
			return false;
	to->total = from->total;
	return true;
}

/* The copy's texts are its own, because its session outlives b; rows and hash slots are b's, and only read. */
static bool copy_texts(struct session_build *copy, const struct session_build *b)
{
	copy->texts.at = calloc(b->texts.cap, sizeof *copy->texts.at);
	if (!copy->texts.at)
		return false;
	for (uint32_t i = 0; i < b->texts.n; i++) {
		char *text = arena_str(copy->s->arena, b->texts.at[i]);
		if (!text)
			return false;
		copy->texts.at[i] = (struct str){text, b->texts.at[i].n};
	}
	return true;
}

static bool copy_counts(struct session *to, const struct session *from)
{
	to->rows = from->rows;
	to->duplicate_rows = from->duplicate_rows;
	return copy_diags(&to->refused, to->arena, &from->refused) &&
	       copy_diags(&to->warnings, to->arena, &from->warnings);
}

static bool build_copy(struct session_build *copy, const struct session_build *b, struct err *err)
{
	copy->s = session_new();
	copy->path = copy->s ? arena_str(copy->s->arena, str_from(b->path)) : NULL;
	if (!copy->path || !copy_texts(copy, b) || !copy_counts(copy->s, b->s))
		return out_of_memory(b, err);
	return build_and_clean(copy, err);
}

struct session *session_build_snapshot(const struct session_build *b, struct err *err)
{
	struct session_build copy = *b;
	struct session *s = NULL;
	if (b->nomem || b->nrows == 0) {
		(void)(b->nomem ? out_of_memory(b, err) : no_lap(b, err));
		return NULL;
	}
	copy.s = NULL;
	copy.texts.at = NULL;
	if (build_copy(&copy, b, err))
		s = copy.s;
	else
		session_free(copy.s);
	free(copy.texts.at);
	return s;
}

uint32_t session_build_rows(const struct session_build *b)
{
	return b->s->rows - b->refused;
}
