/* Traces of thousands of points in few columns, and the strip round zero: what is where. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "tui/widgets/trace.h"

static void expect(const struct grid *g, const char *want)
{
	struct buf out;

	buf_init(&out, 1 << 16);
	grid_to_text(g, &out);
	assert_string_equal(out.p != NULL ? out.p : "", want);
	buf_release(&out);
}

static struct trace trace;

/* 101 points over 0 to 100 in 3 columns (0-25, 25-75, 75-100): of the middle one the spike up and the dip down stay. */
static void test_extremes_stay(void **state)
{
	float v[101] = {0};
	struct trace_in in = {NULL, 1, v, 101};
	bool up = false, down = false;

	(void)state;
	v[40] = 9;
	v[60] = -7;
	trace_reduce(&in, 0, 100, 3, &trace);
	assert_in_range(trace.n, 4, 12);
	for (int i = 0; i < trace.n; i++) {
		up |= trace.x[i] == 40 && trace.y[i] == 9;
		down |= trace.x[i] == 60 && trace.y[i] == -7;
		assert_true(i == 0 || trace.x[i] > trace.x[i - 1]);
	}
	assert_true(up && down);
	assert_true(trace.x[0] == 0 && trace.x[trace.n - 1] == 100);
}

static void test_few_points_are_all_there(void **state)
{
	const float v[] = {1, 5, 2, 8};
	struct trace_in in = {NULL, 10, v, 4};

	(void)state;
	trace_reduce(&in, 0, 30, 100, &trace);
	assert_int_equal(trace.n, 4);
	for (int i = 0; i < 4; i++)
		assert_true(trace.x[i] == 10 * i && trace.y[i] == (double)v[i]);
}

/* A hole is one NAN, however long; before the first and after the last point it is none. */
static void test_holes_stay(void **state)
{
	const float v[] = {NAN, 1, 2, NAN, NAN, NAN, 3, NAN};
	struct trace_in in = {NULL, 1, v, 8};

	(void)state;
	trace_reduce(&in, 0, 7, 100, &trace);
	assert_int_equal(trace.n, 5);
	assert_true(trace.y[0] == 1 && trace.y[1] == 2 && isnan(trace.y[2]) && trace.y[3] == 3 && isnan(trace.y[4]));
}

static void test_window_and_own_x(void **state)
{
	const float x[] = {0, 1, 3, NAN, 7, 9}, v[] = {10, 11, 12, 13, 14, 15};
	struct trace_in in = {x, 0, v, 6};

	(void)state;
	trace_reduce(&in, 1, 7, 50, &trace);
	assert_int_equal(trace.n, 4); /* 1, 3, the hole, 7 */
	assert_true(trace.x[0] == 1 && trace.x[1] == 3 && isnan(trace.x[2]) && trace.y[3] == 14);
	trace_reduce(&(struct trace_in){x, 0, NULL, 6}, 1, 7, 50, &trace);
	assert_int_equal(trace.n, 0);
}

/* As many columns as there can be: nothing is written beyond the room. */
static void test_room(void **state)
{
	static float v[40000];
	struct trace_in in = {NULL, 1, v, 40000};

	(void)state;
	for (int i = 0; i < 40000; i++)
		v[i] = (float)(i * 7919 % 101);
	trace_reduce(&in, 0, 39999, 100000, &trace);
	assert_in_range(trace.n, TRACE_COLUMNS * 3, TRACE_POINTS);
}

static void test_peaks(void **state)
{
	const float v[] = {1, -3, 2, NAN, NAN, NAN, 4, 4, 4};
	float out[3], wide[17];

	(void)state;
	trace_peaks(&(struct trace_in){NULL, 1, v, 9}, 0, 8, 3, out);
	assert_true(out[0] == -3 && out[1] == 2 && out[2] == 4); /* of x 0 and 1; of 2; of 6 to 8 */
	trace_peaks(&(struct trace_in){NULL, 1, v, 9}, 0, 8, 17, wide);
	assert_true(wide[0] == 1 && wide[2] == -3 && wide[4] == 2);
	assert_true(!isnan(wide[1]) && !isnan(wide[3])); /* between two points: the nearer one's */
	for (int i = 5; i < 12; i++)
		assert_true(isnan(wide[i])); /* in the hole: nothing */
	assert_true(wide[12] == 4 && wide[13] == 4);
}

static void strip(struct grid *g, int w, int h, enum charset charset, const float *v)
{
	assert_true(grid_init(g, w, h, charset));
	strip_draw(grid_surface(g), v, 8, STYLE(GAIN), STYLE(LOSS));
}

static void test_strip_braille(void **state)
{
	/* Two columns a cell, four dots a row: full up, half up; full down, an eighth down; hole; nothing, nothing. */
	const float v[] = {8, 4, -8, -2, NAN, NAN, 0, 0};
	struct grid g;

	(void)state;
	strip(&g, 4, 2, CHARSET_BRAILLE, v);
	expect(&g, "\xE2\xA3\xA7\n \xE2\xA1\x8F \xE2\xA0\x89\n");
	assert_int_equal(g.cells[0].style.role, ROLE_GAIN);
	assert_int_equal(g.cells[5].style.role, ROLE_LOSS);
	assert_int_equal(g.cells[7].style.role, ROLE_DIM);
	grid_free(&g);
}

static void test_strip_ascii(void **state)
{
	const float v[] = {8, 3, -8, -3, NAN, 0, 99};
	struct grid g;

	(void)state;
	strip(&g, 7, 2, CHARSET_ASCII, v);
	expect(&g, "#+    #\n..#- ..\n");
	grid_free(&g);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_extremes_stay), cmocka_unit_test(test_few_points_are_all_there),
		cmocka_unit_test(test_holes_stay),    cmocka_unit_test(test_window_and_own_x),
		cmocka_unit_test(test_room),          cmocka_unit_test(test_peaks),
		cmocka_unit_test(test_strip_braille), cmocka_unit_test(test_strip_ascii),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
