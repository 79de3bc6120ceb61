/* Official files, grids and weather to the sessions they are about. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "core/base/path.h"
#include "core/load/attach.h"
#include "core/load/csv.h"
#include "core/load/match.h"
#include "core/load/weather.h"
#include "core/source/work.h"

/* --- reading --- */

static bool is_official(enum file_role r)
{
	return r == ROLE_RESULTS || r == ROLE_RESULTS_PROVISIONAL || r == ROLE_RESULTS_CLASS || r == ROLE_QUALIFYING ||
	       r == ROLE_BEST_TEN;
}

static bool load_official(struct work *w, struct file_entry *f, struct err *err)
{
	struct err e = {0};
	struct csv_reader *r = csv_open(f->path, &e);
	struct results *res = r ? results_load(r, f->path, w->scratch, &e) : NULL;
	csv_close(r);
	if (!res)
		return work_state(w, f, FILE_REFUSED, e.msg) || work_no_memory(err);
	struct official_file *o = &w->official[w->nofficial++];
	o->r = res;
	o->file = f;
	identity_of(f->path, &o->id);
	f->role = res->role;
	f->rows = res->n;
	f->refused = (uint32_t)res->refused.total;
	return true;
}

static bool is_provisional(const struct official_file *o)
{
	return str_has_nocase(str_from(path_base(o->r->path)), "provisional");
}

static bool has_drivers(const struct official_file *o)
{
	for (uint32_t i = 0; i < o->r->n; i++) {
		if (o->r->rows[i].driver[0])
			return true;
	}
	return false;
}

/* Official before provisional, with names before without: who comes first is kept, the next is the duplicate. */
static int by_worth(const void *pa, const void *pb)
{
	const struct official_file *a = pa, *b = pb;
	int c = (int)is_provisional(a) - (int)is_provisional(b);
	if (c == 0)
		c = (int)has_drivers(b) - (int)has_drivers(a);
	return c ? c : strcmp(a->r->path, b->r->path);
}

bool load_officials(struct work *w, struct err *err)
{
	uint32_t n = 0;
	for (uint32_t i = 0; i < w->d->files.n; i++)
		n += is_official(w->d->files.at[i].role);
	w->official = ARENA_ARRAY(w->scratch, n + 1, struct official_file);
	if (!w->official)
		return work_no_memory(err);
	for (uint32_t i = 0; i < w->d->files.n; i++) {
		struct file_entry *f = &w->d->files.at[i];
		if (!is_official(f->role))
			continue;
		if (!work_go_on(w, err) || !load_official(w, f, err))
			return false;
		work_file_done(w, f);
	}
	if (w->nofficial)
		qsort(w->official, w->nofficial, sizeof *w->official, by_worth);
	return true;
}

/* --- which sessions may be meant --- */

static bool years_fit(const struct identity *a, const struct identity *b)
{
	return a->year == 0 || b->year == 0 || a->year == b->year;
}

/* By track, kind and number. */
static bool named_alike(const struct identity *file, const struct identity *session, enum session_kind kind)
{
	return file->track[0] && file->number > 0 && file->number == session->number && session->kind == kind &&
	       strcmp(file->track, session->track) == 0 && years_fit(file, session);
}

static bool in_folder(const char *a, const char *b)
{
	size_t n = work_folder_len(a);
	return n == work_folder_len(b) && memcmp(a, b, n) == 0;
}

/* In one folder, and nothing in their names against it. */
static bool beside(const struct identity *file, const char *path, const struct loading *l, enum session_kind kind)
{
	const struct identity *s = &l->id;
	bool kinds = !file->kind_known || !s->kind_known || s->kind == kind;
	bool numbers = file->number == 0 || s->number == 0 || file->number == s->number;
	bool tracks = !file->track[0] || !s->track[0] || strcmp(file->track, s->track) == 0;
	return kinds && numbers && tracks && in_folder(path, l->file->path);
}

/* --- results --- */

static bool copy_state(struct work *w, struct official_file *o, struct session *s)
{
	struct file_entry *e = &s->files.at[s->files.n - 1];
	e->size = o->file->size;
	e->mtime = o->file->mtime;
	char why[400] = "";
	if (e->state == FILE_DUPLICATE)
		snprintf(why, sizeof why, "%s has the same figures from another file", s->id);
	return work_state(w, o->file, e->state, why);
}

/* Tries the sessions that fit by name (pass 0), then those of the folder (pass 1). *joined: one took it. */
static bool join_one(struct work *w, struct official_file *o, bool *joined, const char **why)
{
	enum session_kind kind = o->id.kind_known ? o->id.kind : KIND_RACE;
	for (int pass = 0; pass < 2; pass++) {
		for (uint32_t i = 0; i < w->nsessions; i++) {
			struct loading *l = &w->session[i];
			bool named = named_alike(&o->id, &l->id, kind);
			if (pass == 0 ? !named : named || !beside(&o->id, o->r->path, l, kind))
				continue;
			*joined = attach_results(l->s, o->r, why);
			if (*joined)
				return copy_state(w, o, l->s);
		}
	}
	return true;
}

bool join_officials(struct work *w, struct err *err)
{
	for (uint32_t i = 0; i < w->nofficial; i++) {
		struct official_file *o = &w->official[i];
		const char *why = "no session of this track, kind and number, and none in its folder";
		bool joined = false;
		if (!work_go_on(w, err))
			return false;
		if (!join_one(w, o, &joined, &why) || (!joined && !work_state(w, o->file, FILE_NOT_ATTACHED, why)))
			return work_no_memory(err);
	}
	return true;
}

/* --- the grid --- */

