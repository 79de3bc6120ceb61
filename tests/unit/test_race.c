/* Rules of the race screen: marks of laps, gaps at every loop, lapped gaps, last five, rejoin, laps to go, events, drive time, classes. */
#include "core/analysis/class_cars.h"
#include "core/analysis/compare.h"
#include "core/analysis/drive_time.h"
#include "core/analysis/events.h"
#include "core/analysis/gap_trace.h"
#include "core/analysis/lap_mark.h"
#include "core/analysis/lapped_gap.h"
#include "core/analysis/last_laps.h"
#include "core/analysis/rejoin.h"
#include "core/analysis/to_go.h"
#include "tests/unit/laps_helper.h"

#include <math.h>
#include <string.h>

static const char barber[] = "gr-cup/analysis_endurance/barber_r2_analysis_endurance.csv";
static const char lemans[] = "wec/23_Analysis_Race_Hour 24.csv";

/* Two cars, A and B of one class, C of another. Worked by hand: B passes A on lap 3; A stops on lap 4 (30 s in the lane, another
 * driver gets in), its lap 5 is an out-lap. */
static const char race[] = "NUMBER;DRIVER_NUMBER;LAP_NUMBER;LAP_TIME;CROSSING_FINISH_LINE_IN_PIT;S1;S2;S3;ELAPSED;HOUR;"
			   "PIT_TIME;FLAG_AT_FL;DRIVER_NAME;CLASS\n"
			   "1;1;1;1:42.000;;32.000;40.000;30.000;1:42.000;12:01:42.000;;GF;Ann Ash;GT\n"
			   "1;1;2;1:40.000;;30.000;40.000;30.000;3:22.000;12:03:22.000;;GF;Ann Ash;GT\n"
			   "1;1;3;1:41.000;;30.000;41.000;30.000;5:03.000;12:05:03.000;;GF;Ann Ash;GT\n"
			   "1;1;4;1:45.000;B;30.000;40.000;35.000;6:48.000;12:06:48.000;;GF;Ann Ash;GT\n"
			   "1;2;5;2:15.000;;65.000;40.000;30.000;9:03.000;12:09:03.000;0:30.000;GF;Bob Elm;GT\n"
			   "1;2;6;1:40.500;;30.500;40.000;30.000;10:43.500;12:10:43.500;;FF;Bob Elm;GT\n"
			   "2;1;1;1:42.500;;32.500;40.000;30.000;1:42.500;12:01:42.500;;GF;Cat Fir;GT\n"
			   "2;1;2;1:40.000;;30.000;40.000;30.000;3:22.500;12:03:22.500;;GF;Cat Fir;GT\n"
			   "2;1;3;1:40.000;;30.000;39.500;30.500;5:02.500;12:05:02.500;;GF;Cat Fir;GT\n"
			   "2;1;4;1:40.000;;30.000;40.000;30.000;6:42.500;12:06:42.500;;GF;Cat Fir;GT\n"
			   "2;1;5;1:40.000;;30.000;40.000;30.000;8:22.500;12:08:22.500;;GF;Cat Fir;GT\n"
			   "2;1;6;1:40.000;;30.000;40.000;30.000;10:02.500;12:10:02.500;;GF;Cat Fir;GT\n"
			   "2;1;7;1:40.000;;30.000;40.000;30.000;11:42.500;12:11:42.500;;FF;Cat Fir;GT\n"
			   "3;1;1;1:55.000;;35.000;45.000;35.000;1:55.000;12:01:55.000;;GF;Dan Gum;TC\n"
			   "3;1;2;1:53.000;;33.000;45.000;35.000;3:48.000;12:03:48.000;;GF;Dan Gum;TC\n"
			   "3;1;3;1:53.000;;33.000;45.000;35.000;5:41.000;12:05:41.000;;GF;Dan Gum;TC\n";

struct made {
	struct session *s;
	struct analysis *an;
};

static struct made made_at(ms_t elapsed)
{
	struct made m = {session_from_text(race), NULL};
	struct analysis_options o;

	analysis_defaults(&o);
	o.elapsed = elapsed;
	m.an = analysed(m.s, &o);
	return m;
}

static void done(struct made *m)
{
	session_and_analysis_free(m->s, m->an);
}

