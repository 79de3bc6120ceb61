/* One car against another. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "tests/unit/reference.h"

struct pair {
	const struct ref_lap *ref, *you;
	bool clean, clear;
};

/* Rows as they stand in the table: 0 the lap, then parts in the order of the track; -1 the end. */
static const int table_rows[] = {0, 1, 4, 5, 2, 6, 7, 3, 8, 9, -1};
static const int four_rows[] = {0, 1, 2, 3, -1};

/* P(Bin(n, 1/2) <= k) */
static double binomial_up_to(int n, int k)
{
	double term = pow(0.5, n), sum = 0;

	for (int i = 0; i <= k; i++) {
		sum += term;
		term = term * (n - i) / (i + 1);
	}
	return sum;
}

static double sign_test(const int64_t *d, int n)
{
	int down = 0, up = 0;

	for (int i = 0; i < n; i++) {
		down += d[i] <= 0;
		up += d[i] >= 0;
	}
	return fmin(1, 2 * binomial_up_to(n, down < up ? down : up));
}

/* The k-th from either end holds the median with 1 - alpha; 0: no two do. */
static int rank_for(int n, double alpha)
{
	int r = 0;

	while (r < n && 2 * binomial_up_to(n, r) <= alpha)
		r++;
	return r;
}

static struct ref_interval interval(int64_t *d, int n, double alpha)
{
	struct ref_interval out = {n, 0, NOTHING, NOTHING, NOTHING, false};
	int rank = n > 0 ? rank_for(n, alpha) : 0;

	for (int i = 0; i < n; i++)
		out.won += d[i] < 0;
	if (n > 0)
		out.median = ref_round(ref_median_twice(d, n), 2);
	if (rank > 0) {
		out.low = (int)d[rank - 1];
		out.high = (int)d[n - rank];
		out.clear = out.low > 0 || out.high < 0;
	}
	return out;
}

/* Time of a row in one lap. */
static int time_in(const struct ref_lap *l, int row)
{
	return row ? l->part[row - 1] : l->time;
}

/* Differences of a row over clean pairs, or those in clear air; how many. */
static int differences(const struct pair *p, int npairs, int row, bool clear, int64_t *d)
{
	int n = 0;

	for (int i = 0; i < npairs; i++) {
		int a = time_in(p[i].ref, row), b = time_in(p[i].you, row);
		if (p[i].clean && (p[i].clear || !clear) && a != NOTHING && b != NOTHING)
			d[n++] = b - a;
	}
	return n;
}

/* Intervals of rows shown together, into out by row: Holm's step-down tells the levels. */
static void intervals(const struct pair *p, int npairs, const int *row, bool clear, struct ref_interval *out)
{
	double chance[REF_PLACES];
	bool done[REF_PLACES];
	int64_t *d = ref_alloc(npairs, sizeof *d);
	int m = 0;

	for (const int *i = row; *i >= 0; i++) {
		int n = differences(p, npairs, *i, clear, d);
		chance[*i] = sign_test(d, n);
		done[*i] = n < 6;
		m += n >= 6;
	}
	for (const int *i = row; *i >= 0; i++)
		out[*i] = interval(d, differences(p, npairs, *i, clear, d), 0.05 / (m > 0 ? m : 1));
	for (int left = m; left > 0; left--) {
		int least = -1;
		for (const int *i = row; *i >= 0; i++)
			if (!done[*i] && (least < 0 || chance[*i] < chance[least]))
				least = *i;
		if (least < 0 || chance[least] > 0.05 / left)
			break;
		out[least] = interval(d, differences(p, npairs, least, clear, d), 0.05 / left);
		done[least] = true;
	}
	free(d);
}

static const char *verdict(const struct ref_interval *v)
{
	if (v->n < 6)
		return "too few laps";
	if (!v->clear)
		return "not clear";
	return v->high < 0 ? "gain" : "loss";
}

/* Is there any pair of laps that both know it? */
static bool shown(const struct pair *p, int npairs, int row)
{
	for (int i = 0; i < npairs; i++)
		if (time_in(p[i].ref, row) != NOTHING && time_in(p[i].you, row) != NOTHING)
			return true;
	return row <= REF_SECTORS;
}

static void places(const struct reference *r, const struct pair *p, int ref, int you, struct ref_comparison *out)
{
	struct ref_interval all[REF_PLACES], clear[REF_PLACES];
	int64_t *d = ref_alloc(out->npairs, sizeof *d);

	intervals(p, out->npairs, table_rows, false, all);
	intervals(p, out->npairs, table_rows, true, clear);
	out->nplaces = 0;
	for (const int *i = table_rows; *i >= 0; i++) {
		if (!shown(p, out->npairs, *i))
			continue;
		struct ref_place *row = &out->place[out->nplaces++];
		int n = differences(p, out->npairs, *i, false, d);
		*row = (struct ref_place){*i, all[*i], clear[*i], 0, 0, 0, verdict(&all[*i])};
		for (int k = 0; k < n; k++)
			row->sum += (int)d[k];
		row->ref_best = *i ? r->car[ref].part[*i - 1].time : r->car[ref].best.time;
		row->you_best = *i ? r->car[you].part[*i - 1].time : r->car[you].best.time;
	}
	intervals(p, out->npairs, four_rows, false, out->four);
	out->headline_clear = out->nclear >= 6;
	out->headline = interval(d, differences(p, out->npairs, 0, out->headline_clear, d), 0.05);
	free(d);
}

