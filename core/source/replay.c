#include "core/source/replay.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/path.h"

static const size_t file_max = (size_t)1 << 30;

struct at_line {
	ms_t at;
	uint32_t line; /* physical, header = 1 */
	uint16_t lap;
	struct str text;
};

struct replay {
	struct buf bytes;
	struct str header;
	struct at_line *row;
	uint32_t n;
	char *last; /* a copy of the file's last line with the newline it lacks; NULL where it has one */
};

static const char *lap_file(const struct session *s)
{
	for (uint32_t i = 0; i < s->files.n; i++)
		if (s->files.at[i].role == ROLE_LAPS && s->files.at[i].state == FILE_USED)
			return s->files.at[i].path;
	return NULL;
}

static int by_line(const void *pa, const void *pb)
{
	const struct at_line *a = pa, *b = pb;
	return (a->line > b->line) - (a->line < b->line);
}

static int by_time(const void *pa, const void *pb)
{
	const struct at_line *a = pa, *b = pb;
	if (a->at != b->at)
		return a->at < b->at ? -1 : 1;
	return by_line(pa, pb);
}

static bool take_laps(struct replay *r, const struct session *s)
{
	r->row = calloc(s->laps.n + 1u, sizeof *r->row);
	if (!r->row)
		return false;
	for (uint32_t i = 0; i < s->laps.n; i++)
		if (s->laps.elapsed[i] != MS_NONE)
			r->row[r->n++] = (struct at_line){
				.at = s->laps.elapsed[i], .line = s->laps.line[i], .lap = s->laps.number[i]};
	if (r->n > 0)
		qsort(r->row, r->n, sizeof *r->row, by_line);
	return true;
}

/* The next line with its line end; a last one without gets the newline it needs to be a row for who follows. */
static bool next_line(struct replay *r, struct str *rest, struct str *line)
{
	const char *nl = rest->n > 0 ? memchr(rest->p, '\n', rest->n) : NULL;
	*line = (struct str){rest->p, nl ? (size_t)(nl - rest->p) + 1 : rest->n};
	rest->p += line->n;
	rest->n -= line->n;
	if (nl || line->n == 0)
		return true;
	r->last = malloc(line->n + 1);
	if (!r->last)
		return false;
	memcpy(r->last, line->p, line->n);
	r->last[line->n++] = '\n';
	line->p = r->last;
	return true;
}

static bool is_blank(struct str line)
{
	for (size_t i = 0; i < line.n; i++)
		if (!strchr(" \t\r\n", line.p[i]))
			return false;
	return true;
}

static bool find_lines(struct replay *r)
{
	struct str rest = buf_view(&r->bytes), line;
	uint32_t i = 0;
	for (uint32_t number = 1; rest.n > 0; number++) {
		if (!next_line(r, &rest, &line))
			return false;
		if (r->header.n == 0)
			r->header = is_blank(line) ? r->header : line;
		else if (i < r->n && r->row[i].line == number)
			r->row[i++].text = line;
	}
	return true;
}

/* Were the lines found where the session says they are? */
static bool complete(const struct replay *r)
{
	for (uint32_t i = 0; i < r->n; i++)
		if (r->row[i].text.n == 0)
			return false;
	return true;
}

static bool fill(struct replay *r, const struct session *s, struct err *err)
{
	const char *path = lap_file(s);
	if (!path)
		return err_set(err, ERR_NOT_FOUND, "%s: its lap file is not known", s->id);
	if (!s->has_elapsed)
		return err_set(err, ERR_FORMAT, "%s: it has no clock (ELAPSED): it cannot be replayed", path);
	if (!file_read(path, &r->bytes, err))
		return false;
	if (!take_laps(r, s) || !find_lines(r))
		return err_set(err, ERR_NOMEM, "%s: out of memory", path);
	if (!complete(r))
		return err_set(err, ERR_FORMAT, "%s: the file has changed while it was read: try again", path);
	if (r->n > 0)
		qsort(r->row, r->n, sizeof *r->row, by_time);
	return true;
}

struct replay *replay_new(const struct session *s, struct err *err)
{
	struct replay *r = calloc(1, sizeof *r);
	if (!r) {
		err_set(err, ERR_NOMEM, "out of memory");
		return NULL;
	}
	buf_init(&r->bytes, file_max);
	if (fill(r, s, err))
		return r;
	replay_free(r);
	return NULL;
}

void replay_free(struct replay *r)
{
	if (!r)
		return;
	buf_release(&r->bytes);
	free(r->row);
	free(r->last);
	free(r);
}

struct str replay_header(const struct replay *r)
{
	return r->header;
}

uint32_t replay_rows(const struct replay *r)
{
	return r->n;
}

struct str replay_row(const struct replay *r, uint32_t i, ms_t *at)
{
	*at = r->row[i].at;
	return r->row[i].text;
}

ms_t replay_lap_at(const struct replay *r, uint16_t lap)
{
	for (uint32_t i = 0; i < r->n; i++)
		if (r->row[i].lap == lap)
			return r->row[i].at;
	return MS_NONE;
}
