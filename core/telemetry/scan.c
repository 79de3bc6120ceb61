#define _GNU_SOURCE /* memrchr */
#include "core/telemetry/scan.h"

#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/load/csv.h"

enum { BUFFER = SCAN_PIECE + CSV_LINE_MAX + SCAN_STEP };

struct shared {
	struct tel_scan *s;
	pthread_mutex_t lock; /* of all below */
	pthread_cond_t turn;
	uint64_t next, merged; /* pieces given out, taken over */
	uint64_t done;         /* bytes given out, of a pipe */
	bool stop, ended;
	struct err *err;
	/* of a pipe: what was read behind the last whole line */
	char *rest;
	size_t rest_n;
	bool skipping; /* inside a line that is too long */
};

struct thread {
	struct shared *sh;
	void *worker;
	char *buf;
	pthread_t id;
};

static bool fail_io(const struct tel_scan *s, struct err *err)
{
	return err_set(err, ERR_IO, "%s: cannot be read: %s", s->in->name, strerror(errno));
}

static bool cancelled(const struct tel_run *run)
{
	return run && run->cancel && atomic_load_explicit(run->cancel, memory_order_relaxed);
}

/* A pipe whose writer says nothing must not keep anyone from ending this. false: it was ended. */
static bool wait_for_pipe(const struct tel_scan *s)
{
	struct pollfd p = {.fd = s->in->fd, .events = POLLIN};

	while (!cancelled(s->run))
		if (poll(&p, 1, 100) != 0)
			return true;
	return false;
}

static ssize_t get(const struct tel_scan *s, char *p, size_t n, uint64_t off)
{
	const struct tel_input *in = s->in;

	if (in->pipe && !wait_for_pipe(s))
		return 0;
	for (;;) {
		ssize_t got = in->pipe ? read(in->fd, p, n) : pread(in->fd, p, n, (off_t)off);
		if (got >= 0 || errno != EINTR)
			return got;
	}
}

/* --- A piece of a file ----------------------------------------------------------------- */

/* Where in [p, p + n), which begins at offset off, the lines that begin before end are over; 0: not in here. */
static size_t piece_end(const char *p, size_t n, uint64_t off, uint64_t end)
{
	size_t from = end > off + 1 ? (size_t)(end - 1 - off) : 0;
	const char *nl = from < n ? memchr(p + from, '\n', n - from) : NULL;

	return nl ? (size_t)(nl - p) + 1 : 0;
}

static const char *last_newline(const char *p, size_t n)
{
	return n > 0 ? memrchr(p, '\n', n) : NULL;
}

/* Begins one byte early, to see whether a line begins at `from`; the first line of all begins there by itself. */
static bool read_piece(struct thread *t, uint64_t from, uint64_t end, bool first, struct err *err)
{
	struct tel_scan *s = t->sh->s;
	uint64_t off = first ? from : from - 1; /* of what is in buf */
	bool skip = !first; /* up to the next newline: a line of the piece before, or one too long */
	size_t have = 0;

	for (;;) {
		ssize_t got = get(s, t->buf + have, SCAN_STEP, off + have);
		if (got < 0)
			return fail_io(s, err);
		size_t n = have + (size_t)got, at = 0;
		if (skip) {
			const char *nl = memchr(t->buf, '\n', n);
			at = nl ? (size_t)(nl - t->buf) + 1 : n;
			skip = !nl;
			if (off + at >= end) /* what begins here is the next piece's */
				return true;
		}
		size_t stop = piece_end(t->buf + at, n - at, off + at, end);
		const char *nl = last_newline(t->buf + at, n - at);
		size_t whole = stop ? stop : got == 0 ? n - at : nl ? (size_t)(nl + 1 - t->buf) - at : 0;
		if (whole > 0)
			s->lines(t->worker, t->buf + at, whole);
		if (stop || got == 0)
			return true;
		have = n - at - whole;
		memmove(t->buf, t->buf + at + whole, have);
		off += at + whole;
		if (have > CSV_LINE_MAX) {
			s->too_long(t->worker);
			off += have;
			have = 0;
			skip = true;
		}
	}
}

/* --- A piece of a pipe, under the lock --------------------------------------------------- */

static void skip_long_line(struct shared *sh, char *buf, size_t *n)
{
	char *nl = memchr(buf, '\n', *n);
	size_t gone = nl ? (size_t)(nl - buf) + 1 : *n;

	*n -= gone;
	memmove(buf, buf + gone, *n);
	sh->skipping = !nl;
}

/* Fills buf with whole lines; *n of them in bytes. false: err, or nothing more (ended). */
static bool fill_from_pipe(struct thread *t, size_t *n, bool *long_line, struct err *err)
{
	struct shared *sh = t->sh;

	memcpy(t->buf, sh->rest, sh->rest_n);
	*n = sh->rest_n;
	*long_line = false;
	sh->rest_n = 0;
	while (!sh->ended && *n < SCAN_PIECE && !cancelled(sh->s->run)) {
		ssize_t got = get(sh->s, t->buf + *n, SCAN_STEP, 0);
		if (got < 0)
			return fail_io(sh->s, err);
		sh->ended = got == 0;
		*n += (size_t)got;
		if (sh->skipping)
			skip_long_line(sh, t->buf, n);
	}
	const char *nl = last_newline(t->buf, *n);
	size_t whole = sh->ended ? *n : nl ? (size_t)(nl + 1 - t->buf) : 0;
	sh->rest_n = *n - whole;
	if (sh->rest_n > CSV_LINE_MAX) {
		*long_line = true;
		sh->skipping = true;
		sh->rest_n = 0;
	}
	memcpy(sh->rest, t->buf + whole, sh->rest_n);
	*n = whole;
	sh->done += whole;
	return true;
}

