#include "core/load/weather.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { ROWS_MAX = 100000 }; /* a row a minute for two months */
enum column { AIR, TRACK, HUMIDITY, PRESSURE, WIND, COLUMNS };

struct series {
	double *at;
	uint32_t n, cap;
};

bool weather_header(const struct csv_reader *r)
{
	return csv_column(r, "AIR_TEMP") >= 0 && csv_column(r, "TRACK_TEMP") >= 0 && csv_column(r, "HUMIDITY") >= 0;
}

static bool series_add(struct series *s, double v)
{
	if (s->n == s->cap) {
		uint32_t cap = s->cap ? s->cap * 2 : 64;
		double *wider = realloc(s->at, cap * sizeof *wider);
		if (!wider)
			return false;
		s->at = wider;
		s->cap = cap;
	}
	s->at[s->n++] = v;
	return true;
}

static int double_cmp(const void *pa, const void *pb)
{
	const double *a = pa, *b = pb;
	return (*a > *b) - (*a < *b);
}

static double median(const struct series *s)
{
	if (s->n == 0)
		return (double)NAN;
	qsort(s->at, s->n, sizeof *s->at, double_cmp);
	double high = s->at[s->n / 2];
	return s->n % 2 ? high : (s->at[s->n / 2 - 1] + high) / 2.0;
}

/* A sensor that says zero in every row is not there. */
static bool all_zero(const struct series *s)
{
	for (uint32_t i = 0; i < s->n; i++)
		if (fabs(s->at[i]) > 0.0)
			return false;
	return true;
}

/* -999 is how the files say that a sensor gave nothing; no wind, humidity or pressure is below zero either. */
static bool is_value(enum column c, double v)
{
	if (v <= -273.0)
		return false;
	return c == AIR || c == TRACK || v >= 0.0;
}

static bool read_row(struct csv_reader *r, const int at[COLUMNS], struct series series[COLUMNS])
{
	double v;
	for (int c = 0; c < COLUMNS; c++) {
		if (!dec_parse(csv_field(r, at[c]), &v) || !is_value((enum column)c, v))
			continue;
		if (!series_add(&series[c], v))
			return false;
	}
	return true;
}

static bool read_rows(struct csv_reader *r, struct series series[COLUMNS], struct weather *w, struct err *err)
{
	const int at[COLUMNS] = {csv_column(r, "AIR_TEMP"), csv_column(r, "TRACK_TEMP"), csv_column(r, "HUMIDITY"),
				 csv_column(r, "PRESSURE"), csv_column(r, "WIND_SPEED")};
	int rain_at = csv_column(r, "RAIN");
	enum csv_row kind;
	while ((kind = csv_next(r, err)) != CSV_END) {
		double rain = 0.0;
		if (kind == CSV_FAILED)
			return false;
		if (kind == CSV_BAD_ROW)
			continue;
		if (w->n >= ROWS_MAX)
			return err_set(err, ERR_NOMEM, "more than %d rows of weather", ROWS_MAX);
		if (!read_row(r, at, series))
			return err_set(err, ERR_NOMEM, "weather: out of memory");
		w->n++;
		w->rain |= dec_parse(csv_field(r, rain_at), &rain) && rain > 0.0;
	}
	return w->n > 0 || err_set(err, ERR_FORMAT, "there is no row of weather in it");
}

static double celsius(double fahrenheit)
{
	return (fahrenheit - 32.0) * 5.0 / 9.0;
}

/* No file names its units. Pressure tells: inches of mercury are about 30, hectopascals about 1,000. */
static void make_metric(struct weather *w)
{
	if (!(w->pressure_hpa < 40.0))
		return;
	w->air_c = celsius(w->air_c);
	w->track_c = celsius(w->track_c);
	w->pressure_hpa *= 33.8638866667;
	w->wind_kmh *= 1.609344;
}

bool weather_load(struct csv_reader *r, struct weather *out, struct err *err)
{
	struct series series[COLUMNS] = {{0}};
	struct weather w = {0};
	bool ok = read_rows(r, series, &w, err);
	if (ok) {
		w.air_c = median(&series[AIR]);
		w.track_c = all_zero(&series[TRACK]) ? (double)NAN : median(&series[TRACK]);
		w.humidity = median(&series[HUMIDITY]);
		w.pressure_hpa = all_zero(&series[PRESSURE]) ? (double)NAN : median(&series[PRESSURE]);
		w.wind_kmh = median(&series[WIND]);
		make_metric(&w);
		*out = w;
	}
	for (int c = 0; c < COLUMNS; c++)
		free(series[c].at);
	return ok;
}
