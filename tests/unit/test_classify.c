#include "core/analysis/classify.h"

#include "core/base/buf.h"
#include "tests/unit/laps_helper.h"

#define HEAD "NUMBER;LAP_NUMBER;LAP_TIME;ELAPSED;CROSSING_FINISH_LINE_IN_PIT;PIT_TIME;FLAG_AT_FL\n"

static enum lap_status status_of(const struct analysis *an, uint32_t number)
{
	return (enum lap_status)an->classes.lap[lap_of(an->session, "7", number)].status;
}

static const struct lap_class *class_of(const struct analysis *an, uint32_t number)
{
	return &an->classes.lap[lap_of(an->session, "7", number)];
}

/* One car with every reason: stop over laps 4 and 5, caution shown at the end of lap 6. */
static const char *const every_reason = HEAD "7;1;1:50.000;1:50.000;;;GF\n"
					     "7;2;1:40.000;3:30.000;;;GF\n"
					     "7;3;1:46.999;5:16.999;;;GF\n"
					     "7;4;1:50.000;7:06.999;B;;GF\n"
					     "7;5;2:20.000;9:26.999;;0:00:30.000;GF\n"
					     "7;6;2:30.000;11:56.999;;;FCY\n"
					     "7;7;1:41.000;13:37.999;;;GF\n"
					     "7;8;1:47.000;15:24.999;;;FF\n";

static void reasons(void **state)
{
	(void)state;
	static const enum lap_status want[] = {LAP_FIRST, LAP_CLEAN,   LAP_CLEAN, LAP_IN,
					       LAP_OUT,   LAP_CAUTION, LAP_CLEAN, LAP_SLOW};
	struct session *s = session_from_text(every_reason);
	struct analysis *an = analysed(s, NULL);
	for (unsigned i = 0; i < COUNT_OF(want); i++)
		assert_int_equal(status_of(an, i + 1), want[i]);
	assert_int_equal(an->classes.clean, 3);
	assert_int_equal(class_of(an, 4)->stint, 1);
	assert_int_equal(class_of(an, 5)->stint, 2);
	assert_int_equal(class_of(an, 8)->stint, 2);
	session_and_analysis_free(s, an);
}

static void second_look(void **state)
{
	(void)state;
	/* Lap 7 began under caution and was 1:41.000, under 103 % of the first pass' median (1:40.000 and 1:46.999). */
	struct session *s = session_from_text(every_reason);
	struct analysis *an = analysed(s, NULL);
	assert_int_equal(class_of(an, 7)->label, LABEL_RESTART);
	assert_int_equal(class_of(an, 6)->label, LABEL_NONE);
	assert_true(class_of(an, 6)->caution_end && class_of(an, 7)->caution_start);
	assert_string_equal(lap_label_name(LABEL_EDGE), "edge");
	session_and_analysis_free(s, an);
}

static void the_limits_are_strict(void **state)
{
	(void)state;
	/* 1:47.000 is 107 % of 1:40.000 and so slow; 1:43.000 is 103 % of the median and so stays a caution. */
	struct session *s = session_from_text(HEAD "7;1;1:40.000;1:40.000;;;GF\n7;2;1:40.000;3:20.000;;;GF\n"
						   "7;3;1:47.000;5:07.000;;;GF\n7;4;1:43.000;6:50.000;;;FCY\n"
						   "7;5;1:42.999;8:32.999;;;GF\n");
	struct analysis *an = analysed(s, NULL);
	assert_int_equal(status_of(an, 3), LAP_SLOW);
	assert_int_equal(status_of(an, 4), LAP_CAUTION);
	assert_int_equal(status_of(an, 5), LAP_CLEAN);
	session_and_analysis_free(s, an);
}

