#include "core/load/weather.h"

#include <math.h>
#include <string.h>

#include "tests/unit/helper.h"

static bool load(const char *path, struct weather *w, struct err *err)
{
	struct csv_reader *r = csv_open(path, err);
	assert_ok(r, err);
	assert_true(weather_header(r));
	bool ok = weather_load(r, w, err);
	csv_close(r);
	return ok;
}

static void near(double value, double wanted)
{
	if (!(fabs(value - wanted) < 0.05))
		fail_msg("%f is not %f", value, wanted);
}

static void metric(void **state)
{
	struct weather w;
	struct err err = {0};
	(void)state;
	assert_ok(load("tests/fixtures/laps/weather_metric.csv", &w, &err), &err);
	assert_int_equal(w.n, 3);
	near(w.air_c, 30.0);
	assert_true(isnan(w.track_c)); /* zero in every row */
	near(w.humidity, 52.0);
	near(w.pressure_hpa, 991.0);
	near(w.wind_kmh, 5.4);
	assert_false(w.rain);
}

static void imperial(void **state)
{
	struct weather w;
	struct err err = {0};
	(void)state;
	assert_ok(load("tests/fixtures/laps/weather_imperial.csv", &w, &err), &err);
	near(w.air_c, 25.0);
	near(w.track_c, 40.0);
	near(w.pressure_hpa, 1013.2);
	near(w.wind_kmh, 16.1);
	assert_true(w.rain); /* 1 once; -1 says nothing */
}

static void nothing_known(void **state)
{
	static const char header[] = "TIME_UTC_SECONDS;AIR_TEMP;TRACK_TEMP;HUMIDITY;PRESSURE;WIND_SPEED;RAIN\n";
	static const char row[] = "TIME_UTC_SECONDS;AIR_TEMP;TRACK_TEMP;HUMIDITY\n1;-999;x\n2\n";
	struct weather w;
	struct err err = {0};
	(void)state;
	struct csv_reader *r = csv_open_memory("w.csv", header, sizeof header - 1, &err);
	assert_ok(r, &err);
	assert_false(weather_load(r, &w, &err));
	assert_non_null(strstr(err.msg, "no row"));
	csv_close(r);
	r = csv_open_memory("w.csv", row, sizeof row - 1, &err);
	assert_ok(r, &err);
	assert_ok(weather_load(r, &w, &err), &err);
	assert_int_equal(w.n, 2);
	assert_true(isnan(w.air_c) && isnan(w.track_c) && isnan(w.humidity) && isnan(w.pressure_hpa));
	csv_close(r);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(metric),
		cmocka_unit_test(imperial),
		cmocka_unit_test(nothing_known),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
