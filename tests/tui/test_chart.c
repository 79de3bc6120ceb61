/* Charts: what is where, in braille, blocks and ASCII. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "tui/widgets/chart.h"

static void expect(const struct grid *g, const char *want)
{
	struct buf out;

	buf_init(&out, 1 << 16);
	grid_to_text(g, &out);
	assert_string_equal(out.p != NULL ? out.p : "", want);
	buf_release(&out);
}

static const double x5[] = {0, 1, 2, 3, 4};
static const double up[] = {0, 1, 2, 3, 4};
static const double down[] = {4, 3, 2, 1, 0};

static struct chart chart_of(const struct chart_series *s, int n)
{
	return (struct chart){.x0 = 0, .x1 = 4, .y0 = 0, .y1 = 4, .series = s, .nseries = n, .cursor_x = (double)NAN};
}

static void draw(struct grid *g, const struct chart *c, int w, int h, enum charset charset)
{
	assert_true(grid_init(g, w, h, charset));
	chart_draw(c, grid_surface(g));
}

static void test_ascii_line(void **state)
{
	struct chart_series s[] = {{x5, up, 5, CHART_LINE, STYLE(YOU), 'x'},
				   {x5, down, 5, CHART_LINE, STYLE(REF), 'o'}};
	struct chart c = chart_of(s, 2);
	struct grid g;

	(void)state;
	draw(&g, &c, 5, 5, CHARSET_ASCII);
	expect(&g, "o   x\n o x\n  #\n x o\nx   o\n");
	assert_int_equal(g.cells[12].style.role, ROLE_YOU); /* the first in the list has the cell */
	assert_int_equal(g.cells[0].style.role, ROLE_REF);
	grid_free(&g);
}

static void test_braille_line(void **state)
{
	struct chart_series s = {x5, up, 5, CHART_LINE, STYLE(YOU), 'x'};
	struct chart c = chart_of(&s, 1);
	struct grid g;

	(void)state;
	draw(&g, &c, 4, 2, CHARSET_BRAILLE);
	expect(&g, "  ⢠⠊\n⡠⠊⠁\n");
	grid_free(&g);
}

static void test_gap(void **state)
{
	double y[] = {2, 2, (double)NAN, 2, 2};
	struct chart_series s = {x5, y, 5, CHART_LINE, STYLE(YOU), 'x'};
	struct chart c = chart_of(&s, 1);
	struct grid g;

	(void)state;
	draw(&g, &c, 9, 1, CHARSET_ASCII);
	expect(&g, "xxx   xxx\n");
	grid_free(&g);
}

static void test_off_scale(void **state)
{
	double y[] = {9, 2, 2, 2, -9};
	struct chart_series s = {x5, y, 5, CHART_LINE, STYLE(YOU), 'x'};
	struct chart c = chart_of(&s, 1);
	struct grid g;

	(void)state;
	draw(&g, &c, 5, 3, CHARSET_ASCII);
	expect(&g, "^x\n xxx\n   xv\n"); /* the line runs to the border beside the mark */
	c.no_off_scale = true;
	grid_free(&g);
	draw(&g, &c, 5, 3, CHARSET_ASCII);
	expect(&g, " x\n xxx\n   x\n");
	grid_free(&g);
}

/* Both ends beyond the range: across the picture where the ends are on two sides, nothing where they are on one. */
static void test_line_through(void **state)
{
	double y[] = {9, -5, -9, -9, -9};
	struct chart_series s = {x5, y, 5, CHART_LINE, STYLE(YOU), 'x'};
	struct chart c = chart_of(&s, 1);
	struct grid g;

	(void)state;
	c.no_off_scale = true;
	draw(&g, &c, 9, 3, CHARSET_ASCII);
	expect(&g, " x\n x\n x\n");
	grid_free(&g);
	c.series = &(struct chart_series){x5, y, 5, CHART_POINTS, STYLE(YOU), 'x'};
	draw(&g, &c, 9, 3, CHARSET_ASCII);
	expect(&g, "");
	grid_free(&g);
}

/* Caution: its ground lies under the line too, and its edges have a letter, since there may be no colour. */
static void test_caution_is_seen(void **state)
{
	static const enum charset sets[] = {CHARSET_BRAILLE, CHARSET_BLOCK, CHARSET_ASCII};
	struct chart_series s = {x5, up, 5, CHART_LINE, STYLE(YOU), 'x'};
	struct chart_band band = {1, 3, ROLE_CAUTION};
	struct chart c = chart_of(&s, 1);

	(void)state;
	c.bands = &band;
	c.nbands = 1;
	for (int k = 0; k < 3; k++) {
		struct grid g;
		int letters = 0;

		draw(&g, &c, 9, 5, sets[k]);
		for (int i = 0; i < 45; i++) {
			bool in = i % 9 >= chart_column(&c, 9, 1) && i % 9 <= chart_column(&c, 9, 3);

			assert_int_equal(g.cells[i].style.ground, in ? ROLE_CAUTION : ROLE_TEXT);
			letters += g.cells[i].cp == ':';
		}
		assert_in_range(letters, 6, 10);
		grid_free(&g);
	}
}

