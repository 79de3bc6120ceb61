/* Two short cuts past cutting a line into fields. Both prove that a line has the build of one that was cut before, byte by byte; what they cannot
 * prove they leave alone. Internal to core/telemetry.
 *
 * Repeat: like the line before but for name, value and times. A time may only be another "2025-09-06T18:54:51.734Z".
 * Filter: of a car that nobody wants, told by the fields that name the car: those at the end of the line where nothing follows them (a buffer without a
 * quote), else all that is in front of them. A row whose number of fields is not the header's is refused wherever it is cut, so that a field's
 * place from either end is its column. */
#ifndef TELEMETRY_ROWS_FAST_H
#define TELEMETRY_ROWS_FAST_H

#include "core/telemetry/take.h"

enum { FAST_LINE = 1024, FAST_TIME = 24, NAME_SLOTS = 64, FILTER_SLOTS = 512, FILTER_SPAN = 256 };

struct tel_name_slot {
	char name[31];
	int8_t channel;
	uint8_t n; /* 0: free */
};

struct tel_time_at {    /* a time in the line */
	int32_t off;    /* from its start, or below 0: from its end */
	int64_t *value; /* of the place */
};

struct tel_stretch { /* bytes that must be the same */
	int32_t off; /* as above */
	uint32_t n;
};

struct tel_repeat {
	struct tel_taker *k;
	bool can;   /* this dialect's name and value stand side by side */
	bool valid; /* there is a line before */
	char line[FAST_LINE];
	size_t n, prefix, suffix;
	char sep[4]; /* between name and value */
	size_t sep_n;
	struct tel_time_at time[2];
	unsigned ntimes;
	struct tel_stretch same[6];
	unsigned nsame;
	struct tel_place at;
	struct tel_name_slot name[NAME_SLOTS]; /* at most half of them in use */
	unsigned nnames;
};

void tel_repeat_init(struct tel_repeat *r, struct tel_taker *k);
/* The line was cut into fields and taken. */
void tel_repeat_learn(struct tel_repeat *r, const char *p, size_t n, const struct str *field, uint32_t nfields);
bool tel_repeat_takes(struct tel_repeat *r, const char *p, size_t n);

struct tel_span { /* bytes by which a car is known; where mask is 0xf0 any digit will do */
	uint32_t n;
	unsigned char bytes[FILTER_SPAN], mask[FILTER_SPAN];
};

struct tel_filter {
	struct tel_taker *k;
	enum { FILTER_OFF, FILTER_TAIL, FILTER_FRONT } mode;
	int first, last; /* columns that name the car */
	bool quotes;     /* in this buffer */
	uint32_t recent; /* the span that fitted last; nspans none */
	uint32_t nspans;
	uint16_t slot[FILTER_SLOTS]; /* by hash: span + 1 */
	struct tel_span *span;       /* FILTER_SLOTS / 2 of them */
};

void tel_filter_init(struct tel_filter *f, struct tel_taker *k);
void tel_filter_release(struct tel_filter *f);
void tel_filter_buffer(struct tel_filter *f, const char *p, size_t n);
void tel_filter_learn(struct tel_filter *f, const char *p, size_t n, const struct str *field, uint32_t nfields);
bool tel_filter_skips(struct tel_filter *f, const char *p, size_t n);

#endif