static void pit_time_without_in_lap(void **state)
{
	(void)state;
	/* A pit-lane start and a stop whose in-lap was not marked: out-laps, but no new stint. B with PIT_TIME: in. */
	struct session *s = session_from_text(HEAD "7;1;1:50.000;1:50.000;;0:00:40.000;GF\n"
						   "7;2;1:40.000;3:30.000;;0:00:30.000;GF\n"
						   "7;3;1:40.000;5:10.000;B;0:04:00.000;GF\n"
						   "7;4;1:40.000;6:50.000;;;GF\n");
	struct analysis *an = analysed(s, NULL);
	assert_int_equal(status_of(an, 1), LAP_FIRST);
	assert_true(class_of(an, 1)->out);
	assert_int_equal(status_of(an, 2), LAP_OUT);
	assert_int_equal(class_of(an, 2)->stint, 1);
	assert_true(class_of(an, 3)->in && !class_of(an, 3)->out);
	assert_int_equal(status_of(an, 4), LAP_OUT);
	assert_int_equal(class_of(an, 4)->stint, 2);
	session_and_analysis_free(s, an);
}

static void unknown_flag_is_a_caution(void **state)
{
	(void)state;
	struct session *s = session_from_text(HEAD "7;1;1:40.000;1:40.000;;;GF\n7;2;1:40.000;3:20.000;;;GF\n"
						   "7;3;2:40.000;6:00.000;;;XX\n7;4;2:40.000;8:40.000;;;\n");
	struct analysis *an = analysed(s, NULL);
	assert_int_equal(status_of(an, 3), LAP_CAUTION);
	assert_int_equal(status_of(an, 4), LAP_CAUTION);
	assert_false(flag_is_caution(FLAG_EMPTY));
	session_and_analysis_free(s, an);
}

static void lost_row_hides_what_came_before(void **state)
{
	(void)state;
	/* Lap 3 is lost: nobody knows whether lap 4 began under the caution of lap 2 or after a stop. */
	struct session *s = session_from_text(HEAD "7;1;1:40.000;1:40.000;;;GF\n7;2;1:50.000;3:30.000;B;;FCY\n"
						   "7;4;1:40.000;7:00.000;;;GF\n");
	struct analysis *an = analysed(s, NULL);
	assert_false(class_of(an, 4)->caution_start);
	assert_int_equal(status_of(an, 4), LAP_CLEAN);
	assert_int_equal(class_of(an, 4)->stint, 2);
	session_and_analysis_free(s, an);
}

static void excluded_by_hand(void **state)
{
	(void)state;
	const struct exclusion out[] = {
		{"7", 2, "cut the chicane"}, {"99", 1, "no such car"}, {"7", 99, "no such lap"}};
	struct analysis_options o;
	analysis_defaults(&o);
	o.excluded = out;
	o.nexcluded = COUNT_OF(out);
	struct session *s = session_from_text(every_reason);
	struct analysis *an = analysed(s, &o);
	assert_int_equal(status_of(an, 2), LAP_EXCLUDED);
	/* Without the 1:40.000 the best is 1:41.000, and 1:47.000 is no longer slow. */
	assert_int_equal(status_of(an, 8), LAP_CLEAN);
	assert_int_equal(an->bests.car[0].best.lap, 7);
	assert_string_equal(an->options.excluded[0].why, "cut the chicane");
	session_and_analysis_free(s, an);
}

static void future_is_not_there(void **state)
{
	(void)state;
	struct analysis_options o;
	analysis_defaults(&o);
	o.lap = 3;
	struct session *s = session_from_text(every_reason);
	struct analysis *an = analysed(s, &o);
	assert_int_equal(an->classes.seen[0], 3);
	assert_int_equal(status_of(an, 3), LAP_CLEAN);
	assert_int_equal(status_of(an, 4), LAP_FUTURE);
	analysis_free(an);
	o.lap = 0;
	o.elapsed = 210000;
	an = analysed(s, &o);
	assert_int_equal(an->classes.seen[0], 2);
	session_and_analysis_free(s, an);
}

