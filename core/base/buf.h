/* Growable bytes with a ceiling that every user must state. After a failed append the buffer keeps what it
 * had and `failed` stays true, so a writer can append freely and check once at the end. */
#ifndef BASE_BUF_H
#define BASE_BUF_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>

#include "core/base/err.h"
#include "core/base/str.h"

struct buf {
	char *p; /* NUL-terminated once anything was appended; NULL before */
	size_t n, cap, max;
	bool failed;
};

void buf_init(struct buf *b, size_t max);
void buf_release(struct buf *b); /* frees; b may be initialised again */
void buf_clear(struct buf *b);   /* empties, keeps the memory, forgets `failed` */
bool buf_add(struct buf *b, const void *p, size_t n);
bool buf_str(struct buf *b, const char *s);
bool buf_char(struct buf *b, char c);
bool buf_fmt(struct buf *b, const char *fmt, ...) PRINTF_LIKE(2, 3);
bool buf_vfmt(struct buf *b, const char *fmt, va_list ap) PRINTF_LIKE(2, 0);
/* Makes room for n more bytes and returns where they go; b->n is the caller's to advance
 * (and p[n] to end with NUL, for which there is room, if somebody reads p as a string). NULL on failure. */
char *buf_room(struct buf *b, size_t n);
struct str buf_view(const struct buf *b); /* valid until the next change */

#endif
