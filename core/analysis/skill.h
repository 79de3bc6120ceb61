/* The four factors of a driver as percentiles, 0 to 100 with 100 the best, and what follows from them: who drives alike, which track
 * suits. A number here is read the same way everywhere: higher is better. (The system this replaces fed them to a formula fitted
 * where lower is better, and foretold the season's winner to finish 68th.) */
#ifndef ANALYSIS_SKILL_H
#define ANALYSIS_SKILL_H

#include "core/analysis/season_table.h"

struct skill {
	double percentile[FACTORS]; /* NAN unknown */
	bool known;                 /* all four are */
	bool computed;              /* from the session files, because driver_factors.json has not got this driver */
};

const char *factor_key(enum factor f);  /* "speed" "consistency" "racecraft" "tire_management", as in the JSON */
const char *factor_name(enum factor f); /* "Speed" "Consistency" "Racecraft" "Tyres" */
/* FACTORS: no factor is called so ("tires", "tyres" and "tire_management" are the same). */
enum factor factor_by_name(const char *name);

/* Those of driver_factors.json; not known where a row is not joined to it. */
struct skill skill_of_json(const struct season_row *row);
/* The demands of a track as weights that sum to 1; a demand below zero counts as none (Road America's racecraft, -0.38, would
 * else reward bad racecraft). false: none is known. */
bool track_weights(const struct season_track *t, double weight[FACTORS]);
/* Weights times percentiles, 0 to 100; NAN where either is unknown. */
double circuit_fit(const struct season_track *t, const struct skill *k);
/* Euclidean distance of the four percentiles, 0 (the same) to 200; NAN where either is unknown. */
double skill_distance(const struct skill *a, const struct skill *b);

struct similar {
	uint32_t row;
	double distance;
};
/* The rows nearest to `row`, nearest first, equal distances by row; at most max into out, how many. */
uint32_t skill_similar(const struct skill *skill, uint32_t nrows, uint32_t row, struct similar *out, uint32_t max);

#endif