static void marks_by_hand(void **state)
{
	struct made m = made_at(MS_NONE);

	(void)state;
	assert_int_equal(lap_mark(m.an, lap_of(m.s, "1", 1)), 's');
	assert_int_equal(lap_mark(m.an, lap_of(m.s, "1", 4)), 'P');
	assert_int_equal(lap_mark(m.an, lap_of(m.s, "1", 5)), 'o');
	assert_int_equal(lap_place_mark(m.an, lap_of(m.s, "2", 3)), '^');
	assert_int_equal(lap_place_mark(m.an, lap_of(m.s, "1", 3)), 'v');
	assert_int_equal(lap_place_mark(m.an, lap_of(m.s, "2", 1)), ' ');
	assert_true(lap_mark_weight('P') > lap_mark_weight('=') && lap_mark_weight('*') > lap_mark_weight('-'));
	done(&m);
}

static void gaps_at_the_loops(void **state)
{
	struct made m = made_at(MS_NONE);
	uint32_t lap = lap_of(m.s, "2", 3), a = car_of(m.s, "1");

	(void)state;
	assert_int_equal(loop_time(m.s, lap, 0), 232500);
	assert_int_equal(loop_time(m.s, lap, 1), 272000);
	assert_int_equal(loop_time(m.s, lap, 2), 302500);
	assert_int_equal(gap_at_loop(m.an, lap, 0, a), 500);
	assert_int_equal(gap_at_loop(m.an, lap, 1, a), -1000); /* the pass was in S2 */
	assert_int_equal(gap_at_loop(m.an, lap, 2, a), -500);
	assert_int_equal(place_at_loop(m.an, lap, 0), 2);
	assert_int_equal(place_at_loop(m.an, lap, 1), 1);
	struct gap_base leader = {.kind = GAP_TO_LEADER}, pace = {.kind = GAP_TO_PACE, .pace = 100000};
	assert_int_equal(gap_at(m.an, &leader, lap_of(m.s, "1", 3)), 500);
	assert_int_equal(gap_at(m.an, &pace, lap), 2500);
	done(&m);
}

static void gaps_with_laps(void **state)
{
	struct made m = made_at(MS_NONE);
	struct lapped_gap g = lapped_gap_of(m.an, car_of(m.s, "1"), car_of(m.s, "2"));

	(void)state;
	/* At 10:43.500 car 2 had crossed for lap 6 at 10:02.500: no whole lap. */
	assert_int_equal(g.laps, 0);
	assert_int_equal(g.time, 41000);
	/* At 5:41.000 it had done three laps as well: 38.500 behind. */
	g = lapped_gap_of(m.an, car_of(m.s, "3"), car_of(m.s, "2"));
	assert_int_equal(g.laps, 0);
	assert_int_equal(g.time, 38500);
	done(&m);
}

static void who_drove_how_long(void **state)
{
	struct made m = made_at(MS_NONE);
	uint32_t car = car_of(m.s, "1");
	uint16_t first = m.s->laps.driver[lap_of(m.s, "1", 1)], second = m.s->laps.driver[lap_of(m.s, "1", 6)];

	(void)state;
	assert_int_equal(drive_time(m.an, car, first), 408000);
	assert_int_equal(drive_time_now(m.an, car), 235500 - 30000);
	assert_int_equal(drive_time(m.an, car, second), 235500 - 30000);
	assert_int_equal(lane_time(m.an, car), 30000);
	assert_int_equal(lane_time(m.an, car_of(m.s, "2")), MS_NONE);
	assert_int_equal(driver_letter(m.an, car, first), 'a');
	assert_int_equal(driver_letter(m.an, car, second), 'b');
	assert_int_equal(driver_letter(m.an, car, NO_DRIVER), 0);
	assert_int_equal(stops_so_far(m.an, car), 1);
	assert_int_equal(stint_laps_now(m.an, car), 2);
	done(&m);
}

static void classes_in_order(void **state)
{
	struct made m = made_at(MS_NONE);
	const char *names[CLASSES_MAX];
	uint16_t cars[4];

	(void)state;
	assert_int_equal(class_names(m.an, names), 2);
	assert_string_equal(names[0], "GT");
	assert_int_equal(class_cars(m.an, "GT", cars, 4), 2);
	assert_int_equal(cars[0], car_of(m.s, "2"));
	assert_int_equal(class_size(m.an, "TC"), 1);
	assert_int_equal(class_place(m.an, car_of(m.s, "1")), 2);
	assert_int_equal(class_place(m.an, car_of(m.s, "3")), 1);
	done(&m);
}

