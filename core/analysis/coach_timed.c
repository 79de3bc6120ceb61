/* Practice and qualifying: facts about single laps, since there are no laps side by side to infer pace from. */
#include "core/analysis/coach_draft.h"

enum { LOST_SECTOR = 300 }; /* a sector this far over the own best was not driven as it can be */

/* Best lap of a car that nobody took away; MS_NONE none. */
static ms_t best_time(const struct coach *k, uint32_t car)
{
	return k->an->bests.car[car].best.time;
}

/* Place that a lap time would have. */
static unsigned place_of(const struct coach *k, ms_t time)
{
	unsigned place = 1;

	for (uint32_t car = 0; car < k->an->session->ncars; car++)
		if (car != k->c->you && best_time(k, car) != MS_NONE && best_time(k, car) < time)
			place++;
	return place;
}

/* --- LAP: two best sectors and then the third ----------------------------------- */

/* The one sector a lap lost while the others were the car's best; -1 when the lap was not like that. */
static int lost_sector(const struct coach *k, uint32_t lap)
{
	const struct car_best *b = &k->an->bests.car[k->c->you];
	const struct laps *l = &k->an->session->laps;
	int lost = -1, best = 0;

	for (int i = 0; i < SECTORS; i++) {
		ms_t over;

		if (l->sector[i][lap] == MS_NONE || b->part[i].time == MS_NONE)
			return -1;
		over = l->sector[i][lap] - b->part[i].time;
		best += over == 0;
		if (over >= LOST_SECTOR)
			lost = i;
	}
	return best == SECTORS - 1 ? lost : -1;
}

static const char *place_words(struct coach *k, unsigned would)
{
	ms_t own = best_time(k, k->c->you), ahead = MS_NONE;
	unsigned place = place_of(k, own);

	for (uint32_t car = 0; car < k->an->session->ncars; car++) {
		ms_t t = best_time(k, car);

		if (car != k->c->you && t != MS_NONE && t < own && t > ahead)
			ahead = t;
	}
	if (ahead == MS_NONE)
		return "";
	return say(k, would < place ? ", P%u. You are P%u by %s" : ", still P%u. You are P%u by %s", would, place,
		   sec(own - ahead).s);
}

static void lost_lap_words(struct coach *k, struct note *n, uint32_t lap, int at, ms_t makes)
{
	const struct laps *l = &k->an->session->laps;
	ms_t own = k->an->bests.car[k->c->you].part[at].time;
	int a = at == 0 ? 1 : 0, b = at == 2 ? 1 : 2;

	n->head = say(k, "S%d %s over your own best", at + 1, sec(l->sector[at][lap] - own).s);
	n->text = say(k, "S%d %s and S%d %s, both your best, but S%d %s; your own %s makes %s%s.", a + 1,
		      sec(l->sector[a][lap]).s, b + 1, sec(l->sector[b][lap]).s, at + 1, sec(l->sector[at][lap]).s,
		      sec(own).s, clock_of(makes).s, place_words(k, place_of(k, makes)));
	n->action = say(k, "one lap: ask what happened in S%d before changing anything.", at + 1);
}

static void lost_lap(struct coach *k, uint32_t lap)
{
	const struct laps *l = &k->an->session->laps;
	int at = lost_sector(k, lap);
	ms_t best = best_time(k, k->c->you), makes;
	unsigned now, would;
	struct note *n;

	if (at < 0 || best == MS_NONE)
		return;
	makes = l->time[lap] - l->sector[at][lap] + k->an->bests.car[k->c->you].part[at].time;
	if (makes >= best)
		return;
	now = place_of(k, best);
	would = place_of(k, makes);
	n = draft_new(k, NOTE_FACT, TOPIC_LAP, say(k, "LAP %u", (unsigned)l->number[lap]), best - makes);
	n->places = (uint16_t)(now - would);
	n->gain = n->places ? MS_NONE : best - makes;
	set_laps(k, n, &l->number[lap], 1);
	lost_lap_words(k, n, lap, at, makes);
}

/* --- DELETED -------------------------------------------------------------------- */

static void deleted_lap(struct coach *k, const struct lap_ref *d)
{
	ms_t best = best_time(k, k->c->you);
	unsigned now, would;
	struct note *n;

	if (best == MS_NONE || d->time == MS_NONE || d->time >= best)
		return;
	now = place_of(k, best);
	would = place_of(k, d->time);
	n = draft_new(k, NOTE_FACT, TOPIC_DELETED, say(k, "LAP %u", (unsigned)d->lap), best - d->time);
	n->places = (uint16_t)(now - would);
	n->gain = n->places ? MS_NONE : best - d->time;
	set_laps(k, n, &d->lap, 1);
	n->head = say(k, "%s does not count, %s lost", clock_of(d->time).s, sec(best - d->time).s);
	n->text = say(k, "Lap %u, %s, does not count; your %s on lap %u does. It cost %s: P%u, with it P%u.",
		      (unsigned)d->lap, clock_of(d->time).s, clock_of(best).s,
		      (unsigned)k->an->bests.car[k->c->you].best.lap, sec(best - d->time).s, now, would);
	n->action = "ask the stewards where it left the track.";
}

