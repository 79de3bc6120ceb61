/* Notes about pace: places that are clearly lost, the one that is clearly won, and a pace that fades. */
#include <string.h>

#include "core/analysis/coach_draft.h"
#include "core/analysis/signed_rank.h"

enum { TRAP_STEP = 20 }; /* tenths of km/h: the trap's own steps are 0.9, so a claim needs two */
enum { SAME_FIGURE = 20, LEAST = 30, EACH_LAP = 10, HABIT = 20 }; /* ms */
/* The table's word may be wrong about one pair of cars in twenty. Advice may not: it is held against one in two hundred, for all rows
 * looked at. Of 494 real cars whose odd laps were set against their even ones, six had a place that was clear at the table's level, and
 * none has at this one. */
static const double IN_TWENTY = 0.05, ADVICE = 0.005;
enum { FEWEST_CLEAR = 3 };  /* laps in clear air */
enum { ENOUGH_PAIRS = 14 }; /* that so many all say the same happens once in five hundred times, for ten rows */

static ms_t row_value(const struct lap_pair *p, const struct place_row *r)
{
	if (r->sector >= 0)
		return p->sector[r->sector];
	return r->mini >= 0 ? p->mini[r->mini] : p->delta;
}

/* Which laps tell a place. */
enum unheld {
	ANY_AIR,
	BOTH_UNHELD, /* both were half a second or more behind the next car at both ends of the lap */
	/* Of the one who is the slower: what holds up the quicker one makes the difference less, never more. */
	SLOWER_UNHELD,
	SLOWER_CLEAR, /* the same, a second or more behind */
};

static bool left_out(const struct coach *k, const struct lap_pair *p, enum unheld which, bool you_slower)
{
	if (which == BOTH_UNHELD)
		return coach_held(k, p->you) || coach_held(k, p->ref);
	uint32_t slower = you_slower ? p->you : p->ref;

	if (which == SLOWER_CLEAR && k->an->order.air[slower].air != AIR_CLEAR)
		return true;
	return which != ANY_AIR && coach_held(k, slower);
}

/* What is to be said about a place, and over which laps. */
struct figure {
	const struct place_row *row;
	struct interval v;
	ms_t sum;
	enum unheld unheld;
	bool said; /* clear, large and sure enough for a note */
};

static bool counts(const struct coach *k, const struct figure *f, const struct lap_pair *p)
{
	return p->clean && row_value(p, f->row) != MS_NONE && !left_out(k, p, f->unheld, f->row->all.median > 0);
}

static uint32_t collect(const struct coach *k, const struct figure *f, ms_t *v)
{
	uint32_t n = 0;

	for (uint32_t p = 0; p < k->c->npairs; p++)
		if (counts(k, f, &k->c->pairs[p]))
			v[n++] = row_value(&k->c->pairs[p], f->row);
	return n;
}

static int64_t sum_of(const ms_t *v, uint32_t n)
{
	int64_t sum = 0;

	for (uint32_t i = 0; i < n; i++)
		sum += v[i];
	return sum;
}

static ms_t size_of(ms_t v)
{
	return v < 0 ? -v : v;
}

/* Do the laps in traffic say the same as the rest: within 20 ms or a fifth? */
static bool traffic_agrees(const struct interval *all, const struct interval *unheld)
{
	ms_t apart = size_of(all->median - unheld->median);

	return apart <= SAME_FIGURE || 5 * (int64_t)apart <= size_of(unheld->median);
}

/* Eight laps or more that nobody held up, by themselves: of both where they are enough to be sure of, else of the slower one. */
static bool unheld_figure(struct coach *k, struct figure *f, ms_t *v)
{
	uint32_t n;
	int64_t sum;

	f->unheld = BOTH_UNHELD;
	if (collect(k, f, v) < ENOUGH_PAIRS)
		f->unheld = SLOWER_UNHELD;
	n = collect(k, f, v);
	sum = sum_of(v, n);
	if (n < MIN_PAIRS || sum > MS_MAX || sum < -MS_MAX)
		return false;
	f->sum = (ms_t)sum;
	sign_interval(v, n, 0.05, &f->v);
	return f->v.clear;
}

/* How likely chance alone makes such laps, if what they differ by were `least` in truth; for all rows looked at. The better of two tests,
 * so twice: ranks see more where laps scatter evenly, signs where a few went wrong. */
static double chance(struct coach *k, const struct figure *f, ms_t *v, ms_t least)
{
	uint32_t n = collect(k, f, v);
	double sign, rank;

	for (uint32_t i = 0; i < n; i++)
		v[i] -= f->v.median < 0 ? -least : least;
	sign = sign_test_p(v, n);
	rank = signed_rank_p(v, n, k->arena);
	return 2 * (sign < rank ? sign : rank) * k->c->nrows;
}

