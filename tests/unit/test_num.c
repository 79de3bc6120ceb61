#include "core/base/num.h"

#include <locale.h>
#include <math.h>
#include <string.h>

#include "tests/unit/helper.h"

static void good_times(void **state)
{
	static const struct {
		const char *text;
		ms_t ms;
	} cases[] = {
		{"57.613", 57613},
		{"1:54.168", 114168},
		{"17:31:33.055", 63093055},
		{"0:00:35.158", 35158},
		{"39.5", 39500},
		{"39.57", 39570},
		{"0", 0},
		{" \t 1:02 ", 62000},
		{"00:17.639", 17639},
		{"97.3044", 97304},
		{"97.3045", 97305},
		{"97.30449999", 97304},
		{"59.9995", 60000},
		{"0.0005", 1},
		{"0.000499999999999999999999999", 0},
		{"114.168", 114168},
		{"500:00:00", 1800000000},
		{"1800000", 1800000000},
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		ms_t ms = -7;

		if (!time_parse(str_from(cases[i].text), &ms) || ms != cases[i].ms)
			fail_msg("%s: %d", cases[i].text, ms);
	}
}

static void bad_times(void **state)
{
	static const char *const cases[] = {
		"",
		" ",
		".",
		"5.",
		".5",
		":",
		"1:",
		":1",
		"1:60",
		"1:60:00",
		"1:2:3:4",
		"-1",
		"+1",
		"1,5",
		"1.5s",
		"1 2",
		"1. 5",
		"xx.",
		"1:100",
		"1'02.492",
		"500:00:00.001",
		"1800000.0005",
		"99999999999999999999",
		"1e3",
		"1.5.5",
		"::",
		"9999999:00",
		"0x10",
		"nan",
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		ms_t ms = -7;

		if (time_parse(str_from(cases[i]), &ms) || ms != -7)
			fail_msg("\"%s\" taken as %d", cases[i], ms);
	}
	ms_t ms = -7;
	assert_false(time_parse(STR("1\0"), &ms));
	assert_false(time_parse((struct str){NULL, 0}, &ms));
}

static void gaps(void **state)
{
	ms_t ms = -7;

	(void)state;
	assert_true(gap_parse(STR("+0.173"), &ms) && ms == 173);
	assert_true(gap_parse(STR("+1:14.985"), &ms) && ms == 74985);
	assert_true(gap_parse(STR("+1'02.492"), &ms) && ms == 62492);
	assert_true(gap_parse(STR(" 12.5 "), &ms) && ms == 12500);
	ms = -7;
	static const char *const bad[] = {"-",        "",     "+",     "++1",   "+ 1", "1 Lap",
					  "-15 Laps", "-0.5", "1'2'3", "1:2'3", "'1"};
	for (size_t i = 0; i < COUNT_OF(bad); i++)
		if (gap_parse(str_from(bad[i]), &ms) || ms != -7)
			fail_msg("\"%s\" taken as %d", bad[i], ms);
}

static void whole_numbers(void **state)
{
	static const char *const bad[] = {"",
					  "-",
					  "+",
					  "1.0",
					  "1 2",
					  "--1",
					  "0x1",
					  "1e3",
					  "９",
					  "/",
					  ":",
					  "9223372036854775808",
					  "-9223372036854775809",
					  "99999999999999999999999"};
	int64_t v = 1;

	(void)state;
	assert_true(int_parse(STR("0"), &v) && v == 0);
	assert_true(int_parse(STR(" -0012\t"), &v) && v == -12);
	assert_true(int_parse(STR("+7"), &v) && v == 7);
	assert_true(int_parse(STR("9223372036854775807"), &v) && v == INT64_MAX);
	assert_true(int_parse(STR("-9223372036854775808"), &v) && v == INT64_MIN);
	assert_true(int_parse(STR("-9223372036854775807"), &v) && v == -INT64_MAX);
	v = 42;
	for (size_t i = 0; i < COUNT_OF(bad); i++)
		if (int_parse(str_from(bad[i]), &v) || v != 42)
			fail_msg("\"%s\" taken as %lld", bad[i], (long long)v);
}

