/* The season as the Season pane and the season commands show it: places race by race, from the session files first, then
 * the season's JSON. Order in time is not claimed: races stand by track, then number. */
#ifndef ANALYSIS_SEASON_TABLE_H
#define ANALYSIS_SEASON_TABLE_H

#include "core/base/err.h"
#include "core/model/dataset.h"

enum race_from { FROM_NOWHERE, FROM_SESSION, FROM_JSON };
struct season_race {
	const char *track, *code;
	int number;
};
struct season_cell {
	uint16_t place; /* 0 none */
	bool retired;   /* under 75 % of the winner's laps */
	bool started;
	uint8_t from;                  /* enum race_from */
	const struct session *session; /* with car: what it comes from; NULL unless from is FROM_SESSION */
	const struct car *car;
	const struct season_result *json; /* NULL unless from is FROM_JSON */
};
struct season_row {
	const char *number, *name;
	struct season_cell *cell; /* one a race */
	double median_finish;     /* of the races not retired from; NAN none */
	uint32_t races, wins, podiums, poles, retired;
	int32_t points;                   /* of the JSON; -1 not in it */
	const struct season_driver *json; /* NULL: not in it */
};
struct season_table {
	struct season_race *races;
	uint32_t nraces;
	struct season_row *rows;
	uint32_t nrows;
};
bool season_table_make(const struct dataset *d, struct arena *a, struct season_table *out, struct err *err) MUST_CHECK;
/* Row of a car of a session (by number and name); NULL none. */
const struct season_row *season_table_row(const struct season_table *t, const struct car *c);

#endif
