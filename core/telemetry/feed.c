#include "core/telemetry/feed.h"

#include "core/telemetry/json.h"

static bool take_over(const struct tel_feed *f, struct tel_batch *b, struct err *err)
{
	bool ok = tel_gather_batch(f->gather, b, f->d->has_clock, err);

	tel_batch_clear(b);
	return ok;
}

/* --- Tables --------------------------------------------------------------------- */

static void lines(void *worker, const char *p, size_t n)
{
	tel_rows_lines(worker, p, n);
}

static void too_long(void *worker)
{
	tel_rows_too_long(worker);
}

static bool merge_rows(void *user, void *worker, struct err *err)
{
	return take_over(user, tel_rows_batch(worker), err);
}

static bool feed_table(struct tel_feed *f, struct err *err)
{
	struct tel_scan s = {.in = f->in,
			     .body = f->d->body,
			     .lines = lines,
			     .too_long = too_long,
			     .merge = merge_rows,
			     .user = f,
			     .run = f->run};
	bool ok = true;

	for (int i = 0; ok && i < SCAN_WORKERS; i++) {
		s.worker[i] = tel_rows_new(f->d, &f->wanted, f->plain, err);
		ok = s.worker[i] != NULL;
	}
	ok = ok && tel_scan_run(&s, err);
	for (int i = 0; i < SCAN_WORKERS; i++)
		tel_rows_free(s.worker[i]);
	return ok;
}

/* --- JSON ------------------------------------------------------------------------ */

static bool merge_objects(void *user, struct tel_taker *k, struct err *err)
{
	return take_over(user, &k->batch, err);
}

static bool feed_json(struct tel_feed *f, struct err *err)
{
	struct tel_taker k;
	bool ok = tel_taker_init(&k, f->d, &f->wanted) ||
		  err_set(err, ERR_NOMEM, "%s: no memory to read it", f->in->name);

	ok = ok && tel_json_run(f->in, f->d->body, &k, merge_objects, f, f->run, err);
	tel_taker_release(&k);
	return ok;
}

bool tel_feed_run(const struct tel_feed *f, struct err *err)
{
	struct tel_feed own = *f; /* goes round as a callback's own */

	tel_gather_starts_at(f->gather, f->d->lines);
	if (!(f->d->shape == TEL_JSON ? feed_json(&own, err) : feed_table(&own, err)))
		return false;
	return tel_gather_finish(f->gather, err);
}
