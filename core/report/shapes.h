/* Shapes that several answers share: the head of every answer, an interval, a pace, a trend, a car as in the standings. */
#ifndef REPORT_SHAPES_H
#define REPORT_SHAPES_H

#include "core/model/telemetry.h"
#include "core/report/record.h"
#include "core/report/report.h"

/* Every JSON answer: begins with session, source and warnings; answer_end closes it. No effect on CSV. */
void answer_begin(struct record *r, const struct report_in *in, struct buf *out);
/* False with err when memory ran out. */
bool answer_end(struct record *r, struct err *err);
bool answer_is_whole(const struct buf *out, struct err *err);
/* Text: "Barber R2  race  22 cars  602 laps, 561 clean". */
void heading_text(const struct report_in *in, struct buf *out);
/* Text: source line and warnings, last in every answer. */
void footer_text(const struct report_in *in, struct buf *out);

void record_interval(struct record *r, const char *name, const struct interval *v);
void record_pace(struct record *r, const struct pace *p);
/* What is wrong with the rows of a car, as members. */
void record_tel_counts(struct record *r, const struct tel_counts *n);
void record_trend(struct record *r, const struct trend *t);

/* Name of the driver of a lap: the lap's own, else the car's. */
const char *driver_of(const struct session *s, const struct car *c, uint16_t driver);
/* "22" of a car index; NULL for NO_CAR. */
const char *car_id(const struct session *s, uint16_t car);
/* "+1.234" or "2 laps" or "-". */
const char *gap_text(char out[NUM_LEN], ms_t gap, uint16_t laps);

#endif
