/* Notes from telemetry in the coach's list, where there is telemetry of both cars. */
#ifndef REPORT_COACH_TEL_H
#define REPORT_COACH_TEL_H

#include "core/analysis/coach.h"
#include "core/report/report.h"

/* Joins them into notes; *why: a sentence where there are none to join ("" none is missed: no telemetry at all). What is wrong with the
 * telemetry is told there too and is no failure of the notes. false with err: out of memory. */
bool coach_join_telemetry(const struct report_in *in, struct notes *notes, const char **why,
			  struct err *err) MUST_CHECK;

#endif
