/* The season's JSON files, known by their content: dashboardData, driver_factors, driver_season_stats,
 * driver_race_results, factor_breakdowns (names). A bare NaN is read as missing; a nesting over 64 or a file over
 * SEASON_JSON_MAX is refused; wrong types cost the value, with file and key told, not the file. */
#ifndef LOAD_SEASON_JSON_H
#define LOAD_SEASON_JSON_H

#include "core/base/err.h"
#include "core/model/season.h"

enum { SEASON_JSON_MAX = 3 * 1024 * 1024 };

struct season *season_new(struct err *err) MUST_CHECK;
/* Adds one file; false when it is not (readable) season JSON: err says why, the season is as before or a little fuller.
 * ERR_NOT_FOUND: sound JSON, but none of the five. */
bool season_add_file(struct season *s, const char *path, struct err *err) MUST_CHECK;
bool season_add_text(struct season *s, const char *name, const char *text, size_t n, struct err *err) MUST_CHECK;
/* After the last file: sorts, joins, drops what is not data (names without figures, races told twice). */
bool season_finish(struct season *s, struct err *err) MUST_CHECK;

#endif
