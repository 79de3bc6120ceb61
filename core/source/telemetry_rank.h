/* Is a source of telemetry about a session? Internal to core/source. */
#ifndef SOURCE_TELEMETRY_RANK_H
#define SOURCE_TELEMETRY_RANK_H

#include "core/model/session.h"
#include "core/model/telemetry.h"

/* name: path or words of the source; car NULL: only the name is known. -1: no; else the higher the likelier. */
int telemetry_rank(const char *name, const struct tel_car *car, const struct session *s);
/* "013" is "13", "000" is "0". */
const char *telemetry_unpadded(const char *number);

#endif
