#include "core/analysis/options.h"

#include <string.h>

#include "core/model/session.h"

void analysis_defaults(struct analysis_options *o)
{
	*o = (struct analysis_options){
		.elapsed = MS_NONE,
		.held_under = 500,
		.close_under = 1000,
		.pit_loss = MS_NONE,
	};
}

bool analysis_is_cut(const struct analysis_options *o)
{
	return o->lap != 0 || o->elapsed != MS_NONE;
}

bool analysis_in_class(const struct analysis_options *o, const struct car *c)
{
	return !o->class_name || strcmp(o->class_name, c->class_name) == 0;
}

static bool has_class(const struct analysis_options *o, const struct session *s)
{
	for (uint32_t i = 0; i < s->ncars; i++)
		if (analysis_in_class(o, &s->cars[i]))
			return true;
	return false;
}

static uint16_t last_lap(const struct session *s)
{
	uint16_t last = 0;

	for (uint32_t i = 0; i < s->laps.n; i++)
		if (s->laps.number[i] > last)
			last = s->laps.number[i];
	return last;
}

bool analysis_options_check(const struct analysis_options *o, const struct session *s, struct err *err)
{
	if (!has_class(o, s))
		return err_set(err, ERR_NOT_FOUND, "%s has no class \"%s\"", s->id, o->class_name);
	if (o->lap > last_lap(s))
		return err_set(err, ERR_NOT_FOUND, "%s has no lap %u; its last is %u", s->id, (unsigned)o->lap,
			       (unsigned)last_lap(s));
	return true;
}

static const char *copy_text(struct arena *a, const char *s)
{
	return arena_strndup(a, s ? s : "", s ? strlen(s) : 0);
}

static bool copy_exclusions(struct analysis_options *out, const struct analysis_options *o, struct arena *a)
{
	struct exclusion *e = ARENA_ARRAY(a, o->nexcluded, struct exclusion);

	if (!e)
		return false;
	for (uint32_t i = 0; i < o->nexcluded; i++) {
		e[i].car = copy_text(a, o->excluded[i].car);
		e[i].lap = o->excluded[i].lap;
		e[i].why = copy_text(a, o->excluded[i].why);
		if (!e[i].car || !e[i].why)
			return false;
	}
	out->excluded = e;
	return true;
}

bool analysis_options_copy(struct analysis_options *out, const struct analysis_options *o, struct arena *a)
{
	*out = *o;
	if (o->class_name && !(out->class_name = copy_text(a, o->class_name)))
		return false;
	return copy_exclusions(out, o, a);
}
