#include "core/load/csv.h"

#include <csv.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { READ_CHUNK = 128 * 1024, SNIFF = 512 };
/* What lines of no use may cost in a file: their bytes and WASTE_LINE each. Two million short ones take under half a second. */
enum { WASTE_MAX = 128 * 1024 * 1024, WASTE_LINE = 64 };

struct csv_reader {
	char *name;
	int fd;          /* -1 when reading from memory */
	const char *mem; /* what is left of the bytes in memory */
	size_t mem_left;
	int64_t size, taken; /* bytes in all; bytes fetched so far */
	bool eof;

	/* buf[at, end) is not cut into lines yet; one byte after end is ours for a line end. */
	char *buf;
	size_t cap, at, end;
	size_t searched; /* bytes after `at` known to hold no newline */

	struct csv_parser parser;
	char delim;
	uint32_t line, lines; /* of the row; cut so far */
	bool unfinished;
	const char *why;
	size_t length, waste; /* bytes of this row's line; of lines that were of no use */
	bool gave_up;

	/* The row being parsed. */
	char *put; /* where the next field's bytes go */
	uint32_t n, ended;
	bool stray, too_many;
	struct str field[CSV_FIELDS_MAX];

	char *header_text;
	struct str *header;
	uint32_t nheader;
};

enum line_kind { LINE_OK, LINE_LONG, LINE_END, LINE_FAILED };

/* --- Bytes ---------------------------------------------------------------- */

static ssize_t fetch(struct csv_reader *r, char *to, size_t n)
{
	if (r->fd < 0) {
		n = n < r->mem_left ? n : r->mem_left;
		if (n > 0)
			memcpy(to, r->mem, n);
		r->mem += n;
		r->mem_left -= n;
		return (ssize_t)n;
	}
	for (;;) {
		ssize_t got = read(r->fd, to, n);
		if (got >= 0 || errno != EINTR)
			return got;
	}
}

/* Adds up to one chunk behind what is there. The room for it is part of cap, whatever the line's length. */
static bool fill(struct csv_reader *r, struct err *err)
{
	if (r->at > 0) {
		memmove(r->buf, r->buf + r->at, r->end - r->at);
		r->end -= r->at;
		r->at = 0;
	}
	size_t room = r->cap - 1 - r->end;
	ssize_t got = fetch(r, r->buf + r->end, room < READ_CHUNK ? room : READ_CHUNK);
	if (got < 0) {
		err_set(err, ERR_IO, "%s: cannot be read: %s", r->name, strerror(errno));
		return false;
	}
	r->eof = got == 0;
	r->end += (size_t)got;
	r->taken += got;
	return true;
}

/* Throws a long line away chunk by chunk; stops behind its newline or at the end of the file. */
static enum line_kind skip_line(struct csv_reader *r, struct err *err)
{
	for (;;) {
		r->at = r->end = r->searched = 0;
		if (!fill(r, err))
			return LINE_FAILED;
		if (r->eof)
			return LINE_LONG;
		const char *nl = memchr(r->buf, '\n', r->end);
		if (nl) {
			r->at = (size_t)(nl - r->buf) + 1;
			return LINE_LONG;
		}
	}
}

/* Cuts the next line off the buffer: *p has *n bytes without line end, and p[*n] may be written. */
static enum line_kind next_line(struct csv_reader *r, char **p, size_t *n, struct err *err)
{
	for (;;) {
		size_t left = r->end - r->at;
		char *from = r->buf + r->at;
		char *nl = left > r->searched ? memchr(from + r->searched, '\n', left - r->searched) : NULL;
		if (!nl && !r->eof && left <= CSV_LINE_MAX) {
			r->searched = left;
			if (!fill(r, err))
				return LINE_FAILED;
			continue;
		}
		if (!nl && left == 0)
			return LINE_END;
		r->lines++;
		r->unfinished = !nl;
		if (!nl && left > CSV_LINE_MAX)
			return skip_line(r, err);
		*p = from;
		*n = nl ? (size_t)(nl - from) : left;
		r->at += *n + (nl ? 1 : 0);
		r->searched = 0;
		if (*n > 0 && from[*n - 1] == '\r')
			--*n;
		return *n > CSV_LINE_MAX ? LINE_LONG : LINE_OK;
	}
}

/* --- Fields --------------------------------------------------------------- */

static bool is_blank_char(char c)
{
	return c == ' ' || c == '\t';
}

