/* A weather file row by row: sentinels, sensors that are not there, units; and its place in the session. */
#include "core/load/weather_rows.h"

#include <math.h>
#include <string.h>

#include "core/report/report.h"
#include "core/source/load.h"
#include "tests/unit/laps_helper.h"

static struct weather_rows rows_of(const char *path, struct arena *a)
{
	struct err err = {0};
	struct weather_rows l;
	struct csv_reader *r = csv_open(path, &err);

	assert_ok(r, &err);
	assert_ok(weather_rows_load(r, a, &l, &err), &err);
	csv_close(r);
	return l;
}

static void near(double value, double wanted)
{
	if (!(fabs(value - wanted) < 0.05))
		fail_msg("%f is not %f", value, wanted);
}

static void metric(void **state)
{
	struct arena *a = arena_new(0);
	struct weather_rows l = rows_of("tests/fixtures/laps/weather_metric.csv", a);

	(void)state;
	assert_int_equal(l.n, 3);
	assert_false(l.imperial);
	near(l.at[0].air_c, 29.5);
	assert_int_equal(l.at[0].utc, 1);
	assert_true(isnan(l.at[1].air_c) && isnan(l.at[1].pressure_hpa) && isnan(l.at[1].wind_kmh));
	assert_true(isnan(l.at[1].wind_degrees)); /* 64537 */
	near(l.at[1].humidity, 52.0);
	assert_true(isnan(l.at[0].track_c)); /* zero in every row */
	assert_int_equal(l.at[2].rain, RAIN_NO);
	near(l.at[2].wind_degrees, 20.0);
	arena_free(a);
}

static void imperial(void **state)
{
	struct arena *a = arena_new(0);
	struct weather_rows l = rows_of("tests/fixtures/laps/weather_imperial.csv", a);
	unsigned rain[3] = {0};

	(void)state;
	assert_true(l.imperial);
	for (uint32_t i = 0; i < l.n; i++) {
		rain[l.at[i].rain]++;
		assert_true(isnan(l.at[i].pressure_hpa) || (l.at[i].pressure_hpa > 950 && l.at[i].pressure_hpa < 1050));
	}
	assert_int_equal(rain[RAIN_YES], 1);
	assert_true(rain[RAIN_UNKNOWN] > 0); /* -1 says nothing */
	near(inhg_of(1013.25), 29.92);
	near(fahrenheit_of(25.0), 77.0);
	near(mph_of(100.0), 62.1);
	arena_free(a);
}

static void to_the_laps(void **state)
{
	const char *paths[] = {"tests/fixtures/season"};
	struct load_opts o = {.paths = paths, .npaths = 1};
	struct err err = {0};
	struct dataset *d = dataset_load(&o, &err);
	struct buf out;

	(void)state;
	assert_ok(d, &err);
	struct report_in in = {.format = REPORT_CSV, .dataset = d, .session = dataset_session(d, "sebring_r1")};
	struct analysis *an = analysed(in.session, NULL);
	in.analysis = an;
	in.arena = arena_new(0);
	buf_init(&out, 1 << 20);
	assert_ok(report_weather(&in, &out, &err), &err);
	assert_non_null(strstr(out.p, "utc,elapsed,lap,air_c,air_f"));
	/* The first car ends lap 14 before 1552.000 on the clock, and lap 15 behind it. */
	assert_non_null(
		strstr(out.p, "2025-09-07T15:05:52Z,1552.000,15,21.5,70.7,,,49.0,995.1,29.39,5.0,3.1,348,false"));
	assert_non_null(strstr(out.p, "2025-09-07T15:07:56Z,1676.000,16,,,,,49.0,995.1,29.39,5.0,3.1,,false"));
	buf_release(&out);
	arena_free(in.arena);
	analysis_free(an);
	dataset_free(d);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(metric),
		cmocka_unit_test(imperial),
		cmocka_unit_test(to_the_laps),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
