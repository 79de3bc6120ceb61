/* Theme files: any bytes give a theme or an error in words, and every style of the theme can be painted. */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include "tui/theme.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void paint_all(const struct theme *t)
{
	static const int depths[] = {256, 16, 8, 0};

	for (int r = 0; r < ROLE_COUNT; r++) {
		for (size_t d = 0; d < 4; d++) {
			struct style st = style_on(style_of((enum role)r), ROLE_CURSOR);
			struct theme_paint p = theme_paint(t, st, depths[d]);

			if (p.fg < -1 || p.bg < -1 || p.fg >= (depths[d] > 0 ? depths[d] : 1) || p.bg >= 256 ||
			    p.attr > 7)
				abort();
		}
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct theme t = {.name = "fuzz"};
	struct err err = {ERR_NONE, ""};

	if (theme_parse(&t, "fuzz", (struct str){(const char *)data, size}, &err))
		paint_all(&t);
	else if (err.msg[0] == '\0')
		abort();
	return 0;
}
