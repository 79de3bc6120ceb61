#include "core/source/snowflake/rows.h"

#include <stdlib.h>
#include <string.h>
#include <zlib.h>

#include "core/base/utf8.h"

/* What may come next. */
enum state {
	BEFORE,    /* the bracket around all rows */
	FIRST_ROW, /* a row or the end */
	ROW,       /* a row */
	AFTER_ROW, /* a comma or the end */
	FIRST_CELL,
	CELL,
	AFTER_CELL,
	STRING,
	ESCAPE,
	HEX,
	LOW_BACKSLASH, /* of the second half of a surrogate pair */
	LOW_U,
	NULL_WORD,
	COMPLETE,
};

static const size_t null_bit = (size_t)1 << (sizeof(size_t) * 8 - 1);

void sf_rows_init(struct sf_rows *r, bool bare, sf_row_fn *row, void *ctx)
{
	*r = (struct sf_rows){.state = bare ? FIRST_ROW : BEFORE, .bare = bare, .row = row, .ctx = ctx};
	buf_init(&r->text, SF_ROW_MAX);
}

void sf_rows_release(struct sf_rows *r)
{
	buf_release(&r->text);
	free(r->end);
	free(r->cells);
	r->end = NULL;
	r->cells = NULL;
}

bool sf_rows_complete(const struct sf_rows *r)
{
	return r->bare ? r->state == FIRST_ROW || r->state == AFTER_ROW : r->state == COMPLETE;
}

uint32_t sf_row_sum(uint32_t before, const struct str *cells, unsigned n)
{
	uLong sum = before;

	for (unsigned i = 0; i < n; i++) {
		/* The length first, so that "ab","c" is not "a","bc"; NULL has one that no text has. */
		size_t len = cells[i].p ? cells[i].n : SIZE_MAX;
		sum = crc32(sum, (const Bytef *)&len, sizeof(len));
		if (cells[i].p && cells[i].n > 0)
			sum = crc32(sum, (const Bytef *)cells[i].p, (uInt)cells[i].n);
	}
	return (uint32_t)sum;
}

static bool malformed(struct err *err, const char *what)
{
	return err_set(err, ERR_FORMAT, "the answer's rows are malformed: %s", what);
}

/* --- A row ---------------------------------------------------------------------------------------------------------- */

static bool cell_done(struct sf_rows *r, bool null, struct err *err)
{
	if (r->n == SF_COLUMNS_MAX)
		return malformed(err, "a row of too many cells");
	if (r->n == r->cap) {
		unsigned cap = r->cap ? 2 * r->cap : 32;
		size_t *end = realloc(r->end, cap * sizeof(*end));
		if (end)
			r->end = end;
		struct str *cells = end ? realloc(r->cells, cap * sizeof(*cells)) : NULL;
		if (!cells)
			return err_set(err, ERR_NOMEM, "no memory for a row of the answer");
		r->cells = cells;
		r->cap = cap;
	}
	r->end[r->n++] = r->text.n | (null ? null_bit : 0);
	r->state = AFTER_CELL;
	return true;
}

static bool row_done(struct sf_rows *r, struct err *err)
{
	size_t from = 0;

	if (r->high && !utf8_valid(buf_view(&r->text)))
		return malformed(err, "text that is not UTF-8");
	for (unsigned i = 0; i < r->n; i++) {
		size_t to = r->end[i] & ~null_bit;
		bool null = (r->end[i] & null_bit) != 0;
		r->cells[i] = null ? (struct str){NULL, 0} : (struct str){r->text.p ? r->text.p + from : "", to - from};
		from = to;
	}
	r->rows++;
	r->state = AFTER_ROW;
	return !r->row || r->row(r->ctx, r->cells, r->n, err);
}

static void row_begin(struct sf_rows *r)
{
	buf_clear(&r->text);
	r->n = 0;
	r->high = false;
	r->state = FIRST_CELL;
}

/* --- Strings -------------------------------------------------------------------------------------------------------- */

static bool add(struct sf_rows *r, const char *p, size_t n, struct err *err)
{
	return buf_add(&r->text, p, n) || err_set(err, ERR_FORMAT, "a row of the answer is larger than 17 MiB");
}

/* Everything up to a quote, a backslash or a control byte at once. */
static size_t plain_run(struct str s, bool *high)
{
	size_t n = 0;
	unsigned char bits = 0;

	for (; n < s.n && s.p[n] != '"' && s.p[n] != '\\' && (unsigned char)s.p[n] >= ' '; n++)
		bits |= (unsigned char)s.p[n];
	*high |= bits >= 0x80;
	return n;
}

static bool string_bytes(struct sf_rows *r, struct str s, size_t *used, struct err *err)
{
	size_t n = plain_run(s, &r->high);

	if (n > 0 && !add(r, s.p, n, err))
		return false;
	*used = n;
	if (n == s.n)
		return true;
	++*used;
	if (s.p[n] == '"')
		return cell_done(r, false, err);
	if (s.p[n] != '\\')
		return malformed(err, "a control byte in a text");
	r->state = ESCAPE;
	return true;
}

