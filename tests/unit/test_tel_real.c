/* Real telemetry against the official laps. Expected figures: an independent calculation from the same files (numpy: laps by time,
 * trapezoids, positions of the loops as the mean of the cars' means), but for the clock's lateness, which is taken from the program. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/path.h"
#include "core/telemetry/advice.h"
#include "core/telemetry/outline.h"
#include "tests/unit/laps_helper.h"
#include "tests/unit/tel_raw.h"

#define BARBER "gr-cup/analysis_endurance/barber_r1_analysis_endurance.csv"
#define SONOMA "gr-cup/analysis_endurance/sonoma_r1_analysis_endurance.csv"

#define assert_near(a, b, by)                                                                                          \
	do {                                                                                                           \
		double a_ = (a), b_ = (b);                                                                             \
		if (!(fabs(a_ - b_) <= (by)))                                                                          \
			fail_msg("%s: %.4f, not %.4f", #a, a_, b_);                                                    \
	} while (0)

struct real {
	struct session *s;
	struct analysis *an;
	struct tel_set *set;
	struct arena *arena;
};

static void read_raw(const char *name, struct raw_file *raw)
{
	const char *dir = getenv("PITWALL_SHARED");
	char path[1024];

	assert_true(path_join(path, sizeof path, dir && *dir ? dir : "../shared/data", name));
	if (!raw_read(path, raw))
		skip();
}

static struct real open_real(const char *laps, const char *telemetry)
{
	struct raw_file raw;
	struct real r = {.s = session_from_file(laps), .arena = arena_new(0)};
	struct err err = {0};

	read_raw(telemetry, &raw);
	r.an = analysed(r.s, NULL);
	r.set = tel_set_new(r.an, raw.stream, raw.n, NULL, &err);
	assert_ok(r.set, &err);
	raw_free(&raw);
	return r;
}

static void close_real(struct real *r)
{
	tel_set_free(r->set);
	arena_free(r->arena);
	session_and_analysis_free(r->s, r->an);
}

/* Read once, by the first test that needs it. */
static struct real opened[2];

static struct real *barber(void)
{
	if (!opened[0].set)
		opened[0] = open_real(BARBER, "telemetry/barber_r1_car13_long.csv");
	return &opened[0];
}

static struct real *sonoma(void)
{
	if (!opened[1].set)
		opened[1] = open_real(SONOMA, "telemetry/sonoma_r1_four_cars_long.csv");
	return &opened[1];
}

static int close_both(void **state)
{
	(void)state;
	for (int i = 0; i < 2; i++)
		if (opened[i].set)
			close_real(&opened[i]);
	return 0;
}

struct expected_lap {
	const char *car;
	uint16_t number, label;
	double length, error, residual, check;
};

static void compare_laps(const struct real *r, const struct expected_lap *e, uint32_t n)
{
	double errors = 0, residuals = 0;

	assert_int_equal(r->set->nlaps, n);
	for (uint32_t i = 0; i < n; i++) {
		const struct tel_lap *l = &r->set->lap[i];

		assert_string_equal(r->s->cars[tel_session_car(r->set, l)].id, e[i].car);
		assert_int_equal(l->number, e[i].number);
		assert_int_equal(l->label, e[i].label);
		assert_true(l->usable && l->clean);
		assert_int_equal(l->source, DIST_SPEED);
		assert_near(l->length, e[i].length, 0.15);
		assert_near(l->error, e[i].error, 0.003);
		assert_near(l->residual, e[i].residual, 0.0015);
		assert_near(l->check, e[i].check, 0.0015);
		errors += l->error * l->error;
		residuals += l->residual * l->residual;
	}
	/* Asked for: unscaled lap-time error 0.15 s. One lap of each track is over it by 0.02: at Barber on lap 15 the wheels lock. */
	assert_true(sqrt(errors / n) <= 0.12);
	assert_true(sqrt(residuals / n) <= 0.06);
}