static struct event find(const struct events *e, enum event_kind kind)
{
	for (uint32_t i = 0; i < e->n; i++)
		if (e->at[i].kind == kind)
			return e->at[i];
	fail_msg("no event of kind %d", (int)kind);
	return (struct event){.kind = kind};
}

static void what_happened(void **state)
{
	struct made m = made_at(MS_NONE);
	uint16_t watched[1] = {(uint16_t)car_of(m.s, "1")};
	struct arena *a = arena_new(0);
	struct events e;
	struct err err = {0};
	char words[96];

	(void)state;
	assert_ok(events_make(m.an, watched, 1, a, &e, &err), &err);
	struct event pass = find(&e, EVENT_PASS), stop = find(&e, EVENT_STOP);
	event_words(m.s, &pass, words);
	assert_string_equal(words, "2 passes 1");
	assert_int_equal(pass.lap, 3);
	event_words(m.s, &stop, words);
	assert_string_equal(words, "1 pit 30.0, Ash to Elm");
	for (uint32_t i = 1; i < e.n; i++)
		assert_true(e.at[i - 1].at <= e.at[i].at);
	arena_free(a);
	done(&m);
}

/* At 6:48.000 car 1 is in the lane: how long it stands, and who gets in, is not known yet. */
static void nothing_of_the_future(void **state)
{
	struct made m = made_at(408000);
	uint16_t watched[1] = {(uint16_t)car_of(m.s, "1")};
	struct arena *a = arena_new(0);
	struct events e;
	struct err err = {0};
	char words[96];

	(void)state;
	assert_ok(events_make(m.an, watched, 1, a, &e, &err), &err);
	struct event stop = find(&e, EVENT_STOP);
	event_words(m.s, &stop, words);
	assert_string_equal(words, "1 pit");
	assert_int_equal(stops_so_far(m.an, car_of(m.s, "1")), 0);
	assert_int_equal(lane_time(m.an, car_of(m.s, "1")), MS_NONE);
	for (uint32_t i = 0; i < e.n; i++)
		assert_true(e.at[i].at <= 408000);
	arena_free(a);
	done(&m);
}

static void where_it_comes_out(void **state)
{
	struct made m = made_at(302500 + 1000); /* both have done lap 3; 2 leads 1 by 0.5 s */
	struct rejoin r = rejoin_of(m.an, car_of(m.s, "2"), 20000);

	(void)state;
	assert_true(r.known);
	assert_int_equal(r.place, 2);
	assert_int_equal(r.ahead, car_of(m.s, "1"));
	assert_int_equal(r.ahead_by, 19500);
	r = rejoin_of(m.an, car_of(m.s, "2"), 300);
	assert_int_equal(r.place, 1);
	assert_int_equal(r.behind, car_of(m.s, "1"));
	assert_int_equal(r.behind_by, 200);
	assert_false(rejoin_of(m.an, car_of(m.s, "2"), MS_NONE).known);
	done(&m);
	m = made_at(MS_NONE);
	assert_false(car_is_running(m.an, car_of(m.s, "3"))); /* it stopped long ago */
	done(&m);
}

/* 2 leads at 6:42.500 with clean laps of 1:40.000: 497.5 s left are 4.975 laps. */
static void what_is_left(void **state)
{
	struct made m = made_at(402500);
	struct to_go go = to_go_of(m.an, 900000);

	(void)state;
	assert_true(go.known);
	assert_int_equal(go.left, 497500);
	assert_int_equal(go.laps, 5);
	assert_false(to_go_of(m.an, MS_NONE).known);
	assert_int_equal(to_go_of(m.an, 60000).laps, 0);
	done(&m);
}

/* Real files -------------------------------------------------------------------------------------*/

struct tower_row {
	const char *id;
	ms_t gap, interval, best, vyou, last5; /* MS_NONE: whole laps, or YOU */
};