/* The cursor is a dashed column, so that moving it costs little. */
static void test_cursor(void **state)
{
	struct chart_series s = {x5, up, 5, CHART_POINTS, STYLE(YOU), 'x'};
	struct chart c = chart_of(&s, 1);
	struct grid g;
	int lit = 0;

	(void)state;
	c.cursor_x = 2;
	draw(&g, &c, 9, 30, CHARSET_BRAILLE);
	for (int i = 0; i < 270; i++) {
		if (g.cells[i].style.ground != ROLE_CURSOR)
			continue;
		assert_int_equal(i % 9, chart_column(&c, 9, 2));
		lit++;
	}
	assert_in_range(lit, 4, 8);
	assert_int_equal(g.cells[chart_column(&c, 9, 2)].style.ground, ROLE_CURSOR);
	grid_free(&g);
}

static void label(double y, char out[24])
{
	snprintf(out, 24, "%.0f", y);
}

static void test_axis_and_bands(void **state)
{
	struct chart_series s = {x5, up, 5, CHART_POINTS, STYLE(REF), 'o'};
	struct chart_band band = {1, 2, ROLE_CAUTION};
	struct chart c = chart_of(&s, 1);
	struct grid g;

	(void)state;
	c.label_w = 2;
	c.label = label;
	c.bands = &band;
	c.nbands = 1;
	draw(&g, &c, 8, 5, CHARSET_ASCII);
	expect(&g, " 4+ :: o\n  | ::o\n 2+ :o\n  | o:\n 0+o::\n");
	assert_int_equal(chart_column(&c, 8, 0), 3);
	assert_int_equal(chart_column(&c, 8, 4), 7);
	assert_int_equal(g.cells[chart_column(&c, 8, 1)].style.ground, ROLE_CAUTION);
	assert_int_equal(g.cells[7].style.ground, ROLE_TEXT);
	grid_free(&g);
}

static void test_columns_agree(void **state)
{
	(void)state;
	for (int w = 4; w < 90; w++) {
		struct chart c = chart_of(NULL, 0);

		for (int col = 0; col < w; col++)
			assert_int_equal(chart_column(&c, w, chart_value(&c, w, col)), col);
	}
}

static void test_turned_round(void **state)
{
	struct chart_series s = {x5, up, 5, CHART_POINTS, STYLE(YOU), 'x'};
	struct chart c = chart_of(&s, 1);
	struct grid g;

	(void)state;
	c.y0 = 4;
	c.y1 = 0;
	draw(&g, &c, 5, 5, CHARSET_ASCII);
	expect(&g, "x\n x\n  x\n   x\n    x\n");
	grid_free(&g);
}

static void test_nothing_to_draw(void **state)
{
	struct chart_series s = {x5, up, 5, CHART_LINE, STYLE(YOU), 'x'};
	struct grid g;

	(void)state;
	for (int k = 0; k < 4; k++) {
		struct chart c = chart_of(&s, 1);

		c.x1 = k == 0 ? 0 : k == 1 ? (double)NAN : c.x1;
		c.y1 = k == 2 ? 0 : k == 3 ? (double)INFINITY : c.y1;
		draw(&g, &c, 5, 3, CHARSET_BRAILLE);
		expect(&g, "");
		grid_free(&g);
	}
}

static void test_every_size(void **state)
{
	static const enum charset sets[] = {CHARSET_BRAILLE, CHARSET_BLOCK, CHARSET_ASCII};
	struct chart_series s[] = {{x5, up, 5, CHART_LINE, STYLE(YOU), 'x'},
				   {x5, down, 5, CHART_POINTS, STYLE(REF), 'o'}};

	(void)state;
	for (int w = 1; w < 60; w++) {
		for (int h = 1; h < 12; h++) {
			for (int k = 0; k < 3; k++) {
				struct chart c = chart_of(s, 2);
				struct grid g;

				c.label_w = 4;
				c.label = label;
				c.cursor_x = 2;
				draw(&g, &c, w, h, sets[k]);
				grid_free(&g);
			}
		}
	}
}

static void test_bars(void **state)
{
	static const double v[] = {0, 7, (double)NAN, 3.5};
	struct grid g;

	(void)state;
	assert_true(grid_init(&g, 6, 2, CHARSET_BRAILLE));
	bar_draw(grid_surface(&g), 0, 0, 4, 0.6, STYLE(TEXT)); /* 19 eighths */
	spark_draw(grid_surface(&g), 0, 1, v, 4, 0, 7, STYLE(TEXT));
	expect(&g, "\xE2\x96\x88\xE2\x96\x88\xE2\x96\x8D\n\xE2\x96\x81\xE2\x96\x88 \xE2\x96\x85\n");
	grid_free(&g);
}

static void test_fit(void **state)
{
	double y[] = {(double)NAN, 10, 20};
	struct chart_series s = {x5, y, 3, CHART_LINE, STYLE(YOU), 'x'};
	double lo, hi;

	(void)state;
	assert_true(chart_fit_y(&s, 1, &lo, &hi));
	assert_true(lo < 10 && lo > 9 && hi > 20 && hi < 21);
	s.n = 1;
	assert_false(chart_fit_y(&s, 1, &lo, &hi));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_ascii_line),
		cmocka_unit_test(test_braille_line),
		cmocka_unit_test(test_gap),
		cmocka_unit_test(test_off_scale),
		cmocka_unit_test(test_line_through),
		cmocka_unit_test(test_caution_is_seen),
		cmocka_unit_test(test_cursor),
		cmocka_unit_test(test_axis_and_bands),
		cmocka_unit_test(test_columns_agree),
		cmocka_unit_test(test_turned_round),
		cmocka_unit_test(test_nothing_to_draw),
		cmocka_unit_test(test_every_size),
		cmocka_unit_test(test_bars),
		cmocka_unit_test(test_fit),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
