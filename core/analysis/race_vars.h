/* What the four factors are made of, worked out of one race's laps for every car. All are within the race: a difference to its best,
 * a spread, a slope, places. Nothing here reads where anybody finished: places are counted on racing laps only, so that a factor
 * can be set beside results without having them inside.
 *
 * Times in seconds, plus is slower. NAN where the laps do not tell (how many are needed stands with each). */
#ifndef ANALYSIS_RACE_VARS_H
#define ANALYSIS_RACE_VARS_H

#include "core/analysis/analysis.h"
#include "core/model/season.h"

/* id, key, name, unit, factor, weight in the factor, higher is better, rule.
 * The weights are ours. Speed is one thing looked at three times: equal. Of consistency half is the stint, which costs time, the other
 * half says where it comes from. Racecraft: half what was won, half how often a fight was won. Of tyres the slope against the field
 * counts most: fuel, track and weather drop out of it. */
#define RACE_VARS(X)                                                                                                   \
	X(QUALIFYING, "qualifying_pace", "Qualifying pace", "s", SPEED, 1.0 / 3, false,                                \
	  "qualifying time minus the least of the race's drivers")                                                     \
	X(BEST_LAP, "best_race_lap", "Best race lap", "s", SPEED, 1.0 / 3, false,                                      \
	  "official best lap of a car with 3 clean laps or more minus the least of the race")                          \
	X(BEST_TEN, "best_ten_average", "Best-10 average", "s", SPEED, 1.0 / 3, false,                                 \
	  "mean of the ten best laps of a car with 10 clean ones or more (the list's, else of those not first, in or " \
	  "out) "                                                                                                      \
	  "minus the least of the race")                                                                               \
	X(STINT, "stint_consistency", "Stint consistency", "s", CONSISTENCY, 0.5, false,                               \
	  "sample SD of 8 clean laps or more about the mean of their stint")                                           \
	X(SECTORS, "sector_consistency", "Sector consistency", "s", CONSISTENCY, 0.25, false,                          \
	  "MAD x 1.4826 of S1, S2, S3 over 8 clean laps or more, their mean")                                          \
	X(FIRST_SECTOR, "first_sector_consistency", "First-sector consistency", "s", CONSISTENCY, 0.25, false,         \
	  "MAD x 1.4826 of S1 over 8 clean laps or more")                                                              \
	X(GAINED, "positions_gained", "Positions gained", "places", RACECRAFT, 0.5, true,                              \
	  "grid minus place after lap 1, plus places won minus lost on clean laps")                                    \
	X(CHANGED, "positions_changed", "Position changes won", "%", RACECRAFT, 0.5, true,                             \
	  "of the places that changed hands on clean laps, how many were won")                                         \
	X(DEGRADATION, "degradation", "Degradation", "s/lap", TIRE, 0.4, false,                                        \
	  "slope of 8 clean laps or more against the field (fuel, track and weather drop out)")                        \
	X(LATE, "late_stint_pace", "Late-stint pace", "s", TIRE, 0.3, false,                                           \
	  "median of 3 clean laps or more in the last third of the race minus the least of the race")                  \
	X(EARLY_LATE, "early_against_late", "Early against late", "s", TIRE, 0.3, false,                               \
	  "median of the last third minus that of the first (3 clean laps or more each), minus the field's median of " \
	  "this")

enum race_var {
#define X(id, key, name, unit, factor, weight, up, rule) VAR_##id,
	RACE_VARS(X)
#undef X
		VARS
};
struct race_var_info {
	const char *key, *name, *unit, *rule;
	enum factor factor;
	double weight;
	bool up;      /* higher is better */
	int decimals; /* as shown */
};
const struct race_var_info *race_var_info(enum race_var v);

struct race_vars {
	double value[VARS];
	double percentile
		[VARS]; /* of the cars with a value: how many are worse, equal ones half, in % of the others; NAN with one */
	double factor
		[FACTORS]; /* weighted mean of the percentiles known; NAN where they are under half of the weight */
};

/* One for each car of the session, in the arena. */
bool race_vars_make(const struct analysis *an, struct arena *a, struct race_vars **out, struct err *err) MUST_CHECK;

#endif
