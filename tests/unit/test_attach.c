#include "core/load/attach.h"

#include <string.h>

#include "core/load/laps.h"
#include "tests/unit/helper.h"

/* Three laps each of 03 and 3, both written "3", and of 7: ELAPSED ends at 5:00.000, 5:30.000, 4:40.000. */
#define ANONYMISED                                                                                                     \
	"NUMBER; LAP_NUMBER; LAP_TIME; LAP_IMPROVEMENT; ELAPSED;CLASS;GROUP\n"                                         \
	"3;1;1:41.000;0;1:41.000;Am;\n3;2;1:39.000;2;3:20.000;Am;\n3;3;1:40.000;0;5:00.000;Am;\n"                      \
	"3;1;1:51.000;0;1:51.000;Am;Legends \n3;2;1:50.000;0;3:41.000;Am;Legends "                                     \
	"\n3;3;1:49.000;2;5:30.000;Am;Legends \n"                                                                      \
	"7;1;1:34.000;0;1:34.000;Am;\n7;2;1:33.000;3;3:07.000;Am;\n7;3;1:33.000;0;4:40.000;Am;\n"
#define RACE_HEAD                                                                                                      \
	"POSITION;NUMBER;STATUS;LAPS;TOTAL_TIME;GAP_FIRST;FL_LAPNUM;FL_TIME;TEAM;DRIVER_FIRSTNAME;DRIVER_SECONDNAME\n"
#define QUALI_HEAD "POS;NUMBER;LAP;TIME; LAPS;TEAM;CLASS;GROUP;DRIVER_FIRSTNAME;DRIVER_SECONDNAME\n"

static struct arena *a;
static struct session *s;
static const char *why;

static struct session *session_of(const char *text)
{
	struct err err = {0};
	struct csv_reader *r = csv_open_memory("laps.csv", text, strlen(text), &err);
	struct session *made;

	assert_ok(r, &err);
	made = laps_load(r, "laps.csv", NULL, &err);
	csv_close(r);
	assert_ok(made, &err);
	made->id = "vir_r1";
	return made;
}

static struct results *results_of(const char *name, const char *text)
{
	struct err err = {0};
	struct csv_reader *r = csv_open_memory(name, text, strlen(text), &err);
	struct results *made;

	assert_ok(r, &err);
	made = results_load(r, name, a, &err);
	csv_close(r);
	assert_ok(made, &err);
	return made;
}

static int make(void **state)
{
	(void)state;
	a = arena_new(0);
	s = session_of(ANONYMISED);
	why = "";
	return 0;
}

static int drop(void **state)
{
	(void)state;
	session_free(s);
	arena_free(a);
	return 0;
}

/* The car that finished with this ELAPSED. */
static struct car *car_at(ms_t last)
{
	for (uint32_t i = 0; i < s->ncars; i++) {
		struct car *c = &s->cars[i];

		if (s->laps.elapsed[c->first + c->n - 1] == last)
			return c;
	}
	fail_msg("no car ends at %d", last);
	return NULL;
}

static void two_cars_of_one_number(void **state)
{
	struct results *r = results_of(
		"provisional.csv", RACE_HEAD
		"1;7;Classified;3;4:40.000;-;2;1:33.000;Harbour;Mira;Dorn\n"
		"2;3;Classified;3;5:35.000;+1;3;1:49.000;Quarry;Ivo;Castel\n"
		"3;3;Classified;3;5:00.000;+2;2;1:39.000;North;Ada;Brandt\n;88;Not started;0;;;0;;Late;No;Go\n");

	(void)state;
	assert_true(attach_results(s, r, &why));
	assert_string_equal(car_at(300000)->driver, "Ada Brandt");
	assert_int_equal(car_at(300000)->provisional.position, 3);
	assert_string_equal(car_at(330000)->driver, "Ivo Castel");
	assert_int_equal(car_at(330000)->provisional.total, 335000);
	assert_int_equal(s->nnot_started, 1);
	assert_string_equal(s->not_started[0].number, "88");
	assert_string_equal(s->not_started[0].driver, "No Go");
	assert_int_equal(s->files.n, 2);
	assert_int_equal(s->files.at[1].state, FILE_USED);
	/* Again, in other words. */
	r = results_of("provisional copy.csv", RACE_HEAD "1;7;Classified;3;4:40.000;-;2;1:33.000;;;\n"
							 "2;3;Classified;3;5:35.000;;3;1:49.000;;;\n"
							 "3;3;Classified;3;5:00.000;;2;1:39.000;;;\n");
	assert_true(attach_results(s, r, &why));
	assert_int_equal(s->files.at[2].state, FILE_DUPLICATE);
	/* Official beside provisional. */
	r = results_of("results.csv", RACE_HEAD "2;7;Classified;3;4:50.000;-;2;1:33.000;;;\n"
						"1;3;Classified;3;5:35.000;;3;1:49.000;;;\n"
						"3;03;Classified;3;5:00.000;;2;1:39.000;;;\n");
	assert_true(attach_results(s, r, &why));
	assert_int_equal(car_at(280000)->provisional.position, 1);
	assert_int_equal(car_at(280000)->final.position, 2);
	assert_int_equal(car_at(280000)->final.total, 290000);
	assert_int_equal(car_at(300000)->final.position, 3); /* 03 is the 3 whose figures agree */
	/* A second official file that says something else. */
	r = results_of("results2.csv", RACE_HEAD "3;7;Classified;3;4:50.000;-;2;1:33.000;;;\n"
						 "1;3;Classified;3;5:35.000;;3;1:49.000;;;\n"
						 "2;3;Classified;3;5:00.000;;2;1:39.000;;;\n");
	assert_false(attach_results(s, r, &why));
	assert_non_null(strstr(why, "other figures"));
	assert_int_equal(car_at(280000)->final.position, 2);
}

