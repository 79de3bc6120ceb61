/* Drivers of the season: what it adds up to, factors, and with --track how the track suits them, best first. */
#include <math.h>

#include "core/report/season_shape.h"

struct ctx {
	const struct report_in *in;
	uint32_t *order, n;
};

static double fit_of(const struct report_in *in, uint32_t row)
{
	return in->track_json ? circuit_fit(in->track_json, &in->book->skill[row]) : (double)NAN;
}

/* By number as the table has them; by fit when a track is named, unknown last. */
static bool gather(struct ctx *c, struct err *err)
{
	uint32_t n = c->in->book->table.nrows;

	c->order = ARENA_ARRAY(c->in->arena, n, uint32_t);
	if (!c->order)
		return err_set(err, ERR_NOMEM, "no memory for the drivers");
	for (; c->n < n; c->n++) {
		double fit = fit_of(c->in, c->n);
		uint32_t at = c->n;
		for (; at > 0 && c->in->track; at--) {
			double before = fit_of(c->in, c->order[at - 1]);
			if (isnan(fit) || before >= fit)
				break;
			c->order[at] = c->order[at - 1];
		}
		c->order[at] = c->n;
	}
	return true;
}

static void driver_record(struct record *r, const void *ctx, uint32_t i)
{
	const struct ctx *c = ctx;
	const struct report_in *in = c->in;
	bool is = i < c->n;
	uint32_t row = is ? c->order[i] : NO_DRIVER_ROW;
	const struct season_sum none = {.avg_finish = (double)NAN, .avg_gained = (double)NAN};
	const struct season_sum *s = is ? &in->book->sum[row] : &none;

	record_who(r, in, row);
	record_int(r, "races", s->races);
	record_int(r, "points", s->points);
	record_int(r, "wins", s->wins);
	record_int(r, "podiums", s->podiums);
	record_int(r, "poles", s->poles);
	record_int(r, "retired", s->retired);
	record_dec(r, "median_finish", is ? in->book->table.rows[row].median_finish : (double)NAN, 1);
	record_dec(r, "avg_finish", s->avg_finish, 2);
	record_dec(r, "avg_gained", s->avg_gained, 2);
	record_skill(r, is ? &in->book->skill[row] : NULL);
	record_fit(r, "fit", is ? fit_of(in, row) : (double)NAN);
}

static void skill_columns(struct columns *c, const struct skill *k)
{
	for (int f = 0; f < FACTORS; f++)
		columns_average(c, k->known ? k->percentile[f] : (double)NAN, 1, false);
	columns_word(c, "%s", !k->known ? "-" : k->computed ? "computed" : "json");
}

static void drivers_text(const struct ctx *ctx, struct buf *out)
{
	const struct report_in *in = ctx->in;
	struct columns c;

	columns_begin(&c, out, in->ascii,
		      in->track ? "#> Driver Races> Pts> W> Pod> Median> Gain> Spd> Con> Rac> Tyr> From Fit>"
				: "#> Driver Races> Pts> W> Pod> Median> Gain> Spd> Con> Rac> Tyr> From");
	for (uint32_t i = 0; i < ctx->n; i++) {
		uint32_t row = ctx->order[i];
		const struct season_sum *s = &in->book->sum[row];
		columns_text(&c, in->book->id[row]);
		columns_text(&c, in->book->table.rows[row].name);
		columns_int(&c, s->races);
		columns_int(&c, s->points);
		columns_int(&c, s->wins);
		columns_int(&c, s->podiums);
		columns_average(&c, in->book->table.rows[row].median_finish, 1, false);
		columns_average(&c, s->avg_gained, 2, true);
		skill_columns(&c, &in->book->skill[row]);
		if (in->track)
			columns_average(&c, fit_of(in, row), 1, false);
	}
	columns_end(&c, 0);
	if (in->track)
		buf_fmt(out, "\nfit to %s: its demands as weights times the factors, 0 to 100\n", in->track);
	buf_str(out, "\nmedian: of the finishes, retirements apart; factors: percentiles of\n"
		     "driver_factors.json, or computed from the session files\n");
	season_footer(in, out);
}

bool report_drivers(const struct report_in *in, struct buf *out, struct err *err)
{
	struct ctx c = {.in = in};
	struct record r;

	if (!gather(&c, err))
		return false;
	if (in->format == REPORT_TEXT) {
		drivers_text(&c, out);
		return answer_is_whole(out, err);
	}
	answer_begin(&r, in, out);
	if (record_is_json(&r))
		record_text(&r, "track", in->track);
	record_rows(&r, "drivers", c.n, driver_record, &c, true);
	return answer_end(&r, err);
}
