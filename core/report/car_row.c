#include "core/report/car_row.h"

#include <math.h>
#include <string.h>

#include "core/report/shapes.h"

static const char *const sector_names[SECTORS] = {"s1", "s2", "s3"};

/* What a car that did not start has: nothing. */
#define NO_LAP_REF                                                                                                     \
	{                                                                                                              \
		MS_NONE, NO_CAR, 0                                                                                     \
	}
#define NO_SLOPE                                                                                                       \
	{                                                                                                              \
		(double)NAN, (double)NAN, (double)NAN, (double)NAN, 0, 0                                               \
	}
static const struct car_best no_best = {
	.best = NO_LAP_REF,
	.minimum = NO_LAP_REF,
	.ideal = MS_NONE,
	.part = {NO_LAP_REF, NO_LAP_REF, NO_LAP_REF},
	.ideal_mini = MS_NONE,
	.rolling = MS_NONE,
};
static const struct car_pace no_pace = {
	.all = {0, MS_NONE, MS_NONE, MS_NONE, MS_NONE, MS_NONE, MS_NONE, MS_NONE, (double)NAN, (double)NAN, (double)NAN,
		0},
	.trend = {0, NO_SLOPE, NO_SLOPE, false},
	.sanitized = (double)NAN,
};

static uint32_t count_clean(const struct analysis *an, uint32_t first, uint32_t n)
{
	uint32_t clean = 0;

	for (uint32_t i = first; i < first + n; i++)
		clean += lap_is_clean(an, i);
	return clean;
}

/* A stop is an in-lap that another lap follows. */
static uint32_t count_stops(const struct analysis *an, uint32_t first, uint32_t n)
{
	uint32_t stops = 0;

	for (uint32_t i = first; i + 1 < first + n; i++)
		stops += an->classes.lap[i].in != 0;
	return stops;
}

static struct car_row started_row(const struct analysis *an, const struct shown_order *shown, uint32_t i)
{
	uint16_t index = shown->car[i];
	const struct car *c = &an->session->cars[index];
	const struct place *p = &an->order.table[an->order.row_of[index]];
	uint32_t seen = car_seen(an, index);
	bool cut = analysis_is_cut(&an->options);

	return (struct car_row){
		.car = c,
		.index = index,
		.position = shown->place[i],
		.on_track = p->position,
		.total = p->total,
		.gap = shown->gap[i],
		.interval = shown->interval[i],
		.gap_laps = shown->gap_laps[i],
		.interval_laps = shown->interval_laps[i],
		.laps = seen,
		.clean = count_clean(an, c->first, seen),
		.stops = count_stops(an, c->first, seen),
		.best = &an->bests.car[index],
		.pace = &an->paces.car[index],
		.official = cut ? NULL : car_official(c),
		.penalty = cut ? MS_NONE : car_penalty(an->session, c),
	};
}

static struct car_row absent_row(const struct car *c)
{
	return (struct car_row){
		.car = c,
		.index = NO_CAR,
		.total = MS_NONE,
		.gap = MS_NONE,
		.interval = MS_NONE,
		.best = &no_best,
		.pace = &no_pace,
		.official = car_official(c),
		.penalty = MS_NONE,
	};
}

/* Place in class: counted among the rows before, so that it always agrees with the order shown. */
static uint32_t class_place(const struct car_rows *rows, const struct car_row *row)
{
	uint32_t place = 1;

	for (uint32_t i = 0; i < rows->n; i++)
		place += strcmp(rows->at[i].car->class_name, row->car->class_name) == 0;
	return place;
}

bool car_rows_make(const struct report_in *in, struct car_rows *out, struct err *err)
{
	const struct session *s = in->session;
	struct shown_order shown = {0};

	*out = (struct car_rows){0};
	if (!shown_order_make(in->analysis, in->arena, &shown, err))
		return false;
	out->official = shown.official;
	out->at = ARENA_ARRAY(in->arena, (size_t)s->ncars + s->nnot_started, struct car_row);
	if (!out->at)
		return err_set(err, ERR_NOMEM, "no memory for the standings");
	for (uint32_t i = 0; i < s->ncars; i++) {
		if (!analysis_in_class(&in->analysis->options, &s->cars[shown.car[i]]))
			continue;
		struct car_row row = started_row(in->analysis, &shown, i);
		row.position_class = class_place(out, &row);
		out->at[out->n++] = row;
	}
	for (uint32_t i = 0; i < s->nnot_started; i++)
		if (analysis_in_class(&in->analysis->options, &s->not_started[i]))
			out->at[out->n++] = absent_row(&s->not_started[i]);
	return true;
}

