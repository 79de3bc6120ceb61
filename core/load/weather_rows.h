/* A weather file row by row, sentinels left out, metric whatever the file's units. */
#ifndef LOAD_WEATHER_ROWS_H
#define LOAD_WEATHER_ROWS_H

#include "core/base/arena.h"
#include "core/base/num.h"
#include "core/load/csv.h"

enum weather_rain { RAIN_UNKNOWN, RAIN_NO, RAIN_YES };

struct weather_row { /* NAN where no sensor told */
	int64_t utc; /* seconds since 1970; 0 unknown */
	double air_c, track_c, humidity, pressure_hpa, wind_kmh, wind_degrees;
	enum weather_rain rain;
	uint32_t line;
};

struct weather_rows {
	struct weather_row *at; /* in the file's order */
	uint32_t n, cap;
	uint32_t refused; /* lines that are no row */
	bool imperial;    /* the file's own units */
};

/* A sensor that says 0 in every row (track temperature, pressure) is not there. Memory from a. */
bool weather_rows_load(struct csv_reader *r, struct arena *a, struct weather_rows *out, struct err *err) MUST_CHECK;

static inline double fahrenheit_of(double celsius)
{
	return celsius * 9.0 / 5.0 + 32.0;
}
static inline double inhg_of(double hpa)
{
	return hpa / 33.8638866667;
}
static inline double mph_of(double kmh)
{
	return kmh / 1.609344;
}

#endif
