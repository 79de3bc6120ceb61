/* Rows of a lap file, in any order, become cars with laps.
 *
 * NUMBER is not a key: two cars may carry the same (a lost leading zero). Rows of one NUMBER are chained by the clock,
 * never by where they stand in the file, so that file order, time order and any other give the same cars:
 *
 *  1. Identical rows are counted and dropped (those that follow each other at once: they cost no memory).
 *  2. A row follows the row with LAP_NUMBER one less and ELAPSED = its ELAPSED - LAP_TIME. That cuts the rows into runs; a
 *     run ends where a row is lost.
 *  3. A run (earliest first) joins the car whose last LAP_NUMBER and ELAPSED are lower and nearest (CLASS, GROUP, TEAM
 *     and MANUFACTURER alike before all), unless a run that overlaps it fits there better; else it opens another car. A
 *     lone row that fits nowhere goes last, to a car that lacks its lap: its ELAPSED is damaged. (Two cars that lose the
 *     same lap and differ in no text cannot be told apart behind it.)
 *  4. Rows without ELAPSED go, in file order, to the car that has the lap before and lacks theirs, else opens another.
 *
 * Names: "3", "3#2", ... in an order that rests on the rows alone. Of the cars of one NUMBER (those with under half the
 * laps of the longest come last) the one that is later at the last lap all of them have is first. In the four files known to
 * hold two cars of one number this gives the order of the file. Without ELAPSED: in order of appearance. */
#ifndef LOAD_BUILD_H
#define LOAD_BUILD_H

#include "core/base/err.h"
#include "core/model/session.h"

enum {
	BUILD_ROWS_MAX = 250000, /* rows of one file: a 24 hour race has 20,000 */
	BUILD_CARS_MAX = 4096,   /* cars of one file */
	BUILD_SAME_NUMBER_MAX = 64,
};

struct lap_row { /* views are copied */
	struct str number, driver, class_name, group, team, vehicle;
	uint16_t seat, lap;
	ms_t time, sector[SECTORS], mini[MINIS], elapsed, hour, pit_time;
	uint16_t kph, top_speed;
	uint8_t flag, bits;
	uint32_t line;
};

struct session_build;

struct session_build *session_build_new(const char *path, struct err *err) MUST_CHECK;
bool session_build_row(struct session_build *b, const struct lap_row *row, struct err *err) MUST_CHECK;
/* Both copy their text. A refused row counts as a row; a warning is about a row that is kept (line 0: the file). */
void session_build_refuse(struct session_build *b, uint32_t line, const char *why);
void session_build_warn(struct session_build *b, uint32_t line, const char *why);
/* The clock began before the cars first crossed the line: ELAPSED of lap 1 may exceed its LAP_TIME. */
void session_build_clock_runs_before(struct session_build *b);
/* Sorts into columns, checks S1+S2+S3 = LAP_TIME and ELAPSED(n) - ELAPSED(n-1) = LAP_TIME(n) (a break is kept and
 * warned), frees b in any case. NULL with err when there is no lap. */
struct session *session_build_finish(struct session_build *b, struct err *err) MUST_CHECK;
/* The session of the rows there are so far, in memory of its own; b goes on taking rows. NULL with err when there is no lap. */
struct session *session_build_snapshot(const struct session_build *b, struct err *err) MUST_CHECK;
uint32_t session_build_rows(const struct session_build *b); /* rows taken: duplicates counted, refused ones not */
void session_build_free(struct session_build *b);

#endif
