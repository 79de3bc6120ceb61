/* telemetry cars, telemetry laps: what there is, and how far it can be trusted. */
#include <math.h>
#include <stdlib.h>

#include "core/report/columns.h"
#include "core/report/shapes.h"
#include "core/report/tel_load.h"

struct ctx {
	const struct report_in *in;
	struct tel_loaded *l;
	uint32_t *lap; /* of the set: those to show */
	uint32_t n;
};

/* --- cars ------------------------------------------------------------------------------ */

static void channels(struct record *r, uint32_t bits)
{
	record_list(r, "channels");
	for (int c = 0; c < TEL_CHANNELS; c++)
		if (bits & 1u << c)
			record_word(r, NULL, tel_channel_name((enum tel_channel)c));
	record_end_list(r);
}

static const char *known_by(const struct tel_match *m)
{
	static const char *const names[] = {"number", "padded number", "fit"};

	return m->found ? names[m->by] : NULL;
}

static void match_record(struct record *r, const struct tel_set_car *c)
{
	char day[32];

	record_word(r, "known_by", known_by(&c->match));
	record_word(r, "day", c->match.found ? tel_match_day(&c->match, day) : NULL);
	record_dec(r, "late", c->match.found ? c->match.late / 1000.0 : (double)NAN, 3);
	record_dec(r, "misfit", c->match.misfit, 3);
	record_dec(r, "offset", c->car.has_clock ? (double)c->car.offset_ms / 1000 : (double)NAN, 3);
	record_int(r, "laps", c->n);
	record_text(r, "why", c->match.why);
}

static void car_record(struct record *r, const void *ctx, uint32_t i)
{
	const struct ctx *c = ctx;
	const struct tel_set *s = c->l->set;
	static const struct tel_set_car none = {
		.car = {.chassis = "", .number = "", .numbers = "", .event = "", .race = ""},
		.match = {.car = -1, .why = ""}};
	const struct tel_set_car *car = i < s->ncars ? &s->cars[i] : &none;

	record_text(r, "car", car->match.found ? s->session->cars[car->match.car].id : NULL);
	record_text(r, "chassis", car->car.chassis);
	record_text(r, "sent_as", car->car.numbers);
	record_word(r, "source", i < s->ncars ? c->l->from[i]->source : NULL);
	record_text(r, "event", car->car.event);
	record_text(r, "race", car->car.race);
	match_record(r, car);
	record_tel_counts(r, &car->car.counts);
	channels(r, car->car.channels);
}

static void cars_text(const struct ctx *c, struct buf *out)
{
	const struct tel_set *s = c->l->set;
	struct columns t;
	char day[32];

	heading_text(c->in, out);
	columns_begin(&t, out, c->in->ascii,
		      "Car> Chassis Sent_as From Day Late> Misfit> Laps> Rows> Refused> Twice> Drop-outs> Lap_?>");
	for (uint32_t i = 0; i < s->ncars; i++) {
		const struct tel_set_car *car = &s->cars[i];
		const struct tel_match *m = &car->match;

		columns_text(&t, m->found ? s->session->cars[m->car].id : "");
		columns_text(&t, car->car.chassis);
		columns_text(&t, car->car.numbers);
		columns_text(&t, c->l->from[i]->source);
		columns_text(&t, m->found ? tel_match_day(m, day) : "");
		columns_dec(&t, m->found ? m->late / 1000.0 : (double)NAN, 3);
		columns_dec(&t, m->misfit, 3);
		columns_int(&t, car->n);
		columns_int(&t, (int64_t)car->car.counts.rows);
		columns_int(&t, (int64_t)car->car.counts.refused);
		columns_int(&t, (int64_t)(car->car.counts.duplicates + car->car.counts.conflicts));
		columns_int(&t, (int64_t)car->car.counts.drop_outs);
		columns_int(&t, (int64_t)car->car.counts.lap_unknown);
	}
	columns_end(&t, 0);
	tel_source_text(c->in, c->l, out);
}

bool tel_answer_cars(const struct report_in *in, struct buf *out, struct err *err)
{
	struct tel_loaded l;
	struct ctx c = {.in = in, .l = &l};
	struct record r;
	bool ok;

	if (!tel_load(in, NULL, 0, false, &l, err))
		return false;
	if (in->format == REPORT_TEXT) {
		cars_text(&c, out);
		ok = answer_is_whole(out, err);
	} else {
		answer_begin(&r, in, out);
		if (record_is_json(&r))
			record_tel_source(&r, &l);
		record_rows(&r, "cars", l.set->ncars, car_record, &c, false);
		ok = answer_end(&r, err);
	}
	tel_unload(&l);
	return ok;
}

/* --- laps -------------------------------------------------------------------------------- */

static const char *source_name(const struct tel_lap *l)
{
	return l->source == DIST_TRIGGER ? "trigger" : "speed";
}

