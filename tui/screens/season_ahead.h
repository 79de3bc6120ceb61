/* Screen 5: the race foretold and the what-if as they stand, worked out again when data, race, driver or points change. */
#ifndef TUI_SCREENS_SEASON_AHEAD_H
#define TUI_SCREENS_SEASON_AHEAD_H

#include "core/analysis/season_book.h"

enum { AHEAD_RACES = 128, AHEAD_TRACK = 64 };

struct season_ahead {
	const struct season_book *book; /* what all is of; NULL: nothing is worked out */
	struct {
		const char *track;
		int number;
	} races[AHEAD_RACES]; /* that can be foretold, by track as the book has them */
	uint32_t nraces, at;
	char track[AHEAD_TRACK]; /* of races[at], kept when the data change */
	int number;
	int track_seen; /* cursor of Tracks when `at` was last taken from it */
	struct arena *race_arena;
	struct race_forecast race; /* races[at]; n 0: none */

	int points[FACTORS], factor; /* factor: the one the cursor is on */
	uint32_t row;                /* of the book's table: whom if_ is of */
	int of_points[FACTORS];
	struct arena *if_arena;
	bool known; /* the driver has factors */
	struct improve if_;
};

struct season_board;
/* Brings all up to the board's book, track and driver. The board has a book. */
void season_ahead_settle(struct season_board *s);
/* The data were replaced: nothing kept may be looked at. */
void season_ahead_forget(struct season_ahead *a);
/* One race on or back; stays at the ends. */
void season_ahead_go(struct season_board *s, int step);
/* Points on the chosen factor, within the budget. */
void season_ahead_points(struct season_ahead *a, int step);
int season_ahead_spent(const struct season_ahead *a);

#endif
