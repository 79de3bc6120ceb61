#define _GNU_SOURCE
/* Screen 2 as it stands on a terminal: golden text at three sizes and in ASCII, every chart, the strip's modes, replay, follow, classes,
 * export, and lines of text for screen readers. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "tests/screens/session.h"

static const char season[] = "tests/fixtures/season", demo[] = "data/demo";
static const char *const c_locale[] = {"LC_ALL=C", NULL};

static struct term *open_on(int cols, int rows, const char *data, const char *session, const char *const *env)
{
	struct term *t = session_open(cols, rows, data, session, "", env, NULL);

	assert_true(term_expect(t, "YOU "));
	term_settle(t, 80, 3000);
	term_key(t, "2");
	assert_true(term_expect(t, "Tower"));
	return t;
}

static struct term *open_race(int cols, int rows)
{
	return open_on(cols, rows, season, "sebring_r1", NULL);
}

/* Golden screens ---------------------------------------------------------------------------------*/

static void golden_at(int cols, int rows, const char *name, const char *const *env)
{
	struct term *t = open_on(cols, rows, season, "sebring_r1", env);

	session_golden(t, name);
	session_quit(t);
}

static void screen_80x24(void **state)
{
	(void)state;
	golden_at(80, 24, "screen2_80x24", NULL);
}

static void screen_120x40(void **state)
{
	(void)state;
	golden_at(120, 40, "screen2_120x40", NULL);
}

static void screen_200x60(void **state)
{
	(void)state;
	golden_at(200, 60, "screen2_200x60", NULL);
}

static void screen_ascii_80x24(void **state)
{
	(void)state;
	golden_at(80, 24, "screen2_ascii_80x24", c_locale);
}

static void screen_ascii_120x40(void **state)
{
	(void)state;
	golden_at(120, 40, "screen2_ascii_120x40", c_locale);
}

/* p goes through the charts; each is looked at alone. */
static void charts(void **state)
{
	static const char *const names[] = {"places", "stints", "sectors", "spread", "outlook", "events"};
	struct term *t = open_race(120, 40);
	char golden[64];

	(void)state;
	for (size_t i = 0; i < COUNT_OF(names); i++) {
		term_key(t, "p");
		snprintf(golden, sizeof(golden), "screen2_%s", names[i]);
		session_golden(t, golden);
	}
	term_key(t, "p");
	assert_true(term_expect(t, "Gap to"));
	session_quit(t);
}

static void strip_modes(void **state)
{
	static const char *const words[] = {"the place where it changed", "each step twice", "own median",
					    "best so far", "* best + own"};
	struct term *t = open_race(120, 40);

	(void)state;
	for (size_t i = 0; i < COUNT_OF(words); i++) {
		term_key(t, "v");
		assert_true(term_expect(t, words[i]));
	}
	session_quit(t);
}

/* Keys -------------------------------------------------------------------------------------------*/

static void your_car_stays_in_sight(void **state)
{
	struct term *t = open_race(80, 24);

	(void)state;
	term_key(t, "G");
	assert_true(term_has(t, "03Y"));
	term_key(t, "g");
	assert_true(term_has(t, "03Y"));
	session_quit(t);
}

static void marks_and_follows(void **state)
{
	struct term *t = open_race(120, 40);

	(void)state;
	term_key(t, "g");
	term_key(t, "j");
	term_key(t, "j");
	term_key(t, "f");
	assert_true(term_expect(t, "3f "));
	term_key(t, "r");
	assert_true(term_expect(t, "Gap to 3 "));
	term_key(t, "y"); /* YOU on the reference: they change places */
	assert_true(term_expect(t, "YOU 3 "));
	term_key(t, "f");
	term_key(t, "R");
	assert_true(term_expect(t, "Gap to leader"));
	term_key(t, "R");
	assert_true(term_expect(t, "a lap"));
	session_quit(t);
}