static bool escape(struct sf_rows *r, char c, struct err *err)
{
	static const char from[] = "\"\\/bfnrt", to[] = "\"\\/\b\f\n\r\t";
	const char *p = c ? strchr(from, c) : NULL;

	if (c == 'u') {
		r->nword = 0;
		r->state = HEX;
		return true;
	}
	if (!p)
		return malformed(err, "an escape that there is not");
	r->state = STRING;
	return add(r, &to[p - from], 1, err);
}

static bool utf8_add(struct sf_rows *r, unsigned c, struct err *err)
{
	char out[4];
	size_t n = 0;

	if (c < 0x80) {
		out[n++] = (char)c;
	} else if (c < 0x800) {
		out[n++] = (char)(0xc0 | c >> 6);
	} else if (c < 0x10000) {
		out[n++] = (char)(0xe0 | c >> 12);
		out[n++] = (char)(0x80 | (c >> 6 & 63));
	} else {
		out[n++] = (char)(0xf0 | c >> 18);
		out[n++] = (char)(0x80 | (c >> 12 & 63));
		out[n++] = (char)(0x80 | (c >> 6 & 63));
	}
	if (c >= 0x80)
		out[n++] = (char)(0x80 | (c & 63));
	r->high |= c >= 0x80;
	r->state = STRING;
	return add(r, out, n, err);
}

static int hex_digit(char c)
{
	return c >= '0' && c <= '9'   ? c - '0'
	       : c >= 'a' && c <= 'f' ? c - 'a' + 10
	       : c >= 'A' && c <= 'F' ? c - 'A' + 10
				      : -1;
}

static bool hex(struct sf_rows *r, char c, struct err *err)
{
	unsigned v = 0;

	if (hex_digit(c) < 0)
		return malformed(err, "an escape that there is not");
	r->word[r->nword++] = c;
	if (r->nword < 4)
		return true;
	for (unsigned i = 0; i < 4; i++)
		v = v << 4 | (unsigned)hex_digit(r->word[i]);
	bool low = v >= 0xdc00 && v < 0xe000, high = v >= 0xd800 && v < 0xdc00;
	if (r->surrogate ? !low : low)
		return malformed(err, "half of a character");
	if (high) {
		r->surrogate = v;
		r->state = LOW_BACKSLASH;
		return true;
	}
	if (r->surrogate)
		v = 0x10000 + ((r->surrogate & 0x3ff) << 10 | (v & 0x3ff));
	r->surrogate = 0;
	return utf8_add(r, v, err);
}

/* The second half of a pair must follow at once: \uXXXX. */
static bool low_half(struct sf_rows *r, char c, struct err *err)
{
	if (c != (r->state == LOW_BACKSLASH ? '\\' : 'u'))
		return malformed(err, "half of a character");
	r->state = r->state == LOW_BACKSLASH ? LOW_U : HEX;
	r->nword = 0;
	return true;
}

static bool null_word(struct sf_rows *r, char c, struct err *err)
{
	if (c != "null"[r->nword])
		return malformed(err, "a cell that is neither text nor null");
	if (++r->nword < 4)
		return true;
	return cell_done(r, true, err);
}

/* --- Between the strings -------------------------------------------------------------------------------------------- */

static bool between_rows(struct sf_rows *r, char c, struct err *err)
{
	bool end = c == ']' && !r->bare && (r->state == FIRST_ROW || r->state == AFTER_ROW);

	if (r->state == BEFORE && c == '[')
		r->state = FIRST_ROW;
	else if (end)
		r->state = COMPLETE;
	else if (r->state == AFTER_ROW && c == ',')
		r->state = ROW;
	else if ((r->state == ROW || r->state == FIRST_ROW) && c == '[')
		row_begin(r);
	else
		return malformed(err, "no row where one should be");
	return true;
}

static bool between_cells(struct sf_rows *r, char c, struct err *err)
{
	if (c == ']' && r->state != CELL)
		return row_done(r, err);
	if (r->state == AFTER_CELL) {
		r->state = CELL;
		return c == ',' || malformed(err, "no comma after a cell");
	}
	if (c == '"') {
		r->state = STRING;
		return true;
	}
	r->nword = 0;
	r->state = NULL_WORD;
	return null_word(r, c, err);
}

static bool one(struct sf_rows *r, char c, struct err *err)
{
	bool blank = c == ' ' || c == '\n' || c == '\r' || c == '\t';

	switch ((enum state)r->state) {
	case ESCAPE:
		return escape(r, c, err);
	case HEX:
		return hex(r, c, err);
	case LOW_BACKSLASH:
	case LOW_U:
		return low_half(r, c, err);
	case NULL_WORD:
		return null_word(r, c, err);
	case FIRST_CELL:
	case CELL:
	case AFTER_CELL:
		return blank || between_cells(r, c, err);
	default:
		return blank || between_rows(r, c, err);
	}
}

bool sf_rows_feed(struct sf_rows *r, struct str in, size_t *used, struct err *err)
{
	size_t i = 0;

	while (i < in.n && r->state != COMPLETE) {
		size_t n = 1;
		bool ok = r->state == STRING ? string_bytes(r, (struct str){in.p + i, in.n - i}, &n, err)
					     : one(r, in.p[i], err);
		if (!ok)
			return false;
		i += n;
	}
	*used = i;
	return true;
}
