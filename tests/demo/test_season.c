/* The demo season as the program reads it: nothing refused, everything joined, sums that hold, and the quirks that were put in. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/analysis/coach.h"
#include "core/load/match.h"
#include "tests/demo/demo.h"

static struct dataset *season;

static int load_season(void **state)
{
	(void)state;
	season = demo_load("data/demo");
	return 0;
}

static int free_season(void **state)
{
	(void)state;
	dataset_free(season);
	return 0;
}

static const struct session *get(const char *id)
{
	return demo_session(season, id);
}

static const struct car *car(const struct session *s, const char *id)
{
	int i = session_car(s, id);

	if (i < 0)
		fail_msg("%s has no car %s", s->id, id);
	return &s->cars[i];
}

/* --- everything is read ----------------------------------------------------------- */

static void nothing_is_refused(void **state)
{
	unsigned duplicates = 0, stories = 0;

	(void)state;
	assert_true(season->demo);
	assert_int_equal(season->problems.total, 0);
	assert_int_equal(season->season->refused.total, 0);
	for (uint32_t i = 0; i < season->files.n; i++) {
		const struct file_entry *f = &season->files.at[i];

		duplicates += f->state == FILE_DUPLICATE;
		stories += f->role == ROLE_STORY;
		if (f->state != FILE_USED && f->state != FILE_DUPLICATE && f->role != ROLE_STORY)
			fail_msg("%s: %s: %s", f->path, file_state_name(f->state), f->why);
	}
	assert_int_equal(duplicates, 1);
	assert_int_equal(stories, 1);
	assert_int_equal(season->nsessions, 13);
	for (uint32_t i = 0; i < season->nsessions; i++)
		assert_int_equal(season->sessions[i]->refused.total, 0);
}

static void other_data_is_no_demo(void **state)
{
	struct dataset *d = demo_load("tests/fixtures/season");

	(void)state;
	assert_false(d->demo);
	dataset_free(d);
}

static void the_newest_is_the_last_race(void **state)
{
	(void)state;
	assert_string_equal(season->sessions[0]->id, "harrowvale_r2");
	for (uint32_t i = 0; i < season->nsessions; i++)
		assert_int_equal(strlen(season->sessions[i]->date), 10);
}

/* --- sums -------------------------------------------------------------------------- */

static void check_lap(const struct session *s, uint32_t i)
{
	const struct laps *l = &s->laps;
	ms_t sum = 0;

	if (l->sector[0][i] != MS_NONE) {
		assert_int_equal(l->sector[0][i] + l->sector[1][i] + l->sector[2][i], l->time[i]);
		for (int k = 0; k < MINIS; k++) {
			if (l->mini[k][i] == MS_NONE)
				return;
			sum += l->mini[k][i];
		}
		assert_int_equal(sum, l->time[i]);
	}
}

static void parts_sum_to_laps(void **state)
{
	(void)state;
	for (uint32_t k = 0; k < season->nsessions; k++) {
		const struct session *s = season->sessions[k];

		assert_int_equal(s->nmini, MINIS);
		assert_int_not_equal(s->clock_start, MS_NONE);
		for (uint32_t i = 0; i < s->laps.n; i++)
			check_lap(s, i);
		for (uint32_t c = 0; c < s->ncars; c++)
			for (uint32_t i = s->cars[c].first + 1; i < s->cars[c].first + s->cars[c].n; i++)
				assert_int_equal(s->laps.elapsed[i] - s->laps.elapsed[i - 1], s->laps.time[i]);
	}
}

/* Nobody drives through anybody: where two laps end closer than a car is long, one of them was in the lane. */
static void cars_do_not_overlap(void **state)
{
	(void)state;
	for (uint32_t k = 0; k < season->nsessions; k++) {
		const struct session *s = season->sessions[k];

		for (uint32_t i = 0; s->kind == KIND_RACE && i < s->laps.n; i++) {
			for (uint32_t j = i + 1; j < s->laps.n; j++) {
				ms_t gap = abs(s->laps.elapsed[i] - s->laps.elapsed[j]);
				bool lane = (s->laps.bits[i] | s->laps.bits[j]) & LAP_IN_PIT;

				if (s->laps.car[i] != s->laps.car[j] && gap < 60 && !lane)
					fail_msg("%s: %u ms between two cars", s->id, (unsigned)gap);
			}
		}
	}
}

