#include "core/load/json_line.h"

#include <cjson/cJSON.h>
#include <stdbool.h>
#include <string.h>

/* A walk over the values in the order of the text, up to one of them. */
struct order {
	const cJSON *until;
	const cJSON *last; /* with a key, so far */
	const char *key;   /* NULL: none is counted */
	uint32_t nth;
};

/* true: `until` was met. */
static bool walk(struct order *o, const cJSON *v)
{
	for (; v; v = v->next) {
		if (v->string) {
			o->last = v;
			o->nth += o->key && strcmp(o->key, v->string) == 0;
		}
		if (v == o->until || walk(o, v->child))
			return true;
	}
	return false;
}

/* Index of the quote that ends the string which begins at i; n: none does. */
static size_t end_of_string(const char *p, size_t n, size_t i)
{
	for (i++; i < n && p[i] != '"'; i++)
		i += p[i] == '\\';
	return i < n ? i : n;
}

static bool is_key(const char *p, size_t n, size_t end)
{
	size_t i = end + 1;
	while (i < n && (p[i] == ' ' || p[i] == '\t' || p[i] == '\r' || p[i] == '\n'))
		i++;
	return i < n && p[i] == ':';
}

uint32_t json_line(const char *text, size_t n, const cJSON *root, const cJSON *at)
{
	struct order find = {.until = at}, count = {0};
	if (!walk(&find, root) || !find.last)
		return 0;
	count.until = find.last;
	count.key = find.last->string;
	walk(&count, root);
	size_t len = strlen(count.key);
	uint32_t line = 1, seen = 0;
	for (size_t i = 0; i < n; i++) {
		line += text[i] == '\n';
		if (text[i] != '"')
			continue;
		size_t end = end_of_string(text, n, i);
		if (end - i - 1 == len && memcmp(text + i + 1, count.key, len) == 0 && is_key(text, n, end) &&
		    ++seen == count.nth)
			return line;
		i = end;
	}
	return 0;
}
