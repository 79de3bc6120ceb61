#define _GNU_SOURCE
/* How the program behaves on a terminal: help, mouse, bytes, cursor, colours that are not there, text for ears. The data are the
 * invented season in tests/fixtures. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/screens/term.h"
#include "tests/unit/helper.h"

enum { HERE = 4096, DIVIDER = 56, OUT_MAX = 1 << 20, PANES = 6 };

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

static struct term *start(int cols, int rows, const char *const *env, const char *extra)
{
	const char *argv[] = {program, "--data", "tests/fixtures/season", extra, NULL};
	struct term_options o = {cols, rows, argv, env};
	char command[2 * HERE + 128];

	/* Which session is open first is kept: the same for every test. */
	snprintf(command, sizeof(command),
		 "mkdir -p '%s/.local/state/pitwall' && printf 'session\\tsebring_r1\\n' "
		 ">'%s/.local/state/pitwall/state'",
		 home, home);
	assert_int_equal(system(command), 0);
	struct term *t = term_start(&o, home);
	assert_true(term_expect(t, "Norrby"));
	term_settle(t, 80, 3000);
	return t;
}

static void quit(struct term *t)
{
	term_key(t, "q");
	assert_int_equal(term_exit(t, 3000), 0);
	assert_null(term_restored(t));
	term_stop(t);
}

/* 0-based; the terminal counts from 1. */
static void mouse(struct term *t, int button, int col, int row, char end)
{
	char bytes[40];

	snprintf(bytes, sizeof(bytes), "\x1b[<%d;%d;%d%c", button, col + 1, row + 1, end);
	term_key(t, bytes);
}

/* Help -------------------------------------------------------------------------------------------*/

static void help_shows_the_focused_pane_first(void **state)
{
	struct term *t = start(80, 24, NULL, NULL);

	(void)state;
	term_key(t, "TAB");
	term_key(t, "?");
	const char *text = term_text(t), *pane = strstr(text, " Laps\n"), *all = strstr(text, "Everywhere");
	assert_non_null(pane);
	assert_non_null(all);
	assert_true(pane < all);
	assert_true(strstr(pane, "exclude") == NULL || strstr(pane, "leave a lap out") < all);
	term_key(t, "?");
	assert_false(term_has(t, "Everywhere"));
	quit(t);
}

/* However narrow: who does not know a key finds the list of them. */
static void help_is_always_hinted(void **state)
{
	static const int widths[] = {40, 60, 80, 100, 200};
	struct term *t = start(120, 24, NULL, NULL);

	(void)state;
	for (size_t i = 0; i < COUNT_OF(widths); i++) {
		term_resize(t, widths[i], 24);
		const char *last = strstr(term_text(t), " j/k ");
		assert_non_null(last);
		assert_non_null(strstr(last, "? help"));
	}
	quit(t);
}

static void help_scrolls_and_closes(void **state)
{
	static const char *const keys[] = {"q", "ESC", "?"};
	struct term *t = start(80, 24, NULL, NULL);

	(void)state;
	for (size_t i = 0; i < COUNT_OF(keys); i++) {
		term_key(t, "?");
		assert_false(term_has(t, "leave pitwall"));
		term_key(t, "G");
		assert_true(term_has(t, "leave pitwall"));
		term_key(t, keys[i]);
		assert_false(term_has(t, "leave pitwall"));
		assert_true(term_has(t, "Norrby"));
	}
	quit(t);
}

static void help_filters_as_typed(void **state)
{
	struct term *t = start(80, 24, NULL, NULL);

	(void)state;
	term_key(t, "?");
	term_key(t, "/");
	term_key(t, "theme");
	assert_true(term_has(t, "the next theme"));
	assert_false(term_has(t, "one row down"));
	term_key(t, "zz");
	assert_true(term_has(t, "no command has these letters"));
	term_key(t, "ESC");
	assert_true(term_has(t, "one row down"));
	term_key(t, "ESC");
	quit(t);
}

static void a_key_that_does_nothing_says_so(void **state)
{
	struct term *t = start(100, 30, NULL, NULL);

	(void)state;
	term_key(t, "l"); /* the field has no columns to go through */
	assert_true(term_has(t, "right: nothing to do in Field"));
	term_key(t, "j");
	assert_false(term_has(t, "nothing to do"));
	quit(t);
}

