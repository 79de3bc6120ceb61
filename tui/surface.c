#include "tui/surface.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/utf8.h"

enum { GRID_MAX = 2000, REPLACEMENT = 0xFFFD, FOLDED = 16 };

static int clamp(int v, int lo, int hi)
{
	return v < lo ? lo : v > hi ? hi : v;
}

static struct rect cross(struct rect a, struct rect b)
{
	int x = a.x > b.x ? a.x : b.x, y = a.y > b.y ? a.y : b.y;
	int x1 = a.x + a.w < b.x + b.w ? a.x + a.w : b.x + b.w;
	int y1 = a.y + a.h < b.y + b.h ? a.y + a.h : b.y + b.h;

	return (struct rect){x, y, x1 > x ? x1 - x : 0, y1 > y ? y1 - y : 0};
}

bool grid_init(struct grid *g, int w, int h, enum charset charset)
{
	struct grid fresh = {.charset = charset, .ascii_text = charset == CHARSET_ASCII};

	if (!grid_resize(&fresh, w, h))
		return false;
	*g = fresh;
	return true;
}

bool grid_resize(struct grid *g, int w, int h)
{
	w = clamp(w, 1, GRID_MAX);
	h = clamp(h, 1, GRID_MAX);
	if (g->cells == NULL || w != g->w || h != g->h) {
		struct cell *cells = calloc((size_t)w * (size_t)h, sizeof(*cells));

		if (cells == NULL)
			return false;
		free(g->cells);
		g->cells = cells;
		g->w = w;
		g->h = h;
	}
	grid_clear(g);
	return true;
}

void grid_free(struct grid *g)
{
	free(g->cells);
	*g = (struct grid){0};
}

void grid_clear(struct grid *g)
{
	size_t n = (size_t)g->w * (size_t)g->h;

	for (size_t i = 0; i < n; i++)
		g->cells[i] = (struct cell){.cp = ' '};
	g->cursor_x = g->cursor_y = -1;
}

struct surface grid_surface(struct grid *g)
{
	struct rect all = {0, 0, g->w, g->h};

	return (struct surface){g, all, all};
}

static void put_utf8(struct buf *out, uint32_t cp)
{
	char bytes[4];

	buf_add(out, bytes, utf8_put(cp, bytes));
}

static int row_end(const struct cell *row, int w)
{
	while (w > 0 && row[w - 1].cp == ' ' && row[w - 1].marks[0] == 0)
		w--;
	return w;
}

static void row_to_text(const struct cell *row, int w, struct buf *out)
{
	int end = row_end(row, w);

	for (int x = 0; x < end; x++) {
		if (row[x].cp == 0)
			continue;
		put_utf8(out, row[x].cp);
		for (int m = 0; m < CELL_MARKS && row[x].marks[m] != 0; m++)
			put_utf8(out, row[x].marks[m]);
	}
	buf_char(out, '\n');
}

void grid_to_text(const struct grid *g, struct buf *out)
{
	int rows = g->h;

	while (rows > 0 && row_end(g->cells + (size_t)(rows - 1) * (size_t)g->w, g->w) == 0)
		rows--;
	for (int y = 0; y < rows; y++)
		row_to_text(g->cells + (size_t)y * (size_t)g->w, g->w, out);
}

struct surface surface_sub(struct surface s, struct rect r)
{
	struct rect at = {s.at.x + r.x, s.at.y + r.y, r.w > 0 ? r.w : 0, r.h > 0 ? r.h : 0};

	return (struct surface){s.grid, at, cross(at, s.clip)};
}

int surface_w(struct surface s)
{
	return s.at.w;
}

int surface_h(struct surface s)
{
	return s.at.h;
}

bool surface_ascii(struct surface s)
{
	return s.grid->charset == CHARSET_ASCII;
}

static struct cell *cell_at(struct surface s, int gx, int gy)
{
	struct rect c = s.clip;

	if (gx < c.x || gy < c.y || gx >= c.x + c.w || gy >= c.y + c.h)
		return NULL;
	return &s.grid->cells[(size_t)gy * (size_t)s.grid->w + (size_t)gx];
}

struct cell *surface_cell(struct surface s, int x, int y)
{
	return cell_at(s, s.at.x + x, s.at.y + y);
}

