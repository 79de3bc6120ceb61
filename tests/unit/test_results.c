#include "core/load/results.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/unit/helper.h"

static struct arena *a;

static int make(void **state)
{
	(void)state;
	a = arena_new(0);
	return a ? 0 : -1;
}

static int drop(void **state)
{
	(void)state;
	arena_free(a);
	return 0;
}

static struct results *load(const char *name, const char *text)
{
	struct err err = {0};
	struct csv_reader *r = csv_open_memory(name, text, strlen(text), &err);
	struct results *res;

	assert_ok(r, &err);
	res = results_load(r, name, a, &err);
	csv_close(r);
	assert_ok(res, &err);
	return res;
}

static enum file_role role(const char *name, const char *text)
{
	struct csv_reader *r = csv_open_memory(name, text, strlen(text), NULL);
	enum file_role is;

	assert_non_null(r);
	is = results_role(r, name);
	csv_close(r);
	return is;
}

static void header_tells_role(void **state)
{
	static const char race[] = "POSITION;NUMBER;STATUS;LAPS;TOTAL_TIME\n";
	static const char timed[] = "POS;NUMBER;LAP;TIME;GAP_FIRST;GAP_PREVIOUS;KPH; LAPS\n";

	(void)state;
	assert_int_equal(role("03_Results_Race 1.csv", race), ROLE_RESULTS);
	assert_int_equal(role("vir_r1_Provisional_results.csv", race), ROLE_RESULTS_PROVISIONAL);
	assert_int_equal(role("Virrd1Qualifying.csv", timed), ROLE_QUALIFYING);
	assert_int_equal(role("vir-qualify-1/03_Results.csv", timed), ROLE_QUALIFYING);
	assert_int_equal(role("03_Results_Practice 1.csv", timed), ROLE_RESULTS);
	assert_int_equal(role("x.csv", "CLASS_TYPE;POS;PIC;NUMBER;LAPS\n"), ROLE_RESULTS_CLASS);
	assert_int_equal(role("x.csv", "NUMBER;VEHICLE;BESTLAP_1;BESTLAP_1_LAPNUM\n"), ROLE_BEST_TEN);
	assert_int_equal(role("x.csv", "NUMBER; LAP_NUMBER; LAP_TIME\n"), ROLE_UNKNOWN);
	assert_int_equal(role("x.csv", "Pos;Participant;Points;Number;NAME\n"), ROLE_UNKNOWN);
}

static void race_rows(void **state)
{
	struct results *r = load("vir_r1_provisional_results.csv",
				 "\xef\xbb\xbfPOSITION;NUMBER;STATUS;LAPS;TOTAL_TIME;GAP_FIRST;GAP_PREVIOUS;FL_LAPNUM;"
				 "FL_TIME;TEAM;CLASS;GROUP;"
				 "VEHICLE;DRIVER_FIRSTNAME;DRIVER_SECONDNAME;\n"
				 "1.0;03;Classified;17;45:57.575;-;-;8;2:28.630;North;Am;Legends ;Coupe;Ada;Brandt*;\n"
				 "2.0;7;Classified;16;44:24.134;1 Lap;+0.2;0;0;North;Am;;Coupe;Mira;;\n"
				 ";88;Not started;0;;;;0;;Late;Am;;Coupe\n"
				 ";;Classified;3;;;;0;;;;;\n");
	const struct official *o = &r->rows[0].official;

	(void)state;
	assert_int_equal(r->n, 3);
	assert_false(r->timed);
	assert_string_equal(r->rows[0].number, "03");
	assert_string_equal(r->rows[0].driver, "Ada Brandt");
	assert_string_equal(r->rows[0].group, "Legends");
	assert_int_equal(o->position, 1);
	assert_int_equal(o->laps, 17);
	assert_int_equal(o->total, 2757575);
	assert_int_equal(o->fastest, 148630);
	assert_int_equal(o->fastest_lap, 8);
	assert_string_equal(o->gap, "-");
	assert_int_equal(o->line, 2);
	assert_string_equal(r->rows[1].driver, "Mira");
	assert_string_equal(r->rows[1].official.gap, "1 Lap");
	assert_int_equal(r->rows[1].official.fastest, MS_NONE);
	assert_int_equal(r->rows[1].official.fastest_lap, 0);
	assert_int_equal(r->rows[2].official.position, 0);
	assert_int_equal(r->rows[2].official.laps, 0);
	assert_int_equal(r->rows[2].official.total, MS_NONE);
	assert_string_equal(r->rows[2].official.status, "Not started");
	assert_string_equal(r->rows[2].driver, "");
	assert_int_equal(r->refused.total, 1);
	assert_int_equal(r->refused.at[0].line, 5);
}

static void several_drivers_ragged(void **state)
{
	struct results *r =
		load("race-results.csv",
		     "POSITION,NUMBER,STATUS,LAPS,TOTAL_TIME,GAP_FIRST,FL_LAPNUM,FL_TIME,TEAM,CLASS,DRIVER1_FIRSTNAME,"
		     "DRIVER1_SECONDNAME,DRIVER2_FIRSTNAME,DRIVER2_SECONDNAME,DRIVER3_FIRSTNAME,DRIVER3_SECONDNAME,\n"
		     "1,01,Classified,96,2:41:20.903,-,39,1:24.913,\"Lone Works, LLC\",GTD,Ada,Brandt,Otto,Elm\n");

	(void)state;
	assert_string_equal(r->rows[0].number, "01");
	assert_string_equal(r->rows[0].team, "Lone Works, LLC");
	assert_string_equal(r->rows[0].driver, "Ada Brandt / Otto Elm");
	assert_int_equal(r->rows[0].official.total, 9680903);
}

