#include "core/analysis/official_words.h"

#include <stdio.h>
#include <string.h>

enum { NAMED = 4 }; /* cars named in one sentence */

struct notes {
	const struct analysis *an;
	struct arena *a;
	struct official_notes *out;
	bool nomem;
};

const char *official_kind_name(enum official_kind k)
{
	static const char *const names[OFFICIAL_KINDS] = {
		[OFFICIAL_WINNER] = "winner",
		[OFFICIAL_PENALTY] = "penalty",
		[OFFICIAL_PLACE] = "place",
		[OFFICIAL_LAPS] = "laps",
		[OFFICIAL_PROVISIONAL] = "provisional",
		[OFFICIAL_DELETED] = "deleted",
		[OFFICIAL_NOT_STARTED] = "not started",
	};
	return (unsigned)k < OFFICIAL_KINDS ? names[k] : "";
}

static struct official_note *note_add(struct notes *n, enum official_kind kind, const struct car *car)
{
	struct official_notes *l = n->out;

	if (l->n == l->cap) {
		uint32_t cap = l->cap ? l->cap * 2 : 16;
		struct official_note *at = ARENA_ARRAY(n->a, cap, struct official_note);
		if (!at) {
			n->nomem = true;
			return NULL;
		}
		if (l->n)
			memcpy(at, l->at, l->n * sizeof(*at));
		l->at = at;
		l->cap = cap;
	}
	l->at[l->n] = (struct official_note){.kind = kind, .car = car, .explained = true};
	return &l->at[l->n++];
}

/* "1st", "2nd", "3rd", "11th". */
static const char *ordinal(char out[16], int32_t n)
{
	static const char *const ends[] = {"th", "st", "nd", "rd"};
	int32_t tens = n / 10 % 10, ones = n % 10;

	snprintf(out, 16, "%d%s", (int)n, ends[tens != 1 && ones >= 1 && ones <= 3 ? ones : 0]);
	return out;
}

static const struct car *car_at(const struct notes *n, uint32_t row)
{
	return &n->an->session->cars[n->an->order.table[row].car];
}

static int32_t place_on_road(const struct notes *n, const struct car *c)
{
	return n->an->order.table[n->an->order.row_of[c - n->an->session->cars]].position;
}

static int32_t place_official(const struct car *c)
{
	const struct official *of = car_official(c);

	return of ? of->position : 0;
}

/* Missing and none are both no penalty. */
static ms_t penalty_of(const struct notes *n, const struct car *c)
{
	ms_t p = car_penalty(n->an->session, c);

	return p == MS_NONE ? 0 : p;
}

/* --- a penalty, a winner ------------------------------------------------------ */

static void penalty_note(struct notes *n, const struct car *c)
{
	ms_t p = penalty_of(n, c);
	int32_t road = place_on_road(n, c), official = place_official(c);
	struct official_note *note = p != 0 ? note_add(n, OFFICIAL_PENALTY, c) : NULL;
	char diff[NUM_LEN], total[NUM_LEN], a[16], b[16];

	if (!note)
		return;
	int at = snprintf(note->text, sizeof(note->text), "%s s on the clock: total %s", diff_str(diff, p),
			  time_str(total, car_official(c)->total));
	if (official > 0 && official != road)
		snprintf(note->text + at, sizeof(note->text) - (size_t)at, "; %s on the road, %s in the result",
			 ordinal(a, road), ordinal(b, official));
	else
		snprintf(note->text + at, sizeof(note->text) - (size_t)at, "; no place changed by it");
}

static void winner_note(struct notes *n)
{
	const struct session *s = n->an->session;
	const struct car *road = s->ncars ? car_at(n, 0) : NULL, *official = NULL;
	char place[16];

	for (uint32_t i = 0; i < s->ncars && !official; i++)
		official = place_official(&s->cars[i]) == 1 ? &s->cars[i] : NULL;
	if (!official || official == road)
		return;
	struct official_note *note = note_add(n, OFFICIAL_WINNER, road);
	if (!note)
		return;
	if (place_official(road) > 0)
		snprintf(note->text, sizeof(note->text), "won on the road, %s in the result; %.40s won",
			 ordinal(place, place_official(road)), official->id);
	else
		snprintf(note->text, sizeof(note->text), "won on the road, no place in the result; %.40s won",
			 official->id);
}

