#include "core/base/utf8.h"

#include <locale.h>
#include <pthread.h>
#include <string.h>
#include <wchar.h>

enum { BAD = 0xFFFD, MARKS_MAX = 4 };

/* --- Decoding and encoding ------------------------------------------------ */

/* Length of the form a first byte begins, its smallest code point and its own bits; 0 for no first byte. */
static size_t form(unsigned char c, uint32_t *least, uint32_t *bits)
{
	if (c >= 0xC2 && c <= 0xDF) {
		*least = 0x80;
		*bits = c & 0x1Fu;
		return 2;
	}
	if (c >= 0xE0 && c <= 0xEF) {
		*least = 0x800;
		*bits = c & 0x0Fu;
		return 3;
	}
	if (c >= 0xF0 && c <= 0xF4) {
		*least = 0x10000;
		*bits = c & 0x07u;
		return 4;
	}
	return 0;
}

static bool is_scalar(uint32_t cp)
{
	return cp <= 0x10FFFF && !(cp >= 0xD800 && cp <= 0xDFFF);
}

/* The code point at the front and its length; 0 when the bytes are malformed. */
static size_t decode(struct str s, uint32_t *cp)
{
	uint32_t least, v;
	unsigned char c = (unsigned char)s.p[0];
	size_t len;

	if (c < 0x80) {
		*cp = c;
		return 1;
	}
	len = form(c, &least, &v);
	if (len == 0 || len > s.n)
		return 0;
	for (size_t i = 1; i < len; i++) {
		c = (unsigned char)s.p[i];
		if ((c & 0xC0) != 0x80)
			return 0;
		v = v << 6 | (c & 0x3Fu);
	}
	if (v < least || !is_scalar(v))
		return 0;
	*cp = v;
	return len;
}

uint32_t utf8_next(struct str *s)
{
	uint32_t cp;
	size_t len = decode(*s, &cp);

	if (len == 0) {
		len = 1;
		cp = BAD;
	}
	s->p += len;
	s->n -= len;
	return cp;
}

size_t utf8_put(uint32_t cp, char out[4])
{
	static const unsigned char lead[] = {0, 0, 0xC0, 0xE0, 0xF0};
	size_t len;

	if (!is_scalar(cp))
		cp = BAD;
	if (cp < 0x80) {
		out[0] = (char)cp;
		return 1;
	}
	len = cp < 0x800 ? 2 : cp < 0x10000 ? 3 : 4;
	for (size_t i = len - 1; i > 0; i--) {
		out[i] = (char)(0x80 | (cp & 0x3F));
		cp >>= 6;
	}
	out[0] = (char)(lead[len] | cp);
	return len;
}

bool utf8_valid(struct str s)
{
	while (s.n > 0) {
		uint32_t cp;
		size_t len = decode(s, &cp);

		if (len == 0)
			return false;
		s.p += len;
		s.n -= len;
	}
	return true;
}

/* --- Columns -------------------------------------------------------------- */

struct range {
	uint32_t from, to;
};

/* Invisible, direction-changing, or drawn differently by every terminal: never printed. In order. */
static const struct range hidden[] = {
	{0x0000, 0x001F},    /* C0 */
	{0x007F, 0x009F},    /* DEL, C1 */
	{0x00AD, 0x00AD},    /* soft hyphen */
	{0x034F, 0x034F},    /* combining grapheme joiner */
	{0x061C, 0x061C},    /* Arabic letter mark */
	{0x115F, 0x1160},    /* Hangul fillers */
	{0x180B, 0x180F},    /* Mongolian selectors and vowel separator */
	{0x200B, 0x200F},    /* zero-width, direction marks */
	{0x2028, 0x202E},    /* separators, embeddings and overrides */
	{0x2060, 0x206F},    /* joiners, isolates, deprecated controls */
	{0x3164, 0x3164},    /* Hangul filler */
	{0xD800, 0xF8FF},    /* surrogates, private use */
	{0xFE00, 0xFE0F},    /* variation selectors: they change a width after the fact */
	{0xFEFF, 0xFEFF},    /* byte order mark */
	{0xFFA0, 0xFFA0},    /* halfwidth filler */
	{0xFFF0, 0xFFFB},    /* annotations */
	{0xFFFE, 0xFFFF},    /* no characters */
	{0xE0000, 0x10FFFF}, /* tags, selectors, private use */
};

