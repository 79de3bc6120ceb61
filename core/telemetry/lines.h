/* Inside telemetry: the official loops within a lap. */
#ifndef TELEMETRY_LINES_H
#define TELEMETRY_LINES_H

#include "core/telemetry/set.h"

/* Loops of a session between the line and the line, by name; mini-sectors where the file has them, else sectors. Returns how many. */
unsigned tel_line_names(const struct session *s, const char *name[TEL_LINES]);
/* Official times of a lap at them, from its start; MS_NONE unknown. */
void tel_line_times(const struct session *s, uint32_t lap, ms_t at[TEL_LINES]);

#endif
