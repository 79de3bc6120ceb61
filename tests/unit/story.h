/* Notes judged by the truth of an invented season (data/generator/story.h): what was planted and found, what was said and is not so. */
#ifndef TESTS_UNIT_STORY_H
#define TESTS_UNIT_STORY_H

#include <stdio.h>

#include "core/analysis/coach.h"
#include "core/model/dataset.h"

struct story;

/* NULL where there is no such file, or it is not a story. */
struct story *story_read(const char *path);
void story_free(struct story *s);

struct story_counts {
	unsigned planted;    /* weaknesses of 0.1 s and more, each in its race */
	unsigned found;      /* in the place, with the cause, of that size */
	unsigned other_size; /* found, but the size is not within 20 % or 0.03 s */
	unsigned missed;
	unsigned notes;  /* about pace, of all cars */
	unsigned untrue; /* of these, with the wrong sign or nothing behind them */
};

/* Every race of the season, every car against the best of its class and against itself. What is missed, untrue or of another size
 * is written to `to`, a line each; NULL: nowhere. */
void story_judge(const struct story *s, const struct dataset *d, struct story_counts *sum, FILE *to);

#endif
