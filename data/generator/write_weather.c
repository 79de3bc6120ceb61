/* Weather ("26_"): a row a minute, from ten minutes before the session to its end. */
#include "data/generator/files.h"

enum { BEFORE = 600, STEP = 62, LOST_IN = 37 };

static int64_t session_end(const struct run *r)
{
	int64_t end = 0;

	for (int i = 0; i < DRIVERS; i++)
		if (run_total(&r->car[i]) > end)
			end = run_total(&r->car[i]);
	return end / 1000;
}

/* "9/7/2025 3:05:52 PM", in the year of the season. */
static void put_stamp(struct buf *b, int64_t utc)
{
	int64_t left = utc / 86400 - date_days("2025-01-01");
	int32_t s = (int32_t)(utc % 86400), hour = s / 3600;
	int month = 1;

	for (; left >= month_days(month); month++)
		left -= month_days(month);
	buf_fmt(b, "%d/%d/2025 %d:%02d:%02d %s", month, (int)left + 1, hour % 12 ? hour % 12 : 12, s / 60 % 60, s % 60,
		hour < 12 ? "AM" : "PM");
}

static void put_tenths(struct buf *b, int64_t v)
{
	buf_fmt(b, "%d.%d;", (int)(v / 10), (int)(v % 10));
}

/* Now and then the sensor says nothing: -999, and for the direction the same as an unsigned number. */
static void put_row(struct buf *b, struct rng *r, const struct event *e, int64_t utc, int64_t minute)
{
	bool lost = rng_below(r, LOST_IN) == 0;
	int64_t wind = rng_between(r, 2, 30) * 36; /* hundredths of km/h, in steps of 0.1 m/s */

	buf_fmt(b, "%lld;", (long long)utc);
	put_stamp(b, utc);
	buf_char(b, ';');
	put_tenths(b, e->air + minute / 9 + rng_between(r, -2, 2));
	if (lost)
		buf_str(b, "-999;");
	else if (e->track_temp == 0)
		buf_str(b, "0;");
	else
		put_tenths(b, e->track_temp + minute / 5 + rng_between(r, -4, 4));
	put_tenths(b, 560 - minute / 4 + rng_between(r, -6, 6));
	put_tenths(b, 9954 + rng_between(r, -2, 2));
	buf_fmt(b, "%d.%02d;%d;0", (int)(wind / 100), (int)(wind % 100), lost ? 64537 : (int)rng_between(r, 180, 250));
}

void weather_file(struct buf *b, const struct run *r, uint64_t seed, enum form form)
{
	const struct event *e = &events[r->pace->event];
	struct rng rng =
		rng_stream(seed, FOR_WEATHER, (uint32_t)r->pace->event, (uint32_t)r->type, (uint32_t)r->number);
	int64_t start = run_moment(r).utc - BEFORE, end = run_moment(r).utc + session_end(r);

	bom(b, form);
	buf_str(b,
		"TIME_UTC_SECONDS;TIME_UTC_STR;AIR_TEMP;TRACK_TEMP;HUMIDITY;PRESSURE;WIND_SPEED;WIND_DIRECTION;RAIN");
	line_end(b, form);
	for (int64_t at = start; at <= end + STEP; at += STEP + rng_below(&rng, 2)) {
		put_row(b, &rng, e, at, (at - start) / 60);
		line_end(b, form);
	}
}
