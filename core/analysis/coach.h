/* Notes: what to tell the driver, in seconds over the session, each with its laps.
 *
 * Facts are exact sums over named laps; pace notes are inferences with n >= 8 pairs, none held, an interval corrected for all
 * places looked at, and >= 0.05 s a lap or >= 0.5 s over the session. At most six notes and one KEEP last; one line of what
 * was looked at and is not clear. Every number in a text is in the evidence or the session. Same data, same notes. */
#ifndef ANALYSIS_COACH_H
#define ANALYSIS_COACH_H

#include "core/analysis/compare.h"

enum note_kind { NOTE_FACT, NOTE_PACE, NOTE_KEEP };
enum note_topic { TOPIC_START, TOPIC_RESTART, TOPIC_HELD, TOPIC_TRAIN, TOPIC_PIT, TOPIC_PENALTY, TOPIC_DELETED, TOPIC_LAP,
		  TOPIC_PLACE, TOPIC_FADE, TOPIC_SPREAD, TOPIC_DRIVERS, TOPIC_KEEP };

struct note {
	enum note_kind kind;
	enum note_topic topic;
	const char *where;     /* "START", "HELD", "IM1", "lap 5" */
	ms_t gain;             /* seconds over the session that it is about; MS_NONE when it is places */
	bool about;            /* an estimate: "about" stands before it */
	uint16_t places;       /* lost by it; 0 none */
	struct interval evidence; /* n 0 for facts */
	ms_t median_ref, median_you; /* of the place over the laps used; MS_NONE */
	uint16_t *laps;        /* lap numbers it rests on */
	uint32_t nlaps;
	const char *head;      /* one line: what and how often, without where and gain */
	const char *text;      /* the whole note, two or three sentences */
	const char *action;    /* "Do: ..." without the "Do: "; "" for KEEP */
};

struct notes {
	uint16_t you, ref;
	struct note *note;
	uint32_t n;
	const char *not_clear; /* "lap, S1, S2, S3, IM2a" ; "" nothing */
};

/* Memory from arena. */
bool coach_make(const struct analysis *an, const struct comparison *c, struct arena *arena, struct notes *out,
		struct err *err) MUST_CHECK;

#endif
