/* pitwall import: raw telemetry into the local store. */
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "core/base/job.h"
#include "core/base/utf8.h"
#include "core/report/import.h"
#include "tui/cli.h"
#include "tui/signals.h"

enum { PATH = 4096, BAR = 20, SETTLED_MS = 500 };

struct work {
	struct job job; /* first: the queue knows only this */
	struct jobs *jobs;
	struct tel_store *store;
	const char *path;
	int64_t size; /* 0: a pipe */
	_Atomic uint64_t bytes;
	struct tel_import *got;
	struct err err;
	double began;
	bool done, shown, terminal;
};

static double now_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

/* --- The work ------------------------------------------------------------------------ */

static void run(struct job *j)
{
	struct work *w = (struct work *)j;
	const struct tel_run how = {.cancel = &j->cancel, .progress = &j->progress, .bytes = &w->bytes};

	w->got = tel_import_file(w->store, w->path, &how, &w->err);
}

static void done(struct job *j)
{
	((struct work *)j)->done = true;
}

/* --- Waiting --------------------------------------------------------------------------- */

static int on_wait(void *ctx, struct pollfd *fds, int max, int *timeout_ms)
{
	struct work *w = ctx;

	(void)max;
	(void)timeout_ms;
	fds[0] = (struct pollfd){.fd = jobs_fd(w->jobs), .events = POLLIN};
	return 1;
}

static void on_woke(void *ctx, const struct pollfd *fds, int n)
{
	(void)fds;
	(void)n;
	jobs_collect(((struct work *)ctx)->jobs);
}

static bool is_done(const void *ctx)
{
	return ((const struct work *)ctx)->done;
}

static void on_cancel(void *ctx)
{
	job_cancel(&((struct work *)ctx)->job);
}

static void put_name(const char *path)
{
	struct buf b;

	buf_init(&b, 4096);
	text_cut(&b, str_from(path), 30, true, true);
	fprintf(stderr, "\r\033[K%s ", b.p ? b.p : "");
	buf_release(&b);
}

/* "raw.csv [#######.............] 35 %  512 of 1461 MB  950 MB/s  1 s left", on a terminal only, written over itself. */
static void on_show(void *ctx)
{
	struct work *w = ctx;
	double ms = now_ms() - w->began, mb = (double)atomic_load(&w->bytes) / 1e6, all = (double)w->size / 1e6;
	const char *base = strrchr(w->path, '/');
	double rate = ms > 0 ? mb / ms * 1e3 : 0;

	if (!w->terminal || w->done)
		return;
	put_name(base && base[1] ? base + 1 : w->path);
	if (w->size > 0) {
		int full = mb < all ? (int)(mb / all * BAR) : BAR;
		fprintf(stderr, "[%.*s%.*s] %.0f %%  %.0f of %.0f MB", full, "####################", BAR - full,
			"....................", mb / all * 100, mb, all);
	} else {
		fprintf(stderr, "%.0f MB", mb);
	}
	if (ms > SETTLED_MS && rate > 0) {
		fprintf(stderr, "  %.0f MB/s", rate);
		if (w->size > 0 && mb < all)
			fprintf(stderr, "  %.0f s left", (all - mb) / rate + 0.5);
		else if (w->size > 0)
			fprintf(stderr, "  writing");
	}
	fflush(stderr);
	w->shown = true;
}

/* --- The command --------------------------------------------------------------------------- */

static int64_t size_of(const char *path)
{
	struct stat st;
	int got = strcmp(path, "-") == 0 ? fstat(STDIN_FILENO, &st) : stat(path, &st);

	return got == 0 && S_ISREG(st.st_mode) ? (int64_t)st.st_size : 0;
}

/* A signal's end is the program's, once the store is as it was. */
static bool one_file(struct jobs *jobs, struct tel_store *store, const char *path, struct imported *out,
		     struct err *err)
{
	struct work w = {.job = {.run = run, .done = done},
			 .jobs = jobs,
			 .store = store,
			 .path = path,
			 .size = size_of(path),
			 .began = now_ms(),
			 .terminal = isatty(STDERR_FILENO) != 0};
	const struct cli_waiter waiter = {&w, on_wait, on_woke, is_done, on_cancel, on_show};
	int sig;

	jobs_submit(jobs, &w.job);
	sig = cli_wait(&waiter);
	if (w.shown)
		fprintf(stderr, "\r\033[K");
	out->what = w.got;
	out->ms = now_ms() - w.began;
	if (sig != 0) {
		tel_store_close(store);
		signals_raise(sig);
	}
	if (!w.got)
		*err = w.err;
	return w.got != NULL;
}

static bool all_files(const struct cli *cli, struct tel_store *store, struct imported *list, uint32_t *n,
		      struct err *err)
{
	struct jobs *jobs = jobs_new(false, err);
	bool ok = jobs != NULL;

	for (unsigned i = 0; ok && i < cli->nargs; i++) {
		ok = one_file(jobs, store, cli->arg[i], &list[*n], err);
		*n += ok;
	}
	if (jobs)
		jobs_free(jobs);
	if (!ok && *n > 0)
		err_prefix(err, "%u file%s imported, then", *n, *n == 1 ? "" : "s");
	return ok;
}

bool cli_import(const struct cli *cli, const struct report_in *in, struct buf *out, struct err *err)
{
	struct imported list[CLI_ARGS] = {{NULL, 0}};
	char path[PATH];
	const char *note;
	uint32_t n = 0;
	bool ok;

	signal(SIGXFSZ, SIG_IGN); /* a file that may not grow is an error in words */
	if (!cli_store(cli, path, sizeof(path), err))
		return false;
	struct tel_store *store = tel_store_open(path, TEL_STORE_WRITE, &note, err);
	if (!store)
		return false;
	ok = all_files(cli, store, list, &n, err);
	tel_store_close(store);
	ok = ok && report_import(in, path, note, list, n, out, err);
	for (uint32_t i = 0; i < n; i++)
		tel_import_free(list[i].what);
	return ok;
}
