/* Raw telemetry files: every dialect, every quirk, and the fast path held to libcsv row by row. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/base/path.h"
#include "core/telemetry/raw.h"
#include "core/telemetry/text.h"
#include "tests/unit/helper.h"
#include "tests/unit/tel_helper.h"

static char dir[512], path[600];

static void put(const char *name, const char *text)
{
	struct buf b = {.p = (char *)(uintptr_t)text, .n = strlen(text)};

	assert_true(path_join(path, sizeof path, dir, name));
	tel_put_file(path, &b);
}

static struct tel_raw *opened(void)
{
	struct err err = {0};
	struct tel_raw *r = tel_raw_open(path, &err);

	assert_ok(r, &err);
	return r;
}

static int64_t at(const char *text)
{
	int64_t ms = 0;

	assert_true(tel_time_parse(str_from(text), &ms));
	return ms;
}

static struct tel_stream *read_car(struct tel_raw *r, const char *chassis, const char *number, int64_t from, int64_t to,
				   bool plain)
{
	const struct tel_want want = {chassis, number, from, to, false};
	struct tel_stream *s = NULL;
	struct err err = {0};

	assert_ok(tel_raw_read_by(r, &want, 1, plain, &s, NULL, &err), &err);
	return s;
}

/* --- Text -------------------------------------------------------------------------- */

static void times(void **state)
{
	static const struct {
		const char *text;
		int64_t ms; /* -1: no time */
	} cases[] = {
		{"1970-01-01T00:00:00.000Z", 0},
		{"2025-09-06T18:54:51.734Z", INT64_C(1757184891734)},
		{"2025-09-06T18:54:51.639000Z", INT64_C(1757184891639)},
		{"2025-09-06T18:54:51.6530Z", INT64_C(1757184891653)},
		{"2025-09-06T18:54:51.6535Z", INT64_C(1757184891654)},
		{"2025-09-06 18:54:51.734000+00:00", INT64_C(1757184891734)},
		{"2025-09-06 18:54:51+00:00", INT64_C(1757184891000)},
		{"2025-09-06T13:54:51.734-05:00", INT64_C(1757184891734)},
		{"2025-09-06T18:54:51", INT64_C(1757184891000)},
		{"2024-02-29T00:00:00Z", INT64_C(1709164800000)},
		{"1757184891.734", INT64_C(1757184891734)},
		{"1757184891734", INT64_C(1757184891734)},
		{"1757184891734000000", INT64_C(1757184891734)},
		{"2025-02-29T00:00:00Z", -1},
		{"2025-09-06T24:00:00Z", -1},
		{"2025-09-06T18:60:00Z", -1},
		{"2025-13-06T18:00:00Z", -1},
		{"2025-09-06T18:54:51.Z", -1},
		{"2025-09-06T18:54:51.7x4Z", -1},
		{"2025-09-06", -1},
		{"13:54:51", -1},
		{"", -1},
		{"-1757184891734", -1},
		{"2300-01-01T00:00:00Z", -1},
	};
	char text[25];
	(void)state;

	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		int64_t ms = 77;
		bool ok = tel_time_parse(str_from(cases[i].text), &ms);
		if (ok != (cases[i].ms >= 0) || (ok && ms != cases[i].ms))
			fail_msg("\"%s\" gives %d %lld", cases[i].text, ok, (long long)ms);
	}
	assert_string_equal(tel_time_str(text, INT64_C(1757184891734)), "2025-09-06T18:54:51.734Z");
	assert_string_equal(tel_time_str(text, INT64_C(1709164800000)), "2024-02-29T00:00:00.000Z");
}

