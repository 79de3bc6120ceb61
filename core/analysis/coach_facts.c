/* Facts of a race against the reference: start, held up, stops. Sums over named laps, no inference. */
#include "core/analysis/coach_draft.h"
#include "core/analysis/ledger.h"

enum { START_ENDS = 3, MIN_HELD = 5, MIN_CLEAR = 6 };

/* "the flag" when both drove to the end and nothing is cut off, else "lap 17". */
static const char *end_words(struct coach *k)
{
	const struct laps *l = &k->an->session->laps;
	const struct lap_pair *p = &k->c->pairs[k->c->npairs - 1];

	if (l->flag[p->you] == FLAG_FINISH && l->flag[p->ref] == FLAG_FINISH)
		return "the flag";
	return say(k, "lap %u", (unsigned)p->number);
}

/* --- START ------------------------------------------------------------------ */

/* The car that YOU began this pair's lap behind, as the ledger has it; NO_CAR none. */
static uint16_t behind_on(const struct comparison *c, uint32_t pair)
{
	for (uint32_t r = 0; r < c->nledger; r++)
		for (uint32_t i = 0; i < c->ledger[r].n; i++)
			if (c->ledger[r].pairs[i] == pair)
				return c->ledger[r].behind;
	return NO_CAR;
}

/* The start is lap 1 and the laps right after it that were still lost behind somebody else than the reference. */
static uint32_t start_pairs(const struct comparison *c)
{
	uint32_t n = 1;

	while (n < c->npairs && n < START_ENDS && c->pairs[n].number == n + 1 && c->pairs[n].delta > 0) {
		uint16_t behind = behind_on(c, n);

		if (behind == NO_CAR || behind == c->ref)
			break;
		n++;
	}
	return n;
}

static const char *sector_words(struct coach *k, const struct lap_pair *p)
{
	if (!p->complete)
		return "";
	if (p->sector[0] >= 0 && p->sector[1] >= 0 && p->sector[2] >= 0)
		return say(k, " (S1 %s, S2 %s, S3 %s)", sec(p->sector[0]).s, sec(p->sector[1]).s, sec(p->sector[2]).s);
	return say(k, " (S1 %s, S2 %s, S3 %s)", diff(p->sector[0]).s, diff(p->sector[1]).s, diff(p->sector[2]).s);
}

static const char *later_start_words(struct coach *k, uint32_t n)
{
	const char *text = "";

	for (uint32_t i = 1; i < n; i++)
		text = say(k, "%s, lap %u behind %s another %s", text, (unsigned)k->c->pairs[i].number,
			   coach_car_id(k, behind_on(k->c, i)), sec(k->c->pairs[i].delta).s);
	return text;
}

static const char *rest_words(struct coach *k, uint32_t n, ms_t rest)
{
	if (n >= k->c->npairs)
		return "";
	return say(k, " From lap %u to %s you were %s s %s than %s.", (unsigned)k->c->pairs[n].number, end_words(k),
		   sec(rest).s, rest <= 0 ? "quicker" : "slower", ref_id(k));
}

static void start_text(struct coach *k, struct note *note, uint32_t n, ms_t cost)
{
	const struct lap_pair *p = k->c->pairs;
	ms_t rest = k->c->sum[0] == MS_NONE ? MS_NONE : k->c->sum[0] - cost;
	bool decided = rest != MS_NONE && rest < 0 && rest + cost > 0;
	const char *laps = lap_words(k, note->laps, note->nlaps);

	note->head = decided ? say(k, "the race went on %s", laps) : say(k, "%s lost to %s", laps, ref_id(k));
	note->text = say(k, "%sLap 1 cost %s%s%s.%s", decided ? say(k, "The race went on %s. ", laps) : "",
			 sec(p[0].delta).s, sector_words(k, &p[0]), later_start_words(k, n),
			 rest == MS_NONE ? "" : rest_words(k, n, rest));
	note->action = "on-board of the launch and lap 1 first.";
}

static void start_note(struct coach *k)
{
	const struct comparison *c = k->c;
	uint16_t laps[START_ENDS];
	int64_t cost = 0;
	struct note *note;
	uint32_t n;

	if (c->npairs == 0 || c->pairs[0].number != 1 || c->pairs[0].delta <= 0)
		return;
	n = start_pairs(c);
	for (uint32_t i = 0; i < n; i++) {
		laps[i] = c->pairs[i].number;
		cost += c->pairs[i].delta;
	}
	if (cost < MIN_IN_ALL || cost > MS_MAX)
		return;
	note = draft_new(k, NOTE_FACT, TOPIC_START, "START", cost);
	note->gain = (ms_t)cost;
	set_laps(k, note, laps, n);
	start_text(k, note, n, (ms_t)cost);
}

