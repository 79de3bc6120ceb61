#include "core/analysis/pace_gap.h"

#include <math.h>

#include "core/analysis/analysis.h"

struct maker {
	const struct season_table *t;
	struct pace_gaps *out;
	double *pace;    /* per row, of one race; NAN none */
	double *work;    /* per row */
	uint32_t *races; /* per row: how many are in gap */
	ms_t *lap;       /* per race that counted */
};

static const struct session *session_of(const struct season_table *t, uint32_t race)
{
	for (uint32_t i = 0; i < t->nrows; i++)
		if (t->rows[i].cell[race].session)
			return t->rows[i].cell[race].session;
	return NULL;
}

/* Every row's pace in a race into m->pace; how many have one. */
static uint32_t paces_of(struct maker *m, uint32_t race, const struct analysis *an)
{
	uint32_t n = 0;

	for (uint32_t i = 0; i < m->t->nrows; i++) {
		const struct season_cell *cell = &m->t->rows[i].cell[race];

		m->pace[i] = (double)NAN;
		if (!cell->car || !cell->session || cell->session != an->session || cell->car->n == 0)
			continue;
		const struct pace *p = &an->paces.car[cell->car - an->session->cars].all;
		if (p->n < PACE_GAP_LAPS)
			continue;
		m->pace[i] = p->median;
		m->work[n++] = p->median;
	}
	return n;
}

static void take_race(struct maker *m, uint32_t race, const struct analysis *an)
{
	uint32_t n = paces_of(m, race, an);

	if (n < PACE_GAP_CARS)
		return;
	double median = dbl_median(m->work, n);
	for (uint32_t i = 0; i < m->t->nrows; i++) {
		if (isnan(m->pace[i]))
			continue;
		m->out->gap[i] += 100 * (m->pace[i] - median) / median;
		m->races[i]++;
	}
	m->lap[m->out->races++] = (ms_t)round_half_away(median);
}

static bool make_room(struct maker *m, struct arena *a, struct arena *scratch)
{
	size_t rows = (size_t)m->t->nrows + 1;

	m->out->gap = ARENA_ARRAY(a, rows, double);
	m->pace = ARENA_ARRAY(scratch, rows, double);
	m->work = ARENA_ARRAY(scratch, rows, double);
	m->races = ARENA_ARRAY(scratch, rows, uint32_t);
	m->lap = ARENA_ARRAY(scratch, (size_t)m->t->nraces + 1, ms_t);
	return m->out->gap && m->pace && m->work && m->races && m->lap;
}

static bool all_races(struct maker *m, const atomic_bool *cancel, struct err *err)
{
	for (uint32_t race = 0; race < m->t->nraces; race++) {
		const struct session *s = session_of(m->t, race);
		struct analysis *an = s ? analysis_new(s, NULL, err) : NULL;

		if (s && !an)
			return false;
		if (an)
			take_race(m, race, an);
		analysis_free(an);
		if (cancel && atomic_load(cancel))
			return err_set(err, ERR_CANCELLED, "the season was not worked out: cancelled");
	}
	return true;
}

bool pace_gaps_make(const struct season_table *t, const atomic_bool *cancel, struct arena *a, struct pace_gaps *out,
		    struct err *err)
{
	struct arena *scratch = arena_new(0);
	struct maker m = {.t = t, .out = out};
	bool ok;

	*out = (struct pace_gaps){.lap = MS_NONE};
	if (!scratch || !make_room(&m, a, scratch)) {
		arena_free(scratch);
		return err_set(err, ERR_NOMEM, "out of memory for the season's pace");
	}
	ok = all_races(&m, cancel, err);
	for (uint32_t i = 0; ok && i < t->nrows; i++)
		out->gap[i] = m.races[i] ? out->gap[i] / m.races[i] : (double)NAN;
	if (ok && out->races > 0) {
		ms_sort(m.lap, out->races);
		out->lap = ms_median_sorted(m.lap, out->races);
	}
	arena_free(scratch);
	return ok;
}
