/* What is kept between runs: the session last open, YOU and REF, laps taken out by hand. A text file in the XDG state
 * folder, replaced in one step. What it does not understand it keeps out of the program, not out of the file's next version. */
#ifndef TUI_STATE_H
#define TUI_STATE_H

#include <stdbool.h>
#include <stdint.h>

#include "core/analysis/alarms.h"
#include "core/base/err.h"
#include "core/base/str.h"
#include "tui/marks.h"

enum { STATE_ID = 64, STATE_WHY = 128, STATE_EXCLUDED_MAX = 500, STATE_FOLLOWED = 8, STATE_MORE = 2 };

struct state_exclusion {
	char session[STATE_ID], car[STATE_ID], why[STATE_WHY];
	uint16_t lap;
};

struct state {
	char session[STATE_ID];                  /* id; "" none */
	char you[STATE_ID], ref[STATE_ID];       /* car numbers marked last; "" none */
	char more[STATE_MORE][STATE_ID];         /* a third and fourth car compared; "" none */
	char followed[STATE_FOLLOWED][STATE_ID]; /* cars followed, in order; "" none */
	struct alarm_rules alarms;
	struct state_exclusion *excluded;
	uint32_t nexcluded;
	struct marks marks; /* of notes; not in a copy: only the program's thread knows them */
};

/* From $XDG_STATE_HOME/pitwall/state. No file is an empty state; an unreadable one too (it is not an error to have no home). */
void state_load(struct state *st);
/* false with err where it cannot be written; the program goes on. */
bool state_save(const struct state *st, struct err *err);
void state_release(struct state *st);
bool state_copy(struct state *to, const struct state *from);
/* Takes the lap out, or puts it back when it is out already. *out tells which. */
bool state_toggle(struct state *st, const char *session, const char *car, uint16_t lap, const char *why, bool *out);
/* Adds the id to a list of n names, or takes it out when it is there; false: the list is full. */
bool state_toggle_id(char (*list)[STATE_ID], unsigned n, const char *id);
/* "gap" "0.5", "best" "off", "bell" "on"; false: no such alarm or value. */
bool state_alarm(struct alarm_rules *r, struct str name, struct str value);
const struct state_exclusion *state_find(const struct state *st, const char *session, const char *car, uint16_t lap);

#endif
