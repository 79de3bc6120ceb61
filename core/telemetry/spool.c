#include "core/telemetry/spool.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const size_t write_behind = (size_t)512 * 1024, entries_max = 1u << 20;

bool tel_spool_open(struct tel_spool *s, const char *store, struct err *err)
{
	char name[4200];

	*s = (struct tel_spool){.fd = -1, .beside = store};
	buf_init(&s->out, 8u << 20);
	if (snprintf(name, sizeof name, "%s.import-XXXXXX", store) >= (int)sizeof name)
		return err_set(err, ERR_IO, "%s: the name is too long", store);
	s->fd = mkstemp(name);
	if (s->fd < 0)
		return err_set(err, ERR_IO, "%s: cannot make a file beside it: %s", store, strerror(errno));
	unlink(name);
	return true;
}

void tel_spool_close(struct tel_spool *s)
{
	if (s->fd >= 0)
		close(s->fd);
	s->fd = -1;
	free(s->entry);
	buf_release(&s->out);
}

bool tel_spool_flush(struct tel_spool *s, struct err *err)
{
	const char *p = s->out.p;
	size_t n = s->out.n;

	while (n > 0) {
		ssize_t k = write(s->fd, p, n);
		if (k < 0 && errno == EINTR)
			continue;
		if (k < 0 && errno == ENOSPC)
			return err_set(err, ERR_IO,
				       "%s: the disk is full; nothing was changed: make room and try again", s->beside);
		if (k < 0)
			return err_set(err, ERR_IO, "%s: what goes into it cannot be written beside it: %s", s->beside,
				       errno == EFBIG ? "larger than files may be here (ulimit -f)" : strerror(errno));
		p += k;
		n -= (size_t)k;
	}
	buf_clear(&s->out);
	return true;
}

bool tel_spool_add(struct tel_spool *s, const struct tel_spooled *e, struct str bytes, struct err *err)
{
	if (s->n == entries_max)
		return err_set(err, ERR_FORMAT, "%s: the samples lie too far apart in time to be telemetry", s->beside);
	if (s->n == s->cap) {
		size_t cap = s->cap ? s->cap * 2 : 256;
		struct tel_spooled *wider = realloc(s->entry, cap * sizeof *wider);
		if (!wider)
			return err_set(err, ERR_NOMEM, "%s: no memory to import", s->beside);
		s->entry = wider;
		s->cap = cap;
	}
	s->entry[s->n] = *e;
	s->entry[s->n].at = s->size;
	s->entry[s->n++].bytes = (uint32_t)bytes.n;
	s->size += bytes.n;
	if (!buf_add(&s->out, bytes.p, bytes.n))
		return err_set(err, ERR_NOMEM, "%s: no memory to import", s->beside);
	return s->out.n < write_behind || tel_spool_flush(s, err);
}

bool tel_spool_get(const struct tel_spool *s, const struct tel_spooled *e, struct buf *out, struct err *err)
{
	char *to = buf_room(out, e->bytes);
	size_t have = 0;

	if (!to)
		return err_set(err, ERR_NOMEM, "%s: no memory to import", s->beside);
	while (have < e->bytes) {
		ssize_t got = pread(s->fd, to + have, e->bytes - have, (off_t)(e->at + have));
		if (got < 0 && errno == EINTR)
			continue;
		if (got <= 0)
			return err_set(err, ERR_IO, "%s: what was written beside it cannot be read back: %s", s->beside,
				       got < 0 ? strerror(errno) : "it has become shorter");
		have += (size_t)got;
	}
	out->n += e->bytes;
	return true;
}
