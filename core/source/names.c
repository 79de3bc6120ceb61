/* Who drove which car, and which cars are the season JSON's drivers. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/load/match.h"
#include "core/load/season_json.h"
#include "core/source/work.h"

/* --- the season's JSON --- */

/* JSON of other kinds lies about (track layouts, telemetry): that is no error of anybody's. Broken JSON is. */
static bool tell_season_file(struct work *w, const struct season_file *read)
{
	struct file_entry *f = read->entry;
	f->refused = read->refused;
	if (read->ok)
		return work_state(w, f, FILE_USED, "");
	if (read->err.code != ERR_NOT_FOUND)
		return work_state(w, f, FILE_REFUSED, read->err.msg);
	f->role = ROLE_UNKNOWN;
	return work_state(w, f, FILE_NOT_READ, "JSON, but not one of the season's files");
}

static bool tell_too_large(struct work *w)
{
	for (uint32_t i = 0; i < w->d->files.n; i++) {
		struct file_entry *f = &w->d->files.at[i];
		if (f->role != ROLE_SEASON_JSON || f->size <= SEASON_JSON_MAX)
			continue;
		f->role = ROLE_UNKNOWN;
		if (!work_state(w, f, FILE_NOT_READ, "too large to be the season's JSON"))
			return false;
		work_file_done(w, f);
	}
	return true;
}

bool load_season(struct work *w, struct err *err)
{
	uint32_t n = 0;
	const struct season_file *file = season_ahead_get(w, &n);
	if (!work_go_on(w, err))
		return false;
	for (uint32_t i = 0; i < n; i++) {
		if (!tell_season_file(w, &file[i]))
			return work_no_memory(err);
		work_file_done(w, file[i].entry);
	}
	return (tell_too_large(w) || work_no_memory(err)) && season_finish(w->d->season, err);
}

static const struct season_result *json_result(const struct season_driver *d, const struct session *s)
{
	for (uint32_t i = 0; d && s->kind == KIND_RACE && i < d->nresults; i++) {
		if (d->results[i].race == s->number && strcmp(d->results[i].track, s->track) == 0)
			return &d->results[i];
	}
	return NULL;
}

static const struct season_driver *json_driver(const struct work *w, const struct car *c)
{
	char bare[32];
	struct str b = number_bare(c->number);
	const struct season_driver *d = season_driver(w->d->season, c->number);
	if (d || b.n >= sizeof bare)
		return d;
	memcpy(bare, b.p, b.n);
	bare[b.n] = '\0';
	return season_driver(w->d->season, bare);
}

/* Of the drivers that the JSON has in this race, do 80 % have the fastest lap that the lap file says? */
static bool race_fits(const struct work *w, const struct session *s)
{
	uint32_t judged = 0, agree = 0;
	struct car_facts *facts = s->kind == KIND_RACE && s->number > 0 ? car_facts_of(s) : NULL;
	for (uint32_t i = 0; facts && i < s->ncars; i++) {
		const struct season_result *r = json_result(json_driver(w, &s->cars[i]), s);
		if (!r || r->fastest == MS_NONE)
			continue;
		judged++;
		agree += r->fastest == facts[i].best || r->fastest == facts[i].least;
	}
	free(facts);
	return judged >= 3 && (uint64_t)agree * 100 >= (uint64_t)judged * 80;
}

static bool json_has_track(const struct season *season, const char *track)
{
	for (uint32_t i = 0; i < season->ntracks; i++) {
		if (strcmp(season->tracks[i].id, track) == 0)
			return true;
	}
	for (uint32_t i = 0; i < season->ndrivers; i++) {
		const struct season_driver *d = &season->drivers[i];
		for (uint32_t j = 0; j < d->nresults; j++) {
			if (strcmp(d->results[j].track, track) == 0)
				return true;
		}
	}
	return false;
}

/* Like the races that fit: in the class of one, and not of another year than all whose year is known. No race fits: yes. */
static bool like_races(const struct work *w, const struct loading *l)
{
	bool races = false, same_class = false, years = false, same_year = l->id.year == 0;
	for (uint32_t i = 0; i < w->nsessions; i++) {
		const struct loading *fit = &w->session[i];
		if (!fit->fits_season)
			continue;
		races = true;
		same_class |= strcmp(fit->s->cars[0].class_name, l->s->cars[0].class_name) == 0;
		years |= fit->id.year > 0;
		same_year |= fit->id.year > 0 && fit->id.year == l->id.year;
	}
	return !races || (same_class && (same_year || !years));
}

/* A practice, or a race whose results the JSON lacks: at one of its tracks, and four of five cars are its drivers. */
static bool cars_fit(const struct work *w, const struct loading *l)
{
	const struct session *s = l->s;
	uint32_t known = 0;
	if (s->ncars < 3 || !json_has_track(w->d->season, s->track) || !like_races(w, l))
		return false;
	for (uint32_t i = 0; i < s->ncars; i++)
		known += json_driver(w, &s->cars[i]) != NULL;
	return (uint64_t)known * 100 >= (uint64_t)s->ncars * 80;
}

