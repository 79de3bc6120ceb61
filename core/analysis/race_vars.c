#include "core/analysis/race_vars.h"

#include <math.h>
#include <string.h>

#include "core/analysis/stat.h"

enum { CLEAN_LEAST = 8, THIRD_LEAST = 3, TEN = 10 };

static const double none = (double)NAN;

const struct race_var_info *race_var_info(enum race_var v)
{
#define DECIMALS(unit) ((unit)[0] == '%' ? 0 : (unit)[0] == 'p' ? 1 : (unit)[1] ? 4 : 3)
	static const struct race_var_info all[VARS] = {
#define X(id, key, name, unit, factor, weight, up, rule)                                                               \
	[VAR_##id] = {key, name, unit, rule, FACTOR_##factor, weight, up, DECIMALS(unit)},
		RACE_VARS(X)
#undef X
	};

	return &all[v];
}

/* Values of one car ---------------------------------------------------------------------------------*/

struct room {
	ms_t *a, *b;
};

static double seconds(double ms)
{
	return ms / 1000.0;
}

static bool is_clean(const struct analysis *an, uint32_t lap)
{
	return an->classes.lap[lap].status == LAP_CLEAN;
}

/* Mean of the ten best laps: the officials' list leaves out deleted laps; without it those not first, in or out. */
static double best_ten(const struct analysis *an, uint32_t car, struct room *room)
{
	const struct car *c = &an->session->cars[car];
	uint32_t n = 0;

	/* With fewer, laps under caution would be among the ten. */
	if (an->paces.car[car].all.n < TEN)
		return none;
	if (c->best_ten.present && c->best_ten.n == TEN)
		return ms_mean(c->best_ten.time, TEN);
	for (uint32_t i = c->first; i < c->first + car_seen(an, car); i++)
		if (lap_is_flying(&an->classes.lap[i], an->session->laps.number[i]))
			room->a[n++] = an->session->laps.time[i];
	if (n < TEN)
		return none;
	ms_sort(room->a, n);
	return ms_mean(room->a, TEN);
}

/* Each stint has a mean of its own, all share one spread. */
static double stint_sd(const struct analysis *an, uint32_t car, struct room *room)
{
	uint32_t first = car_first(an, car), end = first + car_seen(an, car), n = 0, stints = 0, clean = 0;
	double sum = 0;

	for (uint32_t i = first; i <= end; i++) {
		bool over = i == end || an->classes.lap[i].stint != an->classes.lap[first].stint;
		if (over && n > 0) {
			double mean = ms_mean(room->a, n);
			for (uint32_t k = 0; k < n; k++)
				sum += (room->a[k] - mean) * (room->a[k] - mean);
			stints++;
			clean += n;
			n = 0;
		}
		if (over)
			first = i;
		if (i < end && is_clean(an, i))
			room->a[n++] = an->session->laps.time[i];
	}
	return clean >= CLEAN_LEAST && clean > stints ? seconds(sqrt(sum / (clean - stints))) : none;
}

static double sector_mad(const struct analysis *an, uint32_t car, unsigned sector, struct room *room)
{
	uint32_t first = car_first(an, car), n = 0;

	for (uint32_t i = first; i < first + car_seen(an, car); i++) {
		ms_t t = an->session->laps.sector[sector][i];
		if (is_clean(an, i) && t != MS_NONE)
			room->a[n++] = t;
	}
	return n >= CLEAN_LEAST ? seconds(ms_mad(room->a, n, room->b)) : none;
}

/* Places won and lost on clean laps: the start, stops, cautions and what others' stops gave are not in it. */
static void places(const struct analysis *an, uint32_t car, struct race_vars *out)
{
	uint32_t first = car_first(an, car), n = car_seen(an, car);
	const struct lap_place *p = an->order.lap;
	int32_t grid = an->session->cars[car].grid, won = 0, lost = 0;

	for (uint32_t i = first + 1; i < first + n; i++) {
		if (!is_clean(an, i) || p[i].position == 0 || p[i - 1].position == 0 ||
		    an->session->laps.number[i] != an->session->laps.number[i - 1] + 1)
			continue;
		int32_t by = p[i - 1].position - p[i].position;
		won += by > 0 ? by : 0;
		lost += by < 0 ? -by : 0;
	}
	if (won + lost > 0)
		out->value[VAR_CHANGED] = 100.0 * won / (won + lost);
	if (grid > 0 && n > 0 && an->session->laps.number[first] == 1 && p[first].position > 0)
		out->value[VAR_GAINED] = grid - p[first].position + won - lost;
}

/* Median of clean laps numbered above `from` up to `to`, ms. */
static double median_between(const struct analysis *an, uint32_t car, double from, double to, struct room *room)
{
	uint32_t first = car_first(an, car), n = 0;

	for (uint32_t i = first; i < first + car_seen(an, car); i++) {
		uint16_t number = an->session->laps.number[i];
		if (is_clean(an, i) && number > from && number <= to)
			room->a[n++] = an->session->laps.time[i];
	}
	if (n < THIRD_LEAST)
		return none;
	ms_sort(room->a, n);
	return (double)ms_median_twice(room->a, n) / 2;
}

static uint16_t race_laps(const struct session *s)
{
	uint16_t last = 0;

	for (uint32_t i = 0; i < s->laps.n; i++)
		last = s->laps.number[i] > last ? s->laps.number[i] : last;
	return last;
}

static double ms_or_none(ms_t t)
{
	return t == MS_NONE || t <= 0 ? none : seconds(t);
}

static void values_of(const struct analysis *an, uint32_t car, uint16_t last, struct room *room, struct race_vars *out)
{
	double s[SECTORS], early, late;

	for (int v = 0; v < VARS; v++)
		out->value[v] = none;
	if (car_seen(an, car) == 0)
		return;
	out->value[VAR_QUALIFYING] = ms_or_none(an->session->cars[car].grid_time);
	/* The best of one lap or two is no pace: a car that retires at once would be minutes off in a mean. */
	if (an->paces.car[car].all.n >= THIRD_LEAST)
		out->value[VAR_BEST_LAP] = ms_or_none(an->bests.car[car].best.time);
	out->value[VAR_BEST_TEN] = seconds(best_ten(an, car, room));
	out->value[VAR_STINT] = stint_sd(an, car, room);
	for (unsigned k = 0; k < SECTORS; k++)
		s[k] = sector_mad(an, car, k, room);
	out->value[VAR_SECTORS] = (s[0] + s[1] + s[2]) / SECTORS;
	out->value[VAR_FIRST_SECTOR] = s[0];
	places(an, car, out);
	out->value[VAR_DEGRADATION] = seconds(an->paces.car[car].trend.field.ols);
	early = median_between(an, car, 0, last / 3.0, room);
	late = median_between(an, car, last * 2 / 3.0, last, room);
	out->value[VAR_LATE] = seconds(late);
	out->value[VAR_EARLY_LATE] = seconds(late - early);
}

/* Among the cars ------------------------------------------------------------------------------------*/

/* Times become differences: to the least, or to the median for what all share (fuel, weather). */
static void against_the_race(struct race_vars *cars, uint32_t n, enum race_var v, bool median, double *scratch)
{
	uint32_t known = 0;
	double base;

	for (uint32_t i = 0; i < n; i++)
		if (!isnan(cars[i].value[v]))
			scratch[known++] = cars[i].value[v];
	if (known == 0)
		return;
	base = scratch[0];
	for (uint32_t i = 1; i < known; i++)
		base = scratch[i] < base ? scratch[i] : base;
	if (median)
		base = dbl_median(scratch, known);
	for (uint32_t i = 0; i < n; i++)
		cars[i].value[v] -= base;
}

static double percentile_of(const struct race_vars *cars, uint32_t n, uint32_t car, enum race_var v)
{
	double mine = cars[car].value[v], worse = 0;
	uint32_t others = 0;

	for (uint32_t i = 0; i < n && !isnan(mine); i++) {
		double theirs = cars[i].value[v];
		if (i == car || isnan(theirs))
			continue;
		others++;
		if (fabs(theirs - mine) < 1e-9)
			worse += 0.5;
		else if ((theirs > mine) != race_var_info(v)->up)
			worse += 1;
	}
	return others ? 100.0 * worse / others : none;
}

static void factors_of(struct race_vars *c)
{
	double weight[FACTORS] = {0};

	for (int f = 0; f < FACTORS; f++)
		c->factor[f] = 0;
	for (int v = 0; v < VARS; v++) {
		const struct race_var_info *info = race_var_info((enum race_var)v);
		if (isnan(c->percentile[v]))
			continue;
		c->factor[info->factor] += info->weight * c->percentile[v];
		weight[info->factor] += info->weight;
	}
	for (int f = 0; f < FACTORS; f++)
		c->factor[f] = weight[f] > 0.5 - 1e-9 ? c->factor[f] / weight[f] : none;
}

bool race_vars_make(const struct analysis *an, struct arena *a, struct race_vars **out, struct err *err)
{
	static const enum race_var to_least[] = {VAR_QUALIFYING, VAR_BEST_LAP, VAR_BEST_TEN, VAR_LATE};
	const struct session *s = an->session;
	struct arena *scratch = arena_new(0);
	struct room room = {scratch ? ARENA_ARRAY(scratch, s->laps.n + 1, ms_t) : NULL,
			    scratch ? ARENA_ARRAY(scratch, s->laps.n + 1, ms_t) : NULL};
	double *values = scratch ? ARENA_ARRAY(scratch, s->ncars + 1, double) : NULL;
	struct race_vars *cars = ARENA_ARRAY(a, s->ncars, struct race_vars);
	uint16_t last = race_laps(s);

	*out = cars;
	if (!room.a || !room.b || !values || !cars) {
		arena_free(scratch);
		return err_set(err, ERR_NOMEM, "no memory for the factors of %s", s->id);
	}
	for (uint32_t i = 0; i < s->ncars; i++)
		values_of(an, i, last, &room, &cars[i]);
	for (size_t k = 0; k < sizeof(to_least) / sizeof(to_least[0]); k++)
		against_the_race(cars, s->ncars, to_least[k], false, values);
	against_the_race(cars, s->ncars, VAR_EARLY_LATE, true, values);
	arena_free(scratch);
	for (uint32_t i = 0; i < s->ncars; i++) {
		for (int v = 0; v < VARS; v++)
			cars[i].percentile[v] = percentile_of(cars, s->ncars, i, (enum race_var)v);
		factors_of(&cars[i]);
	}
	return true;
}