/* Expected values are the compiler's own reading of the same spelling, which is the nearest double. */
static void decimals(void **state)
{
	static const struct {
		const char *text;
		double v;
	} good[] = {
		{"39.57", 39.57},
		{"-999", -999},
		{"1.0", 1},
		{"1e3", 1000},
		{" +2.5E-3 ", 0.0025},
		{".5", 0.5},
		{"5.", 5},
		{"0", 0},
		{"0.1", 0.1},
		{"33.5329383", 33.5329383},
		{"123456789.123456789", 123456789.123456789},
		{"0.000000000000000000000000000001", 1e-30},
		{"9007199254740993", 9007199254740993.0},
		{"1.7976931348623157e308", 1.7976931348623157e308},
		{"4.9406564584124654e-324", 4.9406564584124654e-324},
		{"1e-999", 0},
		{"100000000000000000000000", 1e23},
		{"0000000000000000000000000000000000000001.5", 1.5},
	};
	static const char *const bad[] = {"",    "-",   ".",    "e5",   "1e",  "1e+", "0x1p3", "inf",    "nan",
					  "1,5", "1 2", "1..2", "1e5.", "--1", "1f",  "1e999", "-1e400", "infinity"};
	double v;

	(void)state;
	for (size_t i = 0; i < COUNT_OF(good); i++) {
		v = -7;
		if (!dec_parse(str_from(good[i].text), &v) || v != good[i].v)
			fail_msg("%s: %.17g", good[i].text, v);
	}
	v = 42;
	for (size_t i = 0; i < COUNT_OF(bad); i++)
		if (dec_parse(str_from(bad[i]), &v) || v != 42)
			fail_msg("\"%s\" taken as %.17g", bad[i], v);
	assert_true(dec_parse(STR("-0"), &v) && v == 0 && signbit(v));
}

static void endless_digits(void **state)
{
	char text[5000];
	double v = 42;
	int64_t i = 42;
	ms_t ms = 42;

	(void)state;
	memset(text, '9', sizeof text);
	struct str s = {text, sizeof text};
	assert_false(dec_parse(s, &v));
	assert_false(int_parse(s, &i));
	assert_false(time_parse(s, &ms));
	memset(text, '0', sizeof text);
	assert_true(time_parse(s, &ms));
	assert_int_equal(ms, 0);
}

static void printed_times(void **state)
{
	char o[NUM_LEN];

	(void)state;
	assert_string_equal(time_str(o, 97304), "1:37.304");
	assert_string_equal(time_str(o, 57613), "57.613");
	assert_string_equal(time_str(o, 2737014), "45:37.014");
	assert_string_equal(time_str(o, 4684184), "1:18:04.184");
	assert_string_equal(time_str(o, 59999), "59.999");
	assert_string_equal(time_str(o, 60000), "1:00.000");
	assert_string_equal(time_str(o, 3599999), "59:59.999");
	assert_string_equal(time_str(o, 3600000), "1:00:00.000");
	assert_string_equal(time_str(o, 0), "0.000");
	assert_string_equal(time_str(o, -61001), "-1:01.001");
	assert_string_equal(time_str(o, MS_NONE), "-");
	assert_string_equal(time_str(o, MS_MAX), "596:31:23.647");
	assert_string_equal(time_str(o, MS_NONE + 1), "-596:31:23.647");
	assert_string_equal(time_str_min(o, 57613), "0:57.613");
	assert_string_equal(time_str_min(o, -5), "-0:00.005");
	assert_string_equal(time_str_min(o, 3600000), "1:00:00.000");
	assert_string_equal(time_str_min(o, MS_NONE), "-");
	assert_string_equal(diff_str(o, 234), "+0.234");
	assert_string_equal(diff_str(o, -1121), "-1.121");
	assert_string_equal(diff_str(o, 78184), "+1:18.184");
	assert_string_equal(diff_str(o, 0), "0.000");
	assert_string_equal(diff_str(o, MS_NONE), "-");
	assert_string_equal(sec_str(o, 97304), "97.304");
	assert_string_equal(sec_str(o, -21), "-0.021");
	assert_string_equal(sec_str(o, 0), "0.000");
	assert_string_equal(sec_str(o, MS_NONE), "null");
	assert_string_equal(sec_str(o, MS_NONE + 1), "-2147483.647");
}

