/* Telemetry laps: which car, which day and hour, where the lap begins and ends, every channel over distance. */
#include <math.h>
#include <string.h>

#include "core/telemetry/set.h"
#include "tests/unit/tel_made.h"

static const struct made_car plain = {
	.number = "13", .time = {95400, 90000, 93000, 90600, 91200}, .zone = -5, .late = 310, .label = 2, .jitter = 11};

struct made {
	struct session *s;
	struct analysis *an;
	struct tel_stream *stream[4];
	struct tel_set *set;
};

static struct made make(const struct made_car *cars, unsigned n)
{
	struct made m = {.s = made_session(cars, n)};
	struct err err = {0};

	m.an = analysed(m.s, NULL);
	for (unsigned i = 0; i < n; i++)
		m.stream[i] = made_stream(&cars[i]);
	m.set = tel_set_new(m.an, m.stream, n, NULL, &err);
	assert_ok(m.set, &err);
	return m;
}

static void drop(struct made *m)
{
	tel_set_free(m->set);
	for (int i = 0; i < 4; i++)
		tel_stream_free(m->stream[i]);
	session_and_analysis_free(m->s, m->an);
}

static const struct tel_lap *lap(const struct made *m, const char *car, uint32_t number)
{
	const struct tel_lap *l = tel_set_lap(m->set, car_of(m->s, car), number);

	assert_non_null(l);
	return l;
}

/* --- which ------------------------------------------------------------------------ */

static void day_zone_and_clock_are_found(void **state)
{
	struct made m = make(&plain, 1);
	const struct tel_match *x = &m.set->cars[0].match;
	char day[32];

	(void)state;
	assert_true(x->found);
	assert_int_equal(x->by, KNOWN_BY_NUMBER);
	assert_int_equal(x->zone, -5);
	assert_true(x->midnight == made_epoch() + 5 * 3600000);
	assert_string_equal(tel_match_day(x, day), "2025-06-01 UTC-5");
	assert_in_range(x->late, 310 - 21, 310 + 21); /* ticks are 40 ms apart */
	assert_true(x->misfit < 0.05);
	assert_int_equal(x->laps, 5);
	assert_int_equal(m.set->nlaps, 5);
	drop(&m);
}

/* COTA's cars are 7.4 s late, and its label is one of the day before. */
static void a_late_clock_and_another_zone(void **state)
{
	struct made_car c = plain;

	(void)state;
	c.zone = 9;
	c.day = 3;
	c.late = 7400;
	struct made m = make(&c, 1);
	const struct tel_match *x = &m.set->cars[0].match;

	assert_true(x->found);
	assert_int_equal(x->zone, 9);
	assert_in_range(x->late, 7400 - 21, 7400 + 21);
	drop(&m);
}

static void without_labels_the_trigger_says_where_the_line_is(void **state)
{
	struct made_car c = plain;

	(void)state;
	c.label = -1;
	struct made m = make(&c, 1);
	const struct tel_match *x = &m.set->cars[0].match;

	assert_true(x->found);
	assert_in_range(x->late, 310 - 101, 310 + 101); /* its samples are 200 ms apart */
	assert_int_equal(m.set->lap[0].label, TEL_NO_LAP);
	drop(&m);
}

static void a_padded_number_and_none_at_all(void **state)
{
	struct made_car cars[3] = {plain, plain, plain};

	(void)state;
	cars[0].sent = "013";
	cars[1] = (struct made_car){.number = "2",
				    .sent = "000",
				    .time = {96000, 91800, 94200, 90000, 92400},
				    .zone = -5,
				    .late = 300,
				    .label = 1};
	cars[2].number = "013";
	cars[2].sent = "44";
	struct made m = make(cars, 3);

	/* "013" is painted on one car: that one, not 13. */
	assert_int_equal(m.set->cars[0].match.car, car_of(m.s, "013"));
	assert_int_equal(m.set->cars[0].match.by, KNOWN_BY_NUMBER);
	assert_true(m.set->cars[1].match.found);
	assert_int_equal(m.set->cars[1].match.by, KNOWN_BY_FIT);
	assert_int_equal(m.set->cars[1].match.car, car_of(m.s, "2"));
	assert_false(m.set->cars[2].match.found);
	assert_non_null(strstr(m.set->cars[2].match.why, "no car 44"));
	drop(&m);
}

static void zeros_in_front_do_not_matter_where_nobody_has_them(void **state)
{
	struct made_car c = plain;

	(void)state;
	c.sent = "013";
	struct made m = make(&c, 1);

	assert_true(m.set->cars[0].match.found);
	assert_int_equal(m.set->cars[0].match.by, KNOWN_BY_PADDED_NUMBER);
	drop(&m);
}