/* Always one column: what the program draws itself and the letters of most names. In order. */
static const struct range narrow[] = {
	{0x0020, 0x02FF}, {0x0370, 0x0377}, {0x0391, 0x03A1}, {0x03A3, 0x0482}, {0x048A, 0x052F}, {0x1E00, 0x1EFF},
	{0x2010, 0x2027}, {0x202F, 0x205E}, {0x2190, 0x2199}, {0x2500, 0x25FC}, {0x2800, 0x28FF}, {0xFFFD, 0xFFFD},
};

static bool within(const struct range *table, size_t n, uint32_t cp)
{
	size_t low = 0, high = n;

	while (low < high) {
		size_t mid = (low + high) / 2;

		if (cp > table[mid].to)
			low = mid + 1;
		else if (cp < table[mid].from)
			high = mid;
		else
			return true;
	}
	return false;
}

#define WITHIN(table, cp) within((table), sizeof(table) / sizeof((table)[0]), (cp))

static pthread_once_t unicode_once = PTHREAD_ONCE_INIT;
static locale_t unicode;

static void find_unicode(void)
{
	static const char *const names[] = {"C.UTF-8", "C.utf8", "en_US.UTF-8"};

	for (size_t i = 0; !unicode && i < sizeof names / sizeof names[0]; i++)
		unicode = newlocale(LC_CTYPE_MASK, names[i], (locale_t)0);
}

/* The C library's table, whatever locale the program runs in. Where no Unicode locale exists, what our own tables
 * do not know counts as unprintable: a wrong width would shift every column after it. */
static int library_width(uint32_t cp)
{
	locale_t before;
	int width;

	pthread_once(&unicode_once, find_unicode);
	if (!unicode)
		return cp >= 0x0300 && cp <= 0x036F ? 0 : -1;
	before = uselocale(unicode);
	width = wcwidth((wchar_t)cp);
	uselocale(before);
	return width;
}

int utf8_width(uint32_t cp)
{
	if (cp >= 0x20 && cp < 0x7F)
		return 1;
	if (!is_scalar(cp) || WITHIN(hidden, cp))
		return -1;
	if (WITHIN(narrow, cp))
		return 1;
	return library_width(cp);
}

/* --- Text without accents ------------------------------------------------- */

/* The letter without its accent for U+00C0.. and U+1E00..; '.' where there is none of one letter. */
static const char latin_low[] = "AAAAAA.CEEEEIIIIDNOOOOO.OUUUUY..aaaaaa.ceeeeiiiidnooooo.ouuuuy.y"
				"AaAaAaCcCcCcCcDdDdEeEeEeEeEeGgGgGgGgHhHhIiIiIiIiIi..JjKkkLlLlLlL"
				"lLlNnNnNn.NnOoOoOo..RrRrRrSsSsSsSsTtTtTtUuUuUuUuUuUuWwYyYZzZzZzs"
				"bB....O..DD....E..f....I..l....OOo.........t..TUu....Zz........."
				".............AaIiOoUuUuUuUuUu.AaAa..GgGgKkOoOo..j...Gg..NnAa..Oo"
				"AaAaEeEeIiIiOoOoRrRrUuUuSsTt..Hh.d....AaEeOoOoOoOoYylntj..ACcLT."
				"...BU.EeJj..RrYy";
static const char latin_high[] = "AaBbBbBbCcDdDdDdDdDdEeEeEeEeEeFfGgHhHhHhHhHhIiIiKkKkKkLlLlLlLlMm"
				 "MmMmNnNnNnNnOoOoOoOoPpPpRrRrRrRrSsSsSsSsSsTtTtTtTtUuUuUuUuUuVvVv"
				 "WwWwWwWwWwXxXxYyZzZzZzhtwy.s....AaAaAaAaAaAaAaAaAaAaAaAaEeEeEeEe"
				 "EeEeEeEeIiIiOoOoOoOoOoOoOoOoOoOoOoOoUuUuUuUuUuUuUuYyYyYyYy......";

