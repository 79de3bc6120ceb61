#include "core/base/utf8.h"

#include <limits.h>
#include <string.h>

#include "tests/unit/helper.h"

static void all_code_points_round_trip(void **state)
{
	(void)state;
	for (uint32_t cp = 0; cp <= 0x10FFFF; cp++) {
		char bytes[4];
		struct str s = {bytes, utf8_put(cp, bytes)};
		bool surrogate = cp >= 0xD800 && cp <= 0xDFFF;

		if (!utf8_valid(s) || utf8_next(&s) != (surrogate ? 0xFFFDu : cp) || s.n != 0)
			fail_msg("U+%04X", cp);
	}
	char bytes[4];
	assert_int_equal(utf8_put(0x110000, bytes), 3);
	assert_memory_equal(bytes, "\xef\xbf\xbd", 3);
}

static void malformed(void **state)
{
	static const char *const cases[] = {
		"\x80",
		"\xbf",
		"\xc0\x80",
		"\xc1\xbf",
		"\xe0\x80\x80",
		"\xe0\x9f\xbf",
		"\xed\xa0\x80",
		"\xed\xbf\xbf",
		"\xf0\x80\x80\x80",
		"\xf4\x90\x80\x80",
		"\xf5\x80\x80\x80",
		"\xfe",
		"\xff",
		"\xc3",
		"\xe2\x82",
		"\xf0\x9f\x8f",
		"\xc3(",
		"\xe2(\xa1",
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		struct str s = str_from(cases[i]);
		size_t n = s.n;

		assert_false(utf8_valid(s));
		assert_int_equal(utf8_next(&s), 0xFFFD);
		assert_int_equal(s.n, n - 1);
	}
	assert_true(utf8_valid(STR("")));
	assert_true(utf8_valid(STR("Kirchh\xc3\xb6"
				   "fer \xe7\xa6\x8f\xe4\xbd\x8f \xf0\x9f\x8f\x81")));
}

static void widths(void **state)
{
	static const struct {
		uint32_t cp;
		int width;
	} cases[] = {
		{'a', 1},      {' ', 1},       {0xA0, 1},      {0xF6, 1},    {0x159, 1},   {0x3B1, 1},
		{0x416, 1},    {0x300, 0},     {0x308, 0},     {0x20D7, 0},  {0x798F, 2},  {0x4F4F, 2},
		{0xAC00, 2},   {0x3042, 2},    {0xFF21, 2},    {0xFF71, 1},  {0x1F3C1, 2}, {0x2500, 1},
		{0x2588, 1},   {0x28FF, 1},    {0x2026, 1},    {0x2192, 1},  {0xFFFD, 1},  {0, -1},
		{0x1B, -1},    {'\n', -1},     {0x7F, -1},     {0x80, -1},   {0x9B, -1},   {0xAD, -1},
		{0x61C, -1},   {0x200B, -1},   {0x200C, -1},   {0x200D, -1}, {0x200E, -1}, {0x200F, -1},
		{0x2028, -1},  {0x2029, -1},   {0x202A, -1},   {0x202E, -1}, {0x2066, -1}, {0x2069, -1},
		{0xFEFF, -1},  {0xFE0F, -1},   {0xE000, -1},   {0xF8FF, -1}, {0xD800, -1}, {0xE0041, -1},
		{0xF0000, -1}, {0x10FFFF, -1}, {0x110000, -1}, {0xFFFF, -1}, {0x378, -1},  {UINT32_MAX, -1},
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(cases); i++)
		if (utf8_width(cases[i].cp) != cases[i].width)
			fail_msg("U+%04X: %d", cases[i].cp, utf8_width(cases[i].cp));
}

static void expect_clean(const char *in, size_t n, bool ascii, const char *want)
{
	struct buf b;

	buf_init(&b, 1000);
	assert_true(text_clean(&b, (struct str){in, n}, ascii));
	assert_string_equal(b.p ? b.p : "", want);
	buf_release(&b);
}

#define CLEAN(in, ascii, want) expect_clean(in, sizeof(in) - 1, ascii, want)
#define FFFD                   "\xef\xbf\xbd"

