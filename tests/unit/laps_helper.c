#include "tests/unit/laps_helper.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/base/path.h"
#include "core/load/laps.h"

static struct session *load(struct csv_reader *r, const char *name, struct err *err)
{
	assert_ok(r, err);
	struct session *s = laps_load(r, name, NULL, err);
	assert_ok(s, err);
	csv_close(r);
	return s;
}

struct session *session_from_text(const char *csv)
{
	struct err err = {0};

	return load(csv_open_memory("laps.csv", csv, strlen(csv), &err), "laps.csv", &err);
}

struct session *session_from_file(const char *name)
{
	const char *dir = getenv("PITWALL_SHARED");
	char path[1024];
	struct err err = {0};

	if (!path_join(path, sizeof path, dir && *dir ? dir : "../shared/data", name) || access(path, R_OK) != 0)
		skip();
	return load(csv_open(path, &err), path, &err);
}

struct analysis *analysed(const struct session *s, const struct analysis_options *o)
{
	struct err err = {0};
	struct analysis *an = analysis_new(s, o, &err);

	assert_ok(an, &err);
	return an;
}

uint32_t car_of(const struct session *s, const char *id)
{
	int car = session_car(s, id);

	assert_true(car >= 0);
	return (uint32_t)car;
}

uint32_t lap_of(const struct session *s, const char *id, uint32_t number)
{
	int64_t lap = session_lap(s, car_of(s, id), number);

	assert_true(lap >= 0);
	return (uint32_t)lap;
}

void session_and_analysis_free(struct session *s, struct analysis *an)
{
	analysis_free(an);
	session_free(s);
}
