/* The season's book: made in the worker when a screen first asks. A session that is being written is no result yet: it is left out, so
 * that the book stays while laps arrive, and is made anew when the flag has fallen. */
#include <stdlib.h>

#include "core/base/log.h"
#include "tui/data_state.h"

struct book_job {
	struct job job;
	struct data *data;
	struct dataset seen;       /* the dataset without the session that is being written */
	struct session **sessions; /* of it; the job's own */
	struct season_book *book;
	struct err err;
};

static void run(struct job *job)
{
	struct book_job *j = (struct book_job *)job;

	j->book = season_book_new(&j->seen, &job->cancel, &j->err);
}

static void done(struct job *job)
{
	struct book_job *j = (struct book_job *)job;
	struct data *d = j->data;

	d->book_job = NULL;
	d->book = j->book;
	d->book_failed = !j->book;
	if (j->book)
		j->book->dataset = d->dataset;
	else
		log_line("%s", j->err.msg);
	free(j->sessions);
	free(j);
	app_data_changed(d->app);
	if (d->dataset)
		data_live_take(d); /* a session may have waited for this */
}

static struct book_job *job_new(struct data *d)
{
	struct book_job *j = calloc(1, sizeof(*j));

	if (!j || !(j->sessions = calloc(d->dataset->nsessions + 1u, sizeof(struct session *)))) {
		free(j);
		return NULL;
	}
	j->job.run = run;
	j->job.done = done;
	j->data = d;
	d->book_without = data_live_written(d);
	j->seen = *d->dataset;
	j->seen.sessions = j->sessions;
	j->seen.nsessions = 0;
	for (uint32_t i = 0; i < d->dataset->nsessions; i++)
		if (i != d->book_without)
			j->sessions[j->seen.nsessions++] = d->dataset->sessions[i];
	return j;
}

static void drop(struct data *d)
{
	if (!d->book)
		return;
	if (d->old_book) /* no frame came between: this one was never seen */
		season_book_free(d->book);
	else
		d->old_book = d->book;
	d->book = NULL;
	app_data_changed(d->app);
}

const struct season_book *data_season(struct data *d)
{
	struct book_job *j;

	if (d->book && d->book_without != data_live_written(d)) /* the flag has fallen, or laps have begun to come */
		drop(d);
	if (d->book || d->book_job || d->book_failed || !d->dataset)
		return d->book;
	j = job_new(d);
	if (!j)
		return NULL;
	d->book_job = &j->job;
	jobs_submit(app_jobs(d->app), &j->job);
	return d->book;
}

bool data_season_reads(const struct data *d)
{
	return d->book_job && d->book_without != d->live_at;
}

void data_season_replaced(struct data *d)
{
	d->book_failed = false;
	if (d->book_without != d->live_at) /* it points into the session that is gone */
		drop(d);
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
