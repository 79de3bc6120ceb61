/* Rows of a lap file, in any order, become cars with laps.
 *
 * NUMBER is not a key: two cars may carry the same (a lost leading zero). Rows of one NUMBER are chained: a row belongs to
 * the car whose last row has LAP_NUMBER one less and ELAPSED = this ELAPSED - LAP_TIME; if none, to the one whose last
 * LAP_NUMBER and ELAPSED are lower and nearest; if none, it opens another car ("3", then "3#2" in order of appearance).
 * Identical rows are counted and dropped. Works in file order, in time order, with rows lost or sent twice. */
#ifndef LOAD_BUILD_H
#define LOAD_BUILD_H

#include "core/model/session.h"

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
void session_build_refuse(struct session_build *b, uint32_t line, const char *why);
/* Sorts into columns, checks S1+S2+S3 = LAP_TIME and ELAPSED(n) - ELAPSED(n-1) = LAP_TIME(n) (a break is kept and
 * warned), frees b in any case. NULL with err when there is no lap. */
struct session *session_build_finish(struct session_build *b, struct err *err) MUST_CHECK;
void session_build_free(struct session_build *b);

#endif
