#define _GNU_SOURCE
/* Screen 5 as it stands on a terminal: golden text, what its keys do, the real season's figures where it is there. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "tests/screens/session.h"

static const char season[] = "tests/fixtures/season";
static const char *const c_locale[] = {"LC_ALL=C", NULL};

static struct term *open_on(int cols, int rows, const char *data, const char *session, const char *marks,
			    const char *const *env)
{
	struct term *t = session_open(cols, rows, data, session, marks, env, NULL);

	assert_true(term_expect(t, "YOU "));
	term_key(t, "5");
	assert_true(term_expect(t, "Drivers"));
	term_settle(t, 80, 3000);
	return t;
}

static struct term *open_season(int cols, int rows, const char *const *env)
{
	return open_on(cols, rows, season, "sebring_r1", "", env);
}

static void golden_at(int cols, int rows, const char *name, const char *const *env)
{
	struct term *t = open_season(cols, rows, env);

	session_golden(t, name);
	session_quit(t);
}

static void sizes(void **state)
{
	(void)state;
	golden_at(80, 24, "season_80x24", NULL);
	golden_at(120, 40, "season_120x40", NULL);
	golden_at(200, 60, "season_200x60", NULL);
}

static void ascii(void **state)
{
	(void)state;
	golden_at(80, 24, "season_ascii_80x24", c_locale);
	golden_at(120, 40, "season_ascii_120x40", c_locale);
}

/* Where one detail has room, Tab goes through all of them. */
static void every_pane_at_80x24(void **state)
{
	static const char *const panes[] = {"Races of ", "Profile", "Factors of "};
	struct term *t = open_season(80, 24, NULL);

	(void)state;
	for (size_t i = 0; i < COUNT_OF(panes); i++) {
		term_key(t, "TAB");
		if (!term_has(t, panes[i]))
			fail_msg("no %s in:\n%s", panes[i], term_text(t));
		assert_true(term_has(t, "Drivers"));
	}
	session_golden(t, "season_factors_80x24");
	session_quit(t);
}

/* s goes through the columns; the cursor stays on its driver, and the other panes with it. */
static void sorted(void **state)
{
	struct term *t = open_season(120, 40, NULL);

	(void)state;
	term_key(t, "j");
	const char *at = strstr(term_text(t), "Races of ");
	char head[16];
	assert_non_null(at);
	snprintf(head, sizeof(head), "%.15s", at);
	term_key(t, "s");
	assert_true(term_expect(t, "by median finish"));
	assert_true(term_has(t, head));
	for (int i = 0; i < 9; i++)
		term_key(t, "s");
	assert_true(term_has(t, "by number"));
	assert_true(term_has(t, head));
	session_quit(t);
}

/* YOU of this screen is YOU of all. */
static void marks_carry_over(void **state)
{
	struct term *t = open_on(120, 40, season, "sebring_r1", "you\t44\nref\t7\n", NULL);

	(void)state;
	assert_true(term_has(t, "YOU 44"));
	term_key(t, "/");
	term_key(t, "18");
	term_key(t, "ENTER");
	assert_true(term_expect(t, "Races of 18"));
	term_key(t, "y");
	assert_true(term_expect(t, "YOU 18"));
	term_key(t, "1");
	assert_true(term_expect(t, "YOU 18"));
	session_quit(t);
}

static void found(void **state)
{
	struct term *t = open_season(120, 40, NULL);

	(void)state;
	term_key(t, "/");
	term_key(t, "LVAR");
	assert_true(term_expect(t, "Races of 21 "));
	term_key(t, "ESC");
	session_quit(t);
}

static void why_in_every_pane(void **state)
{
	static const char *const words[] = {"driver_season_stats.json scores", "grid minus finish: plus is places won",
					    "driver_factors.json, 0 to 100", "What to work on"};
	struct term *t = open_season(120, 40, NULL);

	(void)state;
	for (size_t i = 0; i < COUNT_OF(words); i++) {
		term_key(t, "w");
		if (!term_expect(t, words[i]))
			fail_msg("no \"%s\" in:\n%s", words[i], term_text(t));
		term_key(t, "ESC");
		term_key(t, "TAB");
	}
	session_quit(t);
}