/* Samples of another race of the same car, on another day: its laps took other times. */
static void another_race_does_not_fit(void **state)
{
	const struct made_car other = {.number = "13",
				       .time = {97800, 92400, 90000, 95400, 90600, 93600},
				       .zone = -5,
				       .late = 300,
				       .label = 1,
				       .day = 1};
	struct session *s = made_session(&plain, 1), *t = made_session(&other, 1);
	struct tel_stream *stream = made_stream(&other);
	const struct session *both[] = {s, t};
	struct tel_options o;
	struct tel_match m;
	struct err err = {0};
	struct arena *a = arena_new(0);

	(void)state;
	tel_options_default(&o);
	assert_ok(tel_match_make(s, stream, &o, a, &m, &err), &err);
	assert_false(m.found);
	assert_true(*m.why);
	assert_ptr_equal(tel_match_session(both, 2, stream, &o, a, &m, &err), t);
	assert_true(m.found);
	arena_free(a);
	tel_stream_free(stream);
	session_free(s);
	session_free(t);
}

/* Two of three are of one hour: what fits only another one is not of this session, however well it fits. */
static void another_hour_than_the_others(void **state)
{
	struct made_car cars[3] = {plain, plain, plain};

	(void)state;
	cars[1].number = "2";
	cars[2].number = "3";
	cars[2].zone = -4;
	struct made m = make(cars, 3);

	assert_true(m.set->cars[0].match.found && m.set->cars[1].match.found);
	assert_false(m.set->cars[2].match.found);
	assert_non_null(strstr(m.set->cars[2].match.why, "another day or hour"));
	assert_int_equal(m.set->nlaps, 10);
	drop(&m);
}

/* --- distance ----------------------------------------------------------------------- */

static void distance_is_integrated_speed(void **state)
{
	struct made m = make(&plain, 1);

	(void)state;
	assert_true(fabs(m.set->length - made_length) < 0.5);
	for (uint32_t i = 0; i < m.set->nlaps; i++) {
		const struct tel_lap *l = &m.set->lap[i];

		assert_true(l->usable);
		assert_int_equal(l->source, DIST_SPEED);
		assert_true(fabs(l->length - made_length) < 1);
		assert_true(fabs(l->error) < 0.02);
		assert_true(l->residual < 0.01);
		assert_true(l->gap_max < 0.25);
		assert_int_equal(l->label, l->number + 2);
		for (unsigned k = 0; k < 5; k++) {
			assert_true(fabs(l->line[k].at - 600.0 * (k + 1)) < 1);
			assert_int_equal(l->line[k].official, l->time / 6 * (int)(k + 1));
		}
	}
	drop(&m);
}

static void the_source_with_the_smaller_residual_is_used(void **state)
{
	struct made_car c = plain;

	(void)state;
	c.slip = 0.01;
	c.jitter = 0;
	struct made m = make(&c, 1);

	for (uint32_t i = 0; i < m.set->nlaps; i++) {
		assert_int_equal(m.set->lap[i].source, DIST_TRIGGER);
		assert_true(m.set->lap[i].residual < 0.01);
	}
	drop(&m);
}

/* At 524.4 m a lap of 93 s has taken 12.0833 x 93 / 90 s. */
static void time_and_channels_stand_at_their_distance(void **state)
{
	struct made m = make(&plain, 1);
	const struct tel_lap *l = lap(&m, "13", 3);
	uint32_t n = m.set->n;

	(void)state;
	for (double t = 2; t < 90; t += 7.3) {
		uint32_t p = tel_point(m.set, made_metres(t));
		double at = tel_metres(m.set, p), speed = (40 + 15 * cos(0.20943951 * t)) * 3.6 * 90 / 93;

		double expected = t * 93 / 90 + (at - made_metres(t)) / (speed / 3.6);

		/* The line is known to half a tick, 20 ms, which counts twice where the car has half the speed it has at the line. */
		assert_true(fabs((double)l->t[p] - expected) < 0.03);
		assert_true(fabs((double)l->v[TEL_SPEED][p] - speed) < 1.0);
		assert_true((double)l->v[TEL_GEAR][p] == (t < 45 ? 2 : 3));
		assert_true(fabs((double)l->north[p] - (double)l->north[tel_point(m.set, 1800)] - (at - 1800)) < 3);
	}
	assert_true(l->t[0] == 0);
	assert_true(fabs((double)l->t[n - 1] - 93) < 1e-4);
	assert_null(l->v[TEL_ATH]);
	assert_null(l->v[TEL_LAT]);
	drop(&m);
}

