/* Panes of screen 4 as files: the table of corners, the list of laps, else the traces that are shown, point by point. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "core/report/record.h"
#include "core/telemetry/habit.h"
#include "tui/screens/telemetry.h"

static bool rows_out(const char *name, uint32_t n, record_row *row, const void *ctx, enum export_format format,
		     struct buf *out, struct err *err)
{
	struct record rec;

	record_init(&rec, out, format != EXPORT_JSON); /* text: the rows as they are, one line each */
	record_obj(&rec, NULL);
	record_rows(&rec, name, n, row, ctx, true);
	record_end_obj(&rec);
	record_release(&rec);
	return !out->failed || err_set(err, ERR_NOMEM, "this pane is too large to write");
}

/* Traces ------------------------------------------------------------------------------------------*/

static uint32_t first_point(const struct tel_screen *t)
{
	return (uint32_t)ceil(t->from / tels_set(t)->step - 1e-6);
}

static double at_point(const float *v, bool there, uint32_t i)
{
	return v && there ? (double)v[i] : (double)NAN;
}

static void lap_values(struct record *rec, const char *who, const struct tel_lap *l, bool there, uint32_t i)
{
	static const struct {
		const char *name;
		enum tel_channel c;
		int decimals;
	} channels[] = {{"speed", TEL_SPEED, 2}, {"brake", TEL_BRAKE_F, 2}, {"steering", TEL_STEER, 1},
			{"gear", TEL_GEAR, 0},   {"rpm", TEL_RPM, 0},       {"g_along", TEL_ACCX, 3},
			{"g_left", TEL_ACCY, 3}};
	const char *kind;

	record_obj(rec, who);
	record_dec(rec, "time", at_point(l->t, there, i), 3);
	record_dec(rec, "throttle", at_point(tel_throttle(l, &kind), there, i), 1);
	for (size_t k = 0; k < sizeof(channels) / sizeof(channels[0]); k++)
		record_dec(rec, channels[k].name, at_point(l->v[channels[k].c], there, i), channels[k].decimals);
	record_end_obj(rec);
}

static void trace_record(struct record *rec, const void *ctx, uint32_t k)
{
	static const char *const who[TEL_SLOTS] = {"you", "ref", "third"};
	const struct tel_screen *t = ctx;
	uint32_t i = first_point(t) + k;
	bool there = i < tels_set(t)->n;

	record_dec(rec, "distance", there ? tel_metres(tels_set(t), i) : (double)NAN, 2);
	record_dec(rec, "lost", at_point(tels_compared(t) ? t->tel->table.delta.d : NULL, there, i), 3);
	for (int s = 0; s < TEL_SLOTS; s++)
		if (tels_lap(t, (enum tel_slot)s))
			lap_values(rec, who[s], tels_lap(t, (enum tel_slot)s), there, i);
}

static bool export_traces(const struct tel_screen *t, enum export_format format, struct buf *out, struct err *err)
{
	uint32_t n = (uint32_t)((t->to - first_point(t) * tels_set(t)->step) / tels_set(t)->step + 1e-6) + 1;

	return rows_out("trace", n, trace_record, t, format, out, err);
}

/* Corners -----------------------------------------------------------------------------------------*/

static void range_record(struct record *rec, const char *name, const struct tel_range *r, int decimals)
{
	record_obj(rec, name);
	record_dec(rec, "low", r->n ? r->low : (double)NAN, decimals);
	record_dec(rec, "high", r->n ? r->high : (double)NAN, decimals);
	record_count(rec, "n", r->n);
	record_end_obj(rec);
}

