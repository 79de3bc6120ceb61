/* Notes: what to tell the driver, in seconds over the session, each with its laps.
 *
 * Facts are exact sums over named laps. Pace notes are inferences with n >= 8 pairs, >= 0.05 s a lap or >= 0.5 s over the session. That it
 * is over 0.03 s (where it is under 0.05: over 0.01, and 0.02 on every lap in clear air) is held against one in two hundred, for all
 * places; the laps alone that nobody held up (half a second or more behind the next car at both ends) must say it, and three or more in
 * clear air. At most six notes and one KEEP last; one line of what was looked at and is not clear. Every number in a text is in the
 * evidence or the session. Same data, same notes.
 */
#ifndef ANALYSIS_COACH_H
#define ANALYSIS_COACH_H

#include "core/analysis/compare.h"

enum note_kind { NOTE_FACT, NOTE_PACE, NOTE_KEEP };
enum note_topic {
	TOPIC_START,
	TOPIC_RESTART,
	TOPIC_HELD,
	TOPIC_TRAIN,
	TOPIC_PIT,
	TOPIC_PENALTY,
	TOPIC_DELETED,
	TOPIC_LAP,
	TOPIC_PLACE,
	TOPIC_FADE,
	TOPIC_SPREAD,
	TOPIC_DRIVERS,
	TOPIC_CORNER, /* from telemetry: core/telemetry/advice.h */
	TOPIC_KEEP
};

struct note_side {        /* one of the two distributions a note sets side by side */
	const char *name; /* of the car, the driver, or what the laps are: "22", "laps 2 to 10" */
	uint16_t *lap;    /* lap numbers */
	ms_t *time;       /* of the place on each of them */
	uint32_t *line;   /* physical line in the lap file */
	uint32_t n;       /* 0: there is no such side */
};

struct note {
	enum note_kind kind;
	enum note_topic topic;
	int64_t rank;                /* ms that it stands for in the list; KEEP is last whatever it is */
	const char *where;           /* "START", "HELD", "IM1", "lap 5" */
	ms_t gain;                   /* seconds over the session that it is about; MS_NONE when it is places */
	bool about;                  /* an estimate: "about" stands before it */
	uint16_t places;             /* lost by it; 0 none */
	struct interval evidence;    /* n 0 for facts */
	ms_t median_ref, median_you; /* of the place over the laps used; MS_NONE */
	int sector, mini;            /* the place its times are of; both -1 the lap */
	uint16_t *laps;              /* lap numbers it rests on */
	uint32_t nlaps;
	struct note_side of_you, of_ref; /* the times behind it */
	const char *head;                /* one line: what and how often, without where and gain */
	const char *text;                /* the whole note, two or three sentences */
	const char *action;              /* "Do: ..." without the "Do: "; "" for KEEP */
};

struct notes {
	uint16_t you, ref; /* ref == you: against the driver's own laps, or a car against itself */
	struct note *note;
	uint32_t n;
	const char *not_clear; /* "lap, S1, S2, S3, IM2a" ; "" nothing */
};

/* Memory from arena. */
bool coach_make(const struct analysis *an, const struct comparison *c, struct arena *arena, struct notes *out,
		struct err *err) MUST_CHECK;

/* Against nobody but the same driver and the field: what needs no other car (train, restart, one lap, penalty, deleted lap), a pace that
 * fades, laps that lie further apart than others', and the drivers of the car side by side. */
bool coach_own_make(const struct analysis *an, uint32_t you, struct arena *arena, struct notes *out,
		    struct err *err) MUST_CHECK;

/* Puts notes found elsewhere (telemetry) into the list by their rank; those from `last` on come after all others, before KEEP. What is then
 * more than the list holds is dropped from its end; of two KEEPs the greater stays. Texts and laps stay whose they are; room from arena. */
bool coach_join(struct notes *notes, const struct note *more, uint32_t n, uint32_t last, struct arena *arena,
		struct err *err) MUST_CHECK;

/* The best car to learn from: of YOUR class the one with the least median over eight clean laps or more, YOURS left out; where there
 * is none, of all. NO_CAR: no other car has eight. */
uint16_t coach_class_best(const struct analysis *an, uint32_t you);

/* Two sides of a note as rows of w characters over one scale from the least time to the greatest: how many laps fall in each column ('.'
 * none, 1 to 9, '+' more). out holds w + 1; "" when the side has no laps. */
void note_strip(const struct note *n, const struct note_side *s, unsigned w, char *out);
/* The scale of both: least and greatest time; MS_NONE without laps. */
void note_range(const struct note *n, ms_t *least, ms_t *most);

#endif
