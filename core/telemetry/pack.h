/* A stretch of one car's ticks as bytes of the store: times as steps, each channel a column with the ticks it has a value at. Little-endian; numbers
 * exactly as they were read (float, degrees as double). A checksum tells damage. */
#ifndef TELEMETRY_PACK_H
#define TELEMETRY_PACK_H

#include "core/base/buf.h"
#include "core/telemetry/tick.h"

enum { PACK_TICKS_MAX = 4096, PACK_STEP_MAX = 65535 };

struct tel_packed {       /* what the head of a stretch says */
	int64_t from, to; /* of the car's clock */
	uint32_t n;
	uint32_t channels;
};

/* How many of n settled ticks go into one stretch: until a step is longer than PACK_STEP_MAX ms. */
size_t tel_pack_fits(const struct tel_tick *t, size_t n);
bool tel_pack(struct buf *out, const struct tel_tick *t, size_t n);
/* false: damaged. */
bool tel_pack_head(struct str bytes, struct tel_packed *head) MUST_CHECK;
/* All ticks of a stretch into t, which has room for head.n; meta is lost (the clock stands for it). */
bool tel_unpack(struct str bytes, struct tel_tick *t) MUST_CHECK;
/* A stretch column by column, PACK_TICKS_MAX places each; NAN where there is no value. */
struct tel_columns {
	int64_t clock[PACK_TICKS_MAX];
	uint16_t lap[PACK_TICKS_MAX];
	float v[TEL_LAT][PACK_TICKS_MAX];
	double gps[2][PACK_TICKS_MAX];
};
/* Columns of channels that head.channels lacks are left alone. */
bool tel_unpack_columns(struct str bytes, struct tel_packed *head, struct tel_columns *c) MUST_CHECK;
/* Only times (of the car's clock) and laps, PACK_TICKS_MAX places each. */
bool tel_unpack_times(struct str bytes, struct tel_packed *head, int64_t *clock, uint16_t *lap) MUST_CHECK;

#endif
