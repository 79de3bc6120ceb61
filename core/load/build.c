#include "core/load/build_rows.h"

#include <math.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

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
	if (!b || !b->path || !build_texts_widen(&b->texts)) {
		session_build_free(b);
		err_set(err, ERR_NOMEM, "%s: out of memory", path);
		return NULL;
	}
	return b;
}

void session_build_clock_runs_before(struct session_build *b)
{
	b->clock_before = true;
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

bool build_out_of_memory(const struct session_build *b, struct err *err)
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
		return build_out_of_memory(b, err);
	b->rows = rows;
	b->cap = cap;
	return true;
}

bool build_same_row(const struct row *a, const struct row *b)
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
		if (!str_eq(text[i], b->texts.at[b->last[i]]) && !build_text_number(b, text[i], &b->last[i]))
			return build_out_of_memory(b, err);
		r.text[i] = b->last[i];
	}
	b->s->rows++;
	if (b->nrows > 0 && build_same_row(&b->rows[b->nrows - 1], &r))
		b->s->duplicate_rows++;
	else
		b->rows[b->nrows++] = r;
	return true;
}

void build_refuse(struct session_build *b, uint32_t line, const char *why)
{
	b->refused++;
	if (!diag_add(&b->s->refused, b->s->arena, b->path, line, "%s", why))
		b->nomem = true;
}

void session_build_refuse(struct session_build *b, uint32_t line, const char *why)
{
	b->s->rows++;
	build_refuse(b, line, why);
}

void session_build_warn(struct session_build *b, uint32_t line, const char *why)
{
	if (!diag_add(&b->s->warnings, b->s->arena, b->path, line, "%s", why))
		b->nomem = true;
}

/* --- Finishing ------------------------------------------------------------ */

static bool build(struct session_build *b, struct chaining *c)
{
	c->b = b;
	c->k = build_make_keys(b);
	if (!c->k)
		return false;
	c->n = build_drop_repeats(b, c->k, b->nrows);
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
	build_chain_numbers(c);
	if (b->nomem || !build_make_cars(c) || !build_put_laps(c))
		return false;
	build_sum_up(b);
	build_add_file(b);
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
	return ok || build_out_of_memory(b, err);
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
		build_out_of_memory(b, err);
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
		return build_out_of_memory(b, err);
	return build_and_clean(copy, err);
}

struct session *session_build_snapshot(const struct session_build *b, struct err *err)
{
	struct session_build copy = *b;
	struct session *s = NULL;
	if (b->nomem || b->nrows == 0) {
		(void)(b->nomem ? build_out_of_memory(b, err) : no_lap(b, err));
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