static void a_hole_is_left_empty(void **state)
{
	struct made_car c = plain;

	(void)state;
	c.hole_from = 20;
	c.hole_to = 22;
	struct made m = make(&c, 1);
	const struct tel_lap *l = lap(&m, "13", 3);
	double from = made_metres(20), to = made_metres(22);

	assert_true(l->gap_max > 2 * 93 / 90.0 && l->gap_max < 2 * 93 / 90.0 + 0.45);
	assert_true(l->usable);
	assert_true(fabs(l->length - made_length) < 1.5); /* the acceleration at both ends says how the speed went */
	assert_true(fabs(l->hole_from - from) < 12 && fabs(l->hole_to - to) < 12);
	assert_true(isnan(l->t[tel_point(m.set, (from + to) / 2)]));
	assert_true(isnan(l->v[TEL_BRAKE_F][tel_point(m.set, (from + to) / 2)]));
	assert_false(isnan(l->t[tel_point(m.set, from - 15)]));
	assert_false(isnan(l->t[tel_point(m.set, to + 15)]));
	assert_non_null(strstr(l->why, "no samples from"));
	drop(&m);
}

static void a_lap_without_its_end_is_listed_but_not_used(void **state)
{
	struct made m = {.s = made_session(&plain, 1)};
	struct err err = {0};

	(void)state;
	m.an = analysed(m.s, NULL);
	m.stream[0] = made_stream(&plain);
	/* Cut 20 s before the end of the last lap. */
	while (m.stream[0]->t[m.stream[0]->n - 1] > m.stream[0]->t[0] + 2000 + 95400 + 90000 + 93000 + 90600 + 71200)
		m.stream[0]->n--;
	m.set = tel_set_new(m.an, m.stream, 1, NULL, &err);
	assert_ok(m.set, &err);
	assert_int_equal(m.set->nlaps, 5);
	assert_false(lap(&m, "13", 5)->usable);
	assert_non_null(strstr(lap(&m, "13", 5)->why, "beginning or end"));
	assert_true(lap(&m, "13", 4)->usable);
	drop(&m);
}

/* Arrival only: values over distance from the trigger, no times, no delta. */
static void no_clock_no_times(void **state)
{
	struct made m = {.s = made_session(&plain, 1)};
	struct err err = {0};

	(void)state;
	m.an = analysed(m.s, NULL);
	m.stream[0] = made_stream(&plain);
	m.stream[0]->car.has_clock = false;
	m.set = tel_set_new(m.an, m.stream, 1, NULL, &err);
	assert_ok(m.set, &err);
	assert_true(m.set->cars[0].match.found);
	assert_true(m.set->cars[0].no_clock);
	const struct tel_lap *l = lap(&m, "13", 3);

	assert_false(l->usable);
	assert_int_equal(l->source, DIST_TRIGGER);
	assert_non_null(strstr(l->why, "no clock"));
	assert_null(l->t);
	assert_true(fabs((double)l->v[TEL_SPEED][tel_point(m.set, 1800)] - 90 * 90 / 93.0) < 3);
	drop(&m);
}

static void nothing_gives_nothing(void **state)
{
	struct made m = {.s = made_session(&plain, 1)};
	struct err err = {0};

	(void)state;
	m.an = analysed(m.s, NULL);
	m.set = tel_set_new(m.an, NULL, 0, NULL, &err);
	assert_ok(m.set, &err);
	assert_int_equal(m.set->nlaps, 0);
	assert_int_equal(m.set->n, 0);
	tel_set_free(m.set);
	m.stream[0] = raw_stream("13", 0, 0, false);
	m.set = tel_set_new(m.an, m.stream, 1, NULL, &err);
	assert_ok(m.set, &err);
	assert_false(m.set->cars[0].match.found);
	drop(&m);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(day_zone_and_clock_are_found),
		cmocka_unit_test(a_late_clock_and_another_zone),
		cmocka_unit_test(without_labels_the_trigger_says_where_the_line_is),
		cmocka_unit_test(a_padded_number_and_none_at_all),
		cmocka_unit_test(zeros_in_front_do_not_matter_where_nobody_has_them),
		cmocka_unit_test(another_race_does_not_fit),
		cmocka_unit_test(another_hour_than_the_others),
		cmocka_unit_test(distance_is_integrated_speed),
		cmocka_unit_test(the_source_with_the_smaller_residual_is_used),
		cmocka_unit_test(time_and_channels_stand_at_their_distance),
		cmocka_unit_test(a_hole_is_left_empty),
		cmocka_unit_test(a_lap_without_its_end_is_listed_but_not_used),
		cmocka_unit_test(no_clock_no_times),
		cmocka_unit_test(nothing_gives_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
