/* The writers under every answer: rows as JSON and CSV, tables and wrapped text. */
#include <math.h>
#include <string.h>

#include "core/report/columns.h"
#include "core/report/record.h"
#include "tests/unit/helper.h"

struct item {
	const char *name;
	ms_t time;
	int laps;
};

static void item_row(struct record *r, const void *ctx, uint32_t i)
{
	const struct item *it = (const struct item *)ctx + i;

	record_text(r, "name", it->name);
	record_time(r, "time", it->time);
	record_obj(r, "best");
	record_arr(r, "sectors", "");
	record_time(r, "s1", 1500);
	record_dec(r, "s2", (double)NAN, 2);
	record_end_arr(r);
	record_end_obj(r);
	record_list(r, "laps");
	for (int k = 0; k < it->laps; k++) {
		record_obj(r, NULL);
		record_time(r, "time", -21 - k);
		record_count(r, "lap", k + 1);
		record_end_obj(r);
	}
	record_end_list(r);
	record_bool(r, "clean", true);
}

static const struct item items[] = {{"=1+1, \"x\"\x1b[2J", 97304, 2}, {NULL, MS_NONE, 0}};

static void test_csv_and_json_have_the_same_names(void **state)
{
	struct record r;
	struct buf out;
	(void)state;

	buf_init(&out, 4096);
	record_init(&r, &out, true);
	record_rows(&r, "items", 2, item_row, items, true);
	record_release(&r);
	assert_false(out.failed);
	assert_string_equal(out.p, "name,time,best_s1,best_s2,laps,clean\n"
				   "\"'=1+1, \"\"x\"\"\xef\xbf\xbd[2J\",97.304,1.500,,-0.021:1;-0.022:2,true\n"
				   ",,1.500,,,true\n");
	buf_clear(&out);
	record_init(&r, &out, false);
	record_obj(&r, NULL);
	record_rows(&r, "items", 2, item_row, items, true);
	record_end_obj(&r);
	record_release(&r);
	assert_string_equal(
		out.p, "{\n  \"items\": [\n"
		       "    {\"name\": \"=1+1, \\\"x\\\"\xef\xbf\xbd[2J\", \"time\": 97.304, \"best\": {\"sectors\": "
		       "[1.500, null]}, \"laps\": [{\"time\": -0.021, \"lap\": 1}, {\"time\": -0.022, \"lap\": 2}], "
		       "\"clean\": true},\n"
		       "    {\"name\": null, \"time\": null, \"best\": {\"sectors\": [1.500, null]}, \"laps\": [], "
		       "\"clean\": true}\n  ]\n}");
	buf_release(&out);
}

static void test_no_rows_still_name_the_columns(void **state)
{
	struct record r;
	struct buf out;
	(void)state;

	buf_init(&out, 4096);
	record_init(&r, &out, true);
	record_rows(&r, "items", 0, item_row, items, true);
	record_release(&r);
	assert_string_equal(out.p, "name,time,best_s1,best_s2,laps,clean\n");
	buf_release(&out);
}

static void test_full_buffer_is_told(void **state)
{
	struct record r;
	struct buf out;
	(void)state;

	buf_init(&out, 60);
	record_init(&r, &out, true);
	record_rows(&r, "items", 2, item_row, items, true);
	record_release(&r);
	assert_true(out.failed);
	buf_release(&out);
}

static void test_ms_rounds_once(void **state)
{
	struct record r;
	struct buf out;
	(void)state;

	buf_init(&out, 4096);
	record_init(&r, &out, true);
	record_ms(&r, "a", 323.5);
	record_ms(&r, "b", (double)NAN);
	record_ms(&r, "c", 1e300);
	record_release(&r);
	assert_string_equal(out.p, "0.324,,");
	buf_release(&out);
}

static void test_columns_line_up_whatever_the_script(void **state)
{
	struct columns c;
	struct buf out;
	(void)state;

	buf_init(&out, 4096);
	columns_begin(&c, &out, false, "P> Driver A_lap> Note");
	columns_int(&c, 1);
	columns_text(&c, "\xe5\xb1\xb1\xe7\x94\xb0");
	columns_diff(&c, 234);
	columns_word(&c, "%s", "");
	columns_int(&c, 10);
	columns_text(&c, NULL);
	columns_time(&c, MS_NONE);
	columns_word(&c, "%s", "late");
	columns_end(&c, 1);
	assert_string_equal(out.p, "  P  Driver   A lap  Note\n"
				   "  1  \xe5\xb1\xb1\xe7\x94\xb0    +0.234\n"
				   " 10  -            -  late\n");
	buf_release(&out);
}

static void test_ascii_columns_hold_only_ascii(void **state)
{
	struct columns c;
	struct buf out;
	(void)state;

	buf_init(&out, 4096);
	columns_begin(&c, &out, true, "Driver");
	columns_text(&c, "K\xc3\xb6nig\x1b]0;x\x07");
	columns_end(&c, 0);
	assert_string_equal(out.p, "Driver\nKonig?]0;x?\n");
	buf_release(&out);
}

static void test_wrapped_text_stays_in_its_width(void **state)
{
	struct buf out;
	(void)state;

	buf_init(&out, 4096);
	buf_str(&out, "Do: ");
	report_wrap(&out, "one two three four averylongwordindeed five", 4, 16, false);
	assert_string_equal(out.p, "Do: one two\n    three four\n    averylongwordindeed\n    five\n");
	buf_clear(&out);
	report_wrap(&out, "", 0, 16, false);
	assert_string_equal(out.p, "\n");
	buf_release(&out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_csv_and_json_have_the_same_names),
		cmocka_unit_test(test_no_rows_still_name_the_columns),
		cmocka_unit_test(test_full_buffer_is_told),
		cmocka_unit_test(test_ms_rounds_once),
		cmocka_unit_test(test_columns_line_up_whatever_the_script),
		cmocka_unit_test(test_ascii_columns_hold_only_ascii),
		cmocka_unit_test(test_wrapped_text_stays_in_its_width),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