static bool add_field(struct csv_reader *r, const char *p, size_t n)
{
	if (r->n == CSV_FIELDS_MAX)
		return false;
	r->field[r->n++] = (struct str){p, n};
	return true;
}

/* Of a line without quotes and carriage returns libcsv only drops blanks around fields, so it need not be asked: this is
 * the same in a third of the time. */
static const char *split_plain(struct csv_reader *r, const char *p, size_t n)
{
	const char *end = p + n;
	for (;;) {
		const char *stop = memchr(p, r->delim, (size_t)(end - p));
		struct str f = {p, (size_t)((stop ? stop : end) - p)};
		if (f.n > 0 && (is_blank_char(f.p[0]) || is_blank_char(f.p[f.n - 1])))
			f = str_trim(f);
		if (!add_field(r, f.p, f.n))
			return "more than 1024 fields";
		if (!stop)
			return NULL;
		p = stop + 1;
	}
}

/* A field never has more bytes than libcsv has consumed of the line, so the fields are laid over the line itself. */
static const char *lay_over(struct csv_reader *r, const void *s, size_t n)
{
	char *p = r->put;
	if (n > 0)
		memcpy(p, s, n);
	r->put += n;
	return p;
}

static void on_field(void *s, size_t n, void *reader)
{
	struct csv_reader *r = reader;
	if (r->ended > 0) {
		r->stray = true;
		return;
	}
	if (!add_field(r, lay_over(r, s, n), n))
		r->too_many = true;
}

static void on_row(int c, void *reader)
{
	(void)c;
	((struct csv_reader *)reader)->ended++;
}

static bool is_blank(const char *p, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (p[i] != ' ' && p[i] != '\t' && p[i] != '\r')
			return false;
	return true;
}

/* Splits one line. NULL: field[] is filled; else what is wrong with it. */
static const char *split(struct csv_reader *r, char *p, size_t n)
{
	r->n = r->ended = 0;
	r->stray = r->too_many = false;
	r->put = p;
	if (memchr(p, '\0', n))
		return "the line holds a NUL byte";
	if (!memchr(p, '"', n) && !memchr(p, '\r', n))
		return split_plain(r, p, n);
	p[n] = '\n';
	if (csv_parse(&r->parser, p, n + 1, on_field, on_row, r) != n + 1)
		return "out of memory";
	if (r->ended == 0) {
		csv_fini(&r->parser, NULL, NULL, NULL);
		return "a quote is opened and not closed on this line";
	}
	if (r->stray)
		return "a carriage return stands inside the line";
	if (r->too_many)
		return "more than 1024 fields";
	return NULL;
}

void csv_refused(struct csv_reader *r)
{
	r->waste += r->length + WASTE_LINE;
}

/* A gigabyte of nonsense must not keep anyone waiting: told once, then the file has ended. */
static enum csv_row give_up(struct csv_reader *r)
{
	if (r->gave_up)
		return CSV_END;
	r->gave_up = true;
	r->why = "too much of this file is of no use: the rest of it is not read";
	return CSV_BAD_ROW;
}

enum csv_row csv_next(struct csv_reader *r, struct err *err)
{
	for (;;) {
		char *p = NULL;
		size_t n = 0;
		r->n = 0;
		r->why = "";
		if (r->waste > WASTE_MAX)
			return give_up(r);
		enum line_kind kind = next_line(r, &p, &n, err);
		if (kind == LINE_END)
			return CSV_END;
		if (kind == LINE_FAILED)
			return CSV_FAILED;
		r->line = r->lines;
		r->length = n;
		if (kind == LINE_LONG) {
			csv_refused(r);
			r->why = "the line is longer than 262144 bytes";
			return CSV_BAD_ROW;
		}
		if (n == 0 || ((p[0] == ' ' || p[0] == '\t' || p[0] == '\r') && is_blank(p, n))) {
			csv_refused(r);
			continue;
		}
		const char *why = split(r, p, n);
		if (!why)
			return CSV_ROW;
		r->n = 0;
		r->why = why;
		csv_refused(r);
		if (csv_error(&r->parser) == CSV_ENOMEM) {
			err_set(err, ERR_NOMEM, "%s: out of memory", r->name);
			return CSV_FAILED;
		}
		return CSV_BAD_ROW;
	}
}

/* --- Header --------------------------------------------------------------- */

