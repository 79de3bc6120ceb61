#include "core/load/match.h"

#include <stdlib.h>
#include <string.h>

/* More cars than this on one number are no race but a broken file: they stay unmatched rather than cost n x n. */
enum { SAME_NUMBER_MAX = 16 };

struct str number_bare(const char *number)
{
	while (number[0] == '0' && number[1] >= '0' && number[1] <= '9')
		number++;
	return str_from(number);
}

bool same_number_bare(const char *a, const char *b)
{
	return str_eq(number_bare(a), number_bare(b));
}

static void facts_of_car(const struct session *s, const struct car *c, struct car_facts *f)
{
	f->laps = (int32_t)c->n;
	f->best = f->least = f->last = MS_NONE;
	for (uint32_t i = c->first; i < c->first + c->n; i++) {
		ms_t t = s->laps.time[i];
		if (f->least == MS_NONE || t < f->least)
			f->least = t;
		if (s->laps.bits[i] & (LAP_BEST_OWN | LAP_BEST_SESSION))
			f->best = t;
	}
	if (f->best == MS_NONE)
		f->best = f->least;
	if (c->n > 0)
		f->last = s->laps.elapsed[c->first + c->n - 1];
}

struct car_facts *car_facts_of(const struct session *s)
{
	struct car_facts *f = malloc((s->ncars + 1) * sizeof *f);
	for (uint32_t i = 0; f && i < s->ncars; i++)
		facts_of_car(s, &s->cars[i], &f[i]);
	return f;
}

static bool fastest_equal(const struct car_facts *f, const struct official *o)
{
	return o->fastest != MS_NONE && (o->fastest == f->best || o->fastest == f->least);
}

bool facts_agree(const struct car_facts *f, const struct official *o)
{
	bool laps = o->laps < 0 || o->laps == f->laps;
	bool told = o->laps >= 0 || o->fastest != MS_NONE;
	return told && laps && (o->fastest == MS_NONE || fastest_equal(f, o));
}

/* --- all rows and cars of one bare number --- */

struct item {
	struct str bare;
	bool is_row;
	uint32_t at;
};

struct group {
	const struct session *s;
	const struct results *r;
	const struct car_facts *facts;
	uint32_t row[SAME_NUMBER_MAX], car[SAME_NUMBER_MAX];
	unsigned nrows, ncars;
	bool row_done[SAME_NUMBER_MAX], car_done[SAME_NUMBER_MAX];
	int32_t *car_of;
};

static int item_cmp(const void *pa, const void *pb)
{
	const struct item *a = pa, *b = pb;
	int c = str_cmp(a->bare, b->bare);
	if (c == 0)
		c = (int)a->is_row - (int)b->is_row;
	return c ? c : (a->at > b->at) - (a->at < b->at);
}

static const struct result_row *row_of(const struct group *g, unsigned i)
{
	return &g->r->rows[g->row[i]];
}

static const struct car *car_of(const struct group *g, unsigned j)
{
	return &g->s->cars[g->car[j]];
}

static bool exact(const struct group *g, unsigned i, unsigned j)
{
	return strcmp(row_of(g, i)->number, car_of(g, j)->number) == 0;
}

static void assign(struct group *g, unsigned i, unsigned j)
{
	g->car_of[g->row[i]] = (int32_t)g->car[j];
	g->row_done[i] = g->car_done[j] = true;
}

/* How well a pair fits; 0: nothing speaks for it. */
typedef int score_fn(const struct group *g, unsigned i, unsigned j);

static int score_figures(const struct group *g, unsigned i, unsigned j)
{
	const struct official *o = &row_of(g, i)->official;
	const struct car_facts *f = &g->facts[g->car[j]];
	bool laps = o->laps == f->laps, fastest = fastest_equal(f, o);
	bool total = o->total != MS_NONE && o->total == f->last;
	if (!(fastest || total) || !(laps || exact(g, i, j)))
		return 0;
	return (fastest ? 8 : 0) + (total ? 8 : 0) + (laps ? 4 : 0) + exact(g, i, j);
}

static bool same_text(const char *a, const char *b)
{
	return str_eq_nocase(str_trim(str_from(a)), str_trim(str_from(b)));
}

static bool drives(const struct session *s, uint32_t car, const char *name)
{
	if (!name[0])
		return false;
	if (same_text(s->cars[car].driver, name))
		return true;
	for (uint32_t i = 0; i < s->ndrivers; i++) {
		if (s->drivers[i].car == car && same_text(s->drivers[i].name, name))
			return true;
	}
	return false;
}

static int score_entry(const struct group *g, unsigned i, unsigned j)
{
	const struct result_row *row = row_of(g, i);
	const struct car *c = car_of(g, j);
	bool team = row->team[0] && same_text(row->team, c->team);
	return (drives(g->s, g->car[j], row->driver) ? 8 : 0) + (team ? 4 : 0) +
	       (same_text(row->group, c->group) ? 2 : 0);
}

static int score_left(const struct group *g, unsigned i, unsigned j, score_fn *score)
{
	return g->row_done[i] || g->car_done[j] ? 0 : score(g, i, j);
}

