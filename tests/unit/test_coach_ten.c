/* Notes as an engineer reads them, out of the real files with their figures: a start, being held, a place, a restart, a fade, a train,
 * one lap, a penalty, drivers. (One more rests on telemetry.) */
#include <stdlib.h>
#include <string.h>

#include "core/analysis/coach.h"
#include "core/source/load.h"
#include "tests/unit/laps_helper.h"

static struct dataset *loaded;

struct read { /* the notes of one pair */
	struct analysis *an;
	struct arena *arena;
	struct notes notes;
};

static const struct session *session(const char *id)
{
	const char *dir = getenv("PITWALL_SHARED");
	const char *path[1] = {dir && *dir ? dir : "../shared/data"};
	struct load_opts o = {.paths = path, .npaths = 1};
	struct err err = {0};
	const struct session *s;

	if (!loaded)
		loaded = dataset_load(&o, &err);
	s = loaded ? dataset_session(loaded, id) : NULL;
	if (!s)
		skip();
	return s;
}

static int drop_loaded(void **state)
{
	(void)state;
	if (loaded)
		dataset_free(loaded);
	loaded = NULL;
	return 0;
}

static struct read read_notes(const char *id, const char *you, const char *ref, ms_t elapsed)
{
	const struct session *s = session(id);
	struct analysis_options o;
	struct read r = {.arena = arena_new(0)};
	struct comparison *c = ARENA_NEW(r.arena, struct comparison);
	struct err err = {0};

	analysis_defaults(&o);
	o.elapsed = elapsed;
	r.an = analysed(s, &o);
	assert_ok(compare_make(r.an, car_of(s, ref), car_of(s, you), r.arena, c, &err), &err);
	assert_ok(coach_make(r.an, c, r.arena, &r.notes, &err), &err);
	return r;
}

static void done(struct read *r)
{
	analysis_free(r->an);
	arena_free(r->arena);
}

/* The note of that head; its place in the list in *at where somebody wants it. */
static const struct note *note(const struct read *r, const char *where, uint32_t *at)
{
	for (uint32_t i = 0; i < r->notes.n; i++)
		if (strcmp(r->notes.note[i].where, where) == 0) {
			if (at)
				*at = i;
			return &r->notes.note[i];
		}
	fail_msg("no note %s", where);
	abort();
}

static void says(const struct note *n, const char *part)
{
	if (!strstr(n->text, part) && !strstr(n->head, part) && !strstr(n->action, part))
		fail_msg("\"%s\" / \"%s\" lacks \"%s\"", n->head, n->text, part);
}

static void one_to_three_22_at_barber(void **state)
{
	struct read r = read_notes("barber_r2", "22", "13", MS_NONE);
	const struct note *n;
	uint32_t at;

	(void)state;
	n = note(&r, "START", &at);
	assert_int_equal(at, 0);
	assert_int_equal(n->gain, 1969);
	says(n, "The race went on laps 1 and 2. Lap 1 cost 1.436 (S1 0.561, S2 0.298, S3 0.577), lap 2 behind 72 "
		"another 0.533");
	says(n, "From lap 3 to the flag you were 1.735 s quicker");
	says(n, "on-board of the launch and lap 1 first");
	n = note(&r, "HELD", &at);
	assert_int_equal(at, 1);
	assert_true(n->about);
	assert_int_equal(n->gain, 1500);
	says(n, "0.125 s a lap");
	says(n, "8 of 9 laps");
	says(n, "laps 12 to 28 behind 13, 0.202 to 0.725 s at the line, at 0.036");
	says(n, "That was not your pace");
	n = note(&r, "IM1", &at);
	assert_int_equal(at, 2);
	assert_int_equal(n->gain, 1016);
	says(n, "slower than 13 in 23 of 27 laps, 0.037 a lap (0.007 to 0.060), 9 of 9 in clear air");
	assert_int_equal(n->of_you.n, 27);
	assert_int_equal(n->of_ref.n, 27);
	/* Laps 2 to 28: lines 84 to 110 of one file, each car in one stretch. */
	assert_int_equal(n->of_you.line[26] - n->of_you.line[0], 26);
	assert_int_equal(n->of_ref.line[26] - n->of_ref.line[0], 26);
	done(&r);
}

static void four_the_restart(void **state)
{
	struct read r = read_notes("cota_r1", "113", "46", MS_NONE);
	const struct note *n = note(&r, "RESTART", NULL);

	(void)state;
	assert_int_equal(n->places, 3);
	assert_int_equal(n->laps[0], 14);
	says(n,
	     "P12 at the line, P12 at S1 (32.999, field 33.144), P15 at S2: 59.401 against a field median of 58.177");
	says(n, "One lap.");
	done(&r);
}

