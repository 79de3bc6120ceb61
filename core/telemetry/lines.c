#include "core/telemetry/lines.h"

unsigned tel_line_names(const struct session *s, const char *name[TEL_LINES])
{
	if (s->nmini == MINIS) {
		for (unsigned i = 0; i < MINIS - 1; i++)
			name[i] = s->mini_name[i];
		return MINIS - 1;
	}
	name[0] = "S1";
	name[1] = "S2";
	return SECTORS - 1;
}

void tel_line_times(const struct session *s, uint32_t lap, ms_t at[TEL_LINES])
{
	bool minis = s->nmini == MINIS;
	ms_t sum = 0;

	for (unsigned i = 0; i < (minis ? MINIS : SECTORS) - 1; i++) {
		ms_t part = minis ? s->laps.mini[i][lap] : s->laps.sector[i][lap];

		sum = sum == MS_NONE || part == MS_NONE ? MS_NONE : sum + part;
		at[i] = sum;
	}
}
