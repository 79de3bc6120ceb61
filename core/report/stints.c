#include "core/report/columns.h"
#include "core/report/shapes.h"
#include "core/report/stint_drivers.h"

struct ctx {
	const struct report_in *in;
	const struct stint **stint;
	uint32_t n;
	struct stint_drivers drivers;
};

static void stint_record(struct record *r, const void *ctx, uint32_t i)
{
	const struct ctx *c = ctx;
	const struct session *s = c->in->session;
	const struct stint *st = c->stint[i];
	const struct car *car = &s->cars[st->car];

	record_text(r, "car", car->id);
	record_int(r, "stint", st->number);
	record_int(r, "first", st->first);
	record_int(r, "last", st->last);
	record_int(r, "laps", st->laps);
	record_int(r, "clean_laps", st->pace.n);
	record_text(r, "driver", driver_of(s, car, st->driver));
	record_pace(r, &st->pace);
	record_ms(r, "sanitized", st->sanitized);
	record_int(r, "sanitized_n", st->sanitized_n);
	record_trend(r, &st->trend);
	record_time(r, "pit_time", st->pit_time);
}

static void slope_text(struct columns *c, double ms)
{
	char text[NUM_LEN];

	dec_str(text, ms / 1000.0, 4);
	columns_word(c, "%s%s", ms > 0 && *text != '-' ? "+" : "", text);
}

static void stint_text(struct columns *c, const struct session *s, const struct stint *st)
{
	columns_text(c, s->cars[st->car].id);
	columns_int(c, st->number);
	columns_word(c, "%u-%u", (unsigned)st->first, (unsigned)st->last);
	columns_text(c, driver_of(s, &s->cars[st->car], st->driver));
	columns_word(c, "%u/%u", st->pace.n, st->laps);
	columns_time(c, st->pace.median);
	columns_sec(c, st->pace.sd);
	columns_sec(c, st->sanitized);
	slope_text(c, st->trend.raw.ols);
	slope_text(c, st->trend.field.ols);
	columns_time(c, st->pit_time);
}

static void stints_text(const struct ctx *ctx, struct buf *out)
{
	const struct report_in *in = ctx->in;
	struct columns c;
	bool fuel = ctx->n > 0 && ctx->stint[0]->trend.fuel_corrected;

	heading_text(in, out);
	columns_begin(&c, out, in->ascii, "#> Stint> Laps> Driver Clean> Pace> SD> Sanitized> Trend> v_field> Pit>");
	for (uint32_t i = 0; i < ctx->n; i++)
		stint_text(&c, in->session, ctx->stint[i]);
	columns_end(&c, 0);
	buf_fmt(out, "\ntrend: s a lap, of %u clean laps or more; %sfuel corrected; v field: against all cars\n",
		TREND_MIN, fuel ? "" : "not ");
	stint_drivers_text(in, &ctx->drivers, out);
	footer_text(in, out);
}

static bool choose(struct ctx *ctx, struct err *err)
{
	const struct paces *p = &ctx->in->analysis->paces;

	ctx->stint = ARENA_ARRAY(ctx->in->arena, p->nstints, const struct stint *);
	if (!ctx->stint)
		return err_set(err, ERR_NOMEM, "no memory for the stints");
	for (uint32_t i = 0; i < p->nstints; i++)
		if (ctx->in->car == NO_CAR || ctx->in->car == p->stints[i].car)
			ctx->stint[ctx->n++] = &p->stints[i];
	return true;
}

bool report_stints(const struct report_in *in, struct buf *out, struct err *err)
{
	struct ctx ctx = {.in = in};
	struct record r;

	if (!choose(&ctx, err) || (in->format != REPORT_CSV && !stint_drivers_make(in, &ctx.drivers, err)))
		return false;
	if (in->format == REPORT_TEXT) {
		stints_text(&ctx, out);
		return answer_is_whole(out, err);
	}
	answer_begin(&r, in, out);
	record_rows(&r, "stints", ctx.n, stint_record, &ctx, false);
	if (record_is_json(&r))
		stint_drivers_record(&r, in, &ctx.drivers);
	return answer_end(&r, err);
}
