/* The program on a terminal, beside a bare ncurses dashboard on the same terminal. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "core/base/path.h"
#include "tests/bench/pty_run.h"
#include "tests/bench/rows.h"

enum {
	PATH_LEN = 1024,
	QUIET_MS = 150, /* silence after which a screen is complete */
	LIMIT_MS = 3000,
	KEY_QUIET_MS = 12, /* the same after a key */
	ANSWER_MS = 200,   /* after which a key is taken to change nothing */
	KEYS = 500,
	IDLE_MS = 5000,
	BUSY_RUNS = 200, /* starts to find KEYS moments while a file is read */
};

/* Words that stand on the screen when a session is on it. */
static const char loaded[] = "FINISHED";

static char program[PATH_LEN], bare[PATH_LEN], home[PATH_LEN], day[PATH_LEN], season[PATH_LEN];

struct start {
	const char *data; /* NULL: the bare dashboard */
	int cols, rows;
};

static void start(struct pty_run *r, const struct start *s)
{
	const char *const ours[] = {program, "--data", s->data, NULL}, *const theirs[] = {bare, NULL};

	pty_start(r, s->data ? ours : theirs, home, s->cols, s->rows);
}

/* --- Start ----------------------------------------------------------------------------------------------------------- */

/* The first frame is drawn before any file is read, so with much to read there is a silence after it. */
static double first_paint(const void *what)
{
	struct pty_run r;
	double at;

	start(&r, what);
	pty_settle(&r, 15, LIMIT_MS);
	at = r.bytes > 0 ? r.last : NONE;
	pty_stop(&r);
	return at;
}

static double complete(const void *what)
{
	const struct start *s = what;
	struct pty_run r;

	start(&r, s);
	bool ok = s->data ? pty_expect(&r, loaded, QUIET_MS, LIMIT_MS) : pty_settle(&r, QUIET_MS, LIMIT_MS);
	pty_stop(&r);
	return ok ? r.last : NONE;
}

static double peak_mib(const void *what)
{
	struct pty_run r;

	start(&r, what);
	bool ok = pty_expect(&r, loaded, QUIET_MS, LIMIT_MS);
	double kib = (double)pty_peak_kib(&r);
	pty_stop(&r);
	return ok ? kib / 1024 : NONE;
}

static double first_bytes(const void *what)
{
	const struct start *s = what;
	struct pty_run r;

	start(&r, s);
	bool ok = s->data ? pty_expect(&r, loaded, QUIET_MS, LIMIT_MS) : pty_settle(&r, QUIET_MS, LIMIT_MS);
	pty_stop(&r);
	return ok ? (double)r.bytes / 1024 : NONE;
}

static void measure_row(const char *what, const char *unit, measure_fn *fn, const char *data, int cols, int rows, int n,
			bool beside, struct row goals)
{
	struct start ours = {data, cols, rows}, theirs = {NULL, cols, rows};
	struct series a = {.n = 0}, b = {.n = 0};

	measure_pairs(fn, &ours, beside ? fn : NULL, &theirs, n, &a, &b);
	if (a.n == 0) {
		row_skip(what, "the program did not come that far");
		return;
	}
	goals.what = what;
	goals.unit = unit;
	goals.ours = &a;
	goals.bare = beside ? &b : NULL;
	row_print(&goals);
}

/* --- Keys ------------------------------------------------------------------------------------------------------------ */

struct keys {
	struct series ms, bytes;
	int silent; /* keys that changed nothing */
};

/* False: the program is gone, or never falls silent. */
static bool press(struct pty_run *r, const char *key, int quiet_ms, struct keys *k)
{
	size_t before = r->bytes;
	double sent = now_ms() - r->began;

	pty_send(r, key);
	/* A slow answer must not pass for none, nor be the next key's. */
	if (!pty_answer(r, ANSWER_MS) || !pty_settle(r, quiet_ms, 1000))
		return false;
	if (r->bytes == before) {
		k->silent++;
		return true;
	}
	series_add(&k->ms, r->last - sent);
	series_add(&k->bytes, (double)(r->bytes - before));
	return true;
}

