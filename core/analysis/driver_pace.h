/* The drivers of one car: each clean lap minus the class median of the same 20 minutes, so that who drove at night and who drove on a
 * drying track can be set side by side. Source: a rule of this program. */
#ifndef ANALYSIS_DRIVER_PACE_H
#define ANALYSIS_DRIVER_PACE_H

#include "core/analysis/class_clock.h"

struct driver_pace {
	const char *name; /* as the lap file spells it */
	uint32_t clean;   /* clean laps */
	uint32_t *lap;    /* of these, those with a class to compare with: indexes into session.laps */
	ms_t *minus;      /* each minus the class, in the order of lap[] */
	uint32_t n;
	ms_t median;             /* of the clean laps; MS_NONE without */
	struct interval v_class; /* of minus[], 95 %, for this driver alone */
	bool now;                /* drove the last lap seen */
};

struct driver_paces {
	struct driver_pace *row; /* in the order they first drove */
	uint32_t n;              /* 0: the file names nobody; 1: one driver */
	uint32_t class_cars;     /* cars of the class with a clean lap, this one included */
};

/* Memory from arena. */
bool driver_pace_make(const struct analysis *an, uint32_t car, struct arena *arena, struct driver_paces *out,
		      struct err *err) MUST_CHECK;

/* How much slower the laps of one are than those of the other, when each lap may be compared with each: the median of all differences,
 * and its interval by ranks (Hodges-Lehmann, Mann-Whitney). Laps follow each other, so an interval of independent ones would
 * promise too much: each side counts as a third of its laps. */
struct shift {
	double median, low, high; /* ms, you minus ref; NAN without laps; low and high NAN when there are too few */
	bool clear;
};
bool shift_make(const ms_t *you, uint32_t nyou, const ms_t *ref, uint32_t nref, double alpha, struct arena *arena,
		struct shift *out) MUST_CHECK;

#endif
