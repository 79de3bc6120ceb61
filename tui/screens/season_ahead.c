#include "tui/screens/season_ahead.h"

#include <stdio.h>
#include <string.h>

#include "core/base/log.h"
#include "tui/screens/season.h"

/* Races -------------------------------------------------------------------------------------------*/

static bool has_track(const struct season_ahead *a, const char *track)
{
	for (uint32_t i = 0; i < a->nraces; i++)
		if (strcmp(a->races[i].track, track) == 0)
			return true;
	return false;
}

static void add_track(struct season_ahead *a, const struct season_book *b, const char *track)
{
	int number[AHEAD_RACES];
	uint32_t n;

	if (track[0] == '\0' || has_track(a, track))
		return;
	n = race_forecast_numbers(&b->table, b->dataset, track, number, AHEAD_RACES);
	for (uint32_t i = 0; i < n && a->nraces < AHEAD_RACES; i++) {
		a->races[a->nraces].track = track;
		a->races[a->nraces++].number = number[i];
	}
}

static void list_races(struct season_ahead *a, const struct season_book *b)
{
	const struct dataset *d = b->dataset;
	const struct season_track *json;
	const char *track;

	a->nraces = 0;
	for (uint32_t i = 0; season_book_track(b, i, &track, &json); i++)
		add_track(a, b, track);
	for (uint32_t i = 0; i < d->nsessions; i++) /* known by a qualifying only */
		if (d->sessions[i]->kind == KIND_QUALIFYING)
			add_track(a, b, d->sessions[i]->track);
}

/* The race with this number, else the first of the track, else where it was. */
static void go_to(struct season_ahead *a, const char *track, int number)
{
	uint32_t at = a->nraces;

	for (uint32_t i = a->nraces; i-- > 0;)
		if (strcmp(a->races[i].track, track) == 0 &&
		    (a->races[i].number == number || at == a->nraces || a->races[at].number != number))
			at = i;
	if (at < a->nraces)
		a->at = at;
}

static void work_out_race(struct season_ahead *a)
{
	const struct season_book *b = a->book;
	struct err err = {0};

	arena_free(a->race_arena);
	a->race_arena = arena_new(0);
	a->race = (struct race_forecast){.track = ""};
	if (a->nraces == 0 || *b->forecast.refused || !a->race_arena)
		return;
	snprintf(a->track, sizeof(a->track), "%s", a->races[a->at].track);
	a->number = a->races[a->at].number;
	if (race_forecast_make(&b->forecast, &b->table, b->dataset, a->races[a->at].track, a->number, a->race_arena,
			       &a->race, &err))
		return;
	log_line("%s", err.msg);
	a->race.n = 0;
}

/* Another book: the same race again, at first that of the session shown. */
static void take_book(struct season_board *s)
{
	struct season_ahead *a = &s->ahead;
	const struct session *shown = s->view ? s->view->session : NULL;

	a->book = s->book;
	list_races(a, s->book);
	a->at = 0;
	if (a->track[0])
		go_to(a, a->track, a->number);
	else if (shown)
		go_to(a, shown->track, shown->number);
	a->track_seen = s->rows[SEASON_TRACKS].cursor;
	a->row = NO_ROW;
	work_out_race(a);
}

void season_ahead_go(struct season_board *s, int step)
{
	struct season_ahead *a = &s->ahead;

	if (step < 0 ? a->at == 0 : a->at + 1 >= a->nraces)
		return;
	a->at = step < 0 ? a->at - 1 : a->at + 1;
	s->rows[SEASON_FORECAST].cursor = 0;
	work_out_race(a);
}

/* What if -----------------------------------------------------------------------------------------*/

int season_ahead_spent(const struct season_ahead *a)
{
	int sum = 0;

	for (int f = 0; f < FACTORS; f++)
		sum += a->points[f];
	return sum;
}

void season_ahead_points(struct season_ahead *a, int step)
{
	int points = a->points[a->factor] + step;

	if (points < 0 || points > IMPROVE_MOST || season_ahead_spent(a) + step > IMPROVE_BUDGET)
		return;
	a->points[a->factor] = points;
}

static void work_out_if(struct season_ahead *a, uint32_t row)
{
	const struct season_book *b = a->book;

	if (a->row == row && memcmp(a->of_points, a->points, sizeof(a->points)) == 0)
		return;
	arena_free(a->if_arena);
	a->if_arena = arena_new(0);
	a->row = row;
	memcpy(a->of_points, a->points, sizeof(a->points));
	a->known = a->if_arena && row != NO_ROW &&
		   improve_make(&b->improve, &b->table, b->skill, row, a->points, a->if_arena, &a->if_, NULL);
}

/* Both --------------------------------------------------------------------------------------------*/

void season_ahead_settle(struct season_board *s)
{
	struct season_ahead *a = &s->ahead;

	if (a->book != s->book)
		take_book(s);
	if (a->track_seen != s->rows[SEASON_TRACKS].cursor) {
		a->track_seen = s->rows[SEASON_TRACKS].cursor;
		if (season_track(s)) {
			go_to(a, season_track(s)->id, a->number);
			work_out_race(a);
		}
	}
	work_out_if(a, season_chosen(s));
}

void season_ahead_forget(struct season_ahead *a)
{
	arena_free(a->race_arena);
	arena_free(a->if_arena);
	a->race_arena = a->if_arena = NULL;
	a->race = (struct race_forecast){.track = ""};
	a->book = NULL;
	a->nraces = 0;
	a->known = false;
}
