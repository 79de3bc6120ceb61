/* Layout: magic u32, checksum u64 (of all behind it), from i64, n u32, channels u32, nlaps u32; nlaps x {ticks u16, lap u16}; n x step u16 (the
 * first 0); for each channel in order: all u8 (1: every tick has it; 0: a bit a tick stands in front), then the values. */
#include "core/telemetry/pack.h"

#include <math.h>
#include <string.h>

static const uint32_t magic = 0x31545750; /* "PWT1" */
enum { HEAD = 4 + 8 + 8 + 4 + 4 + 4, SUMMED = 12 };

/* --- Checksum ------------------------------------------------------------------- */

static uint64_t load8(const char *p)
{
	uint64_t v;

	memcpy(&v, p, sizeof v);
	return v;
}

/* Four lanes of multiply and add: as quick as memory, and every changed byte shows. */
static uint64_t checksum(const char *p, size_t n)
{
	static const uint64_t k = UINT64_C(0x9e3779b97f4a7c15);
	uint64_t lane[4] = {1, 2, 3, 4}, sum = n * k;

	for (; n >= 32; p += 32, n -= 32)
		for (int i = 0; i < 4; i++)
			lane[i] = (lane[i] ^ load8(p + (size_t)8 * (size_t)i)) * k;
	for (; n > 0; p++, n--)
		lane[n & 3] = (lane[n & 3] ^ (unsigned char)*p) * k;
	for (int i = 0; i < 4; i++)
		sum = (sum ^ (lane[i] ^ lane[i] >> 32)) * k;
	return sum ^ sum >> 29;
}

/* --- Packing ----------------------------------------------------------------------- */

size_t tel_pack_fits(const struct tel_tick *t, size_t n)
{
	size_t i = 1;

	if (n > PACK_TICKS_MAX)
		n = PACK_TICKS_MAX;
	while (i < n && t[i].clock - t[i - 1].clock <= PACK_STEP_MAX)
		i++;
	return i < n ? i : n;
}

static void put(struct buf *b, const void *p, size_t n)
{
	buf_add(b, p, n);
}

static void put_laps(struct buf *b, const struct tel_tick *t, size_t n, uint32_t *runs)
{
	size_t from = 0;

	*runs = 0;
	for (size_t i = 1; i <= n; i++) {
		if (i < n && t[i].lap == t[from].lap)
			continue;
		uint16_t run[2] = {(uint16_t)(i - from), t[from].lap};
		put(b, run, sizeof run);
		from = i;
		++*runs;
	}
}

static void put_steps(struct buf *b, const struct tel_tick *t, size_t n)
{
	char *room = buf_room(b, 2 * n);

	for (size_t i = 0; room && i < n; i++) {
		uint16_t step = i ? (uint16_t)(t[i].clock - t[i - 1].clock) : 0;
		memcpy(room + 2 * i, &step, 2);
	}
	b->n += room ? 2 * n : 0;
}

static void put_bits(struct buf *b, const struct tel_tick *t, size_t n, int channel)
{
	size_t bytes = (n + 7) / 8;
	char *room = buf_room(b, bytes);

	if (!room)
		return;
	memset(room, 0, bytes);
	for (size_t i = 0; i < n; i++)
		room[i / 8] = (char)(room[i / 8] | (t[i].mask >> channel & 1u) << (i % 8));
	b->n += bytes;
}

static void put_values(struct buf *b, const struct tel_tick *t, size_t n, int channel)
{
	size_t size = channel >= TEL_LAT ? 8 : 4, at = 0;
	char *room = buf_room(b, n * size);

	for (size_t i = 0; room && i < n; i++) {
		if (!(t[i].mask & 1u << channel))
			continue;
		if (channel >= TEL_LAT)
			memcpy(room + at, &t[i].gps[channel - TEL_LAT], 8);
		else
			memcpy(room + at, &t[i].v[channel], 4);
		at += size;
	}
	b->n += at;
}

static void put_channel(struct buf *b, const struct tel_tick *t, size_t n, int channel)
{
	size_t have = 0;

	for (size_t i = 0; i < n; i++)
		have += t[i].mask >> channel & 1u;
	buf_char(b, have == n);
	if (have != n)
		put_bits(b, t, n, channel);
	put_values(b, t, n, channel);
}

bool tel_pack(struct buf *b, const struct tel_tick *t, size_t n)
{
	size_t start = b->n;
	uint32_t count = (uint32_t)n, channels = 0, runs = 0;
	uint64_t sum = 0;

	for (size_t i = 0; i < n; i++)
		channels |= t[i].mask;
	put(b, &magic, 4);
	put(b, &sum, 8);
	put(b, &t[0].clock, 8);
	put(b, &count, 4);
	put(b, &channels, 4);
	put(b, &runs, 4);
	put_laps(b, t, n, &runs);
	put_steps(b, t, n);
	for (int c = 0; c < TEL_CHANNELS; c++)
		if (channels & 1u << c)
			put_channel(b, t, n, c);
	if (b->failed)
		return false;
	memcpy(b->p + start + HEAD - 4, &runs, 4);
	sum = checksum(b->p + start + SUMMED, b->n - start - SUMMED);
	memcpy(b->p + start + 4, &sum, 8);
	return true;
}

/* --- Unpacking ------------------------------------------------------------------------ */

struct reading {
	const char *p, *end;
	struct tel_packed head;
	uint32_t runs;
};

static bool take(struct reading *r, void *to, size_t n)
{
	if ((size_t)(r->end - r->p) < n)
		return false;
	if (to)
		memcpy(to, r->p, n);
	r->p += n;
	return true;
}

