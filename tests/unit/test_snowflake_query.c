/* Statements, cells and the schedule of tries: everything that needs no server. */
#include "core/source/snowflake/query.h"

#include <locale.h>
#include <math.h>
#include <string.h>

#include "core/source/snowflake/retry.h"
#include "tests/unit/helper.h"

static void bound(const struct sf_query *q, unsigned i, const char *type, const char *value)
{
	struct sf_bind b = sf_query_bind(q, i);

	assert_string_equal(b.type, type);
	assert_int_equal(b.value.n, strlen(value));
	assert_memory_equal(b.value.p, value, b.value.n);
}

static void values_are_only_bound(void **state)
{
	static const char evil[] = "barber' OR 1=1 --\n\xf0\x9f\x8f\x81";
	const struct sf_column c[] = {{"VEHICLE_NUMBER", SF_FIXED, 0}, {"Speed \"x\"", SF_REAL, -1}};
	const char *const cars[] = {"03", "22"};
	struct sf_filter f = {{evil, 2}, cars, 2, 3, 10};
	struct err err = {0};
	struct sf_query *q = sf_query_rows("TELEMETRY_DATA_ALL", &f, c, 2, "TIMESTAMP", &err);

	(void)state;
	assert_ok(q != NULL, &err);
	assert_string_equal(
		sf_query_sql(q),
		"SELECT VEHICLE_NUMBER, \"Speed \"\"x\"\"\" FROM TELEMETRY_DATA_ALL WHERE TRACK_ID = ? AND RACE_NUM "
		"= ? AND VEHICLE_NUMBER IN (?, ?) AND LAP BETWEEN ? AND ? ORDER BY VEHICLE_NUMBER, TIMESTAMP");
	assert_int_equal(sf_query_binds(q), 6);
	bound(q, 0, "TEXT", evil);
	bound(q, 1, "FIXED", "2");
	bound(q, 2, "FIXED", "3"); /* the table has numbers: 03 is 3 */
	bound(q, 3, "FIXED", "22");
	bound(q, 4, "FIXED", "3");
	bound(q, 5, "FIXED", "10");
	sf_query_free(q);
}

static void nothing_is_asked_without_cars(void **state)
{
	struct sf_column c[] = {{"VEHICLE_NUMBER", SF_FIXED, 0}};
	const char *const cars[] = {"3 OR 1=1"}, *const zero[] = {"000"};
	struct sf_filter f = {{"barber", 1}, NULL, 0, 0, 0};
	struct err err = {0};
	struct sf_query *q;

	(void)state;
	assert_null(sf_query_rows("T", &f, c, 1, "LAP", &err));
	f.cars = cars;
	f.ncars = 1;
	assert_null(sf_query_rows("T", &f, c, 1, "LAP", &err));
	c[0].type = SF_TEXT; /* a table of texts gets it as it is, bound */
	q = sf_query_rows("T", &f, c, 1, "LAP", &err);
	bound(q, 2, "TEXT", "3 OR 1=1");
	sf_query_free(q);
	c[0].type = SF_FIXED;
	f.cars = zero;
	q = sf_query_rows("T", &f, c, 1, "LAP", &err);
	bound(q, 2, "FIXED", "0");
	sf_query_free(q);
}

static void the_other_statements(void **state)
{
	const struct sf_session s = {"cota", 1};
	struct err err = {0};
	struct sf_query *q = sf_query_columns("my table", &s, &err);

	(void)state;
	assert_string_equal(sf_query_sql(q), "SELECT * FROM \"my table\" WHERE TRACK_ID = ? AND RACE_NUM = ? LIMIT 0");
	sf_query_free(q);
	q = sf_query_cars("T", &s, &err);
	assert_string_equal(sf_query_sql(q),
			    "SELECT VEHICLE_NUMBER, COUNT(*) FROM T WHERE TRACK_ID = ? AND RACE_NUM = ? "
			    "GROUP BY VEHICLE_NUMBER ORDER BY VEHICLE_NUMBER");
	bound(q, 0, "TEXT", "cota");
	sf_query_free(q);
	q = sf_query_health(&err);
	assert_int_equal(sf_query_binds(q), 0);
	sf_query_free(q);
}

/* --- Cells ----------------------------------------------------------------------------------------------------------- */

