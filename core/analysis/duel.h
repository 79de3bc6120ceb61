/* Two cars side by side in a few figures, each with the laps it came from; and where half of their laps lie.
 *
 * Times are ms, slopes ms a lap, speeds km/h; NAN where a figure does not exist. Differences are YOU minus REF. For median and clear air
 * the difference is the median of the lap-by-lap differences, not the difference of the two medians; in practice and qualifying, where laps of
 * one number have nothing in common, the medians are each car's own and there is no clear air. */
#ifndef ANALYSIS_DUEL_H
#define ANALYSIS_DUEL_H

#include "core/analysis/compare.h"

enum duel_figure {
	DUEL_BEST,
	DUEL_ROLLING,
	DUEL_IDEAL,
	DUEL_MEDIAN,
	DUEL_CLEAR_AIR, /* laps both began in clear air */
	DUEL_TREND,     /* raw slope, least squares */
	DUEL_SPREAD,    /* MAD x 1.4826 of the clean laps */
	DUEL_TOP_SPEED, /* the greatest at the trap, any lap */
	DUEL_FIGURES
};

struct duel_row {
	double you, ref, diff;
	char word[32]; /* where it came from or what it is: "L11, L2", "by lap", "not clear" */
};

/* Five figures of a set of laps; n 0: none, all MS_NONE. */
struct duel_box {
	uint32_t n;
	ms_t min, q1, median, q3, max;
};

struct duel {
	uint16_t you, ref;
	struct duel_row row[DUEL_FIGURES];
	struct duel_box you_all, ref_all;     /* clean laps */
	struct duel_box you_clear, ref_clear; /* of the laps both began in clear air */
	unsigned clear_from, clear_to;        /* the first and last of them; 0 none */
	bool clear_together;                  /* they follow one another without a gap */
};

const char *duel_name(enum duel_figure f); /* "best" "rolling" "ideal" ... */
/* The lap of a car's greatest speed at the trap, in tenths of km/h; lap 0: no speed is known. */
struct duel_speed {
	uint32_t lap; /* index into session.laps */
	unsigned tenths;
};
struct duel_speed duel_top_speed(const struct analysis *an, uint32_t car);
/* c compares the two cars. Scratch memory from arena. */
bool duel_make(const struct analysis *an, const struct comparison *c, struct arena *arena, struct duel *out,
	       struct err *err) MUST_CHECK;

/* The k-th best laps of both side by side, quickest first: for sessions where laps of one number have nothing in common. number counts
 * 1, 2, ..; gap is MS_NONE. Laps that are not first, in or out. Memory from arena; returns NULL when it is full. */
struct lap_pair *duel_best_laps(const struct analysis *an, uint32_t ref, uint32_t you, struct arena *arena,
				uint32_t *n);

#endif
