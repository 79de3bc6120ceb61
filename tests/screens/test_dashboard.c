#define _GNU_SOURCE
/* Screen 1 as it stands on a terminal: golden text, keys, sizes, signals, silence. The program is the real one, the data are
 * the invented season in tests/fixtures. GOLDEN_UPDATE=1 rewrites the golden text: read the diff before committing it. */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "tests/screens/session.h"

static struct term *open_with(int cols, int rows, const char *session, const char *const *env, const char *extra)
{
	return session_open(cols, rows, "tests/fixtures/season", session, "", env, extra);
}

static struct term *open_race(int cols, int rows)
{
	struct term *t = open_with(cols, rows, "sebring_r1", NULL, NULL);

	assert_true(term_expect(t, "Norrby"));
	term_settle(t, 80, 3000);
	return t;
}

/* Golden screens ---------------------------------------------------------------------------------*/

static void golden_at(int cols, int rows, const char *session, const char *name, const char *const *env)
{
	struct term *t = open_with(cols, rows, session, env, NULL);

	assert_true(term_expect(t, "Norrby"));
	term_settle(t, 80, 3000);
	session_golden(t, name);
	session_quit(t);
}

static const char *const c_locale[] = {"LC_ALL=C", NULL};

static void race_80x24(void **state)
{
	(void)state;
	golden_at(80, 24, "sebring_r1", "race_80x24", NULL);
}

static void race_120x40(void **state)
{
	(void)state;
	golden_at(120, 40, "sebring_r1", "race_120x40", NULL);
}

static void race_200x60(void **state)
{
	(void)state;
	golden_at(200, 60, "sebring_r2", "race_200x60", NULL);
}

static void race_ascii_80x24(void **state)
{
	(void)state;
	golden_at(80, 24, "sebring_r1", "race_ascii_80x24", c_locale);
}

static void race_ascii_120x40(void **state)
{
	(void)state;
	golden_at(120, 40, "sebring_r1", "race_ascii_120x40", c_locale);
}

static void race_ascii_200x60(void **state)
{
	(void)state;
	golden_at(200, 60, "sebring_r1", "race_ascii_200x60", c_locale);
}

/* Keys -------------------------------------------------------------------------------------------*/

static void keys_mark_you_and_ref(void **state)
{
	struct term *t = open_race(120, 40);

	(void)state;
	term_key(t, "g");
	term_key(t, "j");
	term_key(t, "j");
	term_key(t, "y");
	assert_true(term_expect(t, "YOU 3 "));
	term_key(t, "g");
	term_key(t, "r");
	assert_true(term_expect(t, "ref 7 "));
	term_key(t, "y"); /* YOU on the reference: they change places */
	assert_true(term_expect(t, "YOU 7 "));
	assert_true(term_expect(t, "ref 3 "));
	session_quit(t);
	/* Marks are kept. */
	t = open_race(120, 40);
	session_quit(t);
}

static void keys_why_names_file_and_lines(void **state)
{
	struct term *t = open_race(120, 40);

	(void)state;
	term_key(t, "TAB");
	term_key(t, "TAB");
	term_key(t, "TAB"); /* Field, Laps, Ledger, Sectors */
	term_key(t, "w");
	assert_true(term_expect(t, "sign test"));
	assert_true(term_has(t, "23_AnalysisEnduranceWithSections_Race 1.CSV"));
	assert_true(term_has(t, "lines"));
	term_key(t, "ESC");
	assert_false(term_has(t, "sign test"));
	session_quit(t);
}

static void keys_exclude_and_put_back(void **state)
{
	struct term *t = open_race(120, 40);

	(void)state;
	assert_true(term_has(t, "16/20"));
	term_key(t, "TAB");
	for (int i = 0; i < 4; i++)
		term_key(t, "l");
	term_key(t, "x");
	assert_true(term_expect(t, "because"));
	term_key(t, "traffic");
	term_key(t, "ENTER");
	assert_true(term_expect(t, "15/20"));
	term_key(t, "w");
	assert_true(term_expect(t, "left out by hand"));
	term_key(t, "ESC");
	term_key(t, "x");
	assert_true(term_expect(t, "16/20"));
	session_quit(t);
}

