/* Inside telemetry: one car's official laps tried against samples. */
#ifndef TELEMETRY_MATCH_TRIAL_H
#define TELEMETRY_MATCH_TRIAL_H

#include "core/telemetry/crossing.h"
#include "core/telemetry/match.h"
#include "core/telemetry/path.h"

/* One car against the samples. */
struct trial {
	const struct session *s;
	uint32_t car;
	const double *ends;
	int64_t midnight;
	int zone;
	double *off;  /* room for two a lap */
	double *part; /* and for the lines of every lap */
	uint32_t laps;
	double late, misfit; /* ms, s */
};

struct matcher {
	const struct session *s;
	const struct tel_stream *stream;
	const struct tel_options *o;
	struct arena *arena;
	struct tel_path path;
	struct tel_signs signs;
};

/* Best day and zone for one car, misfit NAN when there is none; next: the misfit of the second best. */
bool trial_best(const struct matcher *m, uint32_t car, struct trial *best, double *next, struct err *err) MUST_CHECK;
/* Laps first where they differ by half, then misfit. */
bool trial_better(const struct trial *a, const struct trial *b);
/* The beginning of the UTC day that holds ms. */
int64_t tel_day_floor(int64_t ms);

#endif
