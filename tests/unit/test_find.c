#include "core/load/find.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/base/path.h"
#include "tests/unit/helper.h"

struct found {
	char dir[512];
	struct arena *a;
	struct file_list files;
	struct diag_list problems;
};

static void start(struct found *f)
{
	*f = (struct found){.a = arena_new(0)};
	assert_non_null(f->a);
	folder_make(f->dir, sizeof f->dir);
}

static void finish(struct found *f)
{
	folder_remove(f->dir);
	arena_free(f->a);
}

static const char *put(const struct found *f, const char *name, const char *text)
{
	static char path[700];
	assert_true(path_join(path, sizeof path, f->dir, name));
	FILE *out = fopen(path, "w");
	assert_non_null(out);
	fputs(text, out);
	fclose(out);
	return path;
}

static void look(struct found *f)
{
	const char *paths[] = {f->dir};
	struct err err = {0};
	assert_ok(find_files(paths, 1, f->a, &f->files, &f->problems, NULL, &err), &err);
}

static const struct file_entry *entry(const struct found *f, const char *name)
{
	for (uint32_t i = 0; i < f->files.n; i++)
		if (strcmp(path_base(f->files.at[i].path), name) == 0)
			return &f->files.at[i];
	fail_msg("%s was not found", name);
	return NULL;
}

static void roles(void **state)
{
	static const struct {
		const char *name, *text;
		enum file_role role;
	} cases[] = {
		{"laps.CSV", "\xef\xbb\xbfNUMBER; DRIVER_NUMBER; LAP_NUMBER; LAP_TIME;\n", ROLE_LAPS},
		{"weather.csv", "TIME_UTC_SECONDS;TIME_UTC_STR;AIR_TEMP;TRACK_TEMP;HUMIDITY;PRESSURE\n", ROLE_WEATHER},
		{"long.csv", "expire_at,lap,meta_event,telemetry_name,telemetry_value,timestamp,vehicle_id\n",
		 ROLE_TELEMETRY},
		{"wide.csv", "timestamp,vehicle_id,lap,accx_can,accy_can,speed,gear\n", ROLE_TELEMETRY},
		{"reduced.csv", "meta_time,telemetry_name,telemetry_value\n", ROLE_TELEMETRY},
		{"lap_end.csv", "\"meta_source\",\"meta_time\",\"meta_event\",\"vehicle_id\",\"lap\",\"value\"\n",
		 ROLE_LAP_EVENTS},
		{"6 - Laps CSV (1).csv",
		 "\"#\",\"Name\",\"Laps\",\"Lap Time\",\"Lap Time (ms)\",\"Elapsed Time (ms)\"\n", ROLE_LAPS_2024},
		{"champion.csv", "Pos;Participant;Points;Number;NAME\n", ROLE_CHAMPIONSHIP},
		{"season.json", " {\"drivers\": []}", ROLE_SEASON_JSON},
		{"telemetry_barber_race1.json", "[{\"accx_can\": 1}]", ROLE_TELEMETRY},
		{"list.json", "[{\"id\": 1}]", ROLE_SEASON_JSON},
		{"notes.txt", "just words\n", ROLE_UNKNOWN},
		{"shopping.csv", "milk,bread\n1,2\n", ROLE_UNKNOWN},
		{"photo.jpg", "NUMBER;LAP_NUMBER;LAP_TIME\n", ROLE_OTHER},
		{"script.py", "print(1)\n", ROLE_OTHER},
	};
	struct found f;
	(void)state;
	start(&f);
	for (size_t i = 0; i < COUNT_OF(cases); i++)
		put(&f, cases[i].name, cases[i].text);
	look(&f);
	assert_int_equal(f.files.n, COUNT_OF(cases));
	assert_int_equal(f.problems.total, 0);
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		const struct file_entry *e = entry(&f, cases[i].name);
		if (e->role != cases[i].role)
			fail_msg("%s: %s", cases[i].name, file_role_name(e->role));
		assert_int_equal(e->size, strlen(cases[i].text));
		assert_true(e->mtime > 0);
	}
	for (uint32_t i = 1; i < f.files.n; i++)
		assert_true(strcmp(f.files.at[i - 1].path, f.files.at[i].path) < 0);
	finish(&f);
}