/* Control bytes that no text has, in the first bytes: one in ten is not a stray byte any more. */
static bool looks_binary(const char *p, size_t n)
{
	size_t odd = 0;
	n = n < SNIFF ? n : SNIFF;
	for (size_t i = 0; i < n; i++) {
		unsigned char c = (unsigned char)p[i];
		odd += (c < 0x20 && c != '\t' && c != '\n' && c != '\r') || c == 0x7f;
	}
	return odd * 10 > n;
}

static char find_delimiter(const char *p, size_t n)
{
	static const char candidates[] = {';', ',', '\t'};
	size_t count[sizeof candidates] = {0};
	bool quoted = false;
	for (size_t i = 0; i < n; i++) {
		if (p[i] == '"')
			quoted = !quoted;
		for (size_t k = 0; k < sizeof candidates; k++)
			count[k] += !quoted && p[i] == candidates[k];
	}
	size_t best = 0;
	for (size_t k = 1; k < sizeof candidates; k++)
		if (count[k] > count[best])
			best = k;
	return candidates[best];
}

/* The row's fields live in the buffer, the header's must outlive it. */
static bool keep_header(struct csv_reader *r, struct err *err)
{
	size_t total = 1;
	for (uint32_t i = 0; i < r->n; i++)
		total += r->field[i].n;
	r->header_text = malloc(total);
	r->header = calloc(r->n + 1, sizeof *r->header);
	if (!r->header_text || !r->header)
		return err_set(err, ERR_NOMEM, "%s: out of memory", r->name);
	char *to = r->header_text;
	for (uint32_t i = 0; i < r->n; i++) {
		struct str name = str_trim(r->field[i]);
		if (name.n > 0)
			memcpy(to, name.p, name.n);
		r->header[i] = (struct str){to, name.n};
		to += name.n;
	}
	r->nheader = r->n;
	if (r->nheader > 1 && r->header[r->nheader - 1].n == 0)
		r->nheader--; /* the empty name behind a delimiter that ends the line */
	return true;
}

static bool skip_bom(struct csv_reader *r, struct err *err)
{
	while (!r->eof && r->end < SNIFF)
		if (!fill(r, err))
			return false;
	const char *p = r->buf;
	if (r->end >= 2 && (memcmp(p, "\xff\xfe", 2) == 0 || memcmp(p, "\xfe\xff", 2) == 0)) {
		err_set(err, ERR_FORMAT, "%s: is UTF-16 text; save it as UTF-8", r->name);
		return false;
	}
	/* Twice where files with one were joined or saved anew by a program that adds its own. */
	while (r->end - r->at >= 3 && memcmp(p + r->at, "\xef\xbb\xbf", 3) == 0)
		r->at += 3;
	if (looks_binary(r->buf + r->at, r->end - r->at)) {
		err_set(err, ERR_FORMAT, "%s: is not a text file", r->name);
		return false;
	}
	return true;
}

static bool read_header(struct csv_reader *r, struct err *err)
{
	if (!skip_bom(r, err))
		return false;
	char *p = NULL;
	size_t n = 0;
	enum line_kind kind;
	do {
		kind = next_line(r, &p, &n, err);
	} while (kind == LINE_OK && is_blank(p, n));
	if (kind == LINE_FAILED)
		return false;
	if (kind == LINE_END)
		return err_set(err, ERR_FORMAT, "%s: is empty", r->name);
	if (kind == LINE_LONG || !p)
		return err_set(err, ERR_FORMAT, "%s: the first line is longer than %d bytes", r->name, CSV_LINE_MAX);
	r->line = r->lines;
	r->delim = find_delimiter(p, n);
	csv_set_delim(&r->parser, (unsigned char)r->delim);
	const char *why = split(r, p, n);
	if (why)
		return err_set(err, ERR_FORMAT, "%s:%u: the header cannot be read: %s", r->name, (unsigned)r->line,
			       why);
	return keep_header(r, err);
}

/* --- Opening -------------------------------------------------------------- */

enum { BUFFER = CSV_LINE_MAX + READ_CHUNK + 1 }; /* a line of the longest kind and a chunk behind it */

static struct csv_reader *reader_new(const char *name, int64_t size, size_t cap, struct err *err)
{
	struct csv_reader *r = calloc(1, sizeof *r);
	if (!r || csv_init(&r->parser, 0) != 0) {
		free(r);
		err_set(err, ERR_NOMEM, "%s: out of memory", name);
		return NULL;
	}
	r->fd = -1;
	r->size = size;
	r->cap = cap;
	r->buf = malloc(r->cap);
	r->name = strdup(name);
	if (!r->buf || !r->name) {
		err_set(err, ERR_NOMEM, "%s: out of memory", name);
		csv_close(r);
		return NULL;
	}
	return r;
}

