#include <stdlib.h>
#include <string.h>

#include "core/model/dataset.h"
#include "tests/unit/helper.h"

static void names(void **state)
{
	(void)state;
	for (int r = ROLE_UNKNOWN; r <= ROLE_OTHER; r++)
		for (int q = ROLE_UNKNOWN; q < r; q++)
			assert_string_not_equal(file_role_name((enum file_role)r), file_role_name((enum file_role)q));
	for (int s = FILE_USED; s <= FILE_NOT_READ; s++)
		assert_true(strlen(file_state_name((enum file_state)s)) > 0);
	assert_string_equal(flag_name(FLAG_EMPTY), "");
	assert_string_equal(flag_name(FLAG_FCY), "FCY");
	assert_string_equal(flag_name(FLAG_COUNT), "");
	assert_string_equal(session_kind_name(KIND_QUALIFYING), "qualifying");
}

static void diagnostics(void **state)
{
	struct arena *a = arena_new(0);
	struct diag_list l = {0};
	(void)state;
	assert_non_null(a);
	for (unsigned i = 1; i <= DIAG_KEPT + 50; i++)
		assert_true(diag_add(&l, a, "f.csv", i, "line %u", i));
	assert_int_equal(l.n, DIAG_KEPT);
	assert_int_equal(l.total, DIAG_KEPT + 50);
	assert_string_equal(l.at[DIAG_KEPT - 1].why, "line 200");
	assert_string_equal(l.at[7].file, "f.csv");
	arena_free(a);
}

static void file_entries(void **state)
{
	char path[] = "a.csv";
	struct arena *a = arena_new(0);
	struct file_list l = {0};
	(void)state;
	assert_non_null(a);
	for (int i = 0; i < 100; i++)
		assert_true(file_list_add(&l, a, &(struct file_entry){.path = path, .why = NULL, .rows = 7}));
	path[0] = 'b';
	assert_int_equal(l.n, 100);
	assert_string_equal(l.at[99].path, "a.csv");
	assert_string_equal(l.at[0].why, "");
	arena_free(a);
}

static struct session *session(const char *id, const char *aliases)
{
	struct arena *a = arena_new(0);
	assert_non_null(a);
	struct session *s = ARENA_NEW(a, struct session);
	assert_non_null(s);
	s->arena = a;
	s->id = id;
	s->aliases = aliases;
	return s;
}

static void lookups(void **state)
{
	struct car cars[] = {
		{.id = "03", .first = 0, .n = 3}, {.id = "3", .first = 3, .n = 1}, {.id = "3#2", .first = 4}};
	uint16_t number[] = {1, 2, 5, 1};
	struct session s = {.cars = cars, .ncars = 3, .laps = {.n = 4, .number = number}};
	(void)state;
	assert_int_equal(session_car(&s, "3"), 1);
	assert_int_equal(session_car(&s, "3#2"), 2);
	assert_int_equal(session_car(&s, "003"), -1);
	assert_int_equal(session_lap(&s, 0, 5), 2);
	assert_int_equal(session_lap(&s, 0, 3), -1);
	assert_int_equal(session_lap(&s, 0, 6), -1);
	assert_int_equal(session_lap(&s, 1, 1), 3);
	assert_int_equal(session_lap(&s, 2, 1), -1);
	assert_int_equal(session_lap(&s, 9, 1), -1);
}

static void datasets(void **state)
{
	struct arena *a = arena_new(0);
	(void)state;
	assert_non_null(a);
	struct dataset *d = ARENA_NEW(a, struct dataset);
	struct session *list[] = {session("barber_r2", "barber_r1 b2"), session("barber_r1", "")};
	assert_non_null(d);
	d->arena = a;
	d->sessions = list;
	d->nsessions = 2;
	assert_ptr_equal(dataset_session(d, "BARBER_R1"), list[1]); /* an id before an alias */
	assert_ptr_equal(dataset_session(d, "B2"), list[0]);
	assert_null(dataset_session(d, ""));
	assert_null(dataset_session(d, "b"));
	assert_null(dataset_session(d, "barber_r1 b2"));
	dataset_free(d);
	dataset_free(NULL);
	session_free(NULL);
	season_free(NULL);
}

static void season(void **state)
{
	struct season_driver drivers[] = {{.number = "3"}, {.number = "13"}};
	struct season s = {.drivers = drivers, .ndrivers = 2};
	(void)state;
	assert_ptr_equal(season_driver(&s, "13"), &drivers[1]);
	assert_null(season_driver(&s, "03"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(names),   cmocka_unit_test(diagnostics), cmocka_unit_test(file_entries),
		cmocka_unit_test(lookups), cmocka_unit_test(datasets),    cmocka_unit_test(season),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
