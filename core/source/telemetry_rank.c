#include "core/source/telemetry_rank.h"

#include <stdlib.h>
#include <string.h>

#include "core/load/identity.h"
#include "core/telemetry/text.h"

#define DAY_MS INT64_C(86400000)

const char *telemetry_unpadded(const char *n)
{
	while (n[0] == '0' && n[1])
		n++;
	return n;
}

/* The local day begins within 14 hours of UTC's. */
static bool other_day(const struct tel_car *c, const struct session *s)
{
	char text[32] = "";
	int64_t day;

	if (!c || strlen(s->date) != 10 || c->last_ms == 0)
		return false;
	memcpy(text, s->date, 10);
	memcpy(text + 10, "T00:00:00", 10);
	if (!tel_time_parse(str_from(text), &day))
		return false;
	return c->last_ms < day - DAY_MS || c->first_ms > day + 2 * DAY_MS;
}

/* "R1": 1; 0 unknown. */
static int race_number(const struct tel_car *c)
{
	const char *p = c ? c->race : "";

	while (*p && (*p < '0' || *p > '9'))
		p++;
	return *p ? (int)strtol(p, NULL, 10) : 0;
}

int telemetry_rank(const char *name, const struct tel_car *car, const struct session *s)
{
	struct identity id;

	if (!s)
		return 1;
	identity_of(name, &id);
	if (!id.track[0] && car && car->event[0])
		identity_of(car->event, &id);
	if (id.track[0] && s->track[0] && strcmp(id.track, s->track) != 0)
		return -1;
	if ((id.kind_known && id.kind != s->kind) || other_day(car, s))
		return -1;
	int number = id.number ? id.number : race_number(car);
	return !number || !s->number ? 1 : number == s->number ? 2 : 0;
}
