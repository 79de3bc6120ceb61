/* Notes about pace: places that are clearly lost, the one that is clearly won, and a pace that fades. */
#include <math.h>

#include "core/analysis/coach_draft.h"

enum { TRAP_STEP = 20 }; /* tenths of km/h: the trap's own steps are 0.9, so a claim needs two */

static ms_t row_value(const struct lap_pair *p, const struct place_row *r)
{
	if (r->sector >= 0)
		return p->sector[r->sector];
	return r->mini >= 0 ? p->mini[r->mini] : p->delta;
}

static bool pair_held(const struct coach *k, const struct lap_pair *p)
{
	const struct lap_air *air = k->an->order.air;

	return air[p->you].air == AIR_HELD || air[p->ref].air == AIR_HELD;
}

/* Held before pace: what the table says must hold without the laps that began right behind a car. */
static bool stands_unheld(struct coach *k, const struct place_row *r)
{
	const struct comparison *c = k->c;
	ms_t *v = new_times(k, c->npairs);
	struct interval i;
	uint32_t n = 0;

	for (uint32_t p = 0; v && p < c->npairs; p++) {
		ms_t d = row_value(&c->pairs[p], r);

		if (c->pairs[p].clean && d != MS_NONE && !pair_held(k, &c->pairs[p]))
			v[n++] = d;
	}
	if (n < MIN_PAIRS)
		return false;
	sign_interval(v, n, 0.05, &i);
	return i.clear && (i.median < 0) == (r->all.median < 0);
}

/* The table's word may be wrong about one pair of cars in twenty. Advice may not, so it is held against one in two hundred, for all
 * rows looked at: of 494 real cars whose odd laps were set against their even ones, six had a place that was clear at the
 * table's level, and none has at this one. */
static bool sure_enough(struct coach *k, const struct place_row *r)
{
	const struct comparison *c = k->c;
	ms_t *v = new_times(k, c->npairs);
	uint32_t n = 0;

	for (uint32_t p = 0; v && p < c->npairs; p++)
		if (c->pairs[p].clean && row_value(&c->pairs[p], r) != MS_NONE)
			v[n++] = row_value(&c->pairs[p], r);
	return sign_test_p(v, n) * c->nrows <= 0.005;
}

static bool worth_saying(struct coach *k, const struct place_row *r)
{
	ms_t median = r->all.median < 0 ? -r->all.median : r->all.median;
	ms_t sum = r->sum < 0 ? -r->sum : r->sum;

	if (r->all.n < MIN_PAIRS || (median < MIN_A_LAP && sum < MIN_IN_ALL))
		return false;
	/* A few bad laps can turn the sum against what is usual: then there is no one figure to name. */
	return (r->sum < 0) == (r->all.median < 0) && sure_enough(k, r) && stands_unheld(k, r);
}

static bool inside(const struct place_row *small, const struct place_row *big)
{
	if (big->sector < 0 && big->mini < 0)
		return small->sector >= 0 || small->mini >= 0;
	return big->sector >= 0 && small->mini >= 0 && small->mini / 2 == big->sector;
}

/* Two of one place are one: the smaller is named. */
static bool has_smaller(const struct comparison *c, const struct place_row *r)
{
	for (unsigned i = 0; i < c->nrows; i++)
		if (c->row[i].verdict == r->verdict && inside(&c->row[i], r))
			return true;
	return false;
}

/* Median of a place's own times over the clean pairs where it is known for both. */
static ms_t own_median(struct coach *k, const struct place_row *r, bool you)
{
	const struct laps *l = &k->an->session->laps;
	const ms_t *time = r->sector >= 0 ? l->sector[r->sector] : r->mini >= 0 ? l->mini[r->mini] : l->time;
	ms_t *v = new_times(k, k->c->npairs);
	uint32_t n = 0;

	for (uint32_t p = 0; v && p < k->c->npairs; p++) {
		const struct lap_pair *pair = &k->c->pairs[p];

		if (pair->clean && row_value(pair, r) != MS_NONE)
			v[n++] = time[you ? pair->you : pair->ref];
	}
	if (n == 0)
		return MS_NONE;
	ms_sort(v, n);
	return ms_median_sorted(v, n);
}

