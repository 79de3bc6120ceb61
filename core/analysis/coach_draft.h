/* Inside the coach: notes while they are being found, and the words they are made of. */
#ifndef ANALYSIS_COACH_DRAFT_H
#define ANALYSIS_COACH_DRAFT_H

#include "core/analysis/coach.h"

enum { DRAFTS_MAX = 48, MIN_PAIRS = 8, MIN_A_LAP = 50, MIN_IN_ALL = 500 };

struct coach {
	const struct analysis *an;
	const struct comparison *c;
	struct arena *arena;
	struct note draft[DRAFTS_MAX];
	unsigned ndrafts;
	bool mostly_held; /* more than half of YOUR laps were: only the rest tell a pace */
	bool train;       /* and the rest are too few: pace unknown */
	bool fade;
	bool own;                        /* YOU against yourself and the field */
	const char *you_name, *ref_name; /* drivers of one car; NULL: the cars' ids */
	bool failed;                     /* out of memory somewhere: no notes at all rather than half of them */
};

struct num_text {
	char s[NUM_LEN];
};
struct num_text sec(ms_t t);           /* "1.969", no sign */
struct num_text diff(ms_t t);          /* "+1.969" */
struct num_text clock_of(ms_t t);      /* "1:37.304" */
struct num_text hundredths(double ms); /* "0.70", no sign */

const char *you_id(const struct coach *k);
const char *ref_id(const struct coach *k);
const char *coach_car_id(const struct coach *k, uint16_t car);
uint32_t your_lap(const struct coach *k, uint32_t i); /* index in the session of YOUR i-th lap */
/* Did the lap begin within half a second (options.held_under) of another car, or end so? Then it caught it on the way, and was held up
 * somewhere. Index in the session; false where it is not known. */
bool coach_held(const struct coach *k, uint32_t lap);

/* Text in the coach's arena; never NULL. */
const char *say(struct coach *k, const char *fmt, ...) PRINTF_LIKE(2, 3);
/* A new draft with nothing in it but kind, topic and where; its seconds, if it has any, come from rank. */
struct note *draft_new(struct coach *k, enum note_kind kind, enum note_topic topic, const char *where, int64_t rank);
/* "lap 2", "laps 1 and 2", "laps 12 to 28", "laps 4, 7 and 9 to 12" of ascending numbers. */
const char *lap_words(struct coach *k, const uint16_t *lap, uint32_t n);
/* The same where it must be short: many stretches become "17 laps from 4 to 28". */
const char *lap_head(struct coach *k, const uint16_t *lap, uint32_t n);
/* Copies of lap numbers for a note. */
void set_laps(struct coach *k, struct note *n, const uint16_t *lap, uint32_t count);
uint16_t *new_laps(struct coach *k, uint32_t n); /* room for n numbers; NULL when out of memory (failed is set) */
ms_t *new_times(struct coach *k, uint32_t n);

/* One side of a note: laps of the session, their times at the note's place, and what they are. */
void set_side(struct coach *k, const struct note *n, struct note_side *side, const char *name, const uint32_t *lap,
	      uint32_t count);
/* The same from lap numbers of a car; what lies after the cut is left out. */
void side_of_numbers(struct coach *k, const struct note *n, struct note_side *side, const char *name, uint16_t car,
		     const uint16_t *number, uint32_t count);
/* What is not there yet, from the lap numbers of the note: YOURS, and the reference's of the same numbers. */
void fill_sides(struct coach *k, struct note *n);
void coach_race_facts(struct coach *k);  /* start, held, train, pit */
void coach_train(struct coach *k);       /* decides k->train */
void coach_place_facts(struct coach *k); /* restart, penalty, a lap that cost a place */
/* Median of `values` known at lap number `lap` over all cars that drove it: whole laps (part -1) or a sector. */
ms_t field_median(struct coach *k, uint16_t lap, int part);
void coach_timed_facts(struct coach *k); /* practice and qualifying */
void coach_pace(struct coach *k);        /* places and KEEP */
void coach_fade(struct coach *k);
void coach_spread(struct coach *k);
void coach_drivers(struct coach *k);
void coach_deleted(struct coach *k); /* of a race */

#endif
