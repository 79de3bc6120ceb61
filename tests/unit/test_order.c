#include "core/analysis/order.h"

#include "tests/unit/laps_helper.h"

#define HEAD "NUMBER;LAP_NUMBER;LAP_TIME;ELAPSED;CLASS\n"

/* 1 leads 2 by a second; 3, of another class, is lapped on its lap 2; 4 stops after a lap. */
static const char *const four_cars = HEAD "1;1;1:40.000;1:40.000;A\n1;2;1:40.000;3:20.000;A\n1;3;1:40.000;5:00.000;A\n"
					  "2;1;1:40.300;1:40.300;A\n2;2;1:40.500;3:20.800;A\n2;3;1:40.200;5:01.000;A\n"
					  "3;1;2:30.000;2:30.000;B\n3;2;2:40.000;5:10.000;B\n"
					  "4;1;2:00.000;2:00.000;B\n";

static const struct lap_place *place_at(const struct analysis *an, const char *id, uint32_t number)
{
	return &an->order.lap[lap_of(an->session, id, number)];
}

static const struct place *row_of(const struct analysis *an, const char *id)
{
	return &an->order.table[an->order.row_of[car_of(an->session, id)]];
}

static void places_at_the_line(void **state)
{
	(void)state;
	struct session *s = session_from_text(four_cars);
	struct analysis *an = analysed(s, NULL);
	assert_int_equal(place_at(an, "1", 2)->position, 1);
	assert_int_equal(place_at(an, "1", 2)->gap, 0);
	assert_int_equal(place_at(an, "1", 2)->interval, MS_NONE);
	assert_int_equal(place_at(an, "2", 2)->gap, 800);
	assert_int_equal(place_at(an, "3", 2)->position, 3);
	assert_int_equal(place_at(an, "3", 2)->gap, 110000);
	assert_int_equal(place_at(an, "3", 2)->interval, 109200);
	/* When 3 ended its lap 2 the leader had done three. */
	assert_int_equal(place_at(an, "3", 2)->gap_laps, 1);
	assert_int_equal(place_at(an, "2", 3)->gap_laps, 0);
	session_and_analysis_free(s, an);
}

static void final_table(void **state)
{
	(void)state;
	struct session *s = session_from_text(four_cars);
	struct analysis *an = analysed(s, NULL);
	assert_int_equal(row_of(an, "2")->position, 2);
	assert_int_equal(row_of(an, "2")->gap, 1000);
	assert_int_equal(row_of(an, "2")->interval, 1000);
	assert_int_equal(row_of(an, "3")->gap, MS_NONE);
	assert_int_equal(row_of(an, "3")->gap_laps, 1);
	assert_int_equal(row_of(an, "3")->road_gap, 110000);
	assert_int_equal(row_of(an, "3")->position_class, 1);
	assert_int_equal(row_of(an, "4")->gap_laps, 2);
	assert_int_equal(row_of(an, "4")->interval_laps, 1);
	assert_int_equal(row_of(an, "4")->position_class, 2);
	assert_int_equal(row_of(an, "1")->interval, MS_NONE);
	session_and_analysis_free(s, an);
}

static void within_a_class(void **state)
{
	(void)state;
	struct analysis_options o;
	analysis_defaults(&o);
	o.class_name = "B";
	struct session *s = session_from_text(four_cars);
	struct analysis *an = analysed(s, &o);
	assert_int_equal(place_at(an, "1", 1)->position, 0);
	assert_int_equal(place_at(an, "1", 1)->gap, MS_NONE);
	assert_int_equal(place_at(an, "4", 1)->position, 1);
	assert_int_equal(place_at(an, "3", 1)->gap, 30000);
	assert_int_equal(row_of(an, "3")->gap, 0);
	assert_int_equal(row_of(an, "3")->gap_laps, 0);
	assert_int_equal(row_of(an, "4")->gap_laps, 1);
	/* Traffic knows no class: 1 of class A began its lap 3 behind 3. */
	assert_int_equal(an->order.air[lap_of(s, "1", 3)].ahead, car_of(s, "3"));
	session_and_analysis_free(s, an);
}

