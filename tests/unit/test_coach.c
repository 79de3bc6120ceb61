#include "core/analysis/coach.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/utf8.h"
#include "core/source/load.h"
#include "tests/unit/laps_helper.h"

enum { NOTES_MAX = 6, HEAD_COLUMNS = 60 };

/* Made from: one session, two cars. */
struct made {
	struct arena *arena;
	struct comparison c;
	struct notes notes;
};

static void make_notes(struct made *m, const struct analysis *an, uint32_t you, uint32_t ref)
{
	struct err err = {0};

	m->arena = arena_new(0);
	assert_non_null(m->arena);
	assert_ok(compare_make(an, ref, you, m->arena, &m->c, &err), &err);
	assert_ok(coach_make(an, &m->c, m->arena, &m->notes, &err), &err);
}

static const struct note *find_note(const struct notes *n, enum note_topic topic)
{
	for (uint32_t i = 0; i < n->n; i++)
		if (n->note[i].topic == topic)
			return &n->note[i];
	return NULL;
}

/* The same where there must be one. */
static const struct note *the_note(const struct notes *n, enum note_topic topic)
{
	const struct note *found = find_note(n, topic);

	if (found)
		return found;
	fail_msg("no note of topic %d", (int)topic);
	abort();
}

static void says(const struct note *n, const char *part)
{
	if (!strstr(n->text, part))
		fail_msg("\"%s\" lacks \"%s\"", n->text, part);
}

/* --- A dataset with its officials, loaded once ---------------------------------- */

static struct dataset *loaded;

static void load_once(void)
{
	const char *dir = getenv("PITWALL_SHARED");
	const char *path[1];
	struct load_opts o = {.paths = path, .npaths = 1};
	struct err err = {0};

	path[0] = dir && *dir ? dir : "../shared/data";
	if (!loaded)
		loaded = dataset_load(&o, &err);
}

static int drop_loaded(void **state)
{
	(void)state;
	if (loaded)
		dataset_free(loaded);
	loaded = NULL;
	return 0;
}

/* A real session with what is attached to it; skips the test when it is not there. */
static struct analysis *real(const char *id)
{
	const struct session *s;

	load_once();
	s = loaded ? dataset_session(loaded, id) : NULL;
	if (!s)
		skip();
	return analysed(s, NULL);
}

static struct made real_notes(struct analysis *an, const char *you, const char *ref)
{
	struct made m;

	make_notes(&m, an, car_of(an->session, you), car_of(an->session, ref));
	return m;
}

static void done(struct made *m, struct analysis *an)
{
	arena_free(m->arena);
	analysis_free(an);
}

static void barber_22_against_13(void **state)
{
	struct analysis *an = real("barber_r2");
	struct made m = real_notes(an, "22", "13");
	const struct note *n = m.notes.note;

	(void)state;
	assert_int_equal(m.notes.n, 4);
	assert_int_equal(n[0].topic, TOPIC_START);
	assert_int_equal(n[0].gain, 1969);
	assert_string_equal(n[0].head, "the race went on laps 1 and 2");
	assert_string_equal(n[0].text,
			    "The race went on laps 1 and 2. Lap 1 cost 1.436 (S1 0.561, S2 0.298, S3 0.577), lap 2 "
			    "behind 72 another 0.533. From lap 3 to the flag you were 1.735 s quicker than 13.");
	assert_int_equal(n[1].topic, TOPIC_HELD);
	assert_int_equal(n[1].gain, 1500);
	assert_true(n[1].about);
	assert_string_equal(n[1].head, "laps 12 to 28, 0.202 to 0.725 s behind 13");
	says(&n[1], "0.125 s a lap quicker than 13 (8 of 9 laps");
	says(&n[1], "at 0.036");
	assert_int_equal(n[2].topic, TOPIC_PLACE);
	assert_string_equal(n[2].where, "IM1");
	assert_int_equal(n[2].gain, 1016);
	assert_int_equal(n[2].evidence.median, 37);
	assert_int_equal(n[2].nlaps, 27);
	says(&n[2], "in 23 of 27 laps, 0.037 a lap (0.007 to 0.060), 9 of 9 in clear air");
	assert_int_equal(n[3].kind, NOTE_KEEP);
	assert_int_equal(n[3].gain, -2671);
	says(&n[3], "in 25 of 27 laps, 0.112 a lap");
	says(&n[3], "trap 185.2 km/h both, laps 3 to 11");
	assert_string_equal(m.notes.not_clear, "lap, S1, S2, IM2a, IM2, S3, IM3a, FL, trend");
	done(&m, an);
}

