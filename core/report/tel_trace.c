/* telemetry trace, telemetry delta: values over distance. JSON and CSV have every point, text one in fifty metres. */
#include <math.h>
#include <stdlib.h>

#include "core/base/utf8.h"
#include "core/report/columns.h"
#include "core/report/shapes.h"
#include "core/report/tel_load.h"

static const double text_step = 50; /* m */

struct ctx {
	const struct report_in *in;
	struct tel_loaded *l;
	const struct tel_lap *lap, *ref; /* YOU and REF; trace: the lap */
	struct tel_delta delta;
};

static double at(const float *v, uint32_t i)
{
	return v ? (double)v[i] : (double)NAN;
}

/* Names as users know them; the raw ones are of the files. */
static const struct {
	const char *name;
	enum tel_channel channel;
	int decimals;
} shown[] = {
	{"speed", TEL_SPEED, 1},        {"throttle_pedal", TEL_APS, 1},
	{"throttle_blade", TEL_ATH, 1}, {"brake_front", TEL_BRAKE_F, 1},
	{"brake_rear", TEL_BRAKE_R, 1}, {"gear", TEL_GEAR, 0},
	{"steering", TEL_STEER, 1},     {"rpm", TEL_RPM, 0},
	{"accx", TEL_ACCX, 3},          {"accy", TEL_ACCY, 3},
};
enum { SHOWN = sizeof shown / sizeof *shown };

static void trace_record(struct record *r, const void *ctx, uint32_t i)
{
	const struct ctx *c = ctx;
	const struct tel_lap *l = c->lap;
	bool any = i < c->l->set->n;

	record_dec(r, "distance", tel_metres(c->l->set, i), 1);
	record_dec(r, "time", any ? at(l->t, i) : (double)NAN, 3);
	for (int k = 0; k < SHOWN; k++)
		record_dec(r, shown[k].name, any ? at(l->v[shown[k].channel], i) : (double)NAN, shown[k].decimals);
	record_dec(r, "east", any ? at(l->east, i) : (double)NAN, 1);
	record_dec(r, "north", any ? at(l->north, i) : (double)NAN, 1);
}

static void lap_words(const struct ctx *c, const struct tel_lap *l, struct buf *out)
{
	char time[NUM_LEN];

	buf_fmt(out, "%s lap %u, %s", tel_car_id(c->l->set, l), (unsigned)l->number, time_str(time, l->time));
}

static void trace_text(const struct ctx *c, struct buf *out)
{
	const struct tel_set *s = c->l->set;
	struct columns t;

	heading_text(c->in, out);
	lap_words(c, c->lap, out);
	buf_fmt(out, ", every %.0f m of %.0f%s%s\n", text_step, s->length, *c->lap->why ? "; " : "", c->lap->why);
	columns_begin(&t, out, c->in->ascii, "m> s> km/h> Throttle> Brake> Gear> Steering> rpm> accx> accy>");
	for (uint32_t k = 0; k * text_step <= s->length; k++) {
		uint32_t i = tel_point(s, k * text_step);

		columns_dec(&t, tel_metres(s, i), 0);
		columns_dec(&t, at(c->lap->t, i), 3);
		columns_dec(&t, at(c->lap->v[TEL_SPEED], i), 1);
		columns_dec(&t, at(tel_throttle(c->lap, NULL), i), 0);
		columns_dec(&t, at(c->lap->v[TEL_BRAKE_F], i), 1);
		columns_dec(&t, at(c->lap->v[TEL_GEAR], i), 0);
		columns_dec(&t, at(c->lap->v[TEL_STEER], i), 0);
		columns_dec(&t, at(c->lap->v[TEL_RPM], i), 0);
		columns_dec(&t, at(c->lap->v[TEL_ACCX], i), 2);
		columns_dec(&t, at(c->lap->v[TEL_ACCY], i), 2);
	}
	columns_end(&t, 0);
	tel_source_text(c->in, c->l, out);
}

static bool trace(struct ctx *c, uint16_t car, uint16_t lap, struct buf *out, struct err *err)
{
	struct record r;

	c->lap = tel_wanted(c->in, c->l, car, lap, err);
	if (!c->lap)
		return false;
	if (c->in->format == REPORT_TEXT) {
		trace_text(c, out);
		return answer_is_whole(out, err);
	}
	answer_begin(&r, c->in, out);
	if (record_is_json(&r)) {
		record_tel_source(&r, c->l);
		record_text(&r, "car", tel_car_id(c->l->set, c->lap));
		record_int(&r, "lap", c->lap->number);
		record_time(&r, "lap_time", c->lap->time);
		record_text(&r, "why", c->lap->why);
	}
	record_rows(&r, "trace", c->l->set->n, trace_record, c, true);
	return answer_end(&r, err);
}

bool tel_answer_trace(const struct report_in *in, struct buf *out, struct err *err)
{
	struct tel_loaded l;
	struct ctx c = {.in = in, .l = &l};
	uint16_t car, lap;
	bool ok;

	if (!tel_word(in, 1, &car, &lap, err) || !tel_load(in, &car, 1, true, &l, err))
		return false;
	ok = trace(&c, car, lap, out, err);
	tel_unload(&l);
	return ok;
}

