#include "core/source/snowflake/answer.h"

#include <stdlib.h>
#include <string.h>

enum { KEY_MAX = 32 };

enum mode { START, FIELDS, ROWS, HELD, AFTER, CHUNK };

struct sf_answer {
	struct sf_answer_fns f;
	enum mode mode;
	struct buf small, held;
	struct sf_rows rows;
	bool had_rows, only_rows;
	/* Fields: where in the JSON we are, as far as finding the rows needs it. */
	unsigned depth;
	bool object[SF_ANSWER_DEPTH]; /* by depth: braces, else brackets */
	bool value;                   /* in an object: after the ':' */
	bool string, escaped, in_data;
	char key[KEY_MAX];
	size_t nkey;
};

struct sf_answer *sf_answer_new(const struct sf_answer_fns *f, bool chunk)
{
	struct sf_answer *a = calloc(1, sizeof(*a));

	if (!a)
		return NULL;
	a->f = *f;
	a->mode = chunk ? CHUNK : START;
	a->had_rows = a->only_rows = chunk;
	buf_init(&a->small, SF_ANSWER_SMALL);
	buf_init(&a->held, SF_ANSWER_HELD);
	sf_rows_init(&a->rows, chunk, f->row, f->ctx);
	return a;
}

void sf_answer_free(struct sf_answer *a)
{
	if (!a)
		return;
	buf_release(&a->small);
	buf_release(&a->held);
	sf_rows_release(&a->rows);
	free(a);
}

bool sf_answer_had_rows(const struct sf_answer *a)
{
	return a->had_rows;
}

uint64_t sf_answer_rows(const struct sf_answer *a)
{
	return a->rows.rows;
}

static bool not_json(struct err *err)
{
	return err_set(err, ERR_FORMAT,
		       "the answer is not what Snowflake sends (not JSON: a proxy's or a login page?)");
}

/* --- The fields around the rows ------------------------------------------------------------------------------------- */

/* The object up to here, its open braces closed; the row array stands as null. */
static cJSON *so_far(struct sf_answer *a, struct err *err)
{
	size_t n = a->small.n;
	cJSON *json = NULL;
	bool ok = buf_str(&a->small, "null");

	for (unsigned d = a->depth; ok && d > 0; d--)
		ok = buf_char(&a->small, a->object[d - 1] ? '}' : ']');
	if (ok)
		json = cJSON_ParseWithLength(a->small.p, a->small.n);
	if (!ok)
		err_set(err, ERR_FORMAT, "the answer around the rows is larger than 4 MiB");
	else if (!json)
		not_json(err);
	a->small.n = n;
	a->small.failed = false;
	return json;
}

static bool head(struct sf_answer *a, bool *ready, struct err *err)
{
	cJSON *json;
	bool ok;

	*ready = true;
	if (!a->f.head)
		return true;
	json = so_far(a, err);
	ok = json && a->f.head(a->f.ctx, json, ready, err);
	cJSON_Delete(json);
	return ok;
}

static bool begin_rows(struct sf_answer *a, struct err *err)
{
	bool ready;

	if (a->had_rows)
		return err_set(err, ERR_FORMAT, "the answer has its rows twice");
	a->had_rows = true;
	if (!head(a, &ready, err))
		return false;
	a->mode = ready ? ROWS : HELD;
	if (!ready)
		a->rows.row = NULL;
	return true;
}

/* Is it the value of "data" at the top, or of "rowset" in that? */
static bool is_rows(const struct sf_answer *a)
{
	struct str key = {a->key, a->nkey};

	return a->value && a->object[a->depth - 1] &&
	       ((a->depth == 1 && str_is(key, "data")) || (a->depth == 2 && a->in_data && str_is(key, "rowset")));
}

static bool open_one(struct sf_answer *a, char c, struct err *err)
{
	if (a->depth == SF_ANSWER_DEPTH)
		return err_set(err, ERR_FORMAT, "the answer is nested too deeply");
	if (a->depth == 1 && a->value)
		a->in_data = c == '{' && str_is((struct str){a->key, a->nkey}, "data");
	a->object[a->depth++] = c == '{';
	a->value = false;
	a->nkey = 0;
	return true;
}

static void string_byte(struct sf_answer *a, char c)
{
	bool key = a->object[a->depth - 1] && !a->value;

	if (!a->escaped && c == '"')
		a->string = false;
	else if (key && a->nkey < KEY_MAX)
		a->key[a->nkey++] = c;
	a->escaped = !a->escaped && c == '\\';
}

