/* A race on one clock: cars go from loop to loop in the order of time, and who is behind stays behind unless it can pass. */
#ifndef GENERATOR_CLOCK_H
#define GENERATOR_CLOCK_H

#include "data/generator/race.h"

struct runner {
	bool out;         /* parked, or through the finish */
	bool pitting;     /* comes in at the end of this lap */
	bool leaving;     /* was in the lane when this lap began */
	bool stopped;     /* has made the stop that all must make */
	uint8_t stop_lap; /* of the stop that all must make; 0 none */
	int lap, mini;    /* about to be driven: 1.., 0.. */
	int64_t at;       /* microseconds: when it passed the loop that it is at */
	int64_t line_ms;  /* when it began this lap, whole milliseconds */
	int64_t loop_ms;
};

struct stretch {            /* a mini-sector of the track: who went in last and when he comes out */
	int car;            /* -1 nobody */
	int64_t in, out;    /* microseconds */
	int64_t before_out; /* when the one before him comes out */
};

struct race {
	struct run *run;
	struct rng rng;
	struct runner runner[DRIVERS];
	struct stretch stretch[MINI_COUNT];
	int leader, leader_lap;           /* who began the newest lap first, and which */
	int64_t caution_from, caution_to; /* microseconds; 0 none, to: -1 not yet known */
	int64_t finish;                   /* when the winner crossed; 0 not yet */
};

/* traffic.c: when the car comes out of its stretch, given how long it would take alone; moves who is passed. */
int64_t traffic_out(struct race *r, int car, int64_t alone);
bool under_caution(const struct race *r, int64_t at);

#endif
