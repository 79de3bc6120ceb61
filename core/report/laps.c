#include <math.h>

#include "core/report/columns.h"
#include "core/report/shapes.h"

static const char *const sector_names[SECTORS] = {"s1", "s2", "s3"};
static const char *const mini_names[MINIS] = {"1", "2", "3", "4", "5", "6"};

/* The laps to show: those of one car or of all, none after the cut. */
struct ctx {
	const struct report_in *in;
	uint32_t *lap;
	uint32_t n;
};

static void sectors(struct record *r, const struct session *s, uint32_t i)
{
	record_arr(r, "sectors", "");
	for (int k = 0; k < SECTORS; k++)
		record_time(r, sector_names[k], s->laps.sector[k][i]);
	record_end_arr(r);
	record_arr(r, "mini", "mini");
	/* A CSV has the same columns for every file. */
	for (unsigned k = 0; k < (record_is_json(r) ? s->nmini : MINIS); k++)
		record_time(r, mini_names[k], s->nmini ? s->laps.mini[k][i] : MS_NONE);
	record_end_arr(r);
}

static void colours(struct record *r, const struct analysis *an, uint32_t i)
{
	record_arr(r, "colours", "colour");
	for (int k = 0; k < SECTORS; k++)
		record_word(r, sector_names[k], colour_name(an->colours.sector[k][i]));
	record_end_arr(r);
}

static void where(struct record *r, const struct analysis *an, uint32_t i)
{
	const struct lap_place *p = &an->order.lap[i];
	const struct lap_air *air = &an->order.air[i];

	record_count(r, "position", p->position);
	record_time(r, "gap", p->gap);
	record_int(r, "gap_laps", p->gap_laps);
	record_time(r, "interval", p->interval);
	colours(r, an, i);
	record_word(r, "air", air_name(air->air));
	record_obj(r, "ahead");
	record_text(r, "car", car_id(an->session, air->ahead));
	record_time(r, "gap", air->gap);
	record_end_obj(r);
}

static void lap_record(struct record *r, const void *ctx, uint32_t row)
{
	const struct ctx *c = ctx;
	const struct analysis *an = c->in->analysis;
	const struct session *s = an->session;
	const struct laps *l = &s->laps;
	uint32_t i = c->lap[row];
	const struct car *car = &s->cars[l->car[i]];
	const struct lap_class *class = &an->classes.lap[i];

	record_text(r, "car", car->id);
	record_text(r, "driver", driver_of(s, car, l->driver[i]));
	record_int(r, "lap", l->number[i]);
	record_time(r, "time", l->time[i]);
	sectors(r, s, i);
	record_word(r, "flag", flag_name(l->flag[i]));
	record_word(r, "status", lap_status_name(class->status));
	record_word(r, "label", lap_label_name(class->label));
	record_time(r, "elapsed", l->elapsed[i]);
	where(r, an, i);
	record_dec(r, "kph", l->kph[i] ? l->kph[i] / 10.0 : (double)NAN, 1);
	record_dec(r, "top_speed", l->top_speed[i] ? l->top_speed[i] / 10.0 : (double)NAN, 1);
	record_time(r, "pit_time", l->pit_time[i]);
	record_int(r, "stint", class->stint);
	record_bool(r, "deleted", an->bests.deleted[i] != 0);
}

/* "26.505*": '*' the best of all so far, '+' the car's best so far. */
static void coloured(struct columns *c, ms_t t, enum colour colour)
{
	char text[NUM_LEN];

	columns_word(c, "%s%s", time_str(text, t), colour == COLOUR_PURPLE ? "*" : colour == COLOUR_GREEN ? "+" : " ");
}

static const char *flag_text(enum flag f)
{
	return f == FLAG_EMPTY ? "-" : flag_name(f);
}

static const char *air_text(enum air a)
{
	return a == AIR_UNKNOWN ? "-" : air_name(a);
}

static void lap_text(struct columns *c, const struct analysis *an, uint32_t i)
{
	const struct session *s = an->session;
	const struct lap_class *class = &an->classes.lap[i];
	const struct lap_place *p = &an->order.lap[i];
	const struct lap_air *air = &an->order.air[i];
	char gap[NUM_LEN];

	columns_text(c, s->cars[s->laps.car[i]].id);
	columns_int(c, s->laps.number[i]);
	coloured(c, s->laps.time[i], an->colours.lap[i]);
	for (int k = 0; k < SECTORS; k++)
		coloured(c, s->laps.sector[k][i], an->colours.sector[k][i]);
	columns_count(c, p->position);
	columns_word(c, "%s", gap_text(gap, p->gap, 0));
	columns_word(c, "%s", flag_text(s->laps.flag[i]));
	columns_word(c, "%s%s%s%s", lap_status_name(class->status), class->label ? " " : "",
		     lap_label_name(class->label), an->bests.deleted[i] ? " deleted?" : "");
	columns_word(c, "%s", air_text(air->air));
	columns_text(c, car_id(s, air->ahead));
	columns_int(c, class->stint);
	columns_dec(c, s->laps.kph[i] ? s->laps.kph[i] / 10.0 : (double)NAN, 1);
	columns_time(c, s->laps.pit_time[i]);
}

static void laps_text(const struct ctx *ctx, struct buf *out)
{
	const struct report_in *in = ctx->in;
	struct columns c;
	uint32_t clean = 0;

	heading_text(in, out);
	columns_begin(&c, out, in->ascii, "#> Lap> Time> S1> S2> S3> P> Gap> Flag Status Air Ahead> Stint> km/h> Pit>");
	for (uint32_t i = 0; i < ctx->n; i++) {
		lap_text(&c, in->analysis, ctx->lap[i]);
		clean += lap_is_clean(in->analysis, ctx->lap[i]);
	}
	columns_end(&c, 0);
	buf_fmt(out, "\n%u of %u laps are clean; * best of all so far, + best of the car so far\n", clean, ctx->n);
	footer_text(in, out);
}

static bool choose_laps(struct ctx *ctx, struct err *err)
{
	const struct analysis *an = ctx->in->analysis;

	ctx->lap = ARENA_ARRAY(ctx->in->arena, an->session->laps.n, uint32_t);
	if (!ctx->lap)
		return err_set(err, ERR_NOMEM, "no memory for the laps");
	for (uint32_t car = 0; car < an->session->ncars; car++) {
		if (ctx->in->car != NO_CAR && ctx->in->car != car)
			continue;
		for (uint32_t i = 0; i < car_seen(an, car); i++)
			ctx->lap[ctx->n++] = car_first(an, car) + i;
	}
	return true;
}

bool report_laps(const struct report_in *in, struct buf *out, struct err *err)
{
	struct ctx ctx = {.in = in};
	struct record r;

	if (!choose_laps(&ctx, err))
		return false;
	if (in->format == REPORT_TEXT) {
		laps_text(&ctx, out);
		return answer_is_whole(out, err);
	}
	answer_begin(&r, in, out);
	record_rows(&r, "laps", ctx.n, lap_record, &ctx, true);
	return answer_end(&r, err);
}
