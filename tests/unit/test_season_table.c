#include "core/analysis/season_table.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "core/source/load.h"
#include "tests/unit/laps_helper.h"

#define HEADER "NUMBER;LAP_NUMBER;LAP_TIME;ELAPSED\n"

/* Two cars over four laps, car 2 ahead; car 3 stops after two of them. */
static struct session *small_race(const char *track, int number)
{
	struct session *s = session_from_text(
		HEADER "1;1;60;60\n1;2;60;120\n1;3;60;180\n1;4;60;240\n2;1;59;59\n2;2;59;118\n2;3;59;177\n2;4;59;236\n"
		       "3;1;58;58\n3;2;58;116\n");

	s->track = track;
	s->number = number;
	for (uint32_t i = 0; i < s->ncars; i++)
		s->cars[i].season_number = s->cars[i].number;
	return s;
}

struct small {
	struct session *session[1];
	struct season season;
	struct season_driver driver[2];
	struct season_result one[2], three[2];
	struct dataset d;
};

/* The JSON says something else about the race that there is a file of, and knows one more race. */
static void make_small(struct small *m)
{
	*m = (struct small){0};
	m->session[0] = small_race("barber", 1);
	m->one[0] = (struct season_result){"barber", 1, 9, 9, 4, MS_NONE, MS_NONE, "", "Classified"};
	m->one[1] = (struct season_result){"cota", 1, 1, 1, 10, MS_NONE, MS_NONE, "", "Classified"};
	m->three[0] = (struct season_result){"barber", 1, 2, 1, 4, MS_NONE, MS_NONE, "", "Classified"};
	m->three[1] = (struct season_result){"cota", 1, 0, 5, 7, MS_NONE, MS_NONE, "", "Classified"};
	m->driver[0] = (struct season_driver){
		.number = "1", .name = "One", .has_stats = true, .points = 42, .results = m->one, .nresults = 2};
	m->driver[1] = (struct season_driver){.number = "3", .name = "", .results = m->three, .nresults = 2};
	m->season = (struct season){.drivers = m->driver, .ndrivers = 2};
	m->d = (struct dataset){.sessions = m->session, .nsessions = 1, .season = &m->season};
}

static const struct season_row *row(const struct season_table *t, const char *number)
{
	for (uint32_t i = 0; i < t->nrows; i++)
		if (strcmp(t->rows[i].number, number) == 0)
			return &t->rows[i];
	fail_msg("no row of %s", number);
	abort();
}

/* The row joined to a driver of the JSON. */
static const struct season_row *row_of_json(const struct season_table *t, const struct season_driver *json)
{
	for (uint32_t i = 0; i < t->nrows; i++)
		if (t->rows[i].json == json)
			return &t->rows[i];
	fail_msg("no row of the JSON's %s", json->number);
	abort();
}

static struct season_table table_of(const struct dataset *d, struct arena *a)
{
	struct season_table t;
	struct err err = {0};

	assert_ok(season_table_make(d, a, &t, &err), &err);
	return t;
}

static void files_come_before_the_json(void **state)
{
	struct arena *a = arena_new(0);
	struct small m;
	struct season_table t;
	const struct season_row *one;

	(void)state;
	make_small(&m);
	t = table_of(&m.d, a);
	assert_int_equal(t.nraces, 2);
	assert_string_equal(t.races[0].code, "BAR");
	assert_string_equal(t.races[1].track, "cota");
	assert_int_equal(t.nrows, 3);
	one = row(&t, "1");
	assert_int_equal(one->cell[0].place, 2);
	assert_int_equal(one->cell[0].from, FROM_SESSION);
	assert_int_equal(one->cell[1].place, 1);
	assert_int_equal(one->cell[1].from, FROM_JSON);
	assert_int_equal(one->races, 2);
	assert_int_equal(one->wins, 1);
	assert_int_equal(one->podiums, 2);
	assert_int_equal(one->poles, 1);
	assert_int_equal(one->points, 42);
	assert_float_equal(one->median_finish, 1.5, 1e-9);
	assert_ptr_equal(season_table_row(&t, &m.session[0]->cars[0]), one);
	arena_free(a);
	session_free(m.session[0]);
}

