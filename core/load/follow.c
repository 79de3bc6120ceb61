#include "core/load/follow.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/base/buf.h"
#include "core/load/csv.h"
#include "core/load/laps.h"

enum { CHUNK = 128 * 1024, SAMPLE = 4096, LINE_KEPT = CSV_LINE_MAX + 2, PENDING_MAX = LINE_KEPT + CHUNK + 1 };
static const uint64_t HASH_START = 0xcbf29ce484222325U;

struct follow {
	char *path;
	int fd; /* -1: not open */
	bool pipe, ended;
	dev_t dev;
	ino_t ino;
	struct timespec mtime; /* when it was looked at last */

	/* What has been read of this file, and how to know it again. */
	off_t taken;
	uint64_t hash;
	char head[SAMPLE], tail[SAMPLE];
	size_t nhead, ntail;

	struct buf pending; /* bytes behind the last newline */
	bool overlong;      /* the line in pending is too long: the rest of it is thrown away */
	struct csv_reader *csv;
	struct laps_reader *laps;
	bool unfinished; /* the last row taken had no newline */

	uint32_t shown;     /* laps of the session that was told last */
	bool anew;          /* the file was begun anew and has not been told since */
	bool unchecked;     /* grew since it was compared as a whole */
	bool dirty;         /* rows came that were not told */
	int64_t changed_at; /* last time bytes came or the file was begun anew */
	int64_t now;
	uint64_t bytes_read;
};

struct follow *follow_new(const char *path, int fd, struct err *err)
{
	struct follow *f = calloc(1, sizeof *f);
	char *copy = f ? strdup(path) : NULL;
	if (!copy) {
		free(f);
		err_set(err, ERR_NOMEM, "%s: out of memory", path);
		return NULL;
	}
	f->path = copy;
	f->fd = fd;
	f->pipe = fd >= 0;
	f->hash = HASH_START;
	buf_init(&f->pending, PENDING_MAX);
	return f;
}

static void forget_rows(struct follow *f)
{
	laps_reader_free(f->laps);
	csv_close(f->csv);
	f->laps = NULL;
	f->csv = NULL;
	buf_clear(&f->pending);
	f->overlong = f->unfinished = f->dirty = false;
	f->taken = 0;
	f->hash = HASH_START;
	f->nhead = f->ntail = 0;
}

static void close_file(struct follow *f)
{
	if (f->fd >= 0 && !f->pipe)
		close(f->fd);
	f->fd = -1;
}

void follow_free(struct follow *f)
{
	if (!f)
		return;
	forget_rows(f);
	close_file(f);
	buf_release(&f->pending);
	free(f->path);
	free(f);
}

/* --- Lines ---------------------------------------------------------------- */

static bool only_blanks(const char *p, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (!strchr(" \t\r\n", p[i]))
			return false;
	return true;
}

/* Whole lines into rows. The first that is not blank is the header. */
static bool take_lines(struct follow *f, const char *p, size_t n, const atomic_bool *cancel, struct err *err)
{
	uint32_t before;
	if (!f->csv) {
		if (only_blanks(p, n))
			return true; /* their numbers are lost: no writer begins so */
		f->csv = csv_open_fed(f->path, p, n, err);
		f->laps = f->csv ? laps_reader_new(f->csv, f->path, err) : NULL;
		if (!f->laps)
			return false;
	} else {
		csv_feed(f->csv, p, n);
	}
	before = laps_reader_rows(f->laps);
	bool ok = laps_reader_take(f->laps, cancel, err);
	f->dirty |= laps_reader_rows(f->laps) != before;
	return ok;
}

/* No line is kept beyond what a row may have: a file without newlines must not fill the memory. */
static bool keep_pending(struct follow *f, const char *p, size_t n, struct err *err)
{
	size_t room = f->pending.n < LINE_KEPT ? LINE_KEPT - f->pending.n : 0;
	f->overlong |= n > room;
	if (buf_add(&f->pending, p, n < room ? n : room))
		return true;
	return err_set(err, ERR_NOMEM, "%s: out of memory", f->path);
}

static const char *last_newline(const char *p, size_t n)
{
	while (n > 0 && p[n - 1] != '\n')
		n--;
	return n > 0 ? p + n - 1 : NULL;
}

