/* telemetry corners: what the laps of a car did in each; one lap against another with what is usual; the best five against the best five. */
#include <math.h>

#include "core/base/utf8.h"
#include "core/report/columns.h"
#include "core/report/shapes.h"
#include "core/report/tel_corners.h"

const struct tel_corner *asked_corner(const struct corners_ctx *c, uint32_t i)
{
	static const struct tel_corner none = {.name = ""};

	return i < c->l->set->ncorners ? &c->l->set->corner[i] : &none;
}

void corner_record(struct record *r, const struct tel_corner *k)
{
	record_word(r, "corner", *k->id ? k->id : NULL);
	record_text(r, "name", k->name);
	record_dec(r, "apex", k->apex, 1);
	record_dec(r, "from", k->from, 1);
	record_dec(r, "to", k->to, 1);
	record_word(r, "turn", k->turn > 0 ? "left" : k->turn < 0 ? "right" : NULL);
}

static void figures_record(struct record *r, const struct tel_corner_lap *x)
{
	record_dec(r, "time", x->time, 3);
	record_dec(r, "apex", x->apex, 1);
	record_dec(r, "entry", x->entry, 1);
	record_dec(r, "min", x->min, 1);
	record_dec(r, "exit", x->exit, 1);
	record_dec(r, "brake", x->brake, 1);
	record_dec(r, "peak", x->peak, 1);
	record_dec(r, "release", x->release, 1);
	record_dec(r, "gas", x->gas, 1);
	record_dec(r, "lateral", x->lateral, 2);
	record_dec(r, "steering", x->steer, 0);
	record_bool(r, "hole", x->hole);
}

/* --- every lap of a car ------------------------------------------------------------------- */

static const struct tel_corner_lap nothing;

static void lap_record(struct record *r, const void *ctx, uint32_t row)
{
	const struct corners_ctx *c = ctx;
	const struct tel_set *s = c->l->set;
	uint32_t n = s->ncorners ? s->ncorners : 1;
	bool any = row < c->n * s->ncorners;
	const struct tel_lap *l = any ? &s->lap[c->first + row / n] : NULL;

	record_text(r, "car", l ? tel_car_id(s, l) : NULL);
	record_int(r, "lap", l ? l->number : 0);
	record_word(r, "corner", l ? s->corner[row % n].id : NULL);
	record_dec(r, "at", l ? s->corner[row % n].apex : (double)NAN, 1);
	figures_record(r, l ? tel_corner_at(s, l, row % n) : &nothing);
}

static void figures_text(struct columns *t, const struct tel_corner_lap *x)
{
	columns_dec(t, x->time, 3);
	columns_dec(t, x->entry, 0);
	columns_dec(t, x->min, 1);
	columns_dec(t, x->exit, 0);
	columns_dec(t, x->brake, 0);
	columns_dec(t, x->peak, 0);
	columns_dec(t, x->gas, 0);
	columns_dec(t, x->apex, 0);
}

static void laps_text(const struct corners_ctx *c, struct buf *out)
{
	const struct tel_set *s = c->l->set;
	struct columns t;

	for (uint32_t k = 0; k < s->ncorners; k++) {
		const struct tel_corner *x = &s->corner[k];

		buf_fmt(out, "%s%s ", k ? "\n" : "", x->id);
		text_clean(out, str_from(x->name), c->in->ascii);
		buf_fmt(out, "%s%.0f m%s, zone %.0f to %.0f\n", *x->name ? ", " : "", x->apex,
			x->turn > 0   ? " left"
			: x->turn < 0 ? " right"
				      : "",
			x->from, x->to);
		columns_begin(&t, out, c->in->ascii, "Lap> s> In> Min> Out> Brake> bar> Gas> Apex>");
		for (uint32_t i = 0; i < c->n; i++) {
			columns_int(&t, s->lap[c->first + i].number);
			figures_text(&t, tel_corner_at(s, &s->lap[c->first + i], k));
		}
		columns_end(&t, 2);
	}
	buf_str(out, "\nIn, Min, Out: km/h; Brake, Gas, Apex: m; bar: peak of the front pressure\n");
}

