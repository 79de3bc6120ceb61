#include "tests/unit/tel_raw.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "tests/unit/helper.h"

enum { FIELDS = 13, LINE_BYTES = 512, VEHICLE = 24 };
enum { F_LAP = 1, F_META = 5, F_NAME = 8, F_VALUE = 9, F_STAMP = 10, F_VEHICLE = 11 };

struct raw_row {
	int64_t stamp, late; /* meta_time - timestamp */
	uint16_t lap;
	uint8_t channel;
	double value;
};

struct raw_car {
	char vehicle[VEHICLE];
	struct raw_row *row;
	size_t n, cap;
};

/* "2025-09-06T18:54:51.734Z" in ms since 1970. */
static int64_t stamp(const char *s)
{
	struct tm t = {
		.tm_year = atoi(s) - 1900, .tm_mon = atoi(s + 5) - 1, .tm_mday = atoi(s + 8), .tm_hour = atoi(s + 11)};

	t.tm_min = atoi(s + 14);
	return (int64_t)timegm(&t) * 1000 + atoi(s + 17) * 1000 + atoi(s + 20);
}

static struct raw_car *car_of(struct raw_car *cars, uint32_t *n, const char *vehicle)
{
	for (uint32_t i = 0; i < *n; i++)
		if (strcmp(cars[i].vehicle, vehicle) == 0)
			return &cars[i];
	assert_true(*n < RAW_CARS);
	snprintf(cars[*n].vehicle, VEHICLE, "%s", vehicle);
	return &cars[(*n)++];
}

static void add_row(struct raw_car *c, const struct raw_row *r)
{
	if (c->n == c->cap) {
		c->cap = c->cap ? 2 * c->cap : 4096;
		c->row = realloc(c->row, c->cap * sizeof *c->row);
		assert_non_null(c->row);
	}
	c->row[c->n++] = *r;
}

static void take_line(char *line, struct raw_car *cars, uint32_t *n)
{
	char *f[FIELDS];
	struct raw_row r;
	int channel;

	for (int i = 0; i < FIELDS; i++) {
		f[i] = line;
		line += strcspn(line, ",\r\n");
		if (*line)
			*line++ = '\0';
	}
	channel = tel_channel_by_name(f[F_NAME], strlen(f[F_NAME]));
	assert_true(channel >= 0);
	r = (struct raw_row){.stamp = stamp(f[F_STAMP]), .lap = (uint16_t)atoi(f[F_LAP]), .channel = (uint8_t)channel};
	r.late = stamp(f[F_META]) - r.stamp;
	r.value = strtod(f[F_VALUE], NULL);
	add_row(car_of(cars, n, f[F_VEHICLE]), &r);
}

static int by_late(const void *a, const void *b)
{
	const struct raw_row *x = a, *y = b;

	return (x->late > y->late) - (x->late < y->late);
}

static int by_stamp(const void *a, const void *b)
{
	const struct raw_row *x = a, *y = b;

	return (x->stamp > y->stamp) - (x->stamp < y->stamp);
}

struct tel_stream *raw_stream(const char *number, uint32_t n, uint32_t channels, bool gps)
{
	struct arena *a = arena_new(0);
	struct tel_stream *s = ARENA_NEW(a, struct tel_stream);

	assert_non_null(s);
	*s = (struct tel_stream){.arena = a, .n = n};
	s->car = (struct tel_car){.chassis = "", .event = "", .race = "", .has_clock = true, .channels = channels};
	s->car.number = s->car.numbers = arena_strndup(a, number, strlen(number));
	s->t = ARENA_ARRAY(a, n, int64_t);
	s->lap = ARENA_ARRAY(a, n, uint16_t);
	for (int c = 0; c < TEL_CHANNELS; c++) {
		if (!(channels & (1u << c)))
			continue;
		s->v[c] = ARENA_ARRAY(a, n, float);
		for (uint32_t i = 0; i < n; i++)
			s->v[c][i] = NAN;
	}
	s->lat = gps ? ARENA_ARRAY(a, n, double) : NULL;
	s->lon = gps ? ARENA_ARRAY(a, n, double) : NULL;
	for (uint32_t i = 0; gps && i < n; i++)
		s->lat[i] = s->lon[i] = NAN;
	return s;
}

static void put(struct tel_stream *s, uint32_t at, const struct raw_row *r, int64_t offset)
{
	s->t[at] = r->stamp + offset;
	s->lap[at] = r->lap;
	if (r->channel == TEL_LAT)
		s->lat[at] = r->value;
	else if (r->channel == TEL_LON)
		s->lon[at] = r->value;
	else
		s->v[r->channel][at] = (float)r->value;
}

static struct tel_stream *stream_of(struct raw_car *c)
{
	uint32_t channels = 0, n = 0;
	const uint32_t gps = 1u << TEL_LAT | 1u << TEL_LON;
	struct tel_stream *s;
	int64_t offset;

	qsort(c->row, c->n, sizeof *c->row, by_late);
	offset = c->row[c->n / 100].late;
	qsort(c->row, c->n, sizeof *c->row, by_stamp);
	for (size_t i = 0; i < c->n; i++) {
		channels |= 1u << c->row[i].channel;
		n += i == 0 || c->row[i].stamp != c->row[i - 1].stamp;
	}
	s = raw_stream(strrchr(c->vehicle, '-') + 1, n, channels & ~gps, channels & gps);
	s->car.offset_ms = offset;
	n = 0;
	for (size_t i = 0; i < c->n; i++)
		put(s, n += i > 0 && c->row[i].stamp != c->row[i - 1].stamp, &c->row[i], offset);
	return s;
}

bool raw_read(const char *path, struct raw_file *out)
{
	struct raw_car cars[RAW_CARS] = {{{0}, NULL, 0, 0}};
	char line[LINE_BYTES];
	FILE *f = fopen(path, "rb");

	*out = (struct raw_file){.n = 0};
	if (!f)
		return false;
	assert_non_null(fgets(line, sizeof line, f));
	while (fgets(line, sizeof line, f))
		take_line(line, cars, &out->n);
	fclose(f);
	for (uint32_t i = 0; i < out->n; i++) {
		out->stream[i] = stream_of(&cars[i]);
		free(cars[i].row);
	}
	return true;
}

void raw_free(struct raw_file *f)
{
	for (uint32_t i = 0; i < f->n; i++)
		tel_stream_free(f->stream[i]);
	f->n = 0;
}
