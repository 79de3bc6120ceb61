#include "core/source/load.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

#include "core/load/find.h"
#include "core/load/season_json.h"
#include "core/source/work.h"

bool work_go_on(const struct work *w, struct err *err)
{
	if (w->o->cancel && atomic_load_explicit(w->o->cancel, memory_order_relaxed))
		return err_set(err, ERR_CANCELLED, "loading was cancelled");
	return true;
}

bool work_no_memory(struct err *err)
{
	return err_set(err, ERR_NOMEM, "out of memory while loading");
}

void work_file_done(struct work *w, const struct file_entry *f)
{
	w->bytes_done += f->size > 0 ? (uint64_t)f->size : 0;
	if (w->o->progress && w->bytes > 0)
		atomic_store_explicit(w->o->progress, (unsigned)(w->bytes_done * 1000 / w->bytes),
				      memory_order_relaxed);
}

bool work_state(struct work *w, struct file_entry *f, enum file_state state, const char *why)
{
	uint32_t line;
	f->state = state;
	f->why = arena_str(w->d->arena, str_from(diag_why(why, f->path, &line)));
	if (!f->why)
		return false;
	return state != FILE_REFUSED || diag_add(&w->d->problems, w->d->arena, f->path, line, "%s", f->why);
}

size_t work_folder_len(const char *path)
{
	const char *slash = strrchr(path, '/');
	return slash ? (size_t)(slash - path) + 1 : 0;
}

/* --- the dataset --- */

static struct dataset *dataset_new(struct err *err)
{
	struct arena *a = arena_new(0);
	struct dataset *d = a ? ARENA_NEW(a, struct dataset) : NULL;
	if (!d) {
		arena_free(a);
		work_no_memory(err);
		return NULL;
	}
	d->arena = a;
	d->season = season_new(err);
	if (!d->season) {
		arena_free(a);
		return NULL;
	}
	return d;
}

static bool some_path_there(const struct load_opts *o, struct err *err)
{
	struct stat st;
	for (unsigned i = 0; i < o->npaths; i++) {
		if (stat(o->paths[i], &st) == 0)
			return true;
	}
	return o->npaths == 0 || err_set(err, ERR_NOT_FOUND, "%s: no such file or folder", o->paths[0]);
}

/* Roles that this load makes something of; the rest is listed and left alone. */
static bool is_read(enum file_role r)
{
	switch (r) {
	case ROLE_LAPS:
	case ROLE_LAPS_2024:
	case ROLE_RESULTS_PROVISIONAL:
	case ROLE_RESULTS:
	case ROLE_RESULTS_CLASS:
	case ROLE_QUALIFYING:
	case ROLE_BEST_TEN:
	case ROLE_WEATHER:
	case ROLE_SEASON_JSON:
		return true;
	default:
		return false;
	}
}

static const char *why_not_read(enum file_role r)
{
	switch (r) {
	case ROLE_TELEMETRY:
		return "telemetry: `pitwall import` puts it into the store";
	case ROLE_LAP_EVENTS:
		return "lap events of the cars: the official laps are used";
	case ROLE_STORY:
		return "the truth behind an invented season: a demo";
	case ROLE_CHAMPIONSHIP:
		return "championship table: points come from the season's JSON";
	default:
		return "not a file this program knows";
	}
}

static void look_over(struct work *w)
{
	for (uint32_t i = 0; i < w->d->files.n; i++) {
		struct file_entry *f = &w->d->files.at[i];
		w->d->demo |= f->role == ROLE_STORY;
		if (f->state == FILE_REFUSED)
			continue;
		f->state = FILE_NOT_READ;
		if (!is_read(f->role)) {
			if (!f->why || !f->why[0])
				f->why = why_not_read(f->role);
			continue;
		}
		f->why = "";
		w->bytes += f->size > 0 ? (uint64_t)f->size : 0;
	}
}

/* --- newest first --- */

static int two_digits(const char *p)
{
	return (p[0] - '0') * 10 + (p[1] - '0');
}