static void a_restart_names_the_sector(void **state)
{
	struct analysis *an = real("cota_r1");
	struct made m = real_notes(an, "113", "46");
	const struct note *n = the_note(&m.notes, TOPIC_RESTART);

	(void)state;
	says(n,
	     "P12 at the line, P12 at S1 (32.999, field 33.144), P15 at S2: 59.401 against a field median of 58.177");
	assert_int_equal(n->places, 3);
	assert_int_equal(n->gain, MS_NONE);
	assert_int_equal(n->laps[0], 14);
	done(&m, an);
}

static void a_fade_stands_against_the_field(void **state)
{
	struct analysis *an = real("barber_r2");
	struct made m = real_notes(an, "51", "13");
	const struct note *n = the_note(&m.notes, TOPIC_FADE);

	(void)state;
	says(n, "laps 20 to 28 are 0.934 slower than laps 2 to 10 (1:39.822, 1:38.888); the field lost 0.231");
	says(n, "0.042 a lap against the field (0.022 to 0.068), 27 laps. Nobody closer than 3.7 s ahead");
	assert_string_equal(n->head, "0.70 s a lap at the end, laps 20 to 28");
	done(&m, an);
}

static void a_train_says_pace_unknown(void **state)
{
	struct analysis *an = real("barber_r1");
	struct made m = real_notes(an, "47", "2");
	const struct note *n = the_note(&m.notes, TOPIC_TRAIN);

	(void)state;
	says(n, "laps 10 to 27, 18 laps, 0.112 to 0.608 s behind 2. You have no clear lap in this race: 1:38.551");
	says(n, "You qualified 0.245 s ahead of 2");
	says(n, "In IM1a you are quicker in 17 of 18 laps, in IM1 slower in 17 of 18.");
	assert_string_equal(n->action, "see IM1.");
	assert_null(find_note(&m.notes, TOPIC_PLACE));
	assert_null(find_note(&m.notes, TOPIC_KEEP));
	done(&m, an);
}

static void one_lap_of_qualifying(void **state)
{
	struct analysis *an = real("barber_q1");
	struct made m = real_notes(an, "47", "13");
	const struct note *n = &m.notes.note[0];

	(void)state;
	assert_int_equal(m.notes.n, 2);
	for (uint32_t i = 0; i < m.notes.n; i++)
		if (strcmp(m.notes.note[i].where, "LAP 5") == 0)
			n = &m.notes.note[i];
	says(n, "S1 26.435 and S2 42.148, both your best, but S3 29.768; your own 28.382 makes 1:36.965, P2. You are "
		"P3 by 0.001");
	assert_int_equal(n->places, 1);
	assert_string_equal(m.notes.not_clear, "");
	done(&m, an);
}

static void a_penalty_counts_the_cars_it_let_past(void **state)
{
	struct analysis *an = real("cota_r2");
	struct made m = real_notes(an, "72", "13");
	const struct note *n = the_note(&m.notes, TOPIC_PENALTY);

	(void)state;
	says(n, "P3 on the road, P7 in the result: +3.000 s. 4 cars that went past finished within 1.985 s behind you");
	assert_int_equal(n->places, 4);
	done(&m, an);
}

/* Lap 12 ended under yellow: that is no mistake of 72. On lap 2 the whole field was in traffic: only the rest is that driver's. */
static void a_lap_is_held_against_the_field(void **state)
{
	struct analysis *an = real("cota_r2");
	struct made m = real_notes(an, "72", "7");

	(void)state;
	assert_null(find_note(&m.notes, TOPIC_LAP));
	done(&m, an);
	an = real("sonoma_r1");
	m = real_notes(an, "71", "46");
	const struct note *n = the_note(&m.notes, TOPIC_LAP);
	says(n, "1:59.228 against your median of 1:53.295 (the field lost 3.860 on it), P14 to P17");
	assert_string_equal(n->head, "cost 2.073 s, 3 places");
	done(&m, an);
	an = real("sonoma_r2");
	m = real_notes(an, "47", "13");
	assert_null(find_note(&m.notes, TOPIC_LAP));
	done(&m, an);
}

