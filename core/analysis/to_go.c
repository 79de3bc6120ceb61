#include "core/analysis/to_go.h"

#include <math.h>

#include "core/analysis/last_laps.h"

struct to_go to_go_of(const struct analysis *an, ms_t length)
{
	struct to_go out = {false, MS_NONE, 0};

	if (length == MS_NONE || an->session->kind != KIND_RACE || an->session->ncars == 0)
		return out;
	const struct place *leader = &an->order.table[0];
	struct last_laps pace = last_laps_of(an, leader->car);
	if (leader->total == MS_NONE || pace.n == 0)
		return out;
	out.known = true;
	out.left = leader->total < length ? length - leader->total : 0;
	out.laps = (int32_t)ceil(out.left / pace.mean);
	return out;
}
