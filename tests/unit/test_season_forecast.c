/* Races foretold and what-if over the demo season, and over the real one where it is at hand; figures of an independent calculation
 * from the answers of `results`, `drivers` and `standings` (Python, NumPy). */
#include <cjson/cJSON.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/base/path.h"
#include "core/report/report.h"
#include "core/source/load.h"
#include "tests/unit/helper.h"

static struct dataset *set;
static struct season_book *book;
static struct arena *arena;

/* cmocka compares as float. */
static void near(double v, double wanted, double by)
{
	if (!(fabs(v - wanted) <= by))
		fail_msg("%.9f, not %.9f", v, wanted);
}

static void read_season(const char *const *paths, size_t n)
{
	struct err err = {0};

	set = dataset_load(&(struct load_opts){.paths = paths, .npaths = n}, &err);
	assert_ok(set, &err);
	book = season_book_new(set, NULL, &err);
	assert_ok(book, &err);
	arena = arena_new(0);
	assert_non_null(arena);
}

static int demo(void **state)
{
	static const char *const paths[] = {"data/demo", "tests/fixtures/timed"}; /* Sebring: a qualifying only */

	(void)state;
	read_season(paths, COUNT_OF(paths));
	return 0;
}

static int drop(void **state)
{
	(void)state;
	season_book_free(book);
	dataset_free(set);
	arena_free(arena);
	return 0;
}

static uint32_t row_of(const char *id)
{
	bool several;
	uint32_t row = season_book_row(book, id, &several);

	assert_int_not_equal(row, NO_DRIVER_ROW);
	return row;
}

static struct race_forecast foretold(const char *track, int number)
{
	struct race_forecast o;
	struct err err = {0};

	assert_ok(race_forecast_make(&book->forecast, &book->table, set, track, number, arena, &o, &err), &err);
	return o;
}

static const struct forecast_line *line_of(const struct race_forecast *o, const char *id)
{
	uint32_t i = 0;

	while (i < o->n && o->line[i].row != row_of(id))
		i++;
	assert_in_range(i, 0, o->n - 1);
	return &o->line[i];
}

static void a_race_that_was_driven(void **state)
{
	static const struct {
		const char *id;
		int race;
		double before, after;
		int low, high, finish;
	} wanted[] = {
		{"27", 1, 5.124711, 3.255219, 2, 8, 1},
		{"63", 1, 9.308207, 9.068687, 8, 12, 12},
		{"3", 1, 2.485525, 2.538931, 1, 7, 9},
		{"90", 2, 21.540584, 21.976792, 21, 23, 22},
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(wanted); i++) {
		struct race_forecast o = foretold("harrowvale", wanted[i].race);
		const struct forecast_line *l = line_of(&o, wanted[i].id);

		assert_true(o.driven);
		assert_int_equal(o.grid, GRID_OF_RACE);
		assert_int_equal(o.cars, 23);
		assert_int_equal(o.n, 23);
		assert_int_equal(o.others, 9);
		near(l->at[BEFORE_QUALIFYING].value, wanted[i].before, 1e-6);
		near(l->at[AFTER_QUALIFYING].value, wanted[i].after, 1e-6);
		assert_int_equal(l->at[AFTER_QUALIFYING].low, wanted[i].low);
		assert_int_equal(l->at[AFTER_QUALIFYING].high, wanted[i].high);
		assert_int_equal(l->finish, wanted[i].finish);
		for (uint32_t k = 1; k < o.n; k++)
			assert_true(forecast_line_best(&o.line[k - 1])->value <= forecast_line_best(&o.line[k])->value);
	}
}

static void a_race_to_come(void **state)
{
	int number[4];

	(void)state;
	assert_int_equal(race_forecast_numbers(&book->table, set, "sebring", number, 4), 1);
	assert_int_equal(number[0], 1);
	struct race_forecast o = foretold("sebring", 1);

	assert_false(o.driven);
	assert_int_equal(o.grid, GRID_OF_QUALIFYING);
	assert_string_equal(o.qualifying->id, "sebring_q1");
	assert_int_equal(o.cars, 4);
	assert_int_equal(o.others, 10);
	for (uint32_t i = 0; i < o.n; i++) { /* four strangers: only the grid tells them apart */
		assert_int_equal(o.line[i].row, UINT32_MAX);
		assert_int_equal(o.line[i].grid, i + 1);
		assert_int_equal(o.line[i].at[AFTER_QUALIFYING].races, 0);
		assert_true(o.line[i].at[AFTER_QUALIFYING].grid);
		near(o.line[i].at[BEFORE_QUALIFYING].value, o.line[0].at[BEFORE_QUALIFYING].value, 0);
	}
}

