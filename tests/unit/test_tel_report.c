/* The telemetry command from files as a user has them, and the notes of corners among the others. */
#include <cjson/cJSON.h>
#include <math.h>
#include <string.h>

#include "core/report/report.h"
#include "core/source/load.h"
#include "core/telemetry/advice.h"
#include "tests/unit/tel_made.h"

/* 7 has all laps 0.3 s slower, and brakes 0.3 s early into the second corner. */
static const struct made_car cars[] = {
	{.number = "13",
	 .time = {95400, 90000, 90030, 90060, 90012, 90024},
	 .zone = -5,
	 .late = 310,
	 .label = 1,
	 .jitter = 9},
	{.number = "7",
	 .time = {99000, 90300, 90330, 90360, 90312, 90324},
	 .early = {0.3, 0.3, 0.3, 0.3, 0.3, 0.3},
	 .zone = -5,
	 .late = 290,
	 .label = 2,
	 .jitter = 9},
};
static struct {
	char dir[1024];
	struct dataset *d;
	struct analysis *an;
	struct arena *arena;
} m;

static int make(void **state)
{
	const char *paths[] = {m.dir};
	struct load_opts o = {.paths = paths, .npaths = 1};
	struct err err = {0};

	(void)state;
	folder_make(m.dir, sizeof m.dir);
	made_write(m.dir, cars, 2);
	m.d = dataset_load(&o, &err);
	assert_ok(m.d, &err);
	m.an = analysed(dataset_session(m.d, "barber_r1"), NULL);
	m.arena = arena_new(0);
	return 0;
}

static int drop(void **state)
{
	(void)state;
	analysis_free(m.an);
	dataset_free(m.d);
	arena_free(m.arena);
	folder_remove(m.dir);
	return 0;
}

/* words: "delta 13:2 7"; the answer in b, which the caller frees. */
static bool ask(const char *words, enum report_format format, struct buf *b, struct err *err)
{
	const char *word[6];
	struct report_in in = {.format = format,
			       .dataset = m.d,
			       .session = m.an->session,
			       .analysis = m.an,
			       .car = NO_CAR,
			       .a = NO_CAR,
			       .b = NO_CAR,
			       .words = word,
			       .arena = m.arena};
	char *copy = arena_strndup(m.arena, words, strlen(words)), *next;

	for (char *w = strtok_r(copy, " ", &next); w; w = strtok_r(NULL, " ", &next))
		word[in.nwords++] = w;
	buf_init(b, 64 << 20);
	return report_telemetry(&in, b, err);
}

static cJSON *json(const char *words)
{
	struct buf b;
	struct err err = {0};

	assert_ok(ask(words, REPORT_JSON, &b, &err), &err);
	cJSON *j = cJSON_ParseWithLength(b.p, b.n);

	assert_non_null(j);
	buf_release(&b);
	return j;
}

static const cJSON *member(const cJSON *o, const char *name)
{
	const cJSON *v = cJSON_GetObjectItemCaseSensitive(o, name);

	assert_non_null(v);
	return v;
}

static double number(const cJSON *o, const char *name)
{
	const cJSON *v = member(o, name);

	assert_true(cJSON_IsNumber(v));
	return v->valuedouble;
}

static void laps_are_told_with_all_a_script_needs(void **state)
{
	static const char *const names[] = {
		"car",      "chassis", "lap",    "lap_column", "start", "length", "error_unscaled",
		"residual", "gap_max", "source", "usable",     "why"};
	cJSON *j = json("laps");
	const cJSON *laps = member(j, "laps"), *lap = NULL, *x;

	(void)state;
	assert_int_equal(cJSON_GetArraySize(laps), 12);
	cJSON_ArrayForEach(x, laps) if (strcmp(member(x, "car")->valuestring, "13") == 0 && (int)number(x, "lap") == 3)
		lap = x;
	assert_non_null(lap);
	for (size_t i = 0; i < COUNT_OF(names); i++)
		member(lap, names[i]);
	assert_string_equal(member(lap, "chassis")->valuestring, "GR86-113");
	assert_int_equal((int)number(lap, "lap_column"), 4);
	/* The third lap begins 185.4 s after 14:00 local time, 5 h west. */
	assert_string_equal(member(lap, "start")->valuestring, "2025-06-01T19:03:05.400Z");
	assert_true(fabs(number(lap, "length") - made_length) < 1);
	assert_true(cJSON_IsTrue(member(lap, "usable")));
	cJSON_Delete(j);
}

