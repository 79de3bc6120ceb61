#include "tests/unit/agree.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/analysis/compare.h"
#include "tests/unit/helper.h"

_Static_assert(NOTHING == MS_NONE, "times that are not known compare");
_Static_assert((int)REF_SECTORS == (int)SECTORS && (int)REF_MINIS == (int)MINIS, "the same parts");

/* --- Comparing: all differences of a file are told, not the first ---------- */

enum { SHOWN = 25 };

struct check {
	const char *name; /* of the file and what was done to it */
	char where[64];   /* car and lap */
	unsigned long compared, different;
};

static void tell(struct check *k, const char *what, const char *got, const char *want)
{
	if (k->different++ < SHOWN)
		print_error("%s, %s: %s is %s, reference %s\n", k->name, k->where, what, got, want);
}

static void same_text(struct check *k, const char *what, const char *got, const char *want)
{
	k->compared++;
	if (strcmp(got, want) != 0)
		tell(k, what, got, want);
}

static void same_int(struct check *k, const char *what, int64_t got, int64_t want)
{
	char a[NUM_LEN], b[NUM_LEN];

	k->compared++;
	if (got == want)
		return;
	snprintf(a, sizeof a, "%lld", (long long)got);
	snprintf(b, sizeof b, "%lld", (long long)want);
	tell(k, what, a, b);
}

static void close_to(struct check *k, const char *what, double got, double want, double tolerance)
{
	char a[40], b[40];

	k->compared++;
	if ((isnan(got) && isnan(want)) || fabs(got - want) <= tolerance)
		return;
	snprintf(a, sizeof a, "%.12g", got);
	snprintf(b, sizeof b, "%.12g", want);
	tell(k, what, a, b);
}

static void same_number(struct check *k, const char *what, double got, double want)
{
	close_to(k, what, got, want, 1e-6 * fmax(1, fabs(want)));
}

/* --- One car --------------------------------------------------------------- */

/* A program's session with its analysis, beside the reference; the cars of one are found in the other by id. */
struct both {
	const struct session *s;
	const struct analysis *an;
	const struct reference *r;
	int car[REF_CARS];       /* index in the session, of each car of the reference */
	int reference[REF_CARS]; /* and back */
	struct check k;
};

static const char *part_names[REF_PARTS] = {"S1", "S2", "S3", "IM1a", "IM1", "IM2a", "IM2", "IM3a", "FL"};

static void same_row(struct both *b, uint32_t i, const struct ref_lap *l)
{
	const struct laps *laps = &b->s->laps;
	struct check *k = &b->k;

	same_int(k, "lap number", laps->number[i], l->number);
	same_int(k, "time", laps->time[i], l->time);
	same_int(k, "elapsed", laps->elapsed[i], l->elapsed);
	same_int(k, "pit time", laps->pit_time[i], l->pit_time);
	same_int(k, "kph", laps->kph[i], l->kph);
	same_int(k, "top speed", laps->top_speed[i], l->top_speed);
	for (int p = 0; p < REF_PARTS; p++) {
		ms_t got = p < REF_SECTORS ? laps->sector[p][i] : laps->mini[p - REF_SECTORS][i];
		same_int(k, part_names[p], got, l->part[p]);
	}
}

static void same_class(struct both *b, uint32_t i, const struct ref_lap *l)
{
	const struct lap_class *c = &b->an->classes.lap[i];
	struct check *k = &b->k;

	same_text(k, "status", lap_status_name(c->status), l->status);
	same_text(k, "label", lap_label_name(c->label), l->label);
	same_int(k, "in", c->in, l->in);
	same_int(k, "out", c->out, l->out);
	same_int(k, "caution at the start", c->caution_start != 0, l->caution_start);
	same_int(k, "caution at the end", c->caution_end != 0, l->caution_end);
	same_int(k, "stint", c->stint, l->stint);
	same_int(k, "deleted", b->an->bests.deleted[i], l->deleted);
}

static char colour_letter(uint8_t colour)
{
	const char *name = colour_name(colour);

	return name ? name[0] : '-';
}

