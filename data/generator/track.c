#include "data/generator/track.h"

#include <string.h>

#define S(metres)                                                                                                      \
	{                                                                                                              \
		metres, 0, 0                                                                                           \
	}
#define C(radius, degrees)                                                                                             \
	{                                                                                                              \
		0, radius, degrees                                                                                     \
	}

/* Lengths of two straights of each were chosen so that the lap closes. */
const struct track tracks[TRACKS] = {
	{.id = "kestrelridge",
	 .name = "Kestrel Ridge",
	 .place = "Kestrel Ridge",
	 .segment = {S(347), C(40, 90), S(330), C(110, -60), S(91), C(60, 100), S(420), C(25, 140), S(300), C(120, -55),
		     S(220), C(45, -60), S(160), C(45, 95), S(330), C(80, 110), S(300)},
	 .loop = {560, 1250, 1750, 2400, 2720},
	 .pass = {45, 10, 40, 10, 15, 8},
	 .trap = 250,
	 .latitude = 38410000,
	 .parallel = 7836,
	 .longitude = -79120000,
	 .heading = 20,
	 .utc = -4,
	 .demand = {520, 410, 180, 230}},
	{.id = "portlindane",
	 .name = "Port Lindane",
	 .place = "Port Lindane",
	 .segment = {S(300), C(22, -90), S(210), C(30, 80), S(180), C(24, -90), S(400), C(70, -60), S(200), C(26, -95),
		     S(373), C(40, 75), S(375), C(35, -90), S(380), C(20, -90), S(330)},
	 .loop = {450, 920, 1420, 1750, 2150},
	 .pass = {50, 8, 10, 25, 20, 30},
	 .trap = 220,
	 .latitude = 43720000,
	 .parallel = 7227,
	 .longitude = -70050000,
	 .heading = 200,
	 .utc = -4,
	 .demand = {470, 380, 340, 160}},
	{.id = "sanktorlen",
	 .name = "Sankt Orlen",
	 .place = "Sankt Orlen",
	 .segment = {S(235), C(120, 70), S(240), C(50, -65), S(180), C(60, 110), S(500), C(30, 120), S(498), C(90, -85),
		     S(330), C(75, 90), S(200), C(140, 40), S(300), C(45, 80), S(380)},
	 .loop = {500, 1150, 1800, 2400, 3120},
	 .pass = {12, 10, 50, 20, 8, 25},
	 .trap = 190,
	 .latitude = 47610000,
	 .parallel = 6742,
	 .longitude = 14330000,
	 .heading = 100,
	 .utc = 2,
	 .demand = {540, 350, 210, 260}},
	{.id = "mesaoriol",
	 .name = "Mesa Oriol",
	 .place = "Mesa Oriol",
	 .segment = {S(488), C(85, -70), S(260), C(26, -130), S(300), C(110, 65), S(180), C(55, 75), S(430),
		     C(38, -120), S(250), C(85, -60), S(170), C(65, 60), S(330), C(32, -105), S(569), C(100, -75),
		     S(340)},
	 .loop = {700, 1080, 1800, 2300, 2920},
	 .pass = {20, 40, 8, 35, 8, 40},
	 .trap = 400,
	 .latitude = 33080000,
	 .parallel = 8379,
	 .longitude = -110470000,
	 .heading = 310,
	 .utc = -7,
	 .demand = {430, 360, 250, 390}},
	{.id = "harrowvale",
	 .name = "Harrow Vale",
	 .place = "Harrow Vale",
	 .segment = {S(420), C(60, -85), S(229), C(110, 55), S(160), C(28, -135), S(420), C(70, 60), S(120), C(80, -75),
		     S(300), C(35, -110), S(260), C(60, 50), S(519), C(45, -120), S(350)},
	 .loop = {930, 1160, 2000, 2400, 2800},
	 .pass = {30, 30, 6, 25, 10, 15},
	 .trap = 330,
	 .latitude = 36940000,
	 .parallel = 7993,
	 .longitude = -83600000,
	 .heading = 60,
	 .utc = -5,
	 .demand = {500, 420, 200, 210}},
};

/* A quarter turn of radius r is pi/2 r long; the radius opening towards the ends makes it six fifths of that. */
static int32_t corner_length(const struct segment *s)
{
	int32_t degrees = s->degrees < 0 ? -s->degrees : s->degrees;

	return (int32_t)((int64_t)s->radius * degrees * 314159 * 6 / ((int64_t)180 * 5 * 100000));
}

/* Curvature along a corner: that of the apex in the middle, half of it at both ends, a parabola between. */
static int32_t bend_at(const struct segment *s, int32_t i, int32_t length)
{
	int64_t apex = 1000000 / s->radius, u = 1000 * (int64_t)(2 * i + 1 - length) / length;
	int64_t bend = apex - apex * u * u / 2000000;

	return (int32_t)(s->degrees < 0 ? -bend : bend);
}

static int32_t add_corner(struct layout *l, const struct segment *s, int32_t at)
{
	int32_t length = corner_length(s);

	l->corner[l->ncorners++] = (struct corner){.from = at,
						   .apex = at + length / 2,
						   .to = at + length,
						   .radius_mm = s->radius * 1000,
						   .side = s->degrees < 0 ? -1 : 1};
	for (int32_t i = 0; i < length; i++)
		l->bend[at + i] = bend_at(s, i, length);
	return at + length;
}

void track_layout(const struct track *t, struct layout *out)
{
	int32_t at = 0;

	memset(out, 0, sizeof *out);
	out->track = t;
	for (const struct segment *s = t->segment; s->metres || s->radius; s++)
		at = s->metres ? at + s->metres : add_corner(out, s, at);
	out->length = at;
}

int32_t layout_loop(const struct layout *l, int i)
{
	return i < MINI_COUNT - 1 ? l->track->loop[i] : l->length;
}
