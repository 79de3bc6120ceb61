/* Every answer in every format over an invented season: it parses, names agree, figures are the analysis' own. */
#include <cjson/cJSON.h>
#include <math.h>
#include <string.h>

#include "core/analysis/compare.h"
#include "core/report/report.h"
#include "core/source/load.h"
#include "tests/unit/helper.h"

#define SEASON "tests/fixtures/season"

static struct dataset *season;

static int open_season(void **state)
{
	const char *path = SEASON;
	struct err err = {0};
	(void)state;

	season = dataset_load(&(struct load_opts){.paths = &path, .npaths = 1}, &err);
	return season && season->nsessions > 0 ? 0 : -1;
}

static int close_season(void **state)
{
	(void)state;
	dataset_free(season);
	return 0;
}

/* A question about one session; made and freed around each answer. */
struct question {
	struct report_in in;
	struct analysis *an;
};

static void ask(struct question *q, const struct session *s, enum report_format format)
{
	struct err err = {0};

	*q = (struct question){.in = {.format = format, .dataset = season, .session = s}};
	q->in.car = q->in.a = q->in.b = NO_CAR;
	q->in.arena = arena_new(0);
	assert_non_null(q->in.arena);
	if (!s)
		return;
	q->an = analysis_new(s, NULL, &err);
	assert_ok(q->an, &err);
	q->in.analysis = q->an;
	q->in.b = q->an->order.table[1].car;
	q->in.a = report_reference(&q->in, q->in.b, &err);
	assert_int_not_equal(q->in.a, NO_CAR);
}

static void forget(struct question *q)
{
	analysis_free(q->an);
	arena_free(q->in.arena);
}

static void answer(const struct question *q, report_fn *fn, struct buf *out)
{
	struct err err = {0};

	buf_init(out, (size_t)64 << 20);
	assert_ok(fn(&q->in, out, &err), &err);
	assert_non_null(out->p);
}

static report_fn *const about_sessions[] = {report_standings, report_laps, report_stints, report_compare, report_coach};

static cJSON *parsed(const struct question *q, report_fn *fn)
{
	struct buf out;

	answer(q, fn, &out);
	cJSON *json = cJSON_Parse(out.p);
	assert_non_null(json);
	buf_release(&out);
	assert_true(cJSON_HasObjectItem(json, "session"));
	const cJSON *source = cJSON_GetObjectItem(json, "source");
	assert_true(cJSON_IsNumber(cJSON_GetObjectItem(source, "rows")));
	assert_true(cJSON_IsNumber(cJSON_GetObjectItem(source, "refused")));
	assert_true(cJSON_IsArray(cJSON_GetObjectItem(source, "files")));
	assert_true(cJSON_IsArray(cJSON_GetObjectItem(json, "warnings")));
	return json;
}

static void test_json_of_every_session_parses(void **state)
{
	struct question q;
	(void)state;

	for (uint32_t i = 0; i < season->nsessions; i++) {
		ask(&q, season->sessions[i], REPORT_JSON);
		for (size_t k = 0; k < COUNT_OF(about_sessions); k++)
			cJSON_Delete(parsed(&q, about_sessions[k]));
		cJSON_Delete(parsed(&q, report_page));
		forget(&q);
	}
}

/* Fields of a CSV line; quotes looked after. The answers hold no line break inside a field here. */
static unsigned fields(const char *line)
{
	unsigned n = 1;
	bool quoted = false;

	for (; *line && *line != '\n'; line++) {
		quoted ^= *line == '"';
		n += *line == ',' && !quoted;
	}
	return n;
}

static void test_csv_rows_are_as_wide_as_the_header(void **state)
{
	struct question q;
	struct buf out;
	(void)state;

	ask(&q, season->sessions[0], REPORT_CSV);
	for (size_t k = 0; k < COUNT_OF(about_sessions); k++) {
		answer(&q, about_sessions[k], &out);
		unsigned width = fields(out.p), rows = 0;
		assert_true(width > 5);
		for (const char *p = out.p; p && *p; p = strchr(p, '\n') + 1, rows++)
			assert_int_equal(fields(p), width);
		assert_true(rows > 1);
		buf_release(&out);
	}
	forget(&q);
}

static void test_text_is_plain(void **state)
{
	struct question q;
	struct buf out;
	(void)state;

	ask(&q, season->sessions[0], REPORT_TEXT);
	q.in.ascii = true;
	for (size_t k = 0; k <= COUNT_OF(about_sessions); k++) {
		answer(&q, k < COUNT_OF(about_sessions) ? about_sessions[k] : report_page, &out);
		for (size_t i = 0; i < out.n; i++)
			assert_true(out.p[i] == '\n' || (out.p[i] >= 0x20 && out.p[i] < 0x7f));
		assert_null(strstr(out.p, " \n"));
		buf_release(&out);
	}
	forget(&q);
}

