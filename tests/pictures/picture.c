/* A picture of the program on a terminal in memory, as SVG on standard output.
 *
 *     picture 120x40 KEY... -- build/pitwall --data FOLDER
 *
 * Keys as tests/screens/term.h names them; each is typed when the program has gone quiet. @WORDS waits for words. Lines, blocks and braille are drawn
 * as shapes: fonts leave gaps between them. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/str.h"
#include "core/base/utf8.h"
#include "tests/screens/term.h"

enum { CELL_W = 9, CELL_H = 19, EDGE = 12, QUIET_MS = 200, LIMIT_MS = 10000, DEFAULT_FG = 0xf0f0f0, DEFAULT_BG = 0 };

/* The terminal's own colours, easier on the eye than white on black. */
static unsigned shade(unsigned rgb, unsigned from, unsigned to)
{
	return rgb == from ? to : rgb;
}

static void rect(double x, double y, double w, double h, unsigned rgb)
{
	printf("<rect x=\"%.2f\" y=\"%.2f\" width=\"%.2f\" height=\"%.2f\" fill=\"#%06x\"/>\n", x, y, w, h, rgb);
}

/* U+2500 to U+253C as the program uses them: which ways a line goes from the middle. */
static const char *ways(uint32_t cp)
{
	static const struct {
		uint32_t cp;
		const char *to;
	} lines[] = {{0x2500, "lr"},  {0x2502, "ud"},  {0x250C, "dr"},  {0x2510, "dl"},
		     {0x2514, "ur"},  {0x2518, "ul"},  {0x251C, "udr"}, {0x2524, "udl"},
		     {0x252C, "lrd"}, {0x2534, "lru"}, {0x253C, "lrud"}};

	for (size_t i = 0; i < sizeof(lines) / sizeof(lines[0]); i++)
		if (lines[i].cp == cp)
			return lines[i].to;
	return NULL;
}

static void draw_lines(const char *to, double x, double y, unsigned fg)
{
	double cx = x + CELL_W / 2.0 - 0.5, cy = y + CELL_H / 2.0 - 0.5;

	for (; *to; to++) {
		if (*to == 'l')
			rect(x, cy, CELL_W / 2.0 + 0.5, 1, fg);
		else if (*to == 'r')
			rect(cx, cy, CELL_W / 2.0 + 0.5, 1, fg);
		else if (*to == 'u')
			rect(cx, y, 1, CELL_H / 2.0 + 0.5, fg);
		else
			rect(cx, cy, 1, CELL_H / 2.0 + 0.5, fg);
	}
}

static void draw_braille(unsigned dots, double x, double y, unsigned fg)
{
	static const struct {
		int col, row;
	} at[8] = {{0, 0}, {0, 1}, {0, 2}, {1, 0}, {1, 1}, {1, 2}, {0, 3}, {1, 3}};

	for (int i = 0; i < 8; i++)
		if (dots >> i & 1U)
			printf("<circle cx=\"%.2f\" cy=\"%.2f\" r=\"1.4\" fill=\"#%06x\"/>\n",
			       x + CELL_W * (0.27 + 0.46 * at[i].col), y + CELL_H * (0.14 + 0.24 * at[i].row), fg);
}

static void draw_text(const char *letter, double x, double y, unsigned fg, unsigned attrs)
{
	printf("<text x=\"%.2f\" y=\"%.2f\" fill=\"#%06x\"%s%s>", x, y + CELL_H - 5, fg,
	       attrs & TERM_BOLD ? " font-weight=\"bold\"" : "",
	       attrs & TERM_UNDERLINE ? " text-decoration=\"underline\"" : "");
	for (const char *p = letter; *p; p++) {
		if (*p == '<' || *p == '>' || *p == '&')
			printf("&#%d;", *p);
		else
			putchar(*p);
	}
	printf("</text>\n");
}

static void draw_cell(struct term *t, int col, int row)
{
	double x = EDGE + (double)col * CELL_W, y = EDGE + (double)row * CELL_H;
	unsigned fg = 0, bg = 0;
	char letter[8];
	bool reverse = false;

	if (!term_cell(t, col, row, &fg, &bg, &reverse))
		return;
	fg = shade(fg, DEFAULT_FG, 0xd8dee9);
	bg = shade(bg, DEFAULT_BG, 0x101418);
	term_letter(t, col, row, letter);
	if (reverse) {
		unsigned kept = fg;
		fg = bg;
		bg = kept;
	}
	if (bg != 0x101418)
		rect(x, y, CELL_W + 0.3, CELL_H + 0.3, bg);
	struct str s = str_from(letter);
	uint32_t cp = s.n ? utf8_next(&s) : ' ';
	const char *to = ways(cp);
	if (to)
		draw_lines(to, x, y, fg);
	else if (cp >= 0x2800 && cp < 0x2900)
		draw_braille(cp - 0x2800, x, y, fg);
	else if (cp > ' ')
		draw_text(letter, x, y, fg, term_attrs(t, col, row));
}

static void draw(struct term *t, int cols, int rows)
{
	int w = cols * CELL_W + 2 * EDGE, h = rows * CELL_H + 2 * EDGE;

	printf("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" xml:space=\"preserve\" "
	       "font-family=\"DejaVu Sans Mono,monospace\" font-size=\"14.95\">\n",
	       w, h);
	rect(0, 0, w, h, 0x101418);
	for (int row = 0; row < rows; row++)
		for (int col = 0; col < cols; col++)
			draw_cell(t, col, row);
	printf("</svg>\n");
}

int main(int argc, char **argv)
{
	const char *home = getenv("HOME"), *x = argc > 1 ? strchr(argv[1], 'x') : NULL;
	int first = 2, cols = x ? atoi(argv[1]) : 0, rows = x ? atoi(x + 1) : 0;

	while (first < argc && strcmp(argv[first], "--") != 0)
		first++;
	if (cols < 1 || rows < 1 || !home || first + 1 >= argc) {
		fprintf(stderr, "usage: picture COLSxROWS KEY... -- PROGRAM ARGUMENT...\n");
		return 2;
	}
	union {
		char **out;
		const char *const *in;
	} program = {argv + first + 1};
	struct term_options o = {cols, rows, program.in, NULL};
	struct term *t = term_start(&o, home);
	term_settle(t, QUIET_MS, LIMIT_MS);
	for (int i = 2; i < first; i++) {
		if (argv[i][0] == '@' && argv[i][1]) {
			if (!term_expect(t, argv[i] + 1))
				fprintf(stderr, "picture: \"%s\" did not come\n", argv[i] + 1);
		} else {
			term_key(t, argv[i]);
		}
		term_settle(t, QUIET_MS, LIMIT_MS);
	}
	draw(t, cols, rows);
	term_stop(t);
	return 0;
}