static int best_score(const struct group *g, score_fn *score)
{
	int best = 0;
	for (unsigned i = 0; i < g->nrows; i++) {
		for (unsigned j = 0; j < g->ncars; j++) {
			int s = score_left(g, i, j, score);
			if (s > best)
				best = s;
		}
	}
	return best;
}

/* Does no other row fit this car, and no other car this row, as well? */
static bool alone(const struct group *g, unsigned i, unsigned j, int best, score_fn *score)
{
	unsigned as_good = 0;
	for (unsigned k = 0; k < g->nrows; k++)
		as_good += score_left(g, k, j, score) == best;
	for (unsigned k = 0; k < g->ncars; k++)
		as_good += score_left(g, i, k, score) == best;
	return as_good == 2; /* itself, seen both ways */
}

static bool assign_one(struct group *g, score_fn *score)
{
	int best = best_score(g, score);
	for (unsigned i = 0; best > 0 && i < g->nrows; i++) {
		for (unsigned j = 0; j < g->ncars; j++) {
			if (score_left(g, i, j, score) == best && alone(g, i, j, best, score)) {
				assign(g, i, j);
				return true;
			}
		}
	}
	return false;
}

static void assign_best(struct group *g, score_fn *score)
{
	while (assign_one(g, score))
		;
}

/* Rows whose very number stands on exactly one row and one car that are left. */
static void assign_exact(struct group *g)
{
	for (unsigned i = 0; i < g->nrows; i++) {
		unsigned rows = 0, cars = 0, car = 0;
		for (unsigned k = 0; k < g->nrows; k++)
			rows += !g->row_done[k] && strcmp(row_of(g, k)->number, row_of(g, i)->number) == 0;
		for (unsigned j = 0; j < g->ncars; j++) {
			if (!g->car_done[j] && exact(g, i, j)) {
				cars++;
				car = j;
			}
		}
		if (!g->row_done[i] && rows == 1 && cars == 1)
			assign(g, i, car);
	}
}

static void match_figures_group(struct group *g)
{
	assign_best(g, score_figures);
	assign_exact(g);
}

/* The one row and the one car that are left of as many rows as cars belong together. */
static void assign_left(struct group *g)
{
	unsigned rows = 0, cars = 0, i = 0, j = 0;
	for (unsigned k = 0; k < g->nrows; k++) {
		if (!g->row_done[k]) {
			rows++;
			i = k;
		}
	}
	for (unsigned k = 0; k < g->ncars; k++) {
		if (!g->car_done[k]) {
			cars++;
			j = k;
		}
	}
	if (rows == 1 && cars == 1 && g->nrows == g->ncars)
		assign(g, i, j);
}

/* A lap file without names went through an anonymiser, which drops leading zeros: its numbers prove nothing where several
 * cars could be meant. */
static void match_entry_group(struct group *g)
{
	if (g->nrows > 1 || g->ncars > 1) {
		if (g->s->has_names)
			assign_exact(g);
		else
			assign_best(g, score_entry);
	}
	assign_left(g);
}

typedef void group_fn(struct group *g);

static struct item *sorted_items(const struct session *s, const struct results *r, size_t *n)
{
	struct item *items = malloc(((size_t)s->ncars + r->n + 1) * sizeof *items);
	*n = 0;
	if (!items)
		return NULL;
	for (uint32_t i = 0; i < s->ncars; i++)
		items[(*n)++] = (struct item){number_bare(s->cars[i].number), false, i};
	for (uint32_t i = 0; i < r->n; i++)
		items[(*n)++] = (struct item){number_bare(r->rows[i].number), true, i};
	qsort(items, *n, sizeof *items, item_cmp);
	return items;
}

/* Fills g from items of one number; false when there are too many. */
static bool fill_group(struct group *g, const struct item *items, size_t n)
{
	g->nrows = g->ncars = 0;
	memset(g->row_done, 0, sizeof g->row_done);
	memset(g->car_done, 0, sizeof g->car_done);
	for (size_t i = 0; i < n; i++) {
		unsigned *count = items[i].is_row ? &g->nrows : &g->ncars;
		if (*count == SAME_NUMBER_MAX)
			return false;
		(items[i].is_row ? g->row : g->car)[(*count)++] = items[i].at;
	}
	return true;
}

static bool match_groups(struct group *g, group_fn *each)
{
	size_t n;
	struct item *items = sorted_items(g->s, g->r, &n);
	if (!items)
		return false;
	for (uint32_t i = 0; i < g->r->n; i++)
		g->car_of[i] = MATCH_NONE;
	for (size_t from = 0, to; from < n; from = to) {
		for (to = from + 1; to < n && str_eq(items[from].bare, items[to].bare);)
			to++;
		if (fill_group(g, items + from, to - from) && g->nrows && g->ncars)
			each(g);
	}
	free(items);
	return true;
}

bool match_by_figures(const struct session *s, const struct car_facts *facts, const struct results *r, int32_t *car_of)
{
	struct group g = {.s = s, .r = r, .facts = facts, .car_of = car_of};
	return match_groups(&g, match_figures_group);
}

bool match_by_entry(const struct session *s, const struct results *r, int32_t *car_of)
{
	struct group g = {.s = s, .r = r, .car_of = car_of};
	return match_groups(&g, match_entry_group);
}
