/* Laps: both cars over the race, caution shaded; beneath, under the same columns, the gap and what each of YOUR laps was. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "core/analysis/lap_mark.h"
#include "tui/screens/dash.h"
#include "tui/screens/dash_export.h"
#include "tui/screens/lap_chart.h"
#include "tui/screens/why.h"

enum { FOOT_ROWS = 3, CHART_MIN = 3, LEGEND_X = 8 };

/* The two cars of the chart, YOU first. */
struct both {
	uint16_t car[2];
};

static struct both both_of(const struct view *v)
{
	return (struct both){{v->you, v->ref}};
}

static unsigned last_lap(const struct view *v)
{
	return lap_chart_last(v, both_of(v).car, 2);
}

static bool laps_range(const struct view *v, double *lo, double *hi)
{
	return lap_chart_range(v, both_of(v).car, 2, lo, hi);
}

static const struct lap_pair *pair_at(const struct dash *d)
{
	const struct comparison *c = &d->view->cmp;

	return d->lap >= 0 && (uint32_t)d->lap < c->npairs ? &c->pairs[d->lap] : NULL;
}

static void laps_title(const struct dash *d, struct surface s, char left[80], char right[80])
{
	int w = surface_w(s);
	const struct lap_pair *p = pair_at(d);
	const struct view *v = d->view;
	char a[NUM_LEN], b[NUM_LEN], c[NUM_LEN];
	double lo, hi;

	/* The legend: how each line looks. */
	if (d->linear)
		snprintf(left, 80, "Laps  you %.8s, ref %.8s", dash_car_id(d, v->you), dash_car_id(d, v->ref));
	else
		snprintf(left, 80, "Laps  you %.8s %s ref %.8s %s", dash_car_id(d, v->you), lap_chart_sample(s, true),
			 dash_car_id(d, v->ref), lap_chart_sample(s, false));
	if (p && d->focus == PANE_LAPS && !d->linear)
		snprintf(right, 80, w > 50 ? "L%u %s %s %s" : "L%u %.0s%.0s%s", p->number,
			 time_str(a, v->session->laps.time[p->you]), time_str(b, v->session->laps.time[p->ref]),
			 diff_str(c, p->delta));
	else if (w > 50 && !d->linear && laps_range(v, &lo, &hi))
		snprintf(right, 80, "%s to %s", time_str(a, (ms_t)lo), time_str(b, (ms_t)hi));
}

/* The samples of the legend in the colours of what they stand for. */
static void laps_legend(const struct dash *d, struct surface s)
{
	const struct view *v = d->view;
	int n = surface_ascii(s) ? 1 : 2;
	int x = LEGEND_X + 4 + (int)strlen(dash_car_id(d, v->you)) + 1;

	for (int i = 0; i < 2; i++) {
		struct style st = i == 0 ? STYLE(YOU) : STYLE(REF);

		for (int k = 0; k < n; k++) {
			struct cell *c = surface_cell(s, x + k, 0);
			if (c)
				c->style = st;
		}
		x += n + 1 + 4 + (int)strlen(dash_car_id(d, v->ref)) + 1;
	}
}

static int laps_want(const struct dash *d, int w)
{
	(void)w;
	if (d->linear)
		return dash_paired(d) && d->view->cmp.npairs ? (int)d->view->cmp.npairs + 1 : 0;
	return dash_paired(d) ? 12 : 0;
}

static void chart_of(const struct dash *d, int w, int rows, struct chart *c, struct chart_series s[2],
		     struct lap_series data[2], struct chart_band *bands)
{
	const struct view *v = d->view;
	const struct lap_pair *p = pair_at(d);