/* In a race the time counts all the same; only the best lap is another one. */
static void deleted_in_race(struct coach *k, const struct lap_ref *d)
{
	const struct lap_ref *best = &k->an->bests.car[k->c->you].best;
	struct note *n;

	if (best->time == MS_NONE || d->time == MS_NONE || d->time >= best->time)
		return;
	n = draft_new(k, NOTE_FACT, TOPIC_DELETED, say(k, "LAP %u", (unsigned)d->lap), best->time - d->time);
	n->gain = best->time - d->time;
	set_laps(k, n, &d->lap, 1);
	n->head = say(k, "%s does not count as your best lap", clock_of(d->time).s);
	n->text = say(k,
		      "Lap %u, %s, is quicker than your official best, %s on lap %u, and does not count as such. It "
		      "cost no time in the race.",
		      (unsigned)d->lap, clock_of(d->time).s, clock_of(best->time).s, (unsigned)best->lap);
	n->action = "ask the stewards where it left the track.";
}

void coach_deleted(struct coach *k)
{
	const struct car_best *b = &k->an->bests.car[k->c->you];

	for (uint32_t i = 0; i < b->ndeleted; i++)
		deleted_in_race(k, &b->deleted[i]);
}

/* --- Best lap against best lap ---------------------------------------------------- */

/* The lap of the session that a best time stands on; -1 none. */
static int64_t best_lap(const struct coach *k, uint32_t car)
{
	const struct lap_ref *b = &k->an->bests.car[car].best;

	return b->time == MS_NONE ? -1 : session_lap(k->an->session, car, b->lap);
}

static void best_words(struct coach *k, struct note *n, uint32_t you, uint32_t ref, int at)
{
	const struct laps *l = &k->an->session->laps;
	ms_t part[SECTORS];

	for (int i = 0; i < SECTORS; i++)
		part[i] = l->sector[i][you] - l->sector[i][ref];
	n->head = say(k, "%s to %s, most of it in S%d", diff(l->time[you] - l->time[ref]).s, ref_id(k), at + 1);
	n->text = say(k, "%s (lap %u) to %s of %s (lap %u): S1 %s, S2 %s, S3 %s. One lap each.",
		      clock_of(l->time[you]).s, (unsigned)l->number[you], clock_of(l->time[ref]).s, ref_id(k),
		      (unsigned)l->number[ref], diff(part[0]).s, diff(part[1]).s, diff(part[2]).s);
	n->action = say(k, "telemetry of S%d, these two laps and one more of each.", at + 1);
}

static void best_note(struct coach *k)
{
	const struct laps *l = &k->an->session->laps;
	int64_t you = best_lap(k, k->c->you), ref = best_lap(k, k->c->ref);
	int at = -1;
	ms_t most = 0;
	struct note *n;

	if (you < 0 || ref < 0 || l->time[you] <= l->time[ref])
		return;
	for (int i = 0; i < SECTORS; i++) {
		if (l->sector[i][you] == MS_NONE || l->sector[i][ref] == MS_NONE)
			return;
		if (l->sector[i][you] - l->sector[i][ref] > most) {
			most = l->sector[i][you] - l->sector[i][ref];
			at = i;
		}
	}
	if (at < 0)
		return;
	n = draft_new(k, NOTE_FACT, TOPIC_LAP, "BEST LAP", l->time[you] - l->time[ref]);
	n->gain = l->time[you] - l->time[ref];
	set_laps(k, n, &l->number[you], 1);
	best_words(k, n, (uint32_t)you, (uint32_t)ref, at);
}

void coach_timed_facts(struct coach *k)
{
	const struct car_best *b = &k->an->bests.car[k->c->you];

	for (uint32_t i = 0; i < car_seen(k->an, k->c->you); i++) {
		uint32_t lap = your_lap(k, i);
		uint8_t status = k->an->classes.lap[lap].status;

		if (status == LAP_CLEAN || status == LAP_SLOW)
			lost_lap(k, lap);
	}
	for (uint32_t i = 0; i < b->ndeleted; i++)
		deleted_lap(k, &b->deleted[i]);
	best_note(k);
}
