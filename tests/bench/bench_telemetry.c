/* Raw telemetry of a whole race: import, two cars out of the file, two laps out of the store, beside bare programs and what else people use.
 * Needs PITWALL and O; the files are made by `make bench-telemetry` in $O/bench/telemetry. Each figure is the median of RUNS runs, ours and the bare one
 * in turn; memory is the most that the process ever held. */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/base/path.h"
#include "core/telemetry/raw.h"
#include "core/telemetry/store.h"
#include "core/telemetry/text.h"
#include "tests/bench/pty_run.h"
#include "tests/bench/rows.h"

enum { RUNS = 5, PATH_LEN = 1024, WORD_LEN = 4096, QUERIES = 101 };

/* Two laps of two cars, in the middle of the race. */
#define FIRST "2025-09-05T18:50:00.000Z"
#define LAST  "2025-09-05T18:53:30.000Z"
static const char *const chassis[] = {"GR86-002", "GR86-026"};
static const char *const vehicles[] = {"GR86-002-13,13", "GR86-026-16,16"}; /* as the plain rows end */

static char folder[PATH_LEN], bare[PATH_LEN];
static const char *program;

struct run {
	double ms;
	long peak_kib;
	bool ok;
};

/* --- Processes ----------------------------------------------------------------------- */

static struct run wait_for(pid_t pid, double began)
{
	struct rusage use;
	int status;

	if (pid < 0 || wait4(pid, &status, 0, &use) != pid)
		return (struct run){NONE, -1, false};
	return (struct run){now_ms() - began, use.ru_maxrss, WIFEXITED(status) && WEXITSTATUS(status) == 0};
}

static struct run shell(const char *command)
{
	double began = now_ms();
	pid_t pid = fork();

	if (pid == 0) {
		int null = open("/dev/null", O_WRONLY);
		dup2(null, STDOUT_FILENO);
		dup2(null, STDERR_FILENO);
		execl("/bin/sh", "sh", "-c", command, (char *)NULL);
		_exit(127);
	}
	return wait_for(pid, began);
}

/* In a process of its own, so that its memory is seen by itself. */
static struct run alone(bool (*what)(const char *), const char *of)
{
	double began = now_ms();

	fflush(stdout);
	pid_t pid = fork();
	if (pid == 0)
		_exit(what(of) ? 0 : 1);
	return wait_for(pid, began);
}

/* --- The table --------------------------------------------------------------------------- */

static void line(const char *what, const struct series *ours, long peak, const struct series *base, double must)
{
	double mine = series_at(ours, 0.5), theirs = base ? series_at(base, 0.5) : NONE;
	double ratio = mine / theirs, best = base ? series_at(ours, 0) / series_at(base, 0) : NONE;

	printf("%-58s %9.1f %9.1f %6.2f %6.2f", what, mine, theirs, ratio, best);
	if (peak >= 0)
		printf(" %8.1f", (double)peak / 1024);
	else
		printf(" %8s", "-");
	if (!isnan(must))
		printf("  must %.4g %s", must, best <= must ? "ok" : "over");
	putchar('\n');
	fflush(stdout);
}

static void head(const char *title)
{
	printf("\n%-58s %9s %9s %6s %6s %8s\n", title, "ms", "bare ms", "ratio", "best", "peak MiB");
}

/* ours and base in turn; base NULL: none. */
static void pair(const char *what, struct run (*ours)(const char *), const char *of, const char *base, double must)
{
	struct series a = {.n = 0}, b = {.n = 0};
	long peak = -1;

	for (int i = 0; i < RUNS; i++) {
		struct run r = ours(of);
		if (!r.ok) {
			row_skip(what, "it failed");
			return;
		}
		series_add(&a, r.ms);
		peak = r.peak_kib > peak ? r.peak_kib : peak;
		if (base)
			series_add(&b, shell(base).ms);
	}
	line(what, &a, peak, base ? &b : NULL, must);
}

/* --- What is measured ------------------------------------------------------------------------ */

static bool file_path(char *out, const char *name)
{
	return path_join(out, PATH_LEN, folder, name);
}

static bool extract(const char *path)
{
	struct err err = {.code = ERR_NONE};
	struct tel_want want[2];
	struct tel_stream *s[2];
	int64_t from, to;
	struct tel_raw *r = tel_raw_open(path, &err);

	if (!r || !tel_time_parse(STR(FIRST), &from) || !tel_time_parse(STR(LAST), &to))
		return false;
	for (int i = 0; i < 2; i++)
		want[i] = (struct tel_want){chassis[i], "", from, to, false};
	bool ok = tel_raw_read(r, want, 2, s, NULL, &err);
	ok = ok && s[0]->n > 1000 && s[1]->n > 1000;
	for (int i = 0; ok && i < 2; i++)
		tel_stream_free(s[i]);
	tel_raw_close(r);
	return ok;
}

static struct run run_extract(const char *path)
{
	return alone(extract, path);
}

static struct run run_import(const char *path)
{
	char command[WORD_LEN], store[PATH_LEN];

	if (!file_path(store, "store.db"))
		return (struct run){NONE, -1, false};
	unlink(store);
	snprintf(command, sizeof(command), "exec '%s' import '%s' --store '%s'", program, path, store);
	return shell(command);
}

static struct run run_shell(const char *command)
{
	return shell(command);
}

