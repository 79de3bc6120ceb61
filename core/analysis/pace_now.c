/* How the two stand now: the last laps only, and whether the gap closes at that rate. */
#include <math.h>

#include "core/analysis/compare.h"

enum { LAST = 5, CATCH_WITHIN = 1000 };

/* The laps compared, newest first. */
struct five {
	uint32_t n;
	uint32_t you[LAST], ref[LAST]; /* indexes into session.laps */
	ms_t gap;                      /* of the last lap both have done; MS_NONE unknown */
	uint16_t number;               /* of that lap */
};

/* The last LAST pairs clean for both. */
static void last_pairs(const struct comparison *c, struct five *f)
{
	f->n = 0;
	for (uint32_t i = c->npairs; i-- > 0 && f->n < LAST;) {
		if (!c->pairs[i].clean)
			continue;
		f->you[f->n] = c->pairs[i].you;
		f->ref[f->n++] = c->pairs[i].ref;
	}
	f->gap = c->npairs ? c->pairs[c->npairs - 1].gap : MS_NONE;
	f->number = c->npairs ? c->pairs[c->npairs - 1].number : 0;
}

/* The same of any two cars, from their last laps backwards. */
static void last_laps(const struct analysis *an, uint32_t ref, uint32_t you, struct five *f)
{
	const struct laps *l = &an->session->laps;
	uint32_t i = car_first(an, you) + car_seen(an, you), k = car_first(an, ref) + car_seen(an, ref);

	*f = (struct five){.gap = MS_NONE};
	while (i > car_first(an, you) && k > car_first(an, ref) && f->n < LAST) {
		if (l->number[i - 1] != l->number[k - 1]) {
			if (l->number[i - 1] > l->number[k - 1])
				i--;
			else
				k--;
			continue;
		}
		i--, k--;
		if (f->number == 0) {
			f->number = l->number[i];
			if (l->elapsed[i] != MS_NONE && l->elapsed[k] != MS_NONE)
				f->gap = l->elapsed[i] - l->elapsed[k];
		}
		if (lap_is_clean(an, i) && lap_is_clean(an, k)) {
			f->you[f->n] = i;
			f->ref[f->n++] = k;
		}
	}
}

static void means(const struct analysis *an, const struct five *f, struct pace_now *out)
{
	const ms_t *time = an->session->laps.time;
	double you = 0, ref = 0;

	for (uint32_t i = 0; i < f->n; i++) {
		you += time[f->you[i]];
		ref += time[f->ref[i]];
	}
	out->you = you / f->n;
	out->ref = ref / f->n;
	out->diff = (you - ref) / f->n;
}

/* Student's interval of the mean difference; n >= 2. */
static void spread(const struct analysis *an, const struct five *f, struct pace_now *out)
{
	const ms_t *time = an->session->laps.time;
	double squares = 0, half;

	for (uint32_t i = 0; i < f->n; i++) {
		double d = time[f->you[i]] - time[f->ref[i]] - out->diff;

		squares += d * d;
	}
	half = student_t_975(f->n - 1.0) * sqrt(squares / (f->n - 1.0) / f->n);
	out->low = out->diff - half;
	out->high = out->diff + half;
	out->clear = f->n == LAST && (out->low > 0 || out->high < 0);
}

/* Only for a car behind that is quicker beyond doubt: else it would be right hardly more often than not. */
static int32_t catch_on(const struct five *f, const struct pace_now *now)
{
	double laps;

	if (!now->clear || now->diff >= 0 || f->gap == MS_NONE || f->gap <= 0)
		return 0;
	laps = ceil(f->gap / -now->diff);
	return laps <= CATCH_WITHIN ? f->number + (int32_t)laps : 0;
}

static void from_five(const struct analysis *an, const struct five *f, struct pace_now *out)
{
	const double none = (double)NAN;

	*out = (struct pace_now){.n = f->n, .you = none, .ref = none, .diff = none, .low = none, .high = none};
	if (f->n == 0)
		return;
	means(an, f, out);
	if (f->n >= 2)
		spread(an, f, out);
	out->catch_lap = catch_on(f, out);
}

void pace_now_make(const struct analysis *an, const struct comparison *c, struct pace_now *out)
{
	struct five f = {.gap = MS_NONE};

	if (an->session->kind == KIND_RACE) /* elsewhere laps of one number are not driven side by side */
		last_pairs(c, &f);
	from_five(an, &f, out);
}

void pace_now_of(const struct analysis *an, uint32_t ref, uint32_t you, struct pace_now *out)
{
	struct five f = {.gap = MS_NONE};

	if (an->session->kind == KIND_RACE)
		last_laps(an, ref, you, &f);
	from_five(an, &f, out);
}
