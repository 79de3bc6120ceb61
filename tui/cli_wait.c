/* ppoll is in POSIX only since 2024. */
#define _GNU_SOURCE

#include <poll.h>
#include <signal.h>
#include <time.h>

#include "tui/cli.h"
#include "tui/signals.h"

enum { FDS = 8, SHOW_MS = 250 };

/* Whoever presses Ctrl-C again does not want to wait for the server. */
static void end_at_once_next_time(void)
{
	static const int ends[] = {SIGINT, SIGTERM, SIGHUP, SIGQUIT};
	sigset_t set;

	sigemptyset(&set);
	for (unsigned i = 0; i < sizeof(ends) / sizeof(ends[0]); i++) {
		signal(ends[i], SIG_DFL);
		sigaddset(&set, ends[i]);
	}
	sigprocmask(SIG_UNBLOCK, &set, NULL);
}

static void wait_once(const struct cli_waiter *w, bool wait_for_signals, int most_ms)
{
	struct pollfd fds[FDS];
	int ms = w->show ? SHOW_MS : most_ms;
	int n = w->wait(w->ctx, fds, FDS, &ms);
	struct timespec ts = {ms / 1000, ms % 1000 * 1000000L};
	int got = ppoll(fds, (nfds_t)n, ms < 0 ? NULL : &ts, wait_for_signals ? signals_wait_mask() : NULL);

	for (int i = 0; got < 0 && i < n; i++)
		fds[i].revents = 0;
	w->woke(w->ctx, fds, n);
	if (w->show)
		w->show(w->ctx);
}

int cli_wait(const struct cli_waiter *w)
{
	int sig = 0;

	signals_init();
	while (!w->done(w->ctx)) {
		wait_once(w, sig == 0, -1);
		if (sig == 0 && signals_end() != 0) {
			sig = signals_end();
			end_at_once_next_time();
			w->cancel(w->ctx);
		}
	}
	return sig;
}

static int64_t now_ms(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return (int64_t)ts.tv_sec * 1000 + ts.tv_nsec / 1000000;
}

void cli_wait_at_most(const struct cli_waiter *w, int ms)
{
	int64_t end = now_ms() + ms;

	end_at_once_next_time();
	while (!w->done(w->ctx) && now_ms() < end)
		wait_once(w, false, (int)(end - now_ms()) + 1);
}
