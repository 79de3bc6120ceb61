#include "tests/unit/note_numbers.h"

#include <ctype.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "core/analysis/driver_pace.h"
#include "tests/unit/helper.h"

static void add(struct figures *f, ms_t v)
{
	if (v == MS_NONE)
		return;
	if (f->n == f->cap) {
		f->cap = f->cap ? 2 * f->cap : 1024;
		f->ms = realloc(f->ms, f->cap * sizeof *f->ms);
		assert_non_null(f->ms);
	}
	f->ms[f->n++] = v;
}

static void add_real(struct figures *f, double v)
{
	if (!isnan(v))
		add(f, (ms_t)round_half_away(v));
}

static void add_interval(struct figures *f, const struct interval *v)
{
	if (v->n == 0)
		return;
	add(f, v->median);
	add(f, v->low);
	add(f, v->high);
}

/* Median of some times, as the field has it on one lap. */
static ms_t middle(ms_t *v, uint32_t n)
{
	if (n == 0)
		return MS_NONE;
	ms_sort(v, n);
	return ms_median_sorted(v, n);
}

static void add_field(struct figures *f, const struct analysis *an, uint32_t number)
{
	const struct laps *l = &an->session->laps;
	ms_t *v = calloc(an->session->ncars, sizeof *v);

	assert_non_null(v);
	for (int part = -1; part < SECTORS; part++) {
		uint32_t n = 0;

		for (uint32_t car = 0; car < an->session->ncars; car++) {
			int64_t at = session_lap(an->session, car, number);
			ms_t t;

			if (at < 0 || at >= (int64_t)car_first(an, car) + car_seen(an, car))
				continue;
			t = part < 0 ? l->time[at] : l->sector[part][at];
			if (t != MS_NONE)
				v[n++] = t;
		}
		add(f, middle(v, n));
	}
	free(v);
}

static void add_car(struct figures *f, const struct analysis *an, uint32_t car)
{
	const struct laps *l = &an->session->laps;
	const struct car_pace *p = &an->paces.car[car];
	const struct car_best *b = &an->bests.car[car];

	for (uint32_t i = car_first(an, car); i < car_first(an, car) + car_seen(an, car); i++) {
		add(f, l->time[i]);
		for (int k = 0; k < SECTORS; k++)
			add(f, l->sector[k][i]);
		add(f, an->order.air[i].gap);
		if (p->all.n)
			add(f, l->time[i] - p->all.median);
		add_field(f, an, l->number[i]);
	}
	add(f, p->all.median);
	add(f, b->best.time);
	add(f, car_penalty(an->session, &an->session->cars[car]));
	add_real(f, p->trend.field.theil_sen);
	add_real(f, p->trend.field.low);
	add_real(f, p->trend.field.high);
	for (uint32_t i = 0; i < b->ndeleted; i++)
		add(f, b->best.time - b->deleted[i].time);
}

/* Gaps on the road at the end, for what a penalty let past. */
static void add_road(struct figures *f, const struct analysis *an, uint32_t you)
{
	const struct place *own = &an->order.table[an->order.row_of[you]];

	for (uint32_t i = 0; i < an->session->ncars; i++)
		if (an->order.table[i].total != MS_NONE && own->total != MS_NONE)
			add(f, an->order.table[i].total - own->total);
}

/* The gap of YOU to a car behind on the road at the end of a lap (a train is measured there). */
static void add_crossings(struct figures *f, const struct analysis *an, uint32_t you)
{
	const struct order *o = &an->order;
	const struct laps *l = &an->session->laps;

	for (uint32_t x = 1; x < o->ncrossing; x++)
		if (l->car[o->crossing[x]] == you)
			add(f, l->elapsed[o->crossing[x]] - l->elapsed[o->crossing[x - 1]]);
}

static void add_stops(struct figures *f, const struct analysis *an, uint32_t car)
{
	const struct pace *p = &an->paces.car[car].all;
	int64_t sum = 0;

	for (uint32_t i = car_first(an, car); i < car_first(an, car) + car_seen(an, car); i++)
		if ((an->classes.lap[i].in || an->classes.lap[i].out) && an->session->laps.number[i] > 1 && p->n)
			sum += an->session->laps.time[i] - p->median;
	if (sum < MS_MAX)
		add(f, (ms_t)sum);
}

/* Median speed at the trap over the laps in clear air, in tenths of km/h. */
static void add_trap(struct figures *f, const struct analysis *an, const struct comparison *c)
{
	ms_t *you = calloc(c->npairs + 1, sizeof *you), *ref = calloc(c->npairs + 1, sizeof *ref);
	uint32_t n = 0, m = 0;

	assert_true(you && ref);
	for (uint32_t i = 0; i < c->npairs; i++) {
		uint16_t a = an->session->laps.top_speed[c->pairs[i].you];
		uint16_t b = an->session->laps.top_speed[c->pairs[i].ref];

		if (c->pairs[i].clear_air && a)
			you[n++] = a;
		if (c->pairs[i].clear_air && b)
			ref[m++] = b;
	}
	if (n)
		add(f, 100 * middle(you, n));
	if (m)
		add(f, 100 * middle(ref, m));
	free(you);
	free(ref);
}

