#include "core/analysis/season_forecast.h"

#include <string.h>

#include "core/analysis/season_results.h"

static bool no_memory(struct err *err)
{
	return err_set(err, ERR_NOMEM, "out of memory for the forecast");
}

/* --- The season as starts ------------------------------------------------------- */

static uint32_t track_of(const struct season_table *t, uint32_t race)
{
	uint32_t i = 0;

	while (strcmp(t->races[i].track, t->races[race].track) != 0)
		i++;
	return i;
}

static void take_starts(const struct season_table *t, struct forecast_data *d)
{
	struct season_line l;

	for (uint32_t row = 0; row < t->nrows; row++)
		for (uint32_t race = 0; race < t->nraces; race++)
			if (season_line(t, &t->rows[row], race, &l) && l.started)
				d->start[d->nstarts++] = (struct forecast_start){.driver = row,
										 .race = race,
										 .finish = l.finish,
										 .grid = l.grid,
										 .best = l.best,
										 .qualifying = l.qualifying};
}

static uint32_t count_starts(const struct season_table *t)
{
	uint32_t n = 0;

	for (uint32_t row = 0; row < t->nrows; row++)
		for (uint32_t race = 0; race < t->nraces; race++)
			n += t->rows[row].cell[race].started;
	return n;
}

static bool check_all(struct season_forecast *f, struct err *err)
{
	for (int l = 0; l < LEAVES; l++)
		for (int w = 0; w < FORECASTS; w++)
			if (!forecast_check(&f->data, (enum forecast_leave)l, (enum forecast_when)w, &f->check[l][w],
					    err))
				return false;
	return true;
}

bool season_forecast_make(const struct season_table *t, struct arena *a, struct season_forecast *out, struct err *err)
{
	struct forecast_data *d = &out->data;
	struct err why = {0};

	*out = (struct season_forecast){.refused = ""};
	d->start = ARENA_ARRAY(a, (size_t)count_starts(t) + 1, struct forecast_start);
	d->race = ARENA_ARRAY(a, (size_t)t->nraces + 1, struct forecast_race);
	if (!d->start || !d->race)
		return no_memory(err);
	d->nraces = t->nraces;
	d->ndrivers = t->nrows;
	for (uint32_t i = 0; i < t->nraces; i++)
		d->race[i].track = track_of(t, i);
	take_starts(t, d);
	if (forecast_make(d, a, &why))
		return check_all(out, err);
	if (why.code == ERR_NOMEM)
		return no_memory(err);
	*d = (struct forecast_data){0};
	out->refused = arena_strndup(a, why.msg, strlen(why.msg));
	return (out->refused && forecast_make(d, a, err) && check_all(out, err)) || no_memory(err);
}

uint32_t season_forecast_cars(const struct season_forecast *f)
{
	for (uint32_t i = 0; i < f->data.nraces; i++) {
		uint32_t smaller = 0, same = 0, cars = f->data.race[i].cars;
		for (uint32_t k = 0; k < f->data.nraces; k++) {
			smaller += f->data.race[k].cars < cars;
			same += f->data.race[k].cars == cars;
		}
		if (smaller <= f->data.nraces / 2 && f->data.nraces / 2 < smaller + same)
			return cars;
	}
	return 0;
}
