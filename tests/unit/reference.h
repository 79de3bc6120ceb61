/* The figures of a session, calculated a second time.
 *
 * An oracle for the program: the rules of the analysis written out as plainly as they are stated, over a lap file read here by itself.
 * Nothing in reference*.c calls the program, or shares a constant with it. Times are whole milliseconds; what is not known is NOTHING
 * (times) or NAN (doubles). Memory runs out by abort(): these are tests. */
#ifndef TESTS_UNIT_REFERENCE_H
#define TESTS_UNIT_REFERENCE_H

#include <stdbool.h>
#include <stdint.h>

#define NOTHING INT32_MIN

enum {
	REF_SECTORS = 3,
	REF_MINIS = 6,
	REF_PARTS = REF_SECTORS + REF_MINIS, /* a lap's sectors, then its mini-sectors */
	REF_CARS = 80,
	REF_LAPS = 500, /* of one car */
	REF_STINTS = 100,
	REF_TEXT = 24,
	REF_PLACES = 1 + REF_PARTS /* rows of a comparison: the lap and its parts */
};

struct ref_lap {
	/* as the file has it */
	int number, time, part[REF_PARTS], elapsed, pit_time, kph, top_speed,
		improvement; /* speeds: tenths, 0 unknown */
	bool in;
	char flag[REF_TEXT];
	/* what it was */
	bool first, out, caution_start, caution_end, caution;
	int stint, run;
	const char *status, *label;
	/* where it was */
	int position, gap, gap_laps, interval;
	const char *air;
	int ahead, ahead_gap;         /* index of the car, -1 none */
	char colour[1 + REF_SECTORS]; /* the lap, then sectors: 'p' 'g' 'y', '-' none */
	bool deleted;
};

struct ref_pace {
	int n, median, q1, q3, iqr, min, max, mean, off;
	double sd, mad, cv;
};

struct ref_slope {
	int n, runs;
	double ols, low, high, theil_sen;
};

struct ref_span { /* some laps of a car, one after another */
	struct ref_pace pace;
	double sanitized;
	int sanitized_n;
	struct ref_slope raw, field;
};

struct ref_stint {
	int number, first, last, laps, pit_time;
	struct ref_span span;
};

struct ref_best { /* a time and the number of the lap that it is of */
	int time, lap;
};

struct ref_car {
	char number[REF_TEXT], id[REF_TEXT], class_name[REF_TEXT];
	struct ref_lap *lap;
	int in_file; /* laps in the file */
	int n;       /* laps that count: fewer after reference_cut */
	bool marked;
	struct ref_best best, minimum, part[REF_PARTS];
	int ideal, ideal_mini, rolling, deleted;
	bool ideal_over_best;
	struct ref_span span;
	struct ref_stint stint[REF_STINTS];
	int nstints;
	int64_t median_twice; /* of clean laps; 0 none */
	/* its row in the table */
	int place, place_class, total, table_gap, table_gap_laps, table_interval, table_interval_laps, road_gap;
};

struct reference {
	struct ref_car car[REF_CARS];
	int ncars, rows, minis; /* minis: named in the header */
	bool has_flags, timed, cut;
	int cut_elapsed; /* NOTHING: not cut by the clock */
	int clean;
	int best, part[REF_PARTS], ideal, ideal_mini, rolling;
	int purple, green, yellow;
	int residual_n[REF_LAPS];    /* cars with a clean lap of this number */
	int64_t residual4[REF_LAPS]; /* four times the median of lap - own median */
	double track_length;
	int pit_loss, pit_stops;
};

/* Reads a lap file; NULL when there is none at this path. */
struct reference *reference_read(const char *path);
void reference_free(struct reference *r);
/* From here on only laps up to this number (0: all) and this time on the session clock (NOTHING: all) count. */
void reference_cut(struct reference *r, int lap, int elapsed);
/* Everything above from the laps that count. timed: practice or qualifying. */
void reference_work_out(struct reference *r, bool timed);

struct ref_interval {
	int n, won, median, low, high;
	bool clear;
};

struct ref_place {
	int row; /* 0 the lap, then parts */
	struct ref_interval all, clear;
	int sum, ref_best, you_best;
	const char *verdict;
};

struct ref_ledger {
	const char *what; /* "start" "pit" "caution" "behind" "clear air" */
	int behind, n, sum, sector[REF_SECTORS], faster;
};

struct ref_comparison { /* YOU minus REF */
	int npairs, nclean, nclear, nplaces, nledger, ledger_sum;
	struct ref_place place[REF_PLACES];
	struct ref_interval four[1 + REF_SECTORS], headline;
	bool headline_clear;
	int sum[1 + REF_SECTORS], won[1 + REF_SECTORS];
	struct ref_ledger ledger[REF_CARS];
	int now_n;
	double now_you, now_ref, now_diff, now_low, now_high;
};

void reference_compare(const struct reference *r, int ref, int you, struct ref_comparison *out);

/* Between the parts of the reference. */

/* Neither lap 1 nor in nor out. */
bool ref_flying(const struct ref_lap *l);
void *ref_alloc(int n, int size);
void ref_classify(struct reference *r);
void ref_figures(struct reference *r);
void ref_order(struct reference *r);
void ref_colours(struct reference *r);

void ref_sort(int64_t *v, int n);
/* Twice the median of v, which it sorts; n >= 1. */
int64_t ref_median_twice(int64_t *v, int n);
/* num / den, half away from zero; den > 0. */
int ref_round(int64_t num, int64_t den);
/* Two-sided 95 % point of Student's t. */
double ref_student(int df);

struct ref_crossing {
	int elapsed, car, lap; /* indexes */
};
/* All laps that count by ELAPSED, equal times by id of the car. For free(). */
struct ref_crossing *ref_crossings(const struct reference *r, int *n);

#endif
