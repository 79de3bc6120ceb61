#include "core/analysis/best.h"

#include "tests/unit/laps_helper.h"

#define HEAD "NUMBER;LAP_NUMBER;LAP_TIME;S1;S2;S3;ELAPSED;LAP_IMPROVEMENT;CROSSING_FINISH_LINE_IN_PIT\n"

/* Lap 4 is the fastest, but 3 is marked; the best sectors stand on three laps; lap 5 goes into the pits. */
static const char *const marked = HEAD "7;1;1:45.000;35.000;30.000;40.000;1:45.000;0;\n"
				       "7;2;1:40.000;30.000;30.500;39.500;3:25.000;0;\n"
				       "7;3;1:39.000;29.500;30.000;39.500;5:04.000;2;\n"
				       "7;4;1:38.900;30.000;29.900;39.000;6:42.900;0;\n"
				       "7;5;1:37.000;28.000;29.000;40.000;8:19.900;0;B\n";

static void marked_best(void **state)
{
	(void)state;
	struct session *s = session_from_text(marked);
	struct analysis *an = analysed(s, NULL);
	const struct car_best *b = &an->bests.car[0];
	assert_true(b->marked);
	assert_int_equal(b->best.time, 99000);
	assert_int_equal(b->best.lap, 3);
	assert_int_equal(b->minimum.lap, 5);
	session_and_analysis_free(s, an);
}

static void marks_are_not_read_at_a_cut(void **state)
{
	(void)state;
	struct analysis_options o;
	analysis_defaults(&o);
	o.lap = 4;
	struct session *s = session_from_text(marked);
	struct analysis *an = analysed(s, &o);
	const struct car_best *b = &an->bests.car[0];
	assert_false(b->marked);
	assert_int_equal(b->best.lap, 4);
	assert_int_equal(b->ndeleted, 0);
	session_and_analysis_free(s, an);
}

static void ideal(void **state)
{
	(void)state;
	struct session *s = session_from_text(marked);
	struct analysis *an = analysed(s, NULL);
	const struct car_best *b = &an->bests.car[0];
	/* The pit lap's 28.0 and 29.0 are no part of it. */
	assert_int_equal(b->ideal, 29500 + 29900 + 39000);
	assert_int_equal(b->part[0].lap, 3);
	assert_int_equal(b->part[1].lap, 4);
	assert_int_equal(b->part[2].lap, 4);
	assert_int_equal(b->ideal_mini, MS_NONE);
	assert_false(b->ideal_over_best);
	session_and_analysis_free(s, an);
}

static void rolling(void **state)
{
	(void)state;
	struct session *s = session_from_text(marked);
	struct analysis *an = analysed(s, NULL);
	const struct car_best *b = &an->bests.car[0];
	/* S2 S3 of lap 3 and S1 of 4: 99.5; S3 of 3 and S1 S2 of 4: 99.4; lap 4: 98.9. Of 2 and 3: 99.5, 99.0. */
	assert_int_equal(b->rolling, 98900);
	assert_int_equal(b->rolling_from, 4);
	assert_int_equal(b->rolling_to, 4);
	session_and_analysis_free(s, an);
}

static void rolling_across_the_line(void **state)
{
	(void)state;
	struct session *s = session_from_text(HEAD "7;1;1:45.000;35.000;30.000;40.000;1:45.000;0;\n"
						   "7;2;1:40.000;31.000;30.000;39.000;3:25.000;0;\n"
						   "7;3;1:40.000;29.000;30.000;41.000;5:05.000;0;\n");
	struct analysis *an = analysed(s, NULL);
	assert_int_equal(an->bests.car[0].rolling, 98000);
	assert_int_equal(an->bests.car[0].rolling_from, 2);
	assert_int_equal(an->bests.car[0].rolling_to, 3);
	assert_int_equal(an->bests.session.rolling, 98000);
	session_and_analysis_free(s, an);
}

