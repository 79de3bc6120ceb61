/* What the user wants to be told at once, found by comparing two analyses of one session: the one shown before and a later one.
 * Cars are matched by id, because a session read anew may number them otherwise.
 *
 * best      the session's best lap (of the class) is quicker than it was
 * position  YOU have lost a place
 * gap       the gap to the car ahead or behind YOU is under the limit and was not, or another car is there now
 * pit       YOU or a car next to YOU in the order has ended a lap in the pit lane
 * caution   the last crossing was under caution and the one before was not, or the other way round */
#ifndef ANALYSIS_ALARMS_H
#define ANALYSIS_ALARMS_H

#include "core/analysis/analysis.h"

enum alarm_kind { ALARM_BEST, ALARM_POSITION, ALARM_GAP, ALARM_PIT, ALARM_CAUTION, ALARM_KINDS };

struct alarm_rules {
	bool on[ALARM_KINDS];
	bool bell;
	ms_t gap_under;
};

struct alarm {
	enum alarm_kind kind;
	ms_t time;    /* BEST: the lap; GAP: the gap */
	uint16_t car; /* index in the later session; NO_CAR for a caution */
	uint16_t lap;
	uint16_t place; /* POSITION: now */
	bool ahead;     /* GAP: the car is ahead of YOU */
	bool ends;      /* CAUTION */
};
enum { ALARMS_MAX = 8 };

/* Everything but the bell, under half a second. */
void alarm_rules_default(struct alarm_rules *r);
const char *alarm_name(enum alarm_kind k); /* "best" "position" "gap" "pit" "caution" */
/* "alarms on: position, gap under 0.5 s, best, bell" */
void alarm_rules_words(const struct alarm_rules *r, char *out, size_t cap);
/* At most ALARMS_MAX into out; how many. you: index in the later session, NO_CAR for none. */
uint32_t alarms_find(const struct analysis *before, const struct analysis *now, uint16_t you,
		     const struct alarm_rules *r, struct alarm out[ALARMS_MAX]);
/* "22 best lap 1:37.304", "P3: a place lost", "13 ahead at 0.413", "72 in the pits", "caution", "green". */
void alarm_words(const struct session *s, const struct alarm *a, char out[96]);

#endif
