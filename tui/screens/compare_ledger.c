/* Where the gap came from, by sector: what YOUR laps were, each with what it cost in each sector. Exact sums. */
#include <stdio.h>
#include <string.h>

#include "tui/screens/compare.h"
#include "tui/screens/ledger_rows.h"
#include "tui/screens/why.h"

enum { COLUMN_W = 7, LAPS_W = 8, LAPS_FROM = 54, MOST_ROWS = 8 };

/* End of one of the four columns, S1 S2 S3 sum, in a pane w wide. */
static int column_end(int w, int i)
{
	return w - 1 - COLUMN_W * (SECTORS - i);
}

static void ledger_title(const struct cmp_screen *c, struct surface s, char left[80], char right[80])
{
	char t[NUM_LEN];

	(void)right;
	snprintf(left, 80, surface_w(s) >= LAPS_FROM ? "Where %s came from" : "%s from",
		 diff_str(t, c->view->cmp.ledger_sum));
}

static void ledger_legend(const struct cmp_screen *c, struct surface s)
{
	static const char *const name[] = {"S1", "S2", "S3", "sum"};
	int w = surface_w(s);

	(void)c;
	for (int i = 0; i <= SECTORS; i++) {
		int n = (int)strlen(name[i]);
		surface_fmt(s, column_end(w, i) - n - 1, 0, STYLE(DIM), " %s ", name[i]);
	}
	if (w >= LAPS_FROM)
		surface_text(s, column_end(w, -1) - 6, 0, STYLE(DIM), " laps ");
}

static int ledger_want(const struct cmp_screen *c, int w)
{
	(void)w;
	if (!cmp_paired(c) || cmp_timed(c) || c->view->cmp.npairs == 0)
		return 0;
	return (c->view->cmp.nledger < MOST_ROWS ? (int)c->view->cmp.nledger : MOST_ROWS) + 1;
}

static struct style sum_style(ms_t v)
{
	return v == MS_NONE || v == 0 ? STYLE(TEXT) : v < 0 ? STYLE(GAIN) : STYLE(LOSS);
}

static void draw_figures(struct surface s, int y, const ms_t sector[SECTORS], ms_t sum, struct style st)
{
	char t[NUM_LEN];

	for (int i = 0; i < SECTORS; i++) {
		cmp_diff(t, sector[i], COLUMN_W);
		cmp_put(s, column_end(surface_w(s), i), y, COLUMN_W, STYLE(TEXT), t);
	}
	cmp_diff(t, sum, COLUMN_W);
	cmp_put(s, column_end(surface_w(s), SECTORS), y, COLUMN_W, st, t);
}

static void draw_row(const struct cmp_screen *c, const struct ledger_row *r, uint32_t folded, struct surface s, int y)
{
	char name[64], laps[64];
	bool wide = surface_w(s) >= LAPS_FROM;
	int room = column_end(surface_w(s), -1) - (wide ? LAPS_W + 2 : 1);

	ledger_row_name(c->view->session, r, folded, name);
	if (r->kind == LEDGER_BEHIND && !folded && wide && room >= (int)strlen(name) + 12)
		snprintf(name + strlen(name), sizeof(name) - strlen(name), ", under 1 s");
	surface_field(s, wide ? 2 : 1, y, room, ALIGN_LEFT, STYLE(TEXT), str_from(name));
	if (wide && folded)
		snprintf(laps, sizeof(laps), "%u", r->n);
	else
		ledger_laps(&c->view->cmp, r, LAPS_W, laps, sizeof(laps));
	if (wide)
		cmp_put(s, column_end(surface_w(s), -1), y, LAPS_W, STYLE(TEXT), r->n ? laps : "-");
	draw_figures(s, y, r->sector, r->sum, sum_style(r->sum));
}

static void draw_end(const struct cmp_screen *c, struct surface s, int y)
{
	const struct comparison *k = &c->view->cmp;
	char laps[16];

	bool wide = surface_w(s) >= LAPS_FROM;

	surface_text(s, wide ? 2 : 1, y, STYLE(HEAD), wide ? "at the flag" : "flag");
	snprintf(laps, sizeof(laps), "%u", k->pairs[k->npairs - 1].number);
	if (wide)
		cmp_put(s, column_end(surface_w(s), -1), y, LAPS_W, STYLE(TEXT), laps);
	draw_figures(s, y, &k->sum[1], k->ledger_sum, style_with(STYLE(TEXT), ATTR_BOLD));
}

static void ledger_draw(const struct cmp_screen *c, struct surface s)
{
	const struct comparison *k = &c->view->cmp;
	struct ledger_shown shown;
	int y = 0;

	ledger_choose(k, surface_h(s) - 1, &shown);
	for (uint32_t i = 0; i < shown.n; i++, y++) {
		draw_row(c, &k->ledger[shown.row[i]], 0, s, y);
		if (c->focus != CMP_LEDGER || c->linear || c->rows[CMP_LEDGER].cursor != (int)i)
			continue;
		surface_ground(s, (struct rect){0, y, surface_w(s), 1}, ROLE_CURSOR);
		surface_cursor(s, 1, y);
	}
	if (shown.folded)
		draw_row(c, &shown.rest, shown.folded, s, y++);
	draw_end(c, s, y);
}

static int ledger_rows(const struct cmp_screen *c)
{
	struct ledger_shown shown;

	if (!cmp_paired(c))
		return 0;
	ledger_choose(&c->view->cmp, c->body[CMP_LEDGER] - 1, &shown);
	return (int)shown.n;
}

static bool ledger_why(const struct cmp_screen *c, char title[80], struct buf *out)
{
	struct ledger_shown shown;
	uint32_t at = (uint32_t)c->rows[CMP_LEDGER].cursor;

	ledger_choose(&c->view->cmp, c->body[CMP_LEDGER] - 1, &shown);
	return at < shown.n && why_ledger(c->view, shown.row[at], title, out);
}

const struct cmp_pane cmp_ledger = {
	.name = "Ledger",
	.title = ledger_title,
	.legend = ledger_legend,
	.want = ledger_want,
	.draw = ledger_draw,
	.why = ledger_why,
	.cursor_rows = ledger_rows,
};