/* As the system's own conversion has it, to the last bit. */
static void values(void **state)
{
	static const char *const good[] = {
		"0",     "-0.19", "100.02", "3.3000000000000003", "33.53101348876953", "-86.61898803710938",
		"221.7", "0.001", "00012",  "9007199254740991",   "90071992547409925", "1e2",
		"-5"};
	static const char *const bad[] = {"", "-", ".", "nan", "inf", "0x1p3", "1.2.3", "1,5", "12a", "--1", "+-1"};
	unsigned seed = 7;
	double v;
	(void)state;

	for (size_t i = 0; i < COUNT_OF(good); i++) {
		assert_true(tel_value_parse(str_from(good[i]), &v));
		assert_true(v == strtod(good[i], NULL));
	}
	for (size_t i = 0; i < COUNT_OF(bad); i++)
		assert_false(tel_value_parse(str_from(bad[i]), &v));
	for (int i = 0; i < 20000; i++) {
		char text[40];
		seed = seed * 1103515245u + 12345u;
		snprintf(text, sizeof text, "%s%u.%0*u", seed >> 31 ? "-" : "", (seed >> 12) % 300,
			 (int)(1 + (seed >> 8) % 9), seed % 1000);
		assert_true(tel_value_parse(str_from(text), &v));
		if (v != strtod(text, NULL))
			fail_msg("%s", text);
	}
	assert_int_equal(tel_lap_parse(STR("11")), 11);
	assert_int_equal(tel_lap_parse(STR("11.0")), 11);
	assert_int_equal(tel_lap_parse(STR("0")), TEL_NO_LAP);
	assert_int_equal(tel_lap_parse(STR("32768")), TEL_NO_LAP);
	assert_int_equal(tel_lap_parse(STR("70000")), TEL_NO_LAP);
	assert_int_equal(tel_lap_parse(STR("2.5")), TEL_NO_LAP);
}

/* --- Quirks, counted by hand ------------------------------------------------------------- */

#define HEAD                                                                                                           \
	"expire_at,lap,meta_event,meta_session,meta_source,meta_time,original_vehicle_id,outing,telemetry_name,"       \
	"telemetry_value,timestamp,vehicle_id,vehicle_number\n"
#define ROW(lap, meta, name, value, stamp, vehicle, number)                                                            \
	"," lap ",I_R06,R1,kafka:gr-raw,2025-09-06T" meta "Z,x,0," name "," value ",2025-09-04T" stamp "Z," vehicle    \
	"," number "\n"

/* The offset of car 022 is 2 days, 1 h 0 min 0.100 s: the least of all, of fewer than a hundred ticks. */
static const char quirks[] = HEAD
	/* two channels of a moment, then the same again: 1 duplicate, then another value: 1 conflict */
	ROW("5", "12:00:01.100", "speed", "100.5", "11:00:01.000", "GR86-022-13", "13")
		ROW("5", "12:00:01.100", "gear", "3", "11:00:01.000", "GR86-022-13", "13")
			ROW("5", "12:00:01.100", "gear", "3", "11:00:01.000", "GR86-022-13", "13")
				ROW("5", "12:00:01.100", "gear", "4", "11:00:01.000", "GR86-022-13", "13")
	/* the next moment in the same burst: 1 row of a burst; lap unknown: 1 */
	ROW("32768", "12:00:01.101", "speed", "101", "11:00:01.043", "GR86-022-013", "13")
	/* a step back: 1; and of that moment the gear is new, no duplicate */
	ROW("5", "12:00:01.200", "gear", "5", "11:00:00.957", "GR86-022-13", "13")
	/* 0.6 s without a tick: a drop-out (from 1.043 to 1.643) */
	ROW("6", "12:00:02.000", "speed", "102", "11:00:01.643", "GR86-022-13", "13")
	/* back to lap 5: stale */
	ROW("5", "12:00:02.050", "speed", "103", "11:00:01.700", "GR86-022-13", "13")
	/* refused: unknown channel, no value, no time */
	ROW("6", "12:00:02.060", "tyre", "9", "11:00:01.700", "GR86-022-13", "13")
		ROW("6", "12:00:02.060", "speed", "", "11:00:01.700", "GR86-022-13", "13")
			ROW("6", "noon", "speed", "99", "11:00:01.700", "GR86-022-13", "13")
	/* another car without a number: its chassis tells it */
	ROW("0", "12:00:05.000", "speed", "50", "10:00:00.000", "GR86-040-000", "0")
	/* half a row: refused, nobody's */
	",6,I_R06,R1\n";

