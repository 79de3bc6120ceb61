/* A session's lap file as it came to be: its rows, byte for byte, in the order in which the cars crossed the line. */
#ifndef SOURCE_REPLAY_H
#define SOURCE_REPLAY_H

#include "core/base/err.h"
#include "core/base/str.h"
#include "core/model/session.h"

struct replay;

/* Reads the lap file again. Rows that were refused, and doubles, are left out: no lap is behind them. NULL with err: the session has no
 * clock (ELAPSED), or its file cannot be read or has changed since. */
struct replay *replay_new(const struct session *s, struct err *err) MUST_CHECK;
void replay_free(struct replay *r);

struct str replay_header(const struct replay *r); /* the header line with its line end */
uint32_t replay_rows(const struct replay *r);
/* Row i in time order, with a line end; *at: when it was driven, on the session's clock. */
struct str replay_row(const struct replay *r, uint32_t i, ms_t *at);
/* The clock when the first car had done this many laps; MS_NONE: none has. */
ms_t replay_lap_at(const struct replay *r, uint16_t lap);

#endif
