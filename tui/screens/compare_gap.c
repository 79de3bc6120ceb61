/* Gap to REF at the end of every lap, under the same columns as the lap times. Down is behind. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "tui/screens/compare.h"
#include "tui/screens/lap_chart.h"

enum { ROWS_WANTED = 4, SECOND = 1000 };
/* Less than this is no picture of a gap. */
static const double LEAST_RANGE = 500;

static const struct lap_pair *largest(const struct comparison *k)
{
	const struct lap_pair *best = NULL;

	for (uint32_t i = 0; i < k->npairs; i++) {
		const struct lap_pair *p = &k->pairs[i];
		if (p->gap != MS_NONE && (!best || p->gap > best->gap))
			best = p;
	}
	return best;
}

static void gap_title(const struct cmp_screen *c, struct surface s, char left[80], char right[80])
{
	const struct lap_pair *p = largest(&c->view->cmp), *at = cmp_lap(c);
	char t[NUM_LEN];

	(void)s;
	snprintf(left, 80, "Gap to %.12s", cmp_id(c, c->cars[1]));
	if (at && c->focus == CMP_GAP)
		snprintf(right, 80, "%s at lap %u", diff_str(t, at->gap), at->number);
	else if (p)
		snprintf(right, 80, "most %s at lap %u", diff_str(t, p->gap), p->number);
}

static int gap_want(const struct cmp_screen *c, int w)
{
	(void)w;
	return cmp_paired(c) && !cmp_timed(c) && !c->linear && largest(&c->view->cmp) ? ROWS_WANTED : 0;
}

static void take(const struct comparison *k, struct lap_series *out)
{
	out->n = 0;
	for (uint32_t i = 0; i < k->npairs && out->n < LAP_CHART_LAPS; i++) {
		out->x[out->n] = k->pairs[i].number;
		out->y[out->n++] = k->pairs[i].gap == MS_NONE ? (double)NAN : k->pairs[i].gap;
	}
}

/* Zero is always in sight; the third and fourth car only as far as they are of use beside YOU. */
static void range_of(const struct lap_series *data, int n, struct chart *ch)
{
	double lo = 0, hi = 0;

	for (int k = 0; k < n; k++) {
		double far = k == 0 ? (double)INFINITY : 2 * fmax(hi, -lo);
		for (int i = 0; i < data[k].n; i++) {
			if (!isfinite(data[k].y[i]) || fabs(data[k].y[i]) > far)
				continue;
			lo = fmin(lo, data[k].y[i]);
			hi = fmax(hi, data[k].y[i]);
		}
	}
	if (hi - lo < LEAST_RANGE)
		hi = lo + LEAST_RANGE;
	ch->y1 = lo;
	ch->y0 = hi;
}

static void label(double y, char out[24])
{
	char t[NUM_LEN];

	if (y >= 100.0 * SECOND || y <= -10.0 * SECOND)
		snprintf(out, 24, "%4.0f", y / SECOND);
	else
		snprintf(out, 24, "%4s", dec_str(t, y / SECOND, 1));
}

static void gap_draw(const struct cmp_screen *c, struct surface s)
{
	static struct lap_series data[CMP_CARS];
	struct chart_series series[CMP_CARS];
	struct chart_band bands[LAP_CHART_BANDS];
	const struct lap_pair *p = cmp_lap(c);
	int n = 0;

	for (unsigned i = 0; i < c->ncars; i++) {
		if (i == 1)
			continue;
		take(cmp_of(c, i), &data[n]);
		series[n] = (struct chart_series){data[n].x,
						  data[n].y,
						  data[n].n,
						  CHART_LINE,
						  car_style(c->view, c->cars[i]),
						  i == 0 ? 'x' : i == 2 ? '3' : '4'};
		n++;
	}
	struct chart ch = {.x0 = 1,
			   .x1 = lap_chart_end(lap_chart_last(c->view, c->cars, c->ncars), surface_w(s)),
			   .series = series,
			   .nseries = n,
			   .bands = bands,
			   .nbands = lap_chart_bands(c->view, bands),
			   .label_w = LAP_CHART_LABEL_W,
			   .label = label,
			   .cursor_x = p ? p->number : (double)NAN};
	range_of(data, n, &ch);
	chart_draw(&ch, s);
	if (c->focus == CMP_GAP && p)
		surface_cursor(s, chart_column(&ch, surface_w(s), p->number), surface_h(s) - 1);
}

const struct cmp_pane cmp_gap = {
	.name = "Gap",
	.title = gap_title,
	.want = gap_want,
	.draw = gap_draw,
	.why = cmp_why_gap,
	.lap_at = NULL,
};