/* Eleven laps that nobody held up say IM1a is won: then the same line may not say that IM1a is not clear. */
static void what_a_note_tells_is_not_unclear(void **state)
{
	static const char *const sessions[] = {"barber_r1", "barber_r2", "cota_r1", "sonoma_r1", "sonoma_r2"};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(sessions); i++) {
		struct analysis *an = real(sessions[i]);
		for (uint32_t car = 0; car < an->session->ncars; car++) {
			struct made m = real_notes(an, an->session->cars[car].id, "13");
			for (uint32_t k = 0; k < m.notes.n; k++) {
				const struct note *n = &m.notes.note[k];
				char listed[40];
				if (n->topic != TOPIC_PLACE && n->topic != TOPIC_KEEP)
					continue;
				snprintf(listed, sizeof listed, "%.*s,", (int)strcspn(n->text, ":"), n->text);
				assert_null(strstr(m.notes.not_clear, listed));
			}
			arena_free(m.arena);
		}
		analysis_free(an);
	}
}

/* The whole field got quicker as the track dried: that is nobody's tyres. */
static void no_trend_that_the_field_has_too(void **state)
{
	struct analysis *an = real("roadamerica_r1");
	struct made m = real_notes(an, "55", "13");

	(void)state;
	assert_null(find_note(&m.notes, TOPIC_FADE));
	done(&m, an);
}

/* --- What holds for every note --------------------------------------------------- */

static void has_none_of(const char *text)
{
	static const char *const never[] = {
		"tyre",     "understeer", "oversteer",           "gear",    "confiden", "score", "DNF", "You pass",
		"you pass", " ideal",     "no clear difference", "percent", "%"};

	for (unsigned i = 0; i < COUNT_OF(never); i++)
		if (strstr(text, never[i]))
			fail_msg("\"%s\" says \"%s\"", text, never[i]);
}

static void note_is_well_formed(const struct made *m, const struct note *n)
{
	if (utf8_columns(str_from(n->head)) > HEAD_COLUMNS)
		fail_msg("too long: %s", n->head);
	assert_true(n->head[0] && n->text[0] && n->where[0]);
	assert_true((n->kind == NOTE_KEEP) == (n->action[0] == '\0'));
	assert_true(n->gain != MS_NONE || n->places > 0 || n->topic == TOPIC_TRAIN);
	has_none_of(n->head);
	has_none_of(n->text);
	if (n->topic == TOPIC_PLACE || n->topic == TOPIC_KEEP) {
		assert_true(n->evidence.n >= 8);
		assert_true(n->evidence.clear);
		assert_int_equal(n->evidence.n, n->nlaps);
		assert_true(m->notes.you != m->notes.ref);
	}
}

static void list_is_well_formed(const struct made *m)
{
	assert_true(m->notes.n <= NOTES_MAX);
	for (uint32_t i = 0; i < m->notes.n; i++) {
		note_is_well_formed(m, &m->notes.note[i]);
		assert_true(m->notes.note[i].kind != NOTE_KEEP || i + 1 == m->notes.n);
	}
}

static void same_lists(const struct notes *a, const struct notes *b)
{
	assert_int_equal(a->n, b->n);
	assert_string_equal(a->not_clear, b->not_clear);
	for (uint32_t i = 0; i < a->n; i++) {
		assert_string_equal(a->note[i].text, b->note[i].text);
		assert_string_equal(a->note[i].head, b->note[i].head);
		assert_int_equal(a->note[i].gain, b->note[i].gain);
	}
}

static void every_pair_of_cars(const char *id, uint32_t most)
{
	struct analysis *an = real(id);
	uint32_t n = an->session->ncars < most ? an->session->ncars : most;

	for (uint32_t you = 0; you < n; you++)
		for (uint32_t ref = 0; ref < n; ref++) {
			struct made m, again;

			make_notes(&m, an, you, ref);
			make_notes(&again, an, you, ref);
			list_is_well_formed(&m);
			same_lists(&m.notes, &again.notes);
			arena_free(m.arena);
			arena_free(again.arena);
		}
	analysis_free(an);
}