/* --- HELD ------------------------------------------------------------------- */

struct pace_of { /* clean pairs of one row of the ledger */
	uint32_t n, faster;
	double mean;
};

static struct pace_of pace_of_row(const struct comparison *c, const struct ledger_row *r)
{
	struct pace_of out = {0};

	for (uint32_t i = 0; r && i < r->n; i++) {
		const struct lap_pair *p = &c->pairs[r->pairs[i]];

		if (!p->clean)
			continue;
		out.n++;
		out.faster += p->delta < 0;
		out.mean += p->delta;
	}
	if (out.n > 0)
		out.mean /= out.n;
	return out;
}

/* The longest run of consecutive laps in a row of the ledger: scattered ones are traffic, not being held up. */
static uint32_t longest_stay(const struct ledger_row *r)
{
	uint32_t best = 0, now = 0;

	for (uint32_t i = 0; i < r->n; i++) {
		now = i > 0 && r->pairs[i] == r->pairs[i - 1] + 1 ? now + 1 : 1;
		best = now > best ? now : best;
	}
	return best;
}

/* What being behind cost, from the pace in clear air; 0 when there are too few laps to say. */
static double held_cost(const struct comparison *c, const struct ledger_row *r, struct pace_of clear)
{
	struct pace_of held = pace_of_row(c, r);

	if (r->kind != LEDGER_BEHIND || longest_stay(r) < MIN_HELD || clear.n < MIN_CLEAR)
		return 0;
	if (held.mean - clear.mean < MIN_A_LAP)
		return 0;
	return (held.mean - clear.mean) * held.n;
}

static const struct ledger_row *worst_held(const struct comparison *c, struct pace_of clear, double *cost)
{
	const struct ledger_row *worst = NULL;

	*cost = 0;
	for (uint32_t i = 0; i < c->nledger; i++) {
		double v = held_cost(c, &c->ledger[i], clear);

		if (v > *cost) {
			*cost = v;
			worst = &c->ledger[i];
		}
	}
	return worst;
}

/* How far behind: at the line against the reference, at the start of the lap against anybody else. */
static const char *distance_words(struct coach *k, const struct ledger_row *r)
{
	const struct comparison *c = k->c;
	ms_t least = MS_MAX, most = MS_NONE;

	for (uint32_t i = 0; i < r->n; i++) {
		const struct lap_pair *p = &c->pairs[r->pairs[i]];
		ms_t gap = r->behind == c->ref ? p->gap : k->an->order.air[p->you].gap;

		if (gap == MS_NONE || gap < 0)
			continue;
		least = gap < least ? gap : least;
		most = gap > most ? gap : most;
	}
	return most == MS_NONE ? "" : say(k, ", %s to %s s", sec(least).s, sec(most).s);
}

/* A mini-sector clearly gained that is followed by one clearly lost: why there is no pass. */
static int given_back(const struct comparison *c)
{
	for (unsigned i = 0; i + 1 < c->nrows; i++)
		if (c->row[i].mini >= 0 && c->row[i + 1].mini >= 0 && c->row[i].verdict == VERDICT_GAIN &&
		    c->row[i + 1].verdict == VERDICT_LOSS)
			return (int)i;
	return -1;
}

static void held_words(struct coach *k, struct note *note, const struct ledger_row *r, struct pace_of clear)
{
	const struct comparison *c = k->c;
	struct pace_of held = pace_of_row(c, r);
	int back = given_back(c);

	note->text = say(
		k,
		"In clear air you were %s s a lap %s than %s (%u of %u laps quicker), then %s behind %s%s%s, at %s%s.%s"
		" That was not your pace.",
		sec((ms_t)round_half_away(clear.mean)).s, clear.mean < 0 ? "quicker" : "slower", ref_id(k),
		clear.faster, clear.n, lap_words(k, note->laps, note->nlaps), coach_car_id(k, r->behind),
		distance_words(k, r), *distance_words(k, r) ? " at the line" : "",
		sec((ms_t)round_half_away(held.mean)).s,
		(held.mean < 0) == (clear.mean < 0) ? ""
		: held.mean < 0                     ? " quicker"
						    : " slower",
		back < 0 ? ""
			 : say(k, " What you gain in %s goes again in %s.", c->row[back].name, c->row[back + 1].name));
	note->action = back < 0 ? "leave a gap of over a second for one lap, and see the pace of it."
				: say(k, "settle for the exit of %s on one lap and arrive at the end of %s alongside.",
				      c->row[back].name, c->row[back + 1].name);
}

