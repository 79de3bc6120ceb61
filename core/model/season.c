#include "core/model/season.h"

#include <string.h>

const struct season_driver *season_driver(const struct season *s, const char *number)
{
	for (uint32_t i = 0; i < s->ndrivers; i++)
		if (strcmp(s->drivers[i].number, number) == 0)
			return &s->drivers[i];
	return NULL;
}

void season_free(struct season *s)
{
	if (s)
		arena_free(s->arena); /* the season itself lives in it */
}
