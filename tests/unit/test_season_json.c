#include "core/load/season_json.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/unit/helper.h"

static struct season *s;

static int make(void **state)
{
	(void)state;
	s = season_new(NULL);
	return s ? 0 : -1;
}

static int drop(void **state)
{
	(void)state;
	season_free(s);
	return 0;
}

static void add(const char *text)
{
	struct err err = {0};

	assert_ok(season_add_text(s, "x.json", text, strlen(text), &err), &err);
}

static void fails(const char *text, enum err_code code, const char *part)
{
	struct err err = {0};

	assert_false(season_add_text(s, "x.json", text, strlen(text), &err));
	assert_int_equal(err.code, code);
	if (!strstr(err.msg, part))
		fail_msg("%s: no \"%s\"", err.msg, part);
}

static void finish(void)
{
	struct err err = {0};

	assert_ok(season_finish(s, &err), &err);
}

static void results_by_track_and_race(void **state)
{
	const struct season_driver *d;

	(void)state;
	add("{\"data\":{\"13\":[{\"race_id\":1,\"track_id\":\"vir\",\"race_number\":2,\"start_position\":3,"
	    "\"finish_position\":1,\"fastest_lap\":\"2:08.131\",\"total_laps\":20,\"gap_to_winner\":null,"
	    "\"qualifying_time\":\"2:06.000\",\"status\":\"Classified\"},"
	    "{\"race_id\":2,\"track_id\":\"barber\",\"race_number\":1,\"fastest_lap\":null},"
	    "{\"track_id\":\"vir\",\"race_number\":2,\"finish_position\":9},{\"race_number\":1}]}}");
	finish();
	d = season_driver(s, "13");
	assert_non_null(d);
	assert_int_equal(d->nresults, 2);
	assert_string_equal(d->results[0].track, "barber");
	assert_int_equal(d->results[0].fastest, MS_NONE);
	assert_int_equal(d->results[0].finish, 0);
	assert_string_equal(d->results[1].track, "vir");
	assert_int_equal(d->results[1].finish, 1);
	assert_int_equal(d->results[1].laps, 20);
	assert_int_equal(d->results[1].fastest, 128131);
	assert_int_equal(d->results[1].qualifying, 126000);
	assert_string_equal(d->results[1].gap, "");
	assert_int_equal(s->warnings.total, 1);
	assert_int_equal(s->refused.total, 1);
}

static void stats_factors_tracks_names(void **state)
{
	const struct season_driver *d;

	(void)state;
	add("{\"data\":{\"7\":{\"wins\":1,\"pole_positions\":2,\"total_races\":12,\"points\":152,\"avg_finish\":NaN,"
	    "\"avg_qualifying\":4.5,\"avg_positions_gained\":-Infinity}}}");
	add("{\"drivers\":[{\"driver_number\":7,\"factors\":{\"speed\":{\"score\":80.5,\"percentile\":90}}}],"
	    "\"detailed_breakdowns\":[]}");
	add("{\"tracks\":[{\"id\":\"vir\",\"name\":\"Virginia\",\"demands\":{\"raw_speed\":4.5,\"tire_mgmt\":\"x\"}}],"
	    "\"drivers\":[{\"number\":7,\"name\":\"Driver #7\"}]}");
	add("{\"driver_breakdowns\":{\"7\":{\"driver_name\":\"Mira Dorn\"},\"12\":{\"driver_name\":\"Unknown Driver "
	    "#12\"}}}");
	finish();
	d = season_driver(s, "7");
	assert_non_null(d);
	assert_int_equal(s->ndrivers, 1); /* a name alone makes no driver */
	assert_string_equal(d->name, "Mira Dorn");
	assert_true(d->has_stats);
	assert_int_equal(d->poles, 2);
	assert_int_equal(d->points, 152);
	assert_true(isnan(d->avg_finish));
	assert_true(isnan(d->avg_gained));
	assert_float_equal(d->avg_qualifying, 4.5, 1e-9);
	assert_float_equal(d->factor_score[FACTOR_SPEED], 80.5, 1e-9);
	assert_true(isnan(d->factor_score[FACTOR_TIRE]));
	assert_int_equal(s->ntracks, 1);
	assert_float_equal(s->tracks[0].demand[FACTOR_SPEED], 4.5, 1e-9);
	assert_true(isnan(s->tracks[0].demand[FACTOR_TIRE]));
	assert_int_equal(s->refused.total, 1);
	assert_non_null(strstr(s->refused.at[0].why, "tire_mgmt"));
	assert_int_equal(s->files.n, 4);
}

static void placeholder_names_are_none(void **state)
{
	(void)state;
	add("{\"driver_breakdowns\":{\"7\":{\"driver_name\":\"Unknown Driver #7\"}}}");
	add("{\"data\":{\"7\":{\"total_races\":1}}}");
	finish();
	assert_string_equal(season_driver(s, "7")->name, "");
}

static void nan_in_text_stays(void **state)
{
	(void)state;
	add("{\"tracks\":[{\"id\":\"a\",\"name\":\"NaN, \\\"Infinity\\\" "
	    "NaN\",\"demands\":{\"raw_speed\":NaN}}],\"drivers\":[]}");
	assert_string_equal(s->tracks[0].name, "NaN, \"Infinity\" NaN");
}

