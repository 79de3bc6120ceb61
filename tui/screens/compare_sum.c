/* Under Lap by lap: sums of all its laps, laps won, and the median with an interval that is right for the four columns together. With
 * mini-sectors, for all rows of the table of places together. */
#include <stdio.h>
#include <string.h>

#include "tui/screens/compare.h"

enum { ROW_SUM, ROW_FASTER, ROW_MEDIAN, ROW_LOW, ROW_HIGH, ROW_WORDS, ROWS, NARROW_ROWS = ROWS - 1, WIDE_FROM = 56 };

/* One column of the sums. */
struct column {
	ms_t sum;
	uint32_t won;
	const struct interval *median;
	enum verdict verdict;
};

static const struct place_row *place_of(const struct comparison *c, int mini)
{
	for (unsigned i = 0; i < c->nrows; i++)
		if (c->row[i].mini == mini)
			return &c->row[i];
	return NULL;
}

static enum verdict verdict_of(const struct interval *i)
{
	if (i->lo_rank == 0)
		return VERDICT_TOO_FEW;
	return !i->clear ? VERDICT_NOT_CLEAR : i->median < 0 ? VERDICT_GAIN : VERDICT_LOSS;
}

/* which: 0 the lap, 1.. the sectors. */
static struct column one_of_four(const struct cmp_screen *c, int which)
{
	const struct comparison *k = &c->view->cmp;
	const struct interval *i = c->clear ? &k->four_clear[which] : &k->four[which];

	return (struct column){c->clear ? k->sum_clear[which] : k->sum[which],
			       c->clear ? k->won_clear[which] : k->won[which], i, verdict_of(i)};
}

static struct column of_mini(const struct cmp_screen *c, int mini)
{
	static const struct interval none = {.median = MS_NONE, .low = MS_NONE, .high = MS_NONE};
	const struct place_row *r = place_of(&c->view->cmp, mini);
	struct column col = {0, 0, &none, VERDICT_TOO_FEW};

	if (r)
		col.median = c->clear ? &r->clear : &r->all;
	col.verdict = verdict_of(col.median);
	for (uint32_t i = 0; i < c->npair; i++) {
		ms_t v = c->pair[i].mini[mini];
		col.sum = v == MS_NONE || col.sum == MS_NONE ? MS_NONE : col.sum + v;
		col.won += v != MS_NONE && v < 0;
	}
	return col;
}

static void draw_column(const struct column *col, struct surface s, int end, int w)
{
	const struct interval *i = col->median;
	struct style st = verdict_style(col->verdict);
	char t[NUM_LEN];

	cmp_diff(t, col->sum, w);
	cmp_put(s, end, ROW_SUM, w, style_with(STYLE(TEXT), ATTR_BOLD), t);
	snprintf(t, sizeof(t), "%u", col->won);
	cmp_put(s, end, ROW_FASTER, w, STYLE(TEXT), t);
	cmp_diff(t, i->n ? i->median : MS_NONE, w);
	cmp_put(s, end, ROW_MEDIAN, w, st, t);
	cmp_diff(t, i->low, w);
	cmp_put(s, end, ROW_LOW, w, STYLE(TEXT), t);
	cmp_diff(t, i->high, w);
	cmp_put(s, end, ROW_HIGH, w, STYLE(TEXT), t);
}

/* Behind the last column: of how many. */
static void draw_counts(const struct cmp_screen *c, const struct cmp_columns *k, struct surface s)
{
	int x = k->part[k->nparts - 1].end + 1;
	uint32_t n = c->clear ? c->view->cmp.four_clear[0].n : c->view->cmp.four[0].n;

	surface_fmt(s, x, ROW_FASTER, STYLE(DIM), "of %u", c->npair);
	surface_fmt(s, x, ROW_MEDIAN, STYLE(DIM), "of %u", n);
	if (surface_w(s) - x >= 6)
		surface_text(s, x, ROW_LOW, STYLE(DIM), k->part[k->nparts - 1].sector >= 0 ? "all 4" : "all");
}

static void draw_labels(struct surface s, int room)
{
	static const char *const wide[ROWS] = {"sum", "you faster", "median", "95 % low", "95 % high", ""};
	static const char *const tight[ROWS] = {"sum", "won", "med", "low", "high", ""};

	for (int i = 0; i < NARROW_ROWS; i++)
		surface_text(s, room >= 12 ? 1 : 0, i, STYLE(DIM), room >= 12 ? wide[i] : tight[i]);
}

/* The words of a ledger row here: laps behind one car and another are one thing. */
static const char *word_of(const struct comparison *c, const struct ledger_row *r, char out[24])
{
	if (r->kind == LEDGER_BEHIND && r->n == 1)
		snprintf(out, 24, "lap %u", c->pairs[r->pairs[0]].number);
	else
		snprintf(out, 24, "%s",
			 r->kind == LEDGER_BEHIND  ? "close"
			 : r->kind == LEDGER_CLEAR ? "clear"
						   : ledger_name(r->kind));
	return out;
}

