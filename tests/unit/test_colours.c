#include "core/analysis/colours.h"

#include "tests/unit/laps_helper.h"

#define HEAD "NUMBER;LAP_NUMBER;LAP_TIME;S1;S2;S3;ELAPSED;CLASS\n"

static unsigned colour(const struct analysis *an, const char *id, uint32_t number, unsigned sector)
{
	return an->colours.sector[sector - 1][lap_of(an->session, id, number)];
}

static unsigned lap_colour(const struct analysis *an, const char *id, uint32_t number)
{
	return an->colours.lap[lap_of(an->session, id, number)];
}

/* 2 starts a second behind 1. Its S1 of lap 1 (29.0) is known before 1's S1 of lap 2 (28.5). */
static const char *const two_cars = HEAD "1;1;1:40.000;30.000;30.000;40.000;1:40.000;A\n"
					 "1;2;1:38.500;28.500;30.000;40.000;3:18.500;A\n"
					 "2;1;1:40.000;29.000;30.500;40.500;1:41.000;B\n"
					 "2;2;1:39.000;29.000;30.200;39.800;3:20.000;B\n";

static void as_the_clock_goes(void **state)
{
	(void)state;
	struct session *s = session_from_text(two_cars);
	struct analysis *an = analysed(s, NULL);
	assert_int_equal(colour(an, "1", 1, 1), COLOUR_PURPLE); /* the first of all */
	assert_int_equal(colour(an, "2", 1, 1), COLOUR_PURPLE); /* 29.0 beats 30.0 */
	assert_int_equal(colour(an, "2", 1, 2), COLOUR_GREEN);  /* 30.5: its own first */
	assert_int_equal(colour(an, "1", 2, 1), COLOUR_PURPLE);
	assert_int_equal(colour(an, "1", 2, 2), COLOUR_YELLOW); /* equal is not better */
	assert_int_equal(colour(an, "2", 2, 1), COLOUR_YELLOW);
	assert_int_equal(colour(an, "2", 2, 2), COLOUR_GREEN);
	assert_int_equal(colour(an, "2", 2, 3), COLOUR_PURPLE);
	assert_int_equal(an->colours.purple, 6);
	assert_int_equal(an->colours.green, 3);
	assert_int_equal(an->colours.yellow, 3);
	session_and_analysis_free(s, an);
}

static void whole_laps(void **state)
{
	(void)state;
	struct session *s = session_from_text(two_cars);
	struct analysis *an = analysed(s, NULL);
	assert_int_equal(lap_colour(an, "1", 1), COLOUR_PURPLE);
	assert_int_equal(lap_colour(an, "2", 1), COLOUR_GREEN);
	assert_int_equal(lap_colour(an, "1", 2), COLOUR_PURPLE);
	assert_int_equal(lap_colour(an, "2", 2), COLOUR_GREEN);
	session_and_analysis_free(s, an);
}

static void within_a_class(void **state)
{
	(void)state;
	struct analysis_options o;
	analysis_defaults(&o);
	o.class_name = "B";
	struct session *s = session_from_text(two_cars);
	struct analysis *an = analysed(s, &o);
	assert_int_equal(colour(an, "1", 1, 1), COLOUR_NONE);
	assert_int_equal(colour(an, "2", 1, 2), COLOUR_PURPLE);
	session_and_analysis_free(s, an);
}

static void nothing_later_leaks_in(void **state)
{
	(void)state;
	struct analysis_options o;
	analysis_defaults(&o);
	struct session *s = session_from_text(two_cars);
	struct analysis *all = analysed(s, NULL);
	o.lap = 1;
	struct analysis *cut = analysed(s, &o);
	for (unsigned k = 1; k <= SECTORS; k++) {
		assert_int_equal(colour(cut, "1", 1, k), colour(all, "1", 1, k));
		assert_int_equal(colour(cut, "2", 1, k), colour(all, "2", 1, k));
		assert_int_equal(colour(cut, "1", 2, k), COLOUR_NONE);
	}
	analysis_free(all);
	session_and_analysis_free(s, cut);
}

static void unknown_sectors(void **state)
{
	(void)state;
	struct session *s = session_from_text(HEAD "1;1;1:40.000;;;40.000;1:40.000;A\n"
						   "1;2;1:40.000;30.000;30.000;;3:20.000;A\n"
						   "1;3;1:40.000;;30.000;;5:00.000;A\n");
	struct analysis *an = analysed(s, NULL);
	assert_int_equal(colour(an, "1", 1, 1), COLOUR_NONE);
	assert_int_equal(colour(an, "1", 1, 3), COLOUR_PURPLE);
	assert_int_equal(colour(an, "1", 2, 2), COLOUR_PURPLE); /* placed by S1 where S3 is missing */
	assert_int_equal(colour(an, "1", 3, 2), COLOUR_NONE);   /* when it ended is not known */
	session_and_analysis_free(s, an);
}

static void names(void **state)
{
	(void)state;
	assert_null(colour_name(COLOUR_NONE));
	assert_string_equal(colour_name(COLOUR_PURPLE), "purple");
	assert_string_equal(colour_name(COLOUR_GREEN), "green");
	assert_string_equal(colour_name(COLOUR_YELLOW), "yellow");
}

static void real_barber(void **state)
{
	(void)state;
	struct session *s = session_from_file("gr-cup/analysis_endurance/barber_r2_analysis_endurance.csv");
	struct analysis *an = analysed(s, NULL);
	assert_int_equal(an->colours.purple, 12);
	assert_int_equal(an->colours.green, 291);
	assert_int_equal(an->colours.yellow, 1503);
	session_and_analysis_free(s, an);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(as_the_clock_goes), cmocka_unit_test(whole_laps),
		cmocka_unit_test(within_a_class),    cmocka_unit_test(nothing_later_leaks_in),
		cmocka_unit_test(unknown_sectors),   cmocka_unit_test(names),
		cmocka_unit_test(real_barber),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
