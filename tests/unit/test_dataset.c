/* Whole folders: the invented one in tests/fixtures/join, and the real season where it lies at hand. */
#include "core/source/load.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "core/source/ownership.h"
#include "tests/unit/helper.h"

static struct dataset *load(const char *path)
{
	struct err err = {0};
	struct load_opts o = {.paths = &path, .npaths = 1};
	struct dataset *d = dataset_load(&o, &err);

	assert_ok(d, &err);
	return d;
}

static const struct session *get(const struct dataset *d, const char *id)
{
	const struct session *s = dataset_session(d, id);

	if (!s)
		fail_msg("no session %s", id);
	return s;
}

static const struct car *car(const struct session *s, const char *id)
{
	int i = session_car(s, id);

	if (i < 0)
		fail_msg("%s has no car %s", s->id, id);
	return &s->cars[i];
}

static const struct car *driven_by(const struct session *s, const char *driver)
{
	for (uint32_t i = 0; i < s->ncars; i++) {
		if (strcmp(s->cars[i].driver, driver) == 0)
			return &s->cars[i];
	}
	fail_msg("%s has no %s", s->id, driver);
	return s->cars;
}

/* The entry of the file whose path ends like this. */
static const struct file_entry *file(const struct dataset *d, const char *end)
{
	for (uint32_t i = 0; i < d->files.n; i++) {
		size_t n = strlen(d->files.at[i].path), m = strlen(end);

		if (n >= m && strcmp(d->files.at[i].path + n - m, end) == 0)
			return &d->files.at[i];
	}
	fail_msg("no file %s", end);
	return d->files.at;
}

/* --- the invented folder --- */

static struct dataset *invented;

static int load_invented(void **state)
{
	(void)state;
	invented = load("tests/fixtures/join");
	return 0;
}

static int free_invented(void **state)
{
	(void)state;
	dataset_free(invented);
	return 0;
}

static void sessions_and_ids(void **state)
{
	(void)state;
	assert_int_equal(invented->nsessions, 5);
	assert_string_equal(get(invented, "vir_r1")->title, "VIR R1");
	assert_string_equal(get(invented, "VIR_R2")->id, "vir_r2");
	assert_string_equal(get(invented, "vir_r2-2024")->title, "VIR R2 2024");
	assert_true(get(invented, "club_outing_long")->kind_guessed);
	assert_string_equal(get(invented, "visit_outing_long")->track, "");
	assert_string_equal(get(invented, "vir_r2")->track_name, "Virginia International Raceway");
}

static void the_same_rows_twice(void **state)
{
	const struct session *s = get(invented, "vir_r2");

	(void)state;
	assert_true(s->has_names);
	assert_int_equal(file(invented, "laps/vir_r2_analysis_endurance.csv")->state, FILE_DUPLICATE);
	assert_non_null(strstr(file(invented, "laps/vir_r2_analysis_endurance.csv")->why, "the same laps as"));
	assert_string_equal(car(s, "03")->alias, "3");
	assert_ptr_equal(car(s, "3"), car(s, "03"));
	assert_string_equal(car(s, "03")->season_number, "3");
	assert_true(car(s, "03")->best_ten.present);
	assert_true(car(s, "03")->provisional.present);
	assert_int_equal(file(invented, "cup/provisional_results/vir_r2_provisional_results.csv")->state,
			 FILE_DUPLICATE);
}

static void what_does_not_fit(void **state)
{
	const struct file_entry *f = file(invented, "results/vir_r2_results.csv");

	(void)state;
	assert_int_equal(f->state, FILE_NOT_ATTACHED);
	assert_string_equal(f->why, "laps and fastest lap agree with vir_r2 for only 0 of 5 cars");
	assert_false(car(get(invented, "vir_r2"), "7")->final.present);
	assert_int_equal(file(invented, "05_Results by Class_x.csv")->state, FILE_NOT_ATTACHED);
	assert_int_equal(file(invented, "json/layouts.json")->state, FILE_NOT_READ);
	assert_int_equal(file(invented, "json/torn.json")->state, FILE_REFUSED);
	assert_int_equal(invented->problems.n, 1);
	assert_int_equal(invented->problems.at[0].line, 2);
	assert_string_equal(invented->problems.at[0].why, "not JSON from here on");
	assert_true(car(get(invented, "vir_r2-2024"), "03")->final.present);
}

