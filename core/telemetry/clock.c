#include "core/telemetry/clock.h"

#include <stdlib.h>
#include <string.h>

enum {
	JUMP_MS = 10000,
	SAME_MS = 5000,
	LATE_MS = 10 * 60 * 1000,
	SMALL = 200,
	SAMPLES_MAX = 8192,
	SAMPLES_MANY = 512,
	FEW_PIECES = 16
};

struct piece {
	int64_t *sample; /* every stride-th difference */
	uint32_t n, cap, max, stride, skip;
	uint64_t ticks;
	int64_t first, last; /* of the car's clock */
	int64_t envelope;
	uint32_t run;
};

struct run {
	int64_t offset, first, last;
	uint64_t ticks;
};

struct tel_clock {
	struct piece *piece;
	uint32_t n, cap;
	struct run *run;
	uint32_t nruns;
	int64_t before; /* the last difference */
};

struct tel_clock *tel_clock_new(void)
{
	return calloc(1, sizeof(struct tel_clock));
}

void tel_clock_free(struct tel_clock *c)
{
	if (!c)
		return;
	for (uint32_t i = 0; i < c->n; i++)
		free(c->piece[i].sample);
	free(c->piece);
	free(c->run);
	free(c);
}

static bool new_piece(struct tel_clock *c, int64_t clock)
{
	if (c->n == c->cap) {
		uint32_t cap = c->cap ? c->cap * 2 : 4;
		struct piece *wider = realloc(c->piece, cap * sizeof *wider);
		if (!wider)
			return false;
		c->piece = wider;
		c->cap = cap;
	}
	c->piece[c->n] = (struct piece){
		.stride = 1, .first = clock, .last = clock, .max = c->n < FEW_PIECES ? SAMPLES_MAX : SAMPLES_MANY};
	c->n++;
	return true;
}

/* Every second sample goes, and from now on only every second comes. */
static void thin_out(struct piece *p)
{
	p->n /= 2;
	for (uint32_t i = 0; i < p->n; i++)
		p->sample[i] = p->sample[(size_t)2 * i];
	p->stride *= 2;
}

static bool keep(struct piece *p, int64_t difference)
{
	if (p->skip > 0) {
		p->skip--;
		return true;
	}
	if (p->n == p->max)
		thin_out(p);
	if (p->n == p->cap) {
		uint32_t cap = p->cap ? p->cap * 4 : 32;
		int64_t *wider = realloc(p->sample, cap * sizeof *wider);
		if (!wider)
			return false;
		p->sample = wider;
		p->cap = cap;
	}
	p->sample[p->n++] = difference;
	p->skip = p->stride - 1;
	return true;
}

uint32_t tel_clock_feed(struct tel_clock *c, int64_t clock, int64_t meta)
{
	int64_t difference = meta - clock, jump = difference - c->before;

	if (c->n == 0 || ((jump > JUMP_MS || jump < -JUMP_MS) && c->n < TEL_PIECES_MAX))
		if (!new_piece(c, clock))
			return UINT32_MAX;
	c->before = difference;
	struct piece *p = &c->piece[c->n - 1];
	if (clock < p->first)
		p->first = clock;
	if (clock > p->last)
		p->last = clock;
	p->ticks++;
	return keep(p, difference) ? c->n - 1 : UINT32_MAX;
}

uint32_t tel_clock_pieces(const struct tel_clock *c)
{
	return c->n;
}

/* --- Runs --------------------------------------------------------------------- */

static int by_value(const void *pa, const void *pb)
{
	int64_t a = *(const int64_t *)pa, b = *(const int64_t *)pb;

	return (a > b) - (a < b);
}

static int by_envelope(const void *pa, const void *pb)
{
	const struct piece *a = *(struct piece *const *)pa, *b = *(struct piece *const *)pb;

	if (a->envelope != b->envelope)
		return a->envelope < b->envelope ? -1 : 1;
	return (a > b) - (a < b);
}

/* The 1st percentile of sorted values. */
static int64_t low_end(const int64_t *v, uint32_t n)
{
	return v[n / 100];
}

