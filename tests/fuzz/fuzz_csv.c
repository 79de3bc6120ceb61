/* Any bytes as a file: the reader, and every loader that reads tables. What they hand over must be consistent. */
#include <stdint.h>
#include <stdlib.h>

#include "core/load/csv.h"
#include "core/load/laps.h"
#include "core/load/results.h"
#include "core/load/weather.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool ok)
{
	if (!ok)
		abort();
}

static struct csv_reader *open_bytes(const uint8_t *data, size_t size)
{
	struct err err = {0};
	return csv_open_memory("fuzz.csv", (const char *)data, size, &err);
}

/* Reads every byte of every field, so that a sanitizer sees a view that leads outside. */
static void read_all(struct csv_reader *r)
{
	struct err err = {0};
	unsigned sum = 0;
	for (enum csv_row kind = CSV_ROW; kind != CSV_END && kind != CSV_FAILED;) {
		kind = csv_next(r, &err);
		for (uint32_t i = 0; i < csv_fields(r); i++) {
			struct str f = csv_field(r, (int)i);
			for (size_t k = 0; k < f.n; k++)
				sum += (unsigned char)f.p[k];
		}
		must(csv_progress(r) <= 1000 + sum % 1); /* the sum is used, so it is computed */
	}
}

static void check_car(const struct session *s, uint32_t c)
{
	const struct car *car = &s->cars[c];
	must(car->n > 0 && session_car(s, car->id) == (int)c);
	for (uint32_t i = car->first; i < car->first + car->n; i++) {
		must(s->laps.car[i] == c && s->laps.time[i] > 0);
		must(i == car->first || s->laps.number[i] > s->laps.number[i - 1]);
		must(session_lap(s, c, s->laps.number[i]) == (int64_t)i);
		must(s->laps.driver[i] == NO_DRIVER || s->laps.driver[i] < s->ndrivers);
	}
}

static void check_session(const struct session *s)
{
	uint64_t laps = 0;
	for (uint32_t c = 0; c < s->ncars; c++) {
		check_car(s, c);
		laps += s->cars[c].n;
	}
	must(laps == s->laps.n && laps > 0);
	must(laps + s->duplicate_rows + s->refused.total == s->rows);
}

static void load(const uint8_t *data, size_t size)
{
	struct err err = {0};
	struct csv_reader *r = open_bytes(data, size);
	if (r && laps_header(r)) {
		struct session *s = laps_load(r, "fuzz.csv", NULL, &err);
		if (s)
			check_session(s);
		session_free(s);
	} else if (r && weather_header(r)) {
		struct weather w;
		if (weather_load(r, &w, &err))
			must(w.n > 0);
	} else if (r && results_role(r, "fuzz.csv") != ROLE_UNKNOWN) {
		struct arena *a = arena_new(64u << 20);
		if (a)
			(void)!results_load(r, "fuzz.csv", a, &err);
		arena_free(a);
	}
	csv_close(r);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct csv_reader *r = open_bytes(data, size);
	if (r)
		read_all(r);
	csv_close(r);
	load(data, size);
	return 0;
}
