#include "core/load/build_rows.h"

#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* --- Chaining: rows of one NUMBER become cars ------------------------------ */

const struct row *build_row_of(const struct chaining *c, uint32_t key)
{
	return &c->b->rows[c->k[key].row];
}

static unsigned char *lap_set(const struct chaining *c, uint32_t chain)
{
	return c->sets + (size_t)(chain - c->base) * LAP_SET;
}

static bool has_lap(const struct chaining *c, uint32_t chain, uint32_t lap)
{
	return lap <= UINT16_MAX && (lap_set(c, chain)[lap >> 3] >> (lap & 7) & 1);
}

static uint32_t open_chain(struct chaining *c, uint32_t key)
{
	if (c->nchains - c->base >= BUILD_SAME_NUMBER_MAX || c->nchains >= BUILD_CARS_MAX)
		return NONE;
	if (c->nchains == c->cap) {
		uint32_t cap = c->cap ? c->cap * 2 : 64;
		struct chain *wider = realloc(c->chains, cap * sizeof *wider);
		if (!wider) {
			c->b->nomem = true;
			return NONE;
		}
		c->chains = wider;
		c->cap = cap;
	}
	const struct row *r = build_row_of(c, key);
	c->chains[c->nchains] = (struct chain){.number = r->text[TEXT_NUMBER],
					       .tail = c->k[key].row,
					       .first_line = r->line,
					       .first_elapsed = r->elapsed,
					       .at_common = MS_NONE};
	memset(lap_set(c, c->nchains), 0, LAP_SET);
	return c->nchains++;
}

static void join(struct chaining *c, uint32_t chain, uint32_t key)
{
	struct chain *ch = &c->chains[chain];
	const struct row *r = build_row_of(c, key);
	c->chain_of[key] = chain;
	lap_set(c, chain)[r->lap >> 3] |= (unsigned char)(1U << (r->lap & 7));
	ch->laps++;
	if (r->lap > c->b->rows[ch->tail].lap)
		ch->tail = c->k[key].row;
	if (r->line < ch->first_line)
		ch->first_line = r->line;
}

/* Rule 2: finds for every row the one that was driven right before it. */
static void link_exact(struct chaining *c, uint32_t from, uint32_t to)
{
	for (uint32_t i = from; i < to; i++) {
		const struct row *r = build_row_of(c, i);
		struct key wanted = {r->text[TEXT_NUMBER], r->elapsed - r->time, r->lap - 1U, 0, 0};
		/* Mostly it is the neighbour; else it is looked up among those before. */
		uint32_t lo = i > from && build_same_place(&c->k[i - 1], &wanted) ? i - 1 : from,
			 hi = lo == from ? i : lo;
		while (lo < hi) {
			uint32_t mid = lo + (hi - lo) / 2;
			if (build_key_cmp(&c->k[mid], &wanted) < 0)
				lo = mid + 1;
			else
				hi = mid;
		}
		bool found = r->lap > 1 && lo < i && build_same_place(&c->k[lo], &wanted) && c->next[lo] == NONE;
		c->prev[i] = found ? lo : NONE;
		if (found)
			c->next[lo] = i;
	}
}

enum { POOR_FIT = 600000, OTHER_TEXT = 3600000, LOOK_AHEAD = 256 };

/* How badly a run that starts with this row fits behind a car's last one: what the laps lost between them would have to
 * make up for, in ms; much more where none is lost, since then the clock should fit exactly, or where texts differ. */
static int64_t misfit(const struct chaining *c, uint32_t chain, const struct row *r)
{
	const struct row *tail = &c->b->rows[c->chains[chain].tail];
	int64_t lost = (int64_t)r->lap - tail->lap - 1;
	int64_t gap = (int64_t)r->elapsed - r->time - tail->elapsed;
	int64_t cost = llabs(gap - lost * (r->time < tail->time ? r->time : tail->time));
	if (lost == 0)
		cost += POOR_FIT;
	for (int i = TEXT_CLASS; i < TEXT_COLUMNS; i++)
		cost += r->text[i] != tail->text[i] ? OTHER_TEXT : 0;
	return cost;
}

