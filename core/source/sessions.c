/* Lap files into sessions: each loaded once, the same rows twice made one, ids given. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/path.h"
#include "core/load/laps.h"
#include "core/load/laps_2024.h"
#include "core/load/match.h"
#include "core/source/work.h"

enum { ID_LEN = 200 };

/* --- loading --- */

static void set_defaults(struct session *s)
{
	s->id = s->track = s->track_name = s->title = s->aliases = s->date = "";
	for (uint32_t i = 0; i < s->ncars; i++) {
		struct car *c = &s->cars[i];
		c->alias = c->season_number = "";
		c->grid = 0;
		c->grid_time = MS_NONE;
	}
}

static bool keep_session(struct work *w, struct file_entry *f, struct session *s)
{
	struct loading *l = &w->session[w->nsessions];
	memset(l, 0, sizeof *l);
	l->s = s;
	l->file = f;
	identity_of(f->path, &l->id);
	set_defaults(s);
	s->mtime = f->mtime;
	f->rows = s->rows;
	f->refused = (uint32_t)s->refused.total;
	for (uint32_t i = 0; i < s->files.n; i++) {
		s->files.at[i].size = f->size;
		s->files.at[i].mtime = f->mtime;
	}
	w->nsessions++;
	return work_state(w, f, FILE_USED, "");
}

static bool is_lap_file(enum file_role r)
{
	return r == ROLE_LAPS || r == ROLE_LAPS_2024;
}

/* false only when the load as a whole must end; a file that cannot be used is refused and told. */
static bool load_one(struct work *w, struct file_entry *f, struct err *err)
{
	struct err e = {0};
	struct session *s = NULL;
	struct csv_reader *r = csv_open(f->path, &e);
	if (r)
		s = f->role == ROLE_LAPS ? laps_load(r, f->path, w->o->cancel, &e)
					 : laps_2024_load(r, f->path, w->o->cancel, &e);
	csv_close(r);
	if (s)
		return keep_session(w, f, s) || work_no_memory(err);
	if (e.code == ERR_CANCELLED)
		return err_set(err, ERR_CANCELLED, "%s", e.msg);
	return work_state(w, f, FILE_REFUSED, e.msg) || work_no_memory(err);
}

bool load_sessions(struct work *w, struct err *err)
{
	uint32_t n = 0;
	for (uint32_t i = 0; i < w->d->files.n; i++)
		n += is_lap_file(w->d->files.at[i].role);
	w->session = calloc((size_t)n + 1, sizeof *w->session);
	if (!w->session)
		return work_no_memory(err);
	for (uint32_t i = 0; i < w->d->files.n; i++) {
		struct file_entry *f = &w->d->files.at[i];
		if (!is_lap_file(f->role))
			continue;
		if (!work_go_on(w, err) || !load_one(w, f, err))
			return false;
		work_file_done(w, f);
	}
	return true;
}

/* --- the same rows twice --- */

static int by_rows(const void *pa, const void *pb)
{
	const struct loading *a = pa, *b = pb;
	if (a->s->fingerprint != b->s->fingerprint)
		return a->s->fingerprint < b->s->fingerprint ? -1 : 1;
	if (a->s->laps.n != b->s->laps.n)
		return a->s->laps.n < b->s->laps.n ? -1 : 1;
	if (a->s->has_names != b->s->has_names)
		return a->s->has_names ? -1 : 1;
	return strcmp(a->file->path, b->file->path);
}

static int by_path(const void *pa, const void *pb)
{
	const struct loading *a = pa, *b = pb;
	return strcmp(a->file->path, b->file->path);
}

static bool same_laps(const struct session *a, const struct car *x, const struct session *b, const struct car *y)
{
	return x->n == y->n && memcmp(a->laps.time + x->first, b->laps.time + y->first, x->n * sizeof(ms_t)) == 0;
}

/* A car that the dropped copy calls otherwise answers to that id too, unless it is another car's here. */
static bool keep_car_aliases(struct session *keep, const struct session *drop)
{
	for (uint32_t j = 0; j < drop->ncars; j++) {
		const struct car *y = &drop->cars[j];
		if (session_car(keep, y->id) >= 0)
			continue;
		for (uint32_t i = 0; i < keep->ncars; i++) {
			struct car *x = &keep->cars[i];
			if (x->alias[0] || !same_number_bare(x->number, y->number) || !same_laps(keep, x, drop, y))
				continue;
			x->alias = arena_str(keep->arena, str_from(y->id));
			if (!x->alias)
				return false;
			break;
		}
	}
	return true;
}