static void printed_decimals(void **state)
{
	char o[NUM_LEN];

	(void)state;
	assert_string_equal(dec_str(o, 0.125, 2), "0.13");
	assert_string_equal(dec_str(o, -0.125, 2), "-0.13");
	assert_string_equal(dec_str(o, 2.5, 0), "3");
	assert_string_equal(dec_str(o, -2.5, 0), "-3");
	assert_string_equal(dec_str(o, -0.004, 2), "0.00");
	assert_string_equal(dec_str(o, -0.0, 1), "0.0");
	assert_string_equal(dec_str(o, 0.9996, 3), "1.000");
	assert_string_equal(dec_sign_str(o, 0.125, 2), "+0.13");
	assert_string_equal(dec_sign_str(o, -0.125, 2), "-0.13");
	assert_string_equal(dec_sign_str(o, 0.004, 2), "0.00");
	assert_string_equal(dec_sign_str(o, -0.004, 2), "0.00");
	assert_string_equal(dec_sign_str(o, (double)INFINITY, 2), "-");
	assert_string_equal(dec_str(o, 12.05, 3), "12.050");
	assert_string_equal(dec_str(o, -0.05, 2), "-0.05");
	assert_string_equal(dec_str(o, 1.0000005, 6), "1.000001");
	assert_string_equal(dec_str(o, 3, 99), "3.000000");
	assert_string_equal(dec_str(o, 3, -1), "3");
	assert_string_equal(dec_str(o, -999999999999.0, 6), "-999999999999.000000");
	assert_string_equal(dec_str(o, (double)NAN, 2), "-");
	assert_string_equal(dec_str(o, (double)INFINITY, 2), "-");
	assert_string_equal(dec_str(o, 1e18, 0), "-");
	assert_string_equal(dec_str(o, -1e300, 6), "-");
}

/* A comma as decimal point in the program's locale must change nothing. */
static void comma_locale(void **state)
{
	char o[NUM_LEN];
	double v;

	(void)state;
	if (!setlocale(LC_ALL, "de_DE.UTF-8") && !setlocale(LC_ALL, "fr_FR.UTF-8"))
		skip();
	assert_true(dec_parse(STR("39.57"), &v) && v == 39.57);
	assert_true(dec_parse(STR("1234567890.12345678901234"), &v) && v == 1234567890.12345678901234);
	assert_string_equal(dec_str(o, 1.5, 2), "1.50");
	setlocale(LC_ALL, "C");
}

static void rounding(void **state)
{
	(void)state;
	assert_int_equal(round_half_away(0.5), 1);
	assert_int_equal(round_half_away(-0.5), -1);
	assert_int_equal(round_half_away(0.49999999999999994), 0);
	assert_int_equal(round_half_away(2.4), 2);
	assert_int_equal(round_half_away(1e300), INT64_MAX);
	assert_int_equal(round_half_away(-1e300), INT64_MIN);
	assert_int_equal(round_half_away((double)NAN), 0);
	assert_int_equal(half_round(7), 4);
	assert_int_equal(half_round(-7), -4);
	assert_int_equal(half_round(8), 4);
	assert_int_equal(half_round(-8), -4);
	assert_int_equal(half_round(1), 1);
	assert_int_equal(half_round(0), 0);
	assert_int_equal(half_round(INT64_MAX), INT64_C(4611686018427387904));
	assert_int_equal(half_round(INT64_MIN), INT64_C(-4611686018427387904));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(good_times),    cmocka_unit_test(bad_times),        cmocka_unit_test(gaps),
		cmocka_unit_test(whole_numbers), cmocka_unit_test(decimals),         cmocka_unit_test(endless_digits),
		cmocka_unit_test(printed_times), cmocka_unit_test(printed_decimals), cmocka_unit_test(comma_locale),
		cmocka_unit_test(rounding),
	};

	return cmocka_run_group_tests_name("num", tests, NULL, NULL);
}
