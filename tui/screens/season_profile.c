/* Screen 5, Profile: the four factors of the driver under the cursor as bars, over the field's quartiles and against the other. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "core/analysis/stat.h"
#include "tui/screens/season.h"
#include "tui/widgets/chart.h"

enum { NAME_W = 12, VALUE_W = 6, ROWS_EACH = 3 };

/* Median of the field's percentiles: 50 only where they are ranks of one figure. */
static double field_median(const struct season_board *s, enum factor f)
{
	double *v = calloc(s->n + 1u, sizeof(*v)), m = (double)NAN;
	uint32_t n = 0;

	for (uint32_t i = 0; v && i < s->n; i++)
		if (s->book->skill[i].known)
			v[n++] = s->book->skill[i].percentile[f];
	if (n > 0)
		m = dbl_median(v, n);
	free(v);
	return m;
}

static void one_bar(const struct season_board *s, uint32_t row, enum factor f, struct surface body, int y,
		    struct style st)
{
	const struct skill *k = &s->book->skill[row];
	int w = surface_w(body) - NAME_W - VALUE_W - 2;
	char t[NUM_LEN];

	surface_fmt(body, NAME_W - 5, y, st, "%4.4s", s->book->id[row]);
	if (!k->known) {
		surface_text(body, NAME_W, y, STYLE(DIM), "not known");
		return;
	}
	bar_draw(body, NAME_W, y, w, k->percentile[f] / 100, st);
	surface_field(body, NAME_W + w, y, VALUE_W, ALIGN_RIGHT, st, str_from(dec_str(t, k->percentile[f], 1)));
	if (k->computed)
		surface_put(body, NAME_W + w + VALUE_W, y, STYLE(DIM), 'c');
}

/* Where the field's median is, over both bars. */
static void draw_field(const struct season_board *s, enum factor f, struct surface body, int y)
{
	double m = field_median(s, f);
	int w = surface_w(body) - NAME_W - VALUE_W - 2;
	char t[NUM_LEN];

	surface_text(body, 1, y, STYLE(HEAD), factor_name(f));
	if (isnan(m))
		return;
	surface_put(body, NAME_W + (int)lround(m / 100 * (w - 1)), y, STYLE(DIM), '|');
	surface_field(body, NAME_W + w, y, VALUE_W, ALIGN_RIGHT, STYLE(DIM), str_from(dec_str(t, m, 1)));
}

static void profile_draw(const struct season_board *s, struct surface body)
{
	uint32_t row = season_chosen(s), other = season_other(s);

	for (int f = 0; f < FACTORS; f++) {
		int y = f * ROWS_EACH;
		draw_field(s, (enum factor)f, body, y);
		if (row != NO_ROW)
			one_bar(s, row, (enum factor)f, body, y + 1,
				row == s->you || row == s->ref ? season_style(s, row) : STYLE(TEXT));
		if (other != NO_ROW)
			one_bar(s, other, (enum factor)f, body, y + 2, season_style(s, other));
	}
}

static void profile_title(const struct season_board *s, char left[80], char right[80])
{
	(void)s;
	snprintf(left, 80, "Profile");
	snprintf(right, 80, "percentile; | field's median");
}

static int profile_want(const struct season_board *s, int w)
{
	(void)w;
	for (uint32_t i = 0; i < s->n; i++)
		if (s->book->skill[i].known)
			return FACTORS * ROWS_EACH;
	return 0;
}

static bool profile_why(const struct season_board *s, char title[80], struct buf *out)
{
	uint32_t row = season_chosen(s);
	struct err err = {0};

	if (row == NO_ROW)
		return false;
	snprintf(title, 80, "Why  factors of %.12s", s->book->id[row]);
	buf_str(out, "Bars: driver_factors.json, 0 to 100, more is better; c: computed, the JSON has none.\n"
		     "|: median of all drivers with factors. The two bars: the driver under the cursor,\n"
		     "and REF (YOU where the cursor is on REF).\n\n");
	return season_report(s, report_factors, row, EXPORT_TEXT, out, &err);
}

static bool profile_export(const struct season_board *s, enum export_format format, struct buf *out, struct err *err)
{
	return season_report(s, report_similar, season_chosen(s), format, out, err);
}

const struct season_pane season_profile = {
	.name = "Profile",
	.title = profile_title,
	.want = profile_want,
	.draw = profile_draw,
	.why = profile_why,
	.export_pane = profile_export,
};