static void check_quirks(const struct tel_stream *s)
{
	const struct tel_counts *c = &s->car.counts;
	const int64_t t0 = at("2025-09-06T12:00:01.100Z");

	assert_string_equal(s->car.chassis, "GR86-022");
	assert_string_equal(s->car.number, "13");
	assert_string_equal(s->car.numbers, "13 013");
	assert_string_equal(s->car.event, "I_R06");
	assert_string_equal(s->car.race, "R1");
	assert_true(s->car.has_clock);
	assert_int_equal(s->car.runs, 1);
	assert_int_equal(s->car.offset_ms, (2 * 86400 + 3600) * 1000 + 58);
	assert_int_equal(c->rows, 11);
	assert_int_equal(c->refused, 3);
	assert_int_equal(c->duplicates, 1);
	assert_int_equal(c->conflicts, 1);
	assert_int_equal(c->bursts, 1);
	assert_int_equal(c->lap_unknown, 1);
	assert_int_equal(c->backward, 1);
	assert_int_equal(c->drop_outs, 1);
	assert_int_equal(c->lap_stale, 1);
	assert_int_equal(s->n, 5);
	assert_int_equal(s->t[0], t0 - 42 - 43);
	assert_int_equal(s->t[1], t0 - 42);
	assert_int_equal(s->t[4], t0 - 42 + 700);
	assert_true(s->v[TEL_GEAR][0] == 5 && s->v[TEL_GEAR][1] == 4 && isnan(s->v[TEL_GEAR][2]));
	assert_true(isnan(s->v[TEL_SPEED][0]) && s->v[TEL_SPEED][1] == 100.5f && s->v[TEL_SPEED][2] == 101.0f);
	assert_int_equal(s->lap[2], TEL_NO_LAP);
	assert_int_equal(s->lap[3], 6);
	assert_null(s->v[TEL_RPM]);
	assert_null(s->lat);
}

static void quirks_are_counted(void **state)
{
	struct err err = {0};
	const struct tel_car *cars;
	uint32_t n;
	(void)state;

	put("quirks.csv", quirks);
	struct tel_raw *r = opened();
	assert_int_equal(tel_raw_shape(r), TEL_LONG);
	for (int plain = 0; plain < 2; plain++) {
		struct tel_stream *s = read_car(r, "GR86-022", "", INT64_MIN, INT64_MAX, plain);
		check_quirks(s);
		tel_stream_free(s);
	}
	assert_ok(tel_raw_cars(r, NULL, &cars, &n, &err), &err);
	assert_int_equal(n, 2);
	assert_string_equal(cars[0].chassis, "GR86-022");
	assert_string_equal(cars[1].chassis, "GR86-040");
	assert_string_equal(cars[1].number, "0");
	assert_string_equal(cars[1].numbers, "0 000");
	assert_int_equal(cars[1].counts.lap_unknown, 1);
	assert_int_equal(tel_raw_rows(r), 13);
	assert_int_equal(tel_raw_refused(r), 4);
	assert_int_equal(tel_raw_problems(r)->total, 4);
	assert_int_equal(tel_raw_problems(r)->at[0].line, 10);
	assert_string_equal(tel_raw_problems(r)->at[0].why, "the channel is not known");
	assert_int_equal(tel_raw_problems(r)->at[3].line, 14);
	tel_raw_close(r);
}

/* The window is of arrivals; the offset is the whole car's all the same. */
static void window(void **state)
{
	(void)state;
	put("quirks.csv", quirks);
	struct tel_raw *r = opened();
	struct tel_stream *s =
		read_car(r, "", "13", at("2025-09-06T12:00:02.000Z"), at("2025-09-06T12:00:02.040Z"), false);
	assert_int_equal(s->n, 1);
	assert_int_equal(s->car.offset_ms, (2 * 86400 + 3600) * 1000 + 58);
	assert_int_equal(s->t[0], at("2025-09-06T12:00:01.701Z"));
	tel_stream_free(s);
	s = read_car(r, "GR86-999", "", INT64_MIN, INT64_MAX, false);
	assert_int_equal(s->n, 0);
	assert_string_equal(s->car.chassis, "");
	tel_stream_free(s);
	tel_raw_close(r);
}