/* Mouse ------------------------------------------------------------------------------------------*/

static void mouse_selects_and_opens(void **state)
{
	struct term *t = start(120, 40, NULL, NULL);

	(void)state;
	mouse(t, 0, 12, 6, 'M'); /* third car of the field */
	mouse(t, 0, 12, 6, 'm');
	mouse(t, 0, 12, 6, 'M'); /* again: as Enter, which makes it YOUR car */
	mouse(t, 0, 12, 6, 'm');
	assert_true(term_expect(t, "YOU 3 "));
	term_settle(t, 400, 1000);
	mouse(t, 0, 70, 8, 'M'); /* the chart: focus and lap */
	assert_true(term_has(t, "exclude lap"));
	quit(t);
}

static void mouse_drags_the_lap_cursor(void **state)
{
	struct term *t = start(120, 40, NULL, NULL);

	(void)state;
	mouse(t, 0, 63, 8, 'M');
	assert_true(term_has(t, "L1 "));
	mouse(t, 32, 118, 8, 'M');
	assert_true(term_has(t, "L20 "));
	mouse(t, 32, 20, 8, 'M'); /* beyond the pane it began in */
	assert_true(term_has(t, "L20 "));
	mouse(t, 0, 20, 8, 'm');
	mouse(t, 64, 80, 8, 'M'); /* the wheel: three laps back */
	assert_true(term_has(t, "L17 "));
	quit(t);
}

static void mouse_can_be_left_alone(void **state)
{
	struct term *t = start(100, 30, NULL, "--no-mouse");
	size_t n;
	const char *raw = term_raw(t, &n);

	(void)state;
	assert_null(memmem(raw, n, "\x1b[?100", 6));
	quit(t);
}

/* Bytes and cursor -------------------------------------------------------------------------------*/

static int by_size(const void *a, const void *b)
{
	const size_t *x = a, *y = b;

	return *x < *y ? -1 : *x > *y;
}

static void cursor_keys_cost_little_in_every_pane(void **state)
{
	static const char *const keys[] = {"j", "j", "k", "j", "k", "j", "j", "k"};
	struct term *t = start(120, 40, NULL, NULL);
	size_t cost[COUNT_OF(keys)];

	(void)state;
	for (int pane = 0; pane < PANES; pane++) {
		for (size_t i = 0; i < COUNT_OF(keys); i++) {
			term_key(t, keys[i]);
			cost[i] = term_bytes(t);
		}
		qsort(cost, COUNT_OF(cost), sizeof(cost[0]), by_size);
		assert_in_range(cost[COUNT_OF(cost) / 2], 0, 400);
		assert_in_range(cost[COUNT_OF(cost) - 1], 0, 4096);
		term_key(t, "TAB");
		assert_in_range(term_bytes(t), 1, 12 * 1024);
	}
	quit(t);
}

static void cursor_is_on_the_selected_row(void **state)
{
	struct term *t = start(120, 40, NULL, NULL);
	int col, row, last = -1;

	(void)state;
	term_key(t, "g");
	for (int i = 0; i < 3; i++) {
		term_cursor(t, &col, &row);
		assert_int_equal(row, 4 + i);
		term_key(t, "j");
	}
	term_key(t, "TAB"); /* Laps: under the lap, one lap further right each time */
	for (int i = 0; i < 3; i++) {
		term_key(t, "l");
		term_cursor(t, &col, &row);
		assert_true(col > last && col > DIVIDER);
		last = col;
	}
	quit(t);
}

/* Letters ----------------------------------------------------------------------------------------*/

/* A wide and an accented name: what follows begins in the same cell in every row. */
static void names_keep_the_columns(void **state)
{
	struct term *t = start(120, 40, NULL, NULL);
	char cell[8];

	(void)state;
	assert_true(term_has(t, "\u798f\u4f4f"));
	assert_true(term_has(t, "M\u00e4rtens"));
	for (int row = 4; row < 16; row++) {
		term_letter(t, DIVIDER, row, cell);
		assert_string_equal(cell, "\u2502");
		term_letter(t, 27, row, cell); /* the point in "1:40.372" */
		assert_string_equal(cell, ".");
	}
	quit(t);
}

