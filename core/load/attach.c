#include "core/load/attach.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/path.h"
#include "core/load/match.h"

/* Work of one attach: freed by attach_end. */
struct attach {
	struct session *s;
	const struct results *r;
	struct car_facts *facts;
	int32_t *car_of; /* per row */
	bool provisional;
};

static const char out_of_memory[] = "out of memory";

static bool refuse(struct session *s, const char **why, const char *fmt, ...) PRINTF_LIKE(3, 4);

static bool refuse(struct session *s, const char **why, const char *fmt, ...)
{
	char text[256];
	va_list ap;
	va_start(ap, fmt);
	vsnprintf(text, sizeof text, fmt, ap);
	va_end(ap);
	*why = arena_str(s->arena, str_from(text));
	if (!*why)
		*why = out_of_memory;
	return false;
}

static bool attach_begin(struct attach *a, struct session *s, const struct results *r)
{
	a->s = s;
	a->r = r;
	a->facts = car_facts_of(s);
	a->car_of = malloc(((size_t)r->n + 1) * sizeof *a->car_of);
	a->provisional = str_has_nocase(str_from(path_base(r->path)), "provisional");
	return a->facts && a->car_of;
}

static void attach_end(struct attach *a)
{
	free(a->facts);
	free(a->car_of);
}

/* --- is it about this session? --- */

static bool enough_agree(struct attach *a, const char **why)
{
	uint32_t judged = 0, agree = 0;
	for (uint32_t i = 0; i < a->r->n; i++) {
		const struct official *o = &a->r->rows[i].official;
		if (o->laps == 0 || (o->laps < 0 && o->fastest == MS_NONE))
			continue;
		judged++;
		agree += a->car_of[i] != MATCH_NONE && facts_agree(&a->facts[a->car_of[i]], o);
	}
	if (judged == 0)
		return refuse(a->s, why, "no car in it has laps to compare with %s", a->s->id);
	uint32_t least = a->s->ncars < 3 ? a->s->ncars : 3;
	if ((uint64_t)agree * 100 < (uint64_t)judged * 80 || agree < least)
		return refuse(a->s, why, "laps and fastest lap agree with %s for only %u of %u cars", a->s->id, agree,
			      judged);
	return true;
}

/* --- where its figures go --- */

static struct official *slot_of(const struct attach *a, struct car *c)
{
	if (a->r->role == ROLE_RESULTS_CLASS)
		return &c->by_class;
	return a->provisional ? &c->provisional : &c->final;
}

static bool slot_taken(const struct attach *a, struct car *c)
{
	return a->r->role == ROLE_BEST_TEN ? c->best_ten.present : slot_of(a, c)->present;
}

static bool best_ten_equal(const struct best_ten *x, const struct best_ten *y)
{
	return x->total_laps == y->total_laps && x->n == y->n &&
	       memcmp(x->time, y->time, x->n * sizeof x->time[0]) == 0;
}

static bool official_equal(const struct official *x, const struct official *y)
{
	return x->position == y->position && x->laps == y->laps && x->total == y->total && x->fastest == y->fastest;
}

static bool same_facts(const struct attach *a, struct car *c, const struct result_row *row)
{
	return a->r->role == ROLE_BEST_TEN ? best_ten_equal(&c->best_ten, &row->best_ten)
					   : official_equal(slot_of(a, c), &row->official);
}

/* How the file stands to what another file has given before. */
enum standing { IS_NEW, IS_SAME, IS_OTHER };

static enum standing standing_of(const struct attach *a)
{
	enum standing st = IS_NEW;
	for (uint32_t i = 0; i < a->r->n; i++) {
		if (a->car_of[i] == MATCH_NONE)
			continue;
		struct car *c = &a->s->cars[a->car_of[i]];
		if (!slot_taken(a, c))
			continue;
		if (!same_facts(a, c, &a->r->rows[i]))
			return IS_OTHER;
		st = IS_SAME;
	}
	return st;
}