/* Both sides of the clean pairs where the place is known for both. */
static void place_sides(struct coach *k, struct note *n, const struct place_row *r)
{
	uint32_t *you = ARENA_ARRAY(k->arena, k->c->npairs, uint32_t);
	uint32_t *ref = ARENA_ARRAY(k->arena, k->c->npairs, uint32_t), count = 0;

	if (!you || !ref) {
		k->failed = true;
		return;
	}
	for (uint32_t p = 0; p < k->c->npairs; p++) {
		if (!k->c->pairs[p].clean || row_value(&k->c->pairs[p], r) == MS_NONE)
			continue;
		you[count] = k->c->pairs[p].you;
		ref[count++] = k->c->pairs[p].ref;
	}
	set_side(k, n, &n->of_you, you_id(k), you, count);
	set_side(k, n, &n->of_ref, ref_id(k), ref, count);
}

static void place_evidence(struct coach *k, struct note *n, const struct place_row *r)
{
	n->evidence = r->all;
	n->gain = r->sum;
	n->sector = r->sector;
	n->mini = r->mini;
	n->median_you = own_median(k, r, true);
	n->median_ref = own_median(k, r, false);
	place_sides(k, n, r);
	n->laps = n->of_you.lap;
	n->nlaps = n->of_you.n;
}

struct tally {
	uint32_t n, slower, quicker;
};

static struct tally count_pairs(const struct comparison *c, const struct place_row *r, bool clear)
{
	struct tally out = {0};

	for (uint32_t p = 0; p < c->npairs; p++) {
		ms_t d = row_value(&c->pairs[p], r);

		if (d == MS_NONE || !(clear ? c->pairs[p].clear_air : c->pairs[p].clean))
			continue;
		out.n++;
		out.slower += d > 0;
		out.quicker += d < 0;
	}
	return out;
}

/* ", 9 of 9 in clear air" where there are enough of them to be worth a word. */
static const char *clear_words(struct coach *k, const struct place_row *r, bool slower)
{
	struct tally t = count_pairs(k->c, r, true);

	if (t.n < 3)
		return "";
	return say(k, ", %u of %u in clear air", slower ? t.slower : t.quicker, t.n);
}

static ms_t near_end(const struct interval *v)
{
	return v->median < 0 ? v->high : v->low;
}

static ms_t far_end(const struct interval *v)
{
	return v->median < 0 ? v->low : v->high;
}

static void place_note(struct coach *k, const struct place_row *r)
{
	struct tally t = count_pairs(k->c, r, false);
	const char *where = r->sector < 0 && r->mini < 0 ? "LAP" : r->name;
	struct note *n = draft_new(k, NOTE_PACE, TOPIC_PLACE, where, r->sum);

	place_evidence(k, n, r);
	n->head = say(k, "slower in %u of %u laps%s", t.slower, t.n, clear_words(k, r, true));
	n->text = say(k, "%s: slower than %s in %u of %u laps, %s a lap (%s to %s)%s.", where, ref_id(k), t.slower, t.n,
		      sec(r->all.median).s, sec(near_end(&r->all)).s, sec(far_end(&r->all)).s, clear_words(k, r, true));
	n->action = r->mini < 0 && r->sector < 0 ? "telemetry of one clear lap each: no single place stands out."
						 : say(k, "telemetry of %s, first the speed at its start.", where);
}

/* --- KEEP --------------------------------------------------------------------- */

