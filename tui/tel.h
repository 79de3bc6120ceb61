/* What screen 4 is given: the telemetry of some cars of one session, and two or three laps of it worked out side by side.
 *
 * A tel_view never changes; a new one replaces it. Made by the worker, read by the program's thread. The part that does not depend on the
 * laps chosen is shared between views by a count that only the program's thread touches. */
#ifndef TUI_TEL_H
#define TUI_TEL_H

#include "core/base/job.h"
#include "core/telemetry/advice.h"
#include "core/telemetry/grip.h"
#include "core/telemetry/outline.h"
#include "tui/view.h"

enum tel_slot { TEL_YOU, TEL_REF, TEL_THIRD, TEL_SLOTS };

/* A lap chosen: car is an index in session.cars, NO_CAR: nothing chosen; lap 0: the car's best. */
struct tel_pick {
	uint16_t car, lap;
};

struct tel_want_view {
	uint32_t index;      /* of the session in the dataset */
	unsigned generation; /* of the exclusions */
	uint16_t you, ref;   /* the cars of the view: shown where nothing is chosen; NO_CAR none */
	struct tel_pick pick[TEL_SLOTS];
};

/* A car of the session that some source has samples of. */
struct tel_offer {
	uint16_t car;     /* index in session.cars */
	const char *from; /* "raw: barber_r1_car13_long.csv", "store: ..." */
	const char *kind; /* "store", "snowflake", "csv", "json" */
};

enum { TEL_CARS_LOADED = 2 * TEL_SLOTS };

struct tel_part { /* shared: one session, some of its cars */
	unsigned refs;
	struct arena *arena;
	uint32_t index;
	unsigned generation;
	const struct session *session;
	struct tel_offer *offer;
	uint32_t noffers;
	uint16_t asked[TEL_CARS_LOADED]; /* the cars whose samples were asked for */
	unsigned nasked;
	struct tel_set *set; /* NULL: no car of the session has telemetry; missing says so */
	struct tel_outline outline;
	const char *missing; /* what is missing and how to get it; "" nothing */
	const char *from;    /* where the samples came from: "store", "raw csv" */
};

struct tel_view {
	struct tel_part *part;
	struct arena *arena;
	struct tel_want_view want;
	const struct tel_lap *lap[TEL_SLOTS]; /* of part.set; NULL none */
	struct tel_table table, third;        /* YOU and the third against REF; row NULL: not compared */
	struct tel_grip grip[TEL_SLOTS];
	struct tel_five five;       /* known false: why says why */
	struct tel_advices advices; /* of the cars of the view, YOU against REF; set NULL: not both have telemetry */
};

/* Where samples come from; used by the worker alone, one call at a time. */
struct tel_source;

/* Worker. NULL with err. May be asked to stop (job): ERR_CANCELLED. */
struct tel_part *tel_part_new(struct tel_source *src, const struct dataset *d, const struct tel_want_view *w,
			      const struct exclusion *excluded, uint32_t nexcluded, struct job *job,
			      struct err *err) MUST_CHECK;
void tel_part_free(struct tel_part *p);
/* Was it made of this session, and with every car that is wanted? */
bool tel_part_fits(const struct tel_part *p, const struct tel_want_view *w);
/* Takes no reference itself: the caller counts. */
struct tel_view *tel_view_new(struct tel_part *p, const struct tel_want_view *w, struct err *err) MUST_CHECK;
void tel_view_free(struct tel_view *v); /* not the shared part */

/* The cars to read for what is wanted: those named that are offered, else the first offered. Returns how many. */
unsigned tel_part_cars(const struct tel_part *p, const struct tel_want_view *w, uint16_t cars[TEL_CARS_LOADED]);
/* Does some source have samples of the car? */
const struct tel_offer *tel_offer_of(const struct tel_part *p, uint16_t car);
/* Index in session.cars of a slot's lap; NO_CAR none. */
uint16_t tel_view_car(const struct tel_view *v, enum tel_slot slot);

#endif