static void officials_names_grid(void **state)
{
	const struct session *s = get(invented, "vir_r1");
	const struct car *ada = driven_by(s, "Ada Brandt"), *ivo = driven_by(s, "Ivo Castel");

	(void)state;
	assert_string_equal(ada->number, "3");
	assert_string_equal(ivo->number, "3");
	assert_string_equal(ivo->group, "Legends");
	assert_string_equal(ada->season_number, "");
	assert_string_equal(ivo->season_number, "");
	assert_int_equal(ivo->grid, 4);
	assert_int_equal(ada->grid, 5);
	assert_int_equal(car(s, "7")->provisional.position, 1);
	assert_int_equal(car(s, "7")->final.position, 2);
	assert_int_equal(car(s, "7")->final.total - car(s, "7")->provisional.total, 3000);
	assert_int_equal(car(s, "41")->provisional.fastest, MS_NONE); /* official "0" */
	assert_int_equal(s->nnot_started, 1);
	assert_string_equal(s->not_started[0].driver, "Never Started");
	assert_int_equal(s->not_started[0].grid, 6);
}

static void season_of_the_json(void **state)
{
	const struct season *season = invented->season;

	(void)state;
	assert_int_equal(season->ndrivers, 5);
	assert_string_equal(season_driver(season, "7")->name, "Mira Dorn");
	assert_string_equal(season_driver(season, "41")->name, "Rui Gama"); /* files before JSON */
	assert_string_equal(season_driver(season, "3")->name, "");
	assert_int_equal(season->warnings.n, 2);
	assert_non_null(strstr(season->warnings.at[0].why, "NaN"));
	assert_non_null(strstr(season->warnings.at[1].why, "number 3 is two drivers in vir_r1"));
	assert_int_equal(season->refused.total, 1);
	assert_string_equal(car(get(invented, "vir_r1"), "22")->season_number, "22");
	assert_string_equal(car(get(invented, "vir_r2-2024"), "22")->season_number, "");
	assert_string_equal(car(get(invented, "club_outing_long"), "22")->season_number, "");
}

/* --- loading as such --- */

static void cancelled_missing_empty(void **state)
{
	struct err err = {0};
	atomic_bool cancel = true;
	atomic_uint progress = 0;
	const char *path = "tests/fixtures/join", *nowhere = "/nonexistent/folder";
	struct load_opts o = {.paths = &path, .npaths = 1, .cancel = &cancel, .progress = &progress};
	char dir[200];
	struct dataset *d;

	(void)state;
	assert_null(dataset_load(&o, &err));
	assert_int_equal(err.code, ERR_CANCELLED);
	cancel = false;
	d = dataset_load(&o, &err);
	assert_ok(d, &err);
	assert_int_equal(progress, 1000);
	dataset_free(d);
	o.paths = &nowhere;
	assert_null(dataset_load(&o, &err));
	assert_int_equal(err.code, ERR_NOT_FOUND);
	folder_make(dir, sizeof dir);
	d = load(dir);
	assert_int_equal(d->nsessions, 0);
	assert_non_null(d->season);
	dataset_free(d);
	folder_remove(dir);
}

static void ownership_is_complete(void **state)
{
	(void)state;
	for (int i = 0; i < DATA_KINDS; i++) {
		assert_int_equal(ownership_table[i].kind, i);
		assert_non_null(ownership_table[i].what);
		assert_non_null(ownership_table[i].first);
		assert_non_null(ownership_table[i].then);
		assert_non_null(ownership_table[i].never);
	}
}

/* --- the real season --- */

static struct dataset *real;

static int load_real(void **state)
{
	char path[4000];
	const char *shared = getenv("PITWALL_SHARED");
	struct stat st;

	(void)state;
	snprintf(path, sizeof path, "%s/data", shared && shared[0] ? shared : "../shared");
	if (stat(path, &st) == 0)
		real = load(path);
	return 0;
}

