/* Cells, widths, clipping, junctions, and the text made of them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "tui/surface.h"
#include "tui/widgets/table.h"
#include "tui/widgets/text.h"

static void expect(const struct grid *g, const char *want)
{
	struct buf out;

	buf_init(&out, 1 << 16);
	grid_to_text(g, &out);
	assert_string_equal(out.p != NULL ? out.p : "", want);
	buf_release(&out);
}

static struct surface fresh(struct grid *g, int w, int h, enum charset charset)
{
	assert_true(grid_init(g, w, h, charset));
	return grid_surface(g);
}

static void test_text_and_widths(void **state)
{
	struct grid g;
	struct surface s = fresh(&g, 12, 2, CHARSET_BRAILLE);

	(void)state;
	assert_int_equal(surface_text(s, 0, 0, STYLE(TEXT),
				      "Kirchh\xC3\xB6"
				      "fer"),
			 10);
	assert_int_equal(surface_text(s, 0, 1, STYLE(TEXT),
				      "\xE7\xA6\x8F\xE4\xBD\x8F"
				      "x"),
			 5);
	assert_int_equal(surface_cell(s, 1, 1)->cp, 0);
	assert_int_equal(surface_cell(s, 4, 1)->cp, 'x');
	expect(&g, "Kirchh\xC3\xB6"
		   "fer\n\xE7\xA6\x8F\xE4\xBD\x8F"
		   "x\n");
	grid_free(&g);
}

static void test_combining(void **state)
{
	struct grid g;
	struct surface s = fresh(&g, 6, 1, CHARSET_BRAILLE);

	(void)state;
	assert_int_equal(surface_text(s, 0, 0, STYLE(TEXT), "o\xCC\x88p"), 2);
	assert_int_equal(surface_cell(s, 0, 0)->marks[0], 0x308);
	assert_int_equal(surface_cell(s, 1, 0)->cp, 'p');
	expect(&g, "o\xCC\x88p\n");
	grid_free(&g);
}

static void test_wide_letter_halves(void **state)
{
	struct grid g;
	struct surface s = fresh(&g, 4, 1, CHARSET_BRAILLE);

	(void)state;
	surface_text(s, 3, 0, STYLE(TEXT), "\xE7\xA6\x8F"); /* half outside */
	expect(&g, "");
	surface_text(s, 0, 0, STYLE(TEXT), "\xE7\xA6\x8F");
	surface_put(s, 1, 0, STYLE(TEXT), 'a'); /* over its right half */
	expect(&g, " a\n");
	surface_text(s, 0, 0, STYLE(TEXT), "\xE7\xA6\x8F");
	surface_put(s, 0, 0, STYLE(TEXT), 'b'); /* over its left half */
	expect(&g, "b\n");
	grid_free(&g);
}

static void test_hostile_text(void **state)
{
	struct grid g;
	struct surface s = fresh(&g, 20, 1, CHARSET_BRAILLE);

	(void)state;
	surface_text(s, 0, 0, STYLE(TEXT),
		     "a\x1b[31m\xC2\x9B"
		     "b\xE2\x80\xAE\xFF");
	for (int x = 0; x < 20; x++) {
		uint32_t cp = surface_cell(s, x, 0)->cp;

		assert_true(cp >= ' ' && cp != 0x7F && !(cp >= 0x80 && cp < 0xA0) && cp != 0x202E);
	}
	grid_free(&g);
}

static void test_ascii(void **state)
{
	struct grid g;
	struct surface s = fresh(&g, 20, 2, CHARSET_ASCII);

	(void)state;
	surface_text(s, 0, 0, STYLE(TEXT), "\xC3\xB6\xC2\xB7\xE2\x80\xA6");
	surface_put(s, 0, 1, STYLE(TEXT), 0x2588);
	for (int i = 0; i < g.w * g.h; i++)
		assert_true(g.cells[i].cp >= ' ' && g.cells[i].cp < 0x7F);
	expect(&g, "o....\n#\n");
	grid_free(&g);
}

