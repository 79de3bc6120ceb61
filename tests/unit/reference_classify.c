/* What each lap was. */
#include <stdlib.h>
#include <string.h>

#include "tests/unit/reference.h"

bool ref_flying(const struct ref_lap *l)
{
	return !l->first && !l->in && !l->out;
}

static const struct ref_lap *lap_before(const struct ref_car *c, int i)
{
	return i > 0 && c->lap[i - 1].number == c->lap[i].number - 1 ? &c->lap[i - 1] : NULL;
}

static bool is_caution(const char *flag)
{
	return *flag && strcmp(flag, "GF") != 0 && strcmp(flag, "FF") != 0;
}

static void pit_and_stint(struct ref_car *c)
{
	int stint = 1;

	for (int i = 0; i < c->n; i++) {
		struct ref_lap *l = &c->lap[i];
		const struct ref_lap *p = lap_before(c, i);
		l->first = l->number == 1;
		l->out = (p && p->in) || (l->pit_time != NOTHING && !l->in);
		if (i > 0 && c->lap[i - 1].in)
			stint++;
		l->stint = stint;
		l->label = "";
		l->caution_end = is_caution(l->flag);
	}
}

/* Statuses by the cautions as they are set now. Twice the median of the clean laps; 0 none. */
static int64_t judge(struct ref_car *c)
{
	int64_t *clean = ref_alloc(c->n, sizeof *clean), best = 0, median = 0;
	int n = 0;

	for (int i = 0; i < c->n; i++) {
		const struct ref_lap *l = &c->lap[i];
		if (ref_flying(l) && !l->caution && (best == 0 || l->time < best))
			best = l->time;
	}
	for (int i = 0; i < c->n; i++) {
		struct ref_lap *l = &c->lap[i];
		l->status = l->first                        ? "first"
			    : l->in                         ? "in"
			    : l->out                        ? "out"
			    : l->caution                    ? "caution"
			    : 100LL * l->time >= 107 * best ? "slow"
							    : "clean";
		if (strcmp(l->status, "clean") == 0)
			clean[n++] = l->time;
	}
	if (n > 0)
		median = ref_median_twice(clean, n);
	free(clean);
	return median;
}

static void cautions(struct ref_car *c)
{
	for (int i = 0; i < c->n; i++) {
		struct ref_lap *l = &c->lap[i];
		const struct ref_lap *p = lap_before(c, i);
		l->caution_start = p && p->caution_end;
		l->caution = l->caution_start || l->caution_end;
	}
	int64_t median_twice = judge(c);
	for (int i = 0; i < c->n; i++) {
		struct ref_lap *l = &c->lap[i];
		if (l->caution_start != l->caution_end && 200LL * l->time < 103 * median_twice) {
			l->caution = false;
			l->label = l->caution_start ? "restart" : "edge";
		}
	}
	c->median_twice = judge(c);
}

/* Is the field slow at this moment? latest: index of each car's last lap, -1 none; median_twice: of each car without any caution. */
static bool field_is_slow(const struct reference *r, const int *latest, const int64_t *median_twice, int now)
{
	int64_t ratio[REF_CARS]; /* in millionths */
	int n = 0;

	for (int i = 0; i < r->ncars; i++) {
		if (latest[i] < 0 || median_twice[i] == 0)
			continue;
		const struct ref_lap *l = &r->car[i].lap[latest[i]];
		if (ref_flying(l) && 2LL * (now - l->elapsed) < median_twice[i])
			ratio[n++] = 2000000LL * l->time / median_twice[i];
	}
	return n >= 5 && ref_median_twice(ratio, n) > 2 * 1100000;
}

static void cautions_by_pace(struct reference *r)
{
	int64_t median_twice[REF_CARS];
	int latest[REF_CARS], n;
	struct ref_crossing *x = ref_crossings(r, &n);

	for (int i = 0; i < r->ncars; i++) {
		median_twice[i] = judge(&r->car[i]);
		latest[i] = -1;
	}
	for (int i = 0; i < n; i++) {
		latest[x[i].car] = x[i].lap;
		r->car[x[i].car].lap[x[i].lap].caution_end = field_is_slow(r, latest, median_twice, x[i].elapsed);
	}
	free(x);
}

/* A run ends where the car stops or a caution begins. */
static void runs(struct ref_car *c)
{
	int run = 0;

	for (int i = 0; i < c->n; i++) {
		struct ref_lap *l = &c->lap[i];
		if (l->out || l->caution || (i > 0 && (l[-1].in || l[-1].caution)))
			run++;
		l->run = run;
	}
}

void ref_classify(struct reference *r)
{
	for (int i = 0; i < r->ncars; i++) {
		pit_and_stint(&r->car[i]);
		for (int k = 0; k < r->car[i].n; k++)
			r->car[i].lap[k].caution = false;
	}
	if (!r->has_flags)
		cautions_by_pace(r);
	r->clean = 0;
	for (int i = 0; i < r->ncars; i++) {
		struct ref_car *c = &r->car[i];
		cautions(c);
		runs(c);
		for (int k = 0; k < c->n; k++)
			r->clean += strcmp(c->lap[k].status, "clean") == 0;
	}
}
