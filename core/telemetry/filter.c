#include <stdlib.h>
#include <string.h>

#include "core/telemetry/rows_fast.h"
#include "core/telemetry/text.h"

/* --- Where the car stands in a row --------------------------------------------------- */

static bool between(int column, int first, int last)
{
	return column >= first && column <= last;
}

/* The columns that name the car, as one stretch without anything of changing length in it. */
static bool find_columns(struct tel_filter *f, const struct tel_dialect *d)
{
	int a = d->at[COL_VEHICLE], b = d->at[COL_NUMBER];

	if (a < 0 && b < 0)
		return false;
	f->first = a < 0 ? b : b < 0 || a < b ? a : b;
	f->last = a > b ? a : b;
	return !between(d->at[COL_NAME], f->first, f->last) && !between(d->at[COL_VALUE], f->first, f->last);
}

void tel_filter_init(struct tel_filter *f, struct tel_taker *k)
{
	const struct tel_dialect *d = k->d;

	memset(f, 0, sizeof *f);
	f->k = k;
	f->mode = FILTER_OFF;
	if (k->wanted.n == 0 || d->shape == TEL_JSON || d->delim != ',' || d->columns < 2 || !find_columns(f, d))
		return;
	f->span = malloc(FILTER_SLOTS / 2 * sizeof *f->span);
	if (!f->span)
		return;
	bool name_before = d->shape != TEL_WIDE && (d->at[COL_NAME] < f->first || d->at[COL_VALUE] < f->first);
	if (f->last == (int)d->columns - 1)
		f->mode = FILTER_TAIL;
	else if (!name_before)
		f->mode = FILTER_FRONT;
}

void tel_filter_release(struct tel_filter *f)
{
	free(f->span);
}

void tel_filter_buffer(struct tel_filter *f, const char *p, size_t n)
{
	f->quotes = f->mode == FILTER_TAIL && memchr(p, '"', n) != NULL;
}

/* --- Spans ----------------------------------------------------------------------------- */

static uint64_t load8(const void *p)
{
	uint64_t v;

	memcpy(&v, p, sizeof v);
	return v;
}

static uint32_t slot_of(uint64_t v)
{
	return (uint32_t)(v * UINT64_C(0x9e3779b97f4a7c15) >> 40) % FILTER_SLOTS;
}

static bool same_tail(const struct tel_span *s, const char *p, size_t n)
{
	const char *from = p + n - s->n;

	if (n < s->n)
		return false;
	if (s->n >= 8 && s->n <= 16)
		return load8(p + n - 8) == load8(s->bytes + s->n - 8) && load8(from) == load8(s->bytes);
	return memcmp(from, s->bytes, s->n) == 0;
}

/* Spans in front are filled up to whole words, with a mask of nothing. */
static bool same_front(const struct tel_span *s, const char *p, size_t n)
{
	if (n < s->n)
		return false;
	for (uint32_t i = 0; i < s->n; i += 8) {
		uint32_t at = i + 8 <= s->n ? i : s->n - 8;
		if ((load8(p + at) ^ load8(s->bytes + at)) & load8(s->mask + at))
			return false;
	}
	return true;
}

static bool fits(const struct tel_filter *f, uint32_t i, const char *p, size_t n)
{
	return f->mode == FILTER_TAIL ? same_tail(&f->span[i], p, n) : same_front(&f->span[i], p, n);
}

/* The eight bytes that tell cars apart: the last of the line, or the last of the span that fitted before. */
static bool key_of(const struct tel_filter *f, const char *p, size_t n, uint64_t *key)
{
	size_t end = f->mode == FILTER_TAIL ? n : f->span[f->recent].n;

	if (n < end || end < 8)
		return false;
	*key = load8(p + end - 8);
	return true;
}

bool tel_filter_skips(struct tel_filter *f, const char *p, size_t n)
{
	uint64_t key;

	if (f->mode == FILTER_OFF || f->nspans == 0 || f->quotes)
		return false;
	n -= n > 0 && p[n - 1] == '\r';
	if (fits(f, f->recent, p, n))
		return true;
	if (!key_of(f, p, n, &key))
		return false;
	uint32_t i = f->slot[slot_of(key)];
	if (i == 0 || !fits(f, i - 1, p, n))
		return false;
	f->recent = i - 1;
	return true;
}

/* --- Learning ---------------------------------------------------------------------------- */

/* Digits of a time in front of the car may be others: none of what passes for a digit here can end a field. */
static void relax_time(struct tel_span *s, const char *p, struct str f)
{
	size_t off = (size_t)(f.p - p);
	int64_t ms;

	if (f.n != FAST_TIME || off + f.n > s->n || !tel_time_plain(f.p, &ms))
		return;
	for (size_t i = 0; i < FAST_TIME; i++)
		if (f.p[i] >= '0' && f.p[i] <= '9')
			s->mask[off + i] = 0xf0;
}

static bool make_span(const struct tel_filter *f, struct tel_span *s, const char *p, size_t n, const struct str *field)
{
	const struct tel_dialect *d = f->k->d;
	const struct str *a = &field[f->first], *b = &field[f->last];
	size_t from = 0, end = n;

	if (f->mode == FILTER_TAIL) {
		from = (size_t)(a->p - p);
		if (from == 0 || p[from - 1] != ',' || memchr(p, '"', n))
			return false;
		from--;
	} else {
		end = (size_t)(b->p + b->n - p);
		end += end < n && p[end] == '"';
		if (end >= n || p[end] != ',')
			return false;
		end++;
	}
	s->n = (uint32_t)(end - from);
	if (s->n < 8 || s->n > FILTER_SPAN)
		return false;
	memcpy(s->bytes, p + from, s->n);
	memset(s->mask, 0xff, s->n);
	if (f->mode == FILTER_FRONT) {
		if (d->at[COL_META] >= 0)
			relax_time(s, p, field[d->at[COL_META]]);
		if (d->at[COL_STAMP] >= 0)
			relax_time(s, p, field[d->at[COL_STAMP]]);
	}
	return true;
}

void tel_filter_learn(struct tel_filter *f, const char *p, size_t n, const struct str *field, uint32_t nfields)
{
	struct tel_span *s;

	if (f->mode == FILTER_OFF || f->k->unwanted == TEL_NO_IDENT || nfields != f->k->d->columns)
		return;
	if (f->nspans == FILTER_SLOTS / 2) { /* more builds than there are cars: begin again */
		f->nspans = 0;
		memset(f->slot, 0, sizeof f->slot);
	}
	s = &f->span[f->nspans];
	if (!make_span(f, s, p, n, field))
		return;
	f->recent = f->nspans++;
	f->slot[slot_of(load8(s->bytes + s->n - 8))] = (uint16_t)(f->recent + 1);
}
