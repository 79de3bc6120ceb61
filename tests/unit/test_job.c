#include "core/base/job.h"

#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <time.h>

#include "tests/unit/helper.h"

/* A job that squares a number, or runs until it is cancelled. */
struct work {
	struct job job; /* first, so that a job is its work */
	int in, out;
	bool ran, endless, signals_blocked;
	atomic_bool started;
	pthread_t thread;
	struct jobs *resubmit_to;
};

static int delivered[16], deliveries;

static void run(struct job *j)
{
	struct work *w = (struct work *)j;
	sigset_t mask;

	w->ran = true;
	w->thread = pthread_self();
	pthread_sigmask(SIG_BLOCK, NULL, &mask);
	w->signals_blocked = sigismember(&mask, SIGINT) == 1 && sigismember(&mask, SIGWINCH) == 1;
	atomic_store(&w->started, true);
	while (w->endless && !job_cancelled(j))
		nanosleep(&(struct timespec){0, 100000}, NULL);
	w->out = w->in * w->in;
	atomic_store(&j->progress, 1000);
}

static void done(struct job *j)
{
	struct work *w = (struct work *)j;
	struct jobs *again = w->resubmit_to;

	delivered[deliveries++ % 16] = w->out;
	w->resubmit_to = NULL;
	if (again)
		jobs_submit(again, j);
}

static struct work make(int in)
{
	return (struct work){.job = {.run = run, .done = done}, .in = in};
}

static int reset(void **state)
{
	(void)state;
	deliveries = 0;
	return 0;
}

/* Waits at the pipe as the program does, until n jobs came back; fails after ten seconds of silence. */
static void collect(struct jobs *js, int n)
{
	while (n > 0) {
		struct pollfd p = {.fd = jobs_fd(js), .events = POLLIN};

		assert_int_equal(poll(&p, 1, 10000), 1);
		n -= jobs_collect(js);
	}
	assert_int_equal(n, 0);
}

static void threaded(void **state)
{
	struct err e;
	struct jobs *js = jobs_new(false, &e);
	struct work w[3] = {make(2), make(3), make(4)};

	(void)state;
	assert_non_null(js);
	assert_false(jobs_busy(js));
	assert_int_equal(jobs_collect(js), 0);
	for (int i = 0; i < 3; i++)
		jobs_submit(js, &w[i].job);
	assert_true(jobs_busy(js));
	collect(js, 3);
	assert_false(jobs_busy(js));
	assert_int_equal(deliveries, 3);
	for (int i = 0; i < 3; i++) {
		assert_int_equal(delivered[i], (i + 2) * (i + 2)); /* in the order submitted */
		assert_false(pthread_equal(w[i].thread, pthread_self()));
		assert_true(w[i].signals_blocked);
		assert_int_equal(atomic_load(&w[i].job.progress), 1000);
	}
	/* Nothing left: the pipe is silent again. */
	struct pollfd p = {.fd = jobs_fd(js), .events = POLLIN};
	assert_int_equal(poll(&p, 1, 0), 0);
	jobs_free(js);
	assert_int_equal(deliveries, 3);
}

static void program_keeps_its_signals(void **state)
{
	struct err e;
	struct jobs *js = jobs_new(false, &e);
	sigset_t mask;

	(void)state;
	pthread_sigmask(SIG_BLOCK, NULL, &mask);
	assert_int_equal(sigismember(&mask, SIGINT), 0);
	jobs_free(js);
}

static void cancelled(void **state)
{
	struct err e;
	struct jobs *js = jobs_new(false, &e);
	struct work w = make(5);

	(void)state;
	w.endless = true;
	jobs_submit(js, &w.job);
	job_cancel(&w.job);
	collect(js, 1);
	assert_int_equal(delivered[0], 25);
	jobs_free(js);
}

static void freed_while_running(void **state)
{
	struct err e;
	struct jobs *js = jobs_new(false, &e);
	struct work running = make(2), waiting = make(3);

	(void)state;
	running.endless = true;
	waiting.resubmit_to = js; /* its done() hands it in once more */
	jobs_submit(js, &running.job);
	jobs_submit(js, &waiting.job);
	while (!atomic_load(&running.started))
		nanosleep(&(struct timespec){0, 100000}, NULL);
	jobs_free(js);
	assert_int_equal(deliveries, 3);
	assert_int_equal(running.out, 4);
	assert_false(waiting.ran);
	assert_true(job_cancelled(&waiting.job));
}

static void inline_run(void **state)
{
	struct err e;
	struct jobs *js = jobs_new(true, &e);
	struct work w = make(6), never = make(7);

	(void)state;
	assert_int_equal(jobs_fd(js), -1);
	w.resubmit_to = js;
	jobs_submit(js, &w.job);
	assert_int_equal(w.out, 36);
	assert_true(pthread_equal(w.thread, pthread_self()));
	assert_int_equal(deliveries, 0);
	assert_true(jobs_busy(js));
	assert_int_equal(jobs_collect(js), 1);
	assert_true(jobs_busy(js)); /* what done() submitted comes next time */
	assert_int_equal(jobs_collect(js), 1);
	assert_false(jobs_busy(js));
	jobs_submit(js, &never.job);
	jobs_free(js);
	assert_int_equal(deliveries, 3);
	jobs_free(NULL);
}

/* More jobs than a pipe has room for bytes must all come back. */
static void many(void **state)
{
	enum { N = 70000 };
	struct err e;
	struct jobs *js = jobs_new(false, &e);
	struct work *w = calloc(N, sizeof *w);

	(void)state;
	assert_non_null(w);
	for (int i = 0; i < N; i++) {
		w[i] = make(1);
		jobs_submit(js, &w[i].job);
	}
	collect(js, N);
	assert_int_equal(deliveries, N);
	jobs_free(js);
	free(w);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(threaded, reset),   cmocka_unit_test_setup(program_keeps_its_signals, reset),
		cmocka_unit_test_setup(cancelled, reset),  cmocka_unit_test_setup(freed_while_running, reset),
		cmocka_unit_test_setup(inline_run, reset), cmocka_unit_test_setup(many, reset),
	};

	return cmocka_run_group_tests_name("job", tests, NULL, NULL);
}