/* --- The threads ---------------------------------------------------------------------------- */

/* Takes the next piece; false: there is none. */
static bool take_piece(struct thread *t, uint64_t *piece, size_t *bytes, bool *long_line)
{
	struct shared *sh = t->sh;
	const struct tel_input *in = sh->s->in;
	bool any = !sh->stop;

	*long_line = false;
	*bytes = 0;
	if (any && in->pipe) {
		any = !sh->ended || sh->rest_n > 0;
		if (any && !fill_from_pipe(t, bytes, long_line, sh->err)) {
			sh->stop = true;
			any = false;
		}
	} else if (any) {
		any = sh->s->body + sh->next * SCAN_PIECE < (uint64_t)in->size;
	}
	if (any)
		*piece = sh->next++;
	return any;
}

static bool do_piece(struct thread *t, uint64_t piece, size_t bytes, bool long_line, struct err *err)
{
	struct tel_scan *s = t->sh->s;
	uint64_t from = s->body + piece * SCAN_PIECE;

	if (cancelled(s->run))
		return err_set(err, ERR_CANCELLED, "cancelled");
	if (!s->in->pipe)
		return read_piece(t, from, from + SCAN_PIECE, piece == 0, err);
	if (bytes > 0)
		s->lines(t->worker, t->buf, bytes);
	if (long_line)
		s->too_long(t->worker);
	return true;
}

static void report(const struct shared *sh, uint64_t piece)
{
	const struct tel_scan *s = sh->s;
	uint64_t done = s->body + (piece + 1) * SCAN_PIECE, size = (uint64_t)s->in->size;

	if (!s->run)
		return;
	if (s->run->bytes)
		atomic_store(s->run->bytes, s->in->pipe ? sh->done : done < size ? done : size);
	if (s->run->progress && size > 0)
		atomic_store(s->run->progress, done < size ? (unsigned)((double)done * 1000.0 / (double)size) : 1000);
}

/* Under the lock: waits until the pieces before are taken over, then has this one taken over. */
static void merge(struct thread *t, uint64_t piece, bool ok, const struct err *why)
{
	struct shared *sh = t->sh;

	while (sh->merged != piece && !sh->stop)
		pthread_cond_wait(&sh->turn, &sh->lock);
	if (!sh->stop && !ok) {
		*sh->err = *why;
		sh->stop = true;
	}
	if (!sh->stop && !sh->s->merge(sh->s->user, t->worker, sh->err))
		sh->stop = true;
	sh->merged = piece + 1;
	report(sh, piece);
	pthread_cond_broadcast(&sh->turn);
}

static void *work(void *arg)
{
	struct thread *t = arg;
	struct shared *sh = t->sh;
	uint64_t piece = 0;
	size_t bytes;
	bool long_line;

	pthread_mutex_lock(&sh->lock);
	while (take_piece(t, &piece, &bytes, &long_line)) {
		struct err why = {.code = ERR_NONE};
		pthread_mutex_unlock(&sh->lock);
		bool ok = do_piece(t, piece, bytes, long_line, &why);
		pthread_mutex_lock(&sh->lock);
		merge(t, piece, ok, &why);
	}
	pthread_mutex_unlock(&sh->lock);
	return NULL;
}

/* Signals are for the program's own thread. */
static bool start(struct thread *t)
{
	sigset_t all, before;

	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, &before);
	bool ok = pthread_create(&t->id, NULL, work, t) == 0;
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	return ok;
}

static void run_all(struct thread t[SCAN_WORKERS], unsigned n)
{
	unsigned started = 1;

	while (started < n && start(&t[started]))
		started++;
	work(&t[0]);
	for (unsigned i = 1; i < started; i++)
		pthread_join(t[i].id, NULL);
}

static unsigned thread_count(const struct tel_scan *s)
{
	unsigned n = s->run && s->run->threads ? s->run->threads : SCAN_WORKERS;

	return n < SCAN_WORKERS ? n : SCAN_WORKERS;
}

static bool ready(struct shared *sh, struct thread t[SCAN_WORKERS], unsigned n)
{
	struct tel_scan *s = sh->s;

	for (unsigned i = 0; i < n; i++) {
		t[i] = (struct thread){.sh = sh, .worker = s->worker[i], .buf = malloc(BUFFER)};
		if (!t[i].buf)
			return false;
	}
	if (!s->in->pipe)
		return true;
	sh->rest = malloc(BUFFER);
	if (!sh->rest)
		return false;
	sh->rest_n = s->in->head_n - (size_t)s->body;
	memcpy(sh->rest, s->in->head + s->body, sh->rest_n);
	return true;
}

bool tel_scan_run(struct tel_scan *s, struct err *err)
{
	struct thread t[SCAN_WORKERS] = {{NULL, NULL, NULL, 0}};
	struct err why = {.code = ERR_NONE};
	struct shared sh = {.s = s, .err = &why};
	unsigned n = thread_count(s);

	pthread_mutex_init(&sh.lock, NULL);
	pthread_cond_init(&sh.turn, NULL);
	if (ready(&sh, t, n))
		run_all(t, n);
	else
		sh.stop = !err_set(&why, ERR_NOMEM, "%s: no memory to read it", s->in->name);
	if (!sh.stop && cancelled(s->run))
		sh.stop = !err_set(&why, ERR_CANCELLED, "cancelled");
	for (unsigned i = 0; i < n; i++)
		free(t[i].buf);
	free(sh.rest);
	pthread_cond_destroy(&sh.turn);
	pthread_mutex_destroy(&sh.lock);
	if (sh.stop && err)
		*err = why;
	return !sh.stop;
}
