/* Gap chart: how far the cars that matter are behind the reference over the race. Down is behind. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tui/screens/race.h"

enum {
	POINTS = 2048,
	LABEL_W = 5,
	NAME_W = 5,
	LOOPS_UNTIL = 60,
	LONG_RACE = 200,
	FEWEST_RANGE = 2000,
	CLOSE_RANGE = 30000
};

struct trace {
	double x[POINTS], y[POINTS];
	int n;
};

struct gap_chart {
	struct chart chart;
	struct chart_series series[RACE_LINES + 2];
	struct chart_band bands[RACE_BANDS];
	uint16_t cars[RACE_LINES];
	int ncars;
	double last[RACE_LINES]; /* where each line ends */
	double stop_x[2], stop_y[2][2];
	struct trace trace[RACE_LINES];
};

struct gap_base race_gap_base(const struct race *r)
{
	const struct view *v = r->view;
	uint16_t first = r->ncars ? r->cars[0] : 0;
	const struct pace *p = &v->analysis->paces.car[v->paired ? v->ref : first].all;
	struct gap_base b = {r->base, v->paired ? v->ref : first, p->n ? p->median : MS_NONE};

	return b;
}

void race_base_words(const struct race *r, char out[40])
{
	struct gap_base b = race_gap_base(r);
	char t[NUM_LEN];

	if (b.kind == GAP_TO_CAR)
		snprintf(out, 40, "%.12s", r->view->session->cars[b.car].id);
	else if (b.kind == GAP_TO_LEADER)
		snprintf(out, 40, "%s", r->view->class_name ? "class leader" : "leader");
	else
		snprintf(out, 40, "%s a lap", time_str(t, b.pace));
}

static void point(struct trace *t, double x, double y)
{
	if (t->n < POINTS) {
		t->x[t->n] = x;
		t->y[t->n++] = y;
	}
}

/* At the line, and against a car at the sector loops too where laps are few enough to see it. */
static void take(const struct race *r, const struct gap_base *b, uint16_t car, struct trace *t)
{
	const struct analysis *an = r->view->analysis;
	uint32_t first = car_first(an, car), n = car_seen(an, car);
	bool loops = b->kind == GAP_TO_CAR && n <= LOOPS_UNTIL;

	t->n = 0;
	for (uint32_t i = first; i < first + n; i++) {
		double number = an->session->laps.number[i];
		for (int k = 0; loops && k < SECTORS - 1; k++) {
			ms_t at = gap_at_loop(an, i, k, b->car);
			if (at != MS_NONE && number > 1)
				point(t, number - 1 + (k + 1) / 3.0, at);
		}
		ms_t gap = gap_at(an, b, i);
		point(t, number, gap == MS_NONE ? (double)NAN : gap);
	}
}

