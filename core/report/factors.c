/* What a driver's factors are made of: the JSON's figure, ours beside it, the variables behind ours with the top three, what to work on. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "core/base/utf8.h"
#include "core/report/factor_words.h"
#include "core/report/season_shape.h"

struct ctx {
	const struct report_in *in;
	enum race_var var[VARS]; /* of the factors asked for */
	uint32_t nvars;
	enum factor factor[FACTORS];
	uint32_t nfactors;
	enum race_var work[VARS];
	uint32_t nwork;
	uint32_t ncells; /* races of the driver with laps, times nvars */
	uint32_t *race;
};

static const struct season_factors *figures(const struct ctx *c)
{
	return &c->in->book->factors;
}

static bool wanted(const struct report_in *in, enum factor f)
{
	return in->factor == FACTORS || in->factor == f;
}

static bool gather(struct ctx *c, struct err *err)
{
	const struct season_factors *f = figures(c);
	uint32_t n;

	for (int k = 0; k < FACTORS; k++)
		if (wanted(c->in, (enum factor)k))
			c->factor[c->nfactors++] = (enum factor)k;
	for (int v = 0; v < VARS; v++)
		if (wanted(c->in, race_var_info((enum race_var)v)->factor))
			c->var[c->nvars++] = (enum race_var)v;
	n = work_on(f, c->in->book->skill, c->in->row, c->work);
	for (uint32_t i = 0; i < n; i++)
		if (wanted(c->in, race_var_info(c->work[i])->factor))
			c->work[c->nwork++] = c->work[i];
	c->race = ARENA_ARRAY(c->in->arena, f->nraces, uint32_t);
	if (!c->race)
		return err_set(err, ERR_NOMEM, "no memory for the factors");
	for (uint32_t i = 0; i < f->nraces; i++)
		if (f->cell[i * f->nrows + c->in->row])
			c->race[c->ncells++] = i;
	return true;
}

/* JSON and CSV ------------------------------------------------------------------------------------*/

static double json_factor(const struct report_in *in, enum factor f)
{
	const struct season_driver *d = in->book->table.rows[in->row].json;

	return d ? d->factor_percentile[f] : (double)NAN;
}

static void top_list(struct record *r, const struct ctx *c, enum factor f)
{
	uint32_t top[TOP], n = top_of_factor(c->in->book->skill, figures(c)->nrows, f, top);

	record_list(r, "top");
	for (uint32_t i = 0; i < n; i++) {
		record_obj(r, NULL);
		record_text(r, "id", c->in->book->id[top[i]]);
		record_text(r, "name", c->in->book->table.rows[top[i]].name);
		record_dec(r, "percentile", c->in->book->skill[top[i]].percentile[f], 2);
		record_end_obj(r);
	}
	record_end_list(r);
}

static void factor_record(struct record *r, const void *ctx, uint32_t i)
{
	const struct ctx *c = ctx;
	enum factor f = c->factor[i];
	uint32_t n;
	double apart = factor_disagreement(&c->in->book->table, figures(c), f, c->in->arena, &n);

	record_word(r, "factor", factor_key(f));
	record_dec(r, "json", json_factor(c->in, f), 2);
	record_dec(r, "computed", figures(c)->driver[c->in->row].factor[f], 2);
	record_int(r, "races", figures(c)->driver[c->in->row].nraces);
	record_dec(r, "disagreement", apart, 2);
	record_int(r, "disagreement_n", n);
	top_list(r, c, f);
}

static void variable_record(struct record *r, const void *ctx, uint32_t i)
{
	const struct ctx *c = ctx;
	enum race_var v = c->var[i];
	const struct race_var_info *info = race_var_info(v);
	const struct driver_vars *d = &figures(c)->driver[c->in->row];
	struct var_gap g = top_gap(c->in->book, c->in->row, v);

	record_word(r, "factor", factor_key(info->factor));
	record_word(r, "variable", info->key);
	record_word(r, "unit", info->unit);
	record_dec(r, "weight", info->weight, 4);
	record_dec(r, "value", d->value[v], info->decimals);
	record_dec(r, "percentile", d->percentile[v], 2);
	record_int(r, "races", d->races[v]);
	record_dec(r, "to_top", g.gap, info->decimals);
	record_int(r, "to_top_races", g.races);
	record_word(r, "rule", info->rule);
}

static void race_record(struct record *r, const void *ctx, uint32_t i)
{
	const struct ctx *c = ctx;
	const struct season_factors *f = figures(c);
	enum race_var v = c->var[i % c->nvars];
	const struct season_race *race = c->ncells ? &c->in->book->table.races[c->race[i / c->nvars]] : NULL;
	const struct race_vars *cell = c->ncells ? f->cell[c->race[i / c->nvars] * f->nrows + c->in->row] : NULL;

	record_text(r, "track", race ? race->track : NULL);
	record_count(r, "race", race ? race->number : 0);
	record_word(r, "variable", race_var_info(v)->key);
	record_dec(r, "value", cell ? cell->value[v] : (double)NAN, race_var_info(v)->decimals);
	record_dec(r, "percentile", cell ? cell->percentile[v] : (double)NAN, 2);
}

static void work_record(struct record *r, const void *ctx, uint32_t i)
{
	const struct ctx *c = ctx;
	char words[WORK_WORDS] = "";

	if (i < c->nwork)
		work_words(c->in->book, c->in->row, c->work[i], words);
	record_word(r, "variable", i < c->nwork ? race_var_info(c->work[i])->key : NULL);
	record_text(r, "text", words);
}

