#include "core/telemetry/advice_text.h"

#include <math.h>

#include "core/base/buf.h"

enum { LONGEST = 700 };
static const double most_of = 0.8; /* a cause that makes less of the loss is told with its share */

struct words {
	struct buf b;
	const struct tel_set *s;
	const struct tel_five *f;
	const struct tel_five_row *r;
	unsigned told; /* things said about what YOU do there */
};

static const char *keep(struct buf *b, struct arena *a)
{
	const char *out = b->failed ? NULL : arena_strndup(a, b->p ? b->p : "", b->n);

	buf_release(b);
	return out;
}

/* Whole metres as the notes have them: "917", "1,011". */
static void metres(struct buf *b, double m)
{
	int v = (int)round_half_away(m);

	if (v >= 1000)
		buf_fmt(b, "%d,%03d", v / 1000, v % 1000);
	else
		buf_fmt(b, "%d", v);
}

static void number(struct buf *b, double v, int decimals)
{
	char text[NUM_LEN];

	buf_str(b, dec_str(text, v, decimals));
}

/* "917-921" or, where both round to the same, "917". */
static void range(struct buf *b, const struct tel_range *r, bool in_metres)
{
	bool one = round_half_away(r->low) == round_half_away(r->high);

	if (in_metres)
		metres(b, r->low);
	else
		number(b, r->low, 0);
	if (one)
		return;
	buf_char(b, '-');
	if (in_metres)
		metres(b, r->high);
	else
		number(b, r->high, 0);
}

static void both(struct words *w, const struct tel_two *t, bool in_metres, const char *unit)
{
	buf_str(&w->b, " (");
	range(&w->b, &t->you, in_metres);
	buf_str(&w->b, " against ");
	range(&w->b, &t->ref, in_metres);
	buf_fmt(&w->b, " %s)", unit);
}

/* "You brake 5 m later (917-921 against 911-916 m), " : begins each thing that is said. */
static void begin(struct words *w)
{
	buf_str(&w->b, w->told++ ? ", " : " You ");
}

static void say_brake(struct words *w)
{
	const struct tel_two *t = &w->r->fig[FIG_BRAKE];

	if (!t->told)
		return;
	begin(w);
	buf_str(&w->b, "brake ");
	metres(&w->b, fabs(t->diff));
	buf_str(&w->b, t->diff < 0 ? " m earlier" : " m later");
	both(w, t, true, "m");
}

/* The same minimum is worth a word too, when something else differs. */
static void say_minimum(struct words *w)
{
	const struct tel_two *t = &w->r->fig[FIG_MIN];

	if (t->you.n == 0 || t->ref.n == 0 || (!t->told && fabs(t->diff) > w->s->options.floor_speed))
		return;
	begin(w);
	if (t->told) {
		buf_str(&w->b, "are ");
		number(&w->b, fabs(t->diff), 1);
		buf_str(&w->b, t->diff < 0 ? " km/h slower at the minimum" : " km/h faster at the minimum");
	} else {
		buf_str(&w->b, "reach the same minimum");
	}
	both(w, t, false, "km/h");
}

static void say_throttle(struct words *w)
{
	const struct tel_two *t = &w->r->fig[FIG_GAS];

	if (!t->told)
		return;
	begin(w);
	buf_str(&w->b, "are on the throttle ");
	metres(&w->b, fabs(t->diff));
	buf_str(&w->b, t->diff < 0 ? " m earlier" : " m later");
	both(w, t, true, "m");
}

static void say_times(struct words *w)
{
	buf_str(&w->b, w->told ? ": " : " ");
	number(&w->b, w->r->fig[FIG_LOST].all_you, 2);
	buf_str(&w->b, " against ");
	number(&w->b, w->r->fig[FIG_LOST].all_ref, 2);
	buf_str(&w->b, " s.");
}

/* "C3, 1,004 m" */
static void place(struct words *w)
{
	const struct tel_corner *c = &w->s->corner[w->r->corner];

	buf_fmt(&w->b, "%s, ", c->id);
	if (*c->name)
		buf_fmt(&w->b, "%s, ", c->name);
	metres(&w->b, c->apex);
	buf_str(&w->b, " m");
}

/* "slower in 5 of 5 laps" or "seen in all 7 laps" */
static void how_often(struct words *w)
{
	const struct tel_two *t = &w->r->fig[FIG_LOST];

	if (!w->f->enough)
		buf_fmt(&w->b, "seen in all %u laps", t->you.n + t->ref.n);
	else if (w->r->lost > 0)
		buf_fmt(&w->b, "slower in %u of %u laps", w->r->slower, t->you.n);
	else
		buf_fmt(&w->b, "quicker in %u of %u laps", t->you.n - w->r->slower, t->you.n);
}