static void timed_and_by_class(void **state)
{
	struct results *q = load("Virrd1Qualifying.csv", "POS;NUMBER;LAP;TIME;GAP_FIRST;GAP_PREVIOUS;KPH; LAPS;TEAM\r\n"
							 "1;13;4;1:36.926;-;-;137.5;9;BSI\r\n;5;;;;;;2;X\r\n");
	struct results *c =
		load("05_Results by Class.csv", "CLASS_TYPE;POS;PIC;NUMBER;TEAM;VEHICLE;DRIVER;LAPS;ELAPSED;GAP_FIRST;"
						"GAP_PREVIOUS;BEST_LAP_NUM;BEST_LAP_TIME\n"
						"Am;4;2;22;T;V;Pia Falk;27;45:17.775;+1'02.492;1 Laps;7;1:37.746\n");
	struct results *p =
		load("05_Results by Class_Practice.csv",
		     "CLASS_TYPE;POS;PIC;NUMBER;TEAM;VEHICLE;DRIVER;TOTAL_LAPS;LAP;TIME;GAP_FIRST;GAP_PREVIOUS;KPH;\n"
		     "Am;1;1;13;T;V;W W;9;4;1:36.926;;;137.5;\n");

	(void)state;
	assert_true(q->timed);
	assert_int_equal(q->rows[0].official.fastest, 96926);
	assert_int_equal(q->rows[0].official.fastest_lap, 4);
	assert_int_equal(q->rows[0].official.laps, 9);
	assert_int_equal(q->rows[0].official.total, MS_NONE);
	assert_int_equal(q->rows[1].official.position, 0);
	assert_int_equal(q->rows[1].official.fastest, MS_NONE);
	assert_int_equal(c->rows[0].official.position, 4);
	assert_int_equal(c->rows[0].official.position_class, 2);
	assert_int_equal(c->rows[0].official.total, 2717775);
	assert_string_equal(c->rows[0].official.gap, "+1'02.492");
	assert_string_equal(c->rows[0].driver, "Pia Falk");
	assert_string_equal(c->rows[0].class_name, "Am");
	assert_true(p->timed);
	assert_int_equal(p->rows[0].official.laps, 9);
}

static void best_ten(void **state)
{
	struct results *r =
		load("best.csv", "NUMBER;CLASS;FIRSTNAME;SECONDNAME;TOTAL_DRIVER_LAPS;BESTLAP_1;BESTLAP_1_LAPNUM;"
				 "BESTLAP_2;BESTLAP_2_LAPNUM;BESTLAP_3;BESTLAP_3_LAPNUM;AVERAGE;\n"
				 "3;Am;Ivo;Castel;11;2:30.227;8;2:30.867;3;;0;2:30.547;\n");
	const struct best_ten *b = &r->rows[0].best_ten;

	(void)state;
	assert_true(b->present);
	assert_int_equal(b->n, 2);
	assert_int_equal(b->total_laps, 11);
	assert_int_equal(b->time[1], 150867);
	assert_int_equal(b->lap[1], 3);
	assert_int_equal(b->average, 150547);
	assert_string_equal(r->rows[0].driver, "Ivo Castel");
	assert_int_equal(r->rows[0].official.fastest, 150227);
}

static void nothing_in_it(void **state)
{
	static const char *const texts[] = {"POSITION;NUMBER;LAPS\n", "A;B\n1;2\n", "POSITION;NUMBER;LAPS\n1;;3\n"};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(texts); i++) {
		struct err err = {0};
		struct csv_reader *r = csv_open_memory("x.csv", texts[i], strlen(texts[i]), &err);

		assert_ok(r, &err);
		assert_null(results_load(r, "x.csv", a, &err));
		assert_int_equal(err.code, ERR_FORMAT);
		assert_non_null(strstr(err.msg, "x.csv"));
		csv_close(r);
	}
}

/* A file that goes on for a gigabyte costs no more than one with ten thousand rows. */
static void more_rows_than_a_result_has(void **state)
{
	enum { ROWS = 30000, LINE = 16 };
	char *text = malloc(40 + ROWS * LINE), *p = text;

	(void)state;
	assert_non_null(text);
	p += sprintf(p, "POSITION;NUMBER;LAPS\n");
	for (int i = 0; i < ROWS; i++)
		p += sprintf(p, "1;%d;3\n", i);
	struct results *r = load("x.csv", text);
	free(text);
	assert_int_equal(r->n, 10000);
	assert_int_equal(r->refused.total, 1);
	assert_int_equal(r->refused.at[0].line, 10002);
	assert_string_equal(r->rows[9999].number, "9999");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(header_tells_role, make, drop),
		cmocka_unit_test_setup_teardown(race_rows, make, drop),
		cmocka_unit_test_setup_teardown(several_drivers_ragged, make, drop),
		cmocka_unit_test_setup_teardown(timed_and_by_class, make, drop),
		cmocka_unit_test_setup_teardown(best_ten, make, drop),
		cmocka_unit_test_setup_teardown(nothing_in_it, make, drop),
		cmocka_unit_test_setup_teardown(more_rows_than_a_result_has, make, drop),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
