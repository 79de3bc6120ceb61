#include "core/report/factor_words.h"

#include <math.h>
#include <stdio.h>

struct var_gap top_gap(const struct season_book *b, uint32_t row, enum race_var v)
{
	uint32_t top[TOP], n = top_of_factor(b->skill, b->table.nrows, race_var_info(v)->factor, top);

	return var_gap(&b->factors, row, top, n, v);
}

void work_words(const struct season_book *b, uint32_t row, enum race_var v, char out[WORK_WORDS])
{
	static const char *const of[VARS] = {
		[VAR_QUALIFYING] = "slower in qualifying than",
		[VAR_BEST_LAP] = "slower on the best lap than",
		[VAR_BEST_TEN] = "a lap slower over the ten best than",
		[VAR_STINT] = "more spread from lap to lap than",
		[VAR_SECTORS] = "more spread in a sector than",
		[VAR_FIRST_SECTOR] = "more spread in S1 than",
		[VAR_GAINED] = "fewer gained than",
		[VAR_CHANGED] = "less of the places fought for won than",
		[VAR_DEGRADATION] = "more lost to the field than",
		[VAR_LATE] = "a lap slower in the last third than",
		[VAR_EARLY_LATE] = "a lap more lost from first to last third than",
	};
	const struct race_var_info *info = race_var_info(v);
	struct var_gap g = top_gap(b, row, v);
	char t[NUM_LEN];

	snprintf(out, WORK_WORDS, "%s: %s %s %s the top three (%u race%s)", info->name,
		 dec_str(t, fabs(g.gap), info->decimals), v == VAR_CHANGED ? "points" : info->unit, of[v], g.races,
		 g.races == 1 ? "" : "s");
}