/* As drawn; 58's v you is 1.8855, which rounds to 1.886. */
static const struct tower_row tower[] = {
	{"13", 0, MS_NONE, 97350, 63, 19},           {"22", 234, 234, 97304, 0, 0},
	{"2", 16306, 16072, 97678, 521, 227},        {"72", 20694, 4388, 97945, 749, 473},
	{"46", 20885, 191, 97910, 600, 378},         {"47", 24207, 3322, 97968, 752, 915},
	{"21", 25484, 1277, 98074, 874, 479},        {"7", 31131, 5647, 98237, 1002, 813},
	{"88", 31341, 210, 98176, 939, 778},         {"111", 32047, 706, 98304, 921, 825},
	{"5", 33050, 1003, 98185, 1011, 848},        {"41", 50626, 17576, 97945, 743, 608},
	{"51", 51555, 929, 98345, 1657, 2170},       {"3", 53244, 1689, 98920, 1795, 1679},
	{"98", 78184, 24940, 97693, 750, 440},       {"18", MS_NONE, MS_NONE, 100296, 3348, 4089},
	{"31", MS_NONE, 23804, 97882, 750, 814},     {"80", MS_NONE, 34489, 99010, 1967, 1808},
	{"58", MS_NONE, 26560, 98840, 1886, 1390},   {"55", MS_NONE, MS_NONE, 97792, 590, -74},
	{"93", MS_NONE, MS_NONE, 98961, 1885, 1614}, {"113", MS_NONE, 56558, 98382, 1076, 847},
};

static void the_tower_as_drawn(void **state)
{
	struct session *s = session_from_file(barber);
	struct analysis *an = analysed(s, NULL);
	uint32_t you = car_of(s, "22");

	(void)state;
	for (uint32_t i = 0; i < COUNT_OF(tower); i++) {
		const struct place *p = &an->order.table[i];
		const struct tower_row *t = &tower[i];
		assert_int_equal(p->car, car_of(s, t->id));
		assert_int_equal(p->gap, t->gap);
		assert_int_equal(p->interval, t->interval);
		assert_int_equal(an->bests.car[p->car].best.time, t->best);
		assert_int_equal(an->paces.car[p->car].all.median - an->paces.car[you].all.median, t->vyou);
		assert_int_equal(last_laps_diff(an, p->car, you), t->last5);
	}
	session_and_analysis_free(s, an);
}

/* Every lap of every car as drawn: what it was, then the place gained or lost; in the order of the tower. */
static const char *const strip[] = {
	"s + . . . . . . . . . . . . . . . . . . . . . . . . . - ",
	"s =^. . . . . . . . * = = = = = = = = = = = = = = = = = ",
	"s = = = = = = = = -^=^=^. . . . + . . . . . . . . . . . ",
	"s .v= . . . . . . . - .v= + = = = . . . .v= = . . . .^. ",
	"s = = = = = = = = - =^= + = = . . = = = = = = = = =^=^= ",
	"s = = = + = = = = - =v= = = = = = = = = = = = = = =^-^. ",
	"s = = =^. . . . . . . . . . . + . . . . . . . . . .^.^. ",
	"s = = = = = = = = = = + = = = =^.v=^. . . . . . . .^.^. ",
	"s = = =^=^=^= + = = = = = = = =^= =^= = = = = = = =^=^= ",
	"s = = =v= = + = = = = = = = = -v=^-v= = = = = = = =^=^= ",
	"s = = =^.^=^. = = = = = = = = .v+ = = = = = = = = =^=^= ",
	"s = = = - Pvo . .^. .^. . . . . . .^+ . . . . = . .^.^=^",
	"s = = =^+^=^= . .v= = . = . . . . .^. . . . . . . -^.^-v",
	"s = = .^. +^. . . . . . . . . . . .^. . . . . . . - =^. ",
	"s = = = = = = = = -v= = = = + = = = = = = = = = = Pvo^. ",
	"s = . .^.^.^+ . .^. .v. . . . . . .^. . . . . ! ! . .^",
	"s = = = !v.^. = =^. . . . . . . + Pvo . . . - - . . .^",
	"s = = =^=^=^+ =^Pvo -v= . . . = . . . . . . . .^- . .^",
	"s = = =^.^.^+ !vPvo . . . . . . . . . . . . . .^. . .^",
	"s = = + = = = = = = -v= = = = = = = = = =^. . . . . ",
	"s = = =^Pvo . . . . . . + . P o . ! . . . . . .^",
	"s = = Pvo^. . . .^. -^. + . . . . . . . . . - Pv",
};

