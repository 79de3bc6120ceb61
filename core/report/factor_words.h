/* What to work on, in words: the same for the command and the screen. */
#ifndef REPORT_FACTOR_WORDS_H
#define REPORT_FACTOR_WORDS_H

#include "core/analysis/season_book.h"

enum { WORK_WORDS = 160 };

/* A driver against the top three of the variable's factor, in the races all share. */
struct var_gap top_gap(const struct season_book *b, uint32_t row, enum race_var v);
/* "Degradation: loses 0.0123 s/lap to the top three (4 races)". */
void work_words(const struct season_book *b, uint32_t row, enum race_var v, char out[WORK_WORDS]);

#endif
