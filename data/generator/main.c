/* Writes a whole invented season: pitwall-demo --out DIR [--seed N] [--telemetry DIR] [--telemetry-wide DIR]. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "data/generator/files.h"
#include "data/generator/season.h"
#include "data/generator/seen.h"
#include "data/generator/story.h"
#include "data/generator/telemetry.h"

enum { SEED = 90, RACE_TRIES = 100, FORM_TRIES = 100 };

struct wishes {
	const char *out, *telemetry, *wide;
	uint64_t seed;
};

struct weekend { /* large: kept out of the stack */
	struct pace pace[RACES];
	struct run practice, qualifying[RACES], race[RACES];
};

static bool take(struct wishes *w, const char *name, const char *value)
{
	if (strcmp(name, "--out") == 0)
		w->out = value;
	else if (strcmp(name, "--telemetry") == 0)
		w->telemetry = value;
	else if (strcmp(name, "--telemetry-wide") == 0)
		w->wide = value;
	else if (strcmp(name, "--seed") == 0)
		w->seed = strtoull(value, NULL, 10);
	else
		return false;
	return true;
}

static bool read_wishes(int argc, char **argv, struct wishes *w)
{
	*w = (struct wishes){.seed = SEED};
	for (int i = 1; i + 1 < argc; i += 2)
		if (!take(w, argv[i], argv[i + 1]))
			return false;
	return argc % 2 == 1 && (w->out || w->telemetry || w->wide);
}

/* Another number for each try, the seed itself for the first. */
static uint64_t try_seed(uint64_t seed, int form, int race)
{
	return seed + (uint64_t)form * 1000003 + (uint64_t)race * 1000000007;
}

/* Qualifying and race, until what is planted can be seen; false: never. */
static bool drive_race(uint64_t seed, int form, int event, int k, struct weekend *w)
{
	pace_make(try_seed(seed, form, 0), event, k + 1, &w->pace[k]);
	for (int i = 0; i < RACE_TRIES; i++) {
		uint64_t chance = try_seed(seed, form, i);

		timed_drive(chance, &w->pace[k], TYPE_QUALIFYING, k + 1, &w->qualifying[k]);
		race_drive(chance, &w->pace[k], &w->qualifying[k], &w->race[k]);
		if (race_shows_all(&w->race[k]))
			return true;
	}
	return false;
}

/* Where a driver is between two others who are as quick, no chance helps: then they come in another form. */
static bool drive_weekend(uint64_t seed, int event, struct weekend *w)
{
	bool shown = false;

	for (int form = 0; form < FORM_TRIES && !shown; form++) {
		shown = true;
		for (int k = 0; k < RACES && shown; k++)
			shown = drive_race(seed, form, event, k, w);
	}
	if (events[event].practice)
		timed_drive(seed, &w->pace[0], TYPE_PRACTICE, 1, &w->practice);
	return shown;
}

static void save_weekend(struct out *o, uint64_t seed, int event, const struct weekend *w)
{
	if (events[event].practice)
		save_session(o, &w->practice, seed);
	for (int k = 0; k < RACES; k++) {
		save_session(o, &w->qualifying[k], seed);
		save_session(o, &w->race[k], seed);
	}
}

static bool make_season(const struct wishes *w)
{
	struct weekend *weekend = calloc(1, sizeof *weekend);
	struct season_book *book = calloc(1, sizeof *book);
	struct out files = {.dir = w->out}, telemetry = {.dir = w->telemetry}, wide = {.dir = w->wide};
	struct buf story;

	buf_init(&story, (size_t)4 << 20);
	story_begin(&story, w->seed);
	for (int e = 0; weekend && book && e < EVENTS; e++) {
		if (!w->out && !telemetry_sent(e))
			continue; /* nothing of it is written */
		if (!drive_weekend(w->seed, e, weekend))
			fprintf(stderr, "%s: what is planted cannot be seen\n", tracks[e].name);
		for (int k = 0; k < RACES; k++) {
			season_add(book, &weekend->race[k]);
			story_session(&story, &weekend->race[k], e == 0 && k == 0);
			if (w->telemetry)
				telemetry_save(&telemetry, &weekend->race[k], w->seed, false);
			if (w->wide)
				telemetry_save(&wide, &weekend->race[k], w->seed, true);
		}
		if (w->out)
			save_weekend(&files, w->seed, e, weekend);
	}
	story_end(&story);
	if (w->out && book) {
		season_save(&files, book);
		out_save(&files, ".", "story.json", &story);
	}
	bool done = weekend && book && !files.failed && !telemetry.failed && !wide.failed;

	buf_release(&story);
	free(book);
	free(weekend);
	return done;
}

int main(int argc, char **argv)
{
	struct wishes w;

	if (!read_wishes(argc, argv, &w)) {
		fprintf(stderr,
			"usage: pitwall-demo [--out DIR] [--telemetry DIR] [--telemetry-wide DIR] [--seed N]\n");
		return 2;
	}
	return make_season(&w) ? 0 : 1;
}