/* A car that was switched off for a day: its clock stood still, so the second run has an offset of its own. A late delivery is no run. */
static void runs(void **state)
{
	struct buf b;
	const int64_t day = 86400000, start = INT64_C(1757181600000);
	char meta[25], stamp[25];
	(void)state;

	buf_init(&b, 1 << 20);
	buf_str(&b, HEAD);
	for (int i = 0; i < 800; i++) {
		int64_t t = i * 50, off = i < 400 ? 0 : day - 400 * 50;
		int64_t late = i >= 100 && i < 140 ? 30000 : i % 7; /* a batch half a minute late */
		buf_fmt(&b, ",1,E,R1,s,%s,x,0,speed,%d,%s,GR86-001-7,7\n", tel_time_str(meta, start + t + off + late),
			i, tel_time_str(stamp, start - 5 * day + t));
	}
	assert_true(path_join(path, sizeof path, dir, "runs.csv"));
	tel_put_file(path, &b);
	buf_release(&b);
	struct tel_raw *r = opened();
	struct tel_stream *s = read_car(r, "", "7", INT64_MIN, INT64_MAX, false);
	assert_int_equal(s->car.runs, 2);
	assert_int_equal(s->car.days, 2);
	assert_int_equal(s->n, 800);
	for (int i = 0; i < 800; i++)
		assert_int_equal(s->t[i], start + i * 50 + (i < 400 ? 0 : day - 400 * 50));
	assert_int_equal(s->car.counts.drop_outs, 0); /* the night is none */
	tel_stream_free(s);
	tel_raw_close(r);
}

/* --- Shapes ---------------------------------------------------------------------------------- */

static void reduced(void **state)
{
	(void)state;
	put("barber_r1_GR86-049-88_reduced.csv", "meta_time,telemetry_name,telemetry_value\n"
						 "2025-09-06T18:40:01.6530Z,speed,80.5\n"
						 "2025-09-06T18:40:01.6530Z,lap,3.0\n"
						 "2025-09-06T18:40:02.0000Z,speed,81\n"
						 "2025-09-06T18:40:02.0000Z,gear,3.0\n");
	struct tel_raw *r = opened();
	assert_int_equal(tel_raw_shape(r), TEL_REDUCED);
	struct tel_stream *s = read_car(r, "", "", INT64_MIN, INT64_MAX, false);
	assert_string_equal(s->car.chassis, "GR86-049");
	assert_string_equal(s->car.number, "88");
	assert_false(s->car.has_clock);
	assert_int_equal(s->n, 2);
	assert_int_equal(s->t[0], at("2025-09-06T18:40:01.653Z"));
	assert_int_equal(s->lap[1], 3);
	assert_true(s->v[TEL_GEAR][1] == 3.0f);
	tel_stream_free(s);
	tel_raw_close(r);
}

static void wide(void **state)
{
	(void)state;
	put("wide.csv", "timestamp,vehicle_number,lap,Speed,aps,nmot\n"
			"2025-09-06T18:40:01.000Z,88,4,80.5,,5000\n"
			"2025-09-06T18:40:01.050Z,88,4,,99.5,x\n");
	struct tel_raw *r = opened();
	assert_int_equal(tel_raw_shape(r), TEL_WIDE);
	struct tel_stream *s = read_car(r, "", "88", INT64_MIN, INT64_MAX, false);
	assert_int_equal(s->n, 2);
	assert_string_equal(s->car.chassis, "");
	assert_true(s->v[TEL_SPEED][0] == 80.5f && isnan(s->v[TEL_SPEED][1]) && s->v[TEL_APS][1] == 99.5f);
	assert_int_equal(s->car.counts.refused, 1);
	tel_stream_free(s);
	tel_raw_close(r);
}