/* Two laps of two cars, the store open: what choosing other laps costs. */
static void query(const char *path)
{
	char store[PATH_LEN];
	struct err err = {.code = ERR_NONE};
	struct series ms = {.n = 0};
	int64_t from, to;
	struct tel_store *s = file_path(store, "store.db") ? tel_store_open(store, TEL_STORE_READ, NULL, &err) : NULL;
	struct tel_store_list *l = s ? tel_store_cars(s, &err) : NULL;

	(void)path;
	if (!l || l->ncars < 2 || !tel_time_parse(STR(FIRST), &from)) {
		row_skip("two laps from the store", err.msg);
		return;
	}
	to = from + 105000;
	for (int i = 0; i < QUERIES; i++) {
		double began = now_ms();
		struct tel_stream *a = tel_store_read(s, l->car[0].id, from, to, &err);
		struct tel_stream *b = tel_store_read(s, l->car[1].id, from, to, &err);
		if (i > 0 && a && b && a->n > 1000 && b->n > 1000)
			series_add(&ms, now_ms() - began);
		tel_stream_free(a);
		tel_stream_free(b);
	}
	double v = series_at(&ms, 0.5);
	printf("%-58s %9.3f %9s %6s %6s %8s  must 1 ms %s\n", "two laps of two cars from the store, in process", v, "-",
	       "-", "-", "-", v <= 1 ? "ok" : "over");
	tel_store_list_free(l);
	tel_store_close(s);
}

static void size_line(const char *path)
{
	char store[PATH_LEN];
	struct stat raw, made;

	if (!file_path(store, "store.db") || stat(path, &raw) != 0 || stat(store, &made) != 0)
		return;
	double percent = 100.0 * (double)made.st_size / (double)raw.st_size;
	printf("%-58s %8.2f %%  of %.0f MB  must 5 %% %s\n", "size of the store", percent, (double)raw.st_size / 1e6,
	       percent <= 5 ? "ok" : "over");
}

static bool installed(const char *name)
{
	char command[WORD_LEN];

	snprintf(command, sizeof(command), "command -v %s", name);
	return shell(command).ok;
}

/* What other people would use; each only where it is there. */
static void peers(const char *path, const char *bare_extract)
{
	char command[WORD_LEN];
	const char *const patterns = "-e ',GR86-002-13,13' -e ',GR86-026-16,16'";

	snprintf(command, sizeof(command), "wc -l '%s'", path);
	pair("  wc -l", run_shell, command, bare_extract, NONE);
	if (installed("rg") && installed("mawk")) {
		snprintf(command, sizeof(command), "rg -F %s '%s' | mawk -F, '$6 >= \"%s\" && $6 <= \"%s\"'", patterns,
			 path, FIRST, LAST);
		pair("  ripgrep | mawk", run_shell, command, bare_extract, NONE);
	} else {
		row_skip("  ripgrep | mawk", "not installed");
	}
	snprintf(command, sizeof(command), "LC_ALL=C grep -F %s '%s' | awk -F, '$6 >= \"%s\" && $6 <= \"%s\"'",
		 patterns, path, FIRST, LAST);
	pair("  grep -F | awk", run_shell, command, bare_extract, NONE);
	if (shell("node -e 'require(\"@duckdb/node-api\")'").ok) {
		snprintf(command, sizeof(command), "node tests/bench/duckdb_extract.cjs '%s' %s %s", path, FIRST, LAST);
		pair("  DuckDB (node)", run_shell, command, bare_extract, NONE);
	} else {
		row_skip("  DuckDB", "@duckdb/node-api is not installed (npm, NODE_PATH)");
	}
	if (shell("python3 -c 'import pandas'").ok) {
		snprintf(command, sizeof(command),
			 "python3 -c 'import pandas as p; "
			 "print(sum(len(c[c.vehicle_id.isin([\"GR86-002-13\",\"GR86-026-16\"])]) for c in "
			 "p.read_csv(\"%s\", chunksize=1000000)))'",
			 path);
		pair("  pandas, in chunks", run_shell, command, bare_extract, NONE);
	} else {
		row_skip("  pandas", "not installed");
	}
}

static void one_file(const char *name, const char *title, bool plain, const char *bare_of)
{
	char path[PATH_LEN], base[PATH_LEN], get[WORD_LEN], parse[WORD_LEN], convert[WORD_LEN];

	if (!file_path(path, name) || !file_path(base, bare_of))
		return;
	if (access(path, R_OK) != 0) {
		row_skip(title, "its file is not there");
		return;
	}
	snprintf(get, sizeof(get), "exec '%s' extract '%s' %s %s %.23s %.23s", bare, base, vehicles[0], vehicles[1],
		 FIRST, LAST);
	snprintf(parse, sizeof(parse), "exec '%s' parse '%s'", bare, base);
	snprintf(convert, sizeof(convert), "exec '%s' convert '%s' '%s/columns'", bare, base, folder);
	shell(get); /* into the page cache */
	extract(path);
	head(title);
	pair("two cars, two laps straight from the file", run_extract, path, get, plain ? 1.5 : 2);
	if (plain && strcmp(name, "time.csv") == 0)
		peers(path, get);
	pair("import, against a bare parse into columns", run_import, path, convert, plain ? 1.5 : 2);
	pair("import, against a bare parse that keeps nothing", run_import, path, parse, NONE);
	size_line(path);
	query(path);
}

int main(void)
{
	const char *o = getenv("O");

	program = getenv("PITWALL");
	if (!o || !program || !path_join(folder, sizeof(folder), o, "bench/telemetry") ||
	    !path_join(bare, sizeof(bare), o, "tests/bench/bare_telemetry"))
		return 2;
	one_file("time.csv", "in order of time, plain", true, "time.csv");
	one_file("car.csv", "car by car, plain", true, "car.csv");
	one_file("quoted.csv", "quoted, columns in another order; bare: the plain file", false, "time.csv");
	return 0;
}
