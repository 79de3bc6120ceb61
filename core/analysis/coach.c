#include "core/analysis/coach.h"

#include <stdlib.h>
#include <string.h>

#include "core/analysis/coach_draft.h"
#include "core/base/buf.h"

enum { NOTES_MAX = 6 };

/* Seconds first, then places lost; then the earlier lap and the topic, so that equal data give equal notes. */
static int by_rank(const void *a, const void *b)
{
	const struct note *x = a, *y = b;
	uint16_t first_x = x->nlaps ? x->laps[0] : 0, first_y = y->nlaps ? y->laps[0] : 0;
	bool keep_x = x->kind == NOTE_KEEP, keep_y = y->kind == NOTE_KEEP;

	if (keep_x != keep_y)
		return keep_x ? 1 : -1;
	if (x->rank != y->rank)
		return x->rank > y->rank ? -1 : 1;
	if (x->places != y->places)
		return x->places > y->places ? -1 : 1;
	if (first_x != first_y)
		return first_x < first_y ? -1 : 1;
	return (int)x->topic - (int)y->topic;
}

static bool keep_best(struct coach *k, struct notes *out)
{
	unsigned n = k->ndrafts, keep = 0;

	qsort(k->draft, n, sizeof *k->draft, by_rank);
	if (n > 0 && k->draft[n - 1].kind == NOTE_KEEP)
		keep = 1;
	n = n > NOTES_MAX ? NOTES_MAX : n;
	out->note = ARENA_ARRAY(k->arena, n, struct note);
	if (!out->note)
		return false;
	for (unsigned i = 0; i < n; i++)
		out->note[i] = k->draft[i];
	if (keep)
		out->note[n - 1] = k->draft[k->ndrafts - 1];
	for (uint32_t i = 0; i < n; i++)
		fill_sides(k, &out->note[i]);
	out->n = n;
	return true;
}

/* The trends of the two cannot be told apart. */
static bool trends_alike(const struct coach *k)
{
	const struct trend *y = &k->an->paces.car[k->c->you].trend, *r = &k->an->paces.car[k->c->ref].trend;

	return y->n >= TREND_MIN && r->n >= TREND_MIN && y->raw.low <= r->raw.high && r->raw.low <= y->raw.high;
}

static void add_name(struct buf *b, const char *name)
{
	if (b->n > 0)
		buf_str(b, ", ");
	buf_str(b, name);
}

/* Of the laps that nobody held up a place may be clear though it is not of all laps: then a note speaks of it. */
static bool has_note(const struct coach *k, const struct place_row *r)
{
	for (unsigned i = 0; i < k->ndrafts; i++) {
		const struct note *n = &k->draft[i];
		bool place = n->topic == TOPIC_PLACE || n->topic == TOPIC_KEEP;

		if (place && n->sector == r->sector && n->mini == r->mini)
			return true;
	}
	return false;
}

/* What was looked at and says nothing: only where notes about pace could have come from. */
static const char *not_clear(struct coach *k)
{
	struct buf b;
	const char *text;

	if (k->an->session->kind != KIND_RACE || k->c->you == k->c->ref || k->train)
		return "";
	buf_init(&b, 400);
	for (unsigned i = 0; i < k->c->nrows; i++)
		if (k->c->row[i].verdict == VERDICT_NOT_CLEAR && !has_note(k, &k->c->row[i]))
			add_name(&b, i == 0 ? "lap" : k->c->row[i].name);
	if (!k->fade && trends_alike(k))
		add_name(&b, "trend");
	text = say(k, "%s", b.p ? b.p : "");
	k->failed = k->failed || b.failed;
	buf_release(&b);
	return text;
}