static void keys_find_as_typed(void **state)
{
	struct term *t = open_race(120, 40);

	(void)state;
	term_key(t, "/");
	term_key(t, "okafor");
	assert_true(term_expect(t, "2 of 12"));
	term_key(t, "ENTER");
	term_key(t, "y");
	assert_true(term_expect(t, "Okafor"));
	term_key(t, "/");
	term_key(t, "03");
	term_key(t, "ENTER");
	term_key(t, "y");
	assert_true(term_expect(t, "YOU 03 Fuchs"));
	session_quit(t);
}

/* They may come before anything was read, even before the program looks at its terminal. */
static void keys_typed_ahead(void **state)
{
	static const char *const keys[] = {"c", " ", ".", "[", "x", "w", "y", ":class\r", "L", "e"};
	const char *argv[] = {session_program, "--data", "tests/fixtures/season", NULL};
	struct term_options o = {100, 30, argv, NULL};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(keys); i++) {
		struct term *t = term_start(&o, session_home);
		term_key(t, keys[i]);
		term_key(t, "ESC");
		assert_true(term_expect(t, "Sebring"));
		session_quit(t);
	}
}

/* Each pane alone, replayed to where nobody has done a lap: there is no figure, and no pair to draw one from. */
static void panes_before_the_first_lap(void **state)
{
	enum { PANES = 6 };

	(void)state;
	for (int i = 0; i < 2 * PANES; i++) { /* those of a race that is over, then those of one that is on */
		struct term *t = open_race(120, 40);
		if (i >= PANES) {
			term_key(t, "T");
			term_key(t, "3");
			term_key(t, "ENTER");
			term_settle(t, 80, 3000);
		}
		for (int tab = 0; tab < i % PANES; tab++)
			term_key(t, "TAB");
		term_key(t, "z");
		term_key(t, "T");
		term_key(t, "0:01");
		term_key(t, "ENTER");
		term_settle(t, 80, 3000);
		term_key(t, "w");
		term_key(t, "ESC");
		session_quit(t);
	}
}

static void keys_palette_help_session(void **state)
{
	struct term *t = open_race(120, 40);

	(void)state;
	term_key(t, "?");
	term_key(t, "G");
	assert_true(term_expect(t, "which laps, rule and file"));
	term_key(t, "ESC");
	term_key(t, ":");
	term_key(t, "next-th");
	term_key(t, "ESC");
	term_key(t, "]");
	assert_true(term_expect(t, "Sebring R2"));
	term_key(t, "[");
	assert_true(term_expect(t, "Sebring R1"));
	term_key(t, "z");
	assert_false(term_has(t, "Notes for"));
	term_key(t, "z");
	assert_true(term_expect(t, "Notes for"));
	session_quit(t);
}

static void keys_export_writes_the_pane(void **state)
{
	char path[HOME_MAX + 64], line[4096];
	struct term *t = open_race(120, 40);
	FILE *f;

	(void)state;
	snprintf(path, sizeof(path), "%s/out.csv", session_home);
	term_key(t, "e");
	term_key(t, "^U");
	term_key(t, path);
	term_key(t, "ENTER");
	term_settle(t, 100, 2000);
	session_quit(t);
	f = fopen(path, "r");
	assert_non_null(f);
	assert_non_null(fgets(line, sizeof(line), f));
	assert_non_null(strstr(line, "position"));
	fclose(f);
	unlink(path);
}

static void note_opens_its_evidence(void **state)
{
	struct term *t = open_race(120, 40);

	(void)state;
	for (int i = 0; i < 5 && !term_has(t, "evidence"); i++)
		term_key(t, "TAB");
	term_key(t, "ENTER");
	assert_true(term_expect(t, "Same figures as text"));
	term_key(t, "ESC");
	session_quit(t);
}

