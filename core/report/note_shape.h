/* A coaching note as coach and the report page give it. */
#ifndef REPORT_NOTE_SHAPE_H
#define REPORT_NOTE_SHAPE_H

#include "core/analysis/coach.h"
#include "core/report/record.h"
#include "core/report/report.h"

record_row record_note; /* ctx: struct notes */
void notes_text(const struct report_in *in, const struct notes *n, struct buf *out);

#endif