static void held_note(struct coach *k)
{
	struct pace_of clear = pace_of_row(k->c, ledger_find(k->c, LEDGER_CLEAR));
	double cost;
	const struct ledger_row *r = worst_held(k->c, clear, &cost);
	struct note *note;

	if (!r || cost < MIN_IN_ALL || cost > MS_MAX)
		return;
	note = draft_new(k, NOTE_FACT, TOPIC_HELD, "HELD", round_half_away(cost));
	note->about = true;
	note->gain = (ms_t)(round_half_away(cost / 100) * 100); /* an estimate: tenths */
	note->nlaps = r->n;
	note->laps = new_laps(k, r->n);
	for (uint32_t i = 0; note->laps && i < r->n; i++)
		note->laps[i] = k->c->pairs[r->pairs[i]].number;
	if (k->failed)
		return;
	note->head = say(k, "%s%s behind %s", lap_head(k, note->laps, note->nlaps), distance_words(k, r),
			 coach_car_id(k, r->behind));
	held_words(k, note, r, clear);
}

/* --- PIT -------------------------------------------------------------------- */

struct stops {      /* of one car: its in- and out-laps over its own median clean lap */
	uint32_t n; /* in-laps */
	int64_t cost;
	bool known;
};

static struct stops stops_of(const struct coach *k, uint32_t car)
{
	const struct pace *p = &k->an->paces.car[car].all;
	struct stops out = {.known = p->n > 0};

	for (uint32_t i = 0; i < car_seen(k->an, car); i++) {
		uint32_t lap = car_first(k->an, car) + i;
		const struct lap_class *c = &k->an->classes.lap[lap];

		if (k->an->session->laps.number[lap] == 1 || (!c->in && !c->out))
			continue;
		out.n += c->in;
		out.cost += out.known ? k->an->session->laps.time[lap] - p->median : 0;
	}
	return out;
}

static struct note *new_pit_note(struct coach *k, const struct ledger_row *r, int64_t cost)
{
	struct note *note = draft_new(k, NOTE_FACT, TOPIC_PIT, "PIT", cost);

	note->gain = (ms_t)cost;
	note->laps = new_laps(k, r->n);
	for (uint32_t i = 0; note->laps && i < r->n; i++)
		note->laps[note->nlaps++] = k->c->pairs[r->pairs[i]].number;
	note->action = "set the time in the lane beside the other stops of the day.";
	return note;
}

/* Only you stopped: the ledger's row is what it cost. */
static void stop_alone(struct coach *k, const struct ledger_row *r)
{
	struct note *note;
	const char *laps;

	if (r->sum < MIN_IN_ALL)
		return;
	note = new_pit_note(k, r, r->sum);
	laps = lap_words(k, note->laps, note->nlaps);
	note->head = say(k, "%s, in and out", lap_head(k, note->laps, note->nlaps));
	note->text = say(k, "In- and out-laps, %s, cost %s s against the same laps of %s, which did not stop.", laps,
			 sec(r->sum).s, ref_id(k));
}

/* Both stopped, on laps of their own: what the stops of each cost is what can be set side by side. */
static void stops_of_both(struct coach *k, const struct ledger_row *r, const struct stops *you, const struct stops *ref)
{
	int64_t more = you->cost - ref->cost;
	struct note *note;

	if (!you->known || !ref->known || more < MIN_IN_ALL || you->cost > MS_MAX || ref->cost < 0)
		return;
	note = new_pit_note(k, r, more);
	note->head = say(k, "%u stop%s against %u, in- and out-laps", you->n, you->n == 1 ? "" : "s", ref->n);
	note->text =
		say(k, "In- and out-laps of %u stop%s cost you %s s over your median lap, those of %u cost %s %s s.",
		    you->n, you->n == 1 ? "" : "s", sec((ms_t)you->cost).s, ref->n, ref_id(k), sec((ms_t)ref->cost).s);
}

static void pit_note(struct coach *k)
{
	const struct ledger_row *r = ledger_find(k->c, LEDGER_PIT);
	struct stops you = stops_of(k, k->c->you), ref = stops_of(k, k->c->ref);

	if (!r)
		return;
	if (ref.n == 0)
		stop_alone(k, r);
	else
		stops_of_both(k, r, &you, &ref);
}

void coach_race_facts(struct coach *k)
{
	coach_train(k);
	start_note(k);
	if (!k->train)
		held_note(k);
	pit_note(k);
}