/* What is pending and the line that ends it, then the whole lines behind it; the rest is pending. */
static bool take_bytes(struct follow *f, const char *p, size_t n, const atomic_bool *cancel, struct err *err)
{
	const char *nl = memchr(p, '\n', n), *last = last_newline(p, n);
	if (!nl)
		return keep_pending(f, p, n, err);
	if (f->pending.n > 0) {
		size_t first = (size_t)(nl - p) + 1;
		if (!keep_pending(f, p, first - 1, err) || !buf_char(&f->pending, '\n') ||
		    !take_lines(f, f->pending.p, f->pending.n, cancel, err))
			return false;
		buf_clear(&f->pending);
		f->overlong = false;
		p += first;
		n -= first;
	}
	size_t whole = last >= p ? (size_t)(last - p) + 1 : 0;
	if (whole > 0 && !take_lines(f, p, whole, cancel, err))
		return false;
	return n == whole || keep_pending(f, p + whole, n - whole, err);
}

/* --- Bytes ---------------------------------------------------------------- */

static uint64_t hash_more(uint64_t h, const char *p, size_t n)
{
	for (size_t i = 0; i < n; i++)
		h = (h ^ (unsigned char)p[i]) * 0x100000001b3U;
	return h;
}

static void remember(struct follow *f, const char *p, size_t n)
{
	size_t first = n < SAMPLE - f->nhead ? n : SAMPLE - f->nhead;
	memcpy(f->head + f->nhead, p, first);
	f->nhead += first;
	if (n >= SAMPLE) {
		memcpy(f->tail, p + n - SAMPLE, SAMPLE);
		f->ntail = SAMPLE;
	} else {
		size_t keep = f->ntail < SAMPLE - n ? f->ntail : SAMPLE - n;
		memmove(f->tail, f->tail + f->ntail - keep, keep);
		memcpy(f->tail + keep, p, n);
		f->ntail = keep + n;
	}
	f->hash = hash_more(f->hash, p, n);
	f->taken += (off_t)n;
}

static ssize_t read_some(struct follow *f, char *to, size_t n)
{
	struct pollfd p = {f->fd, POLLIN, 0};
	ssize_t got;
	/* A pipe with nothing in it would keep the worker waiting. */
	if (f->pipe && poll(&p, 1, 0) == 0)
		return -2;
	do
		got = f->pipe ? read(f->fd, to, n) : pread(f->fd, to, n, f->taken);
	while (got < 0 && errno == EINTR);
	return got;
}

static bool cannot_read(const struct follow *f, struct err *err)
{
	return err_set(err, ERR_IO, "%s: cannot be read: %s", f->path, strerror(errno));
}

static bool read_new(struct follow *f, const atomic_bool *cancel, struct err *err)
{
	char *chunk = malloc(CHUNK);
	bool ok = true;
	if (!chunk)
		return err_set(err, ERR_NOMEM, "%s: out of memory", f->path);
	while (ok) {
		ssize_t n = read_some(f, chunk, CHUNK);
		if (n == -2)
			break;
		if (n < 0)
			ok = cannot_read(f, err);
		if (n == 0)
			f->ended = f->pipe;
		if (n <= 0)
			break;
		f->bytes_read += (uint64_t)n;
		f->changed_at = f->now;
		f->unchecked = true;
		remember(f, chunk, (size_t)n);
		ok = take_bytes(f, chunk, (size_t)n, cancel, err);
	}
	free(chunk);
	return ok;
}

/* --- Is it the file that was read? ----------------------------------------- */

static bool bytes_are(struct follow *f, off_t at, const char *want, size_t n)
{
	char got[SAMPLE];
	if (n == 0)
		return true;
	f->bytes_read += n;
	return pread(f->fd, got, n, at) == (ssize_t)n && memcmp(got, want, n) == 0;
}

static bool all_bytes_are(struct follow *f)
{
	char *chunk = malloc(CHUNK);
	uint64_t h = HASH_START;
	off_t at = 0;
	while (chunk && at < f->taken) {
		size_t want = f->taken - at < CHUNK ? (size_t)(f->taken - at) : CHUNK;
		ssize_t n = pread(f->fd, chunk, want, at);
		if (n <= 0)
			break;
		h = hash_more(h, chunk, (size_t)n);
		at += n;
	}
	free(chunk);
	f->bytes_read += (uint64_t)at;
	return at == f->taken && h == f->hash;
}

static void begin_anew(struct follow *f)
{
	forget_rows(f);
	f->anew = true;
	f->unchecked = true;
	f->changed_at = f->now;
}

static bool same_time(struct timespec a, struct timespec b)
{
	return a.tv_sec == b.tv_sec && a.tv_nsec == b.tv_nsec;
}

static bool is_quiet(const struct follow *f)
{
	return f->now - f->changed_at >= FOLLOW_QUIET_MS;
}

/* The first and the last bytes that were read; they cost little at each look. */
static bool ends_are(struct follow *f)
{
	return bytes_are(f, 0, f->head, f->nhead) && bytes_are(f, f->taken - (off_t)f->ntail, f->tail, f->ntail);
}

