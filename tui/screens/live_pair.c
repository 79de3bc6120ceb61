/* You and REF: the laps both have done, the newest at the bottom. */
#include <stdio.h>
#include <string.h>

#include "tui/screens/dash.h"
#include "tui/screens/dash_export.h"
#include "tui/screens/why.h"

enum { LAP_W = 3, TIME_W = 8, DIFF_W = 7, GAP_W = 7, WISHED = 10 };

static void pair_title(const struct dash *d, struct surface s, char left[80], char right[80])
{
	const char *ref = d->view->session->cars[d->view->ref].id;

	(void)s;
	snprintf(left, 80, "You and %.12s", ref);
	snprintf(right, 80, "to %.12s", ref);
}

static int pair_want(const struct dash *d, int w)
{
	uint32_t n = dash_live(d) ? d->view->cmp.npairs : 0;

	(void)w;
	return n == 0 ? 0 : n < WISHED ? (int)n + 1 : WISHED + 1;
}

/* One row of four figures and a lap; the marks stand behind the two times. */
static void put_row(struct surface s, int y, const char *const text[5], const struct style st[5], const bool best[2])
{
	int x = 0, w = surface_w(s), spare = w - (LAP_W + 2 * (TIME_W + 1) + DIFF_W + GAP_W);

	surface_field(s, x, y, LAP_W, ALIGN_RIGHT, st[0], str_from(text[0]));
	x += LAP_W + (spare > 8 ? 2 : 0);
	for (int i = 0; i < 2; i++) {
		surface_field(s, x, y, TIME_W, ALIGN_RIGHT, st[1 + i], str_from(text[1 + i]));
		if (best[i])
			surface_text(s, x + TIME_W, y, STYLE(SESSION_BEST), "*");
		x += TIME_W + 1 + (spare > 8 ? 2 : 0);
	}
	surface_field(s, x, y, DIFF_W, ALIGN_RIGHT, st[3], str_from(text[3]));
	surface_field(s, x + DIFF_W, y, GAP_W, ALIGN_RIGHT, st[4], str_from(text[4]));
}

static void draw_head(const struct dash *d, struct surface s)
{
	const char *const text[5] = {"lap", "you", d->view->session->cars[d->view->ref].id, "diff", "gap"};
	const struct style st[5] = {STYLE(HEAD), STYLE(YOU), STYLE(REF), STYLE(HEAD), STYLE(HEAD)};

	put_row(s, 0, text, st, (const bool[]){false, false});
}

static struct style diff_style(const struct lap_pair *p)
{
	return !p->clean ? STYLE(DIM) : p->delta < 0 ? STYLE(GAIN) : p->delta > 0 ? STYLE(LOSS) : STYLE(TEXT);
}

static void draw_pair(const struct dash *d, struct surface s, int y, const struct lap_pair *p)
{
	const struct view *v = d->view;
	const struct lap_ref *best = &v->analysis->bests.session.best;
	ms_t you = v->session->laps.time[p->you], ref = v->session->laps.time[p->ref];
	char lap[8], a[NUM_LEN], b[NUM_LEN], diff[NUM_LEN], gap[NUM_LEN] = "-";
	const char *const text[5] = {lap, a, b, diff, gap};
	const struct style st[5] = {STYLE(DIM), STYLE(TEXT), STYLE(TEXT), diff_style(p), STYLE(TEXT)};

	snprintf(lap, sizeof(lap), "%u", p->number);
	live_time(a, you, best->time);
	live_time(b, ref, best->time);
	diff_str(diff, p->delta);
	if (p->gap != MS_NONE)
		time_str(gap, p->gap);
	put_row(s, y, text, st,
		(const bool[]){best->car == v->you && best->lap == p->number,
			       best->car == v->ref && best->lap == p->number});
}

static void pair_draw(const struct dash *d, struct surface s)
{
	const struct comparison *c = &d->view->cmp;
	int rows = surface_h(s) - 1;
	uint32_t first = c->npairs > (uint32_t)(rows > 0 ? rows : 0) ? c->npairs - (uint32_t)rows : 0;

	draw_head(d, s);
	for (uint32_t i = first; i < c->npairs && rows > 0; i++)
		draw_pair(d, s, (int)(i - first) + 1, &c->pairs[i]);
}

static bool pair_why(const struct dash *d, char title[80], struct buf *out)
{
	const struct comparison *c = &d->view->cmp;

	return c->npairs > 0 && why_lap(d->view, c->pairs[c->npairs - 1].you, title, out);
}

const struct pane_ops pane_pair = {
	.name = "Pair",
	.title = pair_title,
	.want = pair_want,
	.draw = pair_draw,
	.why = pair_why,
	.export_pane = dash_export_compare,
};
