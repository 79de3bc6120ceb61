#include "core/analysis/compare.h"

#include <math.h>

#include "core/analysis/duel.h"
#include "core/report/car_row.h"
#include "core/report/pair.h"
#include "core/report/shapes.h"

static const char *const sector_names[SECTORS] = {"s1", "s2", "s3"};

struct ctx {
	const struct report_in *in;
	struct car_rows rows;
	const struct comparison *cmp; /* the one being written */
	struct comparison pair, more[2];
};

static ms_t minus(ms_t b, ms_t a)
{
	return a == MS_NONE || b == MS_NONE ? MS_NONE : b - a;
}

/* --- JSON ----------------------------------------------------------------- */

static void car_record(struct record *r, const struct ctx *c, const char *name, uint16_t car)
{
	const struct car_row *row = car_rows_find(&c->rows, car);

	record_obj(r, name);
	if (row)
		record_car_row(r, c->in, row);
	record_end_obj(r);
}

static void lap_and_sectors(struct record *r, const char *name, ms_t lap, const ms_t sector[SECTORS])
{
	record_flat(r);
	record_obj(r, name);
	record_time(r, "lap", lap);
	record_arr(r, "sectors", "");
	for (int i = 0; i < SECTORS; i++)
		record_time(r, sector_names[i], sector[i]);
	record_end_arr(r);
	record_end_obj(r);
}

/* A sector of the car's best lap. */
static ms_t best_lap_sector(const struct analysis *an, uint16_t car, int sector)
{
	const struct lap_ref *best = &an->bests.car[car].best;
	int64_t i = best->time == MS_NONE ? -1 : session_lap(an->session, car, best->lap);

	return i < 0 ? MS_NONE : an->session->laps.sector[sector][i];
}

static void bests_record(struct record *r, const struct report_in *in, const struct comparison *k)
{
	const struct analysis *an = in->analysis;
	const struct car_best *a = &an->bests.car[k->ref], *b = &an->bests.car[k->you];
	ms_t best[SECTORS], ideal[SECTORS];

	for (int i = 0; i < SECTORS; i++) {
		best[i] = minus(best_lap_sector(an, k->you, i), best_lap_sector(an, k->ref, i));
		ideal[i] = minus(b->part[i].time, a->part[i].time);
	}
	lap_and_sectors(r, "best", minus(b->best.time, a->best.time), best);
	lap_and_sectors(r, "ideal", minus(b->ideal, a->ideal), ideal);
}

/* The row of a place: sector and mini -1 is the lap itself. */
static const struct interval *place(const struct comparison *c, int sector, int mini)
{
	static const struct interval none = {.median = MS_NONE, .low = MS_NONE, .high = MS_NONE};

	for (unsigned i = 0; i < c->nrows; i++)
		if (c->row[i].sector == sector && c->row[i].mini == mini)
			return &c->row[i].all;
	return &none;
}

static void medians_record(struct record *r, const struct report_in *in, const struct comparison *c)
{
	record_obj(r, "median");
	record_interval(r, "lap", place(c, -1, -1));
	record_arr(r, "sectors", "");
	for (int i = 0; i < SECTORS; i++)
		record_interval(r, NULL, place(c, i, -1));
	record_end_arr(r);
	record_arr(r, "mini", "");
	for (unsigned i = 0; i < in->session->nmini; i++)
		record_interval(r, NULL, place(c, -1, (int)i));
	record_end_arr(r);
	record_interval(r, "clear_air", &c->row[0].clear);
	record_interval(r, "headline", &c->headline);
	record_bool(r, "headline_clear_air", c->headline_clear);
	record_bool(r, "normalised", c->normalised);
	record_end_obj(r);
}

