/* Times and numbers as they stand in telemetry. */
#ifndef TELEMETRY_TEXT_H
#define TELEMETRY_TEXT_H

#include <stdbool.h>
#include <stdint.h>

#include "core/base/str.h"

/* "2025-09-06T18:54:51.734Z", "2025-09-06 18:54:51.734000+00:00", without fraction, without zone (UTC); a fourth digit of the fraction rounds. A
 * number without punctuation is seconds, milliseconds, micro- or nanoseconds since 1970 by its 10, 13, 16 or 19 digits; "1757184891.734" is seconds.
 * Years 1970 to 2199. false: not a time. */
bool tel_time_parse(struct str s, int64_t *ms);
/* The shape that nearly all have, "2025-09-06T18:54:51.734Z" (24 bytes at p): false: another shape, or no time. */
bool tel_time_plain(const char *p, int64_t *ms);
/* A number of digits, perhaps with a sign and a point, and no more than a double holds exactly; false: another shape. */
bool tel_value_plain(const char *p, size_t n, double *out);
/* A decimal number; correctly rounded, as the system's own conversion gives it. No inf, no nan. */
bool tel_value_parse(struct str s, double *out);
/* "11", "11.0": 0 and 32768 and what is no lap give TEL_NO_LAP. */
uint16_t tel_lap_parse(struct str s);
/* "2025-09-06T18:54:51.734Z" and its NUL into out[25]. */
char *tel_time_str(char out[25], int64_t ms);

#endif
