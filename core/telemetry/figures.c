#include "core/telemetry/figures.h"

#include <math.h>

#include "core/analysis/stat.h"

const char *tel_figure_name(enum tel_figure f)
{
	static const char *const names[FIG_COUNT] = {"lost",  "min",  "brake", "bar", "gas",
						     "entry", "exit", "apex",  "in",  "out"};

	return names[f];
}

double tel_figure(const struct tel_corner_lap *c, enum tel_figure f)
{
	const double figures[FIG_COUNT] = {
		[FIG_LOST] = c->time, [FIG_MIN] = c->min,     [FIG_BRAKE] = c->brake, [FIG_PEAK] = c->peak,
		[FIG_GAS] = c->gas,   [FIG_ENTRY] = c->entry, [FIG_EXIT] = c->exit,   [FIG_APEX] = c->apex,
		[FIG_IN] = c->in,     [FIG_OUT] = c->out};

	return c->hole ? (double)NAN : figures[f];
}

double tel_figure_floor(const struct tel_options *o, enum tel_figure f, double lost)
{
	switch (f) {
	case FIG_LOST:
	case FIG_IN:
	case FIG_OUT:
		return lost;
	case FIG_MIN:
	case FIG_ENTRY:
	case FIG_EXIT:
		return o->floor_speed;
	case FIG_PEAK:
		return o->floor_pressure;
	case FIG_APEX:
		return o->floor_apex;
	default:
		return o->floor_brake;
	}
}

struct tel_range tel_range_of(double *v, unsigned n)
{
	struct tel_range r = {.low = NAN, .high = NAN, .median = NAN, .n = n};

	for (unsigned i = 0; i < n; i++) {
		r.low = v[i] >= r.low ? r.low : v[i];
		r.high = v[i] <= r.high ? r.high : v[i];
	}
	if (n > 0)
		r.median = dbl_median(v, n);
	return r;
}