static void a_race_nobody_spoke_of(void **state)
{
	int number[4];

	(void)state;
	assert_int_equal(race_forecast_numbers(&book->table, set, "monza", number, 4), 1);
	assert_int_equal(number[0], 0);
	struct race_forecast o = foretold("monza", 0);

	assert_int_equal(o.grid, GRID_UNKNOWN);
	assert_int_equal(o.n, book->table.nrows);
	assert_int_equal(o.cars, 22); /* of ten races 21 22 22 22 22 22 23 23 23 23, the sixth */
	assert_int_equal(o.others, 10);
	assert_false(o.line[0].at[AFTER_QUALIFYING].grid);
	assert_int_equal(race_forecast_numbers(&book->table, set, "harrowvale", number, 4), 2);
	assert_int_equal(number[1], 2);
	assert_int_equal(race_forecast_numbers(&book->table, set, "harrowvale", number, 1), 1);
}

static void errors_of_the_demo(void **state)
{
	const struct forecast_check *after = &book->forecast.check[LEAVE_RACE][AFTER_QUALIFYING];
	const struct forecast_check *track = &book->forecast.check[LEAVE_TRACK][BEFORE_QUALIFYING];

	(void)state;
	assert_int_equal(after->n, 223);
	near(after->mae, 1.6129, 1e-4);
	near(after->coverage, 0.7937, 1e-4);
	near(after->width, 4.0359, 1e-4);
	near(after->naive[NAIVE_START], 1.3857, 1e-4);
	near(track->mae, 2.1620, 1e-4);
	near(track->naive[NAIVE_FINISH], 2.1794, 1e-4);
}

static struct improve improved(const char *id, const int points[FACTORS])
{
	struct improve v;
	struct err err = {0};

	assert_ok(improve_make(&book->improve, &book->table, book->skill, row_of(id), points, arena, &v, &err), &err);
	return v;
}

static void what_if(void **state)
{
	const int points[FACTORS] = {[FACTOR_SPEED] = 5, [FACTOR_RACECRAFT] = 3};
	struct improve v = improved("31", points);
	double cars = 22;

	(void)state;
	assert_int_equal(book->improve.cars, 22);
	assert_int_equal(book->improve.finish.n, 23);
	near(book->improve.finish.mae, 0.02673351, 1e-7);
	near(v.before.value, 7.31692395, 1e-6);
	near(v.before.low, 7.31692395 - 0.04260344 * cars, 1e-6);
	near(v.before.high, 7.31692395 + 0.03150987 * cars, 1e-6);
	near(v.after.value, 7.31692395 - 0.04797545 * cars, 1e-6);
	near(v.change.value, -0.04797545 * cars, 1e-6);
	near(v.change.high, (-0.04797545 + 0.00313558) * cars, 1e-6);
	assert_true(estimate_is_clear(&v.change));
	assert_false(estimate_is_clear(&v.places[FACTOR_TIRE]));
	near(v.driven, 6.58260870, 1e-6);
	near(v.to[FACTOR_SPEED], v.from[FACTOR_SPEED] + 5, 1e-12);
	near(v.to[FACTOR_TIRE], v.from[FACTOR_TIRE], 0);
	assert_int_equal(v.nnear, IMPROVE_NEAREST);
	for (uint32_t i = 0; i < v.nnear; i++)
		assert_int_not_equal(v.near_after[i].row, row_of("31"));
	assert_int_equal(v.near_before[0].row, row_of("3#2")); /* whose factors are computed */
	assert_int_equal(v.near_before[1].row, row_of("71"));
	assert_int_equal(v.near_after[2].row, row_of("3"));
}

