#include "core/telemetry/json.h"

#include <cjson/cJSON.h>
#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { OBJECT_MAX = 64 * 1024, MERGE_EVERY = 2048, NUMBER_TEXT = 32 };

struct reader {
	const struct tel_input *in;
	struct tel_taker *k;
	char buf[SCAN_STEP];
	size_t n, at;   /* bytes in buf, looked at */
	uint64_t off;   /* of the next read */
	size_t head_at; /* of a pipe's first bytes, taken */
	char object[OBJECT_MAX + 1];
	size_t len;
	unsigned depth;
	bool string, escaped, too_long;
	enum { BEFORE, INSIDE, AFTER } state;
	uint64_t line;
};

/* --- Bytes ------------------------------------------------------------------- */

static ssize_t fetch(struct reader *r)
{
	if (r->in->pipe && r->head_at < r->in->head_n) {
		size_t n = r->in->head_n - r->head_at;
		memcpy(r->buf, r->in->head + r->head_at, n);
		r->head_at += n;
		return (ssize_t)n;
	}
	for (;;) {
		ssize_t got = r->in->pipe ? read(r->in->fd, r->buf, sizeof r->buf)
					  : pread(r->in->fd, r->buf, sizeof r->buf, (off_t)r->off);
		if (got > 0)
			r->off += (uint64_t)got;
		if (got >= 0 || errno != EINTR)
			return got;
	}
}

/* --- An object becomes a row ---------------------------------------------------- */

/* NaN and Infinity outside of strings become null: other programs write them. */
static void no_nan(char *p, size_t n)
{
	bool string = false;

	for (size_t i = 0; i < n; i++) {
		if (p[i] == '"' && (i == 0 || p[i - 1] != '\\'))
			string = !string;
		if (string || n - i < 3 || memcmp(p + i, "NaN", 3) != 0)
			continue;
		/* "null" is a byte longer: a number out of range does it, and is refused as a value like NaN itself. */
		memcpy(p + i, "9e9", 3);
	}
}

static struct str text_of(const cJSON *item, char room[NUMBER_TEXT])
{
	if (cJSON_IsString(item))
		return str_from(item->valuestring);
	if (!cJSON_IsNumber(item))
		return STR("");
	snprintf(room, NUMBER_TEXT, "%.17g", item->valuedouble);
	return str_from(room);
}

static bool is_nan_mark(const cJSON *item)
{
	return cJSON_IsNumber(item) && item->valuedouble == 9e9;
}

static void take_values(struct tel_taker *k, const struct tel_place *at, struct tel_tick *t, const cJSON *object)
{
	char room[NUMBER_TEXT];

	for (const cJSON *i = object->child; i; i = i->next) {
		int channel = i->string ? tel_channel_by_name(i->string, strlen(i->string)) : -1;
		if (channel < 0 || cJSON_IsNull(i) || is_nan_mark(i))
			continue;
		tel_take_cell(k, at, t, channel, str_trim(text_of(i, room)));
	}
}

static void take_object(struct tel_taker *k, const cJSON *object)
{
	char room[TEL_COLUMNS][NUMBER_TEXT];
	struct str f[TEL_COLUMNS];
	struct tel_place at;

	for (int c = 0; c < TEL_COLUMNS; c++)
		f[c] = STR("");
	for (const cJSON *i = object->child; i; i = i->next) {
		int c = i->string ? tel_column_by_name(str_from(i->string)) : -1;
		if (c >= 0 && f[c].n == 0)
			f[c] = str_trim(text_of(i, room[c]));
	}
	bool named = f[COL_NAME].n > 0;
	if (named)
		tel_take_long(k, f);
	else if (tel_take_place(k, f, &at))
		take_values(k, &at, tel_take_tick(k, &at), object);
}

static void refuse(struct tel_taker *k, const char *why)
{
	k->batch.rows++;
	tel_batch_refuse(&k->batch, TEL_NO_IDENT, why);
}