/* Of the lap and each sector over all pairs; a sector that is not known everywhere has no sum. */
static void sums(const struct pair *p, struct ref_comparison *out)
{
	for (int k = 0; k <= REF_SECTORS; k++) {
		out->sum[k] = out->won[k] = 0;
		for (int i = 0; i < out->npairs; i++) {
			int a = time_in(p[i].ref, k), b = time_in(p[i].you, k);
			bool known = a != NOTHING && b != NOTHING;
			out->sum[k] = known && out->sum[k] != NOTHING ? out->sum[k] + b - a : NOTHING;
			out->won[k] += known && b < a;
		}
	}
}

static struct ref_ledger *ledger_row(struct ref_comparison *out, const char *what, int behind)
{
	for (int i = 0; i < out->nledger; i++)
		if (strcmp(out->ledger[i].what, what) == 0 && out->ledger[i].behind == behind)
			return &out->ledger[i];
	out->ledger[out->nledger] = (struct ref_ledger){.what = what, .behind = behind};
	return &out->ledger[out->nledger++];
}

static void ledger(const struct pair *p, struct ref_comparison *out)
{
	out->nledger = 0;
	for (int i = 0; i < out->npairs; i++) {
		const struct ref_lap *l = p[i].you;
		bool close = l->ahead_gap != NOTHING && l->ahead_gap < 1000;
		const char *what = l->first          ? "start"
				   : l->in || l->out ? "pit"
				   : l->caution      ? "caution"
				   : close           ? "behind"
						     : "clear air";
		struct ref_ledger *row = ledger_row(out, what, strcmp(what, "behind") == 0 ? l->ahead : -1);
		row->n++;
		row->sum += l->time - p[i].ref->time;
		row->faster += l->time < p[i].ref->time;
		for (int k = 0; k < REF_SECTORS; k++) {
			bool known = l->part[k] != NOTHING && p[i].ref->part[k] != NOTHING;
			if (!known || row->sector[k] == NOTHING)
				row->sector[k] = NOTHING;
			else
				row->sector[k] += l->part[k] - p[i].ref->part[k];
		}
	}
	const struct pair *last = &p[out->npairs - 1];
	out->ledger_sum = out->npairs ? last->you->elapsed - last->ref->elapsed : NOTHING;
}

/* Means of the last five laps clean for both. */
static void pace_now(const struct pair *p, struct ref_comparison *out)
{
	double you = 0, ref = 0, squares = 0, d[5];
	int n = 0;

	for (int i = out->npairs - 1; i >= 0 && n < 5; i--) {
		if (!p[i].clean)
			continue;
		you += p[i].you->time;
		ref += p[i].ref->time;
		d[n++] = p[i].you->time - p[i].ref->time;
	}
	out->now_n = n;
	out->now_you = you / n;
	out->now_ref = ref / n;
	out->now_diff = (you - ref) / n;
	for (int i = 0; i < n; i++)
		squares += (d[i] - out->now_diff) * (d[i] - out->now_diff);
	double half = n >= 2 ? ref_student(n - 1) * sqrt(squares / (n - 1) / n) : (double)NAN;
	out->now_low = out->now_diff - half;
	out->now_high = out->now_diff + half;
}

static bool clear_air(const struct ref_lap *l)
{
	return strcmp(l->air, "clear") == 0;
}

void reference_compare(const struct reference *r, int ref, int you, struct ref_comparison *out)
{
	const struct ref_car *a = &r->car[ref], *b = &r->car[you];
	struct pair *p = ref_alloc(a->n, sizeof *p);

	out->npairs = out->nclean = out->nclear = 0;
	for (int i = 0; i < a->n; i++) {
		for (int k = 0; k < b->n; k++) {
			const struct ref_lap *x = &a->lap[i], *y = &b->lap[k];
			if (x->number != y->number)
				continue;
			bool clean = strcmp(x->status, "clean") == 0 && strcmp(y->status, "clean") == 0;
			bool clear = clean && clear_air(x) && clear_air(y);
			p[out->npairs++] = (struct pair){x, y, clean, clear};
			out->nclean += clean;
			out->nclear += clear;
		}
	}
	places(r, p, ref, you, out);
	sums(p, out);
	pace_now(p, out);
	ledger(p, out);
	free(p);
}
