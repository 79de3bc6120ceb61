/* The coach over every car of every real session: what it must never say, and nothing where there is nothing. */
#include <ctype.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/analysis/coach.h"
#include "core/analysis/lap_sets.h"
#include "core/source/load.h"
#include "tests/unit/laps_helper.h"

static struct dataset *loaded;

static struct dataset *dataset(void)
{
	const char *dir = getenv("PITWALL_SHARED");
	const char *path[1];
	struct load_opts o = {.paths = path, .npaths = 1};
	struct err err = {0};

	path[0] = dir && *dir ? dir : "../shared/data";
	if (!loaded)
		loaded = dataset_load(&o, &err);
	if (!loaded || loaded->nsessions == 0)
		skip();
	return loaded;
}

static int drop_loaded(void **state)
{
	(void)state;
	if (loaded)
		dataset_free(loaded);
	loaded = NULL;
	return 0;
}

static uint32_t count_kind(const struct notes *n, enum note_kind kind)
{
	uint32_t found = 0;

	for (uint32_t i = 0; i < n->n; i++)
		found += n->note[i].kind == kind;
	return found;
}

/* --- Nothing where there is nothing ------------------------------------------- */

static void itself(const struct analysis *an, uint32_t car)
{
	struct arena *a = arena_new(0);
	struct comparison c;
	struct notes n;
	struct err err = {0};

	assert_ok(compare_make(an, car, car, a, &c, &err), &err);
	assert_ok(coach_make(an, &c, a, &n, &err), &err);
	assert_int_equal(count_kind(&n, NOTE_PACE) + count_kind(&n, NOTE_KEEP), 0);
	arena_free(a);
}

static void every_second(const struct analysis *an, uint32_t car, unsigned which, struct lap_set *set, uint32_t *room)
{
	uint32_t clean = 0;

	*set = (struct lap_set){.an = an, .car = (uint16_t)car, .lap = room};
	for (uint32_t i = car_first(an, car); i < car_first(an, car) + car_seen(an, car); i++)
		if (lap_is_clean(an, i) && clean++ % 2 == which)
			room[set->n++] = i;
}

/* How many notes about pace the odd laps give against the even ones; both ways round. */
static uint32_t odd_and_even(const struct analysis *an, uint32_t car)
{
	struct arena *a = arena_new(0);
	struct lap_set odd, even;
	uint32_t found = 0;

	every_second(an, car, 0, &odd, ARENA_ARRAY(a, car_seen(an, car), uint32_t));
	every_second(an, car, 1, &even, ARENA_ARRAY(a, car_seen(an, car), uint32_t));
	for (int way = 0; way < 2; way++) {
		struct comparison c;
		struct notes n;
		struct err err = {0};

		assert_ok(compare_sets_make(way ? &odd : &even, way ? &even : &odd, a, &c, &err), &err);
		assert_true(c.normalised);
		assert_ok(coach_make(an, &c, a, &n, &err), &err);
		for (uint32_t i = 0; i < n.n; i++)
			print_message("%s car %s: %s\n", an->session->id, an->session->cars[car].id, n.note[i].text);
		found += n.n;
	}
	arena_free(a);
	return found;
}

static void a_car_against_itself_and_its_odd_against_its_even_laps(void **state)
{
	struct dataset *d = dataset();
	uint32_t cars = 0, found = 0;

	(void)state;
	for (uint32_t i = 0; i < d->nsessions; i++) {
		struct analysis *an = analysed(d->sessions[i], NULL);

		for (uint32_t car = 0; car < an->session->ncars; car++) {
			itself(an, car);
			found += odd_and_even(an, car);
			cars++;
		}
		analysis_free(an);
	}
	print_message("%u cars of %u sessions\n", cars, d->nsessions);
	assert_int_equal(found, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_car_against_itself_and_its_odd_against_its_even_laps),
	};

	return cmocka_run_group_tests(tests, NULL, drop_loaded);
}
