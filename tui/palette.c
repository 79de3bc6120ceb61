#include "tui/palette.h"

struct rgb palette_rgb(int color)
{
	static const struct rgb first[16] = {
		{0, 0, 0},     {205, 0, 0},     {0, 205, 0},     {205, 205, 0},   {0, 0, 238}, {205, 0, 205},
		{0, 205, 205}, {229, 229, 229}, {127, 127, 127}, {255, 0, 0},     {0, 255, 0}, {255, 255, 0},
		{92, 92, 255}, {255, 0, 255},   {0, 255, 255},   {255, 255, 255},
	};
	static const uint8_t step[6] = {0, 95, 135, 175, 215, 255};

	if (color < 16)
		return first[color < 0 ? 0 : color];
	if (color < 232) {
		color -= 16;
		return (struct rgb){step[color / 36], step[color / 6 % 6], step[color % 6]};
	}
	uint8_t grey = (uint8_t)(8 + 10 * ((color > 255 ? 255 : color) - 232));

	return (struct rgb){grey, grey, grey};
}

int palette_nearest(int color, int count)
{
	struct rgb want = palette_rgb(color);
	long best = -1;
	int at = 0;

	if (color < count)
		return color;
	for (int i = 0; i < count; i++) {
		struct rgb c = palette_rgb(i);
		long r = want.r - c.r, g = want.g - c.g, b = want.b - c.b;
		long d = 3 * r * r + 6 * g * g + b * b;

		if (best < 0 || d < best) {
			best = d;
			at = i;
		}
	}
	return at;
}