static bool keep_alias(struct session *s, const char *id)
{
	char all[ID_LEN * 2];
	if (session_answers_to(s, id))
		return true;
	int n = snprintf(all, sizeof all, "%s%s%s", s->aliases, s->aliases[0] ? " " : "", id);
	if (n < 0 || (size_t)n >= sizeof all)
		return true;
	s->aliases = arena_str(s->arena, str_from(all));
	return s->aliases != NULL;
}

/* The kept file's name decides; what it does not tell, the copy's may. */
static void keep_identity(struct identity *id, const struct identity *other)
{
	if ((!id->track[0] || id->number == 0) && other->track[0] && other->number > 0) {
		memcpy(id->track, other->track, sizeof id->track);
		id->number = other->number;
		id->kind = other->kind;
		id->kind_known = other->kind_known;
	}
	if (id->year == 0)
		id->year = other->year;
	if (!id->date[0])
		memcpy(id->date, other->date, sizeof id->date);
}

static bool merge(struct work *w, struct loading *keep, struct loading *drop)
{
	char why[400], own[ID_LEN], other[ID_LEN];
	snprintf(why, sizeof why, "the same laps as %s", keep->file->path);
	if (!work_state(w, drop->file, FILE_DUPLICATE, why))
		return false;
	struct file_entry e = *drop->file;
	identity_id(&drop->id, drop->file->path, other, sizeof other);
	keep_identity(&keep->id, &drop->id);
	identity_id(&keep->id, keep->file->path, own, sizeof own);
	bool ok = file_list_add(&keep->s->files, keep->s->arena, &e) && keep_car_aliases(keep->s, drop->s) &&
		  (strcmp(own, other) == 0 || keep_alias(keep->s, other));
	session_free(drop->s);
	drop->s = NULL;
	return ok;
}

static bool same_rows(const struct session *a, const struct session *b)
{
	return a->fingerprint == b->fingerprint && a->laps.n == b->laps.n;
}

bool merge_duplicates(struct work *w, struct err *err)
{
	uint32_t kept = 0;
	if (w->nsessions > 1)
		qsort(w->session, w->nsessions, sizeof *w->session, by_rows);
	for (uint32_t i = 0; i < w->nsessions; i++) {
		struct loading l = w->session[i];
		if (kept && same_rows(w->session[kept - 1].s, l.s)) {
			if (!merge(w, &w->session[kept - 1], &w->session[i]))
				return work_no_memory(err);
			continue;
		}
		w->session[i].s = NULL;
		w->session[kept++] = l;
	}
	w->nsessions = kept;
	if (kept > 1)
		qsort(w->session, kept, sizeof *w->session, by_path);
	return true;
}

/* --- ids --- */

static bool set_text(struct session *s, const char **to, const char *text)
{
	*to = arena_str(s->arena, str_from(text));
	return *to != NULL;
}

struct naming {
	struct loading *l;
	char id[ID_LEN];
};

/* The latest season first; a year that is not known last. */
static int by_id_and_year(const void *pa, const void *pb)
{
	const struct naming *a = pa, *b = pb;
	int c = strcmp(a->id, b->id);
	if (c == 0)
		c = (b->l->id.year > a->l->id.year) - (b->l->id.year < a->l->id.year);
	return c ? c : strcmp(a->l->file->path, b->l->file->path);
}

static int by_id(const void *pa, const void *pb)
{
	const struct naming *a = pa, *b = pb;
	int c = strcmp(a->id, b->id);
	return c ? c : strcmp(a->l->file->path, b->l->file->path);
}

static bool has_place(const struct identity *id)
{
	return id->track[0] && id->number > 0;
}

static void parent_and_stem(const char *path, char *out, size_t cap)
{
	char folder[ID_LEN], parent[ID_LEN / 2], stem[ID_LEN / 2];
	size_t n = work_folder_len(path);
	snprintf(folder, sizeof folder, "%.*s.x", n > 1 && n < sizeof folder - 3 ? (int)n - 1 : 0, path);
	identity_stem(folder, parent, sizeof parent);
	identity_stem(path, stem, sizeof stem);
	snprintf(out, cap, "%s_%s", parent, stem);
}

