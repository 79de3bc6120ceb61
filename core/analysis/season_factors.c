#include "core/analysis/season_factors.h"

#include <math.h>
#include <string.h>

#include "core/analysis/stat.h"

static const double none = (double)NAN;

static const struct session *session_of(const struct season_table *t, uint32_t race)
{
	for (uint32_t i = 0; i < t->nrows; i++)
		if (t->rows[i].cell[race].session)
			return t->rows[i].cell[race].session;
	return NULL;
}

static bool add_race(const struct season_table *t, uint32_t race, const struct session *s, struct arena *a,
		     struct season_factors *out, struct err *err)
{
	struct analysis *an = analysis_new(s, NULL, err);
	struct race_vars *cars;
	bool ok = an && race_vars_make(an, a, &cars, err);

	analysis_free(an);
	for (uint32_t i = 0; ok && i < t->nrows; i++) {
		const struct season_cell *c = &t->rows[i].cell[race];
		if (c->car && c->started)
			out->cell[race * t->nrows + i] = &cars[c->car - s->cars];
	}
	out->with_laps += ok;
	return ok;
}

/* Mean of what is known. */
struct mean {
	double sum;
	uint32_t n;
};

static void take(struct mean *m, double v)
{
	if (isnan(v))
		return;
	m->sum += v;
	m->n++;
}

static double mean_of(const struct mean *m)
{
	return m->n ? m->sum / m->n : none;
}

static void sum_up(struct season_factors *f, uint32_t row)
{
	struct driver_vars *d = &f->driver[row];
	struct mean value[VARS] = {{0, 0}}, percentile[VARS] = {{0, 0}}, factor[FACTORS] = {{0, 0}};

	for (uint32_t race = 0; race < f->nraces; race++) {
		const struct race_vars *c = f->cell[race * f->nrows + row];
		bool any = false;
		for (int v = 0; c && v < VARS; v++) {
			take(&value[v], c->value[v]);
			take(&percentile[v], c->percentile[v]);
		}
		for (int k = 0; c && k < FACTORS; k++) {
			take(&factor[k], c->factor[k]);
			any = any || !isnan(c->factor[k]);
		}
		d->nraces += any;
	}
	for (int v = 0; v < VARS; v++) {
		d->value[v] = mean_of(&value[v]);
		d->percentile[v] = mean_of(&percentile[v]);
		d->races[v] = value[v].n;
	}
	for (int k = 0; k < FACTORS; k++)
		d->factor[k] = mean_of(&factor[k]);
}

bool season_factors_make(const struct season_table *t, const atomic_bool *cancel, struct arena *a,
			 struct season_factors *out, struct err *err)
{
	*out = (struct season_factors){.nrows = t->nrows, .nraces = t->nraces};
	out->cell = ARENA_ARRAY(a, (size_t)t->nrows * t->nraces, const struct race_vars *);
	out->driver = ARENA_ARRAY(a, t->nrows, struct driver_vars);
	if (!out->cell || !out->driver)
		return err_set(err, ERR_NOMEM, "no memory for the factors");
	for (uint32_t race = 0; race < t->nraces; race++) {
		const struct session *s = session_of(t, race);
		if (cancel && atomic_load(cancel))
			return err_set(err, ERR_CANCELLED, "the season was not worked out: cancelled");
		if (s && !add_race(t, race, s, a, out, err))
			return false;
	}
	for (uint32_t i = 0; i < t->nrows; i++)
		sum_up(out, i);
	return true;
}

struct skill skill_computed(const struct season_factors *f, uint32_t row)
{
	struct skill k = {.known = true, .computed = true};

	for (int i = 0; i < FACTORS; i++) {
		k.percentile[i] = f->driver[row].factor[i];
		k.known = k.known && !isnan(k.percentile[i]);
	}
	return k;
}

uint32_t top_of_factor(const struct skill *skill, uint32_t nrows, enum factor f, uint32_t out[TOP])
{
	uint32_t n = 0;

	for (uint32_t i = 0; i < nrows; i++) {
		uint32_t at = n;
		if (!skill[i].known)
			continue;
		for (; at > 0 && skill[out[at - 1]].percentile[f] < skill[i].percentile[f]; at--)
			if (at < TOP)
				out[at] = out[at - 1];
		if (at < TOP)
			out[at] = i;
		n += n < TOP;
	}
	return n;
}

struct var_gap var_gap(const struct season_factors *f, uint32_t row, const uint32_t *others, uint32_t nothers,
		       enum race_var v)
{
	struct mean gap = {0, 0}, behind = {0, 0};

	for (uint32_t race = 0; race < f->nraces; race++) {
		const struct race_vars *mine = f->cell[race * f->nrows + row];
		struct mean value = {0, 0}, percentile = {0, 0};
		for (uint32_t i = 0; i < nothers; i++) {
			const struct race_vars *theirs = f->cell[race * f->nrows + others[i]];
			if (!theirs || others[i] == row)
				continue;
			take(&value, theirs->value[v]);
			take(&percentile, theirs->percentile[v]);
		}
		if (!mine || isnan(mine->value[v]) || value.n == 0)
			continue;
		take(&gap, mine->value[v] - mean_of(&value));
		take(&behind, mean_of(&percentile) - mine->percentile[v]);
	}
	return (struct var_gap){mean_of(&gap), mean_of(&behind), gap.n};
}

uint32_t work_on(const struct season_factors *f, const struct skill *skill, uint32_t row, enum race_var out[VARS])
{
	double weight[VARS] = {0};
	uint32_t n = 0;

	for (int v = 0; v < VARS; v++) {
		const struct race_var_info *info = race_var_info((enum race_var)v);
		uint32_t top[TOP], ntop = top_of_factor(skill, f->nrows, info->factor, top), at = n;
		struct var_gap g = var_gap(f, row, top, ntop, (enum race_var)v);
		double w = info->weight * g.behind;
		if (isnan(g.gap) || isnan(g.behind) || g.behind <= 0 || (info->up ? g.gap >= 0 : g.gap <= 0))
			continue;
		for (; at > 0 && weight[at - 1] < w; at--) {
			weight[at] = weight[at - 1];
			out[at] = out[at - 1];
		}
		weight[at] = w;
		out[at] = (enum race_var)v;
		n++;
	}
	return n;
}

double factor_disagreement(const struct season_table *t, const struct season_factors *f, enum factor k, struct arena *a,
			   uint32_t *n)
{
	double *d = ARENA_ARRAY(a, t->nrows + 1, double);

	*n = 0;
	for (uint32_t i = 0; d && i < t->nrows; i++) {
		struct skill json = skill_of_json(&t->rows[i]);
		if (json.known && !isnan(f->driver[i].factor[k]))
			d[(*n)++] = fabs(json.percentile[k] - f->driver[i].factor[k]);
	}
	return *n ? dbl_median(d, *n) : none;
}
