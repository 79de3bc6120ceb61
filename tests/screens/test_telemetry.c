#define _GNU_SOURCE
/* Screen 4 as it stands on a terminal: golden text, and what its keys and the mouse do. The race is tests/screens/driven.h; the figures of a
 * real one are tested where it is there. GOLDEN_UPDATE=1 rewrites the golden text: read the diff before committing it. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tests/screens/driven.h"
#include "tests/screens/session.h"

enum { PATH = 4096, PRESSES = 40 };

static char with[PATH], without[PATH], no_gps[PATH];

static int setup(void **state)
{
	int failed = session_setup(state);

	folder_make(with, sizeof(with));
	folder_make(without, sizeof(without));
	folder_make(no_gps, sizeof(no_gps));
	driven_write(with, 1, 1);
	driven_write(without, 0, 0);
	driven_write(no_gps, 1, 0);
	return failed;
}

static int teardown(void **state)
{
	folder_remove(with);
	folder_remove(without);
	folder_remove(no_gps);
	return session_teardown(state);
}

static struct term *open_on(int cols, int rows, const char *data, const char *const *env)
{
	struct term *t = session_open(cols, rows, data, "sebring_r1", "you\t9\nref\t7\n", env, NULL);

	assert_true(term_expect(t, "YOU 9"));
	term_key(t, "4");
	assert_true(term_expect(t, "telemetry"));
	return t;
}

static struct term *open_driven(int cols, int rows, const char *const *env)
{
	struct term *t = open_on(cols, rows, with, env);

	assert_true(term_expect(t, "Speed km/h"));
	term_settle(t, 80, 3000);
	return t;
}

/* Chooses a lap of car 9 by its number. */
static void choose(struct term *t, const char *key, const char *lap)
{
	term_key(t, key);
	assert_true(term_expect(t, "Laps: choose"));
	term_key(t, "/");
	for (const char *p = lap; *p; p++)
		term_key(t, (char[]){*p, '\0'});
	term_key(t, "ENTER");
	term_key(t, "ENTER");
	term_settle(t, 80, 3000);
}

static void test_golden(void **state)
{
	static const char *const ascii[] = {"LC_ALL=C", NULL};
	static const struct {
		int cols, rows;
		const char *const *env;
		const char *name;
	} sizes[] = {{120, 40, NULL, "telemetry_120x40"},      {80, 24, NULL, "telemetry_80x24"},
		     {160, 56, NULL, "telemetry_160x56"},      {120, 40, ascii, "telemetry_ascii_120x40"},
		     {80, 24, ascii, "telemetry_ascii_80x24"}, {50, 16, NULL, "telemetry_50x16"}};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(sizes); i++) {
		struct term *t = open_driven(sizes[i].cols, sizes[i].rows, sizes[i].env);
		session_golden(t, sizes[i].name);
		session_quit(t);
	}
}

/* Lap 5: the second corner is lost on every lap, the third on this one alone. */
static void test_mistake_and_habit(void **state)
{
	struct term *t = open_driven(120, 40, NULL);

	(void)state;
	choose(t, "y", "L5");
	assert_true(term_expect(t, "YOU 9 lap 5"));
	assert_true(term_has(t, "(a mistake)"));
	assert_true(term_has(t, "(a habit)"));
	assert_true(term_has(t, "C3, C2, C1 are"));
	session_golden(t, "telemetry_lap5");
	term_key(t, "b");
	assert_true(term_expect(t, "best 5 against best 5"));
	session_golden(t, "telemetry_five");
	session_quit(t);
}

static void test_cursor_and_window(void **state)
{
	struct term *t = open_driven(120, 40, NULL);

	(void)state;
	assert_true(term_has(t, "cursor 0 m"));
	term_key(t, "c");
	assert_true(term_expect(t, "corner 1"));
	term_key(t, "c");
	assert_true(term_expect(t, "corner 2"));
	term_key(t, "C");
	assert_true(term_expect(t, "corner 1"));
	term_key(t, "+");
	term_key(t, "+");
	assert_true(term_expect(t, "shown "));
	session_golden(t, "telemetry_close");
	term_key(t, "ESC");
	term_settle(t, 400, 3000); /* a lone Esc is one only after a while */
	assert_false(term_has(t, "shown "));
	term_key(t, ":");
	for (const char *p = "at 512"; *p; p++)
		term_key(t, (char[]){*p, '\0'});
	term_key(t, "ENTER");
	assert_true(term_expect(t, "cursor 512 m corner 2"));
	term_key(t, "d");
	assert_true(term_expect(t, "over your time"));
	term_key(t, "l");
	assert_false(term_has(t, "cursor 512 m"));
	session_quit(t);
}

