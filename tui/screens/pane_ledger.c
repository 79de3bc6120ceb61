/* Where the gap came from: an exact sum over what YOUR laps were. No statistics, so nothing here is "not clear". */
#include <stdio.h>
#include <string.h>

#include "tui/screens/dash.h"
#include "tui/screens/dash_export.h"
#include "tui/screens/ledger_rows.h"
#include "tui/screens/why.h"

/* Columns counted from the right edge, so that the words in the head stand over them. */
enum {
	END = 3,
	FASTER_W = 9,
	EACH_W = 7,
	SUM_W = 9,
	LAPS_W = 10,
	LAPS_NARROW = 7,
	END_NARROW = 1,
	EACH_FROM = 52,
	MOST_ROWS = 8
};

static bool has_each(int w)
{
	return w >= EACH_FROM;
}

static void ledger_title(const struct dash *d, struct surface s, char left[80], char right[80])
{
	int w = surface_w(s);
	char t[NUM_LEN];

	snprintf(left, 80, "Where %s came from", diff_str(t, d->view->cmp.ledger_sum));
	if (has_each(w))
		snprintf(right, 80, "%*s%*s%*s%*s", LAPS_W - 3, "laps", SUM_W + 1, "you-ref", EACH_W, "a lap", FASTER_W,
			 "faster");
}

static int ledger_want(const struct dash *d, int w)
{
	(void)w;
	if (!dash_paired(d) || dash_timed(d) || d->view->cmp.npairs == 0)
		return 0;
	return (d->view->cmp.nledger < MOST_ROWS ? (int)d->view->cmp.nledger : MOST_ROWS) + 1;
}

static void draw_figures(struct surface s, int y, int w, struct style st, const char *laps, const char *sum,
			 const char *each, const char *faster)
{
	int laps_w = has_each(w) ? LAPS_W : LAPS_NARROW, x = w - (has_each(w) ? END : END_NARROW) - FASTER_W;

	surface_field(s, x, y, FASTER_W, ALIGN_RIGHT, STYLE(TEXT), str_from(faster));
	if (has_each(w)) {
		x -= EACH_W;
		surface_field(s, x, y, EACH_W, ALIGN_RIGHT, STYLE(TEXT), str_from(each));
	}
	x -= SUM_W;
	surface_field(s, x, y, SUM_W, ALIGN_RIGHT, st, str_from(sum));
	x -= laps_w;
	surface_field(s, x, y, laps_w - has_each(w), ALIGN_RIGHT, STYLE(TEXT), str_from(laps));
}

static void draw_row(const struct dash *d, const struct ledger_row *r, uint32_t folded, struct surface s, int y)
{
	char name[64], laps[64], sum[NUM_LEN], each[NUM_LEN] = "-", faster[24] = "";
	struct style st = r->sum < 0 ? STYLE(GAIN) : r->sum > 0 ? STYLE(LOSS) : STYLE(TEXT);

	ledger_row_name(d->view->session, r, folded, name);
	if (folded)
		snprintf(laps, sizeof(laps), "%u", r->n);
	else
		ledger_laps(&d->view->cmp, r, has_each(surface_w(s)) ? LAPS_W - 2 : LAPS_NARROW - 1, laps,
			    sizeof(laps));
	if (r->n > 1 && !folded)
		diff_str(each, (ms_t)round_half_away((double)r->sum / r->n));
	if (r->n)
		snprintf(faster, sizeof(faster), r->n < 100 ? "%u of %u" : "%u/%u", r->faster, r->n);
	surface_text(s, 2, y, STYLE(TEXT), name);
	diff_str(sum, r->sum);
	if (!has_each(surface_w(s)) && strlen(sum) >= SUM_W && strlen(laps) >= LAPS_NARROW)
		snprintf(laps, sizeof(laps), "%u L", r->n); /* both do not fit side by side */
	draw_figures(s, y, surface_w(s), st, r->n ? laps : "-", sum, each, faster);
}

static void draw_sum(const struct dash *d, struct surface s, int y)
{
	const struct comparison *c = &d->view->cmp;
	char laps[16], sum[NUM_LEN];

	if (c->npairs == 0) /* replayed to the start, or no lap that both did: there is nothing to sum */
		return;
	snprintf(laps, sizeof(laps), "%u", c->pairs[c->npairs - 1].number);
	surface_text(s, 2, y, STYLE(HEAD), "at the flag");
	draw_figures(s, y, surface_w(s), style_with(STYLE(TEXT), ATTR_BOLD), laps, diff_str(sum, c->ledger_sum), "",
		     "exact");
}

static void ledger_draw(const struct dash *d, struct surface s)
{
	const struct comparison *c = &d->view->cmp;
	int h = surface_h(s), y = 0;
	struct ledger_shown shown;

	ledger_choose(c, h - 1, &shown);
	for (uint32_t i = 0; i < shown.n; i++, y++) {
		draw_row(d, &c->ledger[shown.row[i]], 0, s, y);
		if (d->focus == PANE_LEDGER && !d->linear && d->rows[PANE_LEDGER].cursor == (int)i) {
			surface_ground(s, (struct rect){0, y, surface_w(s), 1}, ROLE_CURSOR);
			surface_cursor(s, 2, y);
		}
	}
	if (shown.folded)
		draw_row(d, &shown.rest, shown.folded, s, y++);
	draw_sum(d, s, y);
}

static int ledger_rows(const struct dash *d)
{
	struct ledger_shown shown;

	if (!dash_paired(d))
		return 0;
	ledger_choose(&d->view->cmp, d->body[PANE_LEDGER] - 1, &shown);
	return (int)shown.n;
}

static void ledger_settle(struct dash *d, int w, int body)
{
	(void)w;
	table_settle(&d->rows[PANE_LEDGER], ledger_rows(d), body);
}

static bool ledger_click(struct dash *d, struct surface s, const struct mouse_event *ev)
{
	(void)s;
	if (ev->y < ledger_rows(d))
		d->rows[PANE_LEDGER].cursor = ev->y;
	return true;
}

static bool ledger_why(const struct dash *d, char title[80], struct buf *out)
{
	struct ledger_shown shown;
	uint32_t at = (uint32_t)d->rows[PANE_LEDGER].cursor;

	ledger_choose(&d->view->cmp, d->body[PANE_LEDGER] - 1, &shown);
	return at < shown.n && why_ledger(d->view, shown.row[at], title, out);
}

const struct pane_ops pane_ledger = {
	.name = "Ledger",
	.title = ledger_title,
	.want = ledger_want,
	.settle = ledger_settle,
	.draw = ledger_draw,
	.click = ledger_click,
	.why = ledger_why,
	.export_pane = dash_export_compare,
	.cursor_rows = ledger_rows,
};
