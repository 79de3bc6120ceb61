/* Least squares over drivers: an exact plane, what must not be known, and the real season against an independent calculation. */
#include "core/analysis/relation.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/path.h"
#include "core/load/season_json.h"
#include "tests/unit/helper.h"

enum { MOST = 40 };
static double x[MOST][FACTORS], y[MOST], work[MOST];
static struct relation r;

static void near(double v, double wanted, double by)
{
	if (!(fabs(v - wanted) <= by))
		fail_msg("%.9f, not %.9f", v, wanted);
}

/* Factors that no plane ties together: digits of i in base 3. */
static void points(uint32_t n)
{
	for (uint32_t i = 0; i < n; i++) {
		uint32_t rest = i * 7 % 81;
		for (int f = 0; f < FACTORS; f++, rest /= 3)
			x[i][f] = 30.0 * (rest % 3) + 5;
		y[i] = 20 - 0.1 * x[i][0] - 0.05 * x[i][1] + 0.02 * x[i][3];
	}
}

static void a_plane_is_found(void **state)
{
	const double at[FACTORS] = {50, 40, 30, 20}, by[FACTORS] = {5, 5, 0, 0};

	(void)state;
	points(20);
	relation_fit(x, y, 20, work, &r);
	assert_true(r.known);
	assert_int_equal(r.n, 20);
	near(relation_at(&r, at).value, 20 - 5 - 2 + 0.4, 1e-6);
	near(relation_at(&r, at).low, 13.4, 1e-6);
	near(relation_change(&r, by).value, -0.75, 1e-6);
	near(relation_change(&r, by).high, -0.75, 1e-6);
	near(r.mae, 0, 1e-6);
}

/* One driver off the plane by e: all others foretell him without knowing him, so he is missed by e exactly. */
static void a_driver_is_foretold_by_the_others(void **state)
{
	(void)state;
	points(20);
	y[7] += 3;
	relation_fit(x, y, 20, work, &r);
	assert_true(r.known);
	near(work[19], 3, 1e-6); /* sorted: the largest rest */
	assert_true(r.mae > 3 / 20.0);
}

static void not_known(void **state)
{
	const double by[FACTORS] = {5, 0, 0, 0};

	(void)state;
	points(20);
	relation_fit(x, y, RELATION_LEAST - 1, work, &r);
	assert_false(r.known);
	assert_int_equal(r.n, RELATION_LEAST - 1);
	assert_true(isnan(relation_change(&r, by).value));
	assert_true(isnan(relation_at(&r, x[0]).low));
	for (int i = 0; i < 20; i++)
		x[i][2] = x[i][1];
	relation_fit(x, y, 20, work, &r);
	assert_false(r.known);
	points(20);
	for (int i = 0; i < 20; i++)
		x[i][3] = i == 4; /* one driver alone says all about a factor */
	relation_fit(x, y, 20, work, &r);
	assert_false(r.known);
}

/* --- The real season --------------------------------------------------------------- */

static uint32_t cars_of(const struct season *s, const struct season_result *race)
{
	uint32_t starts = 0, last = 0;

	for (uint32_t i = 0; i < s->ndrivers; i++)
		for (uint32_t k = 0; k < s->drivers[i].nresults; k++) {
			const struct season_result *o = &s->drivers[i].results[k];
			if (o->race != race->race || strcmp(o->track, race->track) != 0)
				continue;
			starts += strcmp(o->status, "Not started") != 0;
			last = (uint32_t)o->finish > last ? (uint32_t)o->finish : last;
			last = (uint32_t)o->start > last ? (uint32_t)o->start : last;
		}
	return starts > last ? starts : last;
}

static uint32_t real_points(const struct season *s)
{
	uint32_t n = 0;

	for (uint32_t i = 0; i < s->ndrivers; i++) {
		const struct season_driver *d = &s->drivers[i];
		uint32_t finishes = 0;

		y[n] = 0;
		for (uint32_t k = 0; k < d->nresults; k++) {
			if (d->results[k].finish == 0)
				continue;
			y[n] += (d->results[k].finish - 0.5) / cars_of(s, &d->results[k]);
			finishes++;
		}
		memcpy(x[n], d->factor_percentile, sizeof x[n]);
		assert_true(finishes > 0);
		y[n++] /= finishes;
	}
	return n;
}

static void read_real(void)
{
	static const char *const files[] = {"gr-cup/json/driver_race_results.json", "gr-cup/json/driver_factors.json"};
	const char *dir = getenv("PITWALL_SHARED");
	struct err err = {0};
	struct season *s = season_new(&err);

	assert_ok(s, &err);
	for (size_t i = 0; i < COUNT_OF(files); i++) {
		char path[1024];
		assert_true(path_join(path, sizeof path, dir && *dir ? dir : "../shared/data", files[i]));
		if (!season_add_file(s, path, &err)) {
			season_free(s);
			skip();
		}
	}
	assert_ok(season_finish(s, &err), &err);
	assert_int_equal(s->ndrivers, 34);
	relation_fit(x, y, real_points(s), work, &r);
	season_free(s);
}

/* Figures of NumPy's lstsq, fitted anew without each driver. */
static void the_real_season(void **state)
{
	static const double b[RELATION_TERMS] = {1.02927819, -0.57791856, -0.12193887, -0.23591636, -0.09954122};
	static const double error[RELATION_TERMS] = {0.05327382, 0.05362798, 0.09947744, 0.12422063, 0.08503335};
	const double car_41[FACTORS] = {55.26, 34.87, 40.79, 51.27}, by[FACTORS] = {5, 5, 0, 0};

	(void)state;
	read_real();
	assert_true(r.known);
	for (int k = 0; k < RELATION_TERMS; k++) {
		near(r.b[k], b[k], 1e-7);
		near(sqrt(r.spread[k][k]), error[k], 1e-7);
	}
	near(r.mae, 0.05730389, 1e-7);
	near(r.mae_mean, 0.18450236, 1e-7);
	near(relation_at(&r, car_41).value, 0.52013525, 1e-7);
	near(relation_at(&r, car_41).low, 0.52013525 - 0.08452277, 1e-7);
	near(relation_at(&r, car_41).high, 0.52013525 + 0.08055754, 1e-7);
	near(relation_change(&r, by).value, -0.03499287, 1e-7);
	near(relation_change(&r, by).low, -0.03499287 - 0.01044496, 1e-6);
	for (int k = 1; k < RELATION_TERMS; k++)
		assert_true(r.b[k] < 0); /* higher is better: the sign the old formula had wrong */
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_plane_is_found),
		cmocka_unit_test(a_driver_is_foretold_by_the_others),
		cmocka_unit_test(not_known),
		cmocka_unit_test(the_real_season),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
