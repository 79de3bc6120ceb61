/* Facts that cost places: a restart, a penalty, one lap in the race. */
#include "core/analysis/coach_draft.h"

enum { FEWEST_IN_FIELD = 3, RESTART_PLACES = 2, OFF_LAP = 1000 };

static ms_t part_time(const struct laps *l, uint32_t lap, int part)
{
	return part < 0 ? l->time[lap] : l->sector[part][lap];
}

/* A lap of a car that is not after the cut; -1 none. */
static int64_t seen_lap(const struct coach *k, uint32_t car, uint32_t number)
{
	int64_t at = session_lap(k->an->session, car, number);

	return at < (int64_t)car_first(k->an, car) + car_seen(k->an, car) ? at : -1;
}

ms_t field_median(struct coach *k, uint16_t lap, int part)
{
	const struct session *s = k->an->session;
	ms_t *v = new_times(k, s->ncars);
	uint32_t n = 0;

	for (uint32_t car = 0; v && car < s->ncars; car++) {
		int64_t at = seen_lap(k, car, lap);

		if (at >= 0 && part_time(&s->laps, (uint32_t)at, part) != MS_NONE)
			v[n++] = part_time(&s->laps, (uint32_t)at, part);
	}
	if (n < FEWEST_IN_FIELD)
		return MS_NONE;
	ms_sort(v, n);
	return ms_median_sorted(v, n);
}

/* The sector of a lap that lost most against the field's median; -1 unknown. */
static int worst_sector(struct coach *k, uint32_t lap)
{
	const struct laps *l = &k->an->session->laps;
	int worst = -1;
	ms_t most = 0;

	for (int i = 0; i < SECTORS; i++) {
		ms_t field = field_median(k, l->number[lap], i);

		if (field == MS_NONE || l->sector[i][lap] == MS_NONE || l->sector[i][lap] - field <= most)
			continue;
		most = l->sector[i][lap] - field;
		worst = i;
	}
	return worst;
}

/* Session clock at the end of sector `part` of a lap. */
static ms_t clock_at(const struct laps *l, uint32_t lap, int part)
{
	int64_t at = l->elapsed[lap];

	if (l->elapsed[lap] == MS_NONE || (part < 2 && l->sector[part == 1 ? 2 : 0][lap] == MS_NONE))
		return MS_NONE;
	if (part == 1)
		at -= l->sector[2][lap];
	if (part == 0)
		at += (int64_t)l->sector[0][lap] - l->time[lap];
	return at < 0 || at > MS_MAX ? MS_NONE : (ms_t)at;
}

/* Place at the end of a sector among the cars that drove this lap number; 0 unknown. */
static unsigned place_at(const struct coach *k, uint32_t lap, int part)
{
	const struct session *s = k->an->session;
	ms_t own = clock_at(&s->laps, lap, part);
	unsigned place = 1;

	if (own == MS_NONE)
		return 0;
	for (uint32_t car = 0; car < s->ncars; car++) {
		int64_t at = seen_lap(k, car, s->laps.number[lap]);
		ms_t other = at < 0 ? MS_NONE : clock_at(&s->laps, (uint32_t)at, part);

		place += other != MS_NONE && other < own;
	}
	return place;
}

/* Places lost from the line before this lap to the line after it; 0 none. */
static unsigned places_lost(const struct coach *k, uint32_t lap)
{
	unsigned before = k->an->order.lap[lap - 1].position, after = k->an->order.lap[lap].position;

	return before > 0 && after > before ? after - before : 0;
}

static bool follows_own_lap(const struct coach *k, uint32_t lap)
{
	const struct laps *l = &k->an->session->laps;

	return lap > car_first(k->an, k->c->you) && l->number[lap] == l->number[lap - 1] + 1 &&
	       l->elapsed[lap] != MS_NONE;
}

/* --- RESTART ------------------------------------------------------------------ */

static bool is_restart(const struct coach *k, uint32_t lap)
{
	const struct lap_class *c = k->an->classes.lap;

	return lap_is_clean(k->an, lap) && (c[lap].label == LABEL_RESTART || c[lap - 1].status == LAP_CAUTION);
}