static void corner_record(struct record *rec, const void *ctx, uint32_t i)
{
	const struct tel_screen *t = ctx;
	const struct tel_table *k = &t->tel->table;
	const struct tel_row none = {0}, *r = k->row && i < k->n ? &k->row[i] : &none;
	const struct tel_corner *c = k->row && i < k->n ? &tels_set(t)->corner[r->corner] : NULL;

	record_word(rec, "corner", c ? c->id : NULL);
	record_dec(rec, "apex", c ? c->apex : (double)NAN, 1);
	record_dec(rec, "lost", r->lost, 3);
	record_bool(rec, "clear", r->claim);
	range_record(rec, "lost_usual", &r->usual[FIG_LOST], 3);
	record_dec(rec, "min", r->you.min, 1);
	record_dec(rec, "min_ref", r->ref.min, 1);
	range_record(rec, "min_usual", &r->usual[FIG_MIN], 1);
	record_dec(rec, "brake", r->you.brake, 1);
	record_dec(rec, "brake_ref", r->ref.brake, 1);
	range_record(rec, "brake_usual", &r->usual[FIG_BRAKE], 1);
	record_dec(rec, "peak", r->you.peak, 1);
	record_dec(rec, "peak_ref", r->ref.peak, 1);
	range_record(rec, "peak_usual", &r->usual[FIG_PEAK], 1);
	record_dec(rec, "gas", r->you.gas, 1);
	record_dec(rec, "gas_ref", r->ref.gas, 1);
	range_record(rec, "gas_usual", &r->usual[FIG_GAS], 1);
	record_word(rec, "kind", tel_habit_name(tel_row_habit(r)));
}

static void two_record(struct record *rec, const char *name, const struct tel_two *two, int decimals)
{
	record_obj(rec, name);
	range_record(rec, "you", &two->you, decimals);
	range_record(rec, "ref", &two->ref, decimals);
	record_dec(rec, "diff", two->diff, decimals + 1);
	record_bool(rec, "told", two->told);
	record_end_obj(rec);
}

static void five_record(struct record *rec, const void *ctx, uint32_t i)
{
	const struct tel_screen *t = ctx;
	const struct tel_five *f = &t->tel->five;
	const struct tel_five_row none = {0}, *r = i < f->n ? &f->row[i] : &none;
	const struct tel_corner *c = i < f->n ? &tels_set(t)->corner[r->corner] : NULL;

	record_word(rec, "corner", c ? c->id : NULL);
	record_dec(rec, "apex", c ? c->apex : (double)NAN, 1);
	record_dec(rec, "a_lap", r->lost, 3);
	record_bool(rec, "clear", r->claim);
	record_int(rec, "slower", r->slower);
	two_record(rec, "min", &r->fig[FIG_MIN], 1);
	two_record(rec, "brake", &r->fig[FIG_BRAKE], 1);
	two_record(rec, "peak", &r->fig[FIG_PEAK], 1);
	two_record(rec, "gas", &r->fig[FIG_GAS], 1);
}

/* Laps --------------------------------------------------------------------------------------------*/

static void lap_record(struct record *rec, const void *ctx, uint32_t i)
{
	const struct tel_screen *t = ctx;
	const struct tel_set *s = tels_set(t);
	const struct tel_lap none = {.time = MS_NONE, .error = (double)NAN, .residual = (double)NAN},
			     *l = i < s->nlaps ? &s->lap[i] : &none;

	record_text(rec, "car", i < s->nlaps ? t->view->session->cars[tel_session_car(s, l)].id : NULL);
	record_count(rec, "lap", l->number);
	record_count(rec, "lap_column", l->label);
	record_time(rec, "time", l->time);
	record_dec(rec, "length", l->length, 1);
	record_dec(rec, "error_unscaled", l->error, 3);
	record_dec(rec, "residual", l->residual, 3);
	record_dec(rec, "gap_max", l->gap_max, 2);
	record_bool(rec, "usable", l->usable);
	record_bool(rec, "clean", l->clean);
	record_word(rec, "why", l->why);
}

bool tels_export(const void *self, enum export_format format, struct buf *out, struct err *err)
{
	const struct tel_screen *t = self;

	if (!tels_ready(t))
		return err_set(err, ERR_NOT_FOUND, "there is no telemetry to write");
	if (t->focus == TELP_LAPS)
		return rows_out("laps", tels_set(t)->nlaps, lap_record, t, format, out, err);
	if (t->focus == TELP_CORNERS && t->five && t->tel->five.known)
		return rows_out("corners", t->tel->five.n, five_record, t, format, out, err);
	if (t->focus == TELP_CORNERS)
		return rows_out("corners", t->tel->table.n, corner_record, t, format, out, err);
	return export_traces(t, format, out, err);
}
