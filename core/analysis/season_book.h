/* What is worked out of all sessions and the season's JSON together: made in the worker, handed over whole, never changed. It points
 * into the dataset, whose sessions must not be replaced while it is looked at. */
#ifndef ANALYSIS_SEASON_BOOK_H
#define ANALYSIS_SEASON_BOOK_H

#include <stdatomic.h>

#include "core/analysis/season_results.h"
#include "core/analysis/skill.h"

struct season_book {
	struct arena *arena;
	const struct dataset *dataset;
	struct season_table table;
	struct season_sum *sum; /* one a row of the table, like skill */
	struct skill *skill;
};

/* cancel: looked at between races; NULL none. NULL with err when cancelled (ERR_CANCELLED) or out of memory. */
struct season_book *season_book_new(const struct dataset *d, const atomic_bool *cancel, struct err *err) MUST_CHECK;
void season_book_free(struct season_book *b); /* NULL is fine */

#endif
