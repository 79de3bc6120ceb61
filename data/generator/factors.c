/* Four factors a driver, as ranks among all: from the season's races, nothing else. */
#include "data/generator/season.h"

enum { SPEED, CONSISTENCY, RACECRAFT, TYRES };

/* Smaller is better for all four. */
static int64_t measure(const struct season_entry *e, int factor)
{
	switch (factor) {
	case SPEED:
		return e->to_fastest + e->to_pole;
	case CONSISTENCY:
		return e->spread;
	case RACECRAFT:
		return (int64_t)1000 * (e->finish - e->start);
	default:
		return e->fade;
	}
}

/* Mean over the races driven; false: none. */
static bool mean_measure(const struct season_book *s, int who, int factor, int64_t *mean)
{
	int64_t sum = 0, n = 0;

	for (int k = 0; k < s->races; k++) {
		if (!s->entry[who][k].there)
			continue;
		sum += measure(&s->entry[who][k], factor);
		n++;
	}
	*mean = n ? sum * 100 / n : 0;
	return n > 0;
}

static int32_t percentile_of(const struct season_book *s, int who, int factor)
{
	int64_t own, other, worse = 0, all = 0;

	if (!mean_measure(s, who, factor, &own))
		return -1;
	for (int i = 0; i < DRIVERS; i++) {
		if (i == who || !mean_measure(s, i, factor, &other))
			continue;
		all++;
		worse += other > own;
	}
	return all ? (int32_t)(worse * 10000 / all) : -1;
}

void season_factors(const struct season_book *s, int32_t percentile[DRIVERS][FACTOR_COUNT])
{
	for (int i = 0; i < DRIVERS; i++)
		for (int f = 0; f < FACTOR_COUNT; f++)
			percentile[i][f] = percentile_of(s, i, f);
}
