/* Sorts numbers that carry an index: crossings and sectors in the order of the clock. */
#ifndef ANALYSIS_SORT_KEYS_H
#define ANALYSIS_SORT_KEYS_H

#include <stdint.h>

#include "core/base/arena.h"
#include "core/base/err.h"
#include "core/model/session.h"

struct keyed {
	uint64_t key;
	uint32_t index;
};

/* Ascending by key, equal keys in the order they had; spare has room for n too. Linear time (radix). */
void keys_sort(struct keyed *v, struct keyed *spare, uint32_t n);
/* A key that sorts by time, then by `tie` (under 2^20). Times before zero and unknown ones are sorted, too. */
uint64_t key_of(ms_t time, uint32_t tie);
/* Place of each car's id in the order of the bytes: what breaks ties between equal times. NULL when out of memory. */
const uint32_t *car_id_ranks(const struct session *s, struct arena *a) MUST_CHECK;

#endif
