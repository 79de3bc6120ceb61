/* Forecasts of the races of the season's table: what forecast.h says, for drivers by name. */
#ifndef ANALYSIS_SEASON_FORECAST_H
#define ANALYSIS_SEASON_FORECAST_H

#include "core/analysis/forecast.h"
#include "core/analysis/season_table.h"

struct season_forecast {
	struct forecast_data data; /* drivers are the table's rows, races its races */
	struct forecast_check check[LEAVES][FORECASTS];
	const char *refused; /* why nothing can be foretold (too many starts); "" */
};
bool season_forecast_make(const struct season_table *t, struct arena *a, struct season_forecast *out,
			  struct err *err) MUST_CHECK;
/* Cars of a usual race: the middle one by size, the larger of two; 0 without races. */
uint32_t season_forecast_cars(const struct season_forecast *f);

enum forecast_grid { GRID_UNKNOWN, GRID_OF_RACE, GRID_OF_QUALIFYING };
struct forecast_line {
	uint32_t row; /* of the table; UINT32_MAX: somebody who is not in it */
	const char *number, *name;
	int32_t grid;    /* 0 unknown */
	ms_t qualifying; /* MS_NONE unknown */
	struct forecast at[FORECASTS];
	int32_t finish; /* what came of it; never looked at by the forecast; 0 unknown */
};
struct race_forecast {
	const char *track;
	int number;      /* 0: a race nobody has spoken of yet */
	bool driven;     /* it is in the table, and left out */
	uint32_t others; /* races that were learnt from */
	uint32_t cars;
	enum forecast_grid grid;
	const struct session *qualifying; /* with GRID_OF_QUALIFYING */
	struct forecast_line *line;       /* by value: after qualifying where the grid is known, else before */
	uint32_t n;
};
/* Races of a track that can be foretold: those of the table, those that have a qualifying session; a single 0 where there is neither.
 * How many, at most max. */
uint32_t race_forecast_numbers(const struct season_table *t, const struct dataset *d, const char *track, int *out,
			       uint32_t max);
/* Who took part is who is foretold; before the race who qualified; before that everybody with a result. */
bool race_forecast_make(const struct season_forecast *f, const struct season_table *t, const struct dataset *d,
			const char *track, int number, struct arena *a, struct race_forecast *out,
			struct err *err) MUST_CHECK;
/* The forecast to show of a line: after qualifying where grid or time are known, else before. */
static inline const struct forecast *forecast_line_best(const struct forecast_line *l)
{
	return &l->at[l->at[AFTER_QUALIFYING].grid ? AFTER_QUALIFYING : BEFORE_QUALIFYING];
}

#endif