/* ", P12 at S1 (32.999, field 33.144)": the sector before the one that lost. */
static const char *before_words(struct coach *k, uint32_t lap, int at)
{
	const struct laps *l = &k->an->session->laps;
	ms_t field = at > 0 ? field_median(k, l->number[lap], at - 1) : MS_NONE;

	if (field == MS_NONE || l->sector[at - 1][lap] == MS_NONE)
		return "";
	return say(k, ", P%u at S%d (%s, field %s)", place_at(k, lap, at - 1), at, sec(l->sector[at - 1][lap]).s,
		   sec(field).s);
}

static void restart_note(struct coach *k, uint32_t lap)
{
	const struct laps *l = &k->an->session->laps;
	unsigned lost = places_lost(k, lap), number = l->number[lap];
	int at = worst_sector(k, lap);
	ms_t field = field_median(k, l->number[lap], -1);
	struct note *n;

	if (lost < RESTART_PLACES || at < 0 || field == MS_NONE || l->time[lap] <= field)
		return;
	n = draft_new(k, NOTE_FACT, TOPIC_RESTART, "RESTART", l->time[lap] - field);
	n->places = (uint16_t)lost;
	set_laps(k, n, &l->number[lap], 1);
	n->head = say(k, "%u places on lap %u, most of it in S%d", lost, number, at + 1);
	n->text = say(k,
		      "Lap %u after the caution: P%u at the line%s, P%u at S%d: %s against a field median of %s; P%u "
		      "at the end. "
		      "One lap.",
		      number, (unsigned)k->an->order.lap[lap - 1].position, before_words(k, lap, at),
		      place_at(k, lap, at), at + 1, sec(l->sector[at][lap]).s,
		      sec(field_median(k, l->number[lap], at)).s, (unsigned)k->an->order.lap[lap].position);
	n->action = say(k, "on-board of S%d on lap %u.", at + 1, number);
}

/* --- One lap ------------------------------------------------------------------ */

/* What the field lost on a lap number (traffic of a start, rain, a yellow flag): that is nobody's mistake. 0 unknown or nothing. */
static ms_t field_lost(const struct coach *k, uint32_t lap)
{
	const struct paces *p = &k->an->paces;
	uint16_t number = k->an->session->laps.number[lap];
	ms_t lost = number < p->nresidual ? p->field_residual[number] : MS_NONE;

	return lost == MS_NONE || lost < 0 ? 0 : lost;
}

/* Over the own median by more than the field was over its own. */
static ms_t lost_on(const struct coach *k, uint32_t lap)
{
	return k->an->session->laps.time[lap] - k->an->paces.car[k->c->you].all.median - field_lost(k, lap);
}

/* The clean lap that stands out most and cost a place; a lap of the session or UINT32_MAX. One that ends in a caution is slow for that. */
static uint32_t worst_lap(const struct coach *k)
{
	const struct pace *p = &k->an->paces.car[k->c->you].all;
	uint32_t worst = UINT32_MAX;
	double limit = 3 * p->mad > OFF_LAP ? 3 * p->mad : OFF_LAP;

	if (p->n < MIN_PAIRS)
		return worst;
	for (uint32_t i = 1; i < car_seen(k->an, k->c->you); i++) {
		uint32_t lap = your_lap(k, i);

		if (!lap_is_clean(k->an, lap) || k->an->classes.lap[lap].label == LABEL_EDGE ||
		    lost_on(k, lap) <= limit || !follows_own_lap(k, lap) || is_restart(k, lap))
			continue;
		if (places_lost(k, lap) > 0 && (worst == UINT32_MAX || lost_on(k, lap) > lost_on(k, worst)))
			worst = lap;
	}
	return worst;
}

static const char *field_words(struct coach *k, uint32_t lap)
{
	return field_lost(k, lap) > 0 ? say(k, " (the field lost %s on it)", sec(field_lost(k, lap)).s) : "";
}

