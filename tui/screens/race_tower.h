/* The tower's cells: one a column, of any car shown. */
#ifndef TUI_SCREENS_RACE_TOWER_H
#define TUI_SCREENS_RACE_TOWER_H

#include "tui/screens/race.h"

enum tower_column {
	COL_CLASS_PLACE,
	COL_PLACE,
	COL_CAR,
	COL_DRIVER,
	COL_LAPS,
	COL_GAP,
	COL_INT,
	COL_TO_YOU,
	COL_BEST,
	COL_VYOU,
	COL_LAST5,
	COL_NOW,
	COL_LAST,
	COL_S1,
	COL_S2,
	COL_S3,
	COL_STINT,
	COL_STOPS,
	COL_LANE,
	COL_DRIVE,
	COL_PENALTY,
	TOWER_COLUMNS
};

/* row: of r->cars. */
void tower_cell(const struct race *r, int row, enum tower_column column, struct table_cell *out);

#endif