/* --- a place that moved for others -------------------------------------------- */

struct crossing_cars { /* those that are on the other side of a car in the result than on the road */
	const struct car *car[NAMED];
	uint32_t n, with_reason;
};

static void crossed(const struct notes *n, const struct car *c, bool fell, struct crossing_cars *out)
{
	int32_t road = place_on_road(n, c), official = place_official(c);

	*out = (struct crossing_cars){.n = 0};
	for (uint32_t row = 0; row < n->an->session->ncars; row++) {
		const struct car *o = car_at(n, row);
		int32_t o_road = place_on_road(n, o), o_official = place_official(o);
		/* No place at all is behind every place. */
		bool behind = o_official == 0 || o_official > official;
		if (o == c || (fell ? o_road > road || !behind : o_road < road || behind))
			continue;
		if (out->n < NAMED)
			out->car[out->n] = o;
		out->n++;
		out->with_reason += penalty_of(n, o) != 0 || o_official == 0;
	}
}

static size_t name_cars(const struct notes *n, const struct crossing_cars *x, char *out, size_t cap)
{
	size_t at = 0;
	char diff[NUM_LEN];

	for (uint32_t i = 0; i < x->n && i < NAMED && at < cap; i++) {
		ms_t p = penalty_of(n, x->car[i]);
		int len = p != 0 ? snprintf(out + at, cap - at, "%s%.20s (%s s)", i ? ", " : "", x->car[i]->id,
					    diff_str(diff, p))
				 : snprintf(out + at, cap - at, "%s%.20s", i ? ", " : "", x->car[i]->id);
		at += len > 0 ? (size_t)len : 0;
	}
	if (x->n > NAMED && at < cap)
		snprintf(out + at, cap - at, " and %u more", x->n - NAMED);
	return strlen(out);
}

/* Official laps of a car are not those it drove: that, too, moves it. */
static bool laps_differ(const struct notes *n, const struct car *c)
{
	const struct official *of = car_official(c);

	return of && of->laps >= 0 && c->n && of->laps != n->an->session->laps.number[c->first + c->n - 1];
}

static void moved_words(struct notes *n, const struct car *c, struct official_note *note)
{
	struct crossing_cars fell, passed;
	char cars[120] = "", a[16], b[16];
	int at = snprintf(note->text, sizeof(note->text), "%s on the road, %s in the result",
			  ordinal(a, place_on_road(n, c)), ordinal(b, place_official(c)));
	char *rest = note->text + at;
	size_t cap = sizeof(note->text) - (size_t)at;

	crossed(n, c, true, &fell);
	crossed(n, c, false, &passed);
	if (laps_differ(n, c)) {
		snprintf(rest, cap, ": its laps are counted otherwise");
	} else if (fell.n > 0 && fell.with_reason == fell.n && passed.n == 0) {
		name_cars(n, &fell, cars, sizeof(cars));
		snprintf(rest, cap, ": %s fell behind it", cars);
	} else {
		const struct crossing_cars *x = passed.n ? &passed : &fell;
		note->explained = false;
		name_cars(n, x, cars, sizeof(cars));
		snprintf(rest, cap, "%s%s%s; no file says why", x->n ? ": " : "", cars,
			 !x->n      ? ""
			 : passed.n ? " stands before it"
				    : " stands behind it");
	}
}

static void place_note(struct notes *n, const struct car *c)
{
	int32_t official = place_official(c);

	if (official == 0 || official == place_on_road(n, c) || penalty_of(n, c) != 0)
		return;
	struct official_note *note = note_add(n, OFFICIAL_PLACE, c);
	if (note)
		moved_words(n, c, note);
}