static bool same_order(const struct results *a, const struct results *b)
{
	if (a->n != b->n)
		return false;
	for (uint32_t i = 0; i < a->n; i++) {
		const struct official *x = &a->rows[i].official, *y = &b->rows[i].official;
		if (x->position != y->position || x->fastest != y->fastest ||
		    !same_number_bare(a->rows[i].number, b->rows[i].number))
			return false;
	}
	return true;
}

/* A file that a session took stays used; one that only repeats another grid is told so. */
static bool tell_grid(struct work *w, struct official_file *o, const struct loading *race, const char *why)
{
	char text[400];
	if (o->file->state != FILE_NOT_ATTACHED)
		return true;
	if (race->grid_from == o->r)
		return work_state(w, o->file, FILE_USED, "");
	if (!race->grid_from)
		return work_state(w, o->file, FILE_NOT_ATTACHED, why);
	bool same = same_order(race->grid_from, o->r);
	snprintf(text, sizeof text, "the grid of %s %s %s", race->s->id, same ? "is the same in" : "comes from",
		 race->grid_from->path);
	return work_state(w, o->file, same ? FILE_DUPLICATE : FILE_NOT_ATTACHED, text);
}

static bool grid_for(const struct official_file *o, const struct loading *race)
{
	if (race->id.kind != KIND_RACE)
		return false;
	if (named_alike(&o->id, &race->id, KIND_RACE))
		return true;
	return o->id.number == 0 && race->id.number == 0 && in_folder(o->r->path, race->file->path);
}

/* May run again after drivers are named: places that only a name could tell are filled in then. */
bool join_grids(struct work *w, struct err *err)
{
	for (uint32_t i = 0; i < w->nofficial; i++) {
		struct official_file *o = &w->official[i];
		if (o->r->role != ROLE_QUALIFYING)
			continue;
		for (uint32_t j = 0; j < w->nsessions; j++) {
			struct loading *race = &w->session[j];
			const char *why = "";
			if (!grid_for(o, race))
				continue;
			if ((!race->grid_from || race->grid_from == o->r) && attach_grid(race->s, o->r, &why))
				race->grid_from = o->r;
			if (!tell_grid(w, o, race, why))
				return work_no_memory(err);
		}
	}
	return true;
}

/* --- weather --- */

/* Seconds since 1970 of the first row; 0 unknown. */
static int64_t first_moment(const char *path)
{
	int64_t t = 0;
	struct csv_reader *r = csv_open(path, NULL);
	if (r && csv_next(r, NULL) == CSV_ROW)
		int_parse(csv_field(r, csv_column(r, "TIME_UTC_SECONDS")), &t);
	csv_close(r);
	return t > 0 && t < 4102444800 ? t : 0;
}

/* The local date: weather begins within minutes of the session, so the difference of the two clocks, to the hour, is the zone. */
static bool date_from_weather(struct loading *l, const char *path)
{
	int64_t t = l->s->date[0] || l->s->clock_start == MS_NONE ? 0 : first_moment(path);
	if (t == 0)
		return true;
	double hours = ((double)l->s->clock_start / 1000.0 - (double)(t % 86400)) / 3600.0;
	int64_t zone = round_half_away(hours);
	if (zone > 13)
		zone -= 24;
	if (zone < -12)
		zone += 24;
	time_t local = (time_t)(t + zone * 3600);
	struct tm tm;
	char date[40];
	if (!gmtime_r(&local, &tm) || strftime(date, sizeof date, "%Y-%m-%d", &tm) != 10)
		return true;
	l->s->date = arena_str(l->s->arena, str_from(date));
	return l->s->date != NULL;
}

static size_t common_start(const char *a, const char *b)
{
	size_t n = 0;
	while (a[n] && a[n] == b[n])
		n++;
	return n;
}

/* By name; else, of the sessions in its folder, the one whose file name begins most alike. */
static struct loading *weather_owner(struct work *w, const char *path, const struct identity *id)
{
	enum session_kind kind = id->kind_known ? id->kind : KIND_RACE;
	struct loading *best = NULL;
	size_t most = 0;
	for (uint32_t i = 0; i < w->nsessions; i++) {
		struct loading *l = &w->session[i];
		if (named_alike(id, &l->id, kind))
			return l;
		size_t common = common_start(path, l->file->path);
		if (beside(id, path, l, kind) && common > most) {
			best = l;
			most = common;
		}
	}
	return best;
}

static bool give_weather(struct work *w, struct file_entry *f, const struct weather *weather)
{
	struct identity id;
	char why[400];
	identity_of(f->path, &id);
	struct loading *l = weather_owner(w, f->path, &id);
	f->rows = weather->n;
	if (!l)
		return work_state(w, f, FILE_NOT_ATTACHED,
				  "no session of this track, kind and number, and none in its folder");
	if (l->s->weather.n > 0) {
		snprintf(why, sizeof why, "%s already has weather", l->s->id);
		return work_state(w, f, FILE_DUPLICATE, why);
	}
	if (!work_state(w, f, FILE_USED, ""))
		return false;
	l->s->weather = *weather;
	return file_list_add(&l->s->files, l->s->arena, f) && date_from_weather(l, f->path);
}

bool join_weather(struct work *w, struct err *err)
{
	for (uint32_t i = 0; i < w->d->files.n; i++) {
		struct file_entry *f = &w->d->files.at[i];
		struct weather weather = {0};
		struct err e = {0};
		if (f->role != ROLE_WEATHER)
			continue;
		if (!work_go_on(w, err))
			return false;
		struct csv_reader *r = csv_open(f->path, &e);
		bool ok = r && weather_load(r, &weather, &e);
		csv_close(r);
		if (!(ok ? give_weather(w, f, &weather) : work_state(w, f, FILE_REFUSED, e.msg)))
			return work_no_memory(err);
		work_file_done(w, f);
	}
	return true;
}
