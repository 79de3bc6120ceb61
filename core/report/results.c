/* A driver's races: grid, finish, gained, best lap, gap. */
#include "core/report/season_shape.h"

struct ctx {
	const struct report_in *in;
	struct season_line *line;
	uint32_t n;
};

static bool gather(struct ctx *c, struct err *err)
{
	const struct season_table *t = &c->in->book->table;

	c->line = ARENA_ARRAY(c->in->arena, t->nraces, struct season_line);
	if (!c->line)
		return err_set(err, ERR_NOMEM, "no memory for the results");
	for (uint32_t i = 0; i < t->nraces; i++)
		c->n += season_line(t, &t->rows[c->in->row], i, &c->line[c->n]);
	return true;
}

static void result_record(struct record *r, const void *ctx, uint32_t i)
{
	const struct ctx *c = ctx;

	record_line(r, i < c->n ? &c->line[i] : NULL);
}

static void result_text(struct columns *c, const struct season_line *l)
{
	char t[NUM_LEN];

	columns_text(c, l->track);
	columns_int(c, l->race);
	columns_count(c, l->grid);
	columns_count(c, l->finish);
	columns_gained(c, l);
	columns_word(c, "%s%s", time_str(t, l->best), l->fastest ? "*" : "");
	if (l->finish == 1)
		columns_word(c, "winner");
	else if (*l->gap)
		columns_text(c, l->gap);
	else
		columns_diff(c, l->gap_time);
	columns_time(c, l->qualifying);
	columns_count(c, l->laps);
	columns_text(c, l->retired ? "Retired" : l->status);
	columns_text(c, line_from(l));
}

static void results_text(const struct ctx *ctx, struct buf *out)
{
	struct columns c;

	who_text(out, ctx->in, ctx->in->row);
	buf_fmt(out, "  %u races, by track: the files have no order in time\n\n", ctx->n);
	columns_begin(&c, out, ctx->in->ascii, "Track R> Grid> Fin> Gain> Best> Gap> Qualifying> Laps> Status From");
	for (uint32_t i = 0; i < ctx->n; i++)
		result_text(&c, &ctx->line[i]);
	columns_end(&c, 0);
	buf_str(out, "\ngain: grid minus finish; *: the race's fastest lap; Retired is computed: under\n"
		     "75 % of the winner's laps\n");
	season_footer(ctx->in, out);
}

bool report_results(const struct report_in *in, struct buf *out, struct err *err)
{
	struct ctx c = {.in = in};
	struct record r;

	if (!gather(&c, err))
		return false;
	if (in->format == REPORT_TEXT) {
		results_text(&c, out);
		return answer_is_whole(out, err);
	}
	answer_begin(&r, in, out);
	if (record_is_json(&r)) {
		record_obj(&r, "driver");
		record_who(&r, in, in->row);
		record_end_obj(&r);
	}
	record_rows(&r, "results", c.n, result_record, &c, true);
	return answer_end(&r, err);
}
