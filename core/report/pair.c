#include "core/report/pair.h"

#include "core/base/utf8.h"
#include "core/report/shapes.h"

uint16_t report_reference(const struct report_in *in, uint16_t you, struct err *err)
{
	const struct session *s = in->session;
	struct shown_order shown;
	uint16_t any = NO_CAR;

	if (!shown_order_make(in->analysis, in->arena, &shown, err))
		return NO_CAR;
	for (uint32_t i = 0; i < s->ncars; i++) {
		uint16_t car = shown.car[i];
		if (car == you || car_seen(in->analysis, car) == 0)
			continue;
		if (str_eq(str_from(s->cars[car].class_name), str_from(s->cars[you].class_name)))
			return car;
		if (any == NO_CAR)
			any = car;
	}
	if (any == NO_CAR)
		err_set(err, ERR_NOT_FOUND, "%s has no other car to compare %s with", s->id, s->cars[you].id);
	return any;
}

bool pair_make(const struct report_in *in, struct comparison *out, struct err *err)
{
	*out = (struct comparison){0};
	return compare_make(in->analysis, in->a, in->b, in->arena, out, err);
}

void record_ledger(struct record *r, const struct report_in *in, const struct comparison *c)
{
	record_list(r, "ledger");
	for (uint32_t i = 0; i < c->nledger; i++) {
		const struct ledger_row *row = &c->ledger[i];
		record_flat(r);
		record_obj(r, NULL);
		record_word(r, "what", ledger_name(row->kind));
		record_text(r, "car", row->kind == LEDGER_BEHIND ? car_id(in->session, row->behind) : NULL);
		record_list(r, "laps");
		for (uint32_t k = 0; k < row->n; k++)
			record_int(r, NULL, c->pairs[row->pairs[k]].number);
		record_end_list(r);
		record_time(r, "sum", row->sum);
		record_int(r, "faster", row->faster);
		record_end_obj(r);
	}
	record_end_list(r);
}

void car_name(struct buf *out, const struct report_in *in, uint16_t car)
{
	const struct car *c = &in->session->cars[car];

	text_clean(out, str_from(c->id), in->ascii);
	if (*c->driver) {
		buf_char(out, ' ');
		text_clean(out, str_from(c->driver), in->ascii);
	}
}

/* The laps of a ledger row as ranges: "3-11". */
static void row_laps(struct columns *t, const struct comparison *c, const struct ledger_row *row)
{
	struct buf b;
	uint16_t last = 0;
	bool open = false;

	buf_init(&b, 4096);
	for (uint32_t k = 0; k < row->n; k++) {
		uint16_t lap = c->pairs[row->pairs[k]].number;
		bool follows = k > 0 && lap == last + 1;
		if (!follows && open)
			buf_fmt(&b, "-%u", (unsigned)last);
		if (!follows)
			buf_fmt(&b, "%s%u", k ? "," : "", (unsigned)lap);
		open = follows;
		last = lap;
	}
	if (open)
		buf_fmt(&b, "-%u", (unsigned)last);
	columns_word(t, "%s", b.n ? b.p : "-");
	buf_release(&b);
}

/* "behind 13": the car's number is text of a file. */
static void row_name(struct columns *t, const struct report_in *in, const struct ledger_row *row)
{
	struct buf b;

	buf_init(&b, 256);
	buf_str(&b, ledger_name(row->kind));
	if (row->kind == LEDGER_BEHIND && row->behind != NO_CAR) {
		buf_char(&b, ' ');
		buf_str(&b, in->session->cars[row->behind].id);
	}
	columns_text(t, b.p);
	buf_release(&b);
}

void ledger_text(const struct report_in *in, const struct comparison *c, struct buf *out)
{
	struct columns t;
	char sum[NUM_LEN];

	if (c->nledger == 0) {
		buf_str(out, in->session->kind == KIND_RACE ? "  no lap that both did\n" : "  only a race has a gap\n");
		return;
	}
	columns_begin(&t, out, in->ascii, "Where Laps Sum> A_lap> Faster>");
	for (uint32_t i = 0; i < c->nledger; i++) {
		const struct ledger_row *row = &c->ledger[i];
		row_name(&t, in, row);
		row_laps(&t, c, row);
		columns_diff(&t, row->sum);
		columns_diff(&t, row->n > 1 ? (ms_t)round_half_away((double)row->sum / row->n) : MS_NONE);
		columns_word(&t, "%u of %u", row->faster, row->n);
	}
	columns_end(&t, 2);
	buf_fmt(out, "  together %s\n", diff_str(sum, c->ledger_sum));
}

static void best_cell(struct columns *t, ms_t v, bool session)
{
	char text[NUM_LEN];

	columns_word(t, "%s%s", time_str(text, v), session ? "*" : " ");
}

void places_text(const struct report_in *in, const struct comparison *c, struct buf *out)
{
	struct columns t;

	columns_begin(&t, out, in->ascii, "Place A_best> B_best> Median> Low> High> Won> Sum> Verdict");
	for (unsigned i = 0; i < c->nrows; i++) {
		const struct place_row *p = &c->row[i];
		columns_word(&t, "%s", p->name);
		best_cell(&t, p->ref_best, p->ref_session);
		best_cell(&t, p->you_best, p->you_session);
		columns_diff(&t, p->all.n ? p->all.median : MS_NONE);
		columns_diff(&t, p->all.low);
		columns_diff(&t, p->all.high);
		columns_word(&t, "%u/%u", p->all.won, p->all.n);
		columns_diff(&t, p->sum);
		columns_word(&t, "%s", verdict_word(p->verdict));
	}
	columns_end(&t, 2);
}
