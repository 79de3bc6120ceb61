/* What if a driver had some points more: finish, pace and who would be alike, with the errors of the relation they are read from. */
#include <math.h>

#include "core/report/season_shape.h"

struct ctx {
	const struct report_in *in;
	const struct improve_model *m;
	struct improve v;
};

/* --- JSON and CSV ------------------------------------------------------------------ */

static void estimate_record(struct record *r, const char *name, const struct estimate *e, double scale, int decimals,
			    bool clear)
{
	record_flat(r);
	record_obj(r, name);
	record_dec(r, "value", e->value * scale, decimals);
	record_dec(r, "low", e->low * scale, decimals);
	record_dec(r, "high", e->high * scale, decimals);
	if (clear)
		record_bool(r, "clear", estimate_is_clear(e));
	record_end_obj(r);
}

static void factor_record(struct record *r, const void *ctx, uint32_t f)
{
	const struct ctx *c = ctx;

	record_word(r, "factor", factor_key((enum factor)f));
	record_dec(r, "before", c->v.from[f], 2);
	record_int(r, "points", c->in->points[f]);
	record_dec(r, "after", c->v.to[f], 2);
	record_int(r, "effect_of", c->in->points[f] ? c->in->points[f] : IMPROVE_MOST);
	estimate_record(r, "places", &c->v.places[f], 1, 2, true);
	estimate_record(r, "seconds", &c->v.lap_ms[f], 0.001, 3, true);
}

static void near_record(struct record *r, const struct ctx *c, const char *name, const struct similar *near)
{
	record_list(r, name);
	for (uint32_t i = 0; i < c->v.nnear; i++) {
		record_flat(r);
		record_obj(r, NULL);
		record_who(r, c->in, near[i].row);
		record_dec(r, "distance", near[i].distance, 2);
		record_end_obj(r);
	}
	record_end_list(r);
}

static void relation_record(struct record *r, const char *name, const struct relation *of, double scale)
{
	record_flat(r);
	record_obj(r, name);
	record_int(r, "drivers", of->n);
	record_dec(r, "mae", of->known ? of->mae * scale : (double)NAN, 2);
	record_dec(r, "mae_mean", of->known ? of->mae_mean * scale : (double)NAN, 2);
	record_end_obj(r);
}

static void whole_record(struct record *r, const struct ctx *c)
{
	record_obj(r, "driver");
	record_who(r, c->in, c->in->row);
	record_end_obj(r);
	record_int(r, "cars", c->m->cars);
	record_dec(r, "driven", c->v.driven, 2);
	estimate_record(r, "before", &c->v.before, 1, 2, false);
	estimate_record(r, "after", &c->v.after, 1, 2, false);
	estimate_record(r, "change", &c->v.change, 1, 2, true);
	estimate_record(r, "seconds", &c->v.seconds, 0.001, 3, true);
	record_time(r, "lap", c->m->gaps.lap);
	near_record(r, c, "similar_before", c->v.near_before);
	near_record(r, c, "similar_after", c->v.near_after);
	relation_record(r, "finish_relation", &c->m->finish, c->m->cars);
	relation_record(r, "pace_relation", &c->m->pace, 1);
	record_int(r, "pace_races", c->m->gaps.races);
}

/* --- Text --------------------------------------------------------------------------- */

/* "-0.75" "-0.89..-0.61", with "?" behind where that is not clear. */
static void estimate_columns(struct columns *c, const struct estimate *e, double scale, int decimals)
{
	char value[NUM_LEN], low[NUM_LEN], high[NUM_LEN];

	if (isnan(e->value)) {
		columns_word(c, "not known");
		columns_word(c, "-");
		return;
	}
	columns_word(c, "%s", dec_sign_str(value, e->value * scale, decimals));
	columns_word(c, "%s..%s%s", dec_sign_str(low, e->low * scale, decimals),
		     dec_sign_str(high, e->high * scale, decimals), estimate_is_clear(e) ? "" : "?");
}

