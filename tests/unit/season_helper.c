#include "tests/unit/season_helper.h"

#include <stdio.h>
#include <stdlib.h>

#include "core/source/load.h"
#include "tests/unit/helper.h"

struct dataset *real_season(struct season_book **book)
{
	const char *dir = getenv("PITWALL_SHARED"), *path[1];
	char folder[1024];
	struct load_opts o = {.paths = path, .npaths = 1};
	struct err err = {0};

	snprintf(folder, sizeof(folder), "%s/gr-cup", dir && *dir ? dir : "../shared/data");
	path[0] = folder;
	struct dataset *d = dataset_load(&o, &err);
	if (!d || !dataset_session(d, "barber_r2")) {
		dataset_free(d);
		skip();
	}
	*book = season_book_new(d, NULL, &err);
	assert_ok(*book, &err);
	return d;
}
