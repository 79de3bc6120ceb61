/* What the officials decided, in words: a race worked by hand, and the real races, where every place that is not the one on the road
 * has its reason and all others, gaps included, are as driven. */
#include <stdlib.h>
#include <string.h>

#include "core/analysis/official_words.h"
#include "core/source/load.h"
#include "tests/unit/laps_helper.h"

#define HEADER "NUMBER;LAP_NUMBER;LAP_TIME;ELAPSED\n"

/* On the road: 7, 8, 9, 10. */
static const char race[] = HEADER "7;1;1:40.000;1:40.000\n7;2;1:40.000;3:20.000\n"
				  "8;1;1:41.000;1:41.000\n8;2;1:40.000;3:21.000\n"
				  "9;1;1:42.000;1:42.000\n9;2;1:40.000;3:22.000\n"
				  "10;1;1:43.000;1:43.000\n10;2;1:40.000;3:23.000\n";

static struct official result(int32_t position, ms_t total)
{
	return (struct official){.present = true,
				 .position = position,
				 .laps = 2,
				 .total = total,
				 .fastest = 100000,
				 .gap = "",
				 .status = "Classified"};
}

static struct session *raced(ms_t t7, int32_t p7, ms_t t8, int32_t p8, ms_t t9, int32_t p9, ms_t t10, int32_t p10)
{
	struct session *s = session_from_text(race);

	s->kind = KIND_RACE;
	s->cars[car_of(s, "7")].final = result(p7, t7);
	s->cars[car_of(s, "8")].final = result(p8, t8);
	s->cars[car_of(s, "9")].final = result(p9, t9);
	s->cars[car_of(s, "10")].final = result(p10, t10);
	return s;
}

static const struct official_note *note_of(const struct official_notes *l, enum official_kind kind, const char *car)
{
	for (uint32_t i = 0; i < l->n; i++)
		if (l->at[i].kind == kind && strcmp(l->at[i].car->id, car) == 0)
			return &l->at[i];
	return NULL;
}

static void says(const struct official_notes *l, enum official_kind kind, const char *car, const char *text,
		 bool explained)
{
	const struct official_note *n = note_of(l, kind, car);

	if (!n) {
		fail_msg("nothing said about %s of %s", official_kind_name(kind), car);
		return;
	}
	assert_string_equal(n->text, text);
	assert_int_equal(n->explained, explained);
}

static struct official_notes notes_of(const struct analysis *an)
{
	struct official_notes l;
	struct err err = {0};

	assert_ok(official_notes_make(an, an->arena, &l, &err), &err);
	return l;
}

static void penalty_and_winner(void **state)
{
	struct session *s = raced(202500, 3, 201000, 1, 202000, 2, 203000, 4);
	struct analysis *an = analysed(s, NULL);
	struct official_notes l = notes_of(an);

	(void)state;
	assert_int_equal(l.n, 4);
	says(&l, OFFICIAL_WINNER, "7", "won on the road, 3rd in the result; 8 won", true);
	says(&l, OFFICIAL_PENALTY, "7", "+2.500 s on the clock: total 3:22.500; 1st on the road, 3rd in the result",
	     true);
	says(&l, OFFICIAL_PLACE, "8", "2nd on the road, 1st in the result: 7 (+2.500 s) fell behind it", true);
	says(&l, OFFICIAL_PLACE, "9", "3rd on the road, 2nd in the result: 7 (+2.500 s) fell behind it", true);
	session_and_analysis_free(s, an);
}

/* Two cars change places and no file has a time for it; a car whose place was taken away explains those behind it. */
static void without_a_reason(void **state)
{
	struct session *s = raced(200000, 1, 201000, 3, 202000, 2, 203000, 4);
	struct analysis *an = analysed(s, NULL);
	struct official_notes l = notes_of(an);

	(void)state;
	assert_int_equal(l.n, 2);
	says(&l, OFFICIAL_PLACE, "8", "2nd on the road, 3rd in the result: 9 stands before it; no file says why",
	     false);
	says(&l, OFFICIAL_PLACE, "9", "3rd on the road, 2nd in the result: 8 stands behind it; no file says why",
	     false);
	session_and_analysis_free(s, an);

	s = raced(200000, 0, 201000, 1, 202000, 2, 203000, 3);
	an = analysed(s, NULL);
	l = notes_of(an);
	says(&l, OFFICIAL_WINNER, "7", "won on the road, no place in the result; 8 won", true);
	says(&l, OFFICIAL_PLACE, "10", "4th on the road, 3rd in the result: 7 fell behind it", true);
	session_and_analysis_free(s, an);
}