static int heaviest_sector(const struct comparison *c)
{
	int best = -1;

	for (int i = 0; i < SECTORS; i++) {
		ms_t v = c->sum[1 + i];
		if (v != MS_NONE &&
		    (best < 0 || (v < 0 ? -v : v) > (c->sum[1 + best] < 0 ? -c->sum[1 + best] : c->sum[1 + best])))
			best = i;
	}
	return best;
}

/* A part of the sector's sum: what YOUR laps were, and how much of it is theirs. */
struct part {
	char text[40];
	int n;
	ms_t weight;
};
enum { PARTS_MAX = 16, MORE_W = 5 };

static bool is_close(const struct ledger_row *r)
{
	return r->kind == LEDGER_BEHIND && r->n > 1;
}

/* Laps close to several cars are one part, with the first of them. */
static bool counted_before(const struct comparison *c, uint32_t row)
{
	for (uint32_t i = 0; i < row; i++)
		if (is_close(&c->ledger[i]) && is_close(&c->ledger[row]))
			return true;
	return false;
}

static void part_make(const struct comparison *c, uint32_t row, int sector, struct part *out)
{
	ms_t sum = c->ledger[row].sector[sector];
	char t[NUM_LEN], word[24];

	for (uint32_t i = row + 1; is_close(&c->ledger[row]) && i < c->nledger; i++)
		if (is_close(&c->ledger[i]) && c->ledger[i].sector[sector] != MS_NONE)
			sum += c->ledger[i].sector[sector];
	cmp_diff(t, sum, 6);
	out->n = snprintf(out->text, sizeof(out->text), "%s %s", word_of(c, &c->ledger[row], word),
			  t[0] == '+' ? t + 1 : t);
	out->weight = sum < 0 ? -sum : sum;
}

static int parts_make(const struct comparison *c, int sector, struct part *out)
{
	int n = 0;

	for (uint32_t i = 0; i < c->nledger && n < PARTS_MAX; i++) {
		if (c->ledger[i].n == 0 || c->ledger[i].sector[sector] == MS_NONE || counted_before(c, i))
			continue;
		part_make(c, i, sector, &out[n++]);
	}
	return n;
}

static int width_of(const struct part *p, int n)
{
	int w = 0;

	for (int i = 0; i < n; i++)
		w += p[i].n + 2;
	return w;
}

static int drop_lightest(struct part *p, int n)
{
	int least = 0;

	for (int i = 1; i < n; i++)
		if (p[i].weight < p[least].weight)
			least = i;
	memmove(p + least, p + least + 1, (size_t)(n - least - 1) * sizeof(*p));
	return n - 1;
}

/* "S3 +1.453: start .577, lap 2 .306, clear .079, close .491": the sector with most in it, by what YOUR laps were. Where not all
 * of it fits the lightest parts go, and "..." says so. */
static void draw_words(const struct cmp_screen *c, struct surface s, int y)
{
	const struct comparison *k = &c->view->cmp;
	int sector = c->clear ? -1 : heaviest_sector(k), x = 1;
	struct part part[PARTS_MAX];
	char t[NUM_LEN];

	if (sector < 0 || k->nledger == 0)
		return;
	int n = parts_make(k, sector, part), all = n;
	x += surface_fmt(s, x, y, STYLE(DIM), "S%d %s:", sector + 1, diff_str(t, k->sum[1 + sector]));
	while (n > 0 && x + width_of(part, n) - 1 + (n < all ? MORE_W : 0) > surface_w(s))
		n = drop_lightest(part, n);
	for (int i = 0; i < n; i++)
		x += surface_fmt(s, x, y, STYLE(DIM), " %s%s", part[i].text, i + 1 < n || n < all ? "," : "");
	if (n < all)
		surface_text(s, x, y, STYLE(DIM), " ...");
}

static void sum_title(const struct cmp_screen *c, struct surface s, char left[80], char right[80])
{
	(void)s, (void)right;
	snprintf(left, 80, c->clear ? "Sum of %u laps in clear air" : "Sum of %u laps", c->npair);
}

static int sum_want(const struct cmp_screen *c, int w)
{
	if (!cmp_paired(c) || cmp_timed(c) || c->npair == 0)
		return 0;
	return w >= WIDE_FROM ? ROWS : NARROW_ROWS;
}

static void sum_draw(const struct cmp_screen *c, struct surface s)
{
	struct cmp_columns k;

	cmp_columns_of(c, surface_w(s), &k);
	int room = k.diff >= 0 ? k.diff - 7 : k.part[0].end - k.part_w;
	draw_labels(s, room);
	if (k.diff >= 0) {
		struct column lap = one_of_four(c, 0);
		draw_column(&lap, s, k.diff, 7);
	}
	for (int i = 0; i < k.nparts; i++) {
		struct column col =
			k.part[i].sector >= 0 ? one_of_four(c, 1 + k.part[i].sector) : of_mini(c, k.part[i].mini);
		draw_column(&col, s, k.part[i].end, k.part_w);
	}
	draw_counts(c, &k, s);
	if (surface_h(s) > ROW_WORDS)
		draw_words(c, s, ROW_WORDS);
}

const struct cmp_pane cmp_sum = {
	.name = "Sum",
	.title = sum_title,
	.want = sum_want,
	.draw = sum_draw,
	.why = cmp_why_sums,
};