static void find_notes(struct coach *k)
{
	if (k->c->normalised) {
		coach_pace(k);
		return;
	}
	if (k->an->session->kind != KIND_RACE) {
		coach_timed_facts(k);
		return;
	}
	coach_race_facts(k);
	coach_place_facts(k);
	coach_deleted(k);
	if (k->c->you == k->c->ref && !k->own)
		return;
	coach_drivers(k);
	coach_spread(k);
	if (k->train)
		return;
	coach_fade(k);
	if (!k->own)
		coach_pace(k);
}

static bool make(struct coach *k, const struct analysis *an, const struct comparison *c, struct arena *arena,
		 struct notes *out, struct err *err)
{
	k->an = an;
	k->c = c;
	k->arena = arena;
	find_notes(k);
	out->not_clear = not_clear(k);
	if (!keep_best(k, out) || k->failed)
		return err_set(err, ERR_NOMEM, "out of memory for the notes");
	return true;
}

bool coach_make(const struct analysis *an, const struct comparison *c, struct arena *arena, struct notes *out,
		struct err *err)
{
	struct coach *k = ARENA_NEW(arena, struct coach);

	*out = (struct notes){.you = c->you, .ref = c->ref, .not_clear = ""};
	if (!k)
		return err_set(err, ERR_NOMEM, "out of memory for the notes");
	return make(k, an, c, arena, out, err);
}

bool coach_own_make(const struct analysis *an, uint32_t you, struct arena *arena, struct notes *out, struct err *err)
{
	struct coach *k = ARENA_NEW(arena, struct coach);
	struct comparison *c = ARENA_NEW(arena, struct comparison);

	*out = (struct notes){.you = (uint16_t)you, .ref = (uint16_t)you, .not_clear = ""};
	if (!k || !c)
		return err_set(err, ERR_NOMEM, "out of memory for the notes");
	k->own = true;
	return compare_make(an, you, you, arena, c, err) && make(k, an, c, arena, out, err);
}

static uint16_t best_of(const struct analysis *an, uint32_t you, const char *class_name)
{
	uint16_t best = NO_CAR;

	for (uint32_t car = 0; car < an->session->ncars; car++) {
		const struct pace *p = &an->paces.car[car].all;

		if (car == you || p->n < MIN_PAIRS ||
		    (class_name && strcmp(an->session->cars[car].class_name, class_name) != 0))
			continue;
		if (best == NO_CAR || p->median < an->paces.car[best].all.median)
			best = (uint16_t)car;
	}
	return best;
}

uint16_t coach_class_best(const struct analysis *an, uint32_t you)
{
	uint16_t best = best_of(an, you, an->session->cars[you].class_name);

	return best == NO_CAR ? best_of(an, you, NULL) : best;
}

/* Appends notes [from, end) to the list as far as `room` of them go. */
static void append(struct notes *out, const struct note *from, uint32_t n, uint32_t room)
{
	for (uint32_t i = 0; i < n && out->n < room; i++)
		out->note[out->n++] = from[i];
}

bool coach_join(struct notes *notes, const struct note *more, uint32_t n, uint32_t last, struct arena *arena,
		struct err *err)
{
	uint32_t all = notes->n + last, keeps = 0;
	struct note *list = ARENA_ARRAY(arena, (size_t)notes->n + n, struct note);
	struct notes out = *notes;

	out.note = ARENA_ARRAY(arena, NOTES_MAX, struct note);
	if (!list || !out.note)
		return err_set(err, ERR_NOMEM, "out of memory for the notes");
	for (uint32_t i = 0; i < all; i++)
		list[i] = i < notes->n ? notes->note[i] : more[i - notes->n];
	qsort(list, all, sizeof *list, by_rank);
	while (keeps < all && list[all - 1 - keeps].kind == NOTE_KEEP)
		keeps++;
	out.n = 0;
	append(&out, list, all - keeps, NOTES_MAX - (keeps > 0));
	append(&out, more + last, n - last, NOTES_MAX - (keeps > 0));
	append(&out, list + all - keeps, keeps > 0, NOTES_MAX);
	*notes = out;
	return true;
}
