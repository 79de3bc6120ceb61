#include "core/telemetry/set.h"

#include <math.h>
#include <string.h>

#include "core/telemetry/cutting.h"
#include "core/telemetry/words.h"

static const char *copy(struct arena *a, const char *s)
{
	const char *out = arena_strndup(a, s ? s : "", s ? strlen(s) : 0);

	return out ? out : "";
}

static struct tel_car copy_car(struct arena *a, const struct tel_car *c)
{
	struct tel_car out = *c;

	out.chassis = copy(a, c->chassis);
	out.number = copy(a, c->number);
	out.numbers = copy(a, c->numbers);
	out.event = copy(a, c->event);
	out.race = copy(a, c->race);
	return out;
}

/* Two sources' rows of one car, or a car by fit that is there already: the one with more laps stays. */
static void drop_doubles(struct tel_set *s)
{
	for (uint32_t i = 0; i < s->ncars; i++)
		for (uint32_t k = 0; k < s->ncars; k++) {
			struct tel_match *a = &s->cars[i].match, *b = &s->cars[k].match;

			if (i != k && a->found && b->found && a->car == b->car &&
			    (a->laps < b->laps || (a->laps == b->laps && i > k))) {
				a->found = false;
				a->why = "another chassis has more laps of the same car";
			}
		}
}

/* How much the matches say for one local midnight: laps, the more the better they fit. */
static double weight_of(const struct tel_set *s, int64_t midnight)
{
	double sum = 0;

	for (uint32_t i = 0; i < s->ncars; i++) {
		const struct tel_match *m = &s->cars[i].match;

		if (m->found && m->midnight == midnight)
			sum += m->laps / (m->misfit + 0.05);
	}
	return sum;
}

/* A session is on one day in one zone: what fits on another only seems to. */
static void drop_other_days(struct tel_set *s)
{
	double most = 0;
	int64_t midnight = 0;

	for (uint32_t i = 0; i < s->ncars; i++) {
		const struct tel_match *m = &s->cars[i].match;

		if (m->found && weight_of(s, m->midnight) > most) {
			most = weight_of(s, m->midnight);
			midnight = m->midnight;
		}
	}
	for (uint32_t i = 0; i < s->ncars; i++) {
		struct tel_match *m = &s->cars[i].match;

		if (m->found && m->midnight != midnight) {
			m->found = false;
			m->why = "its samples fit only another day or hour than the other cars'";
		}
	}
}

static bool match_all(struct tel_set *s, struct tel_stream *const *streams, struct arena *scratch, struct err *err)
{
	for (uint32_t i = 0; i < s->ncars; i++) {
		struct tel_set_car *c = &s->cars[i];

		c->car = copy_car(s->arena, &streams[i]->car);
		c->no_clock = !streams[i]->car.has_clock;
		if (!tel_match_make(s->session, streams[i], &s->options, scratch, &c->match, err))
			return false;
		c->match.why = copy(s->arena, c->match.why);
	}
	drop_other_days(s);
	drop_doubles(s);
	return true;
}

/* The first place that the GPS of a car says. */
static void set_origin(struct tel_set *s, struct tel_stream *const *streams)
{
	for (uint32_t c = 0; c < s->ncars; c++)
		for (uint32_t i = 0; s->cars[c].match.found && streams[c]->lat && streams[c]->lon && i < streams[c]->n;
		     i++)
			if (!isnan(streams[c]->lat[i]) && !isnan(streams[c]->lon[i])) {
				s->origin_lat = streams[c]->lat[i];
				s->origin_lon = streams[c]->lon[i];
				return;
			}
}

static bool fill_laps(struct tel_set *s, const struct cutting *k, struct arena *scratch, struct err *err)
{
	for (uint32_t i = 0; i < s->nlaps; i++)
		if (k->cut[i].metres > 0 && !tel_grid_fill(s, &s->lap[i], &k->cut[i], scratch, err))
			return false;
	return true;
}