static bool can_follow(const struct chaining *c, uint32_t chain, const struct row *r)
{
	const struct row *tail = &c->b->rows[c->chains[chain].tail];
	return tail->lap < r->lap && tail->elapsed < r->elapsed;
}

/* Runs that overlap are of two cars. Does one that starts during this run fit the car better? */
static bool better_taker(const struct chaining *c, uint32_t chain, uint32_t head, int64_t cost)
{
	uint32_t last = head;
	while (c->next[last] != NONE)
		last = c->next[last];
	for (uint32_t i = head + 1; i < last && i - head < LOOK_AHEAD; i++) {
		const struct row *r = build_row_of(c, i);
		if (c->prev[i] == NONE && can_follow(c, chain, r) && misfit(c, chain, r) < cost)
			return true;
	}
	return false;
}

static uint32_t nearest_chain(const struct chaining *c, uint32_t head)
{
	uint32_t best = NONE;
	int64_t least = INT64_MAX;
	for (uint32_t i = c->base; i < c->nchains; i++) {
		int64_t cost =
			can_follow(c, i, build_row_of(c, head)) ? misfit(c, i, build_row_of(c, head)) : INT64_MAX;
		if (cost < least) {
			least = cost;
			best = i;
		}
	}
	if (best != NONE && least >= POOR_FIT && better_taker(c, best, head, least))
		return NONE;
	return best;
}

/* A car that has none of the run's laps (`inside`: but later ones): the run's ELAPSED is what is wrong with it. */
static uint32_t chain_with_hole(const struct chaining *c, uint32_t head, bool inside)
{
	for (uint32_t i = c->base; i < c->nchains; i++) {
		uint32_t k = head;
		while (k != NONE && !has_lap(c, i, build_row_of(c, k)->lap))
			k = c->next[k];
		if (k == NONE && (!inside || c->b->rows[c->chains[i].tail].lap > build_row_of(c, head)->lap))
			return i;
	}
	return NONE;
}

static void refuse_crowd(struct chaining *c, uint32_t key)
{
	char why[100];
	c->chain_of[key] = NONE;
	if (c->nchains >= BUILD_CARS_MAX)
		snprintf(why, sizeof why, "more than %d cars in one file", BUILD_CARS_MAX);
	else
		snprintf(why, sizeof why, "more than %d cars would carry this NUMBER", BUILD_SAME_NUMBER_MAX);
	build_refuse(c->b, build_row_of(c, key)->line, why);
}

static void join_run(struct chaining *c, uint32_t chain, uint32_t head)
{
	for (uint32_t k = head; k != NONE; k = c->next[k]) {
		if (chain == NONE)
			refuse_crowd(c, k);
		else
			join(c, chain, k);
	}
}

static bool is_lone_row(const struct chaining *c, uint32_t head)
{
	return c->next[head] == NONE && build_row_of(c, head)->lap > 1;
}

/* Rule 3, for the rows that have ELAPSED. A lone row that fits nowhere may be one whose ELAPSED is damaged: it waits until
 * all runs have a car, and fills the hole it left. */
static void chain_timed(struct chaining *c, uint32_t from, uint32_t to)
{
	link_exact(c, from, to);
	for (int pass = 1; pass <= 2; pass++) {
		for (uint32_t i = from; i < to; i++) {
			if (c->prev[i] != NONE || c->chain_of[i] != WAITING)
				continue;
			uint32_t chain = nearest_chain(c, i);
			if (chain == NONE)
				chain = chain_with_hole(c, i, pass == 1 || !is_lone_row(c, i));
			if (chain == NONE && pass == 1 && is_lone_row(c, i))
				continue;
			join_run(c, chain != NONE ? chain : open_chain(c, i), i);
		}
	}
}

/* Rule 4: the car that lacks this lap and has the one before; among equals the one that got a row last. */
static uint32_t chain_lacking(const struct chaining *c, const struct row *r)
{
	uint32_t best = NONE;
	unsigned best_score = 0;
	for (uint32_t i = c->base; i < c->nchains; i++) {
		if (has_lap(c, i, r->lap))
			continue;
		unsigned score = has_lap(c, i, r->lap - 1U) ? 3 : has_lap(c, i, r->lap + 1U) ? 2 : 1;
		bool later = best != NONE && score == best_score && c->chains[i].touched > c->chains[best].touched;
		if (score > best_score || later) {
			best = i;
			best_score = score;
		}
	}
	return best;
}