static void shows(enum sf_type type, int scale, const char *cell, const char *want)
{
	const struct sf_column c = {"X", type, scale};
	struct buf out;

	buf_init(&out, 200);
	if (!sf_cell_text(&c, str_from(cell), &out) || strcmp(out.p, want) != 0)
		fail_msg("%s: \"%s\" became \"%s\", not \"%s\"", sf_type_name(type), cell, out.p ? out.p : "", want);
	buf_release(&out);
}

static void is_none(enum sf_type type, const char *cell)
{
	const struct sf_column c = {"X", type, 9};
	struct buf out;

	buf_init(&out, 200);
	if (sf_cell_text(&c, str_from(cell), &out))
		fail_msg("%s: \"%s\" was taken", sf_type_name(type), cell);
	buf_release(&out);
}

static void cells_of_every_type(void **state)
{
	(void)state;
	setlocale(LC_ALL, "de_DE.UTF-8"); /* where it is installed, a comma is the point */
	shows(SF_FIXED, 0, "12345678901234567890123456789012345678", "12345678901234567890123456789012345678");
	shows(SF_FIXED, 2, "-7.10", "-7.10");
	shows(SF_REAL, -1, "1.7976931348623157e308", "1.7976931348623157e308");
	shows(SF_REAL, -1, "NaN", "NaN");
	shows(SF_REAL, -1, "-inf", "-inf");
	shows(SF_BOOLEAN, -1, "true", "true");
	shows(SF_BOOLEAN, -1, "0", "false");
	shows(SF_TEXT, -1, "null", "null");
	shows(SF_DATE, -1, "18262", "2020-01-01");
	shows(SF_DATE, -1, "-1", "1969-12-31");
	shows(SF_DATE, -1, "11016", "2000-02-29");
	shows(SF_TIME, 3, "86399.999000000", "23:59:59.999");
	shows(SF_TIMESTAMP_NTZ, 9, "1616173619.123456789", "2021-03-19T17:06:59.123456789Z");
	shows(SF_TIMESTAMP_NTZ, 9, "1616173619123456789", "2021-03-19T17:06:59.123456789Z"); /* nanoseconds */
	shows(SF_TIMESTAMP_NTZ, 3, "-1.250", "1969-12-31T23:59:58.750Z");
	shows(SF_TIMESTAMP_LTZ, 0, "0", "1970-01-01T00:00:00Z");
	shows(SF_TIMESTAMP_NTZ, 0, "-62135596800", "0001-01-01T00:00:00Z");
	shows(SF_TIMESTAMP_NTZ, 0, "253402300799", "9999-12-31T23:59:59Z");
	shows(SF_TIMESTAMP_TZ, 0, "1616173619.000000000 1500", "2021-03-19T18:06:59+01:00");
	shows(SF_TIMESTAMP_TZ, 0, "1616173619.000000000 720", "2021-03-19T05:06:59-12:00");
	is_none(SF_FIXED, "12a");
	is_none(SF_FIXED, "");
	is_none(SF_REAL, "0x10");
	is_none(SF_REAL, "1,5");
	is_none(SF_BOOLEAN, "2");
	is_none(SF_DATE, "1.5");
	is_none(SF_TIME, "86400.0");
	is_none(SF_TIMESTAMP_NTZ, "1616173619.");
	is_none(SF_TIMESTAMP_NTZ, "253402300800");
	is_none(SF_TIMESTAMP_NTZ, "99999999999999999999999999");
	is_none(SF_TIMESTAMP_NTZ, "1 1440");
	is_none(SF_TIMESTAMP_TZ, "1616173619.0");
	is_none(SF_TIMESTAMP_TZ, "1616173619.0 5000");
	setlocale(LC_ALL, "C");
}

static void moments_as_ms(void **state)
{
	int64_t ms;

	(void)state;
	assert_true(sf_cell_ms(SF_TIMESTAMP_NTZ, STR("1616173619.123999999"), &ms));
	assert_int_equal(ms, 1616173619123);
	assert_true(sf_cell_ms(SF_TEXT, STR("2021-03-19T17:06:59.123Z"), &ms));
	assert_int_equal(ms, 1616173619123);
	assert_true(sf_cell_ms(SF_TEXT, STR("2021-03-19 18:06:59.123 +0100"), &ms));
	assert_int_equal(ms, 1616173619123);
	assert_true(sf_cell_ms(SF_TEXT, STR("1969-12-31T23:59:59.999-00:00"), &ms));
	assert_int_equal(ms, -1);
	assert_false(sf_cell_ms(SF_TEXT, STR("2021-13-01T00:00:00Z"), &ms));
	assert_false(sf_cell_ms(SF_TEXT, STR("yesterday"), &ms));
	assert_false(sf_cell_ms(SF_FIXED, STR("1616173619"), &ms));
}

