/* Rows of the ledger as panes show them: which of many fit, and their words. */
#ifndef TUI_SCREENS_LEDGER_ROWS_H
#define TUI_SCREENS_LEDGER_ROWS_H

#include "tui/view.h"

enum { LEDGER_SHOWN = 64 };

/* What is shown: every row where they fit; else the cars followed that cost least are one row, so that the sum stays whole. */
struct ledger_shown {
	uint32_t row[LEDGER_SHOWN];
	uint32_t n;
	struct ledger_row rest; /* kind LEDGER_BEHIND, behind NO_CAR; n 0: nothing is folded */
	uint32_t folded;        /* rows in it */
};

/* room: rows there are, the one of the rest included. */
void ledger_choose(const struct comparison *c, int room, struct ledger_shown *s);
/* "1", "3-11", "4 9-12"; "n laps" where that takes more than `room` columns. */
void ledger_laps(const struct comparison *c, const struct ledger_row *r, int room, char *out, size_t cap);
/* "clear air", "behind 72", "4 others" for a row that folds so many. */
void ledger_row_name(const struct session *s, const struct ledger_row *r, uint32_t folded, char out[64]);

#endif
