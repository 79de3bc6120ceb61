#include "core/report/columns.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "core/base/utf8.h"

static void blanks(struct buf *out, int n)
{
	for (int i = 0; i < n; i++)
		buf_char(out, ' ');
}

/* Ends the cell that began at `start`. */
static void cell_done(struct columns *c, size_t start)
{
	struct str s = {c->cells.p + start, c->cells.n - start};

	if (c->cells.failed) {
		c->out->failed = true;
		return;
	}
	int w = utf8_columns(s);
	if (w > c->width[c->at])
		c->width[c->at] = w;
	buf_char(&c->cells, '\0');
	c->at = (c->at + 1) % c->n;
}

static void title(struct columns *c, const char *p, size_t n)
{
	size_t start = c->cells.n;

	if (n > 0 && p[n - 1] == '>') {
		c->right[c->at] = true;
		n--;
	}
	for (size_t i = 0; i < n; i++)
		buf_char(&c->cells, p[i] == '_' ? ' ' : p[i]);
	cell_done(c, start);
}

static unsigned count_words(const char *s)
{
	unsigned n = *s ? 1 : 0;

	for (; *s; s++)
		n += *s == ' ';
	return n;
}

void columns_begin(struct columns *c, struct buf *out, bool ascii, const char *titles)
{
	*c = (struct columns){.out = out, .ascii = ascii, .n = count_words(titles)};
	buf_init(&c->cells, out->max);
	while (*titles) {
		size_t n = strcspn(titles, " ");
		title(c, titles, n);
		titles += n + (titles[n] == ' ');
	}
}

void columns_text(struct columns *c, const char *v)
{
	size_t start = c->cells.n;

	text_clean(&c->cells, str_from(v && *v ? v : "-"), c->ascii);
	cell_done(c, start);
}

void columns_word(struct columns *c, const char *fmt, ...)
{
	size_t start = c->cells.n;
	va_list ap;

	va_start(ap, fmt);
	buf_vfmt(&c->cells, fmt, ap);
	va_end(ap);
	cell_done(c, start);
}

void columns_int(struct columns *c, int64_t v)
{
	columns_word(c, "%lld", (long long)v);
}

void columns_count(struct columns *c, int64_t v)
{
	if (v)
		columns_int(c, v);
	else
		columns_word(c, "-");
}

void columns_time(struct columns *c, ms_t v)
{
	char text[NUM_LEN];

	columns_word(c, "%s", time_str(text, v));
}

void columns_diff(struct columns *c, ms_t v)
{
	char text[NUM_LEN];

	columns_word(c, "%s", diff_str(text, v));
}

void columns_dec(struct columns *c, double v, int decimals)
{
	char text[NUM_LEN];

	columns_word(c, "%s", dec_str(text, v, decimals));
}

void columns_sec(struct columns *c, double ms)
{
	bool fits = fabs(ms) < (double)MS_MAX; /* false for NAN too */

	columns_time(c, fits ? (ms_t)round_half_away(ms) : MS_NONE);
}

static void print_cell(struct columns *c, unsigned col, struct str s, int *owed)
{
	int pad = c->width[col] - utf8_columns(s);

	if (c->right[col])
		*owed += pad;
	if (s.n > 0) { /* blanks are owed until something follows: no line ends in one */
		blanks(c->out, *owed);
		*owed = 0;
		buf_add(c->out, s.p, s.n);
	}
	if (!c->right[col])
		*owed += pad;
	*owed += 2;
}

void columns_end(struct columns *c, int indent)
{
	size_t at = 0;

	while (at < c->cells.n && !c->cells.failed) {
		int owed = indent;
		for (unsigned col = 0; col < c->n; col++) {
			struct str s = str_from(c->cells.p + at);
			print_cell(c, col, s, &owed);
			at += s.n + 1;
		}
		buf_char(c->out, '\n');
	}
	buf_release(&c->cells);
}

void report_wrap(struct buf *out, const char *text, int indent, int width, bool ascii)
{
	struct buf clean;
	int col = indent;

	buf_init(&clean, out->max);
	text_clean(&clean, str_from(text), ascii);
	for (const char *p = clean.p ? clean.p : ""; *p;) {
		size_t n = strcspn(p, " ");
		int w = utf8_columns((struct str){p, n});
		if (col > indent && col + 1 + w > width) {
			buf_char(out, '\n');
			blanks(out, indent);
			col = indent;
		}
		if (col > indent) {
			buf_char(out, ' ');
			col++;
		}
		buf_add(out, p, n);
		col += w;
		p += n;
		p += strspn(p, " ");
	}
	buf_char(out, '\n');
	buf_release(&clean);
}
