/* DRIVERS: who of those who share a car is how far under the class of the same 20 minutes. */
#include <math.h>
#include <string.h>

#include "core/analysis/coach_draft.h"
#include "core/analysis/driver_pace.h"

enum { FEWEST_IN_CLASS = 3 };

/* Can a driver be spoken of, and only with a class to stand against? */
static bool known(const struct driver_pace *d)
{
	return d->n >= MIN_PAIRS && d->v_class.low != MS_NONE;
}

static const struct driver_pace *best_driver(const struct driver_paces *p)
{
	const struct driver_pace *best = NULL;

	for (uint32_t i = 0; i < p->n; i++)
		if (known(&p->row[i]) && (!best || p->row[i].v_class.median < best->v_class.median))
			best = &p->row[i];
	return best;
}

/* At the wheel now and not the best: only before the end of the race is there anything to do about it. */
static const struct driver_pace *driver_now(const struct coach *k, const struct driver_paces *p,
					    const struct driver_pace *best)
{
	if (!analysis_is_cut(&k->an->options))
		return NULL;
	for (uint32_t i = 0; i < p->n; i++)
		if (p->row[i].now && &p->row[i] != best && known(&p->row[i]))
			return &p->row[i];
	return NULL;
}

static bool in_capitals(const char *from, const char *to)
{
	for (; from < to; from++)
		if (*from >= 'a' && *from <= 'z')
			return false;
	return true;
}

/* Family name: the last word, and where the file writes family names in capitals ("Paul DI RESTA") all of it. */
static const char *family(const char *name)
{
	const char *last = strrchr(name, ' ');

	if (!last || !last[1])
		return name;
	last++;
	if (in_capitals(name, last) || !in_capitals(last, last + strlen(last)))
		return last;
	while (last - 1 > name) {
		const char *word = last - 1;

		while (word > name && word[-1] != ' ')
			word--;
		if (!in_capitals(word, last - 1))
			break;
		last = word;
	}
	return last;
}

/* "2.47 s under", "0.12 s over": to the hundredth, as estimates are said. */
static const char *v_class_words(struct coach *k, const struct driver_pace *d)
{
	return say(k, "%s s %s", hundredths(d->v_class.median).s, d->v_class.median <= 0 ? "under" : "over");
}

static struct num_text tenths(double ms)
{
	struct num_text out = {0};

	dec_str(out.s, fabs(ms) / 1000, 1);
	return out;
}

/* How sure: the laps of one against those of the other. `asked`: how many pairs of drivers that is asked of. */
static bool clearly_slower(struct coach *k, const struct driver_pace *you, const struct driver_pace *ref,
			   uint32_t asked)
{
	struct shift s;

	if (you->v_class.median - ref->v_class.median < MIN_A_LAP)
		return false;
	if (!shift_make(you->minus, you->n, ref->minus, ref->n, 0.05 / asked, k->arena, &s)) {
		k->failed = true;
		return false;
	}
	return s.clear && s.median > 0;
}

static struct note *new_note(struct coach *k, const struct driver_pace *you, const struct driver_pace *ref,
			     uint32_t laps)
{
	ms_t slower = you->v_class.median - ref->v_class.median;
	struct note *n = draft_new(k, NOTE_PACE, TOPIC_DRIVERS, "DRIVERS", (int64_t)slower * laps);

	n->about = true;
	if ((int64_t)slower * laps < MS_MAX)
		n->gain = (ms_t)round_half_away((double)slower * laps / 100) * 100;
	n->evidence = you->v_class;
	n->median_you = you->median;
	n->median_ref = ref->median;
	set_side(k, n, &n->of_you, you->name, you->lap, you->n);
	set_side(k, n, &n->of_ref, ref->name, ref->lap, ref->n);
	n->laps = n->of_you.lap;
	n->nlaps = n->of_you.n;
	return n;
}

static bool of_enough_cars(const struct driver_paces *p)
{
	return p->class_cars >= FEWEST_IN_CLASS;
}

