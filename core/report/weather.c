/* The weather of a session row by row: both unit systems, and where in the session each row was. */
#include <math.h>
#include <stdio.h>
#include <time.h>

#include "core/load/weather_rows.h"
#include "core/report/columns.h"
#include "core/report/shapes.h"

struct ctx {
	const struct report_in *in;
	struct weather_rows rows;
	bool placed;   /* the session's clock is known */
	int64_t first; /* utc of the session's clock at zero */
	int zone;      /* hours, local minus UTC */
};

static const char *weather_file(const struct session *s)
{
	for (uint32_t i = 0; i < s->files.n; i++)
		if (s->files.at[i].role == ROLE_WEATHER && s->files.at[i].state == FILE_USED)
			return s->files.at[i].path;
	return NULL;
}

/* HOUR has neither date nor zone. Weather begins within minutes of the session, so the difference of the two clocks, to the hour, is
 * the zone. */
static void place_clock(struct ctx *c)
{
	const struct session *s = c->in->session;
	int64_t utc = 0;

	for (uint32_t i = 0; i < c->rows.n && utc == 0; i++)
		utc = c->rows.at[i].utc;
	if (utc == 0 || s->clock_start == MS_NONE)
		return;
	double ahead = (double)s->clock_start / 1000.0 - (double)(utc % 86400);
	c->zone = (int)round_half_away(ahead / 3600.0);
	c->first = utc + round_half_away(ahead) - (int64_t)c->zone * 3600;
	c->zone = c->zone > 13 ? c->zone - 24 : c->zone < -12 ? c->zone + 24 : c->zone;
	c->placed = true;
}

static ms_t elapsed_at(const struct ctx *c, const struct weather_row *row)
{
	int64_t at = (row->utc - c->first) * 1000;

	return c->placed && row->utc && at > INT32_MIN && at < INT32_MAX ? (ms_t)at : MS_NONE;
}

/* The lap the first car was on; 0 before the start, after the end and where the clock is not known. */
static uint32_t lap_at(const struct ctx *c, ms_t at)
{
	const struct laps *l = &c->in->session->laps;
	uint32_t done = 0, last = 0;
	ms_t end = MS_NONE;

	for (uint32_t i = 0; i < l->n; i++) {
		if (l->elapsed[i] == MS_NONE)
			continue;
		end = l->elapsed[i] > end ? l->elapsed[i] : end;
		last = l->number[i] > last ? l->number[i] : last;
		if (l->elapsed[i] <= at && l->number[i] > done)
			done = l->number[i];
	}
	if (at == MS_NONE || at < 0 || end == MS_NONE || at > end)
		return 0;
	return done < last ? done + 1 : last;
}

static const char *utc_text(char out[32], int64_t utc)
{
	time_t t = (time_t)utc;
	struct tm tm;

	return utc && gmtime_r(&t, &tm) && strftime(out, 32, "%Y-%m-%dT%H:%M:%SZ", &tm) ? out : NULL;
}

static void row_record(struct record *r, const void *ctx, uint32_t i)
{
	static const struct weather_row none = {
		0, (double)NAN, (double)NAN, (double)NAN, (double)NAN, (double)NAN, (double)NAN, RAIN_UNKNOWN, 0};
	const struct ctx *c = ctx;
	const struct weather_row *row = i < c->rows.n ? &c->rows.at[i] : &none;
	ms_t at = elapsed_at(c, row);
	char utc[32];

	record_text(r, "utc", utc_text(utc, row->utc));
	record_time(r, "elapsed", at);
	record_count(r, "lap", lap_at(c, at));
	record_dec(r, "air_c", row->air_c, 1);
	record_dec(r, "air_f", fahrenheit_of(row->air_c), 1);
	record_dec(r, "track_c", row->track_c, 1);
	record_dec(r, "track_f", fahrenheit_of(row->track_c), 1);
	record_dec(r, "humidity", row->humidity, 1);
	record_dec(r, "pressure_hpa", row->pressure_hpa, 1);
	record_dec(r, "pressure_inhg", inhg_of(row->pressure_hpa), 2);
	record_dec(r, "wind_kmh", row->wind_kmh, 1);
	record_dec(r, "wind_mph", mph_of(row->wind_kmh), 1);
	record_dec(r, "wind_degrees", row->wind_degrees, 0);
	if (row->rain == RAIN_UNKNOWN)
		record_null(r, "rain");
	else
		record_bool(r, "rain", row->rain == RAIN_YES);
}

static void row_text(struct columns *c, const struct ctx *ctx, const struct weather_row *row)
{
	static const char *const rain[] = {"-", "no", "yes"};
	ms_t at = elapsed_at(ctx, row);
	char t[NUM_LEN];

	columns_word(c, "%s", at == MS_NONE ? "-" : time_str(t, at));
	columns_count(c, lap_at(ctx, at));
	columns_dec(c, row->air_c, 1);
	columns_dec(c, fahrenheit_of(row->air_c), 1);
	columns_dec(c, row->track_c, 1);
	columns_dec(c, fahrenheit_of(row->track_c), 1);
	columns_dec(c, row->humidity, 0);
	columns_dec(c, row->pressure_hpa, 1);
	columns_dec(c, inhg_of(row->pressure_hpa), 2);
	columns_dec(c, row->wind_kmh, 1);
	columns_dec(c, mph_of(row->wind_kmh), 1);
	columns_dec(c, row->wind_degrees, 0);
	columns_word(c, "%s", rain[row->rain]);
}

static void weather_text(const struct ctx *ctx, struct buf *out)
{
	struct columns c;

	heading_text(ctx->in, out);
	columns_begin(&c, out, ctx->in->ascii,
		      "Clock> Lap> Air_C> F> Track_C> F> Hum_%> hPa> inHg> Wind_km/h> mph> From> Rain");
	for (uint32_t i = 0; i < ctx->rows.n; i++)
		row_text(&c, ctx, &ctx->rows.at[i]);
	columns_end(&c, 0);
	if (ctx->placed)
		buf_fmt(out, "\nclock: of the session, local time taken as UTC%+d; lap: of the first car\n", ctx->zone);
	else
		buf_str(out, "\nclock: not known, the laps have no time of day\n");
	buf_fmt(out, "units of the file: %s\n", ctx->rows.imperial ? "F, inHg, mph" : "C, hPa, km/h");
	footer_text(ctx->in, out);
}

static bool read_weather(struct ctx *c, struct err *err)
{
	const char *path = weather_file(c->in->session);

	if (!path)
		return err_set(err, ERR_NOT_FOUND, "%s has no weather file: 26_Weather_*.csv belongs beside its laps",
			       c->in->session->id);
	struct csv_reader *r = csv_open(path, err);
	bool ok = r && weather_rows_load(r, c->in->arena, &c->rows, err);
	csv_close(r);
	if (ok)
		place_clock(c);
	return ok;
}

bool report_weather(const struct report_in *in, struct buf *out, struct err *err)
{
	struct ctx ctx = {.in = in};
	struct record r;

	if (!read_weather(&ctx, err))
		return false;
	if (in->format == REPORT_TEXT) {
		weather_text(&ctx, out);
		return answer_is_whole(out, err);
	}
	answer_begin(&r, in, out);
	record_rows(&r, "weather", ctx.rows.n, row_record, &ctx, true);
	if (record_is_json(&r)) {
		if (ctx.placed)
			record_int(&r, "zone_hours", ctx.zone);
		else
			record_null(&r, "zone_hours");
		record_word(&r, "file_units", ctx.rows.imperial ? "imperial" : "metric");
	}
	return answer_end(&r, err);
}
