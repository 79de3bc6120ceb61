/* Sectors and mini-sectors: bests, the lap-by-lap median with an interval that is right for all rows together, and the word. */
#include <stdio.h>
#include <string.h>

#include "tui/screens/dash.h"
#include "tui/screens/dash_export.h"
#include "tui/screens/why.h"

enum { FULL_FROM = 54, SHOWN_MAX = PLACES_MAX };

/* Rows that fit: sectors always, then what is clear, then the lap, then the rest; in the table's order. */
struct chosen {
	int row[SHOWN_MAX];
	int n;
	bool ideal;
};

static int rank(const struct place_row *r)
{
	if (r->sector >= 0)
		return 0;
	if (r->verdict == VERDICT_GAIN || r->verdict == VERDICT_LOSS)
		return 1;
	return r->mini < 0 ? 2 : 3;
}

static void choose(const struct dash *d, int room, struct chosen *c)
{
	const struct comparison *cmp = &d->view->cmp;
	bool in[PLACES_MAX] = {false};
	int left = room;

	for (int k = 0; k <= 3; k++)
		for (unsigned i = 0; i < cmp->nrows && left > 0; i++)
			if (rank(&cmp->row[i]) == k)
				in[i] = true, left--;
	c->n = 0;
	for (unsigned i = 0; i < cmp->nrows; i++)
		if (in[i])
			c->row[c->n++] = (int)i;
	c->ideal = left > 0;
}

static bool full(int w)
{
	return w >= FULL_FROM;
}

static void sectors_title(const struct dash *d, struct surface s, char left[80], char right[80])
{
	int w = surface_w(s);
	if (full(w))
		snprintf(left, 80, "Sectors  %u lap pairs, you-ref", d->view->cmp.nclean);
	else
		snprintf(left, 80, "Sectors"), snprintf(right, 80, "median  won of %u", d->view->cmp.nclean);
}

static int sectors_want(const struct dash *d, int w)
{
	if (!dash_paired(d) || d->view->cmp.nrows == 0)
		return 0;
	return (int)d->view->cmp.nrows + (full(w) ? 2 : 0);
}

static int head_rows(int w)
{
	return full(w) ? 1 : 0;
}

static const char *row_label(const struct place_row *r, char out[24])
{
	snprintf(out, 24, r->mini >= 0 ? "  %s" : " %s", r->name);
	return out;
}

/* A best time with the session's mark behind it; x is where the figure ends. */
static void draw_best(struct surface s, int x, int y, ms_t t, bool session, bool lap)
{
	char text[NUM_LEN];
	struct style st = session ? STYLE(SESSION_BEST) : STYLE(TEXT);
	int w = (int)strlen(time_str(text, t));

	(void)lap;
	surface_text(s, x - w, y, st, text);
	if (session)
		surface_put(s, x, y, st, '*');
}

static void draw_interval(struct surface s, int x, int y, const struct interval *i)
{
	char lo[NUM_LEN], hi[NUM_LEN];

	surface_field(s, x, y, 7, ALIGN_RIGHT, STYLE(TEXT), str_from(diff_str(lo, i->low)));
	surface_field(s, x + 7, y, 7, ALIGN_RIGHT, STYLE(TEXT), str_from(diff_str(hi, i->high)));
}

static const char *word(enum verdict v, bool wide)
{
	if (v == VERDICT_NOT_CLEAR)
		return wide ? "~" : "not clear";
	return v == VERDICT_TOO_FEW ? (wide ? "few" : "few laps") : verdict_word(v);
}

static void draw_row(const struct place_row *r, struct surface s, int y)
{
	char label[24], t[NUM_LEN], won[16];
	struct style st = verdict_style(r->verdict);
	bool wide = full(surface_w(s));
	int x = wide ? 25 : 15;

	surface_text(s, 0, y, STYLE(TEXT), row_label(r, label));
	if (wide)
		draw_best(s, 15, y, r->ref_best, r->ref_session, r->mini < 0 && r->sector < 0);
	draw_best(s, x, y, r->you_best, r->you_session, r->mini < 0 && r->sector < 0);
	surface_field(s, x + 1, y, 7, ALIGN_RIGHT, st, str_from(diff_str(t, r->all.n ? r->all.median : MS_NONE)));
	if (wide)
		draw_interval(s, x + 8, y, &r->all);
	snprintf(won, sizeof(won), "%u", r->all.won);
	surface_field(s, wide ? x + 22 : x + 9, y, 3, ALIGN_RIGHT, STYLE(TEXT), str_from(r->all.n ? won : "-"));
	surface_text(s, wide ? x + 26 : x + 14, y, st, word(r->verdict, wide));
}

