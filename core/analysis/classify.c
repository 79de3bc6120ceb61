#include "core/analysis/classify.h"

#include "core/analysis/field_slow.h"
#include "core/analysis/stat.h"

const char *lap_status_name(enum lap_status s)
{
	static const char *const names[LAP_STATUSES] = {
		"clean", "excluded", "no_time", "first", "in", "out", "caution", "slow", "future",
	};
	return (unsigned)s < LAP_STATUSES ? names[s] : "";
}

const char *lap_label_name(enum lap_label l)
{
	switch (l) {
	case LABEL_RESTART:
		return "restart";
	case LABEL_EDGE:
		return "edge";
	case LABEL_NONE:
		break;
	}
	return "";
}

bool flag_is_caution(enum flag f)
{
	return f != FLAG_GREEN && f != FLAG_FINISH && f != FLAG_EMPTY;
}

/* What the passes over one session share. */
struct work {
	const struct session *s;
	const struct laps *laps;
	struct classes *c;
	ms_t *times; /* room for the laps of any car */
};

/* Laps of a car not after the cut; what follows the first lap that is too late is too late as well. */
static uint32_t laps_seen(const struct session *s, const struct car *car, const struct analysis_options *o)
{
	uint32_t n = 0;

	while (n < car->n) {
		uint32_t i = car->first + n;
		if (o->lap && s->laps.number[i] > o->lap)
			break;
		if (o->elapsed != MS_NONE && s->laps.elapsed[i] > o->elapsed)
			break;
		n++;
	}
	return n;
}

/* In, out and stint as Al Kamel exports mark them. PIT_TIME without an in-lap before makes an out-lap but no stint. */
static void mark_stops(struct work *w, const struct car *car, uint32_t seen)
{
	const struct laps *l = w->laps;
	uint16_t stint = 1;

	for (uint32_t i = car->first; i < car->first + seen; i++) {
		struct lap_class *c = &w->c->lap[i];
		bool after_in = i > car->first && w->c->lap[i - 1].in;
		bool follows = i > car->first && l->number[i - 1] + 1 == l->number[i];

		c->in = (l->bits[i] & LAP_IN_PIT) != 0;
		c->out = (after_in && follows) || (l->pit_time[i] != MS_NONE && !c->in);
		stint = (uint16_t)(stint + (after_in && stint < UINT16_MAX));
		c->stint = stint;
	}
}

/* The flag at the line tells about both laps that meet there; a lap whose predecessor was lost has no known start. */
static void mark_flags(struct work *w, const struct car *car, uint32_t seen)
{
	const struct laps *l = w->laps;

	for (uint32_t i = car->first; i < car->first + seen; i++) {
		struct lap_class *c = &w->c->lap[i];
		bool follows = i > car->first && l->number[i - 1] + 1 == l->number[i];

		c->caution_end = flag_is_caution((enum flag)l->flag[i]);
		c->caution_start = follows && w->c->lap[i - 1].caution_end;
	}
}

static enum lap_status reason(const struct work *w, uint32_t i)
{
	const struct lap_class *c = &w->c->lap[i];

	if (c->status == LAP_EXCLUDED)
		return LAP_EXCLUDED;
	if (w->laps->time[i] == MS_NONE || w->laps->time[i] <= 0)
		return LAP_NO_TIME;
	if (w->laps->number[i] == 1)
		return LAP_FIRST;
	if (c->in)
		return LAP_IN;
	if (c->out)
		return LAP_OUT;
	return lap_under_caution(c) ? LAP_CAUTION : LAP_CLEAN;
}

/* One pass: reasons first, then 107 % of the best lap that has none. Source: FastF1 pick_quicklaps. */
static void sort_out(struct work *w, const struct car *car, uint32_t seen)
{
	ms_t best = MS_MAX;

	for (uint32_t i = car->first; i < car->first + seen; i++) {
		w->c->lap[i].status = (uint8_t)reason(w, i);
		if (w->c->lap[i].status == LAP_CLEAN && w->laps->time[i] < best)
			best = w->laps->time[i];
	}
	for (uint32_t i = car->first; i < car->first + seen; i++)
		if (w->c->lap[i].status == LAP_CLEAN && 100 * (int64_t)w->laps->time[i] >= 107 * (int64_t)best)
			w->c->lap[i].status = LAP_SLOW;
}

