/* The table at the end, or at the cut. Races: laps, then ELAPSED. Practice and qualifying: best lap. Gaps within the class when one is
 * chosen. Source: as official timing counts. */
#ifndef ANALYSIS_TABLE_H
#define ANALYSIS_TABLE_H

#include "core/analysis/order.h"

/* Fills out->table and out->row_of; least: per lap number, the least ELAPSED of the class; best: see order_make. */
bool table_make(const struct session *s, const struct analysis_options *o, const struct classes *c, const ms_t *best,
		const ms_t *least, struct arena *a, struct order *out, struct err *err) MUST_CHECK;

#endif