static int free_real(void **state)
{
	(void)state;
	dataset_free(real);
	return 0;
}

static const char *const eight[] = {"barber_r1",      "barber_r2",      "cota_r1",   "cota_r2",
				    "roadamerica_r1", "roadamerica_r2", "sonoma_r1", "sonoma_r2"};

static void real_sessions(void **state)
{
	static const char *const others[] = {"barber_p1",
					     "barber_q1",
					     "cota_p1",
					     "fuji_6h",
					     "spa_6h",
					     "23_analysis_race_hour_24",
					     "202207161510_race_laps",
					     "202309171310_race_laps",
					     "barber_r1-2024"};

	(void)state;
	if (!real)
		skip();
	assert_int_equal(real->nsessions, COUNT_OF(eight) + COUNT_OF(others));
	for (size_t i = 0; i < COUNT_OF(eight); i++)
		assert_int_equal(get(real, eight[i])->kind, KIND_RACE);
	for (size_t i = 0; i < COUNT_OF(others); i++)
		assert_int_equal(get(real, others[i])->refused.total, 0);
	assert_string_equal(get(real, "202207161510_race_laps")->date, "2022-07-16");
	assert_string_equal(get(real, "202207161510_race_laps")->track, "limerock");
	assert_string_equal(get(real, "barber_r2")->date, "2025-09-07"); /* by its weather file */
	assert_string_equal(get(real, "barber_q1")->event, "qualifying");
	assert_int_equal(file(real, "gr-cup/analysis_endurance/barber_r1_analysis_endurance.csv")->state,
			 FILE_DUPLICATE);
	assert_int_equal(file(real, "gr-cup/best_10_laps/barber_r2_best_10_laps.csv")->state, FILE_DUPLICATE);
	assert_int_equal(real->problems.total, 0);
}

static void real_barber(void **state)
{
	const struct session *s;

	(void)state;
	if (!real)
		skip();
	s = get(real, "barber_r2");
	assert_int_equal(car(s, "22")->grid, 3);
	assert_int_equal(car(s, "13")->grid, 1);
	assert_string_equal(car(s, "22")->driver, "Jeremy Fletcher");
	assert_ptr_equal(car(s, "3"), car(s, "03"));
	assert_int_equal(car(s, "03")->provisional.position, 14);
	assert_int_equal(car(get(real, "barber_q1"), "13")->final.position, 1);
	assert_true(car(get(real, "barber_q1"), "13")->provisional.present);
}

static void real_two_threes(void **state)
{
	(void)state;
	if (!real)
		skip();
	for (size_t i = 0; i < COUNT_OF(eight); i++) {
		const struct session *s = get(real, eight[i]);
		bool two = strncmp(s->id, "cota", 4) == 0 || strncmp(s->id, "sonoma", 6) == 0;

		if (strncmp(s->id, "barber", 6) == 0)
			continue;
		assert_string_equal(car(s, "3")->driver, "Karl Forman");
		assert_string_equal(car(s, "3")->season_number, two ? "" : "3");
		if (!two)
			continue;
		assert_string_equal(car(s, "3#2")->driver, "Jason Kos");
		assert_string_equal(car(s, "3#2")->season_number, "");
		assert_true(car(s, "3#2")->grid > 0 && car(s, "3")->grid > car(s, "3#2")->grid);
	}
	assert_int_equal(real->season->warnings.n, 4);
	assert_string_equal(season_driver(real->season, "3")->name, "");
}

