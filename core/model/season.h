/* The season as its JSON files say it, and nothing more: drivers, stats, results, tracks. Numbers of drivers are text.
 * Missing is 0 or MS_NONE or NAN as each field says; the fields that are never data (dnfs, fastest_laps,
 * championship_position) are not here. */
#ifndef MODEL_SEASON_H
#define MODEL_SEASON_H

#include <stdbool.h>
#include <stdint.h>

#include "core/base/arena.h"
#include "core/base/num.h"
#include "core/model/files.h"

enum factor { FACTOR_SPEED, FACTOR_CONSISTENCY, FACTOR_RACECRAFT, FACTOR_TIRE, FACTORS };

struct season_result {
	const char *track;     /* "barber" */
	int race;              /* 1 or 2 */
	int32_t start, finish; /* 0 unknown */
	int32_t laps;          /* 0 unknown */
	ms_t fastest, qualifying;
	const char *gap, *status;
};

struct season_driver {
	const char *number; /* as the JSON spells it: "13" */
	const char *name;   /* "" where the JSON says only "Driver #13" */
	bool has_stats;
	int32_t wins, podiums, top5, top10, poles, races, points;
	double avg_finish, avg_qualifying, avg_gained;            /* NAN unknown */
	double factor_score[FACTORS], factor_percentile[FACTORS]; /* from driver_factors.json; NAN unknown */
	struct season_result *results;
	uint32_t nresults;
};

struct season_track {
	const char *id, *name;
	double demand[FACTORS]; /* as given, not normalised; NAN unknown */
};

struct season {
	struct arena *arena;
	struct season_driver *drivers;
	uint32_t ndrivers;
	struct season_track *tracks;
	uint32_t ntracks;
	struct file_list files;
	struct diag_list refused, warnings;
};

/* NULL when the number is not in the JSON. */
const struct season_driver *season_driver(const struct season *s, const char *number);
void season_free(struct season *s);

#endif
