#include "tests/unit/tel_helper.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/telemetry/text.h"
#include "tests/unit/helper.h"

const char *const tel_look_names[LOOKS] = {
	"plain", "quoted", "car last in quotes", "name and value last", "CRLF", "wide", "reduced", "JSON"};

static const char *const headers[LOOKS] = {
	"expire_at,lap,meta_event,meta_session,meta_source,meta_time,original_vehicle_id,outing,telemetry_name,"
	"telemetry_value,timestamp,"
	"vehicle_id,vehicle_number\n",
	"\"meta_source\",\"meta_time\",\"meta_event\",\"meta_session\",\"timestamp\",\"vehicle_id\",\"outing\",\"lap\","
	"\"telemetry_name\",\"telemetry_value\","
	"\"expire_at\"\n",
	"\"meta_time\",\"lap\",\"telemetry_name\",\"telemetry_value\",\"timestamp\",\"vehicle_id\"\n",
	"\xef\xbb\xbfmeta_time,vehicle_id,lap,timestamp,telemetry_name,telemetry_value\n",
	"lap,vehicle_id,telemetry_value,telemetry_name,meta_time,timestamp,vehicle_number\r\n",
	"meta_time,timestamp,vehicle_id,lap,speed,gear,VBOX_Lat_Min,note\n",
	"meta_time,telemetry_name,telemetry_value\n",
	"[\n",
};

struct row {
	char meta[25], stamp[25];
	const char *vehicle, *number, *name;
	char value[32];
	unsigned lap;
};

static unsigned below(unsigned *seed, unsigned n)
{
	*seed = *seed * 1103515245u + 12345u;
	return (*seed >> 16) % n;
}

static void put_row(struct buf *out, enum tel_look look, const struct row *r)
{
	switch (look) {
	case LOOK_PLAIN:
		buf_fmt(out, ",%u,I_R06_2025-09-07,R1,kafka:gr-raw,%s,%s,0,%s,%s,%s,%s,%s\n", r->lap, r->meta,
			r->vehicle, r->name, r->value, r->stamp, r->vehicle, r->number);
		break;
	case LOOK_QUOTED:
		buf_fmt(out, "\"kafka:gr-raw\",\"%s\",\"I_R01\",\"R1\",\"%s\",\"%s\",\"0\",\"%u\",\"%s\",\"%s\",\"\"\n",
			r->meta, r->stamp, r->vehicle, r->lap, r->name, r->value);
		break;
	case LOOK_TAIL_QUOTED:
		buf_fmt(out, "\"%s\",%u,\"%s\",%s,\"%s\",\"%s\"\n", r->meta, r->lap, r->name, r->value, r->stamp,
			r->vehicle);
		break;
	case LOOK_NAME_LAST:
		buf_fmt(out, "%s,%s,%u,%s,%s,%s\n", r->meta, r->vehicle, r->lap, r->stamp, r->name, r->value);
		break;
	case LOOK_CRLF:
		buf_fmt(out, "%u,%s,%s,%s,%s,%s,%s\r\n", r->lap, r->vehicle, r->value, r->name, r->meta, r->stamp,
			r->number);
		break;
	case LOOK_WIDE:
		buf_fmt(out, "%s,%s,%s,%u,%s,%s,%s,\"a, note\"\n", r->meta, r->stamp, r->vehicle, r->lap,
			strcmp(r->name, "speed") == 0 ? r->value : "", strcmp(r->name, "gear") == 0 ? r->value : "",
			strcmp(r->name, "VBOX_Lat_Min") == 0 ? r->value : "");
		break;
	case LOOK_REDUCED:
		buf_fmt(out, "%s,%s,%s\n", r->meta, r->name, r->value);
		break;
	default:
		buf_fmt(out,
			"%s{\"vid\": \"%s\", \"num\": %s, \"mt\": \"%s\", \"ts\": \"%s\", \"lap\": %u, \"%s\": %s, "
			"\"gear\": null}",
			out->n > 2 ? ",\n" : "", r->vehicle, r->number, r->meta, r->stamp, r->lap, r->name, r->value);
	}
}