/* Nine down, nine up, and so on. */
static void press_cursor(struct pty_run *r, int n, struct keys *k)
{
	for (int i = 0; i < n; i++)
		if (!press(r, i / 9 % 2 ? "k" : "j", KEY_QUIET_MS, k))
			return;
}

static void press_tab(struct pty_run *r, int n, struct keys *k)
{
	for (int i = 0; i < n; i++)
		if (!press(r, "\t", KEY_QUIET_MS, k))
			return;
}

static void key_rows(const char *name, const struct keys *k, const struct keys *floor)
{
	char what[96];
	bool beside = floor && floor->ms.n > 0;

	if (k->ms.n == 0) {
		row_skip(name, "no key changed the screen");
		return;
	}
	snprintf(what, sizeof(what), "%s: median to last byte", name);
	row_print(&(struct row){what, "ms", &k->ms, beside ? &floor->ms : NULL, 0.5, 1, NONE, false});
	snprintf(what, sizeof(what), "%s: p99 to last byte", name);
	row_print(&(struct row){what, "ms", &k->ms, NULL, 0.99, 16, NONE, false});
	if (k->silent > 0)
		printf("  (%d of these keys changed nothing)\n", k->silent);
}

static void bytes_row(const char *what, const struct keys *k, const struct keys *floor, double must)
{
	bool beside = floor && floor->bytes.n > 0;

	if (k->bytes.n > 0)
		row_print(&(struct row){what, "B", &k->bytes, beside ? &floor->bytes : NULL, 0.5, must, NONE, false});
}

static void keys_on(const char *name, const char *data)
{
	static struct keys floor, cursor, tab;
	const struct start ours = {data, 120, 40}, theirs = {NULL, 120, 40};
	struct pty_run r;
	char what[96];

	floor = cursor = tab = (struct keys){.silent = 0};
	start(&r, &theirs);
	pty_settle(&r, QUIET_MS, LIMIT_MS);
	press_cursor(&r, KEYS, &floor);
	pty_stop(&r);
	start(&r, &ours);
	bool ok = pty_expect(&r, loaded, QUIET_MS, LIMIT_MS);
	if (ok) {
		press_cursor(&r, KEYS, &cursor);
		press_tab(&r, KEYS / 5, &tab);
	}
	pty_stop(&r);
	if (!ok) {
		row_skip(name, "the program did not come that far");
		return;
	}
	snprintf(what, sizeof(what), "cursor key, %s", name);
	key_rows(what, &cursor, &floor);
	snprintf(what, sizeof(what), "next pane, %s", name);
	key_rows(what, &tab, NULL);
	bytes_row("bytes of a cursor key", &cursor, &floor, 400);
	bytes_row("bytes of a pane switch", &tab, NULL, 12 * 1024);
}

/* Help opens and closes until the file is on the screen; started again until there are enough keys. */
static void keys_while_loading(void)
{
	static struct keys busy;
	const struct start ours = {day, 120, 40};
	struct pty_run r;

	busy = (struct keys){.silent = 0};
	for (int i = 0; i < BUSY_RUNS && busy.ms.n < KEYS; i++) {
		start(&r, &ours);
		pty_settle(&r, 3, LIMIT_MS);
		while (!strstr(r.tail, loaded) && busy.ms.n < KEYS && press(&r, "?", 2, &busy))
			continue;
		pty_stop(&r);
	}
	key_rows("key while 20,753 laps load", &busy, NULL);
}

/* --- Idle ------------------------------------------------------------------------------------------------------------ */

