/* A track seen from above: a closed line through points, a look for each of them, and marks beside it. */
#ifndef TUI_WIDGETS_MAP_H
#define TUI_WIDGETS_MAP_H

#include <stdint.h>

#include "tui/surface.h"

enum { MAP_KINDS = 8, MAP_TEXT = 12 };

struct map_kind {
	struct style style;
	char ascii; /* its letter where a cell is one dot */
};

struct map_mark {
	uint32_t point;
	char text[MAP_TEXT];
	struct style style;
	bool on; /* over the line, not beside it: the cursor, the start */
};

struct map {
	const float *x, *y; /* n of each: metres to the east and north; NAN: a hole */
	uint32_t n;
	const unsigned char *kind;    /* n: index into kinds; NULL: all 0 */
	const struct map_kind *kinds; /* where two meet in a cell the lower number has it */
	int nkinds;
	const struct map_mark *mark; /* those that are `on` are drawn last */
	int nmarks;
};

/* As large as s allows, in the right proportion: a cell is twice as high as it is wide. */
void map_draw(const struct map *m, struct surface s);
/* The point nearest to a cell of s, at most 3 cells away; -1: none. */
int map_point_at(const struct map *m, struct surface s, int x, int y);

#endif