const struct car_row *car_rows_find(const struct car_rows *rows, uint16_t car)
{
	for (uint32_t i = 0; i < rows->n; i++)
		if (rows->at[i].index == car)
			return &rows->at[i];
	return NULL;
}

static void who(struct record *r, const struct report_in *in, const struct car_row *row)
{
	const struct session *s = in->session;
	bool named = false;

	record_text(r, "id", row->car->id);
	record_text(r, "number", row->car->number);
	record_text(r, "driver", row->car->driver);
	record_list(r, "drivers");
	for (uint32_t i = 0; i < s->ndrivers; i++) {
		if (s->drivers[i].car != row->index || row->index == NO_CAR || !*s->drivers[i].name)
			continue;
		record_text(r, NULL, s->drivers[i].name);
		named = true;
	}
	if (!named && *row->car->driver)
		record_text(r, NULL, row->car->driver);
	record_end_list(r);
	record_text(r, "class", row->car->class_name);
	record_text(r, "team", row->car->team);
	record_count(r, "grid", row->car->grid);
}

static void place(struct record *r, const struct car_row *row)
{
	record_count(r, "position", row->position);
	record_count(r, "position_class", row->position_class);
	record_count(r, "position_on_track", row->on_track);
	record_int(r, "laps", row->laps);
	record_int(r, "clean_laps", row->clean);
	record_time(r, "total", row->total);
	record_time(r, "gap", row->gap);
	record_int(r, "gap_laps", row->gap_laps);
	record_time(r, "interval", row->interval);
	record_int(r, "interval_laps", row->interval_laps);
	record_int(r, "stops", row->stops);
}

static void lap_ref(struct record *r, const char *name, const struct lap_ref *l)
{
	record_flat(r);
	record_obj(r, name);
	record_time(r, "time", l->time);
	record_count(r, "lap", l->time == MS_NONE ? 0 : l->lap);
	record_end_obj(r);
}

static void ideal(struct record *r, const struct car_best *b)
{
	record_time(r, "ideal", b->ideal);
	record_flat(r);
	record_arr(r, "ideal_parts", "ideal");
	for (int i = 0; i < SECTORS; i++)
		lap_ref(r, sector_names[i], &b->part[i]);
	record_end_arr(r);
	record_time(r, "ideal_mini", b->ideal_mini);
	record_time(r, "rolling", b->rolling);
	record_flat(r);
	record_obj(r, "rolling_laps");
	record_count(r, "from", b->rolling == MS_NONE ? 0 : b->rolling_from);
	record_count(r, "to", b->rolling == MS_NONE ? 0 : b->rolling_to);
	record_end_obj(r);
}

static void best(struct record *r, const struct car_best *b)
{
	lap_ref(r, "best", &b->best);
	record_flat(r);
	record_list(r, "deleted");
	for (uint32_t i = 0; i < b->ndeleted; i++)
		lap_ref(r, NULL, &b->deleted[i]);
	record_end_list(r);
}

static void official(struct record *r, const struct car_row *row)
{
	static const struct official none = {.total = MS_NONE, .fastest = MS_NONE};
	const struct official *o = row->official;

	if (!o && record_is_json(r)) {
		record_null(r, "official");
		return;
	}
	o = o ? o : &none;
	record_flat(r);
	record_obj(r, "official");
	record_count(r, "position", o->position);
	record_time(r, "total", o->total);
	record_time(r, "penalty", row->penalty);
	record_time(r, "fastest", o->fastest);
	record_text(r, "status", o->status);
	record_end_obj(r);
}

void record_car_row(struct record *r, const struct report_in *in, const struct car_row *row)
{
	who(r, in, row);
	place(r, row);
	record_ms(r, "sanitized", row->pace->sanitized);
	record_int(r, "sanitized_n", row->pace->sanitized_n);
	ideal(r, row->best);
	best(r, row->best);
	record_pace(r, &row->pace->all);
	record_trend(r, &row->pace->trend);
	official(r, row);
}
