/* Inside telemetry: how far a car has gone, over its clock: the speed samples integrated.
 *
 * Between two samples speed is a straight line. Where they lie further apart than the gap it is the cubic that leaves and arrives with the
 * acceleration measured beside the hole (accx), so that a hole with the braking in it is not taken for an even slowing down. */
#ifndef TELEMETRY_PATH_H
#define TELEMETRY_PATH_H

#include "core/base/err.h"
#include "core/model/telemetry.h"
#include "core/telemetry/options.h"

struct tel_path {
	uint32_t n;      /* speed samples */
	const double *t; /* ms since 1970 UTC, rising strictly */
	const double *v; /* km/h */
	const double *m; /* metres since the first sample */
	double gap;      /* ms */
};

/* ms: samples further apart than this are two stretches. Between them is not interpolated: the speed at their ends goes on for as long as
 * the gap. */
enum { TEL_APART = 5000 };

/* From speed, or, from_trigger, from Laptrigger_lapdist_dls with its resets added up (v is then NULL). n is 0 where the channel is not
 * there. Memory from arena. */
bool tel_path_make(const struct tel_stream *s, const struct tel_options *o, bool from_trigger, struct arena *arena,
		   struct tel_path *out, struct err *err) MUST_CHECK;
/* Metres at a time; NAN where no stretch is near enough. */
double tel_path_at(const struct tel_path *p, double ms);
/* Is it longer than the gap between the samples around a time? Then nobody knows when the car was where. */
bool tel_path_hole(const struct tel_path *p, double ms);
/* The time at which the path has come that far (metres as tel_path_at gives them); NAN where it never moves. */
double tel_path_time(const struct tel_path *p, double metres);
/* The first sample not before ms; p->n when there is none. */
uint32_t tel_path_find(const struct tel_path *p, double ms);

#endif
