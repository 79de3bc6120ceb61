/* Which car each row of an official file is about. NUMBER alone does not tell: two cars may carry the same, and a leading
 * zero may have been lost on either side ("03" in one file, "3" in the other). */
#ifndef LOAD_MATCH_H
#define LOAD_MATCH_H

#include "core/load/results.h"

enum { MATCH_NONE = -1 };

/* What a car's own laps say, for comparing with official figures. */
struct car_facts {
	int32_t laps;
	ms_t best;  /* the lap marked official best, else the least */
	ms_t least; /* the least LAP_TIME */
	ms_t last;  /* ELAPSED of its last lap; MS_NONE unknown */
};

/* A number without its leading zeros ("007" and "7": "7"; "0": "0"). */
struct str number_bare(const char *number);
bool same_number_bare(const char *a, const char *b);

/* One entry a car; free() it. NULL: out of memory. */
struct car_facts *car_facts_of(const struct session *s);
/* LAPS equal, and fastest lap equal where the row has one. */
bool facts_agree(const struct car_facts *f, const struct official *o);

/* Results of this session: LAPS, total and fastest lap tell cars of one number apart. car_of[i]: a car, or MATCH_NONE.
 * false: out of memory. */
bool match_by_figures(const struct session *s, const struct car_facts *facts, const struct results *r, int32_t *car_of);
/* Results of another session of the event (qualifying against race): driver, TEAM and GROUP tell them apart; where nothing
 * does, no car is given. */
bool match_by_entry(const struct session *s, const struct results *r, int32_t *car_of);

#endif