	lap_series_take(v, v->you, false, &data[0]);
	lap_series_take(v, v->ref, false, &data[1]);
	s[0] = (struct chart_series){data[0].x, data[0].y, data[0].n, CHART_LINE, STYLE(YOU), 'x'};
	s[1] = (struct chart_series){data[1].x, data[1].y, data[1].n, CHART_POINTS, STYLE(REF), 'o'};
	*c = (struct chart){.x0 = 1,
			    .x1 = lap_chart_end(last_lap(v), w),
			    .series = s,
			    .nseries = 2,
			    .bands = bands,
			    .nbands = lap_chart_bands(v, bands),
			    .label_w = LAP_CHART_LABEL_W,
			    .label = lap_chart_label,
			    .cursor_x = NAN};
	if (p && d->focus == PANE_LAPS && !d->linear)
		c->cursor_x = p->number;
	lap_chart_axis(v, both_of(v).car, 2, rows, &c->y0, &c->y1, &c->label_every);
}

/* Laps to write a number under: 1, then every step-th. */
static unsigned label_step(int w, unsigned laps)
{
	static const unsigned steps[] = {1, 2, 4, 8, 10, 20, 25, 50, 100, 200, 500};
	size_t i = 0;

	while (i + 1 < sizeof(steps) / sizeof(steps[0]) && (double)(w - LAP_CHART_AXIS_X) / laps * steps[i] < 8)
		i++;
	return steps[i];
}

static void draw_numbers(const struct dash *d, const struct chart *c, struct surface s, int y)
{
	const struct comparison *cmp = &d->view->cmp;
	int w = surface_w(s), end = 0;
	unsigned step = label_step(w, last_lap(d->view));
	char t[NUM_LEN];

	surface_text(s, 0, y, STYLE(DIM), "lap");
	surface_text(s, 0, y + 1, STYLE(DIM), "gap");
	for (unsigned lap = 1; lap <= last_lap(d->view); lap++) {
		if (lap != 1 && lap % step)
			continue;
		int x = chart_column(c, w, lap), n = snprintf(t, sizeof(t), "%u", lap);
		if (x - n + 1 > end)
			surface_text(s, x - n + 1, y, STYLE(DIM), t), end = x + 1;
	}
	end = LAP_CHART_AXIS_X;
	for (uint32_t i = 0; i < cmp->npairs; i++) {
		unsigned lap = cmp->pairs[i].number;
		int x = chart_column(c, w, lap);
		if (lap % step || cmp->pairs[i].gap == MS_NONE)
			continue;
		int n = (int)strlen(diff_str(t, cmp->pairs[i].gap));
		if (x - n + 1 > end && x < w)
			surface_text(s, x - n + 1, y + 1, STYLE(TEXT), t), end = x + 1;
	}
}

static void draw_air(const struct dash *d, const struct chart *c, struct surface s, int y)
{
	const struct view *v = d->view;
	uint32_t first = car_first(v->analysis, v->you), n = car_seen(v->analysis, v->you);
	int w = surface_w(s);

	surface_text(s, 0, y, STYLE(DIM), "air");
	for (uint32_t i = first; i < first + n; i++) {
		int x = chart_column(c, w, v->session->laps.number[i]);
		char mark = lap_mark_plain(v->analysis, i);
		struct cell *there = surface_cell(s, x, y);
		if (there && lap_mark_weight(there->cp == 0xB7 ? '.' : (char)there->cp) > lap_mark_weight(mark))
			continue; /* several laps in one column: the weightier shows */
		surface_put(s, x, y, mark == '=' || mark == '.' ? STYLE(DIM) : STYLE(TEXT), mark_letter(s, mark));
	}
}

/* The cursor's foot: the mark of the lap, where the terminal's own cursor waits. */
static void draw_lap_cursor(const struct chart *c, struct surface s, int y)
{
	int x = isfinite(c->cursor_x) ? chart_column(c, surface_w(s), c->cursor_x) : -1;

	if (x < LAP_CHART_AXIS_X)
		return;
	surface_ground(s, (struct rect){x, y, 1, 1}, ROLE_CURSOR);
	surface_cursor(s, x, y);
}

