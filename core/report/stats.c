/* A driver's season in figures: worked out here, beside the JSON's, and the races in which the two part. */
#include <math.h>

#include "core/report/season_shape.h"

enum { DIFFERENCES_MAX = 64 };
struct ctx {
	const struct report_in *in;
	struct season_stat stat[SEASON_STATS];
	struct season_difference diff[DIFFERENCES_MAX];
	uint32_t ndiff;
	bool json;
	bool mixed; /* the JSON has the number, but several drivers are in it */
};

static const char *kind_word(enum difference_kind k)
{
	static const char *const words[] = {[DIFF_GRID] = "grid",
					    [DIFF_FINISH] = "finish",
					    [DIFF_START] = "not started",
					    [DIFF_NOT_JOINED] = "not joined",
					    [DIFF_HERE_ONLY] = "not in the JSON"};

	return words[k];
}

static void gather(const struct report_in *in, struct ctx *c)
{
	const struct season_row *row = &in->book->table.rows[in->row];

	*c = (struct ctx){.in = in, .json = row->json && row->json->has_stats};
	c->mixed = !row->json && season_driver(in->dataset->season, row->number);
	season_stats(&in->book->sum[in->row], row->json, c->stat);
	c->ndiff = season_differences(&in->book->table, row, c->diff, DIFFERENCES_MAX);
	c->ndiff = c->ndiff < DIFFERENCES_MAX ? c->ndiff : DIFFERENCES_MAX;
}

static void stat_record(struct record *r, const void *ctx, uint32_t i)
{
	const struct season_stat *s = &((const struct ctx *)ctx)->stat[i];

	record_word(r, "figure", s->name);
	record_dec(r, "computed", s->computed, s->decimals);
	record_dec(r, "json", s->json, s->decimals);
	if (isnan(s->json))
		record_null(r, "equal");
	else
		record_bool(r, "equal", s->equal);
}

static void difference_record(struct record *r, const void *ctx, uint32_t i)
{
	const struct ctx *c = ctx;
	const struct season_difference *d = i < c->ndiff ? &c->diff[i] : NULL;

	record_text(r, "track", d ? d->track : NULL);
	record_count(r, "race", d ? d->race : 0);
	record_word(r, "what", d ? kind_word(d->kind) : NULL);
	record_count(r, "here", d ? d->here : 0);
	record_count(r, "json", d ? d->json : 0);
}

static void differences_text(const struct ctx *ctx, struct buf *out)
{
	static const char *const why[] = {[DIFF_GRID] = "the grid of the qualifying file counts",
					  [DIFF_FINISH] = "the results file counts",
					  [DIFF_START] = "the JSON counts a race that was not started",
					  [DIFF_NOT_JOINED] =
						  "two drivers share the number there: the JSON's result is not joined",
					  [DIFF_HERE_ONLY] = "a race of the session files"};
	struct columns c;

	if (ctx->ndiff == 0)
		return;
	buf_str(out, "\nRaces in which files and driver_race_results.json part:\n");
	columns_begin(&c, out, ctx->in->ascii, "Track R> What Here> JSON> Because");
	for (uint32_t i = 0; i < ctx->ndiff; i++) {
		const struct season_difference *d = &ctx->diff[i];
		columns_text(&c, d->track);
		columns_int(&c, d->race);
		columns_word(&c, "%s", kind_word(d->kind));
		columns_count(&c, d->here);
		columns_count(&c, d->json);
		columns_word(&c, "%s", why[d->kind]);
	}
	columns_end(&c, 0);
}

static void stats_text(const struct ctx *ctx, struct buf *out)
{
	struct columns c;

	who_text(out, ctx->in, ctx->in->row);
	buf_str(out, "\n\n");
	columns_begin(&c, out, ctx->in->ascii, "Figure Computed> JSON> JSON_is");
	for (int i = 0; i < SEASON_STATS; i++) {
		const struct season_stat *s = &ctx->stat[i];
		columns_word(&c, "%s", s->name);
		columns_average(&c, s->computed, s->decimals, false);
		columns_average(&c, s->json, s->decimals, false);
		columns_word(&c, "%s",
			     isnan(s->json) ? (ctx->json ? "not data" : "-")
			     : s->equal     ? "equal"
					    : "different");
	}
	columns_end(&c, 0);
	differences_text(ctx, out);
	if (ctx->mixed)
		buf_str(out,
			"\nnot compared: in the JSON this number is several drivers together, and races that only\n"
			"the JSON has are counted for neither\n");
	buf_str(out, "\npoints: 25 18 15 12 10 8 6 4 2 1, as the JSON counts; retired (under 75 % of the\n"
		     "winner's laps) and fastest_laps (of races whose every car is known) are computed:\n"
		     "the JSON has 0 for everybody, and no championship_position\n");
	season_footer(ctx->in, out);
}

bool report_stats(const struct report_in *in, struct buf *out, struct err *err)
{
	struct ctx c;
	struct record r;

	gather(in, &c);
	if (in->format == REPORT_TEXT) {
		stats_text(&c, out);
		return answer_is_whole(out, err);
	}
	answer_begin(&r, in, out);
	if (record_is_json(&r)) {
		record_obj(&r, "driver");
		record_who(&r, in, in->row);
		record_end_obj(&r);
	}
	record_rows(&r, "stats", SEASON_STATS, stat_record, &c, true);
	if (record_is_json(&r))
		record_bool(&r, "json_mixes_drivers", c.mixed);
	if (record_is_json(&r))
		record_rows(&r, "differences", c.ndiff, difference_record, &c, true);
	return answer_end(&r, err);
}
