/* The race screen as a whole: where its panes stand, and its keys. */
#ifndef TUI_SCREENS_RACE_PARTS_H
#define TUI_SCREENS_RACE_PARTS_H

#include "tui/screens/race.h"

const struct race_pane *race_pane_of(enum race_pane_id p);
/* Fills r->layout; h 0: as many rows as there are to show. Returns the rows. */
int race_layout(struct race *r, int w, int h, bool linear);

/* Is there a session to show? */
bool race_ready(const struct race *r);
/* The next chart that has something to show; zoomed, it is the one that fills the screen. */
bool race_next_chart(struct race *r);
bool race_command(void *self, enum cmd cmd);
bool race_mouse(void *self, const struct mouse_event *ev);

#endif