static bool caution_marked(struct term *t)
{
	const char *air = strstr(term_text(t), "air  s");

	return air && strchr(strndupa(air, strcspn(air, "\n")), 'c') && term_has(t, ":     :");
}

/* The fixture's race had a caution on laps 10 to 12. */
static void caution_needs_no_colour(void **state)
{
	static const char *const no_color[] = {"NO_COLOR=1", NULL}, *const ascii[] = {"LC_ALL=C", NULL};
	struct term *t = start(120, 40, no_color, NULL);

	(void)state;
	assert_true(caution_marked(t));
	quit(t);
	t = start(120, 40, ascii, NULL);
	assert_true(caution_marked(t));
	quit(t);
}

/* Text for ears ----------------------------------------------------------------------------------*/

static const char *run(const char *command)
{
	static char out[OUT_MAX];
	FILE *f = popen(command, "r");

	assert_non_null(f);
	out[fread(out, 1, sizeof(out) - 1, f)] = '\0';
	assert_int_equal(pclose(f), 0);
	return out;
}

/* No escape, no box (U+2500-259F: E2 94..96), no braille (U+2800-28FF: E2 A0..A3). */
static void assert_plain(const char *text)
{
	for (const unsigned char *p = (const unsigned char *)text; *p; p++) {
		assert_int_not_equal(*p, 27);
		if (p[0] == 0xE2)
			assert_false((p[1] >= 0x94 && p[1] <= 0x96) || (p[1] >= 0xA0 && p[1] <= 0xA3));
	}
}

static void plain_is_lines_of_text(void **state)
{
	char command[2 * HERE + 128];

	(void)state;
	snprintf(command, sizeof(command),
		 "HOME='%s' LC_ALL=C.UTF-8 '%s' --data tests/fixtures/season --plain </dev/null", home, program);
	const char *text = run(command);
	assert_plain(text);
	assert_non_null(strstr(text, "YOU "));
	assert_non_null(strstr(text, "\u798f\u4f4f")); /* names as they are written */
	assert_non_null(strstr(text, " lap       you       ref"));
	assert_null(strstr(text, "----"));
}

/* On a terminal it takes commands as lines and answers in lines. */
static void plain_obeys_lines(void **state)
{
	struct term *t = start(100, 50, NULL, "--plain");
	size_t n;

	(void)state;
	term_key(t, "?\r");
	assert_true(term_expect(t, "Everywhere"));
	term_key(t, ":next-session\r");
	assert_true(term_expect(t, "Notes for"));
	term_key(t, "w\r");
	term_key(t, "quit\r");
	assert_int_equal(term_exit(t, 3000), 0);
	const char *raw = term_raw(t, &n);
	assert_plain(raw);
	assert_non_null(memmem(raw, n, "Sebring R2", 10));
	term_stop(t);
}

static void tiny_terminals_say_what_they_need(void **state)
{
	struct term *t = start(80, 24, NULL, NULL);

	(void)state;
	term_resize(t, 30, 8);
	assert_true(term_has(t, "needs 40x10"));
	assert_true(term_has(t, "this is 30x8"));
	term_resize(t, 40, 10);
	assert_false(term_has(t, "needs"));
	quit(t);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(help_shows_the_focused_pane_first),
		cmocka_unit_test(help_is_always_hinted),
		cmocka_unit_test(help_scrolls_and_closes),
		cmocka_unit_test(help_filters_as_typed),
		cmocka_unit_test(a_key_that_does_nothing_says_so),
		cmocka_unit_test(mouse_selects_and_opens),
		cmocka_unit_test(mouse_drags_the_lap_cursor),
		cmocka_unit_test(mouse_can_be_left_alone),
		cmocka_unit_test(cursor_keys_cost_little_in_every_pane),
		cmocka_unit_test(cursor_is_on_the_selected_row),
		cmocka_unit_test(names_keep_the_columns),
		cmocka_unit_test(caution_needs_no_colour),
		cmocka_unit_test(plain_is_lines_of_text),
		cmocka_unit_test(plain_obeys_lines),
		cmocka_unit_test(tiny_terminals_say_what_they_need),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
