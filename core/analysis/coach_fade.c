/* FADE: a pace that falls off while the field's does not. Field before tyre: only what the rest of the field did not do as well, and
 * only on laps that were not held up. */
#include <math.h>
#include <stdlib.h>

#include "core/analysis/coach_draft.h"

enum { FEWEST_LAPS = 5 };                   /* at either end */
enum { SURE_FADE = 100, LEAST_FADE = 300 }; /* ms */
static const double Z_ADVICE = 2.807;       /* of a normal distribution, two sided */

struct third { /* of the laps looked at: the first or the last */
	uint16_t *lap;
	ms_t *time, *field;
	uint32_t n;
	uint32_t held;
	ms_t median, field_median, least_air; /* least_air: MS_NONE nobody ahead on the clock */
};

struct fade {
	bool unheld;   /* only laps that nobody held up */
	uint32_t *lap; /* clean laps with a field to stand against, in order: indexes into session.laps */
	uint32_t n;
	struct slope slope; /* against the field */
	double least;       /* of the slopes that may be behind it; NAN unknown */
	struct third start, end;
};

static ms_t field_on(const struct coach *k, uint32_t lap)
{
	const struct paces *p = &k->an->paces;
	uint16_t number = k->an->session->laps.number[lap];

	return number < p->nresidual ? p->field_residual[number] : MS_NONE;
}

/* The first racing lap after a caution: cold tyres and everybody close together say nothing of tyres that wear. */
static bool is_restart(const struct coach *k, uint32_t lap)
{
	return lap > car_first(k->an, k->c->you) && lap_under_caution(&k->an->classes.lap[lap - 1]);
}

static bool choose(struct coach *k, struct fade *f)
{
	uint32_t seen = car_seen(k->an, k->c->you);

	f->lap = ARENA_ARRAY(k->arena, seen, uint32_t);
	f->n = 0;
	if (!f->lap) {
		k->failed = true;
		return false;
	}
	for (uint32_t i = 0; i < seen; i++) {
		uint32_t lap = your_lap(k, i);

		if (lap_is_clean(k->an, lap) && !is_restart(k, lap) && field_on(k, lap) != MS_NONE &&
		    !(f->unheld && coach_held(k, lap)))
			f->lap[f->n++] = lap;
	}
	return f->n >= TREND_MIN;
}

/* A run ends where the car stops or a caution begins: its laps have a mean of their own (trend.h). */
static bool begins_run(const struct coach *k, uint32_t lap)
{
	const struct lap_class *c = k->an->classes.lap;

	return c[lap].out || lap_under_caution(&c[lap]) || c[lap - 1].in || lap_under_caution(&c[lap - 1]);
}