/* What stands in real files now and then, and what only an enemy writes. */
static void put_mess(struct buf *out, enum tel_look look, unsigned *seed)
{
	static const char *const lines[] = {
		"\n",
		"   \n",
		"\"\n",
		",,,,,,,,,,,,\n",
		"\"open,GR86-022-13,13\n",
		"a,b\rc,d\n",
		",7,E,R1,s,2025-09-06T18:00:00.000Z,x,0,speed,100,2025-09-05T01:00:00.000Z,GR86-022-13,13,extra\n",
		",7,E,R1,s,2025-09-06T18:00:00.000Z,x,0,speed,,2025-09-05T01:00:00.000Z,GR86-022-13,13\n",
		",7,E,R1,s,2025-09-06T18:00:00.000Z,x,0,tyre,9,2025-09-05T01:00:00.000Z,GR86-022-13,13\n",
		",7,E,R1,s,2025-09-06T18:00:00.000Z,x,0,speed,1e400,2025-09-05T01:00:00.000Z,GR86-022-13,13\n",
		(" ,7,\"E\"\"x\",R1,s,2025-09-06T18:00:00.0005Z,x,0, speed ,1e2,2025-09-05 01:00:00+00:00,GR86-022-13 "
		 ", "
		 "13\n"),
		",7,E,R1,s,2025-09-06T18:00:00.000Z,x,0,speed,101,yesterday,GR86-022-13,13\n",
		"2025-09-06T18:00:00.000Z,GR86-022-13,7,2025-09-05T01:00:00.000Z,speed,-\n",
		"2025-09-06T18:00:00.000Z,7,\"gear\",3,\"2025-09-05T01:00:00.000Z\",\"GR86-022-13\" \n",
		"2025-09-06T18:00:00.000Z,gear,3\n",
		"7,GR86-022-13,3,gear,2025-09-06T18:00:00.000Z,2025-09-05T01:00:00.000Z,13\r\r\n"};

	if (look != LOOK_JSON)
		buf_str(out, lines[below(seed, COUNT_OF(lines))]);
	else
		buf_str(out, out->n > 2
				     ? ",\n{\"vid\": 3, \"mt\": NaN, \"x\": [1, {\"y\": \"}\"}], \"gear\": \"\\\"{\"}"
				     : "");
	if (look == LOOK_PLAIN && below(seed, 3) == 0)
		buf_add(out, "x\0,y\n", 5);
}

static void value_of(struct row *r, unsigned *seed)
{
	static const char *const names[] = {"speed", "gear", "VBOX_Lat_Min", "VBOX_Lat_Min", "gear"};

	r->name = names[below(seed, COUNT_OF(names))];
	if (strcmp(r->name, "speed") == 0)
		snprintf(r->value, sizeof r->value, "%u.%02u", below(seed, 220), below(seed, 100));
	else if (strcmp(r->name, "gear") == 0)
		snprintf(r->value, sizeof r->value, "%d", (int)below(seed, 8) - 1);
	else
		snprintf(r->value, sizeof r->value, "%s%u.%07u%07u", below(seed, 2) ? "-" : "", below(seed, 90),
			 below(seed, 10000000), below(seed, 10000000));
}