/* The re-melted public set, and the names of the table in Snowflake. */
static void json(void **state)
{
	(void)state;
	put("telemetry_barber_race1.json",
	    "[{\"vid\":\"GR86-022-13\",\"mt\":\"2025-09-06 18:54:51.734000+00:00\",\"ts\":\"2025-09-05 "
	    "00:57:19.422000+00:00\",\"lap\":11,"
	    "\"dist\":null,\"lat\":33.53260803222656,\"accx\":3.3000000000000003,\"spd\":NaN,\"num\":13,\"src\":\"R1\"}"
	    ",\n"
	    " {\"VEHICLE_NUMBER\":13,\"TRACK_ID\":\"barber\",\"RACE_NUM\":1,\"META_TIME\":\"2025-09-06T18:54:51.800Z\","
	    "\"TIMESTAMP\":\"2025-09-05T00:57:19.500Z\",\"LAP\":11.0,\"SPEED\":169.5,\"VEHICLE_ID\":\"GR86-022-13\"},\n"
	    " {\"vid\":\"GR86-022-13\",\"spd\":1}, 7]\n");
	struct tel_raw *r = opened();
	struct err err = {0};
	const struct tel_want want = {"GR86-022", "", INT64_MIN, INT64_MAX, false};
	struct tel_stream *s = NULL;
	assert_int_equal(tel_raw_shape(r), TEL_JSON);
	assert_false(tel_raw_read(r, &want, 1, &s, NULL, &err));
	assert_non_null(strstr(err.msg, ":3: is no array of objects"));
	tel_raw_close(r);
	put("telemetry_barber_race1.json",
	    "[{\"vid\":\"GR86-022-13\",\"mt\":\"2025-09-06 18:54:51.734000+00:00\",\"ts\":\"2025-09-05 "
	    "00:57:19.422000+00:00\",\"lap\":11,"
	    "\"dist\":null,\"lat\":33.53260803222656,\"accx\":3.3000000000000003,\"spd\":NaN,\"num\":13,\"src\":\"R1\"}"
	    ",\n"
	    " {\"VEHICLE_NUMBER\":13,\"TRACK_ID\":\"barber\",\"RACE_NUM\":1,\"META_TIME\":\"2025-09-06T18:54:51.800Z\","
	    "\"TIMESTAMP\":\"2025-09-05T00:57:19.500Z\",\"LAP\":11.0,\"SPEED\":169.5,\"VEHICLE_ID\":\"GR86-022-13\"},\n"
	    " {\"vid\":\"GR86-022-13\",\"spd\":1}]\n");
	r = opened();
	s = read_car(r, "GR86-022", "", INT64_MIN, INT64_MAX, false);
	assert_int_equal(s->n, 2);
	assert_int_equal(s->lap[1], 11);
	assert_true(s->lat[0] == 33.53260803222656 && isnan(s->lat[1]));
	assert_true(s->v[TEL_ACCX][0] == 3.3f && s->v[TEL_SPEED][1] == 169.5f && isnan(s->v[TEL_SPEED][0]));
	assert_int_equal(s->car.counts.refused, 1);
	tel_stream_free(s);
	tel_raw_close(r);
}

static void no_telemetry(void **state)
{
	static const struct {
		const char *text, *says;
	} cases[] = {
		{"", "is empty"},
		{"a,b,c\n1,2,3\n", "is no telemetry"},
		{"meta_time,x\n1,2\n", "is no telemetry"},
		{"{\"a\": 1}\n", "is a JSON object"},
		{"meta_time,telemetry_name,telemetry_value", "has no header line with rows below"},
	};
	struct err err = {0};
	(void)state;

	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		put("no.csv", cases[i].text);
		assert_null(tel_raw_open(path, &err));
		if (!strstr(err.msg, cases[i].says))
			fail_msg("\"%s\" does not say \"%s\"", err.msg, cases[i].says);
	}
	assert_null(tel_raw_open(dir, &err));
	assert_non_null(strstr(err.msg, "folder"));
}

/* --- The fast path and libcsv ------------------------------------------------------------------ */