/* So little on a lap that it must be a habit (is_habit). */
static bool is_little(const struct interval *v)
{
	return size_of(v->median) < MIN_A_LAP;
}

/* Held before pace: the laps that nobody held up must say it by themselves. Where the held ones say something else, or are most of all,
 * only the others are told. */
static bool choose_laps(struct coach *k, struct figure *f, ms_t *v)
{
	struct figure rest = {.row = f->row};

	if (!unheld_figure(k, &rest, v))
		return false;
	f->v = f->row->all;
	f->sum = f->row->sum;
	if (!k->mostly_held && f->v.clear && traffic_agrees(&f->v, &rest.v) &&
	    (is_little(&f->v) || chance(k, &rest, v, LEAST) <= IN_TWENTY))
		return (f->v.median < 0) == (rest.v.median < 0);
	/* As strict as the table is for all its rows together. */
	sign_interval(v, collect(k, &rest, v), 0.05 / k->c->nrows, &rest.v);
	*f = rest;
	return f->v.clear;
}

/* Little on each lap that adds up over the race: only where it is a habit, two hundredths or more on every lap in clear air, and something
 * without the laps in traffic. */
static bool is_habit(const struct coach *k, const struct figure *f, ms_t *v)
{
	struct figure rest = {.row = f->row, .unheld = BOTH_UNHELD};
	struct interval i;
	uint32_t clear = 0, same = 0;

	for (uint32_t p = 0; p < k->c->npairs; p++) {
		const struct lap_pair *pair = &k->c->pairs[p];

		if (!pair->clear_air || row_value(pair, f->row) == MS_NONE)
			continue;
		clear++;
		same += f->v.median < 0 ? row_value(pair, f->row) <= -HABIT : row_value(pair, f->row) >= HABIT;
	}
	sign_interval(v, collect(k, &rest, v), 0.05, &i);
	return clear >= MIN_PAIRS && same == clear && size_of(i.median) >= LEAST;
}

static ms_t near_end(const struct interval *v)
{
	return v->median < 0 ? v->high : v->low;
}

/* Whoever is within a second of somebody all race loses time where that one does, held up or not: in clear air it must be lost, too. */
static bool clear_agrees(struct coach *k, const struct figure *f, ms_t *v)
{
	struct figure clear = {.row = f->row, .unheld = SLOWER_CLEAR};
	struct interval i;

	sign_interval(v, collect(k, &clear, v), 0.05, &i);
	return i.n >= FEWEST_CLEAR && (f->v.median < 0 ? -i.median : i.median) >= LEAST;
}

static struct figure figure_of(struct coach *k, const struct place_row *r)
{
	struct figure f = {.row = r};
	ms_t *v = new_times(k, k->c->npairs);

	if (!v || !choose_laps(k, &f, v) || f.v.n < MIN_PAIRS)
		return f;
	if (is_little(&f.v) && (size_of(f.sum) < MIN_IN_ALL || !is_habit(k, &f, v)))
		return f;
	/* A few bad laps can turn the sum against what is usual: then there is no one figure to name. */
	f.said = (f.sum < 0) == (f.v.median < 0) && chance(k, &f, v, is_little(&f.v) ? EACH_LAP : LEAST) <= ADVICE &&
		 clear_agrees(k, &f, v);
	return f;
}

static bool inside(const struct place_row *small, const struct place_row *big)
{
	if (big->sector < 0 && big->mini < 0)
		return small->sector >= 0 || small->mini >= 0;
	return big->sector >= 0 && small->mini >= 0 && small->mini / 2 == big->sector;
}

/* Two of one place are one: the smaller is named. */
static bool has_smaller(const struct figure *all, unsigned n, const struct figure *f)
{
	for (unsigned i = 0; i < n; i++)
		if (all[i].said && (all[i].v.median < 0) == (f->v.median < 0) && inside(all[i].row, f->row))
			return true;
	return false;
}

/* Both sides of the laps that count. */
static void place_sides(struct coach *k, struct note *n, const struct figure *f)
{
	uint32_t *you = ARENA_ARRAY(k->arena, k->c->npairs, uint32_t);
	uint32_t *ref = ARENA_ARRAY(k->arena, k->c->npairs, uint32_t), count = 0;

	if (!you || !ref) {
		k->failed = true;
		return;
	}
	for (uint32_t p = 0; p < k->c->npairs; p++) {
		if (!counts(k, f, &k->c->pairs[p]))
			continue;
		you[count] = k->c->pairs[p].you;
		ref[count++] = k->c->pairs[p].ref;
	}
	set_side(k, n, &n->of_you, you_id(k), you, count);
	set_side(k, n, &n->of_ref, ref_id(k), ref, count);
}