static int key_line_cmp(const void *pa, const void *pb)
{
	const struct key *a = pa, *b = pb;
	return (a->line > b->line) - (a->line < b->line);
}

static void chain_untimed(struct chaining *c, uint32_t from, uint32_t to)
{
	if (to > from)
		qsort(&c->k[from], to - from, sizeof *c->k, key_line_cmp);
	for (uint32_t i = from; i < to; i++) {
		uint32_t chain = chain_lacking(c, build_row_of(c, i));
		if (chain == NONE)
			chain = open_chain(c, i);
		if (chain == NONE) {
			refuse_crowd(c, i);
			continue;
		}
		join(c, chain, i);
		c->chains[chain].touched = c->k[i].line;
	}
}

/* --- Naming --------------------------------------------------------------- */

static bool is_short(const struct chain *ch, uint32_t longest)
{
	return (uint64_t)ch->laps * 2 < longest;
}

static uint32_t highest_lap(const struct chaining *c)
{
	uint32_t lap = 0;
	for (uint32_t i = c->base; i < c->nchains; i++) {
		uint32_t last = c->b->rows[c->chains[i].tail].lap;
		lap = last > lap ? last : lap;
	}
	return lap;
}

static bool common_lap(const struct chaining *c, uint32_t longest, uint32_t *out)
{
	for (uint32_t lap = highest_lap(c); lap > 0; lap--) {
		bool all = true;
		for (uint32_t i = c->base; i < c->nchains && all; i++)
			all = is_short(&c->chains[i], longest) || has_lap(c, i, lap);
		if (all) {
			*out = lap;
			return true;
		}
	}
	return false;
}

/* Does a come before b? Short cars last, then later at the common lap first, then more laps, then the later starter. A
 * total order: lines differ. */
static bool comes_before(const struct chain *a, const struct chain *b, uint32_t longest)
{
	if (is_short(a, longest) != is_short(b, longest))
		return !is_short(a, longest);
	if (a->at_common != b->at_common)
		return a->at_common > b->at_common;
	if (a->laps != b->laps)
		return a->laps > b->laps;
	if (a->first_elapsed != b->first_elapsed)
		return a->first_elapsed > b->first_elapsed;
	return a->first_line < b->first_line;
}

static bool chain_before(const struct chaining *c, uint32_t i, uint32_t k, uint32_t longest)
{
	const struct chain *a = &c->chains[i], *b = &c->chains[k];
	return c->untimed ? a->first_line < b->first_line : comes_before(a, b, longest);
}

/* Ranks the chains of one number; from..to are its keys. */
static void rank_chains(struct chaining *c, uint32_t from, uint32_t to)
{
	uint32_t longest = 0, lap = 0;
	for (uint32_t i = c->base; i < c->nchains; i++)
		longest = c->chains[i].laps > longest ? c->chains[i].laps : longest;
	if (c->nchains - c->base > 1 && !c->untimed && common_lap(c, longest, &lap))
		for (uint32_t k = from; k < to; k++)
			if (c->chain_of[k] != NONE && build_row_of(c, k)->lap == lap &&
			    !is_short(&c->chains[c->chain_of[k]], longest))
				c->chains[c->chain_of[k]].at_common = build_row_of(c, k)->elapsed;
	for (uint32_t i = c->base; i < c->nchains; i++) {
		c->chains[i].rank = 1;
		for (uint32_t j = c->base; j < c->nchains; j++)
			if (j != i && chain_before(c, j, i, longest))
				c->chains[i].rank++;
	}
}

void build_chain_numbers(struct chaining *c)
{
	for (uint32_t from = 0; from < c->n;) {
		uint32_t to = from, timed;
		while (to < c->n && c->k[to].number == c->k[from].number)
			to++;
		for (timed = from; timed < to && c->k[timed].elapsed == MS_NONE; timed++)
			;
		c->base = c->nchains;
		c->untimed = timed > from;
		chain_timed(c, timed, to);
		chain_untimed(c, from, timed);
		rank_chains(c, from, to);
		from = to;
	}
}
