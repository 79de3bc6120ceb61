#include "tui/tel_source.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/path.h"
#include "core/source/telemetry.h"
#include "core/telemetry/store.h"
#include "tui/tel.h"

enum { CEILING = 32 << 20, PATH = 4096, NAMED = 6, DAY = 24 * 3600 * 1000 };

struct tel_source {
	char store[PATH];             /* "" none */
	const struct dataset *opened; /* what `from` was opened for */
	struct telemetry *from;
	const char *const *corner;
	unsigned ncorners;
};

struct tel_source *tel_source_new(const char *store, const char *const *corner, unsigned ncorners)
{
	struct tel_source *s = calloc(1, sizeof(*s));

	if (!s)
		return NULL;
	s->corner = corner;
	s->ncorners = ncorners;
	if (store && strlen(store) < sizeof(s->store))
		memcpy(s->store, store, strlen(store) + 1);
	else if (!store && !tel_store_default_path(s->store, sizeof(s->store)))
		s->store[0] = '\0';
	return s;
}

void tel_source_free(struct tel_source *s)
{
	if (!s)
		return;
	telemetry_close(s->from);
	free(s);
}

static bool open_for(struct tel_source *s, const struct dataset *d, struct err *err)
{
	if (s->from && s->opened == d)
		return true;
	telemetry_close(s->from);
	s->opened = d;
	s->from = telemetry_open(d, s->store[0] ? s->store : NULL, TELEMETRY_ANY, err);
	return s->from != NULL;
}

/* One look for a session's telemetry. */
struct look {
	struct tel_source *source;
	struct tel_part *part;
	const struct dataset *dataset;
	const struct tel_run *run;
	struct telemetry_car *have;
	uint32_t nhave;
	uint16_t *car; /* of each: index in session.cars; NO_CAR: no car of it */
	struct tel_options options;
	const struct session *other; /* samples that were there are of this one */
};

/* Which car -----------------------------------------------------------------------------------------*/

static const char *unpadded(const char *n)
{
	while (*n == '0' && n[1])
		n++;
	return n;
}

static uint16_t by_number(const struct session *s, const char *number)
{
	int exact = *number ? session_car(s, number) : -1, found = -1;

	if (exact >= 0)
		return (uint16_t)exact;
	for (uint32_t i = 0; *number && i < s->ncars; i++) {
		if (strcmp(unpadded(s->cars[i].number), unpadded(number)) != 0)
			continue;
		if (found >= 0)
			return NO_CAR; /* "7" and "007": which one cannot be told */
		found = (int)i;
	}
	return found >= 0 ? (uint16_t)found : NO_CAR;
}

/* A car that sends no number of this session is known by where it crosses the line. */
static bool by_fit(struct look *k, struct err *err)
{
	for (uint32_t i = 0; i < k->nhave; i++) {
		const struct telemetry_car *one = &k->have[i];
		struct tel_stream *stream = NULL;
		struct tel_match match = {.found = false};

		if (k->car[i] != NO_CAR || (*one->car.number && strcmp(unpadded(one->car.number), "0") != 0))
			continue;
		if (!telemetry_read(k->source->from, &one, 1, INT64_MIN, INT64_MAX, k->run, &stream, err))
			return false;
		bool ok = !stream || !stream->n ||
			  tel_match_make(k->part->session, stream, &k->options, k->part->arena, &match, err);
		tel_stream_free(stream);
		if (!ok)
			return false;
		if (match.found)
			k->car[i] = (uint16_t)match.car;
	}
	return true;
}

static const char *source_words(const struct look *k, const struct telemetry_car *c)
{
	struct buf b;
	char *out;

	buf_init(&b, PATH);
	buf_fmt(&b, "%s: %s", c->in_store ? c->source : "raw", path_base(c->name));
	out = arena_str(k->part->arena, buf_view(&b));
	buf_release(&b);
	return out ? out : "";
}

