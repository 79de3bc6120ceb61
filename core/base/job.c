#include "core/base/job.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct queue {
	struct job *first, *last;
};

struct jobs {
	pthread_mutex_t lock;
	pthread_cond_t wake;
	pthread_t worker;
	bool inline_run;
	bool stopping; /* under lock, like the four below */
	struct queue waiting;
	struct queue finished;
	struct job *running;
	int undelivered; /* submitted, done() not yet called */
	int pipe[2];     /* holds a byte while something is finished */
};

static void push(struct queue *q, struct job *j)
{
	j->next = NULL;
	if (q->last)
		q->last->next = j;
	else
		q->first = j;
	q->last = j;
}

static struct job *pop(struct queue *q)
{
	struct job *j = q->first;

	if (!j)
		return NULL;
	q->first = j->next;
	if (!q->first)
		q->last = NULL;
	return j;
}

/* One byte for a list that was empty until now, so the pipe never fills. */
static void ring(struct jobs *js)
{
	ssize_t n;

	do
		n = write(js->pipe[1], "", 1);
	while (n < 0 && errno == EINTR);
}

/* Waits for a job, under the lock; NULL when the worker is to end. */
static struct job *next_job(struct jobs *js)
{
	while (!js->stopping && !js->waiting.first)
		pthread_cond_wait(&js->wake, &js->lock);
	return js->stopping ? NULL : pop(&js->waiting);
}

static void *work(void *arg)
{
	struct jobs *js = arg;

	struct job *j;

	pthread_mutex_lock(&js->lock);
	while ((j = next_job(js))) {
		js->running = j;
		pthread_mutex_unlock(&js->lock);
		j->run(j);
		pthread_mutex_lock(&js->lock);
		js->running = NULL;
		if (!js->finished.first)
			ring(js);
		push(&js->finished, j);
	}
	pthread_mutex_unlock(&js->lock);
	return NULL;
}

static bool open_pipe(int fd[2])
{
	if (pipe(fd) != 0)
		return false;
	for (int i = 0; i < 2; i++) {
		fcntl(fd[i], F_SETFD, FD_CLOEXEC);
		fcntl(fd[i], F_SETFL, O_NONBLOCK);
	}
	return true;
}

/* Signals stay with the program's thread: a new thread inherits the mask of its maker. */
static int start_worker(struct jobs *js)
{
	sigset_t all, before;
	int why;

	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, &before);
	why = pthread_create(&js->worker, NULL, work, js);
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	return why;
}

static void destroy(struct jobs *js)
{
	for (int i = 0; i < 2; i++)
		if (js->pipe[i] >= 0)
			close(js->pipe[i]);
	pthread_cond_destroy(&js->wake);
	pthread_mutex_destroy(&js->lock);
	free(js);
}

struct jobs *jobs_new(bool inline_run, struct err *err)
{
	struct jobs *js = calloc(1, sizeof *js);
	int why;

	if (!js) {
		err_set(err, ERR_NOMEM, "not enough memory for the worker");
		return NULL;
	}
	js->inline_run = inline_run;
	js->pipe[0] = js->pipe[1] = -1;
	pthread_mutex_init(&js->lock, NULL);
	pthread_cond_init(&js->wake, NULL);
	if (inline_run)
		return js;
	why = open_pipe(js->pipe) ? start_worker(js) : errno;
	if (why == 0)
		return js;
	err_set(err, ERR_IO, "cannot start the worker: %s", strerror(why));
	destroy(js);
	return NULL;
}

/* Ends the worker; every job left over is then in `finished`, cancelled. */
static void stop_worker(struct jobs *js)
{
	struct job *j;

	pthread_mutex_lock(&js->lock);
	js->stopping = true;
	if (js->running)
		job_cancel(js->running);
	pthread_cond_signal(&js->wake);
	pthread_mutex_unlock(&js->lock);
	if (!js->inline_run)
		pthread_join(js->worker, NULL);
	while ((j = pop(&js->waiting))) {
		job_cancel(j);
		push(&js->finished, j);
	}
}

void jobs_free(struct jobs *js)
{
	if (!js)
		return;
	stop_worker(js);
	while (jobs_collect(js) > 0)
		; /* a done() may have submitted another, which comes back unrun */
	destroy(js);
}

int jobs_fd(const struct jobs *js)
{
	return js->pipe[0];
}

void jobs_submit(struct jobs *js, struct job *j)
{
	bool here = false;

	pthread_mutex_lock(&js->lock);
	js->undelivered++;
	if (js->stopping) {
		job_cancel(j);
		push(&js->finished, j);
	} else if (js->inline_run) {
		here = true;
	} else {
		push(&js->waiting, j);
		pthread_cond_signal(&js->wake);
	}
	pthread_mutex_unlock(&js->lock);
	if (here) {
		j->run(j);
		push(&js->finished, j); /* no other thread exists */
	}
}

static void silence(struct jobs *js)
{
	char bytes[64];

	while (js->pipe[0] >= 0 && read(js->pipe[0], bytes, sizeof bytes) > 0)
		;
}

int jobs_collect(struct jobs *js)
{
	struct queue ready;
	struct job *j;
	int n = 0;

	pthread_mutex_lock(&js->lock);
	silence(js); /* under the lock, so that a byte is in the pipe exactly while something is finished */
	ready = js->finished;
	js->finished = (struct queue){NULL, NULL};
	pthread_mutex_unlock(&js->lock);
	while ((j = pop(&ready))) {
		pthread_mutex_lock(&js->lock);
		js->undelivered--;
		pthread_mutex_unlock(&js->lock);
		j->done(j);
		n++;
	}
	return n;
}

bool jobs_busy(const struct jobs *js)
{
	/* undelivered changes only in calls of the program's thread, which this one is too. */
	return js->undelivered > 0;
}

void job_cancel(struct job *j)
{
	atomic_store(&j->cancel, true);
}

bool job_cancelled(const struct job *j)
{
	return atomic_load(&j->cancel);
}
