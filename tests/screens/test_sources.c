/* Screen 6 on a terminal: golden text, search, why, scrolling, export. The files are copies of tests/fixtures, so that their age is known. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/screens/session.h"

static char folder[HOME_MAX + 32];

/* A folder of the fixtures, three days old. */
static void copy_of(const char *fixture)
{
	char command[4 * HOME_MAX];

	snprintf(folder, sizeof(folder), "%s/data", session_home);
	snprintf(command, sizeof(command),
		 "rm -rf '%s' && cp -r '%s' '%s' && find '%s' -type f -exec touch -d '3 days ago' {} +", folder,
		 fixture, folder, folder);
	assert_int_equal(system(command), 0);
}

static struct term *open_sources(int cols, int rows, const char *fixture, const char *session)
{
	static const char *const c_locale[] = {"LC_ALL=C.UTF-8", NULL};

	copy_of(fixture);
	struct term *t = session_open(cols, rows, folder, session, "", c_locale, NULL);
	term_key(t, "6");
	assert_true(term_expect(t, "Owners"));
	term_settle(t, 80, 3000);
	return t;
}

static void season(void **state)
{
	struct term *t = open_sources(120, 40, "tests/fixtures/season", "sebring_r2");

	(void)state;
	session_golden(t, "sources_120x40");
	session_quit(t);
	t = open_sources(80, 24, "tests/fixtures/season", "sebring_r2");
	session_golden(t, "sources_80x24");
	session_quit(t);
}

static void laps(void **state)
{
	struct term *t = open_sources(120, 40, "tests/fixtures/laps", "bad_rows");

	(void)state;
	session_golden(t, "sources_laps_120x40");
	session_quit(t);
}

/* / goes to the file, w says why it is not used. */
static void find_and_why(void **state)
{
	struct term *t = open_sources(120, 40, "tests/fixtures/season", "sebring_r2");

	(void)state;
	term_key(t, "/");
	term_key(t, "analysis_end");
	term_key(t, "ENTER");
	term_key(t, "w");
	assert_true(term_has(t, "laps, duplicate: the same laps as"));
	assert_true(term_has(t, "part of sebring_r1"));
	term_key(t, "ESC");
	session_quit(t);
}

/* The focus goes through all lists; zoomed, a list has the screen to itself and scrolls. */
static void panes(void **state)
{
	struct term *t = open_sources(80, 24, "tests/fixtures/laps", "bad_rows");

	(void)state;
	term_key(t, "TAB");
	term_key(t, "z");
	assert_true(term_has(t, "Rows"));
	assert_false(term_has(t, "Files"));
	term_key(t, "G");
	term_key(t, "w");
	assert_true(term_has(t, "refused:") || term_has(t, "warning:"));
	term_key(t, "ESC");
	term_key(t, "ESC");
	assert_true(term_has(t, "Files"));
	session_quit(t);
}

static char *read_all(const char *path)
{
	static char text[1 << 16];
	FILE *f = fopen(path, "r");

	assert_non_null(f);
	text[fread(text, 1, sizeof(text) - 1, f)] = '\0';
	fclose(f);
	return text;
}

static void written(void **state)
{
	struct term *t = open_sources(120, 40, "tests/fixtures/laps", "bad_rows");
	char path[HOME_MAX + 64];

	(void)state;
	snprintf(path, sizeof(path), "%s/files.csv", session_home);
	term_key(t, "e");
	term_key(t, "^U");
	term_key(t, path);
	term_key(t, "ENTER");
	assert_true(term_expect(t, "wrote"));
	const char *text = read_all(path);
	assert_ptr_equal(strstr(text, "file,role,state,rows,refused,size,age_s,why"), text);
	assert_non_null(strstr(text, "bad_rows.csv,laps,used,20,10,"));
	assert_non_null(strstr(text, ",laps,refused,"));
	session_quit(t);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(season), cmocka_unit_test(laps),    cmocka_unit_test(find_and_why),
		cmocka_unit_test(panes),  cmocka_unit_test(written),
	};
	return cmocka_run_group_tests(tests, session_setup, session_teardown);
}
