/* One race foretold: who takes part, from which grid, and where each is likely to finish. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "core/analysis/analysis.h"
#include "core/analysis/season_forecast.h"
#include "core/base/str.h"

/* --- Which races ------------------------------------------------------------------ */

static int64_t race_index(const struct season_table *t, const char *track, int number)
{
	for (uint32_t i = 0; i < t->nraces; i++)
		if (t->races[i].number == number && strcmp(t->races[i].track, track) == 0)
			return i;
	return -1;
}

static const struct session *qualifying_of(const struct dataset *d, const char *track, int number)
{
	for (uint32_t i = 0; i < d->nsessions; i++) {
		const struct session *s = d->sessions[i];
		if (s->kind == KIND_QUALIFYING && s->number == number && strcmp(s->track, track) == 0)
			return s;
	}
	return NULL;
}

static void add_number(int number, int *out, uint32_t *n, uint32_t max)
{
	uint32_t at = *n;

	for (uint32_t i = 0; i < *n; i++)
		if (out[i] == number)
			return;
	if (*n == max || number <= 0)
		return;
	for (; at > 0 && out[at - 1] > number; at--)
		out[at] = out[at - 1];
	out[at] = number;
	(*n)++;
}

uint32_t race_forecast_numbers(const struct season_table *t, const struct dataset *d, const char *track, int *out,
			       uint32_t max)
{
	uint32_t n = 0;

	for (uint32_t i = 0; i < t->nraces; i++)
		if (strcmp(t->races[i].track, track) == 0)
			add_number(t->races[i].number, out, &n, max);
	for (uint32_t i = 0; i < d->nsessions; i++)
		if (d->sessions[i]->kind == KIND_QUALIFYING && strcmp(d->sessions[i]->track, track) == 0)
			add_number(d->sessions[i]->number, out, &n, max);
	if (n == 0 && max > 0)
		out[n++] = 0;
	return n;
}

/* --- Who takes part ----------------------------------------------------------------- */

struct maker {
	const struct season_forecast *f;
	const struct season_table *t;
	struct race_forecast *out;
	double *grid_share; /* one a line; NAN unknown */
};

static struct forecast_line *add_line(struct maker *m, uint32_t row)
{
	struct forecast_line *l = &m->out->line[m->out->n];

	*l = (struct forecast_line){.row = row, .qualifying = MS_NONE};
	if (row < m->t->nrows) {
		l->number = m->t->rows[row].number;
		l->name = m->t->rows[row].name;
	}
	m->grid_share[m->out->n++] = (double)NAN;
	return l;
}

static void who_drove(struct maker *m, uint32_t race)
{
	const struct forecast_data *d = &m->f->data;

	for (uint32_t i = 0; i < d->nstarts; i++) {
		const struct forecast_start *s = &d->start[i];
		if (s->race != race)
			continue;
		struct forecast_line *l = add_line(m, s->driver);
		l->grid = s->grid;
		l->qualifying = s->qualifying;
		l->finish = s->finish;
		m->grid_share[m->out->n - 1] = s->grid_share;
		if (!isnan(s->grid_share))
			m->out->grid = GRID_OF_RACE;
	}
	m->out->cars = d->race[race].cars;
}

static void everybody(struct maker *m)
{
	for (uint32_t row = 0; row < m->f->data.ndrivers; row++)
		if (m->f->data.of_driver[row + 1] > m->f->data.of_driver[row])
			add_line(m, row);
	m->out->cars = season_forecast_cars(m->f);
}

static ms_t qualifying_time(const struct session *s, const struct car *c)
{
	const struct official *o = car_official(c);

	return o && o->fastest != MS_NONE && o->fastest > 0 ? o->fastest : car_best_lap(s, c);
}

/* The places of a qualifying are by best lap. */
static void qualified(struct maker *m, struct forecast_line *l, const struct session *s, const struct car *c)
{
	uint32_t n = 0, faster = 0, same = 0;

	l->qualifying = qualifying_time(s, c);
	if (l->qualifying == MS_NONE)
		return;
	for (uint32_t i = 0; i < s->ncars; i++) {
		ms_t t = qualifying_time(s, &s->cars[i]);
		n += t != MS_NONE;
		faster += t != MS_NONE && t < l->qualifying;
		same += t == l->qualifying;
	}
	l->grid = (int32_t)faster + 1;
	m->grid_share[l - m->out->line] = (faster + same * 0.5) / n;
}

