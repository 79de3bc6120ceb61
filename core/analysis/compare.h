/* One car against another, lap by lap: YOU minus REF, plus is slower. In commands `compare S A B` REF is A and YOU is B.
 * Differences of lap, sector and mini-sector sum exactly where all parts are known on both laps. */
#ifndef ANALYSIS_COMPARE_H
#define ANALYSIS_COMPARE_H

#include "core/analysis/analysis.h"

struct lap_pair {
	uint16_t number;                          /* LAP_NUMBER, done by both */
	uint32_t ref, you;                        /* indexes into session.laps */
	ms_t delta, sector[SECTORS], mini[MINIS]; /* you - ref; MS_NONE unknown */
	ms_t gap;       /* races: ELAPSED you - ELAPSED ref at the end of this lap; MS_NONE unknown */
	bool complete;  /* all sectors known on both laps */
	bool clean;     /* clean for both */
	bool clear_air; /* clean, and both began in clear air (>= close_under) */
};

enum verdict { VERDICT_TOO_FEW, VERDICT_NOT_CLEAR, VERDICT_GAIN, VERDICT_LOSS };

struct place_row {               /* one row of the table: the lap, a sector, a mini-sector */
	const char *name;        /* "Lap", "S1", "IM1a" */
	int sector, mini;        /* which; -1 when not one */
	ms_t ref_best, you_best; /* each car's best of the place over laps not first, in, out (Lap: official best) */
	bool ref_session, you_session; /* that best is the session's */
	struct interval all, clear;    /* clean pairs; clear-air pairs. Levels: Holm over all rows shown */
	ms_t sum;                      /* of the clean pairs */
	enum verdict verdict;          /* from `all`; n < 6: too few */
};
enum { PLACES_MAX = 1 + SECTORS + MINIS };

/* What YOUR lap was: the ledger says where the gap came from; exact sums, no statistics. */
enum ledger_kind {
	LEDGER_START,
	LEDGER_PIT,
	LEDGER_CAUTION,
	LEDGER_BEHIND,
	LEDGER_CLEAR,
	LEDGER_PENALTY,
	LEDGER_UNKNOWN,
	/* laps the file does not have for both, or whose air it cannot tell */ LEDGER_KINDS
};
struct ledger_row {
	enum ledger_kind kind;
	uint16_t behind;           /* LEDGER_BEHIND: the car; NO_CAR else */
	uint32_t n;                /* laps */
	uint32_t *pairs;           /* indexes into comparison.pairs, in order */
	ms_t sum, sector[SECTORS]; /* sector sums MS_NONE when not complete; UNKNOWN and PENALTY: sum may hold no lap */
	uint32_t faster;           /* laps on which YOU were quicker */
};

struct comparison {
	uint16_t ref, you; /* car indexes */
	struct lap_pair *pairs;
	uint32_t npairs, nclean, nclear;
	struct place_row row[PLACES_MAX];
	unsigned nrows;
	bool headline_clear;       /* the headline uses clear-air pairs: there are six or more */
	struct interval headline;  /* of lap time alone, at 95 %: one figure, not one of many */
	struct ledger_row *ledger; /* races only; by first lap, then UNKNOWN, then PENALTY */
	uint32_t nledger;
	ms_t ledger_sum;       /* equals the gap at the last common lap, penalties included; MS_NONE without a ledger */
	ms_t sum[1 + SECTORS]; /* over all pairs: lap, S1, S2, S3 */
	uint32_t won[1 + SECTORS];
	struct interval four[1 + SECTORS];       /* lap, S1..S3 corrected for four rows (screen 3) */
	struct interval four_clear[1 + SECTORS]; /* the same of the clear-air pairs */
	ms_t sum_clear[1 + SECTORS];
	uint32_t won_clear[1 + SECTORS];
	bool normalised; /* different seats or sessions: each lap minus the class median of the same 20 minutes */
};

const char *verdict_word(enum verdict v);    /* "too few laps" "not clear" "gain" "loss" */
const char *ledger_name(enum ledger_kind k); /* "start" "pit" "caution" "behind" "clear air" "penalty" "not known" */

/* Memory from arena. Cars by index, ref != you is not required (a car against itself gives zeros). */
bool compare_make(const struct analysis *an, uint32_t ref, uint32_t you, struct arena *arena, struct comparison *out,
		  struct err *err) MUST_CHECK;

/* Pace now: mean of the last five laps clean for both, YOU - REF, with its 95 % interval; catch in whole laps. */
struct pace_now {
	uint32_t n;
	double you, ref, diff, low, high; /* ms; NAN */
	bool clear;
	int32_t catch_lap; /* lap on which YOU reach REF at this rate; 0 none ("holding") */
};
void pace_now_make(const struct analysis *an, const struct comparison *c, struct pace_now *out);
/* The same of any two cars that are not compared otherwise. */
void pace_now_of(const struct analysis *an, uint32_t ref, uint32_t you, struct pace_now *out);

#endif
