/* What imports brought: each file's cars, and everything that was wrong with their rows. */
#ifndef REPORT_IMPORT_H
#define REPORT_IMPORT_H

#include "core/report/report.h"
#include "core/telemetry/import.h"

struct imported {
	struct tel_import *what;
	double ms;
};

/* note: about the store, NULL none. */
bool report_import(const struct report_in *in, const char *store, const char *note, const struct imported *list,
		   uint32_t n, struct buf *out, struct err *err) MUST_CHECK;

#endif