static int by_value(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

/* Least and greatest gap of a car; in a long race without the few that are far off, as when one of the two stood. */
static void usual_range(const struct trace *t, double *lo, double *hi)
{
	static double v[POINTS];
	int n = 0;

	for (int i = 0; i < t->n; i++)
		if (isfinite(t->y[i]))
			v[n++] = t->y[i];
	if (n == 0)
		return;
	qsort(v, (size_t)n, sizeof(*v), by_value);
	int off = n > LONG_RACE ? n / 20 : 0;
	*lo = fmin(*lo, v[off]);
	*hi = fmax(*hi, v[n - 1 - off]);
}

/* YOU and REF always fit; the others as far as they are of use beside them. */
static void range_of(struct gap_chart *g, const struct race *r)
{
	double lo = 0, hi = 0, far;
	int always = r->view->paired ? 2 : 1;

	if (r->base == GAP_TO_PACE && g->ncars && g->trace[0].n)
		lo = hi = g->last[0];
	for (int k = 0; k < g->ncars && k < always; k++)
		usual_range(&g->trace[k], &lo, &hi);
	far = fmax(CLOSE_RANGE, 1.3 * fmax(hi, -lo));
	for (int k = always; k < g->ncars; k++)
		for (int i = 0; i < g->trace[k].n; i++) {
			double y = g->trace[k].y[i];
			if (isfinite(y) && fabs(y) <= far) {
				lo = fmin(lo, y);
				hi = fmax(hi, y);
			}
		}
	if (hi - lo < FEWEST_RANGE)
		hi = lo + FEWEST_RANGE;
	g->chart.y1 = lo;
	g->chart.y0 = hi;
}

static void label(double y, char out[24])
{
	long s = lround(y / 1000);

	if (labs(s) >= 600)
		snprintf(out, 24, "%ld:%02ld", s / 60, labs(s) % 60);
	else
		snprintf(out, 24, "%ld", s);
}

static void label_tenths(double y, char out[24])
{
	dec_str(out, y / 1000, 1);
}

/* Labels must not repeat: tenths where two rows are less than a second apart. */
static void choose_label(struct chart *c, int rows)
{
	double apart = rows > 1 ? fabs(c->y1 - c->y0) / (rows - 1) * 2 : 1000;

	c->label_every = 2;
	c->label = apart < 1500 ? label_tenths : label;
}

/* Two lines: who is between them would change places with the reference if one of the two stopped now. */
static int add_stop_lines(struct gap_chart *g, const struct race *r, int n)
{
	ms_t loss = r->view->analysis->pit_loss;

	if (loss == MS_NONE || r->base == GAP_TO_PACE)
		return n;
	g->stop_x[0] = g->chart.x0;
	g->stop_x[1] = g->chart.x1;
	for (int k = 0; k < 2; k++) {
		g->stop_y[k][0] = g->stop_y[k][1] = k ? -loss : loss;
		g->series[n++] = (struct chart_series){g->stop_x, g->stop_y[k], 2, CHART_LINE, STYLE(STRUCT), '-'};
	}
	return n;
}

static void make(const struct race *r, struct gap_chart *g, int w)
{
	struct gap_base b = race_gap_base(r);
	unsigned last = race_last_lap(r);

	g->ncars = race_lines(r, g->cars, RACE_LINES);
	for (int k = 0; k < g->ncars; k++) {
		struct trace *t = &g->trace[k];
		take(r, &b, g->cars[k], t);
		g->series[k] = (struct chart_series){t->x,
						     t->y,
						     t->n,
						     CHART_LINE,
						     car_style(r->view, g->cars[k]),
						     k == 0 ? 'x' : k == 1 ? 'o' : '.'};
		g->last[k] = NAN;
		for (int i = 0; i < t->n; i++)
			g->last[k] = isfinite(t->y[i]) ? t->y[i] : g->last[k];
	}
	g->chart = (struct chart){.x0 = 1,
				  .x1 = chart_last_lap(last, w - LABEL_W - 2),
				  .series = g->series,
				  .bands = g->bands,
				  .nbands = race_caution_bands(r, g->bands),
				  .label_w = LABEL_W,
				  .no_off_scale = true,
				  .cursor_x = r->lap && !r->linear && r->focus != RACE_TOWER ? r->lap : (double)NAN};
	range_of(g, r);
	g->chart.nseries = add_stop_lines(g, r, g->ncars);
}

static void gap_title(const struct race *r, struct surface s, char left[80], char right[80])
{
	char base[40], t[NUM_LEN];
	ms_t loss = r->view->analysis->pit_loss;

	race_base_words(r, base);
	snprintf(left, 80, r->base == GAP_TO_PACE ? "Gap to %s" : "Gap to %s  seconds, down is behind", base);
	if (surface_w(s) < 70)
		return;
	if (loss != MS_NONE)
		snprintf(right, 80, "a stop costs %s", time_str(t, loss));
	else
		snprintf(right, 80, "pit loss not known, :loss 35 sets it");
}

static int gap_want(const struct race *r, int w)
{
	(void)w;
	return r->ncars && !view_is_timed(r->view) && r->view->session->has_elapsed ? 14 : 0;
}

static void gap_draw(const struct race *r, struct surface s)
{
	static struct gap_chart g; /* 300 KiB: too much for a stack; only one thread draws */
	int w = surface_w(s) - NAME_W, rows = surface_h(s) - 2;

	make(r, &g, w);
	if (rows >= 2) {
		struct rect area = {0, 0, w, rows};
		choose_label(&g.chart, rows);
		chart_draw(&g.chart, surface_sub(s, area));
		race_line_names(&g.chart, surface_sub(s, (struct rect){w, 0, NAME_W, rows}), g.cars, g.last, g.ncars,
				r);
	} else {
		rows = 0;
	}
	chart_lap_numbers(&g.chart, surface_sub(s, (struct rect){0, 0, w, surface_h(s)}), rows, race_last_lap(r));
	race_events_line(r, s, 1, rows + 1, surface_w(s) - 2);
}

static bool gap_click(struct race *r, struct surface s, const struct mouse_event *ev)
{
	int w = surface_w(s) - NAME_W;
	unsigned last = race_last_lap(r);
	struct chart c = {.x0 = 1, .x1 = chart_last_lap(last, w - LABEL_W - 2), .y1 = 1, .label_w = LABEL_W};
	double x = chart_value(&c, w, ev->x);

	r->lap = x < 1 ? 1 : x > last ? last : (unsigned)lround(x);
	return true;
}

static bool gap_why(const struct race *r, char title[80], struct buf *out)
{
	int64_t lap = r->lap ? session_lap(r->view->session, race_car(r), r->lap) : -1;

	if (lap < 0 || r->view->analysis->classes.lap[lap].status == LAP_FUTURE)
		return race_why_rule(r, RACE_GAP, title, out);
	return race_why_lap(r, (uint32_t)lap, title, out);
}

const struct race_pane race_gap = {
	.name = "Gap",
	.title = gap_title,
	.want = gap_want,
	.draw = gap_draw,
	.click = gap_click,
	.why = gap_why,
	.export_pane = race_export_gaps,
	.by_lap = true,
};
