/* pitwall replay: a lap file that grows as it did on the day, for anyone to try what follows one. */
#include <errno.h>
#include <fcntl.h>
#include <math.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "core/source/replay.h"
#include "tui/cli.h"

enum { SLOWEST = 100, FASTEST = 1000000 }; /* thousandths of the true speed */

struct writer {
	int fd;
	const char *path;
	double speed;
	ms_t from; /* rows up to here are written at once */
	struct timespec start;
};

/* A row is one write: whoever stops this in between leaves whole rows. */
static bool put(const struct writer *w, struct str row, struct err *err)
{
	while (row.n > 0) {
		ssize_t n = write(w->fd, row.p, row.n);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return err_set(err, ERR_IO, "%s: cannot be written: %s", w->path, strerror(errno));
		row.p += n;
		row.n -= (size_t)n;
	}
	return true;
}

static void wait_for(const struct writer *w, ms_t at)
{
	struct timespec until = w->start;
	int64_t ns = (int64_t)llround((at - w->from) * 1e6 / w->speed) + until.tv_nsec;

	if (at <= w->from)
		return;
	until.tv_sec += (time_t)(ns / 1000000000);
	until.tv_nsec = (long)(ns % 1000000000);
	while (clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &until, NULL) == EINTR)
		;
}

static bool put_rows(const struct writer *w, const struct replay *r, struct err *err)
{
	if (!put(w, replay_header(r), err))
		return false;
	for (uint32_t i = 0; i < replay_rows(r); i++) {
		ms_t at;
		struct str row = replay_row(r, i, &at);
		wait_for(w, at);
		if (!put(w, row, err))
			return false;
	}
	return true;
}

/* --- Options ------------------------------------------------------------------------ */

static bool speed_of(const struct cli *cli, double *speed, struct err *err)
{
	const char *text = cli_get(cli, OPT_SPEED);
	double v = 20;

	if (!text) {
		*speed = v;
		return true;
	}
	if (!dec_parse(str_from(text), &v) || !(v * 1000 >= SLOWEST && v * 1000 <= FASTEST))
		return err_set(err, ERR_USAGE, "--speed is a number from 0.1 to 1000, not \"%.60s\"", text);
	*speed = v;
	return true;
}

static bool from_of(const struct cli *cli, const struct replay *r, ms_t *from, struct err *err)
{
	const char *text = cli_get(cli, OPT_FROM);
	int64_t lap;

	*from = 0;
	if (!text)
		return true;
	if (!int_parse(str_from(text), &lap) || lap < 1 || lap > UINT16_MAX)
		return err_set(err, ERR_USAGE, "--from is a lap from 1 to 65535, not \"%.60s\"", text);
	*from = replay_lap_at(r, (uint16_t)lap);
	if (*from == MS_NONE)
		return err_set(err, ERR_NOT_FOUND, "no car has done %d laps", (int)lap);
	return true;
}

/* The files that were read stay as they are. */
static bool is_source(const struct dataset *d, int fd)
{
	struct stat to, st;

	if (fstat(fd, &to) < 0)
		return false;
	for (uint32_t i = 0; i < d->files.n; i++)
		if (stat(d->files.at[i].path, &st) == 0 && st.st_dev == to.st_dev && st.st_ino == to.st_ino)
			return true;
	return false;
}

static bool open_target(const struct cli *cli, const struct dataset *d, struct writer *w, struct err *err)
{
	struct stat st;

	w->path = cli_get(cli, OPT_TO);
	if (strcmp(w->path, "-") == 0) {
		w->fd = STDOUT_FILENO;
		return true;
	}
	w->fd = open(w->path, O_WRONLY | O_CREAT | O_CLOEXEC, 0644);
	if (w->fd < 0)
		return err_set(err, ERR_IO, "%s: cannot be written: %s", w->path, strerror(errno));
	if (is_source(d, w->fd))
		err_set(err, ERR_USAGE, "%s is one of the files that were read: name another with --to", w->path);
	else if (fstat(w->fd, &st) == 0 && S_ISREG(st.st_mode) && ftruncate(w->fd, 0) < 0)
		err_set(err, ERR_IO, "%s: cannot be emptied: %s", w->path, strerror(errno));
	else
		return true;
	close(w->fd);
	return false;
}

static bool run(const struct cli *cli, const struct dataset *d, const struct replay *r, struct buf *out,
		struct err *err)
{
	struct writer w = {.fd = -1};
	bool ok;

	if (!speed_of(cli, &w.speed, err) || !from_of(cli, r, &w.from, err) || !open_target(cli, d, &w, err))
		return false;
	clock_gettime(CLOCK_MONOTONIC, &w.start);
	ok = put_rows(&w, r, err);
	if (w.fd == STDOUT_FILENO)
		return ok;
	if (close(w.fd) < 0 && ok)
		ok = err_set(err, ERR_IO, "%s: cannot be written: %s", w.path, strerror(errno));
	if (ok)
		buf_fmt(out, "%u rows written to %s\n", replay_rows(r), w.path);
	return ok;
}

bool cli_replay(const struct cli *cli, const struct report_in *in, struct buf *out, struct err *err)
{
	struct replay *r = replay_new(in->session, err);
	bool ok = r && run(cli, in->dataset, r, out, err);

	replay_free(r);
	return ok;
}
