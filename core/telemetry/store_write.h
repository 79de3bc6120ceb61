/* What the import needs of a writer besides core/telemetry/store.h. Internal to core/telemetry. */
#ifndef TELEMETRY_STORE_WRITE_H
#define TELEMETRY_STORE_WRITE_H

#include "core/telemetry/gather.h"
#include "core/telemetry/store.h"

/* Where a file's ticks are poured into. */
struct tel_gather *tel_writer_gather(struct tel_writer *w);
/* Commits and leaves w to be freed: what order tells of the cars is in its gatherer then. */
bool tel_writer_write(struct tel_writer *w, struct err *err) MUST_CHECK;
/* Another name for the source: known only now. */
void tel_writer_rename(struct tel_writer *w, const char *name);

#endif
