/* What happened when, in the order of the clock: for one line under a chart and for the list.
 *
 * pass      a watched car and another of its class change places on the road, neither in, out nor on lap 1
 * stop      an in-lap that another lap follows, or the last one; with the time in the lane and a change of driver where known
 * best      a lap quicker than all before it (of the class), from lap 3
 * slow lap  over 3 s slower than the car's own median, not under caution
 * together  four cars or more in places that follow each other, all over 1 s slower than their own medians on one lap
 * caution   begins, ends: by flag, or by the field's own pace where the file has no flags */
#ifndef ANALYSIS_EVENTS_H
#define ANALYSIS_EVENTS_H

#include "core/analysis/analysis.h"

enum event_kind {
	EVENT_PASS,
	EVENT_STOP,
	EVENT_BEST,
	EVENT_SLOW_LAP,
	EVENT_TOGETHER,
	EVENT_CAUTION,
	EVENT_CAUTION_END,
	EVENT_KINDS
};

struct event {
	enum event_kind kind;
	ms_t at;             /* ELAPSED */
	uint16_t lap;        /* LAP_NUMBER; of the leader for cautions */
	uint16_t car, other; /* NO_CAR where none; PASS: car passes other */
	uint16_t from, to;   /* STOP: drivers, NO_DRIVER without a change; TOGETHER: places */
	ms_t value;          /* STOP: time in the lane; BEST, SLOW_LAP: the lap; MS_NONE */
	double factor;       /* CAUTION by the field's pace: how many times slower; 0 by flag */
	bool watched;        /* it is about a car that was asked for */
};

struct events {
	struct event *at;
	uint32_t n;
};

/* watched: cars whose passes are told. Memory of a; at most EVENTS_MAX, the latest. */
enum { EVENTS_MAX = 2000 };
bool events_make(const struct analysis *an, const uint16_t *watched, uint32_t nwatched, struct arena *a,
		 struct events *out, struct err *err) MUST_CHECK;
/* "22 passes 72", "41 pit", "31 pit 1:08.1, Frijns to Milesi", "P3 to P7 all lose 1 s". Cleaned when drawn. */
void event_words(const struct session *s, const struct event *e, char out[96]);
/* How much it matters for one line of few: greater first. */
int event_weight(const struct event *e);

#endif
