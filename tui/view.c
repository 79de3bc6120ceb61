#include "tui/view.h"

#include <stdlib.h>
#include <string.h>

enum { VIEW_CEILING = 256 << 20 };

static bool take_exclusions(struct session_view *sv, const struct session *s, const struct state *st)
{
	sv->excluded = ARENA_ARRAY(sv->arena, st->nexcluded + 1u, struct exclusion);
	if (!sv->excluded)
		return false;
	for (uint32_t i = 0; i < st->nexcluded; i++) {
		const struct state_exclusion *x = &st->excluded[i];
		if (!session_answers_to(s, x->session) || session_car(s, x->car) < 0)
			continue;
		struct exclusion *e = &sv->excluded[sv->nexcluded++];
		e->car = arena_str(sv->arena, str_from(x->car));
		e->why = arena_str(sv->arena, str_from(x->why));
		e->lap = x->lap;
		if (!e->car || !e->why)
			return false;
	}
	return true;
}

static bool session_view_fill(struct session_view *sv, const struct dataset *d, const struct state *st, struct err *err)
{
	const struct session *s = sv->session;
	struct analysis_options o;

	analysis_defaults(&o);
	if (!take_exclusions(sv, s, st))
		return err_set(err, ERR_NOMEM, "no memory for %s", s->id);
	o.excluded = sv->excluded;
	o.nexcluded = sv->nexcluded;
	o.class_name = *sv->class_name ? sv->class_name : NULL;
	o.pit_loss = sv->pit_loss;
	if (sv->cut)
		o.elapsed = sv->at;
	sv->analysis = analysis_new(s, &o, err);
	return sv->analysis && shown_order_make(sv->analysis, sv->arena, &sv->order, err) &&
	       season_table_make(d, sv->arena, &sv->season, err);
}

/* Did any car cross the line in (from, to]? */
static bool crossed_between(const struct session *s, ms_t from, ms_t to)
{
	for (uint32_t i = 0; i < s->laps.n; i++)
		if (s->laps.elapsed[i] > from && s->laps.elapsed[i] <= to)
			return true;
	return false;
}

bool session_view_fits(const struct session_view *sv, const struct view_want *w)
{
	if (!sv || sv->index != w->index || sv->generation != w->generation ||
	    strcmp(sv->class_name, w->class_name) != 0 || sv->pit_loss != w->pit_loss ||
	    sv->cut != (w->clock.on || w->live))
		return false;
	if (!w->clock.on)
		return !sv->cut || sv->at == session_end(sv->session);
	if (sv->at == w->clock.at)
		return true;
	ms_t lo = sv->at < w->clock.at ? sv->at : w->clock.at, hi = sv->at < w->clock.at ? w->clock.at : sv->at;
	return !crossed_between(sv->session, lo, hi);
}

ms_t session_end(const struct session *s)
{
	ms_t end = 0;

	for (uint32_t i = 0; i < s->laps.n; i++)
		end = s->laps.elapsed[i] > end ? s->laps.elapsed[i] : end;
	return end;
}

struct session_view *session_view_new(const struct dataset *d, const struct view_want *w, const struct state *st,
				      struct err *err)
{
	struct session_view *sv = calloc(1, sizeof(*sv));

	if (sv)
		sv->arena = arena_new(VIEW_CEILING);
	if (!sv || !sv->arena) {
		free(sv);
		err_set(err, ERR_NOMEM, "no memory to work out a session");
		return NULL;
	}
	sv->index = w->index;
	sv->session = d->sessions[w->index];
	sv->generation = w->generation;
	sv->cut = w->clock.on || w->live;
	sv->at = w->clock.on ? w->clock.at : session_end(sv->session);
	sv->pit_loss = w->pit_loss;
	memcpy(sv->class_name, w->class_name, sizeof(sv->class_name));
	if (!session_view_fill(sv, d, st, err)) {
		session_view_free(sv);
		return NULL;
	}
	return sv;
}

void session_view_free(struct session_view *sv)
{
	if (!sv)
		return;
	analysis_free(sv->analysis);
	arena_free(sv->arena);
	free(sv);
}

/* Has laps and stands in the order as shown: the k-th such car of a class (NULL: any); NO_CAR none. */
static uint16_t in_order(const struct session_view *sv, const char *class_name, unsigned k)
{
	const struct session *s = sv->analysis->session;

	for (uint32_t i = 0; i < s->ncars; i++) {
		uint16_t c = sv->order.car[i];
		if (car_seen(sv->analysis, c) == 0 || (class_name && strcmp(s->cars[c].class_name, class_name) != 0))
			continue;
		if (k-- == 0)
			return c;
	}
	return NO_CAR;
}

