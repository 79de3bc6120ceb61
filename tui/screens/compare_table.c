/* Lap by lap: both laps, what they differ by and where, the gap at the end of each. Every row sums. Practice and qualifying: the best laps
 * of both side by side, since laps of one number have nothing in common. */
#include <stdio.h>
#include <string.h>

#include "core/analysis/lap_mark.h"
#include "tui/screens/compare.h"

enum { GAP_W = 6, TIME_W = 8, LAP_W = 4 };

static void table_title(const struct cmp_screen *c, struct surface s, char left[80], char right[80])
{
	if (cmp_timed(c))
		snprintf(left, 80, "Best laps side by side");
	else if (c->clear)
		snprintf(left, 80, "Lap by lap  clear air %u of %u", c->npair, c->view->cmp.npairs);
	else
		snprintf(left, 80, "Lap by lap");
	if (surface_w(s) > 56)
		snprintf(right, 80, c->minis ? "every row sums to diff" : "every row sums: S1+S2+S3 = diff");
}

static int table_want(const struct cmp_screen *c, int w)
{
	(void)w;
	return cmp_paired(c) ? (c->npair ? (int)c->npair : 1) + 1 : 0;
}

static void draw_titles(const struct cmp_screen *c, const struct cmp_columns *k, struct surface s)
{
	cmp_put(s, k->lap, 0, LAP_W, STYLE(DIM), cmp_timed(c) ? "n" : "lap");
	cmp_put(s, k->you, 0, TIME_W, STYLE(YOU), "you");
	cmp_put(s, k->ref, 0, TIME_W, STYLE(REF), "ref");
	cmp_put(s, k->diff, 0, 7, STYLE(DIM), "diff");
	for (int i = 0; i < k->nparts; i++)
		cmp_put(s, k->part[i].end, 0, k->part_w, STYLE(DIM), cmp_part_name(c, k, i));
	cmp_put(s, k->gap, 0, GAP_W, STYLE(DIM), cmp_timed(c) ? "laps" : "gap");
}

/* The lap's time; behind it '*' where it is the best of the session, '+' of the car. */
static void draw_time(const struct view *v, struct surface s, int end, int y, uint32_t lap)
{
	const struct lap_ref *own = &v->analysis->bests.car[v->session->laps.car[lap]].best;
	ms_t t = v->session->laps.time[lap];
	bool best = own->time != MS_NONE && own->lap == v->session->laps.number[lap];
	bool all = best && own->time == v->analysis->bests.session.best.time;
	struct style st = all ? STYLE(SESSION_BEST) : best ? STYLE(OWN_BEST) : STYLE(TEXT);
	char text[NUM_LEN];

	if (end < 0)
		return;
	cmp_put(s, end, y, TIME_W, STYLE(TEXT), "");
	int n = (int)strlen(time_str(text, t));
	surface_text(s, end - (n < TIME_W ? n : TIME_W), y, st, text);
	if (best)
		surface_put(s, end, y, st, all ? '*' : '+');
}

static void draw_gap(const struct cmp_screen *c, const struct lap_pair *p, struct surface s, int end, int y)
{
	const struct laps *l = &c->view->session->laps;
	char text[NUM_LEN];

	if (end < 0)
		return;
	if (cmp_timed(c)) {
		snprintf(text, sizeof(text), "%u %u", l->number[p->you], l->number[p->ref]);
	} else {
		cmp_diff(text, p->gap, GAP_W + 1);
		if (text[0] == '+')
			memmove(text, text + 1, strlen(text));
	}
	cmp_put(s, end, y, GAP_W, STYLE(TEXT), text);
}

static ms_t part_of(const struct lap_pair *p, const struct cmp_columns *k, int i)
{
	return k->part[i].sector >= 0 ? p->sector[k->part[i].sector] : p->mini[k->part[i].mini];
}

static void draw_row(const struct cmp_screen *c, const struct cmp_columns *k, const struct lap_pair *p,
		     struct surface s, int y)
{
	const struct analysis *an = c->view->analysis;
	char t[NUM_LEN], mark = lap_mark_plain(an, p->you);

	snprintf(t, sizeof(t), "%u", p->number);
	cmp_put(s, k->lap, y, LAP_W, STYLE(TEXT), t);
	draw_time(c->view, s, k->you, y, p->you);
	draw_time(c->view, s, k->ref, y, p->ref);
	cmp_diff(t, p->delta, 7);
	cmp_put(s, k->diff, y, 7, STYLE(TEXT), t);
	for (int i = 0; i < k->nparts; i++) {
		cmp_diff(t, part_of(p, k, i), k->part_w);
		cmp_put(s, k->part[i].end, y, k->part_w, STYLE(TEXT), t);
	}
	draw_gap(c, p, s, k->gap, y);
	if (k->mark >= 0 && mark != '.')
		surface_put(s, k->mark - 1, y, STYLE(DIM), mark_letter(s, mark));
	if (lap_under_caution(&an->classes.lap[p->you]) || lap_under_caution(&an->classes.lap[p->ref]))
		surface_ground(s, (struct rect){0, y, surface_w(s), 1}, ROLE_CAUTION);
}

static void table_draw_laps(const struct cmp_screen *c, struct surface s)
{
	struct cmp_columns k;
	int top = c->linear ? 0 : c->rows[CMP_TABLE].top;

	cmp_columns_of(c, surface_w(s), &k);
	draw_titles(c, &k, s);
	if (c->npair == 0)
		surface_text(s, 1, 1, STYLE(DIM),
			     c->clear ? "no lap in clear air for both (a: all)" : "no lap of both");
	for (int i = top, y = 1; i < (int)c->npair && y < surface_h(s); i++, y++) {
		draw_row(c, &k, &c->pair[i], s, y);
		if (i != c->rows[CMP_TABLE].cursor || c->linear)
			continue;
		surface_ground(s, (struct rect){0, y, surface_w(s), 1}, ROLE_CURSOR);
		if (c->focus == CMP_TABLE)
			surface_cursor(s, 1, y);
	}
}

const struct cmp_pane cmp_table = {
	.name = "Lap by lap",
	.title = table_title,
	.want = table_want,
	.draw = table_draw_laps,
	.why = cmp_why_lap,
};
