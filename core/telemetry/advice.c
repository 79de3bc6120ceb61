/* Which corners are worth a word, and why YOU lose there. */
#include "core/telemetry/advice.h"

#include <math.h>
#include <stdlib.h>

#include "core/telemetry/advice_text.h"

static const double worth = 0.05; /* s a lap */
static const double most_of_it =
	0.6; /* of the loss lies before (after) the apex: the braking (the throttle) is looked at first */

const char *tel_cause_name(enum tel_cause c)
{
	static const char *const names[] = {"", "brakes early", "slow minimum", "late throttle"};

	return names[c];
}

static bool earlier(const struct tel_five_row *r)
{
	return r->fig[FIG_BRAKE].told && r->fig[FIG_BRAKE].diff < 0;
}

static bool later(const struct tel_five_row *r)
{
	return r->fig[FIG_GAS].told && r->fig[FIG_GAS].diff > 0;
}

static bool slower(const struct tel_five_row *r)
{
	return r->fig[FIG_MIN].told && r->fig[FIG_MIN].diff < 0;
}

/* Only what a channel shows, and where the time goes decides between them. */
static enum tel_cause cause_of(const struct tel_five_row *r)
{
	double in = r->fig[FIG_IN].diff / r->lost, out = r->fig[FIG_OUT].diff / r->lost;

	if (earlier(r) && in >= most_of_it)
		return CAUSE_BRAKES_EARLY;
	if (later(r) && out >= most_of_it)
		return CAUSE_LATE_THROTTLE;
	if (slower(r))
		return CAUSE_SLOW_MINIMUM;
	if (earlier(r))
		return CAUSE_BRAKES_EARLY;
	return later(r) ? CAUSE_LATE_THROTTLE : CAUSE_NONE;
}

/* Braking d metres early, or on the throttle d metres late, means d metres more at the lowest speed v instead of the speed u at the zone's
 * end (entry, exit): d / v - d / u seconds. Never more than what was lost. */
static double longer_at_minimum(const struct tel_five_row *r, double metres, double u)
{
	double v = (r->fig[FIG_MIN].all_you + r->fig[FIG_MIN].all_ref) / 2;

	return fmin(fabs(metres) * 3.6 * (1 / v - 1 / u), r->lost);
}

static double seconds_of(enum tel_cause c, const struct tel_five_row *r)
{
	switch (c) {
	case CAUSE_BRAKES_EARLY:
		return longer_at_minimum(r, r->fig[FIG_BRAKE].diff, r->fig[FIG_ENTRY].all_ref);
	case CAUSE_LATE_THROTTLE:
		return longer_at_minimum(r, r->fig[FIG_GAS].diff, r->fig[FIG_EXIT].all_ref);
	case CAUSE_SLOW_MINIMUM:
		return r->lost;
	default:
		return NAN;
	}
}

static ms_t in_ms(double s)
{
	return isnan(s) ? MS_NONE : (ms_t)round_half_away(s * 1000);
}

/* The laps behind the seconds: all that count. */
static bool side_of(const struct tel_set *s, const uint32_t *lap, uint32_t n, uint32_t corner, struct arena *a,
		    struct note_side *out)
{
	out->lap = ARENA_ARRAY(a, n, uint16_t);
	out->time = ARENA_ARRAY(a, n, ms_t);
	out->line = ARENA_ARRAY(a, n, uint32_t);
	if (!out->lap || !out->time || !out->line)
		return false;
	for (uint32_t i = 0; i < n; i++) {
		const struct tel_lap *l = &s->lap[lap[i]];
		const struct tel_corner_lap *c = tel_corner_at(s, l, corner);

		if (c->hole || isnan(c->time))
			continue; /* those samples are missing: the lap says nothing here */
		out->lap[out->n] = l->number;
		out->time[out->n] = in_ms(c->time);
		out->line[out->n++] = s->session->laps.line[l->lap];
	}
	return true;
}

static uint32_t clean_laps(const struct tel_set *s, uint32_t session_car)
{
	for (uint32_t i = 0; i < s->ncars; i++)
		if (s->cars[i].match.found && s->cars[i].match.car == (int)session_car)
			return s->cars[i].clean_laps;
	return 0;
}

static bool make_note(const struct tel_set *s, const struct tel_five *f, const struct tel_five_row *r, struct arena *a,
		      struct tel_advice *out)
{
	bool gain = r->lost < 0;
	double over = r->lost * (f->enough ? clean_laps(s, f->you.car) : 1);
	struct note *n = &out->note;