static void deleted_by_the_mark(void **state)
{
	(void)state;
	struct session *s = session_from_text(marked);
	struct analysis *an = analysed(s, NULL);
	const struct car_best *b = &an->bests.car[0];
	/* Lap 4; the pit lap 5 is faster, too, but no lap anybody would count. */
	assert_int_equal(b->ndeleted, 1);
	assert_int_equal(b->deleted[0].lap, 4);
	assert_int_equal(b->deleted[0].time, 98900);
	assert_true(an->bests.deleted[lap_of(s, "7", 4)]);
	/* It was driven: it stays in pace. */
	assert_int_equal(an->classes.lap[lap_of(s, "7", 4)].status, LAP_CLEAN);
	session_and_analysis_free(s, an);
}

static void deleted_by_the_list(void **state)
{
	(void)state;
	struct session *s = session_from_text(marked);
	s->cars[0].best_ten = (struct best_ten){.present = true, .n = 2, .time = {99000, 98900}, .lap = {3, 4}};
	struct analysis *an = analysed(s, NULL);
	/* Lap 2 should stand in a list of two; lap 4 was faster than the mark all the same. */
	assert_int_equal(an->bests.car[0].ndeleted, 2);
	assert_int_equal(an->bests.car[0].deleted[0].lap, 2);
	session_and_analysis_free(s, an);
}

static void unknown_sectors(void **state)
{
	(void)state;
	/* The best lap has no S1: the ideal is of slower laps, and says so. */
	struct session *s = session_from_text(HEAD "7;1;1:45.000;35.000;30.000;40.000;1:45.000;0;\n"
						   "7;2;1:40.000;30.000;30.000;40.000;3:25.000;0;\n"
						   "7;3;1:38.000;;;39.500;5:03.000;0;\n");
	struct analysis *an = analysed(s, NULL);
	assert_int_equal(an->bests.car[0].ideal, 99500);
	assert_true(an->bests.car[0].ideal_over_best);
	assert_int_equal(an->bests.car[0].rolling, 100000);
	session_and_analysis_free(s, an);
}

static void nothing_known(void **state)
{
	(void)state;
	struct session *s = session_from_text("NUMBER;LAP_NUMBER;LAP_TIME\n7;1;1:45.000\n");
	struct analysis *an = analysed(s, NULL);
	const struct car_best *b = &an->bests.car[0];
	assert_int_equal(b->best.time, 105000);
	assert_int_equal(b->ideal, MS_NONE);
	assert_int_equal(b->rolling, MS_NONE);
	assert_int_equal(an->bests.session.ideal, MS_NONE);
	session_and_analysis_free(s, an);
}

#define BARBER_R2 "gr-cup/analysis_endurance/barber_r2_analysis_endurance.csv"

static void check_ref(const struct session *s, const struct lap_ref *r, ms_t time, const char *car)
{
	assert_int_equal(r->time, time);
	assert_int_equal(r->car, car_of(s, car));
}

static void real_barber(void **state)
{
	(void)state;
	struct session *s = session_from_file(BARBER_R2);
	struct analysis *an = analysed(s, NULL);
	const struct car_best *b = &an->bests.car[car_of(s, "22")];
	assert_int_equal(b->best.time, 97304);
	assert_int_equal(b->best.lap, 11);
	assert_true(b->marked);
	assert_int_equal(b->ideal, 97082);
	assert_int_equal(b->rolling, 97220);
	b = &an->bests.car[car_of(s, "13")];
	assert_int_equal(b->ideal, 97073);
	assert_int_equal(b->rolling, 97161);
	session_and_analysis_free(s, an);
}