/* Median of the times of one side. */
static ms_t side_median(struct coach *k, const struct note_side *s)
{
	ms_t *v = new_times(k, s->n);

	if (!v || s->n == 0)
		return MS_NONE;
	memcpy(v, s->time, s->n * sizeof *v);
	ms_sort(v, s->n);
	return ms_median_sorted(v, s->n);
}

static void place_evidence(struct coach *k, struct note *n, const struct figure *f)
{
	n->evidence = f->v;
	n->gain = f->sum;
	n->sector = f->row->sector;
	n->mini = f->row->mini;
	place_sides(k, n, f);
	n->median_you = side_median(k, &n->of_you);
	n->median_ref = side_median(k, &n->of_ref);
	n->laps = n->of_you.lap;
	n->nlaps = n->of_you.n;
}

struct tally {
	uint32_t n, slower, quicker;
};

static struct tally count_pairs(const struct coach *k, const struct figure *f, bool clear)
{
	struct tally out = {0};

	for (uint32_t p = 0; p < k->c->npairs; p++) {
		const struct lap_pair *pair = &k->c->pairs[p];
		ms_t d = row_value(pair, f->row);

		if (!counts(k, f, pair) || (clear && !pair->clear_air))
			continue;
		out.n++;
		out.slower += d > 0;
		out.quicker += d < 0;
	}
	return out;
}

/* ", 9 of 9 in clear air" where there are enough of them to be worth a word; else which laps were left out. */
static const char *clear_words(struct coach *k, const struct figure *f, bool slower)
{
	struct tally t = count_pairs(k, f, true);

	if (f->unheld == BOTH_UNHELD)
		return ", none of them held";
	if (f->unheld == SLOWER_UNHELD)
		return slower ? ", you not held in any" : say(k, ", %s not held in any", ref_id(k));
	if (t.n < 3)
		return "";
	return say(k, ", %u of %u in clear air", slower ? t.slower : t.quicker, t.n);
}

static ms_t far_end(const struct interval *v)
{
	return v->median < 0 ? v->low : v->high;
}

static void place_note(struct coach *k, const struct figure *f)
{
	const struct place_row *r = f->row;
	struct tally t = count_pairs(k, f, false);
	const char *where = r->sector < 0 && r->mini < 0 ? "LAP" : r->name;
	struct note *n = draft_new(k, NOTE_PACE, TOPIC_PLACE, where, f->sum);

	place_evidence(k, n, f);
	n->head = say(k, "slower in %u of %u laps%s", t.slower, t.n, clear_words(k, f, true));
	n->text = say(k, "%s: slower than %s in %u of %u laps, %s a lap (%s to %s)%s.", where, ref_id(k), t.slower, t.n,
		      sec(f->v.median).s, sec(near_end(&f->v)).s, sec(far_end(&f->v)).s, clear_words(k, f, true));
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

static void keep_note(struct coach *k, const struct figure *f)
{
	const struct place_row *r = f->row;
	struct tally t = count_pairs(k, f, false);
	struct note *n = draft_new(k, NOTE_KEEP, TOPIC_KEEP, "KEEP", -(int64_t)f->sum);

	place_evidence(k, n, f);
	n->head = say(k, "%s, quicker in %u of %u laps", r->name, t.quicker, t.n);
	n->text = say(k, "%s: quicker than %s in %u of %u laps, %s a lap (%s to %s)%s.%s", r->name, ref_id(k),
		      t.quicker, t.n, sec(f->v.median).s, sec(near_end(&f->v)).s, sec(far_end(&f->v)).s,
		      clear_words(k, f, false), tow_words(k, r));
}

void coach_pace(struct coach *k)
{
	const struct comparison *c = k->c;
	struct figure f[PLACES_MAX];
	const struct figure *keep = NULL;

	for (unsigned i = 0; i < c->nrows; i++)
		f[i] = figure_of(k, &c->row[i]);
	for (unsigned i = 0; i < c->nrows; i++) {
		if (!f[i].said || has_smaller(f, c->nrows, &f[i]))
			continue;
		if (f[i].v.median > 0)
			place_note(k, &f[i]);
		else if (!keep || f[i].sum < keep->sum)
			keep = &f[i];
	}
	if (keep)
		keep_note(k, keep);
}