/* e writes the pane: the same as the command says. */
static void exported(void **state)
{
	struct term *t = open_season(120, 40, NULL);
	char path[HOME_MAX + 64];

	(void)state;
	snprintf(path, sizeof(path), "%s/races.csv", session_home);
	term_key(t, "TAB");
	term_key(t, "e");
	term_key(t, "^U");
	term_key(t, path);
	term_key(t, "ENTER");
	term_settle(t, 80, 3000);
	FILE *f = fopen(path, "r");
	if (!f)
		fail_msg("no %s; the screen is:\n%s", path, term_text(t));
	char line[256];
	assert_non_null(fgets(line, sizeof(line), f));
	fclose(f);
	assert_string_equal(line, "track,race,started,grid,finish,gained,best,fastest,qualifying,laps,gap,"
				  "gap_computed,status,retired,from\n");
	session_quit(t);
}

static void the_mouse_sorts_and_chooses(void **state)
{
	struct term *t = open_season(120, 40, NULL);
	int col = -1;

	(void)state;
	for (int x = 0; x < 70 && col < 0; x++) {
		char a[8], b[8];
		term_letter(t, x, 3, a);
		term_letter(t, x + 1, 3, b);
		if (strcmp(a, "M") == 0 && strcmp(b, "e") == 0)
			col = x;
	}
	assert_true(col >= 0);
	term_click(t, col, 3);
	assert_true(term_expect(t, "by median finish"));
	term_click(t, 10, 6);
	term_settle(t, 80, 3000);
	int x, y;
	term_cursor(t, &x, &y);
	assert_int_equal(y, 6);
	session_quit(t);
}

/* What is likely: the race of the session shown, others with h and l; the track chosen in Tracks is followed. */
static void tabs(struct term *t, const char *pane)
{
	for (int i = 0; i < 8 && !term_has(t, pane); i++)
		term_key(t, "TAB");
	term_settle(t, 80, 3000);
	if (!term_has(t, pane))
		fail_msg("no %s in:\n%s", pane, term_text(t));
}

static struct term *open_demo(int cols, int rows, const char *const *env)
{
	return open_on(cols, rows, "data/demo", "harrowvale_r1", "you\t31\nref\t27\n", env);
}

static void forecast(void **state)
{
	struct term *t = open_demo(80, 24, NULL);

	(void)state;
	tabs(t, "Forecast harrowvale race 1, after qualifying");
	assert_true(term_has(t, "after  1.61 places off, 79% in; median finish 1.99, grid 1.39 off"));
	session_golden(t, "season_forecast_80x24");
	term_key(t, "l");
	assert_true(term_expect(t, "Forecast harrowvale race 2"));
	for (int i = 0; i < 12; i++)
		term_key(t, "h");
	assert_true(term_expect(t, "Forecast kestrelridge race 1"));
	term_key(t, "w");
	assert_true(term_expect(t, "the 50 most alike"));
	term_key(t, "ESC");
	session_quit(t);
}

/* Five a factor, ten in all: more is not taken. */
static void what_if(void **state)
{
	struct term *t = open_demo(80, 24, NULL);

	(void)state;
	tabs(t, "0 of 10 points spent");
	for (int i = 0; i < 6; i++)
		term_key(t, "l");
	assert_true(term_expect(t, " +5 "));
	assert_true(term_expect(t, "5 of 10 points spent"));
	term_key(t, "j");
	for (int i = 0; i < 2; i++)
		term_key(t, "j");
	for (int i = 0; i < 3; i++)
		term_key(t, "l");
	assert_true(term_expect(t, "8 of 10 points spent"));
	session_golden(t, "season_what_if_80x24");
	term_key(t, "k");
	for (int i = 0; i < 4; i++)
		term_key(t, "l");
	assert_true(term_expect(t, "10 of 10 points spent"));
	assert_true(term_has(t, " +2 "));
	term_key(t, "h");
	assert_true(term_expect(t, "9 of 10 points spent"));
	term_key(t, "w");
	assert_true(term_expect(t, "All points"));
	term_key(t, "ESC");
	session_quit(t);
}

