#include "core/analysis/trend.h"

#include <math.h>

/* A run begins on an out-lap, on a caution lap, and after an in-lap or a caution lap. */
static bool begins_run(const struct classes *c, uint32_t i)
{
	return c->lap[i].out || lap_under_caution(&c->lap[i]) || c->lap[i - 1].in || lap_under_caution(&c->lap[i - 1]);
}

static void number_runs(const struct session *s, const struct classes *c, uint32_t *run)
{
	for (uint32_t car = 0; car < s->ncars; car++) {
		uint32_t first = s->cars[car].first, at = 0;
		for (uint32_t i = first; i < first + c->seen[car]; i++) {
			at += i > first && begins_run(c, i);
			run[i] = at;
		}
	}
}

/* Median of the clean laps among [first, first + n); NAN without. */
static double clean_median(const struct session *s, const struct classes *c, uint32_t first, uint32_t n, double *room)
{
	uint32_t found = 0;

	for (uint32_t i = first; i < first + n; i++)
		if (c->lap[i].status == LAP_CLEAN)
			room[found++] = s->laps.time[i];
	return found ? dbl_median(room, found) : (double)NAN;
}

/* Room for the field's residuals lap number by lap number: where each number's begin. */
struct shelves {
	uint32_t *start; /* numbers + 1 */
	double *value;
};

static bool in_field(const struct session *s, const struct analysis_options *o, const struct classes *c, uint32_t lap)
{
	return c->lap[lap].status == LAP_CLEAN && analysis_in_class(o, &s->cars[s->laps.car[lap]]);
}

static void count_shelves(const struct session *s, const struct analysis_options *o, const struct classes *c,
			  uint32_t numbers, struct shelves *sh)
{
	for (uint32_t i = 0; i < s->laps.n; i++)
		if (in_field(s, o, c, i))
			sh->start[s->laps.number[i] + 1]++;
	for (uint32_t k = 0; k < numbers; k++)
		sh->start[k + 1] += sh->start[k];
}

static void fill_shelves(const struct session *s, const struct analysis_options *o, const struct classes *c,
			 struct trend_base *b, struct shelves *sh, uint32_t *next)
{
	for (uint32_t k = 0; k < b->numbers; k++)
		next[k] = sh->start[k];
	for (uint32_t car = 0; car < s->ncars; car++) {
		uint32_t first = s->cars[car].first;
		double own = clean_median(s, c, first, c->seen[car], b->x);
		for (uint32_t i = first; i < first + c->seen[car]; i++)
			if (in_field(s, o, c, i))
				sh->value[next[s->laps.number[i]]++] = s->laps.time[i] - own;
	}
}

static bool field_residuals(const struct session *s, const struct analysis_options *o, const struct classes *c,
			    struct arena *scratch, struct trend_base *b)
{
	struct shelves sh = {.start = ARENA_ARRAY(scratch, (size_t)b->numbers + 1, uint32_t),
			     .value = ARENA_ARRAY(scratch, s->laps.n, double)};
	uint32_t *next = ARENA_ARRAY(scratch, b->numbers, uint32_t);

	if (!sh.start || !sh.value || !next)
		return false;
	count_shelves(s, o, c, b->numbers, &sh);
	fill_shelves(s, o, c, b, &sh, next);
	for (uint32_t k = 0; k < b->numbers; k++) {
		uint32_t n = sh.start[k + 1] - sh.start[k];
		b->residual[k] = n < FIELD_MIN ? (double)NAN : dbl_median(sh.value + sh.start[k], n);
	}
	return true;
}

bool trend_base_make(const struct session *s, const struct analysis_options *o, const struct classes *c,
		     struct arena *scratch, struct trend_base *out)
{
	out->numbers = 1;
	for (uint32_t i = 0; i < s->laps.n; i++)
		if (s->laps.number[i] >= out->numbers)
			out->numbers = s->laps.number[i] + 1U;
	out->run = ARENA_ARRAY(scratch, s->laps.n, uint32_t);
	out->residual = ARENA_ARRAY(scratch, out->numbers, double);
	out->x = ARENA_ARRAY(scratch, s->laps.n, double);
	out->y = ARENA_ARRAY(scratch, s->laps.n, double);
	out->group = ARENA_ARRAY(scratch, s->laps.n, uint32_t);
	if (!out->run || !out->residual || !out->x || !out->y || !out->group)
		return false;
	number_runs(s, c, out->run);
	return field_residuals(s, o, c, scratch, out);
}

static struct slope unknown(uint32_t n)
{
	return (struct slope){(double)NAN, (double)NAN, (double)NAN, (double)NAN, n, 0};
}

static struct slope slope_of(const struct session *s, const struct classes *c, struct trend_base *b, uint32_t first,
			     uint32_t count, bool against_field)
{
	uint32_t n = 0;

	for (uint32_t i = first; i < first + count; i++) {
		double minus = against_field ? b->residual[s->laps.number[i]] : 0;
		if (c->lap[i].status != LAP_CLEAN || isnan(minus))
			continue;
		b->x[n] = s->laps.number[i];
		b->y[n] = s->laps.time[i] - minus;
		b->group[n++] = b->run[i];
	}
	return n < TREND_MIN ? unknown(n) : slope_within(b->x, b->y, b->group, n);
}

/* The car grows lighter by k kg a lap, each worth b seconds: without that it would be slower by k * b a lap. */
static void correct_fuel(const struct analysis_options *o, struct trend *t)
{
	double ms = 1000 * o->fuel_per_lap * o->fuel_cost;

	t->fuel_corrected = ms > 0 || ms < 0;
	t->raw.ols += ms;
	t->raw.low += ms;
	t->raw.high += ms;
	t->raw.theil_sen += ms;
}

void trend_of(const struct session *s, const struct analysis_options *o, const struct classes *c, struct trend_base *b,
	      uint32_t first, uint32_t n, struct trend *out)
{
	out->raw = slope_of(s, c, b, first, n, false);
	out->field = n && analysis_in_class(o, &s->cars[s->laps.car[first]]) ? slope_of(s, c, b, first, n, true)
									     : unknown(0);
	out->n = out->raw.n;
	correct_fuel(o, out);
}