static void add_pairs(struct figures *f, const struct comparison *c)
{
	int64_t so_far = 0;

	for (uint32_t i = 0; i < c->npairs; i++) {
		const struct lap_pair *p = &c->pairs[i];

		add(f, p->delta);
		add(f, p->gap);
		for (int k = 0; k < SECTORS; k++)
			add(f, p->sector[k]);
		so_far += p->delta;
		if (i < 4 && c->sum[0] != MS_NONE)
			add(f, (ms_t)(c->sum[0] - so_far));
	}
	for (unsigned i = 0; i < c->nrows; i++) {
		add_interval(f, &c->row[i].all);
		add(f, c->row[i].sum);
	}
}

/* Mean of the clean laps of each line of the ledger. */
static void add_ledger(struct figures *f, const struct comparison *c)
{
	for (uint32_t r = 0; r < c->nledger; r++) {
		double sum = 0, n = 0;

		for (uint32_t i = 0; i < c->ledger[r].n; i++)
			if (c->pairs[c->ledger[r].pairs[i]].clean) {
				sum += c->pairs[c->ledger[r].pairs[i]].delta;
				n++;
			}
		if (n > 0)
			add_real(f, sum / n);
		add(f, c->ledger[r].sum);
	}
}

/* Differences of any two drivers' medians against the class. */
static void add_driver_pairs(struct figures *f, const struct analysis *an, uint32_t a, uint32_t b)
{
	struct arena *room = arena_new(0);
	struct driver_paces p, q;
	struct err err;

	assert_ok(driver_pace_make(an, a, room, &p, &err) && driver_pace_make(an, b, room, &q, &err), &err);
	for (uint32_t i = 0; i < p.n; i++)
		add_interval(f, &p.row[i].v_class);
	for (uint32_t i = 0; i < q.n; i++)
		add_interval(f, &q.row[i].v_class);
	for (uint32_t i = 0; i < p.n; i++)
		for (uint32_t k = 0; k < q.n; k++)
			if (p.row[i].n && q.row[k].n)
				add(f, p.row[i].v_class.median - q.row[k].v_class.median);
	arena_free(room);
}

static void add_bests(struct figures *f, const struct analysis *an, uint32_t you)
{
	ms_t own = an->bests.car[you].best.time;

	for (uint32_t car = 0; own != MS_NONE && car < an->session->ncars; car++)
		if (an->bests.car[car].best.time != MS_NONE)
			add(f, own - an->bests.car[car].best.time);
}

/* A lap that would have been, had one sector been the car's best; and how far each sector was from it. */
static void add_lost(struct figures *f, const struct analysis *an, uint32_t you)
{
	const struct laps *l = &an->session->laps;

	for (uint32_t i = car_first(an, you); i < car_first(an, you) + car_seen(an, you); i++)
		for (int k = 0; k < SECTORS; k++) {
			ms_t best = an->bests.car[you].part[k].time;

			if (l->sector[k][i] == MS_NONE || best == MS_NONE)
				continue;
			add(f, l->sector[k][i] - best);
			add(f, l->time[i] - l->sector[k][i] + best);
		}
}

/* Best lap against best lap, by sector. */
static void add_best_pair(struct figures *f, const struct analysis *an, uint32_t you, uint32_t ref)
{
	int64_t a = session_lap(an->session, you, an->bests.car[you].best.lap);
	int64_t b = session_lap(an->session, ref, an->bests.car[ref].best.lap);

	for (int k = 0; a >= 0 && b >= 0 && k < SECTORS; k++) {
		const ms_t *t = an->session->laps.sector[k];

		if (t[a] != MS_NONE && t[b] != MS_NONE)
			add(f, t[a] - t[b]);
	}
}

/* The usual step from lap to lap in each sector: of a car, in clear air. */
static ms_t usual_step(const struct analysis *an, uint32_t car, const ms_t *times, uint32_t fewest)
{
	const struct laps *l = &an->session->laps;
	uint32_t n = 0, first = car_first(an, car), end = first + car_seen(an, car);
	ms_t *v = calloc(end - first + 1, sizeof *v), out;

	assert_non_null(v);
	for (uint32_t i = first + 1; i < end; i++)
		if (lap_is_clean(an, i) && lap_is_clean(an, i - 1) && l->number[i] == l->number[i - 1] + 1 &&
		    an->order.air[i].air == AIR_CLEAR && an->order.air[i - 1].air == AIR_CLEAR && times[i] != MS_NONE &&
		    times[i - 1] != MS_NONE)
			v[n++] = abs(times[i] - times[i - 1]);
	out = n < fewest ? MS_NONE : middle(v, n);
	free(v);
	return out;
}