static void the_strip_as_drawn(void **state)
{
	struct session *s = session_from_file(barber);
	struct analysis *an = analysed(s, NULL);

	(void)state;
	for (uint32_t i = 0; i < COUNT_OF(strip); i++) {
		uint16_t car = an->order.table[i].car;
		char row[128] = "";
		size_t n = 0;
		for (uint32_t k = 0; k < s->cars[car].n; k++) {
			row[n++] = lap_mark(an, s->cars[car].first + k);
			row[n++] = lap_place_mark(an, s->cars[car].first + k);
		}
		row[n] = '\0';
		assert_string_equal(row, strip[i]);
	}
	session_and_analysis_free(s, an);
}

/* The live drawing: 22's crossing of lap 17, a race of 45 minutes. */
static void live_as_drawn(void **state)
{
	struct session *s = session_from_file(barber);
	struct analysis_options o;

	(void)state;
	analysis_defaults(&o);
	o.elapsed = s->laps.elapsed[lap_of(s, "22", 17)];
	struct analysis *an = analysed(s, &o);
	struct to_go go = to_go_of(an, 2700000);
	assert_int_equal(go.laps, 11);
	assert_int_equal(go.left / 1000, 17 * 60 + 20);
	struct pace_now now;
	pace_now_of(an, car_of(s, "22"), car_of(s, "13"), &now);
	assert_int_equal(round_half_away(now.diff), 54);
	assert_false(now.clear);
	pace_now_of(an, car_of(s, "22"), car_of(s, "2"), &now);
	assert_int_equal(round_half_away(now.diff), 434);
	assert_true(now.clear);
	session_and_analysis_free(s, an);
}

/* Of any two cars the short way gives what the whole comparison gives. */
static void pace_now_both_ways(void **state)
{
	struct session *s = session_from_file(barber);
	struct analysis *an = analysed(s, NULL);
	struct arena *a = arena_new(0);
	struct comparison c;
	struct pace_now x, y;
	struct err err = {0};

	(void)state;
	for (uint32_t car = 0; car < s->ncars; car++) {
		assert_ok(compare_make(an, 0, car, a, &c, &err), &err);
		pace_now_make(an, &c, &x);
		pace_now_of(an, 0, car, &y);
		assert_int_equal(x.n, y.n);
		assert_int_equal(x.catch_lap, y.catch_lap);
		assert_true(x.diff == y.diff && (x.low == y.low || (isnan(x.low) && isnan(y.low))));
	}
	arena_free(a);
	session_and_analysis_free(s, an);
}

/* The drawing of the 24-hour race at 18:00:00. */
static void a_day_as_drawn(void **state)
{
	struct session *s = session_from_file(lemans);
	struct analysis_options o;

	(void)state;
	analysis_defaults(&o);
	o.elapsed = 64800000;
	o.class_name = "LMP2";
	struct analysis *an = analysed(s, &o);
	struct lapped_gap g = lapped_gap_of(an, car_of(s, "41"), car_of(s, "31"));
	assert_int_equal(g.laps, 0);
	assert_int_equal(g.time, 192500);
	g = lapped_gap_of(an, car_of(s, "28"), car_of(s, "31"));
	assert_int_equal(g.laps, 1);
	assert_int_equal(g.time, 1662);
	assert_int_equal(drive_time_now(an, car_of(s, "31")) / 60000, 5 * 60 + 43);
	assert_int_equal(drive_time_now(an, car_of(s, "28")) / 60000, 6 * 60 + 38);
	assert_int_equal(stops_so_far(an, car_of(s, "31")), 25);
	assert_int_equal(lane_time(an, car_of(s, "26")) / 60000, 61);
	assert_int_equal(class_place(an, car_of(s, "41")), 2);
	session_and_analysis_free(s, an);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(marks_by_hand),         cmocka_unit_test(gaps_at_the_loops),
		cmocka_unit_test(gaps_with_laps),        cmocka_unit_test(who_drove_how_long),
		cmocka_unit_test(classes_in_order),      cmocka_unit_test(what_happened),
		cmocka_unit_test(nothing_of_the_future), cmocka_unit_test(where_it_comes_out),
		cmocka_unit_test(what_is_left),          cmocka_unit_test(the_tower_as_drawn),
		cmocka_unit_test(the_strip_as_drawn),    cmocka_unit_test(live_as_drawn),
		cmocka_unit_test(pace_now_both_ways),    cmocka_unit_test(a_day_as_drawn),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