/* Where YOUR parts come from; that nobody drove it is said where there is room. */
static void draw_parts(const struct car_best *u, struct surface s, int y)
{
	static const char warning[] = "  not one lap";
	int x = 26;

	x += surface_fmt(s, x, y, STYLE(DIM), "from laps %u,%u,%u", u->part[0].lap, u->part[1].lap, u->part[2].lap);
	if (x + (int)sizeof(warning) - 1 <= surface_w(s))
		surface_text(s, x, y, STYLE(DIM), warning);
}

static void draw_ideal(const struct dash *d, struct surface s, int y)
{
	const struct car_best *r = &d->view->analysis->bests.car[d->view->ref],
			      *u = &d->view->analysis->bests.car[d->view->you];
	char t[NUM_LEN];

	surface_text(s, 0, y, STYLE(DIM), " ideal");
	surface_field(s, 6, y, 9, ALIGN_RIGHT, STYLE(DIM), str_from(time_str(t, r->ideal)));
	surface_field(s, 16, y, 9, ALIGN_RIGHT, STYLE(DIM), str_from(time_str(t, u->ideal)));
	if (u->ideal == MS_NONE)
		return;
	bool one = u->part[0].lap == u->part[1].lap && u->part[1].lap == u->part[2].lap;
	if (one)
		surface_fmt(s, 26, y, STYLE(DIM), "driven on lap %u", u->part[0].lap);
	else
		draw_parts(u, s, y);
}

static void draw_head(struct surface s)
{
	surface_field(s, 6, 0, 9, ALIGN_RIGHT, STYLE(DIM), STR("ref"));
	surface_field(s, 16, 0, 9, ALIGN_RIGHT, STYLE(DIM), STR("you"));
	surface_field(s, 26, 0, 7, ALIGN_RIGHT, STYLE(DIM), STR("median"));
	surface_text(s, 34, 0, STYLE(DIM), "95% over all");
	surface_field(s, 47, 0, 3, ALIGN_RIGHT, STYLE(DIM), STR("won"));
}

static void sectors_draw(const struct dash *d, struct surface s)
{
	int head = head_rows(surface_w(s)), y = head;
	struct chosen c;

	choose(d, surface_h(s) - head, &c);
	if (head)
		draw_head(s);
	for (int i = 0; i < c.n; i++, y++) {
		draw_row(&d->view->cmp.row[c.row[i]], s, y);
		if (d->focus == PANE_SECTORS && !d->linear && d->rows[PANE_SECTORS].cursor == i) {
			surface_ground(s, (struct rect){0, y, surface_w(s), 1}, ROLE_CURSOR);
			surface_cursor(s, 1, y);
		}
	}
	if (c.ideal && head)
		draw_ideal(d, s, y);
}

static int sectors_rows(const struct dash *d)
{
	struct chosen c;
	int w = d->layout.pane[PANE_SECTORS].w;

	if (!dash_paired(d))
		return 0;
	choose(d, d->body[PANE_SECTORS] - head_rows(w), &c);
	return c.n;
}

static void sectors_settle(struct dash *d, int w, int body)
{
	(void)w, (void)body;
	table_settle(&d->rows[PANE_SECTORS], sectors_rows(d), PLACES_MAX);
}

static bool sectors_click(struct dash *d, struct surface s, const struct mouse_event *ev)
{
	int row = ev->y - head_rows(surface_w(s));

	if (row >= 0 && row < sectors_rows(d))
		d->rows[PANE_SECTORS].cursor = row;
	return true;
}

static bool sectors_why(const struct dash *d, char title[80], struct buf *out)
{
	struct chosen c;
	int at = d->rows[PANE_SECTORS].cursor;

	choose(d, d->body[PANE_SECTORS] - head_rows(d->layout.pane[PANE_SECTORS].w), &c);
	return at < c.n && why_place(d->view, (uint32_t)c.row[at], title, out);
}

const struct pane_ops pane_sectors = {
	.name = "Sectors",
	.title = sectors_title,
	.want = sectors_want,
	.settle = sectors_settle,
	.draw = sectors_draw,
	.click = sectors_click,
	.why = sectors_why,
	.export_pane = dash_export_compare,
	.cursor_rows = sectors_rows,
};