static void pair_record(struct record *r, const void *ctx, uint32_t i)
{
	static const struct lap_pair none;
	const struct ctx *c = ctx;
	const struct laps *l = &c->in->session->laps;
	bool there = i < c->cmp->npairs;
	const struct lap_pair *p = there ? &c->cmp->pairs[i] : &none;

	record_int(r, "lap", p->number);
	record_time(r, "a", there ? l->time[p->ref] : MS_NONE);
	record_time(r, "b", there ? l->time[p->you] : MS_NONE);
	record_time(r, "delta", p->delta);
	record_arr(r, "sectors", "");
	for (int k = 0; k < SECTORS; k++)
		record_time(r, sector_names[k], p->sector[k]);
	record_end_arr(r);
	record_time(r, "gap", p->gap);
	record_bool(r, "complete", p->complete);
	record_bool(r, "clean", p->clean);
	record_bool(r, "clear_air", p->clear_air);
}

/* --- Text ----------------------------------------------------------------- */

static void pair_text(struct columns *t, const struct laps *l, const struct lap_pair *p)
{
	columns_int(t, p->number);
	columns_time(t, l->time[p->ref]);
	columns_time(t, l->time[p->you]);
	columns_diff(t, p->delta);
	for (int k = 0; k < SECTORS; k++)
		columns_diff(t, p->sector[k]);
	columns_diff(t, p->gap);
	columns_word(t, "%s", p->clear_air ? "clear" : p->clean ? "clean" : "-");
	columns_word(t, "%s", p->complete ? "complete" : "not complete");
}

static void delta_record(struct record *r, const struct report_in *in, const struct comparison *k)
{
	record_obj(r, "delta");
	bests_record(r, in, k);
	medians_record(r, in, k);
	record_end_obj(r);
}

/* The third and fourth car, each minus A. */
static void more_record(struct record *r, struct ctx *c)
{
	if (c->in->nmore == 0)
		return;
	record_list(r, "more");
	for (uint32_t i = 0; i < c->in->nmore; i++) {
		c->cmp = &c->more[i];
		record_obj(r, NULL);
		record_text(r, "car", car_id(c->in->session, c->cmp->you));
		delta_record(r, c->in, c->cmp);
		record_rows(r, "laps", c->cmp->npairs, pair_record, c, true);
		record_end_obj(r);
	}
	record_end_list(r);
	c->cmp = &c->pair;
}

static void figure_text(struct columns *t, enum duel_figure f, double v, bool diff)
{
	char text[NUM_LEN];

	if (isnan(v))
		columns_word(t, "-");
	else if (f == DUEL_TOP_SPEED)
		columns_word(t, "%s%s", diff && v > 0 ? "+" : "", dec_str(text, v, 1));
	else if (f == DUEL_TREND)
		columns_word(t, "%s%s", v > 0 ? "+" : "", dec_str(text, v / 1000, 4));
	else if (diff)
		columns_diff(t, (ms_t)round_half_away(v));
	else
		columns_time(t, (ms_t)round_half_away(v));
}

static unsigned best_lap(const struct ctx *c, uint16_t car)
{
	return c->in->analysis->bests.car[car].best.lap;
}

static bool figures_text(const struct ctx *c, struct buf *out, struct err *err)
{
	struct columns t;
	struct duel d;

	if (!duel_make(c->in->analysis, c->cmp, c->in->arena, &d, err))
		return false;
	buf_str(out, "\nFigures (times s, trend s a lap, top speed km/h)\n");
	columns_begin(&t, out, c->in->ascii, "Figure A> B> B-A> What");
	for (int i = 0; i < DUEL_FIGURES; i++) {
		enum duel_figure f = (enum duel_figure)i;
		columns_word(&t, "%s", duel_name(f));
		figure_text(&t, f, d.row[f].ref, false);
		figure_text(&t, f, d.row[f].you, false);
		figure_text(&t, f, d.row[f].diff, true);
		if (f == DUEL_BEST && *d.row[f].word) /* the columns are A, then B */
			columns_word(&t, "L%u, L%u", best_lap(c, c->in->a), best_lap(c, c->in->b));
		else
			columns_word(&t, "%s", *d.row[f].word ? d.row[f].word : "-");
	}
	columns_end(&t, 2);
	return true;
}