static void test_fields(void **state)
{
	struct grid g;
	struct surface s = fresh(&g, 12, 4, CHARSET_BRAILLE);

	(void)state;
	surface_field(s, 0, 0, 6, ALIGN_RIGHT, STYLE(TEXT), STR("1.5"));
	surface_field(s, 0, 1, 6, ALIGN_LEFT, STYLE(TEXT), STR("Kohlbecker"));
	surface_field(s, 0, 2, 4, ALIGN_LEFT, STYLE(TEXT), STR("\xE7\xA6\x8F\xE4\xBD\x8F\xE4\xBB\x81"));
	surface_field(s, 0, 3, 6, ALIGN_CENTRE, STYLE(TEXT), STR("ab"));
	expect(&g, "   1.5\nKohlb~\n\xE7\xA6\x8F~\n  ab\n");
	grid_free(&g);
}

static void test_clipping(void **state)
{
	struct grid g;
	struct surface s = fresh(&g, 8, 4, CHARSET_BRAILLE), sub;

	(void)state;
	sub = surface_sub(s, (struct rect){2, 1, 3, 2});
	surface_text(sub, -1, 0, STYLE(TEXT), "abcdefgh");
	surface_text(sub, 0, 5, STYLE(TEXT), "no");
	surface_fill(sub, (struct rect){-5, 1, 50, 50}, STYLE(TEXT), '#');
	expect(&g, "\n  bcd\n  ###\n");
	sub = surface_sub(sub, (struct rect){1, 0, 100, 100});
	surface_text(sub, 0, 0, STYLE(TEXT), "xyz");
	expect(&g, "\n  bxy\n  ###\n");
	surface_text(surface_sub(s, (struct rect){0, 0, -3, 2}), 0, 0, STYLE(TEXT), "none");
	expect(&g, "\n  bxy\n  ###\n");
	grid_free(&g);
}

static void test_junctions(void **state)
{
	struct grid g;
	struct surface s = fresh(&g, 7, 5, CHARSET_BRAILLE);

	(void)state;
	surface_hline(s, 0, 0, 7, STYLE(STRUCT));
	surface_vline(s, 3, 0, 5, STYLE(STRUCT));
	surface_hline(s, 3, 2, 4, STYLE(STRUCT));
	surface_hline(s, 0, 3, 7, STYLE(STRUCT));
	expect(&g, "───┬───\n   │\n   ├───\n───┼───\n   │\n");
	grid_free(&g);
	s = fresh(&g, 7, 4, CHARSET_BRAILLE); /* the divider first */
	surface_vline(s, 3, 0, 4, STYLE(STRUCT));
	surface_hline(s, 0, 0, 4, STYLE(STRUCT));
	surface_hline(s, 3, 0, 4, STYLE(STRUCT));
	surface_hline(s, 3, 1, 4, STYLE(STRUCT));
	surface_hline(s, 0, 3, 7, STYLE(STRUCT));
	expect(&g, "───┬───\n   ├───\n   │\n───┴───\n");
	grid_free(&g);
	s = fresh(&g, 7, 3, CHARSET_ASCII);
	surface_hline(s, 0, 0, 7, STYLE(STRUCT));
	surface_vline(s, 3, 0, 3, STYLE(STRUCT));
	expect(&g, "---+---\n   |\n   |\n");
	grid_free(&g);
}

static void test_rule(void **state)
{
	struct grid g;
	struct surface s = fresh(&g, 24, 2, CHARSET_BRAILLE);

	(void)state;
	surface_rule(s, 0, 0, 24, "Field", "1/6", STYLE(HEAD));
	surface_rule(s, 0, 1, 8, "Long title", "right", STYLE(HEAD));
	expect(&g, "─ Field ───────── 1/6 ──\n─ Long ─\n");
	grid_free(&g);
}