static bool encloses(const struct run *r, const struct piece *p)
{
	return p->first >= r->first && p->last <= r->last;
}

static bool fits(const struct run *r, const struct piece *p)
{
	int64_t later = p->envelope - r->offset;

	return later < SAME_MS || (later < LATE_MS && (p->ticks < SMALL || encloses(r, p)));
}

static void join(struct tel_clock *c, uint32_t at, struct piece *p)
{
	struct run *r = &c->run[at];

	p->run = at;
	r->ticks += p->ticks;
	if (p->first < r->first)
		r->first = p->first;
	if (p->last > r->last)
		r->last = p->last;
}

/* Pieces come from the least late to the latest, so that what a run is measured by is there before what only joins it. */
static void assign(struct tel_clock *c, struct piece *p)
{
	for (uint32_t i = c->nruns; i-- > 0;) {
		if (fits(&c->run[i], p)) {
			join(c, i, p);
			return;
		}
	}
	c->run[c->nruns] = (struct run){.offset = p->envelope, .first = p->first, .last = p->last};
	join(c, c->nruns++, p);
}

/* A run's offset is the percentile of all that is in the pieces whose own lies within 5 s of its lowest. A piece that was thinned out counts
 * with its stride. */
static bool measure(struct tel_clock *c, uint32_t run)
{
	struct run *r = &c->run[run];
	uint32_t n = 0, stride = 1;

	for (uint32_t i = 0; i < c->n; i++)
		if (c->piece[i].run == run && c->piece[i].envelope - r->offset < SAME_MS && c->piece[i].stride > stride)
			stride = c->piece[i].stride;
	for (uint32_t i = 0; i < c->n; i++)
		n += c->piece[i].run == run ? c->piece[i].n : 0;
	int64_t *all = malloc((n ? n : 1) * sizeof *all);
	if (!all)
		return false;
	n = 0;
	for (uint32_t i = 0; i < c->n; i++) {
		struct piece *p = &c->piece[i];
		if (p->run != run || p->envelope - r->offset >= SAME_MS)
			continue;
		for (uint32_t k = 0; k < p->n; k += stride / p->stride)
			all[n++] = p->sample[k];
	}
	if (n > 0) {
		qsort(all, n, sizeof *all, by_value);
		r->offset = low_end(all, n);
	}
	free(all);
	return true;
}

bool tel_clock_finish(struct tel_clock *c)
{
	struct piece **order = calloc((size_t)c->n + 1, sizeof(struct piece *));
	bool ok = order && (c->run = calloc(c->n + 1, sizeof *c->run)) != NULL;

	for (uint32_t i = 0; ok && i < c->n; i++) {
		struct piece *p = &c->piece[i];
		int64_t *sorted = malloc(p->n * sizeof *sorted);
		ok = sorted != NULL;
		if (!ok)
			break;
		memcpy(sorted, p->sample, p->n * sizeof *sorted);
		qsort(sorted, p->n, sizeof *sorted, by_value);
		p->envelope = low_end(sorted, p->n);
		free(sorted);
		order[i] = p;
	}
	if (ok && c->n > 1)
		qsort(order, c->n, sizeof(struct piece *), by_envelope);
	for (uint32_t i = 0; ok && i < c->n; i++)
		assign(c, order[i]);
	for (uint32_t i = 0; ok && i < c->nruns; i++)
		ok = measure(c, i);
	free(order);
	return ok;
}

uint32_t tel_clock_runs(const struct tel_clock *c)
{
	return c->nruns;
}

uint32_t tel_clock_run(const struct tel_clock *c, uint32_t piece)
{
	return c->piece[piece].run;
}

int64_t tel_clock_offset(const struct tel_clock *c, uint32_t run)
{
	return c->run[run].offset;
}

uint32_t tel_clock_longest(const struct tel_clock *c)
{
	uint32_t best = 0;

	for (uint32_t i = 1; i < c->nruns; i++)
		if (c->run[i].ticks > c->run[best].ticks)
			best = i;
	return best;
}