static uint16_t marked(const struct session_view *sv, const char *id)
{
	int c = *id ? session_car(sv->analysis->session, id) : -1;

	return c >= 0 && car_seen(sv->analysis, (uint32_t)c) ? (uint16_t)c : NO_CAR;
}

bool view_first_pair(const struct session_view *sv, const struct state *st, uint16_t *you, uint16_t *ref)
{
	uint16_t y = marked(sv, st->you), r = marked(sv, st->ref);

	if (y == NO_CAR)
		y = in_order(sv, NULL, 1);
	if (y == NO_CAR)
		return false;
	if (r == NO_CAR || r == y) {
		const char *class_name = sv->analysis->session->cars[y].class_name;
		r = in_order(sv, class_name, 0);
		if (r == y)
			r = in_order(sv, class_name, 1);
		if (r == NO_CAR) /* alone in its class */
			r = in_order(sv, NULL, in_order(sv, NULL, 0) == y ? 1 : 0);
	}
	if (r == NO_CAR)
		return false;
	*you = y;
	*ref = r;
	return true;
}

static bool view_pair(struct view *v, struct err *err)
{
	return compare_make(v->analysis, v->ref, v->you, v->arena, &v->cmp, err) &&
	       driver_pace_make(v->analysis, v->you, v->arena, &v->drivers[0], err) &&
	       driver_pace_make(v->analysis, v->ref, v->arena, &v->drivers[1], err) &&
	       (v->own ? coach_own_make(v->analysis, v->you, v->arena, &v->notes, err)
		       : coach_make(v->analysis, &v->cmp, v->arena, &v->notes, err));
}

/* The third and fourth car, where they are in this session and neither YOU nor REF. */
static bool view_more(struct view *v, const struct state *st, struct err *err)
{
	for (int i = 0; i < STATE_MORE; i++) {
		uint16_t car = marked(v->shared, st->more[i]);
		if (car == NO_CAR || car == v->you || car == v->ref)
			continue;
		v->more[v->nmore] = car;
		if (!compare_make(v->analysis, v->ref, car, v->arena, &v->more_cmp[v->nmore], err))
			return false;
		v->nmore++;
	}
	return true;
}

static void view_followed(struct view *v, const struct state *st)
{
	for (int i = 0; i < STATE_FOLLOWED; i++) {
		int car = *st->followed[i] ? session_car(v->session, st->followed[i]) : -1;
		if (car >= 0)
			v->followed[v->nfollowed++] = (uint16_t)car;
	}
}

/* Whose every move is told; of the others only what concerns all. */
static bool view_events(struct view *v, struct err *err)
{
	uint16_t car[2 + STATE_MORE + STATE_FOLLOWED];
	uint32_t n = 0;

	if (v->paired) {
		car[n++] = v->you;
		car[n++] = v->ref;
	}
	for (uint32_t i = 0; i < v->nmore; i++)
		car[n++] = v->more[i];
	for (uint32_t i = 0; i < v->nfollowed; i++)
		car[n++] = v->followed[i];
	return events_make(v->analysis, car, n, v->arena, &v->events, err);
}

static bool view_fill(struct view *v, const struct state *st, struct err *err)
{
	const struct session_view *sv = v->shared;

	v->session = sv->session;
	v->analysis = sv->analysis;
	v->order = &sv->order;
	v->season = &sv->season;
	v->class_name = *sv->class_name ? sv->class_name : NULL;
	bool given =
		v->you != NO_CAR && v->ref != NO_CAR && car_seen(v->analysis, v->you) && car_seen(v->analysis, v->ref);
	v->paired = given || view_first_pair(sv, st, &v->you, &v->ref);
	view_followed(v, st);
	return (!v->paired || (view_pair(v, err) && view_more(v, st, err))) && view_events(v, err);
}

struct view *view_new(const struct dataset *d, struct session_view *sv, const struct view_want *w,
		      const struct state *st, struct err *err)
{
	struct view *v = calloc(1, sizeof(*v));

	if (v)
		v->arena = arena_new(VIEW_CEILING);
	if (!v || !v->arena) {
		free(v);
		err_set(err, ERR_NOMEM, "no memory to compare two cars");
		return NULL;
	}
	v->failure = "";
	v->notes.not_clear = ""; /* a pane that stands alone is drawn without a pair too */
	v->dataset = d;
	v->shared = sv;
	v->you = w->you;
	v->ref = w->ref;
	v->own = w->own;
	v->clock = w->clock;
	v->live = w->live;
	v->length = w->length;
	if (sv && !view_fill(v, st, err)) {
		view_free(v);
		return NULL;
	}
	return v;
}

void view_free(struct view *v)
{
	if (!v)
		return;
	arena_free(v->arena);
	free(v);
}
