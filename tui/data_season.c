/* The season's book: made in the worker when a screen first asks, kept until a session in the dataset is replaced. */
#include <stdlib.h>

#include "core/base/log.h"
#include "tui/data_state.h"

struct book_job {
	struct job job;
	struct data *data;
	const struct dataset *dataset;
	struct season_book *book;
	struct err err;
};

static void run(struct job *job)
{
	struct book_job *j = (struct book_job *)job;

	j->book = season_book_new(j->dataset, &job->cancel, &j->err);
}

static void done(struct job *job)
{
	struct book_job *j = (struct book_job *)job;
	struct data *d = j->data;

	d->book_job = NULL;
	d->book = j->book;
	d->book_failed = !j->book;
	if (!j->book)
		log_line("%s", j->err.msg);
	free(j);
	app_data_changed(d->app);
	if (d->dataset)
		data_live_take(d); /* a session may have waited for this */
}

const struct season_book *data_season(struct data *d)
{
	struct book_job *j;

	if (d->book || d->book_job || d->book_failed || !d->dataset)
		return d->book;
	j = calloc(1, sizeof(*j));
	if (!j)
		return NULL;
	*j = (struct book_job){.job = {.run = run, .done = done}, .data = d, .dataset = d->dataset};
	d->book_job = &j->job;
	jobs_submit(app_jobs(d->app), &j->job);
	return d->book;
}

void data_season_drop(struct data *d)
{
	d->book_failed = false;
	if (!d->book)
		return;
	if (d->old_book) /* no frame came between: this one was never seen */
		season_book_free(d->book);
	else
		d->old_book = d->book;
	d->book = NULL;
	app_data_changed(d->app);
}

void data_season_settled(struct data *d)
{
	season_book_free(d->old_book);
	d->old_book = NULL;
}

void data_season_free(struct data *d)
{
	data_season_settled(d);
	season_book_free(d->book);
}
