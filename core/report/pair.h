/* Parts of a comparison that compare, coach and the report page all give. */
#ifndef REPORT_PAIR_H
#define REPORT_PAIR_H

#include "core/analysis/compare.h"
#include "core/report/columns.h"
#include "core/report/record.h"
#include "core/report/report.h"

/* Compares in->a (the reference) with in->b. */
bool pair_make(const struct report_in *in, struct comparison *out, struct err *err) MUST_CHECK;
/* JSON only: ledger[]{what car laps[] sum faster}. */
void record_ledger(struct record *r, const struct report_in *in, const struct comparison *c);
/* One row a place: bests of both, median with interval, laps won, the word. */
void places_text(const struct report_in *in, const struct comparison *c, struct buf *out);
void ledger_text(const struct report_in *in, const struct comparison *c, struct buf *out);
/* "22 Fletcher" */
void car_name(struct buf *out, const struct report_in *in, uint16_t car);

#endif
