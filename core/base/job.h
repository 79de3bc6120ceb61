/* One worker thread. The program's thread hands it jobs and gets each back, whole, when its pipe is readable.
 *
 * A job belongs to the worker from jobs_submit until its done() is called on the program's thread. run() touches only
 * the job and immutable data; it looks at job_cancelled() often (every chunk of a file). Signals are blocked in the worker. */
#ifndef BASE_JOB_H
#define BASE_JOB_H

#include <stdatomic.h>
#include <stdbool.h>

#include "core/base/err.h"

struct jobs;

struct job {
	void (*run)(struct job *j);  /* worker thread */
	void (*done)(struct job *j); /* program's thread, from jobs_collect; frees j */
	atomic_bool cancel;
	atomic_uint progress; /* 0..1000, written by run, read by the screen */
	struct job *next;     /* the queue's */
};

/* inline_run: no thread, jobs_submit runs the job at once and jobs_collect delivers it (tests, commands). */
struct jobs *jobs_new(bool inline_run, struct err *err);
/* Cancels everything, waits for the worker, calls done() on what is left. */
void jobs_free(struct jobs *js);
int jobs_fd(const struct jobs *js); /* readable when something is done; -1 when inline */
void jobs_submit(struct jobs *js, struct job *j);
int jobs_collect(struct jobs *js); /* calls done() on every finished job; how many */
bool jobs_busy(const struct jobs *js);
/* Asks the job to stop early; its done() is still called. */
void job_cancel(struct job *j);
bool job_cancelled(const struct job *j);

#endif
