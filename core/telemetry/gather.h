/* Batches, in the order of the file, become cars with ticks in order of their clock.
 *
 * Each car has a window of some thousand ticks in which late and doubled ones find their place; what falls out of it is handed on, settled
 * (tick.h), together with the piece of the car's clock it is of. A tick that comes later still is handed on in its own turn: whoever takes them merges.
 * Memory does not grow with the file. */
#ifndef TELEMETRY_GATHER_H
#define TELEMETRY_GATHER_H

#include "core/model/files.h"
#include "core/telemetry/batch.h"
#include "core/telemetry/clock.h"

enum { GATHER_WINDOW = 4096, GATHER_HELD_MAX = 512 * 1024 };

/* n ticks of one car and piece, in order of the clock; the receiver may change them. */
typedef bool tel_flush_fn(void *user, uint32_t car, uint32_t piece, struct tel_tick *t, size_t n, struct err *err);

struct tel_gather;

struct tel_gather *tel_gather_new(const char *name, tel_flush_fn *flush, void *user, struct err *err) MUST_CHECK;
void tel_gather_free(struct tel_gather *g);
/* Lines of the file before the first batch. */
void tel_gather_starts_at(struct tel_gather *g, uint64_t line);
bool tel_gather_batch(struct tel_gather *g, struct tel_batch *b, bool has_clock, struct err *err) MUST_CHECK;
bool tel_gather_tick(struct tel_gather *g, const struct tel_who *who, const struct tel_tick *t, bool has_clock,
		     struct err *err) MUST_CHECK;
/* Hands on what is left and makes runs of the clocks' pieces. A second call does nothing. */
bool tel_gather_finish(struct tel_gather *g, struct err *err) MUST_CHECK;

uint64_t tel_gather_rows(const struct tel_gather *g);
uint64_t tel_gather_refused(const struct tel_gather *g);
const struct diag_list *tel_gather_problems(const struct tel_gather *g);
uint32_t tel_gather_cars(const struct tel_gather *g);
/* Fits the car the wish? */
bool tel_gather_is(const struct tel_gather *g, uint32_t car, const char *chassis, const char *number, bool exact);
const struct tel_clock *tel_gather_clock(const struct tel_gather *g, uint32_t car);
struct tel_counts *tel_gather_counts(struct tel_gather *g, uint32_t car);
/* After tel_gather_finish: the car as the whole file tells it, text in a. false: no memory. */
bool tel_gather_car(const struct tel_gather *g, uint32_t car, struct arena *a, struct tel_car *out);

#endif
