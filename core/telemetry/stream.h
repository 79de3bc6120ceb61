/* Settled ticks become the columns of a stream. */
#ifndef TELEMETRY_STREAM_H
#define TELEMETRY_STREAM_H

#include "core/telemetry/tick.h"

enum { TEL_STREAM_TICKS_MAX = 4 * 1024 * 1024 };

/* A stream for up to n ticks of the channels in mask, everything missing; s->n = 0. car is filled by the caller, from s->arena. */
struct tel_stream *tel_stream_new(uint32_t n, uint32_t channels, struct err *err) MUST_CHECK;
/* At place i: t is UTC. */
void tel_stream_put(struct tel_stream *s, uint32_t i, int64_t t, const struct tel_tick *tick);
/* Columns without a value become NULL. */
void tel_stream_trim(struct tel_stream *s);

#endif