static void add_steps(struct figures *f, const struct analysis *an, uint32_t you)
{
	const struct session *s = an->session;
	ms_t *v = calloc(s->ncars, sizeof *v);

	assert_non_null(v);
	for (int k = -1; k < SECTORS; k++) {
		const ms_t *times = k < 0 ? s->laps.time : s->laps.sector[k];
		uint32_t n = 0;

		for (uint32_t car = 0; car < s->ncars; car++) {
			ms_t step = car == you || strcmp(s->cars[car].class_name, s->cars[you].class_name) != 0
					    ? MS_NONE
					    : usual_step(an, car, times, 6);
			if (step != MS_NONE)
				v[n++] = step;
		}
		add(f, middle(v, n));
		add(f, usual_step(an, you, times, 1));
	}
	free(v);
}

static uint32_t greatest_count(const struct analysis *an, uint32_t you, uint32_t ref)
{
	uint32_t most = an->session->ncars > 20 ? an->session->ncars : 20; /* "the same 20 minutes" */

	for (uint32_t i = 0; i < 2; i++) {
		uint32_t car = i ? ref : you, n = car_seen(an, car);

		if (n && an->session->laps.number[car_first(an, car) + n - 1] > most)
			most = an->session->laps.number[car_first(an, car) + n - 1];
	}
	return most;
}

void figures_of(const struct analysis *an, const struct comparison *c, uint32_t you, struct figures *out)
{
	const struct car *cars = an->session->cars;
	uint32_t ref = c ? c->ref : you;

	*out = (struct figures){.most = greatest_count(an, you, ref)};
	add_car(out, an, you);
	if (ref != you)
		add_car(out, an, ref);
	add_road(out, an, you);
	add_crossings(out, an, you);
	add_stops(out, an, you);
	add_stops(out, an, ref);
	add_driver_pairs(out, an, you, ref);
	add_bests(out, an, you);
	add_lost(out, an, you);
	add_best_pair(out, an, you, ref);
	add_steps(out, an, you);
	add(out, an->options.held_under);
	for (uint32_t i = 0; i < an->session->ncars; i++)
		if (cars[i].grid_time != MS_NONE && cars[you].grid_time != MS_NONE)
			add(out, cars[you].grid_time - cars[i].grid_time);
	if (c) {
		add_trap(out, an, c);
		add_pairs(out, c);
		add_ledger(out, c);
	}
}

void figures_free(struct figures *f)
{
	free(f->ms);
	*f = (struct figures){0};
}

/* --- Numbers in a text -------------------------------------------------------- */

struct number {
	int64_t value; /* in units of its last digit */
	int decimals;
	bool clock; /* with minutes */
};

static bool rounds_to(int64_t ms, const struct number *n)
{
	int64_t unit = n->decimals == 3 ? 1 : n->decimals == 2 ? 10 : 100;
	int64_t v = ms < 0 ? -ms : ms;

	return (v + unit / 2) / unit == n->value;
}

static bool in_figures(const struct figures *f, const struct number *n)
{
	for (uint32_t i = 0; i < f->n; i++)
		if (rounds_to(f->ms[i], n))
			return true;
	return false;
}

static ms_t side_median(const struct note_side *s)
{
	ms_t *v = calloc(s->n + 1, sizeof *v), out;

	assert_non_null(v);
	memcpy(v, s->time, s->n * sizeof *v);
	out = middle(v, s->n);
	free(v);
	return out;
}

static ms_t field_of_side(const struct analysis *an, const struct note_side *s)
{
	ms_t *v = calloc(s->n + 1, sizeof *v), out;

	assert_non_null(v);
	for (uint32_t i = 0; i < s->n; i++)
		v[i] = an->paces.field_residual[s->lap[i]];
	out = middle(v, s->n);
	free(v);
	return out;
}

/* Medians of both sides, what lies between them, and the same of the field on those laps. */
static bool in_sides(const struct analysis *an, const struct note *n, const struct number *num)
{
	ms_t you, ref, field;

	if (n->of_you.n == 0 || n->of_ref.n == 0)
		return false;
	you = side_median(&n->of_you);
	ref = side_median(&n->of_ref);
	if (rounds_to(you, num) || rounds_to(ref, num) || rounds_to(you - ref, num))
		return true;
	if (n->topic != TOPIC_FADE)
		return false;
	field = field_of_side(an, &n->of_you) - field_of_side(an, &n->of_ref);
	return rounds_to(field, num) || rounds_to(you - ref - field, num);
}

