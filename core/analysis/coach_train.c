/* A race spent behind somebody: then there is no pace to speak of, and that is the first thing to say. */
#include "core/analysis/coach_draft.h"

enum { SHORTEST_TRAIN = 5 };

/* The car that crossed the line last before the end of YOUR i-th lap. */
static struct lap_air at_end(const struct coach *k, uint32_t i)
{
	const struct order *o = &k->an->order;
	const struct laps *l = &k->an->session->laps;
	uint32_t lap = your_lap(k, i);
	struct lap_air none = {AIR_UNKNOWN, NO_CAR, MS_NONE};

	for (uint32_t x = 1; x < o->ncrossing; x++) {
		uint32_t before = o->crossing[x - 1];

		if (o->crossing[x] != lap)
			continue;
		if (l->elapsed[before] != MS_NONE && l->elapsed[lap] != MS_NONE)
			return (struct lap_air){AIR_CLOSE, l->car[before], l->elapsed[lap] - l->elapsed[before]};
	}
	return none;
}

struct run { /* of laps that ended close behind one car */
	uint32_t from, n;
	uint16_t behind;
	ms_t least, most;
};

static struct run longest_run(const struct coach *k)
{
	struct run best = {.behind = NO_CAR}, now = best;
	uint32_t n = car_seen(k->an, k->c->you);

	for (uint32_t i = 0; i < n; i++) {
		struct lap_air a = at_end(k, i);

		if (a.air == AIR_UNKNOWN || a.gap >= k->an->options.close_under) {
			now = (struct run){.behind = NO_CAR};
			continue;
		}
		if (a.ahead != now.behind)
			now = (struct run){.from = i, .behind = a.ahead, .least = a.gap, .most = a.gap};
		now.n++;
		now.least = a.gap < now.least ? a.gap : now.least;
		now.most = a.gap > now.most ? a.gap : now.most;
		if (now.n > best.n)
			best = now;
	}
	return best;
}

struct air_count {
	uint32_t clean, held, clear;
};

static struct air_count count_air(const struct coach *k)
{
	struct air_count out = {0};

	for (uint32_t i = 0; i < car_seen(k->an, k->c->you); i++) {
		uint32_t lap = your_lap(k, i);

		if (!lap_is_clean(k->an, lap))
			continue;
		out.clean++;
		out.held += k->an->order.air[lap].air == AIR_HELD;
		out.clear += k->an->order.air[lap].air == AIR_CLEAR;
	}
	return out;
}

static ms_t median_of_run(struct coach *k, const struct run *r)
{
	ms_t *time = new_times(k, r->n);
	uint32_t n = 0;

	for (uint32_t i = 0; time && i < r->n; i++)
		if (lap_is_clean(k->an, your_lap(k, r->from + i)))
			time[n++] = k->an->session->laps.time[your_lap(k, r->from + i)];
	if (n == 0)
		return MS_NONE;
	ms_sort(time, n);
	return ms_median_sorted(time, n);
}

static const char *qualified_words(struct coach *k, uint16_t other)
{
	const struct car *cars = k->an->session->cars;
	ms_t you = cars[k->c->you].grid_time, them = cars[other].grid_time;

	if (you == MS_NONE || them == MS_NONE || you <= 0 || them <= 0 || you == them)
		return "";
	return say(k, " You qualified %s s %s %s.", sec(you - them).s, you < them ? "ahead of" : "behind",
		   coach_car_id(k, other));
}

/* On how many laps of the run a place went which way. */
struct along {
	int mini; /* -1: none went one way nearly always */
	uint32_t n, quicker, slower;
};

static struct along count_run(const struct coach *k, const struct run *r, int mini)
{
	const struct laps *l = &k->an->session->laps;
	uint16_t from = l->number[your_lap(k, r->from)], to = l->number[your_lap(k, r->from + r->n - 1)];
	struct along a = {.mini = mini};

	for (uint32_t i = 0; i < k->c->npairs; i++) {
		const struct lap_pair *p = &k->c->pairs[i];

		if (p->number < from || p->number > to || p->mini[mini] == MS_NONE)
			continue;
		a.n++;
		a.quicker += p->mini[mini] < 0;
		a.slower += p->mini[mini] > 0;
	}
	return a;
}