/* --- results ------------------------------------------------------------------------ */

static void every_car_has_its_result(void **state)
{
	(void)state;
	for (uint32_t k = 0; k < season->nsessions; k++) {
		const struct session *s = season->sessions[k];

		for (uint32_t c = 0; c < s->ncars; c++) {
			const struct car *x = &s->cars[c];

			if (!x->final.present && !x->provisional.present)
				fail_msg("%s: %s has no result", s->id, x->id);
			assert_true(x->best_ten.present || strstr(s->id, "_r") == NULL);
			assert_true(x->driver[0] != '\0');
		}
	}
}

/* The JSON has one result a driver and race: place, laps and fastest lap of the official, else provisional result. */
static unsigned check_results(const struct season_driver *d)
{
	unsigned checked = 0;

	for (uint32_t i = 0; i < d->nresults; i++) {
		const struct season_result *r = &d->results[i];
		char id[64];

		snprintf(id, sizeof id, "%s_r%d", r->track, r->race);
		const struct session *s = get(id);

		for (uint32_t c = 0; c < s->ncars; c++) {
			const struct car *x = &s->cars[c];
			const struct official *o = x->final.present ? &x->final : &x->provisional;

			if (!x->season_number || strcmp(x->season_number, d->number) != 0)
				continue;
			assert_int_equal(r->finish, o->position);
			assert_int_equal(r->laps, o->laps);
			assert_int_equal(r->fastest, o->fastest);
			assert_int_equal(r->start, x->grid);
			assert_int_equal(r->qualifying, x->grid_time);
			checked++;
		}
	}
	return checked;
}

static void json_agrees_with_results(void **state)
{
	const struct season *js = season->season;
	unsigned checked = 0, wins = 0, races = 0;

	(void)state;
	for (uint32_t i = 0; i < js->ndrivers; i++) {
		const struct season_driver *d = &js->drivers[i];
		int32_t won = 0;

		checked += check_results(d);
		for (uint32_t k = 0; k < d->nresults; k++)
			won += d->results[k].finish == 1;
		assert_int_equal(d->wins, won);
		assert_int_equal(d->races, d->nresults);
		wins += (unsigned)won;
		races += d->nresults;
		for (int f = 0; f < FACTORS; f++)
			assert_true(d->factor_percentile[f] >= 0 && d->factor_percentile[f] <= 100);
	}
	assert_int_equal(wins, 10);
	/* Two of them are number 3 where two cars are. */
	assert_int_equal(checked, races - 2);
	assert_int_equal(js->ntracks, 5);
	for (uint32_t i = 0; i < js->ntracks; i++)
		for (int f = 0; f < FACTORS; f++)
			assert_false(isnan(js->tracks[i].demand[f]));
}

/* --- quirks ------------------------------------------------------------------------- */

static void two_cars_are_3(void **state)
{
	const struct session *s = get("portlindane_r1");

	(void)state;
	assert_string_equal(car(s, "3")->driver, "Ruben Castelmoor");
	assert_string_equal(car(s, "3#2")->driver, "Orla Finnegrim");
	assert_true(season->season->warnings.total == 2);
}

static void the_second_file_of_a_race_leaves_an_alias(void **state)
{
	(void)state;
	assert_string_equal(car(get("harrowvale_r1"), "3")->id, "03");
}

static uint32_t laps_with(const struct session *s, uint8_t flag)
{
	return s->flag_count[flag];
}

static void there_are_cautions_stops_and_a_lane_start(void **state)
{
	const struct session *stops = get("mesaoriol_r1"), *lane = get("harrowvale_r1");
	uint32_t in = 0;

	(void)state;
	assert_true(laps_with(get("harrowvale_r1"), FLAG_FCY) > 20);
	assert_true(laps_with(get("portlindane_r1"), FLAG_FCY) > 10);
	for (uint32_t i = 0; i < stops->laps.n; i++)
		in += (stops->laps.bits[i] & LAP_IN_PIT) != 0;
	assert_true(in >= stops->ncars);
	uint32_t first = car(lane, "96")->first;

	assert_true(lane->laps.pit_time[first] > 20000);
	assert_false(lane->laps.bits[first] & LAP_IN_PIT);
}

