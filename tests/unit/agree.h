/* The program's figures beside the reference's: whole numbers exactly, doubles to 1e-6, slopes to 1e-9 (relative). */
#ifndef TESTS_UNIT_AGREE_H
#define TESTS_UNIT_AGREE_H

#include "core/analysis/analysis.h"
#include "tests/unit/reference.h"

/* Every figure of the session and of each of its cars and laps. Cars are found by id, so that their order does not matter. How many
 * figures were compared; fails the test after telling the first differences. */
unsigned long agree_figures(const struct analysis *an, const struct reference *r, const char *name);
/* Comparisons of neighbours in the table, both ways; or of every car with every other. */
unsigned long agree_pairs(const struct analysis *an, const struct reference *r, const char *name, bool every);

#endif