static void ahead_at_other_sizes(void **state)
{
	struct term *t = open_demo(120, 40, NULL);

	(void)state;
	session_golden(t, "season_demo_120x40");
	session_quit(t);
	t = open_demo(120, 40, c_locale);
	session_golden(t, "season_demo_ascii_120x40");
	session_quit(t);
	t = open_demo(80, 24, c_locale);
	tabs(t, "What if ");
	session_golden(t, "season_what_if_ascii_80x24");
	session_quit(t);
}

static void no_byte_while_nothing_changes(void **state)
{
	struct term *t = open_season(120, 40, NULL);

	(void)state;
	term_key(t, "j");
	term_settle(t, 80, 3000);
	term_bytes(t);
	term_settle(t, 300, 600);
	assert_int_equal(term_bytes(t), 0);
	session_quit(t);
}

static void copy_lines(const char *from, const char *to, const char *mode, int first, int last)
{
	FILE *in = fopen(from, "r"), *out = fopen(to, mode);
	char line[2048];

	assert_non_null(in);
	assert_non_null(out);
	for (int i = 0; fgets(line, sizeof(line), in); i++)
		if (i >= first && i < last)
			fputs(line, out);
	fclose(in);
	assert_int_equal(fclose(out), 0);
}

/* A race that is being driven is no result: the season stays as it is while laps come, and has it when the flag has fallen. */
static void a_race_on_the_way(void **state)
{
	static const char laps[] = "tests/fixtures/season/sebring_r1_analysis_endurance.csv";
	char path[HOME_MAX + 64], option[HOME_MAX + 80];

	(void)state;
	snprintf(path, sizeof(path), "%s/live.csv", session_home);
	snprintf(option, sizeof(option), "--follow=%s", path);
	copy_lines(laps, path, "w", 0, 40); /* of a file that stands by car: only the first cars are there */
	struct term *t = session_open(120, 40, season, "live", "", NULL, option);
	assert_true(term_expect(t, "YOU "));
	term_key(t, "5");
	assert_true(term_expect(t, "Drivers"));
	assert_false(term_has(t, "LIV"));
	copy_lines(laps, path, "a", 40, 10000);
	assert_true(term_expect(t, "FINISHED"));
	assert_true(term_expect(t, "Drivers"));
	session_quit(t);
}

/* Figures of two drivers worked out by hand from the files. */
static void the_real_season(void **state)
{
	static const char *const lines[] = {
		"13RWorkman     215  2.0   1   1   6   2   3   8   1   1   2   4   3   1",
		"22YFletcher     42  2.0   2   2   .   .   7   R",
		"barber       1    4   2    +2 1:37.746     +2.740   1:37.201   27 session",
		"roadamerica  2    1  27R  -26 2:32.467    15 Laps   2:30.369    2 session",
		"barber            42  33  10  16  78.9  81.8",
	};
	const char *shared = getenv("PITWALL_SHARED");
	char folder[HOME_MAX];

	(void)state;
	snprintf(folder, sizeof(folder), "%s/gr-cup", shared && *shared ? shared : "../shared/data");
	if (access(folder, R_OK) != 0)
		skip();
	struct term *t = open_on(120, 40, folder, "barber_r2", "you\t22\nref\t13\n", NULL);
	for (size_t i = 0; i < COUNT_OF(lines); i++)
		if (!term_has(t, lines[i]))
			fail_msg("no \"%s\" in:\n%s", lines[i], term_text(t));
	session_quit(t);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(sizes),
		cmocka_unit_test(ascii),
		cmocka_unit_test(every_pane_at_80x24),
		cmocka_unit_test(sorted),
		cmocka_unit_test(marks_carry_over),
		cmocka_unit_test(found),
		cmocka_unit_test(why_in_every_pane),
		cmocka_unit_test(exported),
		cmocka_unit_test(the_mouse_sorts_and_chooses),
		cmocka_unit_test(forecast),
		cmocka_unit_test(what_if),
		cmocka_unit_test(ahead_at_other_sizes),
		cmocka_unit_test(no_byte_while_nothing_changes),
		cmocka_unit_test(a_race_on_the_way),
		cmocka_unit_test(the_real_season),
	};

	return cmocka_run_group_tests(tests, session_setup, session_teardown);
}
