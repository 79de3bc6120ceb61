#define _GNU_SOURCE
/* Screen 3 as it stands on a terminal: golden text, and what its keys do. The data are the invented season in tests/fixtures; the figures of
 * a real race are tested where it is there. GOLDEN_UPDATE=1 rewrites the golden text: read the diff before committing it. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "tests/screens/term.h"
#include "tests/unit/helper.h"

enum { PATH_MAX_HERE = 4096, GOLDEN_MAX = 1 << 20 };

static char home[PATH_MAX_HERE];
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

/* The state file says which session is open first and which cars: the same for every test. */
static struct term *open_on(int cols, int rows, const char *data, const char *kept, const char *const *env)
{
	const char *argv[] = {program, "--data", data, NULL};
	struct term_options o = {cols, rows, argv, env};
	char path[PATH_MAX_HERE + 64], make[PATH_MAX_HERE + 64];

	snprintf(make, sizeof(make), "mkdir -p '%s/.local/state/pitwall'", home);
	assert_int_equal(system(make), 0);
	snprintf(path, sizeof(path), "%s/.local/state/pitwall/state", home);
	FILE *f = fopen(path, "w");
	assert_non_null(f);
	fputs(kept, f);
	fclose(f);
	struct term *t = term_start(&o, home);
	assert_true(term_expect(t, "YOU "));
	term_key(t, "3");
	assert_true(term_expect(t, "[3]"));
	term_settle(t, 80, 3000);
	return t;
}

static struct term *open_season(int cols, int rows, const char *kept, const char *const *env)
{
	return open_on(cols, rows, "tests/fixtures/season", kept, env);
}

static void quit(struct term *t)
{
	term_key(t, "q");
	assert_int_equal(term_exit(t, 3000), 0);
	assert_null(term_restored(t));
	term_stop(t);
}

/* The screen equals tests/screens/golden/NAME.txt. */
static void golden(struct term *t, const char *name)
{
	char path[256];
	static char want[GOLDEN_MAX];
	const char *text = term_text(t);
	bool update = getenv("GOLDEN_UPDATE") != NULL;

	snprintf(path, sizeof(path), "tests/screens/golden/%s.txt", name);
	FILE *f = fopen(path, update ? "w" : "r");
	if (!f)
		fail_msg("no golden %s: make golden-update, then read it", path);
	if (update)
		fputs(text, f);
	else
		want[fread(want, 1, sizeof(want) - 1, f)] = '\0';
	fclose(f);
	if (!update && strcmp(want, text) != 0)
		fail_msg("the screen differs from %s; it is:\n%s", path, text);
}

static void golden_at(int cols, int rows, const char *kept, const char *name, const char *const *env)
{
	struct term *t = open_season(cols, rows, kept, env);

	golden(t, name);
	quit(t);
}

static const char race[] = "session\tsebring_r1\n";

static void sizes(void **state)
{
	(void)state;
	golden_at(80, 24, race, "compare_80x24", NULL);
	golden_at(120, 40, race, "compare_120x40", NULL);
	golden_at(200, 60, race, "compare_200x60", NULL);
}

static void ascii(void **state)
{
	static const char *const c_locale[] = {"LC_ALL=C", NULL};

	(void)state;
	golden_at(80, 24, race, "compare_ascii_80x24", c_locale);
	golden_at(120, 40, race, "compare_ascii_120x40", c_locale);
}

/* Best laps side by side: no ledger, no gap. */
static void qualifying(void **state)
{
	struct term *t = open_on(120, 40, "tests/fixtures/timed", "", NULL);

	(void)state;
	assert_true(term_has(t, "order: best lap"));
	assert_true(term_has(t, "side by side"));
	assert_false(term_has(t, "came from"));
	assert_false(term_has(t, "Gap to"));
	golden(t, "compare_timed_120x40");
	quit(t);
}

/* + asks for a car where the cursor is on laps, takes the car under the cursor where it is on cars. */
static void a_third_and_fourth_car(void **state)
{
	struct term *t = open_season(120, 40, race, NULL);

	(void)state;
	term_key(t, "+");
	assert_true(term_expect(t, "by number"));
	term_key(t, "44");
	term_key(t, "ENTER");
	assert_true(term_expect(t, "3rd 44"));
	golden(t, "compare_three_120x40");
	term_key(t, "+");
	term_key(t, "44");
	term_key(t, "ENTER");
	term_settle(t, 80, 3000);
	assert_false(term_has(t, "3rd 44"));
	quit(t);
}

static void a_car_added_on_the_dashboard(void **state)
{
	struct term *t = open_season(120, 40, race, NULL);

	(void)state;
	term_key(t, "1");
	term_key(t, "G");
	term_key(t, "k");
	term_key(t, "+");
	term_settle(t, 80, 3000);
	term_key(t, "3");
	assert_true(term_expect(t, "3rd "));
	quit(t);
}

