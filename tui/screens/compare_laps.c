/* Lap times of up to four cars: YOU a line, REF points, so that it reads in one colour. By lap, or stint on stint. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "tui/screens/compare.h"
#include "tui/screens/lap_chart.h"

enum { ROWS_WANTED = 10, NUMBERS_APART = 2 };

static unsigned longest_stint(const struct cmp_screen *c)
{
	const struct analysis *an = c->view->analysis;
	unsigned longest = 1;

	for (uint32_t i = 0; i < an->paces.nstints; i++) {
		const struct stint *st = &an->paces.stints[i];
		for (unsigned k = 0; k < c->ncars; k++)
			if (st->car == c->cars[k] && (unsigned)(st->last - st->first + 1) > longest)
				longest = st->last - st->first + 1U;
	}
	return longest;
}

static unsigned last_of(const struct cmp_screen *c)
{
	return c->by_stint ? longest_stint(c) : lap_chart_last(c->view, c->cars, c->ncars);
}

static void laps_title(const struct cmp_screen *c, struct surface s, char left[80], char right[80])
{
	const struct lap_pair *p = cmp_lap(c);
	const struct laps *l = &c->view->session->laps;
	char a[NUM_LEN], b[NUM_LEN], d[NUM_LEN];
	size_t n;

	n = (size_t)snprintf(left, 80, "%s  you %.8s %s ref %.8s %s", c->by_stint ? "Stints" : "Lap times",
			     cmp_id(c, c->cars[0]), lap_chart_sample(s, true), cmp_id(c, c->cars[1]),
			     lap_chart_sample(s, false));
	for (unsigned i = 2; i < c->ncars && n < 70; i++)
		n += (size_t)snprintf(left + n, 80 - n, " %s %.8s", i == 2 ? "3rd" : "4th", cmp_id(c, c->cars[i]));
	if (p && !c->linear && !cmp_timed(c) && c->focus == CMP_LAPS)
		snprintf(right, 80, "L%u %s %s %s", p->number, time_str(a, l->time[p->you]),
			 time_str(b, l->time[p->ref]), diff_str(d, p->delta));
	else if (c->by_stint)
		snprintf(right, 80, "by lap in stint");
}

/* The legend's cars in their colours. */
static void laps_legend(const struct cmp_screen *c, struct surface s)
{
	static const char *const word[CMP_CARS] = {"you ", "ref ", "3rd ", "4th "};
	int x = 2 + (int)strlen(c->by_stint ? "Stints  " : "Lap times  ");
	int sample = surface_ascii(s) ? 1 : 2;

	for (unsigned i = 0; i < c->ncars; i++) {
		int n = 4 + (int)strlen(cmp_id(c, c->cars[i])) + (i < 2 ? 1 + sample : 0);
		surface_text(s, x, 0, car_style(c->view, c->cars[i]), word[i]);
		surface_text(s, x + 4, 0, car_style(c->view, c->cars[i]), cmp_id(c, c->cars[i]));
		for (int k = 0; i < 2 && k < sample; k++) {
			struct cell *cell = surface_cell(s, x + n - sample + k, 0);
			if (cell)
				cell->style = car_style(c->view, c->cars[i]);
		}
		x += n + 1;
	}
}

static int laps_want(const struct cmp_screen *c, int w)
{
	(void)w;
	return cmp_paired(c) && !c->linear ? ROWS_WANTED : 0;
}

static void chart_of(const struct cmp_screen *c, int w, int rows, struct chart *ch, struct chart_series *s,
		     struct lap_series *data, struct chart_band *bands)
{
	static const char ascii[CMP_CARS] = {'x', 'o', '3', '4'};
	const struct lap_pair *p = cmp_lap(c);

	for (unsigned i = 0; i < c->ncars; i++) {
		lap_series_take(c->view, c->cars[i], c->by_stint, &data[i]);
		s[i] = (struct chart_series){data[i].x,
					     data[i].y,
					     data[i].n,
					     i == 1 ? CHART_POINTS : CHART_LINE,
					     car_style(c->view, c->cars[i]),
					     ascii[i]};
	}
	*ch = (struct chart){.x0 = 1,
			     .x1 = lap_chart_end(last_of(c), w),
			     .series = s,
			     .nseries = (int)c->ncars,
			     .bands = bands,
			     .nbands = c->by_stint ? 0 : lap_chart_bands(c->view, bands),
			     .label_w = LAP_CHART_LABEL_W,
			     .label = lap_chart_label,
			     .cursor_x = NAN};
	if (p && !c->by_stint && !cmp_timed(c))
		ch->cursor_x = p->number;
	lap_chart_axis(c->view, c->cars, c->ncars, rows, &ch->y0, &ch->y1, &ch->label_every);
}

/* Laps to write a number under: 1, then every step-th. */
static unsigned label_step(double columns_a_lap)
{
	static const unsigned steps[] = {1, 2, 4, 8, 10, 20, 25, 50, 100, 200, 500};
	size_t i = 0;

	while (i + 1 < sizeof(steps) / sizeof(steps[0]) && columns_a_lap * steps[i] < 6)
		i++;
	return steps[i];
}

static void draw_numbers(const struct chart *ch, unsigned last, struct surface s, int y)
{
	int w = surface_w(s), end = LAP_CHART_LABEL_W;
	unsigned step = label_step((double)(w - LAP_CHART_AXIS_X) / last);
	char t[12];

	surface_text(s, 0, y, STYLE(DIM), "lap");
	for (unsigned lap = 1; lap <= last; lap++) {
		int n = snprintf(t, sizeof(t), "%u", lap), x = chart_column(ch, w, lap) - n + 1;
		if ((lap != 1 && lap % step) || x < end || x + n > w)
			continue;
		surface_text(s, x, y, STYLE(DIM), t);
		end = x + n + NUMBERS_APART;
	}
}

static void laps_draw(const struct cmp_screen *c, struct surface s)
{
	static struct lap_series data[CMP_CARS]; /* 64 KiB: too much for a stack; only one thread draws */
	struct chart_band bands[LAP_CHART_BANDS];
	struct chart_series series[CMP_CARS];
	struct chart ch;
	int h = surface_h(s);

	chart_of(c, surface_w(s), h - 1, &ch, series, data, bands);
	chart_draw(&ch, surface_sub(s, (struct rect){0, 0, surface_w(s), h - 1}));
	draw_numbers(&ch, last_of(c), s, h - 1);
	if (c->focus == CMP_LAPS && isfinite(ch.cursor_x))
		surface_cursor(s, chart_column(&ch, surface_w(s), ch.cursor_x), h - 1);
}

static bool laps_lap_at(const struct cmp_screen *c, struct surface s, int x, int *row)
{
	struct chart ch = {
		.x0 = 1, .x1 = lap_chart_end(last_of(c), surface_w(s)), .y1 = 1, .label_w = LAP_CHART_LABEL_W};
	double want = chart_value(&ch, surface_w(s), x);
	int best = -1;

	if (c->by_stint || cmp_timed(c))
		return false;
	for (uint32_t i = 0; i < c->npair; i++)
		if (best < 0 || fabs(c->pair[i].number - want) < fabs(c->pair[best].number - want))
			best = (int)i;
	*row = best;
	return best >= 0;
}

const struct cmp_pane cmp_laps = {
	.name = "Lap times",
	.title = laps_title,
	.legend = laps_legend,
	.want = laps_want,
	.draw = laps_draw,
	.why = cmp_why_lap,
	.lap_at = laps_lap_at,
};
