#include "core/load/weather_rows.h"

#include <math.h>
#include <string.h>

enum { ROWS_MAX = 100000 };                 /* a row a minute for two months */
static const double inhg_below = 40.0;      /* inches of mercury are about 30, hectopascals about 1,000 */
static const double wind_unknown = 64537.0; /* -999 read as 16 bits without a sign */

struct columns {
	int utc, air, track, humidity, pressure, wind, direction, rain;
};

static struct columns columns_of(const struct csv_reader *r)
{
	return (struct columns){csv_column(r, "TIME_UTC_SECONDS"), csv_column(r, "AIR_TEMP"),
				csv_column(r, "TRACK_TEMP"),       csv_column(r, "HUMIDITY"),
				csv_column(r, "PRESSURE"),         csv_column(r, "WIND_SPEED"),
				csv_column(r, "WIND_DIRECTION"),   csv_column(r, "RAIN")};
}

/* NAN below the least a sensor can say: -999 is how the files say that it gave nothing. */
static double value_at(const struct csv_reader *r, int column, double least)
{
	double v;

	return dec_parse(csv_field(r, column), &v) && v >= least ? v : (double)NAN;
}

static double direction_at(const struct csv_reader *r, int column)
{
	double v = value_at(r, column, 0.0);

	return v <= 360.0 && v < wind_unknown ? v : (double)NAN;
}

static enum weather_rain rain_at(const struct csv_reader *r, int column)
{
	double v = value_at(r, column, 0.0);

	return isnan(v) ? RAIN_UNKNOWN : v > 0.0 ? RAIN_YES : RAIN_NO;
}

static void read_row(const struct csv_reader *r, const struct columns *c, struct weather_row *row)
{
	int64_t utc = 0;

	/* Up to the year 2100: what is more is no time. */
	bool known = int_parse(csv_field(r, c->utc), &utc) && utc > 0 && utc < 4102444800;
	*row = (struct weather_row){.utc = known ? utc : 0,
				    .air_c = value_at(r, c->air, -272.0),
				    .track_c = value_at(r, c->track, -272.0),
				    .humidity = value_at(r, c->humidity, 0.0),
				    .pressure_hpa = value_at(r, c->pressure, 0.0),
				    .wind_kmh = value_at(r, c->wind, 0.0),
				    .wind_degrees = direction_at(r, c->direction),
				    .rain = rain_at(r, c->rain),
				    .line = csv_line(r)};
}

static struct weather_row *room(struct weather_rows *l, struct arena *a)
{
	if (l->n == l->cap) {
		uint32_t cap = l->cap ? l->cap * 2 : 64;
		struct weather_row *at = ARENA_ARRAY(a, cap, struct weather_row);
		if (!at)
			return NULL;
		if (l->n)
			memcpy(at, l->at, l->n * sizeof *at);
		l->at = at;
		l->cap = cap;
	}
	return &l->at[l->n];
}

static bool read_rows(struct csv_reader *r, struct arena *a, struct weather_rows *out, struct err *err)
{
	struct columns c = columns_of(r);
	enum csv_row kind;

	while ((kind = csv_next(r, err)) != CSV_END) {
		if (kind == CSV_FAILED)
			return false;
		if (kind == CSV_BAD_ROW) {
			out->refused++;
			continue;
		}
		struct weather_row *row = out->n < ROWS_MAX ? room(out, a) : NULL;
		if (!row)
			return err_set(err, ERR_NOMEM, "weather: too large: out of memory after %u rows", out->n);
		read_row(r, &c, row);
		out->n++;
	}
	return true;
}

/* Zero in every row: there is no such sensor. */
static void drop_dead_sensors(struct weather_rows *l)
{
	bool track = false, pressure = false;

	for (uint32_t i = 0; i < l->n; i++) {
		track |= fabs(l->at[i].track_c) > 0.0;
		pressure |= l->at[i].pressure_hpa > 0.0;
	}
	for (uint32_t i = 0; i < l->n; i++) {
		if (!track)
			l->at[i].track_c = (double)NAN;
		if (!pressure)
			l->at[i].pressure_hpa = (double)NAN;
	}
}

/* No file names its units: the first pressure tells. */
static void make_metric(struct weather_rows *l)
{
	for (uint32_t i = 0; i < l->n && !l->imperial; i++) {
		if (isnan(l->at[i].pressure_hpa) || l->at[i].pressure_hpa <= 0.0)
			continue;
		if (l->at[i].pressure_hpa >= inhg_below)
			return;
		l->imperial = true;
	}
	for (uint32_t i = 0; i < l->n && l->imperial; i++) {
		struct weather_row *row = &l->at[i];
		row->air_c = (row->air_c - 32.0) * 5.0 / 9.0;
		row->track_c = (row->track_c - 32.0) * 5.0 / 9.0;
		row->pressure_hpa *= 33.8638866667;
		row->wind_kmh *= 1.609344;
	}
}

bool weather_rows_load(struct csv_reader *r, struct arena *a, struct weather_rows *out, struct err *err)
{
	*out = (struct weather_rows){0};
	if (!read_rows(r, a, out, err))
		return false;
	drop_dead_sensors(out);
	make_metric(out);
	return true;
}
