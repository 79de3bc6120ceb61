#include "core/analysis/alarms.h"

#include <stdio.h>
#include <string.h>

enum { GAP_UNDER = 500 };

struct finding {
	const struct analysis *before, *now;
	uint16_t you, was; /* index then; NO_CAR: not there */
	const struct alarm_rules *r;
	struct alarm *out;
	uint32_t n;
};

void alarm_rules_default(struct alarm_rules *r)
{
	*r = (struct alarm_rules){.gap_under = GAP_UNDER};
	for (int k = 0; k < ALARM_KINDS; k++)
		r->on[k] = true;
}

const char *alarm_name(enum alarm_kind k)
{
	static const char *const names[ALARM_KINDS] = {[ALARM_BEST] = "best",
						       [ALARM_POSITION] = "position",
						       [ALARM_GAP] = "gap",
						       [ALARM_PIT] = "pit",
						       [ALARM_CAUTION] = "caution"};
	return k < ALARM_KINDS ? names[k] : "";
}

/* Without the zeros at the end: "0.5". */
static void short_seconds(char out[NUM_LEN], ms_t t)
{
	sec_str(out, t);
	for (size_t n = strlen(out); n > 2 && out[n - 1] == '0' && out[n - 2] != '.'; n--)
		out[n - 1] = '\0';
}

void alarm_rules_words(const struct alarm_rules *r, char *out, size_t cap)
{
	static const enum alarm_kind order[] = {ALARM_POSITION, ALARM_CAUTION, ALARM_GAP, ALARM_BEST, ALARM_PIT};
	static const char *const words[ALARM_KINDS] = {[ALARM_POSITION] = "position",
						       [ALARM_CAUTION] = "flag",
						       [ALARM_GAP] = "gap under",
						       [ALARM_BEST] = "best lap",
						       [ALARM_PIT] = "pit"};
	size_t n = (size_t)snprintf(out, cap, "alarms on:");
	char t[NUM_LEN];
	int any = 0;
	for (size_t i = 0; i < sizeof order / sizeof order[0] && n < cap; i++) {
		if (!r->on[order[i]])
			continue;
		n += (size_t)snprintf(out + n, cap - n, "%s %s", any++ ? "," : "", words[order[i]]);
		short_seconds(t, r->gap_under);
		if (order[i] == ALARM_GAP && n < cap)
			n += (size_t)snprintf(out + n, cap - n, " %s s", t);
	}
	if (!any)
		snprintf(out, cap, "alarms off");
	else if (r->bell && n < cap)
		snprintf(out + n, cap - n, ", bell");
}

static uint16_t same_car(const struct analysis *from, uint16_t car, const struct analysis *to)
{
	int at = car == NO_CAR ? -1 : session_car(to->session, from->session->cars[car].id);
	return at >= 0 && car_seen(to, (uint32_t)at) > 0 ? (uint16_t)at : NO_CAR;
}

static void add(struct finding *f, struct alarm a)
{
	if (f->n < ALARMS_MAX && f->r->on[a.kind])
		f->out[f->n++] = a;
}

static uint16_t last_number(const struct analysis *an, uint16_t car)
{
	uint32_t seen = car_seen(an, car);
	return seen ? an->session->laps.number[car_first(an, car) + seen - 1] : 0;
}

static void find_best(struct finding *f)
{
	const struct lap_ref *was = &f->before->bests.session.best, *is = &f->now->bests.session.best;
	if (is->time != MS_NONE && was->time != MS_NONE && is->time < was->time)
		add(f, (struct alarm){.kind = ALARM_BEST, .car = is->car, .lap = is->lap, .time = is->time});
}

static const struct place *place_of(const struct analysis *an, uint16_t car)
{
	return &an->order.table[an->order.row_of[car]];
}

static void find_position(struct finding *f)
{
	uint16_t place = place_of(f->now, f->you)->position;
	if (f->was != NO_CAR && place > place_of(f->before, f->was)->position)
		add(f,
		    (struct alarm){
			    .kind = ALARM_POSITION, .car = f->you, .lap = last_number(f->now, f->you), .place = place});
}

