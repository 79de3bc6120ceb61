/* YOU, the next one up, and the leader, as the system before this one had them: by the finishing order (or the table, where there is no
 * result), each with the best lap of which there is telemetry. */
#include "core/telemetry/compare.h"

bool tel_three_make(const struct tel_set *s, const uint32_t *order, uint32_t n, uint32_t you, struct arena *arena,
		    struct tel_three *out, struct err *err)
{
	uint32_t place = 0;

	*out = (struct tel_three){.car = {you, UINT32_MAX, UINT32_MAX}};
	while (place < n && order[place] != you)
		place++;
	if (place > 0 && place < n) {
		out->car[1] = order[place - 1];
		out->car[2] = order[0];
	}
	for (int i = 0; i < 3; i++)
		if (out->car[i] != UINT32_MAX)
			out->lap[i] = tel_set_best(s, out->car[i]);
	if (out->lap[2] == out->lap[1])
		out->lap[2] = NULL;
	if (!out->lap[0])
		return true;
	if (out->lap[1] && !tel_table_make(s, out->lap[1], out->lap[0], arena, &out->next, err))
		return false;
	return !out->lap[2] || tel_table_make(s, out->lap[2], out->lap[0], arena, &out->leader, err);
}