static bool say_lengths(struct tel_set *s, struct err *err)
{
	s->note = "";
	if (isnan(s->length) || isnan(s->timing_length) || fabs(s->length / s->timing_length - 1) <= 0.01)
		return true;
	s->note = tel_say(s->arena, err, "the cars drive %.0f m a lap, the timing's speeds say %.0f m", s->length,
			  s->timing_length);
	return s->note != NULL;
}

static bool build(struct tel_set *s, const struct analysis *an, struct tel_stream *const *streams,
		  struct arena *scratch, struct err *err)
{
	struct cutting k = {.streams = streams, .an = an, .scratch = scratch};

	s->cars = ARENA_ARRAY(s->arena, s->ncars, struct tel_set_car);
	if (!s->cars)
		return err_set(err, ERR_NOMEM, "no memory for the telemetry");
	if (!match_all(s, streams, scratch, err))
		return false;
	set_origin(s, streams);
	return tel_laps_cut(s, &k, err) && fill_laps(s, &k, scratch, err) && tel_corners_find(s, k.cut, scratch, err) &&
	       tel_corners_name(s, err) && tel_grip_envelope(s, scratch, err) && say_lengths(s, err);
}

struct tel_set *tel_set_new(const struct analysis *an, struct tel_stream *const *streams, uint32_t n,
			    const struct tel_options *o, struct err *err)
{
	struct arena *arena = arena_new(0), *scratch = arena_new(0);
	struct tel_set *s = arena ? ARENA_NEW(arena, struct tel_set) : NULL;

	if (!s || !scratch) {
		arena_free(arena);
		arena_free(scratch);
		err_set(err, ERR_NOMEM, "no memory for the telemetry");
		return NULL;
	}
	s->arena = arena;
	s->session = an->session;
	s->timing_length = an->track_length_m;
	s->ncars = n;
	tel_options_default(&s->options);
	if (o)
		s->options = *o;
	if (!build(s, an, streams, scratch, err)) {
		arena_free(arena);
		s = NULL;
	}
	arena_free(scratch);
	return s;
}

void tel_set_free(struct tel_set *s)
{
	if (s)
		arena_free(s->arena); /* the set itself lives in it */
}

static const struct tel_set_car *set_car(const struct tel_set *s, uint32_t session_car)
{
	for (uint32_t i = 0; i < s->ncars; i++)
		if (s->cars[i].match.found && s->cars[i].match.car == (int)session_car)
			return &s->cars[i];
	return NULL;
}

const struct tel_lap *tel_set_lap(const struct tel_set *s, uint32_t session_car, uint32_t number)
{
	const struct tel_set_car *c = set_car(s, session_car);

	for (uint32_t i = 0; c && i < c->n; i++)
		if (s->lap[c->first + i].number == number)
			return &s->lap[c->first + i];
	return NULL;
}

const struct tel_lap *tel_set_best(const struct tel_set *s, uint32_t session_car)
{
	const struct tel_set_car *c = set_car(s, session_car);
	const struct tel_lap *best = NULL;

	for (uint32_t i = 0; c && i < c->n; i++) {
		const struct tel_lap *l = &s->lap[c->first + i];

		if (l->usable &&
		    (!best || (l->clean && !best->clean) || (l->clean == best->clean && l->time < best->time)))
			best = l;
	}
	return best;
}

uint32_t tel_session_car(const struct tel_set *s, const struct tel_lap *l)
{
	return (uint32_t)s->cars[l->car].match.car;
}

uint32_t tel_point(const struct tel_set *s, double metres)
{
	double p = s->n ? floor(metres / s->step + 0.5) : 0;

	if (!(p > 0))
		return 0;
	return p < s->n - 1 ? (uint32_t)p : s->n - 1;
}

const float *tel_throttle(const struct tel_lap *l, const char **name)
{
	const float *v = l->v[TEL_APS] ? l->v[TEL_APS] : l->v[TEL_ATH];

	if (name)
		*name = l->v[TEL_APS] ? "pedal" : v ? "blade" : "";
	return v;
}
