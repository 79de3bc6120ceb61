/* What the telemetry answers are made of: the samples of the cars that are asked about, as a set. */
#ifndef REPORT_TEL_LOAD_H
#define REPORT_TEL_LOAD_H

#include "core/report/record.h"
#include "core/report/report.h"
#include "core/telemetry/compare.h"

struct tel_loaded {
	struct tel_set *set;
	const struct telemetry_car **from; /* where each car of the set comes from; strings in the answer's arena */
	const char *trouble;               /* what is wrong with the store or a file; "" nothing */
};

/* cars: indexes of the session; n 0: all that have samples. grid: with values over distance; else laps only, which needs little memory.
 * Cars whose number nobody gave ("000") are read too where one of those asked for is not found. A car nobody has is no failure: it is not in
 * the set. */
bool tel_load(const struct report_in *in, const uint16_t *cars, uint32_t n, bool grid, struct tel_loaded *out,
	      struct err *err) MUST_CHECK;
void tel_unload(struct tel_loaded *l);

/* "13" or "13:15" of in->words[at]: index in the session's cars, lap 0 when none is said. */
bool tel_word(const struct report_in *in, uint32_t at, uint16_t *car, uint16_t *lap, struct err *err) MUST_CHECK;
/* The lap of the set that was asked for, the best of the car when lap is 0; NULL with err saying what there is. */
const struct tel_lap *tel_wanted(const struct report_in *in, const struct tel_loaded *l, uint16_t car, uint16_t lap,
				 struct err *err) MUST_CHECK;

/* JSON: where the samples come from, the lengths, what is wrong. */
void record_tel_source(struct record *r, const struct tel_loaded *l);
/* Text: the same, a line for each car. */
void tel_source_text(const struct report_in *in, const struct tel_loaded *l, struct buf *out);
const char *tel_car_id(const struct tel_set *s, const struct tel_lap *l);

/* The answers, each of its own words. */
bool tel_answer_cars(const struct report_in *in, struct buf *out, struct err *err);
bool tel_answer_laps(const struct report_in *in, struct buf *out, struct err *err);
bool tel_answer_trace(const struct report_in *in, struct buf *out, struct err *err);
bool tel_answer_delta(const struct report_in *in, struct buf *out, struct err *err);
bool tel_answer_corners(const struct report_in *in, struct buf *out, struct err *err);
bool tel_answer_three(const struct report_in *in, struct buf *out, struct err *err);
bool tel_answer_grip(const struct report_in *in, struct buf *out, struct err *err);

#endif
