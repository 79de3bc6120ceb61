#include "core/analysis/field_slow.h"

#include "core/analysis/crossings.h"
#include "core/analysis/sort_keys.h"
#include "core/analysis/stat.h"

enum { CARS_MIN = 5, SLOW_PERCENT = 110 };

/* The latest lap of every car that ended within that car's own lap time, kept up to date crossing by crossing. */
struct window {
	const struct session *s;
	const int64_t *twice; /* per car: twice its clean median; 0 unknown */
	uint32_t *latest;     /* per car: lap + 1 of its latest crossing; 0: none within its lap time, or no sign */
	double *ratio;        /* room for the cars */
	uint32_t cars, over;  /* cars within, cars above the threshold */
	const struct keyed *leave; /* laps in the order in which they are older than their car's lap time */
	uint32_t tail, nleave;     /* the next one to leave */
	struct slow_span peak;     /* the slowest of the span that goes on */
};

static bool is_over(const struct window *w, uint32_t lap)
{
	return 200 * (int64_t)w->s->laps.time[lap] > SLOW_PERCENT * w->twice[w->s->laps.car[lap]];
}

static void drop(struct window *w, uint32_t lap)
{
	uint16_t car = w->s->laps.car[lap];

	if (w->latest[car] != lap + 1)
		return;
	w->latest[car] = 0;
	w->cars--;
	w->over -= is_over(w, lap);
}

static void enter(struct window *w, uint32_t lap, const struct lap_class *c)
{
	uint16_t car = w->s->laps.car[lap];

	if (w->latest[car])
		drop(w, w->latest[car] - 1);
	if (c->in || c->out || w->s->laps.number[lap] == 1 || w->twice[car] == 0)
		return;
	w->latest[car] = lap + 1;
	w->cars++;
	w->over += is_over(w, lap);
}

static void advance(struct window *w, ms_t now)
{
	while (w->tail < w->nleave && w->leave[w->tail].key <= key_of(now, 0))
		drop(w, w->leave[w->tail++].index);
}

/* Median of LAP_TIME over own clean median; 0 where it cannot be above the threshold, which a count tells at once. */
static double factor_now(struct window *w)
{
	uint32_t n = 0;

	if (w->cars < CARS_MIN || 2 * w->over < w->cars)
		return 0;
	for (uint32_t car = 0; car < w->s->ncars; car++)
		if (w->latest[car])
			w->ratio[n++] = 2.0 * w->s->laps.time[w->latest[car] - 1] / (double)w->twice[car];
	return dbl_median(w->ratio, n);
}

/* A span that goes on tells how slow the field is now; one that is over, how slow it was at its slowest. */
static void extend(struct window *w, struct classes *c, bool was_slow, ms_t at, double factor)
{
	if (!was_slow)
		c->slow[c->nslow++] = w->peak = (struct slow_span){.from = at};
	struct slow_span *span = &c->slow[c->nslow - 1];
	*span = (struct slow_span){span->from, at, factor, w->cars};
	if (factor > w->peak.factor)
		w->peak = *span;
}

static void close_span(struct window *w, struct classes *c)
{
	struct slow_span *span = &c->slow[c->nslow - 1];

	span->factor = w->peak.factor;
	span->cars = w->peak.cars;
}

/* Is the field slow now? The span says since when. */
static bool look(struct window *w, struct classes *c, bool was_slow, ms_t now)
{
	double factor = factor_now(w);
	bool slow = factor > SLOW_PERCENT / 100.0;

	if (slow)
		extend(w, c, was_slow, now, factor);
	else if (was_slow)
		close_span(w, c);
	return slow;
}

/* until: the clock of the cut, on which the field is looked at once more; MS_NONE without. */
static void scan(struct window *w, const struct crossings *x, struct classes *c, ms_t until)
{
	const ms_t *elapsed = w->s->laps.elapsed;
	bool slow = false;

	for (uint32_t i = 0; i < x->n && elapsed[x->lap[i]] != MS_NONE; i++) {
		uint32_t lap = x->lap[i];
		advance(w, elapsed[lap]);
		enter(w, lap, &c->lap[lap]);
		slow = look(w, c, slow, elapsed[lap]);
		c->lap[lap].caution_end = slow;
	}
	if (slow && until != MS_NONE) {
		advance(w, until);
		look(w, c, slow, until);
	}
	c->field_slow_used = c->nslow > 0;
}

/* Twice the median of the clean laps per car, 0 without. */
static void medians(const struct session *s, const struct classes *c, ms_t *own, int64_t *twice)
{
	for (uint32_t car = 0; car < s->ncars; car++) {
		uint32_t n = 0;
		for (uint32_t i = s->cars[car].first; i < s->cars[car].first + c->seen[car]; i++)
			if (c->lap[i].status == LAP_CLEAN)
				own[n++] = s->laps.time[i];
		ms_sort(own, n);
		twice[car] = n ? ms_median_twice(own, n) : 0;
	}
}

/* When each lap is one own lap time old. */
static uint32_t leaving(const struct session *s, const struct crossings *x, const int64_t *twice, struct keyed *out)
{
	uint32_t n = 0;

	for (uint32_t i = 0; i < x->n; i++) {
		uint32_t lap = x->lap[i];
		int64_t at = s->laps.elapsed[lap] + (twice[s->laps.car[lap]] + 1) / 2;
		if (s->laps.elapsed[lap] != MS_NONE && at <= MS_MAX)
			out[n++] = (struct keyed){key_of((ms_t)at, 0), lap};
	}
	return n;
}

static void starts_from_ends(const struct session *s, struct classes *c)
{
	for (uint32_t i = 1; i < s->laps.n; i++)
		c->lap[i].caution_start = s->laps.car[i] == s->laps.car[i - 1] && c->lap[i].status != LAP_FUTURE &&
					  s->laps.number[i - 1] + 1 == s->laps.number[i] && c->lap[i - 1].caution_end;
}

static bool mark_with(const struct session *s, const struct analysis_options *o, const struct crossings *x,
		      struct arena *scratch, struct classes *c)
{
	ms_t *own = ARENA_ARRAY(scratch, s->laps.n, ms_t);
	int64_t *twice = ARENA_ARRAY(scratch, s->ncars, int64_t);
	struct keyed *leave = ARENA_ARRAY(scratch, 2 * (size_t)s->laps.n, struct keyed);
	struct window w = {.s = s, .twice = twice, .leave = leave};

	w.latest = ARENA_ARRAY(scratch, s->ncars, uint32_t);
	w.ratio = ARENA_ARRAY(scratch, s->ncars, double);
	if (!own || !twice || !leave || !w.latest || !w.ratio)
		return false;
	medians(s, c, own, twice);
	w.nleave = leaving(s, x, twice, leave);
	keys_sort(leave, leave + s->laps.n, w.nleave);
	scan(&w, x, c, o->elapsed);
	starts_from_ends(s, c);
	return true;
}

bool field_slow_mark(const struct session *s, const struct analysis_options *o, struct arena *a, struct classes *c,
		     struct err *err)
{
	struct arena *scratch = arena_new(0);
	struct crossings x;
	bool done = false;

	c->slow = ARENA_ARRAY(a, s->laps.n / 2 + (size_t)1, struct slow_span);
	if (scratch && c->slow && crossings_make(s, c, scratch, &x, err))
		done = mark_with(s, o, &x, scratch, c);
	arena_free(scratch);
	return done || err_set(err, ERR_NOMEM, "no memory to look for slow phases in %s", s->id);
}