static void lap_record(struct record *r, const void *ctx, uint32_t row)
{
	const struct ctx *c = ctx;
	static const struct tel_lap none = {.label = TEL_NO_LAP, .why = ""};
	const struct tel_set *s = c->l->set;
	const struct tel_lap *l = row < c->n ? &s->lap[c->lap[row]] : &none;
	const struct tel_set_car *car = row < c->n ? &s->cars[l->car] : NULL;
	char start[32];

	record_text(r, "car", car ? tel_car_id(s, l) : NULL);
	record_text(r, "chassis", car ? car->car.chassis : NULL);
	record_int(r, "lap", l->number);
	record_count(r, "lap_column", l->label == TEL_NO_LAP ? 0 : l->label);
	record_time(r, "time", l->time);
	record_word(r, "start", car ? tel_utc(l->start - car->match.late, start) : NULL);
	record_dec(r, "offset",
		   car && car->car.has_clock ? (double)(car->car.offset_ms - car->match.late) / 1000 : (double)NAN, 3);
	record_dec(r, "length", l->length, 1);
	record_dec(r, "error_unscaled", l->error, 3);
	record_dec(r, "residual", l->residual, 3);
	record_dec(r, "check", l->check, 3);
	record_dec(r, "gap_max", l->gap_max, 3);
	record_dec(r, "hole_from", l->hole_from, 0);
	record_dec(r, "hole_to", l->hole_to, 0);
	record_word(r, "source", source_name(l));
	record_bool(r, "clean", l->clean);
	record_bool(r, "held", l->held);
	record_bool(r, "usable", l->usable);
	record_text(r, "why", l->why);
}

static void laps_text(const struct ctx *c, struct buf *out)
{
	const struct tel_set *s = c->l->set;
	struct columns t;

	heading_text(c->in, out);
	columns_begin(&t, out, c->in->ascii,
		      "Car> Lap> Sent_as> Time> Length> Error> Residual> Check> Gap> By Clean Use Mind");
	for (uint32_t i = 0; i < c->n; i++) {
		const struct tel_lap *l = &s->lap[c->lap[i]];

		columns_text(&t, tel_car_id(s, l));
		columns_int(&t, l->number);
		columns_count(&t, l->label == TEL_NO_LAP ? 0 : l->label);
		columns_time(&t, l->time);
		columns_dec(&t, l->length, 1);
		columns_dec(&t, l->error, 3);
		columns_dec(&t, l->residual, 3);
		columns_dec(&t, l->check, 3);
		columns_dec(&t, l->gap_max, 2);
		columns_word(&t, "%s", source_name(l));
		columns_word(&t, "%s", !l->clean ? "no" : l->held ? "held" : "yes");
		columns_word(&t, "%s", l->usable ? "yes" : "no");
		columns_text(&t, l->why);
	}
	columns_end(&t, 0);
	buf_fmt(out, "\nerror: s, when the speed has gone the track's length, against the official lap; residual: s, "
		     "rms at the\n"
		     "official loops, pinned at the line only; check: each loop left out in turn; twice it is needed "
		     "for a claim\n");
	tel_source_text(c->in, c->l, out);
}

/* Laps of the cars that were named, by car and number; all without. */
static bool choose_laps(struct ctx *c, const uint16_t *cars, uint32_t n, struct err *err)
{
	const struct tel_set *s = c->l->set;

	c->lap = ARENA_ARRAY(c->in->arena, s->nlaps, uint32_t);
	if (!c->lap)
		return err_set(err, ERR_NOMEM, "no memory for the laps");
	for (uint32_t i = 0; i < s->nlaps; i++) {
		bool wanted = n == 0;

		for (uint32_t k = 0; k < n; k++)
			wanted = wanted || tel_session_car(s, &s->lap[i]) == cars[k];
		if (wanted)
			c->lap[c->n++] = i;
	}
	return true;
}

static bool laps_answer(struct ctx *c, const uint16_t *cars, uint32_t n, struct buf *out, struct err *err)
{
	struct record r;

	if (!choose_laps(c, cars, n, err))
		return false;
	if (c->in->format == REPORT_TEXT) {
		laps_text(c, out);
		return answer_is_whole(out, err);
	}
	answer_begin(&r, c->in, out);
	if (record_is_json(&r))
		record_tel_source(&r, c->l);
	record_rows(&r, "laps", c->n, lap_record, c, true);
	return answer_end(&r, err);
}

bool tel_answer_laps(const struct report_in *in, struct buf *out, struct err *err)
{
	struct tel_loaded l;
	struct ctx c = {.in = in, .l = &l};
	uint16_t cars[4], lap;
	uint32_t n = in->nwords - 1;
	bool ok;

	for (uint32_t i = 0; i < n; i++)
		if (!tel_word(in, i + 1, &cars[i], &lap, err))
			return false;
	/* All cars, whoever is asked about: together they say how long the track is and where its loops are. */
	if (!tel_load(in, NULL, 0, false, &l, err))
		return false;
	ok = laps_answer(&c, cars, n, out, err);
	tel_unload(&l);
	return ok;
}