static void same_place(struct both *b, uint32_t i, const struct ref_lap *l)
{
	const struct lap_place *p = &b->an->order.lap[i];
	const struct lap_air *a = &b->an->order.air[i];
	struct check *k = &b->k;

	same_int(k, "position", p->position, l->position);
	same_int(k, "gap", p->gap, l->gap);
	same_int(k, "gap in laps", p->gap_laps, l->gap_laps);
	same_int(k, "interval", p->interval, l->interval);
	same_text(k, "air", air_name(a->air), l->air);
	same_int(k, "car ahead", a->ahead == NO_CAR ? -1 : b->reference[a->ahead], l->ahead);
	same_int(k, "gap to it", a->gap, l->ahead_gap);
	for (int c = 0; c <= REF_SECTORS; c++) {
		uint8_t got = c ? b->an->colours.sector[c - 1][i] : b->an->colours.lap[i];
		same_int(k, c ? "colour of a sector" : "colour of the lap", colour_letter(got), l->colour[c]);
	}
}

static void same_lap_ref(struct check *k, const char *what, const struct lap_ref *got, const struct ref_best *want)
{
	same_int(k, what, got->time, want->time);
	if (want->time != NOTHING)
		same_int(k, "and its lap", got->lap, want->lap);
}

/* The laps named were driven and give the time. */
static void rolling_is_real(struct both *b, const struct ref_car *c, const struct car_best *got)
{
	const struct ref_lap *from = NULL, *to = NULL;

	for (int i = 0; i < c->n; i++) {
		if (c->lap[i].number == got->rolling_from)
			from = &c->lap[i];
		if (c->lap[i].number == got->rolling_to)
			to = &c->lap[i];
	}
	bool real = false;
	if (from && from == to)
		real = from->part[0] + from->part[1] + from->part[2] == got->rolling;
	else if (from && to == from + 1)
		real = from->part[1] + from->part[2] + to->part[0] == got->rolling ||
		       from->part[2] + to->part[0] + to->part[1] == got->rolling;
	same_int(&b->k, "rolling lap as named", real, true);
}

static void same_bests(struct both *b, uint32_t car, const struct ref_car *c)
{
	const struct car_best *got = &b->an->bests.car[car];
	struct check *k = &b->k;

	same_lap_ref(k, "best", &got->best, &c->best);
	same_lap_ref(k, "minimum", &got->minimum, &c->minimum);
	same_int(k, "marked", got->marked, c->marked);
	same_int(k, "ideal", got->ideal, c->ideal);
	same_int(k, "ideal of mini-sectors", got->ideal_mini, c->ideal_mini);
	for (int p = 0; p < REF_PARTS; p++) {
		const struct lap_ref *part = p < REF_SECTORS ? &got->part[p] : &got->mini_part[p - REF_SECTORS];
		same_lap_ref(k, part_names[p], part, &c->part[p]);
	}
	same_int(k, "ideal over best", got->ideal_over_best, c->ideal_over_best);
	same_int(k, "rolling", got->rolling, c->rolling);
	if (c->rolling != NOTHING)
		rolling_is_real(b, c, got);
	same_int(k, "deleted laps", got->ndeleted, c->deleted);
}

static void same_pace(struct check *k, const struct pace *got, const struct ref_pace *want)
{
	same_int(k, "clean laps", got->n, want->n);
	same_int(k, "median", got->median, want->median);
	same_int(k, "q1", got->q1, want->q1);
	same_int(k, "q3", got->q3, want->q3);
	same_int(k, "iqr", got->iqr, want->iqr);
	same_int(k, "min", got->min, want->min);
	same_int(k, "max", got->max, want->max);
	same_int(k, "mean", got->mean, want->mean);
	same_int(k, "off laps", got->off, want->off);
	same_number(k, "sd", got->sd, want->sd);
	same_number(k, "mad", got->mad, want->mad);
	same_number(k, "cv", got->cv, want->cv);
}

static void same_slope(struct check *k, const struct slope *got, const struct ref_slope *want)
{
	double width = isnan(want->ols) ? 0 : want->high - want->low;

	close_to(k, "slope", got->ols, want->ols, 1e-9 * fmax(1, fabs(want->ols)));
	close_to(k, "theil-sen", got->theil_sen, want->theil_sen, 1e-9 * fmax(1, fabs(want->theil_sen)));
	close_to(k, "low end of slope", got->low, want->low, 1e-6 * fmax(1, width));
	close_to(k, "high end of slope", got->high, want->high, 1e-6 * fmax(1, width));
	if (isnan(want->ols))
		return;
	same_int(k, "laps of slope", got->n, want->n);
	same_int(k, "runs of slope", got->runs, want->runs);
}

