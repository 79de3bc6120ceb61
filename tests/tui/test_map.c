/* A track from above: its shape, whose a cell is, marks, and the way back from a cell to a point. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "tui/widgets/map.h"

/* A square of 100 m, anticlockwise from the south-west corner, with a point every 10 m. */
enum { SIDE = 10, POINTS = 4 * SIDE };
static float x[POINTS], y[POINTS];
static unsigned char kind[POINTS];
static const struct map_kind kinds[] = {{{ROLE_LOSS, ROLE_TEXT, 0}, '#'}, {{ROLE_TEXT, ROLE_TEXT, 0}, '.'}};

static struct map square(void)
{
	for (int i = 0; i < POINTS; i++) {
		int side = i / SIDE, at = i % SIDE * 10;
		x[i] = (float)(side == 0 ? at : side == 1 ? 100 : side == 2 ? 100 - at : 0);
		y[i] = (float)(side == 0 ? 0 : side == 1 ? at : side == 2 ? 100 : 100 - at);
		kind[i] = 1;
	}
	return (struct map){.x = x, .y = y, .n = POINTS, .kind = kind, .kinds = kinds, .nkinds = 2};
}

static void expect(const struct grid *g, const char *want)
{
	struct buf out;

	buf_init(&out, 1 << 16);
	grid_to_text(g, &out);
	assert_string_equal(out.p != NULL ? out.p : "", want);
	buf_release(&out);
}

/* A cell is twice as high as wide: 100 m are ten columns where they are five rows. */
static void test_proportion(void **state)
{
	struct map m = square();
	struct grid g;

	(void)state;
	assert_true(grid_init(&g, 20, 5, CHARSET_ASCII));
	map_draw(&m, grid_surface(&g));
	expect(&g, "     ..........\n     .        .\n     .        .\n     .        .\n     ..........\n");
	grid_free(&g);
}

/* Loss wins where it meets the rest, and is told apart without colour. */
static void test_kinds(void **state)
{
	struct map m = square();
	struct grid g;

	(void)state;
	for (int i = 0; i < SIDE; i++)
		kind[i] = 0; /* the south side */
	assert_true(grid_init(&g, 20, 5, CHARSET_ASCII));
	map_draw(&m, grid_surface(&g));
	expect(&g, "     ..........\n     .        .\n     .        .\n     .        .\n     ##########\n");
	assert_int_equal(g.cells[4 * 20 + 7].style.role, ROLE_LOSS);
	assert_int_equal(g.cells[7].style.role, ROLE_TEXT);
	grid_free(&g);
}

/* A hole is left open; the line closes only where both ends are known. */
static void test_hole(void **state)
{
	struct map m = square();
	struct grid g;

	(void)state;
	for (int i = SIDE + 2; i < 2 * SIDE - 1; i++)
		x[i] = NAN; /* the east side from 20 to 80 m: the three rows between */
	assert_true(grid_init(&g, 20, 5, CHARSET_ASCII));
	map_draw(&m, grid_surface(&g));
	expect(&g, "     ..........\n     .\n     .\n     .\n     ..........\n");
	grid_free(&g);
}

static void test_marks(void **state)
{
	const struct map_mark marks[] = {{5, "1+", {ROLE_LOSS, ROLE_TEXT, 0}, false},
					 {SIDE, "x", {ROLE_YOU, ROLE_TEXT, 0}, true}};
	struct map m = square();
	struct grid g;

	(void)state;
	m.mark = marks;
	m.nmarks = 2;
	assert_true(grid_init(&g, 20, 6, CHARSET_ASCII));
	map_draw(&m, grid_surface(&g));
	bool beside = false, on = false;
	for (int i = 0; i < 20 * 6; i++) {
		beside |= g.cells[i].cp == '1' && g.cells[i + 1].cp == '+' && g.cells[i].style.role == ROLE_LOSS;
		on |= g.cells[i].cp == 'x' && g.cells[i].style.role == ROLE_YOU;
	}
	assert_true(beside && on);
	grid_free(&g);
}

static void test_back(void **state)
{
	struct map m = square();
	struct surface size = {NULL, {0, 0, 20, 5}, {0, 0, 0, 0}};
	int p = map_point_at(&m, size, 10, 4);

	(void)state;
	assert_in_range(p, 3, 7); /* the middle of the south side */
	assert_in_range(map_point_at(&m, size, 14, 2), SIDE + 3, SIDE + 7);
	assert_int_equal(map_point_at(&m, size, 10, 2), -1); /* the middle of nowhere */
}

static void test_nothing(void **state)
{
	struct map m = square();
	struct grid g;

	(void)state;
	for (int i = 0; i < POINTS; i++)
		x[i] = NAN;
	assert_true(grid_init(&g, 20, 5, CHARSET_BRAILLE));
	map_draw(&m, grid_surface(&g));
	expect(&g, "");
	grid_free(&g);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_proportion), cmocka_unit_test(test_kinds), cmocka_unit_test(test_hole),
		cmocka_unit_test(test_marks),      cmocka_unit_test(test_back),  cmocka_unit_test(test_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