/* Terminals --------------------------------------------------------------------------------------*/

/* Does this parameter of an SGR sequence set a colour? */
static bool sets_colour(int parameter)
{
	return (parameter >= 30 && parameter <= 38) || (parameter >= 40 && parameter <= 48) ||
	       (parameter >= 90 && parameter <= 107);
}

/* SGR sequences that set a colour, in everything the program wrote. */
static int colour_codes(const char *p, size_t n)
{
	int found = 0;

	for (size_t i = 0; i + 2 < n; i++) {
		size_t k = i + 2;
		int number = 0, colours = 0;
		if (p[i] != '\x1b' || p[i + 1] != '[')
			continue;
		for (; k < n && ((p[k] >= '0' && p[k] <= '9') || p[k] == ';'); k++) {
			if (p[k] == ';') {
				colours += sets_colour(number);
				number = 0;
			} else {
				number = number * 10 + p[k] - '0';
			}
		}
		if (k < n && p[k] == 'm')
			found += colours + sets_colour(number);
	}
	return found;
}

static void no_color_sends_no_colour(void **state)
{
	static const char *const env[] = {"NO_COLOR=1", NULL};
	struct term *t = open_with(120, 40, "sebring_r1", env, NULL);
	size_t n;

	(void)state;
	assert_true(term_expect(t, "Norrby"));
	term_settle(t, 80, 3000);
	term_key(t, "TAB");
	const char *raw = term_raw(t, &n);
	assert_int_equal(colour_codes(raw, n), 0);
	/* Nothing is lost: the marks are there. */
	assert_true(term_has(t, "*"));
	session_quit(t);
}

static void works_on(const char *term_name)
{
	char var[64];
	/* On "linux" curses loads the library of the console's mouse, which never frees what it allocates. */
	const char *env[] = {var, "ASAN_OPTIONS=detect_leaks=0", NULL};

	snprintf(var, sizeof(var), "TERM=%s", term_name);
	struct term *t = open_with(80, 24, "sebring_r1", env, NULL);
	assert_true(term_expect(t, "Norrby"));
	term_key(t, "j");
	term_key(t, "TAB");
	session_quit(t);
}

static void terminals(void **state)
{
	(void)state;
	works_on("xterm-256color");
	works_on("tmux-256color");
	works_on("screen");
	works_on("linux");
	works_on("vt100");
}

static void idle_is_silent(void **state)
{
	struct term *t = open_race(120, 40);

	(void)state;
	term_settle(t, 300, 3000);
	term_bytes(t);
	term_settle(t, 2000, 2000);
	assert_int_equal(term_bytes(t), 0);
	session_quit(t);
}

static void keys_cost_few_bytes(void **state)
{
	struct term *t = open_race(120, 40);

	(void)state;
	term_key(t, "j");
	term_key(t, "j");
	assert_true(term_bytes(t) <= 512);
	session_quit(t);
}

/* A name in the fixture holds ESC ] 0 ; ... BEL, a C1 control and a bidirectional override. */
static void no_hostile_byte_arrives(void **state)
{
	static const char *const hostile[] = {"\x1b]0", "\xc2\x9b", "\xe2\x80\xae"};
	const char *argv[] = {session_program, "--data", "tests/fixtures/laps", NULL};
	struct term_options o = {120, 40, argv, NULL};
	struct term *t = term_start(&o, session_home);
	size_t n;

	(void)state;
	term_settle(t, 300, 3000);
	for (int i = 0; i < 12; i++) /* every session of the folder */
		term_key(t, "]");
	const char *raw = term_raw(t, &n);
	for (size_t i = 0; i < COUNT_OF(hostile); i++)
		assert_null(memmem(raw, n, hostile[i], strlen(hostile[i])));
	session_quit(t);
}

/* Sizes ------------------------------------------------------------------------------------------*/

