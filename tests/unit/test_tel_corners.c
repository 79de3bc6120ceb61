/* Deltas, corners, one lap against another, five against five, grip: of a race that can be worked out by hand (tel_made.h). */
#include <math.h>
#include <string.h>

#include "core/telemetry/advice.h"
#include "core/telemetry/grip.h"
#include "core/telemetry/outline.h"
#include "tests/unit/tel_made.h"

static const double w = 0.20943951023931953; /* waves: 6 pi / 90 */

/* Both drive the same but for the second corner: there 7 brakes 0.2 s early, on every lap. */
static const struct made_car cars[2] = {
	{.number = "13",
	 .time = {95400, 90000, 90300, 90600, 90060, 90120, 90240},
	 .zone = -5,
	 .late = 310,
	 .label = 1,
	 .jitter = 9},
	{.number = "7",
	 .time = {99000, 90060, 90180, 90600, 90300, 90240, 90360},
	 .early = {0.2, 0.2, 0.2, 0.2, 0.2, 0.2, 0.2},
	 .zone = -5,
	 .late = 290,
	 .label = 2,
	 .jitter = 9},
};

static struct made {
	struct session *s;
	struct analysis *an;
	struct tel_stream *stream[2];
	struct tel_set *set;
	struct arena *arena;
} m;

static int make(void **state)
{
	struct err err = {0};

	(void)state;
	m.s = made_session(cars, 2);
	m.an = analysed(m.s, NULL);
	for (int i = 0; i < 2; i++)
		m.stream[i] = made_stream(&cars[i]);
	m.set = tel_set_new(m.an, m.stream, 2, NULL, &err);
	m.arena = arena_new(0);
	return m.set && m.arena ? 0 : -1;
}

static int drop(void **state)
{
	(void)state;
	tel_set_free(m.set);
	for (int i = 0; i < 2; i++)
		tel_stream_free(m.stream[i]);
	session_and_analysis_free(m.s, m.an);
	arena_free(m.arena);
	return 0;
}

static const struct tel_lap *lap(const char *car, uint32_t number)
{
	const struct tel_lap *l = tel_set_lap(m.set, car_of(m.s, car), number);

	assert_non_null(l);
	return l;
}