static void air(void **state)
{
	(void)state;
	struct session *s = session_from_text(four_cars);
	struct analysis *an = analysed(s, NULL);
	const struct lap_air *v = an->order.air;
	assert_int_equal(v[lap_of(s, "1", 1)].air, AIR_UNKNOWN);
	assert_int_equal(v[lap_of(s, "1", 2)].air, AIR_CLEAR); /* first over the line: nobody ahead */
	assert_int_equal(v[lap_of(s, "1", 2)].ahead, NO_CAR);
	assert_int_equal(v[lap_of(s, "2", 2)].air, AIR_HELD);
	assert_int_equal(v[lap_of(s, "2", 2)].gap, 300);
	assert_int_equal(v[lap_of(s, "2", 3)].air, AIR_CLOSE);
	assert_int_equal(v[lap_of(s, "3", 2)].air, AIR_CLEAR);
	assert_int_equal(v[lap_of(s, "3", 2)].gap, 30000);
	/* 1 started its lap 3 behind 3, a lap down, which had crossed last. */
	assert_int_equal(v[lap_of(s, "1", 3)].ahead, car_of(s, "3"));
	session_and_analysis_free(s, an);
}

static void air_is_never_oneself(void **state)
{
	(void)state;
	struct session *s = session_from_text(HEAD "1;1;1:40.000;1:40.000;A\n1;2;1:40.000;3:20.000;A\n"
						   "1;3;1:40.000;5:00.000;A\n2;1;1:30.000;1:30.000;A\n");
	struct analysis *an = analysed(s, NULL);
	const struct lap_air *third = &an->order.air[lap_of(s, "1", 3)];
	assert_int_equal(third->ahead, car_of(s, "2"));
	assert_int_equal(third->gap, 110000);
	session_and_analysis_free(s, an);
}

static void air_limits_are_settable(void **state)
{
	(void)state;
	struct analysis_options o;
	analysis_defaults(&o);
	o.held_under = 300;
	o.close_under = 800;
	struct session *s = session_from_text(four_cars);
	struct analysis *an = analysed(s, &o);
	assert_int_equal(an->order.air[lap_of(s, "2", 2)].air, AIR_CLOSE); /* 300 is not under 300 */
	assert_int_equal(an->order.air[lap_of(s, "2", 3)].air, AIR_CLEAR);
	assert_string_equal(air_name(AIR_HELD), "held");
	assert_string_equal(air_name(AIR_UNKNOWN), "");
	session_and_analysis_free(s, an);
}

static void equal_times_by_id(void **state)
{
	(void)state;
	struct session *s = session_from_text(HEAD "9;1;1:40.000;1:40.000;A\n10;1;1:40.000;1:40.000;A\n");
	struct analysis *an = analysed(s, NULL);
	assert_int_equal(an->order.table[0].car, car_of(s, "10"));
	assert_int_equal(s->laps.car[an->order.crossing[0]], car_of(s, "10"));
	assert_int_equal(place_at(an, "9", 1)->interval, 0);
	session_and_analysis_free(s, an);
}

static void timed_sessions_by_best_lap(void **state)
{
	(void)state;
	struct session *s = session_from_text(four_cars);
	s->kind = KIND_QUALIFYING;
	struct analysis *an = analysed(s, NULL);
	assert_int_equal(row_of(an, "2")->position, 2);
	assert_int_equal(row_of(an, "2")->gap, 200);
	assert_int_equal(row_of(an, "4")->position, 3);
	assert_int_equal(row_of(an, "4")->interval, 19800);
	assert_int_equal(row_of(an, "4")->gap_laps, 0);
	assert_int_equal(row_of(an, "1")->total, MS_NONE);
	assert_int_equal(place_at(an, "1", 1)->position, 0);
	session_and_analysis_free(s, an);
}

static void cut_at_a_lap(void **state)
{
	(void)state;
	struct analysis_options o;
	analysis_defaults(&o);
	o.lap = 1;
	struct session *s = session_from_text(four_cars);
	struct analysis *an = analysed(s, &o);
	assert_int_equal(row_of(an, "3")->position, 4);
	assert_int_equal(row_of(an, "3")->gap, 50000);
	assert_int_equal(an->order.ncrossing, 4);
	session_and_analysis_free(s, an);
}

