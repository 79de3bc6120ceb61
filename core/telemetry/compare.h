/* Laps against laps, corner by corner: one against one with what is usual beside it, five against five, and three cars.
 * Differences are YOU minus REF, plus is slower. */
#ifndef TELEMETRY_COMPARE_H
#define TELEMETRY_COMPARE_H

#include "core/telemetry/corner.h"
#include "core/telemetry/delta.h"

enum { TEL_BEST = 5, TEL_LEAST = 3 };

struct tel_range { /* of the driver's other laps */
	double low, high, median;
	unsigned n; /* 0: NAN all */
};

enum tel_figure {
	FIG_LOST,
	FIG_MIN,
	FIG_BRAKE,
	FIG_PEAK,
	FIG_GAS,
	FIG_ENTRY,
	FIG_EXIT,
	FIG_APEX,
	FIG_IN,
	FIG_OUT,
	FIG_COUNT
};
const char *tel_figure_name(enum tel_figure f); /* "lost" "min" "brake" "bar" "gas" "entry" "exit" "apex" "in" "out" */

struct tel_row {
	uint32_t corner;
	struct tel_corner_lap you, ref;
	double lost;                       /* s YOU - REF through the zone; NAN in a hole */
	bool claim;                        /* |lost| is over the delta's floor */
	struct tel_range usual[FIG_COUNT]; /* of YOUR car's other usable laps; FIG_LOST: each against REF */
	unsigned outside; /* bits of enum tel_figure: YOURS lies outside what is usual by more than the floor */
};

/* One lap of YOURS against one of REF's. */
struct tel_table {
	struct tel_delta delta;
	struct tel_row *row; /* by time lost, most first; what is not known last */
	uint32_t n;
	double sum;      /* s of the rows known */
	bool complete;   /* no row is missing: sum is the official difference */
	uint16_t *usual; /* lap numbers of YOUR other laps */
	uint32_t nusual;
};
bool tel_table_make(const struct tel_set *s, const struct tel_lap *ref, const struct tel_lap *you, struct arena *arena,
		    struct tel_table *out, struct err *err) MUST_CHECK;

/* The best laps of each, up to five: usable, clean ones; of one car against itself the quicker half against the rest. */
struct tel_side {
	uint32_t car; /* index in session.cars */
	uint16_t lap[TEL_BEST];
	uint32_t index[TEL_BEST]; /* in set.lap */
	unsigned n;
};
struct tel_two {                   /* one figure on both sides */
	struct tel_range you, ref; /* over the best five */
	double all_you,
		all_ref; /* medians over all laps that count (usable, clean, not held): surer figures of the same */
	double diff;     /* all_you - all_ref; NAN */
	unsigned apart;  /* of YOUR five: beyond all of REF's, in the direction of diff */
	bool told; /* diff over its floor, known on TEL_LEAST laps of both, and apart on all but one of YOURS (fewer than five: on all) */
};
struct tel_five_row {
	uint32_t corner;
	struct tel_two fig[FIG_COUNT]; /* FIG_LOST: time through the zone */
	double lost;                   /* s a lap: fig[FIG_LOST].diff */
	unsigned slower;               /* of YOUR five: slower here than the median of REF's five */
	bool claim; /* over the floor; four of five of each on their own side of the other's median; fewer than five: all apart */
};
struct tel_five {
	struct tel_side you, ref;
	bool enough;                 /* five of both; else with TEL_LEAST or more each: "seen in all n laps" */
	uint32_t *all_you, *all_ref; /* indexes in set.lap of all laps that count, quickest first */
	uint32_t nall_you, nall_ref;
	bool known;
	const char *why;          /* not known: "13 has 2 usable laps, three are needed" */
	double residual;          /* s: rms over the loops of the difference of the means, pinned at the line only */
	double check;             /* s: the same, each loop left out in turn */
	double floor;             /* s: twice the check */
	struct tel_five_row *row; /* by time lost */
	uint32_t n;
};
bool tel_five_make(const struct tel_set *s, uint32_t ref, uint32_t you, struct arena *arena, struct tel_five *out,
		   struct err *err) MUST_CHECK;

/* The comparison of the system before this one: this driver, the next one up, the leader; the best lap of each. */
struct tel_three {
	const struct tel_lap *lap
		[3]; /* YOU, next up, leader; NULL: has no telemetry. Next up may be the leader: then lap[2] is NULL */
	uint32_t car[3];               /* index in session.cars; UINT32_MAX none */
	struct tel_table next, leader; /* YOU against each; row NULL where there is none */
};
/* order: cars of the session (indexes) by place, the first one first (struct shown_order's car, or the table's). */
bool tel_three_make(const struct tel_set *s, const uint32_t *order, uint32_t n, uint32_t you, struct arena *arena,
		    struct tel_three *out, struct err *err) MUST_CHECK;

#endif