static void resize_equals_a_fresh_start(void **state)
{
	struct term *t = open_race(120, 40), *fresh;
	unsigned seed = 12345;

	(void)state;
	for (int i = 0; i < 60; i++) {
		seed = seed * 1103515245u + 12345u;
		int cols = 1 + (int)(seed >> 16) % 200;
		seed = seed * 1103515245u + 12345u;
		term_resize(t, cols, 1 + (int)(seed >> 16) % 60);
		assert_int_equal(term_exit(t, 0), -1);
	}
	term_resize(t, 1, 1);
	term_resize(t, 100, 30);
	term_settle(t, 200, 3000);
	char *after = strdup(term_text(t));
	fresh = open_race(100, 30);
	assert_string_equal(after, term_text(fresh));
	free(after);
	session_quit(t);
	session_quit(fresh);
}

/* Ends -------------------------------------------------------------------------------------------*/

static void ends_by(int signal)
{
	struct term *t = open_race(100, 30);

	term_signal(t, signal);
	assert_int_equal(term_exit(t, 3000), 128 + signal);
	const char *problem = term_restored(t);
	if (problem)
		fail_msg("after signal %d: %s", signal, problem);
	term_stop(t);
}

static void signals_restore_the_terminal(void **state)
{
	static const int signals[] = {SIGINT, SIGTERM, SIGHUP, SIGQUIT};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(signals); i++)
		ends_by(signals[i]);
}

/* Under a sanitizer its own handler reports first, and ends with a status of its own. */
static void crashes_restore_the_terminal(void **state)
{
	static const int signals[] = {SIGSEGV, SIGABRT, SIGBUS, SIGFPE};

	(void)state;
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
	skip();
#endif
	for (size_t i = 0; i < COUNT_OF(signals); i++)
		ends_by(signals[i]);
}

static void control_c_ends_when_nothing_runs(void **state)
{
	struct term *t = open_race(100, 30);

	(void)state;
	term_key(t, "^C");
	assert_int_equal(term_exit(t, 3000), 128 + SIGINT);
	assert_null(term_restored(t));
	term_stop(t);
}

static void a_wrong_folder_is_told(void **state)
{
	const char *argv[] = {session_program, "--data", "tests/fixtures/no-such-folder", NULL};
	struct term_options o = {100, 30, argv, NULL};
	struct term *t = term_start(&o, session_home);

	(void)state;
	assert_true(term_expect(t, "no-such-folder"));
	assert_true(term_has(t, "no such file or folder"));
	session_quit(t);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(race_80x24),
		cmocka_unit_test(race_120x40),
		cmocka_unit_test(race_200x60),
		cmocka_unit_test(race_ascii_80x24),
		cmocka_unit_test(race_ascii_120x40),
		cmocka_unit_test(race_ascii_200x60),
		cmocka_unit_test(keys_mark_you_and_ref),
		cmocka_unit_test(keys_why_names_file_and_lines),
		cmocka_unit_test(keys_exclude_and_put_back),
		cmocka_unit_test(keys_find_as_typed),
		cmocka_unit_test(keys_typed_ahead),
		cmocka_unit_test(panes_before_the_first_lap),
		cmocka_unit_test(keys_palette_help_session),
		cmocka_unit_test(keys_export_writes_the_pane),
		cmocka_unit_test(note_opens_its_evidence),
		cmocka_unit_test(no_color_sends_no_colour),
		cmocka_unit_test(terminals),
		cmocka_unit_test(idle_is_silent),
		cmocka_unit_test(keys_cost_few_bytes),
		cmocka_unit_test(no_hostile_byte_arrives),
		cmocka_unit_test(resize_equals_a_fresh_start),
		cmocka_unit_test(signals_restore_the_terminal),
		cmocka_unit_test(crashes_restore_the_terminal),
		cmocka_unit_test(control_c_ends_when_nothing_runs),
		cmocka_unit_test(a_wrong_folder_is_told),
	};
	return cmocka_run_group_tests(tests, session_setup, session_teardown);
}
