#include <stdio.h>
#include <string.h>

#include "core/analysis/events.h"

/* The family name of a driver: what stands after the first blank. */
static const char *family(const struct session *s, uint16_t driver)
{
	const char *full, *p;

	if (driver == NO_DRIVER || driver >= s->ndrivers)
		return "?";
	full = s->drivers[driver].name;
	p = strchr(full, ' ');
	return p && p[1] ? p + 1 : full;
}

static const char *id_of(const struct session *s, uint16_t car)
{
	return car < s->ncars ? s->cars[car].id : "?";
}

/* Tenths are enough where a lap or a stop is only named: "1:42.5". */
static char *tenths(char out[NUM_LEN], ms_t t)
{
	size_t n;

	time_str(out, (t + 50) / 100 * 100);
	n = strlen(out);
	if (n > 2)
		out[n - 2] = '\0';
	return out;
}

static void stop_words(const struct session *s, const struct event *e, char out[96])
{
	char t[NUM_LEN];
	int n = snprintf(out, 96, "%.8s pit", id_of(s, e->car));

	if (e->value != MS_NONE)
		n += snprintf(out + n, 96 - (size_t)n, " %s", tenths(t, e->value));
	if (e->to != NO_DRIVER)
		snprintf(out + n, 96 - (size_t)n, ", %.30s to %.30s", family(s, e->from), family(s, e->to));
}

void event_words(const struct session *s, const struct event *e, char out[96])
{
	char t[NUM_LEN];

	switch (e->kind) {
	case EVENT_PASS:
		snprintf(out, 96, "%.8s passes %.8s", id_of(s, e->car), id_of(s, e->other));
		break;
	case EVENT_STOP:
		stop_words(s, e, out);
		break;
	case EVENT_BEST:
		snprintf(out, 96, "%.8s best %s", id_of(s, e->car), time_str(t, e->value));
		break;
	case EVENT_SLOW_LAP:
		snprintf(out, 96, "%.8s %s", id_of(s, e->car), tenths(t, e->value));
		break;
	case EVENT_TOGETHER:
		snprintf(out, 96, "P%u to P%u all lose 1 s", e->from, e->to);
		break;
	case EVENT_CAUTION:
		if (e->factor > 0)
			snprintf(out, 96, "field slow x%s", dec_str(t, e->factor, 2));
		else
			snprintf(out, 96, "caution");
		break;
	case EVENT_CAUTION_END:
		snprintf(out, 96, "green");
		break;
	case EVENT_KINDS:
		out[0] = '\0';
		break;
	}
}

int event_weight(const struct event *e)
{
	static const int of[EVENT_KINDS] = {
		[EVENT_PASS] = 6,     [EVENT_STOP] = 4,    [EVENT_BEST] = 5,       [EVENT_SLOW_LAP] = 1,
		[EVENT_TOGETHER] = 7, [EVENT_CAUTION] = 9, [EVENT_CAUTION_END] = 3};

	return of[e->kind] + (e->watched ? 4 : 0);
}