static void a_lap_tells_its_loops(void **state)
{
	struct term *t = open_race(120, 40);

	(void)state;
	term_key(t, "TAB");
	term_key(t, "h");
	term_key(t, "h");
	term_key(t, "w");
	assert_true(term_expect(t, "passed at"));
	assert_true(term_has(t, "line"));
	term_key(t, "ESC");
	term_key(t, "x");
	assert_true(term_expect(t, "because"));
	term_key(t, "ESC");
	session_quit(t);
}

static void finds_and_exports(void **state)
{
	struct term *t = open_race(120, 40);
	char path[HOME_MAX + 32];

	(void)state;
	term_key(t, "/");
	term_key(t, "okafor");
	assert_true(term_expect(t, "2 of 12"));
	term_key(t, "ENTER");
	term_key(t, "TAB");
	term_key(t, "TAB");
	term_key(t, "e");
	assert_true(term_expect(t, "sebring_r1_gap.csv"));
	term_key(t, "^U");
	snprintf(path, sizeof(path), "%s/gap.csv", session_home);
	term_key(t, path);
	term_key(t, "ENTER");
	assert_true(term_expect(t, "wrote"));
	assert_int_equal(access(path, R_OK), 0);
	session_quit(t);
}

/* Replay -----------------------------------------------------------------------------------------*/

/* At the end of lap 5 the screen is that of lap 5: nothing later is on it. */
static void replay_knows_no_future(void **state)
{
	struct term *t = open_race(120, 40);

	(void)state;
	term_key(t, "T");
	term_key(t, "5");
	term_key(t, "ENTER");
	assert_true(term_expect(t, "REPLAY"));
	term_settle(t, 200, 3000);
	session_golden(t, "screen2_replay_lap5");
	term_key(t, ".");
	term_settle(t, 200, 3000);
	term_key(t, ",");
	term_settle(t, 200, 3000);
	session_golden(t, "screen2_replay_lap5");
	term_key(t, "L");
	assert_true(term_expect(t, "FINISHED"));
	session_quit(t);
}

static void length_gives_laps_to_go(void **state)
{
	struct term *t = open_race(120, 40);

	(void)state;
	for (int i = 0; i < 5; i++)
		term_key(t, "p");
	assert_true(term_expect(t, "not known: :length"));
	term_key(t, ":");
	term_key(t, "length 45m");
	term_key(t, "ENTER");
	term_key(t, "T");
	term_key(t, "12");
	term_key(t, "ENTER");
	assert_true(term_expect(t, "laps to go  "));
	term_settle(t, 200, 3000);
	assert_false(term_has(t, "not known: :length"));
	session_quit(t);
}

/* The demo ---------------------------------------------------------------------------------------*/

static void the_demo_stands_too(void **state)
{
	struct term *t;

	(void)state;
	if (access("data/demo/story.json", R_OK) != 0)
		skip();
	t = open_on(120, 40, demo, "harrowvale_r1", NULL);
	assert_true(term_has(t, "Every lap"));
	term_resize(t, 60, 16);
	assert_true(term_expect(t, "Tower"));
	term_resize(t, 40, 10);
	assert_true(term_expect(t, "Tower"));
	term_resize(t, 200, 60);
	assert_true(term_expect(t, "Outlook"));
	session_quit(t);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(screen_80x24),
		cmocka_unit_test(screen_120x40),
		cmocka_unit_test(screen_200x60),
		cmocka_unit_test(screen_ascii_80x24),
		cmocka_unit_test(screen_ascii_120x40),
		cmocka_unit_test(charts),
		cmocka_unit_test(strip_modes),
		cmocka_unit_test(your_car_stays_in_sight),
		cmocka_unit_test(marks_and_follows),
		cmocka_unit_test(a_lap_tells_its_loops),
		cmocka_unit_test(finds_and_exports),
		cmocka_unit_test(replay_knows_no_future),
		cmocka_unit_test(length_gives_laps_to_go),
		cmocka_unit_test(the_demo_stands_too),
	};

	return cmocka_run_group_tests(tests, session_setup, session_teardown);
}
