/* Bump allocator: many small pieces, freed together. One belongs to each loaded session, so that
 * dropping a session is one call and a failed load needs no clean-up path. */
#ifndef BASE_ARENA_H
#define BASE_ARENA_H

#include <stddef.h>

#include "core/base/str.h"

struct arena;

/* ceiling: the most bytes it will ever hold (0: 1 GiB). NULL when out of memory. */
struct arena *arena_new(size_t ceiling);
void arena_free(struct arena *a); /* NULL is fine */

/* Zeroed memory, aligned for any type, valid until arena_free. size 0 gives a valid pointer.
 * NULL when memory or the ceiling is reached: the caller reports ERR_NOMEM. */
void *arena_alloc(struct arena *a, size_t size);
/* n * size with the product checked. */
void *arena_array(struct arena *a, size_t n, size_t size);
/* A NUL-terminated copy (NUL bytes inside are kept; len decides). */
char *arena_strndup(struct arena *a, const char *s, size_t len);
char *arena_str(struct arena *a, struct str s);
size_t arena_used(const struct arena *a); /* bytes taken from the system */

#define ARENA_NEW(a, type)      ((type *)arena_alloc((a), sizeof(type)))
#define ARENA_ARRAY(a, n, type) ((type *)arena_array((a), (n), sizeof(type)))

#endif
