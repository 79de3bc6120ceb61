/* Inside telemetry: the words of a corner's note. */
#ifndef TELEMETRY_ADVICE_TEXT_H
#define TELEMETRY_ADVICE_TEXT_H

#include "core/telemetry/advice.h"

/* Fills where, head, text and action of the note; false: out of memory. */
bool tel_advice_words(const struct tel_set *s, const struct tel_five *f, const struct tel_five_row *r, struct arena *a,
		      struct tel_advice *out);
/* "C2, C4"; "" none; NULL out of memory. */
const char *tel_not_clear(const struct tel_set *s, const struct tel_five *f, struct arena *a);
/* "lap, S1, C2": one list of two. */
const char *tel_both(const char *first, const char *second, struct arena *arena);

#endif