static int by_double(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

/* The least of the slopes that pairs of laps of one run allow (Sen's interval by Kendall's test): a lap or two that went wrong do not
 * move it, as they move least squares. Held against one in two hundred, as all advice is. NAN: too few pairs. */
static double least_slope(struct coach *k, const double *x, const double *y, const uint32_t *run, uint32_t n)
{
	double *slope = ARENA_ARRAY(k->arena, (size_t)n * n / 2 + 1, double), variance = 0;
	uint32_t pairs = 0;

	if (!slope) {
		k->failed = true;
		return (double)NAN;
	}
	for (uint32_t from = 0, to; from < n; from = to) {
		for (to = from; to < n && run[to] == run[from]; to++)
			for (uint32_t i = from; i < to; i++)
				slope[pairs++] = (y[to] - y[i]) / (x[to] - x[i]);
		variance += (double)(to - from) * (to - from - 1) * (2.0 * (to - from) + 5) / 18;
	}
	if (pairs == 0 || pairs <= Z_ADVICE * sqrt(variance))
		return (double)NAN;
	qsort(slope, pairs, sizeof *slope, by_double);
	return slope[(uint32_t)((pairs - Z_ADVICE * sqrt(variance)) / 2)];
}

/* The slope over the laps chosen, each minus what the field did on it. */
static bool fit(struct coach *k, struct fade *f)
{
	double *x = ARENA_ARRAY(k->arena, f->n, double), *y = ARENA_ARRAY(k->arena, f->n, double);
	uint32_t *run = ARENA_ARRAY(k->arena, f->n, uint32_t), at = 0, lap = car_first(k->an, k->c->you);

	if (!x || !y || !run) {
		k->failed = true;
		return false;
	}
	for (uint32_t i = 0; i < f->n; i++) {
		for (; lap < f->lap[i]; lap++)
			at += begins_run(k, lap + 1);
		x[i] = k->an->session->laps.number[lap];
		y[i] = k->an->session->laps.time[lap] - field_on(k, lap);
		run[i] = at;
	}
	f->slope = slope_within(x, y, run, f->n);
	f->least = least_slope(k, x, y, run, f->n);
	return true;
}

static void add_lap(const struct coach *k, struct third *t, uint32_t lap)
{
	const struct lap_air *air = &k->an->order.air[lap];

	t->lap[t->n] = k->an->session->laps.number[lap];
	t->time[t->n] = k->an->session->laps.time[lap];
	t->field[t->n++] = field_on(k, lap);
	t->held += coach_held(k, lap);
	if (air->gap != MS_NONE && (t->least_air == MS_NONE || air->gap < t->least_air))
		t->least_air = air->gap;
}

static bool take_third(struct coach *k, struct third *t, const uint32_t *lap, uint32_t count)
{
	*t = (struct third){.lap = new_laps(k, count),
			    .time = new_times(k, count),
			    .field = new_times(k, count),
			    .least_air = MS_NONE};
	if (k->failed || count == 0)
		return false;
	for (uint32_t i = 0; i < count; i++)
		add_lap(k, t, lap[i]);
	ms_sort(t->time, t->n);
	ms_sort(t->field, t->n);
	t->median = ms_median_sorted(t->time, t->n);
	t->field_median = ms_median_sorted(t->field, t->n);
	return true;
}

static bool look(struct coach *k, struct fade *f)
{
	return choose(k, f) && fit(k, f) && take_third(k, &f->start, f->lap, f->n / 3) &&
	       take_third(k, &f->end, f->lap + f->n - f->n / 3, f->n / 3);
}

static const char *traffic_words(struct coach *k, const struct third *end)
{
	struct num_text s;

	if (end->least_air == MS_NONE || end->least_air < 2 * k->an->options.close_under)
		return "";
	dec_str(s.s, end->least_air / 1000.0, 1);
	return say(k, " Nobody closer than %s s ahead, so not traffic.", s.s);
}

static void fade_words(struct coach *k, struct note *n, const struct fade *f)
{
	ms_t own_loss = f->end.median - f->start.median, field_loss = f->end.field_median - f->start.field_median;
	const char *last = lap_words(k, f->end.lap, f->end.n), *first = lap_words(k, f->start.lap, f->start.n);

	n->head = say(k, "%s s a lap at the end, %s", hundredths(own_loss - field_loss).s,
		      lap_head(k, f->end.lap, f->end.n));
	n->text = say(k,
		      "Your %s are %s %s than %s (%s, %s); the field %s %s. %s a lap against the field (%s to %s), "
		      "%u laps%s.%s",
		      last, sec(own_loss).s, own_loss < 0 ? "quicker" : "slower", first, clock_of(f->end.median).s,
		      clock_of(f->start.median).s, field_loss < 0 ? "gained" : "lost", sec(field_loss).s,
		      sec(n->evidence.median).s, sec(n->evidence.low).s, sec(n->evidence.high).s, f->n,
		      f->unheld ? ", none of them held" : "", traffic_words(k, &f->end));
	n->action = say(k, "pressures of that set, then how hard %s were.", first);
}

static void fade_evidence(struct coach *k, struct note *n, const struct fade *f)
{
	n->median_you = f->end.median;
	n->median_ref = f->start.median;
	n->evidence = (struct interval){.median = (ms_t)round_half_away(f->slope.theil_sen),
					.n = f->n,
					.clear = true,
					.low = (ms_t)round_half_away(f->slope.low),
					.high = (ms_t)round_half_away(f->slope.high)};
	set_laps(k, n, f->end.lap, f->end.n);
	side_of_numbers(k, n, &n->of_you, lap_words(k, f->end.lap, f->end.n), k->c->you, f->end.lap, f->end.n);
	side_of_numbers(k, n, &n->of_ref, lap_words(k, f->start.lap, f->start.n), k->c->you, f->start.lap, f->start.n);
}

static double middle_lap(const struct third *t)
{
	double sum = 0;

	for (uint32_t i = 0; i < t->n; i++)
		sum += t->lap[i];
	return sum / t->n;
}

/* Seconds a lap from the first third to the last, the field's taken off. */
static ms_t loss_of(const struct fade *f)
{
	return f->end.median - f->start.median - (f->end.field_median - f->start.field_median);
}

/* Even the least slope that the laps allow must cost a tenth from the first third to the last, and the figure three: less than that is how
 * a day goes. Five laps stand against five, as everywhere. Chosen on made-up seasons: with half of it one in fifty had a fade that was none. */
static bool large_enough(const struct fade *f)
{
	double span = middle_lap(&f->end) - middle_lap(&f->start);
	ms_t loss = loss_of(f);

	return f->end.n >= FEWEST_LAPS && f->slope.low > 0 && f->least * span >= SURE_FADE && loss >= LEAST_FADE &&
	       (int64_t)loss * f->end.n >= MIN_IN_ALL;
}

/* Over all laps, or over those only that nobody held up. */
static bool look_at(struct coach *k, struct fade *f, bool unheld)
{
	*f = (struct fade){.unheld = unheld};
	return look(k, f) && large_enough(f);
}

/* Laps behind somebody at either end would make a fade; one or two do not move a median. */
static bool is_traffic(const struct fade *f)
{
	return 3 * f->end.held > f->end.n || 2 * f->start.held > f->start.n;
}

void coach_fade(struct coach *k)
{
	struct fade f;
	struct note *n;
	ms_t loss;

	/* And where they lie in between, they may hide one. */
	if ((!look_at(k, &f, false) || is_traffic(&f)) && !look_at(k, &f, true))
		return;
	loss = loss_of(&f);
	k->fade = true;
	n = draft_new(k, NOTE_PACE, TOPIC_FADE, "FADE", (int64_t)loss * f.end.n);
	n->about = true;
	n->gain = (ms_t)round_half_away((double)loss * f.end.n / 100) * 100;
	fade_evidence(k, n, &f);
	fade_words(k, n, &f);
}