#define assert_near(a, b, by)                                                                                          \
	do {                                                                                                           \
		double a_ = (a), b_ = (b);                                                                             \
		if (!(fabs(a_ - b_) <= (by)))                                                                          \
			fail_msg("%s: %.4f, not %.4f", #a, a_, b_);                                                    \
	} while (0)

/* --- corners ------------------------------------------------------------------------- */

static void three_corners_meet_half_way(void **state)
{
	static const double apex[] = {600, 1800, 3000}, to[] = {1200, 2400, 3600};
	static const int turn[] = {1, -1, -1};

	(void)state;
	assert_int_equal(m.set->ncorners, 3);
	for (uint32_t i = 0; i < 3; i++) {
		const struct tel_corner *c = &m.set->corner[i];

		assert_near(c->apex, apex[i], 5);
		assert_true(c->spread < 6);
		assert_int_equal(c->laps, 14);
		assert_int_equal(c->turn, turn[i]);
		assert_near(c->to, to[i], 12);
		assert_near(c->from, i ? to[i - 1] : 0, 12);
	}
	assert_string_equal(m.set->corner[2].id, "C3");
	assert_int_equal(tel_corner_of(m.set, 0), 0);
	assert_int_equal(tel_corner_of(m.set, 1500), 1);
	assert_int_equal(tel_corner_of(m.set, 3600), 2);
}

/* 13 brakes 3 s before the minimum at 45 s; pressure passes 10 bar 1/12 s later. He is at 90 % throttle 0.95 s after it. */
static void what_a_lap_did_in_a_corner(void **state)
{
	const struct tel_corner_lap *c = tel_corner_at(m.set, lap("13", 2), 1);

	(void)state;
	assert_false(c->hole);
	assert_near(c->min, 90, 0.5);
	assert_near(c->entry, 198, 1);
	assert_near(c->exit, 198, 1);
	assert_near(c->apex, 1800, 5);
	assert_near(c->brake, made_metres(42 + 10 / 120.0), 1.5); /* not at the tap of 15 bar, 2 s before */
	assert_near(c->peak, 60, 0.01);
	assert_near(c->gas, made_metres(45.95), 1.5);
	assert_near(c->lateral, 1, 0.001);
	assert_near(c->time, 30, 0.15);
	assert_near(c->in + c->out, c->time, 1e-4);
}

static void times_through_the_corners_sum_to_the_lap(void **state)
{
	(void)state;
	for (uint32_t i = 0; i < m.set->nlaps; i++) {
		double sum = 0;

		for (uint32_t c = 0; c < 3; c++)
			sum += tel_corner_at(m.set, &m.set->lap[i], c)->time;
		assert_near(sum, m.set->lap[i].time / 1000.0, 1e-3);
	}
}

/* --- delta ---------------------------------------------------------------------------- */

/* A lap that takes longer by a part of itself everywhere: at 1,800 m half of the difference. */
static void delta_ends_at_the_official_difference(void **state)
{
	struct tel_delta d;
	struct err err = {0};

	(void)state;
	assert_ok(tel_delta_make(m.set, lap("13", 2), lap("7", 4), m.arena, &d, &err), &err);
	assert_true(d.known);
	assert_int_equal(d.end, 600);
	assert_near((double)d.d[0], 0, 1e-6);
	assert_near((double)d.d[m.set->n - 1], 0.6, 1e-4);
	assert_near((double)d.d[tel_point(m.set, 1800)], 0.3, 0.012);
	assert_near((double)d.d[tel_point(m.set, 2700)], 0.6 * 65.85 / 90, 0.012);
	assert_near(tel_delta_between(m.set, &d, 1200, 2400), 0.2, 0.02);
	assert_true(d.residual < 0.03 && d.check < 0.03);
	assert_near(d.floor, 2 * d.check, 1e-9);
	assert_int_equal(d.nlines, 5);
	assert_near(d.line[2].official, 0.3, 1e-9);
	assert_near((double)d.speed[tel_point(m.set, 1800)], 90 * (90 / 90.6 - 1), 0.4);
}

static void a_lap_against_itself_is_zero(void **state)
{
	struct tel_delta d;
	struct err err = {0};

	(void)state;
	assert_ok(tel_delta_make(m.set, lap("13", 3), lap("13", 3), m.arena, &d, &err), &err);
	for (uint32_t i = 0; i < m.set->n; i++)
		assert_true(d.d[i] == 0);
	assert_int_equal(d.end, 0);
}

/* --- tables --------------------------------------------------------------------------- */

static void one_lap_against_another(void **state)
{
	struct tel_table t;
	struct err err = {0};

	(void)state;
	assert_ok(tel_table_make(m.set, lap("13", 2), lap("7", 2), m.arena, &t, &err), &err);
	assert_int_equal(t.n, 3);
	assert_true(t.complete);
	assert_near(t.sum, 0.06, 1e-3);
	assert_int_equal(t.nusual, 5); /* laps 3 to 7 */
	assert_int_equal(t.usual[0], 3);
	for (uint32_t i = 0; i < 3; i++) {
		const struct tel_row *r = &t.row[i];

		assert_true(i == 0 || r->lost <= t.row[i - 1].lost);
		assert_int_equal(r->usual[FIG_MIN].n, 5);
		assert_true(r->usual[FIG_BRAKE].low <= r->usual[FIG_BRAKE].high);
		assert_false(r->outside & 1u << FIG_BRAKE); /* he does it on every lap */
	}
}

static void five_against_five_tells_the_habit(void **state)
{
	struct tel_five f;
	struct err err = {0};
	const struct tel_five_row *r;
	double early = made_metres(42 + 10 / 120.0) - made_metres(41.8 + 10 / 120.0); /* 0.2 s at some 35 m/s */

	(void)state;
	assert_ok(tel_five_make(m.set, car_of(m.s, "13"), car_of(m.s, "7"), m.arena, &f, &err), &err);
	assert_true(f.known);
	assert_int_equal(f.n, 3);
	r = &f.row[f.row[0].corner == 1 ? 0 : f.row[1].corner == 1 ? 1 : 2];
	assert_near(r->fig[FIG_BRAKE].diff, -early, 1.5);
	assert_true(r->fig[FIG_BRAKE].told);
	assert_false(r->fig[FIG_MIN].told);
	for (uint32_t i = 0; i < f.n; i++)
		assert_true(f.row[i].corner == 1 || !f.row[i].fig[FIG_BRAKE].told);
}

/* The second half of his laps against the first: three laps each are few, and all must agree. */
static void a_car_against_itself(void **state)
{
	struct tel_five f;
	struct err err = {0};

	(void)state;
	assert_ok(tel_five_make(m.set, car_of(m.s, "13"), car_of(m.s, "13"), m.arena, &f, &err), &err);
	assert_int_equal(f.ref.n, 3);
	assert_int_equal(f.you.n, 3);
	assert_true(f.known);
	assert_false(f.enough);
	assert_int_equal(f.ref.lap[0], 2);
	assert_int_equal(f.you.lap[2], 4); /* 90.6 s, the slowest */
}

static void three_cars(void **state)
{
	uint32_t order[2] = {car_of(m.s, "13"), car_of(m.s, "7")};
	struct tel_three t;
	struct err err = {0};

	(void)state;
	assert_ok(tel_three_make(m.set, order, 2, order[1], m.arena, &t, &err), &err);
	assert_ptr_equal(t.lap[0], lap("7", 2));
	assert_ptr_equal(t.lap[1], lap("13", 2));
	assert_null(t.lap[2]); /* the next one up leads */
	assert_non_null(t.next.row);
	assert_ok(tel_three_make(m.set, order, 2, order[0], m.arena, &t, &err), &err);
	assert_null(t.lap[1]);
}

/* --- grip, map --------------------------------------------------------------------------- */

/* Of 90 s: three times 3 s braking (from 10 bar on 2.917) and 3 taps of 0.2; closed throttle 3.5 s, opening half a second. */
static void pedals_and_tyres(void **state)
{
	struct tel_grip g;
	struct err err = {0};

	(void)state;
	assert_ok(tel_grip_make(m.set, lap("13", 2), &g, &err), &err);
	assert_near(g.brake, 3 * (2.917 + 0.2) / 90, 0.004);
	assert_near(g.full, 1 - 3 * (3.5 + 0.475) / 90, 0.005);
	assert_near(g.brake_peak, 60, 0.01);
	assert_int_equal(g.brakes, 3); /* a tap of 15 bar is none */
	assert_near(g.brake_rise, 120, 30);
	assert_near(g.lateral, 1, 0.001);
	assert_near(g.accel, 15 * w / 9.80665, 0.02);
	assert_near(g.braking, 15 * w / 9.80665, 0.02);
	assert_true(g.use > 0.5 && g.use <= 1);
	assert_true(isnan(g.steer_speed)); /* no such channel */
}

static void the_map_goes_north(void **state)
{
	struct tel_outline o;
	struct err err = {0};

	(void)state;
	assert_ok(tel_outline_make(m.set, m.arena, &o, &err), &err);
	assert_non_null(o.lap);
	assert_near((double)(o.y[tel_point(m.set, 3000)] - o.y[tel_point(m.set, 1000)]), 2000, 8);
	assert_near((double)o.max_x, (double)o.min_x, 0.01);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(three_corners_meet_half_way),
		cmocka_unit_test(what_a_lap_did_in_a_corner),
		cmocka_unit_test(times_through_the_corners_sum_to_the_lap),
		cmocka_unit_test(delta_ends_at_the_official_difference),
		cmocka_unit_test(a_lap_against_itself_is_zero),
		cmocka_unit_test(one_lap_against_another),
		cmocka_unit_test(five_against_five_tells_the_habit),
		cmocka_unit_test(a_car_against_itself),
		cmocka_unit_test(three_cars),
		cmocka_unit_test(pedals_and_tyres),
		cmocka_unit_test(the_map_goes_north),
	};

	return cmocka_run_group_tests(tests, make, drop);
}
