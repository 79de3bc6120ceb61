/* Any bytes as raw telemetry: the fast path and libcsv must agree on every tick and count, chosen cars and all cars, and what is packed must come out
 * of the pack as it was. The same bytes as a packed stretch must be taken or refused, never read past their end. */
#include <fcntl.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/telemetry/dialect.h"
#include "core/telemetry/json.h"
#include "core/telemetry/pack.h"
#include "core/telemetry/rows.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool ok)
{
	if (!ok)
		abort();
}

static bool same_tick(const struct tel_batch_tick *a, const struct tel_batch_tick *b)
{
	if (a->ident != b->ident || a->outside != b->outside || a->t.clock != b->t.clock || a->t.meta != b->t.meta ||
	    a->t.mask != b->t.mask || a->t.lap != b->t.lap || a->t.rows != b->t.rows)
		return false;
	for (int c = 0; c < TEL_CHANNELS; c++) {
		double x = tel_tick_get(&a->t, c), y = tel_tick_get(&b->t, c);
		if (memcmp(&x, &y, sizeof x) != 0)
			return false;
	}
	return true;
}

/* A wish leaves out rows of other cars: of those that nobody asked for the two need not have seen the same. */
static void same_batch(const struct tel_batch *a, const struct tel_batch *b, bool all)
{
	must(!a->failed && !b->failed && a->n == b->n && a->lines == b->lines);
	if (all)
		must(a->rows == b->rows && a->refused == b->refused && a->ncars == b->ncars);
	for (size_t i = 0; i < a->n; i++) {
		struct tel_batch_tick x = a->tick[i], y = b->tick[i];
		const struct tel_who *p = &tel_ident(a->idents, x.ident)->who, *q = &tel_ident(b->idents, y.ident)->who;
		must(str_eq(p->vehicle, q->vehicle) && str_eq(p->number, q->number) && str_eq(p->event, q->event) &&
		     str_eq(p->race, q->race));
		must(memcmp(&a->car[x.ident].counts, &b->car[y.ident].counts, sizeof(struct tel_counts)) == 0);
		y.ident = x.ident;
		must(same_tick(&x, &y));
	}
}

/* Ticks of all cars as one: settled, packed, unpacked. */
static void pack(struct tel_batch *b)
{
	struct tel_counts counts = {0};
	struct tel_tick *t = malloc((b->n + 1) * sizeof *t), *back = malloc(PACK_TICKS_MAX * sizeof *back);
	struct tel_packed head;
	struct buf bytes;

	must(t && back);
	for (size_t i = 0; i < b->n; i++)
		t[i] = b->tick[i].t;
	size_t n = tel_ticks_settle(t, b->n, &counts);
	buf_init(&bytes, 64u << 20);
	for (size_t from = 0; from < n;) {
		size_t k = tel_pack_fits(t + from, n - from);
		buf_clear(&bytes);
		must(tel_pack(&bytes, t + from, k) && tel_pack_head(buf_view(&bytes), &head) && head.n == k &&
		     tel_unpack(buf_view(&bytes), back));
		for (size_t i = 0; i < k; i++) {
			struct tel_batch_tick x = {.t = t[from + i]}, y = {.t = back[i]};
			y.t.meta = x.t.meta;
			y.t.rows = x.t.rows;
			must(same_tick(&x, &y));
			must(i + from == 0 || t[from + i].clock > t[from + i - 1].clock);
		}
		from += k;
	}
	buf_release(&bytes);
	free(back);
	free(t);
}

/* Fed in two parts, cut at a line, as pieces of a file are. */
static void feed(struct tel_rows *r, const char *p, size_t n)
{
	const char *nl = n > 0 ? memchr(p + n / 2, '\n', n - n / 2) : NULL;
	size_t cut = nl ? (size_t)(nl - p) + 1 : n;

	tel_rows_lines(r, p, cut);
	if (cut < n)
		tel_rows_lines(r, p + cut, n - cut);
}

static void compare(const struct tel_dialect *d, const char *p, size_t n, const struct tel_wanted *wanted)
{
	struct err err;
	struct tel_rows *fast = tel_rows_new(d, wanted, false, &err), *slow = tel_rows_new(d, wanted, true, &err);

	must(fast && slow);
	feed(fast, p, n);
	feed(slow, p, n);
	same_batch(tel_rows_batch(fast), tel_rows_batch(slow), wanted == NULL);
	if (!wanted)
		pack(tel_rows_batch(fast));
	tel_rows_free(fast);
	tel_rows_free(slow);
}

static bool let_go(void *user, struct tel_taker *k, struct err *err)
{
	(void)user;
	(void)err;
	tel_batch_clear(&k->batch);
	return true;
}

/* As what a pipe begins with, and nothing behind it. */
static void as_json(const struct tel_dialect *d, const uint8_t *data, size_t size)
{
	struct tel_input in = {.name = "fuzz.json", .fd = open("/dev/null", O_RDONLY), .pipe = true, .head_n = size};
	struct tel_taker k;
	struct err err;

	in.head = malloc(size);
	must(in.head && in.fd >= 0 && tel_taker_init(&k, d, NULL));
	memcpy(in.head, data, size);
	(void)!tel_json_run(&in, d->body, &k, let_go, NULL, NULL, &err);
	must(!k.batch.failed);
	tel_taker_release(&k);
	free(in.head);
	close(in.fd);
}

static void as_pack(const uint8_t *data, size_t size)
{
	struct str bytes = {(const char *)data, size};
	struct tel_packed head;

	if (tel_pack_head(bytes, &head)) {
		struct tel_tick *t = malloc(PACK_TICKS_MAX * sizeof *t);
		must(t != NULL);
		(void)!tel_unpack(bytes, t);
		free(t);
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const struct tel_want want[] = {{"GR86-022", "", INT64_C(1757160000000), INT64_C(1757190000000), false},
					       {"", "7", INT64_MIN, INT64_MAX, false}};
	static const struct tel_wanted wanted = {want, 2};
	struct tel_dialect *d = malloc(sizeof *d);
	struct err err;

	must(d != NULL);
	bool known = size < DIALECT_HEAD && tel_dialect_learn(d, "fuzz.csv", (const char *)data, size, &err);
	if (known && d->shape == TEL_JSON) {
		as_json(d, data, size);
	} else if (known) {
		const char *p = (const char *)data + d->body;
		compare(d, p, size - d->body, NULL);
		compare(d, p, size - d->body, &wanted);
	}
	free(d);
	as_pack(data, size);
	return 0;
}
