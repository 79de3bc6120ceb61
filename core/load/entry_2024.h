/* Who drives what, as the lap list of MYLAPS says it in every row: JSON in the fields "entry" and "drivers". */
#ifndef LOAD_ENTRY_2024_H
#define LOAD_ENTRY_2024_H

#include <stdbool.h>

#include "core/base/str.h"

enum { ENTRY_TEXT = 160 };

struct entry_2024 { /* "" where the JSON does not tell */
	char team[ENTRY_TEXT], car[ENTRY_TEXT], driver[ENTRY_TEXT];
	char *seen; /* the two fields this came from */
	size_t seen_n;
};

/* Reads both unless they are those read last (e all zero at first). What is not JSON tells nothing. false: out of memory. */
bool entry_2024_read(struct entry_2024 *e, struct str entry, struct str drivers);
void entry_2024_free(struct entry_2024 *e);

#endif
