#define _GNU_SOURCE
/* The program while its file is written: what is new is on the screen within a second, whatever the writer does, and nothing that is
 * marked moves. Real sessions are read from $PITWALL_SHARED or ../shared/data; without them those tests are skipped. */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "core/base/path.h"
#include "tests/screens/term.h"
#include "tests/unit/helper.h"

enum { PATH_LEN = 4096, FILE_MAX = 64 << 20, SECOND = 1000 };

static const char source[] = "tests/fixtures/season/sebring-2025-race-1/23_AnalysisEnduranceWithSections_Race 1.CSV";
static char home[PATH_LEN], file[PATH_LEN], other[PATH_LEN];
static const char *program;
static char *row[4096]; /* of the source in order of time, with line end; row[0] the header */
static int nrows;
static struct buf bytes;

/* --- Rows to write -------------------------------------------------------------- */

/* ELAPSED is the fourteenth field: the order of time. */
static int clock_of(const char *line)
{
	int h = 0, m = 0, s = 0, ms = 0, n = 0;
	for (; *line && n < 13; line++)
		n += *line == ';';
	if (sscanf(line, "%d:%d:%d.%d", &h, &m, &s, &ms) != 4) {
		h = 0;
		if (sscanf(line, "%d:%d.%d", &m, &s, &ms) != 3)
			return 0;
	}
	return ((h * 60 + m) * 60 + s) * 1000 + ms;
}

static int by_clock(const void *a, const void *b)
{
	int x = clock_of(*(char *const *)a), y = clock_of(*(char *const *)b);
	return (x > y) - (x < y);
}

static void read_source(void)
{
	struct err err;
	buf_init(&bytes, FILE_MAX);
	if (!file_read(source, &bytes, &err)) {
		fprintf(stderr, "%s\n", err.msg);
		exit(1);
	}
	for (char *p = bytes.p; *p && nrows < (int)COUNT_OF(row);) {
		char *nl = strchr(p, '\n');
		row[nrows++] = strndup(p, nl ? (size_t)(nl - p) + 1 : strlen(p));
		p = nl ? nl + 1 : p + strlen(p);
	}
	qsort(row + 1, (size_t)nrows - 1, sizeof(*row), by_clock);
}

static int setup(void **state)
{
	(void)state;
	program = getenv("PITWALL");
	if (!program)
		program = "build/pitwall";
	folder_make(home, sizeof(home));
	assert_true(path_join(file, sizeof(file), home, "sebring_r1_live.csv"));
	assert_true(path_join(other, sizeof(other), home, "next.csv"));
	read_source();
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	folder_remove(home);
	return 0;
}

/* Rows [from, to) to the end of a file; flags as for open. */
static void put_rows(const char *path, int flags, int from, int to)
{
	int fd = open(path, O_WRONLY | O_CREAT | flags, 0644);
	assert_true(fd >= 0);
	for (int i = from; i < to; i++)
		assert_int_equal(write(fd, row[i], strlen(row[i])), strlen(row[i]));
	close(fd);
}

/* --- The program ------------------------------------------------------------------ */

/* data: a folder beside the file that is followed, NULL none. */
static struct term *follow_beside(int cols, int rows, const char *data)
{
	const char *argv[] = {program, "--follow", file, data ? "--data" : NULL, data, NULL};
	struct term_options o = {cols, rows, argv, NULL};
	char state_file[PATH_LEN + 64];
	snprintf(state_file, sizeof(state_file), "%s/.local/state/pitwall/state", home);
	unlink(state_file);
	unlink(file);
	return term_start(&o, home);
}

static struct term *follow(int cols, int rows)
{
	return follow_beside(cols, rows, NULL);
}

static void quit(struct term *t)
{
	term_key(t, "q");
	assert_int_equal(term_exit(t, 3000), 0);
	assert_null(term_restored(t));
	term_stop(t);
}

