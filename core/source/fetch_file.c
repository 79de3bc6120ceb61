/* Rows into a CSV file that is there whole or not at all. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/source/fetch_sink.h"

enum { BLOCK = 64 * 1024, LINE_MAX_BYTES = 36 * 1024 * 1024, PATH = 4096 };

struct file {
	char path[PATH], temporary[PATH]; /* temporary "": a device or pipe, written as it comes */
	int fd;
	struct buf out, cell;
	struct sf_column *column;
	unsigned n;
};

static bool flush(struct file *f, struct err *err)
{
	size_t at = 0;

	while (at < f->out.n) {
		ssize_t k = write(f->fd, f->out.p + at, f->out.n - at);
		if (k < 0 && errno == EINTR)
			continue;
		if (k < 0)
			return err_set(err, ERR_IO, "%s: cannot be written: %s", f->path, strerror(errno));
		at += (size_t)k;
	}
	buf_clear(&f->out);
	return true;
}

/* RFC 4180; NULL is nothing, a text of no length is "". */
static void put(struct buf *out, struct str s, bool text)
{
	bool quote = text && s.n == 0;

	for (size_t i = 0; i < s.n && !quote; i++)
		quote = strchr(",\"\r\n", s.p[i]) != NULL;
	if (!quote) {
		buf_add(out, s.p ? s.p : "", s.n);
		return;
	}
	buf_char(out, '"');
	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] == '"')
			buf_char(out, '"');
		buf_char(out, s.p[i]);
	}
	buf_char(out, '"');
}

static bool begin(void *ctx, const struct sf_column *c, unsigned n, struct err *err)
{
	struct file *f = ctx;

	f->column = calloc(n, sizeof(*c));
	if (!f->column)
		return err_set(err, ERR_NOMEM, "no memory for the columns");
	memcpy(f->column, c, n * sizeof(*c));
	f->n = n;
	for (unsigned i = 0; i < n; i++) {
		if (i > 0)
			buf_char(&f->out, ',');
		put(&f->out, str_from(c[i].name), true);
	}
	buf_char(&f->out, '\n');
	return true;
}

static bool row(void *ctx, const struct str *cells, unsigned n, struct err *err)
{
	struct file *f = ctx;

	for (unsigned i = 0; i < n; i++) {
		if (i > 0)
			buf_char(&f->out, ',');
		if (!cells[i].p)
			continue;
		buf_clear(&f->cell);
		if (!sf_cell_text(&f->column[i], cells[i], &f->cell))
			return err_set(err, ERR_FORMAT, "column %s: \"%.*s\" is no %s", f->column[i].name,
				       cells[i].n < 60 ? (int)cells[i].n : 60, cells[i].p,
				       sf_type_name(f->column[i].type));
		put(&f->out, buf_view(&f->cell), true);
	}
	buf_char(&f->out, '\n');
	if (f->out.failed || f->cell.failed)
		return err_set(err, ERR_NOMEM, "%s: no memory for a row", f->path);
	return f->out.n < BLOCK || flush(f, err);
}

static uint64_t refused(const void *ctx)
{
	(void)ctx;
	return 0; /* a cell that cannot be read ends the fetch */
}

static bool keep(void *ctx, uint64_t rows, struct err *err)
{
	struct file *f = ctx;

	(void)rows;
	if (!flush(f, err))
		return false;
	if (!f->temporary[0])
		return true;
	if (fsync(f->fd) < 0 || close(f->fd) < 0) {
		f->fd = -1;
		return err_set(err, ERR_IO, "%s: cannot be written: %s", f->path, strerror(errno));
	}
	f->fd = -1;
	if (rename(f->temporary, f->path) < 0)
		return err_set(err, ERR_IO, "%s: cannot be written: %s", f->path, strerror(errno));
	f->temporary[0] = '\0';
	return true;
}

static void drop(void *ctx)
{
	struct file *f = ctx;

	if (f->fd >= 0)
		close(f->fd);
	if (f->temporary[0])
		unlink(f->temporary);
	buf_release(&f->out);
	buf_release(&f->cell);
	free(f->column);
	free(f);
}

static bool open_file(struct file *f, struct err *err)
{
	struct stat st;

	if (stat(f->path, &st) == 0 && !S_ISREG(st.st_mode)) {
		f->temporary[0] = '\0';
		f->fd = open(f->path, O_WRONLY | O_CLOEXEC);
	} else {
		f->fd = open(f->temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
		if (f->fd < 0)
			f->temporary[0] = '\0';
	}
	return f->fd >= 0 || err_set(err, ERR_IO, "%s: cannot be written: %s", f->path, strerror(errno));
}

bool fetch_to_file(const char *path, struct fetch_sink *out, struct err *err)
{
	struct file *f = calloc(1, sizeof(*f));
	int n;

	if (!f)
		return err_set(err, ERR_NOMEM, "no memory to fetch");
	f->fd = -1;
	buf_init(&f->out, LINE_MAX_BYTES);
	buf_init(&f->cell, LINE_MAX_BYTES);
	snprintf(f->path, sizeof(f->path), "%s", path);
	n = snprintf(f->temporary, sizeof(f->temporary), "%s.%ld.part", path, (long)getpid());
	if (n < 0 || n >= PATH) {
		f->temporary[0] = '\0';
		err_set(err, ERR_USAGE, "the path is too long");
	} else if (open_file(f, err)) {
		*out = (struct fetch_sink){begin, row, refused, keep, drop, f};
		return true;
	}
	drop(f);
	return false;
}
