/* Where the gap came from: every common lap in exactly one row, by what YOUR lap was. Used by compare_make. */
#ifndef ANALYSIS_LEDGER_H
#define ANALYSIS_LEDGER_H

#include "core/analysis/compare.h"

/* Fills ledger, nledger and ledger_sum of c from its pairs. Memory from arena. */
bool ledger_make(const struct analysis *an, struct comparison *c, struct arena *arena, struct err *err) MUST_CHECK;
/* The row of a kind; NULL none. For LEDGER_BEHIND the first one. */
const struct ledger_row *ledger_find(const struct comparison *c, enum ledger_kind kind);

#endif
