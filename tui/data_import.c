#include "tui/data_import.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/log.h"
#include "core/telemetry/import.h"
#include "tui/data_state.h"

enum { SHOW_MS = 250 };

/* One file on its way. */
struct import_job {
	struct job job; /* first: the queue knows only this */
	struct data *data;
	const char *store;
	char *path;
	struct tel_import *got;
	struct err err;
};

struct data_import {
	struct jobs *jobs;
	struct import_job *running; /* NULL: nothing runs */
	uint32_t next;              /* of the dataset's files: where to look for one more; UINT32_MAX: none is wanted */
	uint64_t rows;
	uint32_t files, cars;
	bool cancelled, ending; /* ending: nobody is left to be told */
};

/* In the worker ------------------------------------------------------------------------------------*/

static void run(struct job *job)
{
	struct import_job *j = (struct import_job *)job;
	const struct tel_run how = {.cancel = &j->job.cancel, .progress = &j->job.progress};
	const char *note;
	struct tel_store *store = tel_store_open(j->store, TEL_STORE_WRITE, &note, &j->err);

	if (!store)
		return;
	j->got = tel_import_file(store, j->path, &how, &j->err);
	tel_store_close(store);
}

/* Back ---------------------------------------------------------------------------------------------*/

static const char *base_of(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash && slash[1] ? slash + 1 : path;
}

static void import_free(struct import_job *j)
{
	tel_import_free(j->got);
	free(j->path);
	free(j);
}

static bool begin(struct data *d, const char *path, struct err *err);

/* The next raw file of the data folders; false: that was the last. */
static bool begin_next(struct data *d, struct err *err)
{
	struct data_import *im = d->import;

	for (; d->dataset && im->next < d->dataset->files.n; im->next++)
		if (d->dataset->files.at[im->next].role == ROLE_TELEMETRY)
			return begin(d, d->dataset->files.at[im->next++].path, err);
	return false;
}

static void say_end(struct data *d, const struct err *err)
{
	const struct data_import *im = d->import;

	if (err->code == ERR_CANCELLED)
		app_say(d->app, ROLE_DIM, "the import was cancelled: the store is as it was");
	else if (err->code != ERR_NONE)
		app_say(d->app, ROLE_ERROR, "%s", err->msg);
	else
		app_say(d->app, ROLE_DIM, "imported: %llu rows of %u car%s from %u file%s",
			(unsigned long long)im->rows, im->cars, im->cars == 1 ? "" : "s", im->files,
			im->files == 1 ? "" : "s");
}

static void done(struct job *job)
{
	struct import_job *j = (struct import_job *)job;
	struct data *d = j->data;
	struct data_import *im = d->import;
	struct err err = j->err;

	im->running = NULL;
	if (im->ending) {
		import_free(j);
		return;
	}
	if (j->got) {
		im->rows += j->got->rows;
		im->cars += j->got->ncars;
		im->files++;
		data_tel_renew(d);
	} else {
		log_line("%s", err.msg);
	}
	if (j->got && !im->cancelled && begin_next(d, &err)) {
		import_free(j);
		return;
	}
	say_end(d, &err);
	import_free(j);
	app_data_changed(d->app);
}

static bool begin(struct data *d, const char *path, struct err *err)
{
	struct data_import *im = d->import;
	struct import_job *j = calloc(1, sizeof(*j));

	if (j)
		j->path = strdup(path);
	if (!j || !j->path) {
		free(j);
		return err_set(err, ERR_NOMEM, "no memory to import %.200s", path);
	}
	j->job.run = run;
	j->job.done = done;
	j->data = d;
	j->store = d->options.store;
	im->running = j;
	jobs_submit(im->jobs, &j->job);
	return true;
}

static bool ready(struct data *d, struct err *err)
{
	if (!d->options.store)
		return err_set(err, ERR_USAGE, "there is no place for the store: start with --store FILE");
	if (!d->import)
		d->import = calloc(1, sizeof(*d->import));
	if (!d->import)
		return err_set(err, ERR_NOMEM, "no memory for an import");
	if (d->import->running)
		return err_set(err, ERR_USAGE, "%.200s is being imported: Esc cancels it",
			       base_of(d->import->running->path));
	if (!d->import->jobs)
		d->import->jobs = jobs_new(false, err);
	return d->import->jobs != NULL;
}

bool data_import_start(struct data *d, const char *path, struct err *err)
{
	if (!ready(d, err))
		return false;
	struct data_import *im = d->import;
	im->rows = im->files = im->cars = 0;
	im->cancelled = false;
	im->next = *path ? UINT32_MAX : 0;
	signal(SIGXFSZ, SIG_IGN); /* a file that may not grow is an error in words */
	if (*path)
		return begin(d, path, err);
	*err = (struct err){0};
	if (begin_next(d, err))
		return true;
	return err->code != ERR_NONE
		       ? false
		       : err_set(err, ERR_NOT_FOUND, "no raw telemetry in the data folders: :import FILE names one");
}

/* --- The loop's calls -----------------------------------------------------------------------------------*/

void data_import_free(struct data *d)
{
	struct data_import *im = d->import;

	if (!im)
		return;
	im->ending = true;
	if (im->jobs)
		jobs_free(im->jobs);
	free(im);
	d->import = NULL;
}

int data_import_wait(const struct data *d, struct pollfd *fds, int max, int *timeout_ms)
{
	const struct data_import *im = d->import;

	if (!im || !im->running || max < 1)
		return 0;
	fds[0] = (struct pollfd){.fd = jobs_fd(im->jobs), .events = POLLIN};
	if (*timeout_ms < 0 || *timeout_ms > SHOW_MS)
		*timeout_ms = SHOW_MS;
	return 1;
}

void data_import_woke(struct data *d)
{
	if (!d->import || !d->import->running)
		return;
	jobs_collect(d->import->jobs);
	app_dirty(d->app);
}

bool data_import_status(const struct data *d, char *out, size_t cap)
{
	const struct data_import *im = d->import;

	if (!im || !im->running)
		return false;
	snprintf(out, cap, "importing %.40s %u %%", base_of(im->running->path),
		 atomic_load(&im->running->job.progress) / 10);
	return true;
}

bool data_import_cancel(struct data *d)
{
	struct data_import *im = d->import;

	if (!im || !im->running || im->cancelled)
		return false;
	im->cancelled = true;
	job_cancel(&im->running->job);
	return true;
}
