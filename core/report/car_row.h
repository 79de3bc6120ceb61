/* A car as the standings give it; compare gives its two cars in the same shape. */
#ifndef REPORT_CAR_ROW_H
#define REPORT_CAR_ROW_H

#include "core/report/record.h"
#include "core/report/report.h"

struct car_row {
	const struct car *car;
	uint16_t index;                              /* NO_CAR: it did not start */
	uint32_t position, position_class, on_track; /* 0 none */
	ms_t total, gap, interval;
	uint16_t gap_laps, interval_laps;
	uint32_t laps, clean, stops;
	const struct car_best *best;
	const struct car_pace *pace;
	const struct official *official; /* NULL: no official file, or a cut */
	ms_t penalty;
};

struct car_rows {
	struct car_row *at; /* as shown, cars that did not start last */
	uint32_t n;
	bool official; /* in the order of the results file */
};

/* All cars, or those of the analysis' class. */
bool car_rows_make(const struct report_in *in, struct car_rows *out, struct err *err) MUST_CHECK;
/* NULL: not in the class. */
const struct car_row *car_rows_find(const struct car_rows *rows, uint16_t car);
/* Writes the fields of the row, without the braces. */
void record_car_row(struct record *r, const struct report_in *in, const struct car_row *row);

#endif
