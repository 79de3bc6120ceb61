/* The 256 colours of xterm, as most terminals show them, and what stands for them where there are fewer. */
#ifndef TUI_PALETTE_H
#define TUI_PALETTE_H

#include <stdint.h>

struct rgb {
	uint8_t r, g, b;
};

struct rgb palette_rgb(int color); /* 0..255 */
/* The nearest of the first `count` (16 or 8) colours. */
int palette_nearest(int color, int count);

#endif
