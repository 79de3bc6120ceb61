/* Is every number that a note says found in the data? Worked out from the session and the comparison, not from the coach. */
#ifndef TESTS_UNIT_NOTE_NUMBERS_H
#define TESTS_UNIT_NOTE_NUMBERS_H

#include "core/analysis/coach.h"

/* The figures a session has for two cars; c NULL: one car against its own laps. */
struct figures {
	ms_t *ms;
	uint32_t n, cap;
	uint32_t most; /* the greatest whole number that counts something: laps, cars, places */
};
void figures_of(const struct analysis *an, const struct comparison *c, uint32_t you, struct figures *out);
void figures_free(struct figures *f);
/* The first number of the text that is no figure of the session nor of the note's evidence; NULL when all are. */
const char *number_not_found(const struct analysis *an, const struct figures *f, const struct note *n,
			     const char *text);

#endif
