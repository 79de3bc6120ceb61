#include "core/analysis/lap_mark.h"

#include <string.h>

enum { FAR_OVER = 3000, OVER = 1000 };

/* 0: neither first, in, out nor under caution. */
static char stopped_mark(const struct analysis *an, uint32_t lap)
{
	const struct lap_class *c = &an->classes.lap[lap];

	if (an->session->laps.number[lap] == 1)
		return 's';
	if (c->in)
		return 'P';
	if (c->out)
		return 'o';
	return c->status == LAP_CAUTION ? 'c' : 0;
}

static char best_mark(const struct analysis *an, uint32_t lap)
{
	uint16_t car = an->session->laps.car[lap], number = an->session->laps.number[lap];
	const struct lap_ref *own = &an->bests.car[car].best, *all = &an->bests.session.best;

	if (own->time == MS_NONE || own->lap != number)
		return 0;
	return all->time != MS_NONE && all->car == car && all->lap == number ? '*' : '+';
}

static char slow_mark(const struct analysis *an, uint32_t lap)
{
	const struct pace *p = &an->paces.car[an->session->laps.car[lap]].all;
	ms_t time = an->session->laps.time[lap];

	if (p->n == 0 || time == MS_NONE)
		return 0;
	return time > p->median + FAR_OVER ? '!' : time > p->median + OVER ? '-' : 0;
}

static char air_mark(const struct analysis *an, uint32_t lap)
{
	switch (an->order.air[lap].air) {
	case AIR_HELD:
	case AIR_CLOSE:
		return '=';
	case AIR_CLEAR:
		return '.';
	default:
		return '?';
	}
}

static char mark_of(const struct analysis *an, uint32_t lap, bool bests)
{
	char mark = stopped_mark(an, lap);

	if (!mark && bests)
		mark = best_mark(an, lap);
	if (!mark)
		mark = slow_mark(an, lap);
	return mark ? mark : air_mark(an, lap);
}

char lap_mark(const struct analysis *an, uint32_t lap)
{
	return mark_of(an, lap, true);
}

char lap_mark_plain(const struct analysis *an, uint32_t lap)
{
	return mark_of(an, lap, false);
}

char lap_place_mark(const struct analysis *an, uint32_t lap)
{
	const struct laps *l = &an->session->laps;
	uint16_t now = an->order.lap[lap].position, before;

	if (lap == car_first(an, l->car[lap]) || l->number[lap - 1] + 1 != l->number[lap])
		return ' ';
	before = an->order.lap[lap - 1].position;
	if (!now || !before || now == before)
		return ' ';
	return now < before ? '^' : 'v';
}

int lap_mark_weight(char mark)
{
	static const char order[] = "?.=-!+cso*P";
	const char *p = mark ? strchr(order, mark) : NULL;

	return p ? (int)(p - order) + 1 : 0;
}