static void test_third_lap_and_panes(void **state)
{
	struct term *t = open_driven(120, 40, NULL);

	(void)state;
	choose(t, "t", "L2");
	assert_true(term_expect(t, "THIRD 7 lap 2"));
	term_key(t, "p");
	assert_true(term_expect(t, "Steering degrees"));
	assert_true(term_has(t, "Gear"));
	term_key(t, "z");
	assert_true(term_expect(t, "corner"));
	assert_false(term_has(t, "Corners by time lost"));
	session_golden(t, "telemetry_zoom_third");
	term_key(t, "z");
	term_key(t, "t");
	term_settle(t, 80, 3000);
	assert_false(term_has(t, "THIRD"));
	/* j and k: the next lap of YOURS. */
	term_key(t, "k");
	assert_true(term_expect(t, "YOU 9 lap 3"));
	session_quit(t);
}

static void test_why_and_find(void **state)
{
	struct term *t = open_driven(120, 40, NULL);

	(void)state;
	term_key(t, "w");
	assert_true(term_expect(t, "unscaled error"));
	assert_true(term_has(t, "sebring_r1_telemetry_wide.csv"));
	term_key(t, "w");
	term_key(t, "/");
	term_key(t, "3");
	term_key(t, "ENTER");
	assert_true(term_expect(t, "corner 3"));
	term_key(t, "?");
	assert_true(term_expect(t, "to the next corner"));
	term_key(t, "?");
	/* The same key is another command elsewhere. */
	term_key(t, "1");
	term_key(t, "?");
	assert_true(term_expect(t, "the next class"));
	assert_false(term_has(t, "to the next corner"));
	term_key(t, "?");
	session_quit(t);
}

static void test_mouse(void **state)
{
	struct term *t = open_driven(120, 40, NULL);

	(void)state;
	term_click(t, 46, 5); /* the middle of the speed trace */
	term_settle(t, 80, 3000);
	assert_true(term_has(t, "corner 2"));
	assert_false(term_has(t, "cursor 0 m"));
	session_quit(t);
}

static void test_friction_circle(void **state)
{
	struct term *t = open_on(120, 40, no_gps, NULL);

	(void)state;
	assert_true(term_expect(t, "Friction circle, g"));
	term_settle(t, 80, 3000);
	session_golden(t, "telemetry_circle");
	session_quit(t);
}

static void test_export(void **state)
{
	struct term *t = open_driven(120, 40, NULL);
	char path[PATH + 32], line[512] = "";
	FILE *f;

	(void)state;
	snprintf(path, sizeof(path), "%s/out.csv", session_home);
	term_key(t, "e");
	assert_true(term_expect(t, "export to"));
	for (size_t i = 0; i < strlen("sebring_r1_trace.csv"); i++)
		term_key(t, "BS");
	for (const char *p = path; *p; p++)
		term_key(t, (char[]){*p, '\0'});
	term_key(t, "ENTER");
	assert_true(term_expect(t, "wrote"));
	f = fopen(path, "r");
	assert_non_null(f);
	assert_non_null(fgets(line, sizeof(line), f));
	assert_non_null(strstr(line, "distance,lost,you_time,you_throttle,you_speed"));
	int rows = 0;
	while (fgets(line, sizeof(line), f))
		rows++;
	assert_in_range(rows, 1000, 1100); /* a point a metre */
	fclose(f);
	session_quit(t);
}

static void test_nothing_there(void **state)
{
	struct term *t = open_on(80, 24, without, NULL);

	(void)state;
	assert_true(term_expect(t, "No telemetry of Sebring R1"));
	assert_true(term_expect(t, "pitwall import FILE"));
	term_settle(t, 80, 3000);
	session_golden(t, "telemetry_none");
	session_quit(t);
}