static void real_session_best(void **state)
{
	(void)state;
	struct session *s = session_from_file(BARBER_R2);
	struct analysis *an = analysed(s, NULL);
	const struct session_best *b = &an->bests.session;
	static const uint16_t mini_laps[MINIS] = {11, 25, 8, 17, 2, 6};
	assert_int_equal(b->ideal, 96935);
	check_ref(s, &b->part[0], 26505, "22");
	check_ref(s, &b->part[1], 42098, "22");
	check_ref(s, &b->part[2], 28332, "13");
	assert_int_equal(b->ideal_mini, 96778);
	for (unsigned k = 0; k < MINIS; k++)
		assert_int_equal(b->mini_part[k].lap, mini_laps[k]);
	assert_int_equal(b->mini_part[1].car, car_of(s, "41"));
	assert_int_equal(b->rolling, 97161);
	assert_int_equal(b->rolling_car, car_of(s, "13"));
	assert_int_equal(b->rolling_from, 2);
	assert_int_equal(b->rolling_to, 3);
	session_and_analysis_free(s, an);
}

static void real_ideals_over_best(void **state)
{
	(void)state;
	struct session *s = session_from_file("gr-cup/analysis_endurance/roadamerica_r1_analysis_endurance.csv");
	struct analysis *an = analysed(s, NULL);
	unsigned over = 0;
	for (uint32_t i = 0; i < s->ncars; i++)
		over += an->bests.car[i].ideal_over_best;
	assert_int_equal(over, 10);
	session_and_analysis_free(s, an);
}

/* Two drivers with one number. */
static void real_two_cars_3(void **state)
{
	(void)state;
	struct session *s = session_from_file("gr-cup/analysis_endurance/cota_r1_analysis_endurance.csv");
	struct analysis *an = analysed(s, NULL);
	uint32_t a = car_of(s, "3"), b = car_of(s, "3#2");
	assert_int_equal(s->cars[a].n, 17);
	assert_int_equal(s->cars[b].n, 17);
	assert_int_equal(an->bests.car[a].best.time, 152070);
	assert_int_equal(an->bests.car[a].best.lap, 9);
	assert_int_equal(an->bests.car[a].ideal, 151504);
	assert_int_equal(an->bests.car[b].best.time, 151035);
	assert_int_equal(an->bests.car[b].best.lap, 10);
	assert_int_equal(an->bests.car[b].ideal, 150544);
	assert_int_equal(an->order.table[an->order.row_of[a]].total, 2779358);
	assert_int_equal(an->order.table[an->order.row_of[b]].total, 2771933);
	assert_int_equal(an->paces.car[a].all.n, 13);
	assert_int_equal(an->paces.car[a].all.median, 152909);
	assert_int_equal(an->paces.car[b].all.n, 13);
	assert_int_equal(an->paces.car[b].all.median, 151913);
	session_and_analysis_free(s, an);
}

/* The stewards deleted 47's lap 7. */
static void real_deleted_lap(void **state)
{
	(void)state;
	struct session *s = session_from_file("gr-cup/analysis_endurance/cota_r1_analysis_endurance.csv");
	struct analysis *an = analysed(s, NULL);
	const struct car_best *b = &an->bests.car[car_of(s, "47")];
	assert_int_equal(b->best.time, 149846);
	assert_int_equal(b->best.lap, 10);
	assert_int_equal(b->ndeleted, 1);
	assert_int_equal(b->deleted[0].lap, 7);
	assert_int_equal(b->deleted[0].time, 149690);
	session_and_analysis_free(s, an);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(marked_best),
		cmocka_unit_test(marks_are_not_read_at_a_cut),
		cmocka_unit_test(ideal),
		cmocka_unit_test(rolling),
		cmocka_unit_test(rolling_across_the_line),
		cmocka_unit_test(deleted_by_the_mark),
		cmocka_unit_test(deleted_by_the_list),
		cmocka_unit_test(unknown_sectors),
		cmocka_unit_test(nothing_known),
		cmocka_unit_test(real_barber),
		cmocka_unit_test(real_session_best),
		cmocka_unit_test(real_ideals_over_best),
		cmocka_unit_test(real_two_cars_3),
		cmocka_unit_test(real_deleted_lap),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