static void barber_six_laps(void **state)
{
	static const struct expected_lap e[] = {
		{"13", 4, 6, 3696.9, -0.134, 0.028, 0.013},  {"13", 5, 7, 3697.3, -0.143, 0.018, 0.024},
		{"13", 6, 8, 3687.9, 0.059, 0.011, 0.009},   {"13", 9, 11, 3690.1, 0.012, 0.024, 0.014},
		{"13", 15, 17, 3682.7, 0.170, 0.020, 0.025}, {"13", 18, 20, 3691.2, -0.012, 0.010, 0.008},
	};
	struct real *r = barber();
	const struct tel_match *m = &r->set->cars[0].match;
	char day[32];

	(void)state;
	assert_string_equal(tel_match_day(m, day), "2025-09-06 UTC-5");
	assert_in_range(m->late, 260, 440);
	compare_laps(r, e, COUNT_OF(e));
	assert_near(r->set->length, 3690.6, 0.2);
	for (uint32_t i = 0; i < r->set->nlaps; i++)
		assert_true(r->set->lap[i].residual <= 0.05);
}

/* The fifth of 13's stretches is of the day after (race 2), with the label of a lap of race 1. */
static void sonoma_ten_laps_and_none_of_another_day(void **state)
{
	static const struct expected_lap e[] = {
		{"13", 15, 15, 4067.0, 0.073, 0.027, 0.024},  {"13", 17, 17, 4068.5, 0.041, 0.020, 0.023},
		{"13", 18, 18, 4069.9, 0.010, 0.020, 0.017},  {"13", 19, 19, 4066.8, 0.077, 0.016, 0.015},
		{"13", 23, 23, 4065.6, 0.102, 0.017, 0.015},  {"55", 16, 17, 4076.4, -0.129, 0.028, 0.034},
		{"72", 11, 12, 4072.2, -0.037, 0.051, 0.031}, {"78", 16, 17, 4077.9, -0.161, 0.076, 0.064},
		{"78", 19, 20, 4070.9, -0.010, 0.108, 0.098}, {"78", 20, 21, 4075.6, -0.110, 0.081, 0.067},
	};
	struct real *r = sonoma();
	char day[32];

	(void)state;
	assert_int_equal(r->set->ncars, 4);
	for (uint32_t i = 0; i < 4; i++) {
		const struct tel_match *m = &r->set->cars[i].match;

		assert_true(m->found);
		assert_int_equal(m->by, KNOWN_BY_PADDED_NUMBER);
		assert_string_equal(tel_match_day(m, day), "2025-03-29 UTC-7");
		assert_in_range(m->late, 260, 440);
	}
	compare_laps(r, e, COUNT_OF(e));
	assert_near(r->set->length, 4070.4, 0.2);
	assert_non_null(strstr(r->set->note, "4070 m a lap, the timing's speeds say 3838 m"));
}

/* What race 2's laps would make of the samples of race 1. */
static void another_race_of_the_same_cars_does_not_fit(void **state)
{
	struct real r = open_real("gr-cup/analysis_endurance/sonoma_r2_analysis_endurance.csv",
				  "telemetry/sonoma_r1_four_cars_long.csv");

	(void)state;
	for (uint32_t i = 0; i < 4; i++) {
		assert_false(r.set->cars[i].match.found);
		assert_true(*r.set->cars[i].match.why);
	}
	assert_int_equal(r.set->nlaps, 0);
	close_real(&r);
}

/* Every corner on every lap of a car, its minimum within 40 m; in a hole of the samples none is claimed. */
static void check_corners(const struct real *r, const double *apex, const int *turn, uint32_t n)
{
	assert_int_equal(r->set->ncorners, n);
	for (uint32_t c = 0; c < n; c++) {
		assert_near(r->set->corner[c].apex, apex[c], 3);
		assert_int_equal(r->set->corner[c].laps, r->set->nlaps);
		assert_true(r->set->corner[c].spread <= 40);
		if (turn[c])
			assert_int_equal(r->set->corner[c].turn, turn[c]);
		for (uint32_t i = 0; i < r->set->nlaps; i++) {
			const struct tel_corner_lap *x = tel_corner_at(r->set, &r->set->lap[i], c);

			assert_true(x->hole || fabs(x->apex - apex[c]) <= 42);
		}
	}
}

