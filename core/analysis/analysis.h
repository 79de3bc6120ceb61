/* Everything worked out once from one session and one set of options. Screens and commands read the same one. */
#ifndef ANALYSIS_ANALYSIS_H
#define ANALYSIS_ANALYSIS_H

#include "core/analysis/best.h"
#include "core/analysis/colours.h"
#include "core/analysis/order.h"
#include "core/analysis/pace.h"

struct analysis {
	struct arena *arena;
	const struct session *session;   /* must outlive the analysis */
	struct analysis_options options; /* strings and exclusions are the analysis' own copies */
	struct classes classes;
	struct bests bests;
	struct order order;
	struct colours colours;
	struct paces paces;
	double track_length_m; /* KPH x LAP_TIME, median over clean laps; NAN unknown */
	ms_t pit_loss;         /* median (in + out) - 2 x median clean lap of the session; MS_NONE not known */
	uint32_t npit_loss;
};

/* o NULL: defaults. NULL with err when out of memory or the class or lap does not exist. */
struct analysis *analysis_new(const struct session *s, const struct analysis_options *o, struct err *err) MUST_CHECK;
void analysis_free(struct analysis *an);

/* Laps of a car not after the cut: indexes [first, first + n). */
static inline uint32_t car_first(const struct analysis *an, uint32_t car)
{
	return an->session->cars[car].first;
}
static inline uint32_t car_seen(const struct analysis *an, uint32_t car)
{
	return an->classes.seen[car];
}
static inline bool lap_is_clean(const struct analysis *an, uint32_t lap)
{
	return an->classes.lap[lap].status == LAP_CLEAN;
}

/* Official result that decides the classification of a car: final, else provisional, else NULL. */
const struct official *car_official(const struct car *c);
/* Official total minus last ELAPSED: the penalty; 0 none; MS_NONE unknown. */
ms_t car_penalty(const struct session *s, const struct car *c);

/* Finishing order as it is shown: by the official file where there is one (and no cut), else as driven.
 * rows[ncars] of car indexes; the place shown for each in place[]: official position or table position, 0 for a car that has not
 * crossed the line yet (no time yet in practice and qualifying): those stand last, by their grid. */
struct shown_order {
	uint16_t *car;   /* by place */
	uint16_t *place; /* by index in car[] */
	bool official;
	ms_t *gap, *interval; /* by index in car[]; MS_NONE where laps differ */
	uint16_t *gap_laps, *interval_laps;
};
bool shown_order_make(const struct analysis *an, struct arena *a, struct shown_order *out, struct err *err) MUST_CHECK;

#endif
