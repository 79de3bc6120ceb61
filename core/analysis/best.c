#include "core/analysis/best.h"

#include "core/analysis/deleted.h"
#include "core/analysis/rolling.h"

static const struct lap_ref none = {.time = MS_NONE};

static struct lap_ref ref_of(const struct session *s, uint32_t lap, ms_t time)
{
	return (struct lap_ref){time, s->laps.car[lap], s->laps.number[lap]};
}

static void keep_least(struct lap_ref *best, const struct session *s, uint32_t lap, ms_t time)
{
	if (time != MS_NONE && time > 0 && (best->time == MS_NONE || time < best->time))
		*best = ref_of(s, lap, time);
}

/* The lap marked official best; of several the fastest. Source: Al Kamel exports, where it follows deleted laps. */
static struct lap_ref marked_best(const struct session *s, const struct classes *c, uint32_t car)
{
	struct lap_ref best = none;

	for (uint32_t i = s->cars[car].first; i < s->cars[car].first + c->seen[car]; i++)
		if (c->lap[i].status != LAP_EXCLUDED && s->laps.bits[i] & (LAP_BEST_OWN | LAP_BEST_SESSION))
			keep_least(&best, s, i, s->laps.time[i]);
	return best;
}

static struct lap_ref minimum_of(const struct session *s, const struct classes *c, uint32_t car)
{
	struct lap_ref best = none;

	for (uint32_t i = s->cars[car].first; i < s->cars[car].first + c->seen[car]; i++)
		if (c->lap[i].status != LAP_EXCLUDED)
			keep_least(&best, s, i, s->laps.time[i]);
	return best;
}

ms_t car_best_lap(const struct session *s, const struct car *c)
{
	struct lap_ref marked = none, least = none;

	for (uint32_t i = c->first; i < c->first + c->n; i++) {
		keep_least(&least, s, i, s->laps.time[i]);
		if (s->laps.bits[i] & (LAP_BEST_OWN | LAP_BEST_SESSION))
			keep_least(&marked, s, i, s->laps.time[i]);
	}
	return marked.time != MS_NONE ? marked.time : least.time;
}

/* Sum of the parts; MS_NONE unless all are known. Source of the ideal lap: HH Timing, PACETEQ. */
static ms_t sum_of(const struct lap_ref *part, unsigned n)
{
	int64_t sum = 0;

	for (unsigned i = 0; i < n; i++) {
		if (part[i].time == MS_NONE)
			return MS_NONE;
		sum += part[i].time;
	}
	return n && sum <= MS_MAX ? (ms_t)sum : MS_NONE;
}

static void car_parts(const struct session *s, const struct classes *c, uint32_t car, struct car_best *out)
{
	for (unsigned k = 0; k < SECTORS; k++)
		out->part[k] = none;
	for (unsigned k = 0; k < MINIS; k++)
		out->mini_part[k] = none;
	for (uint32_t i = s->cars[car].first; i < s->cars[car].first + c->seen[car]; i++) {
		if (!lap_is_flying(&c->lap[i], s->laps.number[i]))
			continue;
		for (unsigned k = 0; k < SECTORS; k++)
			keep_least(&out->part[k], s, i, s->laps.sector[k][i]);
		for (unsigned k = 0; k < s->nmini; k++)
			keep_least(&out->mini_part[k], s, i, s->laps.mini[k][i]);
	}
	out->ideal = sum_of(out->part, SECTORS);
	out->ideal_mini = sum_of(out->mini_part, s->nmini);
}

static bool sector_unknown(const struct session *s, const struct lap_ref *r)
{
	int64_t lap = session_lap(s, r->car, r->lap);

	for (unsigned k = 0; lap >= 0 && k < SECTORS; k++)
		if (s->laps.sector[k][lap] == MS_NONE)
			return true;
	return false;
}

static void car_best(const struct session *s, const struct analysis_options *o, const struct classes *c, uint32_t car,
		     struct car_best *out)
{
	struct lap_ref marked = analysis_is_cut(o) ? none : marked_best(s, c, car);

	out->minimum = minimum_of(s, c, car);
	out->marked = marked.time != MS_NONE;
	out->best = out->marked ? marked : out->minimum;
	car_parts(s, c, car, out);
	out->ideal_over_best = out->ideal != MS_NONE && out->ideal > out->best.time && sector_unknown(s, &out->best);
	rolling_of(s, c, car, out);
}

/* When the lap of r ended: of equal times the first driven counts. */
static ms_t driven_at(const struct session *s, const struct lap_ref *r)
{
	int64_t lap = session_lap(s, r->car, r->lap);

	return lap < 0 ? MS_NONE : s->laps.elapsed[lap];
}

static void keep_best(struct lap_ref *best, const struct lap_ref *r, const struct session *s)
{
	if (r->time == MS_NONE)
		return;
	if (best->time == MS_NONE || r->time < best->time ||
	    (r->time == best->time && driven_at(s, r) < driven_at(s, best)))
		*best = *r;
}

static void keep_rolling(struct session_best *b, const struct car_best *c, uint32_t car)
{
	if (c->rolling == MS_NONE || (b->rolling != MS_NONE && c->rolling >= b->rolling))
		return;
	b->rolling = c->rolling;
	b->rolling_car = (uint16_t)car;
	b->rolling_from = c->rolling_from;
	b->rolling_to = c->rolling_to;
}

static void session_best(const struct session *s, const struct analysis_options *o, const struct car_best *car,
			 struct session_best *b)
{
	*b = (struct session_best){.best = none, .rolling = MS_NONE};
	for (unsigned k = 0; k < SECTORS; k++)
		b->part[k] = none;
	for (unsigned k = 0; k < MINIS; k++)
		b->mini_part[k] = none;
	for (uint32_t i = 0; i < s->ncars; i++) {
		if (!analysis_in_class(o, &s->cars[i]))
			continue;
		keep_best(&b->best, &car[i].best, s);
		for (unsigned k = 0; k < SECTORS; k++)
			keep_best(&b->part[k], &car[i].part[k], s);
		for (unsigned k = 0; k < MINIS; k++)
			keep_best(&b->mini_part[k], &car[i].mini_part[k], s);
		keep_rolling(b, &car[i], i);
	}
	b->ideal = sum_of(b->part, SECTORS);
	b->ideal_mini = sum_of(b->mini_part, s->nmini);
}

bool bests_make(const struct session *s, const struct analysis_options *o, const struct classes *c, struct arena *a,
		struct bests *out, struct err *err)
{
	out->car = ARENA_ARRAY(a, s->ncars, struct car_best);
	out->deleted = ARENA_ARRAY(a, s->laps.n, uint8_t);
	if (!out->car || !out->deleted)
		return err_set(err, ERR_NOMEM, "no memory for the best laps of %s", s->id);
	for (uint32_t i = 0; i < s->ncars; i++) {
		car_best(s, o, c, i, &out->car[i]);
		if (!analysis_is_cut(o) && !deleted_laps(s, c, i, a, out))
			return err_set(err, ERR_NOMEM, "no memory for the deleted laps of %s", s->id);
	}
	session_best(s, o, out->car, &out->session);
	return true;
}
