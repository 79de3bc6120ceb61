/* The notes of a view with those that telemetry adds, worked out once for each pair of the two. */
#include <stdlib.h>

#include "core/telemetry/advice.h"
#include "tui/data_state.h"

/* What a list was joined of: another view, or other telemetry, gives another list. */
struct data_notes {
	const struct view *view;
	const struct tel_view *tel;
	struct arena *arena;
	struct notes notes;
};

/* Telemetry of the same two cars of the same session, whole and with the same laps left out. Of a moment of the clock nothing later may be
 * known, and the notes against YOUR own laps have no other car. */
static bool can_add(const struct view *v)
{
	return v->paired && !v->own && !v->live && !v->clock.on && v->session->kind == KIND_RACE;
}

static bool goes_with(const struct tel_view *t, const struct view *v)
{
	return t->part->session == v->session && t->want.generation == v->shared->generation && t->want.you == v->you &&
	       t->want.ref == v->ref;
}

static const struct tel_view *telemetry_of(const struct view *v)
{
	const struct tel_view *t = v->owner ? data_tel_view(v->owner) : NULL;

	return t && t->advices.set && can_add(v) && goes_with(t, v) ? t : NULL;
}

static bool join(struct data_notes *n, const struct view *v, const struct tel_view *t)
{
	struct err err;

	arena_free(n->arena);
	*n = (struct data_notes){.arena = arena_new(0), .notes = v->notes};
	if (!n->arena || !tel_advices_join(&n->notes, &t->advices, n->arena, &err))
		return false;
	n->view = v;
	n->tel = t;
	return true;
}

const struct notes *view_notes(const struct view *v)
{
	const struct tel_view *t = telemetry_of(v);
	struct data *d = v->owner;

	if (!t)
		return &v->notes;
	if (!d->notes)
		d->notes = calloc(1, sizeof(*d->notes));
	if (!d->notes)
		return &v->notes;
	if ((d->notes->view != v || d->notes->tel != t) && !join(d->notes, v, t))
		return &v->notes;
	return &d->notes->notes;
}

void data_notes_ask(struct data *d)
{
	static const struct tel_pick none[TEL_SLOTS] = {{NO_CAR, 0}, {NO_CAR, 0}, {NO_CAR, 0}};
	const struct view *v = d ? d->view : NULL;
	const struct tel_view *t = d ? data_tel_view(d) : NULL;

	if (!v || !v->session || !can_add(v))
		return;
	if (!t || !goes_with(t, v))
		data_tel_ask(d, none);
}

void data_notes_free(struct data *d)
{
	if (!d->notes)
		return;
	arena_free(d->notes->arena);
	free(d->notes);
	d->notes = NULL;
}