static void real_names(void **state)
{
	(void)state;
	if (!real)
		skip();
	for (uint32_t i = 0; i < real->nsessions; i++) {
		const struct session *s = real->sessions[i];

		for (uint32_t j = 0; j < s->ncars; j++) {
			if (!s->cars[j].driver[0])
				fail_msg("%s: car %s has no driver", s->id, s->cars[j].id);
		}
	}
	assert_string_equal(car(get(real, "cota_r1"), "88")->driver, "Zach Hollingshead");
	assert_string_equal(car(get(real, "roadamerica_r1"), "88")->driver, "Max Stallone");
	assert_string_equal(car(get(real, "202309171310_race_laps"), "10")->season_number, "");
	assert_int_equal(real->season->ndrivers, 34);
	assert_int_equal(real->season->ntracks, 6);
	assert_int_equal(season_driver(real->season, "13")->nresults, 12);
	assert_int_equal(season_driver(real->season, "13")->wins, 5);
	assert_string_equal(season_driver(real->season, "17")->name, "Miles Hewitt");
	assert_null(season_driver(real->season, "22"));
	assert_int_equal(get(real, "roadamerica_r2")->nnot_started, 1);
	assert_string_equal(get(real, "roadamerica_r2")->not_started[0].number, "15");
}

/* --- officials against laps, over the eight races --- */

static ms_t best_lap(const struct session *s, const struct car *c)
{
	ms_t least = MS_NONE;

	for (uint32_t i = c->first; i < c->first + c->n; i++) {
		if (s->laps.bits[i] & (LAP_BEST_OWN | LAP_BEST_SESSION))
			return s->laps.time[i];
		if (least == MS_NONE || s->laps.time[i] < least)
			least = s->laps.time[i];
	}
	return least;
}

static int time_cmp(const void *pa, const void *pb)
{
	ms_t x = *(const ms_t *)pa, y = *(const ms_t *)pb;
	return (x > y) - (x < y);
}

static bool counts_for_best(const struct session *s, const struct car *c, uint32_t i)
{
	bool in = s->laps.bits[i] & LAP_IN_PIT;
	bool out = (i > c->first && (s->laps.bits[i - 1] & LAP_IN_PIT)) || (s->laps.pit_time[i] != MS_NONE && !in);

	return s->laps.number[i] != 1 && !in && !out;
}

/* The ten fastest that are not lap 1, in or out: the list the officials print. */
static bool best_ten_equal(const struct session *s, const struct car *c)
{
	ms_t times[500];
	size_t n = 0;

	for (uint32_t i = c->first; i < c->first + c->n && n < COUNT_OF(times); i++) {
		if (counts_for_best(s, c, i))
			times[n++] = s->laps.time[i];
	}
	qsort(times, n, sizeof *times, time_cmp);
	if (n > 10)
		n = 10;
	return c->best_ten.present && c->best_ten.n == n && memcmp(c->best_ten.time, times, n * sizeof *times) == 0;
}

static void real_officials(void **state)
{
	unsigned cars = 0, fastest = 0, total = 0, ten = 0;

	(void)state;
	if (!real)
		skip();
	for (size_t k = 0; k < COUNT_OF(eight); k++) {
		const struct session *s = get(real, eight[k]);

		for (uint32_t i = 0; i < s->ncars; i++) {
			const struct car *c = &s->cars[i];

			assert_true(c->provisional.present);
			assert_int_equal(c->provisional.laps, c->n);
			cars++;
			fastest += c->provisional.fastest == best_lap(s, c);
			total += c->provisional.total == s->laps.elapsed[c->first + c->n - 1];
			ten += best_ten_equal(s, c);
		}
	}
	assert_int_equal(cars, 223);
	assert_int_equal(fastest, 222);
	assert_int_equal(total, 217);
	assert_int_equal(ten, 214);
}

int main(void)
{
	const struct CMUnitTest invented_tests[] = {
		cmocka_unit_test(sessions_and_ids),      cmocka_unit_test(the_same_rows_twice),
		cmocka_unit_test(what_does_not_fit),     cmocka_unit_test(officials_names_grid),
		cmocka_unit_test(season_of_the_json),    cmocka_unit_test(cancelled_missing_empty),
		cmocka_unit_test(ownership_is_complete),
	};
	const struct CMUnitTest real_tests[] = {
		cmocka_unit_test(real_sessions), cmocka_unit_test(real_barber),    cmocka_unit_test(real_two_threes),
		cmocka_unit_test(real_names),    cmocka_unit_test(real_officials),
	};
	int failed = cmocka_run_group_tests(invented_tests, load_invented, free_invented);
	return failed + cmocka_run_group_tests(real_tests, load_real, free_real);
}
