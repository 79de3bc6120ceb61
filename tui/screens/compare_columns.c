/* Columns of Lap by lap: the sums below stand under them. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tui/screens/compare.h"

enum {
	LAP_W = 4,
	TIME_W = 9, /* with its mark behind it */
	DIFF_W = 7,
	TIGHT_W = 6,
	GAP_W = 6,
	TIMES_FROM = 59, /* both lap times, sectors, gap */
	BOTH_FROM = 101, /* mini-sectors beside the sectors */
	MINUTE = 60000
};

static void add_part(struct cmp_columns *k, int *x, int sector, int mini)
{
	*x += k->part_w;
	k->part[k->nparts].end = *x;
	k->part[k->nparts].sector = sector;
	k->part[k->nparts++].mini = mini;
}

static void add_parts(const struct cmp_screen *c, int w, struct cmp_columns *k, int *x)
{
	unsigned nmini = c->view->session->nmini;
	bool both = w >= BOTH_FROM && nmini > 0, minis = c->minis && nmini > 0;

	for (int i = 0; i < SECTORS && (both || !minis); i++)
		add_part(k, x, i, -1);
	for (unsigned i = 0; i < nmini && (both || minis); i++)
		add_part(k, x, -1, (int)i);
}

/* Six mini-sectors leave no room for lap times, and in a narrow pane for nothing else. */
void cmp_columns_of(const struct cmp_screen *c, int w, struct cmp_columns *k)
{
	bool only_minis = c->minis && c->view->session->nmini > 0 && w < BOTH_FROM;
	int x = LAP_W;

	*k = (struct cmp_columns){.lap = LAP_W, .you = -1, .ref = -1, .diff = -1, .gap = -1, .mark = -1};
	k->part_w = only_minis && w < TIMES_FROM ? TIGHT_W : DIFF_W;
	if (w >= TIMES_FROM && !only_minis) {
		k->you = x + TIME_W;
		k->ref = x + 2 * TIME_W;
		x += 2 * TIME_W + 1;
	}
	if (k->part_w == DIFF_W)
		k->diff = x += DIFF_W;
	add_parts(c, w, k, &x);
	if (x + GAP_W <= w)
		k->gap = x += GAP_W;
	if (x + 1 < w)
		k->mark = x + 2 <= w ? x + 2 : x + 1;
}

const char *cmp_part_name(const struct cmp_screen *c, const struct cmp_columns *k, int part)
{
	static const char *const sector[SECTORS] = {"S1", "S2", "S3"};
	const char *mini;

	if (k->part[part].sector >= 0)
		return sector[k->part[part].sector];
	mini = c->view->session->mini_name[k->part[part].mini];
	return mini ? mini : "-";
}

/* A minute and more, in seconds or whole minutes and seconds: "+1:23". */
static void long_diff(char out[NUM_LEN], ms_t v)
{
	long s = labs(lround(v / 1000.0));

	snprintf(out, NUM_LEN, "%c%ld:%02ld", v < 0 ? '-' : '+', s / 60, s % 60);
}

/* "+0.561", "+.561" where that is all there is room for, "+18.8", "+1:23". */
void cmp_diff(char out[NUM_LEN], ms_t v, int w)
{
	char t[NUM_LEN];

	diff_str(out, v);
	if (v == MS_NONE || (int)strlen(out) < w)
		return;
	if (out[1] == '0' && out[2] == '.' && (int)strlen(out) == w) {
		memmove(out + 1, out + 2, strlen(out + 1));
		return;
	}
	for (int decimals = 2; decimals >= 0 && (int)strlen(out) >= w; decimals--)
		snprintf(out, NUM_LEN, "%s%s", v > 0 ? "+" : "", dec_str(t, v / 1000.0, decimals));
	if (v <= -MINUTE || v >= MINUTE)
		long_diff(out, v);
}

void cmp_put(struct surface s, int end, int y, int w, struct style st, const char *text)
{
	if (end >= 0)
		surface_field(s, end - w, y, w, ALIGN_RIGHT, st, str_from(text));
}
