/* Last lap by sector: YOURS, against REF on the same lap and against YOUR own best so far. */
#include <stdio.h>
#include <string.h>

#include "tui/screens/dash.h"
#include "tui/screens/dash_export.h"
#include "tui/screens/why.h"

enum { NAME_W = 9, PART_W = 8, LAP_W = 10, ROWS = 4 };

static uint32_t last_lap(const struct view *v)
{
	return car_first(v->analysis, v->you) + car_seen(v->analysis, v->you) - 1;
}

static void last_title(const struct dash *d, struct surface s, char left[80], char right[80])
{
	(void)s;
	snprintf(left, 80, "Last lap by sector");
	snprintf(right, 80, "lap %u", d->view->session->laps.number[last_lap(d->view)]);
}

static int last_want(const struct dash *d, int w)
{
	(void)w;
	return dash_live(d) ? ROWS : 0;
}

static void put(struct surface s, int y, const char *name, const char text[SECTORS + 1][NUM_LEN],
		const struct style st[SECTORS + 1])
{
	int x = NAME_W;

	surface_text(s, 1, y, STYLE(TEXT), name);
	for (int k = 0; k <= SECTORS; k++) {
		int w = k < SECTORS ? PART_W : LAP_W;
		surface_field(s, x, y, w, ALIGN_RIGHT, st[k], str_from(text[k]));
		x += w;
	}
}

static struct style diff_style(ms_t d)
{
	return d == MS_NONE || d == 0 ? STYLE(TEXT) : d < 0 ? STYLE(GAIN) : STYLE(LOSS);
}

static void put_diffs(struct surface s, int y, const char *name, const ms_t diff[SECTORS + 1])
{
	char text[SECTORS + 1][NUM_LEN];
	struct style st[SECTORS + 1];

	for (int k = 0; k <= SECTORS; k++) {
		diff_str(text[k], diff[k]);
		st[k] = diff_style(diff[k]);
	}
	put(s, y, name, (const char(*)[NUM_LEN])text, st);
}

static ms_t minus(ms_t a, ms_t b)
{
	return a == MS_NONE || b == MS_NONE ? MS_NONE : a - b;
}

/* Sector k of a lap, or its time. */
static ms_t part_of(const struct view *v, uint32_t lap, int k)
{
	return k < SECTORS ? v->session->laps.sector[k][lap] : v->session->laps.time[lap];
}

static void draw_yours(const struct dash *d, struct surface s)
{
	char text[SECTORS + 1][NUM_LEN];
	struct style st[SECTORS + 1];
	uint32_t lap = last_lap(d->view);
	const struct colours *c = &d->view->analysis->colours;

	for (int k = 0; k <= SECTORS; k++) {
		uint8_t colour = k < SECTORS ? c->sector[k][lap] : c->lap[lap];
		time_str(text[k], part_of(d->view, lap, k));
		st[k] = colour == COLOUR_PURPLE  ? STYLE(SESSION_BEST)
			: colour == COLOUR_GREEN ? STYLE(OWN_BEST)
						 : STYLE(TEXT);
	}
	put(s, 1, "you", (const char(*)[NUM_LEN])text, st);
}

static void draw_against_ref(const struct dash *d, struct surface s)
{
	const struct view *v = d->view;
	uint32_t lap = last_lap(v);
	int64_t other = session_lap(v->session, v->ref, v->session->laps.number[lap]);
	bool done = other >= 0 && other < (int64_t)car_first(v->analysis, v->ref) + car_seen(v->analysis, v->ref);
	ms_t diff[SECTORS + 1];
	char name[24];

	for (int k = 0; k <= SECTORS; k++)
		diff[k] = done ? minus(part_of(v, lap, k), part_of(v, (uint32_t)other, k)) : MS_NONE;
	snprintf(name, sizeof(name), "v %.6s", v->session->cars[v->ref].id);
	put_diffs(s, 2, name, diff);
}

static void draw_against_own(const struct dash *d, struct surface s)
{
	const struct car_best *b = &d->view->analysis->bests.car[d->view->you];
	uint32_t lap = last_lap(d->view);
	ms_t diff[SECTORS + 1];

	for (int k = 0; k < SECTORS; k++)
		diff[k] = minus(part_of(d->view, lap, k), b->part[k].time);
	diff[SECTORS] = minus(part_of(d->view, lap, SECTORS), b->best.time);
	put_diffs(s, 3, "v own", diff);
}

static void last_draw(const struct dash *d, struct surface s)
{
	static const char head[SECTORS + 1][NUM_LEN] = {"S1", "S2", "S3", "lap"};
	const struct style st[SECTORS + 1] = {STYLE(HEAD), STYLE(HEAD), STYLE(HEAD), STYLE(HEAD)};

	put(s, 0, "", head, st);
	draw_yours(d, s);
	draw_against_ref(d, s);
	draw_against_own(d, s);
}

static bool last_why(const struct dash *d, char title[80], struct buf *out)
{
	return dash_live(d) && why_lap(d->view, last_lap(d->view), title, out);
}

const struct pane_ops pane_last = {
	.name = "Last",
	.title = last_title,
	.want = last_want,
	.draw = last_draw,
	.why = last_why,
	.export_pane = dash_export_compare,
};
