/* Wilcoxon's signed-rank test: are differences as often and as far below zero as above it? Sees more than the sign test where laps
 * scatter evenly to both sides, for it also counts how far. */
#ifndef ANALYSIS_SIGNED_RANK_H
#define ANALYSIS_SIGNED_RANK_H

#include <stdint.h>

#include "core/analysis/stat.h"
#include "core/base/arena.h"

/* Two-sided p; zeros are left out, equal sizes share their ranks. Exact up to 50 values (equal sizes as if they were not), beyond
 * by the normal approximation. Changes the order of v. 1 where n is 0 or memory is out. */
double signed_rank_p(ms_t *v, uint32_t n, struct arena *scratch);

#endif