static void test_page_is_80_columns(void **state)
{
	struct question q;
	struct buf out;
	(void)state;

	for (uint32_t i = 0; i < season->nsessions; i++) {
		ask(&q, season->sessions[i], REPORT_TEXT);
		q.in.ascii = true;
		answer(&q, report_page, &out);
		for (const char *p = out.p; *p; p += strcspn(p, "\n") + 1)
			assert_in_range(strcspn(p, "\n"), 0, 80);
		buf_release(&out);
		forget(&q);
	}
}

static void test_page_has_no_csv(void **state)
{
	struct question q;
	struct buf out;
	struct err err = {0};
	(void)state;

	ask(&q, season->sessions[0], REPORT_CSV);
	buf_init(&out, 4096);
	assert_false(report_page(&q.in, &out, &err));
	assert_int_equal(err.code, ERR_USAGE);
	buf_release(&out);
	forget(&q);
}

static const cJSON *at(const cJSON *json, const char *path)
{
	char key[64];

	while (*path) {
		size_t n = strcspn(path, ".");
		assert_true(n < sizeof(key));
		memcpy(key, path, n);
		key[n] = '\0';
		json = key[0] >= '0' && key[0] <= '9' ? cJSON_GetArrayItem(json, key[0] - '0')
						      : cJSON_GetObjectItem(json, key);
		assert_non_null(json);
		path += n + (path[n] == '.');
	}
	return json;
}

static void assert_seconds(const cJSON *json, const char *path, ms_t ms)
{
	const cJSON *v = at(json, path);

	if (ms == MS_NONE)
		assert_true(cJSON_IsNull(v));
	else
		assert_true(fabs(v->valuedouble - ms / 1000.0) < 1e-9);
}

static void test_standings_figures_are_the_analysis_own(void **state)
{
	struct question q;
	(void)state;

	ask(&q, season->sessions[0], REPORT_JSON);
	cJSON *json = parsed(&q, report_standings);
	const cJSON *cars = at(json, "cars");
	const struct session *s = q.in.session;

	assert_int_equal(cJSON_GetArraySize(cars), s->ncars + s->nnot_started);
	for (int i = 0; i < (int)s->ncars; i++) {
		const cJSON *row = cJSON_GetArrayItem(cars, i);
		int car = session_car(s, at(row, "id")->valuestring);
		assert_true(car >= 0);
		assert_seconds(row, "best.time", q.an->bests.car[car].best.time);
		assert_seconds(row, "ideal", q.an->bests.car[car].ideal);
		assert_seconds(row, "pace.median", q.an->paces.car[car].all.median);
		assert_int_equal(at(row, "clean_laps")->valueint, q.an->paces.car[car].all.n);
		assert_int_equal(at(row, "laps")->valueint, s->cars[car].n);
	}
	assert_seconds(json, "ideal.time", q.an->bests.session.ideal);
	assert_int_equal(at(json, "colours.purple")->valueint, q.an->colours.purple);
	cJSON_Delete(json);
	forget(&q);
}

static void test_class_leaves_others_out(void **state)
{
	struct analysis_options o;
	struct question q;
	struct err err = {0};
	(void)state;

	ask(&q, season->sessions[0], REPORT_JSON);
	const struct session *s = q.in.session;
	const char *class_name = s->cars[0].class_name;
	int expected = 0;
	for (uint32_t i = 0; i < s->ncars; i++)
		expected += strcmp(s->cars[i].class_name, class_name) == 0;
	for (uint32_t i = 0; i < s->nnot_started; i++)
		expected += strcmp(s->not_started[i].class_name, class_name) == 0;
	if (!*class_name) {
		forget(&q);
		skip();
	}
	analysis_free(q.an);
	analysis_defaults(&o);
	o.class_name = class_name;
	q.an = analysis_new(s, &o, &err);
	assert_ok(q.an, &err);
	q.in.analysis = q.an;
	cJSON *json = parsed(&q, report_standings);
	assert_int_equal(cJSON_GetArraySize(at(json, "cars")), expected);
	assert_int_equal(at(json, "cars.0.position_class")->valueint, 1);
	cJSON_Delete(json);
	forget(&q);
}

