/* What goes into requests. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/source/snowflake/client_state.h"

uint32_t sf_random(void)
{
	uint32_t v = 0;

	if (getentropy(&v, sizeof(v)) != 0)
		v = (uint32_t)sf_now_ms() * 2654435761u;
	return v;
}

/* Version 4: random, with the bits that say so. */
void sf_uuid(char out[40])
{
	uint32_t r[4];

	for (int i = 0; i < 4; i++)
		r[i] = sf_random();
	snprintf(out, 40, "%08x-%04x-4%03x-%04x-%04x%08x", (unsigned)r[0], (unsigned)(r[1] >> 16),
		 (unsigned)(r[1] & 0xfff), (unsigned)((r[2] >> 16 & 0x3fff) | 0x8000), (unsigned)(r[2] & 0xffff),
		 (unsigned)r[3]);
}

void sf_json_text(struct buf *out, struct str s)
{
	size_t from = 0;

	buf_char(out, '"');
	for (size_t i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.p[i];
		if (c >= ' ' && c != '"' && c != '\\')
			continue;
		if (i > from)
			buf_add(out, s.p + from, i - from);
		from = i + 1;
		if (c < ' ')
			buf_fmt(out, "\\u%04x", (unsigned)c);
		else
			buf_fmt(out, "\\%c", c);
	}
	if (s.n > from)
		buf_add(out, s.p + from, s.n - from);
	buf_char(out, '"');
}

void sf_url_text(struct buf *out, const char *s)
{
	for (; *s; s++) {
		bool plain = (*s >= 'a' && *s <= 'z') || (*s >= 'A' && *s <= 'Z') || (*s >= '0' && *s <= '9') ||
			     strchr("-_.~", *s);
		if (plain)
			buf_char(out, *s);
		else
			buf_fmt(out, "%%%02X", (unsigned)(unsigned char)*s);
	}
}

bool sf_url(struct sf_client *c, struct err *err, const char *fmt, ...)
{
	struct buf path;
	va_list ap;
	int n;

	buf_init(&path, HTTP_URL);
	va_start(ap, fmt);
	buf_vfmt(&path, fmt, ap);
	va_end(ap);
	n = path.failed ? HTTP_URL : snprintf(c->url, sizeof(c->url), "https://%s%s", c->s->host, path.p ? path.p : "");
	buf_release(&path);
	return n < HTTP_URL || err_set(err, ERR_FORMAT, "an address is too long");
}

bool sf_header(struct sf_client *c, struct err *err, const char *fmt, ...)
{
	va_list ap;
	bool ok;

	if (c->nheaders == SF_HEADERS)
		return err_set(err, ERR_NOMEM, "too many headers for a request");
	c->header_at[c->nheaders++] = c->text.n;
	va_start(ap, fmt);
	ok = buf_vfmt(&c->text, fmt, ap);
	va_end(ap);
	return (ok && buf_char(&c->text, '\0')) || err_set(err, ERR_NOMEM, "a header is too long");
}

void sf_bindings(struct buf *out, const struct sf_query *q)
{
	buf_char(out, '{');
	for (unsigned i = 0; i < sf_query_binds(q); i++) {
		struct sf_bind b = sf_query_bind(q, i);
		buf_fmt(out, "%s\"%u\":{\"type\":\"%s\",\"value\":", i > 0 ? "," : "", i + 1, b.type);
		sf_json_text(out, b.value);
		buf_char(out, '}');
	}
	buf_char(out, '}');
}

/* --- Reading small answers ------------------------------------------------------------------------------------------ */

const char *sf_json_string(const cJSON *o, const char *name)
{
	const cJSON *v = cJSON_GetObjectItemCaseSensitive(o, name);

	return cJSON_IsString(v) ? v->valuestring : NULL;
}

bool sf_json_count(const cJSON *o, const char *name, uint64_t *out)
{
	const cJSON *v = cJSON_GetObjectItemCaseSensitive(o, name);

	if (!cJSON_IsNumber(v) || !(v->valuedouble >= 0 && v->valuedouble < 9007199254740992.0))
		return false;
	*out = (uint64_t)v->valuedouble;
	return true;
}

bool sf_is_id(const char *s)
{
	size_t n = 0;

	for (; s && s[n]; n++)
		if (!((s[n] >= 'a' && s[n] <= 'z') || (s[n] >= 'A' && s[n] <= 'Z') || (s[n] >= '0' && s[n] <= '9') ||
		      strchr("-_.", s[n])))
			return false;
	return n > 0 && n < SF_ID;
}

bool sf_is_word(const char *s, size_t most)
{
	size_t n = 0;

	for (; s && s[n]; n++)
		if (s[n] <= ' ' || s[n] > '~' || s[n] == '"' || s[n] == '\\')
			return false;
	return n > 0 && n < most;
}