static bool begin(struct reading *r, struct str bytes)
{
	uint32_t word;
	uint64_t sum;

	r->p = bytes.p;
	r->end = bytes.p + bytes.n;
	if (!take(r, &word, 4) || word != magic || !take(r, &sum, 8) || sum != checksum(r->p, (size_t)(r->end - r->p)))
		return false;
	return take(r, &r->head.from, 8) && take(r, &r->head.n, 4) && take(r, &r->head.channels, 4) &&
	       take(r, &r->runs, 4) && r->head.n > 0 && r->head.n <= PACK_TICKS_MAX && r->runs <= r->head.n &&
	       r->head.channels < 1u << TEL_CHANNELS;
}

static bool times(struct reading *r, int64_t *clock, uint16_t *lap)
{
	uint32_t at = 0;
	int64_t now = r->head.from;

	for (uint32_t i = 0; i < r->runs; i++) {
		uint16_t run[2];
		if (!take(r, run, sizeof run) || run[0] > r->head.n - at)
			return false;
		for (uint32_t k = 0; lap && k < run[0]; k++)
			lap[at + k] = run[1];
		at += run[0];
	}
	if (at != r->head.n || (size_t)(r->end - r->p) < 2 * (size_t)r->head.n)
		return false;
	for (uint32_t i = 0; i < r->head.n; i++) {
		uint16_t step;
		memcpy(&step, r->p + (size_t)2 * i, 2);
		now += step;
		if (clock)
			clock[i] = now;
	}
	r->head.to = now;
	r->p += 2 * (size_t)r->head.n;
	return true;
}

static size_t count_bits(const unsigned char *bits, uint32_t n)
{
	size_t have = 0;

	for (uint32_t i = 0; i < n; i++)
		have += bits[i / 8] >> (i % 8) & 1u;
	return have;
}

/* The column that r stands before: its bits (NULL: every tick) and values; r passes it. */
static bool column(struct reading *r, int channel, const unsigned char **bits, const char **values)
{
	size_t size = channel >= TEL_LAT ? 8 : 4, have = r->head.n;
	unsigned char all;

	if (!take(r, &all, 1) || all > 1)
		return false;
	*bits = NULL;
	if (!all) {
		*bits = (const unsigned char *)r->p;
		if (!take(r, NULL, (r->head.n + 7) / 8))
			return false;
		have = count_bits(*bits, r->head.n);
	}
	*values = r->p;
	return take(r, NULL, have * size);
}

bool tel_pack_head(struct str bytes, struct tel_packed *head)
{
	struct reading r;

	if (!begin(&r, bytes) || !times(&r, NULL, NULL))
		return false;
	*head = r.head;
	return true;
}

bool tel_unpack_times(struct str bytes, struct tel_packed *head, int64_t *clock, uint16_t *lap)
{
	struct reading r;

	if (!begin(&r, bytes) || !times(&r, clock, lap))
		return false;
	*head = r.head;
	return true;
}

static void spread(uint32_t n, const unsigned char *bits, const char *values, size_t size, char *to,
		   const void *missing)
{
	if (!bits) {
		memcpy(to, values, n * size);
		return;
	}
	for (uint32_t i = 0; i < n; i++) {
		bool has = bits[i / 8] >> (i % 8) & 1u;
		memcpy(to + i * size, has ? values : missing, size);
		values += has ? size : 0;
	}
}

bool tel_unpack_columns(struct str bytes, struct tel_packed *head, struct tel_columns *to)
{
	static const float no_float = NAN;
	static const double no_double = (double)NAN;
	struct reading r;
	const unsigned char *bits;
	const char *values;

	if (!begin(&r, bytes) || !times(&r, to->clock, to->lap))
		return false;
	for (int c = 0; c < TEL_CHANNELS; c++) {
		if (!(r.head.channels & 1u << c))
			continue;
		if (!column(&r, c, &bits, &values))
			return false;
		if (c >= TEL_LAT)
			spread(r.head.n, bits, values, 8, (char *)to->gps[c - TEL_LAT], &no_double);
		else
			spread(r.head.n, bits, values, 4, (char *)to->v[c], &no_float);
	}
	*head = r.head;
	return true;
}

static void fill(const struct reading *r, int channel, const unsigned char *bits, const char *values,
		 struct tel_tick *t)
{
	for (uint32_t i = 0; i < r->head.n; i++) {
		if (bits && !(bits[i / 8] >> (i % 8) & 1u))
			continue;
		t[i].mask |= 1u << channel;
		if (channel >= TEL_LAT) {
			memcpy(&t[i].gps[channel - TEL_LAT], values, 8);
			values += 8;
		} else {
			memcpy(&t[i].v[channel], values, 4);
			values += 4;
		}
	}
}

bool tel_unpack(struct str bytes, struct tel_tick *t)
{
	int64_t clock[PACK_TICKS_MAX];
	uint16_t lap[PACK_TICKS_MAX];
	struct reading r;
	const unsigned char *bits;
	const char *values;

	if (!begin(&r, bytes) || !times(&r, clock, lap))
		return false;
	for (uint32_t i = 0; i < r.head.n; i++)
		t[i] = (struct tel_tick){.clock = clock[i], .meta = clock[i], .lap = lap[i]};
	for (int c = 0; c < TEL_CHANNELS; c++) {
		if (!(r.head.channels & 1u << c))
			continue;
		if (!column(&r, c, &bits, &values))
			return false;
		fill(&r, c, bits, values, t);
	}
	return true;
}