static int by_real(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

static double real_middle(double *v, uint32_t n)
{
	qsort(v, n, sizeof *v, by_real);
	return n % 2 ? v[n / 2] : (v[n / 2 - 1] + v[n / 2]) / 2;
}

/* Of the clean laps of a car. */
static double own_middle(const struct analysis *an, uint32_t car)
{
	double *v = calloc(car_seen(an, car) + 1, sizeof *v), m;
	uint32_t n = 0;

	assert_non_null(v);
	for (uint32_t i = car_first(an, car); i < car_first(an, car) + car_seen(an, car); i++)
		if (lap_is_clean(an, i))
			v[n++] = an->session->laps.time[i];
	m = n ? real_middle(v, n) : (double)NAN;
	free(v);
	return m;
}

/* Median over the cars of what a lap is over the own middle: NAN where nobody's is clean. */
static double lost_by_the_field(const struct analysis *an, uint32_t number)
{
	double *v = calloc(an->session->ncars, sizeof *v), lost;
	uint32_t n = 0;

	assert_non_null(v);
	for (uint32_t car = 0; car < an->session->ncars; car++) {
		int64_t at = session_lap(an->session, car, number);

		if (at >= 0 && at < (int64_t)car_first(an, car) + car_seen(an, car) && lap_is_clean(an, (uint32_t)at))
			v[n++] = an->session->laps.time[at] - own_middle(an, car);
	}
	lost = n ? real_middle(v, n) : (double)NAN;
	free(v);
	return lost;
}

/* Of one lap: what the field lost on it, and what is left of it above the own median without that. */
static bool in_lost(const struct analysis *an, const struct note *n, const struct number *num)
{
	int car = n->topic == TOPIC_LAP ? session_car(an->session, n->of_you.name) : -1;
	int64_t lap = car < 0 ? -1 : session_lap(an->session, (uint32_t)car, n->laps[0]);
	double lost = lap < 0 ? (double)NAN : lost_by_the_field(an, n->laps[0]);

	if (isnan(lost))
		return false;
	ms_t field = (ms_t)round_half_away(lost);
	return rounds_to(field, num) ||
	       rounds_to(an->session->laps.time[lap] - an->paces.car[car].all.median - (field > 0 ? field : 0), num);
}

static bool in_evidence(const struct note *n, const struct number *num)
{
	const ms_t v[] = {n->gain, n->evidence.median, n->evidence.low, n->evidence.high, n->median_you, n->median_ref};

	for (unsigned i = 0; i < COUNT_OF(v); i++)
		if (v[i] != MS_NONE && rounds_to(v[i], num))
			return true;
	return false;
}

static const char *read_digits(const char *p, int64_t *value, int *count)
{
	for (*count = 0; isdigit((unsigned char)*p); p++, (*count)++)
		*value = 10 * *value + (*p - '0');
	return p;
}

/* "23", "0.037", "1:37.304"; returns the end. */
static const char *read_number(const char *p, struct number *out)
{
	int64_t whole = 0, part = 0;
	int count;

	*out = (struct number){0};
	p = read_digits(p, &whole, &count);
	while (*p == ':' && isdigit((unsigned char)p[1])) {
		out->clock = true;
		part = 0;
		p = read_digits(p + 1, &part, &count);
		whole = 60 * whole + part;
	}
	if (*p != '.' || !isdigit((unsigned char)p[1])) {
		out->value = whole;
		return p;
	}
	part = 0;
	p = read_digits(p + 1, &part, &out->decimals);
	for (int i = 0; i < out->decimals; i++)
		whole *= 10;
	out->value = whole + part;
	return p;
}

static bool is_car(const struct analysis *an, const char *from, const char *to)
{
	for (uint32_t i = 0; i < an->session->ncars; i++) {
		const char *id = an->session->cars[i].id;

		if (strncmp(id, from, strlen(id)) == 0 && from + strlen(id) >= to)
			return true;
	}
	return false;
}

const char *number_not_found(const struct analysis *an, const struct figures *f, const struct note *n, const char *text)
{
	const char *p = text;

	while (*p) {
		struct number num;
		const char *from = p, *to;

		if (!isdigit((unsigned char)*p)) {
			p++;
			continue;
		}
		to = read_number(p, &num);
		p = to;
		if (from > text && isalpha((unsigned char)from[-1])) /* S1, IM1a, INT-2: a name, or P12 */
			num.decimals = 0;
		if (num.decimals == 0 && !num.clock) {
			if (num.value > f->most && !is_car(an, from, to))
				return from;
			continue;
		}
		if (!in_figures(f, &num) && !in_evidence(n, &num) && !in_sides(an, n, &num) && !in_lost(an, n, &num))
			return from;
	}
	return NULL;
}
