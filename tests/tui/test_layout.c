/* Thousands of sizes: panes never overlap, never leave the screen, are never empty; what must stay stays. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "tui/layout.h"

enum { FIELD, CHART, LEDGER, SEASON, SECTORS, NOTES, LINE, NPANES };

#define PANE(id, w, h, s, d)                                                                                           \
	{                                                                                                              \
		.kind = LAYOUT_PANE, .pane = (id), .min_w = (w), .min_h = (h), .share = (s), .drop = (d)               \
	}

static const struct layout_node left[] = {PANE(FIELD, 36, 6, 3, 0), PANE(SECTORS, 36, 6, 1, 2)};
static const struct layout_node right[] = {PANE(CHART, 38, 7, 2, 3), PANE(LEDGER, 38, 6, 0, 0),
					   PANE(SEASON, 38, 4, 0, 4)};
static const struct layout_node columns[] = {
	{.kind = LAYOUT_ROWS, .child = left, .nchild = 2, .share = 1},
	{.kind = LAYOUT_ROWS, .child = right, .nchild = 3, .share = 1, .max_w = 70},
};
static const struct layout_node rows[] = {
	{.kind = LAYOUT_PANE, .pane = LINE, .min_w = 20, .min_h = 2, .max_h = 2},
	{.kind = LAYOUT_COLS, .child = columns, .nchild = 2, .share = 3},
	PANE(NOTES, 40, 3, 1, 1),
};
static const struct layout_node root = {.kind = LAYOUT_ROWS, .child = rows, .nchild = 3};

static bool overlap(struct rect a, struct rect b)
{
	return a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h;
}

static void check(const struct layout *l, int w, int h)
{
	for (int i = 0; i < NPANES; i++) {
		struct rect a = l->pane[i];

		if (a.w == 0)
			continue;
		assert_true(a.x >= 0 && a.y >= 0 && a.w > 0 && a.h > 0 && a.x + a.w <= w && a.y + a.h <= h);
		for (int j = i + 1; j < NPANES; j++)
			assert_false(l->pane[j].w > 0 && overlap(a, l->pane[j]));
		for (int d = 0; d < l->ndivider; d++)
			assert_false(overlap(a, l->divider[d]));
	}
}

static void test_all_sizes(void **state)
{
	(void)state;
	for (int w = 0; w <= 260; w++) {
		for (int h = 0; h <= 90; h++) {
			struct layout l;
			bool ok = layout_solve(&root, (struct rect){0, 0, w, h}, &l);

			assert_int_equal(ok, w >= l.need_w && h >= l.need_h);
			check(&l, w, h);
			assert_int_equal(l.pane[FIELD].w > 0, ok);
			assert_int_equal(l.pane[LEDGER].w > 0, ok);
		}
	}
}

static void test_order_of_dropping(void **state)
{
	struct layout l;

	(void)state;
	assert_true(layout_solve(&root, (struct rect){0, 0, 120, 40}, &l));
	for (int i = 0; i < NPANES; i++)
		assert_true(l.pane[i].w > 0);
	assert_true(layout_solve(&root, (struct rect){0, 0, 120, 20}, &l));
	assert_int_equal(l.pane[SEASON].w, 0);
	assert_true(l.pane[CHART].w > 0 && l.pane[NOTES].w > 0);
	assert_true(layout_solve(&root, (struct rect){0, 0, 120, 10}, &l));
	assert_int_equal(l.pane[CHART].w, 0);
	assert_int_equal(l.pane[SECTORS].w, 0);
}

static void test_bounds(void **state)
{
	struct layout l;

	(void)state;
	assert_true(layout_solve(&root, (struct rect){5, 3, 250, 60}, &l));
	assert_int_equal(l.pane[LINE].h, 2);
	assert_int_equal(l.pane[LINE].x, 5);
	assert_int_equal(l.pane[LINE].y, 3);
	assert_int_equal(l.pane[CHART].w, 70);
	assert_int_equal(l.pane[FIELD].w, 250 - 71);
	assert_int_equal(l.ndivider, 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_all_sizes),
		cmocka_unit_test(test_order_of_dropping),
		cmocka_unit_test(test_bounds),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