/* --- one against one ------------------------------------------------------------------------- */

void corner_range_record(struct record *r, const char *name, const struct tel_range *u, int decimals)
{
	record_obj(r, name);
	record_dec(r, "low", u->n ? u->low : (double)NAN, decimals);
	record_dec(r, "high", u->n ? u->high : (double)NAN, decimals);
	record_int(r, "n", u->n);
	record_end_obj(r);
}

static void usual_record(struct record *r, const struct tel_row *row)
{
	record_obj(r, "usual");
	corner_range_record(r, "lost", &row->usual[FIG_LOST], 3);
	corner_range_record(r, "min", &row->usual[FIG_MIN], 1);
	corner_range_record(r, "brake", &row->usual[FIG_BRAKE], 1);
	corner_range_record(r, "peak", &row->usual[FIG_PEAK], 1);
	corner_range_record(r, "gas", &row->usual[FIG_GAS], 1);
	record_end_obj(r);
}

static void table_record(struct record *r, const void *ctx, uint32_t i)
{
	static const struct tel_row none = {.lost = NAN};
	const struct corners_ctx *c = ctx;
	const struct tel_row *row = i < c->table.n ? &c->table.row[i] : &none;

	corner_record(r, asked_corner(c, row->corner));
	record_dec(r, "lost", row->lost, 3);
	record_bool(r, "claim", row->claim);
	record_obj(r, "a");
	figures_record(r, &row->ref);
	record_end_obj(r);
	record_obj(r, "b");
	figures_record(r, &row->you);
	record_end_obj(r);
	usual_record(r, row);
	record_list(r, "outside_usual");
	for (int f = 0; f < FIG_COUNT; f++)
		if (row->outside & 1u << f)
			record_word(r, NULL, tel_figure_name((enum tel_figure)f));
	record_end_list(r);
}

static void range_text(struct columns *t, const struct tel_range *u, int decimals)
{
	char low[NUM_LEN], high[NUM_LEN];

	if (u->n == 0)
		columns_word(t, "-");
	else
		columns_word(t, "%s%s%s", dec_str(low, u->low, decimals), decimals > 1 ? " " : "-",
			     dec_str(high, u->high, decimals));
}

static void table_text(const struct corners_ctx *c, struct buf *out)
{
	const struct tel_table *x = &c->table;
	struct columns t;
	char end[NUM_LEN];

	buf_fmt(out, "%s lap %u minus %s lap %u: %s", tel_car_id(c->l->set, x->delta.you),
		(unsigned)x->delta.you->number, tel_car_id(c->l->set, x->delta.ref), (unsigned)x->delta.ref->number,
		diff_str(end, x->delta.end));
	if (isinf(x->delta.floor))
		buf_str(out, "; no corner is claimed (marked ~): no official loop checks the distance\n");
	else
		buf_fmt(out, "; no corner is claimed under %.3f s (marked ~)\n", x->delta.floor);
	columns_begin(&t, out, c->in->ascii,
		      "# apex> lost> usual> km/h> usual> brake> usual> bar> usual> gas> usual> outside_usual");
	for (uint32_t i = 0; i < x->n; i++) {
		const struct tel_row *r = &x->row[i];
		struct buf outside;
		char lost[NUM_LEN];

		columns_word(&t, "%s%s", asked_corner(c, r->corner)->id, r->claim ? "" : "~");
		columns_dec(&t, asked_corner(c, r->corner)->apex, 0);
		dec_str(lost, r->lost, 3);
		columns_word(&t, "%s%s", r->lost > 0 ? "+" : "", lost);
		range_text(&t, &r->usual[FIG_LOST], 2);
		columns_dec(&t, r->you.min, 0);
		range_text(&t, &r->usual[FIG_MIN], 0);
		columns_dec(&t, r->you.brake, 0);
		range_text(&t, &r->usual[FIG_BRAKE], 0);
		columns_dec(&t, r->you.peak, 0);
		range_text(&t, &r->usual[FIG_PEAK], 0);
		columns_dec(&t, r->you.gas, 0);
		range_text(&t, &r->usual[FIG_GAS], 0);
		buf_init(&outside, 200);
		for (int f = FIG_MIN; f <= FIG_GAS; f++)
			if (r->outside & 1u << f)
				buf_fmt(&outside, "%s%s", outside.n ? " " : "", tel_figure_name((enum tel_figure)f));
		columns_word(&t, "%s", outside.n ? outside.p : "-");
		buf_release(&outside);
	}
	columns_end(&t, 0);
	if (*x->delta.why)
		buf_fmt(out, "no times: %s", x->delta.why);
	else
		buf_fmt(out, "sum %+.3f%s", x->sum, x->complete ? " = official" : ", not complete");
	buf_fmt(out, "; usual: %u other laps of the car\n", x->nusual);
}

