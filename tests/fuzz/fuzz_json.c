/* The season's JSON from hostile bytes: any text is taken or refused with words, and what is kept is what it says it is. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/load/season_json.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define MUST(condition)                                                                                                \
	do {                                                                                                           \
		if (!(condition)) {                                                                                    \
			fprintf(stderr, "broken: %s\n", #condition);                                                   \
			abort();                                                                                       \
		}                                                                                                      \
	} while (0)

static void check_driver(const struct season_driver *d)
{
	MUST(d->number && d->name);
	for (uint32_t i = 0; i < d->nresults; i++) {
		const struct season_result *r = &d->results[i];

		MUST(r->track && r->track[0] && r->race > 0 && r->gap && r->status);
		MUST(r->fastest == MS_NONE || r->fastest > 0);
		MUST(i == 0 || strcmp(d->results[i - 1].track, r->track) <= 0);
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct err err = {0};
	struct season *s = season_new(&err);

	if (!s)
		return 0;
	if (!season_add_text(s, "x.json", (const char *)data, size, &err))
		MUST(err.code != ERR_NONE && strncmp(err.msg, "x.json", 6) == 0);
	MUST(season_finish(s, &err));
	for (uint32_t i = 0; i < s->ndrivers; i++)
		check_driver(&s->drivers[i]);
	season_free(s);
	return 0;
}