/* Text --------------------------------------------------------------------------------------------*/

static void value_cell(struct columns *c, double v, const struct race_var_info *info, bool sign)
{
	char t[NUM_LEN];

	dec_str(t, v, info->decimals);
	columns_word(c, "%s%s%s%s", sign && v > 0 && *t != '-' ? "+" : "", t, *t == '-' && !t[1] ? "" : " ",
		     *t == '-' && !t[1] ? "" : info->unit);
}

static void variables_text(const struct ctx *ctx, struct buf *out)
{
	struct columns c;

	columns_begin(&c, out, ctx->in->ascii, "Factor Made_of Weight> Value> Percentile> Races> To_top_three>");
	for (uint32_t i = 0; i < ctx->nvars; i++) {
		const struct race_var_info *info = race_var_info(ctx->var[i]);
		const struct driver_vars *d = &figures(ctx)->driver[ctx->in->row];
		bool again = i > 0 && race_var_info(ctx->var[i - 1])->factor == info->factor;
		columns_word(&c, "%s", again ? "" : factor_name(info->factor));
		columns_word(&c, "%s", info->name);
		columns_average(&c, info->weight, 2, false);
		value_cell(&c, d->value[ctx->var[i]], info, false);
		columns_average(&c, d->percentile[ctx->var[i]], 1, false);
		columns_int(&c, d->races[ctx->var[i]]);
		value_cell(&c, top_gap(ctx->in->book, ctx->in->row, ctx->var[i]).gap, info, true);
	}
	columns_end(&c, 0);
}

static void tops_text(const struct ctx *ctx, struct buf *out)
{
	char t[NUM_LEN];

	for (uint32_t i = 0; i < ctx->nfactors; i++) {
		uint32_t top[TOP], n = top_of_factor(ctx->in->book->skill, figures(ctx)->nrows, ctx->factor[i], top);
		buf_fmt(out, "%-12s ", factor_name(ctx->factor[i]));
		for (uint32_t k = 0; k < n; k++) {
			buf_str(out, k ? ", " : "");
			who_text(out, ctx->in, top[k]);
			buf_fmt(out, " %s", dec_str(t, ctx->in->book->skill[top[k]].percentile[ctx->factor[i]], 1));
		}
		buf_char(out, '\n');
	}
}

static void figures_text(const struct ctx *ctx, struct buf *out)
{
	struct columns c;

	columns_begin(&c, out, ctx->in->ascii, "Factor JSON> Computed> Usually_apart>");
	for (uint32_t i = 0; i < ctx->nfactors; i++) {
		uint32_t n;
		double apart =
			factor_disagreement(&ctx->in->book->table, figures(ctx), ctx->factor[i], ctx->in->arena, &n);
		columns_word(&c, "%s", factor_name(ctx->factor[i]));
		columns_average(&c, json_factor(ctx->in, ctx->factor[i]), 1, false);
		columns_average(&c, figures(ctx)->driver[ctx->in->row].factor[ctx->factor[i]], 1, false);
		columns_average(&c, apart, 1, false);
	}
	columns_end(&c, 0);
}

static void work_text(const struct ctx *ctx, struct buf *out)
{
	char words[WORK_WORDS];

	buf_str(out, "\nWhat to work on, heaviest first\n");
	if (ctx->nwork == 0)
		buf_str(out, figures(ctx)->driver[ctx->in->row].nraces
				     ? "  nothing: in no variable are the top three ahead\n"
				     : "  not known: no race of this driver has a lap file\n");
	for (uint32_t i = 0; i < ctx->nwork; i++) {
		work_words(ctx->in->book, ctx->in->row, ctx->work[i], words);
		buf_fmt(out, "  %s\n", words);
	}
}

static void factors_text(const struct ctx *ctx, struct buf *out)
{
	who_text(out, ctx->in, ctx->in->row);
	buf_fmt(out, "  %u of %u races with laps\n\n", figures(ctx)->driver[ctx->in->row].nraces,
		figures(ctx)->with_laps);
	figures_text(ctx, out);
	buf_char(out, '\n');
	variables_text(ctx, out);
	buf_str(out, "\nTop three\n");
	tops_text(ctx, out);
	work_text(ctx, out);
	buf_str(out,
		"\nJSON: driver_factors.json; computed: each variable within its race, mean of the races, weighted;\n"
		"usually apart: median difference of the two over all drivers who have both; to top three: same\n"
		"races, minus is faster; no finishing place is used (--format json has each rule)\n");
	season_footer(ctx->in, out);
}

bool report_factors(const struct report_in *in, struct buf *out, struct err *err)
{
	struct ctx c = {.in = in};
	struct record r;

	if (!gather(&c, err))
		return false;
	if (in->format == REPORT_TEXT) {
		factors_text(&c, out);
		return answer_is_whole(out, err);
	}
	answer_begin(&r, in, out);
	if (record_is_json(&r)) {
		record_obj(&r, "driver");
		record_who(&r, in, in->row);
		record_end_obj(&r);
		record_rows(&r, "factors", c.nfactors, factor_record, &c, true);
		record_rows(&r, "work_on", c.nwork, work_record, &c, true);
		record_rows(&r, "races", c.ncells * c.nvars, race_record, &c, true);
	}
	record_rows(&r, "variables", c.nvars, variable_record, &c, true);
	return answer_end(&r, err);
}
