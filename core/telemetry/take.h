/* The cells of one row become values of a tick, whatever file they stood in. Internal to core/telemetry. */
#ifndef TELEMETRY_TAKE_H
#define TELEMETRY_TAKE_H

#include "core/telemetry/rows.h"

#define TEL_VALUE_MAX 1e9 /* what no channel reaches: beyond it a number is broken */

struct tel_place { /* of a row */
	uint32_t ident;
	int64_t clock, meta;
	uint16_t lap;
	bool outside; /* its car is wanted, but not at that time */
};

/* What rows name a car by, and which of them are wanted. */
struct tel_taker {
	struct tel_batch batch;
	const struct tel_dialect *d;
	struct tel_wanted wanted;
	uint8_t *is_wanted; /* by ident: 0 not looked at yet, 1 no, 2 yes */
	uint32_t nwanted;
	struct tel_place place; /* of the row taken last */
	bool taken;             /* the last row was one with a place */
	uint32_t unwanted;      /* the last row's car, when nobody wants it; else TEL_NO_IDENT */
};

bool tel_taker_init(struct tel_taker *k, const struct tel_dialect *d, const struct tel_wanted *wanted);
void tel_taker_release(struct tel_taker *k);

/* Counts the row and reads who, when and which lap. false: it is refused and counted so, or its car is not wanted. */
bool tel_take_place(struct tel_taker *k, const struct str f[TEL_COLUMNS], struct tel_place *out);
/* Whose car an ident is: wanted, and in the window at that time? */
bool tel_take_wanted(struct tel_taker *k, uint32_t ident);
bool tel_take_outside(const struct tel_taker *k, uint32_t ident, int64_t meta);
/* The tick of the place, its row counted; NULL: no memory. */
struct tel_tick *tel_take_tick(struct tel_taker *k, const struct tel_place *at);
void tel_take_value(struct tel_taker *k, const struct tel_place *at, struct tel_tick *t, int channel, double v);
/* One cell as text. */
void tel_take_cell(struct tel_taker *k, const struct tel_place *at, struct tel_tick *t, int channel, struct str cell);
/* A whole row of the long shapes, of the wide one. */
void tel_take_long(struct tel_taker *k, const struct str f[TEL_COLUMNS]);
void tel_take_wide(struct tel_taker *k, const struct str f[TEL_COLUMNS], const struct str *cell, uint32_t n);

#endif
