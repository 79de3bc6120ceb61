/* The season's answers in every format over an invented season: they parse, names agree, figures are the book's own. */
#include <cjson/cJSON.h>
#include <math.h>
#include <string.h>

#include "core/report/report.h"
#include "core/source/load.h"
#include "tests/unit/helper.h"

static struct dataset *season;
static struct season_book *book;

static int open_season(void **state)
{
	const char *path = "tests/fixtures/season";
	struct err err = {0};
	(void)state;

	season = dataset_load(&(struct load_opts){.paths = &path, .npaths = 1}, &err);
	book = season ? season_book_new(season, NULL, &err) : NULL;
	return book && book->table.nrows > 0 ? 0 : -1;
}

static int close_season(void **state)
{
	(void)state;
	season_book_free(book);
	dataset_free(season);
	return 0;
}

static const struct answer {
	report_fn *fn;
	const char *list; /* the rows that CSV has too */
} answers[] = {{report_tracks, "tracks"},    {report_drivers, "drivers"}, {report_driver, "fits"},
	       {report_stats, "stats"},      {report_results, "results"}, {report_similar, "similar"},
	       {report_factors, "variables"}};

static uint32_t row_of(const char *id)
{
	bool several;
	uint32_t row = season_book_row(book, id, &several);

	assert_int_not_equal(row, NO_DRIVER_ROW);
	return row;
}

static void ask(report_fn *fn, uint32_t row, enum report_format format, struct buf *out)
{
	struct err err = {0};
	struct report_in in = {.format = format,
			       .ascii = true,
			       .dataset = season,
			       .book = book,
			       .row = row,
			       .factor = FACTORS,
			       .arena = arena_new(0)};

	buf_init(out, (size_t)16 << 20);
	assert_ok(fn(&in, out, &err), &err);
	arena_free(in.arena);
}

static cJSON *parsed(report_fn *fn, uint32_t row)
{
	struct buf out;

	ask(fn, row, REPORT_JSON, &out);
	cJSON *json = cJSON_Parse(out.p);
	assert_non_null(json);
	buf_release(&out);
	return json;
}

static const cJSON *get(const cJSON *o, const char *key)
{
	const cJSON *v = cJSON_GetObjectItemCaseSensitive(o, key);

	if (!v)
		fail_msg("no %s", key);
	return v;
}

static void json_of_every_answer_for_every_driver(void **state)
{
	(void)state;
	for (uint32_t row = 0; row < book->table.nrows; row++) {
		for (size_t i = 0; i < COUNT_OF(answers); i++) {
			if (answers[i].fn == report_similar && !book->skill[row].known)
				continue;
			cJSON *json = parsed(answers[i].fn, row);
			assert_true(cJSON_IsNull(get(json, "session")));
			assert_true(cJSON_IsArray(get(get(json, "source"), "files")));
			assert_true(cJSON_IsArray(get(json, "warnings")));
			assert_true(cJSON_IsArray(get(json, answers[i].list)));
			cJSON_Delete(json);
		}
	}
}

/* Fields of a CSV line; quotes looked after. */
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

static void csv_has_the_rows_of_the_json(void **state)
{
	uint32_t row = row_of("44");
	struct buf out;

	(void)state;
	for (size_t i = 0; i < COUNT_OF(answers); i++) {
		cJSON *json = parsed(answers[i].fn, row);
		ask(answers[i].fn, row, REPORT_CSV, &out);
		unsigned width = fields(out.p);
		int rows = -1;
		for (const char *p = out.p; *p; p = strchr(p, '\n') + 1, rows++)
			assert_int_equal(fields(p), width);
		assert_int_equal(rows, cJSON_GetArraySize(get(json, answers[i].list)));
		buf_release(&out);
		cJSON_Delete(json);
	}
}

static void text_is_plain_and_not_wide(void **state)
{
	struct buf out;

	(void)state;
	for (size_t i = 0; i < COUNT_OF(answers); i++) {
		ask(answers[i].fn, row_of("7"), REPORT_TEXT, &out);
		for (size_t k = 0; k < out.n; k++)
			assert_true(out.p[k] == '\n' || (out.p[k] >= 0x20 && out.p[k] < 0x7f));
		assert_null(strstr(out.p, " \n"));
		for (const char *p = out.p; *p; p = strchr(p, '\n') + 1)
			assert_in_range(strcspn(p, "\n"), 0, 130);
		buf_release(&out);
	}
}

static void figures_are_the_books(void **state)
{
	uint32_t row = row_of("44");
	cJSON *json = parsed(report_driver, row);
	const cJSON *d = get(json, "driver");

	(void)state;
	assert_string_equal(get(d, "id")->valuestring, "44");
	assert_int_equal(get(d, "points")->valueint, book->sum[row].points);
	assert_int_equal(get(d, "wins")->valueint, book->sum[row].wins);
	assert_true(fabs(get(get(d, "factors"), "speed")->valuedouble - book->skill[row].percentile[FACTOR_SPEED]) <
		    0.0051);
	assert_string_equal(get(d, "factors_from")->valuestring,
			    book->skill[row].computed ? "computed" : "driver_factors.json");
	cJSON_Delete(json);
	json = parsed(report_results, row);
	assert_int_equal(cJSON_GetArraySize(get(json, "results")), (int)book->table.nraces);
	cJSON_Delete(json);
}

/* A number, a name in any case, a part of it that fits one; several fit: nobody. */
static void drivers_are_found(void **state)
{
	bool several;

	(void)state;
	assert_int_equal(season_book_row(book, "LVAREZ", &several), row_of("21"));
	assert_int_equal(season_book_row(book, "nobody", &several), NO_DRIVER_ROW);
	assert_false(several);
	assert_int_equal(season_book_row(book, "a", &several), NO_DRIVER_ROW);
	assert_true(several);
	for (uint32_t i = 0; i < book->table.nrows; i++) /* ids are all different */
		assert_int_equal(season_book_row(book, book->id[i], &several), i);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(json_of_every_answer_for_every_driver),
		cmocka_unit_test(csv_has_the_rows_of_the_json),
		cmocka_unit_test(text_is_plain_and_not_wide),
		cmocka_unit_test(figures_are_the_books),
		cmocka_unit_test(drivers_are_found),
	};

	return cmocka_run_group_tests(tests, open_season, close_season);
}