static void there_is_a_penalty(void **state)
{
	const struct session *s = get("kestrelridge_r2");
	unsigned found = 0;

	(void)state;
	for (uint32_t c = 0; c < s->ncars; c++) {
		const struct car *x = &s->cars[c];

		assert_true(x->final.present && x->provisional.present);
		found += x->final.total == x->provisional.total + 5000 && x->final.position > x->provisional.position;
	}
	assert_int_equal(found, 1);
}

static void one_lap_is_deleted(void **state)
{
	const struct session *s = get("portlindane_r1");
	const struct car *x = car(s, "31");
	struct car_facts *f = car_facts_of(s);

	(void)state;
	assert_non_null(f);
	assert_true(f[x - s->cars].least < f[x - s->cars].best);
	assert_int_equal(x->provisional.fastest, f[x - s->cars].best);
	free(f);
}

static void sectors_are_blank_and_one_is_not_there(void **state)
{
	const struct session *s = get("sanktorlen_r2");
	uint32_t blank = 0, first = 0;

	(void)state;
	for (uint32_t i = 0; i < s->laps.n; i++) {
		blank += s->laps.sector[0][i] == MS_NONE;
		first += s->laps.mini[0][i] == MS_NONE && s->laps.sector[0][i] != MS_NONE;
	}
	assert_int_equal(blank, 9);
	assert_int_equal(first, 4);
	assert_int_equal(s->nnot_started, 1);
	assert_string_equal(s->not_started[0].number, "88");
	assert_string_equal(get("sanktorlen_r1")->mini_name[1], "INT-1");
}

/* --- the story ------------------------------------------------------------------------ */

static const struct note *note_of(const struct notes *n, enum note_topic topic)
{
	for (uint32_t i = 0; i < n->n; i++)
		if (n->note[i].topic == topic)
			return &n->note[i];
	fail_msg("no note of topic %d", (int)topic);
	return n->note;
}

static void the_first_screen_tells_it(void **state)
{
	const struct session *s = get("harrowvale_r2");
	uint32_t ref = (uint32_t)session_car(s, "14"), you = (uint32_t)session_car(s, "27");
	struct analysis_options o;
	struct err err = {0};

	(void)state;
	analysis_defaults(&o);
	struct analysis *an = analysis_new(s, &o, &err);

	assert_ok(an, &err);
	assert_int_equal(an->order.row_of[ref], 0);
	assert_int_equal(an->order.row_of[you], 1);
	struct arena *a = arena_new(0);
	struct comparison c;
	struct notes notes;

	assert_non_null(a);
	assert_ok(compare_make(an, ref, you, a, &c, &err), &err);
	assert_ok(coach_make(an, &c, a, &notes, &err), &err);
	assert_true(note_of(&notes, TOPIC_START)->gain > 900);
	note_of(&notes, TOPIC_HELD);
	assert_string_equal(note_of(&notes, TOPIC_PLACE)->where, "IM1");
	note_of(&notes, TOPIC_KEEP);
	arena_free(a);
	analysis_free(an);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(nothing_is_refused),
		cmocka_unit_test(other_data_is_no_demo),
		cmocka_unit_test(the_newest_is_the_last_race),
		cmocka_unit_test(parts_sum_to_laps),
		cmocka_unit_test(cars_do_not_overlap),
		cmocka_unit_test(every_car_has_its_result),
		cmocka_unit_test(json_agrees_with_results),
		cmocka_unit_test(two_cars_are_3),
		cmocka_unit_test(the_second_file_of_a_race_leaves_an_alias),
		cmocka_unit_test(there_are_cautions_stops_and_a_lane_start),
		cmocka_unit_test(there_is_a_penalty),
		cmocka_unit_test(one_lap_is_deleted),
		cmocka_unit_test(sectors_are_blank_and_one_is_not_there),
		cmocka_unit_test(the_first_screen_tells_it),
	};

	return cmocka_run_group_tests(tests, load_season, free_season);
}
