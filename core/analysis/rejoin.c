#include "core/analysis/rejoin.h"

enum { NEAR = 2000 };

static uint32_t last_lap(const struct analysis *an, uint32_t car)
{
	return car_first(an, car) + car_seen(an, car) - 1;
}

static ms_t now_of(const struct analysis *an)
{
	const struct order *o = &an->order;

	return o->ncrossing ? an->session->laps.elapsed[o->crossing[o->ncrossing - 1]] : MS_NONE;
}

bool car_is_running(const struct analysis *an, uint32_t car)
{
	const struct pace *p = &an->paces.car[car].all;
	ms_t now = now_of(an);

	if (car_seen(an, car) == 0 || now == MS_NONE)
		return false;
	uint32_t last = last_lap(an, car);
	ms_t own = p->n ? p->median : an->session->laps.time[last], end = an->session->laps.elapsed[last];
	return own != MS_NONE && end != MS_NONE && now - end <= 2 * own;
}

/* How far `other` is behind `car` at the last lap both have done; minus: ahead. */
static ms_t behind(const struct analysis *an, uint32_t car, uint32_t other)
{
	const struct laps *l = &an->session->laps;
	uint32_t a = last_lap(an, car), b = last_lap(an, other);
	uint16_t number = l->number[a] < l->number[b] ? l->number[a] : l->number[b];
	int64_t mine = session_lap(an->session, car, number), theirs = session_lap(an->session, other, number);

	if (mine < 0 || theirs < 0 || l->elapsed[mine] == MS_NONE || l->elapsed[theirs] == MS_NONE)
		return MS_NONE;
	return l->elapsed[theirs] - l->elapsed[mine];
}

/* Plus: `other` would cross the line that much after `car` has come back to it. Only cars a lap or more away count: the others are known. */
static ms_t on_the_road(const struct analysis *an, uint32_t car, uint32_t other, ms_t loss)
{
	const struct laps *l = &an->session->laps;
	const struct pace *mine = &an->paces.car[car].all, *theirs = &an->paces.car[other].all;

	if (!mine->n || !theirs->n)
		return MS_NONE;
	int64_t there = (int64_t)l->elapsed[last_lap(an, car)] + mine->median + loss;
	int64_t since = there - l->elapsed[last_lap(an, other)], rest = since % theirs->median;
	return (ms_t)(rest * 2 < theirs->median ? -rest : theirs->median - rest);
}

static void place_among(const struct analysis *an, uint32_t car, uint32_t other, struct rejoin *r)
{
	ms_t gap = behind(an, car, other);

	if (gap == MS_NONE)
		return;
	gap -= r->loss;
	if (gap <= 0) {
		r->place++;
		if (r->ahead == NO_CAR || -gap < r->ahead_by) {
			r->ahead = (uint16_t)other;
			r->ahead_by = -gap;
		}
	} else if (r->behind == NO_CAR || gap < r->behind_by) {
		r->behind = (uint16_t)other;
		r->behind_by = gap;
	}
}

static void traffic(const struct analysis *an, uint32_t car, uint32_t other, struct rejoin *r)
{
	ms_t by = on_the_road(an, car, other, r->loss);

	if (by == MS_NONE || by > NEAR || by < -NEAR || r->ntraffic == TRAFFIC_MAX)
		return;
	r->traffic[r->ntraffic] = (uint16_t)other;
	r->traffic_by[r->ntraffic++] = by;
}

struct rejoin rejoin_of(const struct analysis *an, uint32_t car, ms_t loss)
{
	struct rejoin r = {false, loss, 1, NO_CAR, NO_CAR, MS_NONE, MS_NONE, 0, {0}, {0}};

	if (loss == MS_NONE || an->session->kind != KIND_RACE || !car_is_running(an, car))
		return r;
	r.known = true;
	for (uint32_t c = 0; c < an->session->ncars; c++) {
		if (c == car || !car_is_running(an, c))
			continue;
		if (analysis_in_class(&an->options, &an->session->cars[c]))
			place_among(an, car, c, &r);
	}
	for (uint32_t c = 0; c < an->session->ncars; c++)
		if (c != car && c != r.ahead && c != r.behind && car_is_running(an, c))
			traffic(an, car, c, &r);
	return r;
}
