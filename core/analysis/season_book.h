/* What is worked out of all sessions and the season's JSON together: made in the worker, handed over whole, never changed. It points
 * into the dataset, whose sessions must not be replaced while it is looked at. */
#ifndef ANALYSIS_SEASON_BOOK_H
#define ANALYSIS_SEASON_BOOK_H

#include <stdatomic.h>

#include "core/analysis/improve.h"
#include "core/analysis/season_factors.h"
#include "core/analysis/season_results.h"

struct season_book {
	struct arena *arena;
	const struct dataset *dataset;
	struct season_table table;
	const char **id;        /* one a row of the table: number, "47#2" for the second driver with it */
	struct season_sum *sum; /* one a row of the table, like skill */
	struct skill *skill;    /* of the JSON, else computed */
	struct season_factors factors;
	struct season_forecast forecast;
	struct improve_model improve;
};

/* The row of a driver by id (any case), else by a part of the name that fits one driver only; NO_DRIVER_ROW none, *several tells why. */
#define NO_DRIVER_ROW UINT32_MAX
uint32_t season_book_row(const struct season_book *b, const char *who, bool *several);
/* Every track of races and JSON once: the n-th id, its JSON or NULL. false: no more. */
bool season_book_track(const struct season_book *b, uint32_t n, const char **id, const struct season_track **json);

/* cancel: looked at between races; NULL none. NULL with err when cancelled (ERR_CANCELLED) or out of memory. */
struct season_book *season_book_new(const struct dataset *d, const atomic_bool *cancel, struct err *err) MUST_CHECK;
void season_book_free(struct season_book *b); /* NULL is fine */

#endif
