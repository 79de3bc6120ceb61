/* What the user calls the corners. */
#include <math.h>
#include <string.h>

#include "core/base/num.h"
#include "core/telemetry/corner.h"
#include "core/telemetry/cut.h"

bool tel_corner_name_parse(const char *text, struct tel_corner_name *out)
{
	size_t track = strcspn(text, ":");
	const char *metres = text + track + (text[track] == ':');
	size_t n = strcspn(metres, ":");
	struct tel_corner_name x = {.track = {text, track}};

	if (track == 0 || metres[n] != ':' || !dec_parse((struct str){metres, n}, &x.metres) || x.metres < 0)
		return false;
	x.name = metres + n + 1;
	if (!*x.name)
		return false;
	if (out)
		*out = x;
	return true;
}

static struct tel_corner *nearest(struct tel_set *s, double metres)
{
	struct tel_corner *best = NULL;

	for (uint32_t i = 0; i < s->ncorners; i++)
		if (!best || fabs(s->corner[i].apex - metres) < fabs(best->apex - metres))
			best = &s->corner[i];
	return best && fabs(best->apex - metres) <= s->options.same ? best : NULL;
}

bool tel_corners_name(struct tel_set *s, struct err *err)
{
	for (unsigned i = 0; i < s->options.ncorners; i++) {
		struct tel_corner_name x;
		struct tel_corner *c;

		if (!tel_corner_name_parse(s->options.corner[i], &x) ||
		    !str_eq_nocase(x.track, str_from(s->session->track)))
			continue;
		c = nearest(s, x.metres);
		if (!c)
			continue;
		c->name = arena_strndup(s->arena, x.name, strlen(x.name));
		if (!c->name)
			return err_set(err, ERR_NOMEM, "no memory for the corners");
	}
	s->options.corner = NULL; /* the caller's */
	s->options.ncorners = 0;
	return true;
}