static void same_span(struct check *k, const struct pace *pace, const struct trend *trend, double sanitized,
		      uint32_t sanitized_n, const struct ref_span *want)
{
	same_pace(k, pace, &want->pace);
	same_int(k, "laps of the trend", trend->n, want->pace.n);
	same_slope(k, &trend->raw, &want->raw);
	same_slope(k, &trend->field, &want->field);
	same_number(k, "sanitized", sanitized, want->sanitized);
	same_int(k, "laps of sanitized", sanitized_n, want->sanitized_n);
}

static void same_stints(struct both *b, uint32_t car, const struct ref_car *c)
{
	const struct paces *p = &b->an->paces;
	int n = 0;

	for (uint32_t i = 0; i < p->nstints; i++) {
		const struct stint *got = &p->stints[i];
		const struct ref_stint *want = &c->stint[n];
		if (got->car != car || n++ >= c->nstints)
			continue;
		snprintf(b->k.where, sizeof b->k.where, "car %s stint %d", c->id, want->number);
		same_int(&b->k, "number", got->number, want->number);
		same_int(&b->k, "first lap", got->first, want->first);
		same_int(&b->k, "last lap", got->last, want->last);
		same_int(&b->k, "laps", got->laps, want->laps);
		same_int(&b->k, "stop before", got->pit_time, want->pit_time);
		same_span(&b->k, &got->pace, &got->trend, got->sanitized, got->sanitized_n, &want->span);
	}
	same_int(&b->k, "stints", n, c->nstints);
}

static void same_table_row(struct both *b, uint32_t car, const struct ref_car *c)
{
	const struct order *o = &b->an->order;
	const struct place *row = &o->table[o->row_of[car]];
	struct check *k = &b->k;

	same_int(k, "car of its row", row->car, car);
	same_int(k, "place", row->position, c->place);
	same_int(k, "row", o->row_of[car] + 1, c->place);
	same_int(k, "place in class", row->position_class, c->place_class);
	same_int(k, "laps", row->laps, c->n);
	same_int(k, "total", row->total, c->total);
	same_int(k, "gap in table", row->gap, c->table_gap);
	same_int(k, "gap in laps in table", row->gap_laps, c->table_gap_laps);
	same_int(k, "interval in table", row->interval, c->table_interval);
	same_int(k, "interval in laps in table", row->interval_laps, c->table_interval_laps);
	same_int(k, "road gap", row->road_gap, c->road_gap);
}

static void same_car(struct both *b, int at)
{
	const struct ref_car *c = &b->r->car[at];
	uint32_t car = (uint32_t)b->car[at], first = b->s->cars[car].first;
	const struct car_pace *pace = &b->an->paces.car[car];

	snprintf(b->k.where, sizeof b->k.where, "car %s", c->id);
	same_int(&b->k, "laps in file", b->s->cars[car].n, c->in_file);
	same_int(&b->k, "laps that count", b->an->classes.seen[car], c->n);
	same_text(&b->k, "class", b->s->cars[car].class_name, c->class_name);
	if (b->s->cars[car].n != (uint32_t)c->in_file || b->an->classes.seen[car] != (uint32_t)c->n)
		return;
	for (uint32_t i = 0; i < (uint32_t)c->n; i++) {
		snprintf(b->k.where, sizeof b->k.where, "car %s lap %d", c->id, c->lap[i].number);
		same_row(b, first + i, &c->lap[i]);
		same_class(b, first + i, &c->lap[i]);
		same_place(b, first + i, &c->lap[i]);
	}
	for (uint32_t i = (uint32_t)c->n; i < (uint32_t)c->in_file; i++)
		same_text(&b->k, "status after the cut", lap_status_name(b->an->classes.lap[first + i].status),
			  "future");
	snprintf(b->k.where, sizeof b->k.where, "car %s", c->id);
	same_bests(b, car, c);
	same_span(&b->k, &pace->all, &pace->trend, pace->sanitized, pace->sanitized_n, &c->span);
	same_table_row(b, car, c);
	same_stints(b, car, c);
}

/* --- The session ----------------------------------------------------------- */

