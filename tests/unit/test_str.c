#include "core/base/str.h"

#include "tests/unit/helper.h"

static const struct str none = {NULL, 0};

static void views(void **state)
{
	(void)state;
	assert_int_equal(str_from(NULL).n, 0);
	assert_true(str_is(str_trim(STR(" \t S1 x\t ")), "S1 x"));
	assert_int_equal(str_trim(STR(" \t ")).n, 0);
	assert_int_equal(str_trim(none).n, 0);
	assert_true(str_is(str_trim(STR("\nx\r")), "\nx\r"));
}

static void equality(void **state)
{
	(void)state;
	assert_true(str_eq(STR("a\0b"), STR("a\0b")));
	assert_false(str_eq(STR("a\0b"), STR("a\0c")));
	assert_false(str_is(STR("a\0b"), "a"));
	assert_true(str_eq(none, STR("")));
	assert_true(str_eq_nocase(STR("LAP_Time"), STR("lap_tIME")));
	assert_false(str_eq_nocase(STR("lap"), STR("laps")));
	/* Only ASCII letters fold: '@' and '`', '[' and '{' are 32 apart too. */
	assert_false(str_eq_nocase(STR("@["), STR("`{")));
	assert_false(str_eq_nocase(STR("\xc3\x96"), STR("\xc3\xb6")));
}

static void parts(void **state)
{
	(void)state;
	assert_true(str_starts_nocase(STR("23_AnalysisEndurance"), "23_analysis"));
	assert_false(str_starts_nocase(STR("23"), "23_"));
	assert_true(str_starts_nocase(none, ""));
	assert_true(str_has_nocase(STR("Road America"), "AMER"));
	assert_true(str_has_nocase(STR("Road America"), "ca"));
	assert_true(str_has_nocase(STR("Road America"), ""));
	assert_true(str_has_nocase(none, ""));
	assert_false(str_has_nocase(STR("Road"), "Roads"));
	assert_false(str_has_nocase(STR("aab"), "ac"));
}

static void bytewise(void **state)
{
	(void)state;
	assert_int_equal(str_cmp(STR("10"), STR("9")), -1);
	assert_int_equal(str_cmp(STR("9"), STR("90")), -1);
	assert_int_equal(str_cmp(STR("9"), STR("9")), 0);
	assert_int_equal(str_cmp(STR("\xff"), STR("a")), 1);
	assert_int_equal(str_cmp(none, STR("a")), -1);
	assert_int_equal(str_cmp(none, none), 0);
}

/* The list is in order, so every pair must compare as its places do: a total order, checked whole. */
static void natural(void **state)
{
	static const char *const order[] = {
		"",
		"#3",
		"000",
		"0",
		"0a",
		"003",
		"03",
		"3",
		"3 B",
		"03a",
		"3a",
		"3b",
		"4",
		"04x",
		"10",
		"18446744073709551616",
		"18446744073709551617",
		"A",
		"a",
		"a2",
		"a02b",
		"a2B",
		"a2b",
		"a10",
		"Car 2",
		"car 2",
		"Car 02x",
		"Car 10",
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(order); i++)
		for (size_t j = 0; j < COUNT_OF(order); j++) {
			int want = (i > j) - (i < j);
			int got = str_cmp_natural(str_from(order[i]), str_from(order[j]));

			if (got != want)
				fail_msg("\"%s\" against \"%s\": %d", order[i], order[j], got);
		}
	assert_int_equal(str_cmp_natural(none, STR("1")), -1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(views),    cmocka_unit_test(equality), cmocka_unit_test(parts),
		cmocka_unit_test(bytewise), cmocka_unit_test(natural),
	};

	return cmocka_run_group_tests_name("str", tests, NULL, NULL);
}
