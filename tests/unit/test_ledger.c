#include "core/analysis/ledger.h"

#include <string.h>

#include "tests/unit/laps_helper.h"

#define HEADER "NUMBER;LAP_NUMBER;LAP_TIME;CROSSING_FINISH_LINE_IN_PIT;S1;S2;S3;ELAPSED;FLAG_AT_FL\n"

static struct comparison compared(const struct analysis *an, uint32_t ref, uint32_t you)
{
	struct comparison c;
	struct err err = {0};

	assert_ok(compare_make(an, ref, you, an->arena, &c, &err), &err);
	return c;
}

static struct comparison of_cars(const struct analysis *an, const char *ref, const char *you)
{
	return compared(an, car_of(an->session, ref), car_of(an->session, you));
}

static void row_is(const struct ledger_row *r, enum ledger_kind kind, uint32_t n, ms_t sum, uint32_t faster)
{
	assert_non_null(r);
	assert_int_equal(r->kind, kind);
	assert_int_equal(r->n, n);
	assert_int_equal(r->sum, sum);
	assert_int_equal(r->faster, faster);
}

/* Lap 1 start; lap 2 begun 0.4 behind 1; lap 3 clear; lap 4 in, 5 out; lap 6 under caution. */
static const char every_kind[] =
	HEADER "1;1;50;;20;20;10;50;GF\n1;2;50;;20;20;10;100;GF\n1;3;50;;20;20;10;150;GF\n"
	       "1;4;50;;20;20;10;200;GF\n1;5;50;;20;20;10;250;GF\n1;6;90;;40;30;20;340;FCY\n"
	       "2;1;50.4;;20;20;10.4;50.4;GF\n2;2;51.6;;21;20;10.6;102;GF\n2;3;49;;19;20;10;151;GF\n"
	       "2;4;60;B;20;20;20;211;GF\n2;5;70;;40;20;10;281;GF\n2;6;89;;39;30;20;370;FCY\n";

static void each_lap_stands_in_one_row(void **state)
{
	struct session *s = session_from_text(every_kind);
	struct analysis *an = analysed(s, NULL);
	struct comparison c = of_cars(an, "1", "2");

	(void)state;
	assert_int_equal(c.nledger, 5);
	row_is(&c.ledger[0], LEDGER_START, 1, 400, 0);
	row_is(&c.ledger[1], LEDGER_BEHIND, 1, 1600, 0);
	assert_int_equal(c.ledger[1].behind, car_of(s, "1"));
	assert_int_equal(c.ledger[1].sector[0], 1000);
	row_is(&c.ledger[2], LEDGER_CLEAR, 1, -1000, 1);
	row_is(&c.ledger[3], LEDGER_PIT, 2, 30000, 0);
	row_is(&c.ledger[4], LEDGER_CAUTION, 1, -1000, 1);
	assert_int_equal(c.ledger_sum, 30000);
	assert_null(ledger_find(&c, LEDGER_PENALTY));
	session_and_analysis_free(s, an);
}

/* Lap 3 of car 2 is not in the file: the gap it made is named, not spread over other laps. */
static void what_the_file_lacks_is_said(void **state)
{
	struct session *s =
		session_from_text(HEADER "1;1;50;;20;20;10;50;GF\n1;2;50;;20;20;10;100;GF\n1;3;50;;20;20;10;150;GF\n"
					 "1;4;50;;20;20;10;200;GF\n2;1;52;;20;20;12;52;GF\n"
					 "2;2;52;;20;20;12;104;GF\n2;4;52;;20;20;12;208;GF\n");
	struct analysis *an = analysed(s, NULL);
	struct comparison c = of_cars(an, "1", "2");
	const struct ledger_row *r = ledger_find(&c, LEDGER_UNKNOWN);

	(void)state;
	assert_int_equal(c.ledger_sum, 8000);
	assert_non_null(r);
	assert_int_equal(r->sum, 4000); /* the lost lap, and lap 4 whose start nobody saw */
	assert_int_equal(r->n, 1);
	assert_int_equal(r->sector[0], MS_NONE);
	session_and_analysis_free(s, an);
}

/* A car that retired: to the last lap both did. */
static void it_ends_at_the_last_common_lap(void **state)
{
	struct session *s =
		session_from_text(HEADER "1;1;50;;20;20;10;50;GF\n1;2;50;;20;20;10;100;GF\n1;3;50;;20;20;10;150;GF\n"
					 "2;1;53;;20;20;13;53;GF\n2;2;52;;20;20;12;105;GF\n");
	struct analysis *an = analysed(s, NULL);
	struct comparison c = of_cars(an, "1", "2");

	(void)state;
	assert_int_equal(c.npairs, 2);
	assert_int_equal(c.ledger_sum, 5000);
	session_and_analysis_free(s, an);
}

static void a_sector_not_known_has_no_sum(void **state)
{
	struct session *s =
		session_from_text(HEADER "1;1;50;;20;20;10;50;GF\n1;2;50;;20;20;10;100;GF\n2;1;53;;20;;;53;GF\n"
					 "2;2;52;;20;20;12;105;GF\n");
	struct analysis *an = analysed(s, NULL);
	struct comparison c = of_cars(an, "1", "2");

	(void)state;
	assert_int_equal(c.ledger[0].sector[0], 0);
	assert_int_equal(c.ledger[0].sector[1], MS_NONE);
	assert_int_equal(c.sum[2], MS_NONE);
	assert_false(c.pairs[0].complete);
	session_and_analysis_free(s, an);
}