static const char *slot_name(const struct attach *a)
{
	return a->r->role == ROLE_BEST_TEN        ? "list of ten best laps"
	       : a->r->role == ROLE_RESULTS_CLASS ? "results by class"
	       : a->provisional                   ? "provisional results"
						  : "results";
}

/* --- copying in --- */

static bool copy_text(struct session *s, const char **to, const char *text)
{
	if (!*to || !(*to)[0])
		*to = arena_str(s->arena, str_trim(str_from(text)));
	return *to != NULL;
}

/* Names and teams where the laps have none. */
static bool copy_entry(struct session *s, struct car *c, const struct result_row *row)
{
	return copy_text(s, &c->driver, row->driver) && copy_text(s, &c->team, row->team) &&
	       copy_text(s, &c->class_name, row->class_name) && copy_text(s, &c->group, row->group) &&
	       copy_text(s, &c->vehicle, row->vehicle);
}

static bool copy_figures(const struct attach *a, struct car *c, const struct result_row *row)
{
	if (a->r->role == ROLE_BEST_TEN) {
		c->best_ten = row->best_ten;
		return true;
	}
	struct official *o = slot_of(a, c);
	*o = row->official;
	o->gap = arena_str(a->s->arena, str_from(row->official.gap));
	o->status = arena_str(a->s->arena, str_from(row->official.status));
	return o->gap && o->status;
}

/* No race has more; a broken file may. */
enum { NOT_STARTED_MAX = 500 };

static struct car *find_not_started(struct session *s, const char *number)
{
	for (uint32_t i = 0; i < s->nnot_started; i++) {
		if (same_number_bare(s->not_started[i].number, number))
			return &s->not_started[i];
	}
	return NULL;
}

static struct car *not_started_car(struct session *s, const char *number)
{
	struct car *known = find_not_started(s, number);
	if (known)
		return known;
	struct car *cars = ARENA_ARRAY(s->arena, s->nnot_started + 1, struct car);
	const char *copy = arena_str(s->arena, str_from(number));
	if (!cars || !copy)
		return NULL;
	if (s->nnot_started)
		memcpy(cars, s->not_started, s->nnot_started * sizeof *cars);
	struct car *c = &cars[s->nnot_started];
	c->id = c->number = copy;
	c->driver = c->team = c->class_name = c->group = c->vehicle = "";
	c->season_number = c->alias = "";
	c->grid_time = MS_NONE;
	s->not_started = cars;
	s->nnot_started++;
	return c;
}

/* A row without a car: not started, or a car whose laps the lap file lacks. */
static bool copy_lapless(const struct attach *a, const struct result_row *row)
{
	if (row->official.laps > 0) {
		return diag_add(&a->s->warnings, a->s->arena, a->r->path, row->official.line,
				"car %s has %d laps in the results and none that fit in the lap file", row->number,
				row->official.laps);
	}
	if (a->r->role == ROLE_BEST_TEN || a->s->nnot_started >= NOT_STARTED_MAX)
		return true;
	struct car *c = not_started_car(a->s, row->number);
	return c && copy_figures(a, c, row) && copy_entry(a->s, c, row);
}

static bool copy_rows(const struct attach *a)
{
	for (uint32_t i = 0; i < a->r->n; i++) {
		const struct result_row *row = &a->r->rows[i];
		if (a->car_of[i] == MATCH_NONE) {
			if (!copy_lapless(a, row))
				return false;
			continue;
		}
		struct car *c = &a->s->cars[a->car_of[i]];
		if (!copy_figures(a, c, row) || !copy_entry(a->s, c, row))
			return false;
	}
	return true;
}

/* A file twice in other words may still bring the names that the first one lacked. */
static bool copy_entries(const struct attach *a)
{
	for (uint32_t i = 0; i < a->r->n; i++) {
		if (a->car_of[i] != MATCH_NONE && !copy_entry(a->s, &a->s->cars[a->car_of[i]], &a->r->rows[i]))
			return false;
	}
	return true;
}