static const char *text_of(struct words *w, enum tel_cause cause, double of_cause, struct arena *a)
{
	buf_init(&w->b, LONGEST);
	w->told = 0;
	place(w);
	buf_str(&w->b, ": ");
	how_often(w);
	buf_fmt(&w->b, " against %s, about ", w->s->session->cars[w->f->ref.car].id);
	number(&w->b, fabs(w->r->lost), 2);
	buf_str(&w->b, " a lap");
	if (of_cause < most_of * w->r->lost) {
		buf_str(&w->b, cause == CAUSE_BRAKES_EARLY ? ", the braking " : ", the throttle ");
		number(&w->b, of_cause, 2);
		buf_str(&w->b, " of it");
	}
	buf_str(&w->b, ".");
	say_brake(w);
	say_minimum(w);
	say_throttle(w);
	say_times(w);
	return keep(&w->b, a);
}

/* What it comes from, in a few words; where no channel shows it, the place only. */
static void cause_words(struct words *w, enum tel_cause cause)
{
	const struct tel_two *fig = w->r->fig;

	if (cause == CAUSE_SLOW_MINIMUM) {
		buf_str(&w->b, "minimum ");
		number(&w->b, fabs(fig[FIG_MIN].diff), 1);
		buf_str(&w->b, " km/h slow, ");
	} else if (cause != CAUSE_NONE) {
		buf_str(&w->b, cause == CAUSE_BRAKES_EARLY ? "brakes " : "throttle ");
		metres(&w->b, fabs(fig[cause == CAUSE_BRAKES_EARLY ? FIG_BRAKE : FIG_GAS].diff));
		buf_str(&w->b, cause == CAUSE_BRAKES_EARLY ? " m early, " : " m late, ");
	}
}

static const char *head_of(struct words *w, enum tel_cause cause, struct arena *a)
{
	buf_init(&w->b, LONGEST);
	if (w->r->lost < 0) { /* the note is called KEEP, so the corner is named here */
		place(w);
	} else {
		metres(&w->b, w->s->corner[w->r->corner].apex);
		buf_str(&w->b, " m");
	}
	buf_str(&w->b, ", ");
	cause_words(w, cause);
	how_often(w);
	return keep(&w->b, a);
}

static const char *action_of(struct words *w, enum tel_cause cause, struct arena *a)
{
	const struct tel_two *fig = w->r->fig;
	const char *ref = w->s->session->cars[w->f->ref.car].id;

	buf_init(&w->b, LONGEST);
	if (w->r->lost < 0)
		return keep(&w->b, a);
	if (cause == CAUSE_BRAKES_EARLY) {
		buf_str(&w->b, "try the brakes at about ");
		metres(&w->b, fig[FIG_BRAKE].all_ref);
		buf_fmt(&w->b, " m, where %s has them, for the same minimum.", ref);
	} else if (cause == CAUSE_LATE_THROTTLE && fig[FIG_BRAKE].told && fig[FIG_BRAKE].diff > 0) {
		buf_fmt(&w->b, "brake where %s does and look for the throttle.", ref);
	} else if (cause == CAUSE_LATE_THROTTLE) {
		buf_str(&w->b, "try the throttle at about ");
		metres(&w->b, fig[FIG_GAS].all_ref);
		buf_fmt(&w->b, " m, where %s has it.", ref);
	} else if (cause == CAUSE_SLOW_MINIMUM) {
		buf_str(&w->b, "try to carry ");
		number(&w->b, fig[FIG_MIN].all_ref, 0);
		buf_fmt(&w->b, " km/h at the minimum, as %s does.", ref);
	} else {
		buf_str(&w->b, "lay both traces over each other there: no channel shows the cause by itself.");
	}
	return keep(&w->b, a);
}

bool tel_advice_words(const struct tel_set *s, const struct tel_five *f, const struct tel_five_row *r, struct arena *a,
		      struct tel_advice *out)
{
	struct words w = {.s = s, .f = f, .r = r};
	const struct tel_corner *c = &s->corner[r->corner];
	struct note *n = &out->note;

	n->where = n->kind == NOTE_KEEP ? "KEEP" : *c->name ? c->name : c->id;
	n->head = head_of(&w, out->cause, a);
	n->text = text_of(&w, out->cause, out->of_cause, a);
	n->action = action_of(&w, out->cause, a);
	return n->head && n->text && n->action;
}

const char *tel_not_clear(const struct tel_set *s, const struct tel_five *f, struct arena *a)
{
	struct buf b;

	buf_init(&b, LONGEST);
	for (uint32_t c = 0; c < s->ncorners; c++)
		for (uint32_t i = 0; i < f->n; i++)
			if (f->row[i].corner == c && !f->row[i].claim)
				buf_fmt(&b, "%s%s", b.n ? ", " : "", s->corner[c].id);
	return keep(&b, a);
}

const char *tel_both(const char *first, const char *second, struct arena *arena)
{
	struct buf b;

	buf_init(&b, (size_t)4 * LONGEST);
	buf_fmt(&b, "%s%s%s", first, *first && *second ? ", " : "", second);
	return keep(&b, arena);
}
