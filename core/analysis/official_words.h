/* Where the officials say something else than the clock does, in words: penalties, a winner changed, places that moved for
 * another car's penalty, deleted laps, cars that did not start, provisional against official. Facts only: what no file gives a reason for
 * is said to have none. */
#ifndef ANALYSIS_OFFICIAL_WORDS_H
#define ANALYSIS_OFFICIAL_WORDS_H

#include "core/analysis/analysis.h"

enum official_kind {
	OFFICIAL_WINNER,      /* who won on the road is not who won */
	OFFICIAL_PENALTY,     /* time added, or taken off */
	OFFICIAL_PLACE,       /* another place than on the road, without a time of its own */
	OFFICIAL_LAPS,        /* another number of laps than the lap file has */
	OFFICIAL_PROVISIONAL, /* the official file differs from the provisional one */
	OFFICIAL_DELETED,     /* laps the officials do not count */
	OFFICIAL_NOT_STARTED, /* in the results, without a lap */
	OFFICIAL_KINDS
};

enum { OFFICIAL_TEXT = 200 };

struct official_note {
	enum official_kind kind;
	const struct car *car;
	bool explained; /* a file gives the reason */
	char text[OFFICIAL_TEXT];
};

struct official_notes {
	struct official_note *at; /* by kind, then by place on the road */
	uint32_t n, cap;
};

const char *official_kind_name(enum official_kind k); /* "winner", "penalty", ... */
/* Of the whole session, whatever the analysis was cut to: results are known only at the end. Empty without official files. Memory from a. */
bool official_notes_make(const struct analysis *an, struct arena *a, struct official_notes *out,
			 struct err *err) MUST_CHECK;

#endif
