#include "core/analysis/driver_pace.h"

#include <math.h>
#include <string.h>

#include "core/analysis/lap_sets.h"
#include "tests/unit/laps_helper.h"

#define HEADER                                                                                                         \
	"NUMBER;DRIVER_NUMBER;LAP_NUMBER;LAP_TIME;CROSSING_FINISH_LINE_IN_PIT;S1;S2;S3;ELAPSED;FLAG_AT_FL;"            \
	"DRIVER_NAME;CLASS\n"

/* Two cars of one class: A drives laps 1 to 3 of car 1, B laps 4 and 5; car 2 is always 50.2. */
static struct session *two_drivers(void)
{
	return session_from_text(HEADER "1;1;1;50;;20;20;10;50;GF;A;X\n1;1;2;50;;20;20;10;100;GF;A;X\n"
					"1;1;3;50.4;;20.4;20;10;150.4;GF;A;X\n1;2;4;51;;21;20;10;201.4;GF;B;X\n"
					"1;2;5;51.2;;21;20.2;10;252.6;GF;B;X\n"
					"2;1;1;50.2;;20;20.2;10;50.2;GF;C;X\n2;1;2;50.2;;20;20.2;10;100.4;GF;C;X\n"
					"2;1;3;50.2;;20;20.2;10;150.6;GF;C;X\n2;1;4;50.2;;20;20.2;10;200.8;GF;C;X\n"
					"2;1;5;50.2;;20;20.2;10;251;GF;C;X\n");
}

/* Clean laps of the class: 50.0 50.4 51.0 51.2 and four of 50.2: the middle is 50.2. */
static void each_driver_against_the_class(void **state)
{
	struct session *s = two_drivers();
	struct analysis *an = analysed(s, NULL);
	struct arena *a = arena_new(0);
	struct driver_paces p;
	struct err err = {0};

	(void)state;
	assert_ok(driver_pace_make(an, car_of(s, "1"), a, &p, &err), &err);
	assert_int_equal(p.n, 2);
	assert_int_equal(p.class_cars, 2);
	assert_string_equal(p.row[0].name, "A");
	assert_int_equal(p.row[0].clean, 2);
	assert_int_equal(p.row[0].n, 2);
	assert_int_equal(p.row[0].minus[0], -200);
	assert_int_equal(p.row[0].minus[1], 200);
	assert_int_equal(p.row[0].median, 50200);
	assert_int_equal(p.row[0].v_class.median, 0);
	assert_int_equal(p.row[0].v_class.low, MS_NONE);
	assert_false(p.row[0].now);
	assert_int_equal(p.row[1].v_class.median, 900);
	assert_true(p.row[1].now);
	arena_free(a);
	session_and_analysis_free(s, an);
}

static void the_window_is_twenty_minutes(void **state)
{
	struct session *s =
		session_from_text(HEADER "1;1;1;50;;20;20;10;50;GF;A;X\n1;1;2;50;;20;20;10;100;GF;A;X\n"
					 "2;1;1;50;;20;20;10;649;GF;B;X\n2;1;2;51;;20;21;10;700;GF;B;X\n"
					 "3;1;1;50;;20;20;10;650.001;GF;C;X\n3;1;2;50;;20;20;10;700.001;GF;C;X\n");
	struct analysis *an = analysed(s, NULL);
	struct arena *a = arena_new(0);
	struct class_clock c;
	struct err err = {0};

	(void)state;
	assert_ok(class_clock_make(an, car_of(s, "1"), a, &c, &err), &err);
	assert_int_equal(c.n, 3);
	assert_int_equal(c.ncars, 3);
	/* 100.000 to 700.000: the second car's lap is in, the third's a millisecond out. */
	assert_int_equal(class_clock_minus(&c, lap_of(s, "1", 2), s->laps.time), -500);
	assert_int_equal(class_clock_minus(&c, lap_of(s, "1", 2), place_times(s, 1, -1)), -500);
	assert_int_equal(class_clock_minus(&c, lap_of(s, "2", 2), s->laps.time), 1000);
	arena_free(a);
	session_and_analysis_free(s, an);
}

static void nobody_named_is_no_driver(void **state)
{
	struct session *s = session_from_text("NUMBER;LAP_NUMBER;LAP_TIME;ELAPSED\n1;1;50;50\n1;2;50;100\n");
	struct analysis *an = analysed(s, NULL);
	struct arena *a = arena_new(0);
	struct driver_paces p;
	struct err err = {0};

	(void)state;
	assert_ok(driver_pace_make(an, 0, a, &p, &err), &err);
	assert_int_equal(p.n, 0);
	arena_free(a);
	session_and_analysis_free(s, an);
}

/* 12 laps a side, every one of YOURS 100 slower than every one of the other's; then both alike. */
static void a_shift_is_clear_or_not(void **state)
{
	ms_t you[12], ref[12];
	struct arena *a = arena_new(0);
	struct shift s;

	(void)state;
	for (int i = 0; i < 12; i++) {
		ref[i] = i;
		you[i] = 100 + i;
	}
	assert_true(shift_make(you, 12, ref, 12, 0.05, a, &s));
	assert_true(s.clear);
	assert_true(fabs(s.median - 100) < 0.01);
	assert_true(s.low > 89 && s.high < 111);
	assert_true(shift_make(ref, 12, ref, 12, 0.05, a, &s));
	assert_false(s.clear);
	assert_true(fabs(s.median) < 0.01);
	assert_true(shift_make(you, 2, ref, 2, 0.05, a, &s));
	assert_true(isnan(s.low) && !s.clear);
	assert_true(shift_make(you, 0, ref, 2, 0.05, a, &s));
	assert_true(isnan(s.median) && !s.clear);
	arena_free(a);
}

/* The drivers of one car: first lap against first, each minus the class of its own minutes. */
static void drivers_of_one_car_are_normalised(void **state)
{
	struct session *s = two_drivers();
	struct analysis *an = analysed(s, NULL);
	struct arena *a = arena_new(0);
	uint32_t of_a[2] = {lap_of(s, "1", 2), lap_of(s, "1", 3)}, of_b[2] = {lap_of(s, "1", 4), lap_of(s, "1", 5)};
	struct lap_set ref = {an, (uint16_t)car_of(s, "1"), of_a, 2}, you = {an, (uint16_t)car_of(s, "1"), of_b, 2};
	struct comparison c;
	struct err err = {0};

	(void)state;
	assert_ok(compare_sets_make(&ref, &you, a, &c, &err), &err);
	assert_true(c.normalised);
	assert_int_equal(c.npairs, 2);
	assert_int_equal(c.nclean, 2);
	assert_int_equal(c.pairs[0].delta, 1000);
	assert_int_equal(c.pairs[1].delta, 800);
	assert_int_equal(c.pairs[1].number, 5);
	assert_int_equal(c.pairs[0].gap, MS_NONE);
	assert_int_equal(c.nledger, 0);
	assert_int_equal(c.row[0].all.median, 900);
	assert_int_equal(c.row[0].verdict, VERDICT_TOO_FEW);
	arena_free(a);
	session_and_analysis_free(s, an);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_driver_against_the_class),     cmocka_unit_test(the_window_is_twenty_minutes),
		cmocka_unit_test(nobody_named_is_no_driver),         cmocka_unit_test(a_shift_is_clear_or_not),
		cmocka_unit_test(drivers_of_one_car_are_normalised),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
