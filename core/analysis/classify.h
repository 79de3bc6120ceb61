/* What each lap was: in, out, first, caution, slow or clean; its stint. The one place where laps are left out, and why. */
#ifndef ANALYSIS_CLASSIFY_H
#define ANALYSIS_CLASSIFY_H

#include "core/analysis/options.h"
#include "core/base/err.h"
#include "core/model/session.h"

/* Reasons for leaving a lap out, in the order they are tried; LAP_EXCLUDED (by hand) comes before all. */
enum lap_status {
	LAP_CLEAN,
	LAP_EXCLUDED,
	LAP_NO_TIME,
	LAP_FIRST,
	LAP_IN,
	LAP_OUT,
	LAP_CAUTION,
	LAP_SLOW,
	LAP_FUTURE,
	LAP_STATUSES
};
/* A clean lap that touched a caution at one end only. */
enum lap_label { LABEL_NONE, LABEL_RESTART, LABEL_EDGE };

struct lap_class {
	uint8_t status;                     /* enum lap_status; LAP_FUTURE: after the cut, not there for any figure */
	uint8_t label;                      /* enum lap_label */
	uint8_t in, out;                    /* in-lap, out-lap: also when another reason comes first */
	uint8_t caution_start, caution_end; /* flag (or slow field) at either end of the lap */
	uint16_t stint;                     /* 1.. */
};

struct classes {
	struct lap_class *lap; /* one for each lap of the session */
	uint32_t *seen;        /* per car: laps not after the cut; its laps are [first, first + seen) */
	uint32_t clean;        /* clean laps of all cars */
	bool field_slow_used;  /* no flag column: the field's own pace told the cautions */
	uint32_t
		nslow; /* spans of slow field, on the session clock; factor and cars at the slowest; of one that goes on, now */
	struct slow_span {
		ms_t from, to;
		double factor;
		uint32_t cars;
	} * slow;
};

const char *
lap_status_name(enum lap_status s); /* "clean" "excluded" "no_time" "first" "in" "out" "caution" "slow" "future" */
const char *lap_label_name(enum lap_label l); /* "" "restart" "edge" */
/* Was the lap under caution, as the rule decides it: a restart or edge lap was not. */
static inline bool lap_under_caution(const struct lap_class *c)
{
	return (c->caution_start || c->caution_end) && c->label == LABEL_NONE;
}
/* Neither lap 1 nor in nor out nor left out by hand: a lap that ideals and rolling laps may be made of. */
static inline bool lap_is_flying(const struct lap_class *c, uint16_t number)
{
	return number > 1 && !c->in && !c->out && c->status != LAP_EXCLUDED && c->status != LAP_FUTURE;
}
/* Is this flag a caution (any but GF, FF and empty)? */
bool flag_is_caution(enum flag f);

bool classify(const struct session *s, const struct analysis_options *o, struct arena *a, struct classes *out,
	      struct err *err) MUST_CHECK;

#endif
