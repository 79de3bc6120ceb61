#include "core/report/fetch.h"

#include <stdio.h>
#include <string.h>

#include "core/report/columns.h"
#include "core/report/shapes.h"

enum { TEXT_MAX = 16 * 1024 };

struct ctx {
	const char *session;
	const struct fetch_want *w;
	const struct fetch_told *t;
};

/* "13 22" as a list. */
static void list(struct record *r, const char *name, const char *words, const char *between)
{
	record_list(r, name);
	while (*words) {
		char one[80];
		size_t n = strcspn(words, between);
		snprintf(one, sizeof(one), "%.*s", n < sizeof(one) ? (int)n : (int)sizeof(one) - 1, words);
		if (n > 0)
			record_text(r, NULL, one);
		words += n;
		words += strspn(words, between);
	}
	record_end_list(r);
}

static void members(struct record *r, const struct ctx *c)
{
	record_text(r, "track", c->w->track);
	record_int(r, "race", c->w->race);
	list(r, "cars", c->t->cars, " ");
	list(r, "there", c->t->there, " ");
	list(r, "without", c->t->without, " ");
	record_count(r, "first_lap", c->w->first);
	record_count(r, "last_lap", c->w->last);
	list(r, "columns", c->t->columns, ", ");
	record_int(r, "rows", (int64_t)c->t->rows);
	record_int(r, "refused", (int64_t)c->t->refused);
	record_int(r, "bytes", (int64_t)c->t->bytes);
	record_int(r, "ms", c->t->ms);
	record_text(r, "statement", c->t->statement);
	record_int(r, "requests", c->t->requests);
	record_int(r, "retries", c->t->retries);
	record_text(r, "kept_in", c->w->to ? c->w->to : c->w->store);
	record_text(r, "name", c->w->to ? NULL : c->t->name);
}

static void row(struct record *r, const void *ctx, uint32_t i)
{
	(void)i;
	members(r, ctx);
}

static void as_json(struct record *r, const struct ctx *c)
{
	record_obj(r, NULL);
	record_text(r, "session", c->session);
	record_obj(r, "source");
	record_word(r, "kind", "snowflake");
	record_list(r, "files");
	record_end_list(r);
	record_int(r, "rows", (int64_t)c->t->rows);
	record_int(r, "refused", (int64_t)c->t->refused);
	record_end_obj(r);
	record_list(r, "warnings");
	if (c->t->cut)
		record_word(r, NULL, "cut at --max-rows: there are more rows");
	record_end_list(r);
	record_obj(r, "fetch");
	members(r, c);
	record_end_obj(r);
}

static void as_text(const struct report_in *in, const struct ctx *c, struct buf *out)
{
	const struct fetch_told *t = c->t;
	struct buf text;

	buf_init(&text, TEXT_MAX);
	if (*t->there)
		buf_fmt(&text, "there already: %s (--again fetches them anew)\n", t->there);
	if (*t->cars) {
		buf_fmt(&text, "%llu rows of %s, %llu refused, into %s\n", (unsigned long long)t->rows, t->cars,
			(unsigned long long)t->refused, c->w->to ? c->w->to : c->w->store);
		if (*t->without)
			buf_fmt(&text, "no row of %s\n", t->without);
		if (t->cut)
			buf_str(&text, "cut at --max-rows: there are more rows\n");
		buf_fmt(&text, "%.1f MB in %.1f s, %u requests, %u sent again, statement %s\n", (double)t->bytes / 1e6,
			(double)t->ms / 1e3, t->requests, t->retries, t->statement);
	}
	for (char *line = text.p, *end; line && *line; line = end + 1) {
		end = strchr(line, '\n');
		if (!end)
			break;
		*end = '\0';
		report_wrap(out, line, 2, 100, in->ascii);
	}
	buf_release(&text);
}

bool report_fetch(const struct report_in *in, const char *session, const struct fetch_want *w,
		  const struct fetch_told *t, struct buf *out, struct err *err)
{
	const struct ctx c = {session, w, t};
	struct record r;

	if (in->format == REPORT_TEXT) {
		as_text(in, &c, out);
		return answer_is_whole(out, err);
	}
	record_init(&r, out, in->format == REPORT_CSV);
	if (in->format == REPORT_CSV)
		record_rows(&r, "fetch", 1, row, &c, true);
	else
		as_json(&r, &c);
	return answer_end(&r, err);
}
