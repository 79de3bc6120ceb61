#include "core/analysis/sort_keys.h"

#include <stdlib.h>
#include <string.h>

enum { DIGIT_BITS = 8, DIGITS = 8, BUCKETS = 1 << DIGIT_BITS };

static unsigned digit(uint64_t key, unsigned d)
{
	return (unsigned)(key >> (d * DIGIT_BITS)) & (BUCKETS - 1);
}

/* One stable pass over one digit; false when all keys have the same, so that nothing was moved. */
static bool pass(const struct keyed *from, struct keyed *to, uint32_t n, unsigned d)
{
	uint32_t start[BUCKETS] = {0}, at = 0;

	for (uint32_t i = 0; i < n; i++)
		start[digit(from[i].key, d)]++;
	if (start[digit(from[0].key, d)] == n)
		return false;
	for (unsigned b = 0; b < BUCKETS; b++) {
		uint32_t count = start[b];
		start[b] = at;
		at += count;
	}
	for (uint32_t i = 0; i < n; i++)
		to[start[digit(from[i].key, d)]++] = from[i];
	return true;
}

void keys_sort(struct keyed *v, struct keyed *spare, uint32_t n)
{
	struct keyed *from = v, *to = spare;

	if (n < 2)
		return;
	for (unsigned d = 0; d < DIGITS; d++) {
		if (!pass(from, to, n, d))
			continue;
		struct keyed *other = from;
		from = to;
		to = other;
	}
	if (from != v)
		memcpy(v, from, n * sizeof *v);
}

uint64_t key_of(ms_t time, uint32_t tie)
{
	uint64_t shifted = (uint64_t)((int64_t)time - INT32_MIN);

	/* An unknown time is the least number there is; as a time it belongs behind all known ones. */
	if (time == MS_NONE)
		shifted = (uint64_t)UINT32_MAX + 1;
	return shifted << 20 | tie;
}

struct named {
	const char *id;
	uint32_t car;
};

static int by_id(const void *a, const void *b)
{
	const struct named *x = a, *y = b;
	int c = strcmp(x->id, y->id);

	return c ? c : (x->car > y->car) - (x->car < y->car);
}

const uint32_t *car_id_ranks(const struct session *s, struct arena *a)
{
	struct named *v = ARENA_ARRAY(a, s->ncars, struct named);
	uint32_t *rank = ARENA_ARRAY(a, s->ncars, uint32_t);

	if (!v || !rank)
		return NULL;
	for (uint32_t i = 0; i < s->ncars; i++)
		v[i] = (struct named){s->cars[i].id, i};
	if (s->ncars > 1)
		qsort(v, s->ncars, sizeof *v, by_id);
	for (uint32_t i = 0; i < s->ncars; i++)
		rank[v[i].car] = i;
	return rank;
}