static void corners_of_barber(void **state)
{
	static const double apex[] = {221, 433, 1127, 1831, 2821, 3217};
	static const int turn[] = {1, -1, 1, -1, -1, -1};
	struct real *r = barber();

	(void)state;
	check_corners(r, apex, turn, COUNT_OF(apex));
	/* Laps 5 and 9 have no samples in the hairpin. */
	assert_true(tel_corner_at(r->set, tel_set_lap(r->set, car_of(r->s, "13"), 5), 2)->hole);
	assert_true(tel_corner_at(r->set, tel_set_lap(r->set, car_of(r->s, "13"), 9), 2)->hole);
}

static void corners_of_sonoma(void **state)
{
	static const double apex[] = {443, 821, 1010, 1531, 2167, 2275, 3044, 3656};
	static const int turn[] = {-1, -1, -1, 1, -1, -1, 0, -1};
	struct real *r = sonoma();

	(void)state;
	check_corners(r, apex, turn, COUNT_OF(apex));
}

struct expected_delta {
	const char *ref;
	uint16_t ref_lap;
	const char *you;
	uint16_t you_lap;
	ms_t end;
	double residual, check;
	double at[7][2]; /* m, s */
};

static void check_delta(const struct real *r, const struct expected_delta *e)
{
	struct tel_delta d;
	struct err err = {0};

	assert_ok(tel_delta_make(r->set, tel_set_lap(r->set, car_of(r->s, e->ref), e->ref_lap),
				 tel_set_lap(r->set, car_of(r->s, e->you), e->you_lap), r->arena, &d, &err),
		  &err);
	assert_true(d.known);
	assert_int_equal(d.end, e->end);
	assert_near((double)d.d[r->set->n - 1], e->end / 1000.0, 1e-4);
	assert_near(d.residual, e->residual, 0.0015);
	assert_near(d.check, e->check, 0.0015);
	for (unsigned i = 0; i < d.nlines; i++) /* it goes through the officials' own differences */
		assert_near((double)d.d[tel_point(r->set, d.line[i].at)], d.line[i].official, 0.004);
	for (int i = 0; i < 7 && e->at[i][0] > 0; i++)
		assert_near((double)d.d[tel_point(r->set, e->at[i][0])], e->at[i][1], 0.003);
}

static void deltas(void **state)
{
	static const struct expected_delta own = {
		"13",  6,
		"13",  15,
		719,   0.018,
		0.018, {{600, 0.150}, {1000, 0.115}, {1822, 0.468}, {2500, 0.407}, {3000, 0.495}, {3400, 0.715}}};
	static const struct expected_delta other[] = {
		{"13",
		 17,
		 "78",
		 20,
		 304,
		 0.093,
		 0.087,
		 {{500, -0.179},
		  {1000, -0.090},
		  {1500, 0.185},
		  {2000, 0.178},
		  {2500, 0.166},
		  {3000, 0.294},
		  {3600, 0.391}}},
		{"13",
		 17,
		 "55",
		 16,
		 595,
		 0.022,
		 0.016,
		 {{500, 0.065},
		  {1000, 0.118},
		  {1500, 0.275},
		  {2000, 0.322},
		  {2500, 0.226},
		  {3000, 0.291},
		  {3600, 0.585}}},
		{"13",
		 17,
		 "72",
		 11,
		 912,
		 0.047,
		 0.028,
		 {{500, 0.039},
		  {1000, 0.078},
		  {1500, 0.221},
		  {2000, 0.136},
		  {2500, 0.752},
		  {3000, 0.795},
		  {3600, 0.896}}},
	};
	struct real *b = barber(), *s = sonoma();

	(void)state;
	check_delta(b, &own);
	for (unsigned i = 0; i < COUNT_OF(other); i++)
		check_delta(s, &other[i]);
}

/* Lap 15 against 6: braked early and hard into the fourth corner, and came to 71 km/h, which he never does. */
static void one_bad_lap(void **state)
{
	struct real *r = barber();
	uint32_t car = car_of(r->s, "13");
	struct tel_table t;
	struct err err = {0};

	(void)state;
	assert_ok(tel_table_make(r->set, tel_set_lap(r->set, car, 6), tel_set_lap(r->set, car, 15), r->arena, &t, &err),
		  &err);
	assert_near(t.sum, 0.719, 1e-3);
	assert_true(t.complete);
	assert_int_equal(t.nusual, 5);
	const struct tel_row *row = &t.row[0];

	assert_int_equal(row->corner, 3);
	assert_near(row->lost, 0.226, 0.01);
	assert_near(row->you.min, 71, 0.05);
	assert_near(row->usual[FIG_MIN].low, 80.1, 0.05);
	assert_near(row->you.brake, 1694, 3);
	assert_near(row->usual[FIG_BRAKE].low, 1712, 3);
	assert_near(row->you.peak, 92, 1);
	assert_true(row->claim);
	assert_true(row->outside & 1u << FIG_MIN && row->outside & 1u << FIG_BRAKE && row->outside & 1u << FIG_PEAK);
	assert_int_equal(t.row[1].corner, 5); /* and 0.22 s more in the sixth */
}

