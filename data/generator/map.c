#include "data/generator/map.h"

static const int64_t one = 1 << 30, cos_degree = 1073578288, sin_degree = 18739379; /* of one degree, in 1/2^30 */
static const int64_t metres_per_degree = 111320;

struct heading {
	int64_t x, y; /* a vector of length one */
};

/* Half a turn of the wheel more and no drift: a second-order step. */
static struct heading turned(struct heading h, int64_t angle)
{
	int64_t less = one - angle * angle / one / 2;

	return (struct heading){(h.x * less - h.y * angle) / one, (h.y * less + h.x * angle) / one};
}

static struct heading at_line(int degrees)
{
	struct heading h = {one, 0};

	for (int i = 0; i < degrees; i++)
		h = (struct heading){(h.x * cos_degree - h.y * sin_degree) / one,
				     (h.y * cos_degree + h.x * sin_degree) / one};
	return h;
}

/* Lengths are whole metres, so the end of the lap misses the line by a few: spread over the lap. */
static void close_lap(int32_t n, struct map *m)
{
	if (n == 0)
		return;
	int64_t dx = m->x[n], dy = m->y[n];

	for (int32_t i = 0; i <= n; i++) {
		m->x[i] -= (int32_t)(dx * i / n);
		m->y[i] -= (int32_t)(dy * i / n);
	}
}

void map_make(const struct layout *l, struct map *out)
{
	struct heading h = at_line(l->track->heading);
	int64_t x = 0, y = 0; /* thousandths of a mm */

	out->x[0] = out->y[0] = 0;
	for (int32_t i = 0; i < l->length; i++) {
		h = turned(h, (int64_t)l->bend[i] * one / 1000000); /* bend is 1e-6 of a radian a metre */
		x += h.x * 1000000 / one;
		y += h.y * 1000000 / one;
		out->x[i + 1] = (int32_t)(x / 1000);
		out->y[i + 1] = (int32_t)(y / 1000);
	}
	close_lap(l->length, out);
}

int64_t map_latitude(const struct layout *l, const struct map *m, int32_t metre)
{
	return (int64_t)l->track->latitude * 10 + m->y[metre] * (int64_t)10000 / metres_per_degree;
}

int64_t map_longitude(const struct layout *l, const struct map *m, int32_t metre)
{
	int64_t wide = metres_per_degree * l->track->parallel / 10000;

	return (int64_t)l->track->longitude * 10 + m->x[metre] * (int64_t)10000 / wide;
}
