#include "core/model/session.h"

#include <string.h>

const char *session_kind_name(enum session_kind k)
{
	switch (k) {
	case KIND_QUALIFYING:
		return "qualifying";
	case KIND_PRACTICE:
		return "practice";
	case KIND_RACE:
		break;
	}
	return "race";
}

const char *flag_name(enum flag f)
{
	static const char *const names[FLAG_COUNT] = {
		[FLAG_EMPTY] = "",        [FLAG_GREEN] = "GF", [FLAG_FINISH] = "FF",   [FLAG_FCY] = "FCY",
		[FLAG_SAFETY_CAR] = "SF", [FLAG_RED] = "RF",   [FLAG_OTHER] = "other",
	};
	return (unsigned)f < FLAG_COUNT ? names[f] : "";
}

int session_car(const struct session *s, const char *id)
{
	for (uint32_t i = 0; i < s->ncars; i++)
		if (strcmp(s->cars[i].id, id) == 0)
			return (int)i;
	for (uint32_t i = 0; i < s->ncars && id[0]; i++)
		if (s->cars[i].alias && strcmp(s->cars[i].alias, id) == 0)
			return (int)i;
	return -1;
}

/* Laps are sorted by number within a car, and only lost rows make the number differ from the place. */
int64_t session_lap(const struct session *s, uint32_t car, uint32_t number)
{
	if (car >= s->ncars)
		return -1;
	uint32_t lo = s->cars[car].first, end = lo + s->cars[car].n, hi = end;
	while (lo < hi) {
		uint32_t mid = lo + (hi - lo) / 2;
		if (s->laps.number[mid] < number)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo < end && s->laps.number[lo] == number ? (int64_t)lo : -1;
}

bool session_answers_to(const struct session *s, const char *name)
{
	struct str wanted = str_from(name);
	if (wanted.n == 0)
		return false;
	if (str_eq_nocase(str_from(s->id), wanted))
		return true;
	const char *p = s->aliases ? s->aliases : "";
	while (*p) {
		size_t n = strcspn(p, " ");
		if (n > 0 && str_eq_nocase((struct str){p, n}, wanted))
			return true;
		p += n + (p[n] == ' ');
	}
	return false;
}

void session_free(struct session *s)
{
	if (s)
		arena_free(s->arena); /* the session itself lives in it */
}