/* --- which of them ------------------------------------------------------------------------------- */

static bool made(struct corners_ctx *c, bool laps, struct err *err)
{
	struct tel_set *s = c->l->set;
	const struct tel_lap *ref, *you;

	if (c->in->nwords == 2) {
		ref = tel_wanted(c->in, c->l, c->car[0], c->lap[0], err);
		if (!ref)
			return false;
		c->first = c->lap[0] ? (uint32_t)(ref - s->lap) : s->cars[ref->car].first;
		c->n = c->lap[0] ? 1 : s->cars[ref->car].n;
		return true;
	}
	ref = tel_wanted(c->in, c->l, c->car[0], c->lap[0], err);
	you = ref ? tel_wanted(c->in, c->l, c->car[1], c->lap[1], err) : NULL;
	if (!you)
		return false;
	return laps ? tel_table_make(s, ref, you, c->in->arena, &c->table, err)
		    : tel_five_make(s, c->car[0], c->car[1], c->in->arena, &c->five, err);
}

static bool record_answer(const struct corners_ctx *c, bool laps, struct buf *out, struct err *err)
{
	struct record r;

	answer_begin(&r, c->in, out);
	if (record_is_json(&r)) {
		record_tel_source(&r, c->l);
		record_text(&r, "a", c->in->session->cars[c->car[0]].id);
		record_text(&r, "b", c->in->nwords > 2 ? c->in->session->cars[c->car[1]].id : NULL);
	}
	if (c->in->nwords == 2) {
		record_rows(&r, "corners", c->n * c->l->set->ncorners, lap_record, c, true);
	} else if (laps) {
		if (record_is_json(&r)) {
			record_int(&r, "lap_a", c->table.delta.ref->number);
			record_int(&r, "lap_b", c->table.delta.you->number);
			record_dec(&r, "floor", c->table.delta.floor, 3);
			record_dec(&r, "sum", c->table.sum, 3);
			record_bool(&r, "complete", c->table.complete);
		}
		record_rows(&r, "corners", c->table.n, table_record, c, false);
	} else {
		if (record_is_json(&r)) {
			five_head_record(&r, &c->five);
		}
		record_rows(&r, "corners", c->five.n, five_record, c, false);
	}
	return answer_end(&r, err);
}

static bool answer(struct corners_ctx *c, struct buf *out, struct err *err)
{
	bool laps = c->lap[0] || c->lap[1];

	if (!made(c, laps, err))
		return false;
	if (c->in->format != REPORT_TEXT)
		return record_answer(c, laps, out, err);
	heading_text(c->in, out);
	if (c->in->nwords == 2)
		laps_text(c, out);
	else if (laps)
		table_text(c, out);
	else
		five_text(c, out);
	tel_source_text(c->in, c->l, out);
	return answer_is_whole(out, err);
}

bool tel_answer_corners(const struct report_in *in, struct buf *out, struct err *err)
{
	struct tel_loaded l;
	struct corners_ctx c = {.in = in, .l = &l};
	uint32_t n = in->nwords - 1;
	bool ok;

	for (uint32_t i = 0; i < n; i++)
		if (!tel_word(in, i + 1, &c.car[i], &c.lap[i], err))
			return false;
	if (!tel_load(in, c.car, n, true, &l, err))
		return false;
	ok = answer(&c, out, err);
	tel_unload(&l);
	return ok;
}
