/* Cars that several drivers share: each one's laps and time at the wheel. */
#include "core/report/stint_drivers.h"

#include "core/analysis/drive_time.h"
#include "tests/unit/laps_helper.h"

#define HEADER                                                                                                         \
	"NUMBER;DRIVER_NUMBER;LAP_NUMBER;LAP_TIME;CROSSING_FINISH_LINE_IN_PIT;ELAPSED;DRIVER_NAME;PIT_TIME;CLASS\n"

static struct stint_drivers made(struct report_in *in, const struct session *s, const struct analysis *an)
{
	struct stint_drivers l;
	struct err err = {0};

	*in = (struct report_in){.session = s, .analysis = an, .car = NO_CAR, .arena = arena_new(0)};
	assert_ok(stint_drivers_make(in, &l, &err), &err);
	return l;
}

static void two_at_the_wheel(void **state)
{
	struct session *s = session_from_text(HEADER "7;1;1;1:40.000;;1:40.000;Ada;;A\n"
						     "7;1;2;1:45.000;B;3:25.000;Ada;;A\n"
						     "7;2;3;2:40.000;;6:05.000;Bo;0:01:00.000;A\n"
						     "7;2;4;1:41.000;;7:46.000;Bo;;A\n"
						     "8;1;1;1:42.000;;1:42.000;Cy;;A\n"
						     "8;1;2;1:42.000;;3:24.000;Cy;;A\n");
	struct analysis *an = analysed(s, NULL);
	struct report_in in;
	struct stint_drivers l = made(&in, s, an);

	(void)state;
	assert_int_equal(l.n, 2); /* one driver is no list */
	assert_string_equal(l.at[0].name, "Ada");
	assert_int_equal(l.at[0].laps, 2);
	assert_int_equal(l.at[0].time, 205000);
	assert_string_equal(l.at[1].name, "Bo");
	assert_int_equal(l.at[1].laps, 2);
	assert_int_equal(l.at[1].time, 201000); /* 261 s, a minute of it in the lane */
	arena_free(in.arena);
	session_and_analysis_free(s, an);
}

/* Drivers and lane together are the whole race of their car. */
static void adds_up(void **state)
{
	struct session *s = session_from_file("wec/spa_6h.csv");
	struct analysis *an = analysed(s, NULL);
	struct report_in in;
	struct stint_drivers l = made(&in, s, an);
	unsigned cars = 0;

	(void)state;
	for (uint32_t i = 0, to; i < l.n; i = to, cars++) {
		const struct car *c = &s->cars[l.at[i].car];
		ms_t lane = lane_time(an, l.at[i].car);
		int64_t sum = lane == MS_NONE ? 0 : lane;
		uint32_t laps = 0;
		for (to = i; to < l.n && l.at[to].car == l.at[i].car; to++) {
			sum += l.at[to].time;
			laps += l.at[to].laps;
		}
		assert_int_equal(laps, c->n);
		assert_int_equal(sum, s->laps.elapsed[c->first + c->n - 1]);
	}
	assert_true(cars > 30);
	arena_free(in.arena);
	session_and_analysis_free(s, an);
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(two_at_the_wheel), cmocka_unit_test(adds_up)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
