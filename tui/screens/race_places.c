/* Position chart: the place of every car at the end of every lap, the grid before lap 1. First place on top. */
#include <math.h>
#include <stdio.h>

#include "tui/screens/race.h"

enum { POINTS = 1024, LABEL_W = 3, NAME_W = 5, LINES = 128, DOTS_A_PLACE = 3, DOTS_A_ROW = 4 };

struct trace {
	double x[POINTS], y[POINTS];
	int n;
};

static void take(const struct race *r, uint16_t car, bool grid, struct trace *t)
{
	const struct analysis *an = r->view->analysis;
	uint32_t first = car_first(an, car);

	t->n = 0;
	if (grid && an->session->cars[car].grid) {
		t->x[t->n] = 0;
		t->y[t->n++] = an->session->cars[car].grid;
	}
	for (uint32_t i = first; i < first + car_seen(an, car) && t->n < POINTS; i++) {
		unsigned place = an->order.lap[i].position;
		t->x[t->n] = an->session->laps.number[i];
		t->y[t->n++] = place ? place : (double)NAN;
	}
}

/* The cars that matter first, so that a cell has their colour; then, where places do not run into each other, all others. */
static int all_cars(const struct race *r, uint16_t *out, int max, int rows)
{
	int n = race_lines(r, out, max < RACE_LINES ? max : RACE_LINES), lines = n;

	for (uint32_t i = 0; i < r->ncars && n < max && (int)r->ncars * DOTS_A_PLACE <= rows * DOTS_A_ROW; i++) {
		bool there = false;
		for (int k = 0; k < lines; k++)
			there = there || out[k] == r->cars[i];
		if (!there)
			out[n++] = r->cars[i];
	}
	return n;
}

static void label(double y, char out[24])
{
	snprintf(out, 24, "%ld", lround(y));
}

static bool has_grid(const struct race *r)
{
	for (uint32_t i = 0; i < r->ncars; i++)
		if (r->view->session->cars[r->cars[i]].grid)
			return !r->view->class_name; /* the grid is of all classes */
	return false;
}

static void places_draw(const struct race *r, struct surface s)
{
	static struct trace trace[LINES];
	struct chart_series series[LINES];
	struct chart_band bands[RACE_BANDS];
	uint16_t cars[LINES];
	double last[LINES];
	int w = surface_w(s) - NAME_W, rows = surface_h(s) - 1, n = all_cars(r, cars, LINES, rows);
	bool grid = has_grid(r);

	for (int k = 0; k < n; k++) {
		bool mine = car_style(r->view, cars[k]).role != ROLE_TEXT || view_is_followed(r->view, cars[k]);
		take(r, cars[k], grid, &trace[k]);
		series[k] = (struct chart_series){trace[k].x,
						  trace[k].y,
						  trace[k].n,
						  CHART_LINE,
						  mine ? car_style(r->view, cars[k]) : STYLE(DIM),
						  k == 0   ? 'x'
						  : k == 1 ? 'o'
							   : '.'};
		last[k] = trace[k].n ? trace[k].y[trace[k].n - 1] : (double)NAN;
	}
	struct chart c = {.x0 = grid ? 0 : 1,
			  .x1 = chart_last_lap(race_last_lap(r), w - LABEL_W - 2),
			  .y0 = r->ncars > 1 ? r->ncars : 2,
			  .y1 = 1,
			  .series = series,
			  .nseries = n,
			  .bands = bands,
			  .nbands = race_caution_bands(r, bands),
			  .label_w = LABEL_W,
			  .label = label,
			  .no_off_scale = true,
			  .cursor_x = r->lap && !r->linear && r->focus != RACE_TOWER ? r->lap : (double)NAN};
	if (rows < 2)
		return;
	chart_draw(&c, surface_sub(s, (struct rect){0, 0, w, rows}));
	race_line_names(&c, surface_sub(s, (struct rect){w, 0, NAME_W, rows}), cars, last, n, r);
	chart_lap_numbers(&c, surface_sub(s, (struct rect){0, 0, w, surface_h(s)}), rows, race_last_lap(r));
}

static void places_title(const struct race *r, struct surface s, char left[80], char right[80])
{
	snprintf(left, 80, r->view->class_name ? "Places in class" : "Places");
	if (surface_w(s) > 60)
		snprintf(right, 80, "at the end of each lap%s", has_grid(r) ? ", the grid before lap 1" : "");
}

static int places_want(const struct race *r, int w)
{
	(void)w;
	return r->ncars > 1 && !view_is_timed(r->view) ? (int)r->ncars + 1 : 0;
}

static bool places_click(struct race *r, struct surface s, const struct mouse_event *ev)
{
	int w = surface_w(s) - NAME_W;
	unsigned last = race_last_lap(r);
	struct chart c = {
		.x0 = has_grid(r) ? 0 : 1, .x1 = chart_last_lap(last, w - LABEL_W - 2), .y1 = 1, .label_w = LABEL_W};
	double x = chart_value(&c, w, ev->x);

	r->lap = x < 1 ? 1 : x > last ? last : (unsigned)lround(x);
	return true;
}

static bool places_why(const struct race *r, char title[80], struct buf *out)
{
	return race_why_rule(r, RACE_PLACES, title, out);
}

const struct race_pane race_places = {
	.name = "Places",
	.title = places_title,
	.want = places_want,
	.draw = places_draw,
	.click = places_click,
	.why = places_why,
	.export_pane = race_export_gaps,
	.by_lap = true,
};