/* What takes more than one letter, and punctuation; in order of cp. */
static const struct {
	uint32_t cp;
	const char *text;
} spelled[] = {
	{0xA0, " "},    {0xAB, "<<"},    {0xB7, "."},   {0xBB, ">>"},   {0xC6, "AE"},  {0xD7, "x"},    {0xDE, "Th"},
	{0xDF, "ss"},   {0xE6, "ae"},    {0xFE, "th"},  {0x132, "IJ"},  {0x133, "ij"}, {0x149, "'n"},  {0x152, "OE"},
	{0x153, "oe"},  {0x1C4, "DZ"},   {0x1C5, "Dz"}, {0x1C6, "dz"},  {0x1C7, "LJ"}, {0x1C8, "Lj"},  {0x1C9, "lj"},
	{0x1CA, "NJ"},  {0x1CB, "Nj"},   {0x1CC, "nj"}, {0x1E2, "AE"},  {0x1E3, "ae"}, {0x1F1, "DZ"},  {0x1F2, "Dz"},
	{0x1F3, "dz"},  {0x1FC, "AE"},   {0x1FD, "ae"}, {0x1E9E, "SS"}, {0x2010, "-"}, {0x2011, "-"},  {0x2012, "-"},
	{0x2013, "-"},  {0x2014, "-"},   {0x2018, "'"}, {0x2019, "'"},  {0x201A, "'"}, {0x201C, "\""}, {0x201D, "\""},
	{0x201E, "\""}, {0x2026, "..."}, {0x2212, "-"},
};

/* The ASCII spelling of a printable code point; "?" when it has none. one[2] is room for a single letter. */
static const char *ascii_of(uint32_t cp, char one[2])
{
	char letter = '.';

	if (cp >= 0xC0 && cp < 0xC0 + sizeof latin_low - 1)
		letter = latin_low[cp - 0xC0];
	else if (cp >= 0x1E00 && cp < 0x1E00 + sizeof latin_high - 1)
		letter = latin_high[cp - 0x1E00];
	else if (cp < 0x80)
		letter = (char)cp;
	one[0] = letter;
	one[1] = '\0';
	if (letter != '.' || cp == '.')
		return one;
	for (size_t i = 0; i < sizeof spelled / sizeof spelled[0]; i++)
		if (spelled[i].cp == cp)
			return spelled[i].text;
	return "?";
}

/* --- Cleaning and cutting ------------------------------------------------- */

/* What one code point of a file becomes. */
struct piece {
	char text[8];
	size_t n;
	int cols; /* 0: belongs to the piece before */
};

/* Walks a text; `marks` counts the combining marks since the last base, so that a heap of them stays small and
 * one at the beginning cannot settle on what stands before the text. */
struct walk {
	struct str rest;
	bool ascii;
	int marks;
};

static struct walk walk_text(struct str s, bool ascii)
{
	return (struct walk){s, ascii, MARKS_MAX};
}

static void spell(struct piece *p, uint32_t cp, int width)
{
	char one[2];
	const char *text = width < 0 ? "?" : ascii_of(cp, one);

	p->n = width == 0 ? 0 : strlen(text);
	memcpy(p->text, text, p->n);
	p->cols = (int)p->n;
}

static bool next_piece(struct walk *w, struct piece *p)
{
	uint32_t cp;
	int width;

	if (w->rest.n == 0)
		return false;
	cp = utf8_next(&w->rest);
	width = utf8_width(cp);
	if (width == 0 && w->marks++ >= MARKS_MAX)
		width = -1;
	if (width != 0)
		w->marks = width > 0 ? 0 : MARKS_MAX;
	/* U+FFFD has no ASCII spelling either, so both ways of being unprintable end in '?'. */
	if (w->ascii) {
		spell(p, cp, width);
		return true;
	}
	p->n = utf8_put(width < 0 ? BAD : cp, p->text);
	p->cols = width < 0 ? 1 : width;
	return true;
}

int utf8_columns(struct str s)
{
	struct walk w = walk_text(s, false);
	struct piece p;
	int cols = 0;

	while (cols < INT32_MAX - 2 && next_piece(&w, &p))
		cols += p.cols;
	return cols;
}

bool text_clean(struct buf *out, struct str s, bool ascii)
{
	struct walk w = walk_text(s, ascii);
	struct piece p;

	while (next_piece(&w, &p))
		if (!buf_add(out, p.text, p.n))
			return false;
	return !out->failed;
}

bool text_cut(struct buf *out, struct str s, int cols, bool ascii, bool mark)
{
	struct walk w = walk_text(s, ascii);
	struct piece p;
	size_t keep = out->n; /* where a cut would fall */
	int used = 0;

	while (cols > 0 && next_piece(&w, &p)) {
		if (p.cols > cols - used) {
			out->n = keep;
			return buf_add(out, "~", mark ? 1 : 0);
		}
		if (!buf_add(out, p.text, p.n))
			return false;
		used += p.cols;
		if (used <= cols - (mark ? 1 : 0))
			keep = out->n;
	}
	return !out->failed;
}
