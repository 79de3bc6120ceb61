#include "core/source/live.h"

#include <stdio.h>
#include <string.h>

#include "core/source/work.h"

/* Copies a text into s; *ok becomes false when memory is out. */
static const char *own(struct session *s, const char *text, bool *ok)
{
	const char *copy = text && *text ? arena_str(s->arena, str_from(text)) : "";
	*ok &= copy != NULL;
	return copy ? copy : "";
}

static void take_text(struct session *s, const char **to, const char *from, bool *ok)
{
	if (!**to)
		*to = own(s, from, ok);
}

static struct official official_of(struct session *s, const struct official *from, bool *ok)
{
	struct official o = *from;
	o.gap = own(s, from->gap, ok);
	o.status = own(s, from->status, ok);
	return o;
}

/* What the lap file says of a car stays; the rest is what was known. */
static void take_car(struct session *s, struct car *to, const struct car *from, bool *ok)
{
	take_text(s, &to->driver, from->driver, ok);
	take_text(s, &to->class_name, from->class_name, ok);
	take_text(s, &to->group, from->group, ok);
	take_text(s, &to->team, from->team, ok);
	take_text(s, &to->vehicle, from->vehicle, ok);
	to->alias = own(s, from->alias, ok);
	to->season_number = own(s, from->season_number, ok);
	to->grid = from->grid;
	to->grid_time = from->grid_time;
	to->provisional = official_of(s, &from->provisional, ok);
	to->final = official_of(s, &from->final, ok);
	to->by_class = official_of(s, &from->by_class, ok);
	to->best_ten = from->best_ten;
}

static const struct car *not_started(const struct session *before, const struct car *c)
{
	for (uint32_t i = 0; i < before->nnot_started; i++)
		if (strcmp(before->not_started[i].number, c->number) == 0)
			return &before->not_started[i];
	return NULL;
}

static const char *name_in(const struct session *o, const char *number)
{
	for (uint32_t k = 0; k < o->ncars; k++)
		if (*o->cars[k].driver && strcmp(o->cars[k].season_number, number) == 0)
			return o->cars[k].driver;
	return "";
}

/* Who drove this number elsewhere, at the same track before all: the file of an anonymous series names nobody. A number that two
 * cars share is nobody's. */
static const char *name_elsewhere(const struct dataset *d, const struct session *s, const struct car *c)
{
	const struct season_driver *known = season_driver(d->season, c->season_number);
	const char *name = "";
	for (int pass = 0; pass < 2 && *c->season_number && !*name; pass++)
		for (uint32_t i = 0; i < d->nsessions && !*name; i++)
			if (pass == 1 || (*s->track && strcmp(d->sessions[i]->track, s->track) == 0))
				name = name_in(d->sessions[i], c->season_number);
	return *name || !known ? name : known->name;
}

static bool take_cars(struct session *s, const struct session *before, const struct dataset *d)
{
	bool ok = true;
	for (uint32_t i = 0; i < s->ncars; i++) {
		struct car *c = &s->cars[i];
		int at = before ? session_car(before, c->id) : -1;
		const struct car *from = at >= 0 ? &before->cars[at] : before ? not_started(before, c) : NULL;
		if (from)
			take_car(s, c, from, &ok);
		else
			c->alias = "";
		take_text(s, &c->driver, name_elsewhere(d, s, c), &ok);
	}
	return ok;
}

/* Cars of the results that have no lap yet. */
static bool take_not_started(struct session *s, const struct session *before)
{
	bool ok = true;
	s->not_started = ARENA_ARRAY(s->arena, before->nnot_started + 1, struct car);
	for (uint32_t i = 0; s->not_started && i < before->nnot_started; i++) {
		const struct car *from = &before->not_started[i];
		if (session_car(s, from->id) >= 0)
			continue;
		struct car *to = &s->not_started[s->nnot_started++];
		*to = *from;
		to->driver = to->class_name = to->group = to->team = to->vehicle = "";
		to->id = own(s, from->id, &ok);
		to->number = own(s, from->number, &ok);
		take_car(s, to, from, &ok);
	}
	return ok && s->not_started;
}

/* The lap file's own entry is there already. */
static bool take_files(struct session *s, const struct session *before)
{
	bool ok = true;
	for (uint32_t i = 0; i < before->files.n; i++) {
		struct file_entry e = before->files.at[i];
		if (e.role == ROLE_LAPS && e.state == FILE_USED)
			continue;
		ok = ok && file_list_add(&s->files, s->arena, &e);
	}
	return ok;
}

static bool take_identity(struct session *s, const struct session *before)
{
	bool ok = true;
	s->id = own(s, before->id, &ok);
	s->track = own(s, before->track, &ok);
	s->track_name = own(s, before->track_name, &ok);
	s->title = own(s, before->title, &ok);
	s->event = own(s, before->event, &ok);
	s->aliases = own(s, before->aliases, &ok);
	s->date = own(s, before->date, &ok);
	s->kind = before->kind;
	s->kind_guessed = before->kind_guessed;
	s->number = before->number;
	s->weather = before->weather;
	s->has_names |= before->has_names;
	return ok;
}

bool live_replaces(struct session *s, const struct session *before, const struct dataset *d, struct err *err)
{
	bool ok = take_identity(s, before) && take_not_started(s, before) && take_cars(s, before, d) &&
		  take_files(s, before);
	return ok || err_set(err, ERR_NOMEM, "%s: out of memory", before->id);
}

static bool taken(const struct dataset *d, const char *id)
{
	return dataset_session(d, id) != NULL;
}

bool live_is_new(struct session *s, const char *path, const struct dataset *d, struct err *err)
{
	struct loading l = {.s = s};
	char id[200], live[210];
	identity_of(path, &l.id);
	identity_id(&l.id, path, id, sizeof id);
	snprintf(live, sizeof live, "%s%s", id, taken(d, id) ? "_live" : "");
	if (session_dress(&l, live) && take_cars(s, NULL, d))
		return true;
	return err_set(err, ERR_NOMEM, "%s: out of memory", path);
}