static void test_compare_is_b_minus_a_and_sums(void **state)
{
	struct comparison c;
	struct question q;
	struct err err = {0};
	(void)state;

	ask(&q, season->sessions[0], REPORT_JSON);
	assert_ok(compare_make(q.an, q.in.a, q.in.b, q.in.arena, &c, &err), &err);
	cJSON *json = parsed(&q, report_compare);
	const cJSON *row, *laps = at(json, "laps");

	assert_int_equal(cJSON_GetArraySize(laps), c.npairs);
	cJSON_ArrayForEach(row, laps) assert_true(
		fabs(at(row, "b")->valuedouble - at(row, "a")->valuedouble - at(row, "delta")->valuedouble) < 1e-9);
	assert_seconds(json, "delta.best.lap", q.an->bests.car[q.in.b].best.time - q.an->bests.car[q.in.a].best.time);
	assert_seconds(json, "delta.median.lap.value", c.row[0].all.median);
	double sum = 0;
	cJSON_ArrayForEach(row, at(json, "ledger")) sum += at(row, "sum")->valuedouble;
	assert_true(fabs(sum - c.ledger_sum / 1000.0) < 1e-6);
	assert_string_equal(at(json, "a.id")->valuestring, q.in.session->cars[q.in.a].id);
	cJSON_Delete(json);
	forget(&q);
}

static void test_laps_of_one_car(void **state)
{
	struct question q;
	(void)state;

	ask(&q, season->sessions[0], REPORT_JSON);
	q.in.car = q.in.b;
	cJSON *json = parsed(&q, report_laps);
	const cJSON *row, *laps = at(json, "laps");

	assert_int_equal(cJSON_GetArraySize(laps), q.in.session->cars[q.in.b].n);
	cJSON_ArrayForEach(row, laps)
	{
		assert_string_equal(at(row, "car")->valuestring, q.in.session->cars[q.in.b].id);
		assert_int_equal(cJSON_GetArraySize(at(row, "sectors")), SECTORS);
		assert_int_equal(cJSON_GetArraySize(at(row, "mini")), (int)q.in.session->nmini);
		assert_int_equal(cJSON_GetArraySize(at(row, "colours")), SECTORS);
	}
	cJSON_Delete(json);
	forget(&q);
}

static void test_sessions_and_health(void **state)
{
	const struct sf_health_told gone = {.state = SF_HEALTH_UNAVAILABLE, .why = "no server"};
	report_fn *const fns[] = {report_sessions, report_health};
	struct question q;
	struct buf out;
	(void)state;

	ask(&q, NULL, REPORT_JSON);
	cJSON *json = parsed(&q, report_sessions);
	assert_true(cJSON_IsNull(at(json, "session")));
	assert_int_equal(cJSON_GetArraySize(at(json, "sessions")), season->nsessions);
	assert_string_equal(at(json, "sessions.0.id")->valuestring, season->sessions[0]->id);
	uint32_t not_used = 0; /* what became of every file that its name gives us */
	for (uint32_t i = 0; i < season->files.n; i++)
		not_used += season->files.at[i].state != FILE_USED && season->files.at[i].role != ROLE_OTHER;
	assert_true(not_used > 0);
	assert_int_equal(cJSON_GetArraySize(at(json, "not_used")), not_used);
	cJSON_Delete(json);
	json = parsed(&q, report_health);
	assert_string_equal(at(json, "sources.0.state")->valuestring, "ok");
	assert_string_equal(at(json, "sources.2.state")->valuestring, "disabled");
	cJSON_Delete(json);
	q.in.snowflake = &gone;
	json = parsed(&q, report_health);
	assert_string_equal(at(json, "sources.2.state")->valuestring, "unavailable");
	cJSON_Delete(json);
	for (size_t k = 0; k < COUNT_OF(fns); k++) {
		q.in.format = REPORT_TEXT;
		answer(&q, fns[k], &out);
		assert_null(strchr(out.p, '\x1b'));
		buf_release(&out);
		q.in.format = REPORT_CSV;
		answer(&q, fns[k], &out);
		assert_true(fields(out.p) > 4);
		buf_release(&out);
	}
	forget(&q);
}

static void test_small_buffer_is_an_error(void **state)
{
	struct question q;
	struct err err = {0};
	struct buf out;
	(void)state;

	ask(&q, season->sessions[0], REPORT_JSON);
	buf_init(&out, 500);
	assert_false(report_standings(&q.in, &out, &err));
	assert_int_equal(err.code, ERR_NOMEM);
	buf_release(&out);
	forget(&q);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_json_of_every_session_parses),
		cmocka_unit_test(test_csv_rows_are_as_wide_as_the_header),
		cmocka_unit_test(test_text_is_plain),
		cmocka_unit_test(test_page_is_80_columns),
		cmocka_unit_test(test_page_has_no_csv),
		cmocka_unit_test(test_standings_figures_are_the_analysis_own),
		cmocka_unit_test(test_class_leaves_others_out),
		cmocka_unit_test(test_compare_is_b_minus_a_and_sums),
		cmocka_unit_test(test_laps_of_one_car),
		cmocka_unit_test(test_sessions_and_health),
		cmocka_unit_test(test_small_buffer_is_an_error),
	};
	return cmocka_run_group_tests(tests, open_season, close_season);
}
