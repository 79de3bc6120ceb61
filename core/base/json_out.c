#include "core/base/json_out.h"

#include <math.h>
#include <string.h>

#include "core/base/utf8.h"

void json_init(struct json_out *j, struct buf *out)
{
	*j = (struct json_out){.out = out, .first = true};
}

static bool on_one_line(const struct json_out *j)
{
	return j->flat && j->depth > j->flat_depth;
}

static void new_line(struct json_out *j)
{
	buf_char(j->out, '\n');
	for (int i = 0; i < j->depth; i++)
		buf_str(j->out, "  ");
}

/* Text between quotes. The parts between characters that need a backslash are cleaned one by one. */
static void quoted(struct json_out *j, struct str v)
{
	size_t start = 0;

	buf_char(j->out, '"');
	for (size_t i = 0; i <= v.n; i++) {
		if (i < v.n && v.p[i] != '"' && v.p[i] != '\\')
			continue;
		if (i > start)
			text_clean(j->out, (struct str){v.p + start, i - start}, false);
		if (i < v.n) {
			buf_char(j->out, '\\');
			buf_char(j->out, v.p[i]);
		}
		start = i + 1;
	}
	buf_char(j->out, '"');
}

/* Comma, place and key before every value. */
static void begin_value(struct json_out *j, const char *key)
{
	if (!j->first)
		buf_char(j->out, ',');
	if (on_one_line(j)) {
		if (!j->first)
			buf_char(j->out, ' ');
	} else if (j->depth > 0) {
		new_line(j);
	}
	j->first = false;
	if (key) {
		quoted(j, str_from(key));
		buf_str(j->out, ": ");
	}
}

static void open_container(struct json_out *j, const char *key, char bracket)
{
	begin_value(j, key);
	buf_char(j->out, bracket);
	j->depth++;
	j->first = true;
}

static void close_container(struct json_out *j, char bracket)
{
	bool one_line = on_one_line(j);

	if (j->depth > 0)
		j->depth--;
	if (!j->first && !one_line)
		new_line(j);
	buf_char(j->out, bracket);
	if (one_line && j->depth == j->flat_depth)
		j->flat = false;
	j->first = false;
}

void json_obj(struct json_out *j, const char *key)
{
	open_container(j, key, '{');
}

void json_end_obj(struct json_out *j)
{
	close_container(j, '}');
}

void json_arr(struct json_out *j, const char *key)
{
	open_container(j, key, '[');
}

void json_end_arr(struct json_out *j)
{
	close_container(j, ']');
}

void json_flat(struct json_out *j)
{
	if (j->flat)
		return;
	j->flat = true;
	j->flat_depth = j->depth;
}

static void raw(struct json_out *j, const char *key, const char *text)
{
	begin_value(j, key);
	buf_str(j->out, text);
}

void json_str(struct json_out *j, const char *key, const char *v)
{
	if (v)
		json_strn(j, key, str_from(v));
	else
		json_null(j, key);
}

void json_strn(struct json_out *j, const char *key, struct str v)
{
	begin_value(j, key);
	quoted(j, v);
}

void json_int(struct json_out *j, const char *key, int64_t v)
{
	begin_value(j, key);
	buf_fmt(j->out, "%lld", (long long)v);
}

void json_time(struct json_out *j, const char *key, ms_t v)
{
	char text[NUM_LEN];

	raw(j, key, sec_str(text, v));
}

void json_dec(struct json_out *j, const char *key, double v, int decimals)
{
	char text[NUM_LEN];

	dec_str(text, v, decimals);
	raw(j, key, strcmp(text, "-") == 0 ? "null" : text);
}

void json_bool(struct json_out *j, const char *key, bool v)
{
	raw(j, key, v ? "true" : "false");
}

void json_null(struct json_out *j, const char *key)
{
	raw(j, key, "null");
}