static const char *sector_words(struct coach *k, uint32_t lap, int at)
{
	const struct laps *l = &k->an->session->laps;

	return at < 0 ? ""
		      : say(k, " Most of it in S%d: %s, field %s.", at + 1, sec(l->sector[at][lap]).s,
			    sec(field_median(k, l->number[lap], at)).s);
}

static void lap_note(struct coach *k)
{
	const struct laps *l = &k->an->session->laps;
	uint32_t lap = worst_lap(k);
	unsigned lost;
	struct note *n;
	int at;

	if (lap == UINT32_MAX)
		return;
	at = worst_sector(k, lap);
	lost = places_lost(k, lap);
	n = draft_new(k, NOTE_FACT, TOPIC_LAP, say(k, "LAP %u", (unsigned)l->number[lap]), lost_on(k, lap));
	n->places = (uint16_t)lost;
	set_laps(k, n, &l->number[lap], 1);
	n->head = say(k, "cost %s s, %u place%s", sec(lost_on(k, lap)).s, lost, lost == 1 ? "" : "s");
	n->text = say(k, "%s against your median of %s%s, P%u to P%u.%s One lap.", clock_of(l->time[lap]).s,
		      clock_of(k->an->paces.car[k->c->you].all.median).s, field_words(k, lap),
		      (unsigned)k->an->order.lap[lap - 1].position, (unsigned)k->an->order.lap[lap].position,
		      sector_words(k, lap, at));
	n->action = at < 0 ? "ask what happened before changing anything."
			   : say(k, "ask what happened in S%d before changing anything.", at + 1);
}

/* --- PENALTY ------------------------------------------------------------------ */

/* Of the cars that the penalty put in front: how far back on the road the last of them was. */
static ms_t reach_of_penalty(const struct coach *k, const struct place *own, int32_t official)
{
	const struct session *s = k->an->session;
	ms_t most = MS_NONE;

	for (uint32_t i = own->position; i < s->ncars; i++) {
		const struct place *p = &k->an->order.table[i];
		const struct official *o = car_official(&s->cars[p->car]);

		if (!o || o->position == 0 || o->position >= official || p->laps != own->laps || p->total == MS_NONE)
			continue;
		if (p->total - own->total > most)
			most = p->total - own->total;
	}
	return most;
}

static void penalty_words(struct coach *k, struct note *n, const struct place *own, int32_t official, ms_t penalty)
{
	ms_t reach = own->total == MS_NONE ? MS_NONE : reach_of_penalty(k, own, official);

	n->head = say(k, "P%u on the road, P%d in the result: %s s", (unsigned)own->position, (int)official,
		      diff(penalty).s);
	n->text = say(k, "P%u on the road, P%d in the result: %s s.%s", (unsigned)own->position, (int)official,
		      diff(penalty).s,
		      n->places == 0     ? " It cost no place."
		      : reach == MS_NONE ? ""
					 : say(k, " %u car%s that went past finished within %s s behind you.",
					       (unsigned)n->places, n->places == 1 ? "" : "s", sec(reach).s));
	n->action = "find out what for.";
}

/* Known only from the official result, so never in a replay. */
static void penalty_note(struct coach *k)
{
	const struct session *s = k->an->session;
	const struct official *o = car_official(&s->cars[k->c->you]);
	ms_t penalty = car_penalty(s, &s->cars[k->c->you]);
	const struct place *own = &k->an->order.table[k->an->order.row_of[k->c->you]];
	struct note *n;

	if (k->an->options.lap || k->an->options.elapsed != MS_NONE || !o || penalty == MS_NONE || penalty <= 0)
		return;
	n = draft_new(k, NOTE_FACT, TOPIC_PENALTY, "PENALTY", penalty);
	if (o->position > own->position)
		n->places = (uint16_t)(o->position - own->position);
	else
		n->gain = penalty;
	penalty_words(k, n, own, o->position, penalty);
}

void coach_place_facts(struct coach *k)
{
	for (uint32_t i = 1; i < car_seen(k->an, k->c->you); i++) {
		uint32_t lap = your_lap(k, i);

		if (follows_own_lap(k, lap) && is_restart(k, lap))
			restart_note(k, lap);
	}
	lap_note(k);
	penalty_note(k);
}
