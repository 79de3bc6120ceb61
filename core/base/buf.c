#include "core/base/buf.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void buf_init(struct buf *b, size_t max)
{
	*b = (struct buf){.max = max < SIZE_MAX / 2 ? max : SIZE_MAX / 2};
}

void buf_release(struct buf *b)
{
	free(b->p);
	buf_init(b, b->max);
}

void buf_clear(struct buf *b)
{
	b->n = 0;
	b->failed = false;
	if (b->p)
		b->p[0] = '\0';
}

static bool fail(struct buf *b)
{
	b->failed = true;
	return false;
}

/* Room for n more bytes and a NUL. cap counts the NUL's byte, max does not. */
static bool reserve(struct buf *b, size_t n)
{
	size_t cap = b->cap ? b->cap : 64;
	char *p;

	if (b->failed)
		return false;
	if (n > b->max - b->n)
		return fail(b);
	if (b->n + n < b->cap)
		return true;
	while (cap <= b->n + n)
		cap *= 2;
	if (cap > b->max + 1)
		cap = b->max + 1;
	p = realloc(b->p, cap);
	if (!p)
		return fail(b);
	b->p = p;
	b->cap = cap;
	return true;
}

bool buf_add(struct buf *b, const void *p, size_t n)
{
	if (!reserve(b, n))
		return false;
	if (n > 0)
		memcpy(b->p + b->n, p, n);
	b->n += n;
	b->p[b->n] = '\0';
	return true;
}

bool buf_str(struct buf *b, const char *s)
{
	return buf_add(b, s, s ? strlen(s) : 0);
}

bool buf_char(struct buf *b, char c)
{
	return buf_add(b, &c, 1);
}

bool buf_vfmt(struct buf *b, const char *fmt, va_list ap)
{
	va_list again;
	int n;

	if (!reserve(b, 0))
		return false;
	va_copy(again, ap);
	n = vsnprintf(b->p + b->n, b->cap - b->n, fmt, ap);
	if (n < 0 || !reserve(b, (size_t)n)) {
		b->p[b->n] = '\0'; /* what the first try left behind */
		va_end(again);
		return fail(b);
	}
	vsnprintf(b->p + b->n, b->cap - b->n, fmt, again);
	va_end(again);
	b->n += (size_t)n;
	return true;
}

bool buf_fmt(struct buf *b, const char *fmt, ...)
{
	va_list ap;
	bool ok;

	va_start(ap, fmt);
	ok = buf_vfmt(b, fmt, ap);
	va_end(ap);
	return ok;
}

char *buf_room(struct buf *b, size_t n)
{
	if (!reserve(b, n))
		return NULL;
	b->p[b->n] = '\0';
	b->p[b->n + n] = '\0';
	return b->p + b->n;
}

struct str buf_view(const struct buf *b)
{
	return (struct str){b->p, b->n};
}
