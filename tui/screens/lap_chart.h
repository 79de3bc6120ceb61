/* Lap times of a few cars over the race: what the charts of several screens have in common. */
#ifndef TUI_SCREENS_LAP_CHART_H
#define TUI_SCREENS_LAP_CHART_H

#include "tui/view.h"
#include "tui/widgets/chart.h"

enum { LAP_CHART_LAPS = 1024, LAP_CHART_BANDS = 64, LAP_CHART_LABEL_W = 4, LAP_CHART_AXIS_X = LAP_CHART_LABEL_W + 1 };

struct lap_series {
	double x[LAP_CHART_LAPS], y[LAP_CHART_LAPS];
	int n;
};

/* x: lap number, or the lap of its stint (1, 2, ..; each stint is a line of its own). Laps left out by hand and lost rows
 * are gaps. */
void lap_series_take(const struct view *v, uint16_t car, bool by_stint, struct lap_series *out);
/* The range shown: clean laps of the cars; lap 1, in and out laps and cautions never set the scale. false: none is clean. */
bool lap_chart_range(const struct view *v, const uint16_t *cars, unsigned n, double *lo, double *hi);
/* What the chart shows in so many rows, a label every so many: each label is a whole number of tenths above the next. The top
 * stays; the bottom goes down to where that works out, by the way of labelling that wastes least. */
bool lap_chart_axis(const struct view *v, const uint16_t *cars, unsigned n, int rows, double *lo, double *hi,
		    int *every);
/* The greatest lap number of the cars; at least 1. */
unsigned lap_chart_last(const struct view *v, const uint16_t *cars, unsigned n);
/* Right end of the lap axis: a little beyond the last lap, so that every lap takes the same whole number of columns. */
double lap_chart_end(unsigned last, int w);
/* Laps of YOU under caution, as bands over the chart; at most LAP_CHART_BANDS. */
int lap_chart_bands(const struct view *v, struct chart_band *b);
/* "38.8" within a minute. */
void lap_chart_label(double y, char out[24]);
/* How the line of YOUR car, or the points of the other, look. */
const char *lap_chart_sample(struct surface s, bool you);

#endif