/* Text output: figures instead of a picture. */
static void draw_table(const struct dash *d, struct surface s)
{
	const struct view *v = d->view;
	char you[NUM_LEN], ref[NUM_LEN], diff[NUM_LEN], gap[NUM_LEN];

	surface_fmt(s, 0, 0, STYLE(HEAD), "%4s %9s %9s %9s %10s  %s", "lap", "you", "ref", "you-ref", "gap", "air");
	for (uint32_t i = 0; i < v->cmp.npairs; i++) {
		const struct lap_pair *p = &v->cmp.pairs[i];

		surface_fmt(s, 0, 1 + (int)i, STYLE(TEXT), "%4u %9s %9s %9s %10s  %c", p->number,
			    time_str(you, v->session->laps.time[p->you]), time_str(ref, v->session->laps.time[p->ref]),
			    diff_str(diff, p->delta), diff_str(gap, p->gap), lap_mark_plain(v->analysis, p->you));
	}
}

static void laps_draw(const struct dash *d, struct surface s)
{
	static struct lap_series data[2]; /* 32 KiB: too much for a stack; only one thread draws */
	struct chart_band bands[LAP_CHART_BANDS];
	struct chart_series series[2];
	struct chart c;
	int h = surface_h(s), rows = h - FOOT_ROWS;

	if (d->linear) {
		draw_table(d, s);
		return;
	}
	chart_of(d, surface_w(s), rows, &c, series, data, bands);
	if (rows >= CHART_MIN)
		chart_draw(&c, surface_sub(s, (struct rect){0, 0, surface_w(s), rows}));
	else
		rows = 0;
	draw_numbers(d, &c, s, rows);
	draw_air(d, &c, s, rows + 2);
	draw_lap_cursor(&c, s, rows + 2);
}

/* Cursor -----------------------------------------------------------------------------------------*/

static void laps_settle(struct dash *d, int w, int body)
{
	int n = dash_paired(d) ? (int)d->view->cmp.npairs : 0;

	(void)w, (void)body;
	if (d->lap >= n)
		d->lap = n - 1;
}

static bool exclude(struct dash *d)
{
	const struct lap_pair *p = pair_at(d);

	if (p)
		dash_exclude(d, p->you);
	else
		app_say(d->app, ROLE_DIM, "choose a lap first: Tab to Laps, then h and l");
	return true;
}

static bool laps_command(struct dash *d, enum cmd cmd)
{
	int n = dash_paired(d) ? (int)d->view->cmp.npairs : 0, at = d->lap;

	switch (cmd) {
	case CMD_EXCLUDE:
		return n > 0 ? exclude(d) : true;
	case CMD_LEFT:
	case CMD_UP:
		at = at < 0 ? n - 1 : at - 1;
		break;
	case CMD_RIGHT:
	case CMD_DOWN:
		at++;
		break;
	case CMD_FIRST:
		at = 0;
		break;
	case CMD_LAST:
		at = n - 1;
		break;
	case CMD_PAGE_UP:
		at -= 10;
		break;
	case CMD_PAGE_DOWN:
		at += 10;
		break;
	default:
		return false;
	}
	d->lap = at >= n ? n - 1 : at < 0 ? 0 : at;
	return true;
}

static bool laps_click(struct dash *d, struct surface s, const struct mouse_event *ev)
{
	const struct comparison *c = &d->view->cmp;
	struct chart ch = {
		.x0 = 1, .x1 = lap_chart_end(last_lap(d->view), surface_w(s)), .y1 = 1, .label_w = LAP_CHART_LABEL_W};
	double want = chart_value(&ch, surface_w(s), ev->x);
	int best = -1;

	for (uint32_t i = 0; i < c->npairs; i++)
		if (best < 0 || fabs(c->pairs[i].number - want) < fabs(c->pairs[best].number - want))
			best = (int)i;
	d->lap = best;
	return true;
}

static bool laps_why(const struct dash *d, char title[80], struct buf *out)
{
	const struct lap_pair *p = pair_at(d);

	return p && why_lap(d->view, p->you, title, out);
}

const struct pane_ops pane_laps = {
	.name = "Laps",
	.title = laps_title,
	.want = laps_want,
	.settle = laps_settle,
	.draw = laps_draw,
	.legend = laps_legend,
	.command = laps_command,
	.click = laps_click,
	.why = laps_why,
	.export_pane = dash_export_compare,
};