static void look_whether_anew(struct follow *f, const struct stat *st)
{
	bool touched = !same_time(st->st_mtim, f->mtime);
	bool grown = st->st_size > f->taken;
	f->mtime = st->st_mtim;
	if (touched || grown)
		f->unchecked = true;
	bool same_size = touched && !grown && f->taken > 0, settled = f->unchecked && is_quiet(f);
	bool other = st->st_size < f->taken || (grown && f->unfinished) || !ends_are(f);
	if (!other && (same_size || settled)) {
		f->unchecked = false;
		other = !all_bytes_are(f);
	}
	if (other)
		begin_anew(f);
}

/* false: there is no such file now; what was read stays until there is one. */
static bool open_file(struct follow *f, struct err *err)
{
	struct stat at_path, st;
	if (stat(f->path, &at_path) < 0)
		return errno == ENOENT ? false : (cannot_read(f, err), false);
	if (f->fd >= 0 && at_path.st_dev == f->dev && at_path.st_ino == f->ino)
		return true;
	if (!S_ISREG(at_path.st_mode)) {
		err_set(err, ERR_IO, "%s: is not a file", f->path);
		return false;
	}
	int fd = open(f->path, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
	if (fd < 0 || fstat(fd, &st) < 0) {
		if (errno != ENOENT)
			cannot_read(f, err);
		if (fd >= 0)
			close(fd);
		return false;
	}
	if (f->fd >= 0 || f->taken > 0)
		begin_anew(f);
	close_file(f);
	f->fd = fd;
	f->dev = st.st_dev;
	f->ino = st.st_ino;
	f->mtime = st.st_mtim;
	f->changed_at = f->now;
	return true;
}

/* --- Looking -------------------------------------------------------------- */

/* The line no newline will come for. It stays pending: what comes behind it, if anything, makes the file be read anew. */
static bool take_last_line(struct follow *f, const atomic_bool *cancel, struct err *err)
{
	if (f->unfinished || f->pending.n == 0 || !f->csv || only_blanks(f->pending.p, f->pending.n))
		return true;
	f->unfinished = true;
	return take_lines(f, f->pending.p, f->pending.n, cancel, err);
}

static bool read_all(struct follow *f, const atomic_bool *cancel, struct err *err)
{
	if (!read_new(f, cancel, err))
		return false;
	return !(f->ended || is_quiet(f)) || take_last_line(f, cancel, err);
}

/* A file that is being written anew has few laps at first: those that are shown stay until it has as many, or pauses. */
static bool is_held(const struct follow *f)
{
	return f->anew && follow_rows(f) < f->shown && f->now - f->changed_at < FOLLOW_HOLD_MS;
}

enum follow_look follow_look(struct follow *f, int64_t now, const atomic_bool *cancel, struct err *err)
{
	struct err why = {0};
	struct stat st;
	f->now = now;
	if (!f->pipe) {
		if (!open_file(f, &why))
			return why.code == ERR_NONE ? FOLLOW_SAME : (*err = why, FOLLOW_FAILED);
		if (fstat(f->fd, &st) < 0) {
			cannot_read(f, err);
			return FOLLOW_FAILED;
		}
		look_whether_anew(f, &st);
	}
	if (f->ended)
		return FOLLOW_SAME;
	if (!read_all(f, cancel, err)) {
		begin_anew(f); /* what was taken of this piece is not known */
		f->ended = f->pipe;
		return FOLLOW_FAILED;
	}
	if (!(f->dirty || f->anew) || is_held(f) || follow_rows(f) == 0)
		return FOLLOW_SAME;
	f->dirty = f->anew = false;
	f->shown = follow_rows(f);
	return FOLLOW_CHANGED;
}

struct session *follow_session(const struct follow *f, struct err *err)
{
	if (f->laps)
		return laps_reader_snapshot(f->laps, err);
	err_set(err, ERR_FORMAT, "%s: there is no lap in it yet", f->path);
	return NULL;
}

uint32_t follow_rows(const struct follow *f)
{
	return f->laps ? laps_reader_rows(f->laps) : 0;
}

int64_t follow_due(const struct follow *f)
{
	if (f->fd < 0 || f->ended)
		return -1;
	if (is_held(f))
		return f->changed_at + FOLLOW_HOLD_MS;
	bool line = f->pending.n > 0 && !f->unfinished && !f->pipe;
	return line || (f->unchecked && !f->pipe) ? f->changed_at + FOLLOW_QUIET_MS : -1;
}

const char *follow_path(const struct follow *f)
{
	return f->path;
}

bool follow_ended(const struct follow *f)
{
	return f->ended;
}

uint64_t follow_bytes_read(const struct follow *f)
{
	return f->bytes_read;
}