/* While the race goes on the leader's latest crossing is no lap lost by who follows a second behind. */
static void cut_by_the_clock(void **state)
{
	(void)state;
	struct analysis_options o;
	analysis_defaults(&o);
	o.elapsed = 300500; /* 1 has ended its lap 3, 2 has not */
	struct session *s = session_from_text(four_cars);
	struct analysis *an = analysed(s, &o);
	assert_int_equal(row_of(an, "2")->laps, 2);
	assert_int_equal(row_of(an, "2")->gap_laps, 0);
	assert_int_equal(row_of(an, "2")->gap, 800);
	/* 4 stands: of the three laps the leader has done only the latest may not count yet */
	assert_int_equal(row_of(an, "4")->gap_laps, 1);
	assert_int_equal(row_of(an, "4")->gap, MS_NONE);
	session_and_analysis_free(s, an);
}

static void cut_before_anything(void **state)
{
	(void)state;
	struct analysis_options o;
	analysis_defaults(&o);
	o.elapsed = 0;
	struct session *s = session_from_text(four_cars);
	struct analysis *an = analysed(s, &o);
	assert_int_equal(an->order.ncrossing, 0);
	assert_int_equal(an->classes.clean, 0);
	assert_int_equal(row_of(an, "1")->laps, 0);
	assert_int_equal(an->bests.session.ideal, MS_NONE);
	session_and_analysis_free(s, an);
}

static void real_barber_at_lap_10(void **state)
{
	(void)state;
	struct analysis_options o;
	analysis_defaults(&o);
	o.lap = 10;
	struct session *s = session_from_file("gr-cup/analysis_endurance/barber_r2_analysis_endurance.csv");
	struct analysis *an = analysed(s, &o);
	assert_int_equal(an->order.table[0].car, car_of(s, "13"));
	assert_int_equal(row_of(an, "13")->gap, 0);
	assert_int_equal(row_of(an, "22")->gap, 1052);
	assert_int_equal(row_of(an, "72")->gap, 9213);
	assert_int_equal(place_at(an, "22", 10)->gap, 1052);
	session_and_analysis_free(s, an);
}

static void real_barber_air(void **state)
{
	(void)state;
	struct session *s = session_from_file("gr-cup/analysis_endurance/barber_r2_analysis_endurance.csv");
	struct analysis *an = analysed(s, NULL);
	const struct lap_air *v = an->order.air;
	assert_int_equal(v[lap_of(s, "22", 2)].ahead, car_of(s, "72"));
	assert_int_equal(v[lap_of(s, "22", 2)].gap, 26);
	for (uint32_t n = 2; n <= 28; n++) {
		unsigned want = n == 2 ? AIR_HELD : n < 12 ? AIR_CLEAR : v[lap_of(s, "22", n)].air;
		assert_int_equal(v[lap_of(s, "22", n)].air, want);
		assert_int_equal(v[lap_of(s, "13", n)].air, AIR_CLEAR);
		assert_true(n < 12 || v[lap_of(s, "22", n)].gap < 1000);
	}
	session_and_analysis_free(s, an);
}

static void real_le_mans_live(void **state)
{
	(void)state;
	struct analysis_options o;
	analysis_defaults(&o);
	o.elapsed = 18 * 3600000;
	o.class_name = "LMP2";
	struct session *s = session_from_file("wec/23_Analysis_Race_Hour 24.csv");
	struct analysis *an = analysed(s, &o);
	assert_int_equal(row_of(an, "31")->position, 5);
	assert_int_equal(row_of(an, "31")->position_class, 1);
	assert_int_equal(row_of(an, "31")->laps, 268);
	assert_int_equal(row_of(an, "41")->laps, 267);
	assert_int_equal(row_of(an, "41")->gap_laps, 0);
	assert_int_equal(row_of(an, "41")->gap, 192500);
	assert_int_equal(row_of(an, "28")->gap_laps, 1);
	assert_int_equal(row_of(an, "28")->road_gap, 276005);
	assert_int_equal(row_of(an, "26")->gap_laps, 5);
	session_and_analysis_free(s, an);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(places_at_the_line),   cmocka_unit_test(final_table),
		cmocka_unit_test(within_a_class),       cmocka_unit_test(air),
		cmocka_unit_test(air_is_never_oneself), cmocka_unit_test(air_limits_are_settable),
		cmocka_unit_test(equal_times_by_id),    cmocka_unit_test(timed_sessions_by_best_lap),
		cmocka_unit_test(cut_at_a_lap),         cmocka_unit_test(cut_by_the_clock),
		cmocka_unit_test(cut_before_anything),  cmocka_unit_test(real_barber_at_lap_10),
		cmocka_unit_test(real_barber_air),      cmocka_unit_test(real_le_mans_live),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