/* --- laps, provisional, deleted ------------------------------------------------ */

static void laps_note(struct notes *n, const struct car *c)
{
	if (!laps_differ(n, c))
		return;
	struct official_note *note = note_add(n, OFFICIAL_LAPS, c);
	if (note)
		snprintf(note->text, sizeof(note->text), "%d laps in the result, %u in the lap file",
			 (int)car_official(c)->laps, (unsigned)n->an->session->laps.number[c->first + c->n - 1]);
}

static void provisional_note(struct notes *n, const struct car *c)
{
	const struct official *p = &c->provisional, *f = &c->final;
	bool place = p->position != f->position, total = p->total != f->total;
	char a[NUM_LEN], b[NUM_LEN], was[16], is[16];

	if (!p->present || !f->present || (!place && !total))
		return;
	struct official_note *note = note_add(n, OFFICIAL_PROVISIONAL, c);
	if (!note)
		return;
	int at = 0;
	if (place)
		at = snprintf(note->text, sizeof(note->text), "%s provisionally, %s officially%s",
			      p->position ? ordinal(was, p->position) : "no place",
			      f->position ? ordinal(is, f->position) : "no place", total ? "; " : "");
	if (total)
		snprintf(note->text + at, sizeof(note->text) - (size_t)at, "total %s provisionally, %s officially",
			 time_str(a, p->total), time_str(b, f->total));
}

static void deleted_note(struct notes *n, const struct car *c)
{
	const struct car_best *best = &n->an->bests.car[c - n->an->session->cars];
	struct official_note *note = best->ndeleted ? note_add(n, OFFICIAL_DELETED, c) : NULL;
	char time[NUM_LEN];
	size_t at = 0;

	for (uint32_t i = 0; note && i < best->ndeleted && i < NAMED; i++) {
		int len = snprintf(note->text + at, sizeof(note->text) - at, "%slap %u (%s)", i ? ", " : "",
				   (unsigned)best->deleted[i].lap, time_str(time, best->deleted[i].time));
		at += len > 0 ? (size_t)len : 0;
	}
	if (note && best->ndeleted > NAMED)
		at += (size_t)snprintf(note->text + at, sizeof(note->text) - at, " and %u more",
				       best->ndeleted - NAMED);
	if (note)
		snprintf(note->text + at, sizeof(note->text) - at, " not counted; best that counts %s",
			 time_str(time, best->best.time));
}

static void absent_notes(struct notes *n)
{
	const struct session *s = n->an->session;

	for (uint32_t i = 0; i < s->nnot_started; i++) {
		const struct official *of = car_official(&s->not_started[i]);
		struct official_note *note = note_add(n, OFFICIAL_NOT_STARTED, &s->not_started[i]);
		bool status = of && *of->status;
		if (note)
			snprintf(note->text, sizeof(note->text), "no lap%s%.60s", status ? "; the result says: " : "",
				 status ? of->status : "");
	}
}

static void each_car(struct notes *n, void (*tell)(struct notes *n, const struct car *c))
{
	for (uint32_t row = 0; row < n->an->session->ncars && !n->nomem; row++)
		tell(n, car_at(n, row));
}

bool official_notes_make(const struct analysis *an, struct arena *a, struct official_notes *out, struct err *err)
{
	struct notes n = {.an = an, .a = a, .out = out};
	bool race = an->session->kind == KIND_RACE;

	*out = (struct official_notes){0};
	/* A table cut somewhere or of one class has other places: nothing can be set against the result. */
	if (analysis_is_cut(&an->options) || (an->options.class_name && *an->options.class_name))
		return true;
	if (race) {
		winner_note(&n);
		each_car(&n, penalty_note);
		each_car(&n, place_note);
	}
	each_car(&n, laps_note);
	each_car(&n, provisional_note);
	each_car(&n, deleted_note);
	absent_notes(&n);
	return !n.nomem || err_set(err, ERR_NOMEM, "no memory for what the officials say");
}