static void laps_text(const struct ctx *c, struct buf *out)
{
	struct columns t;

	columns_begin(&t, out, c->in->ascii, "Lap> A> B> B-A> S1> S2> S3> Gap> Used Sectors");
	for (uint32_t i = 0; i < c->cmp->npairs; i++)
		pair_text(&t, &c->in->session->laps, &c->cmp->pairs[i]);
	columns_end(&t, 2);
}

static void headline_text(const struct comparison *c, struct buf *out)
{
	const struct interval *v = &c->headline;
	char med[NUM_LEN], low[NUM_LEN], high[NUM_LEN];

	buf_str(out, "B minus A, plus is slower: ");
	if (v->n == 0) {
		buf_str(out, "no lap clean for both\n");
		return;
	}
	buf_fmt(out, "%s a lap", diff_str(med, v->median));
	if (v->low != MS_NONE)
		buf_fmt(out, " (%s to %s)", diff_str(low, v->low), diff_str(high, v->high));
	buf_fmt(out, ", %u of %u %s laps: %s\n", v->n, c->npairs, c->headline_clear ? "clear-air" : "clean",
		v->low == MS_NONE ? "too few laps"
		: !v->clear       ? "not clear"
		: v->median < 0   ? "B is quicker"
				  : "B is slower");
	if (c->normalised)
		buf_str(out, "each lap minus its class's median of the same 20 minutes\n");
}

/* One car minus A: how much, where, why, lap by lap. */
static bool against_a_text(const struct ctx *c, struct buf *out, struct err *err)
{
	headline_text(c->cmp, out);
	if (!figures_text(c, out, err))
		return false;
	buf_str(out, "\nPlaces (* best of the session)\n");
	places_text(c->in, c->cmp, out);
	buf_str(out, "\nWhere the gap came from\n");
	ledger_text(c->in, c->cmp, out);
	buf_str(out, "\nLaps\n");
	laps_text(c, out);
	return true;
}

static bool compare_text(struct ctx *c, struct buf *out, struct err *err)
{
	heading_text(c->in, out);
	for (uint32_t i = 0; i <= c->in->nmore; i++) {
		c->cmp = i ? &c->more[i - 1] : &c->pair;
		buf_str(out, i ? "\nA " : "A ");
		car_name(out, c->in, c->in->a);
		buf_str(out, "   B ");
		car_name(out, c->in, c->cmp->you);
		buf_char(out, '\n');
		if (!against_a_text(c, out, err))
			return false;
	}
	footer_text(c->in, out);
	return true;
}

static bool comparisons_make(struct ctx *c, struct err *err)
{
	struct report_in in = *c->in;

	if (!pair_make(c->in, &c->pair, err))
		return false;
	for (uint32_t i = 0; i < c->in->nmore; i++) {
		in.b = c->in->more[i];
		if (!pair_make(&in, &c->more[i], err))
			return false;
	}
	c->cmp = &c->pair;
	return true;
}

bool report_compare(const struct report_in *in, struct buf *out, struct err *err)
{
	struct ctx c = {.in = in};
	struct record r;

	if (!car_rows_make(in, &c.rows, err) || !comparisons_make(&c, err))
		return false;
	if (in->format == REPORT_TEXT)
		return compare_text(&c, out, err) && answer_is_whole(out, err);
	answer_begin(&r, in, out);
	if (record_is_json(&r)) {
		car_record(&r, &c, "a", in->a);
		car_record(&r, &c, "b", in->b);
		delta_record(&r, in, c.cmp);
		record_ledger(&r, in, c.cmp);
		more_record(&r, &c);
	}
	record_rows(&r, "laps", c.cmp->npairs, pair_record, &c, true);
	return answer_end(&r, err);
}