/* What nobody reads is not parsed: neither its size nor its faults count, but its end must be found. */
static void breakdowns_are_passed_over(void **state)
{
	(void)state;
	add("{\"detailed_breakdowns\" :\n [{\"x\":\"]}\\\"\"},[wrong]],\"drivers\":[{\"driver_number\":7,\"factors\":"
	    "{\"speed\":{\"score\":1}}}]}");
	finish();
	assert_int_equal(s->ndrivers, 1);
	fails("{\"detailed_breakdowns\":[{\"x\":1}", ERR_FORMAT, "not JSON");
	fails("{\"detailed_breakdowns\"", ERR_FORMAT, "not JSON");
	fails("{\"detailed_breakdowns\":5,\"drivers\":[]}", ERR_NOT_FOUND, "not one of");
}

static void numbers_sort_as_people_do(void **state)
{
	(void)state;
	add("{\"drivers\":[{\"driver_number\":13,\"factors\":{\"speed\":{\"score\":1}}},"
	    "{\"driver_number\":\"2\",\"factors\":{\"speed\":{\"score\":1}}},"
	    "{\"driver_number\":113,\"factors\":{\"speed\":{\"score\":1}}}]}");
	finish();
	assert_int_equal(s->ndrivers, 3);
	assert_string_equal(s->drivers[0].number, "2");
	assert_string_equal(s->drivers[1].number, "13");
	assert_string_equal(s->drivers[2].number, "113");
}

static void wrong_types_cost_the_value(void **state)
{
	(void)state;
	add("{\"data\":{\"7\":{\"total_races\":\"many\",\"wins\":1.5,\"points\":1e300,\"avg_finish\":[]},\"8\":3,\"9\":"
	    "[4]}}");
	finish();
	assert_int_equal(season_driver(s, "7")->races, 0);
	assert_int_equal(season_driver(s, "7")->wins, 0);
	assert_int_equal(season_driver(s, "7")->points, 0);
	assert_true(s->refused.total >= 6);
	assert_string_equal(s->refused.at[0].file, "x.json");
}

/* A diagnostic says where to look, not only in which file. */
static void lines_of_what_is_wrong(void **state)
{
	(void)state;
	add("{\n"
	    "\"data\": {\n"
	    "  \"2\": {\"total_races\": 12,\n"
	    "    \"note\": \"wins: \\\"wins\\\":\",\n"
	    "    \"wins\": 1},\n"
	    "  \"3\": {\"total_races\": NaN,\n"
	    "    \"wins\": \"two\", \"points\": -Infinity},\n"
	    "  \"4\": [{\n"
	    "    \"track_id\": 7}, 5],\n"
	    "  \"5\": 6\n"
	    "}}\n");
	static const uint32_t line[] = {7, 9, 9, 9, 10};
	assert_int_equal(s->refused.total, COUNT_OF(line));
	for (size_t i = 0; i < COUNT_OF(line); i++)
		if (s->refused.at[i].line != line[i])
			fail_msg("line %u: %s", s->refused.at[i].line, s->refused.at[i].why);
	assert_int_equal(s->warnings.total, 1);
	assert_int_equal(s->warnings.at[0].line, 6);
	assert_non_null(strstr(s->warnings.at[0].why, "2 times"));
}

static void refused_files(void **state)
{
	char deep[400];
	size_t big = (size_t)SEASON_JSON_MAX + 2;
	char *large = malloc(big);

	(void)state;
	memset(deep, '[', 200);
	memset(deep + 200, ']', 199);
	deep[399] = '\0';
	fails(deep, ERR_FORMAT, "nested deeper than 64");
	fails("", ERR_FORMAT, "x.json:1");
	fails("{\n\"a\": 1,\n", ERR_FORMAT, "x.json:2");
	fails("{\"data\":{}} x", ERR_FORMAT, "after the end");
	fails("{\"tracks\":{\"vir\":{}}}", ERR_NOT_FOUND, "not one of");
	fails("[1,2]", ERR_NOT_FOUND, "not one of");
	fails("{\"data\":[1]}", ERR_NOT_FOUND, "not one of");
	fails("nan", ERR_FORMAT, "not JSON");
	assert_non_null(large);
	memset(large, ' ', big - 1);
	large[big - 1] = '\0';
	fails(large, ERR_FORMAT, "over 3 MiB");
	for (size_t i = 0; i < 500000; i++)
		large[i] = i % 2 ? ',' : '[';
	large[500000] = '\0';
	fails(large, ERR_FORMAT, "over 200000 values");
	free(large);
	assert_int_equal(s->ndrivers, 0);
}

static void missing_file(void **state)
{
	struct err err = {0};

	(void)state;
	assert_false(season_add_file(s, "/nonexistent/x.json", &err));
	assert_non_null(strstr(err.msg, "/nonexistent/x.json"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(results_by_track_and_race, make, drop),
		cmocka_unit_test_setup_teardown(stats_factors_tracks_names, make, drop),
		cmocka_unit_test_setup_teardown(placeholder_names_are_none, make, drop),
		cmocka_unit_test_setup_teardown(nan_in_text_stays, make, drop),
		cmocka_unit_test_setup_teardown(breakdowns_are_passed_over, make, drop),
		cmocka_unit_test_setup_teardown(numbers_sort_as_people_do, make, drop),
		cmocka_unit_test_setup_teardown(wrong_types_cost_the_value, make, drop),
		cmocka_unit_test_setup_teardown(lines_of_what_is_wrong, make, drop),
		cmocka_unit_test_setup_teardown(refused_files, make, drop),
		cmocka_unit_test_setup_teardown(missing_file, make, drop),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