static void same_session(struct both *b)
{
	const struct session_best *best = &b->an->bests.session;
	const struct reference *r = b->r;
	struct check *k = &b->k;

	snprintf(k->where, sizeof k->where, "session");
	same_int(k, "clean laps", b->an->classes.clean, r->clean);
	same_int(k, "best", best->best.time, r->best);
	same_int(k, "ideal", best->ideal, r->ideal);
	same_int(k, "ideal of mini-sectors", best->ideal_mini, r->ideal_mini);
	same_int(k, "rolling", best->rolling, r->rolling);
	for (int p = 0; p < REF_PARTS; p++) {
		const struct lap_ref *part = p < REF_SECTORS ? &best->part[p] : &best->mini_part[p - REF_SECTORS];
		same_int(k, part_names[p], part->time, r->part[p]);
	}
	same_int(k, "purple", b->an->colours.purple, r->purple);
	same_int(k, "green", b->an->colours.green, r->green);
	same_int(k, "yellow", b->an->colours.yellow, r->yellow);
	same_number(k, "track length", b->an->track_length_m, r->track_length);
	same_int(k, "pit stops", b->an->npit_loss, r->pit_stops);
	same_int(k, "pit loss", b->an->pit_loss, r->pit_loss);
}

/* Places by pace: 1, 2, 3.. with medians that never get faster. */
static void same_ranks(struct both *b)
{
	for (int i = 0; i < b->r->ncars; i++) {
		const struct ref_car *c = &b->r->car[i];
		int rank = b->an->paces.rank[b->car[i]], median = c->span.pace.median, faster = 0, no_slower = 0;
		for (int k = 0; k < b->r->ncars; k++) {
			int other = b->r->car[k].span.pace.median;
			faster += other != NOTHING && other < median;
			no_slower += other != NOTHING && other <= median;
		}
		snprintf(b->k.where, sizeof b->k.where, "car %s", c->id);
		if (median == NOTHING)
			same_int(&b->k, "rank", rank, 0);
		else {
			same_int(&b->k, "rank at least", rank > faster, true);
			same_int(&b->k, "rank at most", rank <= no_slower, true);
		}
	}
}

static void same_residuals(struct both *b)
{
	const struct paces *p = &b->an->paces;

	for (uint32_t number = 1; number < p->nresidual && number < REF_LAPS; number++) {
		bool known = b->r->residual_n[number] >= 3;
		snprintf(b->k.where, sizeof b->k.where, "lap %u", (unsigned)number);
		same_int(&b->k, "residual of the field", p->field_residual[number],
			 known ? ref_round(b->r->residual4[number], 4) : NOTHING);
	}
}

/* --- Pairs ----------------------------------------------------------------- */

static void same_interval(struct check *k, const char *what, const struct interval *got,
			  const struct ref_interval *want)
{
	char line[64];
	const int64_t a[] = {got->n, got->won, got->median, got->low, got->high, got->clear};
	const int64_t b[] = {want->n, want->won, want->median, want->low, want->high, want->clear};
	static const char *const name[] = {"n", "won", "median", "low", "high", "clear"};

	for (size_t i = 0; i < COUNT_OF(a); i++) {
		snprintf(line, sizeof line, "%s %s", what, name[i]);
		same_int(k, line, a[i], b[i]);
	}
}

static void same_ledger(struct both *b, const struct comparison *got, const struct ref_comparison *want)
{
	struct check *k = &b->k;

	same_int(k, "rows of the ledger", got->nledger, b->r->timed ? 0 : want->nledger);
	if (b->r->timed || got->nledger != (uint32_t)want->nledger)
		return;
	same_int(k, "sum of the ledger", got->ledger_sum, want->ledger_sum);
	for (int i = 0; i < want->nledger; i++) {
		const struct ledger_row *row = &got->ledger[i];
		const struct ref_ledger *w = &want->ledger[i];
		same_text(k, "row of the ledger", ledger_name(row->kind), w->what);
		same_int(k, "behind", row->behind == NO_CAR ? -1 : b->reference[row->behind], w->behind);
		same_int(k, "laps of the row", row->n, w->n);
		same_int(k, "sum of the row", row->sum, w->sum);
		same_int(k, "laps faster", row->faster, w->faster);
		for (int s = 0; s < REF_SECTORS; s++)
			same_int(k, "sector of the row", row->sector[s], w->sector[s]);
	}
}

