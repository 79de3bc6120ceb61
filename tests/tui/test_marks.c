#include "tui/marks.h"

#include <stdio.h>
#include <string.h>

#include "tests/unit/helper.h"

static void kept_by_track_car_and_place(void **state)
{
	struct marks m = {0};
	const struct mark *k;

	(void)state;
	assert_true(marks_set(&m, "barber", "22", "IM1", MARK_AGREED, ""));
	assert_true(marks_set(&m, "barber", "13", "IM1", MARK_WRONG, "traffic"));
	assert_null(marks_find(&m, "cota", "22", "IM1"));
	k = marks_find(&m, "barber", "22", "IM1");
	assert_non_null(k);
	assert_int_equal(k->kind, MARK_AGREED);
	assert_true(marks_set(&m, "barber", "22", "IM1", MARK_TOLD, "a word that only a wrong one has"));
	k = marks_find(&m, "barber", "22", "IM1");
	assert_int_equal(k->kind, MARK_TOLD);
	assert_string_equal(k->why, "");
	assert_int_equal(m.n, 2);
	assert_true(marks_set(&m, "barber", "22", "IM1", MARK_NONE, ""));
	assert_null(marks_find(&m, "barber", "22", "IM1"));
	assert_int_equal(m.n, 1);
	marks_release(&m);
}

static void written_and_read_again(void **state)
{
	struct marks m = {0}, again = {0};
	struct buf b;
	struct str rest;

	(void)state;
	assert_true(marks_set(&m, "barber", "22", "LAP 5", MARK_WRONG, "a\ttab\nand a line"));
	assert_true(marks_set(&m, "", "3#2", "START", MARK_TOLD, ""));
	buf_init(&b, 4096);
	marks_write(&m, &b);
	assert_string_equal(b.p, "mark\tbarber\t22\tLAP 5\twrong\ta tab and a line\n"
				 "mark\t\t3#2\tSTART\ttold\t\n");
	rest = buf_view(&b);
	while (rest.n > 0) {
		const char *nl = memchr(rest.p, '\n', rest.n);
		size_t n = (size_t)(nl - rest.p);

		marks_read(&again, (struct str){rest.p + 5, n - 5});
		rest.p += n + 1;
		rest.n -= n + 1;
	}
	assert_int_equal(again.n, 2);
	assert_string_equal(marks_find(&again, "barber", "22", "LAP 5")->why, "a tab and a line");
	assert_int_equal(marks_find(&again, "", "3#2", "START")->kind, MARK_TOLD);
	buf_release(&b);
	marks_release(&m);
	marks_release(&again);
}

static void nonsense_is_passed_over(void **state)
{
	static const char *const line[] = {"", "barber", "barber\t22\tIM1\tperhaps\t", "\t\t\t\t", "a\tb\tc"};
	struct marks m = {0};
	char place[200];

	(void)state;
	for (unsigned i = 0; i < COUNT_OF(line); i++)
		marks_read(&m, str_from(line[i]));
	memset(place, 'x', sizeof(place) - 1);
	place[sizeof(place) - 1] = '\0';
	assert_false(marks_set(&m, "barber", "22", place, MARK_AGREED, ""));
	assert_int_equal(m.n, 0);
	for (int i = 0; i < MARKS_MAX + 5; i++) {
		char car[8];

		snprintf(car, sizeof(car), "%d", i);
		assert_int_equal(marks_set(&m, "barber", car, "IM1", MARK_AGREED, ""), i < MARKS_MAX);
	}
	marks_release(&m);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(kept_by_track_car_and_place),
		cmocka_unit_test(written_and_read_again),
		cmocka_unit_test(nonsense_is_passed_over),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
