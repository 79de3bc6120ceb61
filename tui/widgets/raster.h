/* Dots in cells, whose colour the first to touch a cell decides: what charts, strips and maps are drawn with.
 *
 * Braille has 2x4 dots a cell, blocks 2x2, ASCII one. */
#ifndef TUI_WIDGETS_RASTER_H
#define TUI_WIDGETS_RASTER_H

#include <stdbool.h>
#include <stdint.h>

#include "tui/surface.h"

enum { RASTER_OWNERS = 255 };

struct raster {
	int w, h;   /* cells */
	int dx, dy; /* dots in a cell */
	unsigned char *bits, *owner;
	bool *mixed;
};

/* false: no memory; raster_free is right then too. */
bool raster_init(struct raster *r, int w, int h, enum charset charset);
void raster_free(struct raster *r);
/* What lies outside is not drawn. owner: 0 .. RASTER_OWNERS-1. */
void raster_dot(struct raster *r, int x, int y, int owner);
void raster_line(struct raster *r, int x0, int y0, int x1, int y1, int owner);
/* Whose a cell is; -1: no dot in it. */
int raster_owner(const struct raster *r, int x, int y);
/* Several touched it. */
bool raster_mixed(const struct raster *r, int x, int y);
/* The letter of a cell's dots; ascii where a cell is one dot. */
uint32_t raster_letter(const struct raster *r, int x, int y, char ascii);

#endif