/* Twice the median of the car's clean laps; 0 without. */
static int64_t clean_median_twice(struct work *w, const struct car *car, uint32_t seen)
{
	uint32_t n = 0;

	for (uint32_t i = car->first; i < car->first + seen; i++)
		if (w->c->lap[i].status == LAP_CLEAN)
			w->times[n++] = w->laps->time[i];
	ms_sort(w->times, n);
	return n ? ms_median_twice(w->times, n) : 0;
}

/* A lap that touches a caution at one end only and was driven at racing pace was a racing lap: else one restart is a caution
 * for the cars behind the line and clean for those before it. Source: refined on the data (COTA R1 lap 14). */
static bool second_look(struct work *w, const struct car *car, uint32_t seen)
{
	int64_t twice = clean_median_twice(w, car, seen);
	bool changed = false;

	for (uint32_t i = car->first; i < car->first + seen; i++) {
		struct lap_class *c = &w->c->lap[i];
		if (c->caution_start == c->caution_end || 200 * (int64_t)w->laps->time[i] >= 103 * twice)
			continue;
		c->label = c->caution_start ? LABEL_RESTART : LABEL_EDGE;
		changed = true;
	}
	return changed;
}

static void two_passes(struct work *w, uint32_t car_index)
{
	const struct car *car = &w->s->cars[car_index];
	uint32_t seen = w->c->seen[car_index];

	sort_out(w, car, seen);
	if (second_look(w, car, seen))
		sort_out(w, car, seen);
}

static void mark_excluded(struct work *w, const struct analysis_options *o)
{
	for (uint32_t i = 0; i < o->nexcluded; i++) {
		int car = session_car(w->s, o->excluded[i].car);
		int64_t lap = car < 0 ? -1 : session_lap(w->s, (uint32_t)car, o->excluded[i].lap);
		if (lap >= 0)
			w->c->lap[lap].status = LAP_EXCLUDED;
	}
}

static void mark_future(struct work *w, const struct car *car, uint32_t seen)
{
	for (uint32_t i = car->first + seen; i < car->first + car->n; i++)
		w->c->lap[i] = (struct lap_class){.status = LAP_FUTURE};
}

static void mark_car(struct work *w, uint32_t car_index, const struct analysis_options *o)
{
	const struct car *car = &w->s->cars[car_index];
	uint32_t seen = laps_seen(w->s, car, o);

	w->c->seen[car_index] = seen;
	mark_stops(w, car, seen);
	if (w->s->has_flags)
		mark_flags(w, car, seen);
	mark_future(w, car, seen);
	two_passes(w, car_index);
}

static void count_clean(struct classes *c, uint32_t nlaps)
{
	for (uint32_t i = 0; i < nlaps; i++)
		c->clean += c->lap[i].status == LAP_CLEAN;
}

static bool reserve(struct work *w, struct arena *a)
{
	w->c->lap = ARENA_ARRAY(a, w->laps->n, struct lap_class);
	w->c->seen = ARENA_ARRAY(a, w->s->ncars, uint32_t);
	w->times = ARENA_ARRAY(a, w->laps->n, ms_t);
	return w->c->lap && w->c->seen && w->times;
}

bool classify(const struct session *s, const struct analysis_options *o, struct arena *a, struct classes *out,
	      struct err *err)
{
	struct work w = {s, &s->laps, out, NULL};

	*out = (struct classes){0};
	if (!reserve(&w, a))
		return err_set(err, ERR_NOMEM, "no memory to sort out the laps of %s", s->id);
	mark_excluded(&w, o);
	for (uint32_t i = 0; i < s->ncars; i++)
		mark_car(&w, i, o);
	/* Without flags only the field itself tells of a caution, and only once each car's own pace is known. */
	if (!s->has_flags) {
		if (!field_slow_mark(s, o, a, out, err))
			return false;
		for (uint32_t i = 0; out->field_slow_used && i < s->ncars; i++)
			two_passes(&w, i);
	}
	count_clean(out, s->laps.n);
	return true;
}
