/* Who has the telemetry of a session's cars: the store before the raw files, and what belongs to another track, race or day. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/base/path.h"
#include "core/source/load.h"
#include "core/source/telemetry.h"
#include "core/source/telemetry_rank.h"
#include "core/telemetry/import.h"
#include "tests/unit/helper.h"
#include "tests/unit/tel_helper.h"

static char dir[512], store[600], raw[600];
static struct arena *arena;

static struct session session_of(const char *track, int number, const char *date)
{
	return (struct session){.id = "x", .track = track, .number = number, .date = date, .kind = KIND_RACE};
}

static void write_raw(const char *name, enum tel_look look, unsigned seed)
{
	struct buf b;

	buf_init(&b, 16 << 20);
	tel_write(&b, look, seed, false);
	assert_true(path_join(raw, sizeof raw, dir, name));
	tel_put_file(raw, &b);
	buf_release(&b);
}

static void import(void)
{
	struct err err = {0};
	struct tel_store *s = tel_store_open(store, TEL_STORE_WRITE, NULL, &err);

	assert_ok(s, &err);
	struct tel_import *i = tel_import_file(s, raw, NULL, &err);
	assert_ok(i, &err);
	tel_import_free(i);
	tel_store_close(s);
}

static struct dataset *loaded(void)
{
	struct err err = {0};
	const char *const paths[] = {dir};
	const struct load_opts o = {.paths = paths, .npaths = 1};
	struct dataset *d = dataset_load(&o, &err);

	assert_ok(d, &err);
	return d;
}

static struct telemetry *opened(enum telemetry_only only)
{
	struct err err = {0};
	struct dataset *d = loaded();
	struct telemetry *t = telemetry_open(d, store, only, &err);

	assert_ok(t, &err);
	dataset_free(d);
	return t;
}

static uint32_t cars(struct telemetry *t, const struct session *s, struct telemetry_car **list)
{
	struct err err = {0};
	uint32_t n;

	assert_ok(telemetry_cars(t, s, NULL, arena, list, &n, &err), &err);
	return n;
}

static void ranks(void **state)
{
	const struct session r1 = session_of("barber", 1, "2025-09-06"), any = session_of("", 0, "");
	struct tel_car car = {
		.event = "", .race = "R2", .first_ms = INT64_C(1757181600000), .last_ms = INT64_C(1757185200000)};
	(void)state;

	assert_int_equal(telemetry_rank("/data/barber_r1_telemetry.csv", NULL, &r1), 2);
	assert_int_equal(telemetry_rank("/data/barber_r2_telemetry.csv", NULL, &r1), 0);
	assert_int_equal(telemetry_rank("/data/sonoma_r1_telemetry.csv", NULL, &r1), -1);
	assert_int_equal(telemetry_rank("/data/telemetry.csv", NULL, &r1), 1);
	assert_int_equal(telemetry_rank("/data/telemetry.csv", &car, &r1), 0);
	assert_int_equal(telemetry_rank("/data/sonoma_r1_telemetry.csv", NULL, &any), 1);
	assert_int_equal(telemetry_rank("/data/sonoma_r1_telemetry.csv", NULL, NULL), 1);
	car.first_ms += INT64_C(5) * 86400000;
	car.last_ms += INT64_C(5) * 86400000;
	assert_int_equal(telemetry_rank("/data/barber_r1_telemetry.csv", &car, &r1), -1);
	assert_string_equal(telemetry_unpadded("013"), "13");
	assert_string_equal(telemetry_unpadded("000"), "0");
}

static void files_then_store(void **state)
{
	const struct session s = session_of("barber", 1, "");
	struct telemetry_car *list;
	struct err err = {0};
	(void)state;

	write_raw("barber_r1_telemetry_raw.csv", LOOK_PLAIN, 1);
	struct dataset *d = loaded();
	assert_int_equal(d->files.n, 1);
	assert_int_equal(d->files.at[0].role, ROLE_TELEMETRY);
	assert_int_equal(d->files.at[0].state, FILE_NOT_READ);
	dataset_free(d);
	struct telemetry *t = opened(TELEMETRY_ANY);
	assert_int_equal(cars(t, &s, &list), 3);
	assert_string_equal(list[0].car.number, "0");
	assert_string_equal(list[2].car.number, "13");
	assert_string_equal(list[2].source, "csv");
	assert_string_equal(list[2].name, raw);
	assert_ptr_equal(telemetry_find(list, 3, "013"), &list[2]);
	assert_ptr_equal(telemetry_find(list, 3, "gr86-040"), &list[1]);
	assert_null(telemetry_find(list, 3, "22"));
	const struct telemetry_car *both[] = {&list[2], &list[0]};
	struct tel_stream *from_file[2], *from_store[2];
	assert_ok(telemetry_read(t, both, 2, INT64_MIN, INT64_MAX, NULL, from_file, &err), &err);
	assert_string_equal(from_file[0]->car.chassis, "GR86-022");
	assert_string_equal(from_file[1]->car.chassis, "GR86-004");
	telemetry_close(t);

	import();
	t = opened(TELEMETRY_ANY);
	assert_int_equal(cars(t, &s, &list), 3);
	assert_string_equal(list[2].source, "store");
	both[0] = &list[2];
	both[1] = &list[0];
	assert_ok(telemetry_read(t, both, 2, INT64_MIN, INT64_MAX, NULL, from_store, &err), &err);
	for (int i = 0; i < 2; i++) {
		tel_same(from_file[i], from_store[i], "file and store");
		tel_stream_free(from_file[i]);
		tel_stream_free(from_store[i]);
	}
	telemetry_close(t);
	t = opened(TELEMETRY_CSV);
	assert_int_equal(cars(t, &s, &list), 3);
	assert_string_equal(list[0].source, "csv");
	telemetry_close(t);
	t = opened(TELEMETRY_SNOWFLAKE);
	assert_int_equal(cars(t, &s, &list), 0);
	telemetry_close(t);
	const struct session sonoma = session_of("sonoma", 1, "");
	t = opened(TELEMETRY_ANY);
	assert_int_equal(cars(t, &sonoma, &list), 0);
	telemetry_close(t);
}

/* The file was written again since: what the store has of it is not what is there. */
static void outdated(void **state)
{
	const struct session s = session_of("barber", 1, "");
	struct telemetry_car *list;
	(void)state;

	write_raw("barber_r1_telemetry_raw.csv", LOOK_PLAIN, 1);
	import();
	write_raw("barber_r1_telemetry_raw.csv", LOOK_PLAIN, 2);
	struct telemetry *t = opened(TELEMETRY_ANY);
	assert_int_equal(cars(t, &s, &list), 3);
	assert_string_equal(list[0].source, "csv");
	telemetry_close(t);
}