static void idle_rows(const char *data)
{
	const struct start ours = {data, 120, 40};
	struct series wakes = {.n = 0}, bytes = {.n = 0};
	struct pty_run r;

	start(&r, &ours);
	if (pty_expect(&r, loaded, QUIET_MS, LIMIT_MS)) {
		long before = pty_wakes(&r);
		size_t written = r.bytes;
		pty_settle(&r, IDLE_MS, 2 * IDLE_MS);
		series_add(&wakes, (double)(pty_wakes(&r) - before));
		series_add(&bytes, (double)(r.bytes - written));
		row_print(&(struct row){"wake-ups in 5 s idle", "", &wakes, NULL, 0.5, 0, NONE, false});
		row_print(&(struct row){"bytes in 5 s idle", "B", &bytes, NULL, 0.5, 0, NONE, false});
	} else {
		row_skip("idle", "the program did not come that far");
	}
	pty_stop(&r);
}

static void rows_of(const char *name, const char *data, double must, double aim, double must_mib, double aim_mib)
{
	char what[96];

	snprintf(what, sizeof(what), "%s complete on screen", name);
	measure_row(what, "ms", complete, data, 120, 40, 21, true,
		    (struct row){.must = must, .aim = aim, .by_ratio = true});
	snprintf(what, sizeof(what), "%s complete on screen, 200x60", name);
	measure_row(what, "ms", complete, data, 200, 60, 21, true,
		    (struct row){.must = must, .aim = aim, .by_ratio = true});
	snprintf(what, sizeof(what), "%s, peak memory", name);
	measure_row(what, "MiB", peak_mib, data, 120, 40, 5, false, (struct row){.must = must_mib, .aim = aim_mib});
}

int main(void)
{
	const char *shared = getenv("PITWALL_SHARED"), *o = getenv("O"), *p = getenv("PITWALL");
	struct stat st;

	if (!o || !p) {
		fputs("bench_screen: run by `make bench`\n", stderr);
		return 2;
	}
	snprintf(program, sizeof(program), "%s", p);
	bool fits = path_join(bare, sizeof(bare), o, "tests/bench/bare_dashboard") &&
		    path_join(home, sizeof(home), o, "bench/home") && path_join(day, sizeof(day), o, "bench/day") &&
		    path_join(season, sizeof(season), shared ? shared : "../shared", "data/gr-cup");
	if (!fits) {
		fputs("bench_screen: a path is too long\n", stderr);
		return 2;
	}
	bool have_season = stat(season, &st) == 0;
	const char *usual = have_season ? season : "tests/fixtures/season";

	rows_head("on a terminal of 120x40");
	measure_row("first paint, nothing loaded", "ms", first_paint, day, 120, 40, 41, true,
		    (struct row){.must = 1.5, .aim = 1.2, .by_ratio = true});
	measure_row("first paint, nothing loaded, 200x60", "ms", first_paint, day, 200, 60, 41, true,
		    (struct row){.must = 1.5, .aim = 1.2, .by_ratio = true});
	if (have_season)
		rows_of("8 races and season", season, 3, 1.8, 16, 10);
	else
		row_skip("8 races and season", "no data/gr-cup in $PITWALL_SHARED");
	rows_of("tests/fixtures/season", "tests/fixtures/season", 3, 1.8, 16, 10);
	measure_row("20,753 laps complete on screen", "ms", complete, day, 120, 40, 21, true,
		    (struct row){.must = 150, .aim = 60});
	measure_row("20,753 laps, peak memory", "MiB", peak_mib, day, 120, 40, 5, false,
		    (struct row){.must = 32, .aim = 16});
	keys_on("8 races", usual);
	keys_on("20,753 laps", day);
	keys_while_loading();
	measure_row("bytes until complete", "KiB", first_bytes, usual, 120, 40, 3, true,
		    (struct row){.must = 16, .aim = NONE});
	measure_row("bytes until complete, 200x60", "KiB", first_bytes, usual, 200, 60, 3, true,
		    (struct row){.must = 40, .aim = NONE});
	idle_rows(usual);
	return 0;
}