static void whole_numbers(void **state)
{
	int64_t v;
	double d;

	(void)state;
	assert_true(sf_cell_whole(STR("7"), &v) && v == 7);
	assert_true(sf_cell_whole(STR("-7.000"), &v) && v == -7);
	assert_false(sf_cell_whole(STR("7.5"), &v));
	assert_false(sf_cell_whole(STR("99999999999999999999"), &v));
	assert_false(sf_cell_whole(STR(""), &v));
	assert_true(sf_cell_number(STR("nan"), &d) && isnan(d));
	assert_true(sf_cell_number(STR("-Infinity"), &d) && isinf(d) && d < 0);
	assert_false(sf_cell_number(STR("-nan"), &d));
}

/* --- Tries ------------------------------------------------------------------------------------------------------------ */

static void what_a_status_asks_for(void **state)
{
	(void)state;
	assert_int_equal(sf_next_sqlapi(200, true), SF_TAKE);
	assert_int_equal(sf_next_sqlapi(202, true), SF_POLL);
	assert_int_equal(sf_next_sqlapi(429, true), SF_POLL);
	assert_int_equal(sf_next_sqlapi(429, false), SF_BUSY);
	assert_int_equal(sf_next_sqlapi(401, false), SF_RESIGN);
	assert_int_equal(sf_next_sqlapi(408, true), SF_GIVE_UP); /* the statement's own time was over */
	assert_int_equal(sf_next_driver(408), SF_AGAIN);         /* in the other protocol it is the connection's */
	assert_int_equal(sf_next_sqlapi(422, true), SF_GIVE_UP);
	assert_int_equal(sf_next_sqlapi(500, false), SF_AGAIN);
	assert_int_equal(sf_next_sqlapi(503, false), SF_BUSY);
	assert_int_equal(sf_next_sqlapi(522, false), SF_GIVE_UP);
	assert_int_equal(sf_next_driver(403), SF_GIVE_UP);
}

static void pauses_grow(void **state)
{
	(void)state;
	assert_int_equal(sf_retry_pause(1, 0, -1, 60000), 0);
	assert_int_equal(sf_retry_pause(1, UINT32_MAX, -1, 60000), 499);
	assert_int_equal(sf_retry_pause(2, 1u << 31, -1, 60000), 500);
	assert_int_equal(sf_retry_pause(5, UINT32_MAX, -1, 60000), 7999);
	assert_int_equal(sf_retry_pause(50, UINT32_MAX, -1, 60000), 7999);
	assert_int_equal(sf_retry_pause(1, UINT32_MAX, 2, 60000), 2000); /* Retry-After is not undercut */
	assert_int_equal(sf_retry_pause(5, UINT32_MAX, 2, 60000), 7999);
	assert_int_equal(sf_retry_pause(1, 0, 100, 1500), 1500); /* nor is the deadline passed */
	assert_int_equal(sf_retry_pause(1, 0, INT64_MAX, 1500), 1500);
	assert_int_equal(sf_poll_pause(0, 0, 60000), 100);
	assert_int_equal(sf_poll_pause(3, 0, 60000), 800);
	assert_int_equal(sf_poll_pause(30, 0, 60000), 5000);
	assert_int_equal(sf_poll_pause(3, UINT32_MAX, 60000), 899);
	assert_int_equal(sf_poll_pause(30, 0, 70), 70);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(values_are_only_bound),  cmocka_unit_test(nothing_is_asked_without_cars),
		cmocka_unit_test(the_other_statements),   cmocka_unit_test(cells_of_every_type),
		cmocka_unit_test(moments_as_ms),          cmocka_unit_test(whole_numbers),
		cmocka_unit_test(what_a_status_asks_for), cmocka_unit_test(pauses_grow),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
