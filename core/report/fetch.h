/* What a fetch brought. */
#ifndef REPORT_FETCH_H
#define REPORT_FETCH_H

#include "core/report/report.h"
#include "core/source/fetch.h"

bool report_fetch(const struct report_in *in, const char *session, const struct fetch_want *w,
		  const struct fetch_told *t, struct buf *out, struct err *err) MUST_CHECK;

#endif