static void other_races_are_refused(void **state)
{
	struct results *r = results_of("r.csv", RACE_HEAD "1;7;Classified;4;4:40.000;-;2;1:33.000;;;\n"
							  "2;3;Classified;3;5:30.000;;3;1:49.000;;;\n");

	(void)state;
	assert_false(attach_results(s, r, &why));
	assert_string_equal(why, "laps and fastest lap agree with vir_r1 for only 1 of 2 cars");
	assert_int_equal(s->files.n, 1);
	r = results_of("r.csv", RACE_HEAD "1;7;Not started;0;;;0;;;;\n");
	assert_false(attach_results(s, r, &why));
	r = results_of("03_Results.csv",
		       QUALI_HEAD "1;7;2;1:33.000;3;;;;;\n2;3;2;1:39.000;3;;;;;\n3;3;3;1:49.000;3;;;;;\n");
	assert_false(attach_results(s, r, &why));
	s->kind = KIND_PRACTICE;
	assert_true(attach_results(s, r, &why));
	assert_int_equal(car_at(330000)->final.position, 3);
}

static void best_ten_and_class(void **state)
{
	struct results *b = results_of(
		"best.csv", "NUMBER;TOTAL_DRIVER_LAPS;BESTLAP_1;BESTLAP_1_LAPNUM;BESTLAP_2;BESTLAP_2_LAPNUM\n"
			    "3;3;1:49.000;3;1:50.000;2\n3;3;1:39.000;2;1:40.000;3\n7;3;1:33.000;2;1:33.000;3\n");
	struct results *c = results_of(
		"class.csv",
		"CLASS_TYPE;POS;PIC;NUMBER;DRIVER;LAPS;ELAPSED;GAP_FIRST;BEST_LAP_NUM;BEST_LAP_TIME\n"
		"Am;1;1;7;Mira "
		"Dorn;3;4:40.000;;2;1:33.000\nAm;2;2;3;;3;5:00.000;;2;1:39.000\nAm;3;3;3;;3;5:30.000;;3;1:49.000\n");

	(void)state;
	assert_true(attach_results(s, b, &why));
	assert_true(attach_results(s, c, &why));
	assert_int_equal(car_at(330000)->best_ten.time[0], 109000);
	assert_int_equal(car_at(300000)->best_ten.time[1], 100000);
	assert_int_equal(car_at(330000)->by_class.position_class, 3);
	assert_string_equal(car_at(280000)->driver, "Mira Dorn");
	assert_false(car_at(280000)->final.present);
}

static void grid_by_group(void **state)
{
	struct results *q =
		results_of("Virrd1Qualifying.csv", QUALI_HEAD
			   "1;7;2;1:30.000;5;Harbour;Am;;Mira;Dorn\n2;3;2;1:31.000;5;Quarry;Am;Legends;Ivo;Castel*\n"
			   "3;03;2;1:32.000;5;North;Am;;Ada;Brandt\n");

	(void)state;
	assert_true(attach_grid(s, q, &why));
	assert_int_equal(car_at(280000)->grid, 1);
	assert_int_equal(car_at(300000)->grid, 3);
	assert_int_equal(car_at(300000)->grid_time, 92000);
	assert_string_equal(car_at(300000)->driver, "Ada Brandt");
	assert_int_equal(car_at(330000)->grid, 2);
	assert_string_equal(car_at(330000)->driver, "Ivo Castel");
	assert_true(attach_grid(s, q, &why));
	assert_int_equal(s->files.n, 2); /* listed once */
}

static void grid_that_cannot_be_told(void **state)
{
	struct results *q =
		results_of("Virrd1Qualifying.csv",
			   QUALI_HEAD "1;7;2;1:30.000;5;Harbour;Am;;Mira;Dorn\n2;3;2;1:31.000;5;Quarry;Am;;Ivo;Castel\n"
				      "3;03;2;1:32.000;5;North;Am;;Ada;Brandt\n");

	(void)state;
	car_at(330000)->group = "";
	assert_true(attach_grid(s, q, &why));
	assert_int_equal(car_at(280000)->grid, 1);
	assert_int_equal(car_at(300000)->grid, 0);
	assert_string_equal(car_at(300000)->driver, "");
	assert_int_equal(car_at(330000)->grid, 0);
	/* One name known settles both. */
	car_at(330000)->driver = "Ivo Castel";
	assert_true(attach_grid(s, q, &why));
	assert_int_equal(car_at(330000)->grid, 2);
	assert_int_equal(car_at(300000)->grid, 3);
	assert_string_equal(car_at(300000)->driver, "Ada Brandt");
}

static void grid_of_another_event(void **state)
{
	struct results *q =
		results_of("Virrd1Qualifying.csv", QUALI_HEAD "1;70;2;1:30.000;5;;;;;\n2;7;2;1:31.000;5;;;;;\n");

	(void)state;
	assert_false(attach_grid(s, q, &why));
	assert_string_equal(why, "only 1 of 2 numbers are cars of vir_r1");
	assert_int_equal(car_at(280000)->grid, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(two_cars_of_one_number, make, drop),
		cmocka_unit_test_setup_teardown(other_races_are_refused, make, drop),
		cmocka_unit_test_setup_teardown(best_ten_and_class, make, drop),
		cmocka_unit_test_setup_teardown(grid_by_group, make, drop),
		cmocka_unit_test_setup_teardown(grid_that_cannot_be_told, make, drop),
		cmocka_unit_test_setup_teardown(grid_of_another_event, make, drop),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