/* 78 against 13: the same minimum in the third corner, but later on the throttle, on all laps that nobody held up. */
static void three_laps_against_three(void **state)
{
	struct real *r = sonoma();
	struct tel_five f;
	struct tel_advices a;
	struct err err = {0};

	(void)state;
	assert_ok(tel_five_make(r->set, car_of(r->s, "13"), car_of(r->s, "78"), r->arena, &f, &err), &err);
	assert_int_equal(f.ref.n, 3); /* of 13's five, 19 and 23 began behind another car */
	assert_int_equal(f.you.n, 3);
	assert_false(f.enough);
	assert_ok(tel_advise(r->set, &f, r->arena, &a, &err), &err);
	assert_int_equal(a.n, 1);
	assert_true(a.at[0].last);
	assert_int_equal(a.at[0].corner, 2);
	assert_int_equal(a.at[0].cause, CAUSE_LATE_THROTTLE);
	assert_string_equal(a.at[0].note.where, "C3");
	assert_non_null(strstr(a.at[0].note.text, "seen in all 6 laps"));
	assert_non_null(strstr(a.at[0].note.text, "the same minimum (81-82 against 79-84 km/h)"));
	assert_non_null(strstr(a.at[0].note.text, "on the throttle 7 m later"));
}

/* One lap of 55 and of 72: a mistake is no habit. */
static void one_lap_is_no_habit(void **state)
{
	struct real *r = sonoma();
	struct tel_five f;
	struct tel_advices a;
	struct err err = {0};

	(void)state;
	assert_ok(tel_five_make(r->set, car_of(r->s, "13"), car_of(r->s, "55"), r->arena, &f, &err), &err);
	assert_false(f.known);
	assert_non_null(strstr(f.why, "three are needed"));
	assert_ok(tel_advise(r->set, &f, r->arena, &a, &err), &err);
	assert_int_equal(a.n, 0);
}

/* Barber's lap is driven clockwise, with the line on the straight: from its GPS it is some 700 m wide, and closed. */
static void the_map_of_barber(void **state)
{
	struct real *b = barber(), *s = sonoma();
	struct tel_outline o;
	struct err err = {0};
	uint32_t n = b->set->n;

	(void)state;
	assert_ok(tel_outline_make(b->set, b->arena, &o, &err), &err);
	assert_non_null(o.lap);
	assert_true(hypot((double)(o.x[0] - o.x[n - 1]), (double)(o.y[0] - o.y[n - 1])) < 40);
	double way = 0;

	for (uint32_t i = 1; i < n; i++)
		if (!isnan(o.x[i]) && !isnan(o.x[i - 1]))
			way += hypot((double)(o.x[i] - o.x[i - 1]), (double)(o.y[i] - o.y[i - 1]));
	assert_near(way, 3650, 80); /* the GPS goes the length of the lap, but for what is missing */
	assert_ok(tel_outline_make(s->set, s->arena, &o, &err), &err);
	assert_null(o.lap); /* Sonoma has no GPS */
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(barber_six_laps),
		cmocka_unit_test(sonoma_ten_laps_and_none_of_another_day),
		cmocka_unit_test(another_race_of_the_same_cars_does_not_fit),
		cmocka_unit_test(corners_of_barber),
		cmocka_unit_test(corners_of_sonoma),
		cmocka_unit_test(deltas),
		cmocka_unit_test(one_bad_lap),
		cmocka_unit_test(three_laps_against_three),
		cmocka_unit_test(one_lap_is_no_habit),
		cmocka_unit_test(the_map_of_barber),
	};

	return cmocka_run_group_tests(tests, NULL, close_both);
}