/* Days since 1970 of "2025-09-07" (proleptic Gregorian). */
static int64_t days_of(const char *date)
{
	int y = two_digits(date) * 100 + two_digits(date + 2), m = two_digits(date + 5), d = two_digits(date + 8);
	y -= m <= 2;
	int era = y / 400, yoe = y - era * 400;
	int doy = (153 * (m + (m > 2 ? -3 : 9)) + 2) / 5 + d - 1;
	int doe = yoe * 365 + yoe / 4 - yoe / 100 + doy;
	return (int64_t)era * 146097 + doe - 719468;
}

/* Seconds since 1970, by the date and the clock of the session, else by its file. */
static int64_t when(const struct session *s)
{
	if (strlen(s->date) != 10)
		return s->mtime;
	return days_of(s->date) * 86400 + (s->clock_start == MS_NONE ? 0 : s->clock_start / 1000);
}

static int newest_first(const void *pa, const void *pb)
{
	const struct session *a = *(struct session *const *)pa, *b = *(struct session *const *)pb;
	int64_t x = when(a), y = when(b);
	if (x != y)
		return x > y ? -1 : 1;
	return strcmp(b->id, a->id);
}

/* A file copied today may be about a season long ago: where only the year is told, the end of it is the latest it can be. */
static void not_after_its_year(const struct loading *l)
{
	char last_day[16];
	if (l->id.year < 1950 || l->id.year > 2099 || l->s->date[0])
		return;
	snprintf(last_day, sizeof last_day, "%04d-12-31", l->id.year);
	int64_t end = days_of(last_day) * 86400 + 86399;
	if (l->s->mtime > end)
		l->s->mtime = end;
}

static bool hand_over(struct work *w, struct err *err)
{
	struct dataset *d = w->d;
	d->sessions = ARENA_ARRAY(d->arena, w->nsessions + 1, struct session *);
	if (!d->sessions)
		return work_no_memory(err);
	for (uint32_t i = 0; i < w->nsessions; i++) {
		not_after_its_year(&w->session[i]);
		d->sessions[d->nsessions++] = w->session[i].s;
		w->session[i].s = NULL;
	}
	if (d->nsessions)
		qsort(d->sessions, d->nsessions, sizeof(struct session *), newest_first);
	return true;
}

/* --- the order of work --- */

typedef bool step_fn(struct work *w, struct err *err);

/* Names of an event's own qualifying go before names of the season, and a grid that only names can tell comes after both. */
static step_fn *const steps[] = {
	season_ahead_start, load_sessions, merge_duplicates, give_ids,   load_officials, join_officials,   join_grids,
	join_weather,       load_season,   name_drivers,     join_grids, join_season,    name_from_season, hand_over,
};

static bool find(struct work *w, struct err *err)
{
	struct dataset *d = w->d;
	if (!some_path_there(w->o, err) ||
	    !find_files(w->o->paths, w->o->npaths, d->arena, &d->files, &d->problems, w->o->cancel, err))
		return false;
	look_over(w);
	return true;
}

static bool run(struct work *w, struct err *err)
{
	if (!find(w, err))
		return false;
	for (size_t i = 0; i < sizeof steps / sizeof steps[0]; i++) {
		if (!work_go_on(w, err) || !steps[i](w, err))
			return false;
	}
	return true;
}

static double now_ms(void)
{
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

struct dataset *dataset_load(const struct load_opts *o, struct err *err)
{
	double start = now_ms();
	struct work w = {.o = o, .d = dataset_new(err)};
	if (!w.d)
		return NULL;
	w.scratch = arena_new(0);
	bool ok = w.scratch ? run(&w, err) : work_no_memory(err);
	season_ahead_end(&w);
	for (uint32_t i = 0; i < w.nsessions; i++)
		session_free(w.session[i].s);
	free(w.session);
	arena_free(w.scratch);
	if (!ok) {
		dataset_free(w.d);
		return NULL;
	}
	if (o->progress)
		atomic_store(o->progress, 1000);
	w.d->load_ms = now_ms() - start;
	return w.d;
}
