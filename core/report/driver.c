/* One driver: season, factors, which tracks suit, who is alike. */
#include <math.h>

#include "core/base/utf8.h"
#include "core/report/season_shape.h"

struct ctx {
	const struct report_in *in;
	struct similar similar[SIMILAR_SHOWN];
	uint32_t nsimilar, ntracks;
};

static void fit_record(struct record *r, const void *ctx, uint32_t i)
{
	const struct ctx *c = ctx;
	const struct season *s = c->in->dataset->season;
	const struct season_track *t = i < s->ntracks ? &s->tracks[i] : NULL;

	record_who(r, c->in, t || i == 0 ? c->in->row : NO_DRIVER_ROW);
	record_text(r, "track", t ? t->id : NULL);
	record_fit(r, "fit", t ? circuit_fit(t, &c->in->book->skill[c->in->row]) : (double)NAN);
}

static void similar_record(struct record *r, const void *ctx, uint32_t i)
{
	const struct ctx *c = ctx;
	const struct similar *s = i < c->nsimilar ? &c->similar[i] : NULL;

	record_who(r, c->in, s ? s->row : NO_DRIVER_ROW);
	record_dec(r, "distance", s ? s->distance : (double)NAN, 2);
}

static void sum_text(const struct report_in *in, struct buf *out)
{
	const struct season_sum *s = &in->book->sum[in->row];
	char finish[NUM_LEN], grid[NUM_LEN], gained[NUM_LEN], median[NUM_LEN];

	buf_fmt(out, "\nSeason    %u races, %u points, %u wins, %u podiums, %u poles, %u fastest laps, %u retired\n",
		s->races, s->points, s->wins, s->podiums, s->poles, s->fastest_laps, s->retired);
	buf_fmt(out, "          median finish %s, average finish %s, grid %s, places gained %s%s\n",
		dec_str(median, in->book->table.rows[in->row].median_finish, 1), dec_str(finish, s->avg_finish, 2),
		dec_str(grid, s->avg_qualifying, 2), s->avg_gained > 0 ? "+" : "", dec_str(gained, s->avg_gained, 2));
}

static void skill_text(const struct report_in *in, struct buf *out)
{
	const struct skill *k = &in->book->skill[in->row];
	char t[NUM_LEN];

	buf_str(out, "Factors   ");
	if (!k->known)
		buf_str(out, "not known: not in driver_factors.json, and no race of it in lap files");
	for (int f = 0; f < FACTORS && k->known; f++)
		buf_fmt(out, "%s%s %s", f ? ", " : "", factor_name((enum factor)f), dec_str(t, k->percentile[f], 1));
	buf_fmt(out, "%s\n", k->known ? k->computed ? "  (percentiles, computed)" : "  (percentiles)" : "");
}

static void fits_text(const struct report_in *in, struct buf *out)
{
	const struct season *s = in->dataset->season;
	char t[NUM_LEN];

	if (!in->book->skill[in->row].known || s->ntracks == 0)
		return;
	buf_str(out, "Fit       ");
	for (uint32_t i = 0; i < s->ntracks; i++) {
		buf_str(out, i ? ", " : "");
		text_clean(out, str_from(s->tracks[i].id), in->ascii);
		buf_fmt(out, " %s", dec_str(t, circuit_fit(&s->tracks[i], &in->book->skill[in->row]), 1));
	}
	buf_char(out, '\n');
}

static void similar_text(const struct ctx *c, struct buf *out)
{
	char t[NUM_LEN];

	for (uint32_t i = 0; i < c->nsimilar; i++) {
		buf_str(out, i ? ", " : "Similar   ");
		who_text(out, c->in, c->similar[i].row);
		buf_fmt(out, " (%s)%s", dec_str(t, c->similar[i].distance, 1), i + 1 == c->nsimilar ? "\n" : "");
	}
}

static void driver_text(const struct ctx *c, struct buf *out)
{
	who_text(out, c->in, c->in->row);
	buf_char(out, '\n');
	sum_text(c->in, out);
	skill_text(c->in, out);
	fits_text(c->in, out);
	similar_text(c, out);
	season_footer(c->in, out);
}

static void driver_json(struct record *r, const struct ctx *c)
{
	const struct report_in *in = c->in;
	const struct season_sum *s = &in->book->sum[in->row];

	record_obj(r, "driver");
	record_who(r, in, in->row);
	record_int(r, "races", s->races);
	record_int(r, "points", s->points);
	record_int(r, "wins", s->wins);
	record_int(r, "podiums", s->podiums);
	record_int(r, "top5", s->top5);
	record_int(r, "top10", s->top10);
	record_int(r, "poles", s->poles);
	record_int(r, "fastest_laps", s->fastest_laps);
	record_int(r, "retired", s->retired);
	record_dec(r, "median_finish", in->book->table.rows[in->row].median_finish, 1);
	record_dec(r, "avg_finish", s->avg_finish, 2);
	record_dec(r, "avg_qualifying", s->avg_qualifying, 2);
	record_dec(r, "avg_gained", s->avg_gained, 2);
	record_skill(r, &in->book->skill[in->row]);
	record_end_obj(r);
	record_rows(r, "similar", c->nsimilar, similar_record, c, true);
}

bool report_driver(const struct report_in *in, struct buf *out, struct err *err)
{
	struct ctx c = {.in = in, .ntracks = in->dataset->season->ntracks};
	struct record r;

	c.nsimilar = skill_similar(in->book->skill, in->book->table.nrows, in->row, c.similar, SIMILAR_SHOWN);
	if (in->format == REPORT_TEXT) {
		driver_text(&c, out);
		return answer_is_whole(out, err);
	}
	answer_begin(&r, in, out);
	if (record_is_json(&r))
		driver_json(&r, &c);
	record_rows(&r, "fits", c.ntracks, fit_record, &c, true);
	return answer_end(&r, err);
}
