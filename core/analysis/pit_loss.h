/* What a stop costs: the median of (in-lap + out-lap) - 2 x median clean lap, measured in the session or set by the user. The clean lap is
 * that of the car's class, which is the session's where there is one class. Source: a rule of this program. */
#ifndef ANALYSIS_PIT_LOSS_H
#define ANALYSIS_PIT_LOSS_H

#include "core/analysis/classify.h"

/* *loss MS_NONE with *stops 0: not known. Stops of the chosen class only. */
bool pit_loss_of(const struct session *s, const struct analysis_options *o, const struct classes *c, ms_t *loss,
		 uint32_t *stops, struct err *err) MUST_CHECK;

#endif
