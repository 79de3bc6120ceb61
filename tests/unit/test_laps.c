#include "core/load/laps.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/unit/helper.h"

#define FIXTURE(name) "tests/fixtures/laps/" name

static struct session *loaded(const char *path)
{
	struct err err = {0};
	struct csv_reader *r = csv_open(path, &err);
	assert_ok(r, &err);
	assert_true(laps_header(r));
	struct session *s = laps_load(r, path, NULL, &err);
	csv_close(r);
	assert_ok(s, &err);
	return s;
}

static struct session *from_text(const char *text, struct err *err)
{
	struct csv_reader *r = csv_open_memory("text.csv", text, strlen(text), err);
	struct session *s = r ? laps_load(r, "text.csv", NULL, err) : NULL;
	csv_close(r);
	return s;
}

static int64_t lap_at(const struct session *s, const char *car, uint32_t number)
{
	int c = session_car(s, car);
	assert_true(c >= 0);
	int64_t lap = session_lap(s, (uint32_t)c, number);
	assert_true(lap >= 0);
	return lap;
}

static void two_cars_of_one_number(void **state)
{
	(void)state;
	struct session *a = loaded(FIXTURE("anonymised_two_3.csv"));
	struct session *b = loaded(FIXTURE("anonymised_two_3_by_time.csv"));
	assert_int_equal(a->ncars, 3);
	assert_int_equal(b->ncars, 3);
	assert_int_equal(a->fingerprint, b->fingerprint);
	for (uint32_t c = 0; c < a->ncars; c++) {
		int same = session_car(b, a->cars[c].id);
		assert_true(same >= 0);
		assert_int_equal(a->cars[c].n, b->cars[same].n);
		for (uint32_t i = 0; i < a->cars[c].n; i++)
			assert_int_equal(a->laps.time[a->cars[c].first + i], b->laps.time[b->cars[same].first + i]);
	}
	assert_string_equal(a->cars[session_car(a, "3#2")].group, "Legends"); /* trimmed */
	assert_int_equal(a->laps.bits[lap_at(a, "3#2", 2)], LAP_BEST_OWN);
	assert_int_equal(a->laps.bits[lap_at(a, "13", 5)], LAP_BEST_SESSION);
	assert_int_equal(a->nmini, MINIS);
	assert_string_equal(a->mini_name[0], "IM1a");
	assert_string_equal(a->mini_name[5], "FL");
	assert_true(a->has_flags);
	assert_false(a->has_names);
	assert_int_equal(a->flag_count[FLAG_GREEN], 21);
	assert_int_equal(a->flag_count[FLAG_FINISH], 3);
	assert_int_equal(a->clock_start, 50400000);
	assert_int_equal(a->files.n, 1);
	assert_int_equal(a->files.at[0].role, ROLE_LAPS);
	assert_int_equal(a->files.at[0].rows, 24);
	session_free(a);
	session_free(b);
}

static void names_and_midnight(void **state)
{
	(void)state;
	struct session *s = loaded(FIXTURE("named_crlf_midnight.csv"));
	assert_int_equal(s->ncars, 4);
	assert_int_equal(s->warnings.total, 0);
	assert_int_equal(s->ndrivers, 5);
	assert_true(s->has_names);
	assert_false(s->has_flags);
	assert_int_equal(s->flag_count[FLAG_EMPTY], 16);
	const struct car *car = &s->cars[session_car(s, "7")];
	assert_string_equal(car->driver, "Ana S\xc3\xb8rli");
	assert_string_equal(car->class_name, "HYPERCAR");
	assert_string_equal(car->team, "O'Hara w/ Sons");
	car = &s->cars[session_car(s, "007")]; /* two at the wheel: the last one counts */
	assert_string_equal(car->driver, "\xc3\x98yvind \xc3\x96"
					 "berg");
	int64_t first = lap_at(s, "007", 1), third = lap_at(s, "007", 3);
	assert_int_equal(s->drivers[s->laps.driver[first]].seat, 1);
	assert_int_equal(s->drivers[s->laps.driver[third]].seat, 2);
	assert_int_equal(s->laps.bits[lap_at(s, "007", 2)], LAP_IN_PIT);
	assert_int_equal(s->laps.pit_time[third], 65158);
	assert_int_equal(s->laps.pit_time[first], MS_NONE);
	assert_int_equal(s->clock_start, 86000000);
	assert_true(s->laps.hour[third] < s->laps.hour[first]); /* past midnight */
	assert_int_equal(s->laps.line[first], 2);
	assert_int_equal(s->nmini, 0);
	assert_null(s->mini_name[0]);
	assert_int_equal(s->laps.mini[0][0], MS_NONE);
	session_free(s);
}