static void seconds_of_the_pace(void **state)
{
	const struct pace_gaps *g = &book->improve.gaps;
	const int points[FACTORS] = {5, 0, 0, 0};
	struct improve v = improved("31", points);

	(void)state;
	assert_int_equal(g->races, 10);
	assert_int_equal(g->lap, 92395);
	near(g->gap[row_of("27")], -0.79367164, 1e-6);
	near(g->gap[row_of("31")], -0.48527503, 1e-6);
	near(g->gap[row_of("90")], 1.39586879, 1e-6);
	assert_true(book->improve.pace.known);
	near(v.seconds.value, 0.05 * book->improve.pace.b[1 + FACTOR_SPEED] * 923.95, 1e-6);
	assert_true(v.seconds.high < 0);
}

static void points_have_a_budget(void **state)
{
	static const struct {
		int points[FACTORS];
		bool ok;
	} tried[] = {{{5, 5, 0, 0}, true},   {{0, 0, 0, 0}, true},  {{6, 0, 0, 0}, false},
		     {{-1, 0, 0, 0}, false}, {{5, 5, 1, 0}, false}, {{3, 3, 2, 2}, true}};
	struct improve v;
	struct err err = {0};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(tried); i++)
		assert_int_equal(improve_points(tried[i].points, &err), tried[i].ok);
	assert_int_equal(err.code, ERR_USAGE);
	v = improved("14", tried[0].points); /* the fastest: 100 is the end */
	near(v.to[FACTOR_SPEED], 100, 0);
	book->skill[0].known = false;
	assert_false(improve_make(&book->improve, &book->table, book->skill, 0, tried[0].points, arena, &v, &err));
	assert_int_equal(err.code, ERR_NOT_FOUND);
}

/* --- The answers -------------------------------------------------------------------- */

static cJSON *asked(report_fn *fn, struct report_in in)
{
	struct buf out;
	struct err err = {0};
	cJSON *root;

	in.dataset = set;
	in.book = book;
	in.arena = arena;
	in.factor = FACTORS;
	buf_init(&out, 1 << 20);
	assert_ok(fn(&in, &out, &err), &err);
	if (in.format != REPORT_JSON) {
		assert_non_null(strchr(out.p, '\n'));
		buf_release(&out);
		return NULL;
	}
	root = cJSON_ParseWithLength(out.p, out.n);
	assert_non_null(root);
	buf_release(&out);
	return root;
}

static double number_at(const cJSON *o, const char *a, const char *b)
{
	const cJSON *v = cJSON_GetObjectItem(cJSON_GetObjectItem(o, a), b);

	assert_true(cJSON_IsNumber(v));
	return v->valuedouble;
}

static void answer_of_predict(void **state)
{
	struct report_in in = {.format = REPORT_JSON, .row = row_of("27"), .track = "harrowvale"};
	cJSON *root = asked(report_predict, in);
	const cJSON *list = cJSON_GetObjectItem(root, "forecast"), *one = cJSON_GetArrayItem(list, 0);

	(void)state;
	assert_int_equal(cJSON_GetArraySize(list), 2);
	assert_string_equal(cJSON_GetObjectItem(one, "driver")->valuestring, "27");
	near(cJSON_GetObjectItem(one, "value")->valuedouble, 3.3, 1e-9);
	near(number_at(one, "before", "value"), 5.1, 1e-9);
	near(number_at(one, "after", "high"), 8, 0);
	near(number_at(root, "model", "mae"), 1.97, 1e-9);
	near(number_at(root, "naive", "finish"), 1.99, 1e-9);
	near(number_at(root, "track", "naive"), 2.18, 1e-9);
	near(number_at(cJSON_GetObjectItem(root, "after_qualifying"), "model", "n"), 223, 0);
	cJSON_Delete(root);
	for (int f = REPORT_TEXT; f <= REPORT_CSV; f++) {
		in.format = (enum report_format)f;
		in.row = NO_DRIVER_ROW;
		in.check = f == REPORT_CSV;
		cJSON_Delete(asked(report_predict, in));
	}
}

