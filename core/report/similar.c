/* Who is like a driver: the nearest by the four factors. */
#include <math.h>

#include "core/report/season_shape.h"

enum { LIST_MAX = 10 };
struct ctx {
	const struct report_in *in;
	struct similar at[LIST_MAX];
	uint32_t n;
};

static void similar_record(struct record *r, const void *ctx, uint32_t i)
{
	const struct ctx *c = ctx;
	const struct similar *s = i < c->n ? &c->at[i] : NULL;

	record_who(r, c->in, s ? s->row : NO_DRIVER_ROW);
	record_dec(r, "distance", s ? s->distance : (double)NAN, 2);
	record_skill(r, s ? &c->in->book->skill[s->row] : NULL);
}

static void row_text(struct columns *c, const struct report_in *in, uint32_t row, double distance)
{
	const struct skill *k = &in->book->skill[row];

	columns_text(c, in->book->id[row]);
	columns_text(c, in->book->table.rows[row].name);
	columns_average(c, distance, 2, false);
	for (int f = 0; f < FACTORS; f++)
		columns_average(c, k->percentile[f], 2, false);
	columns_word(c, "%s", k->computed ? "computed" : "json");
}

static void similar_text(const struct ctx *ctx, struct buf *out)
{
	struct columns c;

	columns_begin(&c, out, ctx->in->ascii, "#> Driver Distance> Speed> Consistency> Racecraft> Tyres> From");
	row_text(&c, ctx->in, ctx->in->row, 0);
	for (uint32_t i = 0; i < ctx->n; i++)
		row_text(&c, ctx->in, ctx->at[i].row, ctx->at[i].distance);
	columns_end(&c, 0);
	buf_str(out, "\ndistance: Euclidean, of the four percentiles, 0 to 200\n");
	season_footer(ctx->in, out);
}

bool report_similar(const struct report_in *in, struct buf *out, struct err *err)
{
	struct ctx c = {.in = in};
	struct record r;

	if (!in->book->skill[in->row].known)
		return err_set(err, ERR_NOT_FOUND,
			       "%s has no factors: not in driver_factors.json, and no race of it in lap files",
			       in->book->id[in->row]);
	c.n = skill_similar(in->book->skill, in->book->table.nrows, in->row, c.at, LIST_MAX);
	if (in->format == REPORT_TEXT) {
		similar_text(&c, out);
		return answer_is_whole(out, err);
	}
	answer_begin(&r, in, out);
	if (record_is_json(&r)) {
		record_obj(&r, "driver");
		record_who(&r, in, in->row);
		record_skill(&r, &in->book->skill[in->row]);
		record_end_obj(&r);
	}
	record_rows(&r, "similar", c.n, similar_record, &c, true);
	return answer_end(&r, err);
}