static void test_ground_keeps_text(void **state)
{
	struct grid g;
	struct surface s = fresh(&g, 4, 1, CHARSET_BRAILLE);

	(void)state;
	surface_text(s, 0, 0, STYLE(YOU), "22");
	surface_ground(s, (struct rect){0, 0, 4, 1}, ROLE_CURSOR);
	assert_int_equal(surface_cell(s, 0, 0)->cp, '2');
	assert_int_equal(surface_cell(s, 0, 0)->style.role, ROLE_YOU);
	assert_int_equal(surface_cell(s, 3, 0)->style.ground, ROLE_CURSOR);
	grid_free(&g);
}

static void test_sizes(void **state)
{
	(void)state;
	for (int w = -1; w < 30; w++) {
		for (int h = -1; h < 8; h++) {
			struct grid g;
			struct surface s = fresh(&g, w, h, CHARSET_BRAILLE);

			surface_too_small(s, 80, 24);
			surface_rule(s, 0, 0, w, "title", "right", STYLE(HEAD));
			text_wrap(s, STYLE(TEXT), STR("a few words to wrap over lines"), 2, 0);
			grid_free(&g);
		}
	}
}

static void test_wrap(void **state)
{
	struct grid g;
	struct surface s = fresh(&g, 12, 6, CHARSET_BRAILLE);

	(void)state;
	assert_int_equal(text_wrap(s, STYLE(TEXT), STR("Lap 1 cost 1.436 s.\nDo: look"), 2, 0), 3);
	expect(&g, "Lap 1 cost\n  1.436 s.\nDo: look\n");
	assert_int_equal(text_lines(4, STR("abcdefgh"), 0), 2);
	assert_int_equal(text_lines(0, STR("a"), 0), 0);
	grid_free(&g);
}

static void cell(const void *ctx, int row, int column, struct table_cell *out)
{
	static const char *const names[] = {"Workman", "Fletcher", "Robusto"};

	(void)ctx;
	if (column == 0)
		out->text[0] = (char)('1' + row);
	else
		memcpy(out->text, names[row], strlen(names[row]) + 1);
	out->mark = column == 1 && row == 1 ? '*' : 0;
}

static void test_table(void **state)
{
	static const struct table_column columns[] = {
		{.title = "P", .align = ALIGN_RIGHT, .w = 2},
		{.title = "Driver", .w = 6, .max_w = 9, .mark = true, .drop = 1},
	};
	struct table t = {columns, 2, 3, NULL, cell, NULL, true, true, -1, false};
	struct table_state st = {0, 0};
	struct grid g;
	struct surface s = fresh(&g, 14, 3, CHARSET_BRAILLE);

	(void)state;
	assert_true(table_go(&st, TABLE_LAST, 3, 2));
	assert_int_equal(st.top, 1);
	table_draw(&t, &st, s);
	expect(&g, "  P Driver\n  2 Fletcher *\n  3 Robusto\n");
	assert_int_equal(g.cursor_y, 2);
	assert_int_equal(table_row_at(&t, &st, s, 1), 1);
	assert_int_equal(table_column_at(&t, 14, 5), 1);
	assert_int_equal(table_column_at(&t, 6, 5), -1); /* dropped */
	assert_false(table_go(&st, TABLE_DOWN, 3, 2));
	table_settle(&st, 0, 2);
	assert_int_equal(st.cursor, 0);
	grid_free(&g);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_text_and_widths),
		cmocka_unit_test(test_combining),
		cmocka_unit_test(test_wide_letter_halves),
		cmocka_unit_test(test_hostile_text),
		cmocka_unit_test(test_ascii),
		cmocka_unit_test(test_fields),
		cmocka_unit_test(test_clipping),
		cmocka_unit_test(test_junctions),
		cmocka_unit_test(test_rule),
		cmocka_unit_test(test_ground_keeps_text),
		cmocka_unit_test(test_sizes),
		cmocka_unit_test(test_wrap),
		cmocka_unit_test(test_table),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
