#include "core/analysis/skill.h"

#include <math.h>
#include <string.h>

#include "core/base/str.h"

const char *factor_key(enum factor f)
{
	static const char *const keys[FACTORS] = {[FACTOR_SPEED] = "speed",
						  [FACTOR_CONSISTENCY] = "consistency",
						  [FACTOR_RACECRAFT] = "racecraft",
						  [FACTOR_TIRE] = "tire_management"};

	return keys[f];
}

const char *factor_name(enum factor f)
{
	static const char *const names[FACTORS] = {[FACTOR_SPEED] = "Speed",
						   [FACTOR_CONSISTENCY] = "Consistency",
						   [FACTOR_RACECRAFT] = "Racecraft",
						   [FACTOR_TIRE] = "Tyres"};

	return names[f];
}

enum factor factor_by_name(const char *name)
{
	struct str s = str_from(name);

	for (int f = 0; f < FACTORS; f++)
		if (str_eq_nocase(s, str_from(factor_key(f))) || str_eq_nocase(s, str_from(factor_name(f))))
			return f;
	if (str_eq_nocase(s, STR("tires")) || str_eq_nocase(s, STR("tire")) || str_eq_nocase(s, STR("tyre")))
		return FACTOR_TIRE;
	return FACTORS;
}

struct skill skill_of_json(const struct season_row *row)
{
	struct skill k = {.known = row->json != NULL};

	for (int f = 0; f < FACTORS; f++) {
		k.percentile[f] = row->json ? row->json->factor_percentile[f] : (double)NAN;
		k.known = k.known && !isnan(k.percentile[f]);
	}
	return k;
}

bool track_weights(const struct season_track *t, double weight[FACTORS])
{
	double sum = 0;

	for (int f = 0; f < FACTORS; f++) {
		weight[f] = t->demand[f] > 0 ? t->demand[f] : 0;
		sum += weight[f];
	}
	for (int f = 0; f < FACTORS && sum > 0; f++)
		weight[f] /= sum;
	return sum > 0;
}

double circuit_fit(const struct season_track *t, const struct skill *k)
{
	double weight[FACTORS], fit = 0;

	if (!k->known || !track_weights(t, weight))
		return (double)NAN;
	for (int f = 0; f < FACTORS; f++)
		fit += weight[f] * k->percentile[f];
	return fit;
}

double skill_distance(const struct skill *a, const struct skill *b)
{
	double sum = 0;

	if (!a->known || !b->known)
		return (double)NAN;
	for (int f = 0; f < FACTORS; f++)
		sum += (a->percentile[f] - b->percentile[f]) * (a->percentile[f] - b->percentile[f]);
	return sqrt(sum);
}

uint32_t skill_similar(const struct skill *skill, uint32_t nrows, uint32_t row, struct similar *out, uint32_t max)
{
	uint32_t n = 0;

	for (uint32_t i = 0; i < nrows; i++) {
		double d = i == row ? (double)NAN : skill_distance(&skill[row], &skill[i]);
		uint32_t at = n;
		if (isnan(d))
			continue;
		for (; at > 0 && out[at - 1].distance > d; at--)
			if (at < max)
				out[at] = out[at - 1];
		if (at < max)
			out[at] = (struct similar){i, d};
		n += n < max;
	}
	return n;
}
