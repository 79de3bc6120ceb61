/* What the rows of one piece of a file amount to: ticks in order of arrival, and counts for each car named. Made by one thread, taken over by
 * the gatherer (core/telemetry/gather.h) in the order of the file. */
#ifndef TELEMETRY_BATCH_H
#define TELEMETRY_BATCH_H

#include "core/telemetry/idents.h"

enum { BATCH_PROBLEMS = 200, BATCH_LAP_SAME = 65535 };

struct tel_batch_tick {
	struct tel_tick
		t; /* lap BATCH_LAP_SAME: as the tick before in the file (reduced form, where the lap stands in rows of its own) */
	uint32_t ident;
	bool outside; /* of the wanted window: only its two clocks are of use */
};

struct tel_batch_car { /* of one ident, in this piece */
	struct tel_counts counts;
	uint32_t open; /* its last tick + 1; 0 none */
};

struct tel_problem {
	uint64_t line;   /* of the piece, from 1 */
	const char *why; /* static */
};

struct tel_batch {
	struct tel_idents *idents; /* the thread's; grows from piece to piece */
	struct tel_batch_car *car; /* by ident */
	uint32_t ncars, ccap;
	struct tel_batch_tick *tick;
	size_t n, cap;
	struct tel_problem problem[BATCH_PROBLEMS];
	uint32_t nproblems;
	uint64_t lines, rows, refused;
	uint16_t lap;                 /* reduced form: the last lap row met; BATCH_LAP_SAME none yet */
	bool failed;                  /* out of memory */
	uint32_t *map, nmap, map_cap; /* the gatherer's number of each ident */
};

bool tel_batch_init(struct tel_batch *b);
void tel_batch_release(struct tel_batch *b);
void tel_batch_clear(struct tel_batch *b); /* for the next piece; idents stay */

/* The number of who; TEL_NO_IDENT: cannot be told (too many cars, no memory). */
uint32_t tel_batch_ident(struct tel_batch *b, const struct tel_who *who);
/* The tick that a row of the ident belongs to: its last one where moment and lap are the same, else a new one. NULL: no memory. */
struct tel_tick *tel_batch_tick(struct tel_batch *b, uint32_t ident, int64_t clock, int64_t meta, uint16_t lap,
				bool outside);
/* A row that is of no use. ident TEL_NO_IDENT: nobody's. */
void tel_batch_refuse(struct tel_batch *b, uint32_t ident, const char *why);

#endif
