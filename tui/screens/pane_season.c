/* Season: the places of both drivers, one row each; session files first, then the season's JSON. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "tui/screens/dash.h"
#include "tui/screens/dash_export.h"
#include "tui/screens/why.h"

enum { NAME_W = 13, CELL_W = 3, MEDIAN_W = 8 };

static const struct season_row *row_of(const struct dash *d, int which)
{
	const struct view *v = d->view;

	return season_table_row(v->season, &v->session->cars[which == 0 ? v->you : v->ref]);
}

static void season_title(const struct dash *d, struct surface s, char left[80], char right[80])
{
	int w = surface_w(s);
	(void)d;
	snprintf(left, 80, "Season");
	if (w > 50)
		snprintf(right, 80, "session files first, then season JSON");
}

static int season_want(const struct dash *d, int w)
{
	(void)w;
	return dash_paired(d) && d->view->season->nraces > 1 && (row_of(d, 0) || row_of(d, 1)) ? 4 : 0;
}

static int cell_x(uint32_t race)
{
	return NAME_W + (int)race * CELL_W + (int)race / 2;
}

/* A track's code over its races. */
static void draw_head(const struct season_table *t, struct surface s)
{
	for (uint32_t i = 0; i < t->nraces && cell_x(i) + 1 + CELL_W < surface_w(s) - MEDIAN_W; i++)
		if (i == 0 || strcmp(t->races[i].track, t->races[i - 1].track) != 0)
			surface_text(s, cell_x(i) + 1, 0, STYLE(DIM), t->races[i].code);
	surface_text(s, surface_w(s) - MEDIAN_W, 0, STYLE(DIM), "median");
}

static void draw_cell(const struct season_cell *c, struct surface s, int x, int y)
{
	char t[8];

	if (c->retired)
		snprintf(t, sizeof(t), "R");
	else if (c->place)
		snprintf(t, sizeof(t), "%u", c->place);
	else
		snprintf(t, sizeof(t), surface_ascii(s) ? "." : "\xc2\xb7");
	surface_field(s, x, y, CELL_W, ALIGN_RIGHT, c->place || c->retired ? STYLE(TEXT) : STYLE(DIM), str_from(t));
}

static void draw_driver(const struct dash *d, const struct season_row *r, int which, struct surface s, int y)
{
	uint16_t car = which == 0 ? d->view->you : d->view->ref;
	char name[64], t[NUM_LEN];
	struct style st = which == 0 ? STYLE(YOU) : STYLE(REF);

	short_name(d->view->session, car, name);
	surface_fmt(s, 1, y, st, "%3s", dash_car_id(d, car));
	surface_field(s, 5, y, NAME_W - 5, ALIGN_LEFT, st, str_from(name));
	if (!r) {
		surface_text(s, NAME_W + 1, y, STYLE(DIM), "no result of another race");
		return;
	}
	for (uint32_t i = 0; i < d->view->season->nraces; i++)
		if (cell_x(i) + CELL_W < surface_w(s) - MEDIAN_W)
			draw_cell(&r->cell[i], s, cell_x(i), y);
	surface_field(s, surface_w(s) - MEDIAN_W, y, MEDIAN_W - 2, ALIGN_RIGHT, STYLE(TEXT),
		      str_from(dec_str(t, r->median_finish, 1)));
}

/* "13: 5 wins 9 podiums 4 poles 215 pts" - points only where the JSON has them. */
static int draw_totals(const struct dash *d, int which, struct surface s, int x, int y)
{
	const struct season_row *r = row_of(d, which);
	uint16_t car = which == 0 ? d->view->you : d->view->ref;
	char w[96];
	int n;

	if (!r)
		return 0;
	if (!r->json) { /* what the row shows is all there is */
		snprintf(w, sizeof(w), "%.8s: no JSON", dash_car_id(d, car));
	} else {
		n = snprintf(w, sizeof(w), "%.8s: %u win%s %u podium%s %u pole%s", dash_car_id(d, car), r->wins,
			     r->wins == 1 ? "" : "s", r->podiums, r->podiums == 1 ? "" : "s", r->poles,
			     r->poles == 1 ? "" : "s");
		if (r->points >= 0)
			snprintf(w + n, sizeof(w) - (size_t)n, " %d pts", r->points);
	}
	if (x + surface_text(s, 0, -1, STYLE(DIM), w) >
	    surface_w(s)) /* measured outside: a cut figure is worse than none */
		return 0;
	return surface_text(s, x, y, STYLE(DIM), w) + 2;
}

static void season_draw(const struct dash *d, struct surface s)
{
	draw_head(d->view->season, s);
	for (int i = 0; i < 2; i++) {
		draw_driver(d, row_of(d, i), i, s, 1 + i);
		if (d->focus == PANE_SEASON && !d->linear && d->rows[PANE_SEASON].cursor == i) {
			surface_ground(s, (struct rect){0, 1 + i, surface_w(s), 1}, ROLE_CURSOR);
			surface_cursor(s, 1, 1 + i);
		}
	}
	int x = 1 + draw_totals(d, 1, s, 1, 3);
	draw_totals(d, 0, s, x, 3);
}

static int season_rows(const struct dash *d)
{
	(void)d;
	return 2;
}

static void season_settle(struct dash *d, int w, int body)
{
	(void)w, (void)body;
	table_settle(&d->rows[PANE_SEASON], 2, 2);
}

static bool season_why(const struct dash *d, char title[80], struct buf *out)
{
	const struct season_row *r = row_of(d, d->rows[PANE_SEASON].cursor);

	return r && why_season(d->view, (uint32_t)(r - d->view->season->rows), title, out);
}

const struct pane_ops pane_season = {
	.name = "Season",
	.title = season_title,
	.want = season_want,
	.settle = season_settle,
	.draw = season_draw,
	.why = season_why,
	.export_pane = dash_export_season,
	.cursor_rows = season_rows,
};