/* A letter is about to be overwritten: the other half of a wide one must not stay behind. */
static void split_wide(struct surface s, int gx, int gy)
{
	struct cell *row = s.grid->cells + (size_t)gy * (size_t)s.grid->w;

	if (row[gx].cp == 0 && gx > 0)
		row[gx - 1].cp = ' ', row[gx - 1].marks[0] = 0;
	if (gx + 1 < s.grid->w && row[gx + 1].cp == 0)
		row[gx + 1].cp = ' ';
}

static void set_cell(struct surface s, int gx, int gy, struct style st, uint32_t cp)
{
	struct cell *c = cell_at(s, gx, gy);

	if (c == NULL)
		return;
	split_wide(s, gx, gy);
	*c = (struct cell){.cp = cp, .style = st};
}

static void set_letter(struct surface s, int gx, int gy, struct style st, uint32_t cp, int width)
{
	if (width < 2) {
		set_cell(s, gx, gy, st, cp);
		return;
	}
	struct cell *right = cell_at(s, gx + 1, gy);
	bool whole = cell_at(s, gx, gy) != NULL && right != NULL;

	set_cell(s, gx, gy, st, whole ? cp : ' ');
	set_cell(s, gx + 1, gy, st, ' ');
	if (whole)
		right->cp = 0;
}

static void add_mark(struct surface s, int gx, int gy, uint32_t mark)
{
	struct cell *c = cell_at(s, gx, gy);

	if (c != NULL && c->cp == 0)
		c = cell_at(s, gx - 1, gy);
	if (c == NULL)
		return;
	for (int m = 0; m < CELL_MARKS; m++) {
		if (c->marks[m] == 0) {
			c->marks[m] = mark;
			return;
		}
	}
}

/* Our own signs have better stand-ins than '?'. */
static const char *ascii_sign(uint32_t cp)
{
	static const struct {
		uint32_t cp;
		const char *as;
	} signs[] = {
		{0xA0, " "},   {0xB0, ""},      {0xB1, "+-"},   {0xB2, "2"},   {0xB7, "."},    {0xD7, "x"},
		{0x2013, "-"}, {0x2014, "-"},   {0x2018, "'"},  {0x2019, "'"}, {0x201C, "\""}, {0x201D, "\""},
		{0x2022, "*"}, {0x2026, "..."}, {0x2190, "<"},  {0x2191, "^"}, {0x2192, ">"},  {0x2193, "v"},
		{0x2212, "-"}, {0x2264, "<="},  {0x2265, ">="}, {0x25B2, "^"}, {0x25BC, "v"},  {0x25CF, "*"},
	};

	for (size_t i = 0; i < sizeof(signs) / sizeof(signs[0]); i++)
		if (signs[i].cp == cp)
			return signs[i].as;
	return NULL;
}

static const char *ascii_graphic(uint32_t cp)
{
	if (cp == 0x2500)
		return "-";
	if (cp == 0x2502)
		return "|";
	if (cp > 0x2500 && cp < 0x2580)
		return "+";
	if (cp >= 0x2580 && cp < 0x25A0)
		return "#";
	if (cp > 0x2800 && cp < 0x2900)
		return ".";
	return cp == 0x2800 ? " " : NULL;
}

static void ascii_fold(uint32_t cp, char out[FOLDED])
{
	const char *as = ascii_sign(cp);
	struct buf b;
	char bytes[4];
	struct str one = {bytes, 0};

	if (as == NULL)
		as = ascii_graphic(cp);
	if (as != NULL) {
		memcpy(out, as, strlen(as) + 1);
		return;
	}
	buf_init(&b, FOLDED);
	out[0] = '?', out[1] = '\0';
	one.n = utf8_put(cp, bytes);
	if (text_clean(&b, one, true) && b.n > 0 && b.n < FOLDED)
		memcpy(out, b.p, b.n + 1);
	buf_release(&b);
}

/* Draws one code point at x (grid columns); returns its columns. draw false: only measures. */
static int letter(struct surface s, int gx, int gy, struct style st, uint32_t cp, bool draw)
{
	char folded[FOLDED];
	int width, n = 0;

	if (cp >= ' ' && cp < 0x7F) {
		if (draw)
			set_cell(s, gx, gy, st, cp);
		return 1;
	}
	width = utf8_width(cp);
	if (width < 0)
		cp = REPLACEMENT, width = 1;
	if (s.grid->ascii_text) {
		if (width == 0)
			return 0;
		for (ascii_fold(cp, folded); folded[n] != '\0'; n++)
			if (draw)
				set_cell(s, gx + n, gy, st, (unsigned char)folded[n]);
		return n;
	}
	if (draw && width == 0)
		add_mark(s, gx - 1, gy, cp);
	else if (draw)
		set_letter(s, gx, gy, st, cp, width);
	return width;
}