static void commas_and_quotes(void **state)
{
	(void)state;
	struct session *s = loaded(FIXTURE("comma_quoted.csv"));
	assert_int_equal(s->laps.n, 5);
	assert_int_equal(s->refused.total, 0);
	assert_string_equal(s->cars[session_car(s, "01")].team, "Lone Wolf Racing, LLC");
	assert_string_equal(s->cars[session_car(s, "1")].driver, "Ann \"Ace\" Lee");
	int64_t lap = lap_at(s, "1", 2);
	assert_int_equal(s->laps.time[lap], 63093055);
	assert_int_equal(s->laps.sector[0][lap], 62882751);
	assert_true(s->laps.time[lap_at(s, "01", 1)] < 60000);
	session_free(s);
}

static void sectors_and_minis(void **state)
{
	(void)state;
	struct session *s = loaded(FIXTURE("int1_blank_sectors.csv"));
	assert_int_equal(s->nmini, MINIS);
	assert_string_equal(s->mini_name[1], "INT-1");
	assert_string_equal(s->mini_name[3], "INT-2");
	assert_string_equal(s->cars[0].group, "P/A");
	assert_int_equal(s->laps.sector[0][1], MS_NONE); /* blank */
	assert_int_equal(s->laps.sector[1][2], MS_NONE); /* zero */
	assert_true(s->laps.sector[2][3] > 0);           /* unreadable, S3_LARGE says it */
	assert_int_equal(s->laps.top_speed[4], 0);
	assert_true(s->laps.top_speed[0] > 1000);
	assert_int_equal(s->warnings.total, 0);
	session_free(s);
}

static void refused_at(const struct session *s, uint32_t i, uint32_t line, const char *word)
{
	assert_true(i < s->refused.n);
	assert_int_equal(s->refused.at[i].line, line);
	if (!strstr(s->refused.at[i].why, word))
		fail_msg("line %u: %s", line, s->refused.at[i].why);
}

static void rows_that_cannot_be_used(void **state)
{
	(void)state;
	struct session *s = loaded(FIXTURE("bad_rows.csv"));
	refused_at(s, 0, 6, "no NUMBER");
	refused_at(s, 1, 7, "no LAP_NUMBER");
	refused_at(s, 2, 8, "LAP_NUMBER '0'");
	refused_at(s, 3, 9, "LAP_NUMBER '70000'");
	refused_at(s, 4, 10, "LAP_TIME 'fast' is not a time");
	refused_at(s, 5, 11, "zero");
	refused_at(s, 6, 12, "NUL");
	refused_at(s, 7, 13, "quote");
	refused_at(s, 8, 14, "carriage");
	refused_at(s, 9, 22, "ends inside");
	assert_int_equal(s->refused.total, 10);
	assert_int_equal(s->duplicate_rows, 1);
	assert_int_equal(s->laps.n, 9);
	assert_int_equal(s->rows, 20);
	assert_int_equal(s->flag_count[FLAG_OTHER], 2);
	assert_int_equal(s->flag_count[FLAG_SAFETY_CAR], 1);
	assert_int_equal(s->warnings.total, 2); /* one for PURPLE, one for the sum of the sectors */
	assert_non_null(strstr(s->warnings.at[0].why, "PURPLE"));
	assert_non_null(strstr(s->warnings.at[1].why, "S1 + S2 + S3"));
	assert_int_equal(s->laps.elapsed[lap_at(s, "22", 8)], MS_NONE); /* a ragged row */
	session_free(s);
}

static void little_is_enough(void **state)
{
	struct err err = {0};
	(void)state;
	struct session *s = loaded(FIXTURE("no_elapsed.csv"));
	assert_int_equal(s->ncars, 3);
	assert_int_equal(s->cars[session_car(s, "8#2")].n, 4);
	assert_false(s->has_elapsed);
	session_free(s);
	s = from_text("lap_time,x,number,lap_number\n1:00.5,,A 1,7\n", &err);
	assert_ok(s, &err);
	assert_string_equal(s->cars[0].id, "A 1");
	assert_int_equal(s->laps.time[0], 60500);
	session_free(s);
}

static void what_is_no_lap_file(void **state)
{
	struct err err = {0};
	(void)state;
	assert_null(from_text("NUMBER;LAP_NUMBER;LAP_TIME\n", &err));
	assert_non_null(strstr(err.msg, "no lap"));
	assert_null(from_text("NUMBER;LAPS;TIME\n1;2;3\n", &err));
	assert_non_null(strstr(err.msg, "LAP_NUMBER"));
	assert_null(from_text("NUMBER;LAP_NUMBER;LAP_TIME\n1;1;x\n", &err));
	assert_non_null(strstr(err.msg, "line 2"));
}

static void cancelled(void **state)
{
	struct err err = {0};
	atomic_bool stop = true;
	(void)state;
	struct csv_reader *r = csv_open(FIXTURE("bad_rows.csv"), &err);
	assert_ok(r, &err);
	assert_null(laps_load(r, "bad_rows.csv", &stop, &err));
	assert_int_equal(err.code, ERR_CANCELLED);
	csv_close(r);
}

/* --- Real files, where they are ------------------------------------------- */

