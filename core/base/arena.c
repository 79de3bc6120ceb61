#include "core/base/arena.h"

#include <stdalign.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/* The first is small: a folder may hold thousands of sessions of a few laps. */
enum { FIRST_CHUNK = 4 * 1024, LAST_CHUNK = 1024 * 1024 };

struct chunk {
	struct chunk *next;
	size_t used, size; /* of the bytes behind the header */
};

struct arena {
	struct chunk *top;
	size_t ceiling, taken, next_size;
};

#define ALIGN alignof(max_align_t)
/* The header rounded up, so that what follows it is aligned for any type. */
#define HEADER ((sizeof(struct chunk) + ALIGN - 1) / ALIGN * ALIGN)

struct arena *arena_new(size_t ceiling)
{
	struct arena *a = calloc(1, sizeof *a);

	if (!a)
		return NULL;
	a->ceiling = ceiling ? ceiling : (size_t)1 << 30;
	a->next_size = FIRST_CHUNK;
	return a;
}

void arena_free(struct arena *a)
{
	struct chunk *c, *next;

	if (!a)
		return;
	for (c = a->top; c; c = next) {
		next = c->next;
		free(c);
	}
	free(a);
}

/* A chunk with room for `need` bytes on top; smaller than usual when the ceiling is near. */
static bool grow(struct arena *a, size_t need)
{
	size_t left = a->ceiling - a->taken;
	size_t total = a->next_size;
	struct chunk *c;

	if (left < HEADER || need > left - HEADER)
		return false;
	if (total < need + HEADER)
		total = need + HEADER;
	if (total > left)
		total = left;
	c = calloc(1, total); /* large ones come from the system already zeroed and untouched */
	if (!c)
		return false;
	c->size = total - HEADER;
	c->next = a->top;
	a->top = c;
	a->taken += total;
	if (a->next_size < LAST_CHUNK)
		a->next_size *= 2;
	return true;
}

void *arena_alloc(struct arena *a, size_t size)
{
	struct chunk *c = a->top;
	char *p;

	if (size > SIZE_MAX / 2)
		return NULL;
	size = (size + (size == 0) + ALIGN - 1) / ALIGN * ALIGN;
	if (!c || size > c->size - c->used) {
		if (!grow(a, size))
			return NULL;
		c = a->top;
	}
	p = (char *)c + HEADER + c->used;
	c->used += size;
	return p;
}

void *arena_array(struct arena *a, size_t n, size_t size)
{
	if (size != 0 && n > SIZE_MAX / size)
		return NULL;
	return arena_alloc(a, n * size);
}

char *arena_strndup(struct arena *a, const char *s, size_t len)
{
	char *copy = len < SIZE_MAX ? arena_alloc(a, len + 1) : NULL;

	if (copy && len > 0)
		memcpy(copy, s, len);
	return copy;
}

char *arena_str(struct arena *a, struct str s)
{
	return arena_strndup(a, s.p, s.n);
}

size_t arena_used(const struct arena *a)
{
	return a->taken;
}
