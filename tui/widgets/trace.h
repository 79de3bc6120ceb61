/* Many points in few columns: what a lap of thousands of points becomes before a chart draws it, and the strip of a difference
 * around zero.
 *
 * Points lie in order of x: x[i], or i * step where x is NULL. NAN in x or v is a hole and stays one. */
#ifndef TUI_WIDGETS_TRACE_H
#define TUI_WIDGETS_TRACE_H

#include <stdint.h>

#include "tui/surface.h"

enum { TRACE_POINTS = 6144, TRACE_COLUMNS = 1200 };

struct trace_in {
	const float *x; /* NULL: i * step */
	double step;
	const float *v; /* NULL: the channel is not there */
	uint32_t n;
};

struct trace {
	double x[TRACE_POINTS], y[TRACE_POINTS];
	int n;
};

/* What a line through all points of [x0, x1] touches, in `columns` columns: of each the first, least, greatest and last point; a NAN
 * where there is a hole. columns above TRACE_COLUMNS count as so many. */
void trace_reduce(const struct trace_in *in, double x0, double x1, int columns, struct trace *out);
/* Of each column the value farthest from zero, NAN where there is none (no point, or a hole alone): a column narrower than the distance of
 * two points takes the nearer one's. */
void trace_peaks(const struct trace_in *in, double x0, double x1, int columns, float *out);

/* Columns of values a strip w cells wide shows. */
int strip_columns(struct surface s, int w);
/* Fills from the middle line of s up where v > 0, down where v < 0, up to `range` (> 0) at its edges. v: strip_columns() values; NAN:
 * blank. A value too small to fill anything leaves a dot on the middle line, so that a hole differs from no difference. */
void strip_draw(struct surface s, const float *v, double range, struct style up, struct style down);

#endif
