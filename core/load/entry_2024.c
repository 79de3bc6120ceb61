#include "core/load/entry_2024.h"

#include <cjson/cJSON.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { JSON_MAX = 16384, DEPTH_MAX = 16 }; /* the longest known is 839 bytes and two deep */

/* The parser goes down with every bracket: what opens too many is not read. */
static bool is_flat(struct str s)
{
	unsigned opened = 0;
	for (size_t i = 0; i < s.n; i++)
		opened += s.p[i] == '{' || s.p[i] == '[';
	return opened <= DEPTH_MAX * 4;
}

static cJSON *parse(struct str s)
{
	return s.n > 0 && s.n <= JSON_MAX && is_flat(s) ? cJSON_ParseWithLength(s.p, s.n) : NULL;
}

/* At most a whole buffer, cut at a whole UTF-8 character. */
static void take(char out[ENTRY_TEXT], const cJSON *v)
{
	const char *s = cJSON_IsString(v) ? v->valuestring : "";
	size_t n = strlen(s);
	if (n >= ENTRY_TEXT) {
		n = ENTRY_TEXT - 1;
		while (n > 0 && ((unsigned char)s[n] & 0xc0) == 0x80)
			n--;
	}
	memcpy(out, s, n);
	out[n] = '\0';
}

static void take_entry(struct entry_2024 *e, struct str text)
{
	cJSON *json = parse(text);
	const cJSON *fields = cJSON_GetObjectItemCaseSensitive(json, "fields");
	take(e->team, cJSON_GetObjectItemCaseSensitive(fields, "team"));
	take(e->car, cJSON_GetObjectItemCaseSensitive(fields, "car"));
	cJSON_Delete(json);
}

/* {"": {"driverName": "Jason Kos", ..}}: the keys are driver ids, mostly empty. The first is at the wheel. */
static void take_driver(struct entry_2024 *e, struct str text)
{
	cJSON *json = parse(text);
	const cJSON *first = json ? json->child : NULL;
	take(e->driver, cJSON_GetObjectItemCaseSensitive(first, "driverName"));
	cJSON_Delete(json);
}

static bool is_seen(const struct entry_2024 *e, struct str entry, struct str drivers)
{
	return e->seen && e->seen_n == entry.n + drivers.n &&
	       (entry.n == 0 || memcmp(e->seen, entry.p, entry.n) == 0) &&
	       (drivers.n == 0 || memcmp(e->seen + entry.n, drivers.p, drivers.n) == 0);
}

bool entry_2024_read(struct entry_2024 *e, struct str entry, struct str drivers)
{
	if (is_seen(e, entry, drivers))
		return true;
	char *seen = realloc(e->seen, entry.n + drivers.n + 1);
	if (!seen)
		return false;
	if (entry.n)
		memcpy(seen, entry.p, entry.n);
	if (drivers.n)
		memcpy(seen + entry.n, drivers.p, drivers.n);
	e->seen = seen;
	e->seen_n = entry.n + drivers.n;
	take_entry(e, entry);
	take_driver(e, drivers);
	return true;
}

void entry_2024_free(struct entry_2024 *e)
{
	free(e->seen);
	e->seen = NULL;
}
