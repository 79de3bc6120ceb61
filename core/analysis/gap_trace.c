#include "core/analysis/gap_trace.h"

#include <string.h>

/* The other car's lap of the same number, when it had been driven; -1 none. */
static int64_t same_lap(const struct analysis *an, uint32_t lap, uint32_t car)
{
	int64_t theirs = session_lap(an->session, car, an->session->laps.number[lap]);

	return theirs >= 0 && an->classes.lap[theirs].status != LAP_FUTURE ? theirs : -1;
}

ms_t gap_at(const struct analysis *an, const struct gap_base *base, uint32_t lap)
{
	ms_t own = an->session->laps.elapsed[lap];

	if (own == MS_NONE)
		return MS_NONE;
	switch (base->kind) {
	case GAP_TO_CAR:
		return gap_at_loop(an, lap, SECTORS - 1, base->car);
	case GAP_TO_LEADER:
		return an->order.lap[lap].position ? an->order.lap[lap].gap : MS_NONE;
	case GAP_TO_PACE:
		return base->pace == MS_NONE ? MS_NONE : own - (ms_t)an->session->laps.number[lap] * base->pace;
	case GAP_BASES:
		break;
	}
	return MS_NONE;
}

ms_t loop_time(const struct session *s, uint32_t lap, int sector)
{
	const struct laps *l = &s->laps;
	ms_t end = l->elapsed[lap];

	if (sector == SECTORS - 1 || end == MS_NONE)
		return end;
	if (sector == 1) {
		ms_t last = l->sector[2][lap];
		return last == MS_NONE ? MS_NONE : end - last;
	}
	return l->time[lap] == MS_NONE || l->sector[0][lap] == MS_NONE ? MS_NONE
								       : end - l->time[lap] + l->sector[0][lap];
}

ms_t gap_at_loop(const struct analysis *an, uint32_t lap, int sector, uint32_t car)
{
	int64_t theirs = same_lap(an, lap, car);
	ms_t own = loop_time(an->session, lap, sector), other;

	if (theirs < 0 || own == MS_NONE)
		return MS_NONE;
	other = loop_time(an->session, (uint32_t)theirs, sector);
	return other == MS_NONE ? MS_NONE : own - other;
}

uint16_t place_at_loop(const struct analysis *an, uint32_t lap, int sector)
{
	const struct session *s = an->session;
	uint16_t place = 1;

	if (loop_time(s, lap, sector) == MS_NONE)
		return 0;
	for (uint32_t c = 0; c < s->ncars; c++) {
		if (c == s->laps.car[lap] || !analysis_in_class(&an->options, &s->cars[c]))
			continue;
		ms_t gap = gap_at_loop(an, lap, sector, c);
		place = (uint16_t)(place + (gap != MS_NONE && gap > 0));
	}
	return place;
}
