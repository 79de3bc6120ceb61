/* The season's sums beside those of driver_season_stats.json, and the races in which the two part. */
#include <math.h>
#include <string.h>

#include "core/analysis/season_results.h"

static const struct season_result *result_of(const struct season_driver *d, const struct season_race *race)
{
	for (uint32_t i = 0; d && i < d->nresults; i++)
		if (d->results[i].race == race->number && strcmp(d->results[i].track, race->track) == 0)
			return &d->results[i];
	return NULL;
}

struct taker {
	struct season_difference *out;
	uint32_t n, max;
};

static void take(struct taker *t, const struct season_race *race, enum difference_kind kind, int32_t here, int32_t json)
{
	if (t->n < t->max)
		t->out[t->n] = (struct season_difference){race->track, race->number, kind, here, json};
	t->n++;
}

static void of_race(struct taker *t, const struct season_race *race, const struct season_line *l,
		    const struct season_result *x)
{
	if (!l) {
		take(t, race, DIFF_NOT_JOINED, 0, x->finish);
		return;
	}
	if (!x) {
		take(t, race, DIFF_HERE_ONLY, l->finish, 0);
		return;
	}
	if (!l->started)
		take(t, race, DIFF_START, 0, 0);
	if (l->grid != x->start)
		take(t, race, DIFF_GRID, l->grid, x->start);
	if (l->finish != x->finish)
		take(t, race, DIFF_FINISH, l->finish, x->finish);
}

uint32_t season_differences(const struct season_table *t, const struct season_row *row, struct season_difference *out,
			    uint32_t max)
{
	struct taker take_in = {out, 0, max};
	struct season_line l;

	for (uint32_t i = 0; row->json && i < t->nraces; i++) {
		const struct season_result *x = result_of(row->json, &t->races[i]);
		bool here = season_line(t, row, i, &l);
		if (here || x)
			of_race(&take_in, &t->races[i], here ? &l : NULL, x);
	}
	return take_in.n;
}

static double rounded(double v, int decimals)
{
	double scale = decimals == 2 ? 100 : 1;

	return isnan(v) ? v : (double)round_half_away(v * scale) / scale;
}

void season_stats(const struct season_sum *s, const struct season_driver *j, struct season_stat out[SEASON_STATS])
{
	const double none = (double)NAN;
	bool has = j && j->has_stats;
	const struct season_stat all[SEASON_STATS] = {
		{"races", s->races, has ? j->races : none, 0, false},
		{"points", s->points, has ? j->points : none, 0, false},
		{"wins", s->wins, has ? j->wins : none, 0, false},
		{"podiums", s->podiums, has ? j->podiums : none, 0, false},
		{"top5", s->top5, has ? j->top5 : none, 0, false},
		{"top10", s->top10, has ? j->top10 : none, 0, false},
		{"poles", s->poles, has ? j->poles : none, 0, false},
		{"avg_finish", s->avg_finish, has ? j->avg_finish : none, 2, false},
		{"avg_qualifying", s->avg_qualifying, has ? j->avg_qualifying : none, 2, false},
		{"avg_gained", s->avg_gained, has ? j->avg_gained : none, 2, false},
		{"retired", s->retired, none, 0, false},
		{"fastest_laps", s->fastest_laps, none, 0, false},
	};

	memcpy(out, all, sizeof(all));
	for (int i = 0; i < SEASON_STATS; i++) {
		/* A last digit may be a rounding of exactly half, which two programs do in two ways. */
		double d = fabs(rounded(out[i].computed, out[i].decimals) - out[i].json);
		out[i].equal = (isnan(out[i].computed) && isnan(out[i].json)) || d < (out[i].decimals ? 0.0101 : 0.5);
	}
}
