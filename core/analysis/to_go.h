/* What is left of a race of known length: laps to go = ceil((length - leader's ELAPSED) / mean of the leader's last five clean laps).
 * The leader is the first of the table: of all classes. Source: a rule of this program. */
#ifndef ANALYSIS_TO_GO_H
#define ANALYSIS_TO_GO_H

#include "core/analysis/analysis.h"

struct to_go {
	bool known; /* a length was given, it is a race, and the leader has a clean lap */
	ms_t left;  /* of the length, at the leader's last crossing; 0 when it is over */
	int32_t laps;
};

/* length MS_NONE: not known. */
struct to_go to_go_of(const struct analysis *an, ms_t length);

#endif
