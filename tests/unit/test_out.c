/* The two writers for scripts: JSON and CSV. */
#include <cjson/cJSON.h>
#include <math.h>
#include <string.h>

#include "core/base/csv_out.h"
#include "core/base/json_out.h"
#include "tests/unit/helper.h"

static void json_layout(void **state)
{
	struct buf b;
	struct json_out j;

	(void)state;
	buf_init(&b, 10000);
	json_init(&j, &b);
	json_obj(&j, NULL);
	json_str(&j, "id", "barber-r1");
	json_int(&j, "laps", -3);
	json_arr(&j, "none");
	json_end_arr(&j);
	json_flat(&j);
	json_arr(&j, "sectors");
	json_time(&j, NULL, 25123);
	json_obj(&j, NULL);
	json_bool(&j, "clean", true);
	json_null(&j, "x");
	json_end_obj(&j);
	json_end_arr(&j);
	json_obj(&j, "pace");
	json_dec(&j, "cv", 0.125, 2);
	json_end_obj(&j);
	json_end_obj(&j);
	assert_string_equal(b.p, "{\n"
				 "  \"id\": \"barber-r1\",\n"
				 "  \"laps\": -3,\n"
				 "  \"none\": [],\n"
				 "  \"sectors\": [25.123, {\"clean\": true, \"x\": null}],\n"
				 "  \"pace\": {\n"
				 "    \"cv\": 0.13\n"
				 "  }\n"
				 "}");
	buf_release(&b);
}

static void json_absent(void **state)
{
	struct buf b;
	struct json_out j;

	(void)state;
	buf_init(&b, 10000);
	json_init(&j, &b);
	json_flat(&j);
	json_arr(&j, NULL);
	json_str(&j, NULL, NULL);
	json_time(&j, NULL, MS_NONE);
	json_dec(&j, NULL, (double)NAN, 2);
	json_dec(&j, NULL, -(double)INFINITY, 2);
	json_dec(&j, NULL, 1e300, 2);
	json_int(&j, NULL, INT64_MIN);
	json_bool(&j, NULL, false);
	json_end_arr(&j);
	assert_string_equal(b.p, "[null, null, null, null, null, -9223372036854775808, false]");
	buf_release(&b);
}

/* Every byte value in a string, judged by another program's parser. */
static void json_hostile_text(void **state)
{
	struct buf b;
	struct json_out j;
	char all[257];
	cJSON *read;

	(void)state;
	for (int i = 0; i < 256; i++)
		all[i] = (char)i;
	buf_init(&b, 10000);
	json_init(&j, &b);
	json_obj(&j, NULL);
	json_strn(&j, "a\"b\\", (struct str){all, 256});
	json_str(&j, "end", "x\\");
	json_end_obj(&j);
	assert_true(strstr(b.p, "!\\\"#") != NULL);
	for (size_t i = 0; i < b.n; i++)
		assert_true((unsigned char)b.p[i] >= 0x20 || b.p[i] == '\n');
	read = cJSON_Parse(b.p);
	assert_non_null(read);
	const cJSON *text = cJSON_GetObjectItemCaseSensitive(read, "a\"b\\");
	assert_non_null(text);
	/* 95 printable ASCII characters; 33 controls and 128 lone bytes become three bytes each. */
	assert_int_equal(strlen(text->valuestring), 95 + 3 * (33 + 128));
	assert_string_equal(cJSON_GetObjectItemCaseSensitive(read, "end")->valuestring, "x\\");
	cJSON_Delete(read);
	buf_release(&b);
}

static void csv_rows(void **state)
{
	struct buf b;
	struct csv_out c;

	(void)state;
	buf_init(&b, 10000);
	csv_out_init(&c, &b);
	csv_raw(&c, "car");
	csv_raw(&c, "gap,s");
	csv_end_row(&c);
	csv_text(&c, "3");
	csv_time(&c, -21);
	csv_int(&c, -7);
	csv_dec(&c, -1.25, 1);
	csv_end_row(&c);
	csv_text(&c, NULL);
	csv_time(&c, MS_NONE);
	csv_dec(&c, (double)NAN, 2);
	csv_text(&c, "");
	csv_end_row(&c);
	assert_string_equal(b.p, "car,\"gap,s\"\n3,-0.021,-7,-1.3\n,,,\n");
	buf_release(&b);
}

static void csv_hostile_text(void **state)
{
	struct buf b;
	struct csv_out c;

	(void)state;
	buf_init(&b, 10000);
	csv_out_init(&c, &b);
	csv_text(&c, "=HYPERLINK(\"x\",1)");
	csv_text(&c, "+1");
	csv_text(&c, "-2");
	csv_text(&c, "@a");
	csv_text(&c, "a=b");
	csv_text(&c, "say \"hi\"");
	csv_text(&c, "a\nb\x1b\xff");
	csv_raw(&c, "a\nb");
	csv_end_row(&c);
	assert_string_equal(b.p, "\"'=HYPERLINK(\"\"x\"\",1)\",'+1,'-2,'@a,a=b,\"say \"\"hi\"\"\",a\xef\xbf\xbd"
				 "b\xef\xbf\xbd\xef\xbf\xbd,\"a\nb\"\n");
	buf_release(&b);
}

static void full_buffer(void **state)
{
	struct buf b;
	struct csv_out c;
	struct json_out j;

	(void)state;
	buf_init(&b, 4);
	csv_out_init(&c, &b);
	csv_text(&c, "12345");
	assert_true(b.failed);
	buf_clear(&b);
	json_init(&j, &b);
	json_str(&j, NULL, "12345");
	assert_true(b.failed);
	assert_true(b.n <= 4);
	buf_release(&b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(json_layout), cmocka_unit_test(json_absent),      cmocka_unit_test(json_hostile_text),
		cmocka_unit_test(csv_rows),    cmocka_unit_test(csv_hostile_text), cmocka_unit_test(full_buffer),
	};

	return cmocka_run_group_tests_name("out", tests, NULL, NULL);
}
