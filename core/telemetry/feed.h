/* A telemetry file of any shape, poured into a gatherer: what the raw reader and the import have in common. */
#ifndef TELEMETRY_FEED_H
#define TELEMETRY_FEED_H

#include "core/telemetry/dialect.h"
#include "core/telemetry/gather.h"
#include "core/telemetry/rows.h"
#include "core/telemetry/scan.h"

struct tel_feed {
	const struct tel_input *in;
	const struct tel_dialect *d;
	struct tel_wanted wanted; /* n 0: every car */
	bool plain;               /* every line through libcsv */
	struct tel_gather *gather;
	const struct tel_run *run;
};

bool tel_feed_run(const struct tel_feed *f, struct err *err) MUST_CHECK;

#endif