static void every_note_keeps_the_rules(void **state)
{
	(void)state;
	every_pair_of_cars("barber_r2", 22);
	every_pair_of_cars("cota_r1", 31);
	every_pair_of_cars("roadamerica_r1", 12);
	every_pair_of_cars("sonoma_r2", 12);
	every_pair_of_cars("barber_q1", 22);
	every_pair_of_cars("cota_p1", 10);
	every_pair_of_cars("fuji_6h", 6);
}

/* Looked at from both sides: one's gain is the other's loss, never both. */
static void a_place_is_not_lost_twice(void **state)
{
	struct analysis *an = real("barber_r2");
	struct made a = real_notes(an, "22", "13"), b = real_notes(an, "13", "22");
	const struct note *lost = the_note(&b.notes, TOPIC_PLACE), *kept = the_note(&a.notes, TOPIC_KEEP);

	(void)state;
	assert_string_equal(lost->where, "IM1a");
	assert_int_equal(lost->gain, -kept->gain);
	arena_free(b.arena);
	done(&a, an);
}

/* --- Small sessions --------------------------------------------------------------- */

#define HEADER "NUMBER;LAP_NUMBER;LAP_TIME;CROSSING_FINISH_LINE_IN_PIT;S1;S2;S3;ELAPSED;FLAG_AT_FL\n"

static void a_car_against_itself_has_no_pace(void **state)
{
	struct analysis *an = real("barber_r2");
	struct made m = real_notes(an, "22", "22");

	(void)state;
	for (uint32_t i = 0; i < m.notes.n; i++)
		assert_int_equal(m.notes.note[i].kind, NOTE_FACT);
	assert_string_equal(m.notes.not_clear, "");
	done(&m, an);
}

static void two_laps_give_no_advice(void **state)
{
	struct session *s = session_from_text(HEADER "1;1;50;;20;20;10;50;GF\n1;2;50;;20;20;10;100;GF\n"
						     "2;1;50.2;;20;20;10.2;50.2;GF\n2;2;55;;25;20;10;105.2;GF\n");
	struct analysis *an = analysed(s, NULL);
	struct made m;

	(void)state;
	make_notes(&m, an, car_of(s, "2"), car_of(s, "1"));
	assert_int_equal(m.notes.n, 0);
	assert_string_equal(m.notes.not_clear, "");
	arena_free(m.arena);
	session_and_analysis_free(s, an);
}

static void a_stop_is_a_fact(void **state)
{
	struct session *s =
		session_from_text(HEADER "1;1;50;;20;20;10;50;GF\n1;2;50;;20;20;10;100;GF\n1;3;50;;20;20;10;150;GF\n"
					 "2;1;50.1;;20;20;10.1;50.1;GF\n2;2;60;B;20;20;20;110.1;GF\n"
					 "2;3;70;;40;20;10;180.1;GF\n");
	struct analysis *an = analysed(s, NULL);
	struct made m;
	const struct note *n;

	(void)state;
	make_notes(&m, an, car_of(s, "2"), car_of(s, "1"));
	n = the_note(&m.notes, TOPIC_PIT);
	says(n, "laps 2 and 3, cost 30.000 s against the same laps of 1, which did not stop");
	assert_int_equal(n->gain, 30000);
	assert_int_equal(n->nlaps, 2);
	arena_free(m.arena);
	session_and_analysis_free(s, an);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(barber_22_against_13),
		cmocka_unit_test(a_restart_names_the_sector),
		cmocka_unit_test(a_fade_stands_against_the_field),
		cmocka_unit_test(a_train_says_pace_unknown),
		cmocka_unit_test(one_lap_of_qualifying),
		cmocka_unit_test(a_penalty_counts_the_cars_it_let_past),
		cmocka_unit_test(a_lap_is_held_against_the_field),
		cmocka_unit_test(what_a_note_tells_is_not_unclear),
		cmocka_unit_test(no_trend_that_the_field_has_too),
		cmocka_unit_test(every_note_keeps_the_rules),
		cmocka_unit_test(a_place_is_not_lost_twice),
		cmocka_unit_test(a_car_against_itself_has_no_pace),
		cmocka_unit_test(two_laps_give_no_advice),
		cmocka_unit_test(a_stop_is_a_fact),
	};

	return cmocka_run_group_tests(tests, NULL, drop_loaded);
}