static struct csv_reader *started(struct csv_reader *r, struct err *err)
{
	if (read_header(r, err))
		return r;
	csv_close(r);
	return NULL;
}

/* O_NONBLOCK, then fstat: opening a pipe or a device must neither wait nor set anything going. */
static int open_regular(const char *path, int64_t *size, struct err *err)
{
	int fd = open(path, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
	struct stat st;
	if (fd < 0 || fstat(fd, &st) < 0) {
		err_set(err, errno == ENOENT ? ERR_NOT_FOUND : ERR_IO, "%s: cannot be opened: %s", path,
			strerror(errno));
		if (fd >= 0)
			close(fd);
		return -1;
	}
	if (!S_ISREG(st.st_mode)) {
		err_set(err, ERR_IO, "%s: is a %s, not a file", path,
			S_ISDIR(st.st_mode) ? "folder" : "pipe or device");
		close(fd);
		return -1;
	}
	*size = st.st_size;
	return fd;
}

struct csv_reader *csv_open(const char *path, struct err *err)
{
	int64_t size = 0;
	int fd = open_regular(path, &size, err);
	if (fd < 0)
		return NULL;
	struct csv_reader *r = reader_new(path, size, BUFFER, err);
	if (!r) {
		close(fd);
		return NULL;
	}
	r->fd = fd;
	return started(r, err);
}

struct csv_reader *csv_open_memory(const char *name, const char *p, size_t n, struct err *err)
{
	/* A few bytes need no more than their own room, and one for a line end. */
	struct csv_reader *r = reader_new(name, (int64_t)n, n < CSV_LINE_MAX ? n + 1 : BUFFER, err);
	if (!r)
		return NULL;
	r->mem = n > 0 ? p : "";
	r->mem_left = n;
	return started(r, err);
}

struct csv_reader *csv_open_fed(const char *name, const char *p, size_t n, struct err *err)
{
	struct csv_reader *r = reader_new(name, 0, BUFFER, err);
	if (!r)
		return NULL;
	csv_feed(r, p, n);
	return started(r, err);
}

void csv_feed(struct csv_reader *r, const char *p, size_t n)
{
	r->mem = n > 0 ? p : "";
	r->mem_left = n;
	r->eof = false;
}

void csv_close(struct csv_reader *r)
{
	if (!r)
		return;
	if (r->fd >= 0)
		close(r->fd);
	csv_free(&r->parser);
	free(r->header_text);
	free(r->header);
	free(r->buf);
	free(r->name);
	free(r);
}

/* --- Looking -------------------------------------------------------------- */

char csv_delimiter(const struct csv_reader *r)
{
	return r->delim;
}

int csv_column(const struct csv_reader *r, const char *name)
{
	struct str wanted = str_from(name);
	for (uint32_t i = 0; i < r->nheader; i++)
		if (str_eq_nocase(r->header[i], wanted))
			return (int)i;
	return -1;
}

uint32_t csv_columns(const struct csv_reader *r)
{
	return r->nheader;
}

struct str csv_header(const struct csv_reader *r, uint32_t column)
{
	return column < r->nheader ? r->header[column] : STR("");
}

uint32_t csv_line(const struct csv_reader *r)
{
	return r->line;
}

const char *csv_why(const struct csv_reader *r)
{
	return r->why ? r->why : "";
}

bool csv_unfinished(const struct csv_reader *r)
{
	return r->unfinished;
}

uint32_t csv_fields(const struct csv_reader *r)
{
	return r->n;
}

struct str csv_field(const struct csv_reader *r, int column)
{
	if (column < 0 || (uint32_t)column >= r->n)
		return STR("");
	struct str f = r->field[column];
	return f.n > 0 && (is_blank_char(f.p[0]) || is_blank_char(f.p[f.n - 1])) ? str_trim(f) : f;
}

unsigned csv_progress(const struct csv_reader *r)
{
	int64_t done = r->taken - (int64_t)(r->end - r->at);
	if (r->size <= 0 || done >= r->size)
		return 1000;
	return (unsigned)((double)done * 1000.0 / (double)r->size);
}