/* Sessions that would share an id: of a known event the first keeps it and another season's gets its year; what is known by
 * its file's name gets the folder in front. */
static void tell_apart(struct naming *n, uint32_t count)
{
	for (uint32_t i = 0; i < count; i++) {
		const struct identity *id = &n[i].l->id;
		bool event = has_place(id);
		bool other_season = event && i > 0 && id->year > 0 && id->year != n[i - 1].l->id.year;
		if (other_season) {
			size_t len = strlen(n[i].id);
			snprintf(n[i].id + len, sizeof n[i].id - len, "-%d", id->year);
		} else if (!event || i > 0) {
			parent_and_stem(n[i].l->file->path, n[i].id, sizeof n[i].id);
		}
	}
}

/* Whatever else is equal gets a number. */
static void count_apart(struct naming *n, uint32_t count)
{
	uint32_t same = 1;
	qsort(n, count, sizeof *n, by_id);
	for (uint32_t i = 1; i < count; i++) {
		size_t len = strlen(n[i - same].id);
		if (strcmp(n[i].id, n[i - same].id) != 0) {
			same = 1;
			continue;
		}
		same++;
		if (len + 12 < sizeof n[i].id)
			snprintf(n[i].id + len, sizeof n[i].id - len, "_%u", same);
		else
			snprintf(n[i].id, sizeof n[i].id, "session_%u", i);
	}
}

static const char kind_letter[] = {[KIND_RACE] = 'R', [KIND_QUALIFYING] = 'Q', [KIND_PRACTICE] = 'P'};

/* "Barber R2", "Lime Rock race 2022", or the words of the id. */
static void title_of(const struct loading *l, const struct track_name *t, char *out, size_t cap)
{
	const struct identity *id = &l->id;
	bool suffix = strchr(l->s->id, '-') != NULL;
	if (t && id->number > 0)
		snprintf(out, cap, "%s %c%d", t->short_name, kind_letter[id->kind], id->number);
	else if (t)
		snprintf(out, cap, "%s %s", t->short_name, session_kind_name(id->kind));
	else
		snprintf(out, cap, "%s", l->s->id);
	size_t n = strlen(out);
	if (t && id->year > 0 && (suffix || id->number == 0))
		snprintf(out + n, cap - n, " %d", id->year);
	for (char *p = out; !t && *p; p++)
		*p = *p == '_' ? ' ' : *p;
}

bool session_dress(struct loading *l, const char *id)
{
	struct session *s = l->s;
	const struct track_name *t = l->id.track[0] ? track_by_id(l->id.track) : NULL;
	char title[ID_LEN];
	if (!set_text(s, &s->id, id))
		return false;
	s->kind = l->id.kind;
	s->kind_guessed = !l->id.kind_known;
	s->event = session_kind_name(s->kind);
	s->number = l->id.number;
	title_of(l, t, title, sizeof title);
	return set_text(s, &s->title, title) && set_text(s, &s->track, l->id.track) &&
	       set_text(s, &s->track_name, t ? t->name : "") && set_text(s, &s->date, l->id.date);
}

bool give_ids(struct work *w, struct err *err)
{
	struct naming *n = calloc((size_t)w->nsessions + 1, sizeof *n);
	if (!n)
		return work_no_memory(err);
	for (uint32_t i = 0; i < w->nsessions; i++) {
		n[i].l = &w->session[i];
		identity_id(&n[i].l->id, n[i].l->file->path, n[i].id, sizeof n[i].id);
	}
	if (w->nsessions)
		qsort(n, w->nsessions, sizeof *n, by_id_and_year);
	for (uint32_t from = 0, to; from < w->nsessions; from = to) {
		for (to = from + 1; to < w->nsessions && strcmp(n[from].id, n[to].id) == 0;)
			to++;
		if (to - from > 1)
			tell_apart(n + from, to - from);
	}
	if (w->nsessions)
		count_apart(n, w->nsessions);
	bool ok = true;
	for (uint32_t i = 0; i < w->nsessions && ok; i++)
		ok = session_dress(n[i].l, n[i].id);
	free(n);
	return ok || work_no_memory(err);
}
