/* Where a track lies on the ground, metre by metre, without a sine: headings are turned step by step in whole numbers. */
#ifndef GENERATOR_MAP_H
#define GENERATOR_MAP_H

#include "data/generator/track.h"

struct map {
	int32_t x[TRACK_MAX_M + 1], y[TRACK_MAX_M + 1]; /* mm east and north of the line */
};

void map_make(const struct layout *l, struct map *out);
/* Ten-millionths of a degree. */
int64_t map_latitude(const struct layout *l, const struct map *m, int32_t metre);
int64_t map_longitude(const struct layout *l, const struct map *m, int32_t metre);

#endif
