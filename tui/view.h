/* What screens are given: one session with all that was worked out from it, for one YOU and one REF.
 *
 * A view never changes; a new one replaces it. Made by the worker, read by the program's thread. The part that does not
 * depend on YOU and REF is shared between views by a count that only the program's thread touches. */
#ifndef TUI_VIEW_H
#define TUI_VIEW_H

#include "core/analysis/coach.h"
#include "core/analysis/season_table.h"
#include "core/model/dataset.h"
#include "tui/state.h"

struct data;

struct session_view { /* shared: one session, one set of exclusions */
	unsigned refs;
	uint32_t index; /* of the session in dataset.sessions */
	struct arena *arena;
	struct analysis *analysis;
	struct shown_order order;
	struct season_table season;
	struct exclusion *excluded; /* this session's, in the arena */
	uint32_t nexcluded;
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
	struct arena *arena; /* of the comparison and notes */
	bool paired;         /* two cars or more: you, ref, cmp and notes are there */
	uint16_t you, ref;   /* car indexes */
	struct comparison cmp;
	struct notes notes;
};

/* Which cars to start with: YOU the car marked last time, else the second in order; REF the leader of YOUR class, or the
 * second where YOU lead. false: fewer than two cars with laps. */
bool view_first_pair(const struct session_view *sv, const struct state *st, uint16_t *you, uint16_t *ref);

struct session_view *session_view_new(const struct dataset *d, uint32_t index, const struct state *st,
				      struct err *err) MUST_CHECK;
void session_view_free(struct session_view *sv);
/* Takes no reference itself: the caller counts. you = ref = NO_CAR: chosen by view_first_pair. */
struct view *view_new(const struct dataset *d, struct session_view *sv, uint16_t you, uint16_t ref,
		      const struct state *st, struct err *err) MUST_CHECK;
void view_free(struct view *v); /* not the shared part */

#endif
