#include "core/base/buf.h"

#include <string.h>

#include "tests/unit/helper.h"

static void appends(void **state)
{
	struct buf b;

	(void)state;
	buf_init(&b, 1000);
	assert_null(b.p);
	assert_true(buf_str(&b, "lap"));
	assert_true(buf_char(&b, ' '));
	assert_true(buf_fmt(&b, "%d of %s", 12, "22"));
	assert_true(buf_add(&b, "\0x", 2));
	assert_true(buf_add(&b, NULL, 0));
	assert_true(buf_str(&b, NULL));
	assert_int_equal(b.n, 14);
	assert_memory_equal(b.p, "lap 12 of 22\0x", 15);
	assert_int_equal(buf_view(&b).n, 14);
	buf_clear(&b);
	assert_int_equal(b.n, 0);
	assert_string_equal(b.p, "");
	buf_release(&b);
	assert_null(b.p);
	assert_true(buf_str(&b, "again"));
	assert_string_equal(b.p, "again");
	buf_release(&b);
}

static void exactly_the_ceiling(void **state)
{
	struct buf b;

	(void)state;
	buf_init(&b, 5);
	assert_true(buf_str(&b, "12345"));
	assert_string_equal(b.p, "12345");
	assert_false(b.failed);
	assert_false(buf_char(&b, '6'));
	assert_true(b.failed);
	assert_string_equal(b.p, "12345");
	/* Failed once, it takes nothing more, or the text would have a hole. */
	assert_false(buf_add(&b, "", 0));
	buf_clear(&b);
	assert_false(b.failed);
	assert_true(buf_fmt(&b, "%s", "abcde"));
	assert_false(buf_fmt(&b, "%s", "f"));
	assert_string_equal(b.p, "abcde");
	buf_release(&b);
}

static void format_keeps_what_was(void **state)
{
	struct buf b;

	(void)state;
	buf_init(&b, 100);
	buf_str(&b, "keep");
	assert_false(buf_fmt(&b, "%0200d", 1));
	assert_int_equal(b.n, 4);
	assert_string_equal(b.p, "keep");
	buf_release(&b);
}

static void grows(void **state)
{
	struct buf b;

	(void)state;
	buf_init(&b, 1 << 20);
	for (int i = 0; i < 100000; i++)
		assert_true(buf_fmt(&b, "%d,", i % 10));
	assert_int_equal(b.n, 200000);
	for (size_t i = 0; i < b.n; i += 2)
		assert_int_equal(b.p[i], '0' + (char)(i / 2 % 10));
	buf_release(&b);
}

static void room(void **state)
{
	struct buf b;
	char *p;

	(void)state;
	buf_init(&b, 10);
	buf_str(&b, "ab");
	p = buf_room(&b, 8);
	assert_ptr_equal(p, b.p + 2);
	memcpy(p, "cdefghij", 8);
	b.n += 8;
	assert_string_equal(b.p, "abcdefghij");
	assert_null(buf_room(&b, 1));
	assert_true(b.failed);
	assert_string_equal(b.p, "abcdefghij");
	buf_release(&b);
	buf_init(&b, SIZE_MAX);
	assert_null(buf_room(&b, SIZE_MAX));
	assert_true(b.failed);
	buf_release(&b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(appends),
		cmocka_unit_test(exactly_the_ceiling),
		cmocka_unit_test(format_keeps_what_was),
		cmocka_unit_test(grows),
		cmocka_unit_test(room),
	};

	return cmocka_run_group_tests_name("buf", tests, NULL, NULL);
}