/* Cars 7.. of a file without flags: ten laps of 100 s, but `slow` of them take 150 s for lap 6. */
static struct session *field_of(unsigned cars, unsigned slow)
{
	struct buf b;
	buf_init(&b, 1 << 16);
	buf_str(&b, "NUMBER;LAP_NUMBER;LAP_TIME;ELAPSED\n");
	for (unsigned car = 0; car < cars; car++) {
		unsigned elapsed = 0;
		for (unsigned lap = 1; lap <= 10; lap++) {
			unsigned time = lap == 6 && car < slow ? 150 : 100 + (lap == 1 ? car : 0);
			elapsed += time;
			buf_fmt(&b, "%u;%u;%u:%02u.000;%u:%02u:%02u.000\n", car + 7, lap, time / 60, time % 60,
				elapsed / 3600, elapsed / 60 % 60, elapsed % 60);
		}
	}
	struct session *s = session_from_text(b.p);
	buf_release(&b);
	return s;
}

static void field_slow(void **state)
{
	(void)state;
	struct session *s = field_of(6, 6);
	struct analysis *an = analysed(s, NULL);
	assert_true(an->classes.field_slow_used);
	assert_int_equal(an->classes.nslow, 1);
	/* The fifth car ends its slow lap at 654 s; at 752 s three of six have, at 753 s four have done a quick lap 7. */
	assert_int_equal(an->classes.slow[0].from, 654000);
	assert_int_equal(an->classes.slow[0].to, 752000);
	assert_true(an->classes.slow[0].factor > 1.49 && an->classes.slow[0].factor < 1.51);
	/* 7 was the first to end lap 6, before anybody could tell; its quick lap 7 only touches the end of the span. */
	assert_int_equal(status_of(an, 6), LAP_SLOW);
	assert_int_equal(status_of(an, 7), LAP_CLEAN);
	assert_int_equal(class_of(an, 7)->label, LABEL_EDGE);
	assert_int_equal(an->classes.lap[lap_of(s, "12", 6)].status, LAP_CAUTION);
	session_and_analysis_free(s, an);
}

static void four_slow_cars_are_no_field(void **state)
{
	(void)state;
	struct session *s = field_of(4, 4);
	struct analysis *an = analysed(s, NULL);
	assert_false(an->classes.field_slow_used);
	session_and_analysis_free(s, an);
	s = field_of(9, 4); /* four of nine: the median is not slow */
	an = analysed(s, NULL);
	assert_false(an->classes.field_slow_used);
	session_and_analysis_free(s, an);
}

static void names(void **state)
{
	(void)state;
	assert_string_equal(lap_status_name(LAP_CLEAN), "clean");
	assert_string_equal(lap_status_name(LAP_NO_TIME), "no_time");
	assert_string_equal(lap_status_name(LAP_FUTURE), "future");
}

static const struct real {
	const char *file;
	uint32_t cars, laps, clean;
} real[] = {
	{"gr-cup/analysis_endurance/barber_r1_analysis_endurance.csv", 22, 579, 507},
	{"gr-cup/analysis_endurance/barber_r2_analysis_endurance.csv", 22, 602, 561},
	{"gr-cup/analysis_endurance/cota_r1_analysis_endurance.csv", 31, 486, 357},
	{"gr-cup/analysis_endurance/cota_r2_analysis_endurance.csv", 31, 508, 340},
	{"gr-cup/analysis_endurance/roadamerica_r1_analysis_endurance.csv", 28, 415, 322},
	{"gr-cup/analysis_endurance/roadamerica_r2_analysis_endurance.csv", 27, 430, 333},
	{"gr-cup/analysis_endurance/sonoma_r1_analysis_endurance.csv", 31, 669, 503},
	{"gr-cup/analysis_endurance/sonoma_r2_analysis_endurance.csv", 31, 650, 461},
	{"gr-cup-original/barber-2025-practice-1/23_AnalysisEnduranceWithSections_Practice 1.csv", 22, 368, 283},
	{"gr-cup-original/barber-2025-qualify-1/23_AnalysisEnduranceWithSections_Qualify 1.csv", 22, 197, 162},
	{"gr-cup-original/cota-2025-practice-1/23_AnalysisEnduranceWithSections_Practice 1.csv", 31, 311, 175},
	{"wec/fuji_6h.csv", 36, 7042, 5736},
	{"wec/spa_6h.csv", 36, 4630, 3581},
	{"imsa/2022-lime-rock/202207161510-race-laps.csv", 15, 2343, 2121},
	{"imsa/2023-indianapolis/202309171310-race-laps.csv", 48, 4997, 4042},
};

