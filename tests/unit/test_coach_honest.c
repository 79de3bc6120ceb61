/* The coach over every car of every real session: what it must never say, and nothing where there is nothing. */
#include <stdlib.h>
#include <string.h>

#include "core/analysis/coach.h"
#include "core/analysis/lap_sets.h"
#include "core/source/load.h"
#include "tests/unit/laps_helper.h"
#include "tests/unit/note_numbers.h"

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

/* --- Every note of every car -------------------------------------------------- */

struct counts {
	unsigned long notes, numbers_missing, said;
};

/* Causes without a channel, gears, persons, scores, what nobody has driven, what nobody can know. */
static const char *forbidden(const char *text)
{
	static const char *const never[] = {"no clear difference",
					    "tyres get",
					    "brake",
					    "Brake",
					    " ideal",
					    "you pass",
					    "You pass",
					    "understeer",
					    "overs",
					    " gear",
					    "score",
					    "confiden",
					    "DNF",
					    "percent",
					    "%",
					    "consistency"};

	for (unsigned i = 0; i < COUNT_OF(never); i++)
		if (strstr(text, never[i]))
			return never[i];
	return NULL;
}

static void check_note(const struct analysis *an, const struct figures *f, const struct note *n, struct counts *sum)
{
	const char *const part[] = {n->head, n->text, n->action};

	for (unsigned i = 0; i < COUNT_OF(part); i++) {
		const char *missing = number_not_found(an, f, n, part[i]);

		if (missing) {
			print_message("%s: \"%.12s\" of: %s\n", an->session->id, missing, part[i]);
			sum->numbers_missing++;
		}
		if (forbidden(part[i])) {
			print_message("%s: \"%s\" in: %s\n", an->session->id, forbidden(part[i]), part[i]);
			sum->said++;
		}
	}
	/* A trend is only told when it stands against the field. */
	if (n->topic == TOPIC_FADE)
		assert_true(n->evidence.low > 0);
	assert_true(n->nlaps == 0 || n->of_you.n > 0);
	sum->notes++;
}

static void check_pair(const struct analysis *an, uint32_t you, uint32_t ref, struct counts *sum)
{
	struct arena *a = arena_new(0);
	struct comparison c;
	struct notes n;
	struct figures f;
	struct err err = {0};

	assert_ok(compare_make(an, ref, you, a, &c, &err), &err);
	assert_ok(coach_make(an, &c, a, &n, &err), &err);
	figures_of(an, &c, you, &f);
	for (uint32_t i = 0; i < n.n; i++)
		check_note(an, &f, &n.note[i], sum);
	assert_ok(coach_own_make(an, you, a, &n, &err), &err);
	for (uint32_t i = 0; i < n.n; i++)
		check_note(an, &f, &n.note[i], sum);
	figures_free(&f);
	arena_free(a);
}

static void check_session(const struct session *s, uint16_t lap, struct counts *sum)
{
	struct analysis_options o;
	struct analysis *an;

	analysis_defaults(&o);
	o.lap = lap;
	an = analysed(s, &o);
	for (uint32_t you = 0; you < s->ncars; you++) {
		uint16_t best = coach_class_best(an, you), leader = an->order.table[0].car;

		if (car_seen(an, you) == 0)
			continue;
		if (best != NO_CAR)
			check_pair(an, you, best, sum);
		if (leader != you && leader != best)
			check_pair(an, you, leader, sum);
	}
	analysis_free(an);
}

static uint16_t last_lap(const struct session *s)
{
	uint16_t last = 0;

	for (uint32_t i = 0; i < s->laps.n; i++)
		last = s->laps.number[i] > last ? s->laps.number[i] : last;
	return last;
}

static void every_number_is_in_the_data_and_nothing_is_said_that_must_not_be(void **state)
{
	struct dataset *d = dataset();
	struct counts sum = {0};

	(void)state;
	for (uint32_t i = 0; i < d->nsessions; i++) {
		check_session(d->sessions[i], 0, &sum);
		if (last_lap(d->sessions[i]) > 12)
			check_session(d->sessions[i], 12, &sum);
	}
	print_message("%lu notes\n", sum.notes);
	assert_int_equal(sum.numbers_missing, 0);
	assert_int_equal(sum.said, 0);
}

