/* One page of 80 columns about one car: result, ledger, laps, sectors, notes. */
#include "core/analysis/coach.h"

#include "core/base/utf8.h"
#include "core/report/car_row.h"
#include "core/report/coach_tel.h"
#include "core/report/note_shape.h"
#include "core/report/pair.h"
#include "core/report/shapes.h"

struct ctx {
	const struct report_in *in;
	struct car_rows rows;
	const struct car_row *row;
	struct comparison cmp;
	struct notes notes;
};

static void result_text(const struct ctx *c, struct buf *out)
{
	const struct car_row *row = c->row;
	char a[NUM_LEN], b[NUM_LEN];

	buf_str(out, "Result  ");
	if (row->position)
		buf_fmt(out, "P%u of %u", row->position, c->rows.n);
	if (row->car->grid)
		buf_fmt(out, ", grid %d", row->car->grid);
	buf_fmt(out, ", %u laps, %s", row->laps,
		time_str(a, row->official && row->official->total != MS_NONE ? row->official->total : row->total));
	if (row->position != 1)
		buf_fmt(out, ", %s", gap_text(a, row->gap, row->gap_laps));
	if (row->penalty != MS_NONE && row->penalty > 0)
		buf_fmt(out, ", penalty %s", diff_str(a, row->penalty));
	buf_fmt(out, "%s\n", c->rows.official ? "" : " (as driven)");
	buf_fmt(out, "Best    %s lap %u, ideal %s\n", time_str(a, row->best->best.time), (unsigned)row->best->best.lap,
		time_str(b, row->best->ideal));
	buf_fmt(out, "Pace    %s", time_str(a, row->pace->all.median));
	buf_fmt(out, ", %u of %u laps clean, %u stops\n", row->clean, row->laps, row->stops);
}

static ms_t delta_on(const struct comparison *c, uint32_t lap)
{
	for (uint32_t i = 0; i < c->npairs; i++)
		if (c->pairs[i].you == lap)
			return c->pairs[i].delta;
	return MS_NONE;
}

static void laps_text(const struct ctx *c, struct buf *out)
{
	const struct analysis *an = c->in->analysis;
	const struct laps *l = &c->in->session->laps;
	struct columns t;
	char gap[NUM_LEN];

	columns_begin(&t, out, c->in->ascii, "Lap> Time> S1> S2> S3> P> Gap> B-A> Status");
	for (uint32_t i = c->row->car->first; i < c->row->car->first + c->row->laps; i++) {
		columns_int(&t, l->number[i]);
		columns_time(&t, l->time[i]);
		for (int k = 0; k < SECTORS; k++)
			columns_time(&t, l->sector[k][i]);
		columns_count(&t, an->order.lap[i].position);
		columns_word(&t, "%s", gap_text(gap, an->order.lap[i].gap, 0));
		columns_diff(&t, delta_on(&c->cmp, i));
		columns_word(&t, "%s%s", lap_status_name(an->classes.lap[i].status),
			     an->bests.deleted[i] ? " deleted?" : "");
	}
	columns_end(&t, 2);
}

static void page_text(const struct ctx *c, struct buf *out)
{
	const struct report_in *in = c->in;

	car_name(out, in, in->b);
	buf_str(out, "   ");
	heading_text(in, out);
	result_text(c, out);
	buf_str(out, "\nWhere the gap to ");
	car_name(out, in, in->a);
	buf_str(out, " came from (plus is slower)\n");
	ledger_text(in, &c->cmp, out);
	buf_str(out, "\nLaps\n");
	laps_text(c, out);
	buf_str(out, "\nPlaces: A ");
	car_name(out, in, in->a);
	buf_str(out, ", B ");
	car_name(out, in, in->b);
	buf_str(out, " (* best of the session)\n");
	places_text(in, &c->cmp, out);
	buf_str(out, "\nNotes\n");
	notes_text(in, &c->notes, out);
	footer_text(in, out);
}

static bool page_json(const struct ctx *c, struct buf *out, struct err *err)
{
	struct record r;

	answer_begin(&r, c->in, out);
	record_text(&r, "ref", car_id(c->in->session, c->in->a));
	record_obj(&r, "car");
	record_car_row(&r, c->in, c->row);
	record_end_obj(&r);
	record_ledger(&r, c->in, &c->cmp);
	record_rows(&r, "notes", c->notes.n, record_note, &c->notes, false);
	record_text(&r, "not_clear", c->notes.not_clear);
	return answer_end(&r, err);
}

bool report_page(const struct report_in *in, struct buf *out, struct err *err)
{
	struct ctx c = {.in = in};
	const char *no_telemetry;

	if (in->format == REPORT_CSV)
		return err_set(err, ERR_USAGE, "a report is a page: --format text or json (laps and compare have CSV)");
	if (!car_rows_make(in, &c.rows, err) || !pair_make(in, &c.cmp, err) ||
	    !coach_make(in->analysis, &c.cmp, in->arena, &c.notes, err) ||
	    !coach_join_telemetry(in, &c.notes, &no_telemetry, err))
		return false;
	c.row = car_rows_find(&c.rows, in->b);
	if (!c.row)
		return err_set(err, ERR_NOT_FOUND, "car %s is not in the class", in->session->cars[in->b].id);
	if (in->format == REPORT_JSON)
		return page_json(&c, out, err);
	page_text(&c, out);
	return answer_is_whole(out, err);
}