static void what_predict_refuses(void **state)
{
	struct report_in in = {.dataset = set, .book = book, .arena = arena, .row = NO_DRIVER_ROW};
	struct buf out;
	struct err err = {0};

	(void)state;
	buf_init(&out, 1 << 20);
	assert_false(report_predict(&in, &out, &err));
	assert_int_equal(err.code, ERR_USAGE);
	in.track = "sebring";
	in.row = row_of("27"); /* did not qualify there */
	assert_false(report_predict(&in, &out, &err));
	assert_int_equal(err.code, ERR_NOT_FOUND);
	assert_int_equal(out.n, 0);
	buf_release(&out);
}

static void answer_of_improve(void **state)
{
	struct report_in in = {.format = REPORT_JSON, .row = row_of("31"), .points = {5, 0, 3, 0}};
	cJSON *root = asked(report_improve, in);
	const cJSON *factors = cJSON_GetObjectItem(root, "factors");

	(void)state;
	near(number_at(root, "before", "value"), 7.32, 1e-9);
	near(number_at(root, "change", "value"), -1.06, 1e-9);
	near(number_at(root, "finish_relation", "drivers"), 23, 0);
	assert_int_equal(cJSON_GetArraySize(factors), FACTORS);
	near(number_at(cJSON_GetArrayItem(factors, 0), "places", "value"), -0.99, 1e-9);
	assert_int_equal(cJSON_GetArraySize(cJSON_GetObjectItem(root, "similar_after")), IMPROVE_NEAREST);
	cJSON_Delete(root);
	in.format = REPORT_TEXT;
	cJSON_Delete(asked(report_improve, in));
	in.format = REPORT_CSV;
	cJSON_Delete(asked(report_improve, in));
}

/* --- The real season, its session files first ------------------------------------------ */

static int real(void **state)
{
	const char *dir = getenv("PITWALL_SHARED"), *paths[1];
	static char path[1024];

	*state = NULL;
	assert_true(path_join(path, sizeof path, dir && *dir ? dir : "../shared/data", "gr-cup"));
	paths[0] = path;
	if (access(path, R_OK) == 0)
		read_season(paths, 1);
	return 0;
}

static int drop_real(void **state)
{
	drop(state);
	book = NULL;
	set = NULL;
	arena = NULL;
	return 0;
}

static void the_real_season(void **state)
{
	static const double wanted[LEAVES][FORECASTS][4] = {
		{{4.2986, 0.7888, 13.8086, 4.4653}, {4.0260, 0.7855, 13.1023, 4.4653}},
		{{4.6145, 0.7855, 14.5347, 4.6782}, {4.1672, 0.7921, 13.6304, 4.6782}}};

	(void)state;
	if (!book)
		skip();
	for (int l = 0; l < LEAVES; l++)
		for (int w = 0; w < FORECASTS; w++) {
			const struct forecast_check *c = &book->forecast.check[l][w];
			assert_int_equal(c->n, 303);
			near(c->mae, wanted[l][w][0], 1e-4);
			near(c->coverage, wanted[l][w][1], 1e-4);
			near(c->width, wanted[l][w][2], 1e-4);
			near(c->naive[NAIVE_FINISH], wanted[l][w][3], 1e-4);
		}
	near(book->improve.finish.mae, 0.05894814, 1e-7);
	near(book->improve.finish.mae_mean, 0.18986705, 1e-7);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_race_that_was_driven),
		cmocka_unit_test(a_race_to_come),
		cmocka_unit_test(a_race_nobody_spoke_of),
		cmocka_unit_test(errors_of_the_demo),
		cmocka_unit_test(what_if),
		cmocka_unit_test(seconds_of_the_pace),
		cmocka_unit_test(answer_of_predict),
		cmocka_unit_test(what_predict_refuses),
		cmocka_unit_test(answer_of_improve),
		cmocka_unit_test(points_have_a_budget),
	};
	const struct CMUnitTest real_tests[] = {cmocka_unit_test_setup_teardown(the_real_season, real, drop_real)};
	int failed = cmocka_run_group_tests(tests, demo, drop);

	book = NULL;
	set = NULL;
	arena = NULL;
	return failed + cmocka_run_group_tests(real_tests, NULL, NULL);
}
