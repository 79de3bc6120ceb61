/* What has happened, as lines: from the events of the race and from the two cars compared. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/analysis/now.h"

enum { FAR = 1000, NEAR = 500, TOW_TENTHS = 30 };

struct list {
	struct message *at;
	uint32_t n, max; /* full: the oldest goes */
};

/* Kept in order of the clock; of equal times the one told first stays first. */
static struct message *add(struct list *l, ms_t at, uint16_t lap)
{
	uint32_t i = l->n;
	while (i > 0 && l->at[i - 1].at > at)
		i--;
	if (l->n == l->max) {
		if (i == 0)
			return NULL;
		memmove(l->at, l->at + 1, --i * sizeof *l->at);
	} else {
		memmove(l->at + i + 1, l->at + i, (l->n - i) * sizeof *l->at);
		l->n++;
	}
	l->at[i] = (struct message){.at = at, .lap = lap};
	return &l->at[i];
}

static const char *id_of(const struct analysis *an, uint16_t car)
{
	return an->session->cars[car].id;
}

/* --- Of the race ------------------------------------------------------------ */

static void tell_best(const struct analysis *an, const struct event *e, char out[96])
{
	char t[NUM_LEN];
	snprintf(out, 96, "%.12s best lap of race %s%s", id_of(an, e->car), time_str(t, e->value),
		 an->bests.session.best.time == e->value ? "*" : "");
}

static void tell_events(const struct analysis *an, const struct events *e, struct list *l)
{
	for (uint32_t i = 0; e && i < e->n; i++) {
		const struct event *v = &e->at[i];
		bool told =
			v->watched || v->kind == EVENT_BEST || v->kind == EVENT_CAUTION || v->kind == EVENT_CAUTION_END;
		struct message *m = told && v->at != MS_NONE ? add(l, v->at, v->lap) : NULL;
		if (m && v->kind == EVENT_BEST)
			tell_best(an, v, m->text);
		else if (m)
			event_words(an->session, v, m->text);
	}
}

/* --- Of YOU and REF --------------------------------------------------------- */

static void tell_gap(const struct analysis *an, const struct comparison *c, uint32_t i, ms_t limit, struct list *l)
{
	ms_t before = c->pairs[i - 1].gap, now = c->pairs[i].gap;
	char t[NUM_LEN];
	if (before == MS_NONE || now == MS_NONE || abs(before) < limit || abs(now) >= limit)
		return;
	struct message *m = add(l, an->session->laps.elapsed[c->pairs[i].you], c->pairs[i].number);
	if (!m)
		return;
	dec_str(t, limit / 1000.0, 1);
	if (now >= 0)
		snprintf(m->text, sizeof m->text, "%.12s within %s s of %.12s", id_of(an, c->you), t,
			 id_of(an, c->ref));
	else
		snprintf(m->text, sizeof m->text, "%.12s within %s s of %.12s", id_of(an, c->ref), t,
			 id_of(an, c->you));
}

static void tell_tow(const struct analysis *an, const struct lap_pair *p, uint16_t fastest, struct list *l)
{
	const uint16_t *speed = an->session->laps.top_speed;
	uint8_t air = an->order.air[p->you].air;
	char a[NUM_LEN], b[NUM_LEN];
	if (fastest == 0 || speed[p->you] <= fastest || speed[p->ref] == 0 ||
	    speed[p->you] <= speed[p->ref] + TOW_TENTHS || (air != AIR_HELD && air != AIR_CLOSE))
		return;
	struct message *m = add(l, an->session->laps.elapsed[p->you], p->number);
	if (m)
		snprintf(m->text, sizeof m->text, "%.12s tow %s km/h, %.12s %s",
			 id_of(an, an->session->laps.car[p->you]), dec_str(a, speed[p->you] / 10.0, 1),
			 id_of(an, an->session->laps.car[p->ref]), dec_str(b, speed[p->ref] / 10.0, 1));
}

static void tell_pair(const struct analysis *an, const struct comparison *c, struct list *l)
{
	uint16_t fastest = 0;
	for (uint32_t i = 0; i < c->npairs; i++) {
		const struct lap_pair *p = &c->pairs[i];
		uint16_t speed = an->session->laps.top_speed[p->you];
		if (an->session->laps.elapsed[p->you] == MS_NONE)
			continue;
		if (i > 0) {
			tell_gap(an, c, i, FAR, l);
			tell_gap(an, c, i, NEAR, l);
		}
		tell_tow(an, p, fastest, l);
		fastest = speed > fastest ? speed : fastest;
	}
}

uint32_t messages_make(const struct analysis *an, const struct comparison *c, const struct events *e,
		       struct message *out, uint32_t max)
{
	struct list l = {out, 0, max};
	if (max == 0)
		return 0;
	tell_events(an, e, &l);
	if (c && an->session->kind == KIND_RACE)
		tell_pair(an, c, &l);
	return l.n;
}