/* One byte outside of strings. Whether commas stand where they should is cJSON's to check, over the kept fields. */
static bool field_byte(struct sf_answer *a, char c, struct err *err)
{
	switch (c) {
	case '"':
		a->string = true;
		if (!a->value)
			a->nkey = 0;
		return true;
	case ':':
		a->value = true;
		return true;
	case ',':
		a->value = false;
		return true;
	case '{':
	case '[':
		return open_one(a, c, err);
	case '}':
	case ']':
		if (a->object[a->depth - 1] != (c == '}'))
			return not_json(err);
		a->value = false;
		if (--a->depth == 0)
			a->mode = AFTER;
		return true;
	default:
		return true;
	}
}

static bool fields(struct sf_answer *a, struct str in, size_t *used, struct err *err)
{
	size_t i = 0;

	for (; i < in.n && a->mode == FIELDS; i++) {
		char c = in.p[i];
		if (a->string) {
			string_byte(a, c);
			continue;
		}
		if (c == '[' && is_rows(a)) {
			if (i > 0 && !buf_add(&a->small, in.p, i))
				break;
			*used = i;
			return begin_rows(a, err);
		}
		if (!field_byte(a, c, err))
			return false;
	}
	*used = i;
	if ((i > 0 && !a->small.failed && !buf_add(&a->small, in.p, i)) || a->small.failed)
		return err_set(err, ERR_FORMAT, "the answer around the rows is larger than 4 MiB");
	return true;
}

/* --- Rows ----------------------------------------------------------------------------------------------------------- */

static bool rows(struct sf_answer *a, struct str in, size_t *used, struct err *err)
{
	if (!sf_rows_feed(&a->rows, in, used, err))
		return false;
	if (a->mode == HELD && !buf_add(&a->held, in.p, *used))
		return err_set(err, ERR_FORMAT, "the answer has its rows before it says what they are");
	if (a->mode == CHUNK || !sf_rows_complete(&a->rows))
		return true;
	a->mode = a->only_rows ? AFTER : FIELDS;
	return a->only_rows || buf_str(&a->small, "null") ||
	       err_set(err, ERR_FORMAT, "the answer around the rows is larger than 4 MiB");
}

/* What was held back, now that all of the fields are known. */
static bool give_held(struct sf_answer *a, struct err *err)
{
	size_t used;
	bool ready;

	sf_rows_release(&a->rows);
	sf_rows_init(&a->rows, false, a->f.row, a->f.ctx);
	cJSON *json = cJSON_ParseWithLength(a->small.p, a->small.n);
	if (!json)
		return not_json(err);
	bool ok = a->f.head(a->f.ctx, json, &ready, err);
	cJSON_Delete(json);
	if (ok && !ready)
		return err_set(err, ERR_FORMAT, "the answer does not say what its rows are");
	return ok && sf_rows_feed(&a->rows, buf_view(&a->held), &used, err);
}

/* --- All ------------------------------------------------------------------------------------------------------------ */

static bool blank(char c)
{
	return c == ' ' || c == '\n' || c == '\r' || c == '\t';
}

static bool start(struct sf_answer *a, struct str in, size_t *used, struct err *err)
{
	size_t i = 0;

	while (i < in.n && blank(in.p[i]))
		i++;
	*used = i;
	if (i == in.n)
		return true;
	if (in.p[i] == '[') {
		a->only_rows = true;
		return begin_rows(a, err);
	}
	if (in.p[i] != '{')
		return not_json(err);
	a->mode = FIELDS;
	return true;
}

static bool after(struct str in, size_t *used, struct err *err)
{
	for (size_t i = 0; i < in.n; i++)
		if (!blank(in.p[i]))
			return err_set(err, ERR_FORMAT, "something follows the end of the answer");
	*used = in.n;
	return true;
}

bool sf_answer_feed(struct sf_answer *a, struct str in, struct err *err)
{
	while (in.n > 0) {
		size_t used = 0;
		bool ok = a->mode == START    ? start(a, in, &used, err)
			  : a->mode == FIELDS ? fields(a, in, &used, err)
			  : a->mode == AFTER  ? after(in, &used, err)
					      : rows(a, in, &used, err);
		if (!ok)
			return false;
		in = (struct str){in.p + used, in.n - used};
	}
	return true;
}

cJSON *sf_answer_end(struct sf_answer *a, struct err *err)
{
	cJSON *json;

	if (a->mode == CHUNK ? !sf_rows_complete(&a->rows) : a->mode != AFTER) {
		err_set(err, ERR_FORMAT, "the answer is cut short");
		return NULL;
	}
	if (a->held.n > 0 && !give_held(a, err))
		return NULL;
	json = a->only_rows ? cJSON_CreateObject() : cJSON_ParseWithLength(a->small.p, a->small.n);
	if (!json)
		not_json(err);
	return json;
}