void tel_write(struct buf *out, enum tel_look look, unsigned seed, bool mess)
{
	static const struct {
		const char *vehicle[2], *number;
		int64_t behind;
	} cars[] = {{{"GR86-022-13", "GR86-022-013"}, "13", 151050607},
		    {{"GR86-004-0", "GR86-004-0"}, "0", 157321889},
		    {{"GR86-040-3", "GR86-040-03"}, "3", 300000000}};
	int64_t start = INT64_C(1757181600000); /* 2025-09-06T18:00:00Z */
	struct row r;

	buf_str(out, headers[look]);
	for (unsigned tick = 0; tick < 2000; tick++) {
		unsigned c = look == LOOK_REDUCED ? 0 : below(&seed, 3), rows = 1 + below(&seed, 5);
		int64_t stamp = start + tick * 43 - (below(&seed, 60) ? 0 : 90), meta = start + tick / 40 * 1720 + 1800;
		meta += below(&seed, 400) ? 0 : 24000; /* late */
		tel_time_str(r.meta, meta + below(&seed, 2));
		tel_time_str(r.stamp, stamp - cars[c].behind);
		r.vehicle = cars[c].vehicle[below(&seed, 30) == 0];
		r.number = cars[c].number;
		r.lap = below(&seed, 50) == 0 ? 32768 : tick / 700 + 9;
		for (unsigned k = 0; k < rows; k++) {
			value_of(&r, &seed);
			put_row(out, look, &r);
			if (below(&seed, 40) == 0)
				put_row(out, look, &r);
		}
		if (mess && below(&seed, 25) == 0)
			put_mess(out, look, &seed);
		if (look == LOOK_REDUCED && tick % 500 == 0)
			buf_fmt(out, "%s,lap,%u.0\n", r.meta, r.lap);
	}
	if (look == LOOK_JSON)
		buf_str(out, "\n]\n");
	assert_false(out->failed);
}

static void same_counts(const struct tel_counts *a, const struct tel_counts *b, const char *what)
{
	static const char *const names[] = {"rows",        "refused",   "duplicates", "conflicts", "backward",
					    "lap_unknown", "lap_stale", "bursts",     "drop_outs"};
	const uint64_t x[] = {a->rows,        a->refused,   a->duplicates, a->conflicts, a->backward,
			      a->lap_unknown, a->lap_stale, a->bursts,     a->drop_outs};
	const uint64_t y[] = {b->rows,        b->refused,   b->duplicates, b->conflicts, b->backward,
			      b->lap_unknown, b->lap_stale, b->bursts,     b->drop_outs};

	for (size_t i = 0; i < COUNT_OF(x); i++)
		if (x[i] != y[i])
			fail_msg("%s: %s is %llu and %llu", what, names[i], (unsigned long long)x[i],
				 (unsigned long long)y[i]);
}

static void same_column(const void *a, const void *b, size_t bytes, const char *what, int channel)
{
	if (!a != !b || (a && bytes && memcmp(a, b, bytes) != 0))
		fail_msg("%s: channel %s differs", what, tel_channel_name((enum tel_channel)channel));
}

void tel_same(const struct tel_stream *a, const struct tel_stream *b, const char *what)
{
	if (a->n != b->n)
		fail_msg("%s: %u and %u ticks", what, a->n, b->n);
	assert_memory_equal(a->t, b->t, a->n * sizeof *a->t);
	assert_memory_equal(a->lap, b->lap, a->n * sizeof *a->lap);
	for (int c = 0; c < TEL_LAT; c++)
		same_column(a->v[c], b->v[c], a->n * sizeof(float), what, c);
	same_column(a->lat, b->lat, a->n * sizeof(double), what, TEL_LAT);
	same_column(a->lon, b->lon, a->n * sizeof(double), what, TEL_LON);
	same_counts(&a->car.counts, &b->car.counts, what);
	assert_string_equal(a->car.chassis, b->car.chassis);
	assert_string_equal(a->car.numbers, b->car.numbers);
	assert_int_equal(a->car.offset_ms, b->car.offset_ms);
	assert_int_equal(a->car.runs, b->car.runs);
	assert_int_equal(a->car.first_ms, b->car.first_ms);
	assert_int_equal(a->car.last_ms, b->car.last_ms);
}

void tel_put_file(const char *path, const struct buf *text)
{
	FILE *f = fopen(path, "wb");

	assert_non_null(f);
	assert_int_equal(fwrite(text->p, 1, text->n, f), text->n);
	assert_int_equal(fclose(f), 0);
}
