#include "tui/widgets/raster.h"

#include <stdlib.h>

enum { NOBODY = RASTER_OWNERS };

bool raster_init(struct raster *r, int w, int h, enum charset charset)
{
	size_t n = (size_t)w * (size_t)h;

	*r = (struct raster){.w = w, .h = h};
	r->dx = charset == CHARSET_ASCII ? 1 : 2;
	r->dy = charset == CHARSET_BRAILLE ? 4 : charset == CHARSET_BLOCK ? 2 : 1;
	r->bits = calloc(n, 1);
	r->owner = malloc(n);
	r->mixed = calloc(n, sizeof(*r->mixed));
	if (r->bits == NULL || r->owner == NULL || r->mixed == NULL)
		return false;
	for (size_t i = 0; i < n; i++)
		r->owner[i] = NOBODY;
	return true;
}

void raster_free(struct raster *r)
{
	free(r->bits);
	free(r->owner);
	free(r->mixed);
}

static size_t cell_of(const struct raster *r, int x, int y)
{
	return (size_t)y * (size_t)r->w + (size_t)x;
}

void raster_dot(struct raster *r, int x, int y, int owner)
{
	size_t i;

	if (x < 0 || y < 0 || x >= r->w * r->dx || y >= r->h * r->dy)
		return;
	i = cell_of(r, x / r->dx, y / r->dy);
	r->bits[i] = (unsigned char)(r->bits[i] | 1U << (y % r->dy * r->dx + x % r->dx));
	if (r->owner[i] == NOBODY)
		r->owner[i] = (unsigned char)owner;
	else if (r->owner[i] != owner)
		r->mixed[i] = true;
}

void raster_line(struct raster *r, int x0, int y0, int x1, int y1, int owner)
{
	int dx = abs(x1 - x0), dy = -abs(y1 - y0), sx = x0 < x1 ? 1 : -1, sy = y0 < y1 ? 1 : -1, e = dx + dy;

	for (;;) {
		int twice = 2 * e;

		raster_dot(r, x0, y0, owner);
		if (x0 == x1 && y0 == y1)
			return;
		if (twice >= dy)
			e += dy, x0 += sx;
		if (twice <= dx)
			e += dx, y0 += sy;
	}
}

int raster_owner(const struct raster *r, int x, int y)
{
	size_t i = cell_of(r, x, y);

	return r->owner[i] == NOBODY ? -1 : r->owner[i];
}

bool raster_mixed(const struct raster *r, int x, int y)
{
	return r->mixed[cell_of(r, x, y)];
}

static uint32_t braille(unsigned bits)
{
	/* Our bits run left to right, top to bottom; braille numbers its dots down the columns. */
	static const unsigned char to[8] = {0x01, 0x08, 0x02, 0x10, 0x04, 0x20, 0x40, 0x80};
	uint32_t cp = 0x2800;

	for (int i = 0; i < 8; i++)
		if (bits >> i & 1U)
			cp |= to[i];
	return cp;
}

static uint32_t quadrants(unsigned bits)
{
	static const uint32_t of[16] = {' ',    0x2598, 0x259D, 0x2580, 0x2596, 0x258C, 0x259E, 0x259B,
					0x2597, 0x259A, 0x2590, 0x259C, 0x2584, 0x2599, 0x259F, 0x2588};

	return of[bits & 15U];
}

uint32_t raster_letter(const struct raster *r, int x, int y, char ascii)
{
	unsigned bits = r->bits[cell_of(r, x, y)];

	if (r->dy == 4)
		return braille(bits);
	return r->dy == 2 ? quadrants(bits) : bits != 0 ? (unsigned char)ascii : ' ';
}
