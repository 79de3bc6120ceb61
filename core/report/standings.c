#include "core/analysis/official_words.h"
#include "core/base/utf8.h"
#include "core/report/car_row.h"
#include "core/report/columns.h"
#include "core/report/shapes.h"

static const char *const sector_names[SECTORS] = {"s1", "s2", "s3"};

struct ctx {
	const struct report_in *in;
	struct car_rows rows;
	struct official_notes notes;
};

static void car_record(struct record *r, const void *ctx, uint32_t i)
{
	const struct ctx *c = ctx;

	record_car_row(r, c->in, &c->rows.at[i]);
}

/* A time of the session with the car and the lap it came from. */
static void part(struct record *r, const struct session *s, const struct lap_ref *l)
{
	bool known = l->time != MS_NONE;

	record_flat(r);
	record_obj(r, NULL);
	record_time(r, "time", l->time);
	record_text(r, "car", known ? car_id(s, l->car) : NULL);
	record_count(r, "lap", known ? l->lap : 0);
	record_end_obj(r);
}

static void parts(struct record *r, const struct session *s, const char *name, const char *list, ms_t time,
		  const struct lap_ref *l, unsigned n)
{
	record_obj(r, name);
	record_time(r, "time", time);
	record_arr(r, list, "");
	for (unsigned i = 0; i < n; i++)
		part(r, s, &l[i]);
	record_end_arr(r);
	record_end_obj(r);
}

static void session_record(struct record *r, const struct analysis *an)
{
	const struct session *s = an->session;
	const struct session_best *b = &an->bests.session;
	bool rolled = b->rolling != MS_NONE;

	parts(r, s, "ideal", "sectors", b->ideal, b->part, SECTORS);
	parts(r, s, "ideal_mini", "parts", b->ideal_mini, b->mini_part, s->nmini);
	record_flat(r);
	record_obj(r, "rolling");
	record_time(r, "time", b->rolling);
	record_text(r, "car", rolled ? car_id(s, b->rolling_car) : NULL);
	record_count(r, "from", rolled ? b->rolling_from : 0);
	record_count(r, "to", rolled ? b->rolling_to : 0);
	record_end_obj(r);
	record_flat(r);
	record_obj(r, "colours");
	record_int(r, "purple", an->colours.purple);
	record_int(r, "green", an->colours.green);
	record_int(r, "yellow", an->colours.yellow);
	record_end_obj(r);
	record_dec(r, "track_length_m", an->track_length_m, 1);
}

/* The official total where the order is the official one, so that it fits the gaps beside it. */
static ms_t total_shown(const struct car_row *row)
{
	return row->official && row->official->total != MS_NONE ? row->official->total : row->total;
}

static void row_text(struct columns *c, const struct car_row *row)
{
	char gap[NUM_LEN];
	bool leads = row->position == 1;

	columns_count(c, row->position);
	columns_text(c, row->car->id);
	columns_text(c, row->car->driver);
	columns_text(c, row->car->class_name);
	columns_int(c, row->laps);
	columns_time(c, total_shown(row));
	columns_word(c, "%s", leads ? "-" : gap_text(gap, row->gap, row->gap_laps));
	columns_word(c, "%s", leads ? "-" : gap_text(gap, row->interval, row->interval_laps));
	columns_time(c, row->best->best.time);
	columns_count(c, row->best->best.lap);
	columns_time(c, row->best->ideal);
	columns_time(c, row->pace->all.median);
	columns_sec(c, row->pace->all.sd);
	columns_word(c, "%u/%u", row->clean, row->laps);
	columns_count(c, row->stops);
	columns_word(c, "%s",
		     row->index == NO_CAR                          ? "did not start"
		     : row->penalty != MS_NONE && row->penalty > 0 ? diff_str(gap, row->penalty)
								   : "");
}

static void session_text(const struct report_in *in, struct buf *out)
{
	const struct analysis *an = in->analysis;
	const struct session_best *b = &an->bests.session;
	char time[NUM_LEN];

	buf_fmt(out, "\nideal of the session %s:", time_str(time, b->ideal));
	for (int i = 0; i < SECTORS && b->ideal != MS_NONE; i++) {
		buf_fmt(out, " %s %s (", sector_names[i], time_str(time, b->part[i].time));
		text_clean(out, str_from(car_id(in->session, b->part[i].car)), in->ascii);
		buf_fmt(out, " lap %u)", (unsigned)b->part[i].lap);
	}
	buf_fmt(out, "\ncolours: %u purple, %u green, %u yellow sectors\n", an->colours.purple, an->colours.green,
		an->colours.yellow);
}

/* What the officials decided, and why a place is not the one on the road. */
static void note_record(struct record *r, const void *ctx, uint32_t i)
{
	const struct ctx *c = ctx;
	const struct official_note *n = i < c->notes.n ? &c->notes.at[i] : NULL;

	record_text(r, "car", n ? n->car->id : NULL);
	record_word(r, "kind", n ? official_kind_name(n->kind) : NULL);
	record_text(r, "text", n ? n->text : NULL);
	record_bool(r, "explained", n && n->explained);
}

static void notes_text(const struct ctx *ctx, struct buf *out)
{
	for (uint32_t i = 0; i < ctx->notes.n; i++) {
		const struct official_note *n = &ctx->notes.at[i];
		buf_fmt(out, "%s: ", official_kind_name(n->kind));
		text_clean(out, str_from(n->car->id), ctx->in->ascii);
		buf_str(out, " ");
		text_clean(out, str_from(n->text), ctx->in->ascii);
		buf_char(out, '\n');
	}
}

static void standings_text(const struct ctx *ctx, struct buf *out)
{
	const struct report_in *in = ctx->in;
	struct columns c;

	heading_text(in, out);
	columns_begin(&c, out, in->ascii,
		      "P> #> Driver Class Laps> Total> Gap> Int> Best> Lap> Ideal> Pace> SD> Clean> Stops> Penalty>");
	for (uint32_t i = 0; i < ctx->rows.n; i++)
		row_text(&c, &ctx->rows.at[i]);
	columns_end(&c, 0);
	session_text(in, out);
	buf_fmt(out, "order: %s\n", ctx->rows.official ? "official results" : "as driven");
	notes_text(ctx, out);
	footer_text(in, out);
}

bool report_standings(const struct report_in *in, struct buf *out, struct err *err)
{
	struct ctx ctx = {.in = in};
	struct record r;

	if (!car_rows_make(in, &ctx.rows, err) || !official_notes_make(in->analysis, in->arena, &ctx.notes, err))
		return false;
	if (in->format == REPORT_TEXT) {
		standings_text(&ctx, out);
		return answer_is_whole(out, err);
	}
	answer_begin(&r, in, out);
	record_rows(&r, "cars", ctx.rows.n, car_record, &ctx, false);
	if (record_is_json(&r)) {
		session_record(&r, in->analysis);
		record_rows(&r, "officials", ctx.notes.n, note_record, &ctx, true);
	}
	return answer_end(&r, err);
}
