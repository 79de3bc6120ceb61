/* What screens are given: one session with all that was worked out from it, for one YOU and one REF, whole or as it was
 * at one moment of its clock.
 *
 * A view never changes; a new one replaces it. Made by the worker, read by the program's thread. The part that does not
 * depend on YOU and REF is shared between views by a count that only the program's thread touches. */
#ifndef TUI_VIEW_H
#define TUI_VIEW_H

#include "core/analysis/coach.h"
#include "core/analysis/driver_pace.h"
#include "core/analysis/events.h"
#include "core/analysis/season_table.h"
#include "core/model/dataset.h"
#include "tui/state.h"

struct data;

/* Replay: the session's own clock. */
struct view_clock {
	bool on, playing;
	ms_t at;      /* nothing that crossed the line later is known */
	ms_t end;     /* the last crossing of the session */
	double speed; /* 0.25 to 64 */
};

struct session_view { /* shared: one session, one set of exclusions, one class, one moment */
	unsigned refs;
	const struct session *session;
	uint32_t index; /* of the session in dataset.sessions */
	struct arena *arena;
	struct analysis *analysis;
	struct shown_order order;
	struct season_table season;
	struct exclusion *excluded; /* this session's, in the arena */
	uint32_t nexcluded;
	char class_name[STATE_ID]; /* "" all */
	ms_t pit_loss;             /* set by the user; MS_NONE: measured */
	bool cut;                  /* as at `at` */
	ms_t at;
	unsigned generation; /* of the exclusions it was made with */
};

struct view {
	struct data *owner;  /* where marks are changed: tui/data.h */
	const char *failure; /* why nothing could be loaded, "" otherwise; then dataset is NULL */
	const struct dataset *dataset;
	const struct session *session; /* NULL: the folders hold no session; dataset.problems and files say why */
	struct session_view *shared;
	const struct analysis *analysis;
	const struct shown_order *order;
	const struct season_table *season;
	const char *class_name; /* NULL: all classes */
	struct view_clock clock;
	bool live;   /* the session is being written; with a clock that is on it arrives behind what is shown */
	ms_t length; /* of the race, set by the user; MS_NONE not known */
	struct events events;           /* of YOU, REF, the others compared, the followed; and of the field */
	struct driver_paces drivers[2]; /* of YOU and REF */
	struct arena *arena;            /* of the comparisons, notes and events */
	bool paired;                    /* two cars or more with laps: you, ref, cmp and notes are there */
	uint16_t you, ref;              /* car indexes */
	struct comparison cmp;
	struct notes notes;
	bool own;       /* the notes are against YOUR own laps and the field */
	uint32_t nmore; /* a third and a fourth car, each against REF */
	uint16_t more[STATE_MORE];
	struct comparison more_cmp[STATE_MORE];
	uint32_t nfollowed;
	uint16_t followed[STATE_FOLLOWED];
};

/* What is wanted of a view. */
struct view_want {
	uint32_t index;
	uint16_t you, ref;         /* NO_CAR: chosen by view_first_pair */
	bool own;                  /* notes against YOUR own laps and the field */
	char class_name[STATE_ID]; /* "" all */
	ms_t length, pit_loss;     /* MS_NONE: not known, measured */
	struct view_clock clock;
	bool live;           /* the session is being written: marks known only at its end are not read */
	unsigned generation; /* counts changes of the exclusions and of the sessions */
};

/* Which cars to start with: YOU the car marked last time, else the second in order; REF the leader of YOUR class, or the
 * second where YOU lead. false: fewer than two cars with laps. */
bool view_first_pair(const struct session_view *sv, const struct state *st, uint16_t *you, uint16_t *ref);

/* Was it made for what is wanted? Then it may serve again. */
bool session_view_fits(const struct session_view *sv, const struct view_want *w);
struct session_view *session_view_new(const struct dataset *d, const struct view_want *w, const struct state *st,
				      struct err *err) MUST_CHECK;
void session_view_free(struct session_view *sv);
/* Takes no reference itself: the caller counts. sv NULL: an empty view. */
struct view *view_new(const struct dataset *d, struct session_view *sv, const struct view_want *w,
		      const struct state *st, struct err *err) MUST_CHECK;
void view_free(struct view *v); /* not the shared part */
/* The last crossing of a session; 0 where it has no clock. */
ms_t session_end(const struct session *s);

#endif