static void five_the_fade(void **state)
{
	struct read r = read_notes("barber_r2", "51", "13", MS_NONE);
	const struct note *n = note(&r, "FADE", NULL);

	(void)state;
	says(n, "0.70 s a lap at the end");
	says(n, "laps 20 to 28 are 0.934 slower than laps 2 to 10 (1:39.822, 1:38.888); the field lost 0.231");
	says(n, "0.042 a lap against the field (0.022 to 0.068), 27 laps");
	says(n, "Nobody closer than 3.7 s ahead, so not traffic");
	says(n, "pressures of that set, then how hard laps 2 to 10 were");
	done(&r);
}

static void six_the_train(void **state)
{
	struct read r = read_notes("barber_r1", "47", "2", MS_NONE);
	const struct note *n = note(&r, "TRAIN", NULL);

	(void)state;
	says(n, "pace unknown");
	says(n, "laps 10 to 27, 18 laps, 0.112 to 0.608 s behind 2. You have no clear lap in this race: 1:38.551");
	says(n, "You qualified 0.245 s ahead of 2");
	says(n, "you are quicker in 17 of 18 laps, in IM1 slower in 17 of 18");
	says(n, "see IM1");
	done(&r);
}

static void seven_one_lap(void **state)
{
	struct read r = read_notes("barber_q1", "47", "13", MS_NONE);
	const struct note *n = note(&r, "LAP 5", NULL);

	(void)state;
	assert_int_equal(n->places, 1);
	says(n, "S1 26.435 and S2 42.148, both your best, but S3 29.768; your own 28.382 makes 1:36.965, P2. You are "
		"P3 by 0.001");
	says(n, "ask what happened in S3 before changing anything");
	done(&r);
}

static void eight_the_penalty(void **state)
{
	struct read r = read_notes("cota_r2", "72", "13", MS_NONE);
	const struct note *n = note(&r, "PENALTY", NULL);

	(void)state;
	assert_int_equal(n->places, 4);
	says(n, "P3 on the road, P7 in the result: +3.000 s. 4 cars that went past finished within 1.985 s behind you");
	says(n, "find out what for");
	done(&r);
}

/* The drawing has Blomqvist 2.47 (73 laps), Milesi 1.84 (68), Gelael 0.39 (60): it was worked out with the clean laps of the whole file,
 * laps after 18:00 and laps of a slow field among them. As it could be known at 18:00, without either, the figures are these, and
 * both differences are clear. */
static void ten_drivers_at_eighteen_hours(void **state)
{
	struct read r = read_notes("23_analysis_race_hour_24", "31", "28", 18 * 3600 * 1000);
	const struct note *n = note(&r, "DRIVERS", NULL);

	(void)state;
	says(n, "0.7 s a lap");
	says(n, "BLOMQVIST is 2.54 s under the class of the same 20 minutes (70 laps), MILESI 1.86 s under (68).");
	says(n, "GELAEL, now in, 0.58 s under (57): with MILESI in you gain 1.3 s a lap.");
	says(n, "use the time while GELAEL is in");
	assert_int_equal(n->of_you.n, 68);
	assert_int_equal(n->of_ref.n, 70);
	assert_string_equal(n->of_ref.name, "Tom BLOMQVIST");
	done(&r);
}

/* Over the whole race the first figure is the drawing's. */
static void ten_drivers_at_the_flag(void **state)
{
	struct read r = read_notes("23_analysis_race_hour_24", "31", "28", MS_NONE);
	const struct note *n = note(&r, "DRIVERS", NULL);

	(void)state;
	says(n, "0.6 s a lap");
	says(n, "BLOMQVIST is 2.38 s under the class of the same 20 minutes (94 laps), MILESI 1.73 s under (77).");
	assert_null(strstr(n->text, "now in"));
	done(&r);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(one_to_three_22_at_barber),
		cmocka_unit_test(four_the_restart),
		cmocka_unit_test(five_the_fade),
		cmocka_unit_test(six_the_train),
		cmocka_unit_test(seven_one_lap),
		cmocka_unit_test(eight_the_penalty),
		cmocka_unit_test(ten_drivers_at_eighteen_hours),
		cmocka_unit_test(ten_drivers_at_the_flag),
	};

	return cmocka_run_group_tests(tests, NULL, drop_loaded);
}