/* Median top speed of a car over the clear-air pairs, in tenths; 0 unknown. laps gets their numbers. */
static unsigned trap_speed(struct coach *k, bool you, uint16_t *laps, uint32_t *nlaps)
{
	const struct comparison *c = k->c;
	ms_t *v = new_times(k, c->npairs);
	uint32_t n = 0;

	for (uint32_t p = 0; v && p < c->npairs; p++) {
		uint16_t kph = k->an->session->laps.top_speed[you ? c->pairs[p].you : c->pairs[p].ref];

		if (!c->pairs[p].clear_air || kph == 0)
			continue;
		laps[n] = c->pairs[p].number;
		v[n++] = kph;
	}
	*nlaps = n;
	if (n < 3)
		return 0;
	ms_sort(v, n);
	return (unsigned)ms_median_sorted(v, n);
}

/* With the same speed at the trap in clear air and the gain still there, it does not come from the tow. */
static const char *tow_words(struct coach *k, const struct place_row *r)
{
	uint16_t *laps = new_laps(k, k->c->npairs);
	unsigned you, ref;
	uint32_t n;
	struct num_text speed;

	if (!laps || r->clear.n < 3 || r->clear.median >= 0)
		return "";
	ref = trap_speed(k, false, laps, &n);
	you = trap_speed(k, true, laps, &n);
	if (you == 0 || ref == 0 || (you > ref ? you - ref : ref - you) >= TRAP_STEP)
		return "";
	dec_str(speed.s, you / 10.0, 1);
	if (you == ref)
		return say(k, " Not the tow: trap %s km/h both, %s.", speed.s, lap_words(k, laps, n));
	return say(k, " Not the tow: trap %s km/h against %u.%u, %s.", speed.s, ref / 10, ref % 10,
		   lap_words(k, laps, n));
}

static void keep_note(struct coach *k, const struct place_row *r)
{
	struct tally t = count_pairs(k->c, r, false);
	struct note *n = draft_new(k, NOTE_KEEP, TOPIC_KEEP, "KEEP", -(int64_t)r->sum);

	place_evidence(k, n, r);
	n->head = say(k, "%s, quicker in %u of %u laps", r->name, t.quicker, t.n);
	n->text = say(k, "%s: quicker than %s in %u of %u laps, %s a lap (%s to %s)%s.%s", r->name, ref_id(k),
		      t.quicker, t.n, sec(r->all.median).s, sec(near_end(&r->all)).s, sec(far_end(&r->all)).s,
		      clear_words(k, r, false), tow_words(k, r));
}

void coach_pace(struct coach *k)
{
	const struct comparison *c = k->c;
	const struct place_row *keep = NULL;

	for (unsigned i = 0; i < c->nrows; i++) {
		const struct place_row *r = &c->row[i];

		if ((r->verdict != VERDICT_LOSS && r->verdict != VERDICT_GAIN) || has_smaller(c, r) ||
		    !worth_saying(k, r))
			continue;
		if (r->verdict == VERDICT_LOSS)
			place_note(k, r);
		else if (!keep || r->sum < keep->sum)
			keep = r;
	}
	if (keep)
		keep_note(k, keep);
}

/* --- FADE --------------------------------------------------------------------- */

struct third { /* of YOUR clean laps: the first or the last */
	uint16_t *lap;
	ms_t *time, *field;
	uint32_t n;
	uint32_t held;
	ms_t median, field_median, least_air; /* least_air: MS_NONE nobody ahead on the clock */
};

static void add_lap(const struct coach *k, struct third *t, uint32_t lap)
{
	const struct paces *p = &k->an->paces;
	const struct lap_air *air = &k->an->order.air[lap];
	uint16_t number = k->an->session->laps.number[lap];

	if (number >= p->nresidual || p->field_residual[number] == MS_NONE)
		return;
	t->lap[t->n] = number;
	t->time[t->n] = k->an->session->laps.time[lap];
	t->field[t->n++] = p->field_residual[number];
	t->held += air->air == AIR_HELD;
	if (air->gap != MS_NONE && (t->least_air == MS_NONE || air->gap < t->least_air))
		t->least_air = air->gap;
}