static void cleaned(void **state)
{
	(void)state;
	CLEAN("Altoè", false, "Altoè");
	CLEAN("a\x1b[31mb\0c\x7f", false, "a" FFFD "[31mb" FFFD "c" FFFD);
	CLEAN("a\tb\r\n", false, "a" FFFD "b" FFFD FFFD);
	CLEAN("\xc2\x9b"
	      "2J",
	      false, FFFD "2J");
	CLEAN("\xe2\x80\xae"
	      "evil",
	      false, FFFD "evil");
	CLEAN("\xe2\x82z", false, FFFD FFFD "z");
	CLEAN("o\xcc\x88", false, "o\xcc\x88");
	/* A mark needs a letter before it, and four of them are enough. */
	CLEAN("\xcc\x88o", false, FFFD "o");
	CLEAN("\x1b\xcc\x88", false, FFFD FFFD);
	CLEAN("o\xcc\x88\xcc\x88\xcc\x88\xcc\x88\xcc\x88", false, "o\xcc\x88\xcc\x88\xcc\x88\xcc\x88" FFFD);
	CLEAN("", false, "");
}

static void ascii_spelling(void **state)
{
	(void)state;
	CLEAN("Kirchhöfer", true, "Kirchhofer");
	CLEAN("Straße Ærø Þór", true, "Strasse AEro Thor");
	CLEAN("ŁódźŻ Škoda Çelik Ñandú", true, "LodzZ Skoda Celik Nandu");
	CLEAN("Nguyễn Ấu ȘțẞǺ", true, "Nguyen Au StSSA");
	CLEAN("o\xcc\x88", true, "o");
	CLEAN("a–b ‘c’ “d” …", true, "a-b 'c' \"d\" ...");
	CLEAN("福住 Жж α", true, "?? ?? ?");
	CLEAN("a.b\x1b" FFFD "\xff", true, "a.b???");
}

static void expect_cut(const char *in, int cols, bool ascii, bool mark, const char *want)
{
	struct buf b;

	buf_init(&b, 1000);
	buf_str(&b, ">");
	assert_true(text_cut(&b, str_from(in), cols, ascii, mark));
	assert_string_equal(b.p + 1, want);
	buf_release(&b);
}

static void cut(void **state)
{
	(void)state;
	expect_cut("Barber", 6, false, true, "Barber");
	expect_cut("Barber", 5, false, true, "Barb~");
	expect_cut("Barber", 5, false, false, "Barbe");
	expect_cut("Barber", 1, false, true, "~");
	expect_cut("Barber", 0, false, true, "");
	expect_cut("Barber", -3, false, true, "");
	expect_cut("", 3, false, true, "");
	/* Wide letters are never halved. */
	expect_cut("福住仁嶺", 8, false, true, "福住仁嶺");
	expect_cut("福住仁嶺", 7, false, true, "福住仁~");
	expect_cut("福住仁嶺", 6, false, true, "福住~");
	expect_cut("福住仁嶺", 5, false, false, "福住");
	expect_cut("福", 1, false, false, "");
	expect_cut("福", 1, false, true, "~");
	/* Marks stay with their letter, and go with it. */
	expect_cut("ao\xcc\x88"
		   "bc",
		   3, false, true, "ao\xcc\x88~");
	expect_cut("abo\xcc\x88"
		   "c",
		   3, false, true, "ab~");
	expect_cut("abo\xcc\x88", 3, false, true, "abo\xcc\x88");
	/* What one letter becomes is not split either. */
	expect_cut("aß", 2, true, true, "a~");
	expect_cut("aß", 3, true, true, "ass");
	expect_cut("a\x1b"
		   "bc",
		   3, false, true, "a" FFFD "~");
}

static void columns(void **state)
{
	(void)state;
	assert_int_equal(utf8_columns(STR("Kirchh\xc3\xb6"
					  "fer")),
			 10);
	assert_int_equal(utf8_columns(STR("福住仁嶺")), 8);
	assert_int_equal(utf8_columns(STR("o\xcc\x88")), 1);
	assert_int_equal(utf8_columns(STR("\x1b\xff")), 2);
	assert_int_equal(utf8_columns(STR("")), 0);
}

static void full_buffer(void **state)
{
	struct buf b;

	(void)state;
	buf_init(&b, 3);
	assert_false(text_clean(&b, STR("abcd"), false));
	assert_true(b.failed);
	assert_false(text_cut(&b, STR("x"), 5, false, true));
	buf_release(&b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(all_code_points_round_trip),
		cmocka_unit_test(malformed),
		cmocka_unit_test(widths),
		cmocka_unit_test(cleaned),
		cmocka_unit_test(ascii_spelling),
		cmocka_unit_test(cut),
		cmocka_unit_test(columns),
		cmocka_unit_test(full_buffer),
	};

	return cmocka_run_group_tests_name("utf8", tests, NULL, NULL);
}
