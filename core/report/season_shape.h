/* Shapes that the season's answers share: a driver, factors, a race of a driver. */
#ifndef REPORT_SEASON_SHAPE_H
#define REPORT_SEASON_SHAPE_H

#include "core/report/columns.h"
#include "core/report/shapes.h"

enum { SIMILAR_SHOWN = 5 };

/* id, number, name. row may be past the end: names only. */
void record_who(struct record *r, const struct report_in *in, uint32_t row);
/* factors{speed consistency racecraft tire_management} and factors_from. */
void record_skill(struct record *r, const struct skill *k);
void record_fit(struct record *r, const char *name, double fit);
/* One race, CSV and JSON alike; line NULL: names only. */
void record_line(struct record *r, const struct season_line *line);
/* Text: "13 Westin Workman"; our own words for what is not known. */
void who_text(struct buf *out, const struct report_in *in, uint32_t row);
/* Text: what c and - mean, then the footer. */
void season_footer(const struct report_in *in, struct buf *out);
/* Gained: "+3"; "-" unknown. */
void columns_gained(struct columns *c, const struct season_line *l);
const char *line_from(const struct season_line *l); /* "session" "season json" */
/* Average, with a sign where asked. */
void columns_average(struct columns *c, double v, int decimals, bool sign);

#endif