static void provisional_and_absent(void **state)
{
	struct session *s = raced(200000, 1, 201000, 2, 202000, 3, 203000, 4);
	static struct car absent = {.id = "84", .number = "84", .driver = "", .class_name = ""};

	(void)state;
	absent.final = result(0, MS_NONE);
	absent.final.status = "Not started";
	s->not_started = &absent;
	s->nnot_started = 1;
	s->cars[car_of(s, "9")].provisional = result(4, 205000);
	s->cars[car_of(s, "10")].final.laps = 3;
	struct analysis *an = analysed(s, NULL);
	struct official_notes l = notes_of(an);
	says(&l, OFFICIAL_PROVISIONAL, "9",
	     "4th provisionally, 3rd officially; total 3:25.000 provisionally, 3:22.000 officially", true);
	says(&l, OFFICIAL_LAPS, "10", "3 laps in the result, 2 in the lap file", true);
	says(&l, OFFICIAL_NOT_STARTED, "84", "no lap; the result says: Not started", true);
	assert_int_equal(l.n, 3);
	session_and_analysis_free(s, an);
}

/* What is known only at the end is not said before it. */
static void not_before_the_end(void **state)
{
	struct session *s = raced(202500, 3, 201000, 1, 202000, 2, 203000, 4);
	struct analysis_options o;

	(void)state;
	analysis_defaults(&o);
	o.lap = 1;
	struct analysis *an = analysed(s, &o);
	assert_int_equal(notes_of(an).n, 0);
	session_and_analysis_free(s, an);
}

/* --- the real races ------------------------------------------------------------ */

static bool free_of_penalty(const struct session *s, uint16_t car)
{
	const struct official *of = car_official(&s->cars[car]);
	ms_t p = car_penalty(s, &s->cars[car]);

	return of && of->position > 0 && p == 0;
}

/* Of every two cars without a penalty the one ahead on the road is ahead in the result, by as much. */
static unsigned as_driven(const struct analysis *an)
{
	const struct session *s = an->session;
	unsigned pairs = 0;

	for (uint32_t i = 0; i < s->ncars; i++) {
		const struct place *x = &an->order.table[i];
		for (uint32_t k = i + 1; k < s->ncars; k++) {
			const struct place *y = &an->order.table[k];
			if (!free_of_penalty(s, x->car) || !free_of_penalty(s, y->car))
				continue;
			const struct official *a = car_official(&s->cars[x->car]), *b = car_official(&s->cars[y->car]);
			if (a->position >= b->position)
				fail_msg("%s: %s is before %s on the road", s->id, s->cars[x->car].id,
					 s->cars[y->car].id);
			if (a->laps == b->laps)
				assert_int_equal(b->total - a->total, y->total - x->total);
			pairs++;
		}
	}
	return pairs;
}

/* Every place that differs has a note of its own, with a reason. */
static unsigned explained(const struct analysis *an)
{
	struct official_notes l = notes_of(an);
	unsigned moved = 0;

	for (uint32_t i = 0; i < an->session->ncars; i++) {
		const struct car *c = &an->session->cars[i];
		const struct official *of = car_official(c);
		if (!of || of->position == 0 || of->position == an->order.table[an->order.row_of[i]].position)
			continue;
		const struct official_note *n = note_of(&l, OFFICIAL_PENALTY, c->id);
		n = n ? n : note_of(&l, OFFICIAL_PLACE, c->id);
		if (!n || !n->explained)
			fail_msg("%s: the place of %s is not explained", an->session->id, c->id);
		moved++;
	}
	return moved;
}

static void real_races(void **state)
{
	const char *dir = getenv("PITWALL_SHARED");
	const char *paths[] = {dir && *dir ? dir : "../shared/data"};
	struct load_opts o = {.paths = paths, .npaths = 1};
	struct err err = {0};
	struct dataset *d = dataset_load(&o, &err);
	unsigned pairs = 0, moved = 0;

	(void)state;
	if (!d)
		skip();
	for (uint32_t i = 0; i < d->nsessions; i++) {
		if (d->sessions[i]->kind != KIND_RACE)
			continue;
		struct analysis *an = analysed(d->sessions[i], NULL);
		pairs += as_driven(an);
		moved += explained(an);
		analysis_free(an);
	}
	assert_true(pairs > 3000);
	assert_int_equal(moved, 10);
	dataset_free(d);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(penalty_and_winner),
		cmocka_unit_test(without_a_reason),
		cmocka_unit_test(provisional_and_absent),
		cmocka_unit_test(not_before_the_end),
		cmocka_unit_test(real_races),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