static void a_delta_has_every_point_and_its_loops(void **state)
{
	cJSON *j = json("delta 13:2 7:2");
	const cJSON *points = member(j, "delta");

	(void)state;
	assert_true(fabs(number(j, "end") - 0.3) < 1e-9);
	assert_int_equal(cJSON_GetArraySize(member(j, "loops")), 5);
	assert_in_range(cJSON_GetArraySize(points), 3600, 3603);
	assert_true(fabs(number(cJSON_GetArrayItem(points, cJSON_GetArraySize(points) - 1), "delta") - 0.3) < 2e-3);
	cJSON_Delete(j);
}

static void corners_of_one_lap_and_of_five(void **state)
{
	cJSON *one = json("corners 13:2 7:2"), *five = json("corners 13 7"), *all = json("corners 7");
	const cJSON *row;

	(void)state;
	assert_int_equal(cJSON_GetArraySize(member(one, "corners")), 3);
	assert_true(fabs(number(one, "sum") - 0.3) < 2e-3);
	assert_int_equal(cJSON_GetArraySize(member(five, "laps_a")), 5);
	cJSON_ArrayForEach(row, member(five, "corners")) if (strcmp(member(row, "corner")->valuestring, "C2") == 0)
		assert_true(number(member(row, "brake"), "diff") < -8); /* 0.3 s at some 35 m/s */
	assert_int_equal(cJSON_GetArraySize(member(all, "corners")), 6 * 3);
	cJSON_Delete(one);
	cJSON_Delete(five);
	cJSON_Delete(all);
}

/* Every answer in words and as CSV, which has one header and lines of as many fields. */
static void every_answer_in_words_and_lines(void **state)
{
	static const char *const asked[] = {"cars",       "laps",       "laps 7",           "trace 13",
					    "delta 13 7", "corners 13", "corners 13:2 7:3", "corners 13 7",
					    "three 7",    "grip 13:4"};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(asked); i++)
		for (int f = REPORT_TEXT; f <= REPORT_CSV;
		     f += REPORT_CSV - REPORT_TEXT) { /* the others ask for JSON */
			struct buf b;
			struct err err = {0};

			assert_ok(ask(asked[i], (enum report_format)f, &b, &err), &err);
			assert_true(b.n > 100);
			assert_int_equal(b.p[b.n - 1], '\n');
			assert_null(strstr(b.p, "nan"));
			assert_null(strstr(b.p, "inf"));
			buf_release(&b);
		}
}

static void a_corner_has_the_name_the_user_gave_it(void **state)
{
	static const char *const names[] = {"barber:1790:Museum", "elsewhere:600:Not here", "barber:1200:Too far"};
	const char *words[] = {"corners", "13"};
	struct report_in in = {.format = REPORT_TEXT,
			       .dataset = m.d,
			       .session = m.an->session,
			       .analysis = m.an,
			       .car = NO_CAR,
			       .words = words,
			       .nwords = 2,
			       .corner = names,
			       .ncorners = 3,
			       .arena = m.arena};
	struct tel_corner_name x;
	struct buf b;
	struct err err = {0};

	(void)state;
	buf_init(&b, 1 << 20);
	assert_ok(report_telemetry(&in, &b, &err), &err);
	assert_non_null(strstr(b.p, "C2 Museum, 1"));
	assert_null(strstr(b.p, "Not here"));
	assert_null(strstr(b.p, "Too far"));
	buf_release(&b);
	assert_true(tel_corner_name_parse("barber:1128.5:Museum: the hairpin", &x));
	assert_true(x.metres > 1128.4 && x.metres < 1128.6);
	assert_string_equal(x.name, "Museum: the hairpin");
	assert_false(tel_corner_name_parse("barber:x:Museum", NULL));
	assert_false(tel_corner_name_parse("barber:1128:", NULL));
	assert_false(tel_corner_name_parse(":1128:Museum", NULL));
}

static void what_is_not_there_is_said(void **state)
{
	static const struct {
		const char *words, *part;
		enum err_code code;
	} asked[] = {
		{"nothing", "there are cars, laps, trace", ERR_USAGE},
		{"delta 13", "telemetry delta SESSION A[:LAP] B[:LAP]", ERR_USAGE},
		{"trace 13:x", "CAR:LAP", ERR_USAGE},
		{"trace 99", "no car \"99\"", ERR_NOT_FOUND},
		{"trace 13:9", "there are laps 1, 2, 3", ERR_NOT_FOUND},
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(asked); i++) {
		struct buf b;
		struct err err = {0};

		assert_false(ask(asked[i].words, REPORT_TEXT, &b, &err));
		if (!strstr(err.msg, asked[i].part) || err.code != asked[i].code)
			fail_msg("%s: %s", asked[i].words, err.msg);
		buf_release(&b);
	}
}