/* --- delta -------------------------------------------------------------------------------- */

static void delta_record(struct record *r, const void *ctx, uint32_t i)
{
	const struct ctx *c = ctx;
	bool any = i < c->l->set->n;

	record_dec(r, "distance", tel_metres(c->l->set, i), 1);
	record_dec(r, "delta", any ? at(c->delta.d, i) : (double)NAN, 3);
	record_dec(r, "speed_a", any ? at(c->ref->v[TEL_SPEED], i) : (double)NAN, 1);
	record_dec(r, "speed_b", any ? at(c->lap->v[TEL_SPEED], i) : (double)NAN, 1);
}

static void lines_record(struct record *r, const struct tel_delta *d)
{
	record_list(r, "loops");
	for (unsigned i = 0; i < d->nlines; i++) {
		record_flat(r);
		record_obj(r, NULL);
		record_text(r, "name", d->line[i].name);
		record_dec(r, "at", d->line[i].at, 1);
		record_dec(r, "official", d->line[i].official, 3);
		record_dec(r, "residual", d->line[i].residual, 3);
		record_dec(r, "check", d->line[i].check, 3);
		record_end_obj(r);
	}
	record_end_list(r);
}

static void head_record(struct record *r, const struct ctx *c)
{
	const struct tel_delta *d = &c->delta;

	record_tel_source(r, c->l);
	record_text(r, "a", tel_car_id(c->l->set, c->ref));
	record_int(r, "lap_a", c->ref->number);
	record_text(r, "b", tel_car_id(c->l->set, c->lap));
	record_int(r, "lap_b", c->lap->number);
	record_time(r, "end", d->end);
	record_dec(r, "error_unscaled", d->error, 3);
	record_dec(r, "residual", d->residual, 3);
	record_dec(r, "check", d->check, 3);
	record_dec(r, "floor", d->floor, 3);
	record_text(r, "why", d->why);
	lines_record(r, d);
}

static void signed_dec(struct columns *t, double v, int decimals)
{
	char text[NUM_LEN];

	dec_str(text, v, decimals);
	columns_word(t, "%s%s", strtod(text, NULL) > 0 ? "+" : "", text);
}

static void delta_text(const struct ctx *c, struct buf *out)
{
	const struct tel_set *s = c->l->set;
	const struct tel_delta *d = &c->delta;
	struct columns t;
	char end[NUM_LEN];

	heading_text(c->in, out);
	lap_words(c, c->lap, out);
	buf_str(out, " minus ");
	lap_words(c, c->ref, out);
	buf_fmt(out, ": %s", diff_str(end, d->end));
	if (isnan(d->check))
		buf_char(out, '\n');
	else
		buf_fmt(out, "; loops missed by %.3f s, left out one by one %.3f; no place is claimed under %.3f s\n",
			d->residual, d->check, d->floor);
	if (*d->why)
		buf_fmt(out, "no times: %s\n", d->why);
	columns_begin(&t, out, c->in->ascii, "m> s> km/h_A> km/h_B> Loop");
	for (uint32_t step = 0; step * text_step <= s->length; step++) {
		uint32_t i = tel_point(s, step * text_step);
		const char *loop = "";

		for (unsigned k = 0; k < d->nlines; k++)
			if (fabs(d->line[k].at - step * text_step) <= text_step / 2)
				loop = d->line[k].name;
		columns_dec(&t, tel_metres(s, i), 0);
		signed_dec(&t, at(d->d, i), 3);
		columns_dec(&t, at(c->ref->v[TEL_SPEED], i), 1);
		columns_dec(&t, at(c->lap->v[TEL_SPEED], i), 1);
		columns_word(&t, "%s", loop);
	}
	columns_end(&t, 0);
	tel_source_text(c->in, c->l, out);
}

static bool delta(struct ctx *c, const uint16_t *car, const uint16_t *lap, struct buf *out, struct err *err)
{
	struct record r;

	c->ref = tel_wanted(c->in, c->l, car[0], lap[0], err);
	c->lap = c->ref ? tel_wanted(c->in, c->l, car[1], lap[1], err) : NULL;
	if (!c->lap || !tel_delta_make(c->l->set, c->ref, c->lap, c->in->arena, &c->delta, err))
		return false;
	if (c->in->format == REPORT_TEXT) {
		delta_text(c, out);
		return answer_is_whole(out, err);
	}
	answer_begin(&r, c->in, out);
	if (record_is_json(&r))
		head_record(&r, c);
	record_rows(&r, "delta", c->l->set->n, delta_record, c, true);
	return answer_end(&r, err);
}

bool tel_answer_delta(const struct report_in *in, struct buf *out, struct err *err)
{
	struct tel_loaded l;
	struct ctx c = {.in = in, .l = &l};
	uint16_t car[2], lap[2];
	bool ok;

	if (!tel_word(in, 1, &car[0], &lap[0], err) || !tel_word(in, 2, &car[1], &lap[1], err) ||
	    !tel_load(in, car, 2, true, &l, err))
		return false;
	ok = delta(&c, car, lap, out, err);
	tel_unload(&l);
	return ok;
}