/* The role must be told from the first bytes, and a header longer than those is still a header. */
static void long_header(void **state)
{
	struct found f;
	char *text = malloc(40000);
	(void)state;
	assert_non_null(text);
	start(&f);
	strcpy(text, "Pos;Participant;Points");
	for (int i = 0; i < 3000; i++)
		strcat(text + 10 * (size_t)i, ";Points_x1");
	put(&f, "championship.csv", text);
	look(&f);
	assert_int_equal(entry(&f, "championship.csv")->role, ROLE_CHAMPIONSHIP);
	finish(&f);
	free(text);
}

static void what_cannot_be_read(void **state)
{
	struct found f;
	char path[700];
	(void)state;
	start(&f);
	put(&f, "empty.csv", "");
	put(&f, "broken.json", "hello");
	put(&f, "open_quote.csv", "\nNUMBER;\"LAP_NUMBER;LAP_TIME\n1;1;1:00.000\n");
	put(&f, ".hidden.csv", "NUMBER;LAP_NUMBER;LAP_TIME\n");
	assert_true(path_join(path, sizeof path, f.dir, "pipe.csv"));
	assert_int_equal(mkfifo(path, 0600), 0);
	look(&f);
	assert_int_equal(f.files.n, 4);
	assert_int_equal(f.problems.total, 4);
	assert_int_equal(f.problems.at[2].line, 2);
	assert_memory_equal(f.problems.at[2].why, "the header cannot", 17);
	assert_memory_equal(entry(&f, "open_quote.csv")->why, "the header cannot", 17);
	assert_int_equal(entry(&f, "empty.csv")->state, FILE_REFUSED);
	assert_string_equal(entry(&f, "empty.csv")->why, "is empty");
	assert_non_null(strstr(entry(&f, "pipe.csv")->why, "pipe or device"));
	finish(&f);
}

static void folders_and_links(void **state)
{
	struct found f;
	char sub[700], link[700], deep[900];
	(void)state;
	start(&f);
	assert_true(path_join(sub, sizeof sub, f.dir, "sub"));
	assert_int_equal(mkdir(sub, 0700), 0);
	put(&f, "sub/a.csv", "NUMBER;LAP_NUMBER;LAP_TIME\n");
	assert_true(path_join(link, sizeof link, f.dir, "loop"));
	assert_int_equal(symlink(f.dir, link), 0);
	assert_true(path_join(link, sizeof link, f.dir, "same.csv")); /* the file a second time */
	assert_int_equal(symlink("sub/a.csv", link), 0);
	assert_true(path_join(deep, sizeof deep, sub, "a.csv"));
	const char *paths[] = {deep, f.dir};
	struct err err = {0};
	assert_ok(find_files(paths, 2, f.a, &f.files, &f.problems, NULL, &err), &err);
	assert_int_equal(f.files.n, 1);
	assert_int_equal(f.problems.total, 1); /* the loop */
	assert_non_null(strstr(f.problems.at[0].why, "link to a folder"));
	unlink(link);
	assert_true(path_join(link, sizeof link, f.dir, "loop"));
	unlink(link);
	finish(&f);
}

static void no_such_path(void **state)
{
	struct found f;
	struct err err = {0};
	atomic_bool stop = true;
	(void)state;
	start(&f);
	const char *paths[] = {"no/such/folder"};
	assert_ok(find_files(paths, 1, f.a, &f.files, &f.problems, NULL, &err), &err);
	assert_int_equal(f.files.n, 0);
	assert_int_equal(f.problems.total, 1);
	assert_string_equal(f.problems.at[0].file, "no/such/folder");
	assert_false(find_files(paths, 1, f.a, &f.files, &f.problems, &stop, &err));
	assert_int_equal(err.code, ERR_CANCELLED);
	finish(&f);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(roles),
		cmocka_unit_test(long_header),
		cmocka_unit_test(what_cannot_be_read),
		cmocka_unit_test(folders_and_links),
		cmocka_unit_test(no_such_path),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