static void coach(bool telemetry, struct buf *b)
{
	struct report_in in = {.format = REPORT_TEXT,
			       .dataset = m.d,
			       .session = m.an->session,
			       .analysis = m.an,
			       .car = NO_CAR,
			       .a = (uint16_t)car_of(m.an->session, "13"),
			       .b = (uint16_t)car_of(m.an->session, "7"),
			       .telemetry = telemetry,
			       .arena = m.arena};
	struct err err = {0};

	buf_init(b, 1 << 20);
	assert_ok(report_coach(&in, b, &err), &err);
}

static void the_coach_tells_the_corner_with_its_cause(void **state)
{
	struct buf with, without;

	(void)state;
	coach(true, &with);
	coach(false, &without);
	assert_null(strstr(without.p, "C2"));
	assert_non_null(strstr(with.p, "m early"));
	assert_non_null(strstr(with.p, "You brake"));
	assert_non_null(strstr(with.p, "Do: try the brakes at about 1,7"));
	buf_release(&with);
	buf_release(&without);
}

/* --- the one list ------------------------------------------------------------------------- */

static struct note note_of(enum note_kind kind, enum note_topic topic, int64_t rank, const char *where)
{
	return (struct note){.kind = kind, .topic = topic, .rank = rank, .where = where, .sector = -1, .mini = -1};
}

static void notes_join_by_rank(void **state)
{
	struct note here[] = {note_of(NOTE_FACT, TOPIC_START, 900, "START"),
			      note_of(NOTE_PACE, TOPIC_PLACE, 500, "IM1"), note_of(NOTE_KEEP, TOPIC_KEEP, 300, "KEEP")};
	struct note more[] = {note_of(NOTE_PACE, TOPIC_CORNER, 700, "C3"), note_of(NOTE_KEEP, TOPIC_CORNER, 400, "C1"),
			      note_of(NOTE_PACE, TOPIC_CORNER, 990, "C5")};
	struct notes n = {.note = here, .n = 3, .not_clear = ""};
	struct err err = {0};
	static const char *const order[] = {"START", "C3", "IM1", "C5", "C1"};

	(void)state;
	assert_ok(coach_join(&n, more, 3, 2, m.arena, &err), &err); /* C5 rests on few laps: after all others */
	assert_int_equal(n.n, 5);
	for (uint32_t i = 0; i < n.n; i++)
		assert_string_equal(n.note[i].where, order[i]);
}

static void six_at_most_and_the_greater_keep_last(void **state)
{
	struct note here[7],
		more[2] = {note_of(NOTE_PACE, TOPIC_CORNER, 950, "C1"), note_of(NOTE_KEEP, TOPIC_CORNER, 100, "C2")};
	struct notes n = {.note = here, .n = 7, .not_clear = ""};
	struct err err = {0};

	(void)state;
	for (int i = 0; i < 6; i++)
		here[i] = note_of(NOTE_FACT, TOPIC_LAP, 1000 - 100 * i, "lap");
	here[6] = note_of(NOTE_KEEP, TOPIC_KEEP, 200, "KEEP");
	assert_ok(coach_join(&n, more, 2, 2, m.arena, &err), &err);
	assert_int_equal(n.n, 6);
	assert_string_equal(n.note[1].where, "C1");
	assert_string_equal(n.note[5].where, "KEEP");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(laps_are_told_with_all_a_script_needs),
		cmocka_unit_test(a_delta_has_every_point_and_its_loops),
		cmocka_unit_test(corners_of_one_lap_and_of_five),
		cmocka_unit_test(every_answer_in_words_and_lines),
		cmocka_unit_test(a_corner_has_the_name_the_user_gave_it),
		cmocka_unit_test(what_is_not_there_is_said),
		cmocka_unit_test(the_coach_tells_the_corner_with_its_cause),
		cmocka_unit_test(notes_join_by_rank),
		cmocka_unit_test(six_at_most_and_the_greater_keep_last),
	};

	return cmocka_run_group_tests(tests, make, drop);
}