static void compare(struct tel_raw *r, const char *chassis, const char *number, int64_t from, int64_t to,
		    const char *what)
{
	struct tel_stream *fast = read_car(r, chassis, number, from, to, false);
	struct tel_stream *slow = read_car(r, chassis, number, from, to, true);

	tel_same(fast, slow, what);
	tel_stream_free(fast);
	tel_stream_free(slow);
}

/* Every car, whole and in a window that its first and last arrivals do not fill; one thread and two. */
static void compare_all(const char *what)
{
	struct tel_raw *r = opened();
	struct err err = {0};
	const struct tel_car *cars;
	uint32_t n;

	assert_ok(tel_raw_cars(r, NULL, &cars, &n, &err), &err);
	assert_true(n > 0);
	for (uint32_t i = 0; i < n; i++) {
		int64_t third = (cars[i].last_ms - cars[i].first_ms) / 3;
		compare(r, cars[i].chassis, cars[i].number, INT64_MIN, INT64_MAX, what);
		compare(r, cars[i].chassis, cars[i].number, cars[i].first_ms + third, cars[i].last_ms - third, what);
	}
	tel_raw_close(r);
}

static void every_dialect(void **state)
{
	struct buf b;
	(void)state;

	buf_init(&b, 16 << 20);
	for (int look = 0; look < LOOKS; look++) {
		for (unsigned seed = 1; seed <= 2; seed++) {
			buf_clear(&b);
			tel_write(&b, (enum tel_look)look, seed, seed > 1);
			assert_true(path_join(path, sizeof path, dir, look == LOOK_JSON ? "look.json" : "look.csv"));
			tel_put_file(path, &b);
			compare_all(tel_look_names[look]);
		}
	}
	buf_release(&b);
}

/* The same rows in any order of columns are the same samples. */
static void dialects_agree(void **state)
{
	static const enum tel_look looks[] = {LOOK_QUOTED, LOOK_TAIL_QUOTED, LOOK_NAME_LAST,
					      LOOK_CRLF,   LOOK_WIDE,        LOOK_JSON};
	struct tel_stream *first = NULL;
	struct buf b;
	(void)state;

	buf_init(&b, 16 << 20);
	for (size_t i = 0; i < COUNT_OF(looks); i++) {
		buf_clear(&b);
		tel_write(&b, looks[i], 5, false);
		assert_true(path_join(path, sizeof path, dir, "agree.csv"));
		tel_put_file(path, &b);
		struct tel_raw *r = opened();
		struct tel_stream *s = read_car(r, "GR86-022", "", INT64_MIN, INT64_MAX, false);
		if (first) {
			if (s->n != first->n || memcmp(s->t, first->t, s->n * sizeof *s->t) != 0 ||
			    memcmp(s->v[TEL_SPEED], first->v[TEL_SPEED], s->n * sizeof(float)) != 0 ||
			    memcmp(s->lat, first->lat, s->n * sizeof(double)) != 0)
				fail_msg("%s differs", tel_look_names[looks[i]]);
			tel_stream_free(s);
		} else {
			first = s;
		}
		tel_raw_close(r);
	}
	assert_true(first->n > 500);
	tel_stream_free(first);
	buf_release(&b);
}

/* Lines over the edges of the pieces that are read at a time, one of them too long for any reader. */
static void long_lines(void **state)
{
	enum { LONG = 300 * 1024 };
	struct buf b;
	char meta[25];
	(void)state;

	buf_init(&b, 16 << 20);
	buf_str(&b, HEAD);
	for (int i = 0; b.n < 3u << 20; i++) {
		buf_fmt(&b, ",1,E,R1,s,%s,x,0,speed,%d,%s,GR86-00%d-7,\n",
			tel_time_str(meta, INT64_C(1757181600000) + i), i % 300, meta, i % 2);
		if (i % 7000 == 3000) {
			memset(buf_room(&b, LONG), 'x', LONG);
			b.n += LONG;
			buf_char(&b, '\n');
		}
	}
	assert_true(path_join(path, sizeof path, dir, "long.csv"));
	tel_put_file(path, &b);
	buf_release(&b);
	compare_all("long lines");
	struct tel_raw *r = opened();
	struct err err = {0};
	const struct tel_car *cars;
	uint32_t n;
	assert_ok(tel_raw_cars(r, NULL, &cars, &n, &err), &err);
	assert_int_equal(tel_raw_refused(r), 4);
	assert_int_equal(tel_raw_problems(r)->at[1].line, 10004);
	assert_int_equal(cars[0].counts.rows + cars[1].counts.rows + 4, tel_raw_rows(r));
	tel_raw_close(r);
}

