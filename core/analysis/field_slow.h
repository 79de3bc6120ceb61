/* Cautions of a file without flags, told by the field's own pace.
 *
 * At each crossing: the latest lap of every car, unless it ended longer ago than that car's own median clean lap. When these are
 * five cars or more and the median of their LAP_TIME over own clean median is above 1.10, the field is slow, and it is treated
 * as a caution. In, out and first laps are no sign of it. Source: a rule of this program. */
#ifndef ANALYSIS_FIELD_SLOW_H
#define ANALYSIS_FIELD_SLOW_H

#include "core/analysis/classify.h"

/* Needs the first pass of every car; sets caution_start and caution_end, the spans and field_slow_used. Looks only back, so a
 * cut changes nothing before it but the cars' own medians. */
bool field_slow_mark(const struct session *s, const struct analysis_options *o, struct arena *a, struct classes *c,
		     struct err *err) MUST_CHECK;

#endif