/* --- The five that must never be said ------------------------------------------- */

static const struct session *session(const char *id)
{
	const struct session *s = dataset_session(dataset(), id);

	assert_non_null(s);
	return s;
}

static void notes_of(const struct analysis *an, const char *you, const char *ref, struct arena *a, struct notes *n)
{
	struct comparison *c = ARENA_NEW(a, struct comparison);
	struct err err = {0};

	assert_ok(compare_make(an, car_of(an->session, ref), car_of(an->session, you), a, c, &err), &err);
	assert_ok(coach_make(an, c, a, n, &err), &err);
}

static bool says(const struct notes *n, const char *what)
{
	for (uint32_t i = 0; i < n->n; i++)
		if (strstr(n->note[i].head, what) || strstr(n->note[i].text, what) || strstr(n->note[i].action, what))
			return true;
	return false;
}

/* 1: that there is no clear difference, first: he could not go faster than the car in front. */
static void not_first_that_nothing_is_clear(void **state)
{
	struct analysis *an = analysed(session("barber_r2"), NULL);
	struct arena *a = arena_new(0);
	struct notes n;

	(void)state;
	notes_of(an, "22", "13", a, &n);
	assert_true(n.n > 1);
	assert_int_equal(n.note[0].kind, NOTE_FACT);
	assert_false(says(&n, "no clear"));
	assert_true(says(&n, "That was not your pace"));
	arena_free(a);
	analysis_free(an);
}

/* 2: tyres that get better while the track dries; nor any slope that the field has too. */
static void no_trend_of_the_whole_field(void **state)
{
	static const char *const race[] = {"roadamerica_r1", "cota_r1"};

	(void)state;
	for (unsigned r = 0; r < COUNT_OF(race); r++) {
		struct analysis *an = analysed(session(race[r]), NULL);

		for (uint32_t you = 0; you < an->session->ncars; you++) {
			struct arena *a = arena_new(0);
			struct notes n;
			struct err err = {0};

			assert_ok(coach_own_make(an, you, a, &n, &err), &err);
			for (uint32_t i = 0; i < n.n; i++) {
				assert_false(n.note[i].topic == TOPIC_FADE &&
					     !(an->paces.car[you].trend.field.low > 0));
				assert_null(strstr(n.note[i].text, "quicker at the end"));
			}
			assert_false(r == 0 && you == car_of(an->session, "55") && says(&n, "a lap at the end"));
			arena_free(a);
		}
		analysis_free(an);
	}
}

/* 3: a brake point from lap times; 4: an ideal lap nobody drove; 5: a pass. */
static void no_brake_point_no_ideal_no_pass(void **state)
{
	struct analysis_options o;
	struct analysis *an;
	struct arena *a = arena_new(0);
	struct notes n;

	(void)state;
	an = analysed(session("barber_r1"), NULL);
	notes_of(an, "13", "2", a, &n);
	assert_false(says(&n, "rake"));
	assert_false(says(&n, " m later"));
	analysis_free(an);
	an = analysed(session("barber_r2"), NULL);
	notes_of(an, "13", "22", a, &n);
	assert_false(says(&n, "ideal"));
	assert_false(says(&n, "0.277"));
	analysis_free(an);
	analysis_defaults(&o);
	o.lap = 13;
	an = analysed(session("barber_r2"), &o);
	notes_of(an, "22", "13", a, &n);
	assert_false(says(&n, "pass"));
	assert_false(says(&n, "1.6 laps"));
	analysis_free(an);
	arena_free(a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_car_against_itself_and_its_odd_against_its_even_laps),
		cmocka_unit_test(every_number_is_in_the_data_and_nothing_is_said_that_must_not_be),
		cmocka_unit_test(not_first_that_nothing_is_clear),
		cmocka_unit_test(no_trend_of_the_whole_field),
		cmocka_unit_test(no_brake_point_no_ideal_no_pass),
	};

	return cmocka_run_group_tests(tests, NULL, drop_loaded);
}