static void choose_sessions(struct work *w)
{
	bool none = w->d->season->ndrivers == 0;
	for (uint32_t i = 0; i < w->nsessions; i++)
		w->session[i].fits_season = !none && race_fits(w, w->session[i].s);
	for (uint32_t i = 0; i < w->nsessions; i++) {
		struct loading *l = &w->session[i];
		l->in_season = none || l->fits_season || cars_fit(w, l);
	}
}

/* Several cars of the session are this number once leading zeros are gone. */
static bool shared(const struct session *s, uint32_t car)
{
	for (uint32_t i = 0; i < s->ncars; i++) {
		if (i != car && same_number_bare(s->cars[i].number, s->cars[car].number))
			return true;
	}
	return false;
}

/* The JSON has one driver for a number that two cars carry: its result may be of either. */
static bool warn_shared(struct work *w, struct session *s, uint32_t car)
{
	const struct season_driver *d = json_driver(w, &s->cars[car]);
	for (uint32_t i = 0; i < car; i++) {
		if (same_number_bare(s->cars[i].number, s->cars[car].number))
			return true; /* said for the first of them */
	}
	if (!json_result(d, s))
		return true;
	return diag_add(&w->d->season->warnings, w->d->season->arena, "driver_race_results", 0,
			"number %s is two drivers in %s: its result there is joined to neither", d->number, s->id) &&
	       diag_add(&s->warnings, s->arena, "driver_race_results", 0,
			"the season's number %s is two cars here: neither is joined to it", d->number);
}

static bool number_cars(struct work *w, struct loading *l)
{
	struct session *s = l->s;
	for (uint32_t i = 0; i < s->ncars; i++) {
		struct car *c = &s->cars[i];
		if (shared(s, i)) {
			if (!warn_shared(w, s, i))
				return false;
			continue;
		}
		const struct season_driver *d = json_driver(w, c);
		c->season_number = arena_str(s->arena, d ? str_from(d->number) : number_bare(c->number));
		if (!c->season_number)
			return false;
	}
	return true;
}

bool join_season(struct work *w, struct err *err)
{
	choose_sessions(w);
	for (uint32_t i = 0; i < w->nsessions; i++) {
		if (w->session[i].in_season && !number_cars(w, &w->session[i]))
			return work_no_memory(err);
	}
	return true;
}

/* --- names across the files of a season --- */

struct named {
	struct str bare;
	const char *name, *class_name, *group;
	int year;
};

struct pool {
	struct named *at;
	uint32_t n;
};

static int named_cmp(const void *pa, const void *pb)
{
	const struct named *a = pa, *b = pb;
	int c = str_cmp(a->bare, b->bare);
	return c ? c : strcmp(a->name, b->name);
}

static void add_named(struct pool *p, const char *number, const char *name, const char *class_name, const char *group,
		      int year)
{
	/* Several drivers of one car say nothing about who drives a car elsewhere. */
	if (name[0] && !strstr(name, " / "))
		p->at[p->n++] = (struct named){number_bare(number), name, class_name, group, year};
}

static bool fill_pool(struct work *w, struct pool *p)
{
	size_t n = 0;
	for (uint32_t i = 0; i < w->nofficial; i++)
		n += w->official[i].r->n;
	for (uint32_t i = 0; i < w->nsessions; i++)
		n += w->session[i].s->ncars;
	p->at = ARENA_ARRAY(w->scratch, n + 1, struct named);
	if (!p->at)
		return false;
	for (uint32_t i = 0; i < w->nofficial; i++) {
		const struct official_file *o = &w->official[i];
		for (uint32_t j = 0; j < o->r->n; j++) {
			const struct result_row *r = &o->r->rows[j];
			add_named(p, r->number, r->driver, r->class_name, r->group, o->id.year);
		}
	}
	for (uint32_t i = 0; i < w->nsessions; i++) {
		const struct session *s = w->session[i].s;
		for (uint32_t j = 0; s->has_names && j < s->ncars; j++) {
			const struct car *c = &s->cars[j];
			add_named(p, c->number, c->driver, c->class_name, c->group, w->session[i].id.year);
		}
	}
	if (p->n)
		qsort(p->at, p->n, sizeof *p->at, named_cmp);
	return true;
}

static bool same_word(const char *a, const char *b)
{
	return str_eq_nocase(str_trim(str_from(a)), str_trim(str_from(b)));
}

static bool named_in_session(const struct session *s, const struct car *but, const char *name)
{
	for (uint32_t i = 0; i < s->ncars; i++) {
		if (&s->cars[i] != but && same_word(s->cars[i].driver, name))
			return true;
	}
	return false;
}