static bool make_offers(struct look *k, struct err *err)
{
	struct tel_part *p = k->part;

	if (!telemetry_cars(k->source->from, p->session, k->run, p->arena, &k->have, &k->nhave, err))
		return false;
	k->car = ARENA_ARRAY(p->arena, k->nhave, uint16_t);
	p->offer = ARENA_ARRAY(p->arena, k->nhave, struct tel_offer);
	if (!k->car || !p->offer)
		return err_set(err, ERR_NOMEM, "no memory for telemetry");
	for (uint32_t i = 0; i < k->nhave; i++)
		k->car[i] = by_number(p->session, k->have[i].car.number);
	if (!by_fit(k, err))
		return false;
	for (uint32_t i = 0; i < k->nhave; i++)
		if (k->car[i] != NO_CAR && !tel_offer_of(p, k->car[i]))
			p->offer[p->noffers++] =
				(struct tel_offer){k->car[i], source_words(k, &k->have[i]), k->have[i].source};
	return true;
}

/* Samples -------------------------------------------------------------------------------------------*/

/* When a session was, on the clock of a match. */
static void times_of(const struct session *s, const struct tel_match *m, int64_t *from, int64_t *to)
{
	*from = m->midnight + (s->clock_start == MS_NONE ? 0 : s->clock_start);
	*to = *from + (s->clock_start == MS_NONE ? DAY : session_end(s));
}

/* Does what was found for one session lie in the same hours as what was found for the other? */
static bool at_once(const struct session *a, const struct tel_match *ma, const struct session *b,
		    const struct tel_match *mb)
{
	int64_t from_a, to_a, from_b, to_b;

	times_of(a, ma, &from_a, &to_a);
	times_of(b, mb, &from_b, &to_b);
	return from_a < to_b && from_b < to_a;
}

/* The same samples may fit two sessions of a track, one by chance: they are of the one that they fit better. A file of a whole weekend has
 * samples for several, at other hours. */
static bool of_this_session(struct look *k, const struct tel_stream *stream, bool *is, struct err *err)
{
	const struct session *mine = k->part->session;
	struct tel_match here, there;

	if (!tel_match_make(mine, stream, &k->options, k->part->arena, &here, err))
		return false;
	*is = true;
	for (uint32_t i = 0; here.found && i < k->dataset->nsessions; i++) {
		const struct session *s = k->dataset->sessions[i];
		if (s == mine || !*mine->track || strcmp(s->track, mine->track) != 0)
			continue;
		if (!tel_match_make(s, stream, &k->options, k->part->arena, &there, err))
			return false;
		bool better = there.laps > here.laps || (there.laps == here.laps && there.misfit < here.misfit);
		if (!there.found || !better || !at_once(mine, &here, s, &there))
			continue;
		k->other = s;
		*is = false;
	}
	return true;
}

static bool make_set(struct look *k, const struct exclusion *excluded, uint32_t nexcluded,
		     struct tel_stream *const *streams, uint32_t n, struct err *err)
{
	struct tel_part *p = k->part;
	struct analysis_options o;

	analysis_defaults(&o);
	o.excluded = excluded;
	o.nexcluded = nexcluded;
	struct analysis *an = analysis_new(p->session, &o, err);
	if (an)
		p->set = tel_set_new(an, streams, n, &k->options, err);
	analysis_free(an);
	return p->set && tel_outline_make(p->set, p->arena, &p->outline, err);
}

/* Those of this session come first; *got of them. All stay the caller's. */
static bool keep_ours(struct look *k, struct tel_stream **streams, uint32_t n, uint32_t *got, struct err *err)
{
	*got = 0;
	for (uint32_t i = 0; i < n; i++) {
		bool is = false;

		if (streams[i] && !of_this_session(k, streams[i], &is, err))
			return false;
		if (!is)
			continue;
		struct tel_stream *other = streams[*got];
		streams[(*got)++] = streams[i];
		streams[i] = other;
	}
	return true;
}

static bool read_cars(struct look *k, const struct exclusion *excluded, uint32_t nexcluded, struct err *err)
{
	const struct telemetry_car *cars[TEL_CARS_LOADED];
	struct tel_stream *streams[TEL_CARS_LOADED] = {NULL};
	struct tel_part *p = k->part;
	uint32_t n = 0, got = 0;

	for (unsigned i = 0; i < p->nasked; i++)
		for (uint32_t c = 0; c < k->nhave; c++)
			if (k->car[c] == p->asked[i]) {
				cars[n++] = &k->have[c];
				p->from = *p->from && strcmp(p->from, k->have[c].source) != 0 ? "store and files"
											      : k->have[c].source;
				break;
			}
	if (n == 0)
		return true;
	if (!telemetry_read(k->source->from, cars, n, INT64_MIN, INT64_MAX, k->run, streams, err))
		return false;
	bool ok = keep_ours(k, streams, n, &got, err);
	ok = ok && (got == 0 || make_set(k, excluded, nexcluded, streams, got, err));
	for (uint32_t i = 0; i < n; i++)
		tel_stream_free(streams[i]);
	return ok;
}