/* The gap between two cars at the last lap both have done, the later one's minus the other's; MS_NONE unknown. */
static ms_t gap_at_common(const struct analysis *an, uint16_t behind, uint16_t ahead)
{
	const struct session *s = an->session;
	uint16_t a = last_number(an, ahead), b = last_number(an, behind), lap = a < b ? a : b;
	int64_t i = session_lap(s, ahead, lap), k = session_lap(s, behind, lap);
	if (lap == 0 || i < 0 || k < 0 || s->laps.elapsed[i] == MS_NONE || s->laps.elapsed[k] == MS_NONE)
		return MS_NONE;
	return s->laps.elapsed[k] - s->laps.elapsed[i];
}

static bool is_under(const struct finding *f, ms_t gap)
{
	return gap != MS_NONE && gap >= 0 && gap < f->r->gap_under;
}

static uint16_t neighbour(const struct analysis *an, uint16_t car, int by)
{
	int row = an->order.row_of[car] + by;
	if (row < 0 || row >= (int)an->session->ncars || car_seen(an, an->order.table[row].car) == 0)
		return NO_CAR;
	return an->order.table[row].car;
}

static ms_t neighbour_gap(const struct analysis *an, uint16_t you, uint16_t other, bool ahead)
{
	return ahead ? gap_at_common(an, you, other) : gap_at_common(an, other, you);
}

static void find_gap(struct finding *f, bool ahead)
{
	uint16_t other = neighbour(f->now, f->you, ahead ? -1 : 1);
	ms_t gap = other == NO_CAR ? MS_NONE : neighbour_gap(f->now, f->you, other, ahead);
	if (!is_under(f, gap))
		return;
	uint16_t then = same_car(f->now, other, f->before);
	if (f->was != NO_CAR && then != NO_CAR && neighbour(f->before, f->was, ahead ? -1 : 1) == then &&
	    is_under(f, neighbour_gap(f->before, f->was, then, ahead)))
		return;
	add(f,
	    (struct alarm){
		    .kind = ALARM_GAP, .car = other, .lap = last_number(f->now, f->you), .time = gap, .ahead = ahead});
}

static void find_pit(struct finding *f, uint16_t car)
{
	if (car == NO_CAR)
		return;
	uint32_t last = car_first(f->now, car) + car_seen(f->now, car) - 1;
	uint16_t then = same_car(f->now, car, f->before), number = f->now->session->laps.number[last];
	if (f->now->classes.lap[last].in && (then == NO_CAR || last_number(f->before, then) < number))
		add(f, (struct alarm){.kind = ALARM_PIT, .car = car, .lap = number});
}

static bool under_caution(const struct analysis *an)
{
	return an->order.ncrossing > 0 && an->classes.lap[an->order.crossing[an->order.ncrossing - 1]].caution_end;
}

static void find_caution(struct finding *f)
{
	bool was = under_caution(f->before), is = under_caution(f->now);
	if (was != is)
		add(f, (struct alarm){.kind = ALARM_CAUTION, .car = NO_CAR, .ends = was});
}

uint32_t alarms_find(const struct analysis *before, const struct analysis *now, uint16_t you,
		     const struct alarm_rules *r, struct alarm out[ALARMS_MAX])
{
	struct finding f = {before, now, you, same_car(now, you, before), r, out, 0};
	find_caution(&f);
	find_best(&f);
	if (you == NO_CAR || car_seen(now, you) == 0)
		return f.n;
	find_pit(&f, you);
	if (now->session->kind == KIND_RACE) {
		find_position(&f);
		find_gap(&f, true);
		find_gap(&f, false);
		find_pit(&f, neighbour(now, you, -1));
		find_pit(&f, neighbour(now, you, 1));
	}
	return f.n;
}

void alarm_words(const struct session *s, const struct alarm *a, char out[96])
{
	const char *id = a->car < s->ncars ? s->cars[a->car].id : "";
	char t[NUM_LEN];
	switch (a->kind) {
	case ALARM_BEST:
		snprintf(out, 96, "%.20s best lap %s", id, time_str(t, a->time));
		break;
	case ALARM_POSITION:
		snprintf(out, 96, "%.20s lost a place: P%u", id, a->place);
		break;
	case ALARM_GAP:
		snprintf(out, 96, "%.20s %s at %s", id, a->ahead ? "ahead" : "behind", time_str(t, a->time));
		break;
	case ALARM_PIT:
		snprintf(out, 96, "%.20s in the pits", id);
		break;
	case ALARM_CAUTION:
		snprintf(out, 96, "%s", a->ends ? "green" : "CAUTION");
		break;
	case ALARM_KINDS:
		out[0] = '\0';
		break;
	}
}