static struct forecast_line *line_of(struct maker *m, uint32_t row)
{
	for (uint32_t i = 0; row < m->t->nrows && i < m->out->n; i++)
		if (m->out->line[i].row == row)
			return &m->out->line[i];
	return NULL;
}

/* add: the field is who qualified; else only those who took part get their grid. */
static void who_qualified(struct maker *m, const struct session *s, bool add)
{
	for (uint32_t i = 0; i < s->ncars; i++) {
		const struct car *c = &s->cars[i];
		const struct season_row *r = season_table_row(m->t, c);
		uint32_t row = r ? (uint32_t)(r - m->t->rows) : UINT32_MAX;
		struct forecast_line *l = line_of(m, row);

		if (!l && add) {
			l = add_line(m, row);
			l->number = r ? l->number : c->id;
			l->name = r ? l->name : c->driver;
		}
		if (l)
			qualified(m, l, s, c);
	}
	m->out->grid = GRID_OF_QUALIFYING;
	m->out->qualifying = s;
	if (add)
		m->out->cars = m->out->n;
}

/* --- The forecast --------------------------------------------------------------------- */

static int by_value(const void *a, const void *b)
{
	const struct forecast_line *x = a, *y = b;
	double v = forecast_line_best(x)->value, w = forecast_line_best(y)->value;
	int c = (v > w) - (v < w);

	return c ? c : str_cmp_natural(str_from(x->number), str_from(y->number));
}

static bool foretell(struct maker *m, uint32_t race, struct arena *a, struct err *err)
{
	struct race_forecast *o = m->out;
	struct forecast_fold fold;

	for (int w = 0; w < FORECASTS; w++) {
		if (!forecast_fold(&m->f->data, race, LEAVE_RACE, (enum forecast_when)w, a, &fold, err))
			return false;
		for (uint32_t i = 0; i < o->n; i++)
			o->line[i].at[w] = forecast_of(&fold, o->line[i].row, m->grid_share[i], o->cars);
	}
	if (o->n > 0)
		qsort(o->line, o->n, sizeof *o->line, by_value);
	return true;
}

static uint32_t driven_races(const struct season_forecast *f, uint32_t but)
{
	uint32_t n = 0;

	for (uint32_t race = 0; race < f->data.nraces; race++) {
		bool driven = false;
		for (uint32_t i = 0; i < f->data.nstarts && !driven; i++)
			driven = f->data.start[i].race == race && f->data.start[i].finish > 0;
		n += driven && race != but;
	}
	return n;
}

bool race_forecast_make(const struct season_forecast *f, const struct season_table *t, const struct dataset *d,
			const char *track, int number, struct arena *a, struct race_forecast *out, struct err *err)
{
	const struct session *q = qualifying_of(d, track, number);
	int64_t race = race_index(t, track, number);
	size_t most = (size_t)t->nrows + (q ? q->ncars : 0) + 1;
	struct maker m = {.f = f, .t = t, .out = out};

	*out = (struct race_forecast){.track = track, .number = number};
	out->line = ARENA_ARRAY(a, most, struct forecast_line);
	m.grid_share = ARENA_ARRAY(a, most, double);
	if (!out->line || !m.grid_share)
		return err_set(err, ERR_NOMEM, "out of memory for the forecast");
	if (race >= 0 && race < m.f->data.nraces)
		who_drove(&m, (uint32_t)race);
	out->driven = out->n > 0;
	if (q && out->grid == GRID_UNKNOWN)
		who_qualified(&m, q, !out->driven);
	if (out->n == 0)
		everybody(&m);
	uint32_t left = race >= 0 ? (uint32_t)race : UINT32_MAX;
	out->others = driven_races(f, left);
	return foretell(&m, left, a, err);
}