static void under_three_quarters_is_retired(void **state)
{
	struct arena *a = arena_new(0);
	struct small m;
	struct season_table t;
	const struct season_row *two, *three;

	(void)state;
	make_small(&m);
	t = table_of(&m.d, a);
	two = row(&t, "2");
	three = row(&t, "3");
	assert_false(two->cell[0].retired);
	assert_null(two->json);
	assert_int_equal(two->points, -1);
	assert_int_equal(two->cell[1].from, FROM_NOWHERE);
	assert_true(three->cell[0].retired); /* 2 laps of 4 */
	assert_int_equal(three->cell[0].place, 3);
	assert_true(three->cell[1].retired); /* 7 of 10 in the JSON */
	assert_int_equal(three->retired, 2);
	assert_true(isnan(three->median_finish));
	arena_free(a);
	session_free(m.session[0]);
}

/* A number that two drivers share is nobody's in the JSON. */
static void a_shared_number_is_not_joined(void **state)
{
	struct arena *a = arena_new(0);
	struct small m;
	struct season_table t;
	const struct season_row *json, *car;

	(void)state;
	make_small(&m);
	m.session[0]->cars[2].season_number = "";
	m.session[0]->cars[2].driver = "Somebody";
	t = table_of(&m.d, a);
	json = row_of_json(&t, &m.driver[1]);
	car = season_table_row(&t, &m.session[0]->cars[2]);
	assert_non_null(car);
	assert_ptr_not_equal(car, json);
	assert_string_equal(car->name, "Somebody");
	assert_int_equal(car->cell[0].place, 3);
	assert_int_equal(json->cell[0].place, 0);
	assert_int_equal(json->cell[1].place, 5);
	arena_free(a);
	session_free(m.session[0]);
}

static void nothing_at_all_is_an_empty_table(void **state)
{
	struct arena *a = arena_new(0);
	struct season season = {0};
	struct dataset d = {.season = &season};
	struct season_table t = table_of(&d, a);

	(void)state;
	assert_int_equal(t.nraces, 0);
	assert_int_equal(t.nrows, 0);
	arena_free(a);
}

static void cells_are(const struct season_row *r, const uint16_t *place)
{
	for (int i = 0; i < 12; i++)
		assert_int_equal(r->cell[i].place, place[i]);
}

static void the_real_season(void **state)
{
	static const uint16_t workman[12] = {1, 1, 6, 2, 3, 8, 1, 1, 2, 4, 3, 1};
	const char *dir = getenv("PITWALL_SHARED");
	const char *path[1];
	struct load_opts o = {.paths = path, .npaths = 1};
	struct err err = {0};
	struct arena *a;
	struct dataset *d;
	struct season_table t;
	const struct season_row *r;

	(void)state;
	path[0] = dir && *dir ? dir : "../shared/data";
	d = dataset_load(&o, &err);
	if (!d || !dataset_session(d, "barber_r2"))
		skip();
	a = arena_new(0);
	t = table_of(d, a);
	assert_int_equal(t.nraces, 12);
	assert_string_equal(t.races[11].code, "VIR");
	r = row(&t, "13");
	cells_are(r, workman);
	assert_int_equal(r->wins, 5);
	assert_int_equal(r->podiums, 9);
	assert_int_equal(r->poles, 4);
	assert_int_equal(r->points, 215);
	assert_int_equal(r->cell[6].from, FROM_JSON);
	r = row(&t, "22");
	assert_null(r->json);
	assert_int_equal(r->cell[0].place, 2);
	assert_int_equal(r->cell[1].place, 2);
	assert_true(r->cell[5].retired);
	assert_int_equal(r->retired, 1);
	assert_float_equal(r->median_finish, 2.0, 1e-9);
	for (int i = 6; i < 12; i++)
		assert_int_equal(r->cell[i].from, FROM_NOWHERE);
	arena_free(a);
	dataset_free(d);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(files_come_before_the_json),
		cmocka_unit_test(under_three_quarters_is_retired),
		cmocka_unit_test(a_shared_number_is_not_joined),
		cmocka_unit_test(nothing_at_all_is_an_empty_table),
		cmocka_unit_test(the_real_season),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