/* Whatever a byte of a file may be turned into. */
static void damaged(void **state)
{
	struct buf b;
	unsigned seed = 99;
	(void)state;

	buf_init(&b, 16 << 20);
	for (int round = 0; round < LOOK_JSON; round++) {
		buf_clear(&b);
		tel_write(&b, (enum tel_look)(round % LOOK_JSON), 3, round % 2);
		for (int i = 0; i < 400; i++) {
			seed = seed * 1103515245u + 12345u;
			size_t from = 300, place = from + seed % (b.n - from);
			b.p[place] = "\",\r\n\0;: 9xZ"[seed >> 20 & 7];
		}
		assert_true(path_join(path, sizeof path, dir, "damaged.csv"));
		tel_put_file(path, &b);
		compare_all(tel_look_names[round % LOOK_JSON]);
	}
	buf_release(&b);
}

static void real_files(void **state)
{
	static const char *const names[] = {"vir_r1_rawlong_15rows.csv", "barber_r1_car13_long.csv",
					    "sonoma_r1_four_cars_long.csv", "barber_r1_GR86-049-88_reduced.csv"};
	const char *shared = getenv("PITWALL_SHARED");
	(void)state;

	for (size_t i = 0; i < COUNT_OF(names); i++) {
		snprintf(path, sizeof path, "%s/telemetry/%s", shared && *shared ? shared : "../shared/data", names[i]);
		if (access(path, R_OK) != 0)
			skip();
		compare_all(names[i]);
	}
}

/* What was measured on the real ones by other means. */
static void real_figures(void **state)
{
	const char *shared = getenv("PITWALL_SHARED");
	struct err err = {0};
	const struct tel_car *c;
	uint32_t n;
	(void)state;

	snprintf(path, sizeof path, "%s/telemetry/sonoma_r1_four_cars_long.csv",
		 shared && *shared ? shared : "../shared/data");
	if (access(path, R_OK) != 0)
		skip();
	struct tel_raw *r = opened();
	assert_ok(tel_raw_cars(r, NULL, &c, &n, &err), &err);
	assert_int_equal(n, 4);
	assert_int_equal(tel_raw_rows(r), 196012);
	assert_int_equal(tel_raw_refused(r), 0);
	assert_string_equal(c[2].chassis, "GR86-022");
	assert_string_equal(c[2].numbers, "13 013");
	assert_int_equal(c[2].days, 2);
	assert_int_equal(c[2].runs, 2);
	assert_int_equal(c[2].counts.rows, 105102);
	assert_true(c[2].channels & 1u << TEL_ATH && !(c[2].channels & 1u << TEL_APS));
	tel_raw_close(r);
}

static int make_folder(void **state)
{
	(void)state;
	folder_make(dir, sizeof dir);
	return 0;
}

static int remove_folder(void **state)
{
	(void)state;
	folder_remove(dir);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(times),         cmocka_unit_test(values),         cmocka_unit_test(quirks_are_counted),
		cmocka_unit_test(window),        cmocka_unit_test(runs),           cmocka_unit_test(reduced),
		cmocka_unit_test(wide),          cmocka_unit_test(json),           cmocka_unit_test(no_telemetry),
		cmocka_unit_test(every_dialect), cmocka_unit_test(dialects_agree), cmocka_unit_test(long_lines),
		cmocka_unit_test(damaged),       cmocka_unit_test(real_files),     cmocka_unit_test(real_figures),
	};
	return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