/* The one name of this number in the pool; "" when there is none or more than one. in_group: only entries of the car's group. */
static const char *one_name(const struct pool *p, const struct loading *l, const struct car *c, bool in_group)
{
	struct str bare = number_bare(c->number);
	const char *name = "";
	uint32_t lo = 0, hi = p->n;
	while (lo < hi) {
		uint32_t mid = lo + (hi - lo) / 2;
		if (str_cmp(p->at[mid].bare, bare) < 0)
			lo = mid + 1;
		else
			hi = mid;
	}
	for (uint32_t i = lo; i < p->n && str_eq(p->at[i].bare, bare); i++) {
		const struct named *e = &p->at[i];
		bool years = e->year == 0 || l->id.year == 0 || e->year == l->id.year;
		if (!years || !same_word(e->class_name, c->class_name) ||
		    (in_group && !same_word(e->group, c->group)) || named_in_session(l->s, c, e->name))
			continue;
		if (name[0] && !same_word(name, e->name))
			return "";
		name = e->name;
	}
	return name;
}

/* Where two cars share a number, only the group may tell them apart, or that the other one has its name already. */
static const char *name_for(const struct pool *p, const struct loading *l, uint32_t car)
{
	const struct car *c = &l->s->cars[car];
	bool group_tells = c->group[0] != '\0', other_named = true;
	for (uint32_t i = 0; i < l->s->ncars; i++) {
		const struct car *o = &l->s->cars[i];
		if (i == car || !same_number_bare(o->number, c->number))
			continue;
		group_tells &= !same_word(o->group, c->group);
		other_named &= o->driver[0] != '\0';
	}
	const char *name = other_named ? one_name(p, l, c, false) : "";
	return name[0] || !group_tells ? name : one_name(p, l, c, true);
}

static bool name_cars(const struct pool *p, struct loading *l)
{
	struct session *s = l->s;
	/* Twice: a name found for one of two cars may settle the other. */
	for (int pass = 0; pass < 2; pass++) {
		for (uint32_t i = 0; i < s->ncars; i++) {
			const char *name = s->cars[i].driver[0] ? "" : name_for(p, l, i);
			if (name[0] && !(s->cars[i].driver = arena_str(s->arena, str_from(name))))
				return false;
		}
	}
	return true;
}

static bool all_named(const struct work *w)
{
	for (uint32_t i = 0; i < w->nsessions; i++) {
		for (uint32_t j = 0; j < w->session[i].s->ncars; j++) {
			if (!w->session[i].s->cars[j].driver[0])
				return false;
		}
	}
	return true;
}

bool name_drivers(struct work *w, struct err *err)
{
	struct pool p = {0};
	if (all_named(w))
		return true;
	if (!fill_pool(w, &p))
		return work_no_memory(err);
	for (uint32_t i = 0; i < w->nsessions; i++) {
		if (!name_cars(&p, &w->session[i]))
			return work_no_memory(err);
	}
	return true;
}

/* --- names of the JSON, last --- */

/* The session files' one name of a season number; "" none; NULL several. */
static const char *name_of_number(const struct work *w, const char *number)
{
	const char *name = "";
	for (uint32_t i = 0; i < w->nsessions; i++) {
		const struct session *s = w->session[i].s;
		for (uint32_t j = 0; w->session[i].in_season && j < s->ncars; j++) {
			const struct car *c = &s->cars[j];
			if (!c->driver[0] || strcmp(c->season_number, number) != 0)
				continue;
			if (name[0] && !same_word(name, c->driver))
				return NULL;
			name = c->driver;
		}
	}
	return name;
}

/* Is the number two drivers' in a race that the JSON has a result of? */
static bool mixed(const struct work *w, const struct season_driver *d)
{
	for (uint32_t i = 0; i < w->nsessions; i++) {
		const struct session *s = w->session[i].s;
		uint32_t cars = 0;
		for (uint32_t j = 0; w->session[i].in_season && j < s->ncars; j++)
			cars += same_number_bare(s->cars[j].number, d->number);
		if (cars > 1 && json_result(d, s))
			return true;
	}
	return false;
}

static bool name_car_from_json(const struct work *w, struct session *s, struct car *c)
{
	const struct season_driver *d = c->season_number[0] ? season_driver(w->d->season, c->season_number) : NULL;
	if (c->driver[0] || !d || !d->name[0] || mixed(w, d))
		return true;
	c->driver = arena_str(s->arena, str_from(d->name));
	return c->driver != NULL;
}

bool name_from_season(struct work *w, struct err *err)
{
	struct season *season = w->d->season;
	for (uint32_t i = 0; season->ndrivers && i < w->nsessions; i++) {
		struct session *s = w->session[i].s;
		for (uint32_t j = 0; w->session[i].in_season && j < s->ncars; j++) {
			if (!name_car_from_json(w, s, &s->cars[j]))
				return work_no_memory(err);
		}
	}
	for (uint32_t i = 0; i < season->ndrivers; i++) {
		struct season_driver *d = &season->drivers[i];
		const char *name = name_of_number(w, d->number);
		if (mixed(w, d))
			d->name = "";
		else if (name && name[0] && !(d->name = arena_str(season->arena, str_from(name))))
			return work_no_memory(err);
	}
	return true;
}