static void factors_text(const struct ctx *c, struct buf *out)
{
	struct columns t;

	columns_begin(&t, out, c->in->ascii, "Factor Now> Points> Then> Places> 95_% s_a_lap> 95_%");
	for (int f = 0; f < FACTORS; f++) {
		columns_word(&t, "%s", factor_name((enum factor)f));
		columns_dec(&t, c->v.from[f], 2);
		columns_word(&t, c->in->points[f] ? "+%d" : "(%d)", c->in->points[f] ? c->in->points[f] : IMPROVE_MOST);
		columns_dec(&t, c->v.to[f], 2);
		estimate_columns(&t, &c->v.places[f], 1, 2);
		estimate_columns(&t, &c->v.lap_ms[f], 0.001, 3);
	}
	columns_word(&t, "All points");
	columns_word(&t, "-");
	columns_word(&t, "+%d", c->in->points[0] + c->in->points[1] + c->in->points[2] + c->in->points[3]);
	columns_word(&t, "-");
	estimate_columns(&t, &c->v.change, 1, 2);
	estimate_columns(&t, &c->v.seconds, 0.001, 3);
	columns_end(&t, 0);
	buf_str(out, "(5): no points given, what five would go with; ?: not clear, the interval holds 0\n");
}

static void place_line(const struct ctx *c, const char *what, const struct estimate *e, struct buf *out)
{
	if (isnan(e->value) && c->m->finish.n >= RELATION_LEAST)
		buf_fmt(out, "%-8s not known: the drivers' factors do not tell them apart\n", what);
	else if (isnan(e->value))
		buf_fmt(out, "%-8s not known: %u drivers with finishes and factors, %d needed\n", what, c->m->finish.n,
			RELATION_LEAST);
	else
		buf_fmt(out, "%-8s %4.1f   80 %%: %.1f to %.1f\n", what, e->value, e->low, e->high);
}

static void near_text(const struct ctx *c, const char *what, const struct similar *near, struct buf *out)
{
	buf_fmt(out, "%-8s ", what);
	for (uint32_t i = 0; i < c->v.nnear; i++) {
		buf_str(out, i ? ", " : "");
		who_text(out, c->in, near[i].row);
		buf_fmt(out, " (%.1f)", near[i].distance);
	}
	buf_str(out, c->v.nnear ? "\n" : "nobody else has factors\n");
}

static void errors_text(const struct ctx *c, struct buf *out)
{
	const struct relation *f = &c->m->finish, *p = &c->m->pace;

	if (f->known)
		buf_fmt(out,
			"finish: %u drivers, each foretold by all others: %.2f places off; guessing the\n"
			"  average %.2f\n",
			f->n, f->mae * c->m->cars, f->mae_mean * c->m->cars);
	if (p->known)
		buf_fmt(out,
			"pace: %u drivers in %u race sessions, likewise: %.2f %% of a lap off; guessing %.2f %%\n"
			"  seconds on a lap of %d.%03d s, the median car's\n",
			p->n, c->m->gaps.races, p->mae, p->mae_mean, c->m->gaps.lap / 1000, c->m->gaps.lap % 1000);
	else if (p->n < RELATION_LEAST)
		buf_fmt(out, "seconds: not known: %u drivers with race sessions and factors, %d needed\n", p->n,
			RELATION_LEAST);
	else
		buf_str(out, "seconds: not known: the drivers' factors do not tell them apart\n");
	report_wrap(out,
		    "Drivers with such factors finish so on average: what goes together, no promise. Places are of the "
		    "mean "
		    "finish over a season.",
		    2, 80, c->in->ascii);
}

static void improve_text(const struct ctx *c, struct buf *out)
{
	who_text(out, c->in, c->in->row);
	buf_str(out, "\n");
	factors_text(c, out);
	buf_fmt(out, "\nmean finish of %u cars", c->m->cars);
	if (!isnan(c->v.driven))
		buf_fmt(out, "; driven: %.1f", c->v.driven);
	buf_str(out, "\n");
	place_line(c, "  before", &c->v.before, out);
	place_line(c, "  after", &c->v.after, out);
	buf_str(out, "nearest by the four factors (distance)\n");
	near_text(c, "  before", c->v.near_before, out);
	near_text(c, "  after", c->v.near_after, out);
	buf_char(out, '\n');
	errors_text(c, out);
	season_footer(c->in, out);
}

bool report_improve(const struct report_in *in, struct buf *out, struct err *err)
{
	struct ctx c = {.in = in, .m = &in->book->improve};
	struct record r;

	if (!improve_make(c.m, &in->book->table, in->book->skill, in->row, in->points, in->arena, &c.v, err))
		return false;
	if (in->format == REPORT_TEXT) {
		improve_text(&c, out);
		return answer_is_whole(out, err);
	}
	answer_begin(&r, in, out);
	if (record_is_json(&r))
		whole_record(&r, &c);
	record_rows(&r, "factors", FACTORS, factor_record, &c, true);
	return answer_end(&r, err);
}