int surface_str(struct surface s, int x, int y, struct style st, struct str text)
{
	int used = 0;

	while (text.n > 0)
		used += letter(s, s.at.x + x + used, s.at.y + y, st, utf8_next(&text), true);
	return used;
}

int surface_text(struct surface s, int x, int y, struct style st, const char *text)
{
	return surface_str(s, x, y, st, str_from(text));
}

int surface_fmt(struct surface s, int x, int y, struct style st, const char *fmt, ...)
{
	struct buf b;
	va_list ap;
	int used;

	buf_init(&b, 4096);
	va_start(ap, fmt);
	buf_vfmt(&b, fmt, ap);
	va_end(ap);
	used = surface_str(s, x, y, st, buf_view(&b));
	buf_release(&b);
	return used;
}

static int columns(struct surface s, struct str text)
{
	int used = 0;

	while (text.n > 0)
		used += letter(s, 0, 0, STYLE(TEXT), utf8_next(&text), false);
	return used;
}

/* The longest part of whole letters, marks included, within w columns. */
static struct str head_of(struct surface s, struct str text, int w)
{
	struct str rest = text;
	size_t taken = 0;
	int used = 0;

	while (rest.n > 0) {
		used += letter(s, 0, 0, STYLE(TEXT), utf8_next(&rest), false);
		if (used > w)
			break;
		taken = text.n - rest.n;
	}
	return (struct str){text.p, taken};
}

void surface_field(struct surface s, int x, int y, int w, enum align align, struct style st, struct str text)
{
	int used = columns(s, text), at;

	if (w <= 0)
		return;
	surface_fill(s, (struct rect){x, y, w, 1}, st, ' ');
	if (used > w) {
		struct str part = head_of(s, text, w - 1);

		at = surface_str(s, x, y, st, part);
		surface_put(s, x + at, y, st, '~');
		return;
	}
	at = align == ALIGN_LEFT ? 0 : align == ALIGN_RIGHT ? w - used : (w - used) / 2;
	surface_str(s, x + at, y, st, text);
}

void surface_put(struct surface s, int x, int y, struct style st, uint32_t cp)
{
	if (s.grid->charset == CHARSET_ASCII && cp >= 0x7F) {
		char folded[FOLDED];

		ascii_fold(cp, folded);
		cp = folded[0] != '\0' ? (unsigned char)folded[0] : ' ';
	}
	set_cell(s, s.at.x + x, s.at.y + y, st, cp);
}

void surface_fill(struct surface s, struct rect r, struct style st, uint32_t cp)
{
	struct rect c = surface_sub(s, r).clip;

	for (int y = c.y; y < c.y + c.h; y++)
		for (int x = c.x; x < c.x + c.w; x++)
			set_cell(s, x, y, st, cp);
}

void surface_ground(struct surface s, struct rect r, enum role ground)
{
	struct rect c = surface_sub(s, r).clip;

	for (int y = c.y; y < c.y + c.h; y++) {
		struct cell *row = s.grid->cells + (size_t)y * (size_t)s.grid->w;

		for (int x = c.x; x < c.x + c.w; x++)
			row[x].style.ground = (uint8_t)ground;
	}
}

void surface_cursor(struct surface s, int x, int y)
{
	if (surface_cell(s, x, y) == NULL)
		return;
	s.grid->cursor_x = s.at.x + x;
	s.grid->cursor_y = s.at.y + y;
}

void surface_too_small(struct surface s, int need_w, int need_h)
{
	struct str words[3];
	char need[32], have[32];
	int n = 0, y;

	snprintf(need, sizeof(need), "needs %dx%d", need_w, need_h);
	snprintf(have, sizeof(have), "this is %dx%d", surface_w(s), surface_h(s));
	words[n++] = str_from(need);
	if (surface_h(s) > 1)
		words[n++] = str_from(have);
	if (surface_h(s) > 3)
		words[n++] = STR("q quit");
	y = (surface_h(s) - n) / 2;
	for (int i = 0; i < n; i++) {
		int x = (surface_w(s) - (int)words[i].n) / 2;

		surface_str(s, x > 0 ? x : 0, y + i, STYLE(TEXT), words[i]);
	}
}