static int by_size(const void *a, const void *b)
{
	size_t x = *(const size_t *)a, y = *(const size_t *)b;

	return x < y ? -1 : x > y;
}

/* What lies raw in the data folders goes into the store, and is served from there when the raw file is gone. */
static void test_import(void **state)
{
	char raw[PATH + 32], away[PATH + 32];
	struct term *t = open_driven(120, 40, NULL);

	(void)state;
	term_key(t, "I");
	assert_true(term_expect(t, "imported: "));
	session_quit(t);
	snprintf(raw, sizeof(raw), "%s/sebring_r1_telemetry_wide.csv", with);
	snprintf(away, sizeof(away), "%s/away", with);
	assert_int_equal(rename(raw, away), 0);
	t = open_on(120, 40, with, NULL);
	assert_true(term_expect(t, "store: "));
	term_key(t, "I");
	assert_true(term_expect(t, "no raw telemetry in the data folders"));
	session_quit(t);
	assert_int_equal(rename(away, raw), 0);
}

static void test_bytes(void **state)
{
	struct term *t = open_driven(120, 40, NULL);
	size_t bytes[PRESSES];

	(void)state;
	term_key(t, "1");
	term_bytes(t);
	term_key(t, "4");
	assert_in_range(term_bytes(t), 1, 12288);
	for (int i = 0; i < PRESSES; i++) {
		term_bytes(t);
		term_key(t, "l");
		bytes[i] = term_bytes(t);
	}
	qsort(bytes, PRESSES, sizeof(*bytes), by_size);
	assert_in_range(bytes[PRESSES / 2], 1, 400);
	term_bytes(t);
	term_settle(t, 500, 700);
	assert_int_equal(term_bytes(t), 0); /* nothing moves: nothing is sent */
	session_quit(t);
}

/* SCREENS: Barber race 1, car 13, lap 15 against lap 6. */
static void test_barber(void **state)
{
	const char *shared = getenv("PITWALL_SHARED");
	char laps[PATH], samples[PATH], folder[PATH], command[4 * PATH];

	(void)state;
	shared = shared && *shared ? shared : "../shared/data";
	snprintf(laps, sizeof(laps), "%s/gr-cup/analysis_endurance/barber_r1_analysis_endurance.csv", shared);
	snprintf(samples, sizeof(samples), "%s/telemetry/barber_r1_car13_long.csv", shared);
	if (access(laps, R_OK) != 0 || access(samples, R_OK) != 0)
		skip();
	folder_make(folder, sizeof(folder));
	snprintf(command, sizeof(command), "ln -s \"$(realpath '%s')\" \"$(realpath '%s')\" '%s'", laps, samples,
		 folder);
	assert_int_equal(system(command), 0);
	struct term *t = session_open(120, 40, folder, "barber_r1", "you\t13\n", NULL, NULL);
	assert_true(term_expect(t, "YOU 13"));
	term_key(t, "4");
	assert_true(term_expect(t, "6 laps of 13"));
	choose(t, "y", "L15");
	assert_true(term_expect(t, "YOU 13 lap 15 1:38.262  REF 13 lap 6 1:37.543  +0.719"));
	assert_true(term_has(t, "usual = laps 4 5 6 9 18"));
	assert_true(term_has(t, "4 R 1830 m    +0.226 "));
	assert_true(term_has(t, "min brake bar gas"));
	assert_true(term_has(t, "a mistake, not a habit"));
	session_quit(t);
	folder_remove(folder);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_golden),
		cmocka_unit_test(test_mistake_and_habit),
		cmocka_unit_test(test_cursor_and_window),
		cmocka_unit_test(test_third_lap_and_panes),
		cmocka_unit_test(test_why_and_find),
		cmocka_unit_test(test_mouse),
		cmocka_unit_test(test_friction_circle),
		cmocka_unit_test(test_export),
		cmocka_unit_test(test_nothing_there),
		cmocka_unit_test(test_bytes),
		cmocka_unit_test(test_barber),
		cmocka_unit_test(test_import), /* last: the store it makes stays */
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
