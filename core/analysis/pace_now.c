/* How the two stand now: the last laps only, and whether the gap closes at that rate. */
#include <math.h>

#include "core/analysis/compare.h"

enum { LAST = 5, CATCH_WITHIN = 1000 };

/* Indexes of the last LAST pairs clean for both, newest first. */
static uint32_t last_pairs(const struct comparison *c, uint32_t at[LAST])
{
	uint32_t n = 0;

	for (uint32_t i = c->npairs; i-- > 0 && n < LAST;)
		if (c->pairs[i].clean)
			at[n++] = i;
	return n;
}

static void means(const struct analysis *an, const struct comparison *c, const uint32_t *at, struct pace_now *out)
{
	const ms_t *time = an->session->laps.time;
	double you = 0, ref = 0;

	for (uint32_t i = 0; i < out->n; i++) {
		you += time[c->pairs[at[i]].you];
		ref += time[c->pairs[at[i]].ref];
	}
	out->you = you / out->n;
	out->ref = ref / out->n;
	out->diff = (you - ref) / out->n;
}

/* Student's interval of the mean difference; n >= 2. */
static void spread(const struct comparison *c, const uint32_t *at, struct pace_now *out)
{
	double squares = 0, half;

	for (uint32_t i = 0; i < out->n; i++) {
		double d = c->pairs[at[i]].delta - out->diff;

		squares += d * d;
	}
	half = student_t_975(out->n - 1.0) * sqrt(squares / (out->n - 1.0) / out->n);
	out->low = out->diff - half;
	out->high = out->diff + half;
	out->clear = out->n == LAST && (out->low > 0 || out->high < 0);
}

/* Only for a car behind that is quicker beyond doubt: else it would be right hardly more often than not. */
static int32_t catch_on(const struct comparison *c, const struct pace_now *now)
{
	const struct lap_pair *last;
	double laps;

	if (!now->clear || now->diff >= 0)
		return 0;
	last = &c->pairs[c->npairs - 1];
	if (last->gap == MS_NONE || last->gap <= 0)
		return 0;
	laps = ceil(last->gap / -now->diff);
	return laps <= CATCH_WITHIN ? last->number + (int32_t)laps : 0;
}

void pace_now_make(const struct analysis *an, const struct comparison *c, struct pace_now *out)
{
	const double none = (double)NAN;
	uint32_t at[LAST];

	*out = (struct pace_now){.you = none, .ref = none, .diff = none, .low = none, .high = none};
	if (an->session->kind != KIND_RACE) /* laps of one number are not driven side by side there */
		return;
	out->n = last_pairs(c, at);
	if (out->n == 0)
		return;
	means(an, c, at, out);
	if (out->n >= 2)
		spread(c, at, out);
	out->catch_lap = catch_on(c, out);
}