static void penalties_are_a_row_but_not_in_replay(void **state)
{
	struct session *s = session_from_text(every_kind);
	struct official *o = &s->cars[car_of(s, "2")].final;
	struct analysis_options cut;
	struct analysis *an;
	struct comparison c;

	(void)state;
	*o = (struct official){.present = true,
			       .position = 2,
			       .laps = 6,
			       .total = 375000,
			       .fastest = MS_NONE,
			       .gap = "",
			       .status = "Classified"};
	an = analysed(s, NULL);
	c = of_cars(an, "1", "2");
	row_is(ledger_find(&c, LEDGER_PENALTY), LEDGER_PENALTY, 0, 5000, 0);
	assert_int_equal(c.ledger_sum, 35000);
	c = of_cars(an, "2", "1");
	assert_int_equal(c.ledger_sum, -35000);
	analysis_free(an);
	analysis_defaults(&cut);
	cut.lap = 5;
	an = analysed(s, &cut);
	c = of_cars(an, "1", "2");
	assert_null(ledger_find(&c, LEDGER_PENALTY));
	assert_int_equal(c.ledger_sum, 31000);
	session_and_analysis_free(s, an);
}

static void timed_sessions_have_none(void **state)
{
	struct session *s = session_from_text(every_kind);
	struct analysis *an;
	struct comparison c;

	(void)state;
	s->kind = KIND_QUALIFYING;
	an = analysed(s, NULL);
	c = of_cars(an, "1", "2");
	assert_int_equal(c.nledger, 0);
	assert_int_equal(c.ledger_sum, MS_NONE);
	assert_int_equal(c.pairs[0].gap, MS_NONE);
	session_and_analysis_free(s, an);
}

static void barber_22_against_13(void **state)
{
	struct session *s = session_from_file("gr-cup/analysis_endurance/barber_r2_analysis_endurance.csv");
	struct analysis *an = analysed(s, NULL);
	struct comparison c = of_cars(an, "13", "22");

	(void)state;
	assert_int_equal(c.nledger, 4);
	row_is(&c.ledger[0], LEDGER_START, 1, 1436, 0);
	row_is(&c.ledger[1], LEDGER_BEHIND, 1, 533, 0);
	assert_int_equal(c.ledger[1].behind, car_of(s, "72"));
	row_is(&c.ledger[2], LEDGER_CLEAR, 9, -1121, 8);
	assert_int_equal(c.pairs[c.ledger[2].pairs[0]].number, 3);
	row_is(&c.ledger[3], LEDGER_BEHIND, 17, -614, 10);
	assert_int_equal(c.ledger[3].behind, car_of(s, "13"));
	assert_int_equal(c.ledger[3].sector[2], 491);
	assert_int_equal(c.ledger_sum, 234);
	session_and_analysis_free(s, an);
}

static void sum_is_exact(const struct comparison *c)
{
	int64_t sum = 0;
	uint32_t laps = 0;

	for (uint32_t i = 0; i < c->nledger; i++) {
		sum += c->ledger[i].sum;
		laps += c->ledger[i].n;
	}
	assert_int_equal(laps, c->npairs);
	if (c->npairs == 0)
		return;
	assert_int_equal(sum, c->ledger_sum);
	assert_int_equal(sum, c->pairs[c->npairs - 1].gap);
	assert_null(ledger_find(c, LEDGER_UNKNOWN)); /* no lap is missing in any of these files */
}

/* Every pair of cars of a real race; a big one by its first cars. */
static void all_pairs(const char *file, uint32_t most)
{
	struct session *s = session_from_file(file);
	struct analysis *an = analysed(s, NULL);
	uint32_t n = s->ncars < most ? s->ncars : most;
	struct err err = {0};

	for (uint32_t ref = 0; ref < n; ref++) {
		struct arena *a = arena_new(0);

		assert_non_null(a);
		for (uint32_t you = 0; you < n; you++) {
			struct comparison c;

			assert_ok(compare_make(an, ref, you, a, &c, &err), &err);
			sum_is_exact(&c);
		}
		arena_free(a);
	}
	session_and_analysis_free(s, an);
}

static void sums_are_exact_for_every_pair(void **state)
{
	static const char *const race[] = {"barber_r1", "barber_r2",      "cota_r1",        "cota_r2",
					   "sonoma_r1", "roadamerica_r1", "roadamerica_r2", "sonoma_r2"};
	char path[200];

	(void)state;
	for (unsigned i = 0; i < COUNT_OF(race); i++) {
		strcpy(path, "gr-cup/analysis_endurance/");
		strcat(path, race[i]);
		strcat(path, "_analysis_endurance.csv");
		all_pairs(path, 40);
	}
}

static void sums_are_exact_over_a_day(void **state)
{
	(void)state;
	all_pairs("wec/fuji_6h.csv", 10);
	all_pairs("wec/23_Analysis_Race_Hour 24.csv", 6);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_lap_stands_in_one_row),
		cmocka_unit_test(what_the_file_lacks_is_said),
		cmocka_unit_test(it_ends_at_the_last_common_lap),
		cmocka_unit_test(a_sector_not_known_has_no_sum),
		cmocka_unit_test(penalties_are_a_row_but_not_in_replay),
		cmocka_unit_test(timed_sessions_have_none),
		cmocka_unit_test(barber_22_against_13),
		cmocka_unit_test(sums_are_exact_for_every_pair),
		cmocka_unit_test(sums_are_exact_over_a_day),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
