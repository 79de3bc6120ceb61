/* Where the panes of the race screen stand. */
#ifndef TUI_SCREENS_RACE_LAYOUT_H
#define TUI_SCREENS_RACE_LAYOUT_H

#include "tui/screens/race.h"

const struct race_pane *race_pane_of(enum race_pane_id p);
/* Fills r->layout; h 0: as many rows as there are to show. Returns the rows. */
int race_layout(struct race *r, int w, int h, bool linear);

#endif
