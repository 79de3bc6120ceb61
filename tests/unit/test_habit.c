/* A mistake told from a habit: rows made by hand. */
#include <math.h>
#include <string.h>

#include "core/telemetry/habit.h"
#include "tests/unit/helper.h"

static struct tel_row row(double lost, double low, double high, unsigned n, unsigned outside)
{
	struct tel_row r;

	memset(&r, 0, sizeof(r));
	r.lost = lost;
	r.claim = fabs(lost) > 0.04;
	r.usual[FIG_LOST] = (struct tel_range){low, high, (low + high) / 2, n};
	r.outside = outside;
	return r;
}

static void test_kinds(void **state)
{
	const unsigned min = 1u << FIG_MIN;
	const struct {
		struct tel_row r;
		enum tel_habit want;
	} cases[] = {
		/* More than any other lap, and slower at the minimum than all of them. */
		{row(0.230, -0.03, 0.15, 5, min), HABIT_MISTAKE},
		/* The same, but no figure shows it. */
		{row(0.230, -0.03, 0.15, 5, 0), HABIT_NOT_CLEAR},
		/* All others lose it as well. */
		{row(0.120, 0.08, 0.20, 5, 0), HABIT_USUAL},
		{row(0.120, 0.08, 0.20, 5, min), HABIT_USUAL},
		/* A habit made worse by a mistake is a mistake. */
		{row(0.300, 0.08, 0.20, 5, min), HABIT_MISTAKE},
		/* One of the others did not lose it. */
		{row(0.120, 0.00, 0.20, 5, 0), HABIT_NOT_CLEAR},
		/* Two other laps say nothing. */
		{row(0.230, -0.03, 0.15, 2, min), HABIT_NOT_CLEAR},
		/* Under the floor; won. */
		{row(0.030, -0.03, 0.01, 5, min), HABIT_NOT_CLEAR},
		{row(-0.200, -0.03, 0.01, 5, min), HABIT_NOT_CLEAR},
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(cases); i++)
		assert_int_equal(tel_row_habit(&cases[i].r), cases[i].want);
}

static void test_sums(void **state)
{
	struct tel_row rows[] = {row(0.300, 0.00, 0.10, 5, 1u << FIG_MIN), row(0.100, 0.05, 0.20, 5, 0),
				 row(0.090, -0.10, 0.20, 5, 0), row(-0.300, -0.10, 0.20, 5, 0)};
	struct tel_table t = {.row = rows, .n = COUNT_OF(rows)};
	struct tel_habits h = tel_table_habits(&t);

	(void)state;
	assert_int_equal(h.mistakes, 1);
	assert_int_equal(h.usual, 1);
	assert_int_equal(h.not_clear, 1);
	assert_true(fabs(h.mistake - 0.300) < 1e-12 && fabs(h.habit - 0.100) < 1e-12);
}

static void test_names(void **state)
{
	(void)state;
	assert_string_equal(tel_habit_name(HABIT_MISTAKE), "mistake");
	assert_string_equal(tel_habit_name(HABIT_USUAL), "habit");
	assert_string_equal(tel_habit_name(HABIT_NOT_CLEAR), "");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_kinds),
		cmocka_unit_test(test_sums),
		cmocka_unit_test(test_names),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