/* The race's own source counts, though another came later. */
static void right_race(void **state)
{
	const struct session one = session_of("barber", 1, ""), two = session_of("barber", 2, "");
	struct telemetry_car *list;
	(void)state;

	write_raw("barber_r1_telemetry_raw.csv", LOOK_PLAIN, 1);
	import();
	write_raw("barber_r2_telemetry_raw.csv", LOOK_PLAIN, 2);
	import();
	struct telemetry *t = opened(TELEMETRY_ANY);
	assert_int_equal(cars(t, &one, &list), 3);
	assert_non_null(strstr(list[0].name, "barber_r1"));
	assert_int_equal(cars(t, &two, &list), 3);
	assert_non_null(strstr(list[0].name, "barber_r2"));
	telemetry_close(t);
}

static void asked(void **state)
{
	static const char *const numbers[] = {"13", "99", "GR86-004"};
	const struct session s = session_of("barber", 1, "");
	struct telemetry_got got[3];
	struct err err = {0};
	(void)state;

	write_raw("telemetry_barber_race1.json", LOOK_JSON, 1);
	for (int stored = 0; stored < 2; stored++) {
		struct telemetry *t = opened(TELEMETRY_ANY);
		assert_ok(telemetry_get(t, &s, numbers, 3, INT64_MIN, INT64_MAX, NULL, arena, got, &err), &err);
		assert_non_null(got[0].stream);
		assert_null(got[1].stream);
		assert_non_null(got[2].stream);
		assert_string_equal(got[0].from.source, stored ? "store" : "json");
		assert_string_equal(got[2].stream->car.chassis, "GR86-004");
		assert_true(got[0].from.rows > 1000 && got[0].from.as_of > 0);
		tel_stream_free(got[0].stream);
		tel_stream_free(got[2].stream);
		/* Numbers alone, of one file: one pass, without the list. */
		assert_ok(telemetry_get(t, &s, numbers, 1, INT64_MIN, INT64_MAX, NULL, arena, got, &err), &err);
		assert_string_equal(got[0].stream->car.chassis, "GR86-022");
		tel_stream_free(got[0].stream);
		telemetry_close(t);
		import();
	}
}

/* A store that cannot be read is said, and the files serve. */
static void damaged_store(void **state)
{
	const struct session s = session_of("barber", 1, "");
	struct buf junk = {.p = (char[600]){"no database at all"}, .n = 600};
	struct telemetry_car *list;
	(void)state;

	write_raw("barber_r1_telemetry_raw.csv", LOOK_QUOTED, 1);
	tel_put_file(store, &junk);
	struct telemetry *t = opened(TELEMETRY_ANY);
	assert_int_equal(cars(t, &s, &list), 3);
	assert_string_equal(list[0].source, "csv");
	assert_non_null(strstr(telemetry_trouble(t), "is damaged or no telemetry store"));
	telemetry_close(t);
}

static int begin(void **state)
{
	(void)state;
	folder_make(dir, sizeof dir);
	snprintf(store, sizeof store, "%s.db", dir);
	arena = arena_new(0);
	return arena ? 0 : -1;
}

static int end(void **state)
{
	(void)state;
	arena_free(arena);
	folder_remove(dir);
	unlink(store);
	return 0;
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, begin, end)

int main(void)
{
	const struct CMUnitTest tests[] = {TEST(ranks), TEST(files_then_store), TEST(outdated), TEST(right_race),
					   TEST(asked), TEST(damaged_store)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