/* Against the car in front itself, if that is nearly always so. How much is no figure to name: in a train cars spread out where they
 * speed up and close up where they brake, whoever is quicker there. */
static void look_along(const struct coach *k, const struct run *r, struct along *won, struct along *lost)
{
	won->mini = lost->mini = -1;
	for (int i = 0; r->behind == k->c->ref && i < (int)k->an->session->nmini; i++) {
		struct along a = count_run(k, r, i);

		if (4 * a.quicker >= 3 * a.n && a.quicker > won->quicker)
			*won = a;
		if (4 * a.slower >= 3 * a.n && a.slower > lost->slower)
			*lost = a;
	}
}

static const char *place_words(struct coach *k, const struct along *won, const struct along *lost)
{
	const char *const *name = k->an->session->mini_name;

	if (won->mini < 0 || lost->mini < 0)
		return "";
	return say(k, " In %s you are quicker in %u of %u laps, in %s slower in %u of %u.", name[won->mini],
		   won->quicker, won->n, name[lost->mini], lost->slower, lost->n);
}

/* Whose pace it was; and when enough laps are left, that those are yours. */
static const char *whose_words(struct coach *k, const struct run *r, struct air_count air, ms_t median)
{
	const char *text = "";

	if (median != MS_NONE)
		text = say(k, ": %s is the pace of %s, not yours", clock_of(median).s, coach_car_id(k, r->behind));
	return k->train ? say(k, "%s.", text) : say(k, "%s. The other %u are yours.", text, air.clean - air.held);
}

static const char *train_action(struct coach *k, const struct along *won, const struct along *lost)
{
	if (won->mini >= 0 && lost->mini >= 0)
		return say(k, "see %s.", k->an->session->mini_name[lost->mini]);
	return k->train ? "find one lap with clear track before anything is changed."
			: "look at the laps that were yours before anything is changed.";
}

static void train_words(struct coach *k, struct note *note, const struct run *r, struct air_count air,
			const struct along *won, const struct along *lost)
{
	const char *laps = lap_words(k, note->laps, note->nlaps);

	note->head = say(k, "%s behind %s%s", lap_head(k, note->laps, note->nlaps), coach_car_id(k, r->behind),
			 k->train ? ": pace unknown" : "");
	note->text =
		say(k, "On %s, %u laps, %s to %s s behind %s. %s%s%s%s", laps, r->n, sec(r->least).s, sec(r->most).s,
		    coach_car_id(k, r->behind),
		    air.clear == 0 ? "You have no clear lap in this race"
				   : say(k, "%u of your %u clean laps began within %s s of a car", air.held, air.clean,
					 hundredths(k->an->options.held_under).s),
		    whose_words(k, r, air, note->median_you), qualified_words(k, r->behind), place_words(k, won, lost));
	note->action = train_action(k, won, lost);
}

static void train_laps(struct coach *k, struct note *note, const struct run *r)
{
	note->median_you = median_of_run(k, r);
	note->nlaps = r->n;
	note->laps = new_laps(k, r->n);
	for (uint32_t i = 0; note->laps && i < r->n; i++)
		note->laps[i] = k->an->session->laps.number[your_lap(k, r->from + i)];
	if (!note->laps)
		return;
	side_of_numbers(k, note, &note->of_you, you_id(k), k->c->you, note->laps, note->nlaps);
	side_of_numbers(k, note, &note->of_ref, coach_car_id(k, r->behind), r->behind, note->laps, note->nlaps);
}

/* Held before pace: most laps behind others come first, and where the rest are too few there is nothing to say about pace. */
void coach_train(struct coach *k)
{
	struct air_count air = count_air(k);
	struct run r;
	struct along won = {0}, lost = {0};
	struct note *note;

	if (air.clean < MIN_PAIRS || 2 * air.held <= air.clean)
		return;
	k->mostly_held = true;
	k->train = air.clean - air.held < MIN_PAIRS;
	r = longest_run(k);
	if (r.n < SHORTEST_TRAIN)
		return;
	look_along(k, &r, &won, &lost);
	note = draft_new(k, NOTE_FACT, TOPIC_TRAIN, "TRAIN", INT64_MAX);
	train_laps(k, note, &r);
	if (note->laps)
		train_words(k, note, &r, air, &won, &lost);
}
