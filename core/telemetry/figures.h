/* Inside telemetry: the figures of a lap in a corner by name, and ranges of them. */
#ifndef TELEMETRY_FIGURES_H
#define TELEMETRY_FIGURES_H

#include "core/telemetry/compare.h"

/* FIG_LOST is the time through the zone. NAN unknown; all of them where the corner is in a hole. */
double tel_figure(const struct tel_corner_lap *c, enum tel_figure f);
/* What a figure must differ by to be told; of FIG_LOST: `lost`. */
double tel_figure_floor(const struct tel_options *o, enum tel_figure f, double lost);
/* Of n known values; changes their order. */
struct tel_range tel_range_of(double *v, unsigned n);

#endif