	*out = (struct tel_advice){.corner = r->corner, .a_lap = r->lost, .last = !f->enough};
	out->cause = gain ? CAUSE_NONE : cause_of(r);
	out->of_cause = seconds_of(out->cause, r);
	*n = (struct note){.kind = gain ? NOTE_KEEP : NOTE_PACE,
			   .topic = TOPIC_CORNER,
			   .rank = in_ms(fabs(over)),
			   .gain = in_ms(over),
			   .about = f->enough,
			   .median_ref = in_ms(r->fig[FIG_LOST].all_ref),
			   .median_you = in_ms(r->fig[FIG_LOST].all_you),
			   .sector = -1,
			   .mini = -1};
	n->of_you.name = s->session->cars[f->you.car].id;
	n->of_ref.name = s->session->cars[f->ref.car].id;
	if (!side_of(s, f->all_you, f->nall_you, r->corner, a, &n->of_you) ||
	    !side_of(s, f->all_ref, f->nall_ref, r->corner, a, &n->of_ref))
		return false;
	n->laps = n->of_you.lap;
	n->nlaps = n->of_you.n;
	return tel_advice_words(s, f, r, a, out);
}

/* Later ones: the pace notes with five laps, then those with fewer; KEEP only with five, the greatest. */
static bool worth_a_note(const struct tel_five *f, const struct tel_five_row *r, uint32_t best_keep)
{
	if (!r->claim || fabs(r->lost) < worth)
		return false;
	return r->lost > 0 || (f->enough && r->corner == best_keep);
}

static uint32_t best_keep(const struct tel_five *f)
{
	const struct tel_five_row *best = NULL;

	for (uint32_t i = 0; i < f->n; i++)
		if (f->row[i].claim && f->row[i].lost < 0 && (!best || f->row[i].lost < best->lost))
			best = &f->row[i];
	return best ? best->corner : UINT32_MAX;
}

bool tel_advise(const struct tel_set *s, const struct tel_five *f, struct arena *arena, struct tel_advices *out,
		struct err *err)
{
	uint32_t keep = best_keep(f);

	*out = (struct tel_advices){.set = s, .why = f->why, .not_clear = ""};
	out->at = ARENA_ARRAY(arena, f->n, struct tel_advice);
	if (!out->at)
		return err_set(err, ERR_NOMEM, "no memory for the notes of the telemetry");
	for (uint32_t i = 0; i < f->n; i++) {
		if (!worth_a_note(f, &f->row[i], keep))
			continue;
		if (!make_note(s, f, &f->row[i], arena, &out->at[out->n++]))
			return err_set(err, ERR_NOMEM, "no memory for the notes of the telemetry");
	}
	out->first_last = f->enough ? out->n : 0;
	out->not_clear = tel_not_clear(s, f, arena);
	return out->not_clear || err_set(err, ERR_NOMEM, "no memory for the notes of the telemetry");
}

/* --- the one list ------------------------------------------------------------------------ */

/* Where a place of the timing begins and ends; false: not known, or it is the lap. */
static bool place_range(const struct tel_set *s, const struct note *n, double *from, double *to)
{
	const struct tel_lap *l = s->nlaps ? &s->lap[0] : NULL;
	bool minis = l && l->nlines == MINIS - 1;
	int first = n->mini >= 0 ? n->mini : minis ? 2 * n->sector : n->sector, last = first + (n->mini < 0 && minis);

	if (!l || (n->mini < 0 && n->sector < 0) || (n->mini >= 0 && !minis))
		return false;
	*from = first > 0 ? l->line[first - 1].at : 0;
	*to = last < (int)l->nlines ? l->line[last].at : s->length;
	return true;
}

static bool explained(const struct tel_advices *a, const struct note *n)
{
	double from, to;

	if (n->topic != TOPIC_PLACE || !place_range(a->set, n, &from, &to))
		return false;
	for (uint32_t i = 0; i < a->first_last; i++) {
		double apex = a->set->corner[a->at[i].corner].apex;

		if (a->at[i].a_lap > 0 && apex >= from && apex < to && 2000 * a->at[i].a_lap >= n->evidence.median)
			return true;
	}
	return false;
}

bool tel_advices_join(struct notes *notes, const struct tel_advices *a, struct arena *arena, struct err *err)
{
	struct note *kept = ARENA_ARRAY(arena, notes->n, struct note), *more = ARENA_ARRAY(arena, a->n, struct note);
	uint32_t n = 0;

	if (!kept || !more)
		return err_set(err, ERR_NOMEM, "no memory for the notes of the telemetry");
	for (uint32_t i = 0; i < notes->n; i++)
		if (!explained(a, &notes->note[i]))
			kept[n++] = notes->note[i];
	for (uint32_t i = 0; i < a->n; i++)
		more[i] = a->at[i].note;
	notes->note = kept;
	notes->n = n;
	if (*a->not_clear)
		notes->not_clear = tel_both(notes->not_clear, a->not_clear, arena);
	if (!notes->not_clear)
		return err_set(err, ERR_NOMEM, "no memory for the notes of the telemetry");
	return coach_join(notes, more, a->n, a->first_last, arena, err);
}