static void real_files(void **state)
{
	static const struct {
		const char *name;
		uint32_t cars, laps, warnings;
	} files[] = {
		{"gr-cup/analysis_endurance/barber_r1_analysis_endurance.csv", 22, 579, 0},
		{"gr-cup/analysis_endurance/barber_r2_analysis_endurance.csv", 22, 602, 0},
		{"gr-cup/analysis_endurance/cota_r1_analysis_endurance.csv", 31, 486, 1},
		{"gr-cup/analysis_endurance/cota_r2_analysis_endurance.csv", 31, 508, 1},
		{"gr-cup/analysis_endurance/roadamerica_r1_analysis_endurance.csv", 28, 415, 0},
		{"gr-cup/analysis_endurance/roadamerica_r2_analysis_endurance.csv", 27, 430, 0},
		{"gr-cup/analysis_endurance/sonoma_r1_analysis_endurance.csv", 31, 669, 1},
		{"gr-cup/analysis_endurance/sonoma_r2_analysis_endurance.csv", 31, 650, 1},
		{"gr-cup-original/barber-2025-practice-1/23_AnalysisEnduranceWithSections_Practice 1.csv", 22, 368, 0},
		{"gr-cup-original/barber-2025-qualify-1/23_AnalysisEnduranceWithSections_Qualify 1.csv", 22, 197, 0},
		{"gr-cup-original/cota-2025-practice-1/23_AnalysisEnduranceWithSections_Practice 1.csv", 31, 311, 0},
		{"wec/23_Analysis_Race_Hour 24.csv", 61, 17771, 0},
		{"wec/fuji_6h.csv", 36, 7042, 0},
		{"wec/spa_6h.csv", 36, 4630, 0},
		{"imsa/2022-lime-rock/202207161510-race-laps.csv", 15, 2343, 0},
		{"imsa/2023-indianapolis/202309171310-race-laps.csv", 48, 4997, 0},
	};
	const char *dir = getenv("PITWALL_SHARED");
	char path[512];
	unsigned seen = 0;
	(void)state;
	for (size_t i = 0; i < COUNT_OF(files); i++) {
		snprintf(path, sizeof path, "%s/%s", dir ? dir : "../shared/data", files[i].name);
		FILE *f = fopen(path, "r");
		if (!f)
			continue;
		fclose(f);
		seen++;
		struct session *s = loaded(path);
		if (s->ncars != files[i].cars || s->laps.n != files[i].laps || s->warnings.total != files[i].warnings)
			fail_msg("%s: %u cars, %u laps, %u warnings", path, s->ncars, s->laps.n,
				 (unsigned)s->warnings.total);
		assert_int_equal(s->refused.total, 0);
		assert_int_equal(s->duplicate_rows, 0);
		assert_int_not_equal(s->clock_start, MS_NONE);
		session_free(s);
	}
	if (seen == 0)
		skip();
}

static void values_that_cannot_be_read(void **state)
{
	(void)state;
	struct err err = {0};
	struct session *s = from_text("NUMBER;DRIVER_NUMBER;LAP_NUMBER;LAP_TIME; S1;S1_LARGE;ELAPSED;KPH;TOP_SPEED\n"
				      "7;one;1;1:40.000;1:xx;0:30.000;1:40.000;130.0;\n"
				      "7;1;2;1:40.000;1:xx;-;soon;NaN;99999\n",
				      &err);
	static const char *const why[] = {"DRIVER_NUMBER 'one' is not a number", "S1 '1:xx' is not a time",
					  "ELAPSED 'soon' is not a time", "KPH 'NaN' is not a speed",
					  "TOP_SPEED '99999' is not a speed"};
	static const uint32_t line[] = {2, 3, 3, 3, 3}; /* on line 2 S1_LARGE says S1 */
	assert_ok(s, &err);
	assert_int_equal(s->laps.n, 2);
	assert_int_equal(s->laps.sector[0][0], 30000);
	assert_int_equal(s->laps.sector[0][1], MS_NONE);
	assert_int_equal(s->laps.elapsed[1], MS_NONE);
	assert_int_equal(s->laps.top_speed[1], 0);
	assert_int_equal(s->warnings.total, COUNT_OF(why));
	for (size_t i = 0; i < COUNT_OF(why); i++) {
		assert_int_equal(s->warnings.at[i].line, line[i]);
		if (!strstr(s->warnings.at[i].why, why[i]))
			fail_msg("%s", s->warnings.at[i].why);
	}
	session_free(s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(two_cars_of_one_number),
		cmocka_unit_test(names_and_midnight),
		cmocka_unit_test(commas_and_quotes),
		cmocka_unit_test(sectors_and_minis),
		cmocka_unit_test(rows_that_cannot_be_used),
		cmocka_unit_test(values_that_cannot_be_read),
		cmocka_unit_test(little_is_enough),
		cmocka_unit_test(what_is_no_lap_file),
		cmocka_unit_test(cancelled),
		cmocka_unit_test(real_files),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
