/* Where a figure comes from, in words: figure, rule, laps used and left out with reasons, file and lines. One function a
 * kind of figure; each writes plain text of at most 78 columns into out and a title, and returns false when the thing is not there. */
#ifndef TUI_SCREENS_WHY_H
#define TUI_SCREENS_WHY_H

#include "core/base/buf.h"
#include "tui/view.h"

bool why_car(const struct view *v, uint32_t car, char title[80], struct buf *out); /* Field: place, gap, best, pace */
bool why_lap(const struct view *v, uint32_t lap_index, char title[80],
	     struct buf *out); /* Laps: one lap, used or left out */
bool why_ledger(const struct view *v, uint32_t row, char title[80], struct buf *out);
bool why_place(const struct view *v, uint32_t row, char title[80], struct buf *out); /* Sectors: row of cmp.row */
bool why_season(const struct view *v, uint32_t row, char title[80],
		struct buf *out); /* Season: row of the season table */
bool why_note(const struct view *v, uint32_t note, char title[80], struct buf *out); /* Notes: the evidence */

#endif
