#define _GNU_SOURCE
#include "tests/screens/session.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { GOLDEN_MAX = 1 << 20 };

char session_home[HOME_MAX];
const char *session_program;

int session_setup(void **state)
{
	(void)state;
	session_program = getenv("PITWALL");
	if (!session_program)
		session_program = "build/pitwall";
	folder_make(session_home, sizeof(session_home));
	return 0;
}

int session_teardown(void **state)
{
	(void)state;
	folder_remove(session_home);
	return 0;
}

/* Which session is open first is kept in the state file: the same for every test. */
static void write_state(const char *session, const char *marks)
{
	char path[HOME_MAX + 64], make[HOME_MAX + 64];

	snprintf(make, sizeof(make), "mkdir -p '%s/.local/state/pitwall'", session_home);
	assert_int_equal(system(make), 0);
	snprintf(path, sizeof(path), "%s/.local/state/pitwall/state", session_home);
	FILE *f = fopen(path, "w");
	assert_non_null(f);
	fprintf(f, "session\t%s\n%s", session, marks);
	fclose(f);
}

struct term *session_open(int cols, int rows, const char *data, const char *session, const char *marks,
			  const char *const *env, const char *extra)
{
	const char *argv[] = {session_program, "--data", data, extra, NULL};
	struct term_options o = {cols, rows, argv, env};

	write_state(session, marks);
	return term_start(&o, session_home);
}

void session_quit(struct term *t)
{
	term_key(t, "q");
	assert_int_equal(term_exit(t, 3000), 0);
	assert_null(term_restored(t));
	term_stop(t);
}

static void write_golden(const char *path, const char *text)
{
	FILE *f = fopen(path, "w");

	assert_non_null(f);
	fputs(text, f);
	fclose(f);
}

void session_golden(struct term *t, const char *name)
{
	static char want[GOLDEN_MAX];
	char path[256];
	const char *text = term_text(t);

	snprintf(path, sizeof(path), "tests/screens/golden/%s.txt", name);
	if (getenv("GOLDEN_UPDATE")) {
		write_golden(path, text);
		return;
	}
	FILE *f = fopen(path, "r");
	if (!f)
		fail_msg("no golden %s: make golden-update, then read it", path);
	want[fread(want, 1, sizeof(want) - 1, f)] = '\0';
	fclose(f);
	if (strcmp(want, text) != 0)
		fail_msg("the screen differs from %s; it is:\n%s", path, text);
}