static void object_ends(struct reader *r)
{
	cJSON *object;

	if (r->too_long) {
		refuse(r->k, "the object is longer than 65536 bytes");
		return;
	}
	r->object[r->len] = '\0';
	no_nan(r->object, r->len);
	object = cJSON_ParseWithLength(r->object, r->len);
	if (!object)
		refuse(r->k, "the object is no JSON");
	else
		take_object(r->k, object);
	cJSON_Delete(object);
}

/* --- Where objects begin and end -------------------------------------------------- */

static void inside(struct reader *r, char c)
{
	if (r->len < OBJECT_MAX)
		r->object[r->len++] = c;
	else
		r->too_long = true;
	if (r->escaped) {
		r->escaped = false;
	} else if (r->string) {
		r->escaped = c == '\\';
		r->string = c != '"';
	} else if (c == '"') {
		r->string = true;
	} else if (c == '{' || c == '[') {
		r->depth++;
	} else if ((c == '}' || c == ']') && --r->depth == 0) {
		object_ends(r);
	}
}

static bool between(struct reader *r, char c)
{
	if (c == '{') {
		r->len = 0;
		r->too_long = r->string = r->escaped = false;
		inside(r, c);
		return true;
	}
	if (c == ']')
		r->state = AFTER;
	return c == ',' || c == ']' || c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

static bool look(struct reader *r, struct err *err)
{
	while (r->at < r->n) {
		char c = r->buf[r->at++];
		r->k->batch.lines += c == '\n';
		r->line += c == '\n';
		if (r->state == BEFORE) {
			r->state = c == '[' ? INSIDE : BEFORE;
		} else if (r->depth > 0) {
			inside(r, c);
			if (r->depth == 0 && r->k->batch.n >= MERGE_EVERY)
				return true;
		} else if (r->state == INSIDE && !between(r, c)) {
			return err_set(err, ERR_FORMAT, "%s:%llu: is no array of objects", r->in->name,
				       (unsigned long long)r->line + 1);
		}
	}
	return true;
}

static bool cancelled(const struct tel_run *run)
{
	return run && run->cancel && atomic_load_explicit(run->cancel, memory_order_relaxed);
}

static void report(const struct reader *r, const struct tel_run *run)
{
	if (run && run->bytes)
		atomic_store(run->bytes, r->off);
	if (run && run->progress && r->in->size > 0)
		atomic_store(run->progress, (unsigned)((double)r->off * 1000.0 / (double)r->in->size));
}

static bool at_end(const struct reader *r, struct err *err)
{
	if (r->depth > 0 || r->state == INSIDE)
		return err_set(err, ERR_FORMAT, "%s: ends in the middle: the array is not closed", r->in->name);
	return true;
}

bool tel_json_run(const struct tel_input *in, uint64_t body, struct tel_taker *k,
		  bool (*merge)(void *user, struct tel_taker *k, struct err *err), void *user,
		  const struct tel_run *run, struct err *err)
{
	struct reader *r = calloc(1, sizeof *r);
	bool ok = true;

	if (!r)
		return err_set(err, ERR_NOMEM, "%s: no memory to read it", in->name);
	r->in = in;
	r->k = k;
	r->off = r->head_at = (size_t)body;
	while (ok) {
		if (r->at == r->n) {
			ssize_t got = cancelled(run) ? 0 : fetch(r);
			r->at = 0;
			r->n = got > 0 ? (size_t)got : 0;
			if (got < 0)
				ok = err_set(err, ERR_IO, "%s: cannot be read: %s", in->name, strerror(errno));
			if (cancelled(run))
				ok = err_set(err, ERR_CANCELLED, "cancelled");
			if (r->n == 0)
				break;
		}
		ok = ok && look(r, err) && merge(user, k, err);
		report(r, run);
	}
	ok = ok && at_end(r, err) && merge(user, k, err);
	free(r);
	return ok;
}
