#include "core/base/err.h"

#include <string.h>

#include "core/base/utf8.h"
#include "tests/unit/helper.h"

static void set_and_prefix(void **state)
{
	struct err e = {ERR_NONE, ""};

	(void)state;
	assert_false(err_set(&e, ERR_FORMAT, "line %d: %s", 7, "no lap number"));
	assert_int_equal(e.code, ERR_FORMAT);
	assert_string_equal(e.msg, "line 7: no lap number");
	assert_false(err_prefix(&e, "%s", "laps.csv"));
	assert_int_equal(e.code, ERR_FORMAT);
	assert_string_equal(e.msg, "laps.csv: line 7: no lap number");
	/* The old message may be an argument of the new one. */
	err_set(&e, ERR_IO, "twice: %s", e.msg);
	assert_string_equal(e.msg, "twice: laps.csv: line 7: no lap number");
	assert_false(err_set(NULL, ERR_IO, "nobody listens"));
	assert_false(err_prefix(NULL, "nobody"));
}

static void cut_between_letters(void **state)
{
	struct err e;
	char text[1000];

	(void)state;
	/* 'x' and then two-byte letters: 399 bytes hold the x and 199 of them exactly. */
	text[0] = 'x';
	for (int i = 0; i < 400; i++)
		memcpy(text + 1 + 2 * i, "\xc3\xb6", 2);
	text[801] = '\0';
	err_set(&e, ERR_IO, "%s", text);
	assert_int_equal(strlen(e.msg), 399);
	assert_memory_equal(e.msg, text, 399);
	/* One byte later the last letter does not fit. */
	err_set(&e, ERR_IO, "y%s", text);
	assert_int_equal(strlen(e.msg), 398);
	assert_true(utf8_valid(str_from(e.msg)));
	err_prefix(&e, "%s", text);
	assert_int_equal(strlen(e.msg), 399);
	assert_true(utf8_valid(str_from(e.msg)));
}

static void bad_bytes(void **state)
{
	struct err e;

	(void)state;
	err_set(&e, ERR_FORMAT, "car \"%s\"", "a\xff\xc3z\xef\xbf\xbd");
	assert_string_equal(e.msg, "car \"a??z\xef\xbf\xbd\"");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(set_and_prefix),
		cmocka_unit_test(cut_between_letters),
		cmocka_unit_test(bad_bytes),
	};

	return cmocka_run_group_tests_name("err", tests, NULL, NULL);
}
