/* Inside the answers about corners: what is asked, and its parts. */
#ifndef REPORT_TEL_CORNERS_H
#define REPORT_TEL_CORNERS_H

#include "core/report/tel_load.h"

struct corners_ctx {
	const struct report_in *in;
	struct tel_loaded *l;
	uint16_t car[2], lap[2];
	struct tel_table table;
	struct tel_five five;
	uint32_t first, n; /* laps of a car in the set */
};

const struct tel_corner *asked_corner(const struct corners_ctx *c, uint32_t i);
void corner_record(struct record *r, const struct tel_corner *k);
void corner_range_record(struct record *r, const char *name, const struct tel_range *u, int decimals);

/* tel_five.c: the best five against the best five. */
record_row five_record;
void five_head_record(struct record *r, const struct tel_five *f);
void five_text(const struct corners_ctx *c, struct buf *out);

#endif
