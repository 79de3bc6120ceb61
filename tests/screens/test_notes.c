#define _GNU_SOURCE
/* The Notes pane: its evidence, its marks, and what the notes are against. The data are the demo season. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "tests/screens/term.h"
#include "tests/unit/helper.h"

enum { HERE = 4096, TO_NOTES = 6 };

static char home[HERE];
static const char *program;

static int setup(void **state)
{
	(void)state;
	program = getenv("PITWALL");
	if (!program)
		program = "build/pitwall";
	folder_make(home, sizeof(home));
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	folder_remove(home);
	return 0;
}

static struct term *start(const char *session)
{
	const char *argv[] = {program, "--data", "data/demo", NULL};
	struct term_options o = {120, 40, argv, NULL};
	char state[2 * HERE];
	FILE *f;

	snprintf(state, sizeof(state), "mkdir -p '%s/.local/state/pitwall'", home);
	assert_int_equal(system(state), 0);
	snprintf(state, sizeof(state), "%s/.local/state/pitwall/state", home);
	f = fopen(state, "a"); /* the last word counts; marks stay */
	assert_non_null(f);
	fprintf(f, "session\t%s\nyou\t27\nref\t14\n", session);
	fclose(f);
	struct term *t = term_start(&o, home);
	assert_true(term_expect(t, "Notes for 27"));
	term_settle(t, 80, 3000);
	return t;
}

static void quit(struct term *t)
{
	term_key(t, "q");
	assert_int_equal(term_exit(t, 3000), 0);
	term_stop(t);
}

/* Tab until the first word of the pane's title is underlined. */
static void to_notes(struct term *t)
{
	for (int i = 0; i < TO_NOTES; i++) {
		for (int row = 0; row < 40; row++)
			for (int col = 0; col < 110; col++) {
				char letter[8], next[8];

				term_letter(t, col, row, letter);
				term_letter(t, col + 1, row, next);
				if (letter[0] == 'N' && next[0] == 'o' && term_attrs(t, col, row) & TERM_UNDERLINE)
					return;
			}
		term_key(t, "TAB");
	}
	fail_msg("no Notes pane in\n%s", term_text(t));
}

static void marks_go_round_and_are_kept(void **state)
{
	struct term *t = start("harrowvale_r1");

	(void)state;
	to_notes(t);
	term_key(t, "M");
	assert_true(term_expect(t, "[agreed]"));
	term_key(t, "M");
	assert_true(term_expect(t, "[told]"));
	term_key(t, "M");
	assert_true(term_expect(t, "why, in a word"));
	term_key(t, "traffic");
	term_key(t, "ENTER");
	assert_true(term_expect(t, "[wrong: traffic]"));
	quit(t);
	/* The same place of the same car and track, on the next day and in another run. */
	t = start("harrowvale_r1");
	assert_true(term_expect(t, "[wrong: traffic]"));
	to_notes(t);
	term_key(t, "M");
	assert_false(term_has(t, "[wrong"));
	quit(t);
}

static void enter_shows_both_distributions(void **state)
{
	struct term *t = start("harrowvale_r1");

	(void)state;
	to_notes(t);
	term_key(t, "G");
	term_key(t, "ENTER");
	assert_true(term_expect(t, "evidence"));
	assert_true(term_expect(t, "laps in"));
	assert_true(term_expect(t, " line "));
	term_key(t, "ESC");
	quit(t);
}

static void against_own_laps_and_the_best(void **state)
{
	struct term *t = start("harrowvale_r1");

	(void)state;
	term_key(t, ":");
	term_key(t, "against own");
	term_key(t, "ENTER");
	assert_true(term_expect(t, "against its own laps"));
	term_key(t, ":");
	term_key(t, "against best");
	term_key(t, "ENTER");
	assert_true(term_expect(t, "Notes for 27 against"));
	term_settle(t, 80, 3000);
	assert_false(term_has(t, "own laps"));
	term_key(t, ":");
	term_key(t, "against nobody");
	term_key(t, "ENTER");
	assert_true(term_expect(t, "own, best, or a car's number"));
	quit(t);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(marks_go_round_and_are_kept),
		cmocka_unit_test(enter_shows_both_distributions),
		cmocka_unit_test(against_own_laps_and_the_best),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
