/* Cars with several drivers: who drove how long, and how quick, each against the class of the same 20 minutes. */
#ifndef REPORT_STINT_DRIVERS_H
#define REPORT_STINT_DRIVERS_H

#include "core/analysis/driver_pace.h"
#include "core/report/record.h"
#include "core/report/report.h"

struct stint_driver {
	uint16_t car;
	const char *name;
	uint32_t laps;
	ms_t time; /* at the wheel: the sum of the laps, without the lane */
	struct driver_pace pace;
};

struct stint_drivers {
	struct stint_driver *at; /* by car, then by who drove first */
	uint32_t n;
};

/* Of in->car, or of all cars; cars with one driver have none here. Memory of in->arena. */
bool stint_drivers_make(const struct report_in *in, struct stint_drivers *out, struct err *err) MUST_CHECK;
void stint_drivers_record(struct record *r, const struct report_in *in, const struct stint_drivers *l);
void stint_drivers_text(const struct report_in *in, const struct stint_drivers *l, struct buf *out);

#endif