static int64_t clock_ms(void)
{
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

/* A screen is longer than a message of a failed test may be. */
static void shows(struct term *t, const char *text)
{
	if (term_has(t, text))
		return;
	print_message("no \"%s\" on the screen:\n", text);
	for (const char *p = term_text(t); *p; p += strcspn(p, "\n"), p += *p == '\n')
		print_message("%.*s\n", (int)strcspn(p, "\n"), p);
	fail();
}

/* On the screen within a second; sanitizers and a busy machine get three. */
static void soon(struct term *t, const char *text)
{
	int64_t from = clock_ms();
	(void)term_expect(t, text);
	shows(t, text);
	int64_t took = clock_ms() - from;
	if (took > 3 * SECOND)
		fail_msg("\"%s\" took %d ms", text, (int)took);
}

/* "lap 7" as the bar says it after row i: the most laps any car has done. */
static void lap_words(int rows, char out[32])
{
	int most = 0;
	for (int i = 1; i < rows; i++) {
		int lap = 0;
		const char *p = row[i];
		for (int n = 0; *p && n < 2; p++)
			n += *p == ';';
		lap = atoi(p);
		most = lap > most ? lap : most;
	}
	snprintf(out, 32, "lap %d ", most);
}

static void appended_rows_appear(void **state)
{
	struct term *t = follow(120, 40);
	char words[32];
	(void)state;
	soon(t, "waiting for the first lap");
	put_rows(file, O_APPEND, 0, 1); /* the header alone */
	term_settle(t, 100, 500);
	put_rows(file, O_APPEND, 1, 40);
	soon(t, "LIVE");
	soon(t, "data ");
	for (int n = 40; n < nrows - 40; n += 40) {
		put_rows(file, O_APPEND, n, n + 40);
		lap_words(n + 40, words);
		soon(t, words);
	}
	quit(t);
}

static void whatever_the_writer_does(void **state)
{
	struct term *t = follow(80, 24);
	char words[32];
	(void)state;
	put_rows(file, O_APPEND, 0, 60);
	soon(t, "LIVE");
	put_rows(file, O_TRUNC, 0, 100); /* written anew in place */
	lap_words(100, words);
	soon(t, words);
	put_rows(other, O_TRUNC, 0, 140); /* replaced by rename */
	assert_int_equal(rename(other, file), 0);
	lap_words(140, words);
	soon(t, words);
	put_rows(file, O_APPEND, 140, 160); /* and the new one grows */
	lap_words(160, words);
	soon(t, words);
	int fd = open(file, O_WRONLY | O_APPEND); /* half a row waits */
	assert_int_equal(write(fd, row[160], 30), 30);
	term_settle(t, 300, 1500);
	assert_true(term_has(t, words));
	assert_int_equal(write(fd, row[160] + 30, strlen(row[160]) - 30), strlen(row[160]) - 30);
	close(fd);
	put_rows(file, O_TRUNC, 0, 60); /* shorter than it was */
	lap_words(60, words);
	soon(t, words);
	quit(t);
}

/* YOU, REF and the cursor's car stay while cars and places change. */
static void marks_stay(void **state)
{
	struct term *t = follow(120, 40);
	(void)state;
	put_rows(file, O_APPEND, 0, 60);
	soon(t, "LIVE");
	term_key(t, "g");
	term_key(t, "j");
	term_key(t, "j");
	term_key(t, "y");
	term_settle(t, 200, 2000);
	const char *you = strstr(term_text(t), "YOU ");
	assert_non_null(you);
	char mark[16];
	snprintf(mark, sizeof(mark), "%.8s", you);
	mark[4 + strcspn(mark + 4, " ")] = '\0';
	for (int n = 60; n < 180; n += 20) {
		put_rows(file, O_APPEND, n, n + 20);
		term_settle(t, 300, 1500);
		assert_true(term_has(t, mark));
	}
	quit(t);
}

static void the_end_is_told(void **state)
{
	struct term *t = follow(120, 40);
	(void)state;
	put_rows(file, O_APPEND, 0, nrows - 30);
	soon(t, "LIVE");
	put_rows(file, O_APPEND, nrows - 30, nrows);
	soon(t, "FINISHED"); /* a flag: what is known only afterwards counts now */
	assert_false(term_has(t, "LIVE"));
	quit(t);
}

static void alarms_are_told_and_kept(void **state)
{
	struct term *t = follow(120, 40);
	(void)state;
	put_rows(file, O_APPEND, 0, 30);
	soon(t, "LIVE");
	term_key(t, ":");
	term_key(t, "alarm gap 0.8");
	term_key(t, "ENTER");
	soon(t, "gap under 0.8 s");
	for (int n = 30; n < nrows - 60; n += 12) {
		put_rows(file, O_APPEND, n, n + 12);
		term_settle(t, 260, 600);
	}
	soon(t, "best lap");
	term_key(t, ":");
	term_key(t, "alarm bell maybe");
	term_key(t, "ENTER");
	soon(t, "on or off");
	quit(t);
}

/* --- The drawing ------------------------------------------------------------------ */

/* Barber race 2 at 27:39.705, as it was drawn by hand from the same file: 22 is YOU, 13 REF, 45 minutes long. */
static const char *const drawing[] = {
	"Barber R2  LIVE  17:20 left  11 laps to go  lap 17 of 28  GREEN",
	"YOU 22 Fletcher  P2  ahead 0.413 13  behind 12.513 2  last 1:37.555 L17",
	"Around you",
	"You and 13",
	"1  13R Workman      -0.413 37.475   +0.05~",
	"2  22Y Fletcher            37.555",
	"3   2  W.Robusto   +12.513 37.961   +0.43 ",
	"4  72  Goulart     +13.424 37.967   +0.62 ",
	"5  55  Kohlbecker  +13.723 37.974   +0.67 ",
	"6  98  Schweid     +14.077 38.097   +0.73~",
	"7  46  Weisenberg  +15.136 37.988   +0.79 ",
	"8  47  DeLong      +15.575 38.109   +0.81 ",
	"9  21  Koch        +19.084 38.074   +0.87 ",
	"  9  37.384   37.650  -0.266  1.289",
	" 10  37.379   37.616  -0.237  1.052",
	" 11  37.304*  37.508  -0.204  0.848",
	" 12  37.438   37.601  -0.163  0.685",
	" 13  37.420   37.723  -0.303  0.382",
	" 14  37.708   37.724  -0.016  0.366",
	" 15  37.766   37.710  +0.056  0.422",
	" 16  37.647   37.736  -0.089  0.333",
	" 17  37.555   37.475  +0.080  0.413",
	"you       26.617  42.279  28.659  1:37.555",
	"v 13      +0.035  -0.010  +0.055    +0.080",
	"v own     +0.112  +0.181  +0.180    +0.251",
	"L11 22 best lap of race 1:37.304*",
	"L11 22 within 1.0 s of 13",
	"L13 22 within 0.5 s of 13",
	"L16 22 tow 189.1 km/h, 13 185.2",
	"done: 1.877 (lap 4) to 0.382 (lap 13); 0.333 to 0.422 since",
	"you gain in IM1a (16 of 16 laps), lose in IM1 (14 of 16)",
	"2 at 12.513 and losing 0.43 a lap: no threat in 11 laps",
	"alarms on: position, flag, gap under 0.5 s, best lap, pit",
};

static const char *shared_file(const char *name, char out[PATH_LEN])
{
	const char *shared = getenv("PITWALL_SHARED");
	snprintf(out, PATH_LEN, "%s/%s", shared ? shared : "../shared/data", name);
	return access(out, R_OK) == 0 ? out : NULL;
}

static void real_rows_until(const char *path, int end)
{
	struct buf b;
	struct err err;
	buf_init(&b, FILE_MAX);
	assert_true(file_read(path, &b, &err));
	int fd = open(file, O_WRONLY | O_CREAT | O_TRUNC, 0644);
	assert_true(fd >= 0);
	for (char *p = b.p; *p;) {
		size_t n = strcspn(p, "\n");
		n += p[n] == '\n';
		if (p == b.p || clock_of(p) <= end)
			assert_int_equal(write(fd, p, n), n);
		p += n;
	}
	close(fd);
	buf_release(&b);
}

static void type_line(struct term *t, const char *line)
{
	term_key(t, ":");
	term_key(t, line);
	term_key(t, "ENTER");
}

static void mark(struct term *t, const char *car, const char *key)
{
	term_key(t, "/");
	term_key(t, car);
	term_key(t, "ENTER");
	term_key(t, key);
	term_settle(t, 150, 2000);
}

static void as_it_was_drawn(void **state)
{
	char path[PATH_LEN], data[PATH_LEN];
	(void)state;
	if (!shared_file("gr-cup/analysis_endurance/barber_r2_analysis_endurance.csv", path))
		skip();
	assert_non_null(shared_file("gr-cup", data));
	assert_true(path_join(file, sizeof(file), home, "barber_r2_live.csv"));
	struct term *t = follow_beside(80, 24, data);
	term_settle(t, 100, 3000);
	real_rows_until(path, 1659705);
	soon(t, "LIVE");
	mark(t, "22", "y");
	mark(t, "13", "r");
	type_line(t, "length 45m");
	soon(t, "11 laps to go");
	for (size_t i = 0; i < COUNT_OF(drawing); i++)
		shows(t, drawing[i]);
	quit(t);
}

/* Nobody asked to follow anything: the file of the session shown changed. A replay goes on where it was, the laps come behind it. */
static void a_file_that_grows_unasked(void **state)
{
	char folder[PATH_LEN];
	const char *argv[] = {program, "--data", folder, NULL};
	struct term_options o = {120, 40, argv, NULL};
	char words[32];
	(void)state;
	assert_true(path_join(folder, sizeof(folder), home, "data"));
	assert_int_equal(mkdir(folder, 0700), 0);
	assert_true(path_join(file, sizeof(file), folder, "sebring_r1_live.csv"));
	put_rows(file, O_TRUNC, 0, 120);
	struct term *t = term_start(&o, home);
	soon(t, "no chequered flag");
	put_rows(file, O_APPEND, 120, 140);
	soon(t, "LIVE");
	lap_words(140, words);
	soon(t, words);
	term_key(t, ":");
	term_key(t, "to 5");
	term_key(t, "ENTER");
	soon(t, "paused");
	put_rows(file, O_APPEND, 140, 180);
	soon(t, "data 0 s");
	assert_true(term_has(t, "paused"));
	assert_true(term_has(t, "lap 5 "));
	term_key(t, "L"); /* back to now */
	lap_words(180, words);
	soon(t, words);
	quit(t);
	assert_true(path_join(file, sizeof(file), home, "sebring_r1_live.csv"));
}

/* Rows through a pipe: keys come from the terminal all the same, and the end of the pipe is not the end of the program. */
static void a_pipe_is_followed(void **state)
{
	char line[PATH_LEN * 3];
	const char *argv[] = {"/bin/sh", "-c", line, NULL};
	struct term_options o = {80, 24, argv, NULL};
	(void)state;
	put_rows(file, O_TRUNC, 0, 100);
	put_rows(other, O_TRUNC, 100, nrows - 30);
	snprintf(line, sizeof(line), "(cat '%s'; sleep 1.5; cat '%s') | exec '%s' --follow -", file, other, program);
	struct term *t = term_start(&o, home);
	char words[32];
	soon(t, "LIVE");
	lap_words(100, words);
	soon(t, words);
	term_key(t, "?");
	soon(t, "Keys");
	term_key(t, "ESC");
	lap_words(nrows - 30, words);
	term_settle(t, 200, 2000);
	soon(t, words);
	term_settle(t, 500, 1000);
	assert_true(term_has(t, "LIVE"));
	term_key(t, "q");
	assert_int_equal(term_exit(t, 3000), 0);
	term_stop(t);
}

/* A writer that dies at any moment and goes on later never shows a lap twice or loses one. */
static void a_killed_writer(void **state)
{
	struct term *t = follow(80, 24);
	size_t at = 0, all = 0;
	unsigned seed = 7;
	char *text;
	(void)state;
	for (int i = 0; i < nrows - 30; i++)
		all += strlen(row[i]);
	text = malloc(all + 1);
	assert_non_null(text);
	text[0] = '\0';
	for (int i = 0, n = 0; i < nrows - 30; i++)
		n += sprintf(text + n, "%s", row[i]);
	for (int i = 0; at < all; i++) {
		seed = seed * 1103515245u + 12345u;
		size_t n = 1 + (seed >> 16) % (all / 20);
		n = n < all - at ? n : all - at;
		int fd = open(file, O_WRONLY | O_CREAT | O_APPEND, 0644);
		assert_int_equal(write(fd, text + at, n), n); /* ends inside a row: so does a writer that is killed */
		close(fd);
		at += n;
		term_settle(t, 30, 300);
	}
	char words[32];
	lap_words(nrows - 30, words);
	soon(t, words);
	assert_true(term_has(t, "LIVE"));
	free(text);
	quit(t);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(appended_rows_appear),
		cmocka_unit_test(whatever_the_writer_does),
		cmocka_unit_test(marks_stay),
		cmocka_unit_test(the_end_is_told),
		cmocka_unit_test(alarms_are_told_and_kept),
		cmocka_unit_test(a_killed_writer),
		cmocka_unit_test(a_file_that_grows_unasked),
		cmocka_unit_test(a_pipe_is_followed),
		cmocka_unit_test(as_it_was_drawn),
	};
	return cmocka_run_group_tests(tests, setup, teardown);
}