static void same_comparison(struct both *b, const struct comparison *got, const struct ref_comparison *want)
{
	struct check *k = &b->k;

	same_int(k, "pairs", got->npairs, want->npairs);
	same_int(k, "clean pairs", got->nclean, want->nclean);
	same_int(k, "pairs in clear air", got->nclear, want->nclear);
	same_int(k, "rows", got->nrows, want->nplaces);
	for (int i = 0; i < want->nplaces && i < (int)got->nrows; i++) {
		const struct place_row *row = &got->row[i];
		const struct ref_place *w = &want->place[i];
		int at = row->sector >= 0 ? 1 + row->sector : row->mini >= 0 ? 1 + REF_SECTORS + row->mini : 0;
		same_int(k, "place of the row", at, w->row);
		same_interval(k, row->name, &row->all, &w->all);
		same_interval(k, "in clear air", &row->clear, &w->clear);
		same_int(k, "sum", row->sum, w->sum);
		same_int(k, "best of REF", row->ref_best, w->ref_best);
		same_int(k, "best of YOU", row->you_best, w->you_best);
		same_text(k, "verdict", verdict_word(row->verdict), w->verdict);
	}
	same_int(k, "headline from clear air", got->headline_clear, want->headline_clear);
	same_interval(k, "headline", &got->headline, &want->headline);
	for (int i = 0; i <= REF_SECTORS; i++) {
		same_interval(k, "one of four", &got->four[i], &want->four[i]);
		same_int(k, "sum over all pairs", got->sum[i], want->sum[i]);
		same_int(k, "won over all pairs", got->won[i], want->won[i]);
	}
	same_ledger(b, got, want);
}

static void same_pace_now(struct check *k, const struct pace_now *got, const struct ref_comparison *want)
{
	same_int(k, "laps of pace now", got->n, want->now_n);
	if (want->now_n < 5)
		return;
	double width = want->now_high - want->now_low;
	same_number(k, "pace now of YOU", got->you, want->now_you);
	same_number(k, "pace now of REF", got->ref, want->now_ref);
	same_number(k, "pace now", got->diff, want->now_diff);
	close_to(k, "pace now at least", got->low, want->now_low, 1e-6 * fmax(1, width));
	close_to(k, "pace now at most", got->high, want->now_high, 1e-6 * fmax(1, width));
}

static void same_pair(struct both *b, int ref, int you, struct arena *a)
{
	struct comparison got;
	struct ref_comparison want;
	struct pace_now now;
	struct err err = {0};

	snprintf(b->k.where, sizeof b->k.where, "%s against %s", b->r->car[you].id, b->r->car[ref].id);
	assert_ok(compare_make(b->an, (uint32_t)b->car[ref], (uint32_t)b->car[you], a, &got, &err), &err);
	reference_compare(b->r, ref, you, &want);
	same_comparison(b, &got, &want);
	if (!b->r->timed) {
		pace_now_make(b->an, &got, &now);
		same_pace_now(&b->k, &now, &want);
	}
}

/* --- All of it -------------------------------------------------------------- */

static struct both both_of(const struct analysis *an, const struct reference *r, const char *name)
{
	struct both b = {.s = an->session, .an = an, .r = r, .k = {.name = name}};

	assert_int_equal(b.s->ncars, r->ncars);
	for (int i = 0; i < r->ncars; i++) {
		b.car[i] = session_car(b.s, r->car[i].id);
		if (b.car[i] < 0)
			fail_msg("%s: no car %s", name, r->car[i].id);
		b.reference[b.car[i]] = i;
	}
	return b;
}

static unsigned long agreed(const struct check *k)
{
	if (k->different)
		fail_msg("%s: %lu of %lu figures differ", k->name, k->different, k->compared);
	return k->compared;
}

unsigned long agree_figures(const struct analysis *an, const struct reference *r, const char *name)
{
	struct both b = both_of(an, r, name);

	same_int(&b.k, "rows", b.s->laps.n, r->rows);
	for (int i = 0; i < r->ncars; i++)
		same_car(&b, i);
	same_session(&b);
	same_ranks(&b);
	same_residuals(&b);
	return agreed(&b.k);
}

unsigned long agree_pairs(const struct analysis *an, const struct reference *r, const char *name, bool every)
{
	struct both b = both_of(an, r, name);
	struct arena *a = arena_new(0);

	assert_non_null(a);
	for (int i = 0; i < r->ncars; i++)
		for (int k = 0; k < r->ncars; k++)
			if (every || abs(r->car[i].place - r->car[k].place) == 1)
				same_pair(&b, i, k, a);
	arena_free(a);
	return agreed(&b.k);
}
