#include "core/load/build_rows.h"

#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* --- Sorting by the clock, dropping duplicates ----------------------------- */

int build_key_cmp(const void *pa, const void *pb)
{
	const struct key *a = pa, *b = pb;
	if (a->number != b->number)
		return a->number < b->number ? -1 : 1;
	if (a->elapsed != b->elapsed)
		return a->elapsed < b->elapsed ? -1 : 1;
	if (a->lap != b->lap)
		return a->lap < b->lap ? -1 : 1;
	return (a->line > b->line) - (a->line < b->line);
}

/* Files come grouped by car, so there is mostly nothing to sort. */
void build_sort_keys(struct key *k, uint32_t n)
{
	for (uint32_t i = 1; i < n; i++) {
		if (build_key_cmp(&k[i - 1], &k[i]) > 0) {
			qsort(k, n, sizeof *k, build_key_cmp);
			return;
		}
	}
}

struct key *build_make_keys(const struct session_build *b)
{
	struct key *k = malloc(b->nrows * sizeof *k);
	for (uint32_t i = 0; k && i < b->nrows; i++) {
		const struct row *r = &b->rows[i];
		k[i] = (struct key){r->text[TEXT_NUMBER], r->elapsed, r->lap, r->line, i};
	}
	if (k)
		build_sort_keys(k, b->nrows);
	return k;
}

bool build_same_place(const struct key *a, const struct key *b)
{
	return a->number == b->number && a->elapsed == b->elapsed && a->lap == b->lap;
}

/* Is the row of k already among the kept keys just before `end`? Two versions of one crossing are not two laps: the first
 * is kept, the other refused. Without ELAPSED nothing says they are the same crossing: only identical rows are duplicates. */
static bool drop_repeat(struct session_build *b, const struct key *kept, uint32_t end, const struct key *k)
{
	char why[120];
	for (uint32_t i = end; i > 0 && end - i < BUILD_SAME_NUMBER_MAX && build_same_place(&kept[i - 1], k); i--) {
		if (build_same_row(&b->rows[kept[i - 1].row], &b->rows[k->row])) {
			b->s->duplicate_rows++;
			return true;
		}
		if (k->elapsed != MS_NONE) {
			snprintf(why, sizeof why,
				 "the same lap with the same ELAPSED stands on line %u with other values",
				 (unsigned)kept[i - 1].line);
			build_refuse(b, k->line, why);
			return true;
		}
	}
	return false;
}

uint32_t build_drop_repeats(struct session_build *b, struct key *k, uint32_t n)
{
	uint32_t kept = 0;
	for (uint32_t i = 0; i < n; i++)
		if (!drop_repeat(b, k, kept, &k[i]))
			k[kept++] = k[i];
	return kept;
}