/* What is missing -----------------------------------------------------------------------------------*/

static void put_files(const struct look *k, struct buf *out)
{
	uint32_t n = 0;

	for (uint32_t i = 0; i < k->dataset->files.n; i++) {
		const struct file_entry *f = &k->dataset->files.at[i];
		if (f->role != ROLE_TELEMETRY)
			continue;
		if (n++ < NAMED)
			buf_fmt(out, "%s %s", n == 1 ? "The data folders hold raw telemetry of other sessions:" : ",",
				path_base(f->path));
	}
	if (n > NAMED)
		buf_fmt(out, " and %u more", n - NAMED);
	buf_str(out, n ? ".\n" : "There is no raw telemetry in the data folders.\n");
}

static void put_unmatched(const struct look *k, struct buf *out)
{
	const struct tel_set *s = k->part->set;

	for (uint32_t i = 0; s && i < s->ncars; i++)
		if (!s->cars[i].match.found)
			buf_fmt(out, "Samples of %s%s do not fit this session: %s.\n", s->cars[i].car.number,
				*s->cars[i].car.chassis ? "" : " ", s->cars[i].match.why);
	for (uint32_t i = 0; s && i < s->nlaps; i++)
		if (!s->lap[i].usable && *s->lap[i].why)
			buf_fmt(out, "Lap %u: %s.\n", s->lap[i].number, s->lap[i].why);
}

static bool put_missing(struct look *k, struct err *err)
{
	struct tel_part *p = k->part;
	const char *trouble = telemetry_trouble(k->source->from);
	struct buf b;

	buf_init(&b, 1 << 16);
	buf_fmt(&b, "No telemetry of %s.\n\n", p->session->title);
	if (k->other)
		buf_fmt(&b, "The samples that may be of it fit %s better.\n", k->other->title);
	else if (p->noffers)
		put_unmatched(k, &b);
	else
		put_files(k, &b);
	if (*trouble)
		buf_fmt(&b, "%s\n", trouble);
	buf_str(&b, "The store has nothing of it either.\n");
	buf_fmt(&b,
		"\nTo get it: a raw export in a --data folder is read as it is;\n"
		"`pitwall import FILE` keeps it in the store;\n"
		"`pitwall fetch %s --cars A,B`, or F here, takes it from Snowflake.\nEnter looks again.\n",
		p->session->id);
	p->missing = arena_str(p->arena, buf_view(&b));
	buf_release(&b);
	return p->missing || err_set(err, ERR_NOMEM, "no memory for telemetry");
}

/* -------------------------------------------------------------------------------------------------*/

static bool fill(struct look *k, const struct tel_want_view *w, const struct exclusion *excluded, uint32_t nexcluded,
		 struct err *err)
{
	struct tel_part *p = k->part;

	tel_options_default(&k->options);
	k->options.corner = k->source->corner;
	k->options.ncorners = k->source->ncorners;
	if (!open_for(k->source, k->dataset, err) || !make_offers(k, err))
		return false;
	p->nasked = tel_part_cars(p, w, p->asked);
	if (!read_cars(k, excluded, nexcluded, err))
		return false;
	return (p->set && p->set->n > 1) || put_missing(k, err);
}

struct tel_part *tel_part_new(struct tel_source *src, const struct dataset *d, const struct tel_want_view *w,
			      const struct exclusion *excluded, uint32_t nexcluded, struct job *job, struct err *err)
{
	struct tel_part *p = calloc(1, sizeof(*p));
	struct tel_run run = {.cancel = &job->cancel, .progress = &job->progress};
	struct look look = {.source = src, .part = p, .dataset = d, .run = &run};

	if (p)
		p->arena = arena_new(CEILING);
	if (!p || !p->arena) {
		free(p);
		err_set(err, ERR_NOMEM, "no memory for telemetry");
		return NULL;
	}
	p->index = w->index;
	p->generation = w->generation;
	p->session = d->sessions[w->index];
	p->missing = p->from = "";
	if (!fill(&look, w, excluded, nexcluded, err)) {
		tel_part_free(p);
		return NULL;
	}
	return p;
}
