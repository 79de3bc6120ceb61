/* What is told while a race goes on: notes and messages at several moments of one invented race of three cars. */
#include "core/analysis/now.h"

#include <stdio.h>
#include <string.h>

#include "tests/unit/laps_helper.h"

enum { LAPS = 16, ROWS_MAX = 8192 };

struct moment {
	struct session *s;
	struct analysis *an;
	struct arena *arena;
	struct comparison cmp;
	struct events events;
	uint16_t you, ref;
};

static void put_time(char *out, int ms)
{
	sprintf(out, "%d:%02d.%03d", ms / 60000, ms / 1000 % 60, ms % 1000);
}

/* 1 leads at 1:40.0; 2 begins 3 s behind and gains 0.3 a lap until it is 0.3 behind, then stays; 3 is 8 s behind and loses 0.5 a lap. */
static int lap_time(int car, int lap)
{
	static const int start[] = {0, 101000, 104000, 112000};
	if (lap == 1)
		return start[car];
	if (car == 1)
		return 100000;
	if (car == 3)
		return 100500;
	return lap <= 10 ? 99700 : 100000 + (lap % 2 ? 20 : -20);
}

static struct moment at(ms_t elapsed)
{
	static char text[ROWS_MAX];
	struct moment m = {0};
	struct err err = {0};
	struct analysis_options o;
	int n = sprintf(text, "NUMBER;LAP_NUMBER;LAP_TIME;ELAPSED;S1;S2;S3;TOP_SPEED\n"), clock[4] = {0};
	for (int lap = 1; lap <= LAPS; lap++) {
		for (int car = 1; car <= 3; car++) {
			char time[16], total[16], s1[16], s2[16], s3[16];
			int t = lap_time(car, lap), first = 30000 + (car == 2 ? -200 : 0);
			clock[car] += t;
			put_time(time, t);
			put_time(total, clock[car]);
			put_time(s1, first);
			put_time(s2, 35000 + (car == 2 ? 150 : 0));
			put_time(s3, t - first - 35000 - (car == 2 ? 150 : 0));
			n += sprintf(text + n, "%d;%d;%s;%s;%s;%s;%s;%s\n", car, lap, time, total, s1, s2, s3,
				     car == 2 && lap == 12 ? "189.1" : "185.0");
		}
	}
	m.s = session_from_text(text);
	analysis_defaults(&o);
	o.elapsed = elapsed;
	m.an = analysed(m.s, &o);
	m.arena = arena_new(0);
	m.you = (uint16_t)car_of(m.s, "2");
	m.ref = (uint16_t)car_of(m.s, "1");
	assert_ok(compare_make(m.an, m.ref, m.you, m.arena, &m.cmp, &err), &err);
	const uint16_t watched[] = {m.you, m.ref};
	assert_ok(events_make(m.an, watched, 2, m.arena, &m.events, &err), &err);
	return m;
}

static void end(struct moment *m)
{
	arena_free(m->arena);
	session_and_analysis_free(m->s, m->an);
}

static const char *line_of(const struct moment *m, const char *head, int32_t to_go)
{
	static struct now_line line[NOW_LINES];
	uint32_t n = now_lines(m->an, &m->cmp, m->you, to_go, line);
	for (uint32_t i = 0; i < n; i++)
		if (strcmp(line[i].head, head) == 0)
			return line[i].text;
	return "";
}

/* The end of lap 8 of car 2: 0.9 behind, 0.3 quicker. */
static void a_catch_in_whole_laps(void **state)
{
	struct moment m = at(101000 + 7 * 100000 + 900);
	(void)state;
	assert_string_equal(line_of(&m, "CATCH", 0), "1 at 0.900, 0.30 quicker a lap: reaches 1 on lap 11");
	end(&m);
}

static void a_catch_that_is_done(void **state)
{
	struct moment m = at(MS_MAX);
	(void)state;
	assert_string_equal(line_of(&m, "CATCH", 0), "done: 2.700 (lap 2) to 0.300 (lap 10); 0.300 to 0.320 since");
	end(&m);
}

static void where_and_behind(void **state)
{
	struct moment m = at(101000 + 9 * 100000 + 900);
	(void)state;
	assert_string_equal(line_of(&m, "WHERE", 0), "you gain in S1 (9 of 9 laps), lose in S2 (9 of 9)");
	assert_string_equal(line_of(&m, "BEHIND", 6), "3 at 14.400 and losing 0.80 a lap: no threat in 6 laps");
	assert_string_equal(line_of(&m, "BEHIND", 0), "3 at 14.400 and losing 0.80 a lap: no threat");
	end(&m);
}

static bool told(const struct moment *m, uint16_t lap, const char *text)
{
	struct message list[32];
	uint32_t n = messages_make(m->an, &m->cmp, &m->events, list, 32);
	for (uint32_t i = 0; i < n; i++)
		if (list[i].lap == lap && strcmp(list[i].text, text) == 0)
			return true;
	return false;
}

static void messages_of_the_pair(void **state)
{
	struct moment m = at(MS_MAX);
	struct message few[2];
	(void)state;
	assert_true(told(&m, 8, "2 within 1.0 s of 1"));
	assert_true(told(&m, 10, "2 within 0.5 s of 1"));
	assert_true(told(&m, 12, "2 tow 189.1 km/h, 1 185.0"));
	assert_int_equal(messages_make(m.an, &m.cmp, &m.events, few, 2), 2); /* the latest, oldest first */
	assert_true(few[0].at <= few[1].at);
	assert_string_equal(few[1].text, "2 tow 189.1 km/h, 1 185.0");
	end(&m);
	m = at(101000 + 8 * 100000); /* nothing later is known */
	assert_false(told(&m, 10, "2 within 0.5 s of 1"));
	end(&m);
}

static void gaps_to_you(void **state)
{
	struct moment m = at(MS_MAX);
	int32_t laps;
	(void)state;
	assert_int_equal(gap_to_you(m.an, m.you, m.ref, &laps), -300);
	assert_int_equal(laps, 0);
	end(&m);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_catch_in_whole_laps), cmocka_unit_test(a_catch_that_is_done),
		cmocka_unit_test(where_and_behind),      cmocka_unit_test(messages_of_the_pair),
		cmocka_unit_test(gaps_to_you),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