static void filters(void **state)
{
	struct term *t = open_season(120, 40, race, NULL);

	(void)state;
	term_key(t, "m");
	assert_true(term_expect(t, "every row sums to diff"));
	golden(t, "compare_minis_120x40");
	term_key(t, "m");
	assert_true(term_expect(t, "S1+S2+S3 = diff"));
	term_key(t, "a");
	assert_true(term_expect(t, "in clear air: "));
	assert_true(term_has(t, "laps in clear air"));
	term_key(t, "a");
	assert_true(term_expect(t, "all laps: "));
	term_key(t, "p");
	assert_true(term_expect(t, "by lap in stint"));
	quit(t);
}

/* w: the lap with both cars' lines in the file; a figure with its rule. */
static void why_tells_laps_and_figures(void **state)
{
	struct term *t = open_season(120, 40, race, NULL);

	(void)state;
	term_key(t, "w");
	assert_true(term_expect(t, "S1 + S2 + S3 = lap of both: exact"));
	term_key(t, "ESC");
	for (int i = 0; i < 8 && !term_has(t, "fastest S1+S2+S3"); i++) {
		term_key(t, "ESC");
		term_key(t, "TAB");
		term_key(t, "j");
		term_key(t, "w");
		term_settle(t, 60, 1000);
	}
	assert_true(term_has(t, "fastest S1+S2+S3"));
	assert_true(term_has(t, "Same figures as text"));
	term_key(t, "ESC");
	quit(t);
}

static void a_lap_left_out(void **state)
{
	struct term *t = open_season(120, 40, race, NULL);

	(void)state;
	for (int i = 0; i < 3; i++)
		term_key(t, "k");
	term_key(t, "x");
	assert_true(term_expect(t, "because"));
	term_key(t, "traffic");
	term_key(t, "ENTER");
	assert_true(term_expect(t, "out of every figure"));
	term_key(t, "x");
	assert_true(term_expect(t, "counts again"));
	quit(t);
}

/* Every figure of the drawing: Barber, race 2, 22 against 13. */
static void the_drawing(void **state)
{
	static const char *const lines[] = {
		"1 1:39.658 1:38.222  +1.436 +0.561 +0.298 +0.577 1.436 s",
		"2 1:37.883 1:37.350+ +0.533 +0.036 +0.191 +0.306 1.969 =",
		"11 1:37.304*1:37.508  -0.204 -0.126 -0.059 -0.019 0.848",
		"28 1:38.633 1:38.812  -0.179 -0.176 +0.099 -0.102 0.234 =",
		"start                       1 +0.561 +0.298 +0.577 +1.436",
		"behind 72, under 1 s        2 +0.036 +0.191 +0.306 +0.533",
		"clear air                3-11 -0.755 -0.445 +0.079 -1.121",
		"behind 13, under 1 s    12-28 -0.936 -0.169 +0.491 -0.614",
		"at the flag                28 -1.094 -0.125 +1.453 +0.234",
		"best         1:37.304    1:37.350     -0.046  L11, L2",
		"rolling      1:37.220    1:37.161     +0.059  driven",
		"ideal        1:37.082    1:37.073     +0.009  not driven",
		"median       1:37.647    1:37.710     -0.089  by lap",
		"clear air    1:37.384    1:37.509     -0.118  by lap",
		"trend s/lap    +0.028      +0.029     -0.001  not clear",
		"spread          0.350       0.273     +0.077  MAD",
		"top speed       189.1       185.2       +3.9  in the tow",
		"sum                    +0.234 -1.094 -0.125 +1.453",
		"you faster                 18     20     17     11 of 28",
		"median                 -0.089 -0.081 -0.021 +0.045 of 27",
		"95 % low               -0.171 -0.118 -0.085 -0.069 all 4",
		"95 % high              +0.058 +0.003 +0.045 +0.089",
		"S3 +1.453: start .577, lap 2 .306, clear .079, close .491",
		"+2.048 at lap 3",
	};
	const char *shared = getenv("PITWALL_SHARED");
	char folder[PATH_MAX_HERE];

	(void)state;
	snprintf(folder, sizeof(folder), "%s/gr-cup-original", shared && *shared ? shared : "../shared/data");
	if (access(folder, R_OK) != 0)
		skip();
	struct term *t = open_on(120, 40, folder, "session\tbarber_r2\nyou\t22\nref\t13\n", NULL);
	for (size_t i = 0; i < COUNT_OF(lines); i++)
		if (!term_has(t, lines[i]))
			fail_msg("no \"%s\" in:\n%s", lines[i], term_text(t));
	quit(t);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(sizes),
		cmocka_unit_test(ascii),
		cmocka_unit_test(qualifying),
		cmocka_unit_test(a_third_and_fourth_car),
		cmocka_unit_test(a_car_added_on_the_dashboard),
		cmocka_unit_test(filters),
		cmocka_unit_test(why_tells_laps_and_figures),
		cmocka_unit_test(a_lap_left_out),
		cmocka_unit_test(the_drawing),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
