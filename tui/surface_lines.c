/* Rules and dividers: each line cell knows the four ways it goes, so that crossing lines join by themselves. */
#include "core/base/utf8.h"
#include "tui/surface.h"

enum { UP = 1, RIGHT = 2, DOWN = 4, LEFT = 8 };

static const uint32_t joined[16] = {
	[0] = ' ',
	[UP] = 0x2575,
	[RIGHT] = 0x2576,
	[DOWN] = 0x2577,
	[LEFT] = 0x2574,
	[UP | DOWN] = 0x2502,
	[LEFT | RIGHT] = 0x2500,
	[UP | RIGHT] = 0x2514,
	[UP | LEFT] = 0x2518,
	[DOWN | RIGHT] = 0x250C,
	[DOWN | LEFT] = 0x2510,
	[UP | DOWN | RIGHT] = 0x251C,
	[UP | DOWN | LEFT] = 0x2524,
	[LEFT | RIGHT | DOWN] = 0x252C,
	[LEFT | RIGHT | UP] = 0x2534,
	[UP | DOWN | LEFT | RIGHT] = 0x253C,
};

static unsigned ways(uint32_t cp)
{
	if (cp == '-')
		return LEFT | RIGHT;
	if (cp == '|')
		return UP | DOWN;
	if (cp == '+')
		return UP | DOWN | LEFT | RIGHT;
	for (unsigned i = 1; i < 16; i++)
		if (joined[i] == cp)
			return i;
	return 0;
}

static uint32_t line_letter(unsigned w, bool ascii)
{
	if (!ascii)
		return joined[w];
	return w == (UP | DOWN) ? '|' : w == (LEFT | RIGHT) ? '-' : '+';
}

/* A line's end looks like its middle, but it goes one way only: the ways it lacks are kept in the upper half of attr,
 * which no theme reads, so that a line that meets it later makes the right corner. */
enum { LACKS_SHIFT = 4 };

static unsigned ways_of(const struct cell *c, bool ascii)
{
	/* '-', '|' and '+' are lines only where lines are drawn with them: elsewhere they are text. */
	if (c->style.role != ROLE_STRUCT || (!ascii && c->cp <= 0x7F))
		return 0;
	return ways(c->cp) & ~(unsigned)(c->style.attr >> LACKS_SHIFT);
}

static void line_cell(struct surface s, int x, int y, struct style st, unsigned add)
{
	const struct cell *c = surface_cell(s, x, y);
	bool ascii = surface_ascii(s);
	unsigned real, axis;

	if (c == NULL)
		return;
	real = ways_of(c, ascii) | add;
	axis = (real & (UP | DOWN)) == 0 ? LEFT | RIGHT : (real & (LEFT | RIGHT)) == 0 ? UP | DOWN : real;
	st.attr = (uint8_t)((st.attr & 7U) | (axis & ~real) << LACKS_SHIFT);
	surface_put(s, x, y, st, line_letter(axis, ascii));
}

void surface_hline(struct surface s, int x, int y, int w, struct style st)
{
	for (int i = 0; i < w; i++) {
		unsigned part = LEFT | RIGHT;

		if (w > 1 && i == 0)
			part = RIGHT;
		else if (w > 1 && i == w - 1)
			part = LEFT;
		line_cell(s, x + i, y, st, part);
	}
}

void surface_vline(struct surface s, int x, int y, int h, struct style st)
{
	for (int i = 0; i < h; i++) {
		unsigned part = UP | DOWN;

		if (h > 1 && i == 0)
			part = DOWN;
		else if (h > 1 && i == h - 1)
			part = UP;
		line_cell(s, x, y + i, st, part);
	}
}

void surface_rule(struct surface s, int x, int y, int w, const char *title, const char *right, struct style st)
{
	struct surface row = surface_sub(s, (struct rect){x, y, w, 1});
	int used = 0;

	surface_hline(s, x, y, w, STYLE(STRUCT));
	if (w < 5)
		return;
	if (title != NULL && title[0] != '\0') {
		struct surface part = surface_sub(row, (struct rect){1, 0, w - 2, 1});

		used = 2 + surface_text(part, 1, 0, st, title);
		surface_put(part, 0, 0, st, ' ');
		surface_put(part, used - 1, 0, st, ' ');
	}
	if (right != NULL && right[0] != '\0') {
		int n = utf8_columns(str_from(right));

		if (used + n + 6 > w)
			return;
		surface_put(row, w - n - 4, 0, STYLE(DIM), ' ');
		surface_text(row, w - n - 3, 0, STYLE(DIM), right);
		surface_put(row, w - 3, 0, STYLE(DIM), ' ');
	}
}