/* count clean laps from one end of the race. */
static bool take_third(struct coach *k, struct third *t, uint32_t count, bool from_end)
{
	uint32_t seen = car_seen(k->an, k->c->you), taken = 0, clean = k->an->paces.car[k->c->you].all.n, passed = 0;

	*t = (struct third){.lap = new_laps(k, count),
			    .time = new_times(k, count),
			    .field = new_times(k, count),
			    .least_air = MS_NONE};
	if (k->failed || count == 0)
		return false;
	for (uint32_t i = 0; i < seen && taken < count; i++) {
		if (!lap_is_clean(k->an, your_lap(k, i)) || (from_end && passed++ < clean - count))
			continue;
		add_lap(k, t, your_lap(k, i));
		taken++;
	}
	if (t->n == 0)
		return false;
	ms_sort(t->time, t->n);
	ms_sort(t->field, t->n);
	t->median = ms_median_sorted(t->time, t->n);
	t->field_median = ms_median_sorted(t->field, t->n);
	return true;
}

static const char *traffic_words(struct coach *k, const struct third *end)
{
	struct num_text s;

	if (end->least_air == MS_NONE || end->least_air < 2 * k->an->options.close_under)
		return "";
	dec_str(s.s, end->least_air / 1000.0, 1);
	return say(k, " Nobody closer than %s s ahead, so not traffic.", s.s);
}

static void fade_words(struct coach *k, struct note *n, const struct third *start, const struct third *end,
		       ms_t own_loss)
{
	const struct trend *t = &k->an->paces.car[k->c->you].trend;
	ms_t field_loss = end->field_median - start->field_median;
	const char *last = lap_words(k, end->lap, end->n), *first = lap_words(k, start->lap, start->n);

	n->head =
		say(k, "%s s a lap at the end, %s", hundredths(own_loss - field_loss).s, lap_head(k, end->lap, end->n));
	n->text = say(k,
		      "Your %s are %s slower than %s (%s, %s); the field %s %s. %s a lap against the field (%s to %s), "
		      "%u laps.%s",
		      last, sec(end->median - start->median).s, first, clock_of(end->median).s,
		      clock_of(start->median).s, field_loss < 0 ? "gained" : "lost", sec(field_loss).s,
		      sec((ms_t)round_half_away(t->field.theil_sen)).s, sec((ms_t)round_half_away(t->field.low)).s,
		      sec((ms_t)round_half_away(t->field.high)).s, t->n, traffic_words(k, end));
	n->action = say(k, "pressures of that set, then how hard %s were.", first);
}

/* Field before tyre: only what the rest of the field did not do as well, and only on laps that were not held up. */
void coach_fade(struct coach *k)
{
	const struct trend *t = &k->an->paces.car[k->c->you].trend;
	uint32_t count = k->an->paces.car[k->c->you].all.n / 3;
	struct third start, end;
	struct note *n;
	ms_t loss;

	if (t->n < TREND_MIN || !(t->field.low > 0) || !take_third(k, &start, count, false) ||
	    !take_third(k, &end, count, true))
		return;
	if (end.held > 0 || 2 * start.held > start.n)
		return;
	loss = end.median - start.median - (end.field_median - start.field_median);
	if (loss < MIN_A_LAP || (int64_t)loss * end.n < MIN_IN_ALL)
		return;
	k->fade = true;
	n = draft_new(k, NOTE_PACE, TOPIC_FADE, "FADE", (int64_t)loss * end.n);
	n->about = true;
	n->gain = (ms_t)round_half_away((double)loss * end.n / 100) * 100;
	n->median_you = end.median;
	n->evidence = (struct interval){.median = (ms_t)round_half_away(t->field.theil_sen),
					.n = t->n,
					.clear = true,
					.low = (ms_t)round_half_away(t->field.low),
					.high = (ms_t)round_half_away(t->field.high)};
	n->median_ref = start.median;
	set_laps(k, n, end.lap, end.n);
	side_of_numbers(k, n, &n->of_you, lap_words(k, end.lap, end.n), k->c->you, end.lap, end.n);
	side_of_numbers(k, n, &n->of_ref, lap_words(k, start.lap, start.n), k->c->you, start.lap, start.n);
	fade_words(k, n, &start, &end, end.median - start.median);
}