static bool add_file(struct session *s, const struct results *r, enum file_state state, const char *why)
{
	struct file_entry e = {.path = r->path,
			       .role = r->role,
			       .state = state,
			       .why = why,
			       .rows = r->n,
			       .refused = (uint32_t)r->refused.total};
	return file_list_add(&s->files, s->arena, &e);
}

static bool attach_matched(struct attach *a, const char **why)
{
	if (!match_by_figures(a->s, a->facts, a->r, a->car_of))
		return refuse(a->s, why, "%s", out_of_memory);
	if (!enough_agree(a, why))
		return false;
	enum standing st = standing_of(a);
	if (st == IS_OTHER)
		return refuse(a->s, why, "%s already has %s with other figures", a->s->id, slot_name(a));
	bool ok = st == IS_NEW
			  ? copy_rows(a) && add_file(a->s, a->r, FILE_USED, "")
			  : copy_entries(a) && add_file(a->s, a->r, FILE_DUPLICATE, "the same figures as another file");
	return ok || refuse(a->s, why, "%s", out_of_memory);
}

bool attach_results(struct session *s, const struct results *r, const char **why)
{
	struct attach a;
	if (r->timed && s->kind == KIND_RACE && !s->kind_guessed)
		return refuse(s, why, "ordered by best lap: not the result of a race");
	bool ok = attach_begin(&a, s, r) ? attach_matched(&a, why) : refuse(s, why, "%s", out_of_memory);
	attach_end(&a);
	return ok;
}

/* --- the grid --- */

static bool file_listed(const struct session *s, const char *path)
{
	for (uint32_t i = 0; i < s->files.n; i++) {
		if (strcmp(s->files.at[i].path, path) == 0)
			return true;
	}
	return false;
}

/* Is it, leading zeros aside, the number of a car that drove? */
static bool has_number(const struct session *s, const char *number)
{
	for (uint32_t j = 0; j < s->ncars; j++) {
		if (same_number_bare(s->cars[j].number, number))
			return true;
	}
	return false;
}

static bool numbers_fit(const struct attach *a, const char **why)
{
	uint32_t known = 0;
	for (uint32_t i = 0; i < a->r->n; i++) {
		known += a->car_of[i] != MATCH_NONE || has_number(a->s, a->r->rows[i].number);
	}
	if ((uint64_t)known * 100 < (uint64_t)a->r->n * 80)
		return refuse(a->s, why, "only %u of %u numbers are cars of %s", known, a->r->n, a->s->id);
	return true;
}

static bool copy_place(struct session *s, struct car *c, const struct result_row *row)
{
	if (c->grid == 0 && c->grid_time == MS_NONE) {
		c->grid = row->official.position;
		c->grid_time = row->official.fastest;
	}
	return copy_entry(s, c, row);
}

/* A car that qualified and did not start keeps its place on the grid. */
static bool copy_grid(struct attach *a)
{
	for (uint32_t i = 0; i < a->r->n; i++) {
		const struct result_row *row = &a->r->rows[i];
		struct car *c = a->car_of[i] != MATCH_NONE ? &a->s->cars[a->car_of[i]] : NULL;
		if (!c && !has_number(a->s, row->number))
			c = find_not_started(a->s, row->number);
		if (c && !copy_place(a->s, c, row))
			return false;
	}
	return true;
}

bool attach_grid(struct session *race, const struct results *qualifying, const char **why)
{
	struct attach a;
	bool ok = false;
	if (!qualifying->timed)
		return refuse(race, why, "not ordered by best lap: sets no grid");
	if (!attach_begin(&a, race, qualifying) || !match_by_entry(race, qualifying, a.car_of))
		refuse(race, why, "%s", out_of_memory);
	else if (numbers_fit(&a, why))
		ok = (copy_grid(&a) &&
		      (file_listed(race, qualifying->path) || add_file(race, qualifying, FILE_USED, ""))) ||
		     refuse(race, why, "%s", out_of_memory);
	attach_end(&a);
	return ok;
}