static void real_counts(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT_OF(real); i++) {
		struct session *s = session_from_file(real[i].file);
		struct analysis *an = analysed(s, NULL);
		assert_int_equal(s->ncars, real[i].cars);
		assert_int_equal(s->laps.n, real[i].laps);
		assert_int_equal(an->classes.clean, real[i].clean);
		session_and_analysis_free(s, an);
	}
}

/* No flag column: 11,500 before the field's pace is asked. */
static void real_le_mans(void **state)
{
	(void)state;
	struct session *s = session_from_file("wec/23_Analysis_Race_Hour 24.csv");
	struct analysis *an = analysed(s, NULL);
	assert_int_equal(s->ncars, 61);
	assert_int_equal(s->laps.n, 17771);
	assert_int_equal(an->classes.clean, 11140);
	assert_int_equal(an->classes.nslow, 30);
	analysis_free(an);
	s->has_flags = true; /* every flag is empty then, and the field is not asked */
	an = analysed(s, NULL);
	assert_int_equal(an->classes.clean, 11500);
	session_and_analysis_free(s, an);
}

static void real_le_mans_at_18_hours(void **state)
{
	(void)state;
	struct session *s = session_from_file("wec/23_Analysis_Race_Hour 24.csv");
	struct analysis_options o;
	analysis_defaults(&o);
	o.elapsed = 18 * 3600000;
	struct analysis *an = analysed(s, &o);
	const struct slow_span *last = &an->classes.slow[an->classes.nslow - 1];
	assert_int_equal(last->to, o.elapsed);
	assert_int_equal(last->cars, 31);
	assert_int_equal(round_half_away(last->factor * 100), 127);
	session_and_analysis_free(s, an);
}

/* COTA R1 lap 14: one restart, six leaders over the line before it and twenty others behind. */
static void real_restart(void **state)
{
	(void)state;
	struct session *s = session_from_file("gr-cup/analysis_endurance/cota_r1_analysis_endurance.csv");
	struct analysis *an = analysed(s, NULL);
	unsigned restart = 0, plain = 0;
	for (uint32_t i = 0; i < s->laps.n; i++)
		if (s->laps.number[i] == 14 && an->classes.lap[i].status == LAP_CLEAN) {
			restart += an->classes.lap[i].label == LABEL_RESTART;
			plain += an->classes.lap[i].label == LABEL_NONE;
		}
	assert_int_equal(restart, 6);
	assert_int_equal(plain, 20);
	session_and_analysis_free(s, an);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(reasons),
		cmocka_unit_test(second_look),
		cmocka_unit_test(the_limits_are_strict),
		cmocka_unit_test(pit_time_without_in_lap),
		cmocka_unit_test(unknown_flag_is_a_caution),
		cmocka_unit_test(lost_row_hides_what_came_before),
		cmocka_unit_test(excluded_by_hand),
		cmocka_unit_test(future_is_not_there),
		cmocka_unit_test(field_slow),
		cmocka_unit_test(four_slow_cars_are_no_field),
		cmocka_unit_test(names),
		cmocka_unit_test(real_counts),
		cmocka_unit_test(real_le_mans),
		cmocka_unit_test(real_le_mans_at_18_hours),
		cmocka_unit_test(real_restart),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
