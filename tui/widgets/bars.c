/* Bars and rows of small columns, in eighths of a cell. */
#include <math.h>

#include "tui/widgets/chart.h"

void bar_draw(struct surface s, int x, int y, int w, double part, struct style st)
{
	double p = isfinite(part) ? fmin(fmax(part, 0), 1) : 0;
	int eighths = (int)lround(p * w * 8), full = eighths / 8, rest = eighths % 8;
	bool ascii = surface_ascii(s);

	for (int i = 0; i < full && i < w; i++)
		surface_put(s, x + i, y, st, ascii ? '#' : 0x2588);
	if (rest == 0 || full >= w)
		return;
	if (!ascii)
		surface_put(s, x + full, y, st, (uint32_t)(0x2590 - rest));
	else if (rest >= 4)
		surface_put(s, x + full, y, st, '=');
}

void spark_draw(struct surface s, int x, int y, const double *v, int n, double lo, double hi, struct style st)
{
	static const char levels[8] = {'_', '.', ':', '-', '=', '+', '*', '#'};
	bool ascii = surface_ascii(s);

	for (int i = 0; i < n; i++) {
		int level;

		if (!isfinite(v[i]))
			continue;
		level = hi > lo ? (int)lround(fmin(fmax((v[i] - lo) / (hi - lo), 0), 1) * 7) : 3;
		surface_put(s, x + i, y, st,
			    ascii ? (uint32_t)(unsigned char)levels[level] : (uint32_t)(0x2581 + level));
	}
}