/* --- Against another car ---------------------------------------------------------- */

/* Who sits in their car now, and what your best would gain on that one. */
static const char *now_words(struct coach *k, const struct driver_pace *you, const struct driver_pace *now)
{
	const char *in;

	if (!now)
		return "";
	in = say(k, " %s, now in, %s (%u)", family(now->name), v_class_words(k, now), now->n);
	if (!clearly_slower(k, now, you, 1))
		return say(k, "%s.", in);
	return say(k, "%s: with %s in you gain %s s a lap.", in, family(you->name),
		   tenths(now->v_class.median - you->v_class.median).s);
}

static void note_of_cars(struct coach *k, const struct driver_pace *you, const struct driver_pace *ref,
			 const struct driver_paces *theirs)
{
	const struct driver_pace *now = driver_now(k, theirs, ref);
	struct note *n;

	if (!clearly_slower(k, you, ref, 1))
		return;
	n = new_note(k, you, ref, ref->n);
	n->head = say(k, "%s s a lap, %s against %s", tenths(you->v_class.median - ref->v_class.median).s,
		      family(you->name), family(ref->name));
	n->text = say(k, "%s is %s the class of the same 20 minutes (%u laps), %s %s (%u).%s", family(ref->name),
		      v_class_words(k, ref), ref->n, family(you->name), v_class_words(k, you), you->n,
		      now_words(k, you, now));
	n->action = now && clearly_slower(k, now, you, 1)
			    ? say(k, "use the time while %s is in.", family(now->name))
			    : say(k, "set the laps of %s and %s side by side.", family(you->name), family(ref->name));
}

/* --- Within the car --------------------------------------------------------------- */

/* Of the drivers who are clearly slower than the best of the same car: the one it cost most with. */
static const struct driver_pace *costliest(struct coach *k, const struct driver_paces *p,
					   const struct driver_pace *best)
{
	const struct driver_pace *worst = NULL;
	int64_t most = 0;

	for (uint32_t i = 0; i < p->n; i++) {
		const struct driver_pace *d = &p->row[i];
		int64_t cost = (int64_t)(d->v_class.median - best->v_class.median) * d->n;

		if (d == best || !known(d) || cost <= most || !clearly_slower(k, d, best, p->n - 1))
			continue;
		worst = d;
		most = cost;
	}
	return worst;
}

static void note_within(struct coach *k, const struct driver_paces *p, const struct driver_pace *best)
{
	const struct driver_pace *d = costliest(k, p, best);
	struct note *n;

	if (!d)
		return;
	n = new_note(k, d, best, d->n);
	n->head = say(k, "%s s a lap, %s against %s", tenths(d->v_class.median - best->v_class.median).s,
		      family(d->name), family(best->name));
	n->text = say(k, "%s is %s the class of the same 20 minutes (%u laps), %s %s (%u).", family(best->name),
		      v_class_words(k, best), best->n, family(d->name), v_class_words(k, d), d->n);
	n->action = say(k, "set the laps of %s and %s side by side.", family(d->name), family(best->name));
}

/* Cars of one class only: minus the class of the same minutes means nothing across two. */
void coach_drivers(struct coach *k)
{
	const struct car *cars = k->an->session->cars;
	struct driver_paces you, ref;
	struct err err;
	const struct driver_pace *best;

	if (!driver_pace_make(k->an, k->c->you, k->arena, &you, &err) ||
	    !driver_pace_make(k->an, k->c->ref, k->arena, &ref, &err)) {
		k->failed = true;
		return;
	}
	best = best_driver(&you);
	if (!best || !of_enough_cars(&you))
		return;
	if (k->own)
		note_within(k, &you, best);
	else if ((you.n > 1 || ref.n > 1) && best_driver(&ref) &&
		 strcmp(cars[k->c->you].class_name, cars[k->c->ref].class_name) == 0)
		note_of_cars(k, best, best_driver(&ref), &ref);
}
