/* What is told at once when a session goes on: each alarm by itself, between two moments of one invented race. */
#include "core/analysis/alarms.h"

#include <string.h>

#include "tests/unit/laps_helper.h"

/* Three cars, four laps. Car 2 catches 1 on lap 3, is passed by 3 on lap 4; 1 stops on lap 4, under a caution. */
static const char race[] = "NUMBER;LAP_NUMBER;LAP_TIME;ELAPSED;CROSSING_FINISH_LINE_IN_PIT;FLAG_AT_FL\n"
			   "1;1;1:41.0;1:41.000;;GF\n"
			   "2;1;1:42.5;1:42.500;;GF\n"
			   "3;1;1:43.5;1:43.500;;GF\n"
			   "1;2;1:40.0;3:21.000;;GF\n"
			   "2;2;1:39.5;3:22.000;;GF\n"
			   "3;2;1:40.0;3:23.500;;GF\n"
			   "1;3;1:40.0;5:01.000;;GF\n"
			   "2;3;1:39.4;5:01.400;;GF\n"
			   "3;3;1:39.6;5:03.100;;GF\n"
			   "1;4;1:45.0;6:46.000;B;FCY\n"
			   "3;4;1:41.0;6:44.100;;GF\n"
			   "2;4;1:43.0;6:44.400;;GF\n";

struct moments {
	struct session *s;
	struct analysis *before, *now;
	struct alarm_rules rules;
	struct alarm found[ALARMS_MAX];
	uint32_t n;
};

static struct analysis *at(const struct session *s, ms_t elapsed)
{
	struct analysis_options o;
	analysis_defaults(&o);
	o.elapsed = elapsed;
	return analysed(s, &o);
}

static struct moments between(ms_t from, ms_t to, const char *you)
{
	struct moments m = {.s = session_from_text(race)};
	m.before = at(m.s, from);
	m.now = at(m.s, to);
	alarm_rules_default(&m.rules);
	m.n = alarms_find(m.before, m.now, you ? (uint16_t)car_of(m.s, you) : NO_CAR, &m.rules, m.found);
	return m;
}

static void end(struct moments *m)
{
	analysis_free(m->before);
	session_and_analysis_free(m->s, m->now);
}

static bool told(const struct moments *m, const char *want)
{
	char words[96];
	for (uint32_t i = 0; i < m->n; i++) {
		alarm_words(m->s, &m->found[i], words);
		if (strcmp(words, want) == 0)
			return true;
	}
	return false;
}

static void a_best_lap_and_a_gap(void **state)
{
	struct moments m = between(205000, 302000, "2");
	(void)state;
	assert_true(told(&m, "2 best lap 1:39.400"));
	assert_true(told(&m, "1 ahead at 0.400"));
	assert_int_equal(m.n, 2);
	end(&m);
}

static void a_place_lost_and_a_gap_behind_becomes_one_ahead(void **state)
{
	struct moments m = between(303100, 404400, "2");
	(void)state;
	assert_true(told(&m, "3 ahead at 0.300"));
	assert_false(told(&m, "1 ahead at 0.400"));
	end(&m);
}

static void a_stop_next_to_you_and_a_caution(void **state)
{
	struct moments m = between(404400, 406000, "2");
	(void)state;
	assert_true(told(&m, "CAUTION"));
	assert_true(told(&m, "1 in the pits"));
	end(&m);
	m = between(303100, 404100, "2"); /* 3 is through first: 2 has lost nothing by laps yet */
	assert_false(told(&m, "CAUTION"));
	end(&m);
}

static void nothing_is_told_twice_and_nothing_of_others(void **state)
{
	struct moments m = between(302000, 302000, "2");
	(void)state;
	assert_int_equal(m.n, 0);
	end(&m);
	m = between(205000, 302000, NULL); /* no car is YOURS: only what concerns all */
	assert_int_equal(m.n, 1);
	assert_int_equal(m.found[0].kind, ALARM_BEST);
	end(&m);
}

static void rules_are_obeyed(void **state)
{
	struct moments m = between(205000, 302000, "2");
	(void)state;
	m.rules.on[ALARM_BEST] = false;
	m.rules.gap_under = 300;
	assert_int_equal(alarms_find(m.before, m.now, (uint16_t)car_of(m.s, "2"), &m.rules, m.found), 0);
	end(&m);
}

static void rules_in_words(void **state)
{
	struct alarm_rules r;
	char words[200];
	(void)state;
	alarm_rules_default(&r);
	alarm_rules_words(&r, words, sizeof words);
	assert_string_equal(words, "alarms on: position, flag, gap under 0.5 s, best lap, pit");
	r.on[ALARM_PIT] = false;
	r.bell = true;
	r.gap_under = 1250;
	alarm_rules_words(&r, words, sizeof words);
	assert_string_equal(words, "alarms on: position, flag, gap under 1.25 s, best lap, bell");
	for (int k = 0; k < ALARM_KINDS; k++)
		r.on[k] = false;
	alarm_rules_words(&r, words, sizeof words);
	assert_string_equal(words, "alarms off");
	alarm_rules_words(&r, words, 5); /* cut, not beyond */
	assert_string_equal(words, "alar");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_best_lap_and_a_gap),
		cmocka_unit_test(a_place_lost_and_a_gap_behind_becomes_one_ahead),
		cmocka_unit_test(a_stop_next_to_you_and_a_caution),
		cmocka_unit_test(nothing_is_told_twice_and_nothing_of_others),
		cmocka_unit_test(rules_are_obeyed),
		cmocka_unit_test(rules_in_words),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
